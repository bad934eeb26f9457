#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Where a case's instructions go, by function of the guest's kernel:
#
#   profile.sh CASE [DRIVER] [ROWS]
#
# CASE is one of `make bench` that counts instructions, DRIVER netcx_e1000e or another of nics.py, ROWS how many functions to show (40).
# PACKETS, BYTES and DATAGRAMS say how much is looked at: QEMU logs every block of instructions that is executed, 80 bytes for each. The
# logs are removed unless KEEP is set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n '4,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
case=$1
driver=${2:-netcx_e1000e}
rows=${3:-40}
export PYTHONDONTWRITEBYTECODE=1
plan=$("$here/functions.py" plan "$case" "$driver")
read -r model peer cases <<<"$plan"

log=$(mktemp -d "${TMPDIR:-/tmp}/netcx-profile.XXXXXX")
if [ -n "${KEEP:-}" ]; then
	echo "profile.sh: logs: $log" >&2
else
	trap 'rm -rf "$log"' EXIT
fi

"$here/../host/run" --icount --quiet --nic "$model" --driver "$driver" --peer-driver "$peer" --time 1200 --log "$log" \
	--record exec,nochain,in_asm --env RECORD=profile --env RUNS=1 --env "PACKETS=${PACKETS:-4000}" \
	--env "BYTES=${BYTES:-$((2 << 20))}" --env "DATAGRAMS=${DATAGRAMS:-1000}" -- "
	/bench/instructions.sh $cases
	echo 0 >/proc/sys/kernel/kptr_restrict
	echo 'bench symbols'
	grep ' [tTwW] ' /proc/kallsyms | gzip | base64
	echo 'bench end'" >&2
"$here/functions.py" table "$case" "$log" "$rows"

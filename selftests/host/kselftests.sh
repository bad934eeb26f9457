#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the kselftests on one kernel of the test host and adds up:
#
#   kselftests.sh [--summary FILE] [--sim] [KVER]
#
# All of them run with our driver on both NICs; those that are about packets also against the in-tree driver, interrupts also without
# MSI-X, PCI errors also with native hot plug, netcx_sim's own on a pair of these. With --sim: all of them on that pair, which needs no
# NIC. The modules must have been built. FILE gets "PASSED FAILED SKIPPED", by default out/host/KVER/summary.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

summary=
if [ "${1:-}" = --summary ]; then
	summary=$2
	shift 2
fi
all_on_sim=
if [ "${1:-}" = --sim ]; then
	all_on_sim=1
	shift
fi
kver=${1:-6.1}
logs=$top/out/host/$kver
summary=${summary:-$logs/summary}
on_sim="ping.sh iperf_tcp.sh load_unload.sh sim_queues.sh sim_rx.sh sim_tx.sh sim_wake.sh verifier.sh"
against_intree="ping.sh iperf_tcp.sh iperf_udp.sh mtu.sh"
[ "$kver" = debug ] && limit=10800 || limit=3600

passed=0 failed=0 skipped=0

# boot NAME [OPTIONS...] -- COMMAND: a guest whose last line says how many passed, failed and were skipped. A kernel that complains is
# a failure of its own.
boot() {
	local name=$1 status p=0 f=0 s=0
	shift
	echo "# $kver: $name"
	"$here/run" --kver "$kver" --time "$limit" --log "$logs/$name" "$@"
	status=$?
	read -r p f s <<<"$(sed -n 's/^# netcx selftests: passed \([0-9]*\) failed \([0-9]*\) skipped \([0-9]*\).*/\1 \2 \3/p' \
		"$logs/$name/output.log" | tail -n 1)"
	passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
	if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then
		echo "not ok - $kver: $name ended with status $status"
		failed=$((failed + 1))
	fi
}

mkdir -p "$logs" "$(dirname "$summary")"
if [ -n "$all_on_sim" ]; then
	boot sim --nic sim -- ./run_all.sh
else
	boot ours -- ./run_all.sh
	# shellcheck disable=SC2086 # a list of names
	boot intree-peer --peer-driver e1000e -- ./run_all.sh $against_intree
	boot one-interrupt --append pci=nomsi -- ./run_all.sh ping.sh ethtool.sh moderation.sh
	# With ACPI's hot plug QEMU's ports do not come back from the reset that follows a fatal error.
	boot native-hotplug --qemu="-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off" -- ./run_all.sh pci_error.sh
	# shellcheck disable=SC2086 # a list of names
	boot sim --nic sim -- ./run_all.sh $on_sim
fi

echo "# netcx selftests on $kver: passed $passed failed $failed skipped $skipped"
echo "$passed $failed $skipped" >"$summary"
[ "$failed" -eq 0 ]

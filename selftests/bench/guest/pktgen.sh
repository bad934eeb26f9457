# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# Guest side: the kernel's packet generator. Needs lib.sh and measure.sh.

# Run where the interface is: every network namespace has its own generator.
# shellcheck disable=SC2016 # for the shell there
pktgen_set='
	pg=/proc/net/pktgen
	echo rem_device_all >$pg/kpktgend_0
	[ $# -gt 0 ] || exit 0
	echo "add_device $1" >$pg/kpktgend_0
	for setting in "${@:2}"; do
		echo "$setting" >"$pg/$1"
	done'

# The shell that starts it is there already and waits, so that what is measured is little else.
pktgen_go() {
	echo >&"${COPROC[1]}"
	wait "$pktgen_starter"
}

# pktgen WHERE INTERFACE COUNT SETTING...: WHERE is "here" or "remote". Sends COUNT packets of 60 bytes, to an address that no one has
# unless the settings say otherwise. Leaves in pktgen_ns how long that took, all the packets together, and what measure leaves.
pktgen() {
	local where=$1 interface=$2 wanted=$3 pktgen_starter usec sent
	shift 3
	[ "$where" = remote ] || where=
	modprobe pktgen
	$where bash -ec "$pktgen_set" - "$interface" "count $wanted" "pkt_size 60" "delay 0" "clone_skb 0" "dst 198.18.0.1" "$@"
	coproc $where bash -c 'read -r && echo start >/proc/net/pktgen/pgctrl'
	pktgen_starter=$COPROC_PID
	measure pktgen_go
	read -r usec sent <<<"$($where awk '
		/^Result: OK:/ { usec = $3 } /pkts-sofar/ { sent = $2 } END { print usec + 0, sent + 0 }' "/proc/net/pktgen/$interface")"
	$where bash -ec "$pktgen_set"
	if [ "$usec" -eq 0 ] || [ "$sent" -lt "$wanted" ]; then
		echo "pktgen sent $sent of $wanted packets" >&2
		return 1
	fi
	pktgen_ns=$((usec * 1000))
}

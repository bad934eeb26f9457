#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the hardware drops stands in the statistics that everybody reads ("ip -s link", /proc/net/dev, SNMP), not in "ethtool -S" alone.

. "$(dirname "$0")/lib.sh"

# The first of these names of "ethtool -S" that there is.
hardware() {
	ethtool -S "$NETIF" | awk -v names="$*" '
		BEGIN { split(names, list, " "); for (i in list) wanted[list[i] ":"] = 1 }
		$1 in wanted { print $2; exit }'
}

# shows STATISTIC BEFORE LEAST
shows() {
	[ $(($(counter "$1") - $2)) -ge "$3" ]
}

# The packets come to a small ring whose poll gets no processor: a real-time task has it.
test_missed() {
	local missed_before shown_before missed old process send sender processes=/sys/class/net/$NETIF/threaded
	[ "$(nproc)" -ge 2 ] || skip "one processor"
	[ -w "$processes" ] || skip "no threaded NAPI"
	[ -n "$(hardware rx_missed rx_missed_errors)" ] || skip "the driver does not count what the hardware missed"
	require_program taskset
	require_program chrt
	old=$(ring rx)
	defer net_up
	defer ethtool -G "$NETIF" rx "$old"
	defer eval "echo 0 >$processes"
	defer eval "echo $(cat /proc/sys/kernel/sched_rt_runtime_us) >/proc/sys/kernel/sched_rt_runtime_us"
	remote ip link set dev "$REMOTE_NETIF" mtu 9000 && ip link set dev "$NETIF" mtu 9000 || skip "no MTU of 9000"
	ethtool -G "$NETIF" rx 64
	wait_for 20 ping_once "$REMOTE_V4"
	# What the ring dropped while it was made anew does not count.
	sleep 3
	missed_before=$(hardware rx_missed rx_missed_errors)
	shown_before=$(counter rx_missed_errors)
	echo -1 >/proc/sys/kernel/sched_rt_runtime_us
	echo 1 >"$processes"
	for process in /proc/[0-9]*; do
		! grep -q "^napi/$NETIF" "$process/comm" 2>/dev/null || taskset -p 2 "${process#/proc/}" >/dev/null
	done
	# Of frames of several buffers, behind one of a single buffer, the last has no room for all of it whether a buffer is 2 KiB or 4: a
	# ring that is quite full makes the virtual wire wait. The sender is there before the task, for which RCU waits and so what opens a
	# namespace; the task ends by itself long before RCU complains.
	send="$remote_tools/frames send $REMOTE_NETIF $(address_of)"
	background remote taskset 1 sh -c "
		until [ -e $scratch/busy ]; do sleep 0.1; done
		$send 1 60; $send 200 9000; echo >$scratch/sent"
	sender=$background_pid
	# shellcheck disable=SC2016 # for that shell
	taskset 2 chrt -f 50 bash -c 'echo >"$0/busy"
		until [ -e "$0/sent" ] || [ "$SECONDS" -ge 10 ]; do :; done
		end=$((SECONDS + 2)); while [ "$SECONDS" -lt "$end" ]; do :; done' "$scratch"
	wait "$sender" || fail "the frames were not sent"
	wait_for 20 ping_once "$REMOTE_V4"
	missed=$(($(hardware rx_missed rx_missed_errors) - missed_before))
	[ "$missed" -gt 0 ] || skip "the hardware missed nothing"
	wait_for 5 shows rx_missed_errors "$shown_before" "$missed" || :
	note "the hardware missed $missed packets, rx_missed_errors says $(($(counter rx_missed_errors) - shown_before))"
	shows rx_missed_errors "$shown_before" "$missed" || fail "rx_missed_errors hides what the hardware missed"
}

# Frames that are too short for Ethernet.
test_too_short() {
	local errors lengths undersize
	case $(remote ethtool -i "$REMOTE_NETIF" | sed -n 's/^driver: //p') in
	netcx_*) skip "the other end's driver pads what is too short" ;;
	esac
	errors=$(counter rx_errors)
	lengths=$(counter rx_length_errors)
	undersize=$(hardware rx_undersize)
	remote "$remote_tools/frames" send "$REMOTE_NETIF" "$(address_of)" 50 20
	wait_for 5 shows rx_length_errors "$lengths" 50 || :
	undersize=$(($(hardware rx_undersize) - ${undersize:-0}))
	note "of 50: rx_undersize ${undersize:-not there}, rx_length_errors $(($(counter rx_length_errors) - lengths)), rx_errors $(
		)$(($(counter rx_errors) - errors))"
	shows rx_length_errors "$lengths" 50 || fail "rx_length_errors hides frames that are too short"
	shows rx_errors "$errors" 50 || fail "rx_errors hides frames that are too short"
}

[ "$REMOTE_TYPE" = netns ] || skip_all "needs the other end's processors apart"
net_up
run_tests test_missed test_too_short

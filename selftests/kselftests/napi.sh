#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# NAPI in softirqs, in threads, by busy polling, and with deferred interrupts: traffic that stops and starts again, over and over, never
# hangs, so no notification is lost.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/iperf.sh"

device=/sys/class/net/$NETIF
threaded=$device/threaded

# keep FILE: restores its present value when the test ends.
keep() {
	defer sh -c "echo $(cat "$1") >$1"
}

# Single pings with pauses, so that each needs an interrupt: a lost notification shows as a lost ping.
expect_no_lost_wakeup() {
	local result count
	count=$(amount 300 50)
	result=$(ping -q -c "$count" -i 0.01 -W 5 "$REMOTE_V4") || :
	case $result in
	*"$count packets transmitted, $count received"*) ;;
	*) fail "$result" ;;
	esac
	expect_no_loss "$REMOTE_V4" "$(amount 1000 100)"
	expect_no_loss "$REMOTE_V4" "$(amount 300 50)" -s 1400
}

napi_threads() {
	grep -l "^napi/$NETIF-" /proc/[0-9]*/comm 2>/dev/null | wc -l
}

require_threaded() {
	[ -w "$threaded" ] || skip "the kernel has no threaded NAPI"
	keep "$threaded"
}

test_threaded() {
	require_threaded
	echo 1 >"$threaded"
	expect_equal "threaded" "$(cat "$threaded")" 1
	[ "$(napi_threads)" -ge 1 ] || fail "no thread for $NETIF"
	expect_no_lost_wakeup
	echo 0 >"$threaded"
	expect_no_lost_wakeup
}

test_threaded_switched_under_load() {
	local round
	require_threaded
	start_traffic
	for round in $(seq 1 "$(amount 40 8)"); do
		echo $((round % 2)) >"$threaded"
		sleep 0.1
		ping_once "$REMOTE_V4" || wait_for 10 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_after_switching() {
	expect_no_lost_wakeup
}

test_threaded_down_and_up() {
	local round
	require_threaded
	defer net_up
	echo 1 >"$threaded"
	start_traffic
	for round in 1 2 3 4; do
		ip link set dev "$NETIF" down
		local_up
		wait_for 10 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_threaded_resized() {
	local size
	require_threaded
	defer net_up
	defer sh -c "ethtool -G $NETIF rx 256 tx 256 || :"
	echo 1 >"$threaded"
	start_traffic
	for size in 64 1024 64 512; do
		ethtool -G "$NETIF" rx "$size" tx "$size"
		wait_for 10 ping_once "$REMOTE_V4" || fail "no answer with rings of $size"
	done
}

busy_polled() {
	awk '
		!/^TcpExt:/ { next }
		column { print $column }
		{ for (i = 2; i <= NF; i++) if ($i == "BusyPollRxPackets") column = i }' /proc/net/netstat
}

answers() {
	remote grep -qi ": 00000000:1E61 " /proc/net/udp
}

# answered MICROSECONDS prefer|share: busy polls for that time; every answer comes. Leaves in $polled how many packets of all sockets
# were received by polling.
answered() {
	local before output
	background remote "$remote_tools/busypoll" answer 7777
	wait_for 10 answers || fail "nobody answers on the other end"
	before=$(busy_polled)
	[ -n "$before" ] || skip "the kernel does not count busy polling"
	output=$("$tools/busypoll" ask "$REMOTE_V4" 7777 "$(amount 1000 100)" $(($1 * scale)) "$2" 2>&1) || fail "$output"
	polled=$(($(busy_polled) - before))
	note "$polled packets by busy polling"
}

# ask MICROSECONDS prefer|share: likewise, and some were received by polling
ask() {
	answered "$@"
	[ "$polled" -gt 0 ] || fail "nothing was polled"
}

test_busy_poll() {
	ask 500 share
	expect_no_lost_wakeup
}

test_busy_poll_preferred() {
	ask 500 prefer
	expect_no_lost_wakeup
}

# With SO_PREFER_BUSY_POLL interrupts stay off while somebody polls or the timer runs.
test_busy_poll_preferred_and_deferred() {
	defer_interrupts 2 200000
	ask 500 prefer
	expect_no_lost_wakeup
}

test_busy_poll_threaded() {
	require_threaded
	echo 1 >"$threaded"
	ask 500 share
	expect_no_lost_wakeup
}

# The interrupt may have NAPI whenever the socket looks.
test_busy_poll_under_load() {
	start_traffic
	answered 500 share
	answered 500 prefer
}

# Busy polling set by sysctl for all sockets, with TCP.
test_busy_poll_of_tcp() {
	local file
	command -v iperf3 >/dev/null || skip "no program iperf3"
	for file in /proc/sys/net/core/busy_read /proc/sys/net/core/busy_poll; do
		[ -w "$file" ] || skip "the kernel has no busy polling"
		keep "$file"
		echo 50 >"$file"
	done
	iperf "$REMOTE_V4" -n "$(amount 16)M" -R
	iperf "$REMOTE_V4" -n "$(amount 16)M" --bidir
}

# defer_interrupts COUNT NANOSECONDS
defer_interrupts() {
	[ -w "$device/napi_defer_hard_irqs" ] || skip "the kernel has no deferred interrupts"
	keep "$device/napi_defer_hard_irqs"
	keep "$device/gro_flush_timeout"
	echo "$2" >"$device/gro_flush_timeout"
	echo "$1" >"$device/napi_defer_hard_irqs"
}

test_deferred_interrupts() {
	defer_interrupts 2 200000
	expect_no_lost_wakeup
	defer_interrupts 100 20000
	expect_no_lost_wakeup
}

test_gro_flush_timeout_alone() {
	defer_interrupts 0 200000
	expect_no_lost_wakeup
}

test_deferred_and_threaded() {
	require_threaded
	defer_interrupts 2 200000
	echo 1 >"$threaded"
	expect_no_lost_wakeup
}

test_deferred_switched_under_load() {
	local round
	defer_interrupts 0 0
	start_traffic
	for round in $(seq 1 "$(amount 20 5)"); do
		echo 200000 >"$device/gro_flush_timeout"
		echo $((round % 3)) >"$device/napi_defer_hard_irqs"
		sleep 0.1
		echo 0 >"$device/gro_flush_timeout"
		wait_for 10 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

net_up
run_tests test_threaded test_threaded_switched_under_load test_after_switching test_threaded_down_and_up test_threaded_resized \
	test_busy_poll test_busy_poll_preferred test_busy_poll_preferred_and_deferred test_busy_poll_threaded test_busy_poll_under_load \
	test_busy_poll_of_tcp test_deferred_interrupts test_gro_flush_timeout_alone test_deferred_and_threaded \
	test_deferred_switched_under_load

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The tracepoints of netcx: they exist, record nothing while off, and the right values while on.

. "$(dirname "$0")/lib.sh"

tracing=/sys/kernel/tracing
events=$tracing/events/netcx

# record EVENT...: clears the trace buffer and records these events until the test ends.
record() {
	local event
	for event; do
		defer sh -c "echo 0 >$events/netcx_$event/enable"
		echo 1 >"$events/netcx_$event/enable"
	done
	echo >"$tracing/trace"
}

# recorded EVENT PATTERN: succeeds if the buffer has such an event.
recorded() {
	grep -qE "netcx_$1: dev=$NETIF $2" "$tracing/trace"
}

expect_recorded() {
	wait_for 5 recorded "$@" || { tail -n 20 "$tracing/trace"; fail "no event netcx_$1 with '$2'"; }
}

test_all_are_there() {
	local event
	for event in post drain stop wake notify indicate refill_failed reset; do
		[ -e "$events/netcx_$event/enable" ] || fail "no event netcx_$event"
		expect_equal "netcx_$event" "$(cat "$events/netcx_$event/enable")" 0
	done
}

test_batches_of_a_ping() {
	record post drain indicate notify
	ping -q -c 3 -i 0.2 -s 1000 "$REMOTE_V4"
	expect_recorded post 'queue=[0-9]+ packets=1$'
	expect_recorded drain 'queue=[0-9]+ packets=1 bytes=1042$'
	expect_recorded indicate 'queue=[0-9]+ packets=1 bytes=1042$'
	expect_recorded notify 'rx queue=[0-9]+$'
}

# The sums of the events' fields equal the statistics.
test_totals() {
	local before counted
	record drain
	before=$(counter tx_packets)
	ping -q -c 100 -i 0.01 "$REMOTE_V4"
	sleep 1
	# At least, not exactly: the stack sends packets of its own (neighbour discovery, IPv6).
	counted=$(sed -n "s/.*netcx_drain: dev=$NETIF queue=[0-9]* packets=\([0-9]*\) .*/\1/p" "$tracing/trace" |
		awk '{ sum += $1 } END { print sum + 0 }')
	[ "$counted" -ge 100 ] && [ "$counted" -le $(($(counter tx_packets) - before + 20)) ] ||
		fail "$counted packets drained of $(($(counter tx_packets) - before))"
}

# pktgen's batches are larger than the ring, so the queue stops; the stack's would end earlier, at BQL's limit.
test_stop_and_wake() {
	local pktgen=/proc/net/pktgen setting
	modprobe pktgen 2>/dev/null || [ -d "$pktgen" ] || skip "the kernel has no pktgen"
	defer sh -c "rmmod pktgen || :"
	defer net_up
	defer ethtool -G "$NETIF" tx "$(ring tx)"
	ethtool -G "$NETIF" tx 64
	wait_for 15 ping_once "$REMOTE_V4"
	record stop wake
	echo rem_device_all >"$pktgen/kpktgend_0"
	echo "add_device $NETIF" >"$pktgen/kpktgend_0"
	for setting in "count 1000" "pkt_size 600" "delay 0" "burst 200" "dst 198.18.0.1" "dst_mac 02:00:00:aa:bb:cc"; do
		echo "$setting" >"$pktgen/$NETIF"
	done
	echo start >"$pktgen/pgctrl"
	expect_recorded stop 'queue=[0-9]+$'
	expect_recorded wake 'queue=[0-9]+$'
	echo rem_device_all >"$pktgen/kpktgend_0"
}

test_reset() {
	[ -w "/sys/bus/pci/devices/$NETIF_DEVICE/reset" ] || skip "the device cannot be reset from outside"
	defer net_up
	record reset
	echo 1 >"/sys/bus/pci/devices/$NETIF_DEVICE/reset"
	grep -q "netcx_reset: device=$NETIF_DEVICE" "$tracing/trace" || fail "no event netcx_reset"
}

test_silent_when_off() {
	echo >"$tracing/trace"
	expect_traffic
	! grep netcx_ "$tracing/trace" || fail "events that nobody asked for"
}

[ -d "$events" ] || skip_all "no tracepoints of netcx: $NETIF has another driver, or the kernel no tracing"
case $driver_module in
netcx_*) ;;
*) skip_all "$NETIF has another driver" ;;
esac
net_up
run_tests test_all_are_there test_batches_of_a_ping test_totals test_stop_and_wake test_reset test_silent_when_off

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# ethtool -G: ring sizes change at rest, while the interface is down, and under traffic; invalid sizes are refused without effect.

. "$(dirname "$0")/lib.sh"

sizes() {
	local max
	max=$(ring tx max)
	for size in 64 128 512 1024 4096; do
		[ "$size" -gt "$max" ] || echo "$size"
	done
}

# Restores the sizes at the end of the test.
keep_sizes() {
	defer net_up
	defer resize "$(ring rx)" "$(ring tx)"
}

# ethtool fails if nothing would change.
resize() {
	[ "$(ring rx) $(ring tx)" = "$1 $2" ] || ethtool -G "$NETIF" rx "$1" tx "$2"
}

expect_sizes() {
	expect_equal "the rx ring" "$(ring rx)" "$1"
	expect_equal "the tx ring" "$(ring tx)" "$2"
}

test_shown() {
	ethtool -g "$NETIF"
	[ "$(ring rx)" -gt 0 ] && [ "$(ring tx)" -gt 0 ]
	[ "$(ring rx)" -le "$(ring rx max)" ] && [ "$(ring tx)" -le "$(ring tx max)" ]
}

test_at_rest() {
	local size
	keep_sizes
	for size in $(sizes); do
		resize "$size" "$size"
		expect_sizes "$size" "$size"
		expect_traffic
	done
}

test_different_sizes() {
	keep_sizes
	resize 64 1024
	expect_sizes 64 1024
	expect_traffic
	resize 1024 64
	expect_sizes 1024 64
	expect_traffic
}

test_while_down() {
	keep_sizes
	ip link set dev "$NETIF" down
	resize 128 512
	expect_sizes 128 512
	ip link set dev "$NETIF" up
	expect_sizes 128 512
	expect_traffic
}

# More packets than a small ring holds, so that it wraps around and gets full.
test_flood_on_the_smallest_rings() {
	keep_sizes
	resize 64 64
	wait_for 15 ping_once "$REMOTE_V4"
	expect_no_loss "$REMOTE_V4" "$(amount 2000)" -s 1472
}

test_under_traffic() {
	local round size
	keep_sizes
	start_traffic
	for round in 1 2; do
		for size in $(sizes); do
			resize "$size" "$size"
			sleep 0.3
			resize "$size" 256
			wait_for 15 ping_once "$REMOTE_V4" || fail "round $round: no answer with $size"
		done
	done
}

test_traffic_flows_afterwards() {
	expect_traffic
}

test_too_large_is_refused() {
	local rx tx
	rx=$(ring rx) tx=$(ring tx)
	must_fail ethtool -G "$NETIF" rx $(($(ring rx max) + 1))
	must_fail ethtool -G "$NETIF" tx $(($(ring tx max) * 2))
	must_fail ethtool -G "$NETIF" rx 4294967295
	expect_sizes "$rx" "$tx"
}

test_kinds_that_are_not_there_are_refused() {
	must_fail ethtool -G "$NETIF" rx-mini 64
	must_fail ethtool -G "$NETIF" rx-jumbo 64
}

# A size that is no power of two is refused, or rounded to one that works.
test_odd_sizes() {
	local size rx tx
	keep_sizes
	for size in 1 63 65 100 1000; do
		rx=$(ring rx) tx=$(ring tx)
		if ethtool -G "$NETIF" rx "$size" tx "$size"; then
			[ "$(ring rx)" -ge "$size" ] && [ "$(ring tx)" -ge "$size" ] || fail "$size gave rx $(ring rx) tx $(ring tx)"
			expect_traffic
		else
			expect_sizes "$rx" "$tx"
		fi
	done
	expect_traffic
}

ethtool -g "$NETIF" >/dev/null 2>&1 || skip_all "$NETIF has no ring sizes"
net_up
run_tests test_shown test_at_rest test_different_sizes test_while_down test_flood_on_the_smallest_rings test_under_traffic \
	test_traffic_flows_afterwards test_too_large_is_refused test_kinds_that_are_not_there_are_refused test_odd_sizes

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The interface is set down and up under traffic: queues are cancelled while they are full, and start empty.

. "$(dirname "$0")/lib.sh"

# Without waiting, the interface is set down before its link is up; after waiting for a reply, with full rings.
test_down_and_up_under_traffic() {
	local round
	defer net_up
	start_traffic
	for round in $(seq 1 "$(amount 20 4)"); do
		ip link set dev "$NETIF" down
		ip link set dev "$NETIF" up
		[ $((round % 2)) -eq 0 ] || wait_for 15 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_far_end_down_and_up_under_traffic() {
	local round
	[ -n "$REMOTE_NETIF" ] || skip "needs REMOTE_NETIF"
	defer net_up
	start_traffic
	for round in $(seq 1 "$(amount 8 4)"); do
		remote ip link set dev "$REMOTE_NETIF" down
		sleep 0.2
		remote ip link set dev "$REMOTE_NETIF" up
		wait_for 15 ping_once "$LOCAL_V4"
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_as_fast_as_it_goes() {
	local round
	defer net_up
	for round in $(seq 1 "$(amount 40 4)"); do
		ip link set dev "$NETIF" down
		ip link set dev "$NETIF" up
	done
	echo "$round rounds"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

# Counters must keep their values over down and up.
test_counters_survive() {
	local before after
	expect_traffic
	before=$(counter rx_packets)
	defer net_up
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	after=$(counter rx_packets)
	[ "$after" -ge "$before" ] || fail "rx_packets went from $before to $after"
}

net_up
run_tests test_down_and_up_under_traffic test_far_end_down_and_up_under_traffic test_as_fast_as_it_goes test_traffic_flows_afterwards \
	test_counters_survive

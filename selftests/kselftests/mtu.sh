#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The MTU changes at rest and under traffic; values outside the NIC's limits are refused.

. "$(dirname "$0")/lib.sh"

mtu_limit() {
	ip -d link show dev "$NETIF" | sed -n "s/.* $1 \([0-9]*\).*/\1/p"
}

set_mtu() {
	ip link set dev "$NETIF" mtu "$1"
	remote ip link set dev "$REMOTE_NETIF" mtu "$1"
}

# The largest ping that fits the MTU, less 20 bytes of IPv4 and 8 of ICMP header, passes with "do not fragment"; one byte more does not.
expect_mtu() {
	local largest=$(($1 - 28))
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer with MTU $1"
	expect_no_loss "$REMOTE_V4" 50 -M "do" -s "$largest"
	must_fail ping -q -c 1 -W 1 -M "do" -s $((largest + 1)) "$REMOTE_V4"
	# Few enough for the receive buffer of ping's socket.
	[ "$1" -lt 1280 ] || expect_no_loss "$REMOTE_V4" 20 -s 15000
}

sizes() {
	local max size
	max=$(mtu_limit maxmtu)
	for size in 68 576 1280 1501 4000 9000; do
		[ "$size" -gt "$max" ] || echo "$size"
	done
}

require_remote_netif() {
	[ -n "$REMOTE_NETIF" ] || skip "needs REMOTE_NETIF"
}

test_at_rest() {
	local size
	require_remote_netif
	defer net_up
	for size in $(sizes); do
		set_mtu "$size"
		expect_mtu "$size"
	done
}

test_while_down() {
	require_remote_netif
	defer net_up
	ip link set dev "$NETIF" down
	set_mtu 1280
	ip link set dev "$NETIF" up
	expect_mtu 1280
}

test_under_traffic() {
	local round size
	require_remote_netif
	defer net_up
	start_traffic 4000
	for round in 1 2; do
		for size in $(sizes); do
			[ "$size" -ge 1280 ] || continue
			set_mtu "$size"
			sleep 0.5
		done
	done
	set_mtu 1500
	wait_for 20 ping_once "$REMOTE_V4" || fail "no answer after round $round"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

test_out_of_range() {
	local before max
	before=$(cat "/sys/class/net/$NETIF/mtu")
	max=$(mtu_limit maxmtu)
	must_fail ip link set dev "$NETIF" mtu $(($(mtu_limit minmtu) - 1))
	must_fail ip link set dev "$NETIF" mtu $((max + 1))
	expect_equal "the MTU" "$(cat "/sys/class/net/$NETIF/mtu")" "$before"
}

net_up
run_tests test_at_rest test_while_down test_under_traffic test_traffic_flows_afterwards test_out_of_range

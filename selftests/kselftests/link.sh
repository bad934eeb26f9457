#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The cable is pulled and put back.

. "$(dirname "$0")/lib.sh"

test_cable_pulled_and_put_back() {
	defer net_up
	defer host_control link nic0 on
	host_control link nic0 off
	wait_for 10 no_carrier "$NETIF" || fail "still a carrier"
	must_fail ping_once "$REMOTE_V4"
	host_control link nic0 on
	wait_for 10 has_carrier "$NETIF" || fail "no carrier"
	expect_traffic
}

test_cable_pulled_under_traffic() {
	local round
	defer net_up
	defer host_control link nic0 on
	start_traffic
	for round in 1 2 3; do
		host_control link nic0 off
		wait_for 10 no_carrier "$NETIF" || fail "still a carrier in round $round"
		host_control link nic0 on
		wait_for 10 has_carrier "$NETIF" || fail "no carrier in round $round"
		wait_for 15 ping_once "$REMOTE_V4"
	done
}

test_cable_pulled_while_down() {
	defer net_up
	defer host_control link nic0 on
	ip link set dev "$NETIF" down
	host_control link nic0 off
	ip link set dev "$NETIF" up
	sleep 2
	no_carrier "$NETIF" || fail "a carrier without a cable"
	host_control link nic0 on
	wait_for 10 has_carrier "$NETIF" || fail "no carrier"
	expect_traffic
}

[ -n "${HOST_CONTROL:-}" ] || skip_all "needs the test host"
net_up
run_tests test_cable_pulled_and_put_back test_cable_pulled_under_traffic test_cable_pulled_while_down

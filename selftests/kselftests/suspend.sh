#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Suspend and resume of all devices (pm_test): idle, under traffic, and with the interface down.

. "$(dirname "$0")/lib.sh"

test_idle() {
	defer net_up
	suspend_devices
	expect_traffic
}

test_under_traffic() {
	local round
	defer net_up
	start_traffic
	for round in 1 2 3; do
		suspend_devices
		wait_for 20 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_while_down() {
	defer net_up
	ip link set dev "$NETIF" down
	suspend_devices
	ip link set dev "$NETIF" up
	expect_traffic
}

test_settings_survive() {
	defer net_up
	ip link set dev "$NETIF" mtu 1300
	suspend_devices
	expect_equal "the MTU" "$(cat "/sys/class/net/$NETIF/mtu")" 1300
	expect_traffic
}

# Armed to wake the machine, up and down: the device works as before afterwards.
test_wake_on_lan() {
	ethtool "$NETIF" | grep -q 'Supports Wake-on: .*g' || skip "it cannot wake the machine"
	defer net_up
	defer ethtool -s "$NETIF" wol d
	ethtool -s "$NETIF" wol g
	suspend_devices
	wait_for 20 ping_once "$REMOTE_V4" || fail "no answer after the sleep"
	expect_traffic
	ip link set dev "$NETIF" down
	suspend_devices
	ip link set dev "$NETIF" up
	wait_for 20 ping_once "$REMOTE_V4" || fail "no answer after a sleep while it was down"
	expect_traffic
}

can_suspend || skip_all "the kernel cannot test suspend to idle"
net_up
run_tests test_idle test_under_traffic test_while_down test_settings_survive test_wake_on_lan

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The machine suspends its devices and resumes them, as far as the kernel's test facility goes, under traffic and with the interface down.

. "$(dirname "$0")/lib.sh"

pm_test=/sys/power/pm_test

suspend() {
	echo devices >"$pm_test"
	echo freeze >/sys/power/state
}

prepare() {
	local delay=/sys/module/suspend/parameters/pm_test_delay
	defer net_up
	defer sh -c "echo none >$pm_test"
	[ ! -w "$delay" ] || echo 1 >"$delay"
}

test_idle() {
	prepare
	suspend
	expect_traffic
}

test_under_traffic() {
	local round
	prepare
	start_traffic
	for round in 1 2 3; do
		suspend
		wait_for 20 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_while_down() {
	prepare
	ip link set dev "$NETIF" down
	suspend
	ip link set dev "$NETIF" up
	expect_traffic
}

test_settings_survive() {
	prepare
	ip link set dev "$NETIF" mtu 1300
	suspend
	expect_equal "the MTU" "$(cat "/sys/class/net/$NETIF/mtu")" 1300
	expect_traffic
}

[ -w "$pm_test" ] || skip_all "the kernel has no pm_test"
grep -q freeze /sys/power/state || skip_all "the kernel has no suspend to idle"
net_up
run_tests test_idle test_under_traffic test_while_down test_settings_survive

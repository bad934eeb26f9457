#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The driver is loaded and unloaded: no interface, module, interrupt, memory region or memory is left behind.

. "$(dirname "$0")/lib.sh"

irq_lines() {
	grep -c -e "$NETIF" -e "$driver_module" /proc/interrupts || :
}

test_module_description() {
	local module
	require_module
	for module in $driver_module netcx; do
		[ -d "/sys/module/$module" ] || continue
		modinfo "$module"
		[ -n "$(modinfo -F license "$module")" ] || fail "$module has no licence"
		[ -n "$(modinfo -F description "$module")" ] || fail "$module has no description"
	done
}

test_class_extension_is_held_by_its_clients() {
	[ -d /sys/module/netcx ] || skip "the driver is no client of netcx"
	must_fail rmmod netcx
	expect_traffic
}

test_unload_and_load() {
	require_module
	defer net_up
	defer load_driver
	unload_driver
	[ ! -e "/sys/class/net/$NETIF" ] || fail "$NETIF is still there"
	[ ! -e "/sys/module/$driver_module" ] || fail "$driver_module is still there"
	[ ! -e /sys/module/netcx ] || fail "netcx is still there"
	[ ! -e "/sys/bus/$bus/devices/$NETIF_DEVICE/driver" ] || fail "$NETIF_DEVICE still has a driver"
	expect_equal "lines in /proc/interrupts" "$(irq_lines)" 0
	must_fail grep -q "$driver_module" /proc/iomem
	load_driver
	net_up
	expect_traffic
}

# Unloading while the interface is down is another path: its queues have been destroyed before.
test_unload_while_down() {
	require_module
	defer net_up
	defer load_driver
	ip link set dev "$NETIF" down
	unload_driver
	load_driver
	net_up
	expect_traffic
}

test_unload_right_after_load() {
	require_module
	defer net_up
	defer load_driver
	unload_driver
	load_driver
	unload_driver
	load_driver
	net_up
	expect_traffic
}

net_up
run_tests test_module_description test_class_extension_is_held_by_its_clients test_unload_and_load test_unload_while_down \
	test_unload_right_after_load

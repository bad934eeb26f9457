#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Under traffic the device is unbound, removed through sysfs, reset, and unplugged.

. "$(dirname "$0")/lib.sh"

device=/sys/bus/$bus/devices/${NETIF_DEVICE:-none}
driver=$(driver_of "${NETIF_DEVICE:-none}")

no_device() {
	[ ! -e "$device" ]
}

probe() {
	[ -e "$device/driver" ] || echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers_probe"
}

# Waits for the device and binds the driver to it: a device that has just appeared has no driver_override.
claim() {
	wait_for 20 test -e "$device" || fail "$NETIF_DEVICE does not come back"
	if [ "$(driver_of "$NETIF_DEVICE")" != "$driver" ]; then
		[ ! -e "$device/driver" ] || echo "$NETIF_DEVICE" >"$device/driver/unbind"
		echo "$driver" >"$device/driver_override"
		probe
	fi
}

test_unbind_and_bind() {
	local round
	defer net_up
	defer probe
	start_traffic
	for round in 1 2 3; do
		echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$driver/unbind"
		[ ! -e "/sys/class/net/$NETIF" ] || fail "$NETIF is still there in round $round"
		echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$driver/bind"
		local_up
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_driver_override() {
	[ "$bus" = pci ] || skip "no PCI device"
	defer net_up
	defer probe
	echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$driver/unbind"
	echo none >"$device/driver_override"
	defer sh -c "echo $driver >$device/driver_override"
	must_fail sh -c "echo $NETIF_DEVICE >/sys/bus/$bus/drivers/$driver/bind" 2>/dev/null
	echo "$driver" >"$device/driver_override"
	probe
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$driver"
	net_up
}

test_remove_and_rescan() {
	[ "$bus" = pci ] || skip "no PCI device"
	defer net_up
	defer claim
	defer sh -c "echo 1 >/sys/bus/pci/rescan"
	start_traffic
	echo 1 >"$device/remove"
	wait_for 10 no_device || fail "the device is still there"
	[ ! -e "/sys/class/net/$NETIF" ] || fail "$NETIF is still there"
	echo 1 >/sys/bus/pci/rescan
	claim
	local_up
	wait_for 15 ping_once "$REMOTE_V4"
}

# Unplugged with its driver bound. The device may be gone, its registers all ones, before the driver is unbound.
test_unplug_and_plug() {
	require_host_control
	defer net_up
	defer claim
	start_traffic
	host_control unplug nic0
	wait_for 20 no_device || fail "the device is still there"
	[ ! -e "/sys/class/net/$NETIF" ] || fail "$NETIF is still there"
	sleep 1
	host_control plug nic0
	claim
	local_up
	wait_for 15 ping_once "$REMOTE_V4"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

[ -n "${NETIF_DEVICE:-}" ] || skip_all "$NETIF has no device"
net_up
run_tests test_unbind_and_bind test_driver_override test_remove_and_rescan test_unplug_and_plug test_traffic_flows_afterwards

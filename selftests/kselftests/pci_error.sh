#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# PCI error recovery (AER) and function-level resets from sysfs: the interface works afterwards, with the settings it had.

. "$(dirname "$0")/lib.sh"

reset_file=/sys/bus/pci/devices/${NETIF_DEVICE:-none}/reset

reset_count() {
	statistic adapter_resets
}

count_is_above() {
	[ "$(reset_count)" -gt "$1" ]
}

# inject KIND: has QEMU inject the error and waits until the kernel's recovery has reset the device.
inject() {
	local before
	before=$(reset_count)
	host_control aer nic0 "$1"
	wait_for 20 count_is_above "$before" || fail "the driver does not hear of the error"
	local_up
	expect_traffic
}

require_aer() {
	require_host_control
	ls "/sys/bus/pci/devices/$NETIF_DEVICE/aer_dev_fatal" >/dev/null 2>&1 || skip "the kernel or the device has no AER"
}

# config DEVICE OFFSET BYTES: reads its configuration space.
config() {
	od -A n -t "u$3" -j "$2" -N "$3" "/sys/bus/pci/devices/$1/config" | tr -d ' '
}

# After a fatal error the kernel resets the link and waits for the port's link active bit. QEMU's ports set it only with native hot plug;
# with ACPI hot plug they announce the capability and never set the bit.
require_fatal() {
	local port capability
	require_aer
	port=$(basename "$(dirname "$(readlink -f "/sys/bus/pci/devices/$NETIF_DEVICE")")")
	capability=$(config "$port" 0x34 1)
	until [ "$(config "$port" "$capability" 1)" = 16 ]; do
		capability=$(config "$port" $((capability + 1)) 1)
		[ "$capability" -ne 0 ] || fail "$port is no PCI Express port"
	done
	[ $(($(config "$port" $((capability + 12)) 4) & 1 << 20)) -eq 0 ] ||
		[ $(($(config "$port" $((capability + 18)) 2) & 1 << 13)) -ne 0 ] ||
		skip "the port does not say whether the link is up"
}

test_nonfatal() {
	require_aer
	inject nonfatal
}

test_fatal() {
	require_fatal
	inject fatal
}

test_fatal_again() {
	require_fatal
	inject fatal
}

test_under_traffic() {
	local round
	require_aer
	start_traffic
	for round in 1 2 3; do
		inject nonfatal
	done
}

test_fatal_under_traffic() {
	local round
	require_fatal
	start_traffic
	for round in 1 2; do
		inject fatal
	done
}

test_while_down() {
	require_aer
	defer net_up
	ip link set dev "$NETIF" down
	inject nonfatal
}

test_unbind_afterwards() {
	local driver
	require_aer
	driver=$(driver_of "$NETIF_DEVICE")
	defer net_up
	inject nonfatal
	echo "$NETIF_DEVICE" >"/sys/bus/pci/drivers/$driver/unbind"
	echo "$NETIF_DEVICE" >"/sys/bus/pci/drivers/$driver/bind"
	local_up
	expect_traffic
}

test_reset_by_the_user() {
	local before
	[ -w "$reset_file" ] || skip "the device cannot be reset from outside"
	before=$(reset_count)
	echo 1 >"$reset_file"
	[ "$(reset_count)" -gt "$before" ] || fail "the driver was not asked"
	expect_traffic
}

test_reset_by_the_user_under_traffic() {
	local round
	[ -w "$reset_file" ] || skip "the device cannot be reset from outside"
	start_traffic
	for round in 1 2 3; do
		echo 1 >"$reset_file"
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer after reset $round"
	done
}

# Settings that were made before an error are in force after it.
test_settings_survive() {
	local old
	[ -w "$reset_file" ] || skip "the device cannot be reset from outside"
	old=$(ring rx)
	defer ethtool -G "$NETIF" rx "$old"
	ethtool -G "$NETIF" rx 1024
	echo 1 >"$reset_file"
	expect_equal "the rx ring" "$(ring rx)" 1024
	expect_traffic
}

net_up
has_statistic adapter_resets || skip_all "the driver of $NETIF does not count resets"
run_tests test_nonfatal test_fatal test_fatal_again test_under_traffic test_fatal_under_traffic test_while_down test_unbind_afterwards \
	test_reset_by_the_user test_reset_by_the_user_under_traffic test_settings_survive

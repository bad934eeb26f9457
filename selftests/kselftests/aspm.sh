#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A driver whose devices cannot bear ASPM has it off: from its probe on, and after a suspend, whatever firmware did meanwhile.

. "$(dirname "$0")/lib.sh"

device=/sys/bus/pci/devices/${NETIF_DEVICE:-none}
driver=$(driver_of "${NETIF_DEVICE:-none}")
# What the PCI core has the link do. QEMU's link control registers are always 0, so that they show nothing.
states="l0s_aspm l1_aspm"
policy=/sys/module/pcie_aspm/parameters/policy

set_policy() {
	echo "$1" >$policy
}

# expect_aspm 0|1: of the states that the link has.
expect_aspm() {
	local state
	for state in $states; do
		[ ! -e "$device/link/$state" ] || expect_equal "$state" "$(cat "$device/link/$state")" "$1"
	done
}

# As a system does that likes to save power.
enable_aspm() {
	local state any= before
	before=$(sed -n 's/.*\[\(.*\)\].*/\1/p' $policy 2>/dev/null)
	[ "$before" ] || skip "the kernel has no ASPM"
	defer set_policy "$before"
	set_policy powersave || skip "firmware has not given the kernel the control of ASPM"
	for state in $states; do
		[ -w "$device/link/$state" ] || continue
		echo 1 >"$device/link/$state"
		any=1
	done
	[ "$any" ] || skip "the link has no power states, or the kernel does not control them"
	expect_aspm 1
}

probe() {
	[ -e "$device/driver" ] || echo "$NETIF_DEVICE" >"/sys/bus/pci/drivers_probe"
}

test_off_after_probe() {
	defer net_up
	defer probe
	echo "$NETIF_DEVICE" >"/sys/bus/pci/drivers/$driver/unbind"
	enable_aspm
	echo "$NETIF_DEVICE" >"/sys/bus/pci/drivers/$driver/bind"
	expect_aspm 0
	local_up
	expect_traffic
}

test_off_after_suspend() {
	can_suspend || skip "the kernel cannot test suspend to idle"
	defer net_up
	enable_aspm
	suspend_devices
	expect_aspm 0
	expect_traffic
}

[ "$driver" = netcx_e1000e ] || skip_all "$driver does not ask for that"
net_up
run_tests test_off_after_probe test_off_after_suspend

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# netcx-bind: a NIC goes from the kernel's own driver to ours and back, by its address and by its interface, and with udev's help stays
# ours when it appears anew, as it does at boot.

. "$(dirname "$0")/lib.sh"

rules=/etc/udev/rules.d/70-netcx-bind.rules
driver=$(driver_of "${NETIF_DEVICE:-none}")
command=$(command -v netcx-bind || :)

# The in-tree driver that knows the NIC, too.
intree() {
	modprobe -qR "$(cat "/sys/bus/pci/devices/$NETIF_DEVICE/modalias")" | grep -v '^netcx' | head -n 1
}

# As it was: our driver's, and no rule.
ours_again() {
	rm -f "$rules"
	[ "$(driver_of "$NETIF_DEVICE")" = "$driver" ] || netcx-bind "$NETIF_DEVICE" "$driver"
	rm -f "$rules"
}

test_back_to_the_kernels_own_and_ours_again() {
	local other
	other=$(intree)
	defer net_up
	defer ours_again
	netcx-bind --undo "$NETIF"
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$other"
	[ ! -e "$rules" ] || fail "a rule is left: $(cat "$rules")"
	net_up

	netcx-bind "$NETIF" "$driver"
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$driver"
	expect_equal "the list" "$(netcx-bind --list)" "$NETIF_DEVICE $driver"
	net_up

	# Twice makes no second rule.
	netcx-bind "$NETIF_DEVICE" "$driver"
	expect_equal "rules" "$(grep -c ^ACTION "$rules")" 1
	netcx-bind --undo "$NETIF_DEVICE"
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$other"
	expect_equal "the list" "$(netcx-bind --list)" ""
}

# The kernel's own driver is there first, as it is when it was in the initramfs.
test_stays_ours_when_it_appears_anew() {
	command -v systemd-udevd >/dev/null || skip "no udev"
	require_host_control
	defer net_up
	defer ours_again
	netcx-bind "$NETIF" "$driver"
	background systemd-udevd
	wait_for 10 udevadm control --ping || fail "udev does not come up"
	host_control unplug nic0
	wait_for 20 no_device || fail "the device is still there"
	sleep 1
	host_control plug nic0
	# Either driver may have been first; the rule comes after that.
	wait_for 30 is_given_away || fail "the driver is $(driver_of "$NETIF_DEVICE"), driver_override $(overriding)"
	udevadm settle --timeout=30
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$driver"
	net_up
}

no_device() {
	[ ! -e "/sys/bus/pci/devices/$NETIF_DEVICE" ]
}

overriding() {
	cat "/sys/bus/pci/devices/$NETIF_DEVICE/driver_override"
}

is_given_away() {
	[ "$(overriding)" = "$driver" ] && [ "$(driver_of "$NETIF_DEVICE")" = "$driver" ]
}

# Each says in one line what is wrong, and changes nothing.
refused() {
	local status=0
	netcx-bind "$@" >"$scratch/refused" 2>&1 || status=$?
	[ "$status" -eq 1 ] || fail "netcx-bind $*: status $status, wanted 1: $(cat "$scratch/refused")"
	expect_equal "lines for netcx-bind $*" "$(wc -l <"$scratch/refused")" 1
	expect_equal "the driver after netcx-bind $*" "$(driver_of "$NETIF_DEVICE")" "$driver"
	[ ! -e "$rules" ] || fail "netcx-bind $* has written $(cat "$rules")"
}

test_refusals() {
	defer ours_again
	refused nothing0 "$driver"
	refused 0000:ff:1f.7 "$driver"
	refused "$NETIF_DEVICE" netcx_nothing
	refused "$NETIF_DEVICE" e1000e
	refused lo "$driver"
	SSH_CONNECTION="$REMOTE_V4 50000 $LOCAL_V4 22" refused --undo "$NETIF"
	grep -q "logged in over $NETIF" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
	must_fail netcx-bind "$NETIF" >/dev/null 2>&1
}

test_traffic_flows_afterwards() {
	expect_traffic
}

[ "$bus" = pci ] || skip_all "no PCI device"
[ -n "$command" ] || skip_all "no netcx-bind"
modprobe -q "$(intree)" || skip_all "the kernel has no driver of its own for this NIC"
net_up
run_tests test_back_to_the_kernels_own_and_ours_again test_stays_ours_when_it_appears_anew test_refusals test_traffic_flows_afterwards

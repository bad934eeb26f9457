#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# netcx-bind: a NIC goes from the kernel's own driver to ours and back, by its address and by its interface, and with udev's help stays
# ours when it appears anew, as it does at boot. Where ours is not there, or does not take it, the kernel's own driver has it. Rules that
# somebody has already wait aside meanwhile.

. "$(dirname "$0")/lib.sh"

rules=/etc/udev/rules.d/70-netcx-bind.rules
driver=$(driver_of "${NETIF_DEVICE:-none}")
command=$(command -v netcx-bind || :)

# The in-tree driver that knows the NIC, too.
intree() {
	modprobe -qR "$(cat "/sys/bus/pci/devices/$NETIF_DEVICE/modalias")" | grep -v '^netcx' | head -n 1
}

# keep_rules: those that are there wait beside, where udev does not look, until the test ends
keep_rules() {
	defer put_rules_back
	[ ! -e "$rules" ] || mv "$rules" "$rules.kept"
}

put_rules_back() {
	rm -f "$rules"
	[ ! -e "$rules.kept" ] || mv "$rules.kept" "$rules"
	udevadm control --reload 2>/dev/null || :
}

# As it was: our driver's, and no rule of the test's.
ours_again() {
	[ "$(driver_of "$NETIF_DEVICE")" = "$driver" ] || netcx-bind --force "$NETIF_DEVICE" "$driver"
	rm -f "$rules"
}

# begin: what every test begins with, and sees to when it ends
begin() {
	defer net_up
	keep_rules
	defer ours_again
}

test_back_to_the_kernels_own_and_ours_again() {
	local other
	other=$(intree)
	begin
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
	must_fail netcx-bind --undo "$NETIF_DEVICE"
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$other"
}

test_rules_of_other_nics_stay() {
	local other='ACTION=="add", SUBSYSTEM=="pci", KERNEL=="0000:ff:1f.7", RUN+="/usr/sbin/netcx-bind --apply 0000:ff:1f.7 netcx_x"'
	begin
	mkdir -p "${rules%/*}"
	echo "$other" >"$rules"
	netcx-bind "$NETIF" "$driver"
	expect_equal "rules" "$(grep -c ^ACTION "$rules")" 2
	expect_equal "the list" "$(netcx-bind --list)" "0000:ff:1f.7 netcx_x (not now: no driver)
$NETIF_DEVICE $driver"
	netcx-bind --undo "$NETIF_DEVICE"
	expect_equal "rules" "$(grep ^ACTION "$rules")" "$other"
	netcx-bind --undo 0000:ff:1f.7
	[ ! -e "$rules" ] || fail "rules are left: $(cat "$rules")"
}

# The kernel's own driver is there first, as it is when it was in the initramfs.
test_stays_ours_when_it_appears_anew() {
	command -v systemd-udevd >/dev/null || skip "no udev"
	require_host_control
	begin
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

# As on a kernel that our module is not installed for.
test_without_our_module_the_nic_is_the_kernels_own_drivers() {
	local other file
	command -v systemd-udevd >/dev/null || skip "no udev"
	[ -n "${TEST_HOST:-}" ] || skip "takes a module away"
	require_module
	other=$(intree)
	file=$(modinfo -n "$driver_module")
	begin
	netcx-bind "$NETIF" "$driver"
	background systemd-udevd
	wait_for 10 udevadm control --ping || fail "udev does not come up"
	defer bring_back "$file"
	mv "$file" "$scratch"
	depmod
	echo 1 >"/sys/bus/pci/devices/$NETIF_DEVICE/remove"
	rmmod "$driver_module"
	echo 1 >/sys/bus/pci/rescan
	wait_for 20 has_driver || fail "it has no driver"
	udevadm settle --timeout=30
	expect_equal "the driver" "$(driver_of "$NETIF_DEVICE")" "$other"
	expect_equal "driver_override" "$(overriding)" "(null)"
	[ -e "$rules" ] || fail "the rule is gone"
}

# bring_back FILE: a module that was taken away
bring_back() {
	mv "$scratch/${1##*/}" "$1"
	depmod
	modprobe "$driver_module"
}

has_driver() {
	[ -e "/sys/bus/pci/devices/$NETIF_DEVICE/driver" ]
}

# pretend NAME SCRIPT: a program of that name is found before the real one
pretend() {
	mkdir -p "$scratch/pretended"
	printf '#!/bin/sh\n%s\n' "$2" >"$scratch/pretended/$1"
	chmod +x "$scratch/pretended/$1"
}

# fails ARGUMENTS...: of netcx-bind, with the programs that are pretended; the in-tree driver has the NIC before and afterwards
fails() {
	local status=0
	PATH=$scratch/pretended:$PATH netcx-bind "$@" || status=$?
	expect_equal "the status of netcx-bind $*" "$status" 1
	expect_equal "the driver after netcx-bind $*" "$(driver_of "$NETIF_DEVICE")" "$(intree)"
	expect_equal "driver_override after netcx-bind $*" "$(overriding)" "(null)"
	[ ! -e "$rules" ] || fail "netcx-bind $* has written $(cat "$rules")"
}

test_a_driver_that_does_not_take_it() {
	begin
	netcx-bind --undo "$NETIF"
	pretend modinfo "exit 0"
	pretend modprobe 'case $* in *-qR*) echo netcx_nobody ;; esac'
	fails "$NETIF_DEVICE" netcx_nobody
	pretend modprobe "case \$* in *-qR*) echo $driver ;; *) echo 'no such thing'; exit 1 ;; esac"
	fails "$NETIF_DEVICE" "$driver"
	fails --apply "$NETIF_DEVICE" "$driver"
	pretend modprobe "exit 1"
	fails --apply "$NETIF_DEVICE" "$driver"
}

test_nobody_to_give_it_back_to() {
	[ -n "${TEST_HOST:-}" ] || skip "takes modules away"
	require_module
	begin
	defer modprobe "$driver_module"
	defer modprobe "$(intree)"
	pretend modprobe "rmmod $driver_module $(intree) 2>/dev/null; exit 1"
	must_fail env PATH="$scratch/pretended:$PATH" netcx-bind --undo "$NETIF" >"$scratch/refused" 2>&1
	grep -q "has no driver now" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
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
	"${bind:-netcx-bind}" "$@" >"$scratch/refused" 2>&1 || status=$?
	[ "$status" -eq 1 ] || fail "netcx-bind $*: status $status, wanted 1: $(cat "$scratch/refused")"
	expect_equal "lines for netcx-bind $*" "$(wc -l <"$scratch/refused")" 1
	expect_equal "the driver after netcx-bind $*" "$(driver_of "$NETIF_DEVICE")" "$driver"
	[ ! -e "$rules" ] || fail "netcx-bind $* has written $(cat "$rules")"
}

test_refusals() {
	begin
	refused nothing0 "$driver"
	refused 0000:ff:1f.7 "$driver"
	refused "$NETIF_DEVICE" netcx_nothing
	refused "$NETIF_DEVICE" e1000e
	refused lo "$driver"
	must_fail netcx-bind "$NETIF" >/dev/null 2>&1
	# The module is there, and for other devices.
	modinfo netcx_sim >/dev/null || skip "no netcx_sim"
	refused "$NETIF_DEVICE" netcx_sim
	grep -q "netcx_sim is not for $NETIF_DEVICE" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
}

# logged_in_from ADDRESS: the NIC is not taken away, whether the environment says so, or only that of a process above
logged_in_from() {
	local bind
	SSH_CONNECTION="$1 50000 $LOCAL_V4 22" refused --undo "$NETIF"
	grep -q "logged in over $NETIF" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
	bind=$scratch/sudo
	printf '#!/bin/bash\nenv -u SSH_CONNECTION netcx-bind "$@"\nexit $?\n' >"$bind"
	chmod +x "$bind"
	SSH_CONNECTION="$1 50000 $LOCAL_V4 22" refused --undo "$NETIF"
	grep -q "logged in over $NETIF" "$scratch/refused" || fail "without SSH_CONNECTION it says: $(cat "$scratch/refused")"
}

test_not_what_one_is_logged_in_over() {
	begin
	logged_in_from "$REMOTE_V4"
}

# A VLAN of a bridge that it is a port of.
test_not_a_part_of_what_one_is_logged_in_over() {
	begin
	modprobe -aq bridge 8021q || :
	ip link add bindbr type bridge || skip "no bridge"
	defer ip link del bindbr
	ip link add link bindbr name bindvlan type vlan id 5 || skip "no VLANs"
	ip link set dev "$NETIF" master bindbr
	ip link set dev bindbr up
	ip link set dev bindvlan up
	ip addr add 198.51.100.1/24 dev bindvlan
	logged_in_from 198.51.100.2
}

# What udev runs as root nobody else may be able to change.
test_not_by_a_path_that_is_not_roots_alone() {
	local bind=$scratch/"a folder"/netcx-bind
	begin
	mkdir "${bind%/*}"
	cp "$command" "$bind"
	refused "$NETIF_DEVICE" "$driver"
	grep -q "cannot name" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
	bind=$scratch/netcx-bind
	cp "$command" "$bind"
	chmod o+w "$bind"
	refused "$NETIF_DEVICE" "$driver"
	grep -q "$bind is not root's alone" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
	chmod o-w "$bind"
	chown 1 "$scratch"
	defer chown 0 "$scratch"
	refused "$NETIF_DEVICE" "$driver"
	grep -q "$scratch is not root's alone" "$scratch/refused" || fail "it says: $(cat "$scratch/refused")"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

[ "$bus" = pci ] || skip_all "no PCI device"
[ -n "$command" ] || skip_all "no netcx-bind"
modprobe -q "$(intree)" || skip_all "the kernel has no driver of its own for this NIC"
net_up
run_tests test_back_to_the_kernels_own_and_ours_again test_rules_of_other_nics_stay test_stays_ours_when_it_appears_anew \
	test_without_our_module_the_nic_is_the_kernels_own_drivers test_a_driver_that_does_not_take_it test_nobody_to_give_it_back_to \
	test_refusals test_not_what_one_is_logged_in_over test_not_a_part_of_what_one_is_logged_in_over \
	test_not_by_a_path_that_is_not_roots_alone test_traffic_flows_afterwards

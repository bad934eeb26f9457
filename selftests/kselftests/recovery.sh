#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Hardware that does not come up at once, queues that hang again and again, resets asked for at the wrong time: the interface comes back by
# itself, and says how it is meanwhile. On devices of netcx_sim, which any host can have; D0EntryFailures=N lets so many of their entries
# into D0 fail after the first.

. "$(dirname "$0")/lib.sh"

dead=netcx_sim.70
other=netcx_sim.71
handle=netcx/$dead

# make MODES: the device, with another one at the other end of its wire.
make() {
	modprobe netcx_sim
	[ -e /sys/bus/netcx/new_device ] || skip "no virtual bus"
	defer remove_devices
	echo "$other Wire=70 Queues=1" >/sys/bus/netcx/new_device
	echo "$dead Wire=70 Queues=1 $1" >/sys/bus/netcx/new_device
	wait_for 10 netdevs_are_there || fail "the devices do not appear"
	ip link set dev "$other_netdev" up
	ip link set dev "$netdev" up
	wait_for 10 has_carrier "$netdev" || fail "no link"
}

netdevs_are_there() {
	netdev=$(netdev_of "$dead")
	other_netdev=$(netdev_of "$other")
	[ -n "$netdev" ] && [ -n "$other_netdev" ]
}

remove_devices() {
	local device
	for device in "$dead" "$other"; do
		[ ! -e "/sys/bus/netcx/devices/$device" ] || echo "$device" >/sys/bus/netcx/del_device
	done
}

# diagnosed FIELD: of the reporter of resets.
diagnosed() {
	devlink health diagnose "$handle" reporter reset | sed -n "s/.*\b$1: \(.*\)/\1/p" | sed 's/ [a-z ]*:.*//'
}

is_in_error() {
	devlink health show "$handle" reporter reset | grep -q 'state error'
}

is_healthy() {
	devlink health show "$handle" reporter reset | grep -q 'state healthy'
}

operstate() {
	cat "/sys/class/net/$netdev/operstate"
}

operstate_is() {
	[ "$(operstate)" = "$1" ]
}

# Takes the hardware down and up again: verifier mode is switched so. devlink recovers only what is in error.
restart() {
	local mode=true
	[ "$(devlink dev param show "$handle" name verifier | sed -n 's/.*cmode runtime value //p')" = false ] || mode=false
	devlink dev param set "$handle" name verifier value "$mode" cmode runtime
}

sends_again() {
	local before
	before=$(cat "/sys/class/net/$other_netdev/statistics/rx_packets")
	"$tools/frames" send "$netdev" "$(cat "/sys/class/net/$other_netdev/address")" 10
	sleep 0.2
	[ $(($(cat "/sys/class/net/$other_netdev/statistics/rx_packets") - before)) -ge 10 ]
}

# The first try is the restart itself, then after 1, 2 and 4 s. Routing daemons look at the operational state.
test_failed_reset_is_retried() {
	local index
	make D0EntryFailures=4
	index=$(cat "/sys/class/net/$netdev/ifindex")
	must_fail restart 2>/dev/null
	wait_for 5 is_in_error || fail "devlink shows no error"
	wait_for 5 operstate_is down || fail "the operational state is $(operstate)"
	ip link show dev "$netdev" | grep -q NO-CARRIER || fail "ip link shows no lost carrier"
	[ "$(cat "/sys/class/net/$netdev/carrier")" = 0 ] || fail "there is a carrier"
	wait_for 60 is_healthy || fail "it does not come back: $(diagnosed state)"
	wait_for 10 operstate_is up || fail "the operational state is $(operstate)"
	wait_for 10 sends_again || fail "it does not send again"
	expect_equal "the interface's number" "$(cat "/sys/class/net/$netdev/ifindex")" "$index"
}

# Nobody has to wait for the next try, and devlink says whether it helped.
test_recover_recovers() {
	make D0EntryFailures=20
	must_fail restart 2>/dev/null
	wait_for 5 is_in_error || fail "devlink shows no error"
	must_fail devlink health recover "$handle" reporter reset 2>"$scratch/why"
	grep -q 'did not come up' "$scratch/why" || fail "devlink says: $(cat "$scratch/why")"
	# Twenty seconds of tries with longer and longer pauses would have come to five or so.
	wait_for 30 recovers_at_last || fail "it does not recover"
	devlink health recover "$handle" reporter reset
	wait_for 5 is_healthy || fail "devlink does not show it"
	wait_for 10 sends_again || fail "it does not send again"
}

recovers_at_last() {
	devlink health recover "$handle" reporter reset 2>/dev/null
}

# What is asked of it meanwhile neither reaches the hardware nor is lost.
test_settings_while_it_is_lost() {
	make "D0EntryFailures=3"
	must_fail restart 2>/dev/null
	ip link set dev "$netdev" down
	ip link set dev "$netdev" up
	ethtool -S "$netdev" >/dev/null
	ethtool -C "$netdev" rx-usecs 50 2>/dev/null || :
	ethtool -K "$netdev" tso off || :
	ethtool -G "$netdev" rx 128 || :
	ip link set dev "$netdev" mtu 1400
	"$tools/frames" send "$netdev" 02:00:00:00:00:70 5 || :
	wait_for 60 is_healthy || fail "it does not come back"
	wait_for 10 sends_again || fail "it does not send again"
	expect_equal "the ring" "$(ethtool -g "$netdev" | awk '/^RX:/ { n = $2 } END { print n }')" 128
	ethtool -k "$netdev" | grep -q 'tcp-segmentation-offload: off' || fail "tso is on again"
}

test_removed_while_it_is_lost() {
	make "D0EntryFailures=1000"
	must_fail restart 2>/dev/null
	echo "$dead" >/sys/bus/netcx/del_device
	[ ! -e "/sys/class/net/$netdev" ]
}

has_resets() {
	[ "$(cat "/sys/class/net/$netdev/carrier" 2>/dev/null)" = 1 ] && [ "$(diagnosed resets)" -ge "$1" ]
}

# devlink refuses to recover by itself after a recovery that failed; the driver must not.
test_later_hangs_are_reset() {
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	make "D0EntryFailures=1 TxStuck=5 TxStuckAgain=1"
	"$tools/frames" send "$netdev" 02:00:00:00:00:70 20
	wait_for 40 has_resets 1 || fail "the first hang is not reset"
	wait_for 20 is_healthy || fail "it does not come back"
	"$tools/frames" send "$netdev" 02:00:00:00:00:70 20
	wait_for 40 has_resets 2 || fail "the second hang is not reset"
}

# What the user wants devlink to leave alone for a while is left alone, and can be recovered by hand.
test_grace_period() {
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	make "TxStuck=5 TxStuckAgain=1"
	"$tools/frames" send "$netdev" 02:00:00:00:00:70 20
	wait_for 40 has_resets 1 || fail "the first hang is not reset"
	wait_for 20 is_healthy || fail "it does not come back"
	devlink health set "$handle" reporter reset grace_period 3600000
	"$tools/frames" send "$netdev" 02:00:00:00:00:70 20
	wait_for 40 is_in_error || fail "nobody notices the second hang"
	sleep 2
	expect_equal "the resets within the grace period" "$(diagnosed resets)" 1
	devlink health recover "$handle" reporter reset
	wait_for 20 is_healthy || fail "the user cannot recover it"
	expect_equal "the resets" "$(diagnosed resets)" 2
}

# Not even the queues of before can be had: the change fails, and what follows from it is mended.
test_lost_queues_come_back() {
	make QueueFailures=4
	must_fail ethtool -G "$netdev" rx 128 2>/dev/null
	wait_for 5 is_in_error || fail "devlink shows no error"
	[ "$(cat "/sys/class/net/$netdev/carrier")" = 0 ] || fail "there is a carrier"
	wait_for 20 is_healthy || fail "it does not come back: $(diagnosed state)"
	wait_for 10 has_carrier "$netdev" || fail "no link"
	wait_for 10 sends_again || fail "it does not send again"
}

# expect_callbacks PREPARED D0: how often the hardware was prepared, and came into D0, since the device was made.
expect_callbacks() {
	expect_equal "how often the hardware was prepared" "$(statistic sim_prepared "$netdev")" "$1"
	expect_equal "how often it came into D0" "$(statistic sim_d0_entries "$netdev")" "$2"
}

# As on Windows: a driver that programs its hardware when that is prepared works after a reset, too. Suspend leaves the hardware prepared.
test_reset_begins_from_a_blank_state() {
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	make "TxStuck=5"
	expect_callbacks 1 1
	"$tools/frames" send "$netdev" 02:00:00:00:00:70 20
	wait_for 40 has_resets 1 || fail "the hang is not reset"
	wait_for 20 is_healthy || fail "it does not come back"
	expect_callbacks 2 2
	restart
	expect_callbacks 3 3
	can_suspend || return 0
	suspend_devices
	expect_callbacks 3 4
	wait_for 10 sends_again || fail "it does not send again"
}

# What the tries change of the interface is not taken for a link that flaps.
test_carrier_changes_are_counted_once() {
	local before
	make D0EntryFailures=3
	before=$(cat "/sys/class/net/$netdev/carrier_up_count")
	must_fail restart 2>/dev/null
	wait_for 5 is_in_error || fail "devlink shows no error"
	wait_for 60 is_healthy || fail "it does not come back"
	wait_for 10 has_carrier "$netdev" || fail "no link"
	expect_equal "how often the link came" "$(cat "/sys/class/net/$netdev/carrier_up_count")" $((before + 1))
}

# A client's watchdog that takes a device which goes away for one that hangs.
test_reset_asked_for_while_it_goes() {
	local round
	for round in 1 2 3 4 5; do
		make ResetRequests=1
		restart
		remove_devices
	done
	dmesg | grep -q "$dead.*nothing to reset" || fail "it was not even refused"
}

command -v devlink >/dev/null || skip_all "no program devlink"
run_tests test_failed_reset_is_retried test_recover_recovers test_settings_while_it_is_lost test_removed_while_it_is_lost \
	test_reset_begins_from_a_blank_state test_later_hangs_are_reset test_grace_period test_lost_queues_come_back test_carrier_changes_are_counted_once \
	test_reset_asked_for_while_it_goes

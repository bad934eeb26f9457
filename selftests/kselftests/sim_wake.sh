#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Wake on LAN: ethtool offers what the client declared; at suspend the client is told what the user chose, and for which addresses to
# answer. netcx_sim logs what it was told.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"
. "$(dirname "$0")/pair.sh"

all_sources=15

offered() {
	ethtool "$NETIF" | sed -n 's/.*Supports Wake-on: //p'
}

chosen() {
	ethtool "$NETIF" | sed -n 's/^[[:space:]]*Wake-on: //p'
}

choose() {
	ethtool -s "$NETIF" wol "$1"
}

wakeup() {
	cat "/sys/bus/$bus/devices/$NETIF_DEVICE/power/wakeup"
}

# What this end was told at the last suspend, from the kernel's log: "wakes for X; ...".
what_was_told() {
	dmesg | awk '/netcx selftest: sleep/ { told = "" }
		match($0, /wire 0, end 0: /) { told = told (told == "" ? "" : "; ") substr($0, RSTART + RLENGTH) }
		END { print told }'
}

sleep_and_wake() {
	kernel_note "sleep"
	suspend_devices
	wait_for 20 ping_once "$REMOTE_V4" || fail "no answer after the sleep"
}

# expect_told WHAT...: suspends; the client must be told exactly that.
expect_told() {
	local wanted
	wanted=$(printf '%s; ' "$@")
	sleep_and_wake
	expect_equal "what the client was told" "$(what_was_told)" "${wanted}wakes no more"
}

test_offers_what_the_client_declares() {
	local sources
	defer pair "$NETIF_MODES" "$PEER_MODES"
	for sources in 0:d 1:g 6:pumb 8:a 15:pumbag; do
		pair "Wake=${sources%:*}"
		expect_equal "what Wake=${sources%:*} offers" "$(offered)" "${sources#*:}"
		expect_equal "what is chosen at first" "$(chosen)" d
	done
}

test_without_wake() {
	must_fail choose g
	choose d
	kernel_note "sleep"
	suspend_devices
	expect_equal "what the client was told" "$(what_was_told)" ""
}

test_each_choice_is_kept() {
	local choice
	with_modes "Wake=$all_sources"
	expect_equal "the device's wakeup" "$(wakeup)" disabled
	for choice in g p u m b a pumbag; do
		choose "$choice"
		expect_equal "what is chosen" "$(chosen)" "$choice"
		expect_equal "the device's wakeup" "$(wakeup)" enabled
	done
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	expect_equal "what is chosen after down and up" "$(chosen)" pumbag
	choose d
	expect_equal "what is chosen" "$(chosen)" d
	expect_equal "the device's wakeup" "$(wakeup)" disabled
}

test_what_is_not_offered_is_refused() {
	local choice
	with_modes Wake=3
	choose g
	for choice in u gu s; do
		must_fail choose "$choice"
		expect_equal "what is chosen" "$(chosen)" g
	done
	choose p
	expect_equal "what is chosen" "$(chosen)" p
}

test_client_is_told() {
	with_modes "Wake=$all_sources"
	choose p
	expect_told "wakes for the link's coming and going"
	choose pag
	expect_told "wakes for magic packets" "wakes for the link's coming and going" "wakes for a pattern of 22 bytes"
	expect_equal "what is chosen" "$(chosen)" pag
	expect_traffic
}

# The receive filter is set for the time of sleep, and restored at resume.
test_receive_filter() {
	with_modes "Wake=$all_sources"
	choose ub
	expect_told "wakes for packets of the filter 0x9"
	choose m
	expect_told "wakes for packets of the filter 0x4"
	expect_traffic
	expect_no_loss "$REMOTE_V6" "$(amount 50 10)"
}

test_while_down() {
	with_modes "Wake=$all_sources"
	choose g
	ip link set dev "$NETIF" down
	kernel_note "sleep"
	suspend_devices
	expect_equal "what the client was told" "$(what_was_told)" "wakes for magic packets; wakes no more"
	choose d
	kernel_note "sleep"
	suspend_devices
	expect_equal "what the client was told" "$(what_was_told)" ""
}

test_addresses_to_answer_for() {
	with_modes "Wake=$all_sources PowerOffloads=8"
	# It may be set once more when the link is reported after resume.
	ip link set dev "$NETIF" addrgenmode none
	ip -6 addr flush dev "$NETIF" scope link
	ip addr add 198.51.100.7/24 dev "$NETIF"
	ip addr add 2001:db8:7::abcd/64 dev "$NETIF" nodad
	choose g
	kernel_note "sleep"
	suspend_devices
	what_was_told | grep -qF "answers for ${LOCAL_V4}; answers for 198.51.100.7; answers for 2001:" ||
		fail "told: $(what_was_told)"
	what_was_told | grep -qF "answers for 2001:0db8:0007:0000:0000:0000:0000:abcd" || fail "told: $(what_was_told)"
	expect_equal "addresses" "$(what_was_told | grep -o 'answers' | wc -l)" 4
}

# netcx.ko keeps at most eight addresses of each kind.
test_many_addresses() {
	local number
	with_modes "Wake=$all_sources PowerOffloads=8"
	for number in $(seq 1 9); do
		ip addr add "198.51.100.$number/24" dev "$NETIF"
		ip addr add "2001:db8:7::$number/64" dev "$NETIF" nodad
	done
	choose g
	kernel_note "sleep"
	suspend_devices
	expect_equal "addresses" "$(what_was_told | grep -o 'answers' | wc -l)" 16
	said "asleep it answers for 8 of 10 IPv4 addresses" || fail "what is left out was not reported"
}

test_no_more_addresses_than_it_can() {
	with_modes "Wake=$all_sources PowerOffloads=1"
	ip addr add 198.51.100.7/24 dev "$NETIF"
	choose g
	kernel_note "sleep"
	suspend_devices
	what_was_told | grep -qF "answers for $LOCAL_V4;" || fail "told: $(what_was_told)"
	said "asleep it answers for 1 of 2 IPv4 addresses" || fail "what is left out was not reported"
	expect_equal "addresses" "$(what_was_told | grep -o 'answers' | wc -l)" 2
}

# The other end is suspended first and sees its link go down when this one is.
test_reason_is_reported() {
	local events=/sys/bus/$bus/devices/$PEER_DEVICE/power/wakeup_active_count before
	with_modes "" "Wake=$all_sources"
	remote ethtool -s "$REMOTE_NETIF" wol p
	before=$(cat "$events")
	sleep_and_wake
	said "woke the machine: link is down" || fail "the reason was not reported"
	expect_equal "wakeup events" "$(cat "$events")" $((before + 1))
	remote ethtool -s "$REMOTE_NETIF" wol g
	before=$(cat "$events")
	sleep_and_wake
	expect_equal "wakeup events" "$(cat "$events")" "$before"
}

# Suspend with a device whose driver is not loaded, and one that was unbound.
test_devices_without_a_driver() {
	local other=${NETIF_DEVICE%.*}.99
	echo nobody.0 >/sys/bus/netcx/new_device
	defer sh -c "echo nobody.0 >/sys/bus/netcx/del_device"
	said "nobody.0 has no driver" || fail "nobody says that nobody.0 has no driver"
	echo "$other Wire=99" >/sys/bus/netcx/new_device
	defer sh -c "echo $other >/sys/bus/netcx/del_device"
	echo "$other" >"/sys/bus/netcx/devices/$other/driver/unbind"
	sleep_and_wake
	expect_traffic
}

require_sim
can_suspend || skip_all "the kernel cannot test suspend to idle"
net_up
run_tests test_offers_what_the_client_declares test_without_wake test_each_choice_is_kept test_what_is_not_offered_is_refused \
	test_client_is_told test_receive_filter test_while_down test_addresses_to_answer_for \
	test_many_addresses test_no_more_addresses_than_it_can test_reason_is_reported test_devices_without_a_driver

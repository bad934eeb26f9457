#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# VLANs: tags inserted and removed by the NIC or by the stack, nested ones, and the filter that lets only frames of known VLANs in.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"

frames=20

test_every_combination_of_offloads() {
	local strip insert filter
	vlan_add 100
	content_servers
	for strip in off on; do
		for insert in off on; do
			for filter in off on; do
				switch rx-vlan-offload "$strip" tx-vlan-offload "$insert" rx-vlan-filter "$filter"
				wait_for 15 ping_once "$(vlan_v4 100 2)" || fail "no answer with $strip $insert $filter"
				content "$(vlan_v4 100 2)" "$(amount 100000 10000)" 0 write
				content_back "$(vlan_v6 100 1)" "$(amount 100000 10000)" 0 write
				expect_no_loss "$REMOTE_V4" 20
			done
		done
	done
}

test_switches_are_shown() {
	local name
	for name in rx-vlan-offload rx-vlan-filter; do
		can_switch "$name" || continue
		switch "$name" off
		expect_equal "$name" "$(feature "$name")" off
		switch "$name" on
		expect_equal "$name" "$(feature "$name")" on
	done
	expect_equal "tx-vlan-offload" "$(feature tx-vlan-offload)" on
}

# Intel's 8257x family strips, and inserts, with CTRL.VME, and filters with RCTL.VFE.
test_switches_reach_the_hardware() {
	local ctrl=0x0000 vme=0x40000000 rctl=0x0100 vfe=0x00040000
	case $(cat "/sys/bus/pci/devices/${NETIF_DEVICE:-none}/vendor" 2>/dev/null) in
	0x8086) ;;
	*) skip "no Intel NIC" ;;
	esac
	"$tools/mmio" "$NETIF_DEVICE" "$ctrl" >/dev/null 2>&1 || skip "the kernel was not started with iomem=relaxed"
	bit_is() {
		local set=0
		[ $(($("$tools/mmio" "$NETIF_DEVICE" "$1") & $2)) -eq 0 ] || set=1
		[ "$set" = "$3" ]
	}
	[ "$(feature rx-vlan-offload)" = on ] || [ "$(feature rx-vlan-filter)" = on ] || skip "the NIC neither strips nor filters"
	[ "$(feature rx-vlan-offload)" = off ] || wait_for 5 bit_is "$ctrl" "$vme" 1 || fail "tags are not stripped"
	[ "$(feature rx-vlan-filter)" = off ] || wait_for 5 bit_is "$rctl" "$vfe" 1 || fail "VLANs are not filtered"
	if can_switch rx-vlan-offload; then
		switch rx-vlan-offload off
		wait_for 5 bit_is "$ctrl" "$vme" 0 || fail "tags are still stripped"
		switch rx-vlan-offload on
		wait_for 5 bit_is "$ctrl" "$vme" 1 || fail "tags are not stripped again"
	fi
	if can_switch rx-vlan-filter; then
		switch rx-vlan-filter off
		wait_for 5 bit_is "$rctl" "$vfe" 0 || fail "VLANs are still filtered"
		switch rx-vlan-filter on
	fi
	[ "$(feature rx-vlan-filter)" = on ] || return 0
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	wait_for 5 bit_is "$rctl" "$vfe" 0 || fail "VLANs are filtered although promiscuous"
	ip link set dev "$NETIF" promisc off
	wait_for 5 bit_is "$rctl" "$vfe" 1 || fail "VLANs are not filtered again"
}

# ---- filter ----

# A filter may be set a moment after the command that asked for it returns.
let_in() {
	local try got
	for try in 1 2 3 4 5; do
		got=$(count_frames "$(address_of)" "$frames" "$frames" "$1")
		[ "$got" != "$frames" ] || return 0
	done
	fail "tag $1, try $try: $got frames of $frames"
}

kept_out() {
	local try got
	for try in 1 2 3 4 5; do
		got=$(count_frames "$(address_of)" "$frames" 0 "$1")
		[ "$got" != 0 ] || return 0
		sleep 0.2
	done
	fail "tag $1, try $try: $got frames"
}

require_filter() {
	[ "$(feature rx-vlan-filter)" = on ] || skip "the NIC filters no VLANs"
}

local_vlan() {
	defer ip link del "v$1"
	ip link add link "$NETIF" name "v$1" type vlan id "$1"
	ip link set dev "v$1" up
}

test_filter() {
	require_filter
	kept_out 200
	kept_out 0xe0c8
	local_vlan 200
	let_in 200
	let_in 0xe0c8
	kept_out 201
	kept_out 4094
	# 199 is the next bit of the filter table, 232 the same bit of the next word.
	kept_out 199
	kept_out 232
	local_vlan 4094
	let_in 4094
	let_in 200
	ip link del v200
	kept_out 200
	let_in 4094
}

# Frames with VLAN 0 have a priority and belong to no VLAN, so the filter lets them pass.
test_priority_tags_pass() {
	require_filter
	let_in 0xa000
	let_in 0x0000
}

test_filter_is_off_when_promiscuous() {
	require_filter
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	let_in 210
	ip link set dev "$NETIF" promisc off
	kept_out 210
}

test_filter_switches() {
	require_filter
	can_switch rx-vlan-filter || skip "the filter cannot be switched"
	local_vlan 220
	switch rx-vlan-filter off
	let_in 221
	let_in 220
	# A VLAN added while the filter was off.
	local_vlan 222
	switch rx-vlan-filter on
	kept_out 221
	let_in 220
	let_in 222
}

test_filter_survives_down_and_up() {
	require_filter
	defer net_up
	local_vlan 230
	ip link set dev "$NETIF" down
	defer ip link del v231
	ip link add link "$NETIF" name v231 type vlan id 231
	ip link set dev "$NETIF" up
	ip link set dev v230 up
	ip link set dev v231 up
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer"
	let_in 230
	let_in 231
	kept_out 232
}

test_filter_survives_new_rings() {
	require_filter
	ethtool -g "$NETIF" >/dev/null || skip "no rings to change"
	local_vlan 240
	defer net_up
	defer ethtool -G "$NETIF" rx "$(ring rx)"
	ethtool -G "$NETIF" rx 64
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer"
	let_in 240
	kept_out 241
}

test_everything_survives_suspend() {
	can_suspend || skip "the kernel cannot test suspend to idle"
	vlan_add 250
	content_servers
	suspend_devices
	wait_for 20 ping_once "$(vlan_v4 250 2)" || fail "no answer in the VLAN"
	content "$(vlan_v4 250 2)" "$(amount 100000 10000)" 0 write
	content_back "$(vlan_v4 250 1)" "$(amount 100000 10000)" 0 write
	[ "$(feature rx-vlan-filter)" = off ] || { let_in 250; kept_out 251; }
}

test_many_vlans() {
	local id last
	last=$((1000 + $(amount 64 8)))
	for id in $(seq 1001 "$last"); do
		local_vlan "$id"
	done
	let_in 1001
	let_in "$last"
	let_in $((1000 + (last - 1000) / 2))
	[ "$(feature rx-vlan-filter)" = off ] || kept_out $((last + 1))
}

# ---- nesting ----

test_vlan_in_a_vlan() {
	remote_is_strict
	vlan_add 110
	vlan_add 111 802.1Q v110 v110
	content_servers
	content "$(vlan_v4 111 2)" "$(amount 100000 10000)" 0 write
	content "$(vlan_v6 111 2)" "$(amount 100000 10000)" 537 333
	content_back "$(vlan_v4 111 1)" "$(amount 100000 10000)" 0 write
	datagrams "$(vlan_v4 111 2)" 100 write
}

test_vlan_in_a_service_vlan() {
	remote_is_strict
	vlan_add 112 802.1ad
	vlan_add 113 802.1Q v112 v112
	content_servers
	content "$(vlan_v4 113 2)" "$(amount 100000 10000)" 0 write
	content "$(vlan_v6 113 2)" "$(amount 100000 10000)" 537 333
	content_back "$(vlan_v4 113 1)" "$(amount 100000 10000)" 0 write
	expect_no_loss "$(vlan_v4 112 2)" 20 -s 1400
}

# The tag of received frames, with priority and DEI bit, stripped by the NIC and by the stack.
test_tags_that_arrive() {
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	packets_here tagged none any
	switch rx-vlan-offload off
	packets_here tagged none any
}

test_switching_under_traffic() {
	local round
	vlan_add 100
	background "$tools/blast" "$(vlan_v4 100 2)" 9 1400 $((5 * scale))
	background remote "$remote_tools/blast" "$(vlan_v4 100 1)" 9 1400 $((5 * scale))
	switch rx-vlan-offload on tx-vlan-offload on rx-vlan-filter on
	for round in $(seq 1 "$(amount 10 3)"); do
		for name in rx-vlan-offload tx-vlan-offload rx-vlan-filter; do
			can_switch "$name" || continue
			ethtool -K "$NETIF" "$name" off >/dev/null
			sleep 0.1
			ethtool -K "$NETIF" "$name" on >/dev/null
		done
		local_vlan $((300 + round))
	done
	expect_equal "tx-vlan-offload" "$(feature tx-vlan-offload)" on
	wait_for 20 ping_once "$(vlan_v4 100 2)" || fail "no answer in the VLAN"
}

# While tag insertion is switched on and off under traffic, no frame of a VLAN is sent without its tag.
test_no_tag_is_lost_when_switching() {
	local round counter
	can_switch rx-vlan-offload || skip "stripping cannot be switched"
	vlan_add 100
	# An address that is only reachable through the VLAN.
	defer remote ip addr del 198.19.100.77/32 dev v100
	remote ip addr add 198.19.100.77/32 dev v100
	background "$tools/blast" 198.19.100.77 9 1400 0
	forget "$scratch/untagged"
	remote "$remote_tools/frames" count-udp "$REMOTE_NETIF" 9 $((4000 * scale)) >"$scratch/untagged" &
	counter=$!
	wait_for 5 grep -q ready "$scratch/untagged"
	switch rx-vlan-offload on
	for round in $(seq 1 "$(amount 10 3)"); do
		ethtool -K "$NETIF" rx-vlan-offload off >/dev/null
		ethtool -K "$NETIF" rx-vlan-offload on tx-vlan-offload on >/dev/null
	done
	wait "$counter"
	cat "$scratch/untagged"
	expect_equal "untagged datagrams, round $round" "$(tail -n 1 "$scratch/untagged" | cut -d ' ' -f 1)" 0
	[ "$(tail -n 1 "$scratch/untagged" | cut -d ' ' -f 3)" -gt 0 ] || fail "no datagrams at all"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

require_remote_netif
require_vlans
net_up
run_tests test_every_combination_of_offloads test_switches_are_shown test_switches_reach_the_hardware test_filter test_priority_tags_pass \
	test_filter_is_off_when_promiscuous test_filter_switches test_filter_survives_down_and_up test_filter_survives_new_rings \
	test_everything_survives_suspend test_many_vlans test_vlan_in_a_vlan test_vlan_in_a_service_vlan test_tags_that_arrive \
	test_switching_under_traffic test_no_tag_is_lost_when_switching test_traffic_flows_afterwards

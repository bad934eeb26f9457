#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The NIC lets through what it should: its own address, broadcast, the multicast groups joined, everything when promiscuous.

. "$(dirname "$0")/lib.sh"

frames=20
foreign=02:00:00:aa:bb:cc
other_foreign=02:00:00:dd:ee:ff
group=01:00:5e:7f:01:02
other_group=33:33:00:12:34:56

# A filter may be set a moment after the command that asked for it returns.
expect_frames() {
	local try got
	for try in 1 2 3 4 5; do
		got=$(count_frames "$1" "$frames" "$2")
		echo "$1: $got of $frames"
		[ "$got" -ne "$2" ] || return 0
		sleep 0.2
	done
	fail "try $try: not $2"
}

accepted() {
	expect_frames "$1" "$frames"
}

refused() {
	expect_frames "$1" 0
}

test_own_address_and_broadcast() {
	accepted "$(address_of)"
	accepted ff:ff:ff:ff:ff:ff
}

test_foreign_address_is_refused() {
	refused "$foreign"
}

test_promiscuous() {
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	accepted "$foreign"
	accepted "$group"
	accepted "$(address_of)"
	ip link set dev "$NETIF" promisc off
	refused "$foreign"
	refused "$group"
	accepted "$(address_of)"
}

test_promiscuous_survives_down_and_up() {
	defer net_up
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	wait_for 15 ping_once "$REMOTE_V4"
	accepted "$foreign"
}

test_multicast_groups() {
	refused "$group"
	refused "$other_group"
	ip maddr add "$group" dev "$NETIF"
	accepted "$group"
	refused "$other_group"
	ip maddr add "$other_group" dev "$NETIF"
	accepted "$group"
	accepted "$other_group"
	ip maddr del "$group" dev "$NETIF"
	refused "$group"
	accepted "$other_group"
	ip maddr del "$other_group" dev "$NETIF"
	refused "$other_group"
}

promiscuity() {
	ip -d link show dev "$NETIF" | sed -n 's/.* promiscuity \([0-9]*\).*/\1/p'
}

require_macvlan() {
	modprobe macvlan 2>/dev/null || :
	ip link add link "$NETIF" name mv0 type macvlan mode private || skip "no macvlan"
	ip link del mv0
}

# Not an address whose last two bytes are those of a group: QEMU's 82574L passes unicast frames by the multicast hash, too.
macvlan_add() {
	ip link add link "$NETIF" name "mv$1" address "02:00:00:ee:c3:$(printf '%02x' "$1")" type macvlan mode private
	defer sh -c "ip link del mv$1 2>/dev/null || :"
	ip link set "mv$1" up
}

# Windows asks no driver for more than one unicast address: a driver made for it has no filter for them, and the stack makes the interface
# promiscuous. That of these is their own.
has_unicast_filter() {
	case $(driver_of "$NETIF_DEVICE") in
	netcx_e1000e | netcx_sim | e1000e) return 0 ;;
	*) [ "$(promiscuity)" = 0 ] ;;
	esac
}

# What has an address of its own above the interface gets its frames, and nobody else's come in with them.
test_macvlan_without_promiscuous_mode() {
	require_macvlan
	refused 02:00:00:ee:c3:01
	macvlan_add 1
	has_unicast_filter || skip "no unicast filter"
	macvlan_add 2
	expect_equal "the promiscuity" "$(promiscuity)" 0
	accepted 02:00:00:ee:c3:01
	accepted 02:00:00:ee:c3:02
	accepted "$(address_of)"
	refused "$foreign"
	# After a reset of the hardware, too.
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	wait_for 15 ping_once "$REMOTE_V4"
	accepted 02:00:00:ee:c3:02
	refused "$foreign"
	ip link del mv2
	refused 02:00:00:ee:c3:02
	accepted 02:00:00:ee:c3:01
}

# More than the hardware has room for.
test_many_macvlans() {
	local number
	require_macvlan
	for number in $(seq 1 20); do
		macvlan_add "$number"
	done
	accepted 02:00:00:ee:c3:01
	accepted 02:00:00:ee:c3:14
	for number in $(seq 3 20); do
		ip link del "mv$number"
	done
	accepted 02:00:00:ee:c3:01
	has_unicast_filter || return 0
	refused 02:00:00:ee:c3:14
	refused "$foreign"
}

test_many_multicast_groups() {
	local number
	leave_all() {
		for number in $(seq 1 100); do
			ip maddr del "01:00:5e:10:00:$(printf '%02x' "$number")" dev "$NETIF"
		done
	}
	defer leave_all
	for number in $(seq 1 100); do
		ip maddr add "01:00:5e:10:00:$(printf '%02x' "$number")" dev "$NETIF"
	done
	accepted 01:00:5e:10:00:01
	accepted 01:00:5e:10:00:32
	accepted 01:00:5e:10:00:64
	accepted "$(address_of)"
}

test_all_multicast() {
	defer ip link set dev "$NETIF" allmulticast off
	ip link set dev "$NETIF" allmulticast on
	accepted "$group"
	accepted "$other_group"
	refused "$foreign"
	ip link set dev "$NETIF" allmulticast off
	refused "$group"
}

# The address the interface came up with cannot be the refused one: it has joined the IPv6 group that is made from that address, and QEMU's
# 82574L, for one, passes unicast frames by the multicast hash too.
test_change_of_address() {
	local old
	require_settable_address
	old=$(address_of)
	defer net_up
	defer ip link set dev "$NETIF" address "$old"
	ip link set dev "$NETIF" address "$foreign"
	expect_equal "the address" "$(address_of)" "$foreign"
	accepted "$foreign"
	ip link set dev "$NETIF" address "$other_foreign"
	accepted "$other_foreign"
	refused "$foreign"
	wait_for 5 ping_once "$REMOTE_V4"
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	wait_for 15 ping_once "$REMOTE_V4"
	accepted "$other_foreign"
	refused "$foreign"
}

test_bad_address_is_refused() {
	local before
	require_settable_address
	before=$(address_of)
	must_fail ip link set dev "$NETIF" address 01:00:5e:00:00:01
	must_fail ip link set dev "$NETIF" address 00:00:00:00:00:00
	expect_equal "the address" "$(address_of)" "$before"
	accepted "$before"
}

test_filters_change_under_traffic() {
	local round
	defer ip link set dev "$NETIF" promisc off allmulticast off
	start_traffic
	for round in $(seq 1 "$(amount 40 5)"); do
		ip link set dev "$NETIF" promisc on
		ip maddr add "$group" dev "$NETIF"
		ip link set dev "$NETIF" promisc off allmulticast on
		ip maddr del "$group" dev "$NETIF"
		ip link set dev "$NETIF" allmulticast off
	done
	echo "$round rounds"
}

test_traffic_flows_afterwards() {
	expect_traffic
	refused "$foreign"
}

[ -n "$REMOTE_NETIF" ] || skip_all "needs REMOTE_NETIF"
net_up
run_tests test_own_address_and_broadcast test_foreign_address_is_refused test_promiscuous test_promiscuous_survives_down_and_up \
	test_multicast_groups test_macvlan_without_promiscuous_mode test_many_macvlans test_many_multicast_groups test_all_multicast test_change_of_address test_bad_address_is_refused \
	test_filters_change_under_traffic test_traffic_flows_afterwards

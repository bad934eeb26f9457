#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Streams and datagrams in skbs of every shape, over IPv4, IPv6 and VLANs, with small and large frames: the receiver compares every byte.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"

# streams ADDRESS: with odd segment sizes, and with writes that make skbs of many fragments.
streams() {
	local address=$1 how mss
	for mss in 0 1001 537; do
		for how in write 333; do
			content "$address" "$(amount 200000 20000)" "$mss" "$how"
		done
		content "$address" "$(amount 20000 2000)" "$mss" 7
	done
	content "$address" "$(amount 5000 500)" 0 1
	content "$address" "$(amount 50000 5000)" 88 write
	content "$address" "$(amount 100000 10000)" 999 write options
	content "$address" "$(amount 20000 2000)" 0 333 options
}

test_streams_v4() {
	remote_is_strict
	content_servers
	streams "$REMOTE_V4"
}

test_streams_v6() {
	remote_is_strict
	content_servers
	streams "$REMOTE_V6"
}

test_streams_in_a_vlan() {
	remote_is_strict
	vlan_add 100
	content_servers
	streams "$(vlan_v4 100 2)"
	streams "$(vlan_v6 100 2)"
}

test_streams_back() {
	local how
	content_servers
	vlan_add 100
	for how in write 333; do
		content_back "$LOCAL_V4" "$(amount 200000 20000)" 0 "$how"
		content_back "$LOCAL_V6" "$(amount 200000 20000)" 1001 "$how"
		content_back "$(vlan_v6 100 1)" "$(amount 200000 20000)" 0 "$how"
	done
}

test_streams_without_scatter_gather() {
	remote_is_strict
	switch tx-scatter-gather off
	content_servers
	content "$REMOTE_V4" "$(amount 200000 20000)" 0 write
	content "$REMOTE_V6" "$(amount 200000 20000)" 537 write
}

test_datagrams() {
	local how
	remote_is_strict
	content_servers
	datagrams "$REMOTE_V4" "$(amount 600 60)" write
	datagrams "$REMOTE_V6" "$(amount 600 60)" write
	for how in 1 5 333; do
		datagrams "$REMOTE_V4" "$(amount 200 40)" "$how"
		datagrams "$REMOTE_V6" "$(amount 200 40)" "$how"
	done
	datagrams "$REMOTE_V4" "$(amount 100 20)" 1 options
	datagrams "$REMOTE_V6" "$(amount 100 20)" 1 options
}

test_datagrams_in_a_vlan() {
	remote_is_strict
	vlan_add 100
	content_servers
	datagrams "$(vlan_v4 100 2)" "$(amount 200 40)" 1
	datagrams "$(vlan_v6 100 2)" "$(amount 200 40)" write
}

test_jumbo() {
	require_jumbo
	remote_is_strict
	both_mtu 9000
	vlan_add 100
	content_servers
	streams "$REMOTE_V4"
	content "$REMOTE_V6" "$(amount 500000 50000)" 0 333
	content "$(vlan_v4 100 2)" "$(amount 500000 50000)" 0 write
	content "$(vlan_v6 100 2)" "$(amount 500000 50000)" 4001 333
	content_back "$LOCAL_V4" "$(amount 500000 50000)" 0 write
	content_back "$(vlan_v6 100 1)" "$(amount 500000 50000)" 4001 write
	# The largest datagram of one frame, and those whose last receive buffer has one or two bytes.
	expect_no_loss "$(vlan_v4 100 2)" 20 -M "do" -s 8972
	expect_no_loss "$(vlan_v6 100 2)" 20 -M "do" -s 8952
}

test_jumbo_without_scatter_gather() {
	require_jumbo
	remote_is_strict
	both_mtu 9000
	switch tx-scatter-gather off
	content_servers
	content "$REMOTE_V4" "$(amount 500000 50000)" 0 write
	content_back "$LOCAL_V4" "$(amount 500000 50000)" 0 write
}

# Features of the NIC, of which some depend on others.
switchable="rx-checksumming tx-checksum-ipv4 tx-checksum-ipv6 tx-checksum-ip-generic tx-scatter-gather tx-tcp-segmentation \
	tx-tcp6-segmentation generic-segmentation-offload generic-receive-offload rx-vlan-offload tx-vlan-offload rx-vlan-filter \
	receive-hashing"

streams_until_killed() {
	local address=$1
	while :; do
		"$tools/content" send "$address" "$content_port" 300000 0 write || exit 1
		remote "$remote_tools/content" send "$2" "$content_port" 300000 0 write || exit 1
	done
}

still_runs() {
	kill -0 "$1" 2>/dev/null || fail "a stream ended: $(cat "$scratch"/streams* "$scratch/served" "$scratch/served-remote")"
}

test_features_switch_under_traffic() {
	local name round first second
	remote_is_strict
	vlan_add 100
	content_servers
	background streams_until_killed "$REMOTE_V4" "$LOCAL_V6" >"$scratch/streams" 2>&1
	first=$background_pid
	background streams_until_killed "$(vlan_v6 100 2)" "$(vlan_v4 100 1)" >"$scratch/streams-vlan" 2>&1
	second=$background_pid
	for name in $switchable; do
		switch "$name" "$(feature "$name")"
	done
	for round in 1 2; do
		for name in $switchable; do
			can_switch "$name" || continue
			ethtool -K "$NETIF" "$name" off >/dev/null 2>&1 || :
			expect_equal "$name in round $round" "$(feature "$name")" off
			sleep 0.3
			ethtool -K "$NETIF" "$name" on >/dev/null 2>&1 || :
			expect_equal "$name in round $round" "$(feature "$name")" on
			sleep 0.2
			still_runs "$first"
			still_runs "$second"
		done
	done
	wait_for 20 ping_once "$(vlan_v4 100 2)"
	still_runs "$first"
	still_runs "$second"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

require_remote_netif
require_vlans
net_up
run_tests test_streams_v4 test_streams_v6 test_streams_in_a_vlan test_streams_back test_streams_without_scatter_gather test_datagrams \
	test_datagrams_in_a_vlan test_jumbo test_jumbo_without_scatter_gather test_features_switch_under_traffic test_traffic_flows_afterwards

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A flow's packets arrive in the order in which they were sent, all of them, also while the receive ring is full again and again: the
# sender is ahead by more packets than the ring holds.

. "$(dirname "$0")/lib.sh"

port=9010

# numbered_flow FROM TO ADDRESS COUNT SIZE WINDOW: FROM and TO are "" or "remote"
# shellcheck disable=SC2086 # nothing, or a function
numbered_flow() {
	local from=$1 to=$2 address=$3 count=$4 size=$5 window=$6 interface=$NETIF
	local result="$scratch/numbered.$port"
	[ -z "$from" ] || interface=$REMOTE_NETIF
	# The usual queue drops what waits too long: here everything waits.
	$from tc qdisc replace dev "$interface" root pfifo limit 100000
	defer $from tc qdisc del dev "$interface" root
	forget "$result"
	background $to "$tools/numbered" receive "$port" "$count" $((5000 * scale)) >"$result"
	wait_for 10 grep -q ready "$result" || fail "the receiver does not start"
	$from "$tools/numbered" send "$address" "$port" "$count" "$size" "$window"
	wait_for 60 has_result "$result" || fail "the receiver does not end"
	result=$(tail -n 1 "$result")
	note "$size bytes, $window ahead: $result"
	expect_equal "what arrived" "$result" "received $count late 0 twice 0 lost 0"
}

test_sent_small() {
	numbered_flow "" remote "$REMOTE_V4" "$(amount 20000)" 18 4096
}

test_sent_large() {
	numbered_flow "" remote "$REMOTE_V4" "$(amount 10000)" 1472 4096
}

test_received_small() {
	numbered_flow remote "" "$LOCAL_V4" "$(amount 20000)" 18 4096
}

test_received_large() {
	numbered_flow remote "" "$LOCAL_V4" "$(amount 10000)" 1472 4096
}

# The smallest ring is full the soonest.
test_smallest_ring() {
	local before
	before=$(ring rx)
	[ -n "$before" ] || skip "no ring size to set"
	defer net_up
	defer ethtool -G "$NETIF" rx "$before"
	ethtool -G "$NETIF" rx 64
	net_up
	numbered_flow remote "" "$LOCAL_V4" "$(amount 20000)" 18 4096
	numbered_flow remote "" "$LOCAL_V4" "$(amount 10000)" 1472 4096
}

# Frames of several fragments.
test_jumbo() {
	defer net_up
	require_jumbo
	remote ip link set dev "$REMOTE_NETIF" mtu 9000
	ip link set dev "$NETIF" mtu 9000
	wait_for 15 ping_once "$REMOTE_V4"
	numbered_flow remote "" "$LOCAL_V4" "$(amount 3000)" 8972 1024
	numbered_flow "" remote "$REMOTE_V4" "$(amount 3000)" 8972 1024
}

require_program tc
[ "$REMOTE_TYPE" = netns ] || skip_all "a real wire may lose packets"
net_up
run_tests test_sent_small test_sent_large test_received_small test_received_large test_smallest_ring test_jumbo

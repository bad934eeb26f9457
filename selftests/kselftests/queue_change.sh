#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Whatever is changed about queues leaves the link alone, and what goes through other queues than those that are changed loses nothing.

. "$(dirname "$0")/lib.sh"

port=7010
declare -A senders

# Whatever is received at this end goes through queue 0. What is sent does, since it is sent by processor 0, see start_flow.
steer_to_the_first() {
	ethtool -X "$NETIF" start 0 equal 1
	defer ethtool -X "$NETIF" default
}

carrier_changes() {
	echo "$(cat "/sys/class/net/$NETIF/carrier_changes") $(remote cat "/sys/class/net/$REMOTE_NETIF/carrier_changes")"
}

# start_flow NAME ADDRESS "remote"|"" "remote"|"": numbered datagrams to that address, received at the first end and sent at the second.
start_flow() {
	forget "$scratch/$1-received"
	# shellcheck disable=SC2086 # there may be none
	background $3 "$tools/datagrams" receive "$2" "$port" >"$scratch/$1-received"
	wait_for 10 grep -q ready "$scratch/$1-received" || fail "no receiver"
	forget "$scratch/$1-sent"
	# shellcheck disable=SC2086 # there may be none
	background $4 taskset -c 0 "$tools/datagrams" send "$2" "$port" 1000 >"$scratch/$1-sent"
	senders[$1]=$background_pid
}

# end_flow NAME: its sender, which says in the end how many it sent.
end_flow() {
	kill -TERM -- "-${senders[$1]}"
	wait_for 10 test -s "$scratch/$1-sent" || fail "the sender does not end"
}

# Asked again until they are all there, or no more come.
received_all() {
	$3 "$tools/datagrams" ask "$2" "$port"
	sleep 0.1
	[ "$(tail -n 1 "$scratch/$1-received")" = "$(cat "$scratch/$1-sent") 0 0" ]
}

# Hardware that can only stop all receive queues at once may do so for less than 50 ms: less than 50 of the numbers, of which there is one
# in a millisecond at most, are missing in a row. Nothing that is sent is lost for that.
expect_flow() {
	local sent different twice gap
	wait_for 5 received_all "$@" || :
	sent=$(cat "$scratch/$1-sent")
	read -r different twice gap <<<"$(tail -n 1 "$scratch/$1-received")"
	note "$1: $sent datagrams, $((sent - different)) lost, at most $gap in a row, $twice received twice"
	expect_equal "$1: datagrams received twice" "$twice" 0
	if [ "$1" = in ] && [ "$driver" != netcx_sim ]; then
		[ "$gap" -lt 50 ] || fail "$1: $gap datagrams in a row are lost"
	else
		expect_equal "$1: datagrams received" "$different" "$sent"
	fi
}

# while_flowing FLOWS COMMAND...: with these flows ("in", "out", or both) nothing is lost, and the link stays.
while_flowing() {
	local flows=$1 before
	shift
	before=$(carrier_changes)
	[[ $flows != *in* ]] || start_flow in "$LOCAL_V4" "" remote
	[[ $flows != *out* ]] || start_flow out "$REMOTE_V4" remote ""
	sleep 0.3
	"$@"
	sleep 0.3
	[[ $flows != *in* ]] || end_flow in
	[[ $flows != *out* ]] || end_flow out
	[[ $flows != *in* ]] || expect_flow in "$LOCAL_V4" remote
	[[ $flows != *out* ]] || expect_flow out "$REMOTE_V4" ""
	expect_equal "changes of the carrier at both ends" "$(carrier_changes)" "$before"
	expect_equal "resets" "$(statistic adapter_resets)" "$resets"
	expect_traffic
}

# several COMMAND...
several() {
	local round
	for round in $(seq 1 "$(amount 4 2)"); do
		"$@"
		sleep 0.2
	done
}

require_two_channels() {
	[ "$(channels max)" -ge 2 ] || skip "one channel"
	[ "$(channels)" -ge 2 ] || { defer ethtool -L "$NETIF" combined "$(channels)" && ethtool -L "$NETIF" combined 2; }
}

bind_and_unbind() {
	"$tools/af_xdp" bind "$NETIF" 1
}

test_af_xdp_socket_of_another_queue() {
	require_two_channels
	steer_to_the_first
	while_flowing "in out" several bind_and_unbind
}

test_af_xdp_socket_of_the_same_queue() {
	while_flowing "" several "$tools/af_xdp" bind "$NETIF" 0
}

fewer_and_more() {
	local now
	now=$(channels)
	ethtool -L "$NETIF" combined 1
	sleep 0.2
	ethtool -L "$NETIF" combined "$now"
}

test_number_of_queues() {
	require_two_channels
	steer_to_the_first
	while_flowing "in out" several fewer_and_more
}

larger_and_smaller() {
	local rx tx
	rx=$(ring rx) tx=$(ring tx)
	ethtool -G "$NETIF" rx 512 tx 512
	sleep 0.2
	ethtool -G "$NETIF" rx "$rx" tx "$tx"
}

test_ring_sizes() {
	while_flowing "" several larger_and_smaller
}

# Only the other direction's queues change.
larger_and_smaller_rx() {
	local rx
	rx=$(ring rx)
	ethtool -G "$NETIF" rx 512
	sleep 0.2
	ethtool -G "$NETIF" rx "$rx"
}

test_rx_ring_sizes_and_what_is_sent() {
	while_flowing "out" several larger_and_smaller_rx
}

without_hash_and_with() {
	ethtool -K "$NETIF" rxhash off
	sleep 0.2
	ethtool -K "$NETIF" rxhash on
}

test_receive_hash() {
	ethtool -k "$NETIF" | grep -q '^receive-hashing: on$' || skip "no receive hash"
	while_flowing "out" several without_hash_and_with
}

without_ports_and_with() {
	ethtool -N "$NETIF" rx-flow-hash tcp4 sd
	sleep 0.2
	ethtool -N "$NETIF" rx-flow-hash tcp4 sdfn
}

test_what_is_hashed() {
	ethtool -n "$NETIF" rx-flow-hash tcp4 >/dev/null 2>&1 || skip "no receive hash"
	while_flowing "out" several without_ports_and_with
}

without_tags_and_with() {
	ethtool -K "$NETIF" rxvlan off
	sleep 0.2
	ethtool -K "$NETIF" rxvlan on
}

test_vlan_offload() {
	ethtool -k "$NETIF" | grep -q '^rx-vlan-offload: on$' || skip "no VLAN offload"
	while_flowing "in out" several without_tags_and_with
}

net_up
resets=$(statistic adapter_resets)
driver=$(driver_of "$NETIF_DEVICE")
run_tests test_af_xdp_socket_of_another_queue test_af_xdp_socket_of_the_same_queue test_number_of_queues test_ring_sizes \
	test_rx_ring_sizes_and_what_is_sent test_receive_hash test_what_is_hashed test_vlan_offload

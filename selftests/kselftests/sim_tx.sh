#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Transmission to clients with demands on packets, and to hardware that is slow, out of order, or stuck.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"
. "$(dirname "$0")/pair.sh"

is_copied() {
	[ "$(sum_of tx linearized)" -gt 0 ] || fail "nothing was copied"
}

test_without_dma() {
	with_modes TxDma=0
	everything_arrives
}

# What the hardware is to segment comes in pieces, which are copied together.
test_one_fragment() {
	with_modes TxFragments=1
	expect_equal "TSO" "$(feature tcp-segmentation-offload)" on
	everything_arrives
	is_copied
}

# Then the stack puts together what is in pieces.
test_one_fragment_without_segmentation() {
	with_modes "TxFragments=1 Segmentation=0"
	everything_arrives
	expect_equal "packets in pieces" "$(feature scatter-gather)" off
	expect_equal "packets that were copied" "$(sum_of tx linearized)" 0
}

test_two_fragments() {
	with_modes TxFragments=2
	everything_arrives
	is_copied
}

test_alignment() {
	with_modes TxAlignment=8
	everything_arrives
	is_copied
}

test_large_alignment() {
	local alignment
	for alignment in 256 4096; do
		with_modes "TxAlignment=$alignment"
		everything_arrives
		is_copied
	done
}

test_backfill() {
	with_modes TxBackfill=32
	everything_arrives
	is_copied
}

test_all_demands_without_dma() {
	with_modes "TxBackfill=20 TxAlignment=64 TxFragments=1 TxDma=0"
	everything_arrives
	is_copied
}

test_bounced_packets_that_go_with_their_queue() {
	local round
	with_modes "TxBackfill=32 TxDelay=20000"
	start_traffic
	for round in 1 2 3; do
		ip link set dev "$NETIF" down
		local_up
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer in round $round"
	done
}

test_out_of_order() {
	with_modes TxOutOfOrder=1
	everything_arrives
}

test_slow() {
	with_modes TxDelay=1000
	everything_arrives
}

test_slow_and_out_of_order() {
	with_modes "TxDelay=300 TxOutOfOrder=1 RxHoles=2 TxAlignment=16"
	everything_arrives
}

resets_are_more_than() {
	[ "$(statistic adapter_resets)" -gt "$1" ]
}

# Nothing comes back any more: the watchdog resets the device, after which it is as new.
recovers() {
	local before
	before=$(statistic adapter_resets)
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	start_traffic
	wait_for 60 resets_are_more_than "$before" || fail "the device was not reset"
	[ "$(statistic tx_timeouts)" -gt 0 ] || fail "no time-out was counted"
	wait_for 20 ping_once "$REMOTE_V4" || fail "no traffic after the reset"
	expect_traffic
}

is_held() {
	! ping_once "$REMOTE_V4"
}

# The other end's flow control holds what is to be sent for longer than a queue that hangs is given.
test_paused_is_not_stuck() {
	with_modes "TxPaused=$((9000 * scale))"
	start_traffic
	wait_for 8 is_held || fail "nothing is held"
	wait_for 20 ping_once "$REMOTE_V4" || fail "no traffic after the pause"
	expect_equal "resets" "$(statistic adapter_resets)" 0
	expect_equal "time-outs" "$(statistic tx_timeouts)" 0
	expect_traffic
}

test_stuck() {
	with_modes TxStuck=300
	recovers
}

# Verifier mode, which is on from the start on some kernels, would stop the device for it.
without_verifier() {
	! devlink dev show "$bus/$NETIF_DEVICE" >/dev/null 2>&1 ||
		devlink dev param set "$bus/$NETIF_DEVICE" name verifier value false cmode runtime
}

# The device does not even give packets back when it is told to stop.
test_stuck_beyond_cancel() {
	with_modes "TxStuck=300 TxStuckCancel=1"
	without_verifier
	recovers
	said "ms after Cancel" || fail "the log does not name the queue"
}

test_stuck_beyond_cancel_when_the_interface_goes_down() {
	with_modes "TxStuck=20 TxStuckCancel=1 TxBackfill=16"
	without_verifier
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	ping -c 30 -i 0.05 -W 1 "$REMOTE_V4" || :
	ip link set dev "$NETIF" down
	local_up
	wait_for 30 ping_once "$REMOTE_V4" || fail "no traffic afterwards"
}

test_late_notifications() {
	with_modes NotifyDelay=2000
	everything_arrives
}

test_lost_notifications() {
	with_modes NotifyLose=5
	wait_for 20 ping_once "$REMOTE_V4"
	content_servers
	content "$REMOTE_V4" "$(amount 100000 20000)" 0 write
	content_back "$LOCAL_V6" "$(amount 100000 20000)" 0 write
}

said_by_burst() {
	grep -q "$1" "$scratch/burst"
}

asked() {
	remote "$remote_tools/datagrams" ask "$REMOTE_V4" 7011
	sleep 0.2
	[ "$(wc -l <"$scratch/received")" -ge "$1" ]
}

# received HOW_OFTEN_ASKED: how many different datagrams the other end has had.
received() {
	wait_for 10 asked "$1" || fail "the receiver does not answer"
	tail -n 1 "$scratch/received"
}

# All packets of this end go through queue 0, which after TxHold of them sends no more until the link was lost and is back.
hold_packets() {
	local queue
	with_modes "TxHold=150"
	for queue in "/sys/class/net/$NETIF/queues/tx-"*; do
		[ "$(channels)" = 1 ] || echo $((${queue##*-} ? 0 : 3)) >"$queue/xps_cpus"
	done
	remote ip link set dev lo up
}

lose_link() {
	echo "$PEER_DEVICE" >/sys/bus/netcx/del_device
	wait_for 10 no_carrier "$NETIF" || fail "there is a link still"
}

link_returns() {
	make_virtual_devices
	net_up
}

# Memory of a socket whose packets wait when the link is lost comes back at once, and they are not sent long after; nor do they count as
# sent.
test_link_loss_with_packets_on_their_way() {
	local before dropped
	hold_packets
	forget "$scratch/received"
	background remote "$remote_tools/datagrams" receive 0.0.0.0 7011 >"$scratch/received"
	wait_for 10 grep -q ready "$scratch/received" || fail "no receiver"
	forget "$scratch/burst"
	background "$tools/datagrams" burst "$REMOTE_V4" 7011 300 >"$scratch/burst"
	wait_for 4 said_by_burst waiting || fail "no packet waits: $(cat "$scratch/burst")"
	before=$(received 2)
	dropped=$(statistic tx_queue_0_dropped)
	lose_link
	wait_for 5 said_by_burst free || fail "the packets wait for the link"
	[ "$(statistic tx_queue_0_dropped)" -gt "$dropped" ] || fail "the packets that were not sent do not count as dropped"
	link_returns
	expect_traffic
	expect_equal "datagrams received, and of them twice, with those that were sent before the link was lost" "$(received 3)" "$before"
	expect_equal "resets" "$(statistic adapter_resets)" 0
	note "${before% *} of 300 datagrams were sent before the link was lost"
}

said_by_socket() {
	grep -q "$1" "$scratch/socket"
}

# An AF_XDP socket sends so many frames; it may take long enough for the link to be lost and to return.
socket_sends() {
	forget "$scratch/socket"
	background "$tools/af_xdp" -t 120 send "$NETIF" 0 "$(address_of remote)" "$1" 300 >"$scratch/socket"
	wait_for 10 said_by_socket ready || fail "no socket"
	wait_for 10 said_by_socket waiting || fail "no frame waits: $(cat "$scratch/socket")"
}

# Descriptors that the client has when the link is lost are completed, as a socket's packets are freed.
test_link_loss_with_descriptors_on_their_way() {
	hold_packets
	socket_sends 200
	lose_link
	wait_for 5 said_by_socket "^200 200$" || fail "the descriptors wait for the link: $(cat "$scratch/socket")"
	link_returns
	expect_traffic
	expect_equal "resets" "$(statistic adapter_resets)" 0
}

# Without a link none is taken: they stay the socket's, and are sent when there is one.
test_descriptors_without_a_link() {
	local peer
	with_modes ""
	peer=$(address_of remote)
	lose_link
	forget "$scratch/socket"
	background "$tools/af_xdp" -t 120 send "$NETIF" 0 "$peer" 200 300 >"$scratch/socket"
	wait_for 10 said_by_socket waiting || fail "they do not wait for the link: $(cat "$scratch/socket")"
	link_returns
	wait_for 10 said_by_socket "^200 200$" || fail "they are not sent when there is a link again: $(cat "$scratch/socket")"
	expect_traffic
}

require_sim
require_vlans
net_up
run_tests test_without_dma test_one_fragment test_one_fragment_without_segmentation test_two_fragments test_alignment test_large_alignment test_backfill \
	test_all_demands_without_dma test_bounced_packets_that_go_with_their_queue test_out_of_order test_slow test_slow_and_out_of_order \
	test_paused_is_not_stuck test_stuck test_stuck_beyond_cancel test_stuck_beyond_cancel_when_the_interface_goes_down test_late_notifications \
	test_lost_notifications \
	test_link_loss_with_packets_on_their_way test_link_loss_with_descriptors_on_their_way test_descriptors_without_a_link

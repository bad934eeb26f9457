#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Receive buffers in every mode that a client can ask for, and every way in which it may return them.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"
. "$(dirname "$0")/pair.sh"

# Buffers of the driver's own are all its own again when the queues are gone.
nothing_is_lent() {
	ip link set dev "$NETIF" down
	pair "$NETIF_MODES" "$PEER_MODES"
	! said "were never returned" || fail "buffers were not returned"
	! said "was returned twice" || fail "a buffer was returned twice"
}

test_mapped_for_dma() {
	with_modes RxBuffers=0
	everything_arrives
}

test_without_dma() {
	with_modes RxBuffers=1
	everything_arrives
}

test_of_the_driver() {
	with_modes RxBuffers=2
	everything_arrives
	nothing_is_lent
}

test_net_memory() {
	with_modes RxBuffers=3
	everything_arrives
	nothing_is_lent
}

test_of_the_driver_in_many_fragments() {
	with_modes "RxBuffers=2 RxBufferBytes=100"
	everything_arrives
	nothing_is_lent
}

test_net_memory_in_many_fragments() {
	with_modes "RxBuffers=3 RxHoles=2 RxIgnore=3 RxBufferBytes=300"
	everything_arrives
	nothing_is_lent
}

# of_the_driver_that_go_under_traffic MODES
of_the_driver_that_go_under_traffic() {
	local round
	with_modes "$1"
	start_traffic
	for round in 1 2 3; do
		ip link set dev "$NETIF" down
		local_up
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer in round $round"
		ethtool -G "$NETIF" rx $((64 << round))
	done
	nothing_is_lent
}

test_of_the_driver_that_go_under_traffic() {
	of_the_driver_that_go_under_traffic RxBuffers=2
}

test_net_memory_that_goes_under_traffic() {
	of_the_driver_that_go_under_traffic RxBuffers=3
}

# XDP is the kernel's generic one there.
test_of_the_driver_with_a_program() {
	with_modes RxBuffers=2
	must_fail "$tools/xdp_attach" "$NETIF" "$tools/xdp.bpf.o" pass
	defer ip link set dev "$NETIF" xdpgeneric off
	"$tools/xdp_attach" generic "$NETIF" "$tools/xdp.bpf.o" pass
	everything_arrives
}

test_many_fragments() {
	with_modes RxBufferBytes=128
	everything_arrives
}

test_jumbo_frames_in_small_buffers() {
	with_modes RxBufferBytes=1000
	both_mtu 9000
	remote_is_strict
	content_servers
	expect_no_loss "$REMOTE_V4" 20 -M "do" -s 8972
	content_back "$LOCAL_V4" "$(amount 200000 20000)" 0 write
}

# The buffers that a client of ours has lie well anyway, at 64 and less.
test_aligned_buffers() {
	local alignment
	for alignment in 128 512 4096; do
		with_modes "RxAlignment=$alignment"
		everything_arrives
	done
	with_modes "RxAlignment=4096 RxBuffers=1 RxBufferBytes=300"
	everything_arrives
}

test_holes() {
	with_modes "RxHoles=3 RxBufferBytes=500"
	everything_arrives
}

test_holes_before_every_frame() {
	with_modes RxHoles=1
	everything_arrives
}

test_ignored_packets() {
	local before
	with_modes RxIgnore=2
	before=$(sum_of rx ignored)
	everything_arrives
	[ "$(sum_of rx ignored)" -gt "$before" ] || fail "none was ignored"
}

test_all_of_it() {
	with_modes "RxBuffers=2 RxHoles=2 RxIgnore=3 RxBufferBytes=300"
	everything_arrives
	nothing_is_lent
}

# How many frames came in for each packet that the stack was given, in hundredths, while the other end sent a stream to ADDRESS.
frames_per_packet() {
	local frames packets
	frames=$(statistic sim_rx_frames) packets=$(sum_of rx packets)
	content_back "$1" "$(amount 1000000 100000)" 0 write >/dev/null
	echo $((($(statistic sim_rx_frames) - frames) * 100 / ($(sum_of rx packets) - packets)))
}

# Streams come coalesced, and every byte of them. VLAN devices have LRO turned off below them, so there is none.
streams_are_coalesced() {
	local address
	expect_equal "LRO" "$(feature large-receive-offload)" on
	content_servers
	for address in "$LOCAL_V4" "$LOCAL_V6"; do
		[ "$(frames_per_packet "$address")" -gt 150 ] || fail "to $address: hardly anything was coalesced"
		content_back "$address" "$(amount 100000 20000)" 537 333
		content_back "$address" "$(amount 100000 20000)" 999 write options
	done
}

test_coalesced_segments() {
	with_modes Coalescing=16
	streams_are_coalesced
	switch large-receive-offload off
	expect_equal "hundredths of frames per packet without LRO" "$(frames_per_packet "$LOCAL_V4")" 100
}

test_coalesced_segments_in_buffers_of_the_driver() {
	with_modes "Coalescing=64 RxBuffers=2 RxHoles=5"
	streams_are_coalesced
	nothing_is_lent
}

# What was coalesced could not be sent on as it came, and programs are to see what was on the wire.
test_nothing_is_coalesced_for_others() {
	with_modes Coalescing=16
	defer sysctl -q -w "net.ipv4.conf.$NETIF.forwarding=0"
	sysctl -q -w "net.ipv4.conf.$NETIF.forwarding=1"
	expect_equal "LRO while packets are forwarded" "$(feature large-receive-offload)" off
	with_modes Coalescing=16
	defer ip link set dev "$NETIF" xdp off
	"$tools/xdp_attach" "$NETIF" "$tools/xdp.bpf.o" pass
	expect_equal "LRO with a program" "$(feature large-receive-offload)" off
	must_fail ethtool -K "$NETIF" lro on 2>/dev/null
	expect_equal "LRO that was asked for with a program" "$(feature large-receive-offload)" off
	ip link set dev "$NETIF" xdp off
	expect_equal "LRO that was asked for, without the program" "$(feature large-receive-offload)" on
}

test_without_offloads() {
	with_modes "Checksum=0 Segmentation=0 Vlan=0 Hash=0" "Checksum=0 Segmentation=0 Vlan=0 Hash=0"
	everything_arrives
}

test_modes_out_of_range_are_refused() {
	local modes
	defer sh -c "echo netcx_sim.9 >/sys/bus/netcx/del_device 2>/dev/null || :"
	for modes in RxBuffers=4 Queues=0 Queues=9 Ring=100 RxBufferBytes=63 Misbehaviour=4000000000; do
		must_fail sh -c "echo 'netcx_sim.9 Wire=9 $modes' >/sys/bus/netcx/new_device" 2>"$scratch/why"
		grep -q "Invalid argument" "$scratch/why" || fail "$modes: $(cat "$scratch/why")"
	done
	must_fail sh -c "echo netcx_sim.9 Queues >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo netcx_sim.9 Queues=many >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo netcx_sim >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo '$NETIF_DEVICE Wire=9' >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo netcx_sim.9 >/sys/bus/netcx/del_device" 2>/dev/null
	[ ! -e /sys/bus/netcx/devices/netcx_sim.9 ] || fail "netcx_sim.9 is there"
}

test_a_third_device_on_a_wire_is_refused() {
	defer sh -c "echo netcx_sim.9 >/sys/bus/netcx/del_device 2>/dev/null || :"
	must_fail sh -c "echo netcx_sim.9 >/sys/bus/netcx/new_device" 2>"$scratch/why"
	grep -q "Device or resource busy" "$scratch/why" || fail "$(cat "$scratch/why")"
	[ ! -e /sys/bus/netcx/devices/netcx_sim.9 ] || fail "it is there"
	expect_traffic
}

require_sim
require_vlans
net_up
run_tests test_mapped_for_dma test_without_dma test_of_the_driver test_net_memory test_of_the_driver_in_many_fragments \
	test_net_memory_in_many_fragments test_of_the_driver_that_go_under_traffic test_net_memory_that_goes_under_traffic test_of_the_driver_with_a_program test_many_fragments test_jumbo_frames_in_small_buffers \
	test_aligned_buffers test_holes test_holes_before_every_frame test_ignored_packets test_all_of_it test_coalesced_segments \
	test_coalesced_segments_in_buffers_of_the_driver test_nothing_is_coalesced_for_others test_without_offloads \
	test_modes_out_of_range_are_refused test_a_third_device_on_a_wire_is_refused

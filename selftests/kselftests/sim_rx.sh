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

test_of_the_driver_in_many_fragments() {
	with_modes "RxBuffers=2 RxBufferBytes=100"
	everything_arrives
	nothing_is_lent
}

test_of_the_driver_that_go_under_traffic() {
	local round
	with_modes RxBuffers=2
	start_traffic
	for round in 1 2 3; do
		ip link set dev "$NETIF" down
		local_up
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer in round $round"
		ethtool -G "$NETIF" rx $((64 << round))
	done
	nothing_is_lent
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

test_without_offloads() {
	with_modes "Checksum=0 Segmentation=0 Vlan=0 Hash=0" "Checksum=0 Segmentation=0 Vlan=0 Hash=0"
	everything_arrives
}

test_modes_out_of_range_are_refused() {
	local modes
	for modes in RxBuffers=3 Queues=0 Queues=3 RxBufferBytes=63 "Queues=0x10" Misbehaviour=4000000000; do
		defer sh -c "echo netcx_sim.9 >/sys/bus/netcx/del_device 2>/dev/null || :"
		echo "netcx_sim.9 Wire=9 $modes" >/sys/bus/netcx/new_device
		[ ! -e /sys/bus/netcx/devices/netcx_sim.9/driver ] || fail "$modes was accepted"
		echo netcx_sim.9 >/sys/bus/netcx/del_device
	done
	must_fail sh -c "echo netcx_sim.9 Queues >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo netcx_sim.9 Queues=many >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo netcx_sim >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo '$NETIF_DEVICE Wire=9' >/sys/bus/netcx/new_device" 2>/dev/null
	must_fail sh -c "echo netcx_sim.9 >/sys/bus/netcx/del_device" 2>/dev/null
	[ ! -e /sys/bus/netcx/devices/netcx_sim.9 ] || fail "netcx_sim.9 is there"
}

test_a_third_device_on_a_wire_is_refused() {
	defer sh -c "echo netcx_sim.9 >/sys/bus/netcx/del_device"
	echo "netcx_sim.9" >/sys/bus/netcx/new_device
	[ ! -e /sys/bus/netcx/devices/netcx_sim.9/driver ] || fail "it was accepted"
	expect_traffic
}

require_sim
require_vlans
net_up
run_tests test_mapped_for_dma test_without_dma test_of_the_driver test_of_the_driver_in_many_fragments \
	test_of_the_driver_that_go_under_traffic test_of_the_driver_with_a_program test_many_fragments test_jumbo_frames_in_small_buffers \
	test_holes test_holes_before_every_frame test_ignored_packets test_all_of_it test_without_offloads \
	test_modes_out_of_range_are_refused test_a_third_device_on_a_wire_is_refused

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# XDP in the driver: every verdict, frames of several buffers, redirection to and from other devices, programs that come and go under
# traffic, and programs that are refused.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pattern.sh"

# use PROGRAM [MAP KEY VALUE]...: until the test ends.
use() {
	defer detach
	attach "$@"
}

jumbo() {
	require_jumbo
	defer net_up
	ip link set dev "$NETIF" mtu 9000
	remote ip link set dev "$REMOTE_NETIF" mtu 9000
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer with MTU 9000"
}

# Sum of a statistic over the queues.
queues_sum() {
	ethtool -S "$NETIF" | awk -v pattern="^${1}_queue_[0-9]+_$2:\$" '$1 ~ pattern { total += $2 } END { print total + 0 }'
}

has_grown() {
	[ $(($(queues_sum "$1" "$2") - $3)) -ge "$4" ]
}

# expect_growth DIRECTION STATISTIC BEFORE WANTED: what was sent may still be on its way.
expect_growth() {
	local grown
	wait_for 5 has_grown "$@" || :
	grown=$(($(queues_sum "$1" "$2") - $3))
	[ "$grown" -eq "$4" ] || fail "$1 $2 grew by $grown, wanted $4"
}

test_attach_and_detach() {
	defer detach
	attach pass
	ip link show dev "$NETIF" | grep -q 'prog/xdp' || fail "the program is not shown"
	expect_no_loss "$REMOTE_V4" 200
	# In place of the other, without a moment with none.
	attach drop
	expect_no_loss "$REMOTE_V4" 200
	detach
	must_fail grep -q 'prog/xdp' <(ip link show dev "$NETIF")
	expect_no_loss "$REMOTE_V4" 200
}

test_pass() {
	local before size
	use pass
	before=$(queues_sum rx xdp_pass)
	for size in 60 61 1000 1514; do
		local_check 200
		remote_send 200 "$size"
		expect_frames "frames of $size bytes that arrived, intact" "200 200"
	done
	[ $(($(queues_sum rx xdp_pass) - before)) -ge 800 ] || fail "xdp_pass does not count"
	flood_without_loss "$REMOTE_V4" 200 -s 1400
}

test_drop() {
	local before
	use drop
	before=$(queues_sum rx xdp_drop)
	local_check 1
	remote_send 1000 60
	expect_no_frames
	expect_growth rx xdp_drop "$before" 1000
	expect_no_loss "$REMOTE_V4" 200
}

test_tx() {
	local before frames size
	use tx
	before=$(queues_sum rx xdp_tx)
	frames=$(queues_sum tx xdp_frames)
	for size in 60 61 1000 1514; do
		remote_check 500
		remote_send 500 "$size"
		expect_frames "frames of $size bytes that came back, intact" "500 500"
	done
	expect_growth rx xdp_tx "$before" 2000
	expect_growth tx xdp_frames "$frames" 2000
}

# What is left of a frame is filled up with zeros, not with what lay in memory.
test_tx_of_the_shortest() {
	use tx_short
	remote_check 100
	remote_send 100 600
	# All there, and none with its contents.
	expect_frames "frames that came back, intact" "100 0"
}

trace=/sys/kernel/tracing

events() {
	grep -c "$1:" "$trace/trace" || :
}

has_events() {
	[ "$(events "$1")" -ge "$2" ]
}

# expect_traced EVENT NUMBER COMMAND...
expect_traced() {
	local event=$1 number=$2
	shift 2
	defer sh -c "echo 0 >$trace/events/xdp/$event/enable"
	echo >"$trace/trace"
	echo 1 >"$trace/events/xdp/$event/enable"
	"$@"
	wait_for 5 has_events "$event" "$number" || :
	expect_equal "the number of $event" "$(events "$event")" "$number"
}

require_tracing() {
	[ -d "$trace/events/xdp" ] || mount -t tracefs tracefs "$trace" 2>/dev/null || :
	[ -d "$trace/events/xdp" ] || skip "the kernel has no trace events"
}

test_aborted() {
	local before
	require_tracing
	use aborted
	before=$(queues_sum rx xdp_errors)
	expect_traced xdp_exception 50 remote_send 50 60
	expect_growth rx xdp_errors "$before" 50
}

test_unknown_verdict() {
	local before
	require_tracing
	use unknown
	before=$(queues_sum rx xdp_errors)
	expect_traced xdp_exception 50 remote_send 50 60
	expect_growth rx xdp_errors "$before" 50
	expect_no_loss "$REMOTE_V4" 100
}

# Out of the interface it came in by, but through ndo_xdp_xmit.
test_redirect_to_itself() {
	local before size
	use redirect devices 0 "$NETIF"
	before=$(queues_sum rx xdp_redirect)
	for size in 60 1514; do
		remote_check 500
		remote_send 500 "$size"
		expect_frames "frames of $size bytes that came back, intact" "500 500"
	done
	expect_growth rx xdp_redirect "$before" 1000
}

test_redirect_that_fails() {
	local before
	use redirect_nowhere
	before=$(queues_sum rx xdp_errors)
	local_check 1
	remote_send 300 200
	expect_no_frames
	expect_growth rx xdp_errors "$before" 300
	expect_no_loss "$REMOTE_V4" 100
}

# A pair of virtual interfaces. Frames are received by the second only if it has a program itself.
make_veth() {
	modprobe -q veth || :
	ip link add netcx-xdp0 type veth peer name netcx-xdp1 2>/dev/null || skip "no veth"
	defer ip link del netcx-xdp0
	ip link set dev netcx-xdp0 up
	ip link set dev netcx-xdp1 up
	"$tools/xdp_attach" netcx-xdp1 "$programs" pass_frags
	wait_for 5 has_carrier netcx-xdp0
}

test_redirect_to_veth() {
	local size
	make_veth
	use forward devices 0 netcx-xdp0
	for size in 60 1514; do
		start_check "$tools/pattern" check netcx-xdp1 500 $((10000 * scale))
		remote_send 500 "$size"
		expect_frames "frames of $size bytes that arrived, intact" "500 500"
	done
}

# Frames in somebody else's pages, which go back there.
test_redirect_from_veth() {
	local before size
	make_veth
	"$tools/xdp_attach" netcx-xdp1 "$programs" forward devices 0 "$NETIF"
	before=$(queues_sum tx xdp_frames)
	for size in 60 1514; do
		remote_check 500
		"$tools/pattern" send netcx-xdp0 "$(address_of remote)" 500 "$size"
		expect_frames "frames of $size bytes that arrived, intact" "500 500"
	done
	expect_growth tx xdp_frames "$before" 1000
}

test_redirect_to_another_processor() {
	[ "$(nproc)" -gt 1 ] || skip "there is one processor"
	# Its queue takes all frames, should the other processor be busy.
	use other_processor processors 1 1024
	expect_no_loss "$REMOTE_V4" 300 -s 1400
	local_check 300
	remote_send 300 1000
	expect_frames "frames that arrived, intact" "300 300"
}

test_reshape() {
	use reshape
	local_check 300
	remote_send 300 600
	expect_frames "frames that arrived, intact" "300 300"
}

test_fragments_pass() {
	jumbo
	use pass_frags
	local_check 200
	remote_send 200 9014
	expect_frames "frames that arrived, intact" "200 200"
	expect_no_loss "$REMOTE_V4" 100 -M "do" -s 8972
}

test_fragments_drop() {
	local before
	jumbo
	use drop_frags
	before=$(queues_sum rx xdp_drop)
	remote_send 500 9014
	expect_growth rx xdp_drop "$before" 500
}

test_fragments_tx() {
	jumbo
	use tx_frags
	remote_check 200
	remote_send 200 9014
	expect_frames "frames that came back, intact" "200 200"
}

# kernel_since VERSION
kernel_since() {
	[ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | head -n 1)" = "$1" ]
}

# Before 6.3 the kernel refuses to redirect them: then they are lost, and counted.
test_fragments_redirect() {
	local before
	jumbo
	use redirect_frags devices 0 "$NETIF"
	before=$(queues_sum rx xdp_errors)
	remote_check 200 4000
	remote_send 200 9014
	if ! kernel_since 6.3; then
		expect_frames "frames that came back, intact" "0 0"
		expect_growth rx xdp_errors "$before" 200
		return
	fi
	expect_frames "frames that came back, intact" "200 200"
}

# The last buffer of a frame of 4128 bytes holds the 32 that are cut off: the program frees it.
test_fragments_reshape() {
	local size
	jumbo
	use reshape
	for size in 4128 4127 9014; do
		local_check 200
		remote_send 200 "$size"
		expect_frames "frames of $size bytes that arrived, intact" "200 200"
	done
}

test_refused_with_a_large_mtu() {
	local message
	require_jumbo
	defer net_up
	ip link set dev "$NETIF" mtu 9000
	message=$(attach drop 2>&1) && { detach; fail "attached"; }
	case $message in
	*MTU*) ;;
	*) fail "the message does not name the MTU: $message" ;;
	esac
	# What was attached before stays.
	use drop_frags
	must_fail attach drop
	ip link show dev "$NETIF" | grep -q 'prog/xdp' || fail "the program is gone"
}

# The stack refuses it, and says why.
test_large_mtu_refused_with_a_program() {
	local before message
	require_jumbo
	before=$(max_mtu)
	use drop
	message=$(ip link set dev "$NETIF" mtu 9000 2>&1) && fail "the MTU was set"
	case $message in
	*maximum*) ;;
	*) fail "the message does not say that it is too large: $message" ;;
	esac
	[ "$(max_mtu)" -lt 9000 ] || fail "the largest MTU is said to be $(max_mtu)"
	use drop_frags
	expect_equal "the largest MTU of a program that takes fragments" "$(max_mtu)" "$before"
	use drop
	expect_equal "the MTU" "$(cat "/sys/class/net/$NETIF/mtu")" 1500
	ip link set dev "$NETIF" mtu 1400
	ip link set dev "$NETIF" mtu 1500
}

# Larger than the MTU, in more than one buffer, for a program that does not know of that: lost, nothing else.
test_too_long_for_the_program() {
	local before
	require_jumbo
	defer net_up
	remote ip link set dev "$REMOTE_NETIF" mtu 9000
	use pass
	before=$(queues_sum rx xdp_errors)
	remote_send 100 9014
	expect_growth rx xdp_errors "$before" 100
	expect_no_loss "$REMOTE_V4" 100
}

test_programs_change_under_traffic() {
	local round program
	defer detach
	start_traffic 1400
	for ((round = 0; round < $(amount 10 2); round++)); do
		for program in pass drop tx drop_all; do
			attach "$program"
		done
		attach redirect devices 0 "$NETIF"
		detach
	done
	expect_traffic
}

test_everything_changes_under_traffic() {
	local round channels
	channels=$(channels)
	defer detach
	start_traffic 1400
	for ((round = 0; round < $(amount 5); round++)); do
		attach tx
		ethtool -G "$NETIF" rx 512 tx 512
		[ "${channels:-0}" -le 1 ] || ethtool -L "$NETIF" combined 1
		attach redirect devices 0 "$NETIF"
		ip link set dev "$NETIF" mtu 1400
		ip link set dev "$NETIF" down
		attach pass
		ip link set dev "$NETIF" up
		[ "${channels:-0}" -le 1 ] || ethtool -L "$NETIF" combined "$channels"
		detach
		ip link set dev "$NETIF" mtu 1500
		ethtool -G "$NETIF" rx 256 tx 256
	done
	net_up
	expect_traffic
}

# Its own frames go round in circles, under the lock that the stack's packets need, too.
test_tx_and_the_stack_together() {
	use tx
	background remote bash -c "while :; do $remote_tools/pattern send $REMOTE_NETIF $(address_of) 10000 60; done"
	sleep 0.5
	wait_for 10 flood_without_loss "$REMOTE_V4" 200 || fail "ping loses packets"
	end_background "$background_pid"
}

test_interface_down_with_a_program() {
	use tx
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer"
	remote_check 100
	remote_send 100 300
	expect_frames "frames that came back, intact" "100 100"
}

test_driver_unloaded_with_a_program() {
	require_module
	attach tx
	start_traffic 200
	defer net_up
	defer load_driver
	unload_driver
}

test_traffic_flows_afterwards() {
	net_up
	expect_traffic
}

require_programs
net_up
run_tests test_attach_and_detach test_pass test_drop test_tx test_tx_of_the_shortest test_aborted test_unknown_verdict \
	test_redirect_to_itself test_redirect_that_fails test_redirect_to_veth test_redirect_from_veth \
	test_redirect_to_another_processor test_reshape test_fragments_pass test_fragments_drop test_fragments_tx \
	test_fragments_redirect test_fragments_reshape test_refused_with_a_large_mtu test_large_mtu_refused_with_a_program \
	test_too_long_for_the_program test_programs_change_under_traffic test_everything_changes_under_traffic \
	test_tx_and_the_stack_together test_interface_down_with_a_program test_driver_unloaded_with_a_program \
	test_traffic_flows_afterwards

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# AF_XDP sockets in zero-copy mode: what they receive and send is intact, wakeups are asked for when needed, and sockets, programs and
# interfaces come and go under traffic.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pattern.sh"

# The frames have no hash, so that a driver's table may send them to any queue.
receive_on_the_first_queue() {
	ethtool -X "$NETIF" equal 1 2>/dev/null || return 0
	defer ethtool -X "$NETIF" default
}

# start_socket OPTION... MODE: runs tools/af_xdp on queue 0 of the interface in the background, with the arguments of $arguments.
start_socket() {
	defer detach
	receive_on_the_first_queue
	# shellcheck disable=SC2086 # several
	background "$tools/af_xdp" -o "$programs" "$@" "$NETIF" 0 $arguments >"$scratch/socket"
	socket_pid=$background_pid
	wait_for 10 grep -q ready "$scratch/socket" || fail "no socket"
	# Binding the socket creates the queues anew, which takes a moment.
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer with a socket"
}

# expect_socket WHAT WANTED: waits for the program's end and compares a number that it prints.
expect_socket() {
	wait "$socket_pid" || :
	expect_equal "$1" "$(tail -n 1 "$scratch/socket")" "$2"
}

receive_with() {
	local size arguments
	for size in 60 61 600 1514; do
		arguments="1000 $((20000 * scale))"
		start_socket "$@" receive
		remote_send 1000 "$size"
		expect_socket "frames of $size bytes received, intact" "1000 1000"
		detach
	done
}

test_receive() {
	receive_with
}

test_receive_without_wakeup_flag() {
	receive_with -p
}

# With a ring that is never full the driver asks for a wakeup again and again.
test_receive_with_few_buffers() {
	local arguments="5000 $((20000 * scale))"
	start_socket -b 128 receive
	remote_send 5000 200
	expect_socket "frames received, intact" "5000 5000"
}

test_receive_with_headroom() {
	local arguments="500 $((20000 * scale))"
	start_socket -r 512 receive
	remote_send 500 1000
	expect_socket "frames received, intact" "500 500"
}

test_send() {
	local size
	for size in 60 61 600 1514; do
		remote_check 1000
		expect_equal "frames of $size bytes sent, completed" \
			"$("$tools/af_xdp" send "$NETIF" 0 "$(address_of remote)" 1000 "$size" | tail -n 1)" "1000 1000"
		expect_frames "frames of $size bytes that arrived, intact" "1000 1000"
	done
}

test_send_without_wakeup_flag() {
	remote_check 1000
	expect_equal "frames sent, completed" \
		"$("$tools/af_xdp" -p send "$NETIF" 0 "$(address_of remote)" 1000 300 | tail -n 1)" "1000 1000"
	expect_frames "frames that arrived, intact" "1000 1000"
}

# More than the ring takes, and user space calls once: the driver goes on by itself, also where all that it took has been sent by the
# time it looks again.
test_send_with_one_call() {
	local size
	for size in 60 1514; do
		remote_check 1000
		expect_equal "frames of $size bytes sent, completed" \
			"$("$tools/af_xdp" -s send "$NETIF" 0 "$(address_of remote)" 1000 "$size" | tail -n 1)" "1000 1000"
		expect_frames "frames of $size bytes that arrived, intact" "1000 1000"
	done
}

# Short packets are padded; invalid descriptors are completed without being sent.
test_send_short() {
	remote_check 100
	expect_equal "frames of 22 bytes sent, completed" \
		"$("$tools/af_xdp" send "$NETIF" 0 "$(address_of remote)" 100 22 | tail -n 1)" "100 100"
	expect_frames "frames that arrived, intact" "100 100"
	remote_check 1 3000
	expect_equal "frames of 13 bytes sent, completed" \
		"$("$tools/af_xdp" send "$NETIF" 0 "$(address_of remote)" 100 13 | tail -n 1)" "100 100"
	expect_frames "frames that arrived, intact" "0 0"
}

test_send_much() {
	local count
	count=$(amount 50000)
	remote_check "$count" 30000
	expect_equal "frames sent, completed" \
		"$("$tools/af_xdp" send "$NETIF" 0 "$(address_of remote)" "$count" 60 | tail -n 1)" "$count $count"
}

test_send_on_another_queue() {
	[ "$(channels)" -gt 1 ] || skip "there is one queue"
	remote_check 1000
	expect_equal "frames sent, completed" \
		"$("$tools/af_xdp" send "$NETIF" 1 "$(address_of remote)" 1000 300 | tail -n 1)" "1000 1000"
	expect_frames "frames that arrived, intact" "1000 1000"
}

test_echo() {
	local arguments=$((60000 * scale)) size
	start_socket echo
	for size in 60 1514; do
		remote_check 1000
		remote_send 1000 "$size"
		expect_frames "frames of $size bytes that came back, intact" "1000 1000"
	done
	kill "$socket_pid"
	expect_socket "frames echoed, completed" "2000 2000"
}

# Packets that the program does not give to the socket reach the stack, and the stack sends beside the socket.
test_the_stack_beside_it() {
	local arguments="100000000 $((60000 * scale))"
	start_socket receive
	expect_no_loss "$REMOTE_V4" 300 -s 1400
	expect_no_loss "$REMOTE_V6" 100
	end_background "$socket_pid"
	# The kernel unbinds the socket a moment after the program has ended.
	expect_traffic
}

# All XDP verdicts for frames in the memory of a socket.
test_verdicts() {
	local arguments="1 $((20000 * scale))"
	start_socket receive
	attach tx
	remote_check 500
	remote_send 500 1000
	expect_frames "frames that came back, intact" "500 500"
	attach redirect devices 0 "$NETIF"
	remote_check 500
	remote_send 500 1000
	expect_frames "frames that came back, intact" "500 500"
	attach drop
	remote_send 500 1000
	attach aborted
	remote_send 100 1000
	detach
	expect_no_loss "$REMOTE_V4" 100
}

test_small_chunks_are_refused() {
	local message
	if message=$("$tools/af_xdp" -k 2048 bind "$NETIF" 0 2>&1); then
		fail "bound"
	fi
	dmesg | grep -q 'AF_XDP.*larger chunks' || fail "the log does not say why: $message"
	# In copy mode they work.
	"$tools/af_xdp" -c -k 2048 bind "$NETIF" 0
	must_fail "$tools/af_xdp" -r 2048 bind "$NETIF" 0
	must_fail "$tools/af_xdp" bind "$NETIF" 100
	expect_no_loss "$REMOTE_V4" 100
}

test_large_mtu() {
	local arguments="1 $((20000 * scale))"
	require_jumbo
	defer net_up
	ip link set dev "$NETIF" mtu 9000
	must_fail "$tools/af_xdp" bind "$NETIF" 0
	ip link set dev "$NETIF" mtu 1500
	start_socket receive
	must_fail ip link set dev "$NETIF" mtu 9000
}

test_second_socket_is_refused() {
	local arguments="1 $((20000 * scale))"
	start_socket receive
	must_fail "$tools/af_xdp" bind "$NETIF" 0
	expect_no_loss "$REMOTE_V4" 50
}

blast_frames() {
	background remote bash -c "while :; do $remote_tools/pattern send $REMOTE_NETIF $(address_of) 10000 200; done"
}

test_socket_closed_under_traffic() {
	local round arguments="100000000 $((60000 * scale))"
	blast_frames
	for ((round = 0; round < $(amount 8 2); round++)); do
		start_socket receive
		sleep 0.3
		end_background "$socket_pid"
	done
	detach
	expect_traffic
}

test_program_detached_under_traffic() {
	local round arguments="100000000 $((60000 * scale))"
	start_socket receive
	blast_frames
	for ((round = 0; round < $(amount 20 3); round++)); do
		detach
		attach drop
	done
	detach
	end_background "$socket_pid"
	expect_traffic
}

test_interface_changes_under_a_socket() {
	local arguments=$((60000 * scale)) round
	start_socket echo
	blast_frames
	for ((round = 0; round < $(amount 5 2); round++)); do
		ethtool -G "$NETIF" rx 512 tx 512
		ip link set dev "$NETIF" down
		ip link set dev "$NETIF" up
		ethtool -G "$NETIF" rx 256 tx 256
	done
	end_background "$background_pid"
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer"
	remote_check 500
	remote_send 500 800
	expect_frames "frames that came back, intact" "500 500"
}

# A socket is bound while the interface is down; the interface is set down with a socket bound.
test_socket_on_an_interface_that_is_down() {
	local arguments="500 $((20000 * scale))"
	defer net_up
	defer detach
	receive_on_the_first_queue
	ip link set dev "$NETIF" down
	# shellcheck disable=SC2086 # several
	background "$tools/af_xdp" -o "$programs" receive "$NETIF" 0 $arguments >"$scratch/socket"
	socket_pid=$background_pid
	wait_for 10 grep -q ready "$scratch/socket" || fail "no socket"
	net_up
	ip link set dev "$NETIF" down
	net_up
	remote_send 500 300
	expect_socket "frames received, intact" "500 500"
}

test_driver_unloaded_under_a_socket() {
	local arguments=$((60000 * scale))
	require_module
	start_socket echo
	blast_frames
	sleep 0.5
	defer net_up
	defer load_driver
	unload_driver
}

# Pages of the driver that the stack or a socket still holds count as well.
test_nothing_leaks() {
	net_up
	expect_traffic
	expect_no_leak
}

require_programs
net_up
run_tests test_receive test_receive_without_wakeup_flag test_receive_with_few_buffers test_receive_with_headroom test_send \
	test_send_without_wakeup_flag test_send_with_one_call test_send_short test_send_much test_send_on_another_queue test_echo test_the_stack_beside_it test_verdicts \
	test_small_chunks_are_refused test_large_mtu test_second_socket_is_refused test_socket_closed_under_traffic \
	test_program_detached_under_traffic test_interface_changes_under_a_socket test_socket_on_an_interface_that_is_down \
	test_driver_unloaded_under_a_socket test_nothing_leaks

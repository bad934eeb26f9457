#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# UDP streams in both directions, over IPv4 and IPv6: at a modest rate almost no datagram is lost; at full speed the NIC keeps working.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/iperf.sh"

# The percentage of lost datagrams from the receiver's line, "... 0/4286 (0%)  receiver".
expect_small_loss() {
	local loss
	loss=$(echo "$iperf_output" | sed -n 's/.*(\([0-9.e+-]*\)%).*receiver$/\1/p' | tail -n 1)
	note "loss $loss %"
	awk -v loss="$loss" 'BEGIN { exit !(loss != "" && loss <= 2) }' || fail "too much is lost: $iperf_output"
}

set_buffer_limits() {
	echo "$1" >/proc/sys/net/core/rmem_max
	echo "$2" >/proc/sys/net/core/wmem_max
}

# Large socket buffers, so that datagrams are not lost in the socket while the receiver waits for a processor.
modest() {
	defer set_buffer_limits "$(cat /proc/sys/net/core/rmem_max)" "$(cat /proc/sys/net/core/wmem_max)"
	set_buffer_limits $((32 << 20)) $((32 << 20))
	iperf "$1" -u -b "$(amount 20)M" -l 1400 -n "$(amount 8)M" -w 16M "${@:2}"
	expect_small_loss
}

test_udp_v4_send() {
	modest "$REMOTE_V4"
}

test_udp_v4_receive() {
	modest "$REMOTE_V4" -R
}

test_udp_v6_send() {
	modest "$REMOTE_V6"
}

test_udp_v6_receive() {
	modest "$REMOTE_V6" -R
}

test_udp_full_speed_small() {
	iperf "$REMOTE_V4" -u -b 0 -l 64 -n "$(amount 2048)K"
	expect_traffic
}

test_udp_full_speed_large() {
	iperf "$REMOTE_V4" -u -b 0 -l 8000 -n "$(amount 32)M"
	expect_traffic
}

require_iperf
net_up
run_tests test_udp_v4_send test_udp_v4_receive test_udp_v6_send test_udp_v6_receive test_udp_full_speed_small test_udp_full_speed_large

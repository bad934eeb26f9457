#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# TCP streams in both directions, over IPv4 and IPv6.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/iperf.sh"

test_tcp_v4_send() {
	iperf "$REMOTE_V4" -n "$(amount 48)M"
}

test_tcp_v4_receive() {
	iperf "$REMOTE_V4" -n "$(amount 48)M" -R
}

test_tcp_v6_send() {
	iperf "$REMOTE_V6" -n "$(amount 48)M"
}

test_tcp_v6_receive() {
	iperf "$REMOTE_V6" -n "$(amount 48)M" -R
}

test_tcp_both_ways_at_once() {
	iperf "$REMOTE_V4" -n "$(amount 24)M" --bidir
}

test_tcp_four_streams() {
	iperf "$REMOTE_V4" -n "$(amount 24)M" -P 4
}

# Writes of 100 bytes with TCP_NODELAY: many small frames.
test_tcp_small_writes() {
	iperf "$REMOTE_V4" -n "$(amount 2048)K" -l 100 -N
}

require_iperf
net_up
run_tests test_tcp_v4_send test_tcp_v4_receive test_tcp_v6_send test_tcp_v6_receive test_tcp_both_ways_at_once test_tcp_four_streams \
	test_tcp_small_writes

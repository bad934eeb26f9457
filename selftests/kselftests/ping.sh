#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Pings of all sizes, fragmented ones, and floods.

. "$(dirname "$0")/lib.sh"

test_ping_v4() {
	ping -q -c 3 -i 0.2 "$REMOTE_V4"
}

test_ping_v6() {
	ping -q -c 3 -i 0.2 "$REMOTE_V6"
}

test_every_size() {
	local size
	for size in 0 1 17 18 19 57 100 511 512 1023 1471 1472; do
		expect_no_loss "$REMOTE_V4" 5 -s "$size" -M "do"
	done
}

test_fragmented() {
	# No flood: a few replies of this size fill the receive buffer of ping's socket.
	expect_no_loss "$REMOTE_V4" 20 -s 20000 -i 0.2
	expect_no_loss "$REMOTE_V6" 20 -s 20000 -i 0.2
}

test_flood_v4() {
	expect_no_loss "$REMOTE_V4" "$(amount 10000)"
}

test_flood_v6() {
	expect_no_loss "$REMOTE_V6" "$(amount 5000)"
}

test_flood_full_frames() {
	expect_no_loss "$REMOTE_V4" "$(amount 5000)" -s 1472 -M "do"
}

net_up
run_tests test_ping_v4 test_ping_v6 test_every_size test_fragmented test_flood_v4 test_flood_v6 test_flood_full_frames

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The driver is unloaded and loaded again and again while both ends send; RELOAD_ROUNDS says how often.

. "$(dirname "$0")/lib.sh"

rounds=${RELOAD_ROUNDS:-$((50 / ${SHORT:-1}))}

# The senders run all the time, so that the rings are full at every unload.
test_reload_under_traffic() {
	local round
	require_module
	defer net_up
	defer load_driver
	start_traffic
	for round in $(seq 1 "$rounds"); do
		unload_driver || fail "cannot unload in round $round"
		load_driver || fail "cannot load in round $round"
		local_up
		remote_up
		wait_for 15 ping_once "$REMOTE_V4" || fail "no traffic in round $round"
	done
	note "$rounds rounds"
}

test_traffic_flows_afterwards() {
	expect_traffic
	expect_no_loss "$REMOTE_V4" 1000
}

test_nothing_leaked() {
	expect_no_leak
}

net_up
run_tests test_reload_under_traffic test_traffic_flows_afterwards test_nothing_leaked

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Interrupt moderation: adaptive (DIM), and of single queues.

. "$(dirname "$0")/lib.sh"

# shown NAME: a value of ethtool -c.
shown() {
	ethtool -c "$NETIF" | sed -n "s/^$1:[[:space:]]*//p" | head -n 1
}

# in_force QUEUE NAME: a value of ethtool -Q for one queue.
in_force() {
	ethtool -Q "$NETIF" queue_mask "$(printf '%x' $((1 << $1)))" --show-coalesce | sed -n "s/^$2:[[:space:]]*//p" | head -n 1
}

adaptive() {
	ethtool -c "$NETIF" | sed -n 's/^Adaptive RX: \([a-z/]*\) *TX: \([a-z/]*\).*/\1 \2/p'
}

adapt() {
	ethtool -C "$NETIF" adaptive-rx "$1" adaptive-tx "$1"
}

keep_settings() {
	defer net_up
	defer ethtool -C "$NETIF" adaptive-rx off adaptive-tx off rx-usecs "$(shown rx-usecs)" tx-usecs "$(shown tx-usecs)"
}

require_adaptive() {
	local state
	state=$(adaptive)
	case $state in
	"off off" | "on on") ;;
	*) skip "adaptive moderation is '$state'" ;;
	esac
	keep_settings
	adapt on || skip "the kernel or the hardware cannot adapt it"
	adapt off
}

# is_not NAME VALUE: succeeds if some queue has another value in force.
is_not() {
	local queue
	for queue in $(seq 0 63); do
		[ -e "/sys/class/net/$NETIF/queues/rx-$queue" ] || return 1
		[ "$(in_force "$queue" "$1")" = "$2" ] || return 0
	done
}

# set_queue OPTIONS...: sets them for queue 0. ethtool exits with 0 even if that failed.
set_queue() {
	ethtool -Q "$NETIF" queue_mask 1 --coalesce "$@" 2>&1 || :
}

test_off_by_default() {
	expect_equal "adaptive moderation" "$(adaptive)" "off off"
}

test_on_and_off() {
	require_adaptive
	adapt on
	expect_equal "adaptive moderation" "$(adaptive)" "on on"
	expect_traffic
	adapt off
	expect_equal "adaptive moderation" "$(adaptive)" "off off"
	expect_traffic
}

# DIM starts with the same profile for every queue, and leaves it under load.
test_adapts() {
	local first
	require_adaptive
	ethtool -C "$NETIF" rx-usecs 77 tx-usecs 77
	adapt on
	first=$(in_force 0 rx-usecs)
	! is_not rx-usecs "$first" && [ "$first" != 77 ] || fail "nothing is set when it is switched on"
	start_traffic
	wait_for 20 is_not rx-usecs "$first" || fail "rx-usecs stays $first"
	wait_for 20 is_not tx-usecs "$first" || fail "tx-usecs stays $first"
	note "from $first to rx-usecs $(in_force 0 rx-usecs) tx-usecs $(in_force 0 tx-usecs)"
}

# While moderation is adaptive, ethtool -c shows the user's values, and they are in force again afterwards.
test_the_users_values_come_back() {
	require_adaptive
	ethtool -C "$NETIF" rx-usecs 77 tx-usecs 77
	adapt on
	expect_equal "rx-usecs" "$(shown rx-usecs)" 77
	start_traffic
	sleep 1
	adapt off
	expect_equal "rx-usecs" "$(shown rx-usecs)" 77
	expect_equal "rx-usecs in force" "$(in_force 0 rx-usecs)" 77
	expect_equal "tx-usecs in force" "$(in_force 0 tx-usecs)" 77
}

test_one_direction() {
	require_adaptive
	ethtool -C "$NETIF" rx-usecs 77 tx-usecs 77
	ethtool -C "$NETIF" adaptive-rx on adaptive-tx off
	[ "$(adaptive)" != "on on" ] || skip "one timer for both"
	start_traffic
	sleep 2
	expect_equal "tx-usecs in force" "$(in_force 0 tx-usecs)" 77
	is_not rx-usecs 77 || fail "rx-usecs does not adapt"
}

test_one_timer_for_both() {
	keep_settings
	ethtool -C "$NETIF" rx-usecs 77 tx-usecs 77
	ethtool -C "$NETIF" rx-usecs 33
	[ "$(shown tx-usecs)" != 77 ] || skip "a timer for each"
	expect_equal "tx-usecs" "$(shown tx-usecs)" 33
	ethtool -C "$NETIF" tx-usecs 44
	expect_equal "rx-usecs" "$(shown rx-usecs)" 44
	must_fail ethtool -C "$NETIF" rx-usecs 55 tx-usecs 66
	expect_equal "rx-usecs" "$(shown rx-usecs)" 44
	expect_equal "tx-usecs" "$(shown tx-usecs)" 44
}

test_survives_down_and_up() {
	require_adaptive
	adapt on
	ip link set dev "$NETIF" down
	expect_equal "adaptive moderation" "$(adaptive)" "on on"
	local_up
	expect_equal "adaptive moderation" "$(adaptive)" "on on"
	expect_traffic
}

test_while_down() {
	require_adaptive
	ip link set dev "$NETIF" down
	adapt on
	adapt off
	adapt on
	local_up
	start_traffic
	sleep 1
	expect_equal "adaptive moderation" "$(adaptive)" "on on"
}

test_switched_under_traffic() {
	local round
	require_adaptive
	start_traffic
	for round in $(seq 1 "$(amount 20 5)"); do
		adapt on
		sleep 0.2
		ethtool -C "$NETIF" rx-usecs $((10 + round)) tx-usecs $((10 + round))
		adapt off
	done
	expect_equal "rx-usecs in force" "$(in_force 0 rx-usecs)" $((10 + round))
}

test_down_up_and_resized_under_traffic() {
	local round
	require_adaptive
	defer sh -c "ethtool -G $NETIF rx $(ring rx) || :"
	adapt on
	start_traffic
	for round in 1 2 3; do
		ip link set dev "$NETIF" down
		local_up
		sleep 0.5
		ethtool -G "$NETIF" rx $((round * 128 + 128)) || :
		sleep 0.5
	done
	wait_for 20 ping_once "$REMOTE_V4" || fail "no traffic"
}

test_unbind_while_adapting() {
	local driver
	require_adaptive
	driver=$(driver_of "$NETIF_DEVICE")
	adapt on
	start_traffic
	sleep 1
	echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$driver/unbind"
	echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$driver/bind"
	net_up
}

test_queues_one_by_one() {
	local queue
	keep_settings
	local tx=44
	case $(set_queue rx-usecs 33 tx-usecs "$tx") in
	*"not supported"*) skip "the hardware moderates all queues alike" ;;
	esac
	# Hardware with one timer for both directions.
	[ "$(in_force 0 rx-usecs)" = 33 ] || { tx=33 && set_queue rx-usecs 33 tx-usecs "$tx"; }
	expect_equal "rx-usecs of queue 0" "$(in_force 0 rx-usecs)" 33
	expect_equal "tx-usecs of queue 0" "$(in_force 0 tx-usecs)" "$tx"
	for queue in $(seq 1 7); do
		[ -e "/sys/class/net/$NETIF/queues/rx-$queue" ] || break
		expect_equal "rx-usecs of queue $queue" "$(in_force "$queue" rx-usecs)" "$(shown rx-usecs)"
	done
	expect_traffic
	set_queue rx-usecs 100000000
	expect_equal "rx-usecs of queue 0" "$(in_force 0 rx-usecs)" 33
	# ethtool -C, for all queues, overrides what was set for one.
	ethtool -C "$NETIF" rx-usecs 55 tx-usecs 55
	expect_equal "rx-usecs of queue 0" "$(in_force 0 rx-usecs)" 55
}

test_not_of_queues_while_adapting() {
	require_adaptive
	adapt on
	set_queue rx-usecs 33
	is_not rx-usecs 33 || fail "it was set, and DIM does not know"
}

command -v ethtool >/dev/null || skip_all "no program ethtool"
[ -n "$(shown rx-usecs)" ] || skip_all "$NETIF has no interrupt moderation"
in_force 0 rx-usecs >/dev/null 2>&1 && [ -n "$(in_force 0 rx-usecs)" ] || skip_all "$NETIF does not show what is in force"
net_up
run_tests test_off_by_default test_on_and_off test_adapts test_the_users_values_come_back test_one_direction \
	test_one_timer_for_both test_survives_down_and_up test_while_down test_switched_under_traffic \
	test_down_up_and_resized_under_traffic test_unbind_while_adapting test_queues_one_by_one test_not_of_queues_while_adapting

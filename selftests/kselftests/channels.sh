#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# ethtool -L: the numbers of queues change at rest, while the interface is down, and under traffic; invalid ones are refused without effect.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/iperf.sh"

keep_channels() {
	defer net_up
	defer set_queue_pairs "$(queue_pairs)"
}

at_most() {
	echo $(($1 < $2 ? $1 : $2))
}

# The numbers of queues that the stack uses.
expect_channels() {
	local used rx tx
	rx=$(at_most "$1" "$(queues_of rx max)") tx=$(at_most "$1" "$(queues_of tx max)")
	expect_equal "rx queues of the channels" "$(queues_of rx)" "$rx"
	expect_equal "tx queues of the channels" "$(queues_of tx)" "$tx"
	used=$(ethtool -x "$NETIF" | sed -n 's/.* with \([0-9]*\) RX ring.*/\1/p')
	[ -z "$used" ] || expect_equal "rx queues" "$used" "$rx"
	expect_equal "tx queues in sysfs" "$(find "/sys/class/net/$NETIF/queues" -name 'tx-*' | wc -l)" "$tx"
	expect_equal "rx queues in sysfs" "$(find "/sys/class/net/$NETIF/queues" -name 'rx-*' | wc -l)" "$rx"
}

down_and_up() {
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
}

test_shown() {
	ethtool -l "$NETIF"
	[ "$(queue_pairs)" -ge 1 ] && [ "$(queue_pairs)" -le "$(queue_pairs max)" ]
	expect_channels "$(queue_pairs)"
}

# The default is one pair of queues per processor, at most the hardware's.
most_of_use() {
	local most cpus
	most=$(queue_pairs max) cpus=$(nproc)
	at_most "$most" "$cpus"
}

test_starts_with_one_per_processor() {
	expect_channels "$(most_of_use)"
}

test_each_number() {
	local number
	keep_channels
	for number in $(seq 1 "$(queue_pairs max)") 1; do
		set_queue_pairs "$number"
		expect_channels "$number"
		expect_traffic
	done
}

test_while_down() {
	keep_channels
	ip link set dev "$NETIF" down
	set_queue_pairs 1
	expect_channels 1
	ip link set dev "$NETIF" up
	expect_channels 1
	expect_traffic
}

watchdog_complaints() {
	dmesg | awk '/NETDEV WATCHDOG/ { complaints++ } END { print complaints + 0 }'
}

# Queues that are not in use must not stay stopped: the stack's watchdog looks at them, too, and complains after five seconds.
test_those_not_in_use_do_not_hang() {
	local before
	keep_channels
	set_queue_pairs 1
	before=$(watchdog_complaints)
	sleep 12
	expect_equal "complaints of the watchdog" "$(watchdog_complaints)" "$before"
}

test_survives() {
	keep_channels
	set_queue_pairs 1
	down_and_up
	expect_channels 1
	expect_traffic
	if can_suspend; then
		suspend_devices
		expect_channels 1
		expect_traffic
	fi
}

# XPS: with a queue per processor, packets go out by the queue of the processor that sends.
test_each_processor_has_one() {
	local number i before
	keep_channels
	for number in $(most_of_use) 1; do
		set_queue_pairs "$number"
		wait_for 15 ping_once "$REMOTE_V4"
		for i in $(seq 0 $(($(at_most "$number" "$(queues_of tx max)") - 1))); do
			before=$(statistic "tx_queue_${i}_packets")
			taskset -c "$i" "$(command -v ping)" -q -f -c 50 "$REMOTE_V4" >/dev/null
			[ "$(statistic "tx_queue_${i}_packets")" -ge $((before + 40)) ] || fail "$number channels: queue $i sent nothing"
		done
	done
}

affinities() {
	local irq
	for irq in "/sys/class/net/$NETIF/device/msi_irqs/"*; do
		echo "${irq##*/} $(cat "/proc/irq/${irq##*/}/smp_affinity_list")"
	done
}

# What the user chose stays, also when a queue goes and comes again.
test_affinity_of_interrupts_survives() {
	local irq wanted cpu
	[ -e "/sys/class/net/$NETIF/device/msi_irqs" ] || skip "no interrupts of its own"
	[ "$(nproc)" -ge 2 ] && [ "$(queue_pairs max)" -ge 2 ] || skip "one processor or one channel"
	keep_channels
	set_queue_pairs "$(most_of_use)"
	echo "as they were:" && affinities
	# The other way round than by default.
	cpu=$(($(nproc) - 1))
	for irq in "/sys/class/net/$NETIF/device/msi_irqs/"*; do
		echo "$cpu" >"/proc/irq/${irq##*/}/smp_affinity_list" || skip "the processor of an interrupt cannot be chosen"
		cpu=$((cpu ? cpu - 1 : $(nproc) - 1))
	done
	expect_no_loss "$REMOTE_V4" 20
	wanted=$(affinities)
	echo "as wanted:" && echo "$wanted"
	set_queue_pairs 1
	expect_equal "what is left with one channel" "$(affinities)" "$wanted"
	set_queue_pairs "$(most_of_use)"
	expect_equal "the processors of the interrupts" "$(affinities)" "$wanted"
	ethtool -G "$NETIF" rx 128
	defer ethtool -G "$NETIF" rx 256
	expect_equal "the processors after a change of the rings" "$(affinities)" "$wanted"
	down_and_up
	expect_equal "the processors after down and up" "$(affinities)" "$wanted"
	wait_for 15 ping_once "$REMOTE_V4"
}

test_too_many_is_refused() {
	local now
	now=$(queue_pairs)
	must_fail ethtool -L "$NETIF" combined $(($(channels max) + 1))
	ethtool -L "$NETIF" combined $(($(channels max) + 1)) 2>&1 | grep -q 'exceeds maximum' || fail "not said why"
	must_fail ethtool -L "$NETIF" combined 4294967295
	expect_channels "$now"
}

test_none_is_refused() {
	local now
	now=$(queue_pairs)
	must_fail ethtool -L "$NETIF" combined 0
	expect_channels "$now"
}

test_kinds_that_are_not_there_are_refused() {
	must_fail ethtool -L "$NETIF" other 1
	must_fail ethtool -L "$NETIF" combined 1 rx 4
	must_fail ethtool -L "$NETIF" combined 1 tx 4
}

# ethtool -L is refused if the user's RSS table refers to a queue that would go.
test_table_in_use_is_respected() {
	[ "$(queues_of rx max)" -ge 2 ] || skip "one rx queue"
	ethtool -x "$NETIF" >/dev/null || skip "no receive scaling"
	keep_channels
	defer ethtool -X "$NETIF" default
	set_queue_pairs 2
	ethtool -X "$NETIF" start 1 equal 1
	must_fail set_queue_pairs 1
	expect_channels 2
	ethtool -X "$NETIF" equal 1
	set_queue_pairs 1
	expect_channels 1
	expect_traffic
	set_queue_pairs 2
	# The user's table is kept.
	expect_equal "queues in the table" "$(ethtool -x "$NETIF" | sed -n 's/^ *[0-9]*: *\([0-9 ]*\)$/\1/p' |
		tr -s ' ' '\n' | sed '/^$/d' | sort -u)" 0
	ethtool -X "$NETIF" default
	expect_traffic
}

test_under_traffic() {
	local round
	[ "$(queue_pairs max)" -ge 2 ] || skip "one channel"
	keep_channels
	start_traffic
	for round in $(seq 1 "$(amount 10 3)"); do
		set_queue_pairs 1
		wait_for 15 ping_once "$REMOTE_V4" || fail "round $round: no answer with 1"
		set_queue_pairs "$(queue_pairs max)"
		wait_for 15 ping_once "$REMOTE_V4" || fail "round $round: no answer with all"
	done
}

# A TCP connection survives changes of the number of channels, without a wrong byte.
test_under_tcp() {
	local round
	require_program iperf3
	[ "$(queue_pairs max)" -ge 2 ] || skip "one channel"
	keep_channels
	background remote iperf3 -s -1 -p "$iperf_port"
	wait_for 10 iperf_listens || fail "the iperf3 server does not listen"
	background iperf3 -c "$REMOTE_V4" -p "$iperf_port" -P 4 -t "$((8 * scale))"
	for round in $(seq 1 3); do
		sleep $((1 * scale))
		set_queue_pairs 1
		sleep $((1 * scale))
		set_queue_pairs "$(queue_pairs max)"
	done
	wait "$background_pid" || fail "the connections broke"
}

test_traffic_flows_afterwards() {
	expect_traffic
}

ethtool -l "$NETIF" >/dev/null 2>&1 || skip_all "$NETIF has no channels"
net_up
run_tests test_shown test_starts_with_one_per_processor test_each_number test_while_down test_those_not_in_use_do_not_hang \
	test_survives test_each_processor_has_one test_affinity_of_interrupts_survives test_too_many_is_refused test_none_is_refused test_kinds_that_are_not_there_are_refused \
	test_table_in_use_is_respected test_under_traffic test_under_tcp test_traffic_flows_afterwards

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# RSS: what ethtool -X sets is shown by ethtool -x and done by the hardware, and it survives down and up, suspend, reset and changes of
# channels.

. "$(dirname "$0")/lib.sh"

# The table's entries, one per line.
table() {
	ethtool -x "$NETIF" | sed -n 's/^ *[0-9]*: *\([0-9 ]*\)$/\1/p' | tr -s ' ' '\n' | sed '/^$/d'
}

key() {
	ethtool -x "$NETIF" | sed -n '/^RSS hash key:/{n;p}'
}

queues() {
	ethtool -x "$NETIF" | sed -n 's/.* with \([0-9]*\) RX ring.*/\1/p'
}

# The number of entries of the table that refer to a queue.
entries_of() {
	table | grep -cx "$1" || :
}

# The default table.
spread() {
	local entries queues
	entries=$(table | wc -l) queues=$(queues)
	seq 0 $((entries - 1)) | awk -v queues="$queues" '{ print $1 % queues }'
}

keep_table() {
	defer net_up
	defer ethtool -X "$NETIF" hkey "$(key)"
	defer ethtool -X "$NETIF" default
}

require_two_queues() {
	[ "$(queues)" -ge 2 ] || skip "one rx queue"
}

packets_of() {
	statistic "rx_queue_$1_packets"
}

# flows COUNT: the other end opens that many TCP connections, from different ports, which are refused: at least one packet each.
flows() {
	remote bash -c "for ((i = 0; i < $1; i++)); do (exec 3<>/dev/tcp/$LOCAL_V4/\$((20000 + i))) 2>/dev/null || :; done"
}

# received COMMAND...: sets $got0 and $got1 to the packets that queue 0 and 1 received while it ran.
received() {
	local before0 before1
	before0=$(packets_of 0) before1=$(packets_of 1)
	"$@" >/dev/null
	sleep 0.5
	got0=$(($(packets_of 0) - before0)) got1=$(($(packets_of 1) - before1))
	note "queue 0: $got0, queue 1: $got1 packets"
}

test_shown() {
	ethtool -x "$NETIF"
	[ "$(table | wc -l)" -ge 128 ]
	case $(key) in
	??:??:*:??) ;;
	*) fail "no key" ;;
	esac
	ethtool -x "$NETIF" | grep -q 'toeplitz: on'
	ethtool -n "$NETIF" rx-flow-hash tcp4 | grep -q 'L4 bytes 2 & 3'
	ethtool -n "$NETIF" rx-flow-hash udp6 | grep -q 'IP DA'
}

test_default_is_spread_evenly() {
	keep_table
	ethtool -X "$NETIF" default
	expect_equal "the table" "$(table)" "$(spread)"
}

test_equal_and_weights() {
	local entries
	require_two_queues
	keep_table
	entries=$(table | wc -l)
	ethtool -X "$NETIF" equal 1
	expect_equal "entries of queue 0" "$(entries_of 0)" "$entries"
	ethtool -X "$NETIF" equal 2
	expect_equal "entries of queue 1" "$(entries_of 1)" $((entries / 2))
	ethtool -X "$NETIF" weight 3 1
	expect_equal "entries of queue 0" "$(entries_of 0)" $((entries * 3 / 4))
	ethtool -X "$NETIF" start 1 equal 1
	expect_equal "entries of queue 1" "$(entries_of 1)" "$entries"
	expect_traffic
}

test_key() {
	local other
	keep_table
	other=$(key | sed 's/[0-9a-f][0-9a-f]/5a/g')
	ethtool -X "$NETIF" hkey "$other"
	expect_equal "the key" "$(key)" "$other"
	expect_traffic
}

test_what_cannot_be_is_refused() {
	local before
	before=$(table)
	must_fail ethtool -X "$NETIF" equal $(($(queues) + 1))
	must_fail ethtool -X "$NETIF" weight 0 0 0 1
	must_fail ethtool -X "$NETIF" hfunc xor
	must_fail ethtool -X "$NETIF" hkey 01:02:03
	expect_equal "the table" "$(table)" "$before"
}

# Connections from different ports are spread over both queues, about half each.
test_flows_spread() {
	local count
	require_two_queues
	keep_table
	ethtool -X "$NETIF" default
	count=$(amount 200 60)
	received flows "$count"
	[ "$got0" -ge $((count / 4)) ] && [ "$got1" -ge $((count / 4)) ] || fail "not spread: $got0 and $got1 of $count"
}

# With a table of one queue all connections go there, and pings too, which are hashed by addresses only.
test_table_steers() {
	local count
	require_two_queues
	keep_table
	count=$(amount 100 30)
	ethtool -X "$NETIF" start 1 equal 1
	received flows "$count"
	[ "$got1" -ge "$count" ] || fail "only $got1 of $count came to queue 1"
	# ARP is not hashed and goes to queue 0.
	[ "$got0" -le 10 ] || fail "$got0 came to queue 0"
	ethtool -X "$NETIF" equal 1
	received flows "$count"
	[ "$got0" -ge "$count" ] || fail "only $got0 of $count came to queue 0"
	[ "$got1" -eq 0 ] || fail "$got1 came to queue 1"
	ethtool -X "$NETIF" start 1 equal 1
	received ping -q -f -c "$count" "$REMOTE_V6"
	[ "$got1" -ge "$count" ] || fail "only $got1 of $count over IPv6 came to queue 1"
}

# With a key of zeros every hash is 0, so entry 0 of the table gets everything.
test_key_steers() {
	local count
	require_two_queues
	keep_table
	ethtool -X "$NETIF" default
	count=$(amount 100 30)
	ethtool -X "$NETIF" hkey "$(key | sed 's/[0-9a-f][0-9a-f]/00/g')"
	received flows "$count"
	[ "$got0" -ge "$count" ] && [ "$got1" -eq 0 ] || fail "queue 0 got $got0, queue 1 got $got1 of $count"
}

# Hashed without ports, all connections between two hosts have the same hash.
test_hash_fields() {
	local count fields
	require_two_queues
	keep_table
	ethtool -X "$NETIF" default
	count=$(amount 200 60)
	defer ethtool -N "$NETIF" rx-flow-hash tcp4 sdfn
	ethtool -N "$NETIF" rx-flow-hash tcp4 sd
	for fields in "$(ethtool -n "$NETIF" rx-flow-hash tcp4)" "$(ethtool -n "$NETIF" rx-flow-hash tcp6)"; do
		case $fields in
		*"L4 bytes"*) fail "$fields" ;;
		*"IP DA"*) ;;
		*) fail "$fields" ;;
		esac
	done
	received flows "$count"
	[ "$got0" -ge "$count" ] || [ "$got1" -ge "$count" ] || fail "one flow on two queues: $got0 and $got1 of $count"
	down_and_up
	wait_for 20 ping_once "$REMOTE_V4"
	received flows "$count"
	[ "$got0" -ge "$count" ] || [ "$got1" -ge "$count" ] || fail "after up: $got0 and $got1 of $count"
	# ethtool prints that it was refused, but exits with 0.
	ethtool -N "$NETIF" rx-flow-hash tcp4 s 2>&1 | grep -q 'Invalid argument'
	ethtool -N "$NETIF" rx-flow-hash ah4 sdfn 2>&1 | grep -q 'Invalid argument'
	ethtool -N "$NETIF" rx-flow-hash tcp4 sdfn
	received flows "$count"
	[ "$got0" -ge $((count / 4)) ] && [ "$got1" -ge $((count / 4)) ] || fail "not spread: $got0 and $got1 of $count"
}

# expect_kept COMMAND...: after it table and key are as before, and in force.
expect_kept() {
	local what=$1 count
	shift
	count=$(amount 60 20)
	"$@"
	wait_for 20 ping_once "$REMOTE_V4" || fail "no answer after $what"
	expect_equal "the table after $what" "$(table | sort -u)" 1
	expect_equal "the key after $what" "$(key)" "$kept_key"
	received flows "$count"
	[ "$got1" -ge "$count" ] || fail "after $what only $got1 of $count came to queue 1"
}

down_and_up() {
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
}

# A different size, since ethtool refuses the present one.
resize() {
	local size
	size=$(ring tx)
	ethtool -G "$NETIF" tx $((size == 128 ? 64 : 128))
	ethtool -G "$NETIF" tx "$size"
}

hash_off_and_on() {
	ethtool -K "$NETIF" rxhash off
	ethtool -K "$NETIF" rxhash on
}

reset_since() {
	[ "$(statistic adapter_resets)" -gt "$1" ]
}

# Hangs the transmitter as tx_timeout.sh does, so that the driver resets the device.
hang_and_reset() {
	local tctl=0x0400 tctl_enable=0x2 before
	before=$(statistic adapter_resets)
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	"$tools/mmio" "$NETIF_DEVICE" "$tctl" $(($("$tools/mmio" "$NETIF_DEVICE" "$tctl") & ~tctl_enable))
	ping -q -c 3 -W 1 "$REMOTE_V4" >/dev/null || :
	wait_for 30 reset_since "$before" || fail "no reset"
}

test_survives() {
	require_two_queues
	keep_table
	kept_key=$(key | sed 's/[0-9a-f][0-9a-f]/5a/g')
	ethtool -X "$NETIF" hkey "$kept_key" start 1 equal 1
	expect_kept "down and up" down_and_up
	expect_kept "another ring size" resize
	expect_kept "rxhash off and on" hash_off_and_on
	! can_suspend || expect_kept "suspend" suspend_devices
	# Only on NICs whose transmitter the test knows how to stop.
	[ "$bus" != pci ] || ! has_statistic adapter_resets || expect_kept "a reset" hang_and_reset
}

test_set_while_down() {
	require_two_queues
	keep_table
	kept_key=$(key)
	ip link set dev "$NETIF" down
	ethtool -X "$NETIF" start 1 equal 1
	expect_kept "up" ip link set dev "$NETIF" up
}

# hashed COUNT: receives COUNT packets and prints how many had a hash and how many had none.
hashed() {
	forget "$scratch/hashed"
	"$tools/hashed" "$NETIF" "$1" $((20000 * scale)) >"$scratch/hashed" &
	wait_for 10 grep -q ready "$scratch/hashed"
	remote ping -q -f -c "$1" "$LOCAL_V4" >/dev/null
	wait $!
	sed -n 2p "$scratch/hashed"
}

# skbs have the NIC's hash; with rxhash off they have none, but are still spread over the queues.
test_hash_switches() {
	local count
	count=$(amount 50 20)
	defer ethtool -K "$NETIF" rxhash on
	ethtool -k "$NETIF" | grep -q 'receive-hashing: on'
	expect_equal "packets with and without a hash" "$(hashed "$count")" "$count 0"
	ethtool -K "$NETIF" rxhash off
	ethtool -k "$NETIF" | grep -q 'receive-hashing: off'
	wait_for 15 ping_once "$REMOTE_V4"
	expect_equal "packets with and without a hash" "$(hashed "$count")" "0 $count"
	expect_traffic
	ethtool -K "$NETIF" rxhash on
	expect_traffic
	expect_equal "packets with and without a hash" "$(hashed "$count")" "$count 0"
}

test_under_traffic() {
	local round
	require_two_queues
	keep_table
	defer ethtool -N "$NETIF" rx-flow-hash tcp4 sdfn
	start_traffic
	for round in $(seq 1 "$(amount 30 5)"); do
		ethtool -X "$NETIF" start $((round % 2)) equal 1
		ethtool -X "$NETIF" hkey "$(key | sed "s/^../$((10 + round))/")"
		ethtool -X "$NETIF" default
		[ $((round % 5)) -ne 0 ] || ethtool -N "$NETIF" rx-flow-hash tcp4 sd
		[ $((round % 5)) -ne 1 ] || ethtool -N "$NETIF" rx-flow-hash tcp4 sdfn
		ping_once "$REMOTE_V4" || wait_for 15 ping_once "$REMOTE_V4" || fail "round $round: no answer"
	done
}

command -v ethtool >/dev/null || skip_all "no program ethtool"
ethtool -x "$NETIF" >/dev/null 2>&1 || skip_all "$NETIF has no receive scaling"
net_up
run_tests test_shown test_default_is_spread_evenly test_equal_and_weights test_key test_what_cannot_be_is_refused test_flows_spread \
	test_table_steers test_key_steers test_hash_fields test_survives test_set_while_down test_hash_switches test_under_traffic

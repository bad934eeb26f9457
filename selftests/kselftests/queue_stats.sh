#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Netlink's statistics of single queues and ethtool -S's of page pools: they exist, are right, and never decrease.

. "$(dirname "$0")/lib.sh"

queues() {
	"$tools/queues" "$NETIF"
}

require_netlink() {
	local status=0
	queues >"$scratch/queues" 2>&1 || status=$?
	[ "$status" -ne 4 ] || skip "the kernel's netlink does not know of queues"
	[ "$status" -eq 0 ] || { cat "$scratch/queues"; fail "queues ends with $status"; }
	grep -q '^stats' "$scratch/queues" || skip "no statistics of queues"
}

# counted OF NAME: the counter NAME of a queue ("rx 0"), the sum of it over queues ("rx", "tx"), or the interface's ("all").
counted() {
	queues | awk -v of="stats $1 " -v name="$2" 'index($0, of) == 1 && $(NF - 1) == name { sum += $NF } END { print sum + 0 }'
}

test_every_queue_is_there() {
	local kind queue
	require_netlink
	cat "$scratch/queues"
	for kind in rx tx; do
		for queue in "/sys/class/net/$NETIF/queues/$kind-"*; do
			grep -q "^stats $kind ${queue##*-} $kind-packets " "$scratch/queues" || fail "no statistics of ${queue##*/}"
			grep -q "^queue $kind ${queue##*-} napi " "$scratch/queues" || fail "no NAPI instance of ${queue##*/}"
		done
	done
}

test_napi_instances_are_the_interfaces() {
	local napi
	require_netlink
	sed -n 's/^queue .* napi //p' "$scratch/queues" | while read -r napi; do
		grep -q "^napi $napi\b" "$scratch/queues" || fail "napi $napi is none of the interface's"
	done
}

# The interrupt that netlink names for a NAPI instance is one of the device's, and it is the one that is raised.
test_interrupts() {
	local irq
	require_netlink
	irq=$(sed -n 's/^napi .* irq //p' "$scratch/queues" | head -n 1)
	[ -n "$irq" ] || skip "which interrupts serve the queues is not known"
	[ -e "/sys/bus/pci/devices/$NETIF_DEVICE/msi_irqs/$irq" ] || fail "interrupt $irq is not the device's"
}

test_counts_packets() {
	local kind before
	require_netlink
	for kind in rx tx; do
		before=$(counted "$kind" "$kind-packets")
		expect_no_loss "$REMOTE_V4" 100
		[ "$(counted "$kind" "$kind-packets")" -ge $((before + 100)) ] ||
			fail "$kind: from $before to $(counted "$kind" "$kind-packets")"
	done
}

adds_up() {
	[ "$(counted tx tx-packets)" = "$(counted all tx-packets)" ]
}

test_agrees_with_the_interface() {
	local all
	require_netlink
	all=$(counted all rx-packets)
	[ "$all" -le "$(counter rx_packets)" ] && [ "$all" -gt 0 ] || fail "$all packets of $(counter rx_packets)"
	# Packets of the stack's own can come between the two readings.
	wait_for 5 adds_up || expect_equal "the sum of the queues" "$(counted tx tx-packets)" "$(counted all tx-packets)"
}

test_grows_over_down_and_up() {
	local before
	require_netlink
	defer net_up
	before=$(counted all tx-packets)
	ip link set dev "$NETIF" down
	queues >"$scratch/down" || fail "cannot be asked while down"
	! grep -q '^queue .* napi' "$scratch/down" || fail "a queue has a NAPI instance while the interface is down"
	local_up
	[ "$(counted all tx-packets)" -ge "$before" ] || fail "fewer than before"
}

test_asked_under_traffic() {
	local round
	require_netlink
	start_traffic
	defer net_up
	for round in $(seq 1 "$(amount 20 5)"); do
		queues >/dev/null
		[ $((round % 5)) -ne 0 ] || { ip link set dev "$NETIF" down && local_up; }
	done
}

test_page_pool() {
	local before
	has_statistic rx_pp_alloc_fast || skip "the kernel keeps no statistics of page pools"
	defer net_up
	before=$(($(statistic rx_pp_alloc_fast) + $(statistic rx_pp_alloc_slow)))
	[ "$before" -gt 0 ]
	# Large packets: small ones are copied, and their pages go back to the ring.
	expect_no_loss "$REMOTE_V4" "$(amount 1000 300)" -s 1400
	[ $(($(statistic rx_pp_alloc_fast) + $(statistic rx_pp_alloc_slow))) -gt "$before" ] || fail "nothing was counted"
	before=$(statistic rx_pp_alloc_slow)
	ip link set dev "$NETIF" down
	[ "$(statistic rx_pp_alloc_slow)" -ge "$before" ] || fail "less while down"
	local_up
	[ "$(statistic rx_pp_alloc_slow)" -ge "$before" ] || fail "less after down and up"
}

net_up
run_tests test_every_queue_is_there test_napi_instances_are_the_interfaces test_interrupts test_counts_packets \
	test_agrees_with_the_interface test_grows_over_down_and_up test_asked_under_traffic test_page_pool

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Fault injection: allocations fail while the interface is opened, its queues are changed, its device is bound, and in NAPI. Each time the
# operation succeeds or fails with an error, the interface works afterwards, and no memory leaks.
#
# Needs a kernel with fault injection. FAULTS says how many allocations of each kind are tried, evenly spread: 24, or "all", which takes an
# hour on a slow kernel.

. "$(dirname "$0")/lib.sh"

faults=/sys/kernel/debug

# Lets all allocations fail, also those that may sleep and those of one page, without a line in the log for each. ACPI's are exempt, if
# the kernel was booted with slub_debug for that: when they fail, its interpreter, which every unbind uses, has a use after free.
allow_faults() {
	local kind
	[ "$(cat /sys/kernel/slab/kmalloc-64/failslab)" != 1 ] || echo Y >"$faults/failslab/cache-filter"
	for kind in failslab fail_page_alloc; do
		echo 0 >"$faults/$kind/verbose"
		echo N >"$faults/$kind/ignore-gfp-wait"
	done
	echo N >"$faults/fail_page_alloc/ignore-gfp-highmem"
	echo 0 >"$faults/fail_page_alloc/min-order"
	kernel_note "expect faults"
	defer kernel_note "expect nothing"
}

# walk FUNCTION: calls FUNCTION once for each allocation that it makes, with the number of the one that fails. It returns the status of
# tools/failnth and must leave everything so that it can be called again.
walk() {
	local number total step status=0 worked=0 failed=0
	"$1" 1000000 >"$scratch/walk" || status=$?
	[ "$status" -ne 4 ] || skip "not possible here"
	total=$(sed -n 's/^allocations //p' "$scratch/walk")
	[ "$status" -eq 3 ] && [ "${total:-0}" -gt 0 ] || fail "does not work with all memory: status $status"
	step=1
	[ "${FAULTS:-24}" = all ] || step=$(((total + ${FAULTS:-24} - 1) / ${FAULTS:-24}))
	for ((number = 1; number <= total; number += step)); do
		status=0
		"$1" "$number" || status=$?
		case $status in
		0) worked=$((worked + 1)) ;;
		1) failed=$((failed + 1)) ;;
		# No allocation with this number this time: how many there are depends on caches.
		3) ;;
		*) fail "allocation $number: status $status" ;;
		esac
	done
	[ "$failed" -gt 0 ] || fail "nothing ever failed, of $worked times"
	note "$total allocations, one in $step: $worked times it worked all the same, $failed times it failed"
}

# check_traffic STATUS NUMBER: after each fault that made the operation fail, the interface must still work.
check_traffic() {
	[ "$1" -eq 1 ] || return 0
	wait_for 15 ping_once "$REMOTE_V4" || fail "no traffic after allocation $2"
}

open_once() {
	local status=0
	ip link set dev "$NETIF" down
	"$tools/failnth" "$1" up "$NETIF" || status=$?
	[ "$status" -ne 1 ] || ! ip link show dev "$NETIF" | grep -q '[<,]UP[,>]' || fail "allocation $1: it failed and is up"
	ip link set dev "$NETIF" up
	set_addresses "" "$NETIF" "$LOCAL_V4" "$LOCAL_V6" 2>/dev/null || :
	check_traffic "$status" "$1"
	return "$status"
}

test_open() {
	allow_faults
	defer net_up
	walk open_once
}

# Queues are changed one by one while the link stays. One allocation fails and no other: those of before are there without further ado.
expect_queues_of_before() {
	expect_equal "changes of the carrier with allocation $2" "$(cat "/sys/class/net/$NETIF/carrier_changes")" "$3"
	check_traffic "$1" "$2"
}

resize_once() {
	local status=0 old new changes
	changes=$(cat "/sys/class/net/$NETIF/carrier_changes")
	old=$(ring rx)
	[ "$old" -eq 64 ] && new=512 || new=64
	"$tools/failnth" "$1" rings "$NETIF" "$new" "$new" || status=$?
	case $status in
	0 | 3) expect_equal "the ring after allocation $1" "$(ring rx)" "$new" ;;
	1) expect_equal "the ring after allocation $1 failed" "$(ring rx)" "$old" ;;
	esac
	expect_queues_of_before "$status" "$1" "$changes"
	return "$status"
}

test_resize() {
	allow_faults
	defer net_up
	defer sh -c "ethtool -G $NETIF rx $(ring rx) tx $(ring rx) || :"
	walk resize_once
}

channels_once() {
	local status=0 changes
	# Fewer of them need next to nothing.
	[ "$(channels)" -eq 1 ] || ethtool -L "$NETIF" combined 1
	changes=$(cat "/sys/class/net/$NETIF/carrier_changes")
	"$tools/failnth" "$1" channels "$NETIF" "$(channels max)" || status=$?
	case $status in
	0 | 3) expect_equal "channels after allocation $1" "$(channels)" "$(channels max)" ;;
	1) expect_equal "channels after allocation $1 failed" "$(channels)" 1 ;;
	esac
	expect_queues_of_before "$status" "$1" "$changes"
	return "$status"
}

test_more_channels() {
	[ "$(channels max)" -gt 1 ] || skip "there is one channel"
	allow_faults
	defer net_up
	defer sh -c "ethtool -L $NETIF combined $(channels) || :"
	walk channels_once
}

xdp_once() {
	local status=0
	"$tools/failnth" "$1" xdp "$NETIF" || status=$?
	[ "$status" -ne 1 ] || wait_for 20 ping_once "$REMOTE_V4" || fail "allocation $1 failed, and the interface does not come back"
	check_traffic "$status" "$1"
	return "$status"
}

test_xdp_attach() {
	allow_faults
	defer net_up
	walk xdp_once
}

bind_once() {
	local status=0
	echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$bound_driver/unbind"
	"$tools/failnth" "$1" write "/sys/bus/$bus/drivers/$bound_driver/bind" "$NETIF_DEVICE" || status=$?
	[ "$(driver_of "$NETIF_DEVICE")" = "$bound_driver" ] || echo "$NETIF_DEVICE" >"/sys/bus/$bus/drivers/$bound_driver/bind"
	if [ "$status" -eq 1 ]; then
		local_up
		check_traffic "$status" "$1"
	fi
	return "$status"
}

test_bind() {
	bound_driver=$(driver_of "$NETIF_DEVICE")
	allow_faults
	defer net_up
	walk bind_once
}

# Fault injection works per thread, so these tests use threaded NAPI.
rx_failures() {
	echo $(($(sum_of rx refill_failed) + $(sum_of rx no_memory)))
}

# fail_in THREAD...: the next allocation in each of them, for five seconds, as often as there is one
fail_in() {
	local thread
	for _ in $(seq 1 100); do
		for thread; do
			echo 1 >"$thread/fail-nth"
		done
		sleep 0.05
	done
	for thread; do
		echo 0 >"$thread/fail-nth"
	done
}

# Most buffers and skbs come from caches, so it can take a while until the failing allocation is one of the receive queue.
test_poll() {
	local thread threads=() attempt failures=0 before
	[ -w "/sys/class/net/$NETIF/threaded" ] || skip "the kernel has no threaded NAPI"
	defer net_up
	defer sh -c "echo 0 >/sys/class/net/$NETIF/threaded"
	echo 1 >"/sys/class/net/$NETIF/threaded"
	# There is a thread for each queue, and any of them may get the packets.
	for thread in $(grep -l "^napi/$NETIF-" /proc/[0-9]*/comm); do
		threads+=("${thread%/comm}")
	done
	[ ${#threads[@]} -gt 0 ] || fail "no thread for $NETIF"
	allow_faults
	before=$(rx_failures)
	for attempt in $(seq 1 20); do
		start_traffic
		fail_in "${threads[@]}"
		failures=$(($(rx_failures) - before))
		[ "$failures" -eq 0 ] || break
	done
	note "$failures refills and packets failed, after $attempt times five seconds"
	[ "$failures" -gt 0 ] || fail "nothing failed"
	expect_traffic
}

test_nothing_leaks() {
	require_module
	defer net_up
	defer load_driver
	unload_driver
	expect_no_leak
}

for kind in failslab fail_page_alloc; do
	[ -d "$faults/$kind" ] || skip_all "the kernel has no fault injection ($kind)"
done
[ -e /proc/self/fail-nth ] || skip_all "the kernel has no /proc/self/fail-nth"
net_up
run_tests test_open test_resize test_more_channels test_xdp_attach test_bind test_poll test_nothing_leaks

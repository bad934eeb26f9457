#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The device's transmitter hangs: the stack's tx watchdog, or the driver's, notices, the driver resets the device, traffic flows again.
#
# To make it hang, the tests clear TCTL.EN, the transmitter's enable bit of Intel's 8257x family, through the device's BAR in sysfs.

. "$(dirname "$0")/lib.sh"

tctl=0x0400
tctl_enable=0x2

hang_transmitter() {
	local value
	value=$("$tools/mmio" "$NETIF_DEVICE" "$tctl")
	"$tools/mmio" "$NETIF_DEVICE" "$tctl" $((value & ~tctl_enable))
	[ $(($("$tools/mmio" "$NETIF_DEVICE" "$tctl") & tctl_enable)) -eq 0 ]
}

# A driver may detect the hang before the stack's watchdog does; then its own counter tells.
watchdog_count() {
	local sum=0 file
	if has_statistic tx_timeouts; then
		statistic tx_timeouts
		return
	fi
	for file in "/sys/class/net/$NETIF/queues/"tx-*/tx_timeout; do
		sum=$((sum + $(cat "$file")))
	done
	echo "$sum"
}

watchdog_fired_since() {
	[ "$(watchdog_count)" -gt "$1" ]
}

# The stack's watchdog looks only at queues that are stopped: the ring is full, or BQL's limit is reached. So BQL's limit is lowered, and
# several senders run, since the socket buffer of one would stop it before.
fill_queues() {
	local file sender
	for file in "/sys/class/net/$NETIF/queues/"tx-*/byte_queue_limits/limit_max; do
		[ -e "$file" ] || continue
		defer sh -c "echo $(cat "$file") >$file"
		echo 10000 >"$file"
	done
	senders=
	for sender in 1 2 3 4; do
		background "$tools/blast" "$REMOTE_V4" 9 1000 $((5 * scale))
		senders="$senders $background_pid"
	done
}

hang_and_recover() {
	local before sender
	before=$(watchdog_count)
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	hang_transmitter
	fill_queues
	wait_for 30 watchdog_fired_since "$before" || fail "the watchdog does not fire"
	for sender in $senders; do
		end_background "$sender"
	done
	expect_traffic
	[ $(($("$tools/mmio" "$NETIF_DEVICE" "$tctl") & tctl_enable)) -ne 0 ] || fail "the transmitter is still off"
}

test_recovery() {
	defer net_up
	hang_and_recover
}

test_recovery_again() {
	defer net_up
	hang_and_recover
}

test_recovery_under_traffic() {
	defer net_up
	start_traffic
	hang_and_recover
}

# The stack's watchdog does not see a queue that hangs before it is full; netcx.ko's own watchdog does.
test_recovery_with_one_packet() {
	local before
	has_statistic tx_timeouts || skip "no statistic for it"
	before=$(watchdog_count)
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	defer net_up
	hang_transmitter
	must_fail ping_once "$REMOTE_V4"
	wait_for 30 watchdog_fired_since "$before" || fail "nobody notices"
	expect_traffic
}

test_settings_survive() {
	defer net_up
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	hang_and_recover
	wait_for 5 foreign_frames_pass || fail "no longer promiscuous"
}

foreign_frames_pass() {
	[ "$(count_frames 02:00:00:aa:bb:cc 5 5)" = 5 ]
}

case $(cat "/sys/bus/pci/devices/${NETIF_DEVICE:-none}/vendor" 2>/dev/null) in
0x8086) ;;
*) skip_all "no Intel NIC" ;;
esac
"$tools/mmio" "$NETIF_DEVICE" "$tctl" >/dev/null 2>&1 || skip_all "the kernel was not started with iomem=relaxed"
net_up
run_tests test_recovery test_recovery_again test_recovery_under_traffic test_recovery_with_one_packet test_settings_survive

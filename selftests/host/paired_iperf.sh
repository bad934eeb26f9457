#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Guest side of perf.sh's throughput: both NICs change between the drivers INTREE and OURS, ROUNDS times, with an iperf3 run in each
# direction each time. Prints "iperf DRIVER send|receive MBIT".
set -eu

cd /kselftests
# shellcheck source=/dev/null
. ./lib.sh
scratch=$(mktemp -d)

# use DRIVER: for both NICs.
use() {
	local device
	modprobe "$1"
	for device in "$NETIF_PCI" "$PEER_PCI"; do
		echo "$device" >"/sys/bus/pci/devices/$device/driver/unbind"
		echo "$1" >"/sys/bus/pci/devices/$device/driver_override"
		echo "$device" >/sys/bus/pci/drivers_probe
	done
	net_up
}

transfer() {
	iperf3 -c "$REMOTE_V4" -t 3 -O 1 -f m -i 0 "$@" | awk '/receiver$/ { for (i = 2; i <= NF; i++) if ($i ~ /bits\/sec/) print $(i - 1) }'
}

for _ in $(seq 1 "$ROUNDS"); do
	for driver in "$INTREE" "$OURS"; do
		use "$driver"
		remote iperf3 -s -D -I "$scratch/pid"
		sleep 1
		echo "iperf $driver send $(transfer)"
		echo "iperf $driver receive $(transfer -R)"
		kill "$(tr -d '\0' <"$scratch/pid")"
	done
done

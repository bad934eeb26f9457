#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Guest side of the part "throughput": both NICs change between the drivers INTREE and OURS, ROUNDS times, and each time iperf3 runs once
# for each case:
#
#   throughput.sh CASE...        tcp_send_1 tcp_receive_4 udp64_send ...: what nic0 does, for TCP with how many streams
#
# Prints "bench rate DRIVER CASE VALUE": Mbit/s or datagrams per second, as the receiver counts them, or "bench cannot DRIVER CASE REASON".
set -eu

cd /kselftests
# shellcheck source=/dev/null
. ./lib.sh
scratch=$(mktemp -d)
seconds=${SECONDS_EACH:-3}

# use DRIVER: for both NICs.
use() {
	local device
	modprobe "$1"
	for device in "$NETIF_DEVICE" "$PEER_DEVICE"; do
		echo "$device" >"/sys/bus/pci/devices/$device/driver/unbind"
		echo "$1" >"/sys/bus/pci/devices/$device/driver_override"
		echo "$device" >/sys/bus/pci/drivers_probe
	done
	net_up
}

# The receiver's line is the last one: of all streams, if there are several.
mbit() {
	awk '/receiver/ { for (i = 2; i <= NF; i++) if ($i ~ /bits\/sec/) rate = $(i - 1) } END { print rate }'
}

# "0.00-3.00 sec ... LOST/ALL (PERCENT%)  receiver"
datagrams_per_second() {
	sed -n 's|.*-\([0-9.]*\) *sec .* \([0-9]*\)/\([0-9]*\) (.*receiver.*|\1 \2 \3|p' | tail -n 1 |
		awk '$1 > 0 { printf "%.0f\n", ($3 - $2) / $1 }'
}

# run_iperf DRIVER CASE
run_iperf() {
	local options=(-c "$REMOTE_V4" -t "$seconds" -f m -i 0) rate
	[[ $2 != *_receive* ]] || options+=(-R)
	case $2 in
	tcp_*)
		rate=$(iperf3 "${options[@]}" -O 1 -P "${2##*_}" 2>"$scratch/errors" | mbit)
		;;
	udp64_*)
		rate=$(iperf3 "${options[@]}" -u -b 0 -l 64 -w 8M 2>"$scratch/errors" | datagrams_per_second)
		;;
	*)
		echo "bench cannot $1 $2 there is no such case"
		return
		;;
	esac
	if [ -n "$rate" ]; then
		echo "bench rate $1 $2 $rate"
	else
		echo "bench cannot $1 $2 iperf3: $(tail -n 1 "$scratch/errors")"
	fi
}

# Room for all that is on its way.
echo $((64 << 20)) | tee /proc/sys/net/core/{r,w}mem_max >/dev/null

for _ in $(seq 1 "$ROUNDS"); do
	for driver in "$INTREE" "$OURS"; do
		use "$driver"
		remote iperf3 -s -D -I "$scratch/pid"
		sleep 1
		for name; do
			run_iperf "$driver" "$name"
		done
		kill "$(tr -d '\0' <"$scratch/pid")"
	done
done
echo "bench done"

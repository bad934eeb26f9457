#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Guest side: sends COUNT packets of 60 bytes with the kernel's pktgen and prints what one costs.
#
#   pktgen.sh INTERFACE BURST COUNT
#
# The destination is nobody's address and shares no multicast hash with a group, so that the far end's NIC drops the packets itself.
# Under QEMU's -icount shift=0 a virtual nanosecond is an instruction, so the figure is instructions per packet.
set -eu

interface=$1 burst=$2 count=$3
pg=/proc/net/pktgen

modprobe pktgen
echo rem_device_all >$pg/kpktgend_0
echo "add_device $interface" >$pg/kpktgend_0
for setting in "count $count" "pkt_size 60" "delay 0" "burst $burst" "dst 198.18.0.1" "dst_mac 02:00:00:aa:bb:cc" "clone_skb 0"; do
	echo "$setting" >"$pg/$interface"
done
echo start >$pg/pgctrl

result=$(sed -n 's/^Result: OK: \([0-9]*\)(.*/\1/p' "$pg/$interface")
sent=$(awk '/pkts-sofar/ { print $2 }' "$pg/$interface")
echo rem_device_all >$pg/kpktgend_0
if [ -z "$result" ] || [ "$sent" -lt "$count" ]; then
	echo "pktgen.sh: pktgen sent $sent of $count packets" >&2
	exit 1
fi
awk -v usec="$result" -v sent="$sent" -v burst="$burst" 'BEGIN { printf "pktgen burst %d: %.0f ns per packet\n", burst, usec * 1000 / sent }'

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Guest side of the parts "instructions" and "mmio":
#
#   instructions.sh CASE...
#
# Each case is run once to warm up and then RUNS times. Under QEMU's -icount shift=0 a virtual nanosecond is an instruction; time in the
# idle loop is taken off where a case can idle. Prints, for the host to read:
#
#   bench window NIC FIRST LAST          the addresses of a NIC's registers
#   bench run CASE N COUNT PACKETS INSTRUCTIONS IRQS0 IRQS1     COUNT is packets or bytes
#   bench note CASE TEXT                 something that belongs beside the figure
#   bench cannot CASE REASON             the case has no figure
#
# With RECORD set ("mmio" or "profile") QEMU writes what it was asked to watch during run N into the file CASE.N; with iperf3 into CASE.N.less
# what is to be taken off.
set -eu

cd /kselftests
# shellcheck source=/dev/null
. ./lib.sh
# shellcheck source=/dev/null
. /bench/measure.sh
# shellcheck source=/dev/null
. /bench/pktgen.sh

runs=${RUNS:-3}
packets=${PACKETS:-50000}

# What a case function leaves behind, irqs0 and irqs1 straight from "measure". A count of 0 is that of the packets. "note" belongs beside the figure.
count=0 sent=0 instructions=0 note=
pktgen_ns=0 busy_ns=0 irqs0=0 irqs1=0

# For lib.sh's fail and ours: the reason a case has no figure.
cannot() {
	echo "$*" >"$reason"
	exit 1
}

# window NIC PCI: the first memory region of the device.
window() {
	local first last
	read -r first last _ <"/sys/bus/pci/devices/$2/resource"
	echo "bench window $1 $first $last"
}

received_by_peer() {
	remote cat "/sys/class/net/$REMOTE_NETIF/statistics/rx_packets"
}

# ---- the cases: each sets "sent" and "instructions", one that is not about packets "count" too ----

# The far end drops the packets in the NIC: nobody has that address, nor a multicast group its hash.
nobody=02:00:00:aa:bb:cc

send_to_nobody() {
	pktgen here "$NETIF" "$packets" "burst $1" "dst_mac $nobody"
	sent=$packets instructions=$pktgen_ns
}

case_tx_burst1() { send_to_nobody 1; }
case_tx_burst32() { send_to_nobody 32; }

# The far end's stack takes the packets and drops them where it routes: it does not forward.
send_to_peer() {
	local before received
	before=$(received_by_peer)
	pktgen here "$NETIF" "$packets" "burst $1" "dst_mac $(remote cat "/sys/class/net/$REMOTE_NETIF/address")"
	sleep 0.1
	received=$(($(received_by_peer) - before))
	[ "$received" -ge "$packets" ] || cannot "$REMOTE_NETIF received $received packets of $packets"
	sent=$packets instructions=$pktgen_ns
}

case_txrx_burst1() { send_to_peer 1; }
case_txrx_burst32() { send_to_peer 32; }

# ---- what comes in at nic0: the far end sends, always in bursts of 32 ----

peer_sends() {
	pktgen remote "$REMOTE_NETIF" "$packets" "burst 32" "src_mac $nobody" "dst_mac $1"
	sent=$packets instructions=$pktgen_ns
}

# What sending alone costs.
case_peer_sends() { peer_sends "$nobody"; }

own_address() {
	cat "/sys/class/net/$NETIF/address"
}

# xdp PROGRAM [SOCKETS]: what comes in goes to the program, and all of it. What receives comes before the sender, as ksoftirqd does.
xdp() {
	local pid seen
	# Before it starts, or what it said the last time may be taken for what it says.
	rm -f "$scratch/xdp"
	chrt -f 2 /bench/xdp_run "$NETIF" /bench/xdp.bpf.o "$@" >"$scratch/xdp" &
	pid=$!
	wait_for 10 grep -q XDP "$scratch/xdp" || cannot "XDP does not begin on $NETIF"
	wait_for 10 has_carrier "$NETIF" || cannot "no link with XDP"
	peer_sends "$(own_address)"
	sleep 0.1
	kill "$pid"
	wait "$pid"
	seen=$(sed -n 's/ frames.*//p' "$scratch/xdp")
	[ "$seen" -ge "$packets" ] || cannot "$seen packets of $packets arrived"
	note=$(head -n 1 "$scratch/xdp")
}

case_xdp_drop() { xdp drop; }
case_afxdp_rx() { xdp receive 1; }

# The hardware's own count, since not every driver counts these as its own.
sent_by_hardware() {
	ethtool -S "$NETIF" | awk '$1 == "tx_good_packets:" || $1 == "tx_packets:" { print $2; exit }'
}

# The far end's NIC drops what comes back: the sender is nobody too.
case_xdp_tx() {
	local before returned
	before=$(sent_by_hardware)
	xdp tx
	returned=$(($(sent_by_hardware) - before))
	[ "$returned" -ge "$packets" ] || cannot "$returned packets of $packets went back"
}

# ---- iperf3 ----

iperf_client() {
	iperf3 -c "$REMOTE_V4" "$@"
}

# iperf FEW BYTES OPTIONS...: what BYTES cost beyond what FEW cost, so that connecting and ending cost nothing.
iperf() {
	local few=$1 bytes=$2 name=$record_as less less0 less1
	shift 2
	pidof iperf3 >/dev/null || { remote iperf3 -s -D && sleep 1; }
	record_as=${name:+$name.less}
	measure iperf_client -n "$few" "$@"
	less=$busy_ns less0=$irqs0 less1=$irqs1
	record_as=$name
	measure iperf_client -n "$((few + bytes))" "$@"
	instructions=$((busy_ns - less)) irqs0=$((irqs0 - less0)) irqs1=$((irqs1 - less1)) count=$bytes
}

# Both ends are in this machine, so it is the sum of both. A packet is a full frame.
case_tcp_bulk() {
	iperf $((1 << 20)) "${BYTES:-$((48 << 20))}"
	sent=$((count / 1448))
}

case_udp64() {
	local datagrams=${DATAGRAMS:-20000} lost all
	iperf 64 $((datagrams * 64)) --udp --bitrate 0 --length 64 --window 8M >"$scratch/iperf"
	# "LOST/ALL (PERCENT%)  receiver", of the last run; the receiver may end before the last ones.
	read -r lost all <<<"$(sed -n 's|.* \([0-9]*\)/\([0-9]*\) (.*receiver.*|\1 \2|p' "$scratch/iperf" | tail -n 1)"
	[ $((all - lost)) -ge $((datagrams * 99 / 100)) ] || cannot "only $((all - lost)) datagrams of $datagrams arrived"
	sent=$datagrams count=$datagrams
}

# ---- running them ----

run_case() {
	local number record_as=
	"case_$1"
	for number in $(seq 1 "$runs"); do
		record_as=$1.$number
		"case_$1"
		echo "bench run $1 $number $((count ? count : sent)) $sent $instructions $irqs0 $irqs1" >&3
	done
	[ -z "$note" ] || echo "bench note $1 $note" >&3
}

# One processor sends and receives. Were ksoftirqd one thread among others, then the scheduler would let the sender run for milliseconds
# before it, now and then, and any driver would lose packets.
chrt -f -p 1 "$(grep -lx ksoftirqd/0 /proc/[0-9]*/comm | cut -d / -f 3)"

# Room for all that is on its way.
echo $((64 << 20)) | tee /proc/sys/net/core/{r,w}mem_max >/dev/null

scratch=$(mktemp -d)
reason=$scratch/reason
window nic0 "$NETIF_DEVICE"
window nic1 "$PEER_DEVICE"
for name; do
	kernel_note "bench $name"
	: >"$reason"
	if ! declare -F "case_$name" >/dev/null; then
		echo "bench cannot $name there is no such case"
		continue
	fi
	set +e
	(
		set -e
		run_case "$name"
	) 3>&1 >"$reason.log" 2>&1
	status=$?
	set -e
	[ "$status" -eq 0 ] && continue
	pidof xdp_run | xargs -r kill
	cat "$reason.log"
	[ -s "$reason" ] || tail -n 1 "$reason.log" >"$reason"
	echo "bench cannot $name $(cat "$reason")"
done
echo "bench done"

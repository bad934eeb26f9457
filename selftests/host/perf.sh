#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Compares our driver with the in-tree one on the same emulated NIC:
#
#   perf.sh [instructions] [throughput]      both by default; KVER chooses the kernel
#
# instructions: guest instructions per 60-byte packet sent with pktgen, bursts of 1 and 32, under -icount; repeatable to about 1 %.
# throughput: iperf3 TCP in both directions, the drivers in turn (A B A B ...) in one virtual machine; the ratio of the medians.
# A ratio is always ours / in-tree.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
ours=${DRIVER:-netcx_e1000e}
intree=${INTREE:-e1000e}
log=${LOGS:-$(cd "$here/../.." && pwd)/out/host}/perf
rounds=${ROUNDS:-5}
packets=${PACKETS:-50000}

# Both ends use the driver; the packets go to an address nobody has, so the far end's NIC drops them.
measure_instructions() {
	"$here/run" --icount --quiet --driver "$1" --time 900 --log "$log" -- \
		"for burst in 1 32; do pktgen.sh nic0 \$burst $packets; done" >&2
	sed -n 's/^pktgen burst \([0-9]*\): \([0-9]*\) ns per packet/\1 \2/p' "$log/output.log"
}

instructions() {
	local a b burst
	a=$(measure_instructions "$intree")
	b=$(measure_instructions "$ours")
	echo "guest instructions per 60-byte packet sent    $intree  $ours  ratio"
	for burst in 1 32; do
		paste <(echo "$a") <(echo "$b") | awk -v burst="$burst" '$1 == burst {
			printf "burst %-2d %40d  %12d  %5.2f\n", burst, $2, $4, $4 / $2 }'
	done
}

throughput() {
	"$here/run" --quiet --driver "$ours" --time 900 --log "$log" --env "OURS=$ours" --env "INTREE=$intree" \
		--env "ROUNDS=$rounds" -- paired_iperf.sh >&2
	echo "iperf3 TCP, Mbit/s, median of $rounds             $intree  $ours  ratio"
	for way in send receive; do
		awk -v way="$way" -v a="$intree" -v b="$ours" '
			function median(text,    list, n, i, j, t) {
				n = split(text, list, " ")
				for (i = 2; i <= n; i++)
					for (j = i; j > 1 && list[j - 1] + 0 > list[j] + 0; j--) {
						t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
					}
				return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
			}
			$1 == "iperf" && $3 == way { rates[$2] = rates[$2] " " $4 }
			END {
				printf "%-8s %40.0f  %12.0f  %5.2f\n", way, median(rates[a]), median(rates[b]), median(rates[b]) / median(rates[a])
			}' "$log/output.log"
	done
}

[ $# -gt 0 ] || set -- instructions throughput
for part; do
	case $part in
	instructions | throughput) "$part" ;;
	*)
		echo "perf.sh: no part '$part'; there are instructions and throughput" >&2
		exit 2
		;;
	esac
done

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The counters tell what was sent and received, exactly.

. "$(dirname "$0")/lib.sh"

frames=500
size=200

# Other packets (neighbour discovery, group reports) may come between: counts may exceed by a few but never fall short.
expect_about() {
	local got=$2 wanted=$3 slack=$4
	[ "$got" -ge "$wanted" ] && [ "$got" -le $((wanted + slack)) ] || fail "$1 grew by $got, wanted $wanted to $((wanted + slack))"
}

counted() {
	[ $(($(counter "$1") - $2)) -ge "$3" ]
}

# Whether the counters count the frame check sequence is the driver's choice: 0 or 4 bytes a frame.
test_sent() {
	local packets bytes
	packets=$(counter tx_packets) bytes=$(counter tx_bytes)
	"$tools/frames" send "$NETIF" 02:00:00:aa:bb:cc "$frames" "$size"
	wait_for 5 counted tx_packets "$packets" "$frames" || :
	expect_about tx_packets $(($(counter tx_packets) - packets)) "$frames" 20
	expect_about tx_bytes $(($(counter tx_bytes) - bytes)) $((frames * size)) $((frames * 4 + 20 * 200))
}

test_received() {
	local packets bytes own
	own=$(cat "/sys/class/net/$NETIF/address")
	packets=$(counter rx_packets) bytes=$(counter rx_bytes)
	remote "$remote_tools/frames" send "$REMOTE_NETIF" "$own" "$frames" "$size"
	wait_for 5 counted rx_packets "$packets" "$frames" || :
	expect_about rx_packets $(($(counter rx_packets) - packets)) "$frames" 20
	expect_about rx_bytes $(($(counter rx_bytes) - bytes)) $((frames * size)) $((frames * 4 + 20 * 200))
}

passes() {
	[ "$(count_frames "$1" 5 5)" = 5 ]
}

test_multicast() {
	local before group=01:00:5e:7f:01:02
	defer ip link set dev "$NETIF" allmulticast off
	ip link set dev "$NETIF" allmulticast on
	# The filter may be set a moment later.
	wait_for 5 passes "$group" || fail "multicast does not pass"
	before=$(counter multicast)
	remote "$remote_tools/frames" send "$REMOTE_NETIF" "$group" 100
	wait_for 10 counted multicast "$before" 100 || fail "multicast grew by $(($(counter multicast) - before)), wanted 100"
}

# sum PATTERN: over the statistics whose names match.
sum() {
	ethtool -S "$NETIF" | awk -v pattern="$1" '{ name = $1; sub(":$", "", name) } name ~ pattern { total += $2 } END { print total + 0 }'
}

adds_up() {
	[ "$(sum "^$1_queue_[0-9]+_$2\$")" = "$(counter "$1_$2")" ]
}

test_queues_add_up() {
	local way other
	has_statistic tx_queue_0_packets || skip "no statistics per queue"
	expect_traffic
	for way in rx tx; do
		for other in packets bytes; do
			# The stack's own packets may come between the two.
			wait_for 5 adds_up "$way" "$other" ||
				expect_equal "the sum of ${way}_queue_*_$other" "$(sum "^${way}_queue_[0-9]+_$other\$")" "$(counter "${way}_$other")"
		done
	done
}

# group GROUP NAME: a number of one of ethtool's groups.
group() {
	ethtool -S "$NETIF" --groups "$1" | sed -n "s/^$1-$2: //p"
}

test_structured_groups() {
	local before bucket groups
	groups=$(ethtool -S "$NETIF" --groups eth-mac eth-phy eth-ctrl rmon)
	echo "$groups"
	before=$(group eth-mac FramesTransmittedOK)
	[ -n "$before" ] || skip "no structured statistics"
	bucket=$(group rmon tx-etherStatsPkts128to255Octets)
	"$tools/frames" send "$NETIF" 02:00:00:aa:bb:cc "$frames" "$size"
	grown() {
		[ $(($(group eth-mac FramesTransmittedOK) - before)) -ge "$frames" ]
	}
	wait_for 5 grown || fail "FramesTransmittedOK grew by $(($(group eth-mac FramesTransmittedOK) - before)), wanted $frames"
	expect_about FramesTransmittedOK $(($(group eth-mac FramesTransmittedOK) - before)) "$frames" 20
	[ -n "$bucket" ] || return 0
	expect_about "frames of 128 to 255 bytes" $(($(group rmon tx-etherStatsPkts128to255Octets) - bucket)) "$frames" 20
}

test_counters_only_grow() {
	local name value
	local -A before
	expect_traffic
	while IFS=': ' read -r name value; do
		before[$name]=$value
	done <<<"$(ethtool -S "$NETIF" | sed -n 's/^ *\(.*: [0-9]*\)$/\1/p')"
	ethtool -G "$NETIF" rx 128
	defer ethtool -G "$NETIF" rx 256
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	wait_for 20 ping_once "$REMOTE_V4"
	while IFS=': ' read -r name value; do
		[ "$value" -ge "${before[$name]}" ] || fail "$name was ${before[$name]} and is $value"
	done <<<"$(ethtool -S "$NETIF" | sed -n 's/^ *\(.*: [0-9]*\)$/\1/p')"
}

test_no_errors_in_calm_traffic() {
	local name names="rx_errors tx_errors rx_crc_errors rx_length_errors rx_frame_errors tx_carrier_errors tx_aborted_errors"
	local -A before
	for name in $names; do
		before[$name]=$(counter "$name")
	done
	expect_traffic
	for name in $names; do
		expect_equal "$name" "$(counter "$name")" "${before[$name]}"
	done
}

[ -n "$REMOTE_NETIF" ] || skip_all "needs REMOTE_NETIF"
net_up
run_tests test_sent test_received test_multicast test_queues_add_up test_structured_groups \
	test_counters_only_grow test_no_errors_in_calm_traffic

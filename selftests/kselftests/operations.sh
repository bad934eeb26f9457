#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Each operation that README promises is asked for, so that none is lost where a kernel asks for it in another way than those before: an
# answer of "not supported" is a failure. What the answers say other tests look at.

. "$(dirname "$0")/lib.sh"

# offered COMMAND...: fails the test if it fails, or says that something is not supported.
offered() {
	local status=0
	"$@" >"$scratch/answer" 2>&1 || status=$?
	if [ "$status" -ne 0 ] || grep -qi -e 'not supported' -e 'not permitted' -e '^cannot' "$scratch/answer"; then
		sed 's/^/	/' "$scratch/answer"
		fail "not offered: $* (status $status)"
	fi
}

# says PATTERN: the last answer has such a line.
says() {
	grep -qE -e "$1" "$scratch/answer" || {
		sed 's/^/	/' "$scratch/answer"
		fail "the answer has no '$1'"
	}
}

# value_of NAME: in the last answer, behind "Current hardware settings:" where there is such
value_of() {
	sed -n "/^Current/,\$p" "$scratch/answer" | grep . >"$scratch/current" || cp "$scratch/answer" "$scratch/current"
	sed -n "s/^$1:[[:space:]]*//p" "$scratch/current" | head -n 1
}

is_sim() {
	[ "$(driver_of "$NETIF_DEVICE")" = netcx_sim ]
}

test_driver_and_link() {
	offered ethtool -i "$NETIF"
	says '^driver: '
	offered ethtool "$NETIF"
	says 'Link detected: yes'
	says 'Speed: [0-9]'
	offered ethtool -P "$NETIF"
	offered ethtool -T "$NETIF"
}

test_features() {
	local feature
	offered ethtool -k "$NETIF"
	for feature in rx-checksumming tx-checksumming tcp-segmentation-offload receive-hashing rx-vlan-offload tx-vlan-offload; do
		grep -q "^$feature: .*\[fixed\]" "$scratch/answer" && fail "$feature is fixed"
		grep -q "^$feature: on" "$scratch/answer" || fail "$feature is not on"
	done
	defer ethtool -K "$NETIF" rx on rxhash on
	offered ethtool -K "$NETIF" rx off rxhash off
	offered ethtool -K "$NETIF" rx on rxhash on
}

test_rings() {
	local rx
	defer net_up
	offered ethtool -g "$NETIF"
	rx=$(value_of RX)
	defer ethtool -G "$NETIF" rx "$rx"
	offered ethtool -G "$NETIF" rx $((rx * 2))
	offered ethtool -g "$NETIF"
	expect_equal "the ring" "$(value_of RX)" $((rx * 2))
}

test_channels() {
	local combined
	defer net_up
	offered ethtool -l "$NETIF"
	combined=$(value_of Combined)
	[ "$combined" -ge 2 ] || skip "one channel"
	defer ethtool -L "$NETIF" combined "$combined"
	offered ethtool -L "$NETIF" combined 1
	offered ethtool -l "$NETIF"
	expect_equal "channels" "$(value_of Combined)" 1
}

test_coalescing() {
	local usecs
	offered ethtool -c "$NETIF"
	says '^rx-usecs:[[:space:]]*[0-9]'
	says '^Adaptive RX: o'
	usecs=$(value_of rx-usecs)
	defer ethtool -C "$NETIF" rx-usecs "$usecs"
	offered ethtool -C "$NETIF" rx-usecs $((usecs + 10))
	offered ethtool --per-queue "$NETIF" queue_mask 1 --show-coalesce
	says '^rx-usecs:[[:space:]]*[0-9]'
}

test_receive_scaling() {
	offered ethtool -x "$NETIF"
	says 'with [0-9]+ RX ring'
	says '^RSS hash key:'
	says 'toeplitz: on'
	defer ethtool -X "$NETIF" default
	offered ethtool -X "$NETIF" equal 1
	offered ethtool -X "$NETIF" default
}

test_hashed_fields() {
	local kind
	for kind in tcp4 udp4 tcp6 udp6; do
		offered ethtool -n "$NETIF" rx-flow-hash "$kind"
		says 'IP [SD]A'
	done
	offered ethtool -n "$NETIF" rx-flow-hash tcp4
	says 'L4 bytes'
	defer net_up
	defer ethtool -N "$NETIF" rx-flow-hash tcp4 sdfn
	offered ethtool -N "$NETIF" rx-flow-hash tcp4 sd
	offered ethtool -n "$NETIF" rx-flow-hash tcp4
	! grep -q 'L4 bytes' "$scratch/answer" || fail "ports are hashed still"
}

test_statistics() {
	local group
	offered ethtool -S "$NETIF"
	says '^ *rx_queue_0_packets: '
	for group in eth-mac rmon; do
		offered ethtool -S "$NETIF" --groups "$group"
		says "^$group-"
	done
	offered ip -s link show dev "$NETIF"
}

test_copybreak() {
	local tunable
	for tunable in rx-copybreak tx-copybreak; do
		offered ethtool --get-tunable "$NETIF" "$tunable"
		says "^$tunable: [0-9]"
		offered ethtool --set-tunable "$NETIF" "$tunable" "$(sed -n 's/.*: //p' "$scratch/answer")"
	done
}

test_wake() {
	local supported
	offered ethtool "$NETIF"
	supported=$(sed -n 's/.*Supports Wake-on: //p' "$scratch/answer")
	case $supported in
	*g*) ;;
	*) fail "no magic packets in '$supported'" ;;
	esac
	defer ethtool -s "$NETIF" wol d
	offered ethtool -s "$NETIF" wol g
	offered ethtool "$NETIF"
	says 'Wake-on: g'
}

test_address_and_filter() {
	local address
	address=$(address_of)
	defer ip link set dev "$NETIF" address "$address" promisc off allmulticast off
	offered ip link set dev "$NETIF" address "${address%?}e"
	expect_equal "the address" "$(address_of)" "${address%?}e"
	offered ip link set dev "$NETIF" address "$address"
	offered ip link set dev "$NETIF" promisc on
	offered ip link set dev "$NETIF" allmulticast on
}

# In the driver, not in the kernel's generic XDP.
test_programs() {
	defer ip link set dev "$NETIF" xdp off
	offered "$tools/xdp_attach" "$NETIF" "$tools/xdp.bpf.o" pass
	offered ip link show dev "$NETIF"
	says '> mtu [0-9]+ xdp '
	says 'prog/xdp'
}

devlink_name() {
	echo "$bus/$NETIF_DEVICE"
}

test_devlink_parameter() {
	require_program devlink
	offered devlink dev show "$(devlink_name)"
	offered devlink dev param show "$(devlink_name)" name verifier
	says 'value (true|false)'
	defer devlink dev param set "$(devlink_name)" name verifier value false cmode runtime
	offered devlink dev param set "$(devlink_name)" name verifier value true cmode runtime
	offered devlink dev param show "$(devlink_name)" name verifier
	says 'value true'
}

test_devlink_health() {
	local reporter
	require_program devlink
	for reporter in verifier reset; do
		offered devlink health show "$(devlink_name)" reporter "$reporter"
		says 'state healthy'
		offered devlink health diagnose "$(devlink_name)" reporter "$reporter"
		offered devlink health dump show "$(devlink_name)" reporter "$reporter"
		offered devlink health recover "$(devlink_name)" reporter "$reporter"
	done
}

# A kthread that is created and never started waits in state D.
test_worker() {
	local status
	grep -l '^Name:[[:space:]]*netcx/' /proc/[0-9]*/status >"$scratch/workers" || fail "the device has no kthread"
	while read -r status; do
		must_fail grep '^State:[[:space:]]*D' "$status"
	done <"$scratch/workers"
}

# What netlink's family "netdev" knows on kernels that have it: queues, their NAPI instances, statistics.
test_netlink() {
	local status=0
	"$tools/queues" "$NETIF" >"$scratch/answer" 2>&1 || status=$?
	[ "$status" -ne 4 ] || skip "the kernel's netlink does not know of queues"
	[ "$status" -eq 0 ] || { cat "$scratch/answer"; fail "queues ends with $status"; }
	says '^queue rx 0 napi [0-9]'
	says '^queue tx 0 napi [0-9]'
	says '^napi [0-9]'
	says '^stats rx 0 rx-packets '
	says '^stats tx 0 tx-packets '
	is_sim || says '^napi [0-9]+ irq [0-9]'
}

test_tracepoints() {
	local event
	[ -d /sys/kernel/tracing/events ] || skip "no tracing here"
	for event in post drain indicate refill_failed stop wake notify reset; do
		[ -d "/sys/kernel/tracing/events/netcx/netcx_$event" ] || fail "no tracepoint netcx_$event"
	done
}

net_up
run_tests test_driver_and_link test_features test_rings test_channels test_coalescing test_receive_scaling test_hashed_fields \
	test_statistics test_copybreak test_wake test_address_and_filter test_programs test_devlink_parameter test_devlink_health \
	test_worker test_netlink test_tracepoints

#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Receive checksum offload: packets with good checksums are marked as checked, those with bad ones never, and the stack finds and counts
# the bad ones with the offload on and off.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"

# GRO is off, since it checks checksums, too.
prepare() {
	switch generic-receive-offload off
}

test_good_ones_are_called_good() {
	prepare
	[ "$(feature rx-checksumming)" = on ] || skip "the NIC does not look at checksums"
	packets_here plain none all
}

test_good_ones_behind_options_and_tags() {
	prepare
	packets_here headers none any
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	packets_here tagged none any
}

test_nothing_is_said_when_off() {
	prepare
	can_switch rx-checksumming || skip "rx checksums cannot be switched"
	switch rx-checksumming off
	packets_here plain none none
	packets_here headers none none
}

test_bad_ones_are_never_called_good() {
	prepare
	packets_here plain bad-transport not-bad
	packets_here headers bad-transport not-bad
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	packets_here tagged bad-transport not-bad
}

test_bad_jumbo_frames() {
	require_jumbo
	prepare
	both_mtu 9000
	defer ip link set dev "$NETIF" promisc off
	ip link set dev "$NETIF" promisc on
	packets_here jumbo none any
	packets_here jumbo bad-transport not-bad
}

# ---- the stack's counters ----

# snmp PROTOCOL NAME: a value of /proc/net/snmp, which has a line of names and one of values for each protocol.
snmp() {
	cat /proc/net/snmp /proc/net/netstat | awk -v protocol="$1:" -v name="$2" '
		$1 != protocol { next }
		!column { for (i = 2; i <= NF; i++) if ($i == name) column = i; next }
		{ print $column; exit }'
}

snmp6() {
	awk -v name="$1" '$1 == name { print $2; exit }' /proc/net/snmp6
}

bad_sums() {
	echo "IPv4 $(snmp IpExt InCsumErrors) TCP $(snmp Tcp InCsumErrors) UDP/IPv4 $(snmp Udp InCsumErrors) UDP/IPv6 $(snmp6 Udp6InCsumErrors)"
}

kinds_of() {
	"$tools/packets" list plain | grep -c ": $1,"
}

# plus COUNTS DIFFERENCES: adds two lines as bad_sums() prints them.
plus() {
	echo "$1 $2" | awk '{ for (i = 1; i <= NF / 2; i += 2) printf("%s%s %d", (i > 1 ? " " : ""), $i, $(i + 1) + $(i + 1 + NF / 2)) }'
}

# expect_counts WORK IPV4 TCP UDP/IPv4 UDP/IPv6: the errors of each kind that the packets must add.
expect_counts() {
	local wanted
	wanted=$(plus "$(bad_sums)" "IPv4 $2 TCP $3 UDP/IPv4 $4 UDP/IPv6 $5")
	remote "$remote_tools/packets" send "$REMOTE_NETIF" "$(address_of)" plain "$1"
	wait_for 5 counts_are "$wanted" || expect_equal "the stack's errors after packets with $1" "$(bad_sums)" "$wanted"
}

counts_are() {
	[ "$(bad_sums)" = "$1" ]
}

count_all() {
	local tcp4 tcp6 udp4 udp6
	tcp4=$(kinds_of TCP/IPv4) tcp6=$(kinds_of TCP/IPv6) udp4=$(kinds_of UDP/IPv4) udp6=$(kinds_of UDP/IPv6)
	expect_counts none 0 0 0 0
	expect_counts bad-transport 0 $((tcp4 + tcp6)) "$udp4" "$udp6"
	# The IPv6 header has no checksum, but its addresses are part of TCP's and UDP's.
	expect_counts bad-ip $((tcp4 + udp4)) "$tcp6" 0 "$udp6"
}

prepare_counts() {
	defer ip addr del "$packets_v4" dev "$NETIF"
	ip addr add "$packets_v4" dev "$NETIF"
	defer ip addr del "$packets_v6" dev "$NETIF"
	ip addr add "$packets_v6" dev "$NETIF" nodad
}

test_bad_ones_are_counted() {
	prepare_counts
	count_all
}

test_bad_ones_are_counted_without_gro() {
	prepare_counts
	switch generic-receive-offload off
	count_all
}

test_bad_ones_are_counted_when_off() {
	prepare_counts
	can_switch rx-checksumming || skip "rx checksums cannot be switched"
	switch rx-checksumming off
	count_all
}

test_traffic_flows_afterwards() {
	expect_traffic
}

require_remote_netif
require_vlans
net_up
run_tests test_good_ones_are_called_good test_good_ones_behind_options_and_tags test_nothing_is_said_when_off \
	test_bad_ones_are_never_called_good test_bad_jumbo_frames test_bad_ones_are_counted test_bad_ones_are_counted_without_gro \
	test_bad_ones_are_counted_when_off test_traffic_flows_afterwards

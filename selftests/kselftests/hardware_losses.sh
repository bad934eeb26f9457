#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the hardware drops stands in the statistics that everybody reads ("ip -s link", /proc/net/dev, SNMP), not in "ethtool -S" alone.
# Only frames that are too short: QEMU's NIC makes the wire wait where hardware misses packets.

. "$(dirname "$0")/lib.sh"

# shows STATISTIC BEFORE LEAST
shows() {
	[ $(($(counter "$1") - $2)) -ge "$3" ]
}

# Frames that are too short for Ethernet.
test_too_short() {
	local errors lengths
	case $(remote ethtool -i "$REMOTE_NETIF" | sed -n 's/^driver: //p') in
	netcx_*) skip "the other end's driver pads what is too short" ;;
	esac
	errors=$(counter rx_errors)
	lengths=$(counter rx_length_errors)
	remote "$remote_tools/frames" send "$REMOTE_NETIF" "$(address_of)" 50 20
	wait_for 5 shows rx_length_errors "$lengths" 50 || :
	note "of 50: rx_length_errors $(($(counter rx_length_errors) - lengths)), rx_errors $(($(counter rx_errors) - errors))"
	shows rx_length_errors "$lengths" 50 || fail "rx_length_errors hides frames that are too short"
	shows rx_errors "$errors" 50 || fail "rx_errors hides frames that are too short"
}

net_up
run_tests test_too_short

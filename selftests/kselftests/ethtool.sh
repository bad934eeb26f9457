#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# ethtool: what it shows is right, and what it sets is shown afterwards.

. "$(dirname "$0")/lib.sh"

field() {
	sed -n "s/^[[:space:]]*$1:[[:space:]]*//p" | head -n 1
}

test_driver_information() {
	local information
	information=$(ethtool -i "$NETIF")
	echo "$information"
	expect_equal "bus-info" "$(echo "$information" | field bus-info)" "$NETIF_DEVICE"
	expect_equal "driver" "$(echo "$information" | field driver)" "$(driver_of "$NETIF_DEVICE")"
	expect_equal "supports-statistics" "$(echo "$information" | field supports-statistics)" yes
}

# netcx_sim has no autonegotiation.
expect_negotiation() {
	local able=Yes on=on
	[ "$(driver_of "$NETIF_DEVICE")" != netcx_sim ] || able=No on=off
	expect_equal "negotiation is supported" "$(echo "$1" | field "Supports auto-negotiation")" "$able"
	expect_equal "negotiation is advertised" "$(echo "$1" | field "Advertised auto-negotiation")" "$able"
	expect_equal "negotiation" "$(echo "$1" | field Auto-negotiation)" "$on"
}

test_link_settings() {
	local settings
	settings=$(ethtool "$NETIF")
	echo "$settings"
	expect_equal "the link" "$(echo "$settings" | field "Link detected")" yes
	expect_equal "Duplex" "$(echo "$settings" | field Duplex)" Full
	expect_equal "Speed" "$(echo "$settings" | field Speed)" "$(cat "/sys/class/net/$NETIF/speed")Mb/s"
	expect_negotiation "$settings"
}

# modes WHICH: of a heading of ethtool's, all the words.
modes() {
	ethtool "$NETIF" | sed -n "/^	$1 link modes:/,/^	[A-Z]/{/^	$1 link modes:\|^	 /p}" | sed 's/.*://' | xargs
}

test_link_modes() {
	case $(driver_of "$NETIF_DEVICE") in
	netcx_sim)
		expect_equal "the modes supported" "$(modes Supported)" "10000baseT/Full"
		return 0
		;;
	e1000e | netcx_e1000e) ;;
	*) skip "not known what it can do" ;;
	esac
	expect_equal "the port" "$(ethtool "$NETIF" | field Port)" "Twisted Pair"
	expect_equal "the modes supported" "$(modes Supported)" "10baseT/Half 10baseT/Full 100baseT/Half 100baseT/Full 1000baseT/Full"
	expect_equal "the modes advertised" "$(modes Advertised)" "10baseT/Half 10baseT/Full 100baseT/Half 100baseT/Full 1000baseT/Full"
	wait_for 10 partner_is_known || fail "the partner's modes are '$(modes "Link partner advertised")'"
}

# The link may be there before the PHY has read all that the partner says.
partner_is_known() {
	case $(modes "Link partner advertised") in
	*1000baseT/Full*) ;;
	*) return 1 ;;
	esac
}

test_link_settings_while_down() {
	local settings
	defer net_up
	ip link set dev "$NETIF" down
	settings=$(ethtool "$NETIF")
	echo "$settings"
	expect_equal "the link" "$(echo "$settings" | field "Link detected")" no
	case $(echo "$settings" | field Speed) in
	Unknown*) ;;
	*) fail "a speed without a link" ;;
	esac
	expect_negotiation "$settings"
}

test_statistics_are_named_once() {
	local twice
	ethtool -S "$NETIF"
	twice=$(ethtool -S "$NETIF" | sed -n 's/^ *\(.*\): [0-9]*$/\1/p' | sort | uniq -d)
	expect_equal "names that occur twice" "$twice" ""
	[ "$(ethtool -S "$NETIF" | wc -l)" -gt 5 ]
}

test_rings_and_channels() {
	ethtool -g "$NETIF"
	ethtool -l "$NETIF" || skip "no channels to show"
	[ "$(ethtool -l "$NETIF" | field Combined)" -ge 1 ]
}

test_features() {
	ethtool -k "$NETIF" >/dev/null
	must_fail ethtool -K "$NETIF" no-such-feature on
}

# Generic segmentation and receive offload belong to the stack: every interface can switch them.
test_features_switch() {
	defer ethtool -K "$NETIF" gro on gso on
	ethtool -K "$NETIF" gro off gso off
	expect_equal "generic-receive-offload" "$(ethtool -k "$NETIF" | field generic-receive-offload)" off
	expect_equal "generic-segmentation-offload" "$(ethtool -k "$NETIF" | field generic-segmentation-offload)" off
	expect_traffic
	ethtool -K "$NETIF" gro on gso on
	expect_equal "generic-receive-offload" "$(ethtool -k "$NETIF" | field generic-receive-offload)" on
	expect_traffic
}

features_on() {
	ethtool -k "$NETIF" | sed -n 's/^[[:space:]]*\([a-z0-9-]*\): on$/\1/p'
}

# Each feature that can be changed is changed and changed back. A feature that depends on another may be refused; traffic must go on, and
# in the end all features must be as before.
test_every_feature_switches() {
	local feature state before
	defer net_up
	before=$(features_on)
	ethtool -k "$NETIF" | sed -n 's/^[[:space:]]*\([a-z0-9-]*\): \(on\|off\)$/\1 \2/p' >"$scratch/features"
	while read -r feature state; do
		case $feature in
		loopback | rx-fcs | rx-all) continue ;;
		esac
		if [ "$state" = on ]; then
			ethtool -K "$NETIF" "$feature" off || echo "$feature stays on"
			ping_once "$REMOTE_V4" || :
			ethtool -K "$NETIF" "$feature" on || :
		else
			ethtool -K "$NETIF" "$feature" on || echo "$feature stays off"
			ping_once "$REMOTE_V4" || :
			ethtool -K "$NETIF" "$feature" off || :
		fi
	done <"$scratch/features"
	while read -r feature state; do
		ethtool -K "$NETIF" "$feature" "$state" || :
	done <"$scratch/features"
	expect_equal "what is on" "$(features_on)" "$before"
	expect_traffic
}

coalescing() {
	ethtool -c "$NETIF" | field "$1"
}

test_coalescing() {
	local name old new
	ethtool -c "$NETIF" || skip "no coalescing"
	defer ethtool -C "$NETIF" rx-usecs "$(coalescing rx-usecs)"
	for new in 20 100 0; do
		ethtool -C "$NETIF" rx-usecs "$new"
		expect_equal "rx-usecs" "$(coalescing rx-usecs)" "$new"
		expect_traffic
	done
	for name in rx-usecs-low tx-frames-high; do
		old=$(coalescing "$name")
		must_fail ethtool -C "$NETIF" "$name" 7
		expect_equal "$name" "$(coalescing "$name")" "$old"
	done
}

copybreak() {
	ethtool --get-tunable "$NETIF" "$1-copybreak" | sed -n 's/.*copybreak: *//p'
}

test_copybreak() {
	local way size old
	ethtool --get-tunable "$NETIF" rx-copybreak && ethtool --get-tunable "$NETIF" tx-copybreak || skip "no copybreak"
	for way in rx tx; do
		old=$(copybreak "$way")
		defer ethtool --set-tunable "$NETIF" "$way-copybreak" "$old"
		for size in 0 64 "$old"; do
			ethtool --set-tunable "$NETIF" "$way-copybreak" "$size"
			expect_equal "$way-copybreak" "$(copybreak "$way")" "$size"
			expect_no_loss "$REMOTE_V4" 200 -s 30
			expect_no_loss "$REMOTE_V4" 200 -s 200
		done
		must_fail ethtool --set-tunable "$NETIF" "$way-copybreak" 1000000
		expect_equal "$way-copybreak" "$(copybreak "$way")" "$old"
	done
}

test_coalescing_survives_down_and_up() {
	local old
	ethtool -c "$NETIF" || skip "no coalescing"
	old=$(coalescing rx-usecs)
	defer net_up
	defer ethtool -C "$NETIF" rx-usecs "$old"
	ethtool -C "$NETIF" rx-usecs 80
	ip link set dev "$NETIF" down
	ip link set dev "$NETIF" up
	expect_equal "rx-usecs" "$(coalescing rx-usecs)" 80
	expect_traffic
}

test_everything_while_down() {
	local option
	defer net_up
	ip link set dev "$NETIF" down
	for option in -i -S -g -k; do
		ethtool "$option" "$NETIF"
	done
	for option in -l -c -a -x -T; do
		ethtool "$option" "$NETIF" || :
	done
}

test_everything_under_traffic() {
	local round option
	start_traffic
	for round in $(seq 1 "$(amount 20 4)"); do
		for option in "" -i -S -g -l -k -c; do
			# shellcheck disable=SC2086 # no option is no argument
			ethtool $option "$NETIF" >/dev/null || [ "$option" = -l ] || [ "$option" = -c ] || fail "ethtool $option, round $round"
		done
	done
}

command -v ethtool >/dev/null || skip_all "no program ethtool"
net_up
run_tests test_driver_information test_link_settings test_link_modes test_link_settings_while_down test_statistics_are_named_once test_rings_and_channels \
	test_features test_features_switch test_every_feature_switches test_coalescing test_copybreak test_coalescing_survives_down_and_up \
	test_everything_while_down test_everything_under_traffic

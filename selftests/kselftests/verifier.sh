#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Verifier mode: devlink's parameter switches it, good clients are left alone by it, and each rule that a client breaks is reported once,
# stops the adapter and shows in devlink's health.
#
# The good client is that of the interface under test; those that break a rule are devices of netcx_sim made for it.

. "$(dirname "$0")/lib.sh"

handle=$bus/${NETIF_DEVICE:-none}
# The device that breaks a rule, and the other end of its wire.
bad=netcx_sim.90
good=netcx_sim.91
bad_address=02:00:00:00:00:5a

verifier() {
	devlink dev param set "$1" name verifier value "$2" cmode runtime
}

# "true" or "false".
verifier_mode() {
	devlink dev param show "$1" name verifier | sed -n 's/.*cmode runtime value //p'
}

# health REPORTER FIELD [DEVICE]: as devlink diagnoses it.
health() {
	devlink health diagnose "${3:-$handle}" reporter "$1" | tr '\n' ' ' | sed -n "s/.*\b$2: \([^ ]*\).*/\1/p"
}

# What the reporter's dump says of a field; its text goes on to the next field.
dump() {
	devlink health dump show "$1" reporter verifier | tr '\n' ' ' | sed -n "s/.*\b$2: *\([^ ]*\).*/\1/p"
}

is_healthy() {
	devlink health show "$1" reporter "$2" | grep -q 'state healthy'
}

leave_mode_as_it_is() {
	defer net_up
	defer verifier "$handle" "$(verifier_mode "$handle")"
}

# On from the start only where the kernel is for debugging.
test_default() {
	case $(uname -r) in
	*-debug) expect_equal "the mode" "$(verifier_mode "$handle")" true ;;
	*) expect_equal "the mode" "$(verifier_mode "$handle")" false ;;
	esac
	expect_equal "the mode that is diagnosed" "$(health verifier verifier)" "$(verifier_mode "$handle")"
	is_healthy "$handle" verifier
}

test_switch() {
	local mode
	leave_mode_as_it_is
	for mode in true false true true false; do
		verifier "$handle" "$mode"
		expect_equal "the mode" "$(verifier_mode "$handle")" "$mode"
		net_up
		expect_traffic
	done
}

test_switch_under_traffic() {
	local mode
	leave_mode_as_it_is
	start_traffic
	for mode in true false true false; do
		verifier "$handle" "$mode"
		sleep 0.5
	done
	end_background "$background_pid"
	net_up
	expect_traffic
}

test_switch_while_down() {
	leave_mode_as_it_is
	ip link set dev "$NETIF" down
	verifier "$handle" true
	net_up
	expect_traffic
	expect_equal "the mode" "$(verifier_mode "$handle")" true
}

test_mode_is_the_devices_own() {
	[ -n "${PEER_DEVICE:-}" ] || skip "the other end is no device of this machine"
	[ -e "/sys/bus/$bus/devices/$PEER_DEVICE/driver" ] || skip "no driver at the other end"
	devlink dev show "$bus/$PEER_DEVICE" >/dev/null 2>&1 || skip "the other end's driver has no devlink"
	leave_mode_as_it_is
	defer verifier "$bus/$PEER_DEVICE" "$(verifier_mode "$bus/$PEER_DEVICE")"
	verifier "$bus/$PEER_DEVICE" false
	verifier "$handle" true
	expect_equal "the other end's mode" "$(verifier_mode "$bus/$PEER_DEVICE")" false
}

# Everything that makes a client's callbacks run: none of it breaks a rule, which the kernel's log would show.
test_good_client() {
	local round
	leave_mode_as_it_is
	verifier "$handle" true
	net_up
	expect_no_loss "$REMOTE_V4" "$(amount 2000)"
	expect_no_loss "$REMOTE_V4" "$(amount 500)" -s 4000
	start_traffic
	for round in 1 2 3; do
		ip link set dev "$NETIF" down
		ip link set dev "$NETIF" up
		ethtool -G "$NETIF" rx 128 tx 128 || :
		ethtool -G "$NETIF" rx 256 tx 256 || :
		ethtool -K "$NETIF" tso off rxhash off || :
		ethtool -K "$NETIF" tso on rxhash on || :
		sleep 0.5
	done
	end_background "$background_pid"
	net_up
	expect_traffic
	expect_equal "the rule broken" "$(health verifier rule)" none
	is_healthy "$handle" verifier
}

test_reset_is_reported() {
	is_healthy "$handle" reset
	[ -n "$(health reset resets)" ]
	expect_equal "the power" "$(health reset powered)" true
}

# times REPORTER FIELD: how often a device of netcx_sim had an error, or was recovered.
times() {
	devlink health show "netcx/$bad" reporter "$1" | tr '\n' ' ' | sed -n "s/.* $2 \([0-9]*\).*/\1/p"
}

# A hung queue is reset through devlink, which leaves that to the user if he wants to.
test_reset_by_hand() {
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	make_pair 0 TxStuck=5
	devlink health set "netcx/$bad" reporter reset auto_recover false
	ip link set dev "$bad_netdev" up
	wait_for 5 has_carrier "$bad_netdev"
	"$tools/frames" send "$bad_netdev" 02:00:00:00:00:5b 20
	wait_for 20 is_ill "netcx/$bad" reset || fail "nobody notices"
	expect_equal "the resets" "$(health reset resets "netcx/$bad")" 0
	devlink health dump show "netcx/$bad" reporter reset >/dev/null
	devlink health recover "netcx/$bad" reporter reset
	is_healthy "netcx/$bad" reset
	expect_equal "the resets" "$(health reset resets "netcx/$bad")" 1
	# It goes on hanging, and being noticed, until the user acts.
	[ "$(times reset error)" -ge 1 ] || fail "no error is counted"
	expect_equal "the recoveries" "$(times reset recover)" 1
	"$tools/frames" send "$bad_netdev" 02:00:00:00:00:5b 100
	wait_for 10 packets_of_bad tx 100 || fail "it does not send again"
}

test_reset_by_itself() {
	kernel_note "expect watchdog"
	defer kernel_note "expect nothing"
	make_pair 0 TxStuck=5
	ip link set dev "$bad_netdev" up
	wait_for 5 has_carrier "$bad_netdev"
	"$tools/frames" send "$bad_netdev" 02:00:00:00:00:5b 20
	wait_for 20 has_recovered reset || fail "nobody notices"
	is_healthy "netcx/$bad" reset
	expect_equal "the resets" "$(health reset resets "netcx/$bad")" 1
}

is_ill() {
	devlink health show "$1" reporter "$2" | grep -q 'state error'
}

has_recovered() {
	[ "$(times "$1" recover)" = 1 ]
}

# ---- devices made for a test ----

netdev_of_bad() {
	bad_netdev=$(netdev_of "$bad")
	good_netdev=$(netdev_of "$good")
	[ -n "$bad_netdev" ] && [ -n "$good_netdev" ]
}

# make_pair MISBEHAVIOUR [MODES]
make_pair() {
	modprobe netcx_sim
	[ -e /sys/bus/netcx/new_device ] || skip "no virtual bus"
	defer remove_pair
	echo "$bad Wire=90 Misbehaviour=$1 Queues=1 ${2:-NotifyDelay=20000}" >/sys/bus/netcx/new_device
	echo "$good Wire=90 Queues=1" >/sys/bus/netcx/new_device
	wait_for 10 netdev_of_bad || fail "the devices do not appear"
	ip link set dev "$bad_netdev" address "$bad_address"
	ip link set dev "$good_netdev" up
	verifier "netcx/$good" true
	verifier "netcx/$bad" true
}

remove_pair() {
	local device
	for device in "$bad" "$good"; do
		[ ! -e "/sys/bus/netcx/devices/$device" ] || echo "$device" >/sys/bus/netcx/del_device
	done
}

is_stopped() {
	[ "$(health verifier stopped "netcx/$bad")" = true ]
}

# Frames both ways, and the end of the queues.
provoke() {
	ip link set dev "$bad_netdev" up
	has_carrier "$bad_netdev" || wait_for 5 has_carrier "$bad_netdev" || :
	"$tools/frames" send "$good_netdev" "$bad_address" 20 || :
	"$tools/frames" send "$bad_netdev" 02:00:00:00:00:5b 20 || :
	wait_for 1 is_stopped || ip link set dev "$bad_netdev" down || :
	wait_for 10 is_stopped
}

reports_since() {
	dmesg | sed -n "/netcx selftest: $1/,\$p" | grep -c 'netcx verifier: '
}

# expect_rule NUMBER NAME KIND
expect_rule() {
	local mark="breaking $2"
	(
		deferred=()
		trap run_deferred EXIT
		make_pair "$1"
		kernel_note "$mark"
		provoke || fail "$2 is not noticed"
		expect_equal "the rule" "$(health verifier rule "netcx/$bad")" "$2"
		expect_equal "the rule dumped" "$(dump "netcx/$bad" rule)" "$2"
		expect_equal "the client dumped" "$(dump "netcx/$bad" client)" netcx_sim
		[ "$3" = call ] || expect_equal "the queue dumped" "$(dump "netcx/$bad" queue)" 0
		must_fail is_healthy "netcx/$bad" verifier
		expect_equal "the number of reports" "$(reports_since "$mark")" 1
		dmesg | grep -q "netcx verifier: netcx_sim broke $2" || fail "the report names another rule"
		# Stopped, and nothing but stopped: it can be set up, and has no link.
		ip link set dev "$bad_netdev" down
		ip link set dev "$bad_netdev" up
		is_stopped || fail "it runs again"
		[ "$(cat "/sys/class/net/$bad_netdev/carrier")" = 0 ] || fail "there is a carrier"
		wait_for 5 is_ill "netcx/$bad" reset || fail "its other reporter says that it works"
		is_healthy "netcx/$good" verifier || fail "the other end broke a rule"
	)
}

packets_of_bad() {
	[ "$(cat "/sys/class/net/$bad_netdev/statistics/$1_packets")" -ge "$2" ]
}

# Clients that are told to be good in other ways than the one under test.
expect_good() {
	(
		deferred=()
		trap run_deferred EXIT
		make_pair 0 "$1"
		ip link set dev "$bad_netdev" up
		wait_for 5 has_carrier "$bad_netdev"
		for size in 60 100 600 1500; do
			"$tools/frames" send "$good_netdev" "$bad_address" 100 "$size"
			"$tools/frames" send "$bad_netdev" 02:00:00:00:00:5b 100 "$size"
		done
		wait_for 10 packets_of_bad tx 400 || fail "$1: packets are not sent"
		wait_for 10 packets_of_bad rx 400 || fail "$1: packets are not received"
		ip link set dev "$bad_netdev" down
		expect_equal "the rule broken with $1" "$(health verifier rule "netcx/$bad")" none
	)
}

test_good_modes() {
	local modes
	for modes in RxBuffers=1 RxBuffers=2 RxBuffers=3 "RxBuffers=2 RxHoles=2 RxIgnore=3 RxBufferBytes=300" "RxHoles=3 RxIgnore=2" \
		"TxOutOfOrder=1 TxDelay=100" "TxDma=0 TxFragments=1 TxAlignment=64 TxBackfill=16" "NotifyLose=3 NotifyDelay=100" Ring=64; do
		expect_good "$modes" || fail "$modes: see above"
	done
}

# ---- clients that break rules ----

# Rules that netcx_sim can't break: a device is told so by a number that its driver refuses.
sim_breaks() {
	grep -qw "$1" <<<"$breakable"
}

test_every_rule() {
	local number name kind broken=0
	kernel_note "expect verifier"
	defer kernel_note "expect nothing"
	while read -r number name kind; do
		[ "$kind" = queue ] || sim_breaks "$name" || continue
		expect_rule "$number" "$name" "$kind" || fail "$name: see above"
		broken=$((broken + 1))
	done <<<"$("$tools/verifier_rules")"
	note "$broken rules broken and reported"
}

# What was stopped starts again when the user wants it to.
test_recover() {
	local number
	kernel_note "expect verifier"
	defer kernel_note "expect nothing"
	number=$("$tools/verifier_rules" | sed -n 's/ InvalidRingBeginIndex queue//p')
	make_pair "$number"
	provoke
	verifier "netcx/$bad" false
	devlink health recover "netcx/$bad" reporter verifier
	expect_equal "stopped" "$(health verifier stopped "netcx/$bad")" false
	is_healthy "netcx/$bad" verifier
	ip link set dev "$bad_netdev" up
	verifier "netcx/$bad" true
	provoke || fail "it is not noticed a second time"
}

# Unverified, the same client is not found out; the rings' own checks keep the kernel safe.
test_off_is_off() {
	local number
	number=$("$tools/verifier_rules" | sed -n 's/ InvalidRingModifiedRxPacket queue//p')
	make_pair "$number"
	verifier "netcx/$bad" false
	must_fail provoke
	expect_equal "the rule" "$(health verifier rule "netcx/$bad")" none
}

# Calls that netcx_sim makes wrongly.
breakable="InvalidQueueHandle IrqlIsNotPassive InvalidLinkState MtuMustBeGreaterThanZero MacAddressLengthTooLong AdapterAlreadyStarted ParameterCantBeNull
InvalidNetAdapterInitSignature QueueAlreadyCreated NetQueueInvalidConfiguration InvalidRSSConfiguration AdapterChangedInInterfaceCallback"

command -v devlink >/dev/null || skip_all "no program devlink"
devlink dev show "$handle" >/dev/null 2>&1 || skip_all "$handle has no devlink instance"
net_up
run_tests test_default test_switch test_switch_under_traffic test_switch_while_down test_mode_is_the_devices_own test_good_client \
	test_reset_is_reported test_reset_by_hand test_reset_by_itself test_good_modes test_every_rule test_recover test_off_is_off

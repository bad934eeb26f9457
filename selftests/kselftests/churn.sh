#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# For a minute, rings, channels, RSS, features, MTU, VLANs, the filter and XDP programs change at random under traffic in both directions.
# No queue hangs, no wakeup is lost, and afterwards traffic flows and no queue holds a packet.
#
#   CHURN_SEED=     seed of the random numbers; the same seed makes the same changes, as far as they take the same time
#   CHURN_SECONDS=  how long, 60 by default
#
# Features that the driver does not have are left out. A change that it refuses (an XDP program at a large MTU) must have no effect.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"

seed=${CHURN_SEED:-82574}
duration=${CHURN_SECONDS:-$((60 / ${SHORT:-1}))}
program=$tools/xdp.bpf.o

# random LIMIT: sets $drawn to a number below LIMIT. Not to be called in a subshell, which would not advance RANDOM.
random() {
	drawn=$(((RANDOM << 15 | RANDOM) % $1))
}

# pick WORD...: sets $picked.
pick() {
	random $#
	shift "$drawn"
	picked=$1
}

# ---- changes: each sets $command ----

change_rings() {
	local rx
	pick 64 64 128 256 512 1024 2048 4096
	rx=$picked
	pick 64 64 128 256 512 1024 2048 4096
	command="ethtool -G $NETIF rx $rx tx $picked"
}

change_channels() {
	random "$channels"
	command="ethtool -L $NETIF combined $((drawn + 1))"
}

change_spreading() {
	local weights="" i
	pick equal default weight
	case $picked in
	equal)
		random "$channels"
		command="ethtool -X $NETIF equal $((drawn + 1))"
		;;
	default) command="ethtool -X $NETIF default" ;;
	weight)
		for i in $(seq 1 "$channels"); do
			random 3
			weights="$weights $((drawn + (i == 1)))"
		done
		command="ethtool -X $NETIF weight$weights"
		;;
	esac
}

change_feature() {
	local name
	# shellcheck disable=SC2086 # a list of names
	pick $features
	name=$picked
	pick on off
	command="ethtool -K $NETIF $name $picked"
}

change_mtu() {
	pick 1280 1500 1500 3000 4000 "$largest"
	command="ip link set dev $NETIF mtu $picked"
}

change_moderation() {
	pick 0 10 50 200
	command="ethtool -C $NETIF rx-usecs $picked tx-usecs $picked"
}

change_filter() {
	pick "promisc on" "promisc off" "allmulticast on" "allmulticast off"
	command="ip link set dev $NETIF $picked"
}

change_vlans() {
	random 20
	if [ -d "/sys/class/net/c$drawn" ]; then
		command="ip link del c$drawn"
	else
		command="ip link add link $NETIF name c$drawn up type vlan id $((drawn + 500))"
	fi
}

change_program() {
	pick on on off
	if [ "$picked" = on ]; then
		command="$tools/xdp_attach $NETIF $program pass"
	else
		command="ip link set dev $NETIF xdp off"
	fi
}

# ---- what takes part ----

choose_changes() {
	local name
	changes="change_mtu change_filter"
	! ethtool -g "$NETIF" >/dev/null 2>&1 || changes="$changes change_rings change_rings"
	! ethtool -c "$NETIF" >/dev/null 2>&1 || changes="$changes change_moderation"
	[ ! -d /sys/module/8021q ] || changes="$changes change_vlans"
	channels=$(channels max)
	case $channels in
	'' | n/a | 0 | 1) channels=1 ;;
	*)
		changes="$changes change_channels change_channels"
		! ethtool -x "$NETIF" >/dev/null 2>&1 || changes="$changes change_spreading"
		;;
	esac
	[ ! -x "$tools/xdp_attach" ] || [ ! -e "$program" ] || changes="$changes change_program change_program"
	features=
	for name in rx-checksumming tx-checksum-ipv4 tx-checksum-ipv6 tx-checksum-ip-generic tx-scatter-gather tx-tcp-segmentation \
		tx-tcp6-segmentation generic-segmentation-offload generic-receive-offload rx-vlan-offload tx-vlan-offload rx-vlan-filter \
		receive-hashing; do
		! can_switch "$name" || features="$features $name"
	done
	[ -z "$features" ] || changes="$changes change_feature change_feature"
	largest=$(largest_mtu)
}

# Restores the settings. What is refused, since another setting is in its way, is left as it is.
restore() {
	local name state
	ip link set dev "$NETIF" xdp off 2>/dev/null || :
	for name in $(seq 0 19); do
		ip link del "c$name" 2>/dev/null || :
	done
	ip link set dev "$NETIF" promisc off allmulticast off mtu 1500
	ethtool -L "$NETIF" combined "$channels_before" >/dev/null 2>&1 || :
	ethtool -X "$NETIF" default >/dev/null 2>&1 || :
	# shellcheck disable=SC2086 # two words
	ethtool -G "$NETIF" $rings >/dev/null 2>&1 || :
	[ -z "$moderation" ] || ethtool -C "$NETIF" rx-usecs "$moderation" tx-usecs "$moderation" >/dev/null 2>&1 || :
	while read -r name state; do
		ethtool -K "$NETIF" "$name" "$state" >/dev/null 2>&1 || :
	done <"$scratch/features"
}

resets() {
	echo "$(statistic tx_timeouts) $(statistic adapter_resets)"
}

# ---- the test ----

test_churn() {
	local end changed=0 refused=0 before name
	rings="rx $(ring rx) tx $(ring tx)"
	channels_before=$(channels)
	moderation=$(ethtool -c "$NETIF" 2>/dev/null | awk '$1 == "rx-usecs:" { print $2; exit }')
	choose_changes
	for name in $features; do
		echo "$name $(feature "$name")"
	done >"$scratch/features"
	defer net_up
	defer restore
	remote ip link set dev "$REMOTE_NETIF" mtu "$largest"
	note "CHURN_SEED=$seed"
	note "$(echo "$changes" | tr ' ' '\n' | sort -u | sed 's/change_//' | tr '\n' ' ')"
	kernel_note "churn seed $seed"
	RANDOM=$seed
	before=$(resets)
	start_traffic
	content_servers
	background streams
	end=$((SECONDS + duration))
	while [ "$SECONDS" -lt "$end" ]; do
		# shellcheck disable=SC2086 # a list of names
		pick $changes
		"$picked"
		echo "$((end - SECONDS)) s left: $command"
		kernel_note "$command"
		# shellcheck disable=SC2086 # a command and its arguments
		if timeout $((30 * scale)) $command >"$scratch/said" 2>&1; then
			changed=$((changed + 1))
		else
			[ $? -ne 124 ] || fail "does not come back: $command"
			refused=$((refused + 1))
			cat "$scratch/said"
		fi
		random 4
		[ "$drawn" -ne 0 ] || wait_for 15 ping_once "$REMOTE_V4" || fail "no answer after: $command"
	done
	note "$changed changes, $refused refused"
	[ "$changed" -ge "$(amount $((duration / 5)) 2)" ] || fail "only $changed changes"
	[ "$(cat "$scratch/streams" 2>/dev/null || echo 0)" -gt 0 ] || fail "no stream went through"
	must_fail grep -h "are right" "$scratch/served" "$scratch/served-remote"
	note "$(cat "$scratch/streams") streams, each byte right"
	expect_equal "timeouts and resets" "$(resets)" "$before"
}

# Streams whose bytes are compared, one after the other. A stream may time out during a change, but no byte may be wrong.
streams() {
	local count=0
	while :; do
		if "$tools/content" send "$REMOTE_V4" "$content_port" 100000 0 write &&
			remote "$remote_tools/content" send "$LOCAL_V6" "$content_port" 100000 0 write; then
			count=$((count + 1))
			echo "$count" >"$scratch/streams"
		fi
	done
}

# BQL's inflight of every queue is 0 when nobody sends.
nothing_is_stuck() {
	local file
	for file in "/sys/class/net/$NETIF/queues/"tx-*/byte_queue_limits/inflight; do
		[ ! -e "$file" ] || [ "$(cat "$file")" = 0 ] || return 1
	done
}

test_nothing_is_stuck() {
	wait_for 5 nothing_is_stuck || fail "on the way: $(grep -H . "/sys/class/net/$NETIF/queues/"tx-*/byte_queue_limits/inflight)"
}

# Single packets with pauses between: each needs a notification, so a lost one shows as a lost packet.
test_every_packet_is_answered() {
	local size
	for size in 56 500 1472; do
		ping_without_loss "" "$(amount 50 10)" -i 0.02 -W 2 -s "$size" "$REMOTE_V4" || fail "size $size: lost"
		ping_without_loss remote "$(amount 50 10)" -i 0.02 -W 2 -s "$size" "$LOCAL_V6" || fail "size $size: lost, from there"
	done
}

test_traffic_flows_afterwards() {
	local how
	expect_traffic
	content_servers
	for how in write 333; do
		content "$REMOTE_V4" "$(amount 500000 50000)" 0 "$how"
		content_back "$LOCAL_V6" "$(amount 500000 50000)" 0 "$how"
	done
}

require_remote_netif
modprobe 8021q 2>/dev/null || :
net_up
run_tests test_churn test_nothing_is_stuck test_every_packet_is_answered test_traffic_flows_afterwards

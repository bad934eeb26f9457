#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# All numbers of queues that netcx_sim can have, also more than processors: each queue works alone and with all others, and none hangs
# while their number changes.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/offload.sh"
. "$(dirname "$0")/pair.sh"
. "$(dirname "$0")/pattern.sh"

# The hash key of Microsoft's RSS verification suite. With a random key flows would sometimes not reach every queue.
hash_key=6d:5a:56:da:25:5b:0e:c2:41:67:25:3d:43:a3:8f:b0:d0:ca:2b:cb:ae:7b:30:b4:77:cb:2d:a3:80:30:f2:0c:6a:42:b7:3b:be:ac:01:fa

# use_queues NUMBER: sets the number of channels of this end.
use_queues() {
	[ "$(channels)" = "$1" ] || ethtool -L "$NETIF" combined "$1"
}

# steer QUEUE: makes this end send and receive by this queue only.
steer() {
	local queue
	[ "$(channels)" -gt 1 ] || return 0
	for queue in "/sys/class/net/$NETIF/queues/tx-"*; do
		if [ "${queue##*-}" = "$1" ]; then
			echo $(((1 << $(nproc)) - 1)) >"$queue/xps_cpus"
		else
			echo 0 >"$queue/xps_cpus"
		fi
	done
	ethtool -X "$NETIF" start "$1" equal 1
}

# packets_of rx|tx: prints the packets of each queue, in order.
packets_of() {
	ethtool -S "$NETIF" | sed -n "s/^ *$1_queue_[0-9]*_packets: //p" | tr '\n' ' '
}

# grown BEFORE AFTER LEAST: prints the numbers of the queues that counted at least LEAST packets more.
grown() {
	awk -v before="$1" -v after="$2" -v least="$3" 'BEGIN {
		split(before, was)
		count = split(after, is)
		for (i = 1; i <= count; i++) {
			if (is[i] - was[i] >= least) {
				printf "%s%d", separator, i - 1
				separator = " "
			}
		}
	}'
}

# Each queue alone carries all traffic in both directions, and a single packet makes it notify.
each_queue_works_alone() {
	local queue rx tx count
	count=$(amount 60 20)
	for queue in $(seq 0 $(($(channels) - 1))); do
		steer "$queue"
		wait_for 10 ping_once "$REMOTE_V4" || fail "queue $queue: no answer"
		rx=$(packets_of rx) tx=$(packets_of tx)
		ping -q -c 3 -i 0.05 -W 5 "$REMOTE_V4" >/dev/null || fail "queue $queue: no answer to single packets"
		expect_no_loss "$REMOTE_V6" "$count"
		expect_equal "rx queues with packets when they go to queue $queue" "$(grown "$rx" "$(packets_of rx)" "$count")" "$queue"
		expect_equal "tx queues with packets when queue $queue sends them" "$(grown "$tx" "$(packets_of tx)" "$count")" "$queue"
	done
}

# Prints the rx queues that get TCP connections from different ports of the other end.
queues_of_flows() {
	local rx
	rx=$(packets_of rx)
	remote bash -c "for ((i = 0; i < 100; i++)); do (exec 3<>/dev/tcp/$LOCAL_V4/\$((20000 + i))) 2>/dev/null || :; done"
	grown "$rx" "$(packets_of rx)" 3
}

# Flows are spread over all queues: by the stack at the sender, by the hash at the receiver.
flows_reach_every_queue() {
	ethtool -X "$NETIF" hkey "$hash_key"
	expect_equal "rx queues that flows come to" "$(queues_of_flows)" "$(seq -s ' ' 0 $(($(queues_of rx) - 1)))"
}

# Prints the RSS table as "QUEUE:ENTRIES ...".
table() {
	ethtool -x "$NETIF" | sed -n 's/^ *[0-9]*: *\([0-9 ]*\)$/\1/p' | tr -s ' ' '\n' | sed '/^$/d' | sort -n | uniq -c |
		awk '{ printf "%s%d:%d", separator, $2, $1; separator = " " }'
}

# The default table for NUMBER queues, in that form.
even_table() {
	awk -v queues="$1" 'BEGIN {
		for (i = 0; i < queues; i++)
			printf "%s%d:%d", i ? " " : "", i, int((128 - i + queues - 1) / queues)
	}'
}

# works_with NUMBER: with devices of that many queues there is one per processor at first, and all if ethtool -L asks for them.
works_with() {
	local cpus
	cpus=$(nproc)
	with_modes "Queues=$1" "Queues=$1"
	expect_equal "most channels" "$(channels max)" "$1"
	expect_equal "channels at first" "$(channels)" $(($1 < cpus ? $1 : cpus))
	use_queues "$1"
	expect_equal "channels" "$(channels)" "$1"
	wait_for 10 ping_once "$REMOTE_V4" || fail "no answer with $1 queues"
	expect_equal "queues in the table" "$(table)" "$(even_table "$1")"
	must_fail ethtool -L "$NETIF" combined $(($1 + 1))
	must_fail ethtool -X "$NETIF" equal $(($1 + 1))
	flows_reach_every_queue
	each_queue_works_alone
}

test_one_queue() {
	works_with 1
}

test_three_queues() {
	works_with 3
}

test_eight_queues() {
	works_with 8
}

test_everything_arrives_over_eight_queues() {
	with_modes "Queues=8" "Queues=8"
	use_queues 8
	remote ethtool -L "$REMOTE_NETIF" combined 8
	wait_for 10 ping_once "$REMOTE_V4"
	everything_arrives
}

# The two ends have different numbers of queues.
test_one_queue_and_eight() {
	with_modes "Queues=8" "Queues=1"
	use_queues 8
	wait_for 10 ping_once "$REMOTE_V4"
	content_servers
	content "$REMOTE_V4" "$(amount 200000 20000)" 0 write
	content_back "$LOCAL_V6" "$(amount 200000 20000)" 0 write
}

# Prints the queues of a direction that the stack sees.
queues_in_sysfs() {
	find "/sys/class/net/$NETIF/queues" -name "$1-*" | wc -l
}

# As NICs have it that only receive scaling is for: one queue to send, several to receive. ethtool -l says so, -L changes the latter only.
test_one_to_send_and_four_to_receive() {
	with_modes "Queues=4 TxQueues=1" "Queues=4 TxQueues=2"
	expect_equal "most combined channels" "$(channels max)" 1
	expect_equal "most rx channels" "$(ethtool_number -l rx max)" 3
	ethtool -L "$NETIF" rx 3
	expect_equal "rx channels" "$(ethtool_number -l rx)" 3
	expect_equal "combined channels" "$(channels)" 1
	expect_equal "rx queues" "$(queues_in_sysfs rx)" 4
	expect_equal "tx queues" "$(queues_in_sysfs tx)" 1
	expect_equal "queues in the table" "$(table)" "$(even_table 4)"
	must_fail ethtool -L "$NETIF" tx 1
	must_fail ethtool -L "$NETIF" combined 2
	must_fail ethtool -L "$NETIF" rx 4
	expect_equal "queues with statistics" "$(ethtool -S "$NETIF" | grep -cE '[rt]x_queue_[0-9]*_packets')" 5
	flows_reach_every_queue
	everything_arrives
	remote ethtool -L "$REMOTE_NETIF" rx 0
	remote ethtool -L "$REMOTE_NETIF" rx 2
	ethtool -L "$NETIF" rx 1
	expect_equal "queues in the table" "$(table)" "$(even_table 2)"
	wait_for 10 ping_once "$REMOTE_V4"
	expect_no_loss "$REMOTE_V4" 100
}

# The other way around: the only queue that receives is also the first that sends.
test_four_to_send_and_one_to_receive() {
	with_modes "Queues=1 TxQueues=4" "Queues=1 TxQueues=4"
	expect_equal "most combined channels" "$(channels max)" 1
	expect_equal "most tx channels" "$(ethtool_number -l tx max)" 3
	ethtool -L "$NETIF" tx 3
	expect_equal "rx queues" "$(queues_in_sysfs rx)" 1
	expect_equal "tx queues" "$(queues_in_sysfs tx)" 4
	everything_arrives
	ethtool -L "$NETIF" tx 0
	expect_equal "tx queues" "$(queues_in_sysfs tx)" 1
	wait_for 10 ping_once "$REMOTE_V4"
	expect_no_loss "$REMOTE_V4" 100
}

# sends_back QUEUE: whether 50 of the other end's packets that come to it are sent back by the only queue. Nobody answers them.
sends_back() {
	local before sent
	before=$(statistic "rx_queue_$1_xdp_tx")
	sent=$(statistic tx_queue_0_xdp_frames)
	remote ping -q -f -c 50 -W 1 "$LOCAL_V4" >/dev/null || :
	[ $(($(statistic "rx_queue_$1_xdp_tx") - before)) -ge 50 ] && [ $(($(statistic tx_queue_0_xdp_frames) - sent)) -ge 50 ]
}

# What a program sends back goes by the only queue, whichever it came by. Sockets need a queue of both directions.
test_xdp_with_one_to_send() {
	local queue
	with_modes "Queues=4 TxQueues=1" "Queues=1"
	ethtool -L "$NETIF" rx 3
	wait_for 10 ping_once "$REMOTE_V4"
	# Its questions for the address come back, too.
	defer remote ip neigh del "$LOCAL_V4" dev "$REMOTE_NETIF"
	remote ip neigh replace "$LOCAL_V4" lladdr "$(address_of)" dev "$REMOTE_NETIF" nud permanent
	attach tx_all
	defer detach
	for queue in 0 1 2 3; do
		ethtool -X "$NETIF" start "$queue" equal 1
		wait_for 15 sends_back "$queue" || fail "queue $queue: $(ethtool -S "$NETIF" | grep xdp_)"
	done
	detach
	ethtool -X "$NETIF" default
	must_fail "$tools/af_xdp" bind "$NETIF" 1 2>/dev/null
	"$tools/af_xdp" bind "$NETIF" 0
	wait_for 10 ping_once "$REMOTE_V4"
	expect_no_loss "$REMOTE_V4" 100
}

# ethtool -X weight is followed.
test_weights() {
	with_modes "Queues=8" "Queues=8"
	use_queues 8
	wait_for 10 ping_once "$REMOTE_V4"
	ethtool -X "$NETIF" weight 0 1 0 0 2 0 0 1 hkey "$hash_key"
	expect_equal "queues in the table" "$(table)" "1:32 4:64 7:32"
	must_fail ethtool -L "$NETIF" combined 7
	expect_equal "rx queues that flows come to" "$(queues_of_flows)" "1 4 7"
}

sends_on() {
	while "$tools/content" send "$REMOTE_V4" "$content_port" "$(amount 50000 5000)" 0 write >/dev/null; do
		:
	done
	echo failed >"$scratch/stream"
}

# Changes the number of channels of both ends for 20 s.
change_numbers_under_traffic() {
	local end=$((SECONDS + 20)) changes=0
	rm -f "$scratch/stream"
	content_servers
	start_traffic 600
	background sends_on
	RANDOM=1
	while [ "$SECONDS" -lt "$end" ]; do
		use_queues $((RANDOM % 8 + 1))
		[ $((RANDOM % 3)) -ne 0 ] || remote ethtool -L "$REMOTE_NETIF" combined $((RANDOM % 8 + 1)) 2>/dev/null || :
		changes=$((changes + 1))
		[ $((RANDOM % 4)) -eq 0 ] || continue
		wait_for 15 ping_once "$REMOTE_V4" || fail "no answer with $(channels) queues, after $changes changes"
	done
	note "$changes changes"
	[ ! -e "$scratch/stream" ] || fail "a stream broke: $(cat "$scratch/served-remote")"
}

# No reset was necessary, and afterwards every queue still notifies.
test_any_numbers_under_traffic() {
	with_modes "Queues=8" "Queues=8"
	(
		deferred=()
		trap run_deferred EXIT
		change_numbers_under_traffic
	)
	expect_equal "time-outs" "$(statistic tx_timeouts)" 0
	expect_equal "resets" "$(statistic adapter_resets)" 0
	use_queues 8
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer"
	each_queue_works_alone
}

# are_urgent yes|no PING-OPTION ...: whether packets that are sent so go through queues of a priority above 0. Some of the stack's own do.
are_urgent() {
	local before urgent expected=$1
	shift
	before=$(statistic sim_tx_urgent)
	expect_no_loss "$REMOTE_V4" 50 "$@"
	urgent=$(($(statistic sim_tx_urgent) - before))
	note "$urgent urgent frames with ping $*"
	[ "$([ "$urgent" -ge 50 ] && echo yes || echo no)" = "$expected" ] || fail "$urgent frames went through urgent queues"
}

# Each priority has its queues from the start, and none can be taken from it. The type of service 8 makes a packet's priority 2, 16 makes it 6.
test_queues_by_priority() {
	with_modes "Priorities=4 Queues=4"
	expect_equal "tx queues" "$(find "/sys/class/net/$NETIF/queues" -name "tx-*" | wc -l)" 4
	are_urgent no
	are_urgent yes -Q 8
	are_urgent no -Q 16
	must_fail ethtool -L "$NETIF" combined 1 tx 1
	everything_arrives
	with_modes "Priorities=8 Queues=8"
	are_urgent yes -Q 16
	# Fewer queues than priorities: the upper ones have none.
	with_modes "Priorities=8 Queues=3"
	are_urgent yes -Q 8
	are_urgent no -Q 16
}

# Which priorities are whose is the user's to say.
test_queues_by_priority_with_mqprio() {
	modprobe -q sch_mqprio || skip "the kernel has no mqprio"
	with_modes "Priorities=4 Queues=4"
	tc qdisc add dev "$NETIF" root mqprio num_tc 4 map 0 0 0 0 0 0 3 0 0 0 0 0 0 0 0 0 hw 1
	are_urgent no -Q 8
	are_urgent yes -Q 16
	must_fail tc qdisc replace dev "$NETIF" root mqprio num_tc 2 map 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 hw 1
	tc qdisc del dev "$NETIF" root
	are_urgent yes -Q 8
	# In software the classes are the qdisc's; afterwards they are the hardware's again.
	tc qdisc add dev "$NETIF" root mqprio num_tc 1 map 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 queues 1@0 hw 0
	are_urgent no -Q 8
	tc qdisc del dev "$NETIF" root
	ip link set dev "$NETIF" down
	local_up
	wait_for 10 ping_once "$REMOTE_V4"
	are_urgent yes -Q 8
	with_modes "Queues=4"
	must_fail tc qdisc add dev "$NETIF" root mqprio num_tc 2 map 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 hw 1
}

# What the driver does not know is named, and no device is made.
test_unknown_keys_are_refused() {
	local device=netcx_sim.77
	defer sh -c "echo $device >/sys/bus/netcx/del_device 2>/dev/null || :"
	must_fail sh -c "echo '$device Wire=77 Quues=2' >/sys/bus/netcx/new_device" 2>/dev/null
	said "has no property 'Quues'" || fail "the key is not named"
	[ ! -e "/sys/bus/netcx/devices/$device" ] || fail "there is a device"
	echo "$device Wire=77 Queues=2" >/sys/bus/netcx/new_device
	wait_for 5 has_netdev "$device" || fail "no device with keys that are known"
}

require_sim
require_vlans
net_up
run_tests test_unknown_keys_are_refused test_one_queue test_three_queues test_eight_queues test_everything_arrives_over_eight_queues \
	test_one_queue_and_eight \
	test_one_to_send_and_four_to_receive test_four_to_send_and_one_to_receive test_xdp_with_one_to_send test_weights test_queues_by_priority test_queues_by_priority_with_mqprio test_any_numbers_under_traffic

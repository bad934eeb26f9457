# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Sourced by every test: TAP output, clean-up, and access to the two NICs.
#
# The NICs are described as in the kernel's drivers/net selftests:
#   NETIF                     the interface under test
#   LOCAL_V4, LOCAL_V6        its addresses
#   REMOTE_V4, REMOTE_V6      the addresses of the other end
#   REMOTE_TYPE, REMOTE_ARGS  how to run a command there: "netns" and a namespace, or "ssh" and a destination
#   REMOTE_NETIF              the other end's interface
#   REMOTE_TOOLS              where the helper programs are there
# and variables of ours:
#   SCALE                     multiplies times, divides amounts; 1 by default, more on a slow kernel
#   SHORT                     divides amounts, for a run that takes less time; 1 by default
#   NETIF_DEVICE, PEER_DEVICE the devices behind both, as their bus calls them; found out if they are PCI devices
#   NETIF_VIRTUAL, PEER_VIRTUAL  what is written to /sys/bus/netcx/new_device to make them, if they are on that bus
#   HOST_CONTROL              a serial port on which a virtual machine's host changes links and plugs NICs
#   TEST_HOST                 not empty in a virtual machine that is there for nothing else

set -u

ksft_skip=4
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${TOOLS:-$here}
remote_tools=${REMOTE_TOOLS:-$tools}
script=$(basename "$0")
scale=${SCALE:-1}
prefix_v4=24
prefix_v6=64

# ---- TAP ----

skip_all() {
	echo "TAP version 13"
	echo "1..0 # SKIP $*"
	exit "$ksft_skip"
}

# Called in a test: fails it with a message.
fail() {
	echo "$*"
	exit 1
}

skip() {
	echo "$*" >"$scratch/skip"
	exit "$ksft_skip"
}

# Called in a test: prints a line, for example a figure, also if the test passes.
note() {
	echo "$*" >>"$scratch/notes"
}

# defer COMMAND...: runs COMMAND when the test ends; the last deferred first. Its failure does not change the test's result.
defer() {
	deferred=("$(printf '%q ' "$@")" "${deferred[@]}")
}

run_deferred() {
	local status=$? command
	trap - ERR
	set +e
	for command in "${deferred[@]}"; do
		eval "$command"
	done
	exit "$status"
}

# run_tests FUNCTION...: runs each in a subshell under set -e and prints TAP; a test's output is shown if it fails. Exits the script with
# the kselftest status.
run_tests() {
	local name status number=0 failed=0 skipped=0 started

	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch"' EXIT
	echo "TAP version 13"
	echo "1..$#"
	for name; do
		number=$((number + 1))
		started=$SECONDS
		kernel_note "$script $name"
		rm -f "$scratch/skip"
		set +e
		(
			deferred=()
			set -eE
			trap run_deferred EXIT
			trap 'echo "$script:${LINENO}: failed: $BASH_COMMAND"' ERR
			"$name"
		) >"$scratch/output" 2>&1 </dev/null
		status=$?
		name=${name#test_}
		[ ! -e "$scratch/notes" ] || { sed 's/^/# /' "$scratch/notes" && rm "$scratch/notes"; }
		case $status in
		0) echo "ok $number $name # $((SECONDS - started)) s" ;;
		"$ksft_skip")
			echo "ok $number $name # SKIP $(cat "$scratch/skip" 2>/dev/null)"
			skipped=$((skipped + 1))
			;;
		*)
			sed 's/^/# /' "$scratch/output"
			echo "not ok $number $name"
			failed=$((failed + 1))
			;;
		esac
	done
	echo "# Totals: pass:$(($# - failed - skipped)) fail:$failed xfail:0 xpass:0 skip:$skipped error:0"
	[ "$failed" -eq 0 ] || exit 1
	[ "$skipped" -lt $# ] || exit "$ksft_skip"
	exit 0
}

# Writes a line to the kernel's log, so that one can tell which test its lines belong to.
kernel_note() {
	echo "netcx selftest: $*" >/dev/kmsg 2>/dev/null || :
}

# ---- small things ----

# wait_for SECONDS COMMAND...: until the command succeeds; fails when it has not within SECONDS times SCALE.
wait_for() {
	local end=$((SECONDS + $1 * scale + 1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.1
	done
}

# must_fail COMMAND...: fails the test if the command succeeds.
must_fail() {
	if "$@"; then
		fail "succeeded but should not: $*"
	fi
}

# expect_equal WHAT GOT WANTED
expect_equal() {
	[ "$2" = "$3" ] || fail "$1 is '$2', wanted '$3'"
}

# background COMMAND...: runs it in the background until the test ends. Its pid is in $background_pid. It gets a process group of its own,
# so that its children, such as those of "remote", are killed too.
background() {
	set -m
	"$@" &
	set +m
	background_pid=$!
	defer end_background "$background_pid"
}

end_background() {
	kill -- "-$1" 2>/dev/null || :
	wait "$1" 2>/dev/null || :
}

# amount NUMBER [LEAST]: NUMBER divided by SCALE and SHORT, but at least LEAST, 1 by default.
amount() {
	local scaled=$(($1 / (scale * ${SHORT:-1})))
	echo $((scaled > ${2:-1} ? scaled : ${2:-1}))
}

require_program() {
	command -v "$1" >/dev/null || skip "no program $1"
}

# ---- the two ends ----

remote() {
	case ${REMOTE_TYPE:-} in
	netns) ip netns exec "$REMOTE_ARGS" "$@" ;;
	# -tt: with a terminal, the remote command is killed when the connection ends.
	ssh) ssh -n -tt "$REMOTE_ARGS" "$(printf '%q ' "$@")" ;;
	*) fail "REMOTE_TYPE is neither netns nor ssh" ;;
	esac
}

# device_of INTERFACE: its device on the PCI or netcx bus; empty if it has none.
device_of() {
	local device=/sys/class/net/$1/device
	[ ! -e "$device" ] || basename "$(readlink -f "$device")"
}

netdev_of() {
	local entry
	for entry in "/sys/bus/"{pci,netcx}"/devices/$1/net/"*; do
		[ -e "$entry" ] && echo "${entry##*/}"
	done
	return 0
}

driver_of() {
	basename "$(readlink "/sys/bus/$bus/devices/$1/driver" 2>/dev/null)"
}

has_netdev() {
	[ -n "$(netdev_of "$1")" ]
}

if [ -n "${NETIF:-}" ] && [ -z "${NETIF_DEVICE:-}" ]; then
	NETIF_DEVICE=$(device_of "$NETIF")
fi
[ -e "/sys/bus/netcx/devices/${NETIF_DEVICE:-none}" ] && bus=netcx || bus=pci

has_carrier() {
	[ "$(cat "/sys/class/net/$1/carrier" 2>/dev/null)" = 1 ]
}

no_carrier() {
	[ "$(cat "/sys/class/net/$1/carrier" 2>/dev/null)" = 0 ]
}

ping_once() {
	ping -c 1 -W 1 "$1"
}

set_addresses() {
	local where=$1 interface=$2
	shift 2
	$where ip addr replace "$1/$prefix_v4" dev "$interface"
	$where ip addr replace "$2/$prefix_v6" dev "$interface" nodad
}

# Renames the interface under test to $NETIF, sets it up and gives it its addresses. After loading a driver or binding a device the
# interface is a new one with a name of the kernel's.
local_up() {
	local name
	if [ -n "${NETIF_DEVICE:-}" ]; then
		wait_for 10 has_netdev "$NETIF_DEVICE" || fail "no interface appears on $NETIF_DEVICE"
		name=$(netdev_of "$NETIF_DEVICE")
		[ "$name" = "$NETIF" ] || { ip link set dev "$name" down && ip link set dev "$name" name "$NETIF"; }
	fi
	ip link set dev "$NETIF" up mtu 1500
	set_addresses "" "$NETIF" "$LOCAL_V4" "$LOCAL_V6"
}

# The same for the other end, if it is in this machine. A new interface appears in the initial network namespace and is moved.
remote_up() {
	local name
	[ "$REMOTE_TYPE" = netns ] || return 0
	if [ -n "${PEER_DEVICE:-}" ] && ! remote ip link show dev "$REMOTE_NETIF" >/dev/null 2>&1; then
		wait_for 10 has_netdev "$PEER_DEVICE" || fail "no interface appears on $PEER_DEVICE"
		name=$(netdev_of "$PEER_DEVICE")
		ip link set dev "$name" down
		ip link set dev "$name" netns "$REMOTE_ARGS" name "$REMOTE_NETIF"
	fi
	remote ip link set dev "$REMOTE_NETIF" up mtu 1500
	set_addresses remote "$REMOTE_NETIF" "$REMOTE_V4" "$REMOTE_V6"
}

# The state in which every test starts: both interfaces named, up, with addresses and the default MTU, and they answer each other's pings.
net_up() {
	local_up
	remote_up
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer from $REMOTE_V4"
	wait_for 15 ping_once "$REMOTE_V6" || fail "no answer from $REMOTE_V6"
}

# Fails the test unless, within 20 s, a flood ping passes without loss.
expect_traffic() {
	wait_for 20 flood_without_loss "$REMOTE_V4" 100 || flood_without_loss "$REMOTE_V4" 100 || fail "no traffic"
}

# sum_of rx|tx COUNTER: the sum of ethtool -S's rx_queue_*_COUNTER or tx_queue_*_COUNTER over all queues.
sum_of() {
	ethtool -S "$NETIF" | awk -v prefix="$1_queue_" -v suffix="_$2:" '
		index($1, prefix) == 1 && substr($1, length($1) - length(suffix) + 1) == suffix { sum += $2 } END { print sum + 0 }'
}

# echo_replies [remote]: ICMP echo replies that this end, or the other, has received so far.
echo_replies() {
	${1:-} cat /proc/net/snmp /proc/net/snmp6 2>/dev/null | awk '
		$1 == "Icmp:" && !named { named = split($0, name); next }
		$1 == "Icmp:" { for (i = 2; i <= NF; i++) if (name[i] == "InEchoReps") sum += $i }
		$1 == "Icmp6InEchoReplies" { sum += $2 }
		END { print sum + 0 }'
}

# has_replies "remote"|"" BEFORE COUNT
has_replies() {
	[ $(($(echo_replies "$1") - $2)) -ge "$3" ]
}

# ping_without_loss "remote"|"" COUNT OPTIONS...: from this end or the other. ping waits for the last reply only twice as long as the
# earlier ones took, too short on a busy machine; so replies that come later are looked for in the ICMP counters.
ping_without_loss() {
	local end=$1 count=$2 before result
	shift 2
	before=$(echo_replies "$end")
	result=$($end ping -q -c "$count" "$@") || :
	case $result in
	*"$count packets transmitted, $count received, 0% packet loss"*) return ;;
	esac
	wait_for 5 has_replies "$end" "$before" "$count" || {
		echo "$result"
		return 1
	}
}

# flood_without_loss ADDRESS COUNT [ping's options]. On a slow kernel with -A, which waits for each reply, instead of -f: a flood would
# overrun the receive buffer of ping's own socket.
flood_without_loss() {
	local address=$1 count=$2 pace=-f
	shift 2
	[ "$scale" -eq 1 ] || pace=-A
	ping_without_loss "" "$count" "$pace" -W 5 "$@" "$address"
}

expect_no_loss() {
	flood_without_loss "$@" || fail "packets are lost"
}

# start_traffic [BYTES]: sends bursts of datagrams in both directions until the test ends; send errors are ignored.
start_traffic() {
	background "$tools/blast" "$REMOTE_V4" 9 "${1:-1400}" $((5 * scale))
	background remote "$remote_tools/blast" "$LOCAL_V4" 9 "${1:-1400}" $((5 * scale))
}

# if_of [remote], address_of [remote]: the interface of this end, or the other, and its MAC address.
if_of() {
	if [ "${1:-}" = remote ]; then echo "$REMOTE_NETIF"; else echo "$NETIF"; fi
}

address_of() {
	${1:-} cat "/sys/class/net/$(if_of "${1:-}")/address"
}

has_result() {
	[ "$(wc -l <"$1")" -ge 2 ]
}

# forget FILE: empties it before a background command writes to it, so that waiting for its first line does not find an old one.
forget() {
	: >"$1"
}

# count_frames DESTINATION COUNT WANTED [TAG]: the other end sends COUNT frames, with a VLAN tag if TAG is given; prints how many this
# end's NIC received. After they were sent it waits up to 3 s for WANTED frames, or a moment if WANTED is 0.
count_frames() {
	local counter
	forget "$scratch/count"
	"$tools/frames" count "$NETIF" "$1" "$2" $((100000 * scale)) >"$scratch/count" &
	counter=$!
	wait_for 10 grep -q ready "$scratch/count" || fail "the counter does not start"
	remote "$remote_tools/frames" send "$REMOTE_NETIF" "$1" "$2" 60 ${4:+"$4"}
	if [ "$3" -gt 0 ]; then
		wait_for 3 has_result "$scratch/count" || :
	else
		sleep "$(awk "BEGIN { print 0.3 * $scale }")"
	fi
	kill "$counter" 2>/dev/null || :
	wait "$counter"
	tail -n 1 "$scratch/count"
}

# ---- the driver ----

# module_of DEVICE: the module of its driver; empty if it is built in or there is no driver.
module_of() {
	local module
	module=$(readlink "/sys/bus/$bus/devices/$1/driver/module" 2>/dev/null) || return 0
	echo "${module##*/}"
}

require_module() {
	[ -n "${driver_module:-}" ] || skip "the driver of $NETIF is no module"
}

# Unloads the driver of the NIC and, if no other client uses it, netcx.ko.
unload_driver() {
	rmmod "$driver_module"
	[ ! -d /sys/module/netcx ] || [ "$(cat /sys/module/netcx/refcnt)" != 0 ] || rmmod netcx
}

load_driver() {
	modprobe "$driver_module"
	make_virtual_devices
}

# Devices of the virtual bus disappear when netcx.ko is unloaded; makes those that are missing.
make_virtual_devices() {
	local device
	for device in "${NETIF_VIRTUAL:-}" "${PEER_VIRTUAL:-}"; do
		[ -z "$device" ] || [ -e "/sys/bus/netcx/devices/${device%% *}" ] || echo "$device" >/sys/bus/netcx/new_device
	done
}

counter() {
	cat "/sys/class/net/$NETIF/statistics/$1"
}

# statistic NAME [INTERFACE]: a counter of ethtool -S.
statistic() {
	ethtool -S "${2:-$NETIF}" | awk -v name="$1:" '$1 == name { print $2 }'
}

# The numbers of "ethtool -g" and "ethtool -l" as they are now, or with "max" the largest:
# ethtool_number OPTION NAME [max]
ethtool_number() {
	local section="Current"
	[ "${3:-}" != max ] || section="Pre-set"
	ethtool "$1" "$NETIF" 2>/dev/null | awk -v section="$section" -v name="$2" '
		/^Pre-set/ || /^Current/ { here = index($0, section) == 1 }
		here && tolower($1) == name ":" { print $2; exit }'
}

# ring rx|tx [max]
ring() {
	ethtool_number -g "$@"
}

# channels [max]: the combined ones
channels() {
	ethtool_number -l combined "$@"
}

# queues_of rx|tx [max]: of one direction, with those of the combined channels.
queues_of() {
	local kind count sum=0
	for kind in combined "$1"; do
		count=$(ethtool_number -l "$kind" "${2:-}")
		case $count in
		'' | *[!0-9]*) ;;
		*) sum=$((sum + count)) ;;
		esac
	done
	echo "$sum"
}

# queue_pairs [max]: the queues of the direction that has more of them; a NIC may have fewer of the other.
queue_pairs() {
	local rx tx
	rx=$(queues_of rx "$@") tx=$(queues_of tx "$@")
	echo $((rx > tx ? rx : tx))
}

# set_queue_pairs NUMBER: of each direction, or as many as there are. ethtool fails if nothing would change.
set_queue_pairs() {
	local number=$1 rx tx combined
	local -a wanted
	[ "$(queue_pairs)" != "$number" ] || return 0
	rx=$(queues_of rx max) tx=$(queues_of tx max)
	rx=$((number < rx ? number : rx)) tx=$((number < tx ? number : tx))
	combined=$((rx < tx ? rx : tx))
	wanted=(combined "$combined")
	[ "$(queues_of rx max)" -eq "$(channels max)" ] || wanted+=(rx $((rx - combined)))
	[ "$(queues_of tx max)" -eq "$(channels max)" ] || wanted+=(tx $((tx - combined)))
	ethtool -L "$NETIF" "${wanted[@]}"
}

# max_mtu [remote]: the largest that an end says it takes.
max_mtu() {
	${1:-} ip -d link show dev "$(if_of "${1:-}")" | sed -n 's/.* maxmtu \([0-9]*\).*/\1/p'
}

# The largest that both ends take, at most 9000.
largest_mtu() {
	local here there
	here=$(max_mtu) there=$(max_mtu remote)
	[ "$here" -lt "$there" ] || here=$there
	echo $((here < 9000 ? here : 9000))
}

require_jumbo() {
	[ "$(largest_mtu)" -ge 9000 ] || skip "no frames of 9000 bytes"
}

# What cannot be set cannot be set to what it is either.
require_settable_address() {
	ip link set dev "$NETIF" address "$(address_of)" 2>/dev/null || skip "the address cannot be changed"
}

# Prints the counters of lost frames of both ends, for a failing test's output.
show_losses() {
	local losses='(drop|miss|no_buffer|no_memory|error|ignored|invalid|fail)[^:]*: [1-9]'
	echo "$NETIF:"
	ethtool -S "$NETIF" | grep -E "$losses" || :
	echo "$REMOTE_NETIF:"
	remote ethtool -S "$REMOTE_NETIF" | grep -E "$losses" || :
}

has_statistic() {
	[ -n "$(statistic "$1")" ]
}

# Fails the test if kmemleak has found anything. It reports objects that are older than 5 s and were found in two scans.
expect_no_leak() {
	local leaks=/sys/kernel/debug/kmemleak found
	[ -w "$leaks" ] || skip "the kernel has no kmemleak"
	sleep 6
	echo scan >"$leaks"
	sleep 6
	echo scan >"$leaks"
	found=$(cat "$leaks")
	[ -z "$found" ] || fail "kmemleak found: $found"
}

# ---- suspend ----

pm_test=/sys/power/pm_test

can_suspend() {
	[ -w "$pm_test" ] && grep -q freeze /sys/power/state
}

# Suspends all devices and resumes them, with the kernel's pm_test facility at level "devices".
suspend_devices() {
	local delay=/sys/module/suspend/parameters/pm_test_delay failed=0
	[ ! -w "$delay" ] || echo 1 >"$delay"
	echo devices >"$pm_test"
	echo freeze >/sys/power/state || failed=1
	echo none >"$pm_test"
	return "$failed"
}

# ---- the virtual machine's host ----

# host_control REQUEST...: "link nic0 off", "unplug nic0", ...; see selftests/host/run.
host_control() {
	local answer
	exec 8<>"$HOST_CONTROL"
	echo "$*" >&8
	read -r -t 30 answer <&8 || answer="error: no answer"
	exec 8>&-
	[ "$answer" = ok ] || fail "host: $*: $answer"
}

require_host_control() {
	[ -n "${HOST_CONTROL:-}" ] || skip "needs the test host"
}

# ---- checks before the first test ----

[ "$(id -u)" -eq 0 ] || skip_all "needs root"
for variable in NETIF LOCAL_V4 LOCAL_V6 REMOTE_V4 REMOTE_V6 REMOTE_TYPE REMOTE_ARGS; do
	[ -n "${!variable:-}" ] || skip_all "needs $variable"
done
REMOTE_NETIF=${REMOTE_NETIF:-}
driver_module=$(module_of "${NETIF_DEVICE:-none}")

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034
#
# Sourced by tests of offloads, after lib.sh: features of both ends, VLANs between them, and data that the other end compares.

content_port=5203
# Destination addresses of the packets of tools/packets.c, which the receiving stack must accept.
packets_v4=198.18.0.2/24
packets_v6=fd00::2/64

# ---- features ----

# feature NAME [remote]: prints "on" or "off".
feature() {
	${2:-} ethtool -k "$(if_of "${2:-}")" | sed -n "s/^[[:space:]]*$1: \(on\|off\).*/\1/p"
}

can_switch() {
	ethtool -k "$NETIF" | grep -qE "^[[:space:]]*$1: (on|off)( \[(not )?requested.*)?$"
}

# switch FEATURE on|off ...: sets features until the test ends. One that is fixed, or depends on another, is left as it is.
switch() {
	local i name
	# All are saved first, since changing one can change another.
	for ((i = 1; i <= $#; i += 2)); do
		name=${!i}
		! can_switch "$name" || defer ethtool -K "$NETIF" "$name" "$(feature "$name")"
	done
	while [ $# -gt 0 ]; do
		! can_switch "$1" || ethtool -K "$NETIF" "$1" "$2" >/dev/null 2>&1 || :
		shift 2
	done
}

# The same for the other end.
switch_remote() {
	while [ $# -gt 0 ]; do
		defer remote ethtool -K "$REMOTE_NETIF" "$1" "$(feature "$1" remote)"
		remote ethtool -K "$REMOTE_NETIF" "$1" "$2" >/dev/null 2>&1 || :
		shift 2
	done
}

# Switches the other end's receive offloads off: its stack checks every checksum, merges nothing, and gets frames of all VLANs.
remote_is_strict() {
	switch_remote rx-checksumming off generic-receive-offload off
	defer remote ip link set dev "$REMOTE_NETIF" promisc off
	remote ip link set dev "$REMOTE_NETIF" promisc on
}

require_remote_netif() {
	[ -n "$REMOTE_NETIF" ] || skip_all "needs REMOTE_NETIF"
}

# ---- VLANs ----

vlan_v4() {
	echo "198.19.$(($1 % 250)).$2"
}

vlan_v6() {
	echo "fd01:$(printf '%x' "$1")::$2"
}

# vlan_add ID [PROTOCOL [LOCAL REMOTE]]: adds a VLAN device "v<ID>" with addresses on both ends until the test ends, on top of the NICs
# or of the devices LOCAL and REMOTE.
vlan_add() {
	local id=$1 protocol=${2:-802.1Q}
	defer vlan_delete "$id"
	ip link add link "${3:-$NETIF}" name "v$id" type vlan protocol "$protocol" id "$id"
	remote ip link add link "${4:-$REMOTE_NETIF}" name "v$id" type vlan protocol "$protocol" id "$id"
	ip link set dev "v$id" up
	remote ip link set dev "v$id" up
	ip addr add "$(vlan_v4 "$id" 1)/24" dev "v$id"
	remote ip addr add "$(vlan_v4 "$id" 2)/24" dev "v$id"
	ip addr add "$(vlan_v6 "$id" 1)/64" dev "v$id" nodad
	remote ip addr add "$(vlan_v6 "$id" 2)/64" dev "v$id" nodad
	wait_for 15 ping_once "$(vlan_v4 "$id" 2)" || fail "VLAN $id: no answer over IPv4"
	wait_for 15 ping_once "$(vlan_v6 "$id" 2)" || fail "VLAN $id: no answer over IPv6"
}

vlan_delete() {
	ip link del dev "v$1" 2>/dev/null || :
	remote ip link del dev "v$1" 2>/dev/null || :
}

require_vlans() {
	modprobe 8021q 2>/dev/null || :
	ip link add link "$NETIF" name vprobe type vlan id 4094 2>/dev/null || skip_all "the kernel has no VLANs"
	ip link del dev vprobe
}

# ---- content ----

# Starts the server of tools/content on both ends, until the test ends.
content_servers() {
	background "$tools/content" serve "$content_port" >"$scratch/served" 2>&1
	background remote "$remote_tools/content" serve "$content_port" >"$scratch/served-remote" 2>&1
	wait_for 10 grep -q ready "$scratch/served" || fail "no server: $(cat "$scratch/served")"
	wait_for 10 grep -q ready "$scratch/served-remote" || fail "no server there: $(cat "$scratch/served-remote")"
}

# content ADDRESS BYTES MSS HOW [options]: sends from this end; fails the test and prints what the server found wrong.
content() {
	local address=$1
	shift
	timeout $((60 * scale)) "$tools/content" send "$address" "$content_port" "$@" ||
		fail "content to $address, $*: $(cat "$scratch/served" "$scratch/served-remote")"
}

content_back() {
	local address=$1
	shift
	remote timeout $((60 * scale)) "$remote_tools/content" send "$address" "$content_port" "$@" ||
		fail "content from there to $address, $*: $(cat "$scratch/served" "$scratch/served-remote")"
}

datagrams() {
	local address=$1
	shift
	timeout $((120 * scale)) "$tools/content" datagrams "$address" "$content_port" "$@" ||
		fail "datagrams to $address, $*: $(cat "$scratch/served" "$scratch/served-remote")"
}

# ---- packets ----

# packets_there KINDS [WORK [INTERFACE TAG]]: sends packets on the NIC, or INTERFACE, and compares them at the other end.
packets_there() {
	local kinds=$1 work=${2:-device} interface=${3:-$NETIF} tag=${4:--}
	forget "$scratch/packets"
	remote "$remote_tools/packets" check "$REMOTE_NETIF" "$kinds" "$tag" any $((15000 * scale)) >"$scratch/packets" 2>&1 &
	wait_for 10 grep -q ready "$scratch/packets" || fail "nobody listens: $(cat "$scratch/packets")"
	"$tools/packets" send "$interface" "$(address_of remote)" "$kinds" "$work"
	wait $! || { cut -c 1-160 "$scratch/packets" | head -n 40; fail "$kinds, work left to: $work: $(tail -n 1 "$scratch/packets")"; }
	tail -n 1 "$scratch/packets"
}

# packets_here KINDS WORK CLAIMS: the other end sends packets, which are compared here.
packets_here() {
	local kinds=$1 work=$2 claims=$3
	forget "$scratch/packets"
	"$tools/packets" check "$NETIF" "$kinds" - "$claims" $((15000 * scale)) >"$scratch/packets" 2>&1 &
	wait_for 10 grep -q ready "$scratch/packets" || fail "nobody listens: $(cat "$scratch/packets")"
	remote "$remote_tools/packets" send "$REMOTE_NETIF" "$(address_of)" "$kinds" "$work"
	wait $! || { cut -c 1-160 "$scratch/packets" | head -n 40; fail "$kinds, $work, claims $claims: $(tail -n 1 "$scratch/packets")"; }
	tail -n 1 "$scratch/packets"
}

# both_mtu SIZE: sets the MTU of both ends until the test ends.
both_mtu() {
	defer net_up
	ip link set dev "$NETIF" mtu "$1"
	remote ip link set dev "$REMOTE_NETIF" mtu "$1"
	wait_for 15 ping_once "$REMOTE_V4" || fail "no answer with MTU $1"
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034
#
# Sourced by tests of netcx_sim, after offload.sh: makes the pair of devices anew with other modes.

require_sim() {
	[ "$(driver_of "${NETIF_DEVICE:-none}")" = netcx_sim ] || skip_all "$NETIF is no netcx_sim"
	[ "$(driver_of "${PEER_DEVICE:-none}")" = netcx_sim ] || skip_all "$REMOTE_NETIF is no netcx_sim"
}

# pair [MODES [PEER_MODES]]: deletes both devices and creates them with these modes, or the default ones.
pair() {
	NETIF_VIRTUAL="$NETIF_DEVICE ${1:-}"
	PEER_VIRTUAL="$PEER_DEVICE ${2:-}"
	delete_pair
	make_virtual_devices
	net_up
}

delete_pair() {
	local device
	for device in "$NETIF_DEVICE" "$PEER_DEVICE"; do
		[ ! -e "/sys/bus/netcx/devices/$device" ] || echo "$device" >/sys/bus/netcx/del_device
	done
}

# with_modes MODES [PEER_MODES]: the same until the test ends.
with_modes() {
	defer pair "$NETIF_MODES" "$PEER_MODES"
	pair "$@"
}

# Checks that everything arrives as it was sent, in both directions: frames of all sizes, segmented streams, VLANs, checksums.
everything_arrives() {
	local size
	for size in 0 18 57 100 254 255 256 511 512 513 1471 1472; do
		# With -i ping waits at least that long for the last reply, else for twice the longest round trip.
		expect_no_loss "$REMOTE_V4" 5 -s "$size" -M "do" -i 0.05
	done
	expect_no_loss "$REMOTE_V6" "$(amount 200)"
	expect_no_loss "$REMOTE_V4" 5 -s 20000 -i 0.1
	remote_is_strict
	vlan_add 100
	content_servers
	content "$REMOTE_V4" "$(amount 100000 20000)" 0 write
	content "$REMOTE_V6" "$(amount 100000 20000)" 537 333
	content "$(vlan_v4 100 2)" "$(amount 100000 20000)" 0 write
	content_back "$LOCAL_V4" "$(amount 100000 20000)" 0 write
	content_back "$(vlan_v6 100 1)" "$(amount 100000 20000)" 1001 333
	datagrams "$REMOTE_V4" "$(amount 60 20)" 1
	datagrams "$REMOTE_V6" "$(amount 60 20)" write
	expect_equal "invalid packets" "$(sum_of rx invalid)" 0
	expect_equal "packets that the device could not send" "$(statistic sim_tx_bad)" 0
}

# said TEXT: succeeds if the kernel's log has it since the test began.
said() {
	dmesg | awk -v text="$1" '/netcx selftest:/ { found = 0 } index($0, text) { found = 1 } END { exit !found }'
}

# The modes of the devices before the test.
NETIF_VIRTUAL=${NETIF_VIRTUAL:-} PEER_VIRTUAL=${PEER_VIRTUAL:-}
NETIF_MODES=${NETIF_VIRTUAL#* }
PEER_MODES=${PEER_VIRTUAL#* }

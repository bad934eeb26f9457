# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What selftests/sdk/run.sh runs in the test host, where netcx_sim.ko was built outside of the tree.
set -eu
export SHORT=4

die() {
	echo "guest.sh: $*"
	exit 1
}

# refused MODULE WHY: loading it fails, and the kernel's log says why
refused() {
	! modprobe "$1" 2>/dev/null || die "$1 was loaded"
	[ ! -e "/sys/module/$1" ] || die "$1 is there"
	dmesg | grep -E "$2" || die "the log does not say why $1 was refused: $(dmesg | tail -n 5)"
}

ping -c 3 -W 10 "$REMOTE_V4"

this=$(modinfo -F version netcx) abi=$(modinfo -F netcx_abi netcx)
[ "$(modinfo -F netcx_abi netcx_sim)" = "$abi" ] || die "netcx_sim is not for ABI $abi"
[ "$(modinfo -F netcx_abi netcx_other_abi)" = 4711 ] || die "netcx_other_abi is not for another ABI"
refused netcx_other_abi "netcx_other_abi was built for netcx 8\.7 with ABI 4711, and this is netcx $this with ABI $abi:"
if modinfo -F vermagic netcx | grep -qw modversions; then
	echo 'netcx selftest: expect symbols' >/dev/kmsg
	refused netcx_other_prototype "netcx_other_prototype: disagrees about version of symbol NetAdapterSetLinkState"
	echo 'netcx selftest: expect nothing' >/dev/kmsg
fi

# The pair as the init of the test host has made it, and one on the virtual bus.
export NETCX_KSELFTESTS=/kselftests
ip -n peer link set "$REMOTE_NETIF" netns 1
first=$NETIF second=$REMOTE_NETIF
unset NETIF NETIF_VIRTUAL PEER_VIRTUAL NETIF_DEVICE PEER_DEVICE REMOTE_TYPE REMOTE_ARGS REMOTE_NETIF
! netcx-conform --module netcx --peer "$second" "$first" ping.sh || die "netcx-conform takes a module that drives no NIC"
netcx-conform --module netcx_sim --peer "$second" "$first" ping.sh
[ -e "/sys/class/net/$second" ] || die "netcx-conform has kept $second"
for device in netcx_sim.0 netcx_sim.1; do
	echo "$device" >/sys/bus/netcx/del_device
done
netcx-conform --module netcx_sim --virtual ping.sh
[ ! -e /sys/bus/netcx/devices/netcx_sim.0 ] || die "netcx-conform has left a device"
! ip netns list | grep -q netcx-conform || die "netcx-conform has left a namespace"

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wake on LAN, ethtool -s NIC wol; and the addresses of the interface that the adapter answers for
 * while the machine sleeps.
 */
#include <linux/ethtool.h>
#include <linux/inetdevice.h>
#include <linux/pm_wakeup.h>
#include <net/addrconf.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "wake.h"

#define NETCX_WAKE_BY_FILTER	(WAKE_UCAST | WAKE_MCAST | WAKE_BCAST)

/* Pattern of an ARP request: EtherType 0x0806, operation 1. */
static const u8 netcx_wake_arp_pattern[22] = {
	[12] = 0x08, [13] = 0x06, [20] = 0x00, [21] = 0x01,
};

static const u8 netcx_wake_arp_mask[3] = { 0x00, 0x30, 0x30 };

static const struct netcx_wake_pattern netcx_wake_arp = {
	.pattern = netcx_wake_arp_pattern,
	.pattern_size = sizeof(netcx_wake_arp_pattern),
	.mask = netcx_wake_arp_mask,
	.mask_size = sizeof(netcx_wake_arp_mask),
};

static u32 netcx_wake_offered(const struct netcx_adapter *adapter)
{
	u32 offered = 0;

	if (adapter->wake_media_change.MediaConnect || adapter->wake_media_change.MediaDisconnect)
		offered |= WAKE_PHY;
	if (adapter->wake_packet_filter.PacketFilterMatch)
		offered |= NETCX_WAKE_BY_FILTER;
	if (adapter->wake_bitmap.BitmapPattern &&
	    adapter->wake_bitmap.MaximumPatternSize >= sizeof(netcx_wake_arp_pattern))
		offered |= WAKE_ARP;
	if (adapter->wake_magic_packet.MagicPacket)
		offered |= WAKE_MAGIC;
	return offered;
}

void netcx_get_wol(struct net_device *netdev, struct ethtool_wolinfo *wol)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	wol->supported = netcx_wake_offered(nd->adapter);
	wol->wolopts = nd->wake;
}

int netcx_set_wol(struct net_device *netdev, struct ethtool_wolinfo *wol)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_adapter *adapter = nd->adapter;
	const u32 chosen = wol->wolopts;
	const struct netcx_wake wake = {
		.magic_packet = !!(chosen & WAKE_MAGIC),
		.packet_filter = !!(chosen & NETCX_WAKE_BY_FILTER),
		.media_connect = (chosen & WAKE_PHY) && adapter->wake_media_change.MediaConnect,
		.media_disconnect = (chosen & WAKE_PHY) &&
				    adapter->wake_media_change.MediaDisconnect,
		.pattern_count = !!(chosen & WAKE_ARP),
		.patterns = &netcx_wake_arp,
	};
	int err;

	if (chosen & ~netcx_wake_offered(adapter))
		return -EOPNOTSUPP;
	if (!netcx_core_device_wake_is_users(nd->device->core))
		return -EPERM;
	/* The client is asked whether there is room for the pattern. */
	if (!nd->datapath)
		return -ENETDOWN;
	err = netcx_core_adapter_set_wake(nd->adapter, &wake);
	if (err)
		return err;
	nd->wake = chosen;
	device_set_wakeup_enable(nd->device->dev, !!chosen);
	return 0;
}

/* Tells the PM core whether the device can wake the machine. */
void netcx_wake_init(struct netcx_netdev *nd)
{
	if (netcx_wake_offered(nd->adapter))
		device_set_wakeup_capable(nd->device->dev, true);
}

/* For "wol umb": every packet that passes the filter wakes the machine, so it is set to these. */
static void netcx_wake_set_filter(struct netcx_netdev *nd)
{
	u32 filter = 0;

	if (nd->wake & WAKE_UCAST)
		filter |= NetPacketFilterFlagDirected;
	if (nd->wake & WAKE_MCAST)
		filter |= NetPacketFilterFlagAllMulticast;
	if (nd->wake & WAKE_BCAST)
		filter |= NetPacketFilterFlagBroadcast;
	filter &= nd->adapter->receive_filter.SupportedPacketFilters;
	mutex_lock(&nd->filter_lock);
	netcx_core_adapter_set_receive_filter(nd->adapter, filter, NULL, 0);
	mutex_unlock(&nd->filter_lock);
}

static void netcx_wake_offload_arp(struct netcx_netdev *nd)
{
	const struct in_device *in_dev = __in_dev_get_rtnl(nd->netdev);
	NET_IPV4_ADDRESS addresses[NETCX_CORE_POWER_OFFLOADS];
	const struct in_ifaddr *ifa;
	u32 count = 0;

	if (in_dev) {
		in_dev_for_each_ifa_rtnl(ifa, in_dev) {
			if (count < ARRAY_SIZE(addresses))
				addresses[count].Address = (__force u32)ifa->ifa_local;
			count++;
		}
	}
	netcx_core_adapter_set_arp_offload(nd->adapter, addresses, count);
}

static void netcx_wake_offload_ns(struct netcx_netdev *nd)
{
	NET_IPV6_ADDRESS addresses[NETCX_CORE_POWER_OFFLOADS];
	u32 count = 0;
#if IS_ENABLED(CONFIG_IPV6)
	struct inet6_dev *idev = __in6_dev_get(nd->netdev);
	const struct inet6_ifaddr *ifa;

	if (idev) {
		read_lock_bh(&idev->lock);
		list_for_each_entry(ifa, &idev->addr_list, if_list) {
			if (count < ARRAY_SIZE(addresses))
				memcpy(addresses[count].Value, &ifa->addr, sizeof(ifa->addr));
			count++;
		}
		read_unlock_bh(&idev->lock);
	}
#endif
	netcx_core_adapter_set_ns_offload(nd->adapter, addresses, count);
}

/* Called under rtnl at suspend, when the queues have been destroyed. */
void netcx_wake_prepare(struct netcx_netdev *nd)
{
	if (!nd->wake)
		return;
	if (nd->wake & NETCX_WAKE_BY_FILTER)
		netcx_wake_set_filter(nd);
	if (nd->adapter->power_arp.ArpOffload)
		netcx_wake_offload_arp(nd);
	if (nd->adapter->power_ns.NSOffload)
		netcx_wake_offload_ns(nd);
}

void netcx_os_device_woken(struct netcx_os_device *device)
{
	pm_wakeup_event(device->dev, 0);
}

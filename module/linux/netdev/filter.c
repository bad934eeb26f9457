// SPDX-License-Identifier: GPL-2.0-only
/*
 * The receive filter. ndo_set_rx_mode is atomic and EvtSetReceiveFilter may sleep, so a work item
 * stands between them; it conveys the state the netdev is in when it runs.
 */
#include <linux/slab.h>

#include "../../core/core.h"
#include "filter.h"
#include "netdev_priv.h"
#include "vlan.h"

/* What of @wanted the client cannot filter is widened to what it can. */
static NET_PACKET_FILTER_FLAGS netcx_filter_widen(u32 wanted, u32 supported)
{
	if ((wanted & NetPacketFilterFlagMulticast) & ~supported)
		wanted |= NetPacketFilterFlagAllMulticast;
	if ((wanted & NetPacketFilterFlagAllMulticast) & ~supported)
		wanted |= NetPacketFilterFlagPromiscuous;
	return wanted & supported;
}

/* Copies the list of addresses, since the client must not see it change. */
static void netcx_filter_apply_addresses(struct netcx_netdev *nd)
{
	const NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *caps = &nd->adapter->receive_filter;
	u32 filter = NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast;
	NET_ADAPTER_LINK_LAYER_ADDRESS *list = NULL;
	struct net_device *netdev = nd->netdev;
	struct netdev_hw_addr *address;
	NET_PACKET_FILTER_FLAGS flags;
	u32 room, count = 0;
	int err;

	if (!caps->EvtSetReceiveFilter && !nd->adapter->packet_filter.Size)
		return;
	room = min_t(u32, READ_ONCE(netdev->mc.count), caps->MaximumMulticastAddresses);
	if (room) {
		list = kvcalloc(room, sizeof(*list), GFP_KERNEL);
		if (!list)
			filter |= NetPacketFilterFlagAllMulticast;
	}

	netif_addr_lock_bh(netdev);
	if (netdev->flags & IFF_PROMISC)
		filter |= NetPacketFilterFlagPromiscuous;
	if ((netdev->flags & IFF_ALLMULTI) || netdev_mc_count(netdev) > room) {
		filter |= NetPacketFilterFlagAllMulticast;
	} else if (list) {
		netdev_for_each_mc_addr(address, netdev) {
			NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&list[count], ETH_ALEN, address->addr);
			count++;
		}
	}
	netif_addr_unlock_bh(netdev);
	if (count)
		filter |= NetPacketFilterFlagMulticast;

	flags = netcx_filter_widen(filter, caps->SupportedPacketFilters);
	err = netcx_core_adapter_set_receive_filter(nd->adapter, flags, list, count);
	if (err)
		netdev_err(netdev, "setting the receive filter failed with %d\n", err);
	kvfree(list);
}

/* Under the filter lock. */
static void netcx_filter_apply(struct netcx_netdev *nd)
{
	netcx_filter_apply_addresses(nd);
	netcx_vlan_filter_apply(nd);
}

void netcx_filter_work(struct work_struct *work)
{
	struct netcx_netdev *nd = container_of(work, struct netcx_netdev, filter_work);

	mutex_lock(&nd->filter_lock);
	if (nd->filter_on)
		netcx_filter_apply(nd);
	mutex_unlock(&nd->filter_lock);
}

void netcx_filter_enable(struct netcx_netdev *nd)
{
	mutex_lock(&nd->filter_lock);
	nd->filter_on = true;
	netcx_filter_apply(nd);
	mutex_unlock(&nd->filter_lock);
}

void netcx_filter_disable(struct netcx_netdev *nd)
{
	mutex_lock(&nd->filter_lock);
	nd->filter_on = false;
	mutex_unlock(&nd->filter_lock);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The receive filter. ndo_set_rx_mode is atomic and EvtSetReceiveFilter may sleep, so a work item
 * stands between them; it conveys the state the netdev is in when it runs.
 */
#include <linux/slab.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "filter.h"
#include "netdev_priv.h"
#include "vlan.h"

/* What of @wanted the client cannot filter is widened to what it can, in the end to everything. */
static u32 netcx_filter_widen(u32 wanted, u32 supported)
{
	if ((wanted & NetPacketFilterFlagMulticast) & ~supported)
		wanted |= NetPacketFilterFlagAllMulticast;
	if ((wanted & NetPacketFilterFlagAllMulticast) & ~supported)
		wanted |= NetPacketFilterFlagPromiscuous;
	return wanted;
}

/* Said once, until it is no longer so: nobody else would tell the user what is not received. */
static void netcx_filter_check(struct netcx_netdev *nd, u32 wanted, u32 supported)
{
	const bool too_narrow = wanted & ~supported & NetPacketFilterFlagPromiscuous;

	if (too_narrow && !nd->filter_too_narrow && netcx_device_may_log(nd->device))
		netdev_warn(nd->netdev,
			    "the hardware cannot be promiscuous: packets for some addresses are not received\n");
	nd->filter_too_narrow = too_narrow;
}

/*
 * A copy of one of the netdev's lists, since the client must not see it change. @complete: all of
 * the list is in it; not so when there are more than @most, or no memory. Returns NULL for none.
 */
static NET_ADAPTER_LINK_LAYER_ADDRESS *
netcx_filter_copy(struct net_device *netdev, const struct netdev_hw_addr_list *list, u32 most,
		  u32 *count, bool *complete)
{
	const u32 room = min_t(u32, READ_ONCE(list->count), most);
	NET_ADAPTER_LINK_LAYER_ADDRESS *copy = NULL;
	struct netdev_hw_addr *address;

	*count = 0;
	if (room)
		copy = kvcalloc(room, sizeof(*copy), GFP_KERNEL);
	netif_addr_lock_bh(netdev);
	*complete = netdev_hw_addr_list_count(list) <= (copy ? room : 0);
	if (copy) {
		netdev_hw_addr_list_for_each(address, list) {
			if (*count == room)
				break;
			NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&copy[*count], ETH_ALEN, address->addr);
			(*count)++;
		}
	}
	netif_addr_unlock_bh(netdev);
	return copy;
}

/* Sets the addresses of virtual interfaces above this one. False: the client takes only some. */
static bool netcx_filter_apply_unicast(struct netcx_netdev *nd)
{
	const u32 most = nd->adapter->unicast_filter.MaximumAddresses;
	NET_ADAPTER_LINK_LAYER_ADDRESS *list;
	bool complete;
	u32 count;

	/* Without such a filter the stack makes the interface promiscuous for them. */
	if (!most)
		return true;
	list = netcx_filter_copy(nd->netdev, &nd->netdev->uc, most, &count, &complete);
	netcx_core_adapter_set_unicast_addresses(nd->adapter, list, count);
	kvfree(list);
	return complete;
}

static void netcx_filter_apply_addresses(struct netcx_netdev *nd)
{
	const NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *caps = &nd->adapter->receive_filter;
	u32 filter = NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast;
	struct net_device *netdev = nd->netdev;
	NET_ADAPTER_LINK_LAYER_ADDRESS *list;
	bool complete;
	u32 count;
	int err;

	if (!caps->EvtSetReceiveFilter && !nd->adapter->packet_filter.Size)
		return;
	if (!netcx_filter_apply_unicast(nd) || netdev->flags & IFF_PROMISC)
		filter |= NetPacketFilterFlagPromiscuous;
	list = netcx_filter_copy(netdev, &netdev->mc, caps->MaximumMulticastAddresses, &count,
				 &complete);
	if (!complete || netdev->flags & IFF_ALLMULTI) {
		filter |= NetPacketFilterFlagAllMulticast;
		count = 0;
	}
	if (count)
		filter |= NetPacketFilterFlagMulticast;

	filter = netcx_filter_widen(filter, caps->SupportedPacketFilters);
	netcx_filter_check(nd, filter, caps->SupportedPacketFilters);
	err = netcx_core_adapter_set_receive_filter(nd->adapter,
						    filter & caps->SupportedPacketFilters, list,
						    count);
	if (err && netcx_device_may_log(nd->device))
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

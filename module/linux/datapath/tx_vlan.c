// SPDX-License-Identifier: GPL-2.0-only
/* VLAN tags of sent packets: inserted by the hardware, or moved into the packet. */
#include <linux/if_vlan.h>

#include <netcx/netcx_ieee8021q.h>

#include "../../core/core.h"
#include "tx_offload.h"
#include "tx_vlan.h"

/* Flags of the capability and of a packet's TxTagging are the same. */
static_assert((int)NetAdapterOffloadIeee8021PriorityTaggingFlag ==
	      (int)NetPacketTxIeee8021qActionFlagPriorityRequired);
static_assert((int)NetAdapterOffloadIeee8021VlanTaggingFlag ==
	      (int)NetPacketTxIeee8021qActionFlagVlanRequired);

u8 netcx_vlan_tagging(const struct netcx_adapter *adapter, const struct netcx_queue *q)
{
	if (!q->layout.packet_ieee8021q ||
	    (adapter->vlan.InsertionNeedsStripping && !adapter->offloads.vlan_stripping))
		return 0;
	if (!(adapter->ieee8021q.Flags & NetAdapterOffloadIeee8021VlanTaggingFlag))
		return 0;
	return adapter->ieee8021q.Flags;
}

/* The tag shifts all headers: whether the hardware takes the packet is checked again. */
bool netcx_vlan_push(struct sk_buff *skb, struct net_device *netdev)
{
	netdev_features_t features = NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK;

	skb = __vlan_hwaccel_push_inside(skb);
	if (!skb)
		return false;
	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return true;
	features = netcx_features_check(skb, netdev, features);
	if (features & (skb_is_gso(skb) ? NETIF_F_GSO_MASK : NETIF_F_CSUM_MASK))
		return true;
	if (!skb_is_gso(skb) && !skb_checksum_help(skb))
		return true;
	dev_kfree_skb_any(skb);
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * VLANs: which of inserting, stripping and filtering of tags the client's hardware does, switching
 * them, and the set of VLANs that are received.
 */
#include "../../core/core.h"
#include "../bus/device.h"
#include "netdev_priv.h"
#include "vlan.h"

#define NETCX_TAG_VLAN	NetAdapterOffloadIeee8021VlanTaggingFlag

/*
 * Where tags are stripped as the client pleases, without a switch, there is no feature to show, and
 * tags are received all the same.
 */
netdev_features_t netcx_vlan_features(const struct netcx_adapter *adapter)
{
	netdev_features_t features = 0;

	if (adapter->ieee8021q.Flags & NETCX_TAG_VLAN)
		features |= NETIF_F_HW_VLAN_CTAG_TX;
	if (adapter->vlan.SetStripping)
		features |= NETIF_F_HW_VLAN_CTAG_RX;
	if (adapter->vlan.SetFilter)
		features |= NETIF_F_HW_VLAN_CTAG_FILTER;
	return features;
}

void netcx_vlan_init(struct netcx_netdev *nd)
{
	/* Offsets of headers do not change with a tag that the hardware inserts. */
	nd->netdev->vlan_features = nd->netdev->features &
				    (NETIF_F_SG | NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK |
				     NETIF_F_HIGHDMA);
	/* VLAN 0 is a priority tag: such frames are received like untagged ones. */
	nd->vlan_filter.Members[0] = BIT(0);
	nd->vlan_filtering = nd->netdev->features & NETIF_F_HW_VLAN_CTAG_FILTER;
}

netdev_features_t netcx_vlan_fix_features(const struct netcx_adapter *adapter,
					  netdev_features_t features)
{
	if (adapter->vlan.InsertionNeedsStripping && !(features & NETIF_F_HW_VLAN_CTAG_RX))
		features &= ~NETIF_F_HW_VLAN_CTAG_TX;
	return features;
}

bool netcx_vlan_needs_restart(const struct netcx_netdev *nd, const struct netcx_offloads *offloads)
{
	const struct netcx_adapter *adapter = nd->adapter;

	return nd->running && adapter->vlan.InsertionNeedsStripping &&
	       offloads->vlan_stripping != adapter->offloads.vlan_stripping;
}

/* ---- filter ---- */

void netcx_vlan_filter_apply(struct netcx_netdev *nd)
{
	struct netcx_vlan_filter *filter = &nd->vlan_filter;
	int err;

	if (!nd->adapter->vlan.SetFilter)
		return;
	filter->Enabled = nd->vlan_filtering && !(READ_ONCE(nd->netdev->flags) & IFF_PROMISC);
	err = netcx_core_adapter_set_vlan_filter(nd->adapter, filter);
	if (err && netcx_device_may_log(nd->device))
		netdev_err(nd->netdev, "setting the VLAN filter failed with %d\n", err);
}

void netcx_vlan_set_filtering(struct netcx_netdev *nd, netdev_features_t features)
{
	const bool filtering = features & NETIF_F_HW_VLAN_CTAG_FILTER;

	mutex_lock(&nd->filter_lock);
	if (nd->vlan_filtering != filtering) {
		nd->vlan_filtering = filtering;
		if (nd->filter_on)
			netcx_vlan_filter_apply(nd);
	}
	mutex_unlock(&nd->filter_lock);
}

static int netcx_vlan_set_member(struct netcx_netdev *nd, u16 vid, bool member)
{
	u32 *word = &nd->vlan_filter.Members[vid / 32];

	mutex_lock(&nd->filter_lock);
	if (member)
		*word |= BIT(vid % 32);
	else
		*word &= ~BIT(vid % 32);
	if (nd->filter_on)
		netcx_vlan_filter_apply(nd);
	mutex_unlock(&nd->filter_lock);
	return 0;
}

int netcx_vlan_rx_add_vid(struct net_device *netdev, __be16 protocol, u16 vid)
{
	return netcx_vlan_set_member(netdev_priv(netdev), vid, true);
}

int netcx_vlan_rx_kill_vid(struct net_device *netdev, __be16 protocol, u16 vid)
{
	return vid ? netcx_vlan_set_member(netdev_priv(netdev), vid, false) : 0;
}

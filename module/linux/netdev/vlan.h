/* SPDX-License-Identifier: GPL-2.0-only */
/* VLANs: what the client can do about them, and which are received. */
#ifndef NETCX_LINUX_VLAN_H
#define NETCX_LINUX_VLAN_H

#include <linux/if_vlan.h>

struct netcx_adapter;
struct netcx_netdev;
struct netcx_offloads;

/* Features that the client's capabilities make possible. */
netdev_features_t netcx_vlan_features(const struct netcx_adapter *adapter);
/* Sets the features of VLAN devices above the netdev, whose own features must be set. */
void netcx_vlan_init(struct netcx_netdev *nd);
/* Hardware that inserts tags only while stripping: turns CTAG_TX off with CTAG_RX. */
netdev_features_t netcx_vlan_fix_features(const struct netcx_adapter *adapter,
					  netdev_features_t features);

/* Does this change of stripping change insertion too, so that no packet may be in a tx queue? */
bool netcx_vlan_needs_restart(const struct netcx_netdev *nd, const struct netcx_offloads *offloads);

int netcx_vlan_rx_add_vid(struct net_device *netdev, __be16 protocol, u16 vid);
int netcx_vlan_rx_kill_vid(struct net_device *netdev, __be16 protocol, u16 vid);
/* Filtering follows NETIF_F_HW_VLAN_CTAG_FILTER of @features. */
void netcx_vlan_set_filtering(struct netcx_netdev *nd, netdev_features_t features);
/* Tells the client the filter. Under the filter lock, while the filter is on. */
void netcx_vlan_filter_apply(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_VLAN_H */

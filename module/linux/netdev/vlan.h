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
/* Once the netdev's own features are known: what holds for VLAN devices above it. */
void netcx_vlan_init(struct netcx_netdev *nd);
/* One switch may be for both directions. */
netdev_features_t netcx_vlan_fix_features(const struct netcx_adapter *adapter,
					  netdev_features_t features);

/* Would this change of stripping also change what becomes of packets in tx queues? */
bool netcx_vlan_needs_restart(const struct netcx_netdev *nd, const struct netcx_offloads *offloads);

int netcx_vlan_rx_add_vid(struct net_device *netdev, __be16 protocol, u16 vid);
int netcx_vlan_rx_kill_vid(struct net_device *netdev, __be16 protocol, u16 vid);
/* Takes over whether the user wants filtering. */
void netcx_vlan_set_filtering(struct netcx_netdev *nd, netdev_features_t features);
/* Tells the client the filter. Under the filter lock, while the filter is on. */
void netcx_vlan_filter_apply(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_VLAN_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Wake on LAN, and what the adapter answers for while the machine sleeps. */
#ifndef NETCX_LINUX_WAKE_H
#define NETCX_LINUX_WAKE_H

struct ethtool_wolinfo;
struct net_device;
struct netcx_netdev;

void netcx_get_wol(struct net_device *netdev, struct ethtool_wolinfo *wol);
int netcx_set_wol(struct net_device *netdev, struct ethtool_wolinfo *wol);
void netcx_wake_init(struct netcx_netdev *nd);
void netcx_wake_prepare(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_WAKE_H */

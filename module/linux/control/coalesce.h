/* SPDX-License-Identifier: GPL-2.0-only */
/* Interrupt moderation for ethtool; all under rtnl. */
#ifndef NETCX_LINUX_COALESCE_H
#define NETCX_LINUX_COALESCE_H

#include <linux/types.h>

struct ethtool_coalesce;
struct kernel_ethtool_coalesce;
struct net_device;
struct netlink_ext_ack;

int netcx_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
		       struct kernel_ethtool_coalesce *kernel_coalesce,
		       struct netlink_ext_ack *extack);
int netcx_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
		       struct kernel_ethtool_coalesce *kernel_coalesce,
		       struct netlink_ext_ack *extack);
int netcx_get_per_queue_coalesce(struct net_device *netdev, u32 queue,
				 struct ethtool_coalesce *coalesce);
int netcx_set_per_queue_coalesce(struct net_device *netdev, u32 queue,
				 struct ethtool_coalesce *coalesce);

#endif /* NETCX_LINUX_COALESCE_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Interrupt moderation: what is in force. */
#ifndef NETCX_LINUX_MODERATION_H
#define NETCX_LINUX_MODERATION_H

#include <linux/types.h>

struct ethtool_coalesce;
struct kernel_ethtool_coalesce;
struct net_device;
struct netcx_channel;
struct netcx_netdev;
struct netlink_ext_ack;

void netcx_moderation_init(struct netcx_netdev *nd);
/* The device is back in D0, and its client may have forgotten. Under rtnl. */
void netcx_moderation_restore(struct netcx_netdev *nd);
/* Do the queues in use have timers of their own, or is there only one pair? */
bool netcx_moderation_may_adapt(const struct netcx_netdev *nd);
/* Asks the client for what a channel needs, at most its maxima. Process context. */
void netcx_moderation_adapt(struct netcx_channel *channel, u8 directions, u32 microseconds);
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

#endif /* NETCX_LINUX_MODERATION_H */

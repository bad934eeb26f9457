/* SPDX-License-Identifier: GPL-2.0-only */
/* Queues as the netdev netlink family shows them. */
#ifndef NETCX_LINUX_NETLINK_H
#define NETCX_LINUX_NETLINK_H

#include <linux/types.h>

struct net_device;
struct netcx_channel;

void netcx_netlink_init(struct net_device *netdev);
/* These queues of a channel, NETCX_CHANNEL_*, are there, and about to go; under rtnl. */
void netcx_netlink_start(struct netcx_channel *channel, u8 queues);
void netcx_netlink_stop(struct netcx_channel *channel, u8 queues);

#endif /* NETCX_LINUX_NETLINK_H */

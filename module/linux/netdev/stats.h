/* SPDX-License-Identifier: GPL-2.0-only */
/* Statistics of an interface and its queues. */
#ifndef NETCX_LINUX_STATS_H
#define NETCX_LINUX_STATS_H

#include <linux/types.h>

struct net_device;
struct netcx_netdev;
struct rtnl_link_stats64;

void netcx_get_stats64(struct net_device *netdev, struct rtnl_link_stats64 *stats);
int netcx_stats_count(const struct netcx_netdev *nd);
void netcx_stats_strings(const struct netcx_netdev *nd, u8 *data);
void netcx_stats_values(struct netcx_netdev *nd, u64 *data);

#endif /* NETCX_LINUX_STATS_H */

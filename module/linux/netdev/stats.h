/* SPDX-License-Identifier: GPL-2.0-only */
/* Statistics of an interface and its queues. */
#ifndef NETCX_LINUX_STATS_H
#define NETCX_LINUX_STATS_H

#include <linux/u64_stats_sync.h>

struct net_device;
struct netcx_netdev;
struct rtnl_link_stats64;

/* A counter that another processor may be writing to. */
static inline u64 netcx_stat_read(const struct u64_stats_sync *sync,
				  const u64_stats_t *counter)
{
	unsigned int start;
	u64 value;

	do {
		start = u64_stats_fetch_begin(sync);
		value = u64_stats_read(counter);
	} while (u64_stats_fetch_retry(sync, start));
	return value;
}

void netcx_get_stats64(struct net_device *netdev, struct rtnl_link_stats64 *stats);
int netcx_stats_count(const struct netcx_netdev *nd);
void netcx_stats_strings(const struct netcx_netdev *nd, u8 *data);
void netcx_stats_values(struct netcx_netdev *nd, u64 *data);

#endif /* NETCX_LINUX_STATS_H */

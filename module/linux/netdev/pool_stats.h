/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The page_pools' statistics. All but the first function return where they stopped writing; under
 * rtnl.
 */
#ifndef NETCX_LINUX_POOL_STATS_H
#define NETCX_LINUX_POOL_STATS_H

#include <linux/types.h>

#include "../datapath/rx_queue.h"
#include "netdev_priv.h"

int netcx_pool_stats_count(void);
u8 *netcx_pool_stats_strings(u8 *data);
u64 *netcx_pool_stats_values(const struct netcx_netdev *nd, u64 *data);

/* Adds the statistics of the queue's page_pool, which is about to be destroyed, to closed_pools. */
static inline void netcx_pool_stats_keep(struct netcx_rx_queue *rx)
{
#ifdef CONFIG_PAGE_POOL_STATS
	page_pool_get_stats(rx->pool, &rx->channel->nd->closed_pools);
#endif
}

#endif /* NETCX_LINUX_POOL_STATS_H */

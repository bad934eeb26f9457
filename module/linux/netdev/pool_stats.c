// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statistics of the page_pools of all rx queues for ethtool -S, with CONFIG_PAGE_POOL_STATS. Those
 * of destroyed pools are added to closed_pools, so that the values never decrease.
 */
#include <linux/ethtool.h>

#include "../os/compat.h"
#include "netdev_priv.h"
#include "pool_stats.h"

int netcx_pool_stats_count(void)
{
	return page_pool_ethtool_stats_get_count();
}

u8 *netcx_pool_stats_strings(u8 *data)
{
	return page_pool_ethtool_stats_get_strings(data);
}

#ifdef CONFIG_PAGE_POOL_STATS
u64 *netcx_pool_stats_values(const struct netcx_netdev *nd, u64 *data)
{
	struct page_pool_stats sum = nd->closed_pools;
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx && nd->channels[i].rx->pool)
			page_pool_get_stats(nd->channels[i].rx->pool, &sum);
	return page_pool_ethtool_stats_get(data, &sum);
}
#else
u64 *netcx_pool_stats_values(const struct netcx_netdev *nd, u64 *data)
{
	return data;
}
#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statistics. Those of the interface and the queues are counted by the translator; the client's
 * hardware counters are hw_stats.c's.
 */
#include <linux/ethtool.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../datapath/rx_queue.h"
#include "../datapath/tx_queue.h"
#include "hw_stats.h"
#include "netdev_priv.h"
#include "pool_stats.h"
#include "stat_read.h"
#include "stats.h"

struct netcx_stat {
	const char *name;
	size_t offset;
};

#define NETCX_TX_STAT(field) { #field, offsetof(struct netcx_tx_stats, field) }
#define NETCX_RX_STAT(field) { #field, offsetof(struct netcx_rx_stats, field) }

static const struct netcx_stat netcx_tx_stat_names[] = {
	NETCX_TX_STAT(packets),
	NETCX_TX_STAT(bytes),
	NETCX_TX_STAT(dropped),
	NETCX_TX_STAT(linearized),
	NETCX_TX_STAT(stopped),
	NETCX_TX_STAT(doorbells),
	NETCX_TX_STAT(xdp_frames),
	NETCX_TX_STAT(xdp_dropped),
};

static const struct netcx_stat netcx_rx_stat_names[] = {
	NETCX_RX_STAT(packets),
	NETCX_RX_STAT(bytes),
	NETCX_RX_STAT(multicast),
	NETCX_RX_STAT(ignored),
	NETCX_RX_STAT(invalid),
	NETCX_RX_STAT(no_memory),
	NETCX_RX_STAT(refill_failed),
	NETCX_RX_STAT(xdp_pass),
	NETCX_RX_STAT(xdp_drop),
	NETCX_RX_STAT(xdp_tx),
	NETCX_RX_STAT(xdp_redirect),
	NETCX_RX_STAT(xdp_errors),
};

static const char *const netcx_netdev_stat_names[] = {
	"tx_timeouts",
	"adapter_resets",
};

void netcx_get_stats64(struct net_device *netdev, struct rtnl_link_stats64 *stats)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		const struct netcx_tx_stats *tx = &nd->channels[i].tx_storage.stats;
		const struct netcx_rx_stats *rx = &nd->channels[i].rx_storage.stats;

		stats->tx_packets += netcx_stat_read(&tx->sync, &tx->packets);
		stats->tx_bytes += netcx_stat_read(&tx->sync, &tx->bytes);
		stats->tx_dropped += netcx_stat_read(&tx->sync, &tx->dropped);
		stats->rx_packets += netcx_stat_read(&rx->sync, &rx->packets);
		stats->rx_bytes += netcx_stat_read(&rx->sync, &rx->bytes);
		stats->multicast += netcx_stat_read(&rx->sync, &rx->multicast);
		/* What a client ignores came in broken. */
		stats->rx_errors += netcx_stat_read(&rx->sync, &rx->ignored) +
				    netcx_stat_read(&rx->sync, &rx->invalid);
		stats->rx_dropped += netcx_stat_read(&rx->sync, &rx->no_memory);
	}
	netcx_hw_stats_add_link(&nd->hw_stats, stats);
}

int netcx_stats_count(const struct netcx_netdev *nd)
{
	return ARRAY_SIZE(netcx_netdev_stat_names) +
	       nd->max_tx * ARRAY_SIZE(netcx_tx_stat_names) +
	       nd->max_rx * ARRAY_SIZE(netcx_rx_stat_names) + netcx_pool_stats_count() +
	       nd->hw_stats.count;
}

void netcx_stats_strings(const struct netcx_netdev *nd, u8 *data)
{
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(netcx_netdev_stat_names); i++)
		ethtool_sprintf(&data, "%s", netcx_netdev_stat_names[i]);
	for (i = 0; i < nd->max_tx; i++)
		for (j = 0; j < ARRAY_SIZE(netcx_tx_stat_names); j++)
			ethtool_sprintf(&data, "tx_queue_%u_%s", i, netcx_tx_stat_names[j].name);
	for (i = 0; i < nd->max_rx; i++)
		for (j = 0; j < ARRAY_SIZE(netcx_rx_stat_names); j++)
			ethtool_sprintf(&data, "rx_queue_%u_%s", i, netcx_rx_stat_names[j].name);
	data = netcx_pool_stats_strings(data);
	for (i = 0; i < nd->hw_stats.count; i++)
		ethtool_sprintf(&data, "%s", nd->hw_stats.names[i]);
}

/* Under rtnl. */
void netcx_stats_values(struct netcx_netdev *nd, u64 *data)
{
	unsigned int i, j;

	*data++ = atomic64_read(&nd->tx_timeouts);
	*data++ = atomic64_read(&nd->device->resets);
	for (i = 0; i < nd->max_tx; i++) {
		const struct netcx_tx_stats *stats = &nd->channels[i].tx_storage.stats;

		for (j = 0; j < ARRAY_SIZE(netcx_tx_stat_names); j++)
			*data++ = netcx_stat_read(&stats->sync, (const void *)stats +
						  netcx_tx_stat_names[j].offset);
	}
	for (i = 0; i < nd->max_rx; i++) {
		const struct netcx_rx_stats *stats = &nd->channels[i].rx_storage.stats;

		for (j = 0; j < ARRAY_SIZE(netcx_rx_stat_names); j++)
			*data++ = netcx_stat_read(&stats->sync, (const void *)stats +
						  netcx_rx_stat_names[j].offset);
	}
	data = netcx_pool_stats_values(nd, data);
	netcx_hw_stats_read(&nd->hw_stats, data);
}

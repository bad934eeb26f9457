// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel's netlink family "netdev" shows of queues, on kernels that have it: statistics
 * per queue, and which NAPI instance and interrupt serve it.
 */
#include "../../core/core.h"
#include "../bus/device.h"
#include "../datapath/channel.h"
#include "../datapath/rx_queue.h"
#include "../datapath/tx_queue.h"
#include "../os/compat.h"
#include "netdev_priv.h"
#include "netlink.h"
#include "stat_read.h"

#ifdef NETCX_HAVE_QUEUE_STATS
#include <net/netdev_queues.h>

static void netcx_queue_stats_rx(struct net_device *netdev, int index,
				 struct netdev_queue_stats_rx *stats)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_rx_stats *rx = &nd->channels[index].rx_storage.stats;

	stats->packets = netcx_stat_read(&rx->sync, &rx->packets);
	stats->bytes = netcx_stat_read(&rx->sync, &rx->bytes);
	stats->alloc_fail = netcx_stat_read(&rx->sync, &rx->no_memory) +
			    netcx_stat_read(&rx->sync, &rx->refill_failed);
}

static void netcx_queue_stats_tx(struct net_device *netdev, int index,
				 struct netdev_queue_stats_tx *stats)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_tx_stats *tx = &nd->channels[index].tx_storage.stats;

	stats->packets = netcx_stat_read(&tx->sync, &tx->packets);
	stats->bytes = netcx_stat_read(&tx->sync, &tx->bytes);
	stats->stop = netcx_stat_read(&tx->sync, &tx->stopped);
}

/* What queues counted that are not in use any more. */
static void netcx_base_stats(struct net_device *netdev, struct netdev_queue_stats_rx *rx,
			     struct netdev_queue_stats_tx *tx)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	struct netdev_queue_stats_rx rx_queue;
	struct netdev_queue_stats_tx tx_queue;
	unsigned int i;

	rx->packets = 0;
	rx->bytes = 0;
	rx->alloc_fail = 0;
	for (i = nd->num_rx; i < nd->num_channels; i++) {
		netcx_queue_stats_rx(netdev, i, &rx_queue);
		rx->packets += rx_queue.packets;
		rx->bytes += rx_queue.bytes;
		rx->alloc_fail += rx_queue.alloc_fail;
	}
	tx->packets = 0;
	tx->bytes = 0;
	tx->stop = 0;
	for (i = nd->num_tx; i < nd->num_channels; i++) {
		netcx_queue_stats_tx(netdev, i, &tx_queue);
		tx->packets += tx_queue.packets;
		tx->bytes += tx_queue.bytes;
		tx->stop += tx_queue.stop;
	}
}

static const struct netdev_stat_ops netcx_stat_ops = {
	.get_queue_stats_rx = netcx_queue_stats_rx,
	.get_queue_stats_tx = netcx_queue_stats_tx,
	.get_base_stats = netcx_base_stats,
};

void netcx_netlink_init(struct net_device *netdev)
{
	netdev->stat_ops = &netcx_stat_ops;
}
#else
void netcx_netlink_init(struct net_device *netdev)
{
}
#endif

#ifdef NETCX_HAVE_QUEUE_NAPI
/* The rx queue's interrupt, if the tx queue has another. */
static void netcx_netlink_set_irq(struct netcx_channel *channel)
{
	const struct netcx_queue *q = channel->rx ? channel->rx->q : channel->tx->q;

	if (q->vector != NETCX_QUEUE_NO_VECTOR)
		netif_napi_set_irq(&channel->napi,
				   pci_irq_vector(channel->nd->device->pdev, q->vector));
}

static void netcx_netlink_set(struct netcx_channel *channel, u8 queues, struct napi_struct *napi)
{
	const struct netcx_netdev *nd = channel->nd;
	const unsigned int i = channel - nd->channels;

	if (queues & NETCX_CHANNEL_TX)
		netif_queue_set_napi(nd->netdev, i, NETDEV_QUEUE_TYPE_TX, napi);
	if (queues & NETCX_CHANNEL_RX)
		netif_queue_set_napi(nd->netdev, i, NETDEV_QUEUE_TYPE_RX, napi);
}

void netcx_netlink_start(struct netcx_channel *channel, u8 queues)
{
	netcx_netlink_set_irq(channel);
	netcx_netlink_set(channel, queues, &channel->napi);
}

void netcx_netlink_stop(struct netcx_channel *channel, u8 queues)
{
	netcx_netlink_set(channel, queues, NULL);
}
#else
void netcx_netlink_start(struct netcx_channel *channel, u8 queues)
{
}

void netcx_netlink_stop(struct netcx_channel *channel, u8 queues)
{
}
#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * An rx queue, from opened to closed: where its memory comes from is chosen here, and everything
 * else is that memory's.
 */
#include <linux/slab.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "rx.h"
#include "rx_driver_buffers.h"
#include "rx_memory.h"
#include "rx_net_memory.h"
#include "rx_pages.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "rx_xsk.h"

static const struct netcx_rx_memory *netcx_rx_choose_memory(const struct netcx_rx_queue *rx)
{
	if (rx->xsk)
		return &netcx_rx_xsk;
	if (netcx_rx_has_net_memory(rx->channel->nd->adapter))
		return &netcx_rx_net_memory;
	if (netcx_rx_has_driver_buffers(rx->channel->nd->adapter))
		return &netcx_rx_driver_buffers;
	return &netcx_rx_pages;
}

void netcx_rx_discard(struct netcx_rx_queue *rx)
{
	/* Of a client that moved its indices anywhere nobody knows which buffers are its own. */
	if (rx->memory->discard && !rx->broken && netcx_rx_rings_are_sane(rx))
		rx->memory->discard(rx);
	rx->q->packets->OSReserved0 = rx->q->packets->BeginIndex;
	rx->q->fragments->OSReserved0 = rx->q->fragments->BeginIndex;
}

int netcx_rx_open(struct netcx_rx_queue *rx, struct netcx_channel *channel, struct netcx_queue *q)
{
	const struct netcx_adapter *adapter = channel->nd->adapter;
	const u32 elements = q->fragments->NumberOfElements;
	int err;

	rx->q = q;
	rx->channel = channel;
	rx->netdev = channel->nd->netdev;
	rx->broken = false;
	rx->fruitless = 0;
	rx->dma_dev = NULL;
	rx->dma_sync = false;
	/* Of buffers of their own clients say it where they have their callback. */
	if (!netcx_rx_has_driver_buffers(adapter) &&
	    adapter->rx.MappingRequirement == NetMemoryMappingRequirementDmaMapped)
		rx->dma_dev = channel->nd->device->dev;
	rx->buffer_size = adapter->rx.MaximumFrameSize;
	rx->xsk = channel->xsk_pool;
	rx->memory = netcx_rx_choose_memory(rx);

	rx->buffers = kvcalloc(elements, sizeof(*rx->buffers), GFP_KERNEL);
	if (!rx->buffers)
		return -ENOMEM;
	err = rx->memory->open(rx, elements);
	if (err) {
		kvfree(rx->buffers);
		rx->buffers = NULL;
	}
	return err;
}

void netcx_rx_leave_napi(struct netcx_rx_queue *rx)
{
	if (rx->memory->leave_napi)
		rx->memory->leave_napi(rx);
}

void netcx_rx_close(struct netcx_rx_queue *rx)
{
	rx->memory->close(rx);
	kvfree(rx->buffers);
	rx->buffers = NULL;
	rx->q = NULL;
}

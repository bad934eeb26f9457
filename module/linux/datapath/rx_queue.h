/* SPDX-License-Identifier: GPL-2.0-only */
/* What belongs to an rx queue beside its rings. */
#ifndef NETCX_LINUX_RX_QUEUE_H
#define NETCX_LINUX_RX_QUEUE_H

#include <linux/netdevice.h>
#include <linux/u64_stats_sync.h>
#include <net/xdp.h>

#include "../../core/core.h"

struct netcx_channel;
struct netcx_rx_memory;
struct page_pool;
struct xsk_buff_pool;

/* What XDP programs may prepend, see XDP_PACKET_HEADROOM; the skb's headroom as well. */
#define NETCX_RX_HEADROOM	256

/* Frames of XDP_TX that are sent in one go. */
#define NETCX_XDP_TX_BATCH	16

/* Counters written by NAPI, read by anyone. */
struct netcx_rx_stats {
	struct u64_stats_sync sync;
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t multicast;
	u64_stats_t ignored;		/* the client marked them Ignore */
	u64_stats_t invalid;		/* what the client returned does not fit the rings */
	u64_stats_t no_memory;		/* packets lost */
	u64_stats_t refill_failed;	/* no memory, to be tried again */
	/* What XDP programs decided. */
	u64_stats_t xdp_pass;
	u64_stats_t xdp_drop;
	u64_stats_t xdp_tx;
	u64_stats_t xdp_redirect;
	u64_stats_t xdp_errors;		/* aborted, no such verdict, or it could not be done */
};

/*
 * A buffer that belongs to a slot of the fragment ring; NULL: the slot has none. It is mapped while
 * it does: were the mapping page_pool's, it would last for as long as some socket keeps the page,
 * and with it outlive the driver's binding to the device.
 */
struct netcx_rx_buffer {
	union {
		void *memory;		/* headroom first */
		struct xdp_buff *xsk;	/* a queue of an AF_XDP socket has these */
	};
	dma_addr_t address;
};

/* Where new receive buffers come from: see rx_carving.c. */
struct netcx_rx_carving {
	struct page *page;		/* with @left > 0 */
	u32 offset;			/* of the page's next buffer */
	u32 step;			/* from one of its buffers to the next */
	u32 left;			/* buffers of the page that were not taken */
	u32 first;			/* where in any page the first one is */
	u32 per_page;			/* in a page of the pool's order */
	u32 page_step;			/* from one of them to the next */
	u32 extra;			/* bytes that each takes of it beyond rx->truesize */
	u32 per_single;			/* in an order-0 page; 0: no fallback to order 0 */
	u32 single_step;
	u32 single_extra;
	u32 singles;			/* to be taken until larger pages are tried again */
};

/* Memory for small packets: pieces of a page, see rx_copy.c. */
struct netcx_rx_copies {
	struct page_pool *pool;
	struct page *page;		/* NULL: the next piece needs a new one */
	void *next;
	u32 left;			/* bytes of the page from @next on */
	u32 pieces;			/* taken from the page */
};

/* Everything in it belongs to whoever owns the channel's NAPI. */
struct netcx_rx_queue {
	struct netcx_queue *q;
	struct netcx_channel *channel;
	struct net_device *netdev;
	const struct netcx_rx_memory *memory;
	struct page_pool *pool;
	struct netcx_rx_carving carving;
	struct netcx_rx_copies copies;
	struct netcx_rx_buffer *buffers;
	struct device *dma_dev;		/* NULL: the client does not do DMA */
	bool dma_sync;			/* buffers need dma_sync_*(): swiotlb, non-coherent DMA */
	u32 buffer_size;		/* what the client sees: Capacity */
	u32 copybreak;			/* packets up to this size are copied */
	u32 truesize;			/* of a buffer, and what is before and behind it, or more */
	bool broken;
	u16 fruitless;			/* refills since memory ran out, up to as many as count */

	/* Whose memory the buffers are in; NULL: page_pool's. */
	struct xsk_buff_pool *xsk;
	struct xdp_rxq_info xdp_rxq;
	/* Frames to be sent back, for which the tx queue's lock is taken once. */
	struct xdp_frame *xdp_tx[NETCX_XDP_TX_BATCH];
	u32 xdp_tx_count;

	struct netcx_rx_stats stats;
};

/* Does the client allocate the receive buffers itself? */
static inline bool netcx_rx_has_driver_buffers(const struct netcx_adapter *adapter)
{
	return adapter->rx.AllocationMode != NetRxFragmentBufferAllocationModeSystem;
}

/* And has it registered them as net memory? */
static inline bool netcx_rx_has_net_memory(const struct netcx_adapter *adapter)
{
	return adapter->rx.AllocationMode == NetRxFragmentBufferAllocationModeDriverV2;
}

#endif /* NETCX_LINUX_RX_QUEUE_H */

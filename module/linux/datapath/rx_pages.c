// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive memory from page_pool: pieces of its pages become NET_FRAGMENTs the client posts to
 * hardware; NET_PACKETs it drains become skbs around the same memory. Which pieces, see
 * rx_carving.c.
 */
#include <linux/dma-mapping.h>

#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/pool_stats.h"
#include "../os/compat.h"
#include "channel.h"
#include "napi.h"
#include "ring.h"
#include "rx_buffer.h"
#include "rx_carving.h"
#include "rx_copy.h"
#include "rx_indicate.h"
#include "rx_pages.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "trace.h"
#include "xdp.h"

static noinline bool netcx_rx_alloc(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	struct netcx_rx_carving *carving = &rx->carving;

	if (!carving->left && unlikely(!netcx_rx_carving_next_page(rx)))
		return false;
	if (rx->dma_dev) {
		buffer->address = dma_map_page(rx->dma_dev, carving->page,
					       carving->offset + NETCX_RX_HEADROOM,
					       rx->buffer_size, DMA_FROM_DEVICE);
		/* The piece is the next one still. */
		if (unlikely(dma_mapping_error(rx->dma_dev, buffer->address)))
			return false;
		rx->dma_sync |= dma_need_sync(rx->dma_dev, buffer->address);
	}
	buffer->memory = page_address(carving->page) + carving->offset;
	carving->offset += carving->step;
	carving->left--;
	return true;
}

bool netcx_rx_pages_refill(struct netcx_rx_queue *rx)
{
	/* Local copies: stores to elements might alias these fields, which would be reloaded. */
	const struct netcx_queue_layout layout = rx->q->layout;
	NET_RING *fr = rx->q->fragments;
	const u32 elements = fr->NumberOfElements;
	const u32 stride = fr->ElementStride;
	const u32 buffer_size = rx->buffer_size;
	const bool dma = rx->dma_dev;
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;
	NET_FRAGMENT_LOGICAL_ADDRESS *logical;
	NET_FRAGMENT *fragment;
	u32 index = fr->EndIndex;
	u32 room;

	fragment = NetRingGetFragmentAtIndex(fr, index);
	for (room = netcx_rx_make_room(rx); room; room--) {
		struct netcx_rx_buffer *buffer = &rx->buffers[index];

		if (!buffer->memory && unlikely(!netcx_rx_alloc(rx, buffer))) {
			netcx_rx_count(rx, &rx->stats.refill_failed);
			trace_netcx_refill_failed(rx, room);
			break;
		}
		netcx_fragment_write(fragment, 0, buffer_size);
		virtual = netcx_extension(fragment, layout.fragment_virtual_address);
		virtual->VirtualAddress = buffer->memory + NETCX_RX_HEADROOM;
		if (dma) {
			logical = netcx_extension(fragment, layout.fragment_logical_address);
			logical->LogicalAddress = buffer->address;
		}
		fragment = netcx_extension(fragment, stride);
		if (unlikely(++index == elements)) {
			index = 0;
			fragment = NetRingGetFragmentAtIndex(fr, 0);
		}
	}
	fr->EndIndex = index;

	/* Running low matters only when nothing will come back that could be used again. */
	return !room || !netcx_rx_is_low(rx);
}

/* An skb around the memory of a sane packet; NULL: there is none for it, all stays in its slots. */
static noinline struct sk_buff *netcx_rx_build_skb(struct netcx_rx_queue *rx,
						   const NET_PACKET *packet)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	struct netcx_rx_buffer *buffer = &rx->buffers[index];
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);
	struct netcx_rx_place place;
	struct sk_buff *skb;
	u32 i;

	skb = napi_build_skb(buffer->memory, rx->truesize);
	if (unlikely(!skb))
		return NULL;
	skb->truesize += netcx_rx_carving_extra(rx, virt_to_head_page(buffer->memory));
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NETCX_RX_HEADROOM + fragment->Offset);
	__skb_put(skb, fragment->ValidLength);
	netcx_rx_take(rx, buffer);

	for (i = 1; i < packet->FragmentCount; i++) {
		index = NetRingIncrementIndex(fr, index);
		buffer = &rx->buffers[index];
		fragment = NetRingGetFragmentAtIndex(fr, index);
		place = netcx_rx_place(netcx_rx_take(rx, buffer));
		skb_add_rx_frag(skb, i - 1, place.page, place.offset, fragment->ValidLength,
				rx->truesize + netcx_rx_carving_extra(rx, place.page));
	}
	return skb;
}

static __always_inline struct sk_buff *netcx_rx_make_skb(struct netcx_rx_queue *rx,
							 const NET_PACKET *packet)
{
	const u32 index = packet->FragmentIndex;
	const struct netcx_rx_span span = netcx_rx_span(rx, index);

	if (packet->FragmentCount == 1 && span.length <= READ_ONCE(rx->copybreak))
		return netcx_rx_copy(rx, &rx->buffers[index], span.offset, span.length);
	return netcx_rx_build_skb(rx, packet);
}

static __always_inline void netcx_rx_pages_take(struct netcx_rx_queue *rx, const NET_PACKET *packet,
						struct netcx_rx_batch *batch, void *context)
{
	struct sk_buff *skb = netcx_rx_make_skb(rx, packet);

	if (unlikely(!skb)) {
		netcx_rx_count(rx, &rx->stats.no_memory);
		return;
	}
	batch->packets++;
	batch->bytes += skb->len;
	batch->multicast += netcx_rx_deliver(rx, packet, skb);
}

int netcx_rx_pages_indicate(struct netcx_rx_queue *rx, int budget)
{
	struct bpf_prog *prog = READ_ONCE(rx->channel->nd->xdp_prog);
	const struct netcx_rx_taker taker = {
		.is_sane = netcx_rx_packet_is_sane,
		.take = netcx_rx_pages_take,
	};
	struct netcx_rx_batch batch = {};

	if (unlikely(prog))
		return netcx_xdp_indicate(rx, prog, budget);
	return netcx_rx_indicate_each(rx, budget, taker, &batch, NULL);
}

static int netcx_rx_pages_open(struct netcx_rx_queue *rx, u32 elements)
{
	int err;

	err = netcx_rx_carving_open(rx, elements);
	if (err)
		return err;
	err = netcx_rx_copy_open(rx, elements);
	if (err)
		goto destroy_pools;
	err = netcx_xdp_open(rx);
	if (err)
		goto destroy_pools;
	return 0;

destroy_pools:
	/* NAPI, which the pools know, may run for the tx queue. */
	netcx_poll_pause(rx->channel);
	netcx_rx_copy_close(rx);
	page_pool_destroy(rx->pool);
	rx->pool = NULL;
	netcx_poll_resume(rx->channel);
	return err;
}

static void netcx_rx_pages_leave_napi(struct netcx_rx_queue *rx)
{
	netcx_page_pool_leave_napi(rx->pool);
	netcx_page_pool_leave_napi(rx->copies.pool);
}

static void netcx_rx_pages_close(struct netcx_rx_queue *rx)
{
	u32 i;

	for (i = 0; i < rx->q->fragments->NumberOfElements; i++) {
		struct netcx_rx_buffer *buffer = &rx->buffers[i];

		if (buffer->memory)
			page_pool_put_full_page(rx->pool,
						virt_to_head_page(netcx_rx_take(rx, buffer)),
						false);
	}
	netcx_rx_carving_put_rest(rx);
	netcx_pool_stats_keep(rx);
	netcx_rx_copy_close(rx);
	netcx_xdp_close(rx);
	page_pool_destroy(rx->pool);
	rx->pool = NULL;
}

const struct netcx_rx_memory netcx_rx_pages = {
	.open = netcx_rx_pages_open,
	.leave_napi = netcx_rx_pages_leave_napi,
	.close = netcx_rx_pages_close,
	.refill = netcx_rx_pages_refill,
	.indicate = netcx_rx_pages_indicate,
};

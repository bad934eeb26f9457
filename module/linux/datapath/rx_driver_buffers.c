// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive buffers that the client allocates, attaches to fragments and wants back
 * (EvtAdapterReturnRxBuffer). Nobody tells us when the last socket lets go of a page, so packets
 * are copied, and their buffers go back at once, whatever became of the packet.
 */
#include <linux/slab.h>

#include <netcx/net/returncontext.h>
#include <netcx/net/virtualaddress.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"
#include "rx_driver_buffers.h"
#include "rx_indicate.h"
#include "rx_memory.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "tx_queue.h"

/* Larger packets are copied to pages, of which there is more than of large pieces of memory. */
#define NETCX_RX_LINEAR		2048

static bool netcx_rx_driver_refill(struct netcx_rx_queue *rx)
{
	NET_RING *fr = rx->q->fragments;
	u32 room = netcx_rx_make_room(rx);
	u32 index = fr->EndIndex;

	for (; room; room--) {
		memset(NetRingGetFragmentAtIndex(fr, index), 0, fr->ElementStride);
		index = NetRingIncrementIndex(fr, index);
	}
	fr->EndIndex = index;
	return true;
}

static void *netcx_rx_driver_bytes(const struct netcx_rx_queue *rx, NET_FRAGMENT *fragment)
{
	const NET_FRAGMENT_VIRTUAL_ADDRESS *address =
		netcx_extension(fragment, rx->q->layout.fragment_virtual_address);

	return address->VirtualAddress ? address->VirtualAddress + fragment->Offset : NULL;
}

/* Do the packet's fragments lie in [@first, @last)? Then they are the packet's to return. */
static __always_inline bool netcx_rx_driver_range_is_sane(const struct netcx_rx_queue *rx,
							  const NET_PACKET *packet, u32 first,
							  u32 last)
{
	const NET_RING *fr = rx->q->fragments;

	return packet->FragmentCount && packet->FragmentIndex <= fr->ElementIndexMask &&
	       netcx_ring_distance(fr, first, packet->FragmentIndex) + packet->FragmentCount <=
	       netcx_ring_distance(fr, first, last);
}

/* The packet's length; 0: it is none that the stack could take. */
static u32 netcx_rx_driver_length(const struct netcx_rx_queue *rx, const NET_PACKET *packet)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	u32 length = 0;
	u32 i;

	for (i = 0; i < packet->FragmentCount; i++) {
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);

		if (fragment->Offset + fragment->ValidLength > fragment->Capacity ||
		    fragment->ValidLength > GSO_LEGACY_MAX_SIZE - length ||
		    !netcx_rx_driver_bytes(rx, fragment))
			return 0;
		length += fragment->ValidLength;
		index = NetRingIncrementIndex(fr, index);
	}
	return length >= ETH_HLEN ? length : 0;
}

static struct sk_buff *netcx_rx_driver_alloc(struct netcx_rx_queue *rx, u32 length)
{
	struct sk_buff *skb;
	int err;

	if (length <= NETCX_RX_LINEAR) {
		skb = napi_alloc_skb(&rx->channel->napi, length);
		if (likely(skb))
			__skb_put(skb, length);
		return skb;
	}
	skb = alloc_skb_with_frags(NETCX_COPYBREAK, length - NETCX_COPYBREAK,
				   PAGE_ALLOC_COSTLY_ORDER, &err, GFP_ATOMIC | __GFP_NOWARN);
	if (unlikely(!skb))
		return NULL;
	__skb_put(skb, NETCX_COPYBREAK);
	skb->data_len = length - NETCX_COPYBREAK;
	skb->len = length;
	return skb;
}

/* A copy of a packet of that length; NULL: no memory. */
static struct sk_buff *netcx_rx_driver_copy(struct netcx_rx_queue *rx, const NET_PACKET *packet,
					    u32 length)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	struct sk_buff *skb;
	u32 done = 0;

	skb = netcx_rx_driver_alloc(rx, length);
	if (unlikely(!skb))
		return NULL;
	while (done < length) {
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);

		skb_store_bits(skb, done, netcx_rx_driver_bytes(rx, fragment),
			       fragment->ValidLength);
		done += fragment->ValidLength;
		index = NetRingIncrementIndex(fr, index);
	}
	return skb;
}

static void netcx_rx_driver_return(const struct netcx_rx_queue *rx, const NET_PACKET *packet)
{
	const struct netcx_adapter *adapter = rx->channel->nd->adapter;
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	u32 i;

	for (i = 0; i < packet->FragmentCount; i++) {
		const NET_FRAGMENT_RETURN_CONTEXT *context =
			netcx_extension(NetRingGetFragmentAtIndex(fr, index),
					rx->q->layout.fragment_return_context);

		adapter->rx.EvtAdapterReturnRxBuffer(adapter->handle, context->Handle);
		index = NetRingIncrementIndex(fr, index);
	}
}

static __always_inline void netcx_rx_driver_take(struct netcx_rx_queue *rx,
						 const NET_PACKET *packet,
						 struct netcx_rx_batch *batch, void *context)
{
	const u32 length = netcx_rx_driver_length(rx, packet);
	struct sk_buff *skb = NULL;

	if (likely(length))
		skb = netcx_rx_driver_copy(rx, packet, length);
	netcx_rx_driver_return(rx, packet);
	if (unlikely(!skb)) {
		netcx_rx_count(rx, length ? &rx->stats.no_memory : &rx->stats.invalid);
		return;
	}
	batch->packets++;
	batch->bytes += length;
	batch->multicast += netcx_rx_deliver(rx, packet, skb);
}

static int netcx_rx_driver_indicate(struct netcx_rx_queue *rx, int budget)
{
	const struct netcx_rx_taker taker = {
		.is_sane = netcx_rx_driver_range_is_sane,
		.take = netcx_rx_driver_take,
	};
	struct netcx_rx_batch batch = {};

	return netcx_rx_indicate_each(rx, budget, taker, &batch, NULL);
}

static void netcx_rx_driver_discard(struct netcx_rx_queue *rx)
{
	const NET_RING *pr = rx->q->packets;
	const NET_RING *fr = rx->q->fragments;
	u32 first = fr->OSReserved0;
	u32 index;

	for (index = pr->OSReserved0; index != pr->BeginIndex;
	     index = NetRingIncrementIndex(pr, index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, index);

		if (packet->Ignore ||
		    !netcx_rx_driver_range_is_sane(rx, packet, first, fr->BeginIndex))
			continue;
		first = NetRingAdvanceIndex(fr, packet->FragmentIndex, packet->FragmentCount);
		netcx_rx_driver_return(rx, packet);
	}
}

/* The slots stay empty; packets are copied to what the kernel has. */
static int netcx_rx_driver_open(struct netcx_rx_queue *rx, u32 elements)
{
	return 0;
}

static void netcx_rx_driver_close(struct netcx_rx_queue *rx)
{
}

const struct netcx_rx_memory netcx_rx_driver_buffers = {
	.open = netcx_rx_driver_open,
	.close = netcx_rx_driver_close,
	.refill = netcx_rx_driver_refill,
	.indicate = netcx_rx_driver_indicate,
	.discard = netcx_rx_driver_discard,
};

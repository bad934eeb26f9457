/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets in receive buffers that the client allocates, whichever way it gets them back. Nobody
 * tells us when the last socket lets go of a page, so packets are copied, and their buffers go back
 * at once, whatever became of the packet. All inline, as rx_indicate.h is.
 */
#ifndef NETCX_LINUX_RX_DRIVER_PACKET_H
#define NETCX_LINUX_RX_DRIVER_PACKET_H

#include <linux/slab.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"
#include "rx_indicate.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "tx_queue.h"

/* Larger packets are copied to pages, of which there is more than of large pieces of memory. */
#define NETCX_RX_LINEAR		2048

/* What differs; functions that the compiler sees. */
struct netcx_rx_driver_kind {
	/* Where the fragment's bytes are; NULL: it has no buffer that holds them. */
	void *(*bytes)(const struct netcx_rx_queue *rx, NET_FRAGMENT *fragment);
	/* Makes the fragment's buffer the client's again. */
	void (*give_back)(struct netcx_rx_queue *rx, NET_FRAGMENT *fragment);
};

/* Gives the client all there is room for: empty fragments. */
static inline bool netcx_rx_driver_refill(struct netcx_rx_queue *rx)
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
static __always_inline u32 netcx_rx_driver_length(const struct netcx_rx_queue *rx,
						  const NET_PACKET *packet,
						  const struct netcx_rx_driver_kind kind)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	u32 length = 0;
	u32 i;

	for (i = 0; i < packet->FragmentCount; i++) {
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);

		if (fragment->Offset + fragment->ValidLength > fragment->Capacity ||
		    fragment->ValidLength > GSO_LEGACY_MAX_SIZE - length ||
		    !kind.bytes(rx, fragment))
			return 0;
		length += fragment->ValidLength;
		index = NetRingIncrementIndex(fr, index);
	}
	return length >= ETH_HLEN ? length : 0;
}

static inline struct sk_buff *netcx_rx_driver_alloc(struct netcx_rx_queue *rx, u32 length)
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
static __always_inline struct sk_buff *netcx_rx_driver_copy(struct netcx_rx_queue *rx,
							    const NET_PACKET *packet, u32 length,
							    const struct netcx_rx_driver_kind kind)
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

		skb_store_bits(skb, done, kind.bytes(rx, fragment), fragment->ValidLength);
		done += fragment->ValidLength;
		index = NetRingIncrementIndex(fr, index);
	}
	return skb;
}

static __always_inline void netcx_rx_driver_return(struct netcx_rx_queue *rx,
						   const NET_PACKET *packet,
						   const struct netcx_rx_driver_kind kind)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	u32 i;

	for (i = 0; i < packet->FragmentCount; i++) {
		kind.give_back(rx, NetRingGetFragmentAtIndex(fr, index));
		index = NetRingIncrementIndex(fr, index);
	}
}

/* struct netcx_rx_taker::take, but for @kind. */
static __always_inline void netcx_rx_driver_take(struct netcx_rx_queue *rx,
						 const NET_PACKET *packet,
						 struct netcx_rx_batch *batch,
						 const struct netcx_rx_driver_kind kind)
{
	const u32 length = netcx_rx_driver_length(rx, packet, kind);
	struct sk_buff *skb = NULL;

	if (likely(length))
		skb = netcx_rx_driver_copy(rx, packet, length, kind);
	netcx_rx_driver_return(rx, packet, kind);
	if (unlikely(!skb)) {
		netcx_rx_count(rx, length ? &rx->stats.no_memory : &rx->stats.invalid);
		return;
	}
	batch->packets++;
	batch->bytes += length;
	batch->multicast += netcx_rx_deliver(rx, packet, skb);
}

/* struct netcx_rx_memory::discard, but for @kind. */
static __always_inline void netcx_rx_driver_discard(struct netcx_rx_queue *rx,
						    const struct netcx_rx_driver_kind kind)
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
		netcx_rx_driver_return(rx, packet, kind);
	}
}

/* The slots stay empty; packets are copied to what the kernel has. */
static inline int netcx_rx_driver_open(struct netcx_rx_queue *rx, u32 elements)
{
	return 0;
}

static inline void netcx_rx_driver_close(struct netcx_rx_queue *rx)
{
}

#endif /* NETCX_LINUX_RX_DRIVER_PACKET_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* An rx queue's rings, whoever brings the memory. All of it belongs to the owner of NAPI. */
#ifndef NETCX_LINUX_RX_RING_H
#define NETCX_LINUX_RX_RING_H

#include <linux/etherdevice.h>

#include <netcx/netringiterator.h>

#include "../../core/returned.h"
#include "ring.h"
#include "rx_queue.h"

/* What one poll took out of the rings. */
struct netcx_rx_batch {
	unsigned int packets;
	unsigned int bytes;
	unsigned int multicast;
};

void netcx_rx_count(struct netcx_rx_queue *rx, u64_stats_t *counter);
/* Gives the client all packets there are; for how many fragments there is room then. */
u32 netcx_rx_make_room(struct netcx_rx_queue *rx);
/* Has the client so few fragments that it may run dry? */
bool netcx_rx_is_low(const struct netcx_rx_queue *rx);
/* Takes what was indicated, up to these indices, out of the rings and counts it. */
void netcx_rx_indicated(struct netcx_rx_queue *rx, u32 packet, u32 fragment,
			struct netcx_rx_batch batch);
/* The client moved the ring's BeginIndex to where it may not be: the adapter is reset. */
void netcx_rx_break(struct netcx_rx_queue *rx, const NET_RING *ring);

/* Are both BeginIndexes where they may be? If not, the queue is broken. */
static __always_inline bool netcx_rx_rings_are_sane(struct netcx_rx_queue *rx)
{
	const NET_RING *pr = rx->q->packets;
	const NET_RING *fr = rx->q->fragments;

	if (likely(netcx_returned_range_is_sane(pr) && netcx_returned_range_is_sane(fr)))
		return true;
	netcx_rx_break(rx, netcx_returned_range_is_sane(pr) ? fr : pr);
	return false;
}

/* Where a fragment's bytes lie in its buffer. */
struct netcx_rx_span {
	u32 offset;
	u32 length;
};

static __always_inline struct netcx_rx_span netcx_rx_span(const struct netcx_rx_queue *rx,
							  u32 index)
{
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(rx->q->fragments, index);

	return (struct netcx_rx_span){ fragment->Offset, fragment->ValidLength };
}

static __always_inline BOOLEAN netcx_rx_has_buffer(const void *buffers, UINT32 index)
{
	return !!((const struct netcx_rx_buffer *)buffers)[index].memory;
}

static_assert(NETCX_LEAST_FRAME == ETH_HLEN);

/* What packets are held against, see returned.h. */
static __always_inline struct netcx_returned_limits
netcx_rx_limits(const struct netcx_rx_queue *rx)
{
	return (struct netcx_returned_limits) {
		.capacity = rx->buffer_size,
		.most = MAX_SKB_FRAGS + 1,
		.has_buffer = netcx_rx_has_buffer,
		.context = rx->buffers,
	};
}

/* Does a packet's first fragment hold a header, within its buffer? */
static __always_inline bool netcx_rx_first_is_sane(const struct netcx_rx_queue *rx, u32 index,
						   struct netcx_rx_span span)
{
	const struct netcx_returned_limits limits = netcx_rx_limits(rx);

	return netcx_returned_first_is_sane(index, span.offset, span.length, &limits);
}

/* As below, for a packet of any number of fragments, wherever they are. */
bool netcx_rx_long_packet_is_sane(const struct netcx_rx_queue *rx, const NET_PACKET *packet,
				  u32 first, u32 last);

/*
 * Do the packet's fragments lie in [@first, @last), each within its buffer, and can the stack take
 * them? A packet that fails is lost; its buffers are not.
 */
static __always_inline bool netcx_rx_packet_is_sane(const struct netcx_rx_queue *rx,
						    const NET_PACKET *packet, u32 first, u32 last)
{
	if (likely(netcx_returned_is_short_packet(packet, first, last)))
		return netcx_rx_first_is_sane(rx, first, netcx_rx_span(rx, first));
	return netcx_rx_long_packet_is_sane(rx, packet, first, last);
}

#endif /* NETCX_LINUX_RX_RING_H */

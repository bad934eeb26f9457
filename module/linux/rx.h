/* SPDX-License-Identifier: GPL-2.0-only */
/* What all ways of a received packet share: to the stack, through a program, into a socket. */
#ifndef NETCX_RX_H
#define NETCX_RX_H

#include "netcx_linux.h"

void netcx_rx_count(struct netcx_rx_queue *rx, u64_stats_t *counter);
/* Gives the client all packets there are; for how many fragments there is room then. */
u32 netcx_rx_make_room(struct netcx_rx_queue *rx);
/* Has the client so few fragments that it may run dry? */
bool netcx_rx_is_low(const struct netcx_rx_queue *rx);
/* The page leaves its slot, and the device's reach, after it was made the CPU's. */
struct page *netcx_rx_take_synced(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer);
/* Gives an skb that holds @packet to the stack; was it a multicast? */
bool netcx_rx_deliver(struct netcx_rx_queue *rx, const NET_PACKET *packet, struct sk_buff *skb);
/* Takes what was indicated out of the rings and counts it. */
void netcx_rx_indicated(struct netcx_rx_queue *rx, u32 packet, u32 fragment,
			unsigned int packets, unsigned int bytes, unsigned int multicast);

/* rx_rsc.c: an skb, as eth_type_trans() left it, that may be made of several segments */
void netcx_rx_coalesced(struct netcx_rx_queue *rx, const NET_PACKET *packet, struct sk_buff *skb);

/* rx_driver_buffers.c: the same for a queue whose buffers the client allocates */
bool netcx_rx_driver_refill(struct netcx_rx_queue *rx);
int netcx_rx_driver_indicate(struct netcx_rx_queue *rx, int budget);
void netcx_rx_driver_discard(struct netcx_rx_queue *rx);

/* Does a packet's first fragment hold a header, within its buffer? */
static __always_inline bool netcx_rx_first_is_sane(const struct netcx_rx_queue *rx, u32 index)
{
	const NET_FRAGMENT fragment = *NetRingGetFragmentAtIndex(rx->q->fragments, index);
	const u32 length = fragment.ValidLength;

	return length >= ETH_HLEN && fragment.Offset + length <= rx->buffer_size &&
	       rx->buffers[index].page;
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
	if (likely(packet->FragmentCount == 1 && packet->FragmentIndex == first && first != last))
		return netcx_rx_first_is_sane(rx, first);
	return netcx_rx_long_packet_is_sane(rx, packet, first, last);
}

#endif /* NETCX_RX_H */

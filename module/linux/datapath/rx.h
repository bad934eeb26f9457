/* SPDX-License-Identifier: GPL-2.0-only */
/* What all ways of a received packet share: to the stack, through a program, into a socket. */
#ifndef NETCX_LINUX_RX_H
#define NETCX_LINUX_RX_H

#include <linux/etherdevice.h>

#include <netcx/net/checksum.h>
#include <netcx/net/packethash.h>
#include <netcx/netringiterator.h>

#include "../../core/returned.h"
#include "../netdev/vlan.h"
#include "channel.h"
#include "ring.h"
#include "rx_queue.h"

int netcx_rx_open(struct netcx_rx_queue *rx, struct netcx_channel *channel, struct netcx_queue *q);
void netcx_rx_close(struct netcx_rx_queue *rx);
/* FALSE: memory is short and the client may run dry. */
bool netcx_rx_refill(struct netcx_rx_queue *rx);
/* Hands up to @budget drained packets to the stack; how many. */
int netcx_rx_indicate(struct netcx_rx_queue *rx, int budget);
/* Takes back everything without showing it to the stack, after Cancel. */
void netcx_rx_discard(struct netcx_rx_queue *rx);

void netcx_rx_count(struct netcx_rx_queue *rx, u64_stats_t *counter);
/* Gives the client all packets there are; for how many fragments there is room then. */
u32 netcx_rx_make_room(struct netcx_rx_queue *rx);
/* Has the client so few fragments that it may run dry? */
bool netcx_rx_is_low(const struct netcx_rx_queue *rx);
/* A buffer's memory leaves its slot, and the device's reach, after it was made the CPU's. */
void *netcx_rx_take_synced(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer);
/* Takes what was indicated out of the rings and counts it. */
void netcx_rx_indicated(struct netcx_rx_queue *rx, u32 packet, u32 fragment,
			unsigned int packets, unsigned int bytes, unsigned int multicast);

/* rx_rsc.c: an skb, as eth_type_trans() left it, that may be made of several segments */
void netcx_rx_coalesced(struct netcx_rx_queue *rx, const NET_PACKET *packet, struct sk_buff *skb);

/* rx_driver_buffers.c: the same for a queue whose buffers the client allocates */
bool netcx_rx_driver_refill(struct netcx_rx_queue *rx);
int netcx_rx_driver_indicate(struct netcx_rx_queue *rx, int budget);
void netcx_rx_driver_discard(struct netcx_rx_queue *rx);

/* What an skb or a frame of XDP needs to know of memory that left its slot. */
struct netcx_rx_place {
	struct page *page;
	u32 offset;			/* of the first byte the client sees */
};

static inline struct netcx_rx_place netcx_rx_place(const void *memory)
{
	struct page *page = virt_to_head_page(memory);

	return (struct netcx_rx_place){ page, memory - page_address(page) + NETCX_RX_HEADROOM };
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

static __always_inline void netcx_rx_offload(const struct netcx_rx_queue *rx,
					     const NET_PACKET *packet, struct sk_buff *skb)
{
	const NET_PACKET_CHECKSUM *checksum;

	if (rx->q->layout.packet_ieee8021q)
		netcx_vlan_read(rx, packet, skb);
	if (!rx->q->layout.packet_checksum || !(rx->netdev->features & NETIF_F_RXCSUM))
		return;
	checksum = netcx_extension((void *)packet, rx->q->layout.packet_checksum);
	if (checksum->Layer4 == NetPacketRxChecksumEvaluationValid)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
}

static __always_inline void netcx_rx_hash(const struct netcx_rx_queue *rx,
					  const NET_PACKET *packet, struct sk_buff *skb)
{
	const u32 layer4 = NetPacketHashProtocolTypeTcp | NetPacketHashProtocolTypeUdp;
	const NET_PACKET_HASH *hash;

	if (!rx->q->layout.packet_hash)
		return;
	hash = netcx_extension((void *)packet, rx->q->layout.packet_hash);
	if (hash->ProtocolType)
		skb_set_hash(skb, hash->HashValue, hash->ProtocolType & layer4 ?
			     PKT_HASH_TYPE_L4 : PKT_HASH_TYPE_L3);
}

/* Gives an skb that holds @packet to the stack; was it a multicast? */
static __always_inline bool netcx_rx_deliver(struct netcx_rx_queue *rx, const NET_PACKET *packet,
					     struct sk_buff *skb)
{
	bool multicast;

	netcx_rx_offload(rx, packet, skb);
	netcx_rx_hash(rx, packet, skb);
	skb->protocol = eth_type_trans(skb, rx->netdev);
	if (unlikely(rx->q->layout.packet_rsc))
		netcx_rx_coalesced(rx, packet, skb);
	multicast = skb->pkt_type == PACKET_MULTICAST;
	skb_record_rx_queue(skb, rx->q->id);
	napi_gro_receive(&rx->channel->napi, skb);
	return multicast;
}

#endif /* NETCX_LINUX_RX_H */

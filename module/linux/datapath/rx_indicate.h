/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How received packets are gone through, which is one loop for all memory there is, and how an skb
 * goes to the stack. All inline: what a provider does with a packet becomes part of its loop.
 */
#ifndef NETCX_LINUX_RX_INDICATE_H
#define NETCX_LINUX_RX_INDICATE_H

#include <linux/etherdevice.h>

#include <netcx/net/checksum.h>
#include <netcx/net/packethash.h>
#include <netcx/netringiterator.h>

#include "channel.h"
#include "ring.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "rx_rsc.h"
#include "vlan_tag.h"

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

/* What a provider does with packets; functions that the compiler sees. */
struct netcx_rx_taker {
	/* Do the packet's fragments lie in [@first, @last), and within their buffers? */
	bool (*is_sane)(const struct netcx_rx_queue *rx, const NET_PACKET *packet, u32 first,
			u32 last);
	/* Takes a sane packet, and counts it if it was not lost. */
	void (*take)(struct netcx_rx_queue *rx, const NET_PACKET *packet,
		     struct netcx_rx_batch *batch, void *context);
};

/* Goes through up to @budget packets that the client returned; how many. */
static __always_inline int netcx_rx_indicate_each(struct netcx_rx_queue *rx, int budget,
						  const struct netcx_rx_taker taker,
						  struct netcx_rx_batch *batch, void *context)
{
	const NET_RING *pr = rx->q->packets;
	const NET_RING *fr = rx->q->fragments;
	u32 index = pr->OSReserved0;
	u32 first = fr->OSReserved0;
	int work = 0;

	for (; index != pr->BeginIndex && work < budget; index = NetRingIncrementIndex(pr, index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, index);

		work++;
		if (unlikely(packet->Ignore)) {
			netcx_rx_count(rx, &rx->stats.ignored);
			continue;
		}
		if (unlikely(!taker.is_sane(rx, packet, first, fr->BeginIndex))) {
			netcx_rx_count(rx, &rx->stats.invalid);
			continue;
		}
		first = NetRingAdvanceIndex(fr, packet->FragmentIndex, packet->FragmentCount);
		taker.take(rx, packet, batch, context);
	}
	netcx_rx_indicated(rx, index, first, *batch);
	return work;
}

#endif /* NETCX_LINUX_RX_INDICATE_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way of a sent packet: an skb becomes a NET_PACKET and its NET_FRAGMENTs, and the client is
 * told. All of it under the tx queue's lock.
 */
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include <linux/tcp.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"
#include "tx.h"
#include "tx_bounce.h"
#include "tx_entry.h"
#include "tx_offload.h"
#include "tx_queue.h"
#include "tx_ring.h"
#include "tx_vlan.h"
#include "tx_xsk.h"
#include "vlan_tag.h"
#include "xdp_complete.h"

/*
 * Copies a small packet of @length bytes to where the device can read it without a mapping of its
 * own. The skb stays until the packet is completed all the same: its socket is charged for what
 * waits here, which is what TCP small queues and SO_SNDBUF go by.
 */
static __always_inline void netcx_tx_copy(struct netcx_tx_queue *tx, u32 index,
					  const struct sk_buff *skb, u32 length)
{
	const unsigned long offset = index * NETCX_COPYBREAK;
	void *copy = tx->copies + offset;

	netcx_tx_put_fragment(tx, index, copy, tx->copies_address + offset, length,
			      NETCX_COPYBREAK)->OsReserved_Bounced = 1;
	netcx_copy_small(copy, skb->data, length);
}

/* The pieces of an skb that are not in its head, from slot @index on; how many were written. */
static noinline u32 netcx_tx_write_frags(struct netcx_tx_queue *tx, const struct sk_buff *skb,
					 u32 index)
{
	const struct skb_shared_info *shinfo = skb_shinfo(skb);
	const NET_RING *fr = tx->q->fragments;
	unsigned int i;

	for (i = 0; i < shinfo->nr_frags; i++) {
		const skb_frag_t *frag = &shinfo->frags[i];

		if (unlikely(netcx_tx_map_fragment(tx, index, skb_frag_address(frag),
						   skb_frag_page(frag), skb_frag_off(frag),
						   skb_frag_size(frag))))
			break;
		index = NetRingIncrementIndex(fr, index);
	}
	return i;
}

/* All pieces of an skb, from slot @first on; how many, or an errno with nothing left mapped. */
static __always_inline int netcx_tx_write_skb(struct netcx_tx_queue *tx, u32 first,
					      const struct sk_buff *skb)
{
	u32 count = 0, written, frags;

	if (likely(skb_headlen(skb))) {
		if (unlikely(netcx_tx_map_fragment(tx, first, skb->data, virt_to_page(skb->data),
						   offset_in_page(skb->data), skb_headlen(skb))))
			return -ENOMEM;
		count = 1;
	}
	if (!skb_is_nonlinear(skb))
		return count;

	frags = skb_shinfo(skb)->nr_frags;
	written = netcx_tx_write_frags(tx, skb,
				       NetRingAdvanceIndex(tx->q->fragments, first, count));
	count += written;
	if (likely(written == frags))
		return count;
	netcx_tx_unmap_range(tx, first, count);
	return -ENOMEM;
}

/*
 * Writes the offload extensions. It may change headers and reallocate skb->head (skb_cow_head()),
 * so it comes before mapping.
 */
static noinline int netcx_tx_translate_offload(struct netcx_tx_queue *tx, struct sk_buff *skb,
					       NET_PACKET *packet, struct netcx_tx_packet *entry)
{
	int err = netcx_tx_offload(tx->q, skb, packet);

	if (unlikely(err))
		return err;
	if (skb_is_gso(skb)) {
		entry->segments = netcx_gso_segments(skb);
		entry->bytes += (entry->segments - 1) * skb_tcp_all_headers(skb);
	}
	return 0;
}

/*
 * Takes an skb's packet and fragments into the rings; bytes on the wire, or an errno. @bounce is
 * known when this is compiled.
 */
static __always_inline int netcx_tx_translate(struct netcx_tx_queue *tx, struct sk_buff *skb,
					      bool bounce)
{
	const u32 length = skb->len;
	struct netcx_tx_entry entry = netcx_tx_begin(tx, length);
	enum netcx_tx_type type;
	int bytes = length;
	u32 count = 1;
	int err;

	entry.owner->skb = skb;
	if (skb_vlan_tag_present(skb))
		netcx_vlan_write(tx, skb, entry.packet);
	if (skb->ip_summed == CHECKSUM_PARTIAL) {
		err = netcx_tx_translate_offload(tx, skb, entry.packet, entry.owner);
		if (unlikely(err))
			return err;
		bytes = entry.owner->bytes;
	}

	if (bounce && netcx_bounce_is_needed(tx, skb)) {
		err = netcx_bounce(tx, entry.slot, entry.first, skb);
		if (unlikely(err))
			return err;
		type = NETCX_TX_BOUNCED;
	} else if (length <= READ_ONCE(tx->copybreak) && !skb_is_nonlinear(skb)) {
		netcx_tx_copy(tx, entry.first, skb, length);
		type = NETCX_TX_COPIED;
	} else {
		err = netcx_tx_write_skb(tx, entry.first, skb);
		if (unlikely(err < 0))
			return err;
		count = err;
		type = NETCX_TX_SKB;
	}
	netcx_tx_enter(tx, &entry, type, count);
	return bytes;
}

static void netcx_tx_drop(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	dev_kfree_skb_any(skb);
	netcx_tx_count(tx, &tx->stats.dropped);
}

/* Stops the stack if the largest packet would not fit. */
static __always_inline bool netcx_tx_maybe_stop(struct netcx_tx_queue *tx)
{
	return unlikely(!netcx_tx_has_room(tx, tx->max_fragments)) && netcx_tx_stop(tx);
}

/*
 * Fills a short packet up to Ethernet's minimum with zeros, so that no client can leak memory that
 * way; false: it was dropped. The checksum comes first, since hardware that makes the pseudo header
 * itself would take the padding for payload.
 */
static noinline bool netcx_tx_pad(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_help(skb)) {
		netcx_tx_drop(tx, skb);
		return false;
	}
	if (skb_put_padto(skb, ETH_ZLEN)) {
		netcx_tx_count(tx, &tx->stats.dropped);
		return false;
	}
	return true;
}

/* Makes an skb with too many pieces one that fits; false: it was dropped. */
static noinline bool netcx_tx_linearize(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	if (skb_linearize(skb)) {
		netcx_tx_drop(tx, skb);
		return false;
	}
	netcx_tx_count(tx, &tx->stats.linearized);
	return true;
}

/* The tag becomes part of the packet; false: it was dropped. */
static noinline bool netcx_tx_push_tag(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	if (!netcx_vlan_push(skb, tx->netdev)) {
		netcx_tx_count(tx, &tx->stats.dropped);
		return false;
	}
	return true;
}

/* Rare cases: a VLAN tag in software, padding, linearising. False: the skb was freed. */
static __always_inline bool netcx_tx_fit(struct netcx_tx_queue *tx, struct sk_buff *skb,
					 bool bounce)
{
	/* The skb was checked against features that have changed since. */
	if (unlikely(skb_vlan_tag_present(skb) && !tx->tagging) && !netcx_tx_push_tag(tx, skb))
		return false;
	if (unlikely(skb->len < ETH_ZLEN))
		return netcx_tx_pad(tx, skb);
	if (!bounce && unlikely(skb_shinfo(skb)->nr_frags + 1 > tx->max_fragments))
		return netcx_tx_linearize(tx, skb);
	return true;
}

static __always_inline netdev_tx_t netcx_xmit(struct sk_buff *skb, struct net_device *netdev,
					      bool bounce)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_tx_queue *tx = &nd->channels[skb_get_queue_mapping(skb)].tx_storage;

	if (unlikely(netcx_tx_maybe_stop(tx))) {
		/* NULL: the queue is not open, which pktgen ignores after ethtool -L, say. */
		if (likely(tx->q))
			netcx_tx_post(tx);
		return NETDEV_TX_BUSY;
	}

	if (likely(netcx_tx_fit(tx, skb, bounce))) {
		int bytes;

		skb_tx_timestamp(skb);
		bytes = netcx_tx_translate(tx, skb, bounce);
		if (likely(bytes > 0)) {
			netcx_tx_maybe_stop(tx);
			if (__netdev_tx_sent_queue(tx->nq, bytes, netdev_xmit_more()))
				netcx_tx_post(tx);
			return NETDEV_TX_OK;
		}
		netcx_tx_drop(tx, skb);
	}

	/* Dropped, but it may have been the last of a batch. */
	if (!netdev_xmit_more())
		netcx_tx_post(tx);
	return NETDEV_TX_OK;
}

netdev_tx_t netcx_start_xmit(struct sk_buff *skb, struct net_device *netdev)
{
	return netcx_xmit(skb, netdev, false);
}

netdev_tx_t netcx_start_xmit_bouncing(struct sk_buff *skb, struct net_device *netdev)
{
	return netcx_xmit(skb, netdev, true);
}

void netcx_tx_init(struct netcx_tx_queue *tx, struct netdev_queue *nq)
{
	tx->nq = nq;
	tx->max_fragments = 1;
	tx->fragments_free = 0;
}

/* The queue is not visible, neither yet nor any more. */
static void netcx_tx_free(struct netcx_tx_queue *tx, u32 fragments)
{
	netcx_bounce_close(tx);
	if (tx->copies)
		dma_free_coherent(tx->dma_dev, fragments * NETCX_COPYBREAK, tx->copies,
				  tx->copies_address);
	kvfree(tx->mappings);
	kvfree(tx->packets);
	tx->copies = NULL;
	tx->mappings = NULL;
	tx->packets = NULL;
}

/* Makes all that belongs to the queue visible at once to whoever sends. */
static void netcx_tx_publish(struct netcx_tx_queue *tx, struct netcx_queue *q)
{
	__netif_tx_lock_bh(tx->nq);
	tx->q = q;
	tx->fragments_free = q->fragments->NumberOfElements - 1;
	__netif_tx_unlock_bh(tx->nq);
}

int netcx_tx_open(struct netcx_tx_queue *tx, struct netcx_channel *channel, struct netcx_queue *q)
{
	const struct netcx_adapter *adapter = channel->nd->adapter;
	const u32 packets = q->packets->NumberOfElements;
	const u32 fragments = q->fragments->NumberOfElements;

	tx->channel = channel;
	tx->netdev = channel->nd->netdev;
	tx->nq = netdev_get_tx_queue(tx->netdev, q->id);
	tx->dma_dev = NULL;
	tx->mappings = NULL;
	tx->copies = NULL;
	if (adapter->tx.MappingRequirement == NetMemoryMappingRequirementDmaMapped)
		tx->dma_dev = channel->nd->device->dev;
	tx->max_fragments = min3((size_t)MAX_SKB_FRAGS + 1, adapter->tx.MaximumNumberOfFragments,
				 (size_t)fragments - 1);
	tx->wake_fragments = max_t(u32, tx->max_fragments, fragments / 4);
	tx->posted = 0;
	memset(&tx->plain, 0, sizeof(tx->plain));
	tx->plain.Layout.Layer2Type = NetPacketLayer2TypeEthernet;
	tx->plain.Layout.Layer2HeaderLength = ETH_HLEN;
	tx->tagging = netcx_vlan_tagging(adapter, q);
	tx->watched = false;
	tx->broken = false;
	tx->looks = 0;

	tx->xsk = channel->xsk_pool;
	tx->packets = kvcalloc(packets, sizeof(*tx->packets), GFP_KERNEL);
	if (!tx->packets || netcx_bounce_open(tx, adapter, packets))
		goto free;
	if (tx->dma_dev) {
		tx->mappings = kvcalloc(fragments, sizeof(*tx->mappings), GFP_KERNEL);
		if (!tx->mappings || (tx->xsk && netcx_xsk_tx_open(tx)))
			goto free;
		/*
		 * Without them nothing is copied: slower, but it works. They are not for a client
		 * that says where fragments are to lie.
		 */
		if (!netcx_tx_has_demands(adapter))
			tx->copies = dma_alloc_coherent(tx->dma_dev, fragments * NETCX_COPYBREAK,
							&tx->copies_address,
							GFP_KERNEL | __GFP_NOWARN);
	}
	netcx_tx_set_copybreak(tx, channel->nd->tx_copybreak);
	/* Queues that the stack no longer knows are sent to all the same, by pktgen say. */
	netcx_tx_publish(tx, q);
	return 0;

free:
	netcx_tx_free(tx, fragments);
	return -ENOMEM;
}

void netcx_tx_set_copybreak(struct netcx_tx_queue *tx, u32 copybreak)
{
	WRITE_ONCE(tx->copybreak, tx->copies ? copybreak : 0);
}

/*
 * What is in the rings was not sent: the client returned it after Cancel, or still has it. Under
 * the tx queue's lock.
 */
static void netcx_tx_drop_rest(struct netcx_tx_queue *tx)
{
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;

	for (; pr->OSReserved0 != pr->EndIndex;
	     pr->OSReserved0 = NetRingIncrementIndex(pr, pr->OSReserved0)) {
		struct netcx_tx_packet *packet = &tx->packets[pr->OSReserved0];

		if (packet->type > NETCX_TX_BOUNCED) {
			netcx_xdp_complete(tx, packet, fr->OSReserved0, 0);
		} else {
			if (packet->type == NETCX_TX_SKB)
				netcx_tx_unmap_range(tx, fr->OSReserved0, packet->fragments);
			else if (packet->type == NETCX_TX_BOUNCED)
				netcx_bounce_free(tx, pr->OSReserved0);
			netcx_tx_drop(tx, packet->skb);
		}
		fr->OSReserved0 = NetRingAdvanceIndex(fr, fr->OSReserved0, packet->fragments);
	}
	netcx_xdp_dropped(tx);
}

/* The queue is stopped, or the device's DMA is. */
void netcx_tx_close(struct netcx_tx_queue *tx)
{
	const u32 fragments = tx->q->fragments->NumberOfElements;

	/* Back to what netcx_tx_init() made: without room for whoever sends all the same. */
	__netif_tx_lock_bh(tx->nq);
	netcx_tx_drop_rest(tx);
	netdev_tx_reset_queue(tx->nq);
	tx->q = NULL;
	tx->fragments_free = 0;
	__netif_tx_unlock_bh(tx->nq);

	if (tx->xsk)
		netcx_xsk_tx_close(tx);
	netcx_tx_free(tx, fragments);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way of a sent packet: an skb becomes a NET_PACKET and its NET_FRAGMENTs, the client is told,
 * and what it returns is unmapped and freed. All of it under the tx queue's lock.
 */
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include <linux/tcp.h>

#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>

#include "../../core/core.h"
#include "../../core/returned.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/vlan.h"
#include "callbacks.h"
#include "channel.h"
#include "ring.h"
#include "trace.h"
#include "tx.h"
#include "tx_bounce.h"
#include "tx_offload.h"
#include "tx_queue.h"
#include "xdp.h"

/* So many returned packets pile up before xmit completes them, if NAPI does not come first. */
#define NETCX_TX_COMPLETE_BATCH	16

/*
 * To the processor's store of skbs, which NAPI takes those for received packets from. It is there
 * for whoever has bottom halves off, as everyone under a tx queue's lock; but netpoll may interrupt
 * the store's owner, so with interrupts off an skb is freed @later.
 */
static __always_inline void netcx_tx_free_skb(struct sk_buff *skb, bool later)
{
	napi_consume_skb(skb, !later);
}

static __always_inline void netcx_tx_unmap_range(struct netcx_tx_queue *tx, u32 first, u32 count)
{
	const u32 mask = tx->q->fragments->ElementIndexMask;

	if (!tx->dma_dev)
		return;
	for (; count; count--) {
		const struct netcx_tx_mapping *mapping = &tx->mappings[first];

		/* The device only read: there is nothing the CPU would have to be shown. */
		dma_unmap_page_attrs(tx->dma_dev, mapping->address, mapping->length, DMA_TO_DEVICE,
				     DMA_ATTR_SKIP_CPU_SYNC);
		first = (first + 1) & mask;
	}
}

/*
 * The client frees fragment slots by moving BeginIndex, we by completing packets; a slot is free
 * when both have. Asking for the slower one keeps a client that lags, or errs, from being overrun.
 * The packet ring is as large, and no packet is without a fragment, so it has room when this has.
 */
static void netcx_tx_update_room(struct netcx_tx_queue *tx)
{
	const NET_RING *fr = tx->q->fragments;

	tx->fragments_free = fr->ElementIndexMask -
			     max(netcx_ring_distance(fr, fr->OSReserved0, fr->EndIndex),
				 netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex));
}

/* The client moved an index to where it may not be. Its packets can't be told apart any more. */
static void netcx_tx_break(struct netcx_tx_queue *tx, const NET_RING *ring, const char *name)
{
	struct netcx_netdev *nd = tx->channel->nd;

	tx->broken = true;
	netif_tx_stop_queue(tx->nq);
	netdev_err(tx->netdev,
		   "%s: tx queue %u: BeginIndex of the %s ring is %u, outside [%u, %u]; resetting the adapter\n",
		   nd->adapter->client_name, tx->q->id, name, ring->BeginIndex,
		   ring->OSReserved0, ring->EndIndex);
	netcx_device_schedule_reset(nd->device);
}

/* Unmaps and frees what the client has returned, and tells BQL and the statistics. */
void netcx_tx_complete(struct netcx_tx_queue *tx, int napi_budget)
{
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;
	const u32 end = pr->BeginIndex;
	const u32 packet_mask = pr->ElementIndexMask;
	const u32 fragment_mask = fr->ElementIndexMask;
	u32 index = pr->OSReserved0;
	u32 fragment = fr->OSReserved0;
	u32 packets, segments = 0, bytes = 0;
	bool later;

	if (index == end || unlikely(tx->broken))
		return;
	if (unlikely(!netcx_returned_range_is_sane(pr))) {
		netcx_tx_break(tx, pr, "packet");
		return;
	}
	packets = (end - index) & packet_mask;

	/* netpoll sends with interrupts off, where an skb may not be freed at once. */
	later = !napi_budget && irqs_disabled();
	do {
		struct netcx_tx_packet *packet = &tx->packets[index];
		const u32 count = packet->fragments;
		const u32 first = fragment;

		if (unlikely(packet->type > NETCX_TX_SKB)) {
			if (unlikely(later)) {
				/* Nor may a page go back to its pool. */
				napi_schedule(&tx->channel->napi);
				break;
			}
			if (packet->type == NETCX_TX_BOUNCED) {
				bytes += packet->bytes;
				segments += packet->segments;
				netcx_bounce_free(tx, index);
				netcx_tx_free_skb(packet->skb, later);
			} else {
				netcx_xdp_complete(tx, packet, first, napi_budget);
			}
			fragment = (fragment + count) & fragment_mask;
			index = (index + 1) & packet_mask;
			continue;
		}
		bytes += packet->bytes;
		segments += packet->segments;
		fragment = (fragment + count) & fragment_mask;
		index = (index + 1) & packet_mask;
		if (packet->type == NETCX_TX_SKB)
			netcx_tx_unmap_range(tx, first, count);
		netcx_tx_free_skb(packet->skb, later);
	} while (index != end);
	pr->OSReserved0 = index;
	fr->OSReserved0 = fragment;
	if (unlikely(fr->BeginIndex > fragment_mask))
		netcx_tx_break(tx, fr, "fragment");
	else
		netcx_tx_update_room(tx);

	if (unlikely(tx->xdp_completed.any))
		netcx_xdp_completed(tx);
	netdev_tx_completed_queue(tx->nq, packets, bytes);
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_add(&tx->stats.packets, segments);
	u64_stats_add(&tx->stats.bytes, bytes);
	u64_stats_update_end(&tx->stats.sync);
	trace_netcx_drain(tx, packets, bytes);
}

void netcx_tx_service(struct netcx_tx_queue *tx, int napi_budget)
{
	if (unlikely(tx->broken))
		return;
	if (netcx_tx_client_owns(tx)) {
		tx->posted = tx->q->packets->EndIndex;
		netcx_advance(tx->q);
	}
	netcx_tx_complete(tx, napi_budget);
}

void netcx_tx_wake(struct netcx_tx_queue *tx)
{
	if (unlikely(netif_tx_queue_stopped(tx->nq)) && !tx->broken &&
	    netcx_tx_has_room(tx, tx->wake_fragments)) {
		netif_tx_wake_queue(tx->nq);
		trace_netcx_wake(tx);
	}
}

/*
 * Puts one piece of an skb into a fragment slot. The slots from EndIndex on are free, and stay ours
 * until EndIndex moves, so an error further on only has to unmap. @page and @offset are where
 * @address lies.
 */
static __always_inline int netcx_tx_write_fragment(struct netcx_tx_queue *tx, u32 index,
						   void *address, struct page *page,
						   unsigned int offset, u32 length)
{
	const struct netcx_queue_layout *layout = &tx->q->layout;
	NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, index);
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;

	if (likely(tx->dma_dev)) {
		struct netcx_tx_mapping *mapping = &tx->mappings[index];
		NET_FRAGMENT_LOGICAL_ADDRESS *logical;
		dma_addr_t dma;

		dma = dma_map_page(tx->dma_dev, page, offset, length, DMA_TO_DEVICE);
		if (unlikely(dma_mapping_error(tx->dma_dev, dma)))
			return -ENOMEM;
		mapping->address = dma;
		mapping->length = length;
		logical = netcx_extension(fragment, layout->fragment_logical_address);
		logical->LogicalAddress = dma;
	}
	netcx_fragment_write(fragment, length, length);
	virtual = netcx_extension(fragment, layout->fragment_virtual_address);
	virtual->VirtualAddress = address;
	return 0;
}

/*
 * Copies a small packet of @length bytes to where the device can read it without a mapping of its
 * own. The skb stays until the packet is completed all the same: its socket is charged for what
 * waits here, which is what TCP small queues and SO_SNDBUF go by.
 */
static __always_inline void netcx_tx_copy(struct netcx_tx_queue *tx, NET_FRAGMENT *fragment,
					  u32 index, const struct sk_buff *skb, u32 length)
{
	const struct netcx_queue_layout *layout = &tx->q->layout;
	const u16 virtual_address = layout->fragment_virtual_address;
	const u16 logical_address = layout->fragment_logical_address;
	const unsigned long offset = index * NETCX_COPYBREAK;
	void *copy = tx->copies + offset;
	NET_FRAGMENT_LOGICAL_ADDRESS *logical = netcx_extension(fragment, logical_address);
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual = netcx_extension(fragment, virtual_address);

	netcx_fragment_write(fragment, length, NETCX_COPYBREAK);
	fragment->OsReserved_Bounced = 1;
	logical->LogicalAddress = tx->copies_address + offset;
	virtual->VirtualAddress = copy;
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

		if (unlikely(netcx_tx_write_fragment(tx, index, skb_frag_address(frag),
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
		if (unlikely(netcx_tx_write_fragment(tx, first, skb->data, virt_to_page(skb->data),
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

/* What an skb asks of the hardware; it may get other headers, and those elsewhere. */
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
	/* Copies, which the stores to elements cannot change for all the compiler knows. */
	const struct netcx_queue *q = tx->q;
	NET_RING *pr = q->packets;
	NET_RING *fr = q->fragments;
	const u32 first = fr->EndIndex;
	const u32 slot = pr->EndIndex;
	const u32 length = skb->len;
	struct netcx_tx_packet *entry = &tx->packets[slot];
	NET_PACKET *packet = NetRingGetPacketAtIndex(pr, slot);
	int bytes = length;
	u32 count = 1;
	int err;

	netcx_packet_write(packet, q->layout.packet_end, &tx->plain);
	if (skb_vlan_tag_present(skb))
		netcx_vlan_write(tx, skb, packet);
	entry->skb = skb;
	entry->bytes = length;
	entry->segments = 1;
	if (skb->ip_summed == CHECKSUM_PARTIAL) {
		err = netcx_tx_translate_offload(tx, skb, packet, entry);
		if (unlikely(err))
			return err;
		bytes = entry->bytes;
	}

	if (bounce && netcx_bounce_is_needed(tx, skb)) {
		err = netcx_bounce(tx, slot, first, skb);
		if (unlikely(err))
			return err;
		entry->type = NETCX_TX_BOUNCED;
	} else if (!bounce && length <= READ_ONCE(tx->copybreak) && !skb_is_nonlinear(skb)) {
		entry->type = NETCX_TX_COPIED;
		netcx_tx_copy(tx, NetRingGetFragmentAtIndex(fr, first), first, skb, length);
	} else {
		entry->type = NETCX_TX_SKB;
		err = netcx_tx_write_skb(tx, first, skb);
		if (unlikely(err < 0))
			return err;
		count = err;
	}

	entry->fragments = count;
	packet->FragmentIndex = first;
	packet->FragmentCount = count;
	tx->fragments_free -= count;
	fr->EndIndex = NetRingAdvanceIndex(fr, first, count);
	pr->EndIndex = NetRingIncrementIndex(pr, slot);
	return bytes;
}

static void netcx_tx_count(struct netcx_tx_queue *tx, u64_stats_t *counter)
{
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_inc(counter);
	u64_stats_update_end(&tx->stats.sync);
}

/*
 * Tells the client about what was written since the last time. What it returned waits for NAPI, or
 * until there is a batch of it: completing packet by packet costs several times as much.
 */
void netcx_tx_post(struct netcx_tx_queue *tx)
{
	const NET_RING *pr = tx->q->packets;

	if (tx->posted == pr->EndIndex || unlikely(tx->broken))
		return;
	trace_netcx_post(tx);
	tx->posted = pr->EndIndex;
	netcx_tx_count(tx, &tx->stats.doorbells);
	/*
	 * Somebody must see to these packets when no more are sent. The notification is asked for
	 * first, since of what finished before nobody is notified.
	 */
	if (!tx->watched) {
		tx->watched = true;
		netcx_arm(tx->q);
	}
	netcx_advance(tx->q);
	if (netcx_ring_distance(pr, pr->OSReserved0, pr->BeginIndex) >= NETCX_TX_COMPLETE_BATCH ||
	    unlikely(netif_xmit_stopped(tx->nq))) {
		netcx_tx_complete(tx, 0);
		netcx_tx_wake(tx);
	}
}

static void netcx_tx_drop(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	dev_kfree_skb_any(skb);
	netcx_tx_count(tx, &tx->stats.dropped);
}

/* With less room than for the largest packet; does completing what was returned make more? */
noinline bool netcx_tx_stop(struct netcx_tx_queue *tx)
{
	if (likely(tx->q)) {
		netcx_tx_complete(tx, 0);
		if (netcx_tx_has_room(tx, tx->max_fragments) && !tx->broken)
			return false;
	}
	netif_tx_stop_queue(tx->nq);
	netcx_tx_count(tx, &tx->stats.stopped);
	trace_netcx_stop(tx);
	return true;
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

/* Sees to the rare packet that can't go as it is, nor as a @bounce; false: it was dropped. */
static __always_inline bool netcx_tx_fit(struct netcx_tx_queue *tx, struct sk_buff *skb,
					 bool bounce)
{
	/* Its features were checked before they changed. */
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
		/* Whoever sends past the number of queues there are finds one without room. */
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

/* Back to what netcx_tx_init() made: without room for whoever sends all the same. */
static void netcx_tx_forget(struct netcx_tx_queue *tx)
{
	kvfree(tx->mappings);
	kvfree(tx->packets);
	tx->mappings = NULL;
	tx->packets = NULL;
	tx->q = NULL;
	tx->fragments_free = 0;
}

int netcx_tx_open(struct netcx_tx_queue *tx, struct netcx_channel *channel, struct netcx_queue *q)
{
	const struct netcx_adapter *adapter = channel->nd->adapter;
	const u32 packets = q->packets->NumberOfElements;
	const u32 fragments = q->fragments->NumberOfElements;

	tx->q = q;
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
	tx->fragments_free = fragments - 1;
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
	if (!tx->packets)
		goto forget;
	if (tx->dma_dev) {
		tx->mappings = kvcalloc(fragments, sizeof(*tx->mappings), GFP_KERNEL);
		if (!tx->mappings || (tx->xsk && netcx_xsk_tx_open(tx)))
			goto forget;
		/* Without them nothing is copied: slower, but it works. */
		tx->copies = dma_alloc_coherent(tx->dma_dev, fragments * NETCX_COPYBREAK,
						&tx->copies_address, GFP_KERNEL | __GFP_NOWARN);
	}
	netcx_tx_set_copybreak(tx, channel->nd->tx_copybreak);
	return 0;

forget:
	netcx_tx_forget(tx);
	return -ENOMEM;
}

void netcx_tx_set_copybreak(struct netcx_tx_queue *tx, u32 copybreak)
{
	WRITE_ONCE(tx->copybreak, tx->copies ? copybreak : 0);
}

/* The queue is stopped, or the device's DMA is: what the client did not return is dropped here. */
void netcx_tx_close(struct netcx_tx_queue *tx)
{
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;

	/* What was sent counts, even if NAPI did not come to it any more. */
	__netif_tx_lock_bh(tx->nq);
	netcx_tx_complete(tx, 0);
	__netif_tx_unlock_bh(tx->nq);
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
			dev_kfree_skb_any(packet->skb);
		}
		fr->OSReserved0 = NetRingAdvanceIndex(fr, fr->OSReserved0, packet->fragments);
	}
	netcx_xdp_completed(tx);
	if (tx->xsk)
		netcx_xsk_tx_close(tx);
	netdev_tx_reset_queue(tx->nq);
	if (tx->copies)
		dma_free_coherent(tx->dma_dev, tx->q->fragments->NumberOfElements * NETCX_COPYBREAK,
				  tx->copies, tx->copies_address);
	tx->copies = NULL;
	netcx_tx_forget(tx);
}

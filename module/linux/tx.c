// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way of a sent packet: an skb becomes a NET_PACKET and its NET_FRAGMENTs, the client is told,
 * and what it returns is unmapped and freed. All of it under the tx queue's lock.
 */
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include <linux/tcp.h>

#include "netcx_linux.h"

static void netcx_tx_unmap(struct netcx_tx_queue *tx, const struct netcx_tx_mapping *mapping)
{
	if (mapping->page)
		dma_unmap_page(tx->dma_dev, mapping->address, mapping->length, DMA_TO_DEVICE);
	else
		dma_unmap_single(tx->dma_dev, mapping->address, mapping->length, DMA_TO_DEVICE);
}

static void netcx_tx_unmap_range(struct netcx_tx_queue *tx, u32 first, u32 count)
{
	const NET_RING *fr = tx->q->fragments;

	if (!tx->dma_dev)
		return;
	for (; count; count--) {
		netcx_tx_unmap(tx, &tx->mappings[first]);
		first = NetRingIncrementIndex(fr, first);
	}
}

/*
 * The client frees fragment slots by moving BeginIndex, we by completing packets; a slot is free
 * when both have. Asking for the slower one keeps a client that lags, or errs, from being overrun.
 */
static void netcx_tx_update_room(struct netcx_tx_queue *tx)
{
	const NET_RING *pr = tx->q->packets;
	const NET_RING *fr = tx->q->fragments;

	tx->packets_free = pr->ElementIndexMask -
			   netcx_ring_distance(pr, pr->OSReserved0, pr->EndIndex);
	tx->fragments_free = fr->ElementIndexMask -
			     max(netcx_ring_distance(fr, fr->OSReserved0, fr->EndIndex),
				 netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex));
}

static bool netcx_tx_has_room(const struct netcx_tx_queue *tx, u32 fragments)
{
	return tx->packets_free && tx->fragments_free >= fragments;
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

static bool netcx_tx_begin_is_sane(const NET_RING *ring)
{
	return ring->BeginIndex <= ring->ElementIndexMask &&
	       netcx_ring_distance(ring, ring->OSReserved0, ring->BeginIndex) <=
	       netcx_ring_distance(ring, ring->OSReserved0, ring->EndIndex);
}

unsigned int netcx_tx_complete(struct netcx_tx_queue *tx, int napi_budget)
{
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;
	unsigned int packets = 0, segments = 0, bytes = 0;
	u32 index = pr->OSReserved0;
	u32 fragment = fr->OSReserved0;

	if (index == pr->BeginIndex)
		return 0;
	if (unlikely(!netcx_tx_begin_is_sane(pr))) {
		netcx_tx_break(tx, pr, "packet");
		return 0;
	}

	for (; index != pr->BeginIndex; index = NetRingIncrementIndex(pr, index)) {
		struct netcx_tx_packet *packet = &tx->packets[index];

		netcx_tx_unmap_range(tx, fragment, packet->fragments);
		fragment = NetRingAdvanceIndex(fr, fragment, packet->fragments);
		bytes += packet->bytes;
		segments += packet->segments;
		packets++;
		napi_consume_skb(packet->skb, napi_budget);
		packet->skb = NULL;
	}
	pr->OSReserved0 = index;
	fr->OSReserved0 = fragment;
	if (unlikely(fr->BeginIndex > fr->ElementIndexMask))
		netcx_tx_break(tx, fr, "fragment");
	else
		netcx_tx_update_room(tx);

	netdev_tx_completed_queue(tx->nq, packets, bytes);
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_add(&tx->stats.packets, segments);
	u64_stats_add(&tx->stats.bytes, bytes);
	u64_stats_update_end(&tx->stats.sync);
	return packets;
}

void netcx_tx_service(struct netcx_tx_queue *tx, int napi_budget)
{
	if (unlikely(tx->broken))
		return;
	if (netcx_tx_client_owns(tx)) {
		tx->unposted = 0;
		tx->q->advance(tx->q->handle);
	}
	netcx_tx_complete(tx, napi_budget);
}

void netcx_tx_wake(struct netcx_tx_queue *tx)
{
	if (unlikely(netif_tx_queue_stopped(tx->nq)) && !tx->broken &&
	    netcx_tx_has_room(tx, tx->wake_fragments))
		netif_tx_wake_queue(tx->nq);
}

/*
 * Puts one piece of an skb into the next fragment slot. The slots from EndIndex on are free, and
 * stay ours until EndIndex moves, so an error further on only has to unmap.
 */
static int netcx_tx_add_fragment(struct netcx_tx_queue *tx, u32 index, void *address,
				 const skb_frag_t *frag, u32 length)
{
	const struct netcx_queue_layout *layout = &tx->q->layout;
	NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, index);
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;

	if (tx->dma_dev) {
		struct netcx_tx_mapping *mapping = &tx->mappings[index];
		NET_FRAGMENT_LOGICAL_ADDRESS *logical;
		dma_addr_t dma;

		if (frag)
			dma = skb_frag_dma_map(tx->dma_dev, frag, 0, length, DMA_TO_DEVICE);
		else
			dma = dma_map_single(tx->dma_dev, address, length, DMA_TO_DEVICE);
		if (unlikely(dma_mapping_error(tx->dma_dev, dma)))
			return -ENOMEM;
		mapping->address = dma;
		mapping->length = length;
		mapping->page = frag;
		logical = netcx_extension(fragment, layout->fragment_logical_address);
		logical->LogicalAddress = dma;
	}
	netcx_fragment_write(fragment, length, length);
	virtual = netcx_extension(fragment, layout->fragment_virtual_address);
	virtual->VirtualAddress = address;
	return 0;
}

int netcx_tx_translate(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;
	const struct skb_shared_info *shinfo;
	const u32 first = fr->EndIndex;
	struct netcx_tx_packet *entry;
	NET_PACKET *packet;
	u32 index = first;
	u32 count = 0;
	unsigned int i;
	int err;

	packet = NetRingGetPacketAtIndex(pr, pr->EndIndex);
	netcx_packet_clear(packet, pr->ElementStride);
	packet->Layout.Layer2Type = NetPacketLayer2TypeEthernet;
	packet->Layout.Layer2HeaderLength = ETH_HLEN;

	entry = &tx->packets[pr->EndIndex];
	entry->skb = skb;
	entry->bytes = skb->len;
	entry->segments = 1;
	if (skb->ip_summed == CHECKSUM_PARTIAL) {
		/* Changes headers, and may move them, so it comes before they are looked at. */
		err = netcx_tx_offload(tx->q, skb, packet);
		if (unlikely(err))
			return err;
		if (skb_is_gso(skb)) {
			entry->segments = skb_shinfo(skb)->gso_segs;
			entry->bytes += (entry->segments - 1) * skb_tcp_all_headers(skb);
		}
	}
	shinfo = skb_shinfo(skb);

	if (likely(skb_headlen(skb))) {
		err = netcx_tx_add_fragment(tx, index, skb->data, NULL, skb_headlen(skb));
		if (unlikely(err))
			return err;
		index = NetRingIncrementIndex(fr, index);
		count++;
	}
	for (i = 0; i < shinfo->nr_frags; i++) {
		const skb_frag_t *frag = &shinfo->frags[i];

		err = netcx_tx_add_fragment(tx, index, skb_frag_address(frag), frag,
					    skb_frag_size(frag));
		if (unlikely(err)) {
			netcx_tx_unmap_range(tx, first, count);
			return err;
		}
		index = NetRingIncrementIndex(fr, index);
		count++;
	}

	packet->FragmentIndex = first;
	packet->FragmentCount = count;
	entry->fragments = count;
	tx->fragments_free -= count;
	tx->packets_free--;
	fr->EndIndex = index;
	pr->EndIndex = NetRingIncrementIndex(pr, pr->EndIndex);
	return 0;
}

static void netcx_tx_count(struct netcx_tx_queue *tx, u64_stats_t *counter)
{
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_inc(counter);
	u64_stats_update_end(&tx->stats.sync);
}

/* Tells the client about what was written since the last time. */
static void netcx_tx_post(struct netcx_tx_queue *tx)
{
	if (!tx->unposted)
		return;
	netcx_tx_count(tx, &tx->stats.doorbells);
	netcx_tx_service(tx, 0);
	netcx_tx_wake(tx);

	/* Somebody must see to what the client still owns when no more packets are sent. */
	if (netcx_tx_client_owns(tx) && !tx->watched) {
		tx->watched = true;
		napi_schedule(&tx->channel->napi);
	}
}

static void netcx_tx_drop(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	dev_kfree_skb_any(skb);
	netcx_tx_count(tx, &tx->stats.dropped);
}

static void netcx_tx_stop(struct netcx_tx_queue *tx)
{
	netif_tx_stop_queue(tx->nq);
	netcx_tx_count(tx, &tx->stats.stopped);
}

/*
 * Fills a short packet up to Ethernet's minimum with zeros, so that no client can leak memory that
 * way; false: it was dropped. The checksum comes first, since hardware that makes the pseudo header
 * itself would take the padding for payload.
 */
static bool netcx_tx_pad(struct netcx_tx_queue *tx, struct sk_buff *skb)
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
static bool netcx_tx_linearize(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	if (skb_linearize(skb)) {
		netcx_tx_drop(tx, skb);
		return false;
	}
	netcx_tx_count(tx, &tx->stats.linearized);
	return true;
}

/* Sees to the rare packet that can't go as it is; false: it was dropped. */
static bool netcx_tx_fit(struct netcx_tx_queue *tx, struct sk_buff *skb)
{
	if (unlikely(skb->len < ETH_ZLEN))
		return netcx_tx_pad(tx, skb);
	if (unlikely(skb_shinfo(skb)->nr_frags + 1 > tx->max_fragments))
		return netcx_tx_linearize(tx, skb);
	return true;
}

netdev_tx_t netcx_start_xmit(struct sk_buff *skb, struct net_device *netdev)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_tx_queue *tx = nd->channels[skb_get_queue_mapping(skb)].tx;

	if (unlikely(!netcx_tx_has_room(tx, tx->max_fragments))) {
		netcx_tx_stop(tx);
		netcx_tx_post(tx);
		return NETDEV_TX_BUSY;
	}

	if (likely(netcx_tx_fit(tx, skb))) {
		const struct netcx_tx_packet *entry = &tx->packets[tx->q->packets->EndIndex];

		skb_tx_timestamp(skb);
		if (likely(!netcx_tx_translate(tx, skb))) {
			tx->unposted++;
			if (unlikely(!netcx_tx_has_room(tx, tx->max_fragments)))
				netcx_tx_stop(tx);
			if (__netdev_tx_sent_queue(tx->nq, entry->bytes, netdev_xmit_more()))
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
	if (adapter->tx.MappingRequirement == NetMemoryMappingRequirementDmaMapped)
		tx->dma_dev = &channel->nd->device->pdev->dev;
	tx->max_fragments = min3((size_t)MAX_SKB_FRAGS + 1, adapter->tx.MaximumNumberOfFragments,
				 (size_t)fragments - 1);
	tx->wake_fragments = max_t(u32, tx->max_fragments, fragments / 4);
	tx->packets_free = packets - 1;
	tx->fragments_free = fragments - 1;
	tx->unposted = 0;
	tx->watched = false;
	tx->broken = false;
	tx->looks = 0;

	tx->packets = kvcalloc(packets, sizeof(*tx->packets), GFP_KERNEL);
	if (!tx->packets)
		return -ENOMEM;
	if (tx->dma_dev) {
		tx->mappings = kvcalloc(fragments, sizeof(*tx->mappings), GFP_KERNEL);
		if (!tx->mappings) {
			kvfree(tx->packets);
			tx->packets = NULL;
			return -ENOMEM;
		}
	}
	return 0;
}

/* The queue is stopped, or the device's DMA is: what the client did not return is dropped here. */
void netcx_tx_close(struct netcx_tx_queue *tx)
{
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;

	for (; pr->OSReserved0 != pr->EndIndex;
	     pr->OSReserved0 = NetRingIncrementIndex(pr, pr->OSReserved0)) {
		struct netcx_tx_packet *packet = &tx->packets[pr->OSReserved0];

		netcx_tx_unmap_range(tx, fr->OSReserved0, packet->fragments);
		fr->OSReserved0 = NetRingAdvanceIndex(fr, fr->OSReserved0, packet->fragments);
		dev_kfree_skb_any(packet->skb);
	}
	netdev_tx_reset_queue(tx->nq);
	kvfree(tx->mappings);
	kvfree(tx->packets);
	tx->mappings = NULL;
	tx->packets = NULL;
	tx->q = NULL;
}

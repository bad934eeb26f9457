// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clients with demands on where a packet lies: every fragment aligned, room before the first for a
 * header of the client's own; and those that segment TCP, but take a packet in one piece only. A
 * packet that is elsewhere, which with such demands most are, or in too many pieces is copied to
 * memory of its own and has one fragment then. Other adapters have nothing to do with this.
 *
 * The client writes its header when it posts the packet, just before it rings the doorbell, and
 * nobody could show that to a device which reads a copy made before (swiotlb), or past a cache. So
 * where the client does DMA the memory is coherent: from pools, which keep what the queue needed at
 * its busiest.
 */
#include <linux/dmapool.h>
#include <linux/if_vlan.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <net/tcp.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "tx_bounce.h"
#include "tx_entry.h"
#include "tx_queue.h"

/* Up to so many bytes a packet is from the first pool: one of the usual MTU. */
#define NETCX_BOUNCE_SMALL	2048

static void netcx_bounce_destroy_pools(struct netcx_tx_queue *tx)
{
	unsigned int i;

	for (i = 0; i < NETCX_BOUNCE_POOLS; i++) {
		dma_pool_destroy(tx->bounce_pools[i]);
		tx->bounce_pools[i] = NULL;
	}
}

/*
 * The largest copy: of TCP, with its headers, or of anything else, with the room before it. XDP may
 * keep the MTU below the client's for a while, which is nothing that queues are made anew for.
 */
static u32 netcx_bounce_largest(const struct netcx_tx_queue *tx)
{
	const u32 mtu = READ_ONCE(tx->channel->nd->adapter->mtu);

	return tx->backfill + max_t(u32, NETCX_BOUNCE_TSO_MAX + MAX_TCP_HEADER,
				    mtu + VLAN_ETH_HLEN + VLAN_HLEN);
}

static int netcx_bounce_create_pools(struct netcx_tx_queue *tx)
{
	const u32 sizes[NETCX_BOUNCE_POOLS] = {
		tx->backfill + NETCX_BOUNCE_SMALL,
		netcx_bounce_largest(tx),
	};
	unsigned int i;

	for (i = 0; i < NETCX_BOUNCE_POOLS; i++) {
		tx->bounce_sizes[i] = sizes[i];
		tx->bounce_pools[i] = dma_pool_create("netcx_tx", tx->dma_dev, sizes[i],
						      tx->alignment, 0);
		if (!tx->bounce_pools[i]) {
			netcx_bounce_destroy_pools(tx);
			return -ENOMEM;
		}
	}
	return 0;
}

int netcx_bounce_open(struct netcx_tx_queue *tx, const struct netcx_adapter *adapter, u32 packets)
{
	int err = 0;

	tx->bounces = NULL;
	if (!netcx_tx_needs_copies(adapter))
		return 0;
	tx->alignment = max_t(size_t, adapter->tx.FragmentBufferAlignment, 1);
	tx->backfill = adapter->tx.PayloadBackfill;
	if (tx->dma_dev)
		err = netcx_bounce_create_pools(tx);
	if (err)
		return err;
	tx->bounces = kvcalloc(packets, sizeof(*tx->bounces), GFP_KERNEL);
	if (!tx->bounces) {
		netcx_bounce_destroy_pools(tx);
		return -ENOMEM;
	}
	return 0;
}

void netcx_bounce_close(struct netcx_tx_queue *tx)
{
	netcx_bounce_destroy_pools(tx);
	kvfree(tx->bounces);
	tx->bounces = NULL;
}

bool netcx_bounce_is_outgrown(const struct netcx_tx_queue *tx)
{
	const unsigned int last = NETCX_BOUNCE_POOLS - 1;

	return tx->bounce_pools[last] && tx->bounce_sizes[last] < netcx_bounce_largest(tx);
}

static bool netcx_is_aligned(const struct netcx_tx_queue *tx, const void *address)
{
	return IS_ALIGNED((unsigned long)address, tx->alignment);
}

/*
 * The client may write to the room before a packet, which an skb's headroom is not for. The copy is
 * in one piece, so a packet in too many needs no other.
 */
bool netcx_bounce_is_needed(const struct netcx_tx_queue *tx, const struct sk_buff *skb)
{
	const struct skb_shared_info *shinfo = skb_shinfo(skb);
	unsigned int i;

	if (tx->backfill || shinfo->nr_frags + 1 > tx->max_fragments ||
	    !netcx_is_aligned(tx, skb->data))
		return true;
	for (i = 0; i < shinfo->nr_frags; i++)
		if (!netcx_is_aligned(tx, skb_frag_address(&shinfo->frags[i])))
			return true;
	return false;
}

/* Below a page only powers of two are aligned to themselves; above all are, to a page. */
static void *netcx_bounce_kmalloc(const struct netcx_tx_queue *tx, u32 length)
{
	size_t size = max(length, tx->alignment);

	if (size < PAGE_SIZE)
		size = roundup_pow_of_two(size);
	return kmalloc(size, GFP_ATOMIC | __GFP_NOWARN);
}

static bool netcx_bounce_alloc(const struct netcx_tx_queue *tx, struct netcx_tx_bounce *bounce,
			       u32 length)
{
	unsigned int i = 0;

	bounce->pool = NULL;
	bounce->address = 0;
	if (!tx->dma_dev) {
		bounce->memory = netcx_bounce_kmalloc(tx, length);
		return bounce->memory;
	}
	while (length > tx->bounce_sizes[i])
		if (++i == NETCX_BOUNCE_POOLS)
			return false;
	bounce->pool = tx->bounce_pools[i];
	bounce->memory = dma_pool_alloc(bounce->pool, GFP_ATOMIC | __GFP_NOWARN, &bounce->address);
	return bounce->memory;
}

int netcx_bounce(struct netcx_tx_queue *tx, u32 slot, u32 index, const struct sk_buff *skb)
{
	struct netcx_tx_bounce *bounce = &tx->bounces[slot];
	const u32 length = tx->backfill + skb->len;
	int err;

	if (unlikely(!netcx_bounce_alloc(tx, bounce, length)))
		return -ENOMEM;
	memset(bounce->memory, 0, tx->backfill);
	err = skb_copy_bits(skb, 0, bounce->memory + tx->backfill, skb->len);
	if (unlikely(err)) {
		netcx_bounce_free(tx, slot);
		return err;
	}
	netcx_tx_put_fragment(tx, index, bounce->memory, bounce->address, length, length)
		->OsReserved_Bounced = 1;
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_inc(&tx->stats.linearized);
	u64_stats_update_end(&tx->stats.sync);
	return 0;
}

void netcx_bounce_free(struct netcx_tx_queue *tx, u32 slot)
{
	const struct netcx_tx_bounce *bounce = &tx->bounces[slot];

	if (bounce->pool)
		dma_pool_free(bounce->pool, bounce->memory, bounce->address);
	else
		kfree(bounce->memory);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clients with demands on where a packet lies: every fragment aligned, room before the first for a
 * header of the client's own. A packet that is elsewhere, which most are, or in too many pieces is
 * copied to memory of its own and has one fragment then. Adapters without such demands have nothing
 * to do with this.
 */
#include <linux/log2.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "tx_bounce.h"
#include "tx_queue.h"
#include "xdp.h"

int netcx_bounce_open(struct netcx_tx_queue *tx, const struct netcx_adapter *adapter, u32 packets)
{
	tx->bounces = NULL;
	if (!netcx_tx_has_demands(adapter))
		return 0;
	tx->alignment = adapter->tx.FragmentBufferAlignment;
	tx->backfill = adapter->tx.PayloadBackfill;
	tx->bounces = kvcalloc(packets, sizeof(*tx->bounces), GFP_KERNEL);
	return tx->bounces ? 0 : -ENOMEM;
}

void netcx_bounce_close(struct netcx_tx_queue *tx, u32 packets)
{
	u32 i;

	if (!tx->bounces)
		return;
	for (i = 0; i < packets; i++)
		kfree(tx->bounces[i]);
	kvfree(tx->bounces);
	tx->bounces = NULL;
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
static void *netcx_bounce_alloc(const struct netcx_tx_queue *tx, u32 length)
{
	size_t size = max(length, tx->alignment);

	if (size < PAGE_SIZE)
		size = roundup_pow_of_two(size);
	return kmalloc(size, GFP_ATOMIC | __GFP_NOWARN);
}

int netcx_bounce(struct netcx_tx_queue *tx, u32 slot, u32 index, const struct sk_buff *skb)
{
	const u32 length = tx->backfill + skb->len;
	void *memory = netcx_bounce_alloc(tx, length);
	int err;

	if (unlikely(!memory))
		return -ENOMEM;
	memset(memory, 0, tx->backfill);
	err = skb_copy_bits(skb, 0, memory + tx->backfill, skb->len);
	if (!err)
		err = netcx_xdp_add_fragment(tx, index, memory, length);
	if (unlikely(err)) {
		kfree(memory);
		return err;
	}
	NetRingGetFragmentAtIndex(tx->q->fragments, index)->OsReserved_Bounced = 1;
	tx->bounces[slot] = memory;
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_inc(&tx->stats.linearized);
	u64_stats_update_end(&tx->stats.sync);
	return 0;
}

void netcx_bounce_free(struct netcx_tx_queue *tx, u32 slot)
{
	kfree(tx->bounces[slot]);
	tx->bounces[slot] = NULL;
}

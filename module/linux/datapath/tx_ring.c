// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tx queue's rings, whoever sends: the client is told of what was written, and what it returns is
 * unmapped and freed. All of it under the tx queue's lock.
 */
#include "../../core/core.h"
#include "../../core/returned.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "callbacks.h"
#include "channel.h"
#include "napi.h"
#include "ring.h"
#include "trace.h"
#include "tx_bounce.h"
#include "tx_entry.h"
#include "tx_queue.h"
#include "tx_ring.h"
#include "xdp_complete.h"

/* ndo_start_xmit() completes returned packets once this many wait; else NAPI does. */
#define NETCX_TX_COMPLETE_BATCH	16

/*
 * napi_consume_skb() frees to the per-CPU napi_alloc_cache, which needs bottom halves off, as they
 * are under a tx queue's lock. netpoll may have interrupted that cache's user, so with interrupts
 * off (@later) the skb is freed by dev_consume_skb_any().
 */
static __always_inline void netcx_tx_free_skb(struct sk_buff *skb, bool later)
{
	napi_consume_skb(skb, !later);
}

/*
 * A fragment slot is free when BeginIndex has passed it and its packet is completed. The smaller
 * number counts, so that a client that moves one index late is not overrun. The packet ring is as
 * large, and no packet is without a fragment, so it has room when this has.
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
	if (netcx_device_may_log(nd->device))
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
				/* Nor may pages go back to a page_pool: NAPI does the rest. */
				netcx_channel_schedule(tx->channel);
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
	    netif_carrier_ok(tx->netdev) && netcx_tx_has_room(tx, tx->wake_fragments)) {
		netif_tx_wake_queue(tx->nq);
		trace_netcx_wake(tx);
	}
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
	 * NAPI is neither scheduled nor the queue armed. It is armed before Advance, since what
	 * completes earlier raises no notification.
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

/*
 * There are fewer free slots than the largest packet needs: stops the queue unless completing what
 * was returned makes room. Returns true if it is stopped.
 */
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

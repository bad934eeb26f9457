// SPDX-License-Identifier: GPL-2.0-only
/* Packets of XDP and AF_XDP that were sent: their memory goes back to where it is from. */
#include <linux/filter.h>
#include <net/xdp_sock_drv.h>

#include "../../core/core.h"
#include "../os/compat.h"
#include "channel.h"
#include "rx_queue.h"
#include "tx_entry.h"
#include "tx_queue.h"
#include "xdp_complete.h"

/*
 * The NAPI that completes is the one whose page_pool the pages are from, unless its rx queue, and
 * with it the pool, was made anew meanwhile.
 */
static bool netcx_xdp_is_own(const struct netcx_channel *channel, const struct xdp_frame *frame)
{
	const struct netcx_rx_queue *rx = channel->rx;

	return likely(rx) && netcx_xdp_frame_is_of(frame, rx->pool, &rx->xdp_rxq);
}

static void netcx_xdp_recycle(struct page_pool *pool, struct xdp_frame *frame)
{
	if (unlikely(xdp_frame_has_frags(frame))) {
		const struct skb_shared_info *shinfo = xdp_get_shared_info_from_frame(frame);
		u32 i;

		for (i = 0; i < shinfo->nr_frags; i++)
			page_pool_put_full_page(pool, skb_frag_page(&shinfo->frags[i]), true);
	}
	page_pool_put_full_page(pool, virt_to_head_page(frame), true);
}

void netcx_xdp_complete(struct netcx_tx_queue *tx, struct netcx_tx_packet *packet, u32 fragment,
			int napi_budget)
{
	struct netcx_xdp_completed *completed = &tx->xdp_completed;

	if (!completed->any) {
		completed->any = true;
		xdp_frame_bulk_init(&completed->bulk);
	}
	completed->packets++;
	completed->bytes += packet->bytes;
	if (packet->type == NETCX_TX_XSK) {
		/* Mapped as long as the socket's memory is. */
		completed->xsk += packet->descriptors;
		packet->descriptors = 0;
		tx->xsk_pending--;
		return;
	}
	netcx_tx_unmap_range(tx, fragment, packet->fragments);
	if (packet->type == NETCX_TX_XDP_OWN && napi_budget &&
	    netcx_xdp_is_own(tx->channel, packet->frame)) {
		netcx_xdp_recycle(tx->channel->rx->pool, packet->frame);
	} else {
		rcu_read_lock();
		xdp_return_frame_bulk(packet->frame, &completed->bulk);
		rcu_read_unlock();
	}
	packet->frame = NULL;
}

/* Their memory goes back, sent or not. */
static void netcx_xdp_flush(struct netcx_tx_queue *tx)
{
	struct netcx_xdp_completed *completed = &tx->xdp_completed;

	rcu_read_lock();
	xdp_flush_frame_bulk(&completed->bulk);
	rcu_read_unlock();
	if (completed->xsk)
		xsk_tx_completed(tx->xsk, completed->xsk);
	completed->any = false;
	completed->packets = 0;
	completed->bytes = 0;
	completed->xsk = 0;
}

void netcx_xdp_completed(struct netcx_tx_queue *tx)
{
	const struct netcx_xdp_completed *completed = &tx->xdp_completed;

	if (!completed->any)
		return;
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_add(&tx->stats.packets, completed->packets);
	u64_stats_add(&tx->stats.bytes, completed->bytes);
	u64_stats_update_end(&tx->stats.sync);
	netcx_xdp_flush(tx);
}

void netcx_xdp_dropped(struct netcx_tx_queue *tx)
{
	if (!tx->xdp_completed.any)
		return;
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_add(&tx->stats.xdp_dropped, tx->xdp_completed.packets);
	u64_stats_update_end(&tx->stats.sync);
	netcx_xdp_flush(tx);
}

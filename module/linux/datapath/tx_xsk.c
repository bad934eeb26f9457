// SPDX-License-Identifier: GPL-2.0-only
/*
 * What AF_XDP sockets without copies send: their descriptors go into the tx ring as they are, and
 * what the client returns is completed with everything else.
 */
#include <linux/dma-mapping.h>
#include <net/xdp_sock_drv.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"
#include "tx_entry.h"
#include "tx_queue.h"
#include "tx_ring.h"
#include "tx_xsk.h"

/* NAPI does all the work, and finds out itself what there is to do. */
int netcx_xsk_wakeup(struct net_device *netdev, u32 queue, u32 flags)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_channel *channel;

	if (!READ_ONCE(nd->running))
		return -ENETDOWN;
	if (queue >= nd->num_channels)
		return -EINVAL;
	channel = &nd->channels[queue];
	if (!READ_ONCE(channel->xsk_pool))
		return -EINVAL;
	if (!napi_if_scheduled_mark_missed(&channel->napi)) {
		local_bh_disable();
		napi_schedule(&channel->napi);
		local_bh_enable();
	}
	return 0;
}

int netcx_xsk_tx_open(struct netcx_tx_queue *tx)
{
	tx->xsk_pending = 0;
	tx->padding = dma_map_page(tx->dma_dev, ZERO_PAGE(0), 0, ETH_ZLEN, DMA_TO_DEVICE);
	return dma_mapping_error(tx->dma_dev, tx->padding) ? -ENOMEM : 0;
}

void netcx_xsk_tx_close(struct netcx_tx_queue *tx)
{
	dma_unmap_page(tx->dma_dev, tx->padding, ETH_ZLEN, DMA_TO_DEVICE);
}

/*
 * User space may ask for anything that lies in its memory. What is no packet is not sent: it is
 * completed with the packet before it, since descriptors complete in their order.
 */
static void netcx_xsk_refuse(struct netcx_tx_queue *tx)
{
	if (tx->xsk_pending)
		tx->packets[tx->xsk_last].descriptors++;
	else
		xsk_tx_completed(tx->xsk, 1);
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_inc(&tx->stats.xdp_dropped);
	u64_stats_update_end(&tx->stats.sync);
}

/* Takes a descriptor into the rings; false: it is no packet. */
static bool netcx_xsk_translate(struct netcx_tx_queue *tx, const struct xdp_desc *desc)
{
	const NET_RING *fr = tx->q->fragments;
	const u32 first = fr->EndIndex;
	struct netcx_tx_entry entry;
	u32 fragments = 1;
	dma_addr_t dma;

	if (unlikely(desc->len < ETH_HLEN || (desc->len < ETH_ZLEN && tx->max_fragments < 2)))
		return false;
	dma = xsk_buff_raw_get_dma(tx->xsk, desc->addr);
	xsk_buff_raw_dma_sync_for_device(tx->xsk, dma, desc->len);
	netcx_tx_put_fragment(tx, first, xsk_buff_raw_get_data(tx->xsk, desc->addr), dma,
			      desc->len, desc->len);
	if (unlikely(desc->len < ETH_ZLEN)) {
		const u32 missing = ETH_ZLEN - desc->len;

		/* Clients need not fill up short packets, see netcx_tx_pad(). */
		netcx_tx_put_fragment(tx, NetRingIncrementIndex(fr, first),
				      page_address(ZERO_PAGE(0)), tx->padding, missing, missing);
		fragments = 2;
	}

	entry = netcx_tx_begin(tx, desc->len);
	entry.owner->descriptors = 1;
	netcx_tx_enter(tx, &entry, NETCX_TX_XSK, fragments);
	tx->xsk_last = entry.slot;
	tx->xsk_pending++;
	return true;
}

/* For so many descriptors, of up to two fragments, there is room. */
static u32 netcx_xsk_room(const struct netcx_tx_queue *tx)
{
	const u32 fragments = tx->fragments_free;

	if (fragments <= tx->wake_fragments)
		return 0;
	return (fragments - tx->wake_fragments) / 2;
}

bool netcx_xsk_poll(struct netcx_tx_queue *tx, int budget)
{
	const u32 limit = min_t(u32, budget, netcx_xsk_room(tx));
	u32 taken = 0, sent = 0, i;

	/* Without a link they would be stale by the time they are sent: user space keeps them. */
	if (limit && likely(!tx->broken && netif_carrier_ok(tx->netdev))) {
		/* It stays set: user space has to call sendto() after it has added descriptors. */
		if (xsk_uses_need_wakeup(tx->xsk))
			xsk_set_tx_need_wakeup(tx->xsk);
		taken = xsk_tx_peek_release_desc_batch(tx->xsk, limit);
		for (i = 0; i < taken; i++) {
			if (likely(netcx_xsk_translate(tx, &tx->xsk->tx_descs[i])))
				sent++;
			else
				netcx_xsk_refuse(tx);
		}
	}
	if (sent) {
		txq_trans_cond_update(tx->nq);
		u64_stats_update_begin(&tx->stats.sync);
		u64_stats_inc(&tx->stats.doorbells);
		u64_stats_add(&tx->stats.xdp_frames, sent);
		u64_stats_update_end(&tx->stats.sync);
	}
	netcx_tx_service(tx, budget);
	/*
	 * There may be more descriptors, and room for them now, also if there was none before: of
	 * what has just been completed nobody will be notified.
	 */
	return taken == limit && netcx_xsk_room(tx) && !tx->broken;
}

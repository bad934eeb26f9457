// SPDX-License-Identifier: GPL-2.0-only
/*
 * XDP frames on their way out: those a program sends back, and those that other devices' programs
 * redirect here. They go into the rings of the stack's tx queues, under the same lock, and what the
 * client returns is completed with everything else; BQL, which is about the stack's queues, does
 * not see them.
 */
#include <linux/dma-mapping.h>
#include <linux/filter.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"
#include "rx_queue.h"
#include "tx_entry.h"
#include "tx_queue.h"
#include "tx_ring.h"
#include "xdp_tx.h"

/* Clients need not fill up short packets, see netcx_tx_pad(). False: there is no room to do it. */
static bool netcx_xdp_pad(struct xdp_frame *frame)
{
	const u32 missing = ETH_ZLEN - frame->len;
	const u32 used = sizeof(*frame) + frame->headroom + ETH_ZLEN;

	if (xdp_frame_has_frags(frame) ||
	    used + SKB_DATA_ALIGN(sizeof(struct skb_shared_info)) > frame->frame_sz)
		return false;
	memset(frame->data + frame->len, 0, missing);
	frame->len = ETH_ZLEN;
	return true;
}

static int netcx_xdp_map(struct netcx_tx_queue *tx, u32 index, void *address, u32 length)
{
	return netcx_tx_map_fragment(tx, index, address, virt_to_page(address),
				     offset_in_page(address), length);
}

/* Takes a frame into the rings, where there is room for it. */
static int netcx_xdp_translate(struct netcx_tx_queue *tx, struct xdp_frame *frame,
			       enum netcx_tx_type type)
{
	const NET_RING *fr = tx->q->fragments;
	const struct skb_shared_info *shinfo = NULL;
	const u32 first = fr->EndIndex;
	struct netcx_tx_entry entry;
	u32 frags = 0, bytes;
	u32 index = first;
	u32 i;
	int err;

	if (unlikely(frame->len < ETH_ZLEN) && !netcx_xdp_pad(frame))
		return -EINVAL;
	bytes = frame->len;
	if (unlikely(xdp_frame_has_frags(frame))) {
		shinfo = xdp_get_shared_info_from_frame(frame);
		frags = shinfo->nr_frags;
		bytes += shinfo->xdp_frags_size;
		if (frags + 1 > tx->max_fragments)
			return -EMSGSIZE;
	}

	err = netcx_xdp_map(tx, index, frame->data, frame->len);
	if (unlikely(err))
		return err;
	index = NetRingIncrementIndex(fr, index);
	for (i = 0; i < frags; i++) {
		const skb_frag_t *frag = &shinfo->frags[i];

		err = netcx_xdp_map(tx, index, skb_frag_address(frag), skb_frag_size(frag));
		if (unlikely(err)) {
			netcx_tx_unmap_range(tx, first, i + 1);
			return err;
		}
		index = NetRingIncrementIndex(fr, index);
	}

	entry = netcx_tx_begin(tx, bytes);
	entry.owner->frame = frame;
	netcx_tx_enter(tx, &entry, type, frags + 1);
	return 0;
}

static u32 netcx_xdp_fragments(struct xdp_frame *frame)
{
	if (likely(!xdp_frame_has_frags(frame)))
		return 1;
	return 1 + xdp_get_shared_info_from_frame(frame)->nr_frags;
}

/*
 * Under the tx queue's lock. How many frames, from the first on, are the caller's no more: they
 * were sent, or cannot be and were freed.
 */
static int netcx_xdp_send(struct netcx_tx_queue *tx, struct xdp_frame **frames, int n,
			  enum netcx_tx_type type)
{
	int done, refused = 0;

	for (done = 0; done < n; done++) {
		const u32 needed = netcx_xdp_fragments(frames[done]) + tx->wake_fragments;
		int err;

		if (unlikely(!netcx_tx_has_room(tx, needed))) {
			netcx_tx_service(tx, 0);
			if (!netcx_tx_has_room(tx, needed))
				break;
		}
		err = netcx_xdp_translate(tx, frames[done], type);
		if (unlikely(err)) {
			if (err == -ENOMEM)
				break;
			/* There is nothing wrong with those behind it. */
			xdp_return_frame(frames[done]);
			refused++;
		}
	}
	/* Sent, as the stack's watchdog wants to know. */
	if (done > refused)
		txq_trans_cond_update(tx->nq);

	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_add(&tx->stats.xdp_frames, done - refused);
	u64_stats_add(&tx->stats.xdp_dropped, n - done + refused);
	u64_stats_update_end(&tx->stats.sync);
	return done;
}

int netcx_xdp_xmit(struct net_device *netdev, int n, struct xdp_frame **frames, u32 flags)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	const unsigned int cpu = smp_processor_id();
	const unsigned int num_tx = READ_ONCE(nd->num_tx);
	const unsigned int i = likely(cpu < num_tx) ? cpu : cpu % num_tx;
	struct netdev_queue *nq = netdev_get_tx_queue(netdev, i);
	int sent = -ENETDOWN;

	if (unlikely(flags & ~XDP_XMIT_FLAGS_MASK))
		return -EINVAL;
	if (unlikely(!netif_carrier_ok(netdev)))
		return -ENETDOWN;

	__netif_tx_lock(nq, cpu);
	/* Pairs with netcx_set_running(). */
	if (likely(smp_load_acquire(&nd->running) && nd->channels[i].tx)) {
		struct netcx_tx_queue *tx = nd->channels[i].tx;

		sent = netcx_xdp_send(tx, frames, n, NETCX_TX_XDP);
		if (flags & XDP_XMIT_FLUSH)
			netcx_tx_post(tx);
	}
	__netif_tx_unlock(nq);
	return sent;
}

void netcx_xdp_tx(struct netcx_rx_queue *rx, struct xdp_frame *frame)
{
	rx->xdp_tx[rx->xdp_tx_count++] = frame;
	if (rx->xdp_tx_count == NETCX_XDP_TX_BATCH)
		netcx_xdp_tx_flush(rx, false);
}

void netcx_xdp_tx_flush(struct netcx_rx_queue *rx, bool last)
{
	struct netcx_netdev *nd = rx->channel->nd;
	enum netcx_tx_type type = NETCX_TX_XDP_OWN;
	struct netcx_channel *channel = rx->channel;
	const int n = rx->xdp_tx_count;
	struct netcx_tx_queue *tx;
	struct netdev_queue *nq;
	int sent = 0;

	/* Not in pages of a pool of this NAPI's: they come back another way. */
	if (unlikely(!channel->tx))
		channel = &nd->channels[rx->q->id % READ_ONCE(nd->num_tx)];
	if (unlikely(channel != rx->channel || rx->xsk))
		type = NETCX_TX_XDP;
	nq = channel->tx_storage.nq;
	__netif_tx_lock(nq, smp_processor_id());
	/* Another channel's may be gone for a moment, and its frames are dropped. */
	tx = channel->tx;
	if (likely(tx)) {
		sent = netcx_xdp_send(tx, rx->xdp_tx, n, type);
		/* By this NAPI, which asks for a notification in the end, if there is need. */
		if (likely(channel == rx->channel))
			tx->watched = true;
		if (last)
			netcx_tx_post(tx);
	}
	__netif_tx_unlock(nq);
	for (; sent < n; sent++)
		xdp_return_frame_rx_napi(rx->xdp_tx[sent]);
	rx->xdp_tx_count = 0;
}

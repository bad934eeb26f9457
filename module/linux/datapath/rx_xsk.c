// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive memory of AF_XDP sockets without copies: user space brings it, and its buffers become the
 * fragments of the rings. Received packets go to the socket, or wherever else the program says,
 * those for the stack as copies.
 */
#include <linux/bpf_trace.h>
#include <linux/dma-mapping.h>
#include <linux/filter.h>
#include <net/xdp_sock_drv.h>

#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "../os/compat.h"
#include "channel.h"
#include "ring.h"
#include "rx_indicate.h"
#include "rx_memory.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "rx_xsk.h"
#include "xdp.h"
#include "xdp_tx.h"

/* Buffers that are taken from the fill ring at a time. */
#define NETCX_XSK_BATCH		64

static int netcx_rx_xsk_open(struct netcx_rx_queue *rx, u32 elements)
{
	int err;

	rx->xdp_tx_count = 0;
	err = xdp_rxq_info_reg(&rx->xdp_rxq, rx->netdev, rx->q->id, rx->channel->napi.napi_id);
	if (err)
		return err;
	err = xdp_rxq_info_reg_mem_model(&rx->xdp_rxq, MEM_TYPE_XSK_BUFF_POOL, NULL);
	if (err) {
		xdp_rxq_info_unreg(&rx->xdp_rxq);
		return err;
	}
	xsk_pool_set_rxq_info(rx->xsk, &rx->xdp_rxq);
	return 0;
}

static void netcx_rx_xsk_close(struct netcx_rx_queue *rx)
{
	u32 i;

	for (i = 0; i < rx->q->fragments->NumberOfElements; i++) {
		if (rx->buffers[i].xsk)
			xsk_buff_free(rx->buffers[i].xsk);
	}
	xdp_rxq_info_unreg(&rx->xdp_rxq);
}

/* Fills up to @room slots; how many it could not. */
static u32 netcx_xsk_fill(struct netcx_rx_queue *rx, u32 room)
{
	const struct netcx_queue_layout *layout = &rx->q->layout;
	struct xdp_buff *batch[NETCX_XSK_BATCH];
	NET_RING *fr = rx->q->fragments;
	u32 index = fr->EndIndex;
	u32 taken = 0, next = 0;

	for (; room; room--) {
		struct netcx_rx_buffer *buffer = &rx->buffers[index];
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);
		NET_FRAGMENT_LOGICAL_ADDRESS *logical;
		NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;

		if (likely(!buffer->xsk)) {
			if (next == taken) {
				taken = xsk_buff_alloc_batch(rx->xsk, batch,
							     min_t(u32, room, NETCX_XSK_BATCH));
				next = 0;
				if (unlikely(!taken))
					break;
			}
			buffer->xsk = batch[next++];
		}
		netcx_fragment_write(fragment, 0, rx->buffer_size);
		virtual = netcx_extension(fragment, layout->fragment_virtual_address);
		/* Not xdp->data, which xsk_buff_alloc_batch() does not initialise. */
		virtual->VirtualAddress = buffer->xsk->data_hard_start + XDP_PACKET_HEADROOM;
		logical = netcx_extension(fragment, layout->fragment_logical_address);
		logical->LogicalAddress = xsk_buff_xdp_get_dma(buffer->xsk);
		index = NetRingIncrementIndex(fr, index);
	}
	fr->EndIndex = index;
	/* Slots that had kept their buffers. */
	while (unlikely(next < taken))
		xsk_buff_free(batch[next++]);
	return room;
}

static bool netcx_rx_xsk_refill(struct netcx_rx_queue *rx)
{
	u32 room = netcx_xsk_fill(rx, netcx_rx_make_room(rx));

	if (!xsk_uses_need_wakeup(rx->xsk)) {
		if (likely(!room))
			return true;
		netcx_rx_count(rx, &rx->stats.refill_failed);
		return !netcx_rx_is_low(rx);
	}
	if (room) {
		xsk_set_rx_need_wakeup(rx->xsk);
		/* Who fills the ring after the next look at it sees the wish to be woken up. */
		smp_mb();
		room = netcx_xsk_fill(rx, room);
	}
	if (likely(!room))
		xsk_clear_rx_need_wakeup(rx->xsk);
	return true;
}

/* The stack gets a copy: user space wants its memory back. */
static bool netcx_xsk_pass(struct netcx_rx_queue *rx, const NET_PACKET *packet,
			   struct xdp_buff *xdp)
{
	const u32 metasize = xdp->data - xdp->data_meta;
	const u32 length = xdp->data_end - xdp->data;
	struct sk_buff *skb;

	skb = napi_alloc_skb(&rx->channel->napi, metasize + length);
	if (unlikely(!skb)) {
		xsk_buff_free(xdp);
		netcx_rx_count(rx, &rx->stats.no_memory);
		return false;
	}
	memcpy(__skb_put(skb, metasize + length), xdp->data_meta, metasize + length);
	if (metasize) {
		__skb_pull(skb, metasize);
		skb_metadata_set(skb, metasize);
	}
	xsk_buff_free(xdp);
	return netcx_rx_deliver(rx, packet, skb);
}

static void netcx_xsk_send_back(struct netcx_rx_queue *rx, struct bpf_prog *prog,
				struct xdp_buff *xdp, struct netcx_xdp_verdicts *verdicts)
{
	/* In a page of its own, since the memory is user space's. */
	struct xdp_frame *frame = xdp_convert_buff_to_frame(xdp);

	if (likely(frame)) {
		netcx_xdp_tx(rx, frame);
		return;
	}
	xsk_buff_free(xdp);
	trace_xdp_exception(rx->netdev, prog, XDP_TX);
	verdicts->errors++;
}

/* Does with a packet what the program says; was it a multicast for the stack? */
static bool netcx_xsk_act(struct netcx_rx_queue *rx, struct bpf_prog *prog,
			  const NET_PACKET *packet, struct xdp_buff *xdp,
			  struct netcx_xdp_verdicts *verdicts)
{
	const u32 verdict = bpf_prog_run_xdp(prog, xdp);

	if (likely(verdict <= XDP_REDIRECT))
		verdicts->counts[verdict]++;
	switch (verdict) {
	case XDP_REDIRECT:
		if (unlikely(xdp_do_redirect(rx->netdev, xdp, prog))) {
			/* Traced already. Most likely the socket's ring is full. */
			xsk_buff_free(xdp);
			verdicts->errors++;
		}
		return false;
	case XDP_PASS:
		return netcx_xsk_pass(rx, packet, xdp);
	case XDP_TX:
		netcx_xsk_send_back(rx, prog, xdp, verdicts);
		return false;
	default:
		netcx_xdp_exception(rx, prog, verdict);
		verdicts->errors++;
		fallthrough;
	case XDP_DROP:
		xsk_buff_free(xdp);
		return false;
	}
}

static struct xdp_buff *netcx_xsk_take(struct netcx_rx_queue *rx, u32 index)
{
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(rx->q->fragments, index);
	struct xdp_buff *xdp = rx->buffers[index].xsk;

	rx->buffers[index].xsk = NULL;
	xsk_buff_set_size(xdp, fragment->Offset + fragment->ValidLength);
	xdp->data += fragment->Offset;
	xdp->data_meta = xdp->data;
	netcx_xsk_sync_for_cpu(xdp, rx->xsk);
	return xdp;
}

/* One batch of packets under one program, or none. */
struct netcx_xsk_run {
	struct bpf_prog *prog;
	struct netcx_xdp_verdicts verdicts;
};

static __always_inline void netcx_rx_xsk_take(struct netcx_rx_queue *rx, const NET_PACKET *packet,
					      struct netcx_rx_batch *batch, void *context)
{
	struct netcx_xsk_run *run = context;
	struct xdp_buff *xdp;

	batch->packets++;
	/* Longer than the MTU that AF_XDP allows for; the buffers stay in their slots. */
	if (unlikely(packet->FragmentCount > 1)) {
		run->verdicts.errors++;
		return;
	}
	xdp = netcx_xsk_take(rx, packet->FragmentIndex);
	batch->bytes += xdp->data_end - xdp->data;
	if (likely(run->prog))
		batch->multicast += netcx_xsk_act(rx, run->prog, packet, xdp, &run->verdicts);
	else
		batch->multicast += netcx_xsk_pass(rx, packet, xdp);
}

static int netcx_rx_xsk_indicate(struct netcx_rx_queue *rx, int budget)
{
	struct netcx_xsk_run run = { .prog = READ_ONCE(rx->channel->nd->xdp_prog) };
	const struct netcx_rx_taker taker = {
		.is_sane = netcx_rx_packet_is_sane,
		.take = netcx_rx_xsk_take,
	};
	struct netcx_rx_batch batch = {};
	int work;

	work = netcx_rx_indicate_each(rx, budget, taker, &batch, &run);
	if (batch.packets)
		netcx_xdp_finish(rx, &run.verdicts);
	return work;
}

const struct netcx_rx_memory netcx_rx_xsk = {
	.open = netcx_rx_xsk_open,
	.close = netcx_rx_xsk_close,
	.refill = netcx_rx_xsk_refill,
	.indicate = netcx_rx_xsk_indicate,
	.polled_for = true,
};

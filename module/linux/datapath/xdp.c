// SPDX-License-Identifier: GPL-2.0-only
/*
 * XDP: programs are run over received packets in the pages the rings gave to the client, and what
 * they decide is done.
 *
 * A packet's first page stays in its slot, and the slot's page stays mapped,
 * until the verdict calls for something else: a dropped packet costs no more than the program.
 */
#include <linux/bpf_trace.h>
#include <linux/dma-mapping.h>
#include <linux/filter.h>

#include "../os/compat.h"
#include "channel.h"
#include "rx_buffer.h"
#include "rx_carving.h"
#include "rx_copy.h"
#include "rx_indicate.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "xdp.h"
#include "xdp_tx.h"

/* One batch of packets under one program. */
struct netcx_xdp_run {
	struct netcx_rx_queue *rx;
	struct bpf_prog *prog;
	struct xdp_buff xdp;
	struct netcx_xdp_verdicts verdicts;
};

int netcx_xdp_open(struct netcx_rx_queue *rx)
{
	int err;

	rx->xdp_tx_count = 0;
	/*
	 * How far programs may make the last of several fragments grow the kernel derives from
	 * where it begins in its page, which is right for a page's only buffer; 0 forbids it.
	 */
	err = __xdp_rxq_info_reg(&rx->xdp_rxq, rx->netdev, rx->q->id, rx->channel->napi.napi_id,
				 rx->carving.per_page == 1 ?
				 rx->carving.first + rx->truesize : 0);
	if (err)
		return err;
	err = xdp_rxq_info_reg_mem_model(&rx->xdp_rxq, MEM_TYPE_PAGE_POOL, rx->pool);
	if (err)
		xdp_rxq_info_unreg(&rx->xdp_rxq);
	return err;
}

void netcx_xdp_close(struct netcx_rx_queue *rx)
{
	xdp_rxq_info_unreg(&rx->xdp_rxq);
}

/* ---- a packet and its verdict ---- */

/* What the device wrote becomes the CPU's. */
static __always_inline void netcx_xdp_sync_for_cpu(const struct netcx_rx_queue *rx,
						   const struct netcx_rx_buffer *buffer, u32 offset,
						   u32 length)
{
	if (unlikely(rx->dma_sync))
		dma_sync_single_range_for_cpu(rx->dma_dev, buffer->address, offset, length,
					      DMA_FROM_DEVICE);
}

/* The buffer is the device's again, wherever a program wrote to it. */
static __always_inline void netcx_xdp_sync_for_device(const struct netcx_rx_queue *rx,
						      const struct netcx_rx_buffer *buffer)
{
	if (unlikely(rx->dma_sync) && buffer->memory)
		dma_sync_single_for_device(rx->dma_dev, buffer->address, rx->buffer_size,
					   DMA_FROM_DEVICE);
}

/*
 * The pages behind the first one leave their slots: the program may free them. False: the program
 * does not know of fragments, and all stays where it is.
 */
static noinline bool netcx_xdp_gather(struct netcx_xdp_run *run, const NET_PACKET *packet)
{
	struct skb_shared_info *shinfo = xdp_get_shared_info_from_buff(&run->xdp);
	struct netcx_rx_queue *rx = run->rx;
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	u32 size = 0;
	u32 i;

	if (!run->prog->aux->xdp_has_frags)
		return false;
	for (i = 0; i < packet->FragmentCount - 1u; i++) {
		const NET_FRAGMENT *fragment;
		struct netcx_rx_place place;

		index = NetRingIncrementIndex(fr, index);
		fragment = NetRingGetFragmentAtIndex(fr, index);
		netcx_xdp_sync_for_cpu(rx, &rx->buffers[index], 0, fragment->ValidLength);
		place = netcx_rx_place(netcx_rx_take_synced(rx, &rx->buffers[index]));
		if (page_is_pfmemalloc(place.page))
			xdp_buff_set_frag_pfmemalloc(&run->xdp);
		skb_frag_fill_page_desc(&shinfo->frags[i], place.page, place.offset,
					fragment->ValidLength);
		size += fragment->ValidLength;
	}
	shinfo->nr_frags = i;
	shinfo->xdp_frags_size = size;
	xdp_buff_set_frags_flag(&run->xdp);
	return true;
}

/* Frees what netcx_xdp_gather() took and the program left. */
static void netcx_xdp_free_frags(struct netcx_xdp_run *run)
{
	const struct skb_shared_info *shinfo;
	u32 i;

	if (likely(!xdp_buff_has_frags(&run->xdp)))
		return;
	shinfo = xdp_get_shared_info_from_buff(&run->xdp);
	for (i = 0; i < shinfo->nr_frags; i++)
		page_pool_put_full_page(run->rx->pool, skb_frag_page(&shinfo->frags[i]), true);
}

/* The first page has left its slot already. */
static void netcx_xdp_free(struct netcx_xdp_run *run)
{
	netcx_xdp_free_frags(run);
	page_pool_put_full_page(run->rx->pool, virt_to_head_page(run->xdp.data_hard_start), true);
}

static struct sk_buff *netcx_xdp_build_skb(struct netcx_xdp_run *run)
{
	const struct netcx_rx_queue *rx = run->rx;
	struct xdp_buff *xdp = &run->xdp;
	const u32 metasize = xdp->data - xdp->data_meta;
	const struct skb_shared_info *shinfo;
	u32 frags = 0, size = 0, truesize = 0;
	struct sk_buff *skb;
	u32 i;

	if (unlikely(xdp_buff_has_frags(xdp))) {
		/* Where the skb has them, too, but building it clears their number. */
		shinfo = xdp_get_shared_info_from_buff(xdp);
		frags = shinfo->nr_frags;
		size = shinfo->xdp_frags_size;
		for (i = 0; i < frags; i++)
			truesize += rx->truesize +
				    netcx_rx_carving_extra(rx, skb_frag_page(&shinfo->frags[i]));
	}
	skb = napi_build_skb(xdp->data_hard_start, rx->truesize);
	if (unlikely(!skb))
		return NULL;
	skb->truesize += netcx_rx_carving_extra(rx, virt_to_head_page(xdp->data_hard_start));
	skb_mark_for_recycle(skb);
	skb_reserve(skb, xdp->data - xdp->data_hard_start);
	__skb_put(skb, xdp->data_end - xdp->data);
	if (metasize)
		skb_metadata_set(skb, metasize);
	if (unlikely(frags))
		netcx_xdp_update_skb(skb, frags, size, truesize, xdp);
	return skb;
}

/*
 * Does the stack get a copy, see rx_copy.c? Not with metadata or fragments, or where the program
 * used the headroom; nor if DMA needs syncing, which would undo what the program wrote.
 */
static bool netcx_xdp_is_copied(const struct netcx_xdp_run *run)
{
	const struct xdp_buff *xdp = &run->xdp;

	return xdp->data_end - xdp->data <= READ_ONCE(run->rx->copybreak) &&
	       xdp->data == xdp->data_meta && !(xdp->flags & XDP_FLAGS_HAS_FRAGS) &&
	       xdp->data >= xdp->data_hard_start + NETCX_RX_HEADROOM && !run->rx->dma_sync;
}

/* Returns true if the skb was a multicast. */
static bool netcx_xdp_pass(struct netcx_xdp_run *run, const NET_PACKET *packet)
{
	struct netcx_rx_queue *rx = run->rx;
	struct netcx_rx_buffer *buffer = &rx->buffers[packet->FragmentIndex];
	const struct xdp_buff *xdp = &run->xdp;
	struct sk_buff *skb;

	if (netcx_xdp_is_copied(run)) {
		skb = netcx_rx_copy(rx, buffer, xdp->data - xdp->data_hard_start -
				    NETCX_RX_HEADROOM, xdp->data_end - xdp->data);
	} else {
		skb = netcx_xdp_build_skb(run);
		if (likely(skb))
			netcx_rx_take_synced(rx, buffer);
	}
	if (unlikely(!skb)) {
		netcx_xdp_free_frags(run);
		netcx_rx_count(rx, &rx->stats.no_memory);
		return false;
	}
	return netcx_rx_deliver(rx, packet, skb);
}

static void netcx_xdp_send_back(struct netcx_xdp_run *run, struct netcx_rx_buffer *buffer)
{
	struct netcx_rx_queue *rx = run->rx;
	struct xdp_frame *frame = xdp_convert_buff_to_frame(&run->xdp);

	if (unlikely(!frame)) {
		netcx_xdp_free_frags(run);
		trace_xdp_exception(rx->netdev, run->prog, XDP_TX);
		run->verdicts.errors++;
		return;
	}
	netcx_rx_take_synced(rx, buffer);
	netcx_xdp_tx(rx, frame);
}

/*
 * xdp_release_frame(), where there is one, takes a whole page from its page_pool, with the other
 * buffers in it: then a copy is redirected.
 */
static bool netcx_xdp_must_copy(const struct netcx_rx_queue *rx)
{
#ifdef NETCX_HAVE_XDP_RELEASE_FRAME
	return rx->carving.per_page > 1;
#else
	return false;
#endif
}

static bool netcx_xdp_copy_frags(struct xdp_buff *copy, struct xdp_buff *xdp)
{
	const struct skb_shared_info *from = xdp_get_shared_info_from_buff(xdp);
	struct skb_shared_info *to = xdp_get_shared_info_from_buff(copy);
	u32 i;

	to->xdp_frags_size = from->xdp_frags_size;
	for (i = 0; i < from->nr_frags; i++) {
		const skb_frag_t *frag = &from->frags[i];
		void *memory = napi_alloc_frag(skb_frag_size(frag));
		struct page *page;

		if (unlikely(!memory))
			break;
		memcpy(memory, skb_frag_address(frag), skb_frag_size(frag));
		page = virt_to_head_page(memory);
		if (page_is_pfmemalloc(page))
			xdp_buff_set_frag_pfmemalloc(copy);
		skb_frag_fill_page_desc(&to->frags[i], page, memory - page_address(page),
					skb_frag_size(frag));
	}
	to->nr_frags = i;
	return i == from->nr_frags;
}

/* Copies into memory of the kernel's page_frag (MEM_TYPE_PAGE_SHARED). False: no memory. */
static bool netcx_xdp_copy(struct xdp_buff *copy, struct xdp_buff *xdp, struct xdp_rxq_info *rxq)
{
	void *memory = napi_alloc_frag(xdp->frame_sz);
	ptrdiff_t distance;

	if (unlikely(!memory))
		return false;
	distance = memory - xdp->data_hard_start;
	*rxq = *xdp->rxq;
	rxq->mem = (struct xdp_mem_info){ .type = MEM_TYPE_PAGE_SHARED };
	*copy = *xdp;
	copy->rxq = rxq;
	copy->data_hard_start += distance;
	copy->data_meta += distance;
	copy->data += distance;
	copy->data_end += distance;
	memcpy(copy->data_meta, xdp->data_meta, xdp->data_end - xdp->data_meta);
	if (likely(!xdp_buff_has_frags(xdp)) || likely(netcx_xdp_copy_frags(copy, xdp)))
		return true;
	xdp_return_buff(copy);
	return false;
}

/* The first buffer stays in its slot. */
static noinline void netcx_xdp_redirect_copy(struct netcx_xdp_run *run)
{
	struct netcx_rx_queue *rx = run->rx;
	struct xdp_rxq_info rxq;
	struct xdp_buff copy;

	if (unlikely(!netcx_xdp_copy(&copy, &run->xdp, &rxq))) {
		trace_xdp_exception(rx->netdev, run->prog, XDP_REDIRECT);
		run->verdicts.errors++;
	} else if (unlikely(xdp_do_redirect(rx->netdev, &copy, run->prog))) {
		/* It has been traced. */
		xdp_return_buff(&copy);
		run->verdicts.errors++;
	}
	netcx_xdp_free_frags(run);
}

static void netcx_xdp_redirect(struct netcx_xdp_run *run, struct netcx_rx_buffer *buffer)
{
	struct netcx_rx_queue *rx = run->rx;

	if (netcx_xdp_must_copy(rx)) {
		netcx_xdp_redirect_copy(run);
		return;
	}
	netcx_rx_take_synced(rx, buffer);
	if (unlikely(xdp_do_redirect(rx->netdev, &run->xdp, run->prog))) {
		/* It has been traced. */
		netcx_xdp_free(run);
		run->verdicts.errors++;
	}
}

void netcx_xdp_exception(struct netcx_rx_queue *rx, struct bpf_prog *prog, u32 verdict)
{
	if (verdict != XDP_ABORTED)
		bpf_warn_invalid_xdp_action(rx->netdev, prog, verdict);
	trace_xdp_exception(rx->netdev, prog, verdict);
}

/* Everything but a linear packet that is dropped. True if the stack got a multicast. */
static noinline bool netcx_xdp_act(struct netcx_xdp_run *run, const NET_PACKET *packet, u32 verdict)
{
	struct netcx_rx_queue *rx = run->rx;
	struct netcx_rx_buffer *buffer = &rx->buffers[packet->FragmentIndex];

	switch (verdict) {
	case XDP_PASS:
		run->verdicts.counts[XDP_PASS]++;
		return netcx_xdp_pass(run, packet);
	case XDP_TX:
		run->verdicts.counts[XDP_TX]++;
		netcx_xdp_send_back(run, buffer);
		return false;
	case XDP_REDIRECT:
		run->verdicts.counts[XDP_REDIRECT]++;
		netcx_xdp_redirect(run, buffer);
		return false;
	case XDP_DROP:
		run->verdicts.counts[XDP_DROP]++;
		break;
	default:
		netcx_xdp_exception(rx, run->prog, verdict);
		run->verdicts.errors++;
		break;
	}
	netcx_xdp_free_frags(run);
	return false;
}

/* Runs the program over a sane packet; how many bytes the packet had. */
static __always_inline u32 netcx_xdp_run_packet(struct netcx_xdp_run *run, const NET_PACKET *packet,
						struct netcx_rx_batch *batch)
{
	struct netcx_rx_queue *rx = run->rx;
	const u32 index = packet->FragmentIndex;
	const struct netcx_rx_buffer *buffer = &rx->buffers[index];
	const NET_FRAGMENT fragment = *NetRingGetFragmentAtIndex(rx->q->fragments, index);
	const u32 offset = fragment.Offset;
	u32 bytes = fragment.ValidLength;
	u32 verdict;

	netcx_xdp_sync_for_cpu(rx, buffer, offset, bytes);
	run->xdp.flags = 0;
	xdp_prepare_buff(&run->xdp, buffer->memory, NETCX_RX_HEADROOM + offset, bytes,
			 true);
	if (unlikely(packet->FragmentCount > 1)) {
		if (!netcx_xdp_gather(run, packet)) {
			run->verdicts.errors++;
			goto recycle;
		}
		bytes = xdp_get_buff_len(&run->xdp);
	}

	verdict = bpf_prog_run_xdp(run->prog, &run->xdp);
	if (likely(verdict == XDP_DROP && !xdp_buff_has_frags(&run->xdp)))
		run->verdicts.counts[XDP_DROP]++;
	else
		batch->multicast += netcx_xdp_act(run, packet, verdict);
recycle:
	netcx_xdp_sync_for_device(rx, buffer);
	return bytes;
}

void netcx_xdp_finish(struct netcx_rx_queue *rx, const struct netcx_xdp_verdicts *verdicts)
{
	struct netcx_rx_stats *stats = &rx->stats;

	if (verdicts->counts[XDP_TX])
		netcx_xdp_tx_flush(rx, true);
	if (verdicts->counts[XDP_REDIRECT])
		xdp_do_flush();

	u64_stats_update_begin(&stats->sync);
	u64_stats_add(&stats->xdp_pass, verdicts->counts[XDP_PASS]);
	u64_stats_add(&stats->xdp_drop, verdicts->counts[XDP_DROP]);
	u64_stats_add(&stats->xdp_tx, verdicts->counts[XDP_TX]);
	u64_stats_add(&stats->xdp_redirect, verdicts->counts[XDP_REDIRECT]);
	u64_stats_add(&stats->xdp_errors, verdicts->errors);
	u64_stats_update_end(&stats->sync);
}

static __always_inline void netcx_xdp_take(struct netcx_rx_queue *rx, const NET_PACKET *packet,
					   struct netcx_rx_batch *batch, void *context)
{
	batch->packets++;
	batch->bytes += netcx_xdp_run_packet(context, packet, batch);
}

int netcx_xdp_indicate(struct netcx_rx_queue *rx, struct bpf_prog *prog, int budget)
{
	struct netcx_xdp_run run = { .rx = rx, .prog = prog };
	const struct netcx_rx_taker taker = {
		.is_sane = netcx_rx_packet_is_sane,
		.take = netcx_xdp_take,
	};
	struct netcx_rx_batch batch = {};
	int work;

	xdp_init_buff(&run.xdp, rx->truesize, &rx->xdp_rxq);
	work = netcx_rx_indicate_each(rx, budget, taker, &batch, &run);
	if (batch.packets)
		netcx_xdp_finish(rx, &run.verdicts);
	return work;
}

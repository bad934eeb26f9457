// SPDX-License-Identifier: GPL-2.0-only
/*
 * AF_XDP sockets without copies: user space brings the memory, and its buffers become the fragments
 * of a channel's rings. Received packets go to the socket, or wherever else the program says, those
 * for the stack as copies; what the socket sends goes into the tx ring as it is.
 */
#include <linux/bpf_trace.h>
#include <linux/dma-mapping.h>
#include <linux/filter.h>
#include <net/xdp_sock_drv.h>

#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/queues.h"
#include "../os/compat.h"
#include "channel.h"
#include "ring.h"
#include "rx.h"
#include "rx_queue.h"
#include "tx.h"
#include "tx_queue.h"
#include "xdp.h"

/* The device's writes are synchronised packet by packet. */
#define NETCX_XSK_DMA_ATTRS	(DMA_ATTR_SKIP_CPU_SYNC | DMA_ATTR_WEAK_ORDERING)

/* Buffers that are taken from the fill ring at a time. */
#define NETCX_XSK_BATCH		64

/* ---- sockets come and go ---- */

/* AF_XDP insists on memory that is mapped for DMA. */
bool netcx_xsk_is_possible(const struct netcx_netdev *nd)
{
	return nd->adapter->tx.MappingRequirement == NetMemoryMappingRequirementDmaMapped &&
	       nd->adapter->rx.MappingRequirement == NetMemoryMappingRequirementDmaMapped;
}

static bool netcx_xsk_is_aligned(const struct netcx_netdev *nd, struct xsk_buff_pool *pool)
{
	const size_t alignment = nd->adapter->rx.FragmentBufferAlignment;

	return alignment <= 1 ||
	       (!pool->unaligned && IS_ALIGNED(xsk_pool_get_headroom(pool), alignment));
}

/* There is no extack for it, and the kernel may go on with copies: so the log says why. */
static int netcx_xsk_check(const struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue)
{
	const u32 capacity = nd->adapter->rx.MaximumFrameSize;
	const u32 room = xsk_pool_get_rx_frame_size(pool);
	int err = -EOPNOTSUPP;

	if (queue >= min(nd->num_rx, nd->num_tx)) {
		err = -EINVAL;
		net_info_ratelimited("%s: AF_XDP: there is no queue %u with rx and tx\n",
				     nd->netdev->name, queue);
	} else if (!netcx_xsk_is_possible(nd)) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy, the client does no DMA\n",
				     nd->netdev->name);
	} else if (room < capacity) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy, a chunk has room for %u bytes and the hardware may write %u; use larger chunks or less headroom\n",
				     nd->netdev->name, room, capacity);
	} else if (!netcx_xsk_is_aligned(nd, pool)) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy, buffers must be aligned to %zu bytes\n",
				     nd->netdev->name,
				     (size_t)nd->adapter->rx.FragmentBufferAlignment);
	} else if (nd->netdev->mtu > netcx_xdp_linear_mtu(nd)) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy with MTU %u, only up to %d\n",
				     nd->netdev->name, nd->netdev->mtu, netcx_xdp_linear_mtu(nd));
	} else {
		err = 0;
	}
	return err;
}

/* New queues, with the pool or without it. */
static int netcx_xsk_use(struct netcx_netdev *nd, u16 queue, struct xsk_buff_pool *pool)
{
	bool was_running = nd->running;
	int err;

	if (was_running)
		netcx_queues_down(nd);
	WRITE_ONCE(nd->channels[queue].xsk_pool, pool);
	if (!was_running)
		return 0;
	if (!pool)
		return netcx_queues_restore(nd);
	err = netcx_queues_up(nd);
	if (err) {
		WRITE_ONCE(nd->channels[queue].xsk_pool, NULL);
		netcx_queues_restore(nd);
	}
	return err;
}

static int netcx_xsk_enable(struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue)
{
	int err;

	err = netcx_xsk_check(nd, pool, queue);
	if (err)
		return err;
	err = xsk_pool_dma_map(pool, nd->device->dev, NETCX_XSK_DMA_ATTRS);
	if (err)
		return err;
	err = netcx_xsk_use(nd, queue, pool);
	if (err)
		xsk_pool_dma_unmap(pool, NETCX_XSK_DMA_ATTRS);
	return err;
}

/* Whatever happens, the pool is out of use afterwards. */
static int netcx_xsk_disable(struct netcx_netdev *nd, u16 queue)
{
	struct xsk_buff_pool *pool;

	if (queue >= nd->num_channels)
		return -EINVAL;
	pool = nd->channels[queue].xsk_pool;
	if (!pool)
		return -EINVAL;
	netcx_xsk_use(nd, queue, NULL);
	xsk_pool_dma_unmap(pool, NETCX_XSK_DMA_ATTRS);
	return 0;
}

int netcx_xsk_setup(struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue)
{
	return pool ? netcx_xsk_enable(nd, pool, queue) : netcx_xsk_disable(nd, queue);
}

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

/* ---- receive ---- */

int netcx_xsk_rx_open(struct netcx_rx_queue *rx)
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

void netcx_xsk_rx_close(struct netcx_rx_queue *rx)
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
		/* Its data pointer may be anywhere: a batch is not initialised. */
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

bool netcx_xsk_refill(struct netcx_rx_queue *rx)
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

int netcx_xsk_indicate(struct netcx_rx_queue *rx, struct bpf_prog *prog, int budget)
{
	const NET_RING *pr = rx->q->packets;
	const NET_RING *fr = rx->q->fragments;
	unsigned int packets = 0, bytes = 0, multicast = 0;
	struct netcx_xdp_verdicts verdicts = {};
	u32 index = pr->OSReserved0;
	u32 first = fr->OSReserved0;
	int work = 0;

	for (; index != pr->BeginIndex && work < budget; index = NetRingIncrementIndex(pr, index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, index);
		struct xdp_buff *xdp;

		work++;
		if (unlikely(packet->Ignore)) {
			netcx_rx_count(rx, &rx->stats.ignored);
			continue;
		}
		if (unlikely(!netcx_rx_packet_is_sane(rx, packet, first, fr->BeginIndex))) {
			netcx_rx_count(rx, &rx->stats.invalid);
			continue;
		}
		first = NetRingAdvanceIndex(fr, packet->FragmentIndex, packet->FragmentCount);
		packets++;
		/* Longer than the MTU that AF_XDP allows for; the buffers stay in their slots. */
		if (unlikely(packet->FragmentCount > 1)) {
			verdicts.errors++;
			continue;
		}
		xdp = netcx_xsk_take(rx, packet->FragmentIndex);
		bytes += xdp->data_end - xdp->data;
		if (likely(prog))
			multicast += netcx_xsk_act(rx, prog, packet, xdp, &verdicts);
		else
			multicast += netcx_xsk_pass(rx, packet, xdp);
	}
	if (packets)
		netcx_xdp_finish(rx, &verdicts);
	netcx_rx_indicated(rx, index, first, packets, bytes, multicast);
	return work;
}

/* ---- send ---- */

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
	NET_RING *pr = tx->q->packets;
	NET_RING *fr = tx->q->fragments;
	NET_PACKET *packet = NetRingGetPacketAtIndex(pr, pr->EndIndex);
	struct netcx_tx_packet *entry = &tx->packets[pr->EndIndex];
	const u32 first = fr->EndIndex;
	u32 fragments = 1;
	dma_addr_t dma;

	if (unlikely(desc->len < ETH_HLEN || (desc->len < ETH_ZLEN && tx->max_fragments < 2)))
		return false;
	dma = xsk_buff_raw_get_dma(tx->xsk, desc->addr);
	xsk_buff_raw_dma_sync_for_device(tx->xsk, dma, desc->len);
	netcx_xdp_write_fragment(tx, first, xsk_buff_raw_get_data(tx->xsk, desc->addr), dma,
				 desc->len);
	if (unlikely(desc->len < ETH_ZLEN)) {
		/* Clients need not fill up short packets, see netcx_tx_pad(). */
		netcx_xdp_write_fragment(tx, NetRingIncrementIndex(fr, first),
					 page_address(ZERO_PAGE(0)), tx->padding,
					 ETH_ZLEN - desc->len);
		fragments = 2;
	}

	netcx_packet_write(packet, tx->q->layout.packet_end, &tx->plain);
	packet->FragmentIndex = first;
	packet->FragmentCount = fragments;

	entry->descriptors = 1;
	entry->type = NETCX_TX_XSK;
	entry->bytes = desc->len;
	entry->segments = 1;
	entry->fragments = fragments;
	tx->xsk_last = pr->EndIndex;
	tx->xsk_pending++;
	fr->EndIndex = NetRingAdvanceIndex(fr, first, fragments);
	pr->EndIndex = NetRingIncrementIndex(pr, pr->EndIndex);
	tx->fragments_free -= fragments;
	return true;
}

/* For so many descriptors there is room, and the stack's next packet still fits. */
static u32 netcx_xsk_room(const struct netcx_tx_queue *tx)
{
	const u32 fragments = tx->fragments_free;

	if (fragments <= tx->max_fragments)
		return 0;
	return (fragments - tx->max_fragments) / 2;
}

bool netcx_xsk_poll(struct netcx_tx_queue *tx, int budget)
{
	const u32 limit = min_t(u32, budget, netcx_xsk_room(tx));
	u32 taken = 0, sent = 0, i;

	if (limit && likely(!tx->broken)) {
		/* Never cleared, so whoever puts descriptors there after this look calls. */
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
	return taken == limit && netcx_xsk_room(tx) && !tx->broken;
}

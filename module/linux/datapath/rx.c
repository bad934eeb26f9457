// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way of a received packet: pieces of page_pool's pages become NET_FRAGMENTs the client posts
 * to hardware; NET_PACKETs it drains become skbs around the same memory. All of it owned by the
 * channel's NAPI. Which pieces, see rx_carving.c.
 */
#include <linux/dma-mapping.h>
#include <linux/slab.h>

#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>

#include "../../core/core.h"
#include "../../core/returned.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/pool_stats.h"
#include "../os/compat.h"
#include "channel.h"
#include "ring.h"
#include "rx.h"
#include "rx_carving.h"
#include "rx_copy.h"
#include "rx_queue.h"
#include "trace.h"
#include "xdp.h"

void netcx_rx_count(struct netcx_rx_queue *rx, u64_stats_t *counter)
{
	u64_stats_update_begin(&rx->stats.sync);
	u64_stats_inc(counter);
	u64_stats_update_end(&rx->stats.sync);
}

static noinline bool netcx_rx_alloc(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	struct netcx_rx_carving *carving = &rx->carving;

	if (!carving->left && unlikely(!netcx_rx_carving_next_page(rx)))
		return false;
	if (rx->dma_dev) {
		buffer->address = dma_map_page(rx->dma_dev, carving->page,
					       carving->offset + NETCX_RX_HEADROOM,
					       rx->buffer_size, DMA_FROM_DEVICE);
		/* The piece is the next one still. */
		if (unlikely(dma_mapping_error(rx->dma_dev, buffer->address)))
			return false;
		rx->dma_sync |= dma_need_sync(rx->dma_dev, buffer->address);
	}
	buffer->memory = page_address(carving->page) + carving->offset;
	carving->offset += carving->step;
	carving->left--;
	return true;
}

/* The memory goes back to the pool, unless the page has other pieces that are in use. */
static void netcx_rx_put(struct netcx_rx_queue *rx, void *memory)
{
	page_pool_put_full_page(rx->pool, virt_to_head_page(memory), false);
}

void *netcx_rx_take_synced(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	void *memory = buffer->memory;

	if (rx->dma_dev)
		dma_unmap_page_attrs(rx->dma_dev, buffer->address, rx->buffer_size,
				     DMA_FROM_DEVICE, DMA_ATTR_SKIP_CPU_SYNC);
	buffer->memory = NULL;
	return memory;
}

/* A buffer's memory leaves its slot, and the device's reach. */
static void *netcx_rx_take(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	void *memory = buffer->memory;

	if (rx->dma_dev)
		dma_unmap_page(rx->dma_dev, buffer->address, rx->buffer_size, DMA_FROM_DEVICE);
	buffer->memory = NULL;
	return memory;
}

/* The client always owns at least as many packets as fragments, so packets come first. */
static void netcx_rx_refill_packets(struct netcx_rx_queue *rx)
{
	NET_RING *pr = rx->q->packets;
	u32 room = pr->ElementIndexMask -
		   netcx_ring_distance(pr, pr->OSReserved0, pr->EndIndex);
	u32 index = pr->EndIndex;
	const u32 end = rx->q->layout.packet_end;
	const NET_PACKET empty = {};

	for (; room; room--) {
		netcx_packet_write(NetRingGetPacketAtIndex(pr, index), end, &empty);
		index = NetRingIncrementIndex(pr, index);
	}
	pr->EndIndex = index;
}

u32 netcx_rx_make_room(struct netcx_rx_queue *rx)
{
	const NET_RING *pr = rx->q->packets;
	const NET_RING *fr = rx->q->fragments;
	u32 room, packets, fragments;

	netcx_rx_refill_packets(rx);

	packets = netcx_ring_distance(pr, pr->BeginIndex, pr->EndIndex);
	fragments = netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex);
	room = fr->ElementIndexMask - netcx_ring_distance(fr, fr->OSReserved0, fr->EndIndex);
	return packets > fragments ? min(room, packets - fragments) : 0;
}

bool netcx_rx_is_low(const struct netcx_rx_queue *rx)
{
	const NET_RING *fr = rx->q->fragments;

	return netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex) <= fr->NumberOfElements / 4;
}

bool netcx_rx_refill(struct netcx_rx_queue *rx)
{
	/* Copies, which the stores to elements cannot change for all the compiler knows. */
	const struct netcx_queue_layout layout = rx->q->layout;
	NET_RING *fr = rx->q->fragments;
	const u32 elements = fr->NumberOfElements;
	const u32 stride = fr->ElementStride;
	const u32 buffer_size = rx->buffer_size;
	const bool dma = rx->dma_dev;
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;
	NET_FRAGMENT_LOGICAL_ADDRESS *logical;
	NET_FRAGMENT *fragment;
	u32 index = fr->EndIndex;
	u32 room;

	if (unlikely(rx->xsk))
		return netcx_xsk_refill(rx);
	if (unlikely(rx->driver_buffers))
		return netcx_rx_driver_refill(rx);

	fragment = NetRingGetFragmentAtIndex(fr, index);
	for (room = netcx_rx_make_room(rx); room; room--) {
		struct netcx_rx_buffer *buffer = &rx->buffers[index];

		if (!buffer->memory && unlikely(!netcx_rx_alloc(rx, buffer))) {
			netcx_rx_count(rx, &rx->stats.refill_failed);
			trace_netcx_refill_failed(rx, room);
			break;
		}
		netcx_fragment_write(fragment, 0, buffer_size);
		virtual = netcx_extension(fragment, layout.fragment_virtual_address);
		virtual->VirtualAddress = buffer->memory + NETCX_RX_HEADROOM;
		if (dma) {
			logical = netcx_extension(fragment, layout.fragment_logical_address);
			logical->LogicalAddress = buffer->address;
		}
		fragment = netcx_extension(fragment, stride);
		if (unlikely(++index == elements)) {
			index = 0;
			fragment = NetRingGetFragmentAtIndex(fr, 0);
		}
	}
	fr->EndIndex = index;

	/* Running low matters only when nothing will come back that could be used again. */
	return !room || !netcx_rx_is_low(rx);
}

/* The client moved an index to where it may not be: no telling which buffers are whose. */
static bool netcx_rx_ring_is_sane(struct netcx_rx_queue *rx, const NET_RING *ring, const char *name)
{
	struct netcx_netdev *nd = rx->channel->nd;

	if (likely(netcx_returned_range_is_sane(ring)))
		return true;

	rx->broken = true;
	netdev_err(rx->netdev,
		   "%s: rx queue %u: BeginIndex of the %s ring is %u, outside [%u, %u]; resetting the adapter\n",
		   nd->adapter->client_name, rx->q->id, name, ring->BeginIndex,
		   ring->OSReserved0, ring->EndIndex);
	netcx_device_schedule_reset(nd->device);
	return false;
}

bool netcx_rx_long_packet_is_sane(const struct netcx_rx_queue *rx, const NET_PACKET *packet,
				  u32 first, u32 last)
{
	const struct netcx_returned_limits limits = netcx_rx_limits(rx);

	return netcx_returned_long_packet_is_sane(rx->q->fragments, packet, first, last, &limits);
}

/* An skb around the memory of a sane packet; NULL: there is none for it, all stays in its slots. */
static noinline struct sk_buff *netcx_rx_build_skb(struct netcx_rx_queue *rx,
						   const NET_PACKET *packet)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	struct netcx_rx_buffer *buffer = &rx->buffers[index];
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);
	struct netcx_rx_place place;
	struct sk_buff *skb;
	u32 i;

	skb = napi_build_skb(buffer->memory, rx->truesize);
	if (unlikely(!skb))
		return NULL;
	skb->truesize += netcx_rx_carving_extra(rx, virt_to_head_page(buffer->memory));
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NETCX_RX_HEADROOM + fragment->Offset);
	__skb_put(skb, fragment->ValidLength);
	netcx_rx_take(rx, buffer);

	for (i = 1; i < packet->FragmentCount; i++) {
		index = NetRingIncrementIndex(fr, index);
		buffer = &rx->buffers[index];
		fragment = NetRingGetFragmentAtIndex(fr, index);
		place = netcx_rx_place(netcx_rx_take(rx, buffer));
		skb_add_rx_frag(skb, i - 1, place.page, place.offset, fragment->ValidLength,
				rx->truesize + netcx_rx_carving_extra(rx, place.page));
	}
	return skb;
}

static __always_inline struct sk_buff *netcx_rx_make_skb(struct netcx_rx_queue *rx,
							 const NET_PACKET *packet)
{
	const u32 index = packet->FragmentIndex;
	const struct netcx_rx_span span = netcx_rx_span(rx, index);

	if (packet->FragmentCount == 1 && span.length <= READ_ONCE(rx->copybreak))
		return netcx_rx_copy(rx, &rx->buffers[index], span.offset, span.length);
	return netcx_rx_build_skb(rx, packet);
}

void netcx_rx_indicated(struct netcx_rx_queue *rx, u32 packet, u32 fragment,
			unsigned int packets, unsigned int bytes, unsigned int multicast)
{
	NET_RING *pr = rx->q->packets;
	NET_RING *fr = rx->q->fragments;

	pr->OSReserved0 = packet;
	/* Behind the last packet lie only buffers the client skipped: their slots keep them. */
	fr->OSReserved0 = packet == pr->BeginIndex ? fr->BeginIndex : fragment;
	if (!packets)
		return;
	u64_stats_update_begin(&rx->stats.sync);
	u64_stats_add(&rx->stats.packets, packets);
	u64_stats_add(&rx->stats.bytes, bytes);
	u64_stats_add(&rx->stats.multicast, multicast);
	u64_stats_update_end(&rx->stats.sync);
	trace_netcx_indicate(rx, packets, bytes);
}

int netcx_rx_indicate(struct netcx_rx_queue *rx, int budget)
{
	struct bpf_prog *prog = READ_ONCE(rx->channel->nd->xdp_prog);
	NET_RING *pr = rx->q->packets;
	NET_RING *fr = rx->q->fragments;
	unsigned int packets = 0, bytes = 0, multicast = 0;
	u32 index = pr->OSReserved0;
	u32 first = fr->OSReserved0;
	int work = 0;

	if (unlikely(rx->broken || !netcx_rx_ring_is_sane(rx, pr, "packet") ||
		     !netcx_rx_ring_is_sane(rx, fr, "fragment")))
		return 0;
	if (unlikely(rx->xsk))
		return netcx_xsk_indicate(rx, prog, budget);
	if (unlikely(rx->driver_buffers))
		return netcx_rx_driver_indicate(rx, budget);
	if (unlikely(prog))
		return netcx_xdp_indicate(rx, prog, budget);

	for (; index != pr->BeginIndex && work < budget; index = NetRingIncrementIndex(pr, index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, index);
		struct sk_buff *skb;

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
		skb = netcx_rx_make_skb(rx, packet);
		if (unlikely(!skb)) {
			netcx_rx_count(rx, &rx->stats.no_memory);
			continue;
		}
		packets++;
		bytes += skb->len;
		multicast += netcx_rx_deliver(rx, packet, skb);
	}
	netcx_rx_indicated(rx, index, first, packets, bytes, multicast);
	return work;
}

void netcx_rx_discard(struct netcx_rx_queue *rx)
{
	/* Of a client that moved its indices anywhere nobody knows which buffers are its own. */
	if (rx->driver_buffers && !rx->broken &&
	    netcx_rx_ring_is_sane(rx, rx->q->packets, "packet") &&
	    netcx_rx_ring_is_sane(rx, rx->q->fragments, "fragment"))
		netcx_rx_driver_discard(rx);
	rx->q->packets->OSReserved0 = rx->q->packets->BeginIndex;
	rx->q->fragments->OSReserved0 = rx->q->fragments->BeginIndex;
}

int netcx_rx_open(struct netcx_rx_queue *rx, struct netcx_channel *channel, struct netcx_queue *q)
{
	const struct netcx_adapter *adapter = channel->nd->adapter;
	const u32 elements = q->fragments->NumberOfElements;
	int err;

	rx->q = q;
	rx->channel = channel;
	rx->netdev = channel->nd->netdev;
	rx->broken = false;
	rx->dma_dev = NULL;
	rx->dma_sync = false;
	rx->driver_buffers = netcx_rx_has_driver_buffers(adapter);
	/* The requirement is where they have their callback. */
	if (!rx->driver_buffers &&
	    adapter->rx.MappingRequirement == NetMemoryMappingRequirementDmaMapped)
		rx->dma_dev = channel->nd->device->dev;
	rx->buffer_size = adapter->rx.MaximumFrameSize;

	rx->buffers = kvcalloc(elements, sizeof(*rx->buffers), GFP_KERNEL);
	if (!rx->buffers)
		return -ENOMEM;
	rx->xsk = channel->xsk_pool;
	if (rx->xsk) {
		err = netcx_xsk_rx_open(rx);
		if (err)
			goto free_buffers;
		return 0;
	}
	err = netcx_rx_carving_open(rx, elements);
	if (err)
		goto free_buffers;
	err = netcx_rx_copy_open(rx, elements);
	if (err)
		goto destroy_pool;
	err = netcx_xdp_open(rx);
	if (err)
		goto close_copy;
	return 0;

close_copy:
	netcx_rx_copy_close(rx);
destroy_pool:
	page_pool_destroy(rx->pool);
free_buffers:
	rx->pool = NULL;
	kvfree(rx->buffers);
	rx->buffers = NULL;
	return err;
}

/* The queue is stopped, or the device's DMA is: no buffer is written to any more. */
void netcx_rx_close(struct netcx_rx_queue *rx)
{
	u32 i;

	if (rx->xsk) {
		netcx_xsk_rx_close(rx);
		goto free_buffers;
	}
	for (i = 0; i < rx->q->fragments->NumberOfElements; i++) {
		if (rx->buffers[i].memory)
			netcx_rx_put(rx, netcx_rx_take(rx, &rx->buffers[i]));
	}
	netcx_rx_carving_put_rest(rx);
	netcx_pool_stats_keep(rx);
	netcx_rx_copy_close(rx);
	netcx_xdp_close(rx);
	page_pool_destroy(rx->pool);
free_buffers:
	kvfree(rx->buffers);
	rx->pool = NULL;
	rx->buffers = NULL;
	rx->q = NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The way of a received packet: page_pool pages become NET_FRAGMENTs the client posts to hardware;
 * NET_PACKETs it drains become skbs around the same pages. All of it owned by the channel's NAPI.
 *
 * A page: NETCX_RX_HEADROOM bytes, the buffer the client sees, room for skb_shared_info.
 */
#include <linux/dma-mapping.h>
#include <linux/slab.h>

#include "netcx_linux.h"

/* What XDP programs may prepend, see XDP_PACKET_HEADROOM; the skb's headroom as well. */
#define NETCX_RX_HEADROOM	256

static void netcx_rx_count(struct netcx_rx_queue *rx, u64_stats_t *counter)
{
	u64_stats_update_begin(&rx->stats.sync);
	u64_stats_inc(counter);
	u64_stats_update_end(&rx->stats.sync);
}

static bool netcx_rx_alloc(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	struct page *page = page_pool_dev_alloc_pages(rx->pool);

	if (unlikely(!page))
		return false;
	if (rx->dma_dev) {
		buffer->address = dma_map_page(rx->dma_dev, page, NETCX_RX_HEADROOM,
					       rx->buffer_size, DMA_FROM_DEVICE);
		if (unlikely(dma_mapping_error(rx->dma_dev, buffer->address))) {
			page_pool_put_full_page(rx->pool, page, true);
			return false;
		}
	}
	buffer->page = page;
	return true;
}

/* The page leaves its slot, and the device's reach. */
static struct page *netcx_rx_take(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	struct page *page = buffer->page;

	if (rx->dma_dev)
		dma_unmap_page(rx->dma_dev, buffer->address, rx->buffer_size, DMA_FROM_DEVICE);
	buffer->page = NULL;
	return page;
}

/* The client always owns at least as many packets as fragments, so packets come first. */
static void netcx_rx_refill_packets(struct netcx_rx_queue *rx)
{
	NET_RING *pr = rx->q->packets;
	u32 room = pr->ElementIndexMask -
		   netcx_ring_distance(pr, pr->OSReserved0, pr->EndIndex);
	u32 index = pr->EndIndex;

	for (; room; room--) {
		netcx_packet_clear(NetRingGetPacketAtIndex(pr, index), pr->ElementStride);
		index = NetRingIncrementIndex(pr, index);
	}
	pr->EndIndex = index;
}

bool netcx_rx_refill(struct netcx_rx_queue *rx)
{
	const struct netcx_queue_layout *layout = &rx->q->layout;
	NET_RING *pr = rx->q->packets;
	NET_RING *fr = rx->q->fragments;
	u32 index = fr->EndIndex;
	u32 room, packets, fragments;

	netcx_rx_refill_packets(rx);

	packets = netcx_ring_distance(pr, pr->BeginIndex, pr->EndIndex);
	fragments = netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex);
	room = fr->ElementIndexMask - netcx_ring_distance(fr, fr->OSReserved0, fr->EndIndex);
	room = packets > fragments ? min(room, packets - fragments) : 0;
	for (; room; room--) {
		struct netcx_rx_buffer *buffer = &rx->buffers[index];
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);
		NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;

		if (likely(!buffer->page) && unlikely(!netcx_rx_alloc(rx, buffer))) {
			netcx_rx_count(rx, &rx->stats.refill_failed);
			break;
		}
		netcx_fragment_write(fragment, 0, rx->buffer_size);
		virtual = netcx_extension(fragment, layout->fragment_virtual_address);
		virtual->VirtualAddress = page_address(buffer->page) + NETCX_RX_HEADROOM;
		if (rx->dma_dev) {
			NET_FRAGMENT_LOGICAL_ADDRESS *logical =
				netcx_extension(fragment, layout->fragment_logical_address);

			logical->LogicalAddress = buffer->address;
		}
		index = NetRingIncrementIndex(fr, index);
	}
	fr->EndIndex = index;

	/* Running low matters only when nothing will come back that could be used again. */
	return !room || netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex) >
			fr->NumberOfElements / 4;
}

/* The client moved an index to where it may not be: no telling which buffers are whose. */
static bool netcx_rx_ring_is_sane(struct netcx_rx_queue *rx, const NET_RING *ring, const char *name)
{
	struct netcx_netdev *nd = rx->channel->nd;

	if (likely(ring->BeginIndex <= ring->ElementIndexMask &&
		   netcx_ring_distance(ring, ring->OSReserved0, ring->BeginIndex) <=
		   netcx_ring_distance(ring, ring->OSReserved0, ring->EndIndex)))
		return true;

	rx->broken = true;
	netdev_err(rx->netdev,
		   "%s: rx queue %u: BeginIndex of the %s ring is %u, outside [%u, %u]; resetting the adapter\n",
		   nd->adapter->client_name, rx->q->id, name, ring->BeginIndex,
		   ring->OSReserved0, ring->EndIndex);
	netcx_device_schedule_reset(nd->device);
	return false;
}

/*
 * Do the packet's fragments lie in [@first, @last), each within its buffer, and can the stack take
 * them? A packet that fails is lost; its buffers are not.
 */
static bool netcx_rx_packet_is_sane(struct netcx_rx_queue *rx, const NET_PACKET *packet, u32 first,
				    u32 last)
{
	const NET_RING *fr = rx->q->fragments;
	const u32 count = packet->FragmentCount;
	u32 index = packet->FragmentIndex;
	u32 i;

	if (unlikely(index > fr->ElementIndexMask || !count || count > MAX_SKB_FRAGS + 1 ||
		     netcx_ring_distance(fr, first, index) + count >
		     netcx_ring_distance(fr, first, last)))
		return false;

	for (i = 0; i < count; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);

		if (unlikely(!fragment->ValidLength ||
			     fragment->Offset + fragment->ValidLength > rx->buffer_size ||
			     (i ? fragment->Offset : fragment->ValidLength < ETH_HLEN) ||
			     !rx->buffers[index].page))
			return false;
		index = NetRingIncrementIndex(fr, index);
	}
	return true;
}

/* An skb around the pages of a sane packet; NULL: no memory, the pages stay in their slots. */
static struct sk_buff *netcx_rx_build_skb(struct netcx_rx_queue *rx, const NET_PACKET *packet)
{
	const NET_RING *fr = rx->q->fragments;
	u32 index = packet->FragmentIndex;
	struct netcx_rx_buffer *buffer = &rx->buffers[index];
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, index);
	struct sk_buff *skb;
	u32 i;

	skb = napi_build_skb(page_address(buffer->page), rx->truesize);
	if (unlikely(!skb))
		return NULL;
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NETCX_RX_HEADROOM + fragment->Offset);
	__skb_put(skb, fragment->ValidLength);
	netcx_rx_take(rx, buffer);

	for (i = 1; i < packet->FragmentCount; i++) {
		index = NetRingIncrementIndex(fr, index);
		buffer = &rx->buffers[index];
		fragment = NetRingGetFragmentAtIndex(fr, index);
		skb_add_rx_frag(skb, i - 1, netcx_rx_take(rx, buffer), NETCX_RX_HEADROOM,
				fragment->ValidLength, rx->truesize);
	}
	return skb;
}

static void netcx_rx_offload(struct netcx_rx_queue *rx, const NET_PACKET *packet,
			     struct sk_buff *skb)
{
	const NET_PACKET_CHECKSUM *checksum;

	if (!rx->q->layout.packet_checksum || !(rx->netdev->features & NETIF_F_RXCSUM))
		return;
	checksum = netcx_extension((void *)packet, rx->q->layout.packet_checksum);
	if (checksum->Layer4 == NetPacketRxChecksumEvaluationValid)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
}

int netcx_rx_indicate(struct netcx_rx_queue *rx, int budget)
{
	NET_RING *pr = rx->q->packets;
	NET_RING *fr = rx->q->fragments;
	unsigned int packets = 0, bytes = 0, multicast = 0;
	u32 index = pr->OSReserved0;
	u32 first = fr->OSReserved0;
	int work = 0;

	if (unlikely(rx->broken || !netcx_rx_ring_is_sane(rx, pr, "packet") ||
		     !netcx_rx_ring_is_sane(rx, fr, "fragment")))
		return 0;

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
		skb = netcx_rx_build_skb(rx, packet);
		if (unlikely(!skb)) {
			netcx_rx_count(rx, &rx->stats.no_memory);
			continue;
		}
		packets++;
		bytes += skb->len;
		netcx_rx_offload(rx, packet, skb);
		skb->protocol = eth_type_trans(skb, rx->netdev);
		multicast += skb->pkt_type == PACKET_MULTICAST;
		skb_record_rx_queue(skb, rx->q->id);
		napi_gro_receive(&rx->channel->napi, skb);
	}
	pr->OSReserved0 = index;
	/* Behind the last packet lie only buffers the client skipped: their slots keep them. */
	fr->OSReserved0 = index == pr->BeginIndex ? fr->BeginIndex : first;

	if (packets) {
		u64_stats_update_begin(&rx->stats.sync);
		u64_stats_add(&rx->stats.packets, packets);
		u64_stats_add(&rx->stats.bytes, bytes);
		u64_stats_add(&rx->stats.multicast, multicast);
		u64_stats_update_end(&rx->stats.sync);
	}
	return work;
}

void netcx_rx_discard(struct netcx_rx_queue *rx)
{
	rx->q->packets->OSReserved0 = rx->q->packets->BeginIndex;
	rx->q->fragments->OSReserved0 = rx->q->fragments->BeginIndex;
}

static struct page_pool *netcx_rx_create_pool(struct netcx_rx_queue *rx, u32 elements)
{
	struct page_pool_params params = {
		.order = get_order(rx->truesize),
		.pool_size = elements,
		.nid = dev_to_node(rx->netdev->dev.parent),
	};

	return page_pool_create(&params);
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
	if (adapter->rx.MappingRequirement == NetMemoryMappingRequirementDmaMapped)
		rx->dma_dev = &channel->nd->device->pdev->dev;
	rx->buffer_size = adapter->rx.MaximumFrameSize;
	rx->truesize = PAGE_SIZE << get_order(NETCX_RX_HEADROOM + rx->buffer_size +
					      SKB_DATA_ALIGN(sizeof(struct skb_shared_info)));

	rx->buffers = kvcalloc(elements, sizeof(*rx->buffers), GFP_KERNEL);
	if (!rx->buffers)
		return -ENOMEM;
	rx->pool = netcx_rx_create_pool(rx, elements);
	if (IS_ERR(rx->pool)) {
		err = PTR_ERR(rx->pool);
		rx->pool = NULL;
		kvfree(rx->buffers);
		rx->buffers = NULL;
		return err;
	}
	return 0;
}

/* The queue is stopped, or the device's DMA is: no buffer is written to any more. */
void netcx_rx_close(struct netcx_rx_queue *rx)
{
	u32 i;

	for (i = 0; i < rx->q->fragments->NumberOfElements; i++) {
		if (rx->buffers[i].page)
			page_pool_put_full_page(rx->pool, netcx_rx_take(rx, &rx->buffers[i]),
						false);
	}
	page_pool_destroy(rx->pool);
	kvfree(rx->buffers);
	rx->pool = NULL;
	rx->buffers = NULL;
	rx->q = NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small received packets are copied to memory of their size. Their pages stay in their slots,
 * mapped as they are; and a packet that waits in a socket holds some hundred bytes instead of a
 * page.
 *
 * The memory is pieces of page_pool's pages: they come back without going through the kernel's page
 * allocator, which may have to clear them.
 */
#include <linux/dma-mapping.h>

#include "netcx_linux.h"

#define NETCX_RX_COPY_HEADROOM	(NET_SKB_PAD + NET_IP_ALIGN)

/* Pieces there is memory for before pages are allocated: so many packets wait somewhere. */
static unsigned int netcx_rx_copy_pages(u32 elements)
{
	return max(elements / 4, 16u);
}

int netcx_rx_copy_open(struct netcx_rx_queue *rx, u32 elements)
{
	const struct page_pool_params params = {
#ifdef PP_FLAG_PAGE_FRAG
		.flags = PP_FLAG_PAGE_FRAG,
#endif
		.pool_size = netcx_rx_copy_pages(elements),
		.nid = dev_to_node(rx->netdev->dev.parent),
	};

	rx->copy_pool = page_pool_create(&params);
	if (IS_ERR(rx->copy_pool)) {
		const int err = PTR_ERR(rx->copy_pool);

		rx->copy_pool = NULL;
		return err;
	}
	WRITE_ONCE(rx->copybreak, rx->channel->nd->rx_copybreak);
	return 0;
}

void netcx_rx_copy_close(struct netcx_rx_queue *rx)
{
	page_pool_destroy(rx->copy_pool);
	rx->copy_pool = NULL;
}

struct sk_buff *netcx_rx_copy(struct netcx_rx_queue *rx, const struct netcx_rx_buffer *buffer,
			      u32 offset, u32 length)
{
	const unsigned int size = SKB_DATA_ALIGN(NETCX_RX_COPY_HEADROOM +
						 ALIGN(length, NETCX_COPY_BLOCK)) +
				  SKB_DATA_ALIGN(sizeof(struct skb_shared_info));
	struct sk_buff *skb;
	unsigned int begin;
	struct page *page;

	page = page_pool_dev_alloc_frag(rx->copy_pool, &begin, size);
	if (unlikely(!page))
		return NULL;
	skb = napi_build_skb(page_address(page) + begin, size);
	if (unlikely(!skb)) {
		page_pool_put_full_page(rx->copy_pool, page, true);
		return NULL;
	}
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NETCX_RX_COPY_HEADROOM);
	__skb_put(skb, length);

	if (unlikely(rx->dma_sync))
		dma_sync_single_range_for_cpu(rx->dma_dev, buffer->address, offset, length,
					      DMA_FROM_DEVICE);
	netcx_copy_small(skb->data, page_address(buffer->page) + NETCX_RX_HEADROOM + offset,
			 length);
	if (unlikely(rx->dma_sync))
		dma_sync_single_range_for_device(rx->dma_dev, buffer->address, offset, length,
						 DMA_FROM_DEVICE);
	return skb;
}

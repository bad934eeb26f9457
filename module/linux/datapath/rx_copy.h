/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small received packets are copied to memory of their size. Their pages stay in their slots,
 * mapped as they are; and a packet that waits in a socket holds some hundred bytes instead of a
 * page.
 */
#ifndef NETCX_LINUX_RX_COPY_H
#define NETCX_LINUX_RX_COPY_H

#include <linux/dma-mapping.h>
#include <linux/sizes.h>

#include "ring.h"
#include "rx_queue.h"
#include "tx_queue.h"

#define NETCX_RX_COPY_HEADROOM	(NET_SKB_PAD + NET_IP_ALIGN)

/*
 * What is charged for a piece, however small: the last one keeps all of a page, and who holds one
 * out of many should not hold many times what the socket's limit says. The same as the kernel takes
 * for its own small skbs.
 */
#define NETCX_RX_COPY_CHARGE	SZ_1K

int netcx_rx_copy_open(struct netcx_rx_queue *rx, u32 elements);
void netcx_rx_copy_close(struct netcx_rx_queue *rx);
/* FALSE: no memory. */
bool netcx_rx_copy_next_page(struct netcx_rx_copies *copies);

/* An skb with a copy of @length bytes, at most NETCX_COPYBREAK, at @offset of a buffer; or NULL. */
static __always_inline struct sk_buff *netcx_rx_copy(struct netcx_rx_queue *rx,
						     const struct netcx_rx_buffer *buffer,
						     u32 offset, u32 length)
{
	const unsigned int size = SKB_DATA_ALIGN(NETCX_RX_COPY_HEADROOM +
						 ALIGN(length, NETCX_COPY_BLOCK)) +
				  SKB_DATA_ALIGN(sizeof(struct skb_shared_info));
	struct netcx_rx_copies *copies = &rx->copies;
	struct sk_buff *skb;

	BUILD_BUG_ON(SKB_DATA_ALIGN(NETCX_RX_COPY_HEADROOM + NETCX_COPYBREAK) +
		     SKB_DATA_ALIGN(sizeof(struct skb_shared_info)) > NETCX_RX_COPY_CHARGE);
	if (unlikely(copies->left < size && !netcx_rx_copy_next_page(copies)))
		return NULL;
	skb = napi_build_skb(copies->next, size);
	if (unlikely(!skb))
		return NULL;
	copies->next += size;
	copies->left -= size;
	copies->pieces++;
	skb->truesize += NETCX_RX_COPY_CHARGE - size;
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NETCX_RX_COPY_HEADROOM);

	if (unlikely(rx->dma_sync))
		dma_sync_single_range_for_cpu(rx->dma_dev, buffer->address, offset, length,
					      DMA_FROM_DEVICE);
	netcx_copy_small(__skb_put(skb, length),
			 buffer->memory + NETCX_RX_HEADROOM + offset, length);
	if (unlikely(rx->dma_sync))
		dma_sync_single_range_for_device(rx->dma_dev, buffer->address, offset, length,
						 DMA_FROM_DEVICE);
	return skb;
}

#endif /* NETCX_LINUX_RX_COPY_H */

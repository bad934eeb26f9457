/* SPDX-License-Identifier: GPL-2.0-only */
/* Buffers that belong to slots of the fragment ring, of page_pool's memory. */
#ifndef NETCX_LINUX_RX_BUFFER_H
#define NETCX_LINUX_RX_BUFFER_H

#include <linux/dma-mapping.h>
#include <linux/mm.h>

#include "rx_queue.h"

/* A buffer's memory leaves its slot, and the device's reach, after it was made the CPU's. */
static inline void *netcx_rx_take_synced(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	void *memory = buffer->memory;

	if (rx->dma_dev)
		dma_unmap_page_attrs(rx->dma_dev, buffer->address, rx->buffer_size,
				     DMA_FROM_DEVICE, DMA_ATTR_SKIP_CPU_SYNC);
	buffer->memory = NULL;
	return memory;
}

/* A buffer's memory leaves its slot, and the device's reach. */
static inline void *netcx_rx_take(struct netcx_rx_queue *rx, struct netcx_rx_buffer *buffer)
{
	void *memory = buffer->memory;

	if (rx->dma_dev)
		dma_unmap_page(rx->dma_dev, buffer->address, rx->buffer_size, DMA_FROM_DEVICE);
	buffer->memory = NULL;
	return memory;
}

/* What an skb or a frame of XDP needs to know of memory that left its slot. */
struct netcx_rx_place {
	struct page *page;
	u32 offset;			/* of the first byte the client sees */
};

static inline struct netcx_rx_place netcx_rx_place(const void *memory)
{
	struct page *page = virt_to_head_page(memory);

	return (struct netcx_rx_place){ page, memory - page_address(page) + NETCX_RX_HEADROOM };
}

#endif /* NETCX_LINUX_RX_BUFFER_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a packet is written into a tx queue's rings, whoever sends it: begun, its fragments put into
 * the slots from EndIndex on, and entered. Until then the slots stay ours, so an error has to unmap
 * only. All under the tx queue's lock.
 */
#ifndef NETCX_LINUX_TX_ENTRY_H
#define NETCX_LINUX_TX_ENTRY_H

#include <linux/dma-mapping.h>

#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>
#include <netcx/netringiterator.h>

#include "ring.h"
#include "tx_queue.h"

/* A packet that is being written. */
struct netcx_tx_entry {
	/* Local copies: stores to elements might alias the fields, which would be reloaded. */
	NET_RING *packets;
	NET_RING *fragments;
	u32 slot;			/* of the packet */
	u32 first;			/* fragment */
	NET_PACKET *packet;
	struct netcx_tx_packet *owner;	/* what it takes to complete it */
};

/* Begins a plain packet, of one segment. What it is made of is for the caller to say. */
static __always_inline struct netcx_tx_entry netcx_tx_begin(struct netcx_tx_queue *tx, u32 bytes)
{
	const struct netcx_queue *q = tx->q;
	struct netcx_tx_entry entry = {
		.packets = q->packets,
		.fragments = q->fragments,
		.slot = q->packets->EndIndex,
		.first = q->fragments->EndIndex,
	};

	entry.packet = NetRingGetPacketAtIndex(entry.packets, entry.slot);
	entry.owner = &tx->packets[entry.slot];
	netcx_packet_write(entry.packet, q->layout.packet_end, &tx->plain);
	entry.owner->bytes = bytes;
	entry.owner->segments = 1;
	return entry;
}

/* Enters a packet whose first @count fragments have been written. */
static __always_inline void netcx_tx_enter(struct netcx_tx_queue *tx,
					   const struct netcx_tx_entry *entry,
					   enum netcx_tx_type type, u32 count)
{
	entry->owner->type = type;
	entry->owner->fragments = count;
	entry->packet->FragmentIndex = entry->first;
	entry->packet->FragmentCount = count;
	tx->fragments_free -= count;
	entry->fragments->EndIndex = NetRingAdvanceIndex(entry->fragments, entry->first, count);
	entry->packets->EndIndex = NetRingIncrementIndex(entry->packets, entry->slot);
}

/* Puts memory that is mapped, or need not be, into a fragment slot. */
static __always_inline NET_FRAGMENT *netcx_tx_put_fragment(struct netcx_tx_queue *tx, u32 index,
							   void *address, dma_addr_t dma,
							   u32 length, u32 capacity)
{
	const struct netcx_queue_layout *layout = &tx->q->layout;
	const u16 virtual_address = layout->fragment_virtual_address;
	const u16 logical_address = layout->fragment_logical_address;
	NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, index);
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual = netcx_extension(fragment, virtual_address);
	NET_FRAGMENT_LOGICAL_ADDRESS *logical = netcx_extension(fragment, logical_address);

	netcx_fragment_write(fragment, length, capacity);
	if (likely(logical_address))
		logical->LogicalAddress = dma;
	virtual->VirtualAddress = address;
	return fragment;
}

/*
 * Maps @length bytes at @page + @offset, whose virtual address is @address, for DMA, if the client
 * does DMA, and writes the fragment at @index.
 */
static __always_inline int netcx_tx_map_fragment(struct netcx_tx_queue *tx, u32 index,
						 void *address, struct page *page,
						 unsigned int offset, u32 length)
{
	dma_addr_t dma = 0;

	if (likely(tx->dma_dev)) {
		struct netcx_tx_mapping *mapping = &tx->mappings[index];

		dma = dma_map_page(tx->dma_dev, page, offset, length, DMA_TO_DEVICE);
		if (unlikely(dma_mapping_error(tx->dma_dev, dma)))
			return -ENOMEM;
		mapping->address = dma;
		mapping->length = length;
	}
	netcx_tx_put_fragment(tx, index, address, dma, length, length);
	return 0;
}

static __always_inline void netcx_tx_unmap_range(struct netcx_tx_queue *tx, u32 first, u32 count)
{
	const u32 mask = tx->q->fragments->ElementIndexMask;

	if (!tx->dma_dev)
		return;
	for (; count; count--) {
		const struct netcx_tx_mapping *mapping = &tx->mappings[first];

		/* The device only read: there is nothing the CPU would have to be shown. */
		dma_unmap_page_attrs(tx->dma_dev, mapping->address, mapping->length, DMA_TO_DEVICE,
				     DMA_ATTR_SKIP_CPU_SYNC);
		first = (first + 1) & mask;
	}
}

#endif /* NETCX_LINUX_TX_ENTRY_H */

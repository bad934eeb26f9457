/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Buffers for the first bytes of packets that are segmented: their headers with some payload behind
 * (erratum: a first buffer that ends with the headers). One for each two descriptors, since such a
 * packet has at least three, so that the place of its first buffer's descriptor names a buffer that
 * is free.
 */
#ifndef E1000E_TX_HEADS_H
#define E1000E_TX_HEADS_H

#include "limits.h"
#include <common/ring_memory.h>

namespace e1000e
{

class TxHeads
{
public:
	/* For a ring of so many descriptors. Context: process. */
	NTSTATUS create(WDFDMAENABLER enabler, WDFOBJECT parent, UINT32 descriptors)
	{
		return memory.create(enabler, parent,
				     descriptors / descriptors_per_buffer * limits::tx_head_bytes);
	}

	/* Of the packet whose first buffer's descriptor this is. */
	UINT8 *buffer(UINT32 descriptor) const
	{
		return static_cast<UINT8 *>(memory.descriptors) + offset_of(descriptor);
	}

	UINT64 address(UINT32 descriptor) const { return memory.logical + offset_of(descriptor); }

private:
	static constexpr UINT32 descriptors_per_buffer = 2;

	static constexpr UINT32 offset_of(UINT32 descriptor)
	{
		return descriptor / descriptors_per_buffer * limits::tx_head_bytes;
	}

	common::RingMemory memory;
};

} /* namespace e1000e */

#endif /* E1000E_TX_HEADS_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Buffers for the first bytes of packets that are segmented: the headers, followed by some payload
 * (erratum: the first buffer must not end with the headers). There is one for each two descriptors.
 * A packet that uses one has at least three descriptors (context, headers, payload), so two packets
 * in the ring never share one, and a buffer is free when the ring has room for the packet.
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
	/* @descriptors: in the ring. Context: process. */
	NTSTATUS create(WDFDMAENABLER enabler, WDFOBJECT parent, UINT32 descriptors)
	{
		return memory.create(enabler, parent,
				     descriptors / descriptors_per_buffer * limits::tx_head_stride);
	}

	/* The buffer for a packet whose headers go into this descriptor. */
	UINT8 *buffer(UINT32 descriptor) const
	{
		return static_cast<UINT8 *>(memory.descriptors) + offset_of(descriptor);
	}

	UINT64 address(UINT32 descriptor) const { return memory.logical + offset_of(descriptor); }

private:
	static constexpr UINT32 descriptors_per_buffer = 2;

	static constexpr UINT32 offset_of(UINT32 descriptor)
	{
		return descriptor / descriptors_per_buffer * limits::tx_head_stride;
	}

	common::RingMemory memory;
};

} /* namespace e1000e */

#endif /* E1000E_TX_HEADS_H */

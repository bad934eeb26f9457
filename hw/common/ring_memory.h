/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The memory of a descriptor ring: a WDF common buffer whose parent is the queue. */
#ifndef COMMON_RING_MEMORY_H
#define COMMON_RING_MEMORY_H

#include <wdf.h>

namespace common
{

struct RingMemory {
	/* Aligned to 128 bytes, zeroed, freed with @parent. Context: process. */
	NTSTATUS create(WDFDMAENABLER enabler, WDFOBJECT parent, UINT32 bytes);

	/* The lower and upper half of the DMA address. */
	UINT32 low() const { return static_cast<UINT32>(logical); }

	UINT32 high() const { return static_cast<UINT32>(logical >> 32); }

	void *descriptors;
	UINT64 logical;
	UINT32 length;
};

} /* namespace common */

#endif /* COMMON_RING_MEMORY_H */

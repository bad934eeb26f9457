/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The memory that a descriptor ring lives in. It goes with the queue. */
#ifndef E1000E_RING_MEMORY_H
#define E1000E_RING_MEMORY_H

#include "registers.h"
#include <wdf.h>

namespace e1000e
{

struct RingMemory {
	/* @bytes: a multiple of ring_bytes_multiple. Zeroed. Context: process. */
	NTSTATUS create(WDFDMAENABLER enabler, WDFOBJECT parent, UINT32 bytes);

	/* Halves of the address for the device. */
	UINT32 low() const { return static_cast<UINT32>(logical); }

	UINT32 high() const { return static_cast<UINT32>(logical >> 32); }

	void *descriptors;
	UINT64 logical;
	UINT32 length;
};

} /* namespace e1000e */

#endif /* E1000E_RING_MEMORY_H */

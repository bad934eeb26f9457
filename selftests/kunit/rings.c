// SPDX-License-Identifier: GPL-2.0-only
#include <linux/log2.h>

#include "rings.h"

NET_RING *netcx_kunit_ring(struct kunit *test, u32 elements, u16 stride)
{
	const size_t size = offsetof(NET_RING, Buffer) + (size_t)elements * stride;
	NET_RING *ring;

	/* The allocator aligns what has the size of a power of two to that size. */
	ring = kunit_kzalloc(test, roundup_pow_of_two(size), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ring);
	KUNIT_ASSERT_TRUE(test, IS_ALIGNED((unsigned long)ring, SYSTEM_CACHE_ALIGNMENT_SIZE));
	ring->ElementStride = stride;
	ring->NumberOfElements = elements;
	ring->ElementIndexMask = elements - 1;
	return ring;
}

void netcx_kunit_rings(struct kunit *test, NET_RING_COLLECTION *rings, u32 elements)
{
	*rings = (NET_RING_COLLECTION){
		.Rings = {
			[NetRingTypePacket] =
				netcx_kunit_ring(test, elements, NETCX_KUNIT_PACKET_STRIDE),
			[NetRingTypeFragment] =
				netcx_kunit_ring(test, elements, NETCX_KUNIT_FRAGMENT_STRIDE),
		},
	};
}

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * NET_RING_COLLECTION: the rings of one packet queue.
 *
 * Documentation: "NET_RING_COLLECTION structure (ringcollection.h)", "NET_RING_TYPE enumeration".
 */
#ifndef NETCX_NET_RINGCOLLECTION_H
#define NETCX_NET_RINGCOLLECTION_H

#include "../ntdef.h"

EXTERN_C_START

typedef struct _NET_RING NET_RING;

typedef enum _NET_RING_TYPE {
	NetRingTypePacket = 0,
	NetRingTypeFragment = 1,
	NetRingTypeDataBuffer = 2,

	/* Spellings of the 1.x previews. */
	NET_RING_TYPE_PACKET = NetRingTypePacket,
	NET_RING_TYPE_FRAGMENT = NetRingTypeFragment,
} NET_RING_TYPE;

/* Indexed by NET_RING_TYPE. The data buffer ring is NULL unless the queue has one. */
typedef struct _NET_RING_COLLECTION {
	NET_RING *Rings[NetRingTypeDataBuffer + 1];
} NET_RING_COLLECTION;

/* One index into the packet ring and one into the fragment ring, as one 64-bit value. */
NETCX_EXTENSION typedef union _NET_RING_INDICES {
	LONG64 AsLONG64;
	struct {
		UINT32 Packet;
		UINT32 Fragment;
	};
} NET_RING_INDICES;

NETCX_STATIC_ASSERT(sizeof(NET_RING_COLLECTION) == 3 * sizeof(void *), "NET_RING_COLLECTION");
NETCX_STATIC_ASSERT(sizeof(NET_RING_INDICES) == 8, "NET_RING_INDICES");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING_INDICES, Fragment) == 4, "NET_RING_INDICES.Fragment");

NETCX_ALWAYS_INLINE NET_RING *NetRingCollectionGetPacketRing(_In_ NET_RING_COLLECTION const *Rings)
{
	return Rings->Rings[NetRingTypePacket];
}

NETCX_ALWAYS_INLINE NET_RING *
NetRingCollectionGetFragmentRing(_In_ NET_RING_COLLECTION const *Rings)
{
	return Rings->Rings[NetRingTypeFragment];
}

/* The third ring, by its name up to NetAdapterCx 2.2. */
NETCX_ALWAYS_INLINE NET_RING *
NetRingCollectionGetDataBufferRing(_In_ NET_RING_COLLECTION const *Rings)
{
	return Rings->Rings[NetRingTypeDataBuffer];
}

/* The third ring, by its later name. */
NETCX_ALWAYS_INLINE NET_RING *
NetRingCollectionGetFragmentReturnContextRing(_In_ NET_RING_COLLECTION const *Rings)
{
	return Rings->Rings[NetRingTypeDataBuffer];
}

EXTERN_C_END

#endif /* NETCX_NET_RINGCOLLECTION_H */

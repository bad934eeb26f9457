/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * NET_RING: a ring of equally sized elements that the class extension and a client driver share.
 *
 * The client owns the elements [BeginIndex, EndIndex). Of these, [BeginIndex, NextIndex) were
 * posted to hardware (the drain part) and [NextIndex, EndIndex) were not yet (the post part); the
 * class extension never looks at NextIndex. BeginIndex == EndIndex means that the client owns
 * nothing, so it never owns more than NumberOfElements - 1 elements.
 *
 * All functions here may be called in any context. None has a barrier, an atomic access or a lock:
 * the rings of one queue are used by one thread at a time.
 *
 * Documentation: "Introduction to net rings", "NET_RING structure (ring.h)".
 */
#ifndef NETCX_NET_RING_H
#define NETCX_NET_RING_H

#include "../ntdef.h"

#ifndef SYSTEM_CACHE_ALIGNMENT_SIZE
#define SYSTEM_CACHE_ALIGNMENT_SIZE 64
#endif
#ifndef DECLSPEC_CACHEALIGN
#define DECLSPEC_CACHEALIGN NETCX_ALIGNED(SYSTEM_CACHE_ALIGNMENT_SIZE)
#endif

EXTERN_C_START

typedef struct _NET_PACKET NET_PACKET;
typedef struct _NET_FRAGMENT NET_FRAGMENT;
typedef struct _NET_FRAGMENT_RETURN_CONTEXT NET_FRAGMENT_RETURN_CONTEXT;

/*
 * The class extension allocates the ring, with all elements behind it, aligned to a cache line. It
 * writes the bytes before BeginIndex; the client writes BeginIndex, NextIndex and Scratch.
 */
typedef struct DECLSPEC_CACHEALIGN _NET_RING {
	/* The class extension's. */
	UINT16 OSReserved1;
	/* Bytes from one element to the next: the core descriptor and its extensions. Not always a
	 * power of two. */
	UINT16 ElementStride;
	/* A power of two, at least 2. */
	UINT32 NumberOfElements;
	/* NumberOfElements - 1. */
	UINT32 ElementIndexMask;
	/* First element behind those the client owns. Moved by the class extension only. */
	UINT32 EndIndex;
	NETCX_EXTENSION union {
		/* The class extension's index of the next element to take back. */
		UINT32 OSReserved0;
		void *OSReserved2[4];
	};
	/* First element that the client owns. The client moves it to hand elements back. */
	UINT32 BeginIndex;
	/* First owned element that is not posted to hardware. The client's, and optional. */
	UINT32 NextIndex;
	/* The client's, for any use. */
	void *Scratch;
	/* Element 0. Use NetRingGetElementAtIndex() to reach any element. */
	DECLSPEC_CACHEALIGN UINT8 Buffer[ANYSIZE_ARRAY];
} NET_RING;

NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, OSReserved1) == 0, "NET_RING.OSReserved1");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, ElementStride) == 2, "NET_RING.ElementStride");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, NumberOfElements) == 4, "NET_RING.NumberOfElements");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, ElementIndexMask) == 8, "NET_RING.ElementIndexMask");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, EndIndex) == 12, "NET_RING.EndIndex");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, OSReserved0) == 16, "NET_RING.OSReserved0");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, OSReserved2) == 16, "NET_RING.OSReserved2");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, BeginIndex) == 48, "NET_RING.BeginIndex");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, NextIndex) == 52, "NET_RING.NextIndex");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, Scratch) == 56, "NET_RING.Scratch");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_RING, Buffer) == SYSTEM_CACHE_ALIGNMENT_SIZE,
		    "NET_RING.Buffer");
NETCX_STATIC_ASSERT(sizeof(NET_RING) == 2 * SYSTEM_CACHE_ALIGNMENT_SIZE, "NET_RING");

/*
 * Address of element @Index, which must be in [0, NumberOfElements). A const ring still has
 * writable elements: the caller owns some of them.
 *
 * The address is taken from the ring, not from Buffer, because compilers and FORTIFY_SOURCE see
 * Buffer as an array of one byte.
 */
NETCX_ALWAYS_INLINE void *NetRingGetElementAtIndex(_In_ NET_RING const *Ring, _In_ UINT32 Index)
{
	NETCX_ASSERT(Index < Ring->NumberOfElements);
	return (UINT8 *)Ring + NETCX_OFFSETOF(NET_RING, Buffer) +
	       (SIZE_T)Index * Ring->ElementStride;
}

/* @Index moved by @Distance elements, forward or (negative) backward, around the ring. */
NETCX_ALWAYS_INLINE UINT32 NetRingAdvanceIndex(_In_ NET_RING const *Ring, _In_ UINT32 Index,
					       _In_ INT32 Distance)
{
	return (Index + (UINT32)Distance) & Ring->ElementIndexMask;
}

/* The index behind @Index. */
NETCX_ALWAYS_INLINE UINT32 NetRingIncrementIndex(_In_ NET_RING const *Ring, _In_ UINT32 Index)
{
	return NetRingAdvanceIndex(Ring, Index, 1);
}

/*
 * Number of elements in [StartIndex, EndIndex), around the ring; both must be in
 * [0, NumberOfElements). [x, x) has none: a range never holds all elements of a ring.
 */
NETCX_ALWAYS_INLINE UINT32 NetRingGetRangeCount(_In_ NET_RING const *Ring, _In_ UINT32 StartIndex,
						_In_ UINT32 EndIndex)
{
	NETCX_ASSERT(StartIndex < Ring->NumberOfElements);
	NETCX_ASSERT(EndIndex < Ring->NumberOfElements);
	return (EndIndex - StartIndex) & Ring->ElementIndexMask;
}

/* NetRingGetElementAtIndex() of a packet ring. */
NETCX_ALWAYS_INLINE NET_PACKET *NetRingGetPacketAtIndex(_In_ NET_RING const *Ring,
							_In_ UINT32 Index)
{
	return (NET_PACKET *)NetRingGetElementAtIndex(Ring, Index);
}

/* NetRingGetElementAtIndex() of a fragment ring. */
NETCX_ALWAYS_INLINE NET_FRAGMENT *NetRingGetFragmentAtIndex(_In_ NET_RING const *Ring,
							    _In_ UINT32 Index)
{
	return (NET_FRAGMENT *)NetRingGetElementAtIndex(Ring, Index);
}

/* NetRingGetElementAtIndex() of a ring of return contexts. */
NETCX_ALWAYS_INLINE NET_FRAGMENT_RETURN_CONTEXT *
NetRingGetFragmentReturnContextAtIndex(_In_ NET_RING const *Ring, _In_ UINT32 Index)
{
	return (NET_FRAGMENT_RETURN_CONTEXT *)NetRingGetElementAtIndex(Ring, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_RING_H */

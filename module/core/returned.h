/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Checks of what a client returned, before its contents are used. All of it is inline and valid as
 * C and C++: module/linux runs it for every packet, the fuzzers of selftests/fuzz in user space.
 *
 * Context: the caller has what serialises the queue's callbacks. OSReserved0 of a ring is the first
 * element that it has not taken back yet.
 */
#ifndef NETCX_CORE_RETURNED_H
#define NETCX_CORE_RETURNED_H

#include <netcx/net/fragment.h>
#include <netcx/net/packet.h>
#include <netcx/net/ring.h>

/* Length of an Ethernet header: anything shorter is not a frame. */
#define NETCX_LEAST_FRAME 14

/* True if BeginIndex is within [OSReserved0, EndIndex]: the client returned only what it owned. */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_range_is_sane(NET_RING const *ring)
{
	const UINT32 mask = ring->ElementIndexMask;

	return ring->BeginIndex <= mask && ((ring->BeginIndex - ring->OSReserved0) & mask) <=
						   ((ring->EndIndex - ring->OSReserved0) & mask);
}

/*
 * Limits for the fragments of a received packet. @capacity: bytes of each buffer. @most: fragments
 * that a packet may have. @has_buffer: whether element @index of the fragment ring has a buffer; it
 * must be a constant at the place of the call, so that the compiler inlines it.
 */
struct netcx_returned_limits {
	UINT32 capacity;
	UINT32 most;
	BOOLEAN (*has_buffer)(const void *context, UINT32 index);
	const void *context;
};

/* True if a packet's first fragment holds an Ethernet header and lies within its buffer. */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_first_is_sane(UINT32 index, UINT32 offset, UINT32 length,
							 const struct netcx_returned_limits *limits)
{
	return length >= NETCX_LEAST_FRAME && offset + length <= limits->capacity &&
	       limits->has_buffer(limits->context, index);
}

/*
 * True if all fragments of @packet are in [@first, @last) of the fragment ring and each lies within
 * its buffer. For packets of any number of fragments.
 */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_long_packet_is_sane(
	NET_RING const *fragments, NET_PACKET const *packet, UINT32 first, UINT32 last,
	const struct netcx_returned_limits *limits)
{
	const UINT32 mask = fragments->ElementIndexMask;
	const UINT32 count = packet->FragmentCount;
	UINT32 index = packet->FragmentIndex;
	NET_FRAGMENT fragment;
	UINT32 i;

	if (index > mask || !count || count > limits->most ||
	    ((index - first) & mask) + count > ((last - first) & mask))
		return 0;

	fragment = *NetRingGetFragmentAtIndex(fragments, index);
	if (!netcx_returned_first_is_sane(index, fragment.Offset, fragment.ValidLength, limits))
		return 0;
	for (i = 1; i < count; i++) {
		index = NetRingIncrementIndex(fragments, index);
		fragment = *NetRingGetFragmentAtIndex(fragments, index);
		if (!fragment.ValidLength || fragment.Offset ||
		    fragment.ValidLength > limits->capacity ||
		    !limits->has_buffer(limits->context, index))
			return 0;
	}
	return 1;
}

/* True for a packet of one fragment, which is the next in order: the fast path for nearly all. */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_is_short_packet(NET_PACKET const *packet, UINT32 first,
							   UINT32 last)
{
	return packet->FragmentCount == 1 && packet->FragmentIndex == first && first != last;
}

#endif /* NETCX_CORE_RETURNED_H */

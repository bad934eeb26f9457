/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a client gives back, checked before a byte of it is touched. All of it is inline and in the
 * common part of C and C++: the OS half runs it for every packet, and the same text is fuzzed in
 * user space.
 *
 * Context: any; the caller owns the queue's rings, whose OSReserved0 is the first element that the
 * caller has not taken back yet.
 */
#ifndef NETCX_CORE_RETURNED_H
#define NETCX_CORE_RETURNED_H

#include <netcx/net/fragment.h>
#include <netcx/net/packet.h>
#include <netcx/net/ring.h>

/* An Ethernet header: less is no frame. */
#define NETCX_LEAST_FRAME 14

/* Has the client moved BeginIndex over elements that it owned, and no others? */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_range_is_sane(NET_RING const *ring)
{
	const UINT32 mask = ring->ElementIndexMask;

	return ring->BeginIndex <= mask && ((ring->BeginIndex - ring->OSReserved0) & mask) <=
						   ((ring->EndIndex - ring->OSReserved0) & mask);
}

/*
 * What the fragments of received packets are held against. @capacity: bytes of each buffer. @most:
 * fragments that a packet may have. @has_buffer: is there one behind that element of the fragment
 * ring? It has to be a function that the compiler sees, so that no call is left.
 */
struct netcx_returned_limits {
	UINT32 capacity;
	UINT32 most;
	BOOLEAN (*has_buffer)(const void *context, UINT32 index);
	const void *context;
};

/* Does a packet's first fragment, so many bytes at @offset, hold a header, within its buffer? */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_first_is_sane(UINT32 index, UINT32 offset, UINT32 length,
							 const struct netcx_returned_limits *limits)
{
	return length >= NETCX_LEAST_FRAME && offset + length <= limits->capacity &&
	       limits->has_buffer(limits->context, index);
}

/*
 * Do all fragments of @packet lie in [@first, @last) of the fragment ring, each within its buffer?
 * For packets of any number of fragments.
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

/* One fragment, where it is expected: nearly all packets. The others are for the function above. */
NETCX_ALWAYS_INLINE BOOLEAN netcx_returned_is_short_packet(NET_PACKET const *packet, UINT32 first,
							   UINT32 last)
{
	return packet->FragmentCount == 1 && packet->FragmentIndex == first && first != last;
}

#endif /* NETCX_CORE_RETURNED_H */

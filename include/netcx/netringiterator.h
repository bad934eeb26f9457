/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Iterators over the packets and fragments that a client owns.
 *
 * A getter takes a snapshot [Index, End) of a range of a ring. The client walks it with Advance,
 * and Set stores the cursor to one of the ring's indices: only that hands elements to the class
 * extension (BeginIndex) or notes them as posted (NextIndex). Before Set, and without it, nothing
 * happens to the ring; several iterators may look at one ring at the same time.
 *
 * All functions may be called in any context in which the client may use the queue's rings, that is
 * from the queue's callbacks. They have no barriers and no atomics, and ring no doorbell.
 *
 * Two generations of names work side by side on the same structs: the one that is current since
 * Windows 10 1903, and the one of the 1809 preview in the second half of this file.
 *
 * Documentation: "Net ring iterators", and the page of each function (netringiterator.h).
 */
#ifndef NETCX_NETRINGITERATOR_H
#define NETCX_NETRINGITERATOR_H

#include "ntdef.h"
#include "net/fragment.h"
#include "net/packet.h"
#include "net/ring.h"
#include "net/ringcollection.h"

EXTERN_C_START

/* Not assignable, since its const members belong to one getter's result: initialise a new one. */
typedef struct _NET_RING_ITERATOR {
	NET_RING_COLLECTION const *Rings;
	/* The ring index that Set stores to; NULL for the fragments of one packet. */
	UINT32 *const IndexToSet;
	/* The current element. */
	UINT32 Index;
	/* The element behind the last one. */
	UINT32 const End;
} NET_RING_ITERATOR;

/* Walks a packet ring. */
typedef struct _NET_RING_PACKET_ITERATOR {
	NET_RING_ITERATOR Iterator;
} NET_RING_PACKET_ITERATOR;

/* Walks a fragment ring. */
typedef struct _NET_RING_FRAGMENT_ITERATOR {
	NET_RING_ITERATOR Iterator;
} NET_RING_FRAGMENT_ITERATOR;

NETCX_STATIC_ASSERT(sizeof(NET_RING_ITERATOR) == 24, "NET_RING_ITERATOR");
NETCX_STATIC_ASSERT(sizeof(NET_RING_PACKET_ITERATOR) == 24, "NET_RING_PACKET_ITERATOR");
NETCX_STATIC_ASSERT(sizeof(NET_RING_FRAGMENT_ITERATOR) == 24, "NET_RING_FRAGMENT_ITERATOR");

/* The packets that are not yet posted: [NextIndex, EndIndex). Set moves NextIndex. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetPostPackets(_In_ NET_RING_COLLECTION const *Rings)
{
	NET_RING *const ring = Rings->Rings[NetRingTypePacket];
	NET_RING_PACKET_ITERATOR const iterator = {
		{Rings, &ring->NextIndex, ring->NextIndex, ring->EndIndex}};

	return iterator;
}

/* The packets that are posted: [BeginIndex, NextIndex). Set moves BeginIndex. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetDrainPackets(_In_ NET_RING_COLLECTION const *Rings)
{
	NET_RING *const ring = Rings->Rings[NetRingTypePacket];
	NET_RING_PACKET_ITERATOR const iterator = {
		{Rings, &ring->BeginIndex, ring->BeginIndex, ring->NextIndex}};

	return iterator;
}

/* All packets that the client owns: [BeginIndex, EndIndex). Set moves BeginIndex. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetAllPackets(_In_ NET_RING_COLLECTION const *Rings)
{
	NET_RING *const ring = Rings->Rings[NetRingTypePacket];
	NET_RING_PACKET_ITERATOR const iterator = {
		{Rings, &ring->BeginIndex, ring->BeginIndex, ring->EndIndex}};

	return iterator;
}

/* The fragments that are not yet posted: [NextIndex, EndIndex). Set moves NextIndex. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetPostFragments(_In_ NET_RING_COLLECTION const *Rings)
{
	NET_RING *const ring = Rings->Rings[NetRingTypeFragment];
	NET_RING_FRAGMENT_ITERATOR const iterator = {
		{Rings, &ring->NextIndex, ring->NextIndex, ring->EndIndex}};

	return iterator;
}

/* The fragments that are posted: [BeginIndex, NextIndex). Set moves BeginIndex. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetDrainFragments(_In_ NET_RING_COLLECTION const *Rings)
{
	NET_RING *const ring = Rings->Rings[NetRingTypeFragment];
	NET_RING_FRAGMENT_ITERATOR const iterator = {
		{Rings, &ring->BeginIndex, ring->BeginIndex, ring->NextIndex}};

	return iterator;
}

/* All fragments that the client owns: [BeginIndex, EndIndex). Set moves BeginIndex. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetAllFragments(_In_ NET_RING_COLLECTION const *Rings)
{
	NET_RING *const ring = Rings->Rings[NetRingTypeFragment];
	NET_RING_FRAGMENT_ITERATOR const iterator = {
		{Rings, &ring->BeginIndex, ring->BeginIndex, ring->EndIndex}};

	return iterator;
}

/* The current packet. The iterator must have any. */
NETCX_ALWAYS_INLINE NET_PACKET *
NetPacketIteratorGetPacket(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return NetRingGetPacketAtIndex(Iterator->Iterator.Rings->Rings[NetRingTypePacket],
				       Iterator->Iterator.Index);
}

/* The current packet's index in the packet ring. */
NETCX_ALWAYS_INLINE UINT32 NetPacketIteratorGetIndex(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return Iterator->Iterator.Index;
}

/* Whether there is a current packet, that is, whether the end is not yet reached. */
NETCX_ALWAYS_INLINE BOOLEAN NetPacketIteratorHasAny(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return Iterator->Iterator.Index != Iterator->Iterator.End;
}

/* Number of packets from the current one to the end. */
NETCX_ALWAYS_INLINE UINT32 NetPacketIteratorGetCount(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return NetRingGetRangeCount(Iterator->Iterator.Rings->Rings[NetRingTypePacket],
				    Iterator->Iterator.Index, Iterator->Iterator.End);
}

/* Goes to the next packet. The iterator must have any. */
NETCX_ALWAYS_INLINE void NetPacketIteratorAdvance(_Inout_ NET_RING_PACKET_ITERATOR *Iterator)
{
	Iterator->Iterator.Index = NetRingIncrementIndex(
		Iterator->Iterator.Rings->Rings[NetRingTypePacket], Iterator->Iterator.Index);
}

/* Passes over all packets that are left. */
NETCX_ALWAYS_INLINE void
NetPacketIteratorAdvanceToTheEnd(_Inout_ NET_RING_PACKET_ITERATOR *Iterator)
{
	Iterator->Iterator.Index = Iterator->Iterator.End;
}

/* Stores the cursor to the ring index that the iterator's getter is for. */
NETCX_ALWAYS_INLINE void NetPacketIteratorSet(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	*Iterator->Iterator.IndexToSet = Iterator->Iterator.Index;
}

/*
 * The fragments of the current packet; none if its FragmentCount is 0. The iterator must have any
 * packet. NetFragmentIteratorSet() must not be called with the result: it has no ring index.
 */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetPacketIteratorGetFragments(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	NET_RING_COLLECTION const *const rings = Iterator->Iterator.Rings;
	NET_PACKET const *const packet = NetPacketIteratorGetPacket(Iterator);
	NET_RING_FRAGMENT_ITERATOR const iterator = {
		{rings, NULL, packet->FragmentIndex,
		 NetRingAdvanceIndex(rings->Rings[NetRingTypeFragment], packet->FragmentIndex,
				     packet->FragmentCount)}};

	return iterator;
}

/* The current fragment. The iterator must have any. */
NETCX_ALWAYS_INLINE NET_FRAGMENT *
NetFragmentIteratorGetFragment(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	return NetRingGetFragmentAtIndex(Iterator->Iterator.Rings->Rings[NetRingTypeFragment],
					 Iterator->Iterator.Index);
}

/* The current fragment's index in the fragment ring. */
NETCX_ALWAYS_INLINE UINT32
NetFragmentIteratorGetIndex(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	return Iterator->Iterator.Index;
}

/* Whether there is a current fragment, that is, whether the end is not yet reached. */
NETCX_ALWAYS_INLINE BOOLEAN
NetFragmentIteratorHasAny(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	return Iterator->Iterator.Index != Iterator->Iterator.End;
}

/* Number of fragments from the current one to the end. */
NETCX_ALWAYS_INLINE UINT32
NetFragmentIteratorGetCount(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	return NetRingGetRangeCount(Iterator->Iterator.Rings->Rings[NetRingTypeFragment],
				    Iterator->Iterator.Index, Iterator->Iterator.End);
}

/* Goes to the next fragment. The iterator must have any. */
NETCX_ALWAYS_INLINE void NetFragmentIteratorAdvance(_Inout_ NET_RING_FRAGMENT_ITERATOR *Iterator)
{
	Iterator->Iterator.Index = NetRingIncrementIndex(
		Iterator->Iterator.Rings->Rings[NetRingTypeFragment], Iterator->Iterator.Index);
}

/* Passes over all fragments that are left. */
NETCX_ALWAYS_INLINE void
NetFragmentIteratorAdvanceToTheEnd(_Inout_ NET_RING_FRAGMENT_ITERATOR *Iterator)
{
	Iterator->Iterator.Index = Iterator->Iterator.End;
}

/*
 * Stores the cursor to the ring index that the iterator's getter is for. Not for the fragments of
 * one packet: there is no index to store to.
 */
NETCX_ALWAYS_INLINE void NetFragmentIteratorSet(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	NETCX_ASSERT(Iterator->Iterator.IndexToSet != NULL);
	*Iterator->Iterator.IndexToSet = Iterator->Iterator.Index;
}

/*
 * The names of the 1809 preview.
 *
 * Its setters store to the index that they are named for, whatever getter the iterator comes from.
 * Where "Rx drain" is said of packets, all owned packets are meant: rx packets are never posted.
 */

/* Tx packets to be posted: [NextIndex, EndIndex) of the packet ring. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetTxPostPacketIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetPostPackets(Rings);
}

/* Notes the packets before the cursor as posted: NextIndex of the packet ring. */
NETCX_ALWAYS_INLINE void
NetRingSetTxPostPacketIterator(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypePacket]->NextIndex = Iterator->Iterator.Index;
}

/* Tx packets that were posted: [BeginIndex, NextIndex) of the packet ring. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetTxDrainPacketIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetDrainPackets(Rings);
}

/* Hands back the packets before the cursor: BeginIndex of the packet ring. */
NETCX_ALWAYS_INLINE void
NetRingSetTxDrainPacketIterator(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypePacket]->BeginIndex = Iterator->Iterator.Index;
}

/* Rx packets to be filled: [BeginIndex, EndIndex) of the packet ring. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetRxDrainPacketIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetAllPackets(Rings);
}

/* Hands back the packets before the cursor: BeginIndex of the packet ring. */
NETCX_ALWAYS_INLINE void
NetRingSetRxDrainPacketIterator(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypePacket]->BeginIndex = Iterator->Iterator.Index;
}

/* Rx fragments to be posted: [NextIndex, EndIndex) of the fragment ring. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetRxPostFragmentIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetPostFragments(Rings);
}

/* Notes the fragments before the cursor as posted: NextIndex of the fragment ring. */
NETCX_ALWAYS_INLINE void
NetRingSetRxPostFragmentIterator(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypeFragment]->NextIndex = Iterator->Iterator.Index;
}

/* Rx fragments that were posted: [BeginIndex, NextIndex) of the fragment ring. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetRxDrainFragmentIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetDrainFragments(Rings);
}

/* Hands back the fragments before the cursor: BeginIndex of the fragment ring. */
NETCX_ALWAYS_INLINE void
NetRingSetRxDrainFragmentIterator(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypeFragment]->BeginIndex = Iterator->Iterator.Index;
}

/* The fragments of the current packet, while posting it. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetTxPostPacketFragmentIterator(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return NetPacketIteratorGetFragments(Iterator);
}

/* Notes the fragments before the cursor as posted: NextIndex of the fragment ring. */
NETCX_ALWAYS_INLINE void
NetRingSetTxPostFragmentIterator(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypeFragment]->NextIndex = Iterator->Iterator.Index;
}

/* The fragments of the current packet, while draining it. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetTxDrainPacketFragmentIterator(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return NetPacketIteratorGetFragments(Iterator);
}

/* Hands back the fragments before the cursor: BeginIndex of the fragment ring. */
NETCX_ALWAYS_INLINE void
NetRingSetTxDrainFragmentIterator(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypeFragment]->BeginIndex = Iterator->Iterator.Index;
}

/* All packets that the client owns: [BeginIndex, EndIndex) of the packet ring. */
NETCX_ALWAYS_INLINE NET_RING_PACKET_ITERATOR
NetRingGetAllPacketIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetAllPackets(Rings);
}

/* Hands back the packets before the cursor: BeginIndex of the packet ring. */
NETCX_ALWAYS_INLINE void NetRingSetAllPacketIterator(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypePacket]->BeginIndex = Iterator->Iterator.Index;
}

/* All fragments that the client owns: [BeginIndex, EndIndex) of the fragment ring. */
NETCX_ALWAYS_INLINE NET_RING_FRAGMENT_ITERATOR
NetRingGetAllFragmentIterator(_In_ NET_RING_COLLECTION const *Rings)
{
	return NetRingGetAllFragments(Rings);
}

/* Hands back the fragments before the cursor: BeginIndex of the fragment ring. */
NETCX_ALWAYS_INLINE void
NetRingSetAllFragmentIterator(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	Iterator->Iterator.Rings->Rings[NetRingTypeFragment]->BeginIndex = Iterator->Iterator.Index;
}

/* Goes to the next packet. The iterator must have any. */
NETCX_ALWAYS_INLINE void NetRingAdvancePacketIterator(_Inout_ NET_RING_PACKET_ITERATOR *Iterator)
{
	NetPacketIteratorAdvance(Iterator);
}

/* Goes to the next fragment. The iterator must have any. */
NETCX_ALWAYS_INLINE void
NetRingAdvanceFragmentIterator(_Inout_ NET_RING_FRAGMENT_ITERATOR *Iterator)
{
	NetFragmentIteratorAdvance(Iterator);
}

/* Passes over all packets that are left. Nothing is handed back before a setter is called. */
NETCX_ALWAYS_INLINE void NetRingAdvanceEndPacketIterator(_Inout_ NET_RING_PACKET_ITERATOR *Iterator)
{
	NetPacketIteratorAdvanceToTheEnd(Iterator);
}

/* Passes over all fragments that are left. Nothing is handed back before a setter is called. */
NETCX_ALWAYS_INLINE void
NetRingAdvanceEndFragmentIterator(_Inout_ NET_RING_FRAGMENT_ITERATOR *Iterator)
{
	NetFragmentIteratorAdvanceToTheEnd(Iterator);
}

/* Number of packets from the current one to the end. */
NETCX_ALWAYS_INLINE UINT32
NetRingPacketIteratorGetCount(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return NetPacketIteratorGetCount(Iterator);
}

/* Number of fragments from the current one to the end. */
NETCX_ALWAYS_INLINE UINT32
NetRingFragmentIteratorGetCount(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	return NetFragmentIteratorGetCount(Iterator);
}

/* The current packet. The iterator must have any. */
NETCX_ALWAYS_INLINE NET_PACKET *
NetRingIteratorGetPacket(_In_ NET_RING_PACKET_ITERATOR const *Iterator)
{
	return NetPacketIteratorGetPacket(Iterator);
}

/* The current fragment. The iterator must have any. */
NETCX_ALWAYS_INLINE NET_FRAGMENT *
NetRingIteratorGetFragment(_In_ NET_RING_FRAGMENT_ITERATOR const *Iterator)
{
	return NetFragmentIteratorGetFragment(Iterator);
}

/* Both take an iterator of either kind itself, not its address. */
#define NetRingIteratorGetIndex(iterator) ((iterator).Iterator.Index)
#define NetRingIteratorAny(iterator)	  ((iterator).Iterator.Index != (iterator).Iterator.End)

EXTERN_C_END

#endif /* NETCX_NETRINGITERATOR_H */

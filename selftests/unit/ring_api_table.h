/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The table RING_API, in the language of the file that includes this: both are C and C++ alike.
 * The small loops are here, not in the tests, because a C compiler has to see them.
 */
#include "ring_api.h"

/* Accessors return pointers to their own type; the table has them all as void pointers. */
#define ACCESSOR(name)                                                             \
	static void *accessor_##name(NET_EXTENSION const *extension, UINT32 index) \
	{                                                                          \
		return name(extension, index);                                     \
	}

ACCESSOR(NetExtensionGetPacketChecksum)
ACCESSOR(NetExtensionGetPacketGso)
ACCESSOR(NetExtensionGetPacketLso)
ACCESSOR(NetExtensionGetPacketLargeSendSegmentation)
ACCESSOR(NetExtensionGetPacketRsc)
ACCESSOR(NetExtensionGetPacketRscTimestamp)
ACCESSOR(NetExtensionGetPacketIeee8021Q)
ACCESSOR(NetExtensionGetPacketHash)
ACCESSOR(NetExtensionGetFragmentVirtualAddress)
ACCESSOR(NetExtensionGetFragmentLogicalAddress)
ACCESSOR(NetExtensionGetFragmentMdl)
ACCESSOR(NetExtensionGetFragmentReturnContext)

/* The two macros of the preview take the iterator itself. */
static UINT32 preview_packet_index(NET_RING_PACKET_ITERATOR const *iterator)
{
	return NetRingIteratorGetIndex(*iterator);
}

static BOOLEAN preview_packet_any(NET_RING_PACKET_ITERATOR const *iterator)
{
	return NetRingIteratorAny(*iterator);
}

static UINT32 preview_fragment_index(NET_RING_FRAGMENT_ITERATOR const *iterator)
{
	return NetRingIteratorGetIndex(*iterator);
}

static BOOLEAN preview_fragment_any(NET_RING_FRAGMENT_ITERATOR const *iterator)
{
	return NetRingIteratorAny(*iterator);
}

static void tx_advance(NET_RING_COLLECTION const *rings, UINT32 post_limit, UINT32 drain_limit)
{
	NET_RING *const fragment_ring = NetRingCollectionGetFragmentRing(rings);
	NET_RING_PACKET_ITERATOR post = NetRingGetPostPackets(rings);
	NET_RING_PACKET_ITERATOR drain = NetRingGetDrainPackets(rings);

	for (; NetPacketIteratorHasAny(&post) && post_limit; post_limit--) {
		NET_RING_FRAGMENT_ITERATOR fragments = NetPacketIteratorGetFragments(&post);

		while (NetFragmentIteratorHasAny(&fragments))
			NetFragmentIteratorAdvance(&fragments);
		if (!NetPacketIteratorGetPacket(&post)->Ignore)
			fragment_ring->NextIndex = NetFragmentIteratorGetIndex(&fragments);
		NetPacketIteratorAdvance(&post);
	}
	NetPacketIteratorSet(&post);

	for (; NetPacketIteratorHasAny(&drain) && drain_limit; drain_limit--) {
		NET_RING_FRAGMENT_ITERATOR fragments = NetPacketIteratorGetFragments(&drain);

		NetFragmentIteratorAdvanceToTheEnd(&fragments);
		if (!NetPacketIteratorGetPacket(&drain)->Ignore)
			fragment_ring->BeginIndex = NetFragmentIteratorGetIndex(&fragments);
		NetPacketIteratorAdvance(&drain);
	}
	NetPacketIteratorSet(&drain);
}

static void preview_tx_advance(NET_RING_COLLECTION const *rings, UINT32 post_limit,
			       UINT32 drain_limit)
{
	NET_RING_PACKET_ITERATOR post = NetRingGetTxPostPacketIterator(rings);
	NET_RING_PACKET_ITERATOR drain = NetRingGetTxDrainPacketIterator(rings);

	for (; NetRingIteratorAny(post) && post_limit; post_limit--) {
		NET_RING_FRAGMENT_ITERATOR fragments =
			NetRingGetTxPostPacketFragmentIterator(&post);

		while (NetRingIteratorAny(fragments))
			NetRingAdvanceFragmentIterator(&fragments);
		if (!NetRingIteratorGetPacket(&post)->Ignore)
			NetRingSetTxPostFragmentIterator(&fragments);
		NetRingAdvancePacketIterator(&post);
	}
	NetRingSetTxPostPacketIterator(&post);

	for (; NetRingIteratorAny(drain) && drain_limit; drain_limit--) {
		NET_RING_FRAGMENT_ITERATOR fragments =
			NetRingGetTxDrainPacketFragmentIterator(&drain);

		NetRingAdvanceEndFragmentIterator(&fragments);
		if (!NetRingIteratorGetPacket(&drain)->Ignore)
			NetRingSetTxDrainFragmentIterator(&fragments);
		NetRingAdvancePacketIterator(&drain);
	}
	NetRingSetTxDrainPacketIterator(&drain);
}

static void rx_advance(NET_RING_COLLECTION const *rings, UINT32 post_limit, UINT32 drain_limit)
{
	NET_RING_FRAGMENT_ITERATOR drain = NetRingGetDrainFragments(rings);
	NET_RING_FRAGMENT_ITERATOR post = NetRingGetPostFragments(rings);
	NET_RING_PACKET_ITERATOR packets = NetRingGetAllPackets(rings);

	for (; NetFragmentIteratorHasAny(&drain) && drain_limit; drain_limit--) {
		NET_PACKET *const packet = NetPacketIteratorGetPacket(&packets);

		packet->FragmentIndex = NetFragmentIteratorGetIndex(&drain);
		packet->FragmentCount = 1;
		NetFragmentIteratorAdvance(&drain);
		NetPacketIteratorAdvance(&packets);
	}
	NetFragmentIteratorSet(&drain);
	NetPacketIteratorSet(&packets);

	for (; NetFragmentIteratorHasAny(&post) && post_limit; post_limit--)
		NetFragmentIteratorAdvance(&post);
	NetFragmentIteratorSet(&post);
}

static void preview_rx_advance(NET_RING_COLLECTION const *rings, UINT32 post_limit,
			       UINT32 drain_limit)
{
	NET_RING_FRAGMENT_ITERATOR drain = NetRingGetRxDrainFragmentIterator(rings);
	NET_RING_FRAGMENT_ITERATOR post = NetRingGetRxPostFragmentIterator(rings);
	NET_RING_PACKET_ITERATOR packets = NetRingGetRxDrainPacketIterator(rings);

	for (; NetRingIteratorAny(drain) && drain_limit; drain_limit--) {
		NET_PACKET *const packet = NetRingIteratorGetPacket(&packets);

		packet->FragmentIndex = NetRingIteratorGetIndex(drain);
		packet->FragmentCount = 1;
		NetRingAdvanceFragmentIterator(&drain);
		NetRingAdvancePacketIterator(&packets);
	}
	NetRingSetRxDrainFragmentIterator(&drain);
	NetRingSetRxDrainPacketIterator(&packets);

	for (; NetRingIteratorAny(post) && post_limit; post_limit--)
		NetRingAdvanceFragmentIterator(&post);
	NetRingSetRxPostFragmentIterator(&post);
}

/* In the order of struct ring_api. */
const struct ring_api RING_API = {
	RING_API_LANGUAGE,

	NetRingGetElementAtIndex,
	NetRingAdvanceIndex,
	NetRingIncrementIndex,
	NetRingGetRangeCount,
	NetRingGetPacketAtIndex,
	NetRingGetFragmentAtIndex,
	NetRingGetFragmentReturnContextAtIndex,
	NetRingCollectionGetPacketRing,
	NetRingCollectionGetFragmentRing,
	NetRingCollectionGetDataBufferRing,
	NetRingCollectionGetFragmentReturnContextRing,
	NetPacketIsIpv4,
	NetPacketIsIpv6,
	NetPacketGetExtension,

	NetExtensionGetData,
	accessor_NetExtensionGetPacketChecksum,
	accessor_NetExtensionGetPacketGso,
	accessor_NetExtensionGetPacketLso,
	accessor_NetExtensionGetPacketLargeSendSegmentation,
	accessor_NetExtensionGetPacketRsc,
	accessor_NetExtensionGetPacketRscTimestamp,
	accessor_NetExtensionGetPacketIeee8021Q,
	accessor_NetExtensionGetPacketHash,
	accessor_NetExtensionGetFragmentVirtualAddress,
	accessor_NetExtensionGetFragmentLogicalAddress,
	accessor_NetExtensionGetFragmentMdl,
	accessor_NetExtensionGetFragmentReturnContext,
	NetExtensionGetFragmentVirtualAddressOffset,

	NetRingGetPostPackets,
	NetRingGetDrainPackets,
	NetRingGetAllPackets,
	NetRingGetPostFragments,
	NetRingGetDrainFragments,
	NetRingGetAllFragments,
	{NetPacketIteratorGetPacket, NetPacketIteratorGetIndex, NetPacketIteratorHasAny,
	 NetPacketIteratorGetCount, NetPacketIteratorAdvance, NetPacketIteratorAdvanceToTheEnd},
	NetPacketIteratorSet,
	NetPacketIteratorGetFragments,
	{NetFragmentIteratorGetFragment, NetFragmentIteratorGetIndex, NetFragmentIteratorHasAny,
	 NetFragmentIteratorGetCount, NetFragmentIteratorAdvance,
	 NetFragmentIteratorAdvanceToTheEnd},
	NetFragmentIteratorSet,

	NetRingGetTxPostPacketIterator,
	NetRingSetTxPostPacketIterator,
	NetRingGetTxDrainPacketIterator,
	NetRingSetTxDrainPacketIterator,
	NetRingGetRxDrainPacketIterator,
	NetRingSetRxDrainPacketIterator,
	NetRingGetRxPostFragmentIterator,
	NetRingSetRxPostFragmentIterator,
	NetRingGetRxDrainFragmentIterator,
	NetRingSetRxDrainFragmentIterator,
	NetRingGetTxPostPacketFragmentIterator,
	NetRingSetTxPostFragmentIterator,
	NetRingGetTxDrainPacketFragmentIterator,
	NetRingSetTxDrainFragmentIterator,
	NetRingGetAllPacketIterator,
	NetRingSetAllPacketIterator,
	NetRingGetAllFragmentIterator,
	NetRingSetAllFragmentIterator,
	{NetRingIteratorGetPacket, preview_packet_index, preview_packet_any,
	 NetRingPacketIteratorGetCount, NetRingAdvancePacketIterator,
	 NetRingAdvanceEndPacketIterator},
	{NetRingIteratorGetFragment, preview_fragment_index, preview_fragment_any,
	 NetRingFragmentIteratorGetCount, NetRingAdvanceFragmentIterator,
	 NetRingAdvanceEndFragmentIterator},

	tx_advance,
	preview_tx_advance,
	rx_advance,
	preview_rx_advance,
};

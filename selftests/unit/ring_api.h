/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The inline functions of the public headers as two tables, one compiled as C and one as C++, so
 * that every test can run over what each of the two compilers makes of them.
 */
#ifndef NETCX_UNIT_RING_API_H
#define NETCX_UNIT_RING_API_H

#include <netcx/net/checksum.h>
#include <netcx/net/extension.h>
#include <netcx/net/fragment.h>
#include <netcx/net/gso.h>
#include <netcx/net/ieee8021q.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/lso.h>
#include <netcx/net/mdl.h>
#include <netcx/net/packet.h>
#include <netcx/net/packethash.h>
#include <netcx/net/returncontext.h>
#include <netcx/net/ring.h>
#include <netcx/net/ringcollection.h>
#include <netcx/net/rsc.h>
#include <netcx/net/virtualaddress.h>
#include <netcx/netringiterator.h>

EXTERN_C_START

typedef NET_RING_PACKET_ITERATOR get_packets_fn(NET_RING_COLLECTION const *);
typedef NET_RING_FRAGMENT_ITERATOR get_fragments_fn(NET_RING_COLLECTION const *);
typedef NET_RING_FRAGMENT_ITERATOR get_packet_fragments_fn(NET_RING_PACKET_ITERATOR const *);
typedef void set_packets_fn(NET_RING_PACKET_ITERATOR const *);
typedef void set_fragments_fn(NET_RING_FRAGMENT_ITERATOR const *);
typedef void move_packets_fn(NET_RING_PACKET_ITERATOR *);
typedef void move_fragments_fn(NET_RING_FRAGMENT_ITERATOR *);
typedef void *get_extension_fn(NET_EXTENSION const *, UINT32);
typedef NET_RING *get_ring_fn(NET_RING_COLLECTION const *);

/* What is asked of an iterator, in one generation of names. */
struct packet_iterator_api {
	NET_PACKET *(*get_packet)(NET_RING_PACKET_ITERATOR const *);
	UINT32 (*get_index)(NET_RING_PACKET_ITERATOR const *);
	BOOLEAN (*has_any)(NET_RING_PACKET_ITERATOR const *);
	UINT32 (*get_count)(NET_RING_PACKET_ITERATOR const *);
	move_packets_fn *advance;
	move_packets_fn *advance_to_the_end;
};

struct fragment_iterator_api {
	NET_FRAGMENT *(*get_fragment)(NET_RING_FRAGMENT_ITERATOR const *);
	UINT32 (*get_index)(NET_RING_FRAGMENT_ITERATOR const *);
	BOOLEAN (*has_any)(NET_RING_FRAGMENT_ITERATOR const *);
	UINT32 (*get_count)(NET_RING_FRAGMENT_ITERATOR const *);
	move_fragments_fn *advance;
	move_fragments_fn *advance_to_the_end;
};

struct ring_api {
	const char *language;

	/* net/ring.h, net/ringcollection.h, net/packet.h */
	void *(*NetRingGetElementAtIndex)(NET_RING const *, UINT32);
	UINT32 (*NetRingAdvanceIndex)(NET_RING const *, UINT32, INT32);
	UINT32 (*NetRingIncrementIndex)(NET_RING const *, UINT32);
	UINT32 (*NetRingGetRangeCount)(NET_RING const *, UINT32, UINT32);
	NET_PACKET *(*NetRingGetPacketAtIndex)(NET_RING const *, UINT32);
	NET_FRAGMENT *(*NetRingGetFragmentAtIndex)(NET_RING const *, UINT32);
	NET_FRAGMENT_RETURN_CONTEXT *(*NetRingGetFragmentReturnContextAtIndex)(NET_RING const *,
									       UINT32);
	get_ring_fn *NetRingCollectionGetPacketRing;
	get_ring_fn *NetRingCollectionGetFragmentRing;
	get_ring_fn *NetRingCollectionGetDataBufferRing;
	get_ring_fn *NetRingCollectionGetFragmentReturnContextRing;
	BOOLEAN (*NetPacketIsIpv4)(NET_PACKET const *);
	BOOLEAN (*NetPacketIsIpv6)(NET_PACKET const *);
	void *(*NetPacketGetExtension)(NET_PACKET const *, SIZE_T);

	/* net/extension.h and the accessors */
	get_extension_fn *NetExtensionGetData;
	get_extension_fn *NetExtensionGetPacketChecksum;
	get_extension_fn *NetExtensionGetPacketGso;
	get_extension_fn *NetExtensionGetPacketLso;
	get_extension_fn *NetExtensionGetPacketLargeSendSegmentation;
	get_extension_fn *NetExtensionGetPacketRsc;
	get_extension_fn *NetExtensionGetPacketRscTimestamp;
	get_extension_fn *NetExtensionGetPacketIeee8021Q;
	get_extension_fn *NetExtensionGetPacketHash;
	get_extension_fn *NetExtensionGetFragmentVirtualAddress;
	get_extension_fn *NetExtensionGetFragmentLogicalAddress;
	get_extension_fn *NetExtensionGetFragmentMdl;
	get_extension_fn *NetExtensionGetFragmentReturnContext;
	void *(*NetExtensionGetFragmentVirtualAddressOffset)(NET_FRAGMENT const *,
							     NET_EXTENSION const *, UINT32);

	/* netringiterator.h, current names */
	get_packets_fn *NetRingGetPostPackets;
	get_packets_fn *NetRingGetDrainPackets;
	get_packets_fn *NetRingGetAllPackets;
	get_fragments_fn *NetRingGetPostFragments;
	get_fragments_fn *NetRingGetDrainFragments;
	get_fragments_fn *NetRingGetAllFragments;
	struct packet_iterator_api packets;
	set_packets_fn *NetPacketIteratorSet;
	get_packet_fragments_fn *NetPacketIteratorGetFragments;
	struct fragment_iterator_api fragments;
	set_fragments_fn *NetFragmentIteratorSet;

	/* netringiterator.h, names of the 1809 preview */
	get_packets_fn *NetRingGetTxPostPacketIterator;
	set_packets_fn *NetRingSetTxPostPacketIterator;
	get_packets_fn *NetRingGetTxDrainPacketIterator;
	set_packets_fn *NetRingSetTxDrainPacketIterator;
	get_packets_fn *NetRingGetRxDrainPacketIterator;
	set_packets_fn *NetRingSetRxDrainPacketIterator;
	get_fragments_fn *NetRingGetRxPostFragmentIterator;
	set_fragments_fn *NetRingSetRxPostFragmentIterator;
	get_fragments_fn *NetRingGetRxDrainFragmentIterator;
	set_fragments_fn *NetRingSetRxDrainFragmentIterator;
	get_packet_fragments_fn *NetRingGetTxPostPacketFragmentIterator;
	set_fragments_fn *NetRingSetTxPostFragmentIterator;
	get_packet_fragments_fn *NetRingGetTxDrainPacketFragmentIterator;
	set_fragments_fn *NetRingSetTxDrainFragmentIterator;
	get_packets_fn *NetRingGetAllPacketIterator;
	set_packets_fn *NetRingSetAllPacketIterator;
	get_fragments_fn *NetRingGetAllFragmentIterator;
	set_fragments_fn *NetRingSetAllFragmentIterator;
	struct packet_iterator_api preview_packets;
	struct fragment_iterator_api preview_fragments;

	/* One Advance of a tx queue, written as client drivers write it, in each generation. */
	void (*tx_advance)(NET_RING_COLLECTION const *, UINT32 post_limit, UINT32 drain_limit);
	void (*preview_tx_advance)(NET_RING_COLLECTION const *, UINT32 post_limit,
				   UINT32 drain_limit);
	/* One Advance of an rx queue: one packet per drained fragment. */
	void (*rx_advance)(NET_RING_COLLECTION const *, UINT32 post_limit, UINT32 drain_limit);
	void (*preview_rx_advance)(NET_RING_COLLECTION const *, UINT32 post_limit,
				   UINT32 drain_limit);
};

extern const struct ring_api ring_api_c;
extern const struct ring_api ring_api_cpp;

EXTERN_C_END

#endif /* NETCX_UNIT_RING_API_H */

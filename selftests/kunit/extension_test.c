// SPDX-License-Identifier: GPL-2.0-only
/*
 * The extensions of packets and fragments: where they lie, for every set that an adapter's
 * capabilities can call for, and that client and translator find them at the same place.
 */
#include <linux/bitmap.h>

#include <netcx/net/ieee8021q.h>
#include <netcx/net/packethash.h>
#include <netcx/net/returncontext.h>
#include <netcx/net/rsc.h>

#include "interface.h"
#include "layout.h"

#define EXTENSION_ELEMENTS	16

/* Capabilities that call for extensions, in all combinations. */
enum extension_capability {
	CAP_DMA		= BIT(0),
	CAP_TX_CHECKSUM	= BIT(1),
	CAP_RX_CHECKSUM	= BIT(2),
	CAP_GSO		= BIT(3),
	CAP_IEEE8021Q	= BIT(4),
	CAP_HASH	= BIT(5),
	CAP_ALL		= BIT(6) - 1,
};

static void extension_adapter(struct netcx_adapter *adapter, u32 capabilities)
{
	memset(adapter, 0, sizeof(*adapter));
	if (capabilities & CAP_DMA) {
		adapter->tx.MappingRequirement = NetMemoryMappingRequirementDmaMapped;
		adapter->rx.MappingRequirement = NetMemoryMappingRequirementDmaMapped;
	}
	if (capabilities & CAP_TX_CHECKSUM)
		adapter->tx_checksum.Size = sizeof(adapter->tx_checksum);
	if (capabilities & CAP_RX_CHECKSUM)
		adapter->rx_checksum.Size = sizeof(adapter->rx_checksum);
	if (capabilities & CAP_GSO)
		adapter->gso.Size = sizeof(adapter->gso);
	if (capabilities & CAP_IEEE8021Q)
		adapter->ieee8021q.Flags = NetAdapterOffloadIeee8021PriorityTaggingFlag;
	/* Wanted in any case, but there only with receive scaling. */
	adapter->receive_hash = TRUE;
	if (capabilities & CAP_HASH)
		adapter->receive_scaling.Size = sizeof(adapter->receive_scaling);
}

/* An extension as a client asks for it, and where the layout should say it is. */
struct extension_kind {
	const char *name;
	PCWSTR query;
	NET_EXTENSION_TYPE type;
	size_t offset;		/* of its field in struct netcx_queue_layout */
	u32 size;
	u32 alignment;
	u32 tx, rx;		/* capabilities that call for it; all bits: always */
};

#define EXTENSION_KIND(stem, kind, payload, field, tx, rx)				\
	{ #stem, NET_##stem##_NAME, NetExtensionType##kind,				\
	  offsetof(struct netcx_queue_layout, field), sizeof(payload),			\
	  __alignof__(payload), tx, rx }

#define EXTENSION_ALWAYS	U32_MAX

static const struct extension_kind extension_kinds[] = {
	EXTENSION_KIND(PACKET_EXTENSION_CHECKSUM, Packet, NET_PACKET_CHECKSUM, packet_checksum,
		       CAP_TX_CHECKSUM, CAP_RX_CHECKSUM),
	EXTENSION_KIND(PACKET_EXTENSION_GSO, Packet, NET_PACKET_GSO, packet_gso, CAP_GSO, 0),
	EXTENSION_KIND(PACKET_EXTENSION_IEEE8021Q, Packet, NET_PACKET_IEEE8021Q, packet_ieee8021q,
		       CAP_IEEE8021Q, CAP_IEEE8021Q),
	EXTENSION_KIND(PACKET_EXTENSION_RSC, Packet, NET_PACKET_RSC, packet_rsc, 0, 0),
	EXTENSION_KIND(PACKET_EXTENSION_HASH, Packet, NET_PACKET_HASH, packet_hash, 0,
		       CAP_HASH),
	EXTENSION_KIND(FRAGMENT_EXTENSION_VIRTUAL_ADDRESS, Fragment, NET_FRAGMENT_VIRTUAL_ADDRESS,
		       fragment_virtual_address, EXTENSION_ALWAYS, EXTENSION_ALWAYS),
	EXTENSION_KIND(FRAGMENT_EXTENSION_LOGICAL_ADDRESS, Fragment, NET_FRAGMENT_LOGICAL_ADDRESS,
		       fragment_logical_address, CAP_DMA, CAP_DMA),
	EXTENSION_KIND(FRAGMENT_EXTENSION_RETURN_CONTEXT, Fragment, NET_FRAGMENT_RETURN_CONTEXT,
		       fragment_return_context, 0, 0),
};

static u32 extension_offset(const struct netcx_kunit_layout *layout,
			    const struct extension_kind *kind)
{
	return *(const UINT16 *)((const u8 *)&layout->offsets + kind->offset);
}

static bool extension_is_called_for(const struct extension_kind *kind, enum netcx_queue_type type,
				    u32 capabilities)
{
	const u32 by = type == NETCX_QUEUE_TX ? kind->tx : kind->rx;

	return by == EXTENSION_ALWAYS || (by & capabilities);
}

static void extension_check_layout(struct kunit *test, const struct netcx_kunit_layout *layout,
				   enum netcx_queue_type type, u32 capabilities)
{
	DECLARE_BITMAP(packet, 64);
	DECLARE_BITMAP(fragment, 64);
	unsigned int i;

	KUNIT_ASSERT_LE(test, layout->packet_stride, 64);
	KUNIT_ASSERT_LE(test, layout->fragment_stride, 64);
	bitmap_zero(packet, 64);
	bitmap_zero(fragment, 64);
	bitmap_set(packet, 0, sizeof(NET_PACKET));
	bitmap_set(fragment, 0, sizeof(NET_FRAGMENT));
	for (i = 0; i < ARRAY_SIZE(extension_kinds); i++) {
		const struct extension_kind *kind = &extension_kinds[i];
		const bool of_packet = kind->type == NetExtensionTypePacket;
		const u32 stride = of_packet ? layout->packet_stride : layout->fragment_stride;
		const u32 offset = extension_offset(layout, kind);
		unsigned long *used = of_packet ? packet : fragment;

		KUNIT_EXPECT_EQ_MSG(test, offset != 0,
				    extension_is_called_for(kind, type, capabilities),
				    "%s with capabilities %x", kind->name, capabilities);
		if (!offset)
			continue;
		KUNIT_EXPECT_EQ(test, offset % kind->alignment, 0u);
		KUNIT_ASSERT_LE(test, offset + kind->size, stride);
		/* Nothing else is there. */
		KUNIT_EXPECT_GE(test, find_next_bit(used, 64, offset), (ulong)offset + kind->size);
		bitmap_set(used, offset, kind->size);
	}

	/* NetAdapterCx' strides: in packets all bits of the core's size less one are clear. */
	if (layout->packet_stride != sizeof(NET_PACKET))
		KUNIT_EXPECT_EQ(test, layout->packet_stride & (sizeof(NET_PACKET) - 1), 0ul);
	KUNIT_EXPECT_EQ(test, layout->packet_stride % 4, 0);
	KUNIT_EXPECT_EQ(test, layout->fragment_stride % 8, 0);
}

static void extension_layouts_are_sound(struct kunit *test)
{
	struct netcx_kunit_layout layout;
	struct netcx_adapter *adapter;
	enum netcx_queue_type type;
	u32 capabilities;

	adapter = kunit_kzalloc(test, sizeof(*adapter), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, adapter);
	for (capabilities = 0; capabilities <= CAP_ALL; capabilities++) {
		extension_adapter(adapter, capabilities);
		for (type = NETCX_QUEUE_TX; type <= NETCX_QUEUE_RX; type++) {
			netcx_kunit_lay_out(adapter, type, &layout);
			extension_check_layout(test, &layout, type, capabilities);
		}
	}
}

/* The strides that are easy to get wrong. */
static void extension_strides(struct kunit *test)
{
	struct netcx_kunit_layout layout;
	struct netcx_adapter *adapter;

	adapter = kunit_kzalloc(test, sizeof(*adapter), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, adapter);
	netcx_kunit_lay_out(adapter, NETCX_QUEUE_TX, &layout);
	KUNIT_EXPECT_EQ(test, layout.packet_stride, 12);
	KUNIT_EXPECT_EQ(test, layout.fragment_stride, 16);

	extension_adapter(adapter, CAP_TX_CHECKSUM | CAP_DMA);
	netcx_kunit_lay_out(adapter, NETCX_QUEUE_TX, &layout);
	KUNIT_EXPECT_EQ(test, layout.packet_stride, 16);
	KUNIT_EXPECT_EQ(test, layout.fragment_stride, 24);

	extension_adapter(adapter, CAP_TX_CHECKSUM | CAP_GSO);
	netcx_kunit_lay_out(adapter, NETCX_QUEUE_TX, &layout);
	KUNIT_EXPECT_EQ(test, layout.packet_stride, 20);

	extension_adapter(adapter, CAP_ALL);
	netcx_kunit_lay_out(adapter, NETCX_QUEUE_TX, &layout);
	KUNIT_EXPECT_EQ(test, layout.packet_stride, 32);
}

static NET_EXTENSION extension_query(struct kunit *test, const struct netcx_queue *q,
				     const struct netcx_adapter *adapter, PCWSTR name,
				     ULONG version, NET_EXTENSION_TYPE type, bool accepted)
{
	NET_EXTENSION extension;
	NET_EXTENSION_QUERY query;

	NET_EXTENSION_QUERY_INIT(&query, name, version, type);
	memset(&extension, 0xff, sizeof(extension));
	KUNIT_EXPECT_EQ(test, !!netcx_kunit_query_extension(adapter, q->type, q->packets,
							    q->fragments, &query, &extension),
			accepted);
	return extension;
}

static void extension_expect_none(struct kunit *test, const NET_EXTENSION *extension)
{
	KUNIT_EXPECT_FALSE(test, extension->Enabled);
	KUNIT_EXPECT_NULL(test, memchr_inv(extension, 0, sizeof(*extension)));
}

/* A queue's rings, with the strides of the layout. */
static void extension_queue(struct kunit *test, struct netcx_queue *q,
			    const struct netcx_adapter *adapter, enum netcx_queue_type type)
{
	struct netcx_kunit_layout layout;

	netcx_kunit_lay_out(adapter, type, &layout);
	*q = (struct netcx_queue){
		.packets = netcx_kunit_ring(test, EXTENSION_ELEMENTS, layout.packet_stride),
		.fragments = netcx_kunit_ring(test, EXTENSION_ELEMENTS, layout.fragment_stride),
		.layout = layout.offsets,
		.type = type,
	};
}

static void extension_expect_at(struct kunit *test, const NET_EXTENSION *extension,
				const NET_RING *ring, u16 offset)
{
	u32 i;

	KUNIT_ASSERT_TRUE(test, extension->Enabled);
	for (i = 0; i < EXTENSION_ELEMENTS; i++) {
		void *element = NetRingGetElementAtIndex(ring, i);

		KUNIT_EXPECT_PTR_EQ(test, NetExtensionGetData(extension, i),
				    netcx_extension(element, offset));
	}
}

/* The client's accessor and the translator's come to the same byte, in every element. */
static void extension_accessors_meet(struct kunit *test)
{
	struct netcx_adapter *adapter;
	enum netcx_queue_type type;
	struct netcx_queue q;
	u32 capabilities;
	unsigned int k;

	adapter = kunit_kzalloc(test, sizeof(*adapter), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, adapter);
	for (capabilities = 0; capabilities <= CAP_ALL; capabilities++) {
		extension_adapter(adapter, capabilities);
		for (type = NETCX_QUEUE_TX; type <= NETCX_QUEUE_RX; type++) {
			extension_queue(test, &q, adapter, type);
			for (k = 0; k < ARRAY_SIZE(extension_kinds); k++) {
				const struct extension_kind *kind = &extension_kinds[k];
				const NET_RING *ring = kind->type == NetExtensionTypePacket ?
						       q.packets : q.fragments;
				const u16 offset = *(u16 *)((u8 *)&q.layout + kind->offset);
				NET_EXTENSION extension = extension_query(test, &q, adapter,
									  kind->query, 1,
									  kind->type, true);

				if (!offset) {
					extension_expect_none(test, &extension);
					continue;
				}
				extension_expect_at(test, &extension, ring, offset);
			}
		}
	}
}

/* Through the typed accessors: what one side writes, the other reads, at the ends of the ring. */
static void extension_typed_accessors(struct kunit *test)
{
	static u32 indices[] = { 0, 1, EXTENSION_ELEMENTS - 1 };
	NET_EXTENSION checksum, gso, virtual, logical;
	struct netcx_adapter *adapter;
	struct netcx_queue q;
	unsigned int i;

	adapter = kunit_kzalloc(test, sizeof(*adapter), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, adapter);
	extension_adapter(adapter, CAP_ALL);
	extension_queue(test, &q, adapter, NETCX_QUEUE_TX);
	checksum = extension_query(test, &q, adapter, NET_PACKET_EXTENSION_CHECKSUM_NAME, 1,
				   NetExtensionTypePacket, true);
	gso = extension_query(test, &q, adapter, NET_PACKET_EXTENSION_GSO_NAME, 1,
			      NetExtensionTypePacket, true);
	virtual = extension_query(test, &q, adapter, NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME, 1,
				  NetExtensionTypeFragment, true);
	logical = extension_query(test, &q, adapter, NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_NAME, 1,
				  NetExtensionTypeFragment, true);

	for (i = 0; i < ARRAY_SIZE(indices); i++) {
		const u32 index = indices[i];
		NET_PACKET *packet = NetRingGetPacketAtIndex(q.packets, index);
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(q.fragments, index);
		NET_PACKET_CHECKSUM *to_checksum =
			netcx_extension(packet, q.layout.packet_checksum);
		NET_PACKET_GSO *to_gso = netcx_extension(packet, q.layout.packet_gso);
		NET_FRAGMENT_VIRTUAL_ADDRESS *to_virtual =
			netcx_extension(fragment, q.layout.fragment_virtual_address);
		NET_FRAGMENT_LOGICAL_ADDRESS *to_logical =
			netcx_extension(fragment, q.layout.fragment_logical_address);
		const NET_FRAGMENT_VIRTUAL_ADDRESS *from_virtual;
		const NET_FRAGMENT_LOGICAL_ADDRESS *from_logical;
		void *data;

		to_checksum->Layer4 = NetPacketTxChecksumActionRequired;
		to_gso->TCP.Mss = 1448 + index;
		to_virtual->VirtualAddress = &indices[i];
		to_logical->LogicalAddress = 0xfedcba9876543210ull + index;
		fragment->Offset = 3;
		KUNIT_EXPECT_EQ(test, (u32)NetExtensionGetPacketChecksum(&checksum, index)->Layer4,
				(u32)NetPacketTxChecksumActionRequired);
		KUNIT_EXPECT_EQ(test, (u32)NetExtensionGetPacketGso(&gso, index)->TCP.Mss,
				1448 + index);
		from_virtual = NetExtensionGetFragmentVirtualAddress(&virtual, index);
		KUNIT_EXPECT_PTR_EQ(test, from_virtual->VirtualAddress, (void *)&indices[i]);
		data = NetExtensionGetFragmentVirtualAddressOffset(fragment, &virtual, index);
		KUNIT_EXPECT_PTR_EQ(test, data, (void *)&indices[i] + 3);
		from_logical = NetExtensionGetFragmentLogicalAddress(&logical, index);
		KUNIT_EXPECT_EQ(test, from_logical->LogicalAddress,
				0xfedcba9876543210ull + index);
	}
}

static void extension_bad_queries(struct kunit *test)
{
	struct netcx_adapter *adapter;
	NET_EXTENSION extension;
	struct netcx_queue q;

	adapter = kunit_kzalloc(test, sizeof(*adapter), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, adapter);
	extension_adapter(adapter, CAP_ALL);
	extension_queue(test, &q, adapter, NETCX_QUEUE_TX);

	/* A version that does not exist yet is not an error. */
	extension = extension_query(test, &q, adapter, NET_PACKET_EXTENSION_CHECKSUM_NAME, 2,
				    NetExtensionTypePacket, true);
	extension_expect_none(test, &extension);
	/* Neither is somebody else's extension. */
	extension = extension_query(test, &q, adapter, L"contoso_packet_magic", 1,
				    NetExtensionTypePacket, true);
	extension_expect_none(test, &extension);
	extension = extension_query(test, &q, adapter, NET_PACKET_EXTENSION_CHECKSUM_NAME, 1,
				    NetExtensionTypeFragment, true);
	extension_expect_none(test, &extension);

	extension = extension_query(test, &q, adapter, L"ms_packet_magic", 1,
				    NetExtensionTypePacket, false);
	extension_expect_none(test, &extension);
	extension = extension_query(test, &q, adapter, L"", 1, NetExtensionTypePacket, false);
	extension_expect_none(test, &extension);
	extension = extension_query(test, &q, adapter, NET_PACKET_EXTENSION_CHECKSUM_NAME, 0,
				    NetExtensionTypePacket, false);
	extension_expect_none(test, &extension);
	extension = extension_query(test, &q, adapter, NET_PACKET_EXTENSION_CHECKSUM_NAME, 1, 4,
				    false);
	extension_expect_none(test, &extension);
}

static struct kunit_case extension_cases[] = {
	KUNIT_CASE(extension_layouts_are_sound),
	KUNIT_CASE(extension_strides),
	KUNIT_CASE(extension_accessors_meet),
	KUNIT_CASE(extension_typed_accessors),
	KUNIT_CASE(extension_bad_queries),
	{}
};

static struct kunit_suite extension_suite = {
	.name = "netcx_extension",
	.test_cases = extension_cases,
};

kunit_test_suite(extension_suite);

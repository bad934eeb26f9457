// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "extension.h"

#include "log.h"
#include "object.h"

#include <netcx/net/checksum.h>
#include <netcx/net/databuffer.h>
#include <netcx/net/gso.h>
#include <netcx/net/ieee8021q.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/lso.h>
#include <netcx/net/mdl.h>
#include <netcx/net/packethash.h>
#include <netcx/net/returncontext.h>
#include <netcx/net/rsc.h>
#include <netcx/net/virtualaddress.h>

namespace netcx
{

struct Description {
	PCWSTR name;
	/* The version that queues have; 0: the name is known, but no queue has the extension. */
	ULONG version;
	NET_EXTENSION_TYPE type;
	UINT16 size;
	UINT16 alignment;
};

#define NETCX_EXTENSION_DESCRIPTION(stem, kind, payload)                           \
	{                                                                          \
		NET_##stem##_NAME, NET_##stem##_VERSION_1, NetExtensionType##kind, \
			sizeof(payload), alignof(payload)                          \
	}

/* Indexed by enum class Extension. */
static const Description descriptions[] = {
	NETCX_EXTENSION_DESCRIPTION(PACKET_EXTENSION_CHECKSUM, Packet, NET_PACKET_CHECKSUM),
	NETCX_EXTENSION_DESCRIPTION(PACKET_EXTENSION_GSO, Packet, NET_PACKET_GSO),
	NETCX_EXTENSION_DESCRIPTION(PACKET_EXTENSION_LSO, Packet, NET_PACKET_LSO),
	/* Version 2 adds a member for UDP to version 1's union, so it serves clients of both. */
	{NET_PACKET_EXTENSION_RSC_NAME, NET_PACKET_EXTENSION_RSC_VERSION_2, NetExtensionTypePacket,
	 sizeof(NET_PACKET_RSC), alignof(NET_PACKET_RSC)},
	NETCX_EXTENSION_DESCRIPTION(PACKET_EXTENSION_RSC_TIMESTAMP, Packet,
				    NET_PACKET_RSC_TIMESTAMP),
	NETCX_EXTENSION_DESCRIPTION(PACKET_EXTENSION_IEEE8021Q, Packet, NET_PACKET_IEEE8021Q),
	NETCX_EXTENSION_DESCRIPTION(PACKET_EXTENSION_HASH, Packet, NET_PACKET_HASH),
	{L"ms_packet_wifiexemptionaction", 0, NetExtensionTypePacket, 0, 1},
	NETCX_EXTENSION_DESCRIPTION(FRAGMENT_EXTENSION_VIRTUAL_ADDRESS, Fragment,
				    NET_FRAGMENT_VIRTUAL_ADDRESS),
	NETCX_EXTENSION_DESCRIPTION(FRAGMENT_EXTENSION_LOGICAL_ADDRESS, Fragment,
				    NET_FRAGMENT_LOGICAL_ADDRESS),
	NETCX_EXTENSION_DESCRIPTION(FRAGMENT_EXTENSION_MDL, Fragment, NET_FRAGMENT_MDL),
	NETCX_EXTENSION_DESCRIPTION(FRAGMENT_EXTENSION_RETURN_CONTEXT, Fragment,
				    NET_FRAGMENT_RETURN_CONTEXT),
	NETCX_EXTENSION_DESCRIPTION(FRAGMENT_EXTENSION_NET_MEMORY, Fragment,
				    NET_FRAGMENT_NET_MEMORY),
};

static constexpr UINT32 extension_count = static_cast<UINT32>(Extension::count);
static_assert(ARRAYSIZE(descriptions) == extension_count);

ExtensionSet needed_extensions(const struct netcx_adapter *adapter, enum netcx_queue_type type)
{
	const bool tx = type == NETCX_QUEUE_TX;
	const bool driver_buffers =
		!tx && adapter->rx.AllocationMode != NetRxFragmentBufferAllocationModeSystem;
	/* With driver-managed buffers something else is where rx.MappingRequirement is: a union. */
	const bool mapped = !driver_buffers && (tx ? adapter->tx.MappingRequirement
						   : adapter->rx.MappingRequirement) ==
						       NetMemoryMappingRequirementDmaMapped;
	ExtensionSet set;

	set.add(Extension::fragment_virtual_address);
	set.add_if(mapped, Extension::fragment_logical_address);
	set.add_if(driver_buffers, Extension::fragment_return_context);
	set.add_if(!tx && adapter->rx.AllocationMode ==
				  NetRxFragmentBufferAllocationModeDriverV2,
		   Extension::fragment_net_memory);
	set.add_if(tx ? adapter->tx_checksum.Size : adapter->rx_checksum.Size,
		   Extension::packet_checksum);
	/* A client that declared LSO, the 2.0 form of GSO, looks for the extension of that name. */
	set.add_if(tx && adapter->gso.Size && !adapter->lso.Size, Extension::packet_gso);
	set.add_if(tx && adapter->lso.Size, Extension::packet_lso);
	set.add_if(!tx && adapter->rsc.Size, Extension::packet_rsc);
	set.add_if(!tx && adapter->rsc.Size && adapter->rsc.TcpTimestampOption,
		   Extension::packet_rsc_timestamp);
	set.add_if(static_cast<UINT32>(adapter->ieee8021q.Flags) ||
			   (!tx && adapter->vlan.SetStripping),
		   Extension::packet_ieee8021q);
	set.add_if(!tx && adapter->receive_scaling.Size && adapter->receive_hash,
		   Extension::packet_hash);
	return set;
}

/*
 * Rounds @size up to a stride with NetAdapterCx's own formula, so that strides equal those on
 * Windows. It treats @core as a power of two. For a fragment's 8 bytes that gives multiples of 8; a
 * packet's 12 bytes are no power of two, and the strides are 16, 20, 32, 36, 48 ...
 */
static UINT16 round_stride(SIZE_T size, SIZE_T core)
{
	return static_cast<UINT16>(size == core ? size : (size + core - 1) & ~(core - 1));
}

/*
 * Puts the extensions behind the core structure of @core bytes, in order of falling alignment so
 * that there are no gaps. Returns the end of the last.
 */
static SIZE_T lay_out_elements(const ExtensionSet &extensions, NET_EXTENSION_TYPE type, SIZE_T core,
			       SIZE_T widest, UINT16 *offsets)
{
	SIZE_T end = core;

	for (SIZE_T alignment = widest; alignment; alignment /= 2) {
		for (UINT32 i = 0; i < extension_count; i++) {
			const Description &description = descriptions[i];

			if (description.type != type || description.alignment != alignment ||
			    !extensions.has(static_cast<Extension>(i)))
				continue;
			offsets[i] = static_cast<UINT16>(end);
			end += description.size;
		}
	}
	return end;
}

ElementLayout lay_out(const ExtensionSet &extensions)
{
	ElementLayout layout = {};
	const SIZE_T packet_end =
		lay_out_elements(extensions, NetExtensionTypePacket, sizeof(NET_PACKET),
				 alignof(NET_PACKET), layout.offsets);
	const SIZE_T fragment_end =
		lay_out_elements(extensions, NetExtensionTypeFragment, sizeof(NET_FRAGMENT),
				 alignof(NET_FRAGMENT), layout.offsets);

	layout.packet_stride = round_stride(packet_end, sizeof(NET_PACKET));
	layout.fragment_stride = round_stride(fragment_end, sizeof(NET_FRAGMENT));
	layout.packet_end = static_cast<UINT16>((packet_end + alignof(NET_PACKET) - 1) &
						~(alignof(NET_PACKET) - 1));
	return layout;
}

static UINT16 offset_of(const ElementLayout &layout, Extension extension)
{
	return layout.offsets[static_cast<UINT32>(extension)];
}

struct netcx_queue_layout to_queue_layout(const ElementLayout &layout)
{
	struct netcx_queue_layout result = {};

	result.packet_end = layout.packet_end;
	result.packet_checksum = offset_of(layout, Extension::packet_checksum);
	result.packet_gso = offset_of(layout, Extension::packet_gso);
	if (!result.packet_gso)
		result.packet_gso = offset_of(layout, Extension::packet_lso);
	result.packet_ieee8021q = offset_of(layout, Extension::packet_ieee8021q);
	result.packet_rsc = offset_of(layout, Extension::packet_rsc);
	result.packet_rsc_timestamp = offset_of(layout, Extension::packet_rsc_timestamp);
	result.packet_hash = offset_of(layout, Extension::packet_hash);
	result.fragment_virtual_address = offset_of(layout, Extension::fragment_virtual_address);
	result.fragment_logical_address = offset_of(layout, Extension::fragment_logical_address);
	result.fragment_return_context = offset_of(layout, Extension::fragment_return_context);
	result.fragment_net_memory = offset_of(layout, Extension::fragment_net_memory);
	return result;
}

/* ---- queries ---- */

static bool same_name(PCWSTR a, PCWSTR b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static bool is_reserved(PCWSTR name)
{
	return name[0] == L'm' && name[1] == L's' && name[2] == L'_';
}

static const Description *find_description(PCWSTR name)
{
	for (const Description &description : descriptions) {
		if (same_name(description.name, name))
			return &description;
	}
	return nullptr;
}

/* An extension's name as char, for the log. */
struct PlainName {
	char text[48];

	explicit PlainName(PCWSTR name)
	{
		SIZE_T i = 0;

		for (; name[i] && i < sizeof(text) - 1; i++)
			text[i] =
				name[i] > 0x20 && name[i] < 0x7f ? static_cast<char>(name[i]) : '?';
		text[i] = '\0';
	}
};

/* NULL if the query is invalid, which is logged, or no queue has such an extension. */
static const Description *check_query(const Object *about, const NET_EXTENSION_QUERY *query)
{
	const Description *description;

	if (!NT_SUCCESS(check_size(about, "NET_EXTENSION_QUERY", query->Size, sizeof(*query))))
		return nullptr;
	if (!query->Name || !*query->Name) {
		refuse(about, STATUS_INVALID_PARAMETER,
		       "NET_EXTENSION_QUERY.Name must not be %s (InvalidNetExtensionName)",
		       query->Name ? "empty" : "NULL");
		return nullptr;
	}
	if (!query->Version) {
		refuse(about, STATUS_INVALID_PARAMETER,
		       "NET_EXTENSION_QUERY.Version is 0, must be at least 1 "
		       "(InvalidNetExtensionVersion)");
		return nullptr;
	}
	if (query->Type < NetExtensionTypePacket || query->Type > NetExtensionTypeBuffer) {
		refuse(about, STATUS_INVALID_PARAMETER,
		       "NET_EXTENSION_QUERY.Type is %d, must be 1 to 3 (InvalidNetExtensionType)",
		       static_cast<int>(query->Type));
		return nullptr;
	}
	description = find_description(query->Name);
	if (!description && is_reserved(query->Name)) {
		const PlainName name(query->Name);

		refuse(about, STATUS_INVALID_PARAMETER,
		       "NET_EXTENSION_QUERY.Name is \"%s\", which names no extension "
		       "(InvalidNetExtensionName)",
		       name.text);
	}
	return description;
}

void query_extension(const Object *about, const ElementLayout &layout, const NET_RING *packets,
		     const NET_RING *fragments, const NET_EXTENSION_QUERY *query,
		     NET_EXTENSION *extension)
{
	const Description *description = check_query(about, query);
	const NET_RING *ring;
	UINT16 offset;

	RtlZeroMemory(extension, sizeof(*extension));
	if (!description || description->type != query->Type ||
	    description->version < query->Version)
		return;
	offset = layout.offsets[description - descriptions];
	if (!offset)
		return;
	ring = description->type == NetExtensionTypePacket ? packets : fragments;
	extension->Reserved[0] = const_cast<UINT8 *>(ring->Buffer) + offset;
	extension->Reserved[1] =
		reinterpret_cast<void *>(static_cast<ULONG_PTR>(ring->ElementStride));
	extension->Enabled = TRUE;
}

} // namespace netcx

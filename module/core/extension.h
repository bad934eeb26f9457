/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The extensions of packets and fragments: which a queue has, and their offsets in its elements. */
#ifndef NETCX_CORE_EXTENSION_H
#define NETCX_CORE_EXTENSION_H

#include "core.h"

namespace netcx
{

/* Extensions of equal alignment are laid out in this order. */
enum class Extension : UINT32 {
	packet_checksum,
	packet_gso,
	packet_lso,
	packet_rsc,
	packet_rsc_timestamp,
	packet_ieee8021q,
	packet_hash,
	packet_wifi_exemption_action,
	fragment_virtual_address,
	fragment_logical_address,
	fragment_mdl,
	fragment_return_context,
	fragment_net_memory,
	count,
};

/* A set of extensions. */
class ExtensionSet
{
public:
	constexpr ExtensionSet() : bits_(0) {}

	constexpr void add(Extension extension) { bits_ |= 1U << static_cast<UINT32>(extension); }

	constexpr void add_if(bool condition, Extension extension)
	{
		if (condition)
			add(extension);
	}

	constexpr bool has(Extension extension) const
	{
		return bits_ & 1U << static_cast<UINT32>(extension);
	}

private:
	UINT32 bits_;
};

/* Sizes and offsets in the elements of a queue's two rings, in bytes. */
struct ElementLayout {
	UINT16 packet_stride;
	UINT16 fragment_stride;
	/* The end of a packet's last extension, rounded up to alignof(NET_PACKET). */
	UINT16 packet_end;
	/* In bytes from the element's start; 0 for an extension that the queue does not have. */
	UINT16 offsets[static_cast<UINT32>(Extension::count)];
};

/* The extensions that a queue of @type has, according to the adapter's capabilities. */
ExtensionSet needed_extensions(const struct netcx_adapter *adapter, enum netcx_queue_type type);

ElementLayout lay_out(const ExtensionSet &extensions);

/* Those offsets that the OS half uses. */
struct netcx_queue_layout to_queue_layout(const ElementLayout &layout);

/*
 * Answers a client's @query in *@extension, which is zeroed if the queue does not have that
 * extension. @about is the queue, which is named in the log if the query is invalid.
 */
class Object;
void query_extension(const Object *about, const ElementLayout &layout, const NET_RING *packets,
		     const NET_RING *fragments, const NET_EXTENSION_QUERY *query,
		     NET_EXTENSION *extension);

} // namespace netcx

#endif /* NETCX_CORE_EXTENSION_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The extensions of packets and fragments: which there are, which a queue has, and where in the
 * elements of its rings they lie.
 */
#ifndef NETCX_CORE_EXTENSION_H
#define NETCX_CORE_EXTENSION_H

#include "core.h"

namespace netcx
{

/* The order is that in which they are laid out, among those of one alignment. */
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

/* Where everything lies in the elements of a queue's two rings. */
struct ElementLayout {
	UINT16 packet_stride;
	UINT16 fragment_stride;
	/* Behind a packet's last extension, in whole words. */
	UINT16 packet_end;
	/* In bytes from the element's start; 0 for an extension that the queue does not have. */
	UINT16 offsets[static_cast<UINT32>(Extension::count)];
};

/* What a queue of that type needs, by the adapter's capabilities. */
ExtensionSet needed_extensions(const struct netcx_adapter *adapter, enum netcx_queue_type type);

ElementLayout lay_out(const ExtensionSet &extensions);

/* The offsets that the OS half reads. */
struct netcx_queue_layout to_queue_layout(const ElementLayout &layout);

/*
 * Fills @extension for a client's @query; all zero if the queue does not have it. @about is the queue
 * that a line in the log about a bad query names.
 */
class Object;
void query_extension(const Object *about, const ElementLayout &layout, const NET_RING *packets,
		     const NET_RING *fragments, const NET_EXTENSION_QUERY *query,
		     NET_EXTENSION *extension);

} // namespace netcx

#endif /* NETCX_CORE_EXTENSION_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Looking up extensions of a queue. Context: process, when the queue is created. */
#ifndef COMMON_EXTENSIONS_H
#define COMMON_EXTENSIONS_H

#include <netadaptercx.h>
#include <net/checksum.h>
#include <net/databuffer.h>
#include <net/gso.h>
#include <net/ieee8021q.h>
#include <net/logicaladdress.h>
#include <net/packethash.h>
#include <net/returncontext.h>
#include <net/rsc.h>
#include <net/virtualaddress.h>

namespace common
{

/* The arguments of NET_EXTENSION_QUERY_INIT(). */
struct Extension {
	PCWSTR name;
	ULONG version;
	NET_EXTENSION_TYPE type;
};

namespace extension
{
inline constexpr Extension virtual_address = {NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME,
					      NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1,
					      NetExtensionTypeFragment};
inline constexpr Extension logical_address = {NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_NAME,
					      NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_1,
					      NetExtensionTypeFragment};
inline constexpr Extension return_context = {NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_NAME,
					     NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1,
					     NetExtensionTypeFragment};
inline constexpr Extension net_memory = {NET_FRAGMENT_EXTENSION_NET_MEMORY_NAME,
					 NET_FRAGMENT_EXTENSION_NET_MEMORY_VERSION_1,
					 NetExtensionTypeFragment};
inline constexpr Extension checksum = {NET_PACKET_EXTENSION_CHECKSUM_NAME,
				       NET_PACKET_EXTENSION_CHECKSUM_VERSION_1,
				       NetExtensionTypePacket};
inline constexpr Extension gso = {NET_PACKET_EXTENSION_GSO_NAME, NET_PACKET_EXTENSION_GSO_VERSION_1,
				  NetExtensionTypePacket};
inline constexpr Extension hash = {NET_PACKET_EXTENSION_HASH_NAME,
				   NET_PACKET_EXTENSION_HASH_VERSION_1, NetExtensionTypePacket};
inline constexpr Extension ieee8021q = {NET_PACKET_EXTENSION_IEEE8021Q_NAME,
					NET_PACKET_EXTENSION_IEEE8021Q_VERSION_1,
					NetExtensionTypePacket};
inline constexpr Extension rsc = {NET_PACKET_EXTENSION_RSC_NAME, NET_PACKET_EXTENSION_RSC_VERSION_1,
				  NetExtensionTypePacket};
inline constexpr Extension rsc_timestamp = {NET_PACKET_EXTENSION_RSC_TIMESTAMP_NAME,
					    NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_1,
					    NetExtensionTypePacket};
} /* namespace extension */

/* Enabled is FALSE in the result if the queue does not have the extension. */
NET_EXTENSION tx_extension(NETPACKETQUEUE queue, const Extension &which);
NET_EXTENSION rx_extension(NETPACKETQUEUE queue, const Extension &which);

/*
 * The offset of the extension within an element of @ring, for NetPacketGetExtension(). Takes a
 * quarter of the memory of a NET_EXTENSION. 0 if the queue does not have the extension.
 */
UINT32 tx_extension_offset(NETPACKETQUEUE queue, const NET_RING *ring, const Extension &which);

} /* namespace common */

#endif /* COMMON_EXTENSIONS_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The receive hash extension of an rx packet.
 *
 * Documentation: "NetExtensionGetPacketHash function (packethash.h)".
 */
#ifndef NETCX_NET_PACKETHASH_H
#define NETCX_NET_PACKETHASH_H

#include "../ntdef.h"
#include "extension.h"
#include "packethashtypes.h"

EXTERN_C_START

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_HASH *NetExtensionGetPacketHash(_In_ NET_EXTENSION const *Extension,
							       _In_ UINT32 Index)
{
	return (NET_PACKET_HASH *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_PACKETHASH_H */

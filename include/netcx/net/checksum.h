/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The checksum extension of a packet: what is asked of hardware (tx) or what it found (rx).
 *
 * Documentation: "NetExtensionGetPacketChecksum function (checksum.h)".
 */
#ifndef NETCX_NET_CHECKSUM_H
#define NETCX_NET_CHECKSUM_H

#include "../ntdef.h"
#include "extension.h"
#include "checksumtypes.h"

EXTERN_C_START

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_CHECKSUM *
NetExtensionGetPacketChecksum(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_PACKET_CHECKSUM *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_CHECKSUM_H */

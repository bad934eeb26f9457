/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The segmentation extension of a tx packet.
 *
 * Documentation: "NetExtensionGetPacketGso function (gso.h)".
 */
#ifndef NETCX_NET_GSO_H
#define NETCX_NET_GSO_H

#include "../ntdef.h"
#include "extension.h"
#include "gsotypes.h"

EXTERN_C_START

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_GSO *NetExtensionGetPacketGso(_In_ NET_EXTENSION const *Extension,
							     _In_ UINT32 Index)
{
	return (NET_PACKET_GSO *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_GSO_H */

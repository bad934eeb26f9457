/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The receive segment coalescing extensions of an rx packet.
 *
 * Documentation: "NetExtensionGetPacketRsc function (rsc.h)".
 */
#ifndef NETCX_NET_RSC_H
#define NETCX_NET_RSC_H

#include "../ntdef.h"
#include "extension.h"
#include "rsctypes.h"

EXTERN_C_START

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_RSC *NetExtensionGetPacketRsc(_In_ NET_EXTENSION const *Extension,
							     _In_ UINT32 Index)
{
	return (NET_PACKET_RSC *)NetExtensionGetData(Extension, Index);
}

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_RSC_TIMESTAMP *
NetExtensionGetPacketRscTimestamp(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_PACKET_RSC_TIMESTAMP *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_RSC_H */

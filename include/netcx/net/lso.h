/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The TCP segmentation extension of a tx packet, as it was up to NetAdapterCx 2.0.
 *
 * Documentation: "NetExtensionGetPacketLso function (NetAdapterCx 2.0)".
 */
#ifndef NETCX_NET_LSO_H
#define NETCX_NET_LSO_H

#include "../ntdef.h"
#include "extension.h"
#include "lsotypes.h"

EXTERN_C_START

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_LSO *NetExtensionGetPacketLso(_In_ NET_EXTENSION const *Extension,
							     _In_ UINT32 Index)
{
	return (NET_PACKET_LSO *)NetExtensionGetData(Extension, Index);
}

/* NetExtensionGetPacketLso() by its name in NetAdapterCx 1.4. */
NETCX_ALWAYS_INLINE NET_PACKET_LSO *
NetExtensionGetPacketLargeSendSegmentation(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return NetExtensionGetPacketLso(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_LSO_H */

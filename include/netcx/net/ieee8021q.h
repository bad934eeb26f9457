/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The 802.1Q extension of a packet.
 *
 * Documentation: "NetExtensionGetPacketIeee8021Q function (ieee8021q.h)".
 */
#ifndef NETCX_NET_IEEE8021Q_H
#define NETCX_NET_IEEE8021Q_H

#include "../ntdef.h"
#include "extension.h"
#include "ieee8021qtypes.h"

EXTERN_C_START

/* The extension of packet @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_PACKET_IEEE8021Q *
NetExtensionGetPacketIeee8021Q(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_PACKET_IEEE8021Q *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_IEEE8021Q_H */

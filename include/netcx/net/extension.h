/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * NET_EXTENSION: how a client reaches one extension of the elements of a ring.
 *
 * A client fills one per extension and queue with NetTxQueueGetExtension() or
 * NetRxQueueGetExtension() when the queue is created, and keeps it as long as the queue lives.
 *
 * Documentation: "Packet descriptors and extensions", "NET_EXTENSION structure (extension.h)".
 */
#ifndef NETCX_NET_EXTENSION_H
#define NETCX_NET_EXTENSION_H

#include "../ntdef.h"

EXTERN_C_START

typedef enum _NET_EXTENSION_TYPE {
	NetExtensionTypePacket = 1,
	NetExtensionTypeFragment = 2,
	NetExtensionTypeBuffer = 3,
} NET_EXTENSION_TYPE;

/*
 * Enabled says whether the queue has the extension; if not, all of the struct is zero. The rest is
 * the class extension's: Reserved[0] is the extension's address in element 0 of the ring,
 * Reserved[1] the ring's element stride in bytes.
 */
typedef struct _NET_EXTENSION {
	void *Reserved[4];
	NETCX_EXTENSION union {
		BOOLEAN Enabled;
		void *Reserved1;
	};
} NET_EXTENSION;

NETCX_STATIC_ASSERT(sizeof(NET_EXTENSION) == 40, "NET_EXTENSION");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_EXTENSION, Reserved) == 0, "NET_EXTENSION.Reserved");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_EXTENSION, Enabled) == 32, "NET_EXTENSION.Enabled");

/*
 * The extension's data in element @Index of its ring: the packet ring for a packet extension, the
 * fragment ring for a fragment extension. Not to be called unless Enabled. Any context.
 */
NETCX_ALWAYS_INLINE void *NetExtensionGetData(_In_ NET_EXTENSION const *Extension,
					      _In_ UINT32 Index)
{
	NETCX_ASSERT(Extension->Enabled);
	return (UINT8 *)Extension->Reserved[0] + (SIZE_T)Extension->Reserved[1] * Index;
}

EXTERN_C_END

#endif /* NETCX_NET_EXTENSION_H */

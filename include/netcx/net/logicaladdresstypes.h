/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The logical address extension of a fragment, without its accessor.
 *
 * Documentation: "NET_FRAGMENT_LOGICAL_ADDRESS structure (logicaladdresstypes.h)".
 */
#ifndef NETCX_NET_LOGICALADDRESSTYPES_H
#define NETCX_NET_LOGICALADDRESSTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_NAME	      L"ms_fragment_logicaladdress"
#define NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_1      1U
#define NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_1_SIZE sizeof(NET_FRAGMENT_LOGICAL_ADDRESS)

/* Where the device sees the buffer (its DMA address); the data begins at NET_FRAGMENT.Offset. */
typedef struct _NET_FRAGMENT_LOGICAL_ADDRESS {
	UINT64 LogicalAddress;
} NET_FRAGMENT_LOGICAL_ADDRESS;

NETCX_STATIC_ASSERT(sizeof(NET_FRAGMENT_LOGICAL_ADDRESS) == 8, "NET_FRAGMENT_LOGICAL_ADDRESS");
NETCX_STATIC_ASSERT(__alignof__(NET_FRAGMENT_LOGICAL_ADDRESS) == 8,
		    "NET_FRAGMENT_LOGICAL_ADDRESS alignment");

EXTERN_C_END

#endif /* NETCX_NET_LOGICALADDRESSTYPES_H */

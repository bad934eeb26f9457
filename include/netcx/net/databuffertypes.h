/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The net memory extension of a fragment, without its accessor (NetAdapterCx 2.6). Microsoft's sample
 * netvadapter shows its use; there is no documentation.
 */
#ifndef NETCX_NET_DATABUFFERTYPES_H
#define NETCX_NET_DATABUFFERTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_FRAGMENT_EXTENSION_NET_MEMORY_NAME		 L"ms_fragment_netmemory"
#define NET_FRAGMENT_EXTENSION_NET_MEMORY_VERSION_1	 1U
#define NET_FRAGMENT_EXTENSION_NET_MEMORY_VERSION_1_SIZE sizeof(NET_FRAGMENT_NET_MEMORY)

/* What NetMemoryCreate() made of a buffer. */
typedef void *NET_MEMORY_ID;

/* NetMemoryId: of the receive buffer in the fragment, written by the client when it returns it. */
typedef struct _NET_FRAGMENT_NET_MEMORY {
	NET_MEMORY_ID NetMemoryId;
} NET_FRAGMENT_NET_MEMORY;

NETCX_STATIC_ASSERT(sizeof(NET_FRAGMENT_NET_MEMORY) == 8, "NET_FRAGMENT_NET_MEMORY");

EXTERN_C_END

#endif /* NETCX_NET_DATABUFFERTYPES_H */

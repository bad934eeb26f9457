/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The virtual address extension of a fragment, without its accessor.
 *
 * Documentation: "NET_FRAGMENT_VIRTUAL_ADDRESS structure (virtualaddresstypes.h)".
 */
#ifndef NETCX_NET_VIRTUALADDRESSTYPES_H
#define NETCX_NET_VIRTUALADDRESSTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME	      L"ms_fragment_virtualaddress"
#define NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1      1U
#define NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1_SIZE sizeof(NET_FRAGMENT_VIRTUAL_ADDRESS)

/* Where the processor sees the buffer; the data begins at NET_FRAGMENT.Offset. */
typedef struct _NET_FRAGMENT_VIRTUAL_ADDRESS {
	void *VirtualAddress;
} NET_FRAGMENT_VIRTUAL_ADDRESS;

NETCX_STATIC_ASSERT(sizeof(NET_FRAGMENT_VIRTUAL_ADDRESS) == 8, "NET_FRAGMENT_VIRTUAL_ADDRESS");

EXTERN_C_END

#endif /* NETCX_NET_VIRTUALADDRESSTYPES_H */

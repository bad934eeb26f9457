/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * NET_FRAGMENT: the core descriptor of one buffer of a packet, one element of a fragment ring.
 * Extensions (virtual address, logical address, ...) follow it in the element.
 *
 * Documentation: "NET_FRAGMENT structure (fragment.h)".
 */
#ifndef NETCX_NET_FRAGMENT_H
#define NETCX_NET_FRAGMENT_H

#include "../ntdef.h"

EXTERN_C_START

/* The packet data is the ValidLength bytes at Offset; Offset + ValidLength <= Capacity. */
typedef struct _NET_FRAGMENT {
	/* Bytes of packet data. */
	NETCX_EXTENSION UINT64 ValidLength : 26;
	/* Bytes of the whole buffer. */
	NETCX_EXTENSION UINT64 Capacity : 26;
	/* Bytes in front of the packet data, at most 1023. */
	NETCX_EXTENSION UINT64 Offset : 10;
	/* The client's, for any use; 0 when the fragment is handed to it. */
	NETCX_EXTENSION UINT64 Scratch : 1;
	/* The class extension's: the data was copied to a buffer of its own. */
	NETCX_EXTENSION UINT64 OsReserved_Bounced : 1;
} NET_FRAGMENT;

/* Largest values of the bit-fields. */
#define NETCX_FRAGMENT_MAX_LENGTH ((1U << 26) - 1)
#define NETCX_FRAGMENT_MAX_OFFSET ((1U << 10) - 1)

NETCX_STATIC_ASSERT(sizeof(NET_FRAGMENT) == 8, "NET_FRAGMENT");
NETCX_STATIC_ASSERT(__alignof__(NET_FRAGMENT) == 8, "NET_FRAGMENT alignment");

EXTERN_C_END

#endif /* NETCX_NET_FRAGMENT_H */

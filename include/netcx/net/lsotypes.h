/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The TCP segmentation extension of a tx packet as it was up to NetAdapterCx 2.0, without its
 * accessor. gso.h has its successor.
 *
 * Documentation: "NET_PACKET_LSO structure" (NetAdapterCx 2.0).
 */
#ifndef NETCX_NET_LSOTYPES_H
#define NETCX_NET_LSOTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_PACKET_EXTENSION_LSO_NAME		L"ms_packet_lso"
#define NET_PACKET_EXTENSION_LSO_VERSION_1	1U
#define NET_PACKET_EXTENSION_LSO_VERSION_1_SIZE sizeof(NET_PACKET_LSO)

/* Mss: bytes of TCP payload per segment; 0 for a packet that is not to be segmented. */
typedef struct _NET_PACKET_LSO {
	struct {
		UINT32 Mss : 20;
		UINT32 Reserved0 : 12;
	} TCP;
} NET_PACKET_LSO;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_LSO) == 4, "NET_PACKET_LSO");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_LSO) == 4, "NET_PACKET_LSO alignment");

EXTERN_C_END

#endif /* NETCX_NET_LSOTYPES_H */

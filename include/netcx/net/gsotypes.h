/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The segmentation extension of a tx packet, without its accessor.
 *
 * Documentation: "NET_PACKET_GSO structure (gsotypes.h)".
 */
#ifndef NETCX_NET_GSOTYPES_H
#define NETCX_NET_GSOTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_PACKET_EXTENSION_GSO_NAME		L"ms_packet_gso"
#define NET_PACKET_EXTENSION_GSO_VERSION_1	1U
#define NET_PACKET_EXTENSION_GSO_VERSION_1_SIZE sizeof(NET_PACKET_GSO)

/*
 * Mss: bytes of layer 4 payload per segment; 0 for a packet that is not to be segmented. The arm is
 * chosen by the packet's Layout.Layer4Type. Segmentation implies all checksums of each segment.
 */
typedef struct _NET_PACKET_GSO {
	NETCX_EXTENSION union {
		struct {
			UINT32 Mss : 20;
			UINT32 Reserved0 : 12;
		} TCP;
		struct {
			UINT32 Mss : 20;
			UINT32 Reserved0 : 12;
		} UDP;
	};
} NET_PACKET_GSO;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_GSO) == 4, "NET_PACKET_GSO");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_GSO) == 4, "NET_PACKET_GSO alignment");

EXTERN_C_END

#endif /* NETCX_NET_GSOTYPES_H */

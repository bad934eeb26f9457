/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The receive segment coalescing extensions of an rx packet, without their accessors.
 *
 * Documentation: "Receive segment coalescing (RSC) offload", "NET_PACKET_RSC structure".
 */
#ifndef NETCX_NET_RSCTYPES_H
#define NETCX_NET_RSCTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_PACKET_EXTENSION_RSC_NAME			  L"ms_packet_rsc"
#define NET_PACKET_EXTENSION_RSC_VERSION_1		  1U
#define NET_PACKET_EXTENSION_RSC_VERSION_1_SIZE		  sizeof(NET_PACKET_RSC)
#define NET_PACKET_EXTENSION_RSC_VERSION_2		  2U
#define NET_PACKET_EXTENSION_RSC_VERSION_2_SIZE		  sizeof(NET_PACKET_RSC)
#define NET_PACKET_EXTENSION_RSC_TIMESTAMP_NAME		  L"ms_packet_rsc_timestamp"
#define NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_1	  1U
#define NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_1_SIZE sizeof(NET_PACKET_RSC_TIMESTAMP)

/*
 * CoalescedSegmentCount: segments in the packet; 0 for a packet that was not coalesced. The arm is
 * chosen by the packet's Layout.Layer4Type; UDP belongs to version 2.
 */
typedef struct _NET_PACKET_RSC {
	NETCX_EXTENSION union {
		struct {
			UINT16 CoalescedSegmentCount;
			UINT16 DuplicateAckCount;
		} TCP;
		struct {
			UINT16 CoalescedSegmentCount;
			UINT16 CoalescedSegmentSize;
		} UDP;
	};
} NET_PACKET_RSC;

/* Difference between the first and the last TCP timestamp of the coalesced segments. */
typedef struct _NET_PACKET_RSC_TIMESTAMP {
	NETCX_EXTENSION union {
		struct {
			UINT32 RscTcpTimestampDelta;
		} TCP;
	};
} NET_PACKET_RSC_TIMESTAMP;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_RSC) == 4, "NET_PACKET_RSC");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_RSC) == 2, "NET_PACKET_RSC alignment");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET_RSC, TCP.DuplicateAckCount) == 2,
		    "NET_PACKET_RSC.TCP.DuplicateAckCount");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET_RSC, UDP.CoalescedSegmentSize) == 2,
		    "NET_PACKET_RSC.UDP.CoalescedSegmentSize");
NETCX_STATIC_ASSERT(sizeof(NET_PACKET_RSC_TIMESTAMP) == 4, "NET_PACKET_RSC_TIMESTAMP");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_RSC_TIMESTAMP) == 4,
		    "NET_PACKET_RSC_TIMESTAMP alignment");

EXTERN_C_END

#endif /* NETCX_NET_RSCTYPES_H */

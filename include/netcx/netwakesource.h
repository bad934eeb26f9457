/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Wake sources: what the machine is to be woken for, as EvtDeviceArmWakeFromSx finds it. A handle is
 * good as long as its adapter.
 *
 * The list has what the user chose, whenever it is asked for; while EvtDevicePreviewBitmapPattern is
 * called for a pattern, that one is not in it yet.
 *
 * Pages: "Configuring power management", "NET_WAKE_SOURCE_TYPE enumeration (netwakesource.h)".
 */
#ifndef NETCX_NETWAKESOURCE_H
#define NETCX_NETWAKESOURCE_H

#include "netadaptercxtypes.h"
#include "wdf.h"

typedef enum _NET_WAKE_SOURCE_TYPE NETCX_INT_ENUM {
	NetWakeSourceTypeBitmapPattern = 1,
	NetWakeSourceTypeMagicPacket = 2,
	NetWakeSourceTypeMediaChange = 3,
	NetWakeSourceTypePacketFilterMatch = 4,
	NetWakeSourceTypeEapolPacket = 5
} NET_WAKE_SOURCE_TYPE;

/**
 * struct _NET_WAKE_SOURCE_BITMAP_PARAMETERS - a packet to wake for, by some of its bytes
 * @Size: sizeof this structure
 * @Id: names the pattern, for NET_ADAPTER_WAKE_REASON_PACKET
 * @Pattern: the bytes, from the Ethernet header on; good as long as the wake source
 * @PatternSize: in bytes
 * @Mask: bit n of it, from the lowest of byte 0 on: byte n of Pattern must match
 * @MaskSize: in bytes
 */
typedef struct _NET_WAKE_SOURCE_BITMAP_PARAMETERS {
	ULONG Size;
	ULONG Id;
	UCHAR const *Pattern;
	SIZE_T PatternSize;
	UCHAR const *Mask;
	SIZE_T MaskSize;
} NET_WAKE_SOURCE_BITMAP_PARAMETERS, *PNET_WAKE_SOURCE_BITMAP_PARAMETERS;

NETCX_STATIC_ASSERT(sizeof(NET_WAKE_SOURCE_BITMAP_PARAMETERS) == 40,
		    "NET_WAKE_SOURCE_BITMAP_PARAMETERS size");

/**
 * NET_WAKE_SOURCE_BITMAP_PARAMETERS_INIT() - for NetWakeSourceGetBitmapParameters()
 * @Parameters: is overwritten
 */
NETCX_INLINE void
NET_WAKE_SOURCE_BITMAP_PARAMETERS_INIT(NET_WAKE_SOURCE_BITMAP_PARAMETERS *Parameters)
{
	RtlZeroMemory(Parameters, sizeof(*Parameters));
	Parameters->Size = sizeof(*Parameters);
}

/**
 * struct _NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS - which changes of the link to wake for
 * @Size: sizeof this structure
 * @MediaConnect: when it comes
 * @MediaDisconnect: when it goes
 */
typedef struct _NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS {
	ULONG Size;
	BOOLEAN MediaConnect;
	BOOLEAN MediaDisconnect;
} NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS, *PNET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS;

NETCX_STATIC_ASSERT(sizeof(NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS) == 8,
		    "NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS size");

/**
 * NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS_INIT() - for NetWakeSourceGetMediaChangeParameters()
 * @Parameters: is overwritten
 */
NETCX_INLINE void
NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS_INIT(NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS *Parameters)
{
	RtlZeroMemory(Parameters, sizeof(*Parameters));
	Parameters->Size = sizeof(*Parameters);
}

/**
 * struct _NET_WAKE_SOURCE_LIST - a list, filled in by NetDeviceGetWakeSourceList()
 * @Size: sizeof this structure
 * @Reserved: netcx.ko's
 */
typedef struct _NET_WAKE_SOURCE_LIST {
	ULONG Size;
	void *Reserved[4];
} NET_WAKE_SOURCE_LIST, *PNET_WAKE_SOURCE_LIST;

NETCX_STATIC_ASSERT(sizeof(NET_WAKE_SOURCE_LIST) == 40, "NET_WAKE_SOURCE_LIST size");

/**
 * NET_WAKE_SOURCE_LIST_INIT() - before it is filled in
 * @List: is overwritten
 */
NETCX_INLINE void NET_WAKE_SOURCE_LIST_INIT(NET_WAKE_SOURCE_LIST *List)
{
	RtlZeroMemory(List, sizeof(*List));
	List->Size = sizeof(*List);
}

EXTERN_C_START

/**
 * NetDeviceGetWakeSourceList() - the wake sources of all adapters of a device
 * @Device: the device
 * @List: initialised; is filled in
 *
 * Context: process.
 */
void NetDeviceGetWakeSourceList(WDFDEVICE Device, NET_WAKE_SOURCE_LIST *List);

/**
 * NetWakeSourceListGetCount() - how many there are
 * @List: filled in
 *
 * Context: process.
 * Return: the number; 0, after a line in the log, for a list that was not filled in.
 */
SIZE_T NetWakeSourceListGetCount(NET_WAKE_SOURCE_LIST const *List);

/**
 * NetWakeSourceListGetElement() - one of them
 * @List: filled in
 * @Index: below the count
 *
 * Context: process.
 * Return: the wake source; NULL, after a line in the log, for an index that is too large.
 */
NETWAKESOURCE NetWakeSourceListGetElement(NET_WAKE_SOURCE_LIST const *List, SIZE_T Index);

/* What it is, and whose. Context: process. */
NET_WAKE_SOURCE_TYPE NetWakeSourceGetType(NETWAKESOURCE WakeSource);
NETADAPTER NetWakeSourceGetAdapter(NETWAKESOURCE WakeSource);

/* Its parameters, if it is of that type; else they stay zero after a line in the log. */
void NetWakeSourceGetBitmapParameters(NETWAKESOURCE WakeSource,
				      NET_WAKE_SOURCE_BITMAP_PARAMETERS *Parameters);
void NetWakeSourceGetMediaChangeParameters(NETWAKESOURCE WakeSource,
					   NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS *Parameters);

EXTERN_C_END

#endif /* NETCX_NETWAKESOURCE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Link state enumerations. Pages: "NET_IF_MEDIA_CONNECT_STATE enumeration (ifdef.h)",
 * "NET_IF_MEDIA_DUPLEX_STATE enumeration (ifdef.h)".
 */
#ifndef NETCX_IFDEF_H
#define NETCX_IFDEF_H

#include "ntddk.h"

typedef enum _NET_IF_MEDIA_CONNECT_STATE NETCX_INT_ENUM {
	MediaConnectStateUnknown = 0,
	MediaConnectStateConnected = 1,
	MediaConnectStateDisconnected = 2
} NET_IF_MEDIA_CONNECT_STATE,
	*PNET_IF_MEDIA_CONNECT_STATE;

typedef enum _NET_IF_MEDIA_DUPLEX_STATE NETCX_INT_ENUM {
	MediaDuplexStateUnknown = 0,
	MediaDuplexStateHalf = 1,
	MediaDuplexStateFull = 2
} NET_IF_MEDIA_DUPLEX_STATE,
	*PNET_IF_MEDIA_DUPLEX_STATE;

/*
 * Names a network interface. On Linux the index of the interface (ip link) and the type of Ethernet;
 * Value is 0 while there is no interface.
 */
typedef union _NET_LUID_LH {
	ULONG64 Value;
	struct {
		ULONG64 Reserved : 24;
		ULONG64 NetLuidIndex : 24;
		ULONG64 IfType : 16;
	} Info;
} NET_LUID_LH, *PNET_LUID_LH, NET_LUID, *PNET_LUID;

/* IfType of Ethernet. */
#define IF_TYPE_ETHERNET_CSMACD 6

NETCX_STATIC_ASSERT(sizeof(NET_LUID) == 8, "NET_LUID size");

#endif /* NETCX_IFDEF_H */

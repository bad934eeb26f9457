/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The Ethernet header as it is on the wire. */
#ifndef NETCX_NETIODEF_H
#define NETCX_NETIODEF_H

#include "ntddk.h"

/* The first half of an Ethernet address: whose it is. */
NETCX_EXTENSION typedef union _DL_OUI {
	UINT8 Byte[3];
	struct {
		UINT8 Group : 1;
		UINT8 Local : 1;
	};
} DL_OUI, *PDL_OUI;

/* The second half. */
typedef union _DL_EI48 {
	UINT8 Byte[3];
} DL_EI48, *PDL_EI48;

/* An Ethernet address, in wire order. */
NETCX_EXTENSION typedef union _DL_EUI48 {
	UINT8 Byte[6];
	struct {
		DL_OUI Oui;
		DL_EI48 Ei48;
	};
} DL_EUI48, *PDL_EUI48;

/*
 * The first 14 bytes of a frame. Type, or the length of an IEEE 802.3 frame, is big-endian; it is a
 * type from ETHERNET_TYPE_MINIMUM on.
 */
NETCX_EXTENSION typedef struct _ETHERNET_HEADER {
	DL_EUI48 Destination;
	DL_EUI48 Source;
	union {
		UINT16 Type;
		UINT16 Length;
	};
} ETHERNET_HEADER, *PETHERNET_HEADER;

NETCX_STATIC_ASSERT(sizeof(DL_EUI48) == 6, "an Ethernet address is 6 bytes");
NETCX_STATIC_ASSERT(sizeof(ETHERNET_HEADER) == 14, "an Ethernet header is 14 bytes");

/* EtherTypes, in host byte order. */
#define ETHERNET_TYPE_MINIMUM 0x0600
#define ETHERNET_TYPE_IPV4    0x0800
#define ETHERNET_TYPE_ARP     0x0806
#define ETHERNET_TYPE_802_1Q  0x8100
#define ETHERNET_TYPE_IPV6    0x86dd

#endif /* NETCX_NETIODEF_H */

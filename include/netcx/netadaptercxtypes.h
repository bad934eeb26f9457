/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Handles and address types that all NetAdapterCx headers use. */
#ifndef NETCX_NETADAPTERCXTYPES_H
#define NETCX_NETADAPTERCXTYPES_H

#include "ntddk.h"

/* Framework objects; each handle is a WDFOBJECT too. */
DECLARE_HANDLE(NETADAPTER);
DECLARE_HANDLE(NETPACKETQUEUE);
DECLARE_HANDLE(NETEXECUTIONCONTEXT);
DECLARE_HANDLE(NETEXECUTIONCONTEXTTASK);
DECLARE_HANDLE(NETCONFIGURATION);
DECLARE_HANDLE(NETMEMORYCOLLECTION);

/* No objects: see netwakesource.h and netpoweroffload.h for how long they are good. */
DECLARE_HANDLE(NETWAKESOURCE);
DECLARE_HANDLE(NETPOWEROFFLOAD);

/* Valid only within the callback that received it, on the same thread. */
DECLARE_HANDLE(NETOFFLOAD);
DECLARE_HANDLE(NETRECEIVEFILTER);

/* What becomes an adapter or a queue. */
typedef struct NETADAPTER_INIT NETADAPTER_INIT;
typedef struct NETTXQUEUE_INIT NETTXQUEUE_INIT;
typedef struct NETRXQUEUE_INIT NETRXQUEUE_INIT;

/* An Ethernet address, in wire order. */
typedef struct _NET_EUI48_ADDRESS {
	UINT8 Value[6];
} NET_EUI48_ADDRESS;

/* An IPv4 address, in wire order. */
NETCX_EXTENSION typedef struct _NET_IPV4_ADDRESS {
	union {
		UINT32 Address;
		UINT8 Value[4];
	};
} NET_IPV4_ADDRESS;

/* An IPv6 address, in wire order. */
NETCX_EXTENSION typedef struct _NET_IPV6_ADDRESS {
	union {
		struct {
			UINT64 NetworkPrefix;
			UINT64 InterfaceIdentifier;
		} Unicast;
		UINT8 Value[16];
	};
} NET_IPV6_ADDRESS;

NETCX_STATIC_ASSERT(sizeof(NET_EUI48_ADDRESS) == 6, "NET_EUI48_ADDRESS size");
NETCX_STATIC_ASSERT(sizeof(NET_IPV4_ADDRESS) == 4, "NET_IPV4_ADDRESS size");
NETCX_STATIC_ASSERT(sizeof(NET_IPV6_ADDRESS) == 16, "NET_IPV6_ADDRESS size");

#endif /* NETCX_NETADAPTERCXTYPES_H */

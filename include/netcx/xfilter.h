/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Ethernet address arithmetic. An address is a pointer to its six bytes, in wire order. */
#ifndef NETCX_XFILTER_H
#define NETCX_XFILTER_H

#include "ntddk.h"

#define ETH_LENGTH_OF_ADDRESS 6
#define ETH_LENGTH_OF_HEADER  14

/* The group bit: multicast and broadcast addresses have it. */
#define ETH_IS_MULTICAST(address) ((BOOLEAN)(((const UCHAR *)(address))[0] & 0x01))

/* The bit of addresses that are not burned in but given out locally. */
#define ETH_IS_LOCALLY_ADMINISTERED(address) \
	((BOOLEAN)((((const UCHAR *)(address))[0] & 0x02) != 0))

#define ETH_IS_BROADCAST(address) \
	((BOOLEAN)RtlEqualMemory((address), "\xff\xff\xff\xff\xff\xff", ETH_LENGTH_OF_ADDRESS))

#define ETH_IS_EMPTY(address) \
	((BOOLEAN)RtlEqualMemory((address), "\0\0\0\0\0\0", ETH_LENGTH_OF_ADDRESS))

#define ETH_COPY_NETWORK_ADDRESS(destination, source) \
	RtlCopyMemory((destination), (source), ETH_LENGTH_OF_ADDRESS)

#endif /* NETCX_XFILTER_H */

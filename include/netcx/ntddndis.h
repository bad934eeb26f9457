/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NDIS constants that NetAdapterCx interfaces refer to. */
#ifndef NETCX_NTDDNDIS_H
#define NETCX_NTDDNDIS_H

#include "ntddk.h"
#include "ifdef.h"

/* A link speed, in bits per second, that is not known. */
#define NDIS_LINK_SPEED_UNKNOWN ((ULONG64)0xffffffffffffffffULL)

/* Room for a link layer address, in bytes. */
#define NDIS_MAX_PHYS_ADDRESS_LENGTH 32

/* Receive scaling: entries of the indirection table at most, and bytes of the hash key. */
#define NDIS_RSS_INDIRECTION_TABLE_MAX_SIZE_REVISION_1 128
#define NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1   40

#endif /* NETCX_NTDDNDIS_H */

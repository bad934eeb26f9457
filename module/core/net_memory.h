/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A receive buffer that the client has registered with NetMemoryCreate(): what its NET_MEMORY_ID
 * points to. module/linux reads it for every fragment that names one.
 */
#ifndef NETCX_CORE_NET_MEMORY_H
#define NETCX_CORE_NET_MEMORY_H

#include <netcx/ntdef.h>

#define NETCX_NET_MEMORY_SIGNATURE 0x4e43784e6d656d79ULL

struct netcx_net_memory {
	UINT64 signature;
	void *address;
	SIZE_T length;
	/* In its collection. */
	struct netcx_net_memory *next;
};

/* NULL if @id is not that of a registered buffer. */
NETCX_ALWAYS_INLINE const struct netcx_net_memory *netcx_net_memory_of(const void *id)
{
	const struct netcx_net_memory *memory = (const struct netcx_net_memory *)id;

	return memory && memory->signature == NETCX_NET_MEMORY_SIGNATURE ? memory : NULL;
}

#endif /* NETCX_CORE_NET_MEMORY_H */

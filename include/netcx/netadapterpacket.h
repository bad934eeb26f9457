/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* How to ask a queue for an extension. Page: "NET_EXTENSION_QUERY structure". */
#ifndef NETCX_NETADAPTERPACKET_H
#define NETCX_NETADAPTERPACKET_H

#include "ntddk.h"
#include "net/extension.h"

/**
 * struct _NET_EXTENSION_QUERY - names an extension
 * @Size: sizeof this structure
 * @Name: a NET_..._EXTENSION_..._NAME
 * @Version: the least version wanted, a NET_..._EXTENSION_..._VERSION_...
 * @Type: whether packets or fragments have it
 */
typedef struct _NET_EXTENSION_QUERY {
	ULONG Size;
	PCWSTR Name;
	ULONG Version;
	NET_EXTENSION_TYPE Type;
} NET_EXTENSION_QUERY, *PNET_EXTENSION_QUERY;

NETCX_STATIC_ASSERT(sizeof(NET_EXTENSION_QUERY) == 24, "NET_EXTENSION_QUERY size");

/**
 * NET_EXTENSION_QUERY_INIT() - sets all
 * @Query: is overwritten
 * @Name: see the structure
 * @Version: see the structure
 * @Type: see the structure
 */
NETCX_INLINE void NET_EXTENSION_QUERY_INIT(NET_EXTENSION_QUERY *Query, PCWSTR Name, ULONG Version,
					   NET_EXTENSION_TYPE Type)
{
	RtlZeroMemory(Query, sizeof(*Query));
	Query->Size = sizeof(*Query);
	Query->Name = Name;
	Query->Version = Version;
	Query->Type = Type;
}

#endif /* NETCX_NETADAPTERPACKET_H */

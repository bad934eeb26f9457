/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The net memory extension of a fragment (NetAdapterCx 2.6): see databuffertypes.h. */
#ifndef NETCX_NET_DATABUFFER_H
#define NETCX_NET_DATABUFFER_H

#include "../ntdef.h"
#include "databuffertypes.h"
#include "extension.h"

EXTERN_C_START

/* The extension of fragment @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_FRAGMENT_NET_MEMORY *
NetExtensionGetFragmentNetMemory(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_FRAGMENT_NET_MEMORY *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_DATABUFFER_H */

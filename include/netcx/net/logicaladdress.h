/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The logical (DMA) address extension of a fragment.
 *
 * Documentation: "NetExtensionGetFragmentLogicalAddress function (logicaladdress.h)".
 */
#ifndef NETCX_NET_LOGICALADDRESS_H
#define NETCX_NET_LOGICALADDRESS_H

#include "../ntdef.h"
#include "extension.h"
#include "logicaladdresstypes.h"

EXTERN_C_START

/* The extension of fragment @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_FRAGMENT_LOGICAL_ADDRESS *
NetExtensionGetFragmentLogicalAddress(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_FRAGMENT_LOGICAL_ADDRESS *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_LOGICALADDRESS_H */

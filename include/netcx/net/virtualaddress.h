/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The virtual address extension of a fragment.
 *
 * Documentation: "NetExtensionGetFragmentVirtualAddress function (virtualaddress.h)".
 */
#ifndef NETCX_NET_VIRTUALADDRESS_H
#define NETCX_NET_VIRTUALADDRESS_H

#include "../ntdef.h"
#include "extension.h"
#include "fragment.h"
#include "virtualaddresstypes.h"

EXTERN_C_START

/* The extension of fragment @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_FRAGMENT_VIRTUAL_ADDRESS *
NetExtensionGetFragmentVirtualAddress(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_FRAGMENT_VIRTUAL_ADDRESS *)NetExtensionGetData(Extension, Index);
}

/* Where the data of @Fragment begins: the virtual address of fragment @Index plus its Offset. */
NETCX_ALWAYS_INLINE void *
NetExtensionGetFragmentVirtualAddressOffset(_In_ NET_FRAGMENT const *Fragment,
					    _In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (UINT8 *)NetExtensionGetFragmentVirtualAddress(Extension, Index)->VirtualAddress +
	       Fragment->Offset;
}

EXTERN_C_END

#endif /* NETCX_NET_VIRTUALADDRESS_H */

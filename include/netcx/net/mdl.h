/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The MDL extension of a fragment.
 *
 * Documentation: "NetExtensionGetFragmentMdl function (mdl.h)".
 */
#ifndef NETCX_NET_MDL_H
#define NETCX_NET_MDL_H

#include "../ntdef.h"
#include "extension.h"
#include "mdltypes.h"

EXTERN_C_START

/* The extension of fragment @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_FRAGMENT_MDL *
NetExtensionGetFragmentMdl(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_FRAGMENT_MDL *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_MDL_H */

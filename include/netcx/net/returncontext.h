/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The return context extension of a fragment.
 *
 * Documentation: "NetExtensionGetFragmentReturnContext function (returncontext.h)".
 */
#ifndef NETCX_NET_RETURNCONTEXT_H
#define NETCX_NET_RETURNCONTEXT_H

#include "../ntdef.h"
#include "extension.h"
#include "returncontexttypes.h"

EXTERN_C_START

/* The extension of fragment @Index of its ring. @Extension must be enabled. Any context. */
NETCX_ALWAYS_INLINE NET_FRAGMENT_RETURN_CONTEXT *
NetExtensionGetFragmentReturnContext(_In_ NET_EXTENSION const *Extension, _In_ UINT32 Index)
{
	return (NET_FRAGMENT_RETURN_CONTEXT *)NetExtensionGetData(Extension, Index);
}

EXTERN_C_END

#endif /* NETCX_NET_RETURNCONTEXT_H */

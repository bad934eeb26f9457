/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The return context extension of a fragment, without its accessor.
 *
 * Documentation: "NET_FRAGMENT_RETURN_CONTEXT structure (returncontexttypes.h)".
 */
#ifndef NETCX_NET_RETURNCONTEXTTYPES_H
#define NETCX_NET_RETURNCONTEXTTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_NAME	     L"ms_fragment_returncontext"
#define NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1	     1U
#define NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1_SIZE sizeof(NET_FRAGMENT_RETURN_CONTEXT)

DECLARE_HANDLE(NET_FRAGMENT_RETURN_CONTEXT_HANDLE);

/*
 * Handle: names a receive buffer that the client has allocated; EvtAdapterReturnRxBuffer gets it
 * when the buffer is the client's again.
 */
typedef struct _NET_FRAGMENT_RETURN_CONTEXT {
	NET_FRAGMENT_RETURN_CONTEXT_HANDLE Handle;
} NET_FRAGMENT_RETURN_CONTEXT;

NETCX_STATIC_ASSERT(sizeof(NET_FRAGMENT_RETURN_CONTEXT) == 8, "NET_FRAGMENT_RETURN_CONTEXT");

EXTERN_C_END

#endif /* NETCX_NET_RETURNCONTEXTTYPES_H */

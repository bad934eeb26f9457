/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The MDL extension of a fragment, without its accessor. No queue on Linux has it; clients that
 * query it find it not enabled.
 *
 * Documentation: "NET_FRAGMENT_MDL structure (mdltypes.h)".
 */
#ifndef NETCX_NET_MDLTYPES_H
#define NETCX_NET_MDLTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_FRAGMENT_EXTENSION_MDL_NAME		  L"ms_fragment_mdl"
#define NET_FRAGMENT_EXTENSION_MDL_VERSION_1	  1U
#define NET_FRAGMENT_EXTENSION_MDL_VERSION_1_SIZE sizeof(NET_FRAGMENT_MDL)

typedef struct _MDL MDL, *PMDL;

typedef struct _NET_FRAGMENT_MDL {
	MDL *Mdl;
} NET_FRAGMENT_MDL;

NETCX_STATIC_ASSERT(sizeof(NET_FRAGMENT_MDL) == 8, "NET_FRAGMENT_MDL");

EXTERN_C_END

#endif /* NETCX_NET_MDLTYPES_H */

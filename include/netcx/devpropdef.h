/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Properties of a device in the unified model: keys, and the types of their values.
 *
 * Names and values: devpropdef.h; page "DEVPROPKEY structure".
 */
#ifndef NETCX_DEVPROPDEF_H
#define NETCX_DEVPROPDEF_H

#include "ntdef.h"

typedef ULONG DEVPROPTYPE, *PDEVPROPTYPE;
typedef GUID DEVPROPGUID, *PDEVPROPGUID;
typedef ULONG DEVPROPID, *PDEVPROPID;

/* A key: the set that a property is of, and its number there. */
typedef struct _DEVPROPKEY {
	DEVPROPGUID fmtid;
	DEVPROPID pid;
} DEVPROPKEY, *PDEVPROPKEY;

NETCX_STATIC_ASSERT(sizeof(DEVPROPKEY) == 20, "DEVPROPKEY size");

#define DEVPROP_TYPEMOD_LIST 0x00002000

#define DEVPROP_TYPE_EMPTY  0x00000000
#define DEVPROP_TYPE_UINT32 0x00000007
#define DEVPROP_TYPE_GUID   0x0000000d
#define DEVPROP_TYPE_STRING 0x00000012

/* Strings one after the other, and an empty one at the end. */
#define DEVPROP_TYPE_STRING_LIST (DEVPROP_TYPE_STRING | DEVPROP_TYPEMOD_LIST)

/* Each file that says it has a key of its own. */
#ifndef DEFINE_DEVPROPKEY
#define DEFINE_DEVPROPKEY(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8, id) \
	static const DEVPROPKEY name                                           \
		__attribute__((__unused__)) = {{l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}, id}
#endif

#endif /* NETCX_DEVPROPDEF_H */

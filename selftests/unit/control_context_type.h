/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A context type that two files declare, as a client's header makes all of its files do. */
#ifndef CONTROL_CONTEXT_TYPE_H
#define CONTROL_CONTEXT_TYPE_H

#include <vector>

#include <netcx/wdf.h>

struct CONTROL_CONTEXT {
	UINT64 number;
	UCHAR bytes[24];
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CONTROL_CONTEXT, control_get_context)

/* What each file that includes this takes for the type's identity. */
inline std::vector<PCWDF_OBJECT_CONTEXT_TYPE_INFO> control_identities;

#endif /* CONTROL_CONTEXT_TYPE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * DEFINE_GUID() defines a GUID and does not only declare it. Here each file that says it has its own,
 * so that including this header makes no difference.
 */
#ifndef NETCX_INITGUID_H
#define NETCX_INITGUID_H

#include "ntdef.h"

#ifndef DEFINE_GUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
	static const GUID name                                       \
		__attribute__((__unused__)) = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#endif

#endif /* NETCX_INITGUID_H */

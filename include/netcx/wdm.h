/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The NT kernel API as drivers of the Windows Driver Model include it. On Windows ntddk.h has more than
 * wdm.h; here they are the same.
 */
#ifndef NETCX_WDM_H
#define NETCX_WDM_H

#include "ntddk.h"

#endif /* NETCX_WDM_H */

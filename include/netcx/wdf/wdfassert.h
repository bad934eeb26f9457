/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What a driver takes for granted, and what a debugger finds. */
#ifndef NETCX_WDFASSERT_H
#define NETCX_WDFASSERT_H

#include "wdftypes.h"

/* Evaluates its expression always, and checks it when DBG is set. */
#define WDFVERIFY(expression) NT_VERIFY(expression)

/* Where Windows' debugger finds the framework's objects in a dump: there is no such debugger. */
typedef struct _WDF_TRIAGE_INFO WDF_TRIAGE_INFO, *PWDF_TRIAGE_INFO;

/* NULL. Context: any. */
NETCX_INLINE PWDF_TRIAGE_INFO WdfGetTriageInfo(void)
{
	return NULL;
}

#endif /* NETCX_WDFASSERT_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Event tracing for Windows as drivers write it, of which nothing is left here: there is no such
 * trace session on Linux, so providers are NULL, registering succeeds, and an event with its fields
 * is not even evaluated. What a user needs to know, a client says with DbgPrintEx(); what netcx.ko
 * does, its own tracepoints show.
 *
 * Page: "TraceLogging for Kernel-mode Drivers and Components".
 */
#ifndef NETCX_TRACELOGGINGPROVIDER_H
#define NETCX_TRACELOGGINGPROVIDER_H

#include "ntdef.h"
#include "ntstatus.h"

/* A provider, which is NULL. */
typedef struct _tlgProvider_t const *TraceLoggingHProvider;

#define TRACELOGGING_DECLARE_PROVIDER(provider) EXTERN_C const TraceLoggingHProvider provider
#define TRACELOGGING_DEFINE_PROVIDER(provider, ...)    \
	EXTERN_C const TraceLoggingHProvider provider; \
	const TraceLoggingHProvider provider = NULL

#define TraceLoggingRegister(provider)			      STATUS_SUCCESS
#define TraceLoggingRegisterEx(provider, callback, context)   STATUS_SUCCESS
#define TraceLoggingUnregister(provider)		      ((void)0)
#define TraceLoggingWrite(provider, event, ...)		      ((void)0)
#define TraceLoggingProviderEnabled(provider, level, keyword) FALSE

#endif /* NETCX_TRACELOGGINGPROVIDER_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Event tracing for Windows as drivers write it, of which nothing is left here: there is no such
 * trace session on Linux, so providers do not exist, registering succeeds, and an event with its
 * fields is not even evaluated. What a user needs to know, a client says with DbgPrintEx(); what
 * netcx.ko does, its own tracepoints show.
 *
 * Page: "TraceLogging for Kernel-mode Drivers and Components".
 */
#ifndef NETCX_TRACELOGGINGPROVIDER_H
#define NETCX_TRACELOGGINGPROVIDER_H

#include "ntstatus.h"

/* A provider's name stays usable as an argument of these macros only. */
#define TRACELOGGING_DECLARE_PROVIDER(provider)		      struct provider##_has_no_consumer
#define TRACELOGGING_DEFINE_PROVIDER(provider, ...)	      struct provider##_has_no_consumer
#define TraceLoggingRegister(provider)			      STATUS_SUCCESS
#define TraceLoggingUnregister(provider)		      ((void)0)
#define TraceLoggingWrite(provider, event, ...)		      ((void)0)
#define TraceLoggingProviderEnabled(provider, level, keyword) FALSE

#endif /* NETCX_TRACELOGGINGPROVIDER_H */

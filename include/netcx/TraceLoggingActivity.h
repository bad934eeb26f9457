/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Activities of event tracing for Windows, of which nothing is left here: see
 * TraceLoggingProvider.h.
 *
 * Page: "TraceLoggingActivity class".
 */
#ifndef NETCX_TRACELOGGINGACTIVITY_H
#define NETCX_TRACELOGGINGACTIVITY_H

#include "TraceLoggingProvider.h"

#define TraceLoggingWriteActivity(provider, event, activity, related, ...) ((void)0)
#define TraceLoggingWriteStart(activity, event, ...)			   ((void)0)
#define TraceLoggingWriteStop(activity, event, ...)			   ((void)0)
#define TraceLoggingWriteTagged(activity, event, ...)			   ((void)0)

#ifdef __cplusplus
/* An activity, without an id. */
template <TraceLoggingHProvider const &provider, UINT64 keyword = 0, UCHAR level = 5>
class TraceLoggingActivity
{
public:
	TraceLoggingHProvider Provider() const { return provider; }

	GUID const *Id() const { return nullptr; }

	template <class Activity>
	void SetRelatedActivity(const Activity &)
	{
	}
};
#endif

#endif /* NETCX_TRACELOGGINGACTIVITY_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Timers that run once, and times in microseconds. */
#ifndef SIM_TIMER_H
#define SIM_TIMER_H

#include "log.h"
#include <wdf.h>

namespace sim
{

/* In units of 100 ns, negative: from now on. */
constexpr LONGLONG due_in(UINT32 microseconds)
{
	return -10LL * microseconds;
}

constexpr UINT64 ticks_of(UINT32 microseconds)
{
	return 10ULL * microseconds;
}

/* @attributes: with the type of the context, if there is one. */
inline NTSTATUS create_timer(PFN_WDF_TIMER function, WDFOBJECT parent,
			     WDF_OBJECT_ATTRIBUTES *attributes, WDFTIMER *timer)
{
	WDF_TIMER_CONFIG config;
	NTSTATUS status;

	WDF_TIMER_CONFIG_INIT(&config, function);
	config.AutomaticSerialization = FALSE;
	attributes->ParentObject = parent;
	status = WdfTimerCreate(&config, attributes, timer);
	if (!NT_SUCCESS(status))
		LOG_ERROR("creating a timer failed with %#x", static_cast<unsigned int>(status));
	return status;
}

} /* namespace sim */

#endif /* SIM_TIMER_H */

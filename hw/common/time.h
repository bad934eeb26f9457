/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Conversion of microseconds to WDF's units of 100 ns. */
#ifndef COMMON_TIME_H
#define COMMON_TIME_H

#include <ntddk.h>

namespace common
{

/* In units of KeQueryInterruptTime(). */
constexpr UINT64 ticks_of(UINT32 microseconds)
{
	return 10ULL * microseconds;
}

/* A relative time for WdfTimerStart(), which is negative. */
constexpr LONGLONG due_in(UINT32 microseconds)
{
	return -10LL * microseconds;
}

/* Sleeps for at least that time. Context: process. */
inline void sleep_us(UINT32 microseconds)
{
	LARGE_INTEGER interval;

	interval.QuadPart = due_in(microseconds);
	KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

} /* namespace common */

#endif /* COMMON_TIME_H */

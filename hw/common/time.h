/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Times in microseconds, for an API that counts in units of 100 ns. */
#ifndef COMMON_TIME_H
#define COMMON_TIME_H

#include <ntddk.h>

namespace common
{

/* As KeQueryInterruptTime() counts. */
constexpr UINT64 ticks_of(UINT32 microseconds)
{
	return 10ULL * microseconds;
}

/* For WdfTimerStart() and the like: negative is from now on. */
constexpr LONGLONG due_in(UINT32 microseconds)
{
	return -10LL * microseconds;
}

/* Sleeps at least that long. Context: process. */
inline void sleep_us(UINT32 microseconds)
{
	LARGE_INTEGER interval;

	interval.QuadPart = due_in(microseconds);
	KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

} /* namespace common */

#endif /* COMMON_TIME_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* The down-calls' unit of time, in jiffies. */
#ifndef NETCX_LINUX_TIME_H
#define NETCX_LINUX_TIME_H

#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/time64.h>

/* Rounded up: never early. 0 is at once, more than a year is a year. */
static inline unsigned long netcx_os_jiffies(u64 microseconds)
{
	const u64 longest = 365ULL * 24 * 3600 * USEC_PER_SEC;

	return nsecs_to_jiffies(min(microseconds, longest) * NSEC_PER_USEC + TICK_NSEC - 1);
}

#endif /* NETCX_LINUX_TIME_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading 64-bit counters that another processor writes. */
#ifndef NETCX_LINUX_STAT_READ_H
#define NETCX_LINUX_STAT_READ_H

#include <linux/u64_stats_sync.h>

/* A counter that another processor may be writing to. */
static inline u64 netcx_stat_read(const struct u64_stats_sync *sync,
				  const u64_stats_t *counter)
{
	unsigned int start;
	u64 value;

	do {
		start = u64_stats_fetch_begin(sync);
		value = u64_stats_read(counter);
	} while (u64_stats_fetch_retry(sync, start));
	return value;
}

#endif /* NETCX_LINUX_STAT_READ_H */

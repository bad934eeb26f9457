/* SPDX-License-Identifier: GPL-2.0-only */
/* The last values of the hardware's counters, part of the net_device's private area. */
#ifndef NETCX_LINUX_HW_STATS_PRIV_H
#define NETCX_LINUX_HW_STATS_PRIV_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>

struct ethtool_rmon_hist_range;
struct netcx_adapter;

struct netcx_hw_stats {
	const struct netcx_adapter *adapter;
	/* As of the last read; NULL for a client without counters. */
	u64_stats_t *values;
	struct u64_stats_sync sync;
	/* What the client fills in. Under @lock. */
	u64 *raw;
	/* Held while the client reads its hardware. */
	struct mutex lock;
	/* Under @lock: the device is in D0. */
	bool on;
	struct delayed_work work;
	/* What @adapter->statistics.FrameSizes says, ended by zeros. */
	struct ethtool_rmon_hist_range *ranges;
};

#endif /* NETCX_LINUX_HW_STATS_PRIV_H */

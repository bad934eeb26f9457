/* SPDX-License-Identifier: GPL-2.0-only */
/* The last values of the hardware's counters, part of the net_device's private area. */
#ifndef NETCX_LINUX_HW_STATS_PRIV_H
#define NETCX_LINUX_HW_STATS_PRIV_H

#include <linux/ethtool.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>

struct netcx_adapter;
struct netcx_statistic_meaning;

struct netcx_hw_stats {
	struct netcx_adapter *adapter;
	/*
	 * Copies of what the client declared when the interface was made. In a reset it declares
	 * anew, and writes to adapter->statistics while these are read without a lock.
	 */
	unsigned int count;
	unsigned int meaning_count;
	char (*names)[ETH_GSTRING_LEN];
	struct netcx_statistic_meaning *meanings;
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
	/* The client's FrameSizes, ended by zeros. */
	struct ethtool_rmon_hist_range *ranges;
};

#endif /* NETCX_LINUX_HW_STATS_PRIV_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* The counters of the client's hardware. */
#ifndef NETCX_LINUX_HW_STATS_H
#define NETCX_LINUX_HW_STATS_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>

struct ethtool_eth_ctrl_stats;
struct ethtool_eth_mac_stats;
struct ethtool_eth_phy_stats;
struct ethtool_rmon_hist_range;
struct ethtool_rmon_stats;
struct net_device;
struct netcx_adapter;
struct rtnl_link_stats64;

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

int netcx_hw_stats_init(struct netcx_hw_stats *stats, struct netcx_adapter *adapter);
/* Nothing reads any more. Also after an init that failed or was not called, if all is zeros. */
void netcx_hw_stats_free(struct netcx_hw_stats *stats);
/* The device is in D0 from now on, and is about to leave it. Process context. */
void netcx_hw_stats_start(struct netcx_hw_stats *stats);
void netcx_hw_stats_stop(struct netcx_hw_stats *stats);
/* Reads the hardware if the device is in D0, and copies all values. Process context. */
void netcx_hw_stats_read(struct netcx_hw_stats *stats, u64 *data);
/* Adds what was read last. Any context but interrupts. */
void netcx_hw_stats_add_link(const struct netcx_hw_stats *stats, struct rtnl_link_stats64 *link);

/* The groups of ethtool. */
void netcx_get_eth_mac_stats(struct net_device *netdev, struct ethtool_eth_mac_stats *mac);
void netcx_get_eth_phy_stats(struct net_device *netdev, struct ethtool_eth_phy_stats *phy);
void netcx_get_eth_ctrl_stats(struct net_device *netdev, struct ethtool_eth_ctrl_stats *ctrl);
void netcx_get_rmon_stats(struct net_device *netdev, struct ethtool_rmon_stats *rmon,
			  const struct ethtool_rmon_hist_range **ranges);

#endif /* NETCX_LINUX_HW_STATS_H */

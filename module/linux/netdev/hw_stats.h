/* SPDX-License-Identifier: GPL-2.0-only */
/* The counters of the client's hardware. */
#ifndef NETCX_LINUX_HW_STATS_H
#define NETCX_LINUX_HW_STATS_H

#include <linux/types.h>

struct ethtool_eth_ctrl_stats;
struct ethtool_eth_mac_stats;
struct ethtool_eth_phy_stats;
struct ethtool_rmon_hist_range;
struct ethtool_rmon_stats;
struct net_device;
struct netcx_adapter;
struct netcx_hw_stats;
struct rtnl_link_stats64;

int netcx_hw_stats_init(struct netcx_hw_stats *stats, struct netcx_adapter *adapter);
/* Frees the arrays; the work must have been stopped. Safe on a zeroed structure. */
void netcx_hw_stats_free(struct netcx_hw_stats *stats);
/* The device has entered D0. Process context. */
void netcx_hw_stats_start(struct netcx_hw_stats *stats);
/* The device is about to leave D0: a last read. Process context. */
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

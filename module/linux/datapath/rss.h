/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive scaling; all under rtnl. */
#ifndef NETCX_LINUX_RSS_H
#define NETCX_LINUX_RSS_H

#include <linux/types.h>

#include "../os/compat.h"

struct ethtool_rxfh_param;
struct ethtool_rxnfc;
struct net_device;
struct netcx_adapter;
struct netcx_netdev;
struct netlink_ext_ack;

bool netcx_rss_is_offered(const struct netcx_adapter *adapter);
int netcx_rss_init(struct netcx_netdev *nd);
void netcx_rss_free(struct netcx_netdev *nd);
/* For another number of rx queues. */
void netcx_rss_update(struct netcx_netdev *nd);
/* While the queues are created, but not started. */
int netcx_rss_enable(struct netcx_netdev *nd);
void netcx_rss_disable(struct netcx_netdev *nd);
u32 netcx_get_rxfh_key_size(struct net_device *netdev);
u32 netcx_get_rxfh_indir_size(struct net_device *netdev);
int netcx_set_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info);
int netcx_get_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info, u32 *rule_locations);
#ifdef NETCX_HAVE_ETHTOOL_RXFH_PARAM
int netcx_get_rxfh(struct net_device *netdev, struct ethtool_rxfh_param *rxfh);
int netcx_set_rxfh(struct net_device *netdev, struct ethtool_rxfh_param *rxfh,
		   struct netlink_ext_ack *extack);
#else
int netcx_get_rxfh(struct net_device *netdev, u32 *indir, u8 *key, u8 *hfunc);
int netcx_set_rxfh(struct net_device *netdev, const u32 *indir, const u8 *key, const u8 hfunc);
#endif

#endif /* NETCX_LINUX_RSS_H */

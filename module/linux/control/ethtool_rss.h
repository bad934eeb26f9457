/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive scaling for ethtool; all under rtnl. */
#ifndef NETCX_LINUX_ETHTOOL_RSS_H
#define NETCX_LINUX_ETHTOOL_RSS_H

#include <linux/types.h>

#include "../os/compat.h"

struct ethtool_rxfh_fields;
struct ethtool_rxfh_param;
struct ethtool_rxnfc;
struct net_device;
struct netlink_ext_ack;

u32 netcx_get_rxfh_key_size(struct net_device *netdev);
u32 netcx_get_rxfh_indir_size(struct net_device *netdev);
u32 netcx_get_rx_ring_count(struct net_device *netdev);
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
#ifdef NETCX_HAVE_ETHTOOL_RXFH_FIELDS
int netcx_get_rxfh_fields(struct net_device *netdev, struct ethtool_rxfh_fields *fields);
int netcx_set_rxfh_fields(struct net_device *netdev, const struct ethtool_rxfh_fields *fields,
			  struct netlink_ext_ack *extack);
#endif

#endif /* NETCX_LINUX_ETHTOOL_RSS_H */

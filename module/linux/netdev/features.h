/* SPDX-License-Identifier: GPL-2.0-only */
/* The netdev's features. */
#ifndef NETCX_LINUX_FEATURES_H
#define NETCX_LINUX_FEATURES_H

#include <linux/netdev_features.h>

struct net_device;
struct netcx_adapter;

/* Features that the client's capabilities make possible. */
netdev_features_t netcx_features(const struct netcx_adapter *adapter);

/* ndo_fix_features(), under rtnl: what of @features can be on. */
netdev_features_t netcx_fix_features(struct net_device *netdev, netdev_features_t features);
/* Under rtnl: the client is told of @features. */
int netcx_set_features(struct net_device *netdev, netdev_features_t features);

#endif /* NETCX_LINUX_FEATURES_H */

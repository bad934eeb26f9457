/* SPDX-License-Identifier: GPL-2.0-only */
/* Which features go together at the moment. */
#ifndef NETCX_LINUX_FEATURES_H
#define NETCX_LINUX_FEATURES_H

#include <linux/netdev_features.h>

struct net_device;

/* ndo_fix_features(), under rtnl: what of @features can be on. */
netdev_features_t netcx_fix_features(struct net_device *netdev, netdev_features_t features);

#endif /* NETCX_LINUX_FEATURES_H */

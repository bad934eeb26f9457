/* SPDX-License-Identifier: GPL-2.0-only */
/* What ethtool shows of the link. */
#ifndef NETCX_LINUX_LINK_MODES_H
#define NETCX_LINUX_LINK_MODES_H

struct ethtool_link_ksettings;
struct net_device;

int netcx_get_link_ksettings(struct net_device *netdev, struct ethtool_link_ksettings *cmd);

#endif /* NETCX_LINUX_LINK_MODES_H */

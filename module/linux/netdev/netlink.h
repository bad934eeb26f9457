/* SPDX-License-Identifier: GPL-2.0-only */
/* Queues as the netdev netlink family shows them. */
#ifndef NETCX_LINUX_NETLINK_H
#define NETCX_LINUX_NETLINK_H

struct net_device;
struct netcx_netdev;

void netcx_netlink_init(struct net_device *netdev);
/* The queues are there, and about to go; under rtnl. */
void netcx_netlink_start(struct netcx_netdev *nd);
void netcx_netlink_stop(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_NETLINK_H */

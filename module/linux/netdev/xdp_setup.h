/* SPDX-License-Identifier: GPL-2.0-only */
/* XDP programs are attached and detached. All under rtnl. */
#ifndef NETCX_LINUX_XDP_SETUP_H
#define NETCX_LINUX_XDP_SETUP_H

#include <linux/types.h>

struct net_device;
struct netcx_netdev;
struct netdev_bpf;

int netcx_bpf(struct net_device *netdev, struct netdev_bpf *bpf);
/*
 * Makes the interface's largest MTU what the client, the attached program and AF_XDP sockets can
 * all take, so that the stack refuses larger ones and tells the user. Under rtnl.
 */
void netcx_xdp_limit_mtu(struct netcx_netdev *nd);
void netcx_xdp_set_features(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_XDP_SETUP_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* AF_XDP sockets that bring memory come and go. All under rtnl. */
#ifndef NETCX_LINUX_XSK_SETUP_H
#define NETCX_LINUX_XSK_SETUP_H

#include <linux/types.h>

struct netcx_netdev;
struct xsk_buff_pool;

bool netcx_xsk_is_possible(const struct netcx_netdev *nd);
/* With a pool, or without one from now on. */
int netcx_xsk_setup(struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue);

#endif /* NETCX_LINUX_XSK_SETUP_H */

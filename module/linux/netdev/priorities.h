/* SPDX-License-Identifier: GPL-2.0-only */
/* Tx queues by priority, for clients that ask for them. */
#ifndef NETCX_LINUX_PRIORITIES_H
#define NETCX_LINUX_PRIORITIES_H

#include <linux/netdevice.h>

struct netcx_adapter;
struct netcx_netdev;

/* Of @queues, which is what there can be, as many as make the same number for each priority. */
unsigned int netcx_priorities_queues(struct netcx_adapter *adapter, unsigned int queues);
/*
 * Makes them traffic classes, if they are none. Before the interface is registered, or under rtnl.
 */
void netcx_priorities_apply(struct netcx_netdev *nd);
/* ndo_setup_tc of such clients. */
int netcx_setup_tc(struct net_device *netdev, enum tc_setup_type type, void *data);

static inline bool netcx_has_priorities(const struct netcx_adapter *adapter)
{
	return adapter->tx_priorities;
}

#endif /* NETCX_LINUX_PRIORITIES_H */

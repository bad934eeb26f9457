/* SPDX-License-Identifier: GPL-2.0-only */
/* Detection of hung transmit queues. */
#ifndef NETCX_LINUX_WATCHDOG_H
#define NETCX_LINUX_WATCHDOG_H

struct net_device;
struct netcx_netdev;

/* The workqueue that looks at tx queues: made when netcx.ko is loaded, before any interface. */
int netcx_watchdog_create(void);
void netcx_watchdog_destroy(void);

void netcx_tx_timeout(struct net_device *netdev, unsigned int index);
void netcx_watchdog_init(struct netcx_netdev *nd);
void netcx_watchdog_start(struct netcx_netdev *nd);
void netcx_watchdog_stop(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_WATCHDOG_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* An adapter's network interface. */
#ifndef NETCX_LINUX_NETDEV_H
#define NETCX_LINUX_NETDEV_H

void netcx_netdev_init(void);

#endif /* NETCX_LINUX_NETDEV_H */

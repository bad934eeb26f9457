/* SPDX-License-Identifier: GPL-2.0-only */
/* The receive filter. */
#ifndef NETCX_LINUX_FILTER_H
#define NETCX_LINUX_FILTER_H

struct netcx_netdev;
struct work_struct;

void netcx_filter_work(struct work_struct *work);
void netcx_filter_enable(struct netcx_netdev *nd);
void netcx_filter_disable(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_FILTER_H */

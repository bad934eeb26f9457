/* SPDX-License-Identifier: GPL-2.0-only */
/* Affinity of queues' interrupts and of XPS. */
#ifndef NETCX_LINUX_AFFINITY_H
#define NETCX_LINUX_AFFINITY_H

struct netcx_channel;
struct netcx_netdev;
struct netcx_queue;

void netcx_xps_spread(struct netcx_netdev *nd);
/* From when the queue is created until it is destroyed. */
void netcx_affinity_set(struct netcx_channel *channel, const struct netcx_queue *q);
void netcx_affinity_forget(struct netcx_channel *channel, const struct netcx_queue *q);

#endif /* NETCX_LINUX_AFFINITY_H */

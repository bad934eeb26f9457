/* SPDX-License-Identifier: GPL-2.0-only */
/* The life of an interface's queues; all under rtnl. */
#ifndef NETCX_LINUX_QUEUES_H
#define NETCX_LINUX_QUEUES_H

#include <linux/types.h>

struct netcx_netdev;
struct netcx_offloads;
struct netcx_queue_config;
struct xsk_buff_pool;

#define NETCX_RING_DEFAULT	256
#define NETCX_RING_MIN		64
#define NETCX_RING_MAX		4096

/* Of each direction, however few processors there are. */
#define NETCX_QUEUES_MAX	64U

int netcx_queues_up(struct netcx_netdev *nd);
void netcx_queues_down(struct netcx_netdev *nd);
/* The last try to bring them up after a change; on error the carrier goes, a reset is asked for. */
int netcx_queues_restore(struct netcx_netdev *nd);
struct netcx_queue_config netcx_queues_config(const struct netcx_netdev *nd);
/* Recreates the queues whose settings change, and only those; on error they are as before. */
int netcx_queues_reconfigure(struct netcx_netdev *nd, const struct netcx_queue_config *config);
/* Gives a channel the memory of an AF_XDP socket, or with NULL its own; on error its own. */
int netcx_queues_set_pool(struct netcx_netdev *nd, unsigned int index, struct xsk_buff_pool *pool);
/* Changes offloads while no packet is in a tx queue. The queues are up. */
int netcx_queues_set_offloads(struct netcx_netdev *nd, const struct netcx_offloads *offloads);
/* Another MTU of the client: tx queues that have no memory for its packets are made anew. */
void netcx_queues_fit_mtu(struct netcx_netdev *nd);
/* Without a link: recreates the tx queues that hold packets, which frees these. */
void netcx_queues_flush_tx(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_QUEUES_H */

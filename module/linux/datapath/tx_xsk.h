/* SPDX-License-Identifier: GPL-2.0-only */
/* What AF_XDP sockets without copies send. */
#ifndef NETCX_LINUX_TX_XSK_H
#define NETCX_LINUX_TX_XSK_H

#include <linux/types.h>

struct net_device;
struct netcx_tx_queue;

int netcx_xsk_wakeup(struct net_device *netdev, u32 queue, u32 flags);
int netcx_xsk_tx_open(struct netcx_tx_queue *tx);
void netcx_xsk_tx_close(struct netcx_tx_queue *tx);
/* Sends what the socket has and completes what was sent; is there more to do at once? */
bool netcx_xsk_poll(struct netcx_tx_queue *tx, int budget);

#endif /* NETCX_LINUX_TX_XSK_H */

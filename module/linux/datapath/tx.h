/* SPDX-License-Identifier: GPL-2.0-only */
/* The path of a sent packet, from skb to ring. */
#ifndef NETCX_LINUX_TX_H
#define NETCX_LINUX_TX_H

#include <linux/netdevice.h>

struct netcx_channel;
struct netcx_queue;
struct netcx_tx_queue;

/* A queue that is not there yet. */
void netcx_tx_init(struct netcx_tx_queue *tx, struct netdev_queue *nq);
int netcx_tx_open(struct netcx_tx_queue *tx, struct netcx_channel *channel, struct netcx_queue *q);
void netcx_tx_close(struct netcx_tx_queue *tx);
/* Packets of up to so many bytes, at most NETCX_COPYBREAK, are copied from now on. */
void netcx_tx_set_copybreak(struct netcx_tx_queue *tx, u32 copybreak);
netdev_tx_t netcx_start_xmit(struct sk_buff *skb, struct net_device *netdev);
/* For clients with demands on where packets lie, see tx_bounce.c. */
netdev_tx_t netcx_start_xmit_bouncing(struct sk_buff *skb, struct net_device *netdev);

#endif /* NETCX_LINUX_TX_H */

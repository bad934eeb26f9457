/* SPDX-License-Identifier: GPL-2.0-only */
/* What an skb asks of the hardware. */
#ifndef NETCX_LINUX_TX_OFFLOAD_H
#define NETCX_LINUX_TX_OFFLOAD_H

#include <linux/netdevice.h>

#include <netcx/net/packet.h>

struct netcx_adapter;
struct netcx_queue;

netdev_features_t netcx_features_check(struct sk_buff *skb, struct net_device *netdev,
				       netdev_features_t features);
/* How many packets a TCP packet that is to be segmented will be. */
u32 netcx_gso_segments(const struct sk_buff *skb);
int netcx_tx_offload(const struct netcx_queue *q, struct sk_buff *skb, NET_PACKET *packet);

#endif /* NETCX_LINUX_TX_OFFLOAD_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets that the client made of several segments. */
#ifndef NETCX_LINUX_RX_RSC_H
#define NETCX_LINUX_RX_RSC_H

#include <linux/skbuff.h>

#include <netcx/net/packet.h>

struct netcx_rx_queue;

/* An skb, as eth_type_trans() left it, that may be made of several segments. */
void netcx_rx_coalesced(struct netcx_rx_queue *rx, const NET_PACKET *packet, struct sk_buff *skb);

#endif /* NETCX_LINUX_RX_RSC_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Frames of XDP on their way out. */
#ifndef NETCX_LINUX_XDP_TX_H
#define NETCX_LINUX_XDP_TX_H

#include <linux/types.h>

struct net_device;
struct netcx_rx_queue;
struct xdp_frame;

int netcx_xdp_xmit(struct net_device *netdev, int n, struct xdp_frame **frames, u32 flags);
/* Sends a frame back, in a moment. */
void netcx_xdp_tx(struct netcx_rx_queue *rx, struct xdp_frame *frame);
/* Sends those frames back; @last: there are no more for a while. */
void netcx_xdp_tx_flush(struct netcx_rx_queue *rx, bool last);

#endif /* NETCX_LINUX_XDP_TX_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* XDP and AF_XDP, as the ways of packets and the interface see them. */
#ifndef NETCX_LINUX_XDP_H
#define NETCX_LINUX_XDP_H

#include <linux/bpf.h>

struct netcx_netdev;
struct netcx_rx_queue;
struct netcx_tx_packet;
struct netcx_tx_queue;
struct xsk_buff_pool;

/* What programs decided about a batch of packets. */
struct netcx_xdp_verdicts {
	unsigned int counts[XDP_REDIRECT + 1];
	unsigned int errors;
};

/* xdp.c: programs, and what they decide about a received packet */
int netcx_bpf(struct net_device *netdev, struct netdev_bpf *bpf);
/*
 * Makes the interface's largest MTU what the client, the attached program and AF_XDP sockets can all
 * take, so that the stack refuses larger ones and tells the user. Under rtnl.
 */
void netcx_xdp_limit_mtu(struct netcx_netdev *nd);
/* The largest MTU whose frames, with two VLAN tags, fit into one buffer. */
int netcx_xdp_linear_mtu(const struct netcx_netdev *nd);
void netcx_xdp_set_features(struct netcx_netdev *nd);
int netcx_xdp_open(struct netcx_rx_queue *rx);
void netcx_xdp_close(struct netcx_rx_queue *rx);
/* netcx_rx_indicate() with a program. */
int netcx_xdp_indicate(struct netcx_rx_queue *rx, struct bpf_prog *prog, int budget);
/* Aborted, or not a verdict at all. */
void netcx_xdp_exception(struct netcx_rx_queue *rx, struct bpf_prog *prog, u32 verdict);
/* Does what is done once for a batch, and counts. */
void netcx_xdp_finish(struct netcx_rx_queue *rx, const struct netcx_xdp_verdicts *verdicts);

/* xdp_tx.c: frames on their way out */
int netcx_xdp_xmit(struct net_device *netdev, int n, struct xdp_frame **frames, u32 flags);
/* Sends a frame back, in a moment. */
void netcx_xdp_tx(struct netcx_rx_queue *rx, struct xdp_frame *frame);
/* Sends the frames of XDP_TX that wait in the rx queue; @last: and tells the client. */
void netcx_xdp_tx_flush(struct netcx_rx_queue *rx, bool last);
/* Describes a piece of a packet that is mapped already, if it has to be. */
void netcx_xdp_write_fragment(struct netcx_tx_queue *tx, u32 index, void *address, dma_addr_t dma,
			      u32 length);
/* Maps a piece of a packet, if it has to be, and puts it into a free fragment slot. */
int netcx_xdp_add_fragment(struct netcx_tx_queue *tx, u32 index, void *address, u32 length);
/* Completes a packet of XDP whose fragments begin at @fragment. Interrupts are on. */
void netcx_xdp_complete(struct netcx_tx_queue *tx, struct netcx_tx_packet *packet, u32 fragment,
			int napi_budget);
/* Accounts for what netcx_xdp_complete() completed. */
void netcx_xdp_completed(struct netcx_tx_queue *tx);

/* xsk.c: AF_XDP sockets whose memory is the rings' */
bool netcx_xsk_is_possible(const struct netcx_netdev *nd);
int netcx_xsk_setup(struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue);
int netcx_xsk_wakeup(struct net_device *netdev, u32 queue, u32 flags);
/* What is different in a queue that has such a socket. */
int netcx_xsk_rx_open(struct netcx_rx_queue *rx);
void netcx_xsk_rx_close(struct netcx_rx_queue *rx);
bool netcx_xsk_refill(struct netcx_rx_queue *rx);
int netcx_xsk_indicate(struct netcx_rx_queue *rx, struct bpf_prog *prog, int budget);
int netcx_xsk_tx_open(struct netcx_tx_queue *tx);
void netcx_xsk_tx_close(struct netcx_tx_queue *tx);
/* Sends what the socket has and completes what was sent; is there more to do at once? */
bool netcx_xsk_poll(struct netcx_tx_queue *tx, int budget);

#endif /* NETCX_LINUX_XDP_H */

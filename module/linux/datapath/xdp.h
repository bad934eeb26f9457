/* SPDX-License-Identifier: GPL-2.0-only */
/* XDP programs over received packets, and what they decide. Belongs to the owner of NAPI. */
#ifndef NETCX_LINUX_XDP_H
#define NETCX_LINUX_XDP_H

#include <linux/bpf.h>

struct netcx_rx_queue;

/* What programs decided about a batch of packets. */
struct netcx_xdp_verdicts {
	unsigned int counts[XDP_REDIRECT + 1];
	unsigned int errors;
};

int netcx_xdp_open(struct netcx_rx_queue *rx);
void netcx_xdp_close(struct netcx_rx_queue *rx);
/* netcx_rx_indicate() with a program. */
int netcx_xdp_indicate(struct netcx_rx_queue *rx, struct bpf_prog *prog, int budget);
/* Aborted, or not a verdict at all. */
void netcx_xdp_exception(struct netcx_rx_queue *rx, struct bpf_prog *prog, u32 verdict);
/* Does what is done once for a batch, and counts. */
void netcx_xdp_finish(struct netcx_rx_queue *rx, const struct netcx_xdp_verdicts *verdicts);

#endif /* NETCX_LINUX_XDP_H */

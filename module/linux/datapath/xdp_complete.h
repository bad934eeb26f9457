/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets of XDP and AF_XDP that came back from the client. All under the tx queue's lock. */
#ifndef NETCX_LINUX_XDP_COMPLETE_H
#define NETCX_LINUX_XDP_COMPLETE_H

#include <linux/types.h>

struct netcx_tx_packet;
struct netcx_tx_queue;

/* Completes a packet of XDP whose fragments begin at @fragment. Interrupts are on. */
void netcx_xdp_complete(struct netcx_tx_queue *tx, struct netcx_tx_packet *packet, u32 fragment,
			int napi_budget);
/* Accounts for what netcx_xdp_complete() completed. */
void netcx_xdp_completed(struct netcx_tx_queue *tx);
/* The same of packets that were not sent. */
void netcx_xdp_dropped(struct netcx_tx_queue *tx);

#endif /* NETCX_LINUX_XDP_COMPLETE_H */

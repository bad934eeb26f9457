/* SPDX-License-Identifier: GPL-2.0-only */
/* An rx queue, from opened to closed. All of it belongs to the owner of the channel's NAPI. */
#ifndef NETCX_LINUX_RX_H
#define NETCX_LINUX_RX_H

#include <linux/indirect_call_wrapper.h>

#include "rx_memory.h"
#include "rx_pages.h"
#include "rx_queue.h"
#include "rx_ring.h"

struct netcx_channel;
struct netcx_queue;

int netcx_rx_open(struct netcx_rx_queue *rx, struct netcx_channel *channel, struct netcx_queue *q);
/* Before the queue is closed: NAPI, which does not run at the moment, polls it no more. */
void netcx_rx_leave_napi(struct netcx_rx_queue *rx);
/* The queue is stopped, or the device's DMA is: no buffer is written to any more. */
void netcx_rx_close(struct netcx_rx_queue *rx);
/* Takes back everything without showing it to the stack, after Cancel. */
void netcx_rx_discard(struct netcx_rx_queue *rx);

/* FALSE: memory is short and the client may run dry. */
static inline bool netcx_rx_refill(struct netcx_rx_queue *rx)
{
	return INDIRECT_CALL_1(rx->memory->refill, netcx_rx_pages_refill, rx);
}

/* Hands up to @budget drained packets to the stack; how many. */
static inline int netcx_rx_indicate(struct netcx_rx_queue *rx, int budget)
{
	if (unlikely(rx->broken || !netcx_rx_rings_are_sane(rx)))
		return 0;
	return INDIRECT_CALL_1(rx->memory->indicate, netcx_rx_pages_indicate, rx, budget);
}

#endif /* NETCX_LINUX_RX_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where an rx queue's memory comes from: chosen when the queue is opened, asked once for a batch of
 * buffers and once for a batch of packets. Another kind of memory is another file with one of
 * these, and a line in rx.c.
 */
#ifndef NETCX_LINUX_RX_MEMORY_H
#define NETCX_LINUX_RX_MEMORY_H

#include <linux/types.h>

struct netcx_rx_queue;

struct netcx_rx_memory {
	/* rx->buffers has @elements slots, one for each of the fragment ring's; an errno. */
	int (*open)(struct netcx_rx_queue *rx, u32 elements);
	/*
	 * NAPI does not run at the moment, and polls the queue no more, but may go on for the tx
	 * queue; NULL: that is nothing to this memory.
	 */
	void (*leave_napi)(struct netcx_rx_queue *rx);
	/* The client is done with all buffers, wherever they are. */
	void (*close)(struct netcx_rx_queue *rx);
	/* Gives the client all there is room for; false: memory is short and it may run dry. */
	bool (*refill)(struct netcx_rx_queue *rx);
	/* Hands up to @budget packets of sane rings to whom they are for; how many. */
	int (*indicate)(struct netcx_rx_queue *rx, int budget);
	/* Discards returned packets of sane rings. NULL: there is nothing to free. */
	void (*discard)(struct netcx_rx_queue *rx);
	/* Who brings the memory wants the queue polled for a while when it is short. */
	bool polled_for;
};

#endif /* NETCX_LINUX_RX_MEMORY_H */

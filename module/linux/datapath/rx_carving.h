/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive buffers as pieces of page_pool's pages. All of it belongs to the owner of NAPI. */
#ifndef NETCX_LINUX_RX_CARVING_H
#define NETCX_LINUX_RX_CARVING_H

#include <linux/mm.h>
#include <linux/sizes.h>

#include "rx_queue.h"

/* The largest alignment of buffers that can be met. */
#define NETCX_RX_ALIGNMENT_MAX	SZ_4K

int netcx_rx_carving_open(struct netcx_rx_queue *rx, u32 elements);
/* Gives back what of the last page was not taken, and the pool, which goes with its last page. */
void netcx_rx_carving_put_rest(struct netcx_rx_queue *rx);
/* Makes the next buffer be there, at carving.offset of carving.page; false: no memory. */
bool netcx_rx_carving_next_page(struct netcx_rx_queue *rx);

/* Bytes to add to rx->truesize for a buffer in this page. */
static __always_inline u32 netcx_rx_carving_extra(const struct netcx_rx_queue *rx,
						  struct page *page)
{
	return PageHead(page) ? rx->carving.extra : rx->carving.single_extra;
}

#endif /* NETCX_LINUX_RX_CARVING_H */

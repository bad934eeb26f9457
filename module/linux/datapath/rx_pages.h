/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive memory from page_pool. */
#ifndef NETCX_LINUX_RX_PAGES_H
#define NETCX_LINUX_RX_PAGES_H

#include "rx_memory.h"

extern const struct netcx_rx_memory netcx_rx_pages;

/* Of it, for who calls them directly. */
bool netcx_rx_pages_refill(struct netcx_rx_queue *rx);
int netcx_rx_pages_indicate(struct netcx_rx_queue *rx, int budget);

#endif /* NETCX_LINUX_RX_PAGES_H */

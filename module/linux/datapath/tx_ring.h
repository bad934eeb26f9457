/* SPDX-License-Identifier: GPL-2.0-only */
/* A tx queue's rings, whoever sends. All under the tx queue's lock. */
#ifndef NETCX_LINUX_TX_RING_H
#define NETCX_LINUX_TX_RING_H

#include <linux/u64_stats_sync.h>

#include "tx_queue.h"

/* Advance and complete what the client returned. */
void netcx_tx_service(struct netcx_tx_queue *tx, int napi_budget);
/* Completes what the client has returned. */
void netcx_tx_complete(struct netcx_tx_queue *tx, int napi_budget);
/*
 * Lets the stack send again when there is room, and a link: netpoll sends without, and every packet
 * would have to be taken back by making the queue anew.
 */
void netcx_tx_wake(struct netcx_tx_queue *tx);
/* Tells the client about what was written since the last time. */
void netcx_tx_post(struct netcx_tx_queue *tx);
/* Stops the stack, unless completing what was returned makes room. */
bool netcx_tx_stop(struct netcx_tx_queue *tx);

static inline void netcx_tx_count(struct netcx_tx_queue *tx, u64_stats_t *counter)
{
	u64_stats_update_begin(&tx->stats.sync);
	u64_stats_inc(counter);
	u64_stats_update_end(&tx->stats.sync);
}

#endif /* NETCX_LINUX_TX_RING_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets that are copied to where the client takes them. All under the tx queue's lock. */
#ifndef NETCX_LINUX_TX_BOUNCE_H
#define NETCX_LINUX_TX_BOUNCE_H

#include <linux/sizes.h>

#include "../../core/core.h"
#include "tx_queue.h"

/* The largest packet of TCP that is given to a client which needs copies: they are in one piece. */
#define NETCX_BOUNCE_TSO_MAX	SZ_16K

/* What can be met: see netcx_bounce_alloc(). */
#define NETCX_BOUNCE_ALIGNMENT_MAX	SZ_4K
#define NETCX_BOUNCE_BACKFILL_MAX	SZ_1K

/* Does the client say where a fragment is to lie? Few packets do, and XDP's cannot be moved. */
static inline bool netcx_tx_has_demands(const struct netcx_adapter *adapter)
{
	return adapter->tx.FragmentBufferAlignment > 1 || adapter->tx.PayloadBackfill;
}

/*
 * May packets need a copy? Those of the stack do as well if the client segments TCP and takes
 * packets in one piece only: TCP's come in several.
 */
static inline bool netcx_tx_needs_copies(const struct netcx_adapter *adapter)
{
	return netcx_tx_has_demands(adapter) ||
	       (adapter->tx.MaximumNumberOfFragments < 2 && adapter->gso.Layer3Flags);
}

/* Before the queue is visible. Does nothing if no packet needs a copy. */
int netcx_bounce_open(struct netcx_tx_queue *tx, const struct netcx_adapter *adapter, u32 packets);
/* After the copies that are left were freed. */
void netcx_bounce_close(struct netcx_tx_queue *tx);
/* Has the client's MTU grown beyond what the queue has memory for? Such packets are dropped. */
bool netcx_bounce_is_outgrown(const struct netcx_tx_queue *tx);
bool netcx_bounce_is_needed(const struct netcx_tx_queue *tx, const struct sk_buff *skb);
/* Makes a copy the fragment at @index, of the packet in @slot. */
int netcx_bounce(struct netcx_tx_queue *tx, u32 slot, u32 index, const struct sk_buff *skb);
/* Frees the copy, which the device reads no more. Interrupts are on. */
void netcx_bounce_free(struct netcx_tx_queue *tx, u32 slot);

#endif /* NETCX_LINUX_TX_BOUNCE_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* A tx queue, an rx queue and the NAPI instance they share. */
#ifndef NETCX_LINUX_CHANNEL_H
#define NETCX_LINUX_CHANNEL_H

#include <linux/cpumask.h>
#include <linux/dim.h>
#include <linux/irq_work.h>
#include <linux/netdevice.h>
#include <linux/timer.h>

#include "rx_queue.h"
#include "tx_queue.h"
#include "../../core/core.h"

struct netcx_netdev;
struct xsk_buff_pool;

#if IS_REACHABLE(CONFIG_DIMLIB)
/* Adaptive moderation of a channel's interrupts. */
struct netcx_dim {
	struct dim rx;
	struct dim tx;
	/* What NAPI reported last, and how often; all of it belongs to NAPI's owner. */
	u64 rx_packets;
	u64 tx_packets;
	u16 rx_events;
	u16 tx_events;
};
#else
struct netcx_dim {};
#endif

/* What of a channel adapts itself. */
#define NETCX_ADAPTIVE_RX	BIT(0)
#define NETCX_ADAPTIVE_TX	BIT(1)

/* The queues of a channel. */
#define NETCX_CHANNEL_TX	BIT(0)
#define NETCX_CHANNEL_RX	BIT(1)

/* The n-th tx queue and the n-th rx queue, where there are such, share one NAPI. */
struct netcx_channel {
	struct napi_struct napi;
	struct netcx_netdev *nd;
	/*
	 * The queues that packets go through, NULL while there is none or it is made anew. @tx is
	 * written under the tx queue's lock, so who holds that may use it; @rx with NAPI off.
	 */
	struct netcx_tx_queue *tx;
	struct netcx_rx_queue *rx;
	/* Under rtnl: the queues that are being started or stopped, NETCX_CHANNEL_*. */
	u8 changing;
	/* NETCX_ADAPTIVE_*: NAPI reports to dim.c. */
	u8 adaptive;
	/* Under rtnl: what AF_XDP sockets brought for both queues. */
	struct xsk_buff_pool *xsk_pool;
	/* xmit and NAPI may run on different processors. */
	struct netcx_tx_queue tx_storage ____cacheline_aligned_in_smp;
	struct netcx_rx_queue rx_storage ____cacheline_aligned_in_smp;
	/* The processors it is for, as a hint to whoever spreads interrupts. */
	cpumask_var_t cpus;
	/* Under rtnl, by enum netcx_queue_type: the queue's interrupt was placed there once. */
	bool placed[2];
	struct netcx_dim dim;
	/* Schedules NAPI after receive memory ran out. Armed by NAPI's owner only. */
	struct timer_list retry;
	/* Schedules NAPI for a task that has interrupts off. */
	struct irq_work kick;
	/* Under moderation_lock: what is in force. */
	struct netcx_interrupt_moderation moderation;
} ____cacheline_aligned_in_smp;

/* Under rtnl. NAPI is on while there is a queue that it polls. */
static inline bool netcx_channel_is_attached(const struct netcx_channel *channel)
{
	return channel->tx || channel->rx;
}

#endif /* NETCX_LINUX_CHANNEL_H */

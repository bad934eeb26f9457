// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hung transmit queues. The stack's watchdog sees only queues that are stopped, so one that hangs
 * with a few packets in it would swallow them for ever; a look once a second finds those too.
 */
#include <linux/workqueue.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../datapath/tx_ring.h"
#include "../datapath/tx_queue.h"
#include "../os/compat.h"
#include "netdev_priv.h"
#include "watchdog.h"

#define NETCX_WATCHDOG_PERIOD	HZ
/* Looks without progress; as long as the stack's watchdog waits. */
#define NETCX_WATCHDOG_PATIENCE	5

/* A reset may be what frees memory: swap on the network waits for packets that hang. */
static struct workqueue_struct *netcx_watchdog_wq;

static void netcx_tx_hangs(struct netcx_netdev *nd, const struct netcx_queue *q)
{
	const NET_RING *pr = q->packets;
	const NET_RING *fr = q->fragments;

	atomic64_inc(&nd->tx_timeouts);
	if (netcx_device_may_log(nd->device))
		netdev_err(nd->netdev,
			   "tx queue %u hangs: packets Begin %u Next %u End %u reclaimed %u, fragments Begin %u Next %u End %u, %s; a reset is asked for\n",
			   q->id, pr->BeginIndex, pr->NextIndex, pr->EndIndex, pr->OSReserved0,
			   fr->BeginIndex, fr->NextIndex, fr->EndIndex,
			   q->armed ? "waiting for a notification" : "not armed");
	netcx_device_schedule_reset(nd->device);
}

void netcx_tx_timeout(struct net_device *netdev, unsigned int index)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netdev_queue *nq = netdev_get_tx_queue(netdev, index);
	const struct netcx_tx_queue *tx;

	/* NULL while the queue is being remade: not a hang. */
	__netif_tx_lock(nq, smp_processor_id());
	tx = nd->channels[index].tx;
	if (tx && !netcx_core_adapter_is_transmit_paused(nd->adapter))
		netcx_tx_hangs(nd, tx->q);
	__netif_tx_unlock(nq);
}

/*
 * Held by flow control, a queue does not hang: netcx_tx_is_stuck() is told, and the time-outs of
 * the stack's watchdog are restarted, so that they begin when transmission goes on.
 */
static bool netcx_watchdog_is_paused(struct netcx_netdev *nd)
{
	const bool paused = netcx_core_adapter_is_transmit_paused(nd->adapter);
	unsigned int i;

	if (paused) {
		for (i = 0; i < nd->num_tx; i++)
			txq_trans_cond_update(netdev_get_tx_queue(nd->netdev, i));
	}
	return paused;
}

/* Under the tx queue's lock: has the client owned packets for too long without finishing any? */
static bool netcx_tx_is_stuck(struct netcx_tx_queue *tx, bool paused)
{
	const u64 finished = u64_stats_read(&tx->stats.packets);

	if (!netcx_tx_client_owns(tx) || finished != tx->finished_before ||
	    !netif_carrier_ok(tx->netdev) || tx->broken || paused) {
		tx->finished_before = finished;
		tx->looks = 0;
		return false;
	}
	return ++tx->looks >= NETCX_WATCHDOG_PATIENCE;
}

static void netcx_tx_watch(struct netcx_tx_queue *tx, bool paused)
{
	/* Completes packets whose notification was lost. */
	netcx_tx_complete(tx, 0);
	netcx_tx_wake(tx);
	if (netcx_tx_is_stuck(tx, paused)) {
		tx->looks = 0;
		netcx_tx_hangs(tx->channel->nd, tx->q);
	}
}

static void netcx_watchdog_work(struct work_struct *work)
{
	struct netcx_netdev *nd = container_of(to_delayed_work(work), struct netcx_netdev,
					       watchdog_work);
	const bool paused = netcx_watchdog_is_paused(nd);
	bool owns = false;
	unsigned int i;

	for (i = 0; i < nd->max_tx; i++) {
		struct netdev_queue *nq = netdev_get_tx_queue(nd->netdev, i);
		struct netcx_tx_queue *tx;

		__netif_tx_lock_bh(nq);
		tx = nd->channels[i].tx;
		if (tx) {
			netcx_tx_watch(tx, paused);
			owns |= netcx_tx_client_owns(tx);
		}
		__netif_tx_unlock_bh(nq);
	}
	/*
	 * Without a link packets are given up, since their senders may wait for them. That is no
	 * work for this workqueue: it waits for works of others, which may need memory, and without
	 * a link nobody frees any by way of this interface.
	 */
	if (owns && !netif_carrier_ok(nd->netdev))
		schedule_work(&nd->flush_work);
	netcx_watchdog_start(nd);
}

int netcx_watchdog_create(void)
{
	netcx_watchdog_wq = alloc_workqueue("netcx_watchdog", WQ_MEM_RECLAIM | WQ_PERCPU, 0);
	return netcx_watchdog_wq ? 0 : -ENOMEM;
}

void netcx_watchdog_destroy(void)
{
	destroy_workqueue(netcx_watchdog_wq);
}

void netcx_watchdog_init(struct netcx_netdev *nd)
{
	INIT_DELAYED_WORK(&nd->watchdog_work, netcx_watchdog_work);
}

void netcx_watchdog_start(struct netcx_netdev *nd)
{
	queue_delayed_work(netcx_watchdog_wq, &nd->watchdog_work,
			   round_jiffies_relative(NETCX_WATCHDOG_PERIOD));
}

void netcx_watchdog_stop(struct netcx_netdev *nd)
{
	cancel_delayed_work_sync(&nd->watchdog_work);
}

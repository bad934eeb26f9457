// SPDX-License-Identifier: GPL-2.0-only
/*
 * A channel's NAPI: polls the tx and the rx queue, and asks the client for a notification when
 * there is nothing left to do.
 *
 * A notification is asked for once (armed), comes at most once, and may come at any time until the
 * queue has stopped. What finished before it was armed is not notified, so after arming the rings
 * are polled once more. That happens with NAPI's ownership taken anew: a notification meanwhile
 * then marks NAPI as missed instead of being lost. Without that ownership nothing of a queue may be
 * looked at: napi_disable() may have returned, and the queues be gone.
 *
 * Where receive memory has run out, polling on would only keep the processor from those who could
 * free some: NAPI completes as ever, and a timer schedules it again. A device that has buffers left
 * notifies as well, and whichever comes first tries again.
 */
#include <linux/jiffies.h>
#include <linux/timer.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../netdev/netdev_priv.h"
#include "../os/compat.h"
#include "callbacks.h"
#include "channel.h"
#include "dim.h"
#include "poll.h"
#include "rx.h"
#include "rx_queue.h"
#include "trace.h"
#include "tx_queue.h"
#include "tx_ring.h"
#include "tx_xsk.h"

/* Between looks for receive memory. The page allocator's own helpers need some milliseconds. */
#define NETCX_RETRY	msecs_to_jiffies(20)

/* How often memory of whoever wants to be polled is looked for before it is waited for, too. */
#define NETCX_FRUITLESS_POLLS	1000

void netcx_os_queue_notify(struct netcx_queue *q)
{
	struct netcx_channel *channel = READ_ONCE(q->os);

	/*
	 * Pairs with netcx_arm(): @armed is set before the client unmasks. If it reads as false
	 * here, that unmasking is still to come, and NAPI polls after it.
	 */
	smp_mb();
	/* Not armed: NAPI polls after the next arming, so nothing is lost. */
	if (!READ_ONCE(q->armed) || unlikely(!channel)) {
		netcx_verify_notification(q);
		return;
	}
	WRITE_ONCE(q->armed, false);
	trace_netcx_notify(channel, q);
	netcx_channel_schedule(channel);
}

/* Under the tx queue's lock. Is there more to do at once? */
static bool netcx_tx_work(struct netcx_tx_queue *tx, int budget)
{
	bool more = false;

	if (unlikely(tx->xsk) && budget)
		more = netcx_xsk_poll(tx, budget);
	else
		netcx_tx_service(tx, budget);
	netcx_tx_wake(tx);
	return more;
}

static bool netcx_tx_poll(struct netcx_tx_queue *tx, int budget)
{
	bool more;

	if (unlikely(!budget)) {
		/* netpoll: it may come from a printk() under this very lock. */
		if (!__netif_tx_trylock(tx->nq))
			return false;
	} else {
		__netif_tx_lock(tx->nq, smp_processor_id());
	}
	more = netcx_tx_work(tx, budget);
	/*
	 * Where the client owns nothing the next xmit arms. netpoll (budget 0) never arms, so it
	 * leaves @watched as it is.
	 */
	if (likely(budget))
		tx->watched = netcx_tx_client_owns(tx);
	__netif_tx_unlock(tx->nq);
	return more;
}

/* Arms the tx queue while the client owns packets. Is there more to do at once? */
static bool netcx_tx_arm(struct netcx_tx_queue *tx, int budget)
{
	bool more = false;

	__netif_tx_lock(tx->nq, smp_processor_id());
	if (netcx_tx_client_owns(tx) && !tx->broken) {
		netcx_arm(tx->q);
		tx->watched = true;
		more = netcx_tx_work(tx, budget);
	} else {
		tx->watched = false;
	}
	__netif_tx_unlock(tx->nq);
	return more;
}

/*
 * By NAPI's owner: napi_disable() waits for it to complete, and netcx_poll_disable() deletes the
 * timer after that.
 */
static void netcx_poll_again_later(struct netcx_channel *channel)
{
	if (!timer_pending(&channel->retry))
		mod_timer(&channel->retry, jiffies + NETCX_RETRY);
}

/* Fills the rx rings up. Is there more to do at once? */
static bool netcx_rx_fill(struct netcx_rx_queue *rx)
{
	const u32 filled = rx->q->fragments->EndIndex;
	const bool full = netcx_rx_refill(rx);

	if (full || rx->q->fragments->EndIndex != filled)
		rx->fruitless = 0;
	if (likely(full))
		return false;
	if (rx->memory->polled_for && rx->fruitless < NETCX_FRUITLESS_POLLS) {
		rx->fruitless++;
		return true;
	}
	netcx_poll_again_later(rx->channel);
	return false;
}

/*
 * Returns whether there is more to do: packets came in while it armed the rx queue. The rings are
 * filled up first, since a device without buffers receives nothing, and so has nothing to notify
 * of.
 */
static bool netcx_rx_arm(struct netcx_rx_queue *rx)
{
	bool more;

	if (unlikely(rx->broken))
		return false;
	more = netcx_rx_fill(rx);
	netcx_arm(rx->q);
	netcx_advance(rx->q);
	return more || rx->q->packets->BeginIndex != rx->q->packets->OSReserved0;
}

static bool netcx_channel_is_armed(const struct netcx_channel *channel)
{
	return (!channel->rx || READ_ONCE(channel->rx->q->armed)) &&
	       (!channel->tx || READ_ONCE(channel->tx->q->armed) ||
		!READ_ONCE(channel->tx->watched));
}

int netcx_poll(struct napi_struct *napi, int budget)
{
	struct netcx_channel *channel = container_of(napi, struct netcx_channel, napi);
	struct netcx_rx_queue *rx = channel->rx;
	struct netcx_tx_queue *tx = channel->tx;
	bool settled = true;
	bool more = false;
	int work = 0;

	if (tx)
		more = netcx_tx_poll(tx, budget);
	if (unlikely(!budget))
		return 0;

	if (rx && likely(!rx->broken)) {
		u32 begin = rx->q->fragments->BeginIndex;

		more |= netcx_rx_fill(rx);

		netcx_advance(rx->q);
		work = netcx_rx_indicate(rx, budget);
		settled = !work && rx->q->fragments->BeginIndex == begin;
	}
	if (work == budget || unlikely(more))
		return budget;
	if (unlikely(READ_ONCE(channel->adaptive)))
		netcx_dim_sample(channel);

	/* Both queues are armed, and no buffer came back: nothing can be missed. */
	settled = settled && netcx_channel_is_armed(channel);
	if (!napi_complete_done(napi, work) || settled || !napi_schedule_prep(napi))
		return work;

	if (tx)
		more = netcx_tx_arm(tx, budget);
	if ((rx && netcx_rx_arm(rx)) || unlikely(more))
		__napi_schedule(napi);
	else
		napi_complete_done(napi, 0);
	return work;
}

/* May fire after napi_disable(): napi_schedule() does nothing then. */
static void netcx_poll_retry(struct timer_list *timer)
{
	struct netcx_channel *channel = container_of(timer, struct netcx_channel, retry);

	napi_schedule(&channel->napi);
}

void netcx_poll_init(struct netcx_channel *channel)
{
	timer_setup(&channel->retry, netcx_poll_retry, 0);
	netcx_napi_init(channel);
	netif_napi_add(channel->nd->netdev, &channel->napi, netcx_poll);
}

void netcx_poll_exit(struct netcx_channel *channel)
{
	netcx_napi_exit(channel);
	netif_napi_del(&channel->napi);
}

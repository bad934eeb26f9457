// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of queues: created, started, attached to their channel's NAPI and the stack; detached,
 * cancelled, drained, stopped, destroyed. Each step is about the marked queues; another queue
 * pauses only while a queue joins or leaves the NAPI of its channel.
 */
#include <linux/delay.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../../core/verifier.h"
#include "../bus/device.h"
#include "../bus/pci.h"
#include "../datapath/callbacks.h"
#include "../datapath/channel.h"
#include "../datapath/dim.h"
#include "../datapath/poll.h"
#include "../datapath/ring.h"
#include "../datapath/rss.h"
#include "../datapath/rx.h"
#include "../datapath/rx_queue.h"
#include "../datapath/tx.h"
#include "../datapath/tx_queue.h"
#include "../datapath/tx_ring.h"
#include "../datapath/verifier.h"
#include "affinity.h"
#include "channel_queues.h"
#include "netdev_priv.h"
#include "netlink.h"

/* ---- which ---- */

static bool netcx_channel_changes_tx(const struct netcx_channel *channel)
{
	return channel->changing & NETCX_CHANNEL_TX;
}

static bool netcx_channel_changes_rx(const struct netcx_channel *channel)
{
	return channel->changing & NETCX_CHANNEL_RX;
}

u8 netcx_channel_queues(const struct netcx_channel *channel)
{
	return (channel->tx_storage.q ? NETCX_CHANNEL_TX : 0) |
	       (channel->rx_storage.q ? NETCX_CHANNEL_RX : 0);
}

void netcx_channels_mark(struct netcx_netdev *nd, u8 queues)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		nd->channels[i].changing = netcx_channel_queues(&nd->channels[i]) & queues;
}

bool netcx_channels_are_marked(const struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].changing)
			return true;
	return false;
}

/* Is there an unmarked rx queue? Receive scaling is enabled and disabled while there is none. */
static bool netcx_channels_have_other_rx(const struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx_storage.q && !netcx_channel_changes_rx(&nd->channels[i]))
			return true;
	return false;
}

/* ---- created and destroyed ---- */

static int netcx_queue_create_tx(struct netcx_netdev *nd, unsigned int i)
{
	struct netcx_channel *channel = &nd->channels[i];
	struct netcx_queue *q;
	int err;

	err = netcx_core_queue_create(nd->adapter, NETCX_QUEUE_TX, i, nd->tx_ring, nd->tx_ring, &q);
	if (err)
		return err;
	err = netcx_tx_open(&channel->tx_storage, channel, q);
	if (err) {
		netcx_core_queue_destroy(q);
		return err;
	}
	netcx_affinity_set(channel, q);
	return 0;
}

static int netcx_queue_create_rx(struct netcx_netdev *nd, unsigned int i)
{
	struct netcx_channel *channel = &nd->channels[i];
	struct netcx_queue *q;
	int err;

	err = netcx_core_queue_create(nd->adapter, NETCX_QUEUE_RX, i, nd->rx_ring, nd->rx_ring, &q);
	if (err)
		return err;
	err = netcx_rx_open(&channel->rx_storage, channel, q);
	if (err) {
		channel->rx_storage.q = NULL;
		netcx_core_queue_destroy(q);
		return err;
	}
	netcx_affinity_set(channel, q);
	return 0;
}

static void netcx_queue_destroy_tx(struct netcx_channel *channel)
{
	struct netcx_tx_queue *tx = &channel->tx_storage;
	struct netcx_queue *q = tx->q;

	netcx_affinity_forget(channel, q);
	netcx_tx_close(tx);
	netcx_core_queue_destroy(q);
}

static void netcx_queue_destroy_rx(struct netcx_channel *channel)
{
	struct netcx_queue *q = channel->rx_storage.q;

	netcx_affinity_forget(channel, q);
	netcx_rx_close(&channel->rx_storage);
	netcx_core_queue_destroy(q);
}

void netcx_channels_destroy(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];

		if (netcx_channel_changes_tx(channel) && channel->tx_storage.q)
			netcx_queue_destroy_tx(channel);
		if (netcx_channel_changes_rx(channel) && channel->rx_storage.q)
			netcx_queue_destroy_rx(channel);
	}
}

/* Rx queues that were created, and never attached. */
static void netcx_channels_leave_napi(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];

		if (!netcx_channel_changes_rx(channel) || !channel->rx_storage.q)
			continue;
		netcx_poll_pause(channel);
		netcx_rx_leave_napi(&channel->rx_storage);
		netcx_poll_resume(channel);
	}
}

int netcx_channels_create(struct netcx_netdev *nd)
{
	const bool first_rx = !netcx_channels_have_other_rx(nd);
	unsigned int i;
	int err = 0;

	for (i = 0; i < nd->num_channels && !err; i++)
		if (netcx_channel_changes_tx(&nd->channels[i]))
			err = netcx_queue_create_tx(nd, i);
	for (i = 0; i < nd->num_channels && !err; i++)
		if (netcx_channel_changes_rx(&nd->channels[i]))
			err = netcx_queue_create_rx(nd, i);
	if (!err && first_rx)
		err = netcx_rss_enable(nd);
	if (err) {
		if (netcx_device_may_log(nd->device))
			netdev_err(nd->netdev,
				   "creating queues, of %u tx and %u rx, failed with %d\n",
				   nd->num_tx, nd->num_rx, err);
		netcx_channels_leave_napi(nd);
		netcx_channels_destroy(nd);
	}
	return err;
}

/* ---- started and stopped ---- */

static void netcx_queue_start(struct netcx_queue *q, struct netcx_channel *channel)
{
	q->armed = false;
	/* From here on netcx_os_queue_notify() uses the channel, which is initialised. */
	smp_store_release(&q->os, channel);
	netcx_core_queue_start(q);
}

static void netcx_queue_stop(struct netcx_queue *q)
{
	netcx_core_queue_stop(q);
	WRITE_ONCE(q->os, NULL);
}

void netcx_channels_start(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_changes_tx(&nd->channels[i]))
			netcx_queue_start(nd->channels[i].tx_storage.q, &nd->channels[i]);
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_changes_rx(&nd->channels[i]))
			netcx_queue_start(nd->channels[i].rx_storage.q, &nd->channels[i]);
}

/* Calls Advance of the marked queues that are not drained. True: all of them are. */
static bool netcx_channel_drain(struct netcx_channel *channel)
{
	struct netcx_tx_queue *tx = &channel->tx_storage;
	struct netcx_rx_queue *rx = &channel->rx_storage;
	bool drained = true;

	if (netcx_channel_changes_tx(channel) && !netcx_core_queue_drained(tx->q)) {
		__netif_tx_lock_bh(tx->nq);
		netcx_advance(tx->q);
		__netif_tx_unlock_bh(tx->nq);
		drained = netcx_core_queue_drained(tx->q);
	}
	if (netcx_channel_changes_rx(channel)) {
		if (!netcx_core_queue_drained(rx->q)) {
			local_bh_disable();
			netcx_advance(rx->q);
			local_bh_enable();
			drained &= netcx_core_queue_drained(rx->q);
		}
		netcx_rx_discard(rx);
	}
	return drained;
}

/* The last chance to take back buffers whose return contexts are in a ring. */
static void netcx_channel_hand_back(struct netcx_channel *channel)
{
	struct netcx_rx_queue *rx = &channel->rx_storage;

	if (!netcx_channel_changes_rx(channel) || !rx->q->returns || rx->broken ||
	    rx->q->returns->BeginIndex == rx->q->returns->EndIndex)
		return;
	local_bh_disable();
	netcx_advance(rx->q);
	local_bh_enable();
}

static void netcx_channel_log_undrained(const struct netcx_channel *channel, const char *direction,
					struct netcx_queue *q)
{
	const struct netcx_netdev *nd = channel->nd;

	if (netcx_core_queue_drained(q))
		return;
	if (netcx_device_may_log(nd->device))
		netdev_err(nd->netdev,
			   "%s: %s queue %u still owns %u packets and %u fragments %u ms after Cancel; the device's DMA is stopped\n",
			   nd->adapter->client_name, direction, q->id,
			   netcx_ring_distance(q->packets, q->packets->BeginIndex,
					       q->packets->EndIndex),
			   netcx_ring_distance(q->fragments, q->fragments->BeginIndex,
					       q->fragments->EndIndex),
			   NETCX_DRAIN_TIMEOUT_MS);
	netcx_verifier_undrained(q);
}

/*
 * Goes on calling Advance until the client owns nothing. If it does not come to that, the device is
 * kept from touching the buffers, which are about to be freed, and reset.
 */
static void netcx_channels_drain(struct netcx_netdev *nd)
{
	const unsigned long deadline = jiffies + msecs_to_jiffies(NETCX_DRAIN_TIMEOUT_MS);
	bool drained = true;
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		while (!netcx_channel_drain(&nd->channels[i])) {
			if (time_after(jiffies, deadline)) {
				drained = false;
				break;
			}
			usleep_range(500, 1000);
		}
		netcx_channel_hand_back(&nd->channels[i]);
	}
	if (drained)
		return;

	netcx_device_stop_dma(nd->device);
	for (i = 0; i < nd->num_channels; i++) {
		const struct netcx_channel *channel = &nd->channels[i];

		if (netcx_channel_changes_tx(channel))
			netcx_channel_log_undrained(channel, "tx", channel->tx_storage.q);
		if (netcx_channel_changes_rx(channel))
			netcx_channel_log_undrained(channel, "rx", channel->rx_storage.q);
	}
	/* A device that leaves D0 anyway is initialised anew when it comes back. */
	if (nd->datapath)
		netcx_device_schedule_reset(nd->device);
}

/* What has been sent counts as that; what comes back after Cancel was not, see netcx_tx_close(). */
static void netcx_channel_settle(struct netcx_channel *channel)
{
	struct netcx_tx_queue *tx = &channel->tx_storage;

	__netif_tx_lock_bh(tx->nq);
	netcx_tx_service(tx, 0);
	__netif_tx_unlock_bh(tx->nq);
}

void netcx_channels_stop(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_changes_tx(&nd->channels[i])) {
			netcx_channel_settle(&nd->channels[i]);
			netcx_verifier_cancel(nd->channels[i].tx_storage.q);
		}
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_changes_rx(&nd->channels[i]))
			netcx_verifier_cancel(nd->channels[i].rx_storage.q);
	netcx_channels_drain(nd);
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_changes_tx(&nd->channels[i]))
			netcx_queue_stop(nd->channels[i].tx_storage.q);
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_changes_rx(&nd->channels[i]))
			netcx_queue_stop(nd->channels[i].rx_storage.q);
	if (!netcx_channels_have_other_rx(nd))
		netcx_rss_disable(nd);
}

/* ---- attached and detached ---- */

/* From netcx_channel_hold() to netcx_channel_resume() the channel's NAPI does not run. */
static void netcx_channel_hold(struct netcx_channel *channel)
{
	if (!netcx_channel_is_attached(channel))
		return;
	netcx_poll_disable(channel);
	netcx_dim_stop_channel(channel);
}

static void netcx_channel_resume(struct netcx_channel *channel)
{
	if (!netcx_channel_is_attached(channel))
		return;
	netcx_dim_start_channel(channel);
	netcx_poll_enable(channel);
	/* The first poll fills the rx rings; a notification that came meanwhile was lost. */
	netcx_channel_schedule(channel);
}

static void netcx_channel_attach(struct netcx_channel *channel)
{
	struct netcx_tx_queue *tx = &channel->tx_storage;
	const u8 queues = channel->changing;

	netcx_channel_hold(channel);
	channel->changing = 0;
	if (queues & NETCX_CHANNEL_TX) {
		__netif_tx_lock_bh(tx->nq);
		channel->tx = tx;
		__netif_tx_unlock_bh(tx->nq);
	}
	if (queues & NETCX_CHANNEL_RX)
		channel->rx = &channel->rx_storage;
	netcx_netlink_start(channel, queues);
	netcx_channel_resume(channel);
	/*
	 * Wake also a queue that was only remade: the qdisc may hold packets and nothing else will
	 * kick it. Without a link NAPI wakes it when there is one.
	 */
	if (queues & NETCX_CHANNEL_TX && netif_carrier_ok(channel->nd->netdev))
		netif_tx_wake_queue(tx->nq);
}

void netcx_channels_attach(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].changing)
			netcx_channel_attach(&nd->channels[i]);
}

static void netcx_channel_detach(struct netcx_channel *channel)
{
	struct netcx_tx_queue *tx = &channel->tx_storage;
	const u8 queues = channel->changing;

	/* NAPI first, since it wakes tx queues. */
	netcx_channel_hold(channel);
	netcx_netlink_stop(channel, queues);
	if (queues & NETCX_CHANNEL_TX) {
		__netif_tx_lock_bh(tx->nq);
		netif_tx_stop_queue(tx->nq);
		/* Restarts the tx watchdog's time-out: the queue is stopped for a moment only. */
		txq_trans_cond_update(tx->nq);
		channel->tx = NULL;
		__netif_tx_unlock_bh(tx->nq);
	}
	if (queues & NETCX_CHANNEL_RX) {
		channel->rx = NULL;
		netcx_rx_leave_napi(&channel->rx_storage);
	}
	netcx_channel_resume(channel);
}

void netcx_channels_detach(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].changing)
			netcx_channel_detach(&nd->channels[i]);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of an interface's queues: created, started, cancelled, drained, stopped, destroyed. All
 * of it under rtnl, with NAPI and xmit off while a queue is not started.
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
#include "../datapath/tx_bounce.h"
#include "../datapath/tx_queue.h"
#include "../datapath/verifier.h"
#include "affinity.h"
#include "filter.h"
#include "netdev_priv.h"
#include "netlink.h"
#include "queues.h"
#include "watchdog.h"

static int netcx_queue_open_tx(struct netcx_netdev *nd, unsigned int i)
{
	struct netcx_channel *channel = &nd->channels[i];
	struct netcx_queue *q;
	int err;

	err = netcx_core_queue_create(nd->adapter, NETCX_QUEUE_TX, i, nd->tx_ring, nd->tx_ring, &q);
	if (err)
		return err;
	err = netcx_tx_open(&channel->tx_storage, channel, q);
	if (err)
		goto destroy;
	err = netcx_bounce_open(&channel->tx_storage, nd->adapter, nd->tx_ring);
	if (err)
		goto close;
	channel->tx = &channel->tx_storage;
	netcx_affinity_set(channel, q);
	return 0;

close:
	netcx_tx_close(&channel->tx_storage);
destroy:
	netcx_core_queue_destroy(q);
	return err;
}

static int netcx_queue_open_rx(struct netcx_netdev *nd, unsigned int i)
{
	struct netcx_channel *channel = &nd->channels[i];
	struct netcx_queue *q;
	int err;

	err = netcx_core_queue_create(nd->adapter, NETCX_QUEUE_RX, i, nd->rx_ring, nd->rx_ring, &q);
	if (err)
		return err;
	err = netcx_rx_open(&channel->rx_storage, channel, q);
	if (err) {
		netcx_core_queue_destroy(q);
		return err;
	}
	channel->rx = &channel->rx_storage;
	netcx_affinity_set(channel, q);
	return 0;
}

static void netcx_queues_close(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];

		if (channel->tx) {
			struct netcx_queue *q = channel->tx->q;

			netcx_affinity_forget(channel, q);
			netcx_tx_close(channel->tx);
			netcx_bounce_close(channel->tx);
			netcx_core_queue_destroy(q);
			channel->tx = NULL;
		}
		if (channel->rx) {
			struct netcx_queue *q = channel->rx->q;

			netcx_affinity_forget(channel, q);
			netcx_rx_close(channel->rx);
			netcx_core_queue_destroy(q);
			channel->rx = NULL;
		}
	}
}

static int netcx_queues_open(struct netcx_netdev *nd)
{
	unsigned int i;
	int err;

	nd->adapter->verified = nd->device->verified;
	for (i = 0; i < nd->num_tx; i++) {
		err = netcx_queue_open_tx(nd, i);
		if (err)
			goto close;
	}
	for (i = 0; i < nd->num_rx; i++) {
		err = netcx_queue_open_rx(nd, i);
		if (err)
			goto close;
	}
	err = netcx_rss_enable(nd);
	if (err)
		goto close;
	return 0;

close:
	netdev_err(nd->netdev, "creating %u tx and %u rx queues failed with %d\n", nd->num_tx,
		   nd->num_rx, err);
	netcx_queues_close(nd);
	return err;
}

static void netcx_queue_start(struct netcx_queue *q, struct netcx_channel *channel)
{
	q->armed = false;
	/* A notification finds the channel from here on, and looks at what is in it. */
	smp_store_release(&q->os, channel);
	netcx_core_queue_start(q);
}

static void netcx_queue_stop(struct netcx_queue *q)
{
	netcx_core_queue_stop(q);
	WRITE_ONCE(q->os, NULL);
}

/* One round of asking a cancelled channel for what it still owns; true: it owns nothing. */
static bool netcx_channel_drain(struct netcx_channel *channel)
{
	struct netcx_tx_queue *tx = channel->tx;
	struct netcx_rx_queue *rx = channel->rx;
	bool drained = true;

	if (tx && !netcx_core_queue_drained(tx->q)) {
		__netif_tx_lock_bh(tx->nq);
		netcx_advance(tx->q);
		__netif_tx_unlock_bh(tx->nq);
		drained = netcx_core_queue_drained(tx->q);
	}
	if (rx) {
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

static void netcx_channel_log_undrained(const struct netcx_channel *channel, const char *direction,
					struct netcx_queue *q)
{
	const struct netcx_netdev *nd = channel->nd;

	netdev_err(nd->netdev,
		   "%s: %s queue %u still owns %u packets and %u fragments %u ms after Cancel; the device's DMA is stopped\n",
		   nd->adapter->client_name, direction, q->id,
		   netcx_ring_distance(q->packets, q->packets->BeginIndex, q->packets->EndIndex),
		   netcx_ring_distance(q->fragments, q->fragments->BeginIndex,
				       q->fragments->EndIndex),
		   NETCX_DRAIN_TIMEOUT_MS);
	netcx_verifier_undrained(q);
}

/*
 * Goes on calling Advance until the client owns nothing. If it does not come to that, the device is
 * kept from touching the buffers, which are about to be freed, and reset.
 */
static void netcx_queues_drain(struct netcx_netdev *nd)
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
	}
	if (drained)
		return;

	netcx_device_stop_dma(nd->device);
	for (i = 0; i < nd->num_channels; i++) {
		const struct netcx_channel *channel = &nd->channels[i];

		if (channel->tx && !netcx_core_queue_drained(channel->tx->q))
			netcx_channel_log_undrained(channel, "tx", channel->tx->q);
		if (channel->rx && !netcx_core_queue_drained(channel->rx->q))
			netcx_channel_log_undrained(channel, "rx", channel->rx->q);
	}
	/* A device that is going down anyway comes back afresh. */
	if (nd->datapath)
		netcx_device_schedule_reset(nd->device);
}

/*
 * From when to when reports of the link reach the netdev, and frames of XDP the tx queues.
 */
static void netcx_set_running(struct netcx_netdev *nd, bool running)
{
	spin_lock_irq(&nd->link_lock);
	/* Who reads it as true, under a tx queue's lock, finds the queue. */
	smp_store_release(&nd->running, running);
	spin_unlock_irq(&nd->link_lock);
}

static bool netcx_channel_is_used(const struct netcx_channel *channel)
{
	return channel->tx || channel->rx;
}

int netcx_queues_up(struct netcx_netdev *nd)
{
	unsigned int i;
	int err;

	err = netcx_queues_open(nd);
	if (err)
		return err;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].tx)
			netcx_queue_start(nd->channels[i].tx->q, &nd->channels[i]);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_queue_start(nd->channels[i].rx->q, &nd->channels[i]);

	netcx_set_running(nd, true);
	netcx_filter_enable(nd);
	netcx_dim_start(nd);
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_is_used(&nd->channels[i]))
			netcx_poll_enable(&nd->channels[i]);
	netcx_netlink_start(nd);
	netcx_os_adapter_link_changed(nd->adapter);
	/*
	 * Not just started: what the stack queued meanwhile may be all there is for a while. Those
	 * not in use as well: the stack's watchdog takes any that is stopped for one that hangs.
	 */
	for (i = 0; i < nd->max_tx; i++)
		netif_tx_wake_queue(netdev_get_tx_queue(nd->netdev, i));
	netcx_watchdog_start(nd);

	/* The first poll fills the rx rings. */
	local_bh_disable();
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_is_used(&nd->channels[i]))
			napi_schedule(&nd->channels[i].napi);
	local_bh_enable();
	return 0;
}

void netcx_queues_down(struct netcx_netdev *nd)
{
	unsigned int i;

	netcx_watchdog_stop(nd);
	/* Stopped for a moment only: nothing for the tx watchdog, however long they were idle. */
	for (i = 0; i < nd->max_tx; i++)
		txq_trans_cond_update(netdev_get_tx_queue(nd->netdev, i));
	netcx_netlink_stop(nd);
	/* NAPI first, since it wakes tx queues. */
	for (i = 0; i < nd->num_channels; i++)
		if (netcx_channel_is_used(&nd->channels[i]))
			netcx_poll_disable(&nd->channels[i]);
	netcx_dim_stop(nd);
	/* Then what locks tx queues finds them gone. */
	netcx_set_running(nd, false);
	netif_tx_disable(nd->netdev);
	netcx_filter_disable(nd);

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].tx)
			netcx_verifier_cancel(nd->channels[i].tx->q);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_verifier_cancel(nd->channels[i].rx->q);
	netcx_queues_drain(nd);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].tx)
			netcx_queue_stop(nd->channels[i].tx->q);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_queue_stop(nd->channels[i].rx->q);
	netcx_rss_disable(nd);
	netcx_queues_close(nd);
}

int netcx_queues_restore(struct netcx_netdev *nd)
{
	int err = netcx_queues_up(nd);

	if (err) {
		netif_carrier_off(nd->netdev);
		netdev_err(nd->netdev,
			   "without queues (%d): set the interface down and up to try again\n",
			   err);
	}
	return err;
}

struct netcx_queue_config netcx_queues_config(const struct netcx_netdev *nd)
{
	return (struct netcx_queue_config) {
		.num_tx = nd->num_tx,
		.num_rx = nd->num_rx,
		.tx_ring = nd->tx_ring,
		.rx_ring = nd->rx_ring,
		.rx_hash = nd->adapter->receive_hash,
		.rx_protocols = nd->rss.protocols,
	};
}

/* While there are no queues. */
static int netcx_queues_configure(struct netcx_netdev *nd, const struct netcx_queue_config *config)
{
	int err;

	if (config->num_tx != nd->num_tx || config->num_rx != nd->num_rx) {
		err = netif_set_real_num_queues(nd->netdev, config->num_tx, config->num_rx);
		if (err)
			return err;
		/* Frames of XDP come at any time. */
		WRITE_ONCE(nd->num_tx, config->num_tx);
		nd->num_rx = config->num_rx;
		netcx_xps_spread(nd);
		netcx_rss_update(nd);
	}
	nd->tx_ring = config->tx_ring;
	nd->rx_ring = config->rx_ring;
	nd->adapter->receive_hash = config->rx_hash;
	nd->rss.protocols = config->rx_protocols;
	return 0;
}

int netcx_queues_reconfigure(struct netcx_netdev *nd, const struct netcx_queue_config *config)
{
	const struct netcx_queue_config old = netcx_queues_config(nd);
	const bool up = netif_running(nd->netdev) && nd->datapath;
	int err;

	if (nd->running)
		netcx_queues_down(nd);
	err = netcx_queues_configure(nd, config);
	if (!err && up)
		err = netcx_queues_up(nd);
	if (!err)
		return 0;

	netcx_queues_configure(nd, &old);
	if (up)
		netcx_queues_restore(nd);
	return err;
}

int netcx_queues_set_offloads(struct netcx_netdev *nd, const struct netcx_offloads *offloads)
{
	netcx_queues_down(nd);
	netcx_core_adapter_set_offloads(nd->adapter, offloads);
	return netcx_queues_restore(nd);
}

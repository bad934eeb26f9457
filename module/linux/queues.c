// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of an interface's queues: created, started, cancelled, drained, stopped, destroyed. All
 * of it under rtnl, with NAPI and xmit off while a queue is not started.
 */
#include <linux/delay.h>

#include "netcx_linux.h"

static int netcx_queue_open_tx(struct netcx_netdev *nd, unsigned int i)
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
	channel->tx = &channel->tx_storage;
	return 0;
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
	return 0;
}

static void netcx_queues_close(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];

		if (channel->tx) {
			struct netcx_queue *q = channel->tx->q;

			netcx_tx_close(channel->tx);
			netcx_core_queue_destroy(q);
			channel->tx = NULL;
		}
		if (channel->rx) {
			struct netcx_queue *q = channel->rx->q;

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
	return 0;

close:
	netdev_err(nd->netdev, "creating the queues failed with %d\n", err);
	netcx_queues_close(nd);
	return err;
}

static void netcx_queue_start(struct netcx_queue *q, struct netcx_channel *channel)
{
	q->armed = false;
	WRITE_ONCE(q->os, channel);
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
		tx->q->advance(tx->q->handle);
		__netif_tx_unlock_bh(tx->nq);
		drained = netcx_core_queue_drained(tx->q);
	}
	if (rx) {
		if (!netcx_core_queue_drained(rx->q)) {
			local_bh_disable();
			rx->q->advance(rx->q->handle);
			local_bh_enable();
			drained &= netcx_core_queue_drained(rx->q);
		}
		netcx_rx_discard(rx);
	}
	return drained;
}

static void netcx_channel_log_undrained(const struct netcx_channel *channel, const char *direction,
					const struct netcx_queue *q)
{
	const struct netcx_netdev *nd = channel->nd;

	netdev_err(nd->netdev,
		   "%s: %s queue %u still owns %u packets and %u fragments %u ms after Cancel; the device's DMA is stopped\n",
		   nd->adapter->client_name, direction, q->id,
		   netcx_ring_distance(q->packets, q->packets->BeginIndex, q->packets->EndIndex),
		   netcx_ring_distance(q->fragments, q->fragments->BeginIndex,
				       q->fragments->EndIndex),
		   NETCX_DRAIN_TIMEOUT_MS);
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

/* From when to when reports of the link reach the netdev. */
static void netcx_set_running(struct netcx_netdev *nd, bool running)
{
	spin_lock_irq(&nd->link_lock);
	nd->running = running;
	spin_unlock_irq(&nd->link_lock);
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
	for (i = 0; i < nd->num_channels; i++)
		napi_enable(&nd->channels[i].napi);
	netcx_os_adapter_link_changed(nd->adapter);
	netif_tx_start_all_queues(nd->netdev);
	netcx_watchdog_start(nd);

	/* The first poll fills the rx rings. */
	local_bh_disable();
	for (i = 0; i < nd->num_channels; i++)
		napi_schedule(&nd->channels[i].napi);
	local_bh_enable();
	return 0;
}

void netcx_queues_down(struct netcx_netdev *nd)
{
	unsigned int i;

	netcx_watchdog_stop(nd);
	/* Stopped for a moment only: nothing for the tx watchdog, however long they were idle. */
	for (i = 0; i < nd->num_tx; i++)
		txq_trans_cond_update(netdev_get_tx_queue(nd->netdev, i));
	/* NAPI first, since it wakes tx queues. */
	for (i = 0; i < nd->num_channels; i++)
		napi_disable(&nd->channels[i].napi);
	netif_tx_disable(nd->netdev);
	netcx_filter_disable(nd);
	netcx_set_running(nd, false);

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].tx)
			netcx_core_queue_cancel(nd->channels[i].tx->q);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_core_queue_cancel(nd->channels[i].rx->q);
	netcx_queues_drain(nd);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].tx)
			netcx_queue_stop(nd->channels[i].tx->q);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_queue_stop(nd->channels[i].rx->q);
	netcx_queues_close(nd);
}

/* Other ring sizes; when there is no memory for them, back to the old ones. */
int netcx_queues_resize(struct netcx_netdev *nd, unsigned int tx_ring, unsigned int rx_ring)
{
	const unsigned int old_tx_ring = nd->tx_ring;
	const unsigned int old_rx_ring = nd->rx_ring;
	int err;

	nd->tx_ring = tx_ring;
	nd->rx_ring = rx_ring;
	if (!netif_running(nd->netdev) || !nd->datapath)
		return 0;

	if (nd->running)
		netcx_queues_down(nd);
	err = netcx_queues_up(nd);
	if (!err)
		return 0;

	nd->tx_ring = old_tx_ring;
	nd->rx_ring = old_rx_ring;
	if (netcx_queues_up(nd)) {
		netif_carrier_off(nd->netdev);
		netdev_err(nd->netdev,
			   "no memory for the old ring sizes either; set the interface down and up\n");
	}
	return err;
}

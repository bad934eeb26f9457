// SPDX-License-Identifier: GPL-2.0-only
/*
 * The queues of an interface: all of them up and down, and changed one by one while the others go
 * on and the link stays. All of it under rtnl.
 */
#include <linux/delay.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../bus/device.h"
#include "../datapath/channel.h"
#include "../datapath/dim.h"
#include "../datapath/rss.h"
#include "../datapath/tx_bounce.h"
#include "../datapath/tx_ring.h"
#include "../datapath/tx_queue.h"
#include "../datapath/tx_vlan.h"
#include "affinity.h"
#include "channel_queues.h"
#include "filter.h"
#include "netdev_priv.h"
#include "queues.h"
#include "watchdog.h"

/* How long packets that are being sent may take before those that are left are given up. */
#define NETCX_FLUSH_TIMEOUT_MS	50

/* ---- all of them ---- */

/* Enables or disables link reports to the netdev and ndo_xdp_xmit(). */
static void netcx_set_running(struct netcx_netdev *nd, bool running)
{
	spin_lock_irq(&nd->link_lock);
	/* Pairs with smp_load_acquire() in netcx_xdp_xmit(). */
	smp_store_release(&nd->running, running);
	spin_unlock_irq(&nd->link_lock);
}

/* Marks (channel->changing) the queues from index @tx/@rx up to the configured count. */
static void netcx_queues_mark_wanted(struct netcx_netdev *nd,
				     const struct netcx_queue_config *config, unsigned int tx,
				     unsigned int rx)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		nd->channels[i].changing =
			(i >= tx && i < config->num_tx ? NETCX_CHANNEL_TX : 0) |
			(i >= rx && i < config->num_rx ? NETCX_CHANNEL_RX : 0);
}

int netcx_queues_up(struct netcx_netdev *nd)
{
	const struct netcx_queue_config config = netcx_queues_config(nd);
	unsigned int i;
	int err;

	nd->adapter->verified = nd->device->verified;
	netcx_queues_mark_wanted(nd, &config, 0, 0);
	err = netcx_channels_create(nd);
	if (err)
		return err;
	netcx_channels_start(nd);
	netcx_set_running(nd, true);
	netcx_filter_enable(nd);
	netcx_channels_attach(nd);
	netcx_dim_warn(nd);
	netcx_os_adapter_link_changed(nd->adapter);
	/* Unused queues too: the tx watchdog reports any stopped queue as hung. */
	for (i = 0; i < nd->max_tx; i++)
		netif_tx_wake_queue(netdev_get_tx_queue(nd->netdev, i));
	netcx_watchdog_start(nd);
	return 0;
}

void netcx_queues_down(struct netcx_netdev *nd)
{
	unsigned int i;

	netcx_watchdog_stop(nd);
	for (i = 0; i < nd->max_tx; i++)
		txq_trans_cond_update(netdev_get_tx_queue(nd->netdev, i));
	netcx_channels_mark(nd, NETCX_CHANNEL_TX | NETCX_CHANNEL_RX);
	netcx_channels_detach(nd);
	netcx_set_running(nd, false);
	netif_tx_disable(nd->netdev);
	netcx_filter_disable(nd);
	netcx_channels_stop(nd);
	netcx_channels_destroy(nd);
	netcx_channels_mark(nd, 0);
}

int netcx_queues_restore(struct netcx_netdev *nd)
{
	int err = netcx_queues_up(nd);

	if (err) {
		netif_carrier_off(nd->netdev);
		if (netcx_device_may_log(nd->device))
			netdev_err(nd->netdev, "without queues (%d): the adapter is to be reset\n",
				   err);
		/* Which fails as well, maybe: then it is tried again, and devlink says so. */
		netcx_device_schedule_reset(nd->device);
	}
	return err;
}

/* ---- some of them, while the others run ---- */

/* Creates and attaches the marked queues. On error none of them exists and the marks stay. */
static int netcx_queues_add(struct netcx_netdev *nd)
{
	int err = netcx_channels_create(nd);

	if (err)
		return err;
	netcx_channels_start(nd);
	netcx_channels_attach(nd);
	/* A refusal has been logged; the other rx queues go on receiving everything. */
	netcx_rss_apply(nd);
	return 0;
}

/* Stops and destroys the marked queues; RSS directs their packets to the other queues first. */
static void netcx_queues_remove(struct netcx_netdev *nd)
{
	netcx_rss_apply(nd);
	netcx_channels_detach(nd);
	netcx_channels_stop(nd);
	netcx_channels_destroy(nd);
}

/* When the old queues cannot be created again after a failure: recreates all, or has none. */
static int netcx_queues_begin_anew(struct netcx_netdev *nd)
{
	netcx_queues_down(nd);
	return netcx_queues_restore(nd);
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

/* Settings for queues that are created from now on. */
static void netcx_queues_describe(struct netcx_netdev *nd, const struct netcx_queue_config *config)
{
	nd->tx_ring = config->tx_ring;
	nd->rx_ring = config->rx_ring;
	nd->adapter->receive_hash = config->rx_hash;
	nd->rss.protocols = config->rx_protocols;
}

/* The number of queues that the stack and ndo_xdp_xmit() use, and the RSS table for it. */
static int netcx_queues_set_number(struct netcx_netdev *nd, const struct netcx_queue_config *config)
{
	int err = netif_set_real_num_queues(nd->netdev, config->num_tx, config->num_rx);

	if (err)
		return err;
	WRITE_ONCE(nd->num_tx, config->num_tx);
	nd->num_rx = config->num_rx;
	netcx_xps_spread(nd);
	netcx_rss_update(nd);
	return 0;
}

/* Stops and destroys the queues beyond the numbers of @config. */
static void netcx_queues_remove_surplus(struct netcx_netdev *nd,
					const struct netcx_queue_config *config)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		nd->channels[i].changing =
			netcx_channel_queues(&nd->channels[i]) &
			((i >= config->num_tx ? NETCX_CHANNEL_TX : 0) |
			 (i >= config->num_rx ? NETCX_CHANNEL_RX : 0));
	if (!netcx_channels_are_marked(nd))
		return;
	netcx_queues_remove(nd);
	netcx_channels_mark(nd, 0);
	/* The tx watchdog reports any stopped queue as hung. */
	for (i = config->num_tx; i < nd->max_tx; i++)
		netif_tx_wake_queue(netdev_get_tx_queue(nd->netdev, i));
}

/* New queues run before the stack uses them; surplus ones are stopped when it no longer does. */
static int netcx_queues_change_number(struct netcx_netdev *nd,
				      const struct netcx_queue_config *config)
{
	const struct netcx_queue_config old = netcx_queues_config(nd);
	int err = 0;

	netcx_queues_mark_wanted(nd, config, nd->num_tx, nd->num_rx);
	if (netcx_channels_are_marked(nd))
		err = netcx_queues_add(nd);
	if (!err)
		err = netcx_queues_set_number(nd, config);
	if (!err)
		err = netcx_rss_apply(nd);
	if (err) {
		if (nd->num_tx != old.num_tx || nd->num_rx != old.num_rx)
			netcx_queues_set_number(nd, &old);
		netcx_queues_remove_surplus(nd, &old);
		netcx_rss_apply(nd);
	} else {
		netcx_queues_remove_surplus(nd, config);
		netcx_dim_warn(nd);
	}
	return err;
}

/* The queues that differ between two descriptions. */
static u8 netcx_queues_that_change(const struct netcx_queue_config *old,
				   const struct netcx_queue_config *new)
{
	const bool rx = new->rx_ring != old->rx_ring || new->rx_hash != old->rx_hash;

	return (new->tx_ring != old->tx_ring ? NETCX_CHANNEL_TX : 0) | (rx ? NETCX_CHANNEL_RX : 0);
}

/* Recreates @queues of one channel. On error they do not exist and stay marked. */
static int netcx_queues_remake(struct netcx_netdev *nd, struct netcx_channel *channel, u8 queues,
			       const struct netcx_queue_config *config)
{
	channel->changing = netcx_channel_queues(channel) & queues;
	if (!channel->changing)
		return 0;
	netcx_queues_remove(nd);
	netcx_queues_describe(nd, config);
	return netcx_queues_add(nd);
}

/* Recreates the queues, channel by channel. On error all have the old settings again. */
static int netcx_queues_remake_each(struct netcx_netdev *nd,
				    const struct netcx_queue_config *config)
{
	const struct netcx_queue_config old = netcx_queues_config(nd);
	const u8 queues = netcx_queues_that_change(&old, config);
	unsigned int i;
	int err = 0;

	for (i = 0; i < nd->num_channels && !err; i++)
		err = netcx_queues_remake(nd, &nd->channels[i], queues, config);
	if (!err)
		return 0;

	netcx_queues_describe(nd, &old);
	/* First recreate the queue that failed, then revert those changed before it. */
	if (netcx_queues_add(nd))
		goto begin_anew;
	for (i--; i--;)
		if (netcx_queues_remake(nd, &nd->channels[i], queues, &old))
			goto begin_anew;
	return err;

begin_anew:
	netcx_queues_begin_anew(nd);
	return err;
}

/* A client accepts other protocols to hash only without rx queues, so all are recreated. */
static int netcx_queues_change_protocols(struct netcx_netdev *nd,
					 const struct netcx_queue_config *config)
{
	const struct netcx_queue_config old = netcx_queues_config(nd);
	int err;

	netcx_channels_mark(nd, NETCX_CHANNEL_RX);
	netcx_queues_remove(nd);
	netcx_queues_describe(nd, config);
	err = netcx_queues_add(nd);
	if (!err)
		return 0;

	netcx_queues_describe(nd, &old);
	if (netcx_queues_add(nd))
		netcx_queues_begin_anew(nd);
	return err;
}

/* While there are no queues. */
static int netcx_queues_reconfigure_down(struct netcx_netdev *nd,
					 const struct netcx_queue_config *config)
{
	const struct netcx_queue_config old = netcx_queues_config(nd);
	int err = 0;

	if (config->num_tx != nd->num_tx || config->num_rx != nd->num_rx)
		err = netcx_queues_set_number(nd, config);
	if (err)
		return err;
	netcx_queues_describe(nd, config);
	if (!netif_running(nd->netdev) || !nd->datapath)
		return 0;

	/* The interface is up but without queues (a restore failed): try again. */
	err = netcx_queues_up(nd);
	if (err) {
		netcx_queues_set_number(nd, &old);
		netcx_queues_describe(nd, &old);
		netcx_queues_restore(nd);
	}
	return err;
}

int netcx_queues_reconfigure(struct netcx_netdev *nd, const struct netcx_queue_config *config)
{
	int err = 0;

	if (!nd->running)
		return netcx_queues_reconfigure_down(nd, config);
	if (config->num_tx != nd->num_tx || config->num_rx != nd->num_rx)
		err = netcx_queues_change_number(nd, config);
	if (!err && config->rx_protocols != nd->rss.protocols)
		err = netcx_queues_change_protocols(nd, config);
	if (!err)
		err = netcx_queues_remake_each(nd, config);
	return err;
}

int netcx_queues_set_pool(struct netcx_netdev *nd, unsigned int index, struct xsk_buff_pool *pool)
{
	struct netcx_channel *channel = &nd->channels[index];
	int err;

	if (!nd->running) {
		WRITE_ONCE(channel->xsk_pool, pool);
		return 0;
	}
	channel->changing = netcx_channel_queues(channel);
	netcx_queues_remove(nd);
	WRITE_ONCE(channel->xsk_pool, pool);
	err = netcx_queues_add(nd);
	if (!err)
		return 0;

	WRITE_ONCE(channel->xsk_pool, NULL);
	if (!pool || netcx_queues_add(nd))
		netcx_queues_begin_anew(nd);
	return err;
}

/* ---- packets that are on their way ---- */

/* Marks the tx queues with packets that the client owns or that are not completed yet. */
static void netcx_queues_mark_busy_tx(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];
		struct netcx_tx_queue *tx = &channel->tx_storage;

		channel->changing = 0;
		if (!tx->q)
			continue;
		__netif_tx_lock_bh(tx->nq);
		netcx_tx_service(tx, 0);
		if (tx->q->packets->OSReserved0 != tx->q->packets->EndIndex)
			channel->changing = NETCX_CHANNEL_TX;
		__netif_tx_unlock_bh(tx->nq);
	}
}

void netcx_queues_flush_tx(struct netcx_netdev *nd)
{
	netcx_queues_mark_busy_tx(nd);
	if (!netcx_channels_are_marked(nd))
		return;
	netcx_queues_remove(nd);
	if (netcx_queues_add(nd))
		netcx_queues_begin_anew(nd);
}

void netcx_queues_fit_mtu(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];
		const struct netcx_tx_queue *tx = &channel->tx_storage;

		channel->changing = tx->q && netcx_bounce_is_outgrown(tx) ? NETCX_CHANNEL_TX : 0;
	}
	if (!netcx_channels_are_marked(nd))
		return;
	netcx_queues_remove(nd);
	if (netcx_queues_add(nd))
		netcx_queues_begin_anew(nd);
}

/* Tx queues that are not recreated insert VLAN tags as the new offloads say. */
static void netcx_queues_update_tagging(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_tx_queue *tx = &nd->channels[i].tx_storage;

		if (tx->q)
			tx->tagging = netcx_vlan_tagging(nd->adapter, tx->q);
	}
}

/*
 * Nothing is sent and nothing received meanwhile, but for what is in the rx rings already. What
 * does not go out, since the link is down or the other end wants a pause, is given up.
 */
int netcx_queues_set_offloads(struct netcx_netdev *nd, const struct netcx_offloads *offloads)
{
	const unsigned long deadline = jiffies + msecs_to_jiffies(NETCX_FLUSH_TIMEOUT_MS);
	int err;

	netcx_channels_mark(nd, NETCX_CHANNEL_TX | NETCX_CHANNEL_RX);
	netcx_channels_detach(nd);
	for (;;) {
		netcx_queues_mark_busy_tx(nd);
		if (!netcx_channels_are_marked(nd) || time_after(jiffies, deadline))
			break;
		usleep_range(100, 200);
	}
	netcx_channels_stop(nd);
	netcx_channels_destroy(nd);
	netcx_core_adapter_set_offloads(nd->adapter, offloads);
	netcx_queues_update_tagging(nd);
	err = netcx_channels_create(nd);
	if (err)
		return netcx_queues_begin_anew(nd);
	netcx_channels_start(nd);
	netcx_channels_mark(nd, NETCX_CHANNEL_TX | NETCX_CHANNEL_RX);
	netcx_channels_attach(nd);
	return 0;
}

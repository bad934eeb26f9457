// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adaptive interrupt moderation with the kernel's DIM library. NAPI reports what went through a
 * queue whenever it has nothing left to do, as often as there are interrupts; the library compares
 * rates and picks another profile, which a work item brings to the client.
 */
#include "../netdev/netdev_priv.h"
#include "../os/compat.h"
#include "channel.h"
#include "dim.h"
#include "moderation.h"
#include "rx_queue.h"
#include "tx_queue.h"

#if IS_REACHABLE(CONFIG_DIMLIB)

/* The library's default; it goes up or down from there. */
#define NETCX_DIM_FIRST_PROFILE	1

/* With one timer for both directions one DIM sees to it, on what both carry. */
static bool netcx_dim_is_shared(const struct netcx_channel *channel)
{
	return channel->nd->adapter->moderation_caps.RxTxShared;
}

static void netcx_dim_sample_rx(struct netcx_channel *channel)
{
	struct netcx_dim *dim = &channel->dim;
	const struct netcx_rx_stats *rx = &channel->rx->stats;
	u64 packets = u64_stats_read(&rx->packets);
	u64 bytes = u64_stats_read(&rx->bytes);
	struct dim_sample sample = {};

	if (netcx_dim_is_shared(channel) && channel->tx) {
		packets += u64_stats_read(&channel->tx->stats.packets);
		bytes += u64_stats_read(&channel->tx->stats.bytes);
	}
	if (packets == dim->rx_packets)
		return;
	dim->rx_packets = packets;
	dim_update_sample(++dim->rx_events, packets, bytes, &sample);
	netcx_net_dim(&dim->rx, &sample);
}

/* Another processor may be counting; a figure that is off by one batch does no harm. */
static void netcx_dim_sample_tx(struct netcx_channel *channel)
{
	struct netcx_dim *dim = &channel->dim;
	const struct netcx_tx_stats *tx = &channel->tx->stats;
	const u64 packets = u64_stats_read(&tx->packets);
	struct dim_sample sample = {};

	if (packets == dim->tx_packets)
		return;
	dim->tx_packets = packets;
	dim_update_sample(++dim->tx_events, packets, u64_stats_read(&tx->bytes), &sample);
	netcx_net_dim(&dim->tx, &sample);
}

void netcx_dim_sample(struct netcx_channel *channel)
{
	/* Pairs with netcx_dim_start(). */
	const u8 adaptive = smp_load_acquire(&channel->adaptive);

	if ((adaptive & NETCX_ADAPTIVE_RX) && channel->rx)
		netcx_dim_sample_rx(channel);
	if ((adaptive & NETCX_ADAPTIVE_TX) && channel->tx && !netcx_dim_is_shared(channel))
		netcx_dim_sample_tx(channel);
}

static void netcx_dim_rx_work(struct work_struct *work)
{
	struct dim *dim = container_of(work, struct dim, work);
	struct netcx_channel *channel = container_of(dim, struct netcx_channel, dim.rx);
	const struct dim_cq_moder moder = net_dim_get_rx_moderation(dim->mode, dim->profile_ix);

	netcx_moderation_adapt(channel, netcx_dim_is_shared(channel) ?
					NETCX_ADAPTIVE_RX | NETCX_ADAPTIVE_TX : NETCX_ADAPTIVE_RX,
			       moder.usec);
	dim->state = DIM_START_MEASURE;
}

static void netcx_dim_tx_work(struct work_struct *work)
{
	struct dim *dim = container_of(work, struct dim, work);
	struct netcx_channel *channel = container_of(dim, struct netcx_channel, dim.tx);
	const struct dim_cq_moder moder = net_dim_get_tx_moderation(dim->mode, dim->profile_ix);

	netcx_moderation_adapt(channel, NETCX_ADAPTIVE_TX, moder.usec);
	dim->state = DIM_START_MEASURE;
}

static void netcx_dim_reset(struct dim *dim, work_func_t work)
{
	*dim = (struct dim){
		.mode = DIM_CQ_PERIOD_MODE_START_FROM_EQE,
		.profile_ix = NETCX_DIM_FIRST_PROFILE,
	};
	INIT_WORK(&dim->work, work);
}

void netcx_dim_init(struct netcx_channel *channel)
{
	netcx_dim_reset(&channel->dim.rx, netcx_dim_rx_work);
	netcx_dim_reset(&channel->dim.tx, netcx_dim_tx_work);
}

/* The first profile is set at once, so that what is measured is what it gives. */
void netcx_dim_start_channel(struct netcx_channel *channel)
{
	const struct netcx_netdev *nd = channel->nd;

	if (!nd->adaptive || !netcx_moderation_may_adapt(nd) || (!channel->tx && !channel->rx))
		return;
	netcx_dim_init(channel);
	if (nd->adaptive & NETCX_ADAPTIVE_RX)
		netcx_dim_rx_work(&channel->dim.rx.work);
	if ((nd->adaptive & NETCX_ADAPTIVE_TX) && !netcx_dim_is_shared(channel))
		netcx_dim_tx_work(&channel->dim.tx.work);
	/* NAPI must see a DIM that is ready. */
	smp_store_release(&channel->adaptive, nd->adaptive);
}

void netcx_dim_warn(const struct netcx_netdev *nd)
{
	if (nd->adaptive && !netcx_moderation_may_adapt(nd))
		netdev_warn(nd->netdev,
			    "adaptive moderation rests: the hardware moderates all queues alike\n");
}

void netcx_dim_start(struct netcx_netdev *nd)
{
	unsigned int i;

	netcx_dim_warn(nd);
	for (i = 0; i < nd->num_channels; i++)
		netcx_dim_start_channel(&nd->channels[i]);
}

void netcx_dim_stop_channel(struct netcx_channel *channel)
{
	if (!channel->adaptive)
		return;
	WRITE_ONCE(channel->adaptive, 0);
	cancel_work_sync(&channel->dim.rx.work);
	cancel_work_sync(&channel->dim.tx.work);
}

void netcx_dim_stop(struct netcx_netdev *nd)
{
	unsigned int i;

	if (!nd->adaptive)
		return;
	for (i = 0; i < nd->num_channels; i++)
		WRITE_ONCE(nd->channels[i].adaptive, 0);
	/* No poll that saw it otherwise is still under way. */
	synchronize_net();
	for (i = 0; i < nd->num_channels; i++) {
		cancel_work_sync(&nd->channels[i].dim.rx.work);
		cancel_work_sync(&nd->channels[i].dim.tx.work);
	}
}

#endif

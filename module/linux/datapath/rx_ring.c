// SPDX-License-Identifier: GPL-2.0-only
/*
 * An rx queue's rings, whoever brings the memory: what the client is given, whether what it gives
 * back fits, and what was taken out of them. All of it owned by the channel's NAPI.
 */
#include "../../core/core.h"
#include "../../core/returned.h"
#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"
#include "rx_queue.h"
#include "rx_ring.h"
#include "trace.h"

void netcx_rx_count(struct netcx_rx_queue *rx, u64_stats_t *counter)
{
	u64_stats_update_begin(&rx->stats.sync);
	u64_stats_inc(counter);
	u64_stats_update_end(&rx->stats.sync);
}

/* The client always owns at least as many packets as fragments, so packets come first. */
static void netcx_rx_refill_packets(struct netcx_rx_queue *rx)
{
	NET_RING *pr = rx->q->packets;
	u32 room = pr->ElementIndexMask -
		   netcx_ring_distance(pr, pr->OSReserved0, pr->EndIndex);
	u32 index = pr->EndIndex;
	const u32 end = rx->q->layout.packet_end;
	const NET_PACKET empty = {};

	for (; room; room--) {
		netcx_packet_write(NetRingGetPacketAtIndex(pr, index), end, &empty);
		index = NetRingIncrementIndex(pr, index);
	}
	pr->EndIndex = index;
}

u32 netcx_rx_make_room(struct netcx_rx_queue *rx)
{
	const NET_RING *pr = rx->q->packets;
	const NET_RING *fr = rx->q->fragments;
	u32 room, packets, fragments;

	netcx_rx_refill_packets(rx);

	packets = netcx_ring_distance(pr, pr->BeginIndex, pr->EndIndex);
	fragments = netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex);
	room = fr->ElementIndexMask - netcx_ring_distance(fr, fr->OSReserved0, fr->EndIndex);
	return packets > fragments ? min(room, packets - fragments) : 0;
}

bool netcx_rx_is_low(const struct netcx_rx_queue *rx)
{
	const NET_RING *fr = rx->q->fragments;

	return netcx_ring_distance(fr, fr->BeginIndex, fr->EndIndex) <= fr->NumberOfElements / 4;
}

/* BeginIndex is invalid: which buffers the client owns is unknown, so the adapter is reset. */
void netcx_rx_break(struct netcx_rx_queue *rx, const NET_RING *ring)
{
	struct netcx_netdev *nd = rx->channel->nd;

	rx->broken = true;
	if (netcx_device_may_log(nd->device))
		netdev_err(rx->netdev,
			   "%s: rx queue %u: BeginIndex of the %s ring is %u, outside [%u, %u]; resetting the adapter\n",
			   nd->adapter->client_name, rx->q->id,
			   ring == rx->q->packets ? "packet" :
			   ring == rx->q->fragments ? "fragment" : "return context",
			   ring->BeginIndex,
			   ring->OSReserved0, ring->EndIndex);
	netcx_device_schedule_reset(nd->device);
}

bool netcx_rx_long_packet_is_sane(const struct netcx_rx_queue *rx, const NET_PACKET *packet,
				  u32 first, u32 last)
{
	const struct netcx_returned_limits limits = netcx_rx_limits(rx);

	return netcx_returned_long_packet_is_sane(rx->q->fragments, packet, first, last, &limits);
}

void netcx_rx_indicated(struct netcx_rx_queue *rx, u32 packet, u32 fragment,
			struct netcx_rx_batch batch)
{
	NET_RING *pr = rx->q->packets;
	NET_RING *fr = rx->q->fragments;

	pr->OSReserved0 = packet;
	/* Behind the last packet lie only buffers the client skipped: their slots keep them. */
	fr->OSReserved0 = packet == pr->BeginIndex ? fr->BeginIndex : fragment;
	if (!batch.packets)
		return;
	u64_stats_update_begin(&rx->stats.sync);
	u64_stats_add(&rx->stats.packets, batch.packets);
	u64_stats_add(&rx->stats.bytes, batch.bytes);
	u64_stats_add(&rx->stats.multicast, batch.multicast);
	u64_stats_update_end(&rx->stats.sync);
	trace_netcx_indicate(rx, batch.packets, batch.bytes);
}

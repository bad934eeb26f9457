// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive buffers that the client has registered as net memory (NetMemoryCreate()): its fragments
 * name them by NET_MEMORY_ID, and their return contexts go back to it in a ring.
 */
#include <netcx/net/databuffer.h>
#include <netcx/net/returncontext.h>

#include "../../core/net_memory.h"
#include "../bus/device.h"
#include "rx_driver_packet.h"
#include "rx_memory.h"
#include "rx_net_memory.h"

/* What the memory holds counts, whatever the fragment's Capacity says. */
static void *netcx_rx_net_memory_bytes(const struct netcx_rx_queue *rx, NET_FRAGMENT *fragment)
{
	const NET_FRAGMENT_NET_MEMORY *extension =
		netcx_extension(fragment, rx->q->layout.fragment_net_memory);
	const struct netcx_net_memory *memory = netcx_net_memory_of(extension->NetMemoryId);

	if (!memory || fragment->Offset + fragment->ValidLength > memory->length)
		return NULL;
	return memory->address + fragment->Offset;
}

/* Contexts are lost here; a reset lets the client begin anew, with all of its buffers. */
static noinline void netcx_rx_net_memory_overrun(struct netcx_rx_queue *rx)
{
	struct netcx_netdev *nd = rx->channel->nd;

	if (rx->broken)
		return;
	rx->broken = true;
	if (netcx_device_may_log(nd->device))
		netdev_err(rx->netdev,
			   "%s: rx queue %u: the return context ring is full, of %u elements; resetting the adapter\n",
			   nd->adapter->client_name, rx->q->id, rx->q->returns->NumberOfElements);
	netcx_device_schedule_reset(nd->device);
}

static void netcx_rx_net_memory_give_back(struct netcx_rx_queue *rx, NET_FRAGMENT *fragment)
{
	const NET_FRAGMENT_RETURN_CONTEXT *context =
		netcx_extension(fragment, rx->q->layout.fragment_return_context);
	NET_RING *ring = rx->q->returns;
	const u32 next = NetRingIncrementIndex(ring, ring->EndIndex);

	if (unlikely(next == ring->OSReserved0)) {
		netcx_rx_net_memory_overrun(rx);
		return;
	}
	NetRingGetFragmentReturnContextAtIndex(ring, ring->EndIndex)->Handle = context->Handle;
	ring->EndIndex = next;
}

/* Looks how many return contexts the client has taken; false: it says nonsense. */
static bool netcx_rx_net_memory_take_back(struct netcx_rx_queue *rx)
{
	NET_RING *ring = rx->q->returns;

	if (unlikely(!netcx_returned_range_is_sane(ring))) {
		netcx_rx_break(rx, ring);
		return false;
	}
	ring->OSReserved0 = ring->BeginIndex;
	return true;
}

static const struct netcx_rx_driver_kind netcx_rx_net_memory_kind = {
	.bytes = netcx_rx_net_memory_bytes,
	.give_back = netcx_rx_net_memory_give_back,
};

static __always_inline void netcx_rx_net_memory_take(struct netcx_rx_queue *rx,
						     const NET_PACKET *packet,
						     struct netcx_rx_batch *batch, void *context)
{
	netcx_rx_driver_take(rx, packet, batch, netcx_rx_net_memory_kind);
}

static int netcx_rx_net_memory_indicate(struct netcx_rx_queue *rx, int budget)
{
	const struct netcx_rx_taker taker = {
		.is_sane = netcx_rx_driver_range_is_sane,
		.take = netcx_rx_net_memory_take,
	};
	struct netcx_rx_batch batch = {};

	if (unlikely(!netcx_rx_net_memory_take_back(rx)))
		return 0;
	return netcx_rx_indicate_each(rx, budget, taker, &batch, NULL);
}

static void netcx_rx_net_memory_discard(struct netcx_rx_queue *rx)
{
	if (netcx_rx_net_memory_take_back(rx))
		netcx_rx_driver_discard(rx, netcx_rx_net_memory_kind);
}

const struct netcx_rx_memory netcx_rx_net_memory = {
	.open = netcx_rx_driver_open,
	.close = netcx_rx_driver_close,
	.refill = netcx_rx_driver_refill,
	.indicate = netcx_rx_net_memory_indicate,
	.discard = netcx_rx_net_memory_discard,
};

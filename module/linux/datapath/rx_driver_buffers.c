// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive buffers that the client allocates, attaches to fragments and wants back with a call of
 * EvtAdapterReturnRxBuffer for each.
 */
#include <netcx/net/returncontext.h>
#include <netcx/net/virtualaddress.h>

#include "rx_driver_buffers.h"
#include "rx_driver_packet.h"
#include "rx_memory.h"

static void *netcx_rx_buffer_bytes(const struct netcx_rx_queue *rx, NET_FRAGMENT *fragment)
{
	const NET_FRAGMENT_VIRTUAL_ADDRESS *address =
		netcx_extension(fragment, rx->q->layout.fragment_virtual_address);

	return address->VirtualAddress ? address->VirtualAddress + fragment->Offset : NULL;
}

static void netcx_rx_buffer_give_back(struct netcx_rx_queue *rx, NET_FRAGMENT *fragment)
{
	const struct netcx_adapter *adapter = rx->channel->nd->adapter;
	const NET_FRAGMENT_RETURN_CONTEXT *context =
		netcx_extension(fragment, rx->q->layout.fragment_return_context);

	adapter->rx.EvtAdapterReturnRxBuffer(adapter->handle, context->Handle);
}

static const struct netcx_rx_driver_kind netcx_rx_buffer_kind = {
	.bytes = netcx_rx_buffer_bytes,
	.give_back = netcx_rx_buffer_give_back,
};

static __always_inline void netcx_rx_buffer_take(struct netcx_rx_queue *rx,
						 const NET_PACKET *packet,
						 struct netcx_rx_batch *batch, void *context)
{
	netcx_rx_driver_take(rx, packet, batch, netcx_rx_buffer_kind);
}

static int netcx_rx_buffer_indicate(struct netcx_rx_queue *rx, int budget)
{
	const struct netcx_rx_taker taker = {
		.is_sane = netcx_rx_driver_range_is_sane,
		.take = netcx_rx_buffer_take,
	};
	struct netcx_rx_batch batch = {};

	return netcx_rx_indicate_each(rx, budget, taker, &batch, NULL);
}

static void netcx_rx_buffer_discard(struct netcx_rx_queue *rx)
{
	netcx_rx_driver_discard(rx, netcx_rx_buffer_kind);
}

const struct netcx_rx_memory netcx_rx_driver_buffers = {
	.open = netcx_rx_driver_open,
	.close = netcx_rx_driver_close,
	.refill = netcx_rx_driver_refill,
	.indicate = netcx_rx_buffer_indicate,
	.discard = netcx_rx_buffer_discard,
};

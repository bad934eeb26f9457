// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Most capabilities come with a callback, which the framework calls to program the hardware. For
 * more of them see hw/e1000e/adapter.cpp: receive scaling, offloads, VLANs, interrupt moderation.
 */
#include "adapter.h"
#include "device.h"
#include "limits.h"
#include "rx_queue.h"
#include "tx_queue.h"
#include <common/log.h>

namespace skeleton
{

namespace
{

/* ---- the framework's callbacks; process context, device in D0 ---- */

/* Flags and list come from NetReceiveFilterGetPacketFilter() and its like. */
void evt_set_receive_filter(NETADAPTER, NETRECEIVEFILTER)
{
}

void evt_set_address(NETADAPTER adapter, const NET_ADAPTER_LINK_LAYER_ADDRESS *address)
{
	device_of(adapter)->address.set(*address);
}

void evt_read_statistics(NETADAPTER adapter, UINT64 *values)
{
	const Device *device = device_of(adapter);

	RtlCopyMemory(values, &device->statistics, sizeof(device->statistics));
}

/* ---- capabilities ---- */

/* What netcx_adapter_ext.h has beyond NetAdapterCx. */
NTSTATUS set_extensions(const Device &device)
{
	const NTSTATUS status =
		common::set_statistics(device.adapter, Statistics::config(), evt_read_statistics);

	if (!NT_SUCCESS(status))
		return status;
	return netcx_adapter_set_address_callback(device.adapter, evt_set_address);
}

} /* namespace */

NTSTATUS create_adapter(Device *device)
{
	return common::create_adapter(device->handle, device, evt_create_tx_queue,
				      evt_create_rx_queue, &device->adapter);
}

NTSTATUS start_adapter(Device *device)
{
	NTSTATUS status;

	common::set_data_path(device->adapter,
			      {.enabler = device->dma_enabler,
			       .queues = limits::queues,
			       .tx_fragments_per_packet = limits::tx_fragments_per_packet,
			       .rx_buffer_bytes = limits::rx_buffer_bytes,
			       .ring_default = limits::ring_default});
	common::set_link_layer(device->adapter, limits::link_speed_bits_per_second, limits::mtu,
			       device->address);
	common::set_receive_filter(device->adapter, evt_set_receive_filter,
				   limits::multicast_addresses);
	status = set_extensions(*device);
	if (NT_SUCCESS(status))
		status = NetAdapterStart(device->adapter);
	if (!NT_SUCCESS(status))
		LOG_ERROR("starting the adapter failed with %#x",
			  static_cast<unsigned int>(status));
	return status;
}

} /* namespace skeleton */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Numbers: limits.h. */
#include "adapter.h"
#include "device.h"
#include "log.h"
#include "rx_queue.h"
#include "tx_queue.h"
#include <netcx_adapter_ext.h>

namespace e1000e
{

namespace
{
struct AdapterContext {
	Device *device;
};
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(AdapterContext, adapter_context);

Device *device_of(NETADAPTER adapter)
{
	return adapter_context(adapter)->device;
}

namespace
{

/* ---- what the framework asks for; process context, device in D0 ---- */

void evt_set_receive_filter(NETADAPTER adapter, NETRECEIVEFILTER filter)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->filter.set(NetReceiveFilterGetPacketFilter(filter),
			   NetReceiveFilterGetMulticastAddressList(filter),
			   NetReceiveFilterGetMulticastAddressCount(filter));
	device->filter.program_filter(device->hardware, device->current_address);
}

void evt_set_address(NETADAPTER adapter, const NET_ADAPTER_LINK_LAYER_ADDRESS *address)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	RtlCopyMemory(device->current_address.bytes, address->Address, mac_address_bytes);
	device->filter.program_address(device->hardware, device->current_address);
}

NTSTATUS evt_set_moderation(NETADAPTER adapter, const netcx_interrupt_moderation *moderation)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->interrupts.set_moderation(*moderation);
	return STATUS_SUCCESS;
}

void evt_read_statistics(NETADAPTER adapter, UINT64 *values)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->statistics.update(device->hardware);
	device->statistics.copy(values);
}

void evt_set_rx_checksum(NETADAPTER adapter, NETOFFLOAD offload)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);
	UINT32 checksums = 0;

	if (NetOffloadIsRxChecksumIPv4Enabled(offload))
		checksums |= rxcsum::ip;
	/* The hardware has one switch for both; results nobody wants do no harm. */
	if (NetOffloadIsRxChecksumTcpEnabled(offload) || NetOffloadIsRxChecksumUdpEnabled(offload))
		checksums |= rxcsum::tcp_udp;
	device->rx_checksums = checksums;
	device->hardware.write(rxcsum::reg, checksums);
}

/* On transmit every packet says what it wants, so there is nothing to switch. */
void evt_set_tx_checksum(NETADAPTER, NETOFFLOAD)
{
}

void evt_set_gso(NETADAPTER, NETOFFLOAD)
{
}

/* ---- what the framework is told ---- */

void set_data_path(const Device &device)
{
	NET_ADAPTER_DMA_CAPABILITIES dma;
	NET_ADAPTER_TX_CAPABILITIES tx;
	NET_ADAPTER_RX_CAPABILITIES rx;

	NET_ADAPTER_DMA_CAPABILITIES_INIT(&dma, device.dma_enabler);
	NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(&tx, &dma, limits::queues);
	tx.MaximumNumberOfFragments = limits::tx_fragments_per_packet;
	tx.FragmentRingNumberOfElementsHint = limits::ring_default;
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(&rx, &dma, limits::rx_buffer_bytes,
							    limits::queues);
	rx.FragmentRingNumberOfElementsHint = limits::ring_default;
	NetAdapterSetDataPathCapabilities(device.adapter, &tx, &rx);
}

void set_link_layer(const Device &device)
{
	NET_ADAPTER_LINK_LAYER_CAPABILITIES capabilities;
	NET_ADAPTER_LINK_LAYER_ADDRESS address;
	NET_ADAPTER_LINK_STATE state;

	NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&capabilities, limits::link_speed_bits_per_second,
						 limits::link_speed_bits_per_second);
	NetAdapterSetLinkLayerCapabilities(device.adapter, &capabilities);
	NetAdapterSetLinkLayerMtuSize(device.adapter, limits::mtu);

	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, mac_address_bytes,
					    device.permanent_address.bytes);
	NetAdapterSetPermanentLinkLayerAddress(device.adapter, &address);
	NetAdapterSetCurrentLinkLayerAddress(device.adapter, &address);

	NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&state);
	NetAdapterSetLinkState(device.adapter, &state);
}

void set_receive_filter(const Device &device)
{
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES capabilities;

	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&capabilities, evt_set_receive_filter);
	capabilities.SupportedPacketFilters =
		NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast |
		NetPacketFilterFlagAllMulticast | NetPacketFilterFlagBroadcast |
		NetPacketFilterFlagPromiscuous;
	capabilities.MaximumMulticastAddresses = limits::multicast_addresses;
	NetAdapterSetReceiveFilterCapabilities(device.adapter, &capabilities);
}

void set_offloads(const Device &device)
{
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES tx;
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES rx;
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;

	/* Offsets are all that the hardware goes by: options and extension headers are as good. */
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
		&tx,
		NetAdapterOffloadLayer3FlagIPv4NoOptions |
			NetAdapterOffloadLayer3FlagIPv4WithOptions |
			NetAdapterOffloadLayer3FlagIPv6NoExtensions |
			NetAdapterOffloadLayer3FlagIPv6WithExtensions,
		evt_set_tx_checksum);
	tx.Layer4Flags = NetAdapterOffloadLayer4FlagTcpNoOptions |
			 NetAdapterOffloadLayer4FlagTcpWithOptions | NetAdapterOffloadLayer4FlagUdp;
	tx.Layer4HeaderOffsetLimit = limits::checksum_layer4_offset;
	NetAdapterOffloadSetTxChecksumCapabilities(device.adapter, &tx);

	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(&rx, evt_set_rx_checksum);
	NetAdapterOffloadSetRxChecksumCapabilities(device.adapter, &rx);

	/* Segmentation updates lengths in the IP header itself, so it has to be a plain one. */
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
		&gso,
		NetAdapterOffloadLayer3FlagIPv4NoOptions |
			NetAdapterOffloadLayer3FlagIPv4WithOptions |
			NetAdapterOffloadLayer3FlagIPv6NoExtensions,
		NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagTcpWithOptions,
		limits::segmentation_bytes, limits::segmentation_minimum_segments, evt_set_gso);
	gso.Layer4HeaderOffsetLimit = limits::segmentation_layer4_offset;
	NetAdapterOffloadSetGsoCapabilities(device.adapter, &gso);
}

/* What Linux has beyond Windows. */
NTSTATUS set_extensions(const Device &device)
{
	netcx_interrupt_moderation_capabilities moderation = {};
	netcx_statistics_config statistics = {};
	NTSTATUS status;

	moderation.Size = sizeof(moderation);
	moderation.Initial.RxMicroseconds = limits::default_moderation_us;
	moderation.Initial.TxMicroseconds = limits::default_moderation_us;
	moderation.MaximumRxMicroseconds = limits::maximum_moderation_us;
	moderation.MaximumTxMicroseconds = limits::maximum_moderation_us;
	moderation.RxTxShared = device.interrupts.shares_moderation();
	moderation.Set = evt_set_moderation;
	status = netcx_adapter_set_interrupt_moderation(device.adapter, &moderation);
	if (!NT_SUCCESS(status))
		return status;

	statistics.Size = sizeof(statistics);
	statistics.Names = Statistics::names;
	statistics.Count = Statistics::count;
	statistics.Read = evt_read_statistics;
	status = netcx_adapter_set_statistics(device.adapter, &statistics);
	if (!NT_SUCCESS(status))
		return status;

	return netcx_adapter_set_address_callback(device.adapter, evt_set_address);
}

} /* namespace */

NTSTATUS create_adapter(Device *device)
{
	NET_ADAPTER_DATAPATH_CALLBACKS callbacks;
	WDF_OBJECT_ATTRIBUTES attributes;
	NETADAPTER_INIT *init;
	NTSTATUS status;

	init = NetAdapterInitAllocate(device->handle);
	if (!init) {
		LOG_ERROR("no memory for an adapter");
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&callbacks, evt_create_tx_queue, evt_create_rx_queue);
	NetAdapterInitSetDatapathCallbacks(init, &callbacks);
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, AdapterContext);
	status = NetAdapterCreate(init, &attributes, &device->adapter);
	NetAdapterInitFree(init);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("NetAdapterCreate failed with %#x", static_cast<unsigned int>(status));
		return status;
	}
	adapter_context(device->adapter)->device = device;
	return STATUS_SUCCESS;
}

NTSTATUS start_adapter(Device *device)
{
	NTSTATUS status;

	set_data_path(*device);
	set_link_layer(*device);
	set_receive_filter(*device);
	set_offloads(*device);
	status = set_extensions(*device);
	if (NT_SUCCESS(status))
		status = NetAdapterStart(device->adapter);
	if (!NT_SUCCESS(status))
		LOG_ERROR("starting the adapter failed with %#x",
			  static_cast<unsigned int>(status));
	return status;
}

} /* namespace e1000e */

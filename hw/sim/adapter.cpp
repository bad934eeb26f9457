// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "adapter.h"
#include "device.h"
#include "misbehaviour.h"
#include "rx_queue.h"
#include "tx_queue.h"
#include <common/log.h>

namespace sim
{

namespace
{

/* ---- what the framework asks for; process context, device in D0 ---- */

void evt_set_receive_filter(NETADAPTER adapter, NETRECEIVEFILTER filter)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->filter.set(NetReceiveFilterGetPacketFilter(filter),
			   NetReceiveFilterGetMulticastAddressList(filter),
			   NetReceiveFilterGetMulticastAddressCount(filter));
}

void evt_set_address(NETADAPTER adapter, const NET_ADAPTER_LINK_LAYER_ADDRESS *address)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->filter.address.set(*address);
}

void evt_read_statistics(NETADAPTER adapter, UINT64 *values)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	RtlCopyMemory(values, &device->statistics, sizeof(device->statistics));
}

void evt_set_unicast_addresses(NETADAPTER adapter, const NET_ADAPTER_LINK_LAYER_ADDRESS *addresses,
			       UINT32 count)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->filter.set_unicast(addresses, count);
}

/* DISPATCH_LEVEL, too. */
BOOLEAN evt_is_transmit_paused(NETADAPTER adapter)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	return device->flow_control.holds(KeQueryInterruptTime());
}

/* Results nobody wants do no harm, and on transmit every packet says what it wants. */
void evt_set_offload(NETADAPTER, NETOFFLOAD)
{
}

void evt_set_coalescing(NETADAPTER adapter, NETOFFLOAD offload)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->coalescing = {NetOffloadIsTcpRscIPv4Enabled(offload) != FALSE,
			      NetOffloadIsTcpRscIPv6Enabled(offload) != FALSE,
			      NetOffloadIsRscTcpTimestampOptionEnabled(offload) != FALSE};
}

NTSTATUS evt_enable_receive_scaling(NETADAPTER adapter, NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE,
				    NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	if (device->modes.misbehaviour == netcx_rule_InvalidRSSConfiguration)
		return STATUS_INVALID_PARAMETER;
	device->scaling.enable(protocols);
	return STATUS_SUCCESS;
}

void evt_disable_receive_scaling(NETADAPTER adapter)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->scaling.disable();
}

NTSTATUS evt_set_hash_key(NETADAPTER adapter,
			  const NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY *secret)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	if (secret->Length != limits::hash_key_bytes)
		return STATUS_INVALID_PARAMETER;
	device->scaling.set_key(secret->Key);
	return STATUS_SUCCESS;
}

NTSTATUS evt_set_indirection_entries(NETADAPTER adapter,
				     NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *entries)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	for (SIZE_T i = 0; i < entries->Length; i++) {
		const NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY &entry = entries->Entries[i];

		device->scaling.set_entry(entry.Index, rx_queue_id(entry.PacketQueue));
	}
	return STATUS_SUCCESS;
}

void evt_set_vlan_stripping(NETADAPTER adapter, BOOLEAN enabled)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->vlan_stripping = enabled;
}

void evt_set_vlan_filter(NETADAPTER adapter, const netcx_vlan_filter *filter)
{
	Device *device = device_of(adapter);
	const WireLock guard(device->wire);

	device->filter.set_vlans(*filter);
}

void evt_return_rx_buffer(NETADAPTER adapter, NET_FRAGMENT_RETURN_CONTEXT_HANDLE handle)
{
	Device *device = device_of(adapter);

	device->buffers.take_back(reinterpret_cast<RxBuffer *>(handle));
	if (!device->buffers.was_missed())
		return;

	const WireLock guard(device->wire);

	device->buffers_came_back();
}

/* ---- what the framework is told ---- */

void set_data_path(const Device &device)
{
	const Modes &modes = device.modes;
	const UINT32 tx_queues = modes.tx_queues ? modes.tx_queues : modes.queues;
	NET_ADAPTER_DMA_CAPABILITIES dma;
	NET_ADAPTER_TX_CAPABILITIES tx;
	NET_ADAPTER_RX_CAPABILITIES rx;

	NET_ADAPTER_DMA_CAPABILITIES_INIT(&dma, device.dma_enabler);
	if (modes.tx_dma)
		NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(&tx, &dma, tx_queues);
	else
		NET_ADAPTER_TX_CAPABILITIES_INIT(&tx, tx_queues);
	tx.MaximumNumberOfFragments = modes.tx_fragments;
	tx.FragmentBufferAlignment = modes.tx_alignment;
	tx.PayloadBackfill = modes.tx_backfill;
	tx.FragmentRingNumberOfElementsHint = modes.ring;

	switch (modes.rx_buffers) {
	case rx_buffers_driver:
		NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED(
			&rx, evt_return_rx_buffer, modes.rx_buffer_bytes, modes.queues);
		break;
	case rx_buffers_registered:
		NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(&rx, modes.rx_buffer_bytes,
								modes.queues);
		rx.AllocationMode = NetRxFragmentBufferAllocationModeDriverV2;
		rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
		rx.MemoryCollection = device.buffers.registered();
		break;
	case rx_buffers_plain:
		NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(&rx, modes.rx_buffer_bytes,
								modes.queues);
		break;
	default:
		NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(
			&rx, &dma, modes.rx_buffer_bytes, modes.queues);
		break;
	}
	if (rx.AllocationMode == NetRxFragmentBufferAllocationModeSystem)
		rx.FragmentBufferAlignment = modes.rx_alignment;
	rx.FragmentRingNumberOfElementsHint = modes.ring;
	NetAdapterSetDataPathCapabilities(device.adapter, &tx, &rx);
}

UINT32 mtu_of(const Modes &modes)
{
	const UINT32 frame = limits::rx_fragments_per_packet * modes.rx_buffer_bytes;

	return frame < limits::frame_bytes ? frame - ethernet_header_bytes - vlan_tag_bytes
					   : limits::mtu;
}

/* Locally administered, made of what tells one device from all others. */
common::MacAddress address_of(const Device &device)
{
	return {{0x02, 'C', 'x', static_cast<UINT8>(device.wire->number >> 8),
		 static_cast<UINT8>(device.wire->number), static_cast<UINT8>(device.end + 1)}};
}

/* The two ends of the wire do not negotiate. */
void set_link_modes(NETADAPTER adapter)
{
	netcx_link_modes modes = {};

	modes.Size = sizeof(modes);
	modes.Port = netcx_port_none;
	modes.Supported = NETCX_LINK_MODE_10000_FULL | NETCX_LINK_MODE_PAUSE;
	(void)netcx_adapter_set_link_modes(adapter, &modes);
}

void set_receive_scaling(const Device &device)
{
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES capabilities;

	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
		&capabilities, limits::queues,
		NetAdapterReceiveScalingUnhashedTargetTypeUnspecified,
		NetAdapterReceiveScalingHashTypeToeplitz,
		NetAdapterReceiveScalingProtocolTypeIPv4 |
			NetAdapterReceiveScalingProtocolTypeIPv6 |
			NetAdapterReceiveScalingProtocolTypeTcp |
			NetAdapterReceiveScalingProtocolTypeUdp,
		evt_enable_receive_scaling, evt_disable_receive_scaling, evt_set_hash_key,
		evt_set_indirection_entries);
	capabilities.IndirectionTableSize = limits::indirection_entries;
	NetAdapterSetReceiveScalingCapabilities(device.adapter, &capabilities);
}

constexpr NET_ADAPTER_OFFLOAD_LAYER3_FLAGS layer3_all =
	NetAdapterOffloadLayer3FlagIPv4NoOptions | NetAdapterOffloadLayer3FlagIPv4WithOptions |
	NetAdapterOffloadLayer3FlagIPv6NoExtensions | NetAdapterOffloadLayer3FlagIPv6WithExtensions;
constexpr NET_ADAPTER_OFFLOAD_LAYER4_FLAGS layer4_tcp =
	NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagTcpWithOptions;

void set_checksum(const Device &device)
{
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES tx;
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES rx;

	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(&tx, layer3_all, evt_set_offload);
	tx.Layer4Flags = layer4_tcp | NetAdapterOffloadLayer4FlagUdp;
	NetAdapterOffloadSetTxChecksumCapabilities(device.adapter, &tx);
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(&rx, evt_set_offload);
	NetAdapterOffloadSetRxChecksumCapabilities(device.adapter, &rx);
}

void set_segmentation(const Device &device)
{
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;

	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(&gso, layer3_all, layer4_tcp,
						  limits::segmentation_bytes, 1, evt_set_offload);
	NetAdapterOffloadSetGsoCapabilities(device.adapter, &gso);
}

void set_coalescing(const Device &device)
{
	NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES rsc;

	NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT(
		&rsc,
		NetAdapterOffloadLayer3FlagIPv4NoOptions |
			NetAdapterOffloadLayer3FlagIPv6NoExtensions,
		NetAdapterOffloadLayer4FlagTcpNoOptions, evt_set_coalescing);
	rsc.TcpTimestampOption = TRUE;
	NetAdapterOffloadSetRscCapabilities(device.adapter, &rsc);
}

NTSTATUS set_vlan(const Device &device)
{
	netcx_vlan_capabilities vlan = {};

	common::set_vlan_tagging(device.adapter);

	vlan.Size = sizeof(vlan);
	vlan.SetStripping = evt_set_vlan_stripping;
	vlan.DropEligible = TRUE;
	vlan.SetFilter = evt_set_vlan_filter;
	return netcx_adapter_set_vlan_capabilities(device.adapter, &vlan);
}

NTSTATUS set_extensions(const Device &device)
{
	netcx_unicast_filter_capabilities unicast = {};
	NTSTATUS status;

	status = common::set_statistics(device.adapter, Statistics::config(), evt_read_statistics);
	if (!NT_SUCCESS(status))
		return status;
	unicast.Size = sizeof(unicast);
	unicast.MaximumAddresses = limits::unicast_addresses;
	unicast.Set = evt_set_unicast_addresses;
	status = netcx_adapter_set_unicast_filter(device.adapter, &unicast);
	if (!NT_SUCCESS(status))
		return status;
	status = netcx_adapter_set_transmit_paused_callback(device.adapter, evt_is_transmit_paused);
	if (!NT_SUCCESS(status))
		return status;
	return netcx_adapter_set_address_callback(device.adapter, evt_set_address);
}

} /* namespace */

NTSTATUS create_adapter(Device *device)
{
	return common::create_adapter(device->handle, device, evt_create_tx_queue,
				      evt_create_rx_queue, &device->adapter,
				      device->modes.priorities);
}

NTSTATUS start_adapter(Device *device)
{
	const Modes &modes = device->modes;
	NTSTATUS status;

	set_data_path(*device);
	device->filter.address = address_of(*device);
	common::set_link_layer(device->adapter, limits::bits_per_second, mtu_of(modes),
			       device->filter.address);
	set_link_modes(device->adapter);
	device->report_link(false);
	common::set_receive_filter(device->adapter, evt_set_receive_filter,
				   limits::multicast_addresses);
	if (modes.hash)
		set_receive_scaling(*device);
	if (modes.checksum)
		set_checksum(*device);
	if (modes.segmentation)
		set_segmentation(*device);
	if (modes.coalescing)
		set_coalescing(*device);
	set_wake_capabilities(*device);
	status = set_extensions(*device);
	if (NT_SUCCESS(status) && modes.vlan)
		status = set_vlan(*device);
	if (NT_SUCCESS(status))
		status = NetAdapterStart(device->adapter);
	if (!NT_SUCCESS(status))
		LOG_ERROR("starting the adapter failed with %#x",
			  static_cast<unsigned int>(status));
	return status;
}

} /* namespace sim */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The numbers in the capabilities are from limits.h. */
#include "adapter.h"
#include "device.h"
#include "rx_queue.h"
#include "tx_queue.h"
#include <common/link.h>
#include <common/log.h>

namespace e1000e
{

namespace
{

/* ---- the framework's callbacks; process context, device in D0 ---- */

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

	device->current_address.set(*address);
	device->filter.program_address(device->hardware, device->current_address);
}

NTSTATUS evt_set_moderation(NETADAPTER adapter, const netcx_interrupt_moderation *moderation)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->interrupts.set_moderation(*moderation);
	return STATUS_SUCCESS;
}

NTSTATUS evt_set_queue_moderation(NETADAPTER adapter, UINT32 queue,
				  const netcx_interrupt_moderation *moderation)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	if (queue >= device->interrupts.queues())
		return STATUS_INVALID_PARAMETER;
	device->interrupts.set_moderation(queue, *moderation);
	return STATUS_SUCCESS;
}

void evt_read_statistics(NETADAPTER adapter, UINT64 *values)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->statistics.update(device->hardware);
	device->statistics.copy(values);
}

void evt_set_unicast_addresses(NETADAPTER adapter, const NET_ADAPTER_LINK_LAYER_ADDRESS *addresses,
			       UINT32 count)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->filter.set_unicast(device->hardware, addresses, count);
}

/* Only reads STATUS, so it needs no lock. Context: process or DISPATCH_LEVEL. */
BOOLEAN evt_is_transmit_paused(NETADAPTER adapter)
{
	return device_of(adapter)->hardware.is_transmission_paused();
}

void evt_set_rx_checksum(NETADAPTER adapter, NETOFFLOAD offload)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);
	UINT32 checksums = 0;

	if (NetOffloadIsRxChecksumIPv4Enabled(offload))
		checksums |= rxcsum::ip;
	/* RXCSUM has one bit for TCP and UDP; the stack ignores results it did not ask for. */
	if (NetOffloadIsRxChecksumTcpEnabled(offload) || NetOffloadIsRxChecksumUdpEnabled(offload))
		checksums |= rxcsum::tcp_udp;
	device->rx_checksums = checksums;
	device->hardware.write(rxcsum::reg, checksums | rxcsum::packet_checksum_disable);
}

/* Each packet's extensions say which offloads it wants: nothing is programmed here. */
void evt_set_tx_checksum(NETADAPTER, NETOFFLOAD)
{
}

void evt_set_gso(NETADAPTER, NETOFFLOAD)
{
}

/* The framework calls these two only while no receive queue is started. */
NTSTATUS evt_enable_receive_scaling(NETADAPTER adapter, NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE,
				    NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols)
{
	Device *device = device_of(adapter);

	device->scaling.enable(device->hardware, protocols);
	return STATUS_SUCCESS;
}

void evt_disable_receive_scaling(NETADAPTER adapter)
{
	Device *device = device_of(adapter);

	device->scaling.disable(device->hardware);
}

NTSTATUS evt_set_hash_key(NETADAPTER adapter,
			  const NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY *secret)
{
	Device *device = device_of(adapter);

	if (secret->Length != rssrk::bytes) {
		LOG_ERROR("a hash key has %u bytes, not %zu", rssrk::bytes, secret->Length);
		return STATUS_INVALID_PARAMETER;
	}
	device->scaling.set_key(device->hardware, secret->Key);
	return STATUS_SUCCESS;
}

NTSTATUS evt_set_indirection_entries(NETADAPTER adapter,
				     NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *entries)
{
	Device *device = device_of(adapter);
	NTSTATUS status = STATUS_SUCCESS;

	for (SIZE_T i = 0; i < entries->Length; i++) {
		NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY *entry = &entries->Entries[i];

		if (!device->scaling.set_entry(device->hardware, entry->Index,
					       rx_queue_id(entry->PacketQueue))) {
			entry->Status = STATUS_INVALID_PARAMETER;
			status = STATUS_INVALID_PARAMETER;
		}
	}
	device->scaling.program_table(device->hardware);
	return status;
}

void evt_set_vlan_stripping(NETADAPTER adapter, BOOLEAN enabled)
{
	device_of(adapter)->set_vlan_mode(enabled);
}

void evt_set_vlan_filter(NETADAPTER adapter, const netcx_vlan_filter *filter)
{
	Device *device = device_of(adapter);
	const DeviceLock guard(*device);

	device->filter.set_vlans(device->hardware, *filter);
}

/* ---- capabilities ---- */

/* Declared for one queue as well: the hash goes from the rx descriptor into the skb. */
void set_receive_scaling(const Device &device)
{
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES capabilities;

	/* What is not hashed, ARP for example, goes to the first queue whatever the table says. */
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
		&capabilities, device.interrupts.queues(),
		NetAdapterReceiveScalingUnhashedTargetTypeUnspecified,
		NetAdapterReceiveScalingHashTypeToeplitz,
		NetAdapterReceiveScalingProtocolTypeIPv4 |
			NetAdapterReceiveScalingProtocolTypeIPv4Options |
			NetAdapterReceiveScalingProtocolTypeIPv6 |
			NetAdapterReceiveScalingProtocolTypeIPv6Extensions |
			NetAdapterReceiveScalingProtocolTypeTcp,
		evt_enable_receive_scaling, evt_disable_receive_scaling, evt_set_hash_key,
		evt_set_indirection_entries);
	capabilities.IndirectionTableSize = reta::entries;
	NetAdapterSetReceiveScalingCapabilities(device.adapter, &capabilities);
}

void set_offloads(const Device &device)
{
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES tx;
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES rx;
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;

	/* The hardware goes by offsets only: IP options and extension headers do not matter. */
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

	/* Segmentation rewrites the IPv6 payload length, and does not know extension headers. */
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
		&gso,
		NetAdapterOffloadLayer3FlagIPv4NoOptions |
			NetAdapterOffloadLayer3FlagIPv4WithOptions |
			NetAdapterOffloadLayer3FlagIPv6NoExtensions,
		NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagTcpWithOptions,
		limits::segmentation_bytes, limits::segmentation_minimum_segments, evt_set_gso);
	gso.Layer4HeaderOffsetLimit = limits::segmentation_layer4_offset;
	NetAdapterOffloadSetGsoCapabilities(device.adapter, &gso);

	common::set_vlan_tagging(device.adapter);
}

/* What netcx_adapter_ext.h has beyond NetAdapterCx. */
NTSTATUS set_extensions(const Device &device)
{
	netcx_interrupt_moderation_capabilities moderation = {};
	netcx_unicast_filter_capabilities unicast = {};
	netcx_vlan_capabilities vlan = {};
	NTSTATUS status;

	moderation.Size = sizeof(moderation);
	moderation.Initial = device.interrupts.default_moderation();
	moderation.MaximumRxMicroseconds = limits::maximum_moderation_us;
	moderation.MaximumTxMicroseconds = limits::maximum_moderation_us;
	moderation.RxTxShared = device.interrupts.shares_moderation();
	moderation.Set = evt_set_moderation;
	moderation.SetQueue = evt_set_queue_moderation;
	status = netcx_adapter_set_interrupt_moderation(device.adapter, &moderation);
	if (!NT_SUCCESS(status))
		return status;

	status = common::set_statistics(device.adapter, Statistics::config(), evt_read_statistics);
	if (!NT_SUCCESS(status))
		return status;

	vlan.Size = sizeof(vlan);
	vlan.SetStripping = evt_set_vlan_stripping;
	vlan.InsertionNeedsStripping = TRUE;
	vlan.DropEligible = TRUE;
	vlan.SetFilter = evt_set_vlan_filter;
	status = netcx_adapter_set_vlan_capabilities(device.adapter, &vlan);
	if (!NT_SUCCESS(status))
		return status;

	unicast.Size = sizeof(unicast);
	unicast.MaximumAddresses = intel::ReceiveFilter::most_unicast(device.hardware);
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
				      evt_create_rx_queue, &device->adapter);
}

NTSTATUS start_adapter(Device *device)
{
	NTSTATUS status;

	common::set_data_path(device->adapter,
			      {.enabler = device->dma_enabler,
			       .queues = device->interrupts.queues(),
			       .tx_fragments_per_packet = limits::tx_fragments_per_packet,
			       .rx_buffer_bytes = limits::rx_buffer_bytes,
			       .ring_default = limits::ring_default});
	common::set_link_layer(device->adapter, limits::link_speed_bits_per_second, limits::mtu,
			       device->permanent_address);
	common::report_link(device->adapter, {});
	common::set_receive_filter(device->adapter, evt_set_receive_filter,
				   limits::multicast_addresses);
	set_receive_scaling(*device);
	set_offloads(*device);
	Wake::declare(device->adapter);
	status = set_extensions(*device);
	if (NT_SUCCESS(status))
		status = NetAdapterStart(device->adapter);
	if (!NT_SUCCESS(status))
		LOG_ERROR("starting the adapter failed with %#x",
			  static_cast<unsigned int>(status));
	return status;
}

} /* namespace e1000e */

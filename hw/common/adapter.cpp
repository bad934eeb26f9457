// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/adapter.h>
#include <common/log.h>

namespace common
{

NTSTATUS create_adapter(WDFDEVICE handle, void *device,
			PFN_NET_ADAPTER_CREATE_TXQUEUE create_tx_queue,
			PFN_NET_ADAPTER_CREATE_RXQUEUE create_rx_queue, NETADAPTER *adapter,
			UINT32 priorities)
{
	NET_ADAPTER_DATAPATH_CALLBACKS callbacks;
	WDF_OBJECT_ATTRIBUTES attributes;
	NETADAPTER_INIT *init;
	NTSTATUS status;

	init = NetAdapterInitAllocate(handle);
	if (!init) {
		LOG_ERROR("no memory for an adapter");
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&callbacks, create_tx_queue, create_rx_queue);
	NetAdapterInitSetDatapathCallbacks(init, &callbacks);
	if (priorities) {
		NET_ADAPTER_TX_DEMUX demux;

		NET_ADAPTER_TX_8021P_DEMUX_INIT(&demux);
		demux.Range = static_cast<UINT8>(priorities);
		NetAdapterInitAddTxDemux(init, &demux);
	}
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, AdapterContext);
	status = NetAdapterCreate(init, &attributes, adapter);
	NetAdapterInitFree(init);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("NetAdapterCreate failed with %#x", static_cast<unsigned int>(status));
		return status;
	}
	adapter_context(*adapter)->device = device;
	return STATUS_SUCCESS;
}

void set_data_path(NETADAPTER adapter, const DmaDataPath &path)
{
	NET_ADAPTER_DMA_CAPABILITIES dma;
	NET_ADAPTER_TX_CAPABILITIES tx;
	NET_ADAPTER_RX_CAPABILITIES rx;

	NET_ADAPTER_DMA_CAPABILITIES_INIT(&dma, path.enabler);
	NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(&tx, &dma, path.queues);
	tx.MaximumNumberOfFragments = path.tx_fragments_per_packet;
	tx.FragmentRingNumberOfElementsHint = path.ring_default;
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(&rx, &dma, path.rx_buffer_bytes,
							    path.queues);
	rx.FragmentRingNumberOfElementsHint = path.ring_default;
	NetAdapterSetDataPathCapabilities(adapter, &tx, &rx);
}

void set_link_layer(NETADAPTER adapter, UINT64 bits_per_second, UINT32 mtu,
		    const MacAddress &address)
{
	NET_ADAPTER_LINK_LAYER_CAPABILITIES capabilities;
	NET_ADAPTER_LINK_LAYER_ADDRESS bytes;

	NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&capabilities, bits_per_second, bits_per_second);
	NetAdapterSetLinkLayerCapabilities(adapter, &capabilities);
	NetAdapterSetLinkLayerMtuSize(adapter, mtu);

	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&bytes, mac_address_bytes, address.bytes);
	NetAdapterSetPermanentLinkLayerAddress(adapter, &bytes);
	NetAdapterSetCurrentLinkLayerAddress(adapter, &bytes);
}

void set_receive_filter(NETADAPTER adapter, PFN_NET_ADAPTER_SET_RECEIVE_FILTER set,
			UINT32 multicast_addresses)
{
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES capabilities;

	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&capabilities, set);
	capabilities.SupportedPacketFilters =
		NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast |
		NetPacketFilterFlagAllMulticast | NetPacketFilterFlagBroadcast |
		NetPacketFilterFlagPromiscuous;
	capabilities.MaximumMulticastAddresses = multicast_addresses;
	NetAdapterSetReceiveFilterCapabilities(adapter, &capabilities);
}

void set_vlan_tagging(NETADAPTER adapter)
{
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES tag;

	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
		&tag, NetAdapterOffloadIeee8021PriorityTaggingFlag |
			      NetAdapterOffloadIeee8021VlanTaggingFlag);
	NetAdapterOffloadSetIeee8021qTagCapabilities(adapter, &tag);
}

NTSTATUS set_statistics(NETADAPTER adapter, netcx_statistics_config config,
			PFN_NETCX_READ_STATISTICS read)
{
	config.Size = sizeof(config);
	config.Read = read;
	return netcx_adapter_set_statistics(adapter, &config);
}

} /* namespace common */

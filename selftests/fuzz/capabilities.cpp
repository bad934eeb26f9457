// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * A client that declares any capabilities. What module/core takes is within what the public headers
 * allow, and an adapter that starts with it can be opened, set up and closed; what it does not take
 * keeps the adapter from starting, with a line in the log, and everything is given back.
 */

#include <algorithm>

#include <netcx/netadaptercx.h>
#include <netcx/netcx_adapter_ext.h>

#include "core.h"
#include "input.h"
#include "os/fake_os.h"

using fuzz::Input;
using fuzz::require;

namespace
{

/* The one that runs: callbacks have no other way to it. */
Input *input;
NETADAPTER adapter_handle;
WDFDMAENABLER enabler;

/* ---- what a client is called for ---- */

void advance(NETPACKETQUEUE queue);

void set_notification(NETPACKETQUEUE, BOOLEAN)
{
}

void cancel(NETPACKETQUEUE)
{
}

struct Rings {
	const NET_RING_COLLECTION *rings;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Rings, rings_of);

void advance(NETPACKETQUEUE queue)
{
	for (UINT32 i = 0; i < 2; i++) {
		NET_RING *ring = rings_of(queue)->rings->Rings[i];

		ring->BeginIndex = ring->EndIndex;
	}
}

void prepare_queue(WDF_OBJECT_ATTRIBUTES *attributes, NET_PACKET_QUEUE_CONFIG *config)
{
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(attributes, Rings);
	NET_PACKET_QUEUE_CONFIG_INIT(config, advance, set_notification, cancel);
}

NTSTATUS create_tx(NETADAPTER, NETTXQUEUE_INIT *init)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	NET_PACKET_QUEUE_CONFIG config;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	prepare_queue(&attributes, &config);
	status = NetTxQueueCreate(init, &attributes, &config, &queue);
	if (NT_SUCCESS(status))
		rings_of(queue)->rings = NetTxQueueGetRingCollection(queue);
	return status;
}

NTSTATUS create_rx(NETADAPTER, NETRXQUEUE_INIT *init)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	NET_PACKET_QUEUE_CONFIG config;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	prepare_queue(&attributes, &config);
	status = NetRxQueueCreate(init, &attributes, &config, &queue);
	if (NT_SUCCESS(status))
		rings_of(queue)->rings = NetRxQueueGetRingCollection(queue);
	return status;
}

void return_buffer(NETADAPTER, NET_FRAGMENT_RETURN_CONTEXT_HANDLE)
{
}

void set_receive_filter(NETADAPTER, NETRECEIVEFILTER filter)
{
	[[maybe_unused]] static volatile UINT8 sink;
	const SIZE_T count = NetReceiveFilterGetMulticastAddressCount(filter);
	const NET_ADAPTER_LINK_LAYER_ADDRESS *list =
		NetReceiveFilterGetMulticastAddressList(filter);

	for (SIZE_T i = 0; i < count; i++)
		sink = list[i].Address[0];
}

void set_tx_checksum(NETADAPTER, NETOFFLOAD offload)
{
	NetOffloadIsTxChecksumTcpEnabled(offload);
}

void set_rx_checksum(NETADAPTER, NETOFFLOAD offload)
{
	NetOffloadIsRxChecksumTcpEnabled(offload);
}

void set_gso(NETADAPTER, NETOFFLOAD offload)
{
	NetOffloadIsLsoIPv4Enabled(offload);
}

NTSTATUS enable_scaling(NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE,
			NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE)
{
	return STATUS_SUCCESS;
}

void disable_scaling(NETADAPTER)
{
}

NTSTATUS set_key(NETADAPTER, const NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY *)
{
	return STATUS_SUCCESS;
}

NTSTATUS set_entries(NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *)
{
	return STATUS_SUCCESS;
}

NTSTATUS set_moderation(NETADAPTER, const struct netcx_interrupt_moderation *)
{
	return STATUS_SUCCESS;
}

void read_statistics(NETADAPTER, UINT64 *values)
{
	values[0] = 1;
}

void set_stripping(NETADAPTER, BOOLEAN)
{
}

void set_vlan_filter(NETADAPTER, const struct netcx_vlan_filter *)
{
}

void set_unicast(NETADAPTER, const NET_ADAPTER_LINK_LAYER_ADDRESS *, UINT32)
{
}

/* ---- what it declares ---- */

/* Any bytes, mostly of the right size. */
template <class T>
T any()
{
	T value;

	input->fill(&value, sizeof(value));
	if (input->byte() < 0xf0)
		value.Size = sizeof(value);
	return value;
}

template <class Function>
Function *maybe(Function *function)
{
	return input->byte() < 0xf0 ? function : nullptr;
}

/* Numbers that have a chance of being taken. */
SIZE_T number()
{
	switch (input->below(4)) {
	case 0:
		return SIZE_T{1} << input->below(64);
	case 1:
		return input->byte();
	case 2:
		return input->take<UINT16>();
	default:
		return input->take<SIZE_T>();
	}
}

void declare_datapath()
{
	auto dma = any<NET_ADAPTER_DMA_CAPABILITIES>();
	auto tx = any<NET_ADAPTER_TX_CAPABILITIES>();
	auto rx = any<NET_ADAPTER_RX_CAPABILITIES>();
	const UINT8 how = input->byte();

	dma.DmaEnabler = maybe(enabler);
	tx.MappingRequirement = static_cast<NET_MEMORY_MAPPING_REQUIREMENT>(input->byte() % 3);
	tx.MaximumNumberOfFragments = number();
	tx.FragmentBufferAlignment = number();
	tx.FragmentRingNumberOfElementsHint = static_cast<UINT32>(number());
	tx.MaximumNumberOfQueues = number();
	tx.DmaCapabilities = maybe(&dma);
	rx.AllocationMode = static_cast<NET_RX_FRAGMENT_BUFFER_ALLOCATION_MODE>(how % 3);
	rx.AttachmentMode = static_cast<NET_RX_FRAGMENT_BUFFER_ATTACHMENT_MODE>(
		how & 0x80 ? input->byte() : how % 3);
	rx.FragmentRingNumberOfElementsHint = static_cast<UINT32>(number());
	rx.MaximumFrameSize = number();
	rx.MaximumNumberOfQueues = number();
	if (rx.AllocationMode == NetRxFragmentBufferAllocationModeDriver) {
		rx.EvtAdapterReturnRxBuffer = maybe(return_buffer);
	} else {
		rx.MappingRequirement =
			static_cast<NET_MEMORY_MAPPING_REQUIREMENT>(input->byte() % 3);
		rx.FragmentBufferAlignment = number();
		rx.DmaCapabilities = maybe(&dma);
	}
	NetAdapterSetDataPathCapabilities(adapter_handle, &tx, &rx);
}

void declare_link()
{
	auto capabilities = any<NET_ADAPTER_LINK_LAYER_CAPABILITIES>();
	auto state = any<NET_ADAPTER_LINK_STATE>();
	auto address = input->take<NET_ADAPTER_LINK_LAYER_ADDRESS>();

	NetAdapterSetLinkLayerCapabilities(adapter_handle, &capabilities);
	NetAdapterSetLinkLayerMtuSize(adapter_handle, static_cast<ULONG>(number()));
	if (input->byte() < 0xf0)
		address.Length = 6;
	NetAdapterSetPermanentLinkLayerAddress(adapter_handle, &address);
	if (input->flag())
		NetAdapterSetCurrentLinkLayerAddress(adapter_handle, &address);
	if (input->flag())
		NetAdapterSetLinkState(adapter_handle, &state);
}

void declare_offloads()
{
	auto tx = any<NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES>();
	auto rx = any<NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES>();
	auto gso = any<NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES>();
	auto tag = any<NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES>();
	const UINT8 which = input->byte();

	tx.EvtAdapterOffloadSetTxChecksum = maybe(set_tx_checksum);
	rx.EvtAdapterOffloadSetRxChecksum = maybe(set_rx_checksum);
	gso.EvtAdapterOffloadSetGso = maybe(set_gso);
	if (which & 1)
		NetAdapterOffloadSetTxChecksumCapabilities(adapter_handle, &tx);
	if (which & 2)
		NetAdapterOffloadSetRxChecksumCapabilities(adapter_handle, &rx);
	if (which & 4)
		NetAdapterOffloadSetGsoCapabilities(adapter_handle, &gso);
	if (which & 8)
		NetAdapterOffloadSetIeee8021qTagCapabilities(adapter_handle, &tag);
}

void declare_receive()
{
	auto filter = any<NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES>();
	auto scaling = any<NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES>();
	const UINT8 which = input->byte();

	filter.EvtSetReceiveFilter = maybe(set_receive_filter);
	filter.MaximumMulticastAddresses = number();
	scaling.NumberOfQueues = number();
	scaling.IndirectionTableSize = number();
	scaling.EvtAdapterReceiveScalingEnable = maybe(enable_scaling);
	scaling.EvtAdapterReceiveScalingDisable = maybe(disable_scaling);
	scaling.EvtAdapterReceiveScalingSetHashSecretKey = maybe(set_key);
	scaling.EvtAdapterReceiveScalingSetIndirectionEntries = maybe(set_entries);
	if (which & 1)
		NetAdapterSetReceiveFilterCapabilities(adapter_handle, &filter);
	if (which & 2)
		NetAdapterSetReceiveScalingCapabilities(adapter_handle, &scaling);
}

void declare_statistics()
{
	static const char *const names[] = {"one", nullptr,
					    "a name that is longer than 31 characters"};
	/* They must live as long as the adapter. */
	static netcx_statistic_meaning meanings[4];
	static netcx_frame_sizes sizes[NETCX_FRAME_SIZES_MAX];
	auto statistics = any<netcx_statistics_config>();

	statistics.Names = maybe(names);
	statistics.Count = 1 + input->below(3);
	statistics.Read = maybe(read_statistics);
	for (netcx_statistic_meaning &meaning : meanings) {
		meaning.Counter = input->below(4);
		meaning.Statistic =
			static_cast<netcx_statistic>(input->below(netcx_statistic_end + 2));
		meaning.Sizes = input->below(3);
	}
	statistics.Meanings = maybe(meanings);
	statistics.MeaningCount = input->below(ARRAYSIZE(meanings) + 1);
	for (netcx_frame_sizes &range : sizes) {
		range.Low = input->byte();
		range.High = input->byte();
	}
	statistics.FrameSizes = maybe(sizes);
	statistics.FrameSizesCount = input->below(ARRAYSIZE(sizes) + 2);
	netcx_adapter_set_statistics(adapter_handle, &statistics);
}

void declare_addresses_and_modes()
{
	auto unicast = any<netcx_unicast_filter_capabilities>();
	auto modes = any<netcx_link_modes>();

	unicast.MaximumAddresses = static_cast<UINT32>(number());
	unicast.Set = maybe(set_unicast);
	modes.Port = static_cast<netcx_port>(input->below(netcx_port_end + 2));
	netcx_adapter_set_unicast_filter(adapter_handle, &unicast);
	netcx_adapter_set_link_modes(adapter_handle, &modes);
}

void declare_extensions()
{
	auto moderation = any<netcx_interrupt_moderation_capabilities>();
	auto vlan = any<netcx_vlan_capabilities>();
	const UINT8 which = input->byte();

	moderation.Set = maybe(set_moderation);
	moderation.SetQueue = nullptr;
	moderation.RxTxShared = input->flag();
	vlan.SetStripping = maybe(set_stripping);
	vlan.SetFilter = maybe(set_vlan_filter);
	vlan.InsertionNeedsStripping = input->flag();
	vlan.DropEligible = input->flag();
	if (which & 1)
		netcx_adapter_set_interrupt_moderation(adapter_handle, &moderation);
	if (which & 2)
		declare_statistics();
	if (which & 4)
		netcx_adapter_set_vlan_capabilities(adapter_handle, &vlan);
	if (which & 8)
		declare_addresses_and_modes();
}

NTSTATUS prepare(WDFDEVICE, WDFCMRESLIST, WDFCMRESLIST)
{
	declare_datapath();
	declare_link();
	declare_offloads();
	declare_receive();
	declare_extensions();
	if (input->byte() >= 0xf0)
		declare_datapath();
	return NetAdapterStart(adapter_handle);
}

NTSTATUS add_device(WDFDRIVER, PWDFDEVICE_INIT init)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
	NET_ADAPTER_DATAPATH_CALLBACKS datapath;
	NETADAPTER_INIT *adapter_init;
	WDF_DMA_ENABLER_CONFIG dma;
	WDFDEVICE device;
	NTSTATUS status = NetDeviceInitConfig(init);

	WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDevicePrepareHardware = prepare;
	WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
	if (NT_SUCCESS(status))
		status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
	if (!NT_SUCCESS(status))
		return status;
	WDF_DMA_ENABLER_CONFIG_INIT(&dma, WdfDmaProfileScatterGather64, 65536);
	dma.WdmDmaVersionOverride = input->flag() ? 3 : 2;
	status = WdfDmaEnablerCreate(device, &dma, WDF_NO_OBJECT_ATTRIBUTES, &enabler);
	if (!NT_SUCCESS(status))
		return status;
	adapter_init = NetAdapterInitAllocate(device);
	NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&datapath, create_tx, create_rx);
	NetAdapterInitSetDatapathCallbacks(adapter_init, &datapath);
	status = NetAdapterCreate(adapter_init, WDF_NO_OBJECT_ATTRIBUTES, &adapter_handle);
	NetAdapterInitFree(adapter_init);
	return status;
}

NTSTATUS driver_entry(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
	WDF_DRIVER_CONFIG config;

	WDF_DRIVER_CONFIG_INIT(&config, add_device);
	return WdfDriverCreate(object, path, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}

/* ---- what is asked of what was taken ---- */

bool is_power_of_two(SIZE_T value)
{
	return value && !(value & (value - 1));
}

void check(const netcx_adapter *adapter)
{
	require(adapter->tx.MaximumNumberOfQueues, "a tx queue");
	require(adapter->rx.MaximumNumberOfQueues, "an rx queue");
	require(adapter->tx.MaximumNumberOfFragments, "a fragment per packet");
	require(is_power_of_two(adapter->tx.FragmentBufferAlignment), "the tx alignment");
	require(adapter->rx.MaximumFrameSize && adapter->rx.MaximumFrameSize < 1U << 26,
		"the size of rx buffers");
	for (UINT32 hint : {adapter->tx.FragmentRingNumberOfElementsHint,
			    adapter->rx.FragmentRingNumberOfElementsHint})
		require(!hint || is_power_of_two(hint), "the hint for a ring's size");
	if (adapter->tx.MappingRequirement)
		require(adapter->tx.DmaCapabilities == &adapter->tx_dma, "a copy of the DMA part");
	require(!adapter->receive_scaling.Size ||
			is_power_of_two(adapter->receive_scaling.IndirectionTableSize),
		"the indirection table's size");
	for (UINT32 i = 0; i < adapter->statistics.MeaningCount; i++)
		require(adapter->statistics.Meanings[i].Counter < adapter->statistics.Count,
			"a meaning of a counter that there is");
	require(adapter->statistics.FrameSizesCount <= NETCX_FRAME_SIZES_MAX,
		"the ranges of sizes");
	require(!(adapter->link_modes.Supported & ~NETCX_LINK_MODE_ALL), "the link modes");
}

void use(fake::Interface *interface)
{
	netcx_adapter *adapter = interface->adapter;
	const NET_ADAPTER_LINK_LAYER_ADDRESS groups[2] = {};
	netcx_offloads offloads;

	check(adapter);
	interface->ring_size = 2u << input->below(6);
	interface->rx_queues = 1 + input->below(3);
	if (interface->open())
		return;
	input->fill(&offloads, sizeof(offloads));
	netcx_core_adapter_set_offloads(adapter, &offloads);
	netcx_core_adapter_set_receive_filter(
		adapter, static_cast<NET_PACKET_FILTER_FLAGS>(input->byte() & 0x2f), groups,
		input->below(3));
	if (adapter->receive_scaling.Size &&
	    !netcx_core_receive_scaling_enable(
		    adapter, NetAdapterReceiveScalingHashTypeToeplitz,
		    adapter->receive_scaling.ReceiveScalingProtocolTypes))
		netcx_core_receive_scaling_disable(adapter);
	interface->close();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const UINT8 *data, SIZE_T size)
{
	fake::Os &os = fake::Os::get();
	Input stream(data, size);
	netcx_os_device hardware;
	netcx_driver *driver;
	netcx_device *device;

	os.reset();
	input = &stream;
	hardware.bars.push_back(std::make_shared<fake::Registers>(4096));
	require(!netcx_core_driver_create("fuzzed", "1.0", driver_entry, nullptr, &driver),
		"a driver");
	require(!netcx_core_device_add(driver, &hardware, &device), "a device");
	if (!netcx_core_device_start(device)) {
		use(fake::Interface::all()[0]);
		netcx_core_device_stop(device);
	} else {
		require(os.errors(), "a line that says why it does not start");
	}
	netcx_core_device_remove(device);
	netcx_core_driver_destroy(driver);
	require(!os.live(), os.live_kinds().c_str());
	require(os.violations.empty(), os.violations.empty() ? "" : os.violations[0].c_str());
	os.reset();
	return 0;
}

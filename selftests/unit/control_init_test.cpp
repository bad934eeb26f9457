// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What each initialiser of the control path sets. Every structure is full of rubbish before, so a
// field that an initialiser forgets shows.

#include <gtest/gtest.h>

#include <string.h>

#include <netcx/netadaptercx.h>

namespace
{

template <typename T>
void fill_with_rubbish(T &structure)
{
	memset(static_cast<void *>(&structure), 0xa5, sizeof(structure));
}

// All bytes, padding too: an initialiser clears the whole structure first.
template <typename T>
bool same_bytes(const T &a, const T &b)
{
	return memcmp(&a, &b, sizeof(T)) == 0;
}

template <typename T>
T *zeroed(T &structure)
{
	memset(static_cast<void *>(&structure), 0, sizeof(structure));
	return &structure;
}

template <typename Handle>
Handle handle(uintptr_t value)
{
	return reinterpret_cast<Handle>(value);
}

void on_offload(NETADAPTER, NETOFFLOAD)
{
}

TEST(ControlInit, ObjectAttributes)
{
	WDF_OBJECT_ATTRIBUTES attributes, expected;

	fill_with_rubbish(attributes);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	zeroed(expected)->Size = 56;
	expected.ExecutionLevel = WdfExecutionLevelInheritFromParent;
	expected.SynchronizationScope = WdfSynchronizationScopeInheritFromParent;
	EXPECT_TRUE(same_bytes(attributes, expected));
}

TEST(ControlInit, DriverConfig)
{
	EVT_WDF_DRIVER_DEVICE_ADD *add = [](WDFDRIVER, PWDFDEVICE_INIT) -> NTSTATUS {
		return STATUS_SUCCESS;
	};
	WDF_DRIVER_CONFIG config, expected;

	fill_with_rubbish(config);
	WDF_DRIVER_CONFIG_INIT(&config, add);
	zeroed(expected)->Size = 32;
	expected.EvtDriverDeviceAdd = add;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, PnpPowerCallbacks)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks, expected;

	fill_with_rubbish(callbacks);
	WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
	zeroed(expected)->Size = 144;
	EXPECT_TRUE(same_bytes(callbacks, expected));
}

TEST(ControlInit, InterruptConfig)
{
	EVT_WDF_INTERRUPT_ISR *isr = [](WDFINTERRUPT, ULONG) -> BOOLEAN {
		return TRUE;
	};
	EVT_WDF_INTERRUPT_DPC *dpc = [](WDFINTERRUPT, WDFOBJECT) {
	};
	WDF_INTERRUPT_CONFIG config, expected;

	fill_with_rubbish(config);
	WDF_INTERRUPT_CONFIG_INIT(&config, isr, dpc);
	zeroed(expected)->Size = 104;
	expected.ShareVector = WdfUseDefault;
	expected.EvtInterruptIsr = isr;
	expected.EvtInterruptDpc = dpc;
	expected.ReportInactiveOnPowerDown = WdfUseDefault;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, InterruptInfo)
{
	WDF_INTERRUPT_INFO info, expected;

	fill_with_rubbish(info);
	WDF_INTERRUPT_INFO_INIT(&info);
	zeroed(expected)->Size = 64;
	EXPECT_TRUE(same_bytes(info, expected));
}

TEST(ControlInit, DmaEnablerConfig)
{
	WDF_DMA_ENABLER_CONFIG config, expected;

	fill_with_rubbish(config);
	WDF_DMA_ENABLER_CONFIG_INIT(&config, WdfDmaProfileScatterGather64, 9018);
	zeroed(expected)->Size = 80;
	expected.Profile = WdfDmaProfileScatterGather64;
	expected.MaximumLength = 9018;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, CommonBufferConfig)
{
	WDF_COMMON_BUFFER_CONFIG config, expected;

	fill_with_rubbish(config);
	WDF_COMMON_BUFFER_CONFIG_INIT(&config, FILE_128_BYTE_ALIGNMENT);
	zeroed(expected)->Size = 8;
	expected.AlignmentRequirement = 127;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, TimerConfig)
{
	EVT_WDF_TIMER *fired = [](WDFTIMER) {
	};
	WDF_TIMER_CONFIG config, expected;

	fill_with_rubbish(config);
	WDF_TIMER_CONFIG_INIT(&config, fired);
	zeroed(expected)->Size = 40;
	expected.EvtTimerFunc = fired;
	expected.AutomaticSerialization = TRUE;
	EXPECT_TRUE(same_bytes(config, expected));

	fill_with_rubbish(config);
	WDF_TIMER_CONFIG_INIT_PERIODIC(&config, fired, 250);
	expected.Period = 250;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, WorkItemConfig)
{
	EVT_WDF_WORKITEM *work = [](WDFWORKITEM) {
	};
	WDF_WORKITEM_CONFIG config, expected;

	fill_with_rubbish(config);
	WDF_WORKITEM_CONFIG_INIT(&config, work);
	zeroed(expected)->Size = 24;
	expected.EvtWorkItemFunc = work;
	expected.AutomaticSerialization = TRUE;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, ExtensionQuery)
{
	static const WCHAR name[] = {'m', 's', '_', 'x', 0};
	NET_EXTENSION_QUERY query, expected;

	fill_with_rubbish(query);
	NET_EXTENSION_QUERY_INIT(&query, name, 2, NetExtensionTypeFragment);
	zeroed(expected)->Size = 24;
	expected.Name = name;
	expected.Version = 2;
	expected.Type = NetExtensionTypeFragment;
	EXPECT_TRUE(same_bytes(query, expected));
}

TEST(ControlInit, PacketQueueConfig)
{
	EVT_PACKET_QUEUE_ADVANCE *advance = [](NETPACKETQUEUE) {
	};
	EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED *arm = [](NETPACKETQUEUE, BOOLEAN) {
	};
	EVT_PACKET_QUEUE_CANCEL *cancel = [](NETPACKETQUEUE) {
	};
	NET_PACKET_QUEUE_CONFIG config, expected;

	fill_with_rubbish(config);
	NET_PACKET_QUEUE_CONFIG_INIT(&config, advance, arm, cancel);
	zeroed(expected)->Size = 56;
	expected.EvtAdvance = advance;
	expected.EvtSetNotificationEnabled = arm;
	expected.EvtCancel = cancel;
	EXPECT_TRUE(same_bytes(config, expected));
}

TEST(ControlInit, DatapathCallbacks)
{
	EVT_NET_ADAPTER_CREATE_TXQUEUE *tx = [](NETADAPTER, NETTXQUEUE_INIT *) -> NTSTATUS {
		return STATUS_SUCCESS;
	};
	EVT_NET_ADAPTER_CREATE_RXQUEUE *rx = [](NETADAPTER, NETRXQUEUE_INIT *) -> NTSTATUS {
		return STATUS_SUCCESS;
	};
	NET_ADAPTER_DATAPATH_CALLBACKS callbacks, expected;

	fill_with_rubbish(callbacks);
	NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&callbacks, tx, rx);
	zeroed(expected)->Size = 24;
	expected.EvtAdapterCreateTxQueue = tx;
	expected.EvtAdapterCreateRxQueue = rx;
	EXPECT_TRUE(same_bytes(callbacks, expected));
}

TEST(ControlInit, DmaCapabilities)
{
	const WDFDMAENABLER enabler = handle<WDFDMAENABLER>(0x1000);
	NET_ADAPTER_DMA_CAPABILITIES dma, expected;

	fill_with_rubbish(dma);
	NET_ADAPTER_DMA_CAPABILITIES_INIT(&dma, enabler);
	zeroed(expected)->Size = 32;
	expected.DmaEnabler = enabler;
	expected.CacheEnabled = WdfUseDefault;
	expected.PreferredNode = 0x80000000u;
	EXPECT_TRUE(same_bytes(dma, expected));
}

TEST(ControlInit, TxCapabilities)
{
	NET_ADAPTER_DMA_CAPABILITIES dma;
	NET_ADAPTER_TX_CAPABILITIES tx, expected;

	fill_with_rubbish(tx);
	NET_ADAPTER_TX_CAPABILITIES_INIT(&tx, 4);
	zeroed(expected)->Size = 56;
	expected.MappingRequirement = NetMemoryMappingRequirementNone;
	expected.MaximumNumberOfFragments = ~SIZE_T{0};
	expected.FragmentBufferAlignment = 1;
	expected.MaximumNumberOfQueues = 4;
	EXPECT_TRUE(same_bytes(tx, expected));

	fill_with_rubbish(tx);
	NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(&tx, &dma, 4);
	expected.MappingRequirement = NetMemoryMappingRequirementDmaMapped;
	expected.DmaCapabilities = &dma;
	EXPECT_TRUE(same_bytes(tx, expected));
}

TEST(ControlInit, RxCapabilitiesSystemManaged)
{
	NET_ADAPTER_DMA_CAPABILITIES dma;
	NET_ADAPTER_RX_CAPABILITIES rx, expected;

	fill_with_rubbish(rx);
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(&rx, 2048, 2);
	zeroed(expected)->Size = 56;
	expected.AllocationMode = NetRxFragmentBufferAllocationModeSystem;
	expected.AttachmentMode = NetRxFragmentBufferAttachmentModeSystem;
	expected.MaximumFrameSize = 2048;
	expected.MaximumNumberOfQueues = 2;
	expected.MappingRequirement = NetMemoryMappingRequirementNone;
	expected.FragmentBufferAlignment = 1;
	EXPECT_TRUE(same_bytes(rx, expected));

	fill_with_rubbish(rx);
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(&rx, &dma, 2048, 2);
	expected.MappingRequirement = NetMemoryMappingRequirementDmaMapped;
	expected.DmaCapabilities = &dma;
	EXPECT_TRUE(same_bytes(rx, expected));
}

TEST(ControlInit, RxCapabilitiesDriverManaged)
{
	EVT_NET_ADAPTER_RETURN_RX_BUFFER *give_back = [](NETADAPTER,
							 NET_FRAGMENT_RETURN_CONTEXT_HANDLE) {
	};
	NET_ADAPTER_RX_CAPABILITIES rx, expected;

	fill_with_rubbish(rx);
	NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED(&rx, give_back, 9018, 8);
	zeroed(expected)->Size = 56;
	expected.AllocationMode = NetRxFragmentBufferAllocationModeDriver;
	expected.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
	expected.MaximumFrameSize = 9018;
	expected.MaximumNumberOfQueues = 8;
	expected.EvtAdapterReturnRxBuffer = give_back;
	EXPECT_TRUE(same_bytes(rx, expected));
}

TEST(ControlInit, LinkLayerCapabilities)
{
	NET_ADAPTER_LINK_LAYER_CAPABILITIES capabilities, expected;

	fill_with_rubbish(capabilities);
	NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&capabilities, 1'000'000'000, 2'500'000'000);
	zeroed(expected)->Size = 24;
	expected.MaxTxLinkSpeed = 1'000'000'000;
	expected.MaxRxLinkSpeed = 2'500'000'000;
	EXPECT_TRUE(same_bytes(capabilities, expected));
}

TEST(ControlInit, LinkState)
{
	NET_ADAPTER_LINK_STATE state, expected;

	fill_with_rubbish(state);
	NET_ADAPTER_LINK_STATE_INIT(&state, 1'000'000'000, MediaConnectStateConnected,
				    MediaDuplexStateFull, NetAdapterPauseFunctionTypeReceiveOnly,
				    NetAdapterAutoNegotiationFlagDuplexAutoNegotiated);
	zeroed(expected)->Size = 40;
	expected.TxLinkSpeed = 1'000'000'000;
	expected.RxLinkSpeed = 1'000'000'000;
	expected.MediaConnectState = MediaConnectStateConnected;
	expected.MediaDuplexState = MediaDuplexStateFull;
	expected.SupportedPauseFunctions = NetAdapterPauseFunctionTypeReceiveOnly;
	expected.AutoNegotiationFlags = NetAdapterAutoNegotiationFlagDuplexAutoNegotiated;
	EXPECT_TRUE(same_bytes(state, expected));

	fill_with_rubbish(state);
	NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&state);
	zeroed(expected)->Size = 40;
	expected.TxLinkSpeed = ~ULONG64{0};
	expected.RxLinkSpeed = ~ULONG64{0};
	expected.MediaConnectState = MediaConnectStateDisconnected;
	EXPECT_TRUE(same_bytes(state, expected));
}

TEST(ControlInit, LinkLayerAddress)
{
	UCHAR bytes[40];
	NET_ADAPTER_LINK_LAYER_ADDRESS address, expected;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = static_cast<UCHAR>(i + 1);

	fill_with_rubbish(address);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, 6, bytes);
	zeroed(expected)->Length = 6;
	memcpy(expected.Address, bytes, 6);
	EXPECT_TRUE(same_bytes(address, expected));

	fill_with_rubbish(address);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, 32, bytes);
	zeroed(expected)->Length = 32;
	memcpy(expected.Address, bytes, 32);
	EXPECT_TRUE(same_bytes(address, expected));

	// Too long: nothing is written past the end, and the length shows the mistake.
	struct {
		NET_ADAPTER_LINK_LAYER_ADDRESS address;
		UCHAR after[8];
	} guarded;
	fill_with_rubbish(guarded);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&guarded.address, sizeof(bytes), bytes);
	expected.Length = sizeof(bytes);
	EXPECT_TRUE(same_bytes(guarded.address, expected));
	for (UCHAR byte : guarded.after)
		EXPECT_EQ(byte, 0xa5);
}

TEST(ControlInit, ReceiveFilterCapabilities)
{
	EVT_NET_ADAPTER_SET_RECEIVE_FILTER *set = [](NETADAPTER, NETRECEIVEFILTER) {
	};
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES capabilities, expected;

	fill_with_rubbish(capabilities);
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&capabilities, set);
	zeroed(expected)->Size = 24;
	expected.EvtSetReceiveFilter = set;
	EXPECT_TRUE(same_bytes(capabilities, expected));
}

TEST(ControlInit, TxChecksumCapabilities)
{
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES capabilities, expected;

	fill_with_rubbish(capabilities);
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
		&capabilities, NetAdapterOffloadLayer3FlagIPv4NoOptions, on_offload);
	zeroed(expected)->Size = 24;
	expected.Layer3Flags = NetAdapterOffloadLayer3FlagIPv4NoOptions;
	expected.EvtAdapterOffloadSetTxChecksum = on_offload;
	EXPECT_TRUE(same_bytes(capabilities, expected));
}

TEST(ControlInit, RxChecksumCapabilities)
{
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES capabilities, expected;

	fill_with_rubbish(capabilities);
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(&capabilities, on_offload);
	zeroed(expected)->Size = 16;
	expected.EvtAdapterOffloadSetRxChecksum = on_offload;
	EXPECT_TRUE(same_bytes(capabilities, expected));
}

TEST(ControlInit, GsoCapabilities)
{
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES capabilities, expected;

	fill_with_rubbish(capabilities);
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
		&capabilities, NetAdapterOffloadLayer3FlagIPv6NoExtensions,
		NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagUdp, 65535, 2,
		on_offload);
	zeroed(expected)->Size = 40;
	expected.Layer3Flags = NetAdapterOffloadLayer3FlagIPv6NoExtensions;
	expected.Layer4Flags =
		NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagUdp;
	expected.MaximumOffloadSize = 65535;
	expected.MinimumSegmentCount = 2;
	expected.EvtAdapterOffloadSetGso = on_offload;
	EXPECT_TRUE(same_bytes(capabilities, expected));
}

TEST(ControlInit, Ieee8021qTagCapabilities)
{
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES capabilities, expected;

	fill_with_rubbish(capabilities);
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
		&capabilities, NetAdapterOffloadIeee8021VlanTaggingFlag);
	zeroed(expected)->Size = 8;
	expected.Flags = NetAdapterOffloadIeee8021VlanTaggingFlag;
	EXPECT_TRUE(same_bytes(capabilities, expected));
}

} // namespace

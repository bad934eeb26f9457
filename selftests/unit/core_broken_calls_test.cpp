// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Rules of calls: for each of them a client that breaks it, and it alone, once.

#include <netcx/net/virtualaddress.h>

#include "core_client.h"

#include <thread>

namespace
{

using namespace unit;

class CoreBrokenCall;

struct Breach {
	netcx_verifier_rule rule;
	/* From before the driver is there; what follows, and its removal, is the test's. */
	void (*breach)(CoreBrokenCall &test);
};

class CoreBrokenCall : public CoreFixture, public ::testing::WithParamInterface<Breach>
{
public:
	using CoreFixture::add;
	using CoreFixture::client;
	using CoreFixture::device;
	using CoreFixture::finish;
	using CoreFixture::hardware;
	using CoreFixture::interface;
	using CoreFixture::open;
	using CoreFixture::start;

	/* Starts a device that does @call among its declarations. */
	void declare(std::function<void(NETADAPTER)> call, const char *instead_of)
	{
		client.omitted = {instead_of};
		client.declare = std::move(call);
		start();
	}

	/* Calls that name no object are whoever's callback runs. */
	void call_in_callback(std::function<void()> call)
	{
		client.io_init = std::move(call);
		start();
	}

	NETMEMORYCOLLECTION create_collection()
	{
		NET_MEMORY_COLLECTION_CONFIG config;
		NETMEMORYCOLLECTION collection = nullptr;

		NET_MEMORY_COLLECTION_CONFIG_INIT(&config, 1);
		EXPECT_EQ(NetMemoryCollectionCreate(client.device, nullptr, &config, &collection),
			  STATUS_SUCCESS);
		return collection;
	}

	/* The client and its NETADAPTER_INIT, of which no adapter was made. */
	NETADAPTER_INIT *allocate_init()
	{
		EXPECT_EQ(add(), 0);
		return NetAdapterInitAllocate(client.device);
	}
};

/* ---- what the breaches begin with: all of it is right until it is spoiled ---- */

NTSTATUS create_tx(NETADAPTER, NETTXQUEUE_INIT *)
{
	return STATUS_SUCCESS;
}

NTSTATUS create_rx(NETADAPTER, NETRXQUEUE_INIT *)
{
	return STATUS_SUCCESS;
}

void offload_changed(NETADAPTER, NETOFFLOAD)
{
}

NET_ADAPTER_LINK_STATE link_state()
{
	NET_ADAPTER_LINK_STATE state;

	NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&state);
	return state;
}

NET_EXTENSION_QUERY extension_query()
{
	NET_EXTENSION_QUERY query;

	NET_EXTENSION_QUERY_INIT(&query, NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME,
				 NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1,
				 NetExtensionTypeFragment);
	return query;
}

template <auto spoil>
void query_extension(CoreBrokenCall &test)
{
	NET_EXTENSION_QUERY query = extension_query();
	NET_EXTENSION extension;

	ASSERT_EQ(test.open(), 0);
	spoil(query);
	NetTxQueueGetExtension(test.interface()->tx[0]->handle, &query, &extension);
}

template <auto spoil>
void add_tx_demux(CoreBrokenCall &test)
{
	NETADAPTER_INIT *init = test.allocate_init();
	NET_ADAPTER_TX_DEMUX demux;

	NET_ADAPTER_TX_8021P_DEMUX_INIT(&demux);
	spoil(demux);
	NetAdapterInitAddTxDemux(init, &demux);
	NetAdapterInitFree(init);
}

template <auto spoil>
void declare_datapath(CoreBrokenCall &test)
{
	test.client.datapath = spoil;
	test.start();
}

template <auto spoil>
void declare_receive_filter(CoreBrokenCall &test)
{
	test.declare(
		[](NETADAPTER adapter) {
			NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES caps;

			NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(
				&caps, [](NETADAPTER, NETRECEIVEFILTER) {});
			caps.SupportedPacketFilters = NetPacketFilterFlagDirected;
			spoil(caps);
			NetAdapterSetReceiveFilterCapabilities(adapter, &caps);
		},
		"receive filter");
}

template <auto spoil>
void declare_tx_checksum(CoreBrokenCall &test)
{
	test.declare(
		[](NETADAPTER adapter) {
			NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES caps;

			NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
				&caps, NetAdapterOffloadLayer3FlagIPv4NoOptions, offload_changed);
			caps.Layer4Flags = NetAdapterOffloadLayer4FlagTcpNoOptions;
			spoil(caps);
			NetAdapterOffloadSetTxChecksumCapabilities(adapter, &caps);
		},
		"offloads");
}

template <auto spoil>
void declare_gso(CoreBrokenCall &test)
{
	test.declare(
		[](NETADAPTER adapter) {
			NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES caps;

			NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
				&caps, NetAdapterOffloadLayer3FlagIPv4NoOptions,
				NetAdapterOffloadLayer4FlagTcpNoOptions, 65536, 2, offload_changed);
			spoil(caps);
			NetAdapterOffloadSetGsoCapabilities(adapter, &caps);
		},
		"offloads");
}

using ScalingCaps = NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES;

constexpr auto toeplitz = NetAdapterReceiveScalingHashTypeToeplitz;
constexpr auto ipv4 = NetAdapterReceiveScalingProtocolTypeIPv4;

template <auto spoil>
void declare_receive_scaling(CoreBrokenCall &test)
{
	test.declare(
		[](NETADAPTER adapter) {
			ScalingCaps caps;

			NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
				&caps, 4, NetAdapterReceiveScalingUnhashedTargetTypeHashIndex,
				toeplitz, ipv4,
				[](NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE,
				   NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE) {
					return CoreClient::get().failure;
				},
				[](NETADAPTER) {},
				[](NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY const *)
					-> NTSTATUS { return STATUS_SUCCESS; },
				[](NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *)
					-> NTSTATUS { return STATUS_SUCCESS; });
			spoil(caps);
			NetAdapterSetReceiveScalingCapabilities(adapter, &caps);
		},
		"");
}

NET_EXECUTION_CONTEXT_CONFIG execution_context_config()
{
	NET_EXECUTION_CONTEXT_CONFIG config;

	NET_EXECUTION_CONTEXT_CONFIG_INIT(&config);
	config.EvtSetNotificationEnabled = [](NETEXECUTIONCONTEXT, BOOLEAN) {
	};
	return config;
}

/* Within EvtNetDeviceCollectResetDiagnostics. */
void collect_diagnostics(CoreBrokenCall &test, PFN_NET_DEVICE_COLLECT_RESET_DIAGNOSTICS collect)
{
	test.client.device_init = [collect](PWDFDEVICE_INIT init) {
		NET_DEVICE_RESET_CAPABILITIES capabilities;

		NET_DEVICE_RESET_CAPABILITIES_INIT(&capabilities, GUID{}, collect);
		NetDeviceInitSetResetCapabilities(init, &capabilities);
	};
	ASSERT_EQ(test.start(), 0);
	netcx_core_device_collect_reset_diagnostics(test.device);
}

/* ---- the breaches ---- */

const Breach breaches[] = {
	{netcx_rule_IrqlIsNotPassive,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.start(), 0);
		 const fake::Os::Atomic atomic;

		 NetAdapterSetLinkLayerMtuSize(test.client.adapter, 1500);
	 }},
	{netcx_rule_IrqlNotLessOrEqualDispatch,
	 [](CoreBrokenCall &test) {
		 test.client.isr = [](WDFINTERRUPT, ULONG) {
			 NET_ADAPTER_LINK_STATE state = link_state();

			 NetAdapterSetLinkState(CoreClient::get().adapter, &state);
			 return TRUE;
		 };
		 ASSERT_EQ(test.start(), 0);
		 EXPECT_TRUE(test.hardware.raise(0));
	 }},
	{netcx_rule_AdapterAlreadyStarted,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.start(), 0);
		 EXPECT_EQ(NetAdapterStart(test.client.adapter), STATUS_INVALID_DEVICE_STATE);
	 }},
	{netcx_rule_AdapterChangedInInterfaceCallback,
	 [](CoreBrokenCall &test) {
		 test.client.queue_started = [&test](NETPACKETQUEUE) {
			 NetAdapterStop(test.client.adapter);
			 test.client.queue_started = nullptr;
		 };
		 ASSERT_EQ(test.open(), 0);
	 }},
	{netcx_rule_AdapterNotStarted,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.add(), 0);
		 NetAdapterPauseOffloadCapabilities(test.client.adapter);
	 }},
	{netcx_rule_OffloadNotPaused,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.start(), 0);
		 NetAdapterResumeOffloadCapabilities(test.client.adapter);
	 }},
	{netcx_rule_InvalidStructTypeSize,
	 [](CoreBrokenCall &test) {
		 NET_ADAPTER_LINK_STATE state = link_state();

		 ASSERT_EQ(test.start(), 0);
		 state.Size--;
		 NetAdapterSetLinkState(test.client.adapter, &state);
	 }},
	{netcx_rule_ParameterCantBeNull,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.start(), 0);
		 NetAdapterSetLinkState(test.client.adapter, nullptr);
	 }},
	{netcx_rule_InvalidNetAdapterInitSignature,
	 [](CoreBrokenCall &test) {
		 test.call_in_callback([] {
			 UINT64 something_else[64] = {};

			 NetAdapterInitFree(reinterpret_cast<NETADAPTER_INIT *>(something_else));
		 });
	 }},
	{netcx_rule_NetAdapterInitAlreadyUsed,
	 [](CoreBrokenCall &test) {
		 NETADAPTER_INIT *init = test.allocate_init();
		 NET_ADAPTER_DATAPATH_CALLBACKS callbacks;
		 NETADAPTER adapter;

		 NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&callbacks, create_tx, create_rx);
		 NetAdapterInitSetDatapathCallbacks(init, &callbacks);
		 EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_SUCCESS);
		 EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_INVALID_DEVICE_STATE);
		 NetAdapterInitFree(init);
	 }},
	{netcx_rule_ParentObjectNotNull,
	 [](CoreBrokenCall &test) {
		 NET_EXECUTION_CONTEXT_CONFIG config = execution_context_config();
		 WDF_OBJECT_ATTRIBUTES attributes;
		 NETEXECUTIONCONTEXT context;

		 ASSERT_EQ(test.start(), 0);
		 WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
		 attributes.ParentObject = test.client.device;
		 EXPECT_EQ(NetExecutionContextCreate(test.client.device, &config, &attributes,
						     &context),
			   STATUS_INVALID_PARAMETER);
	 }},
	{netcx_rule_ObjectAttributesContextSizeTooLarge,
	 [](CoreBrokenCall &test) {
		 NET_EXECUTION_CONTEXT_CONFIG config = execution_context_config();
		 WDF_OBJECT_ATTRIBUTES attributes;
		 NETEXECUTIONCONTEXT context;

		 ASSERT_EQ(test.start(), 0);
		 WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QueueContext);
		 attributes.ContextSizeOverride = 0x100000000;
		 EXPECT_EQ(NetExecutionContextCreate(test.client.device, &config, &attributes,
						     &context),
			   STATUS_INVALID_PARAMETER);
	 }},
	{netcx_rule_InvalidDatapathCallbacks,
	 [](CoreBrokenCall &test) {
		 NETADAPTER_INIT *init = test.allocate_init();
		 NET_ADAPTER_DATAPATH_CALLBACKS callbacks;

		 NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&callbacks, create_tx, nullptr);
		 NetAdapterInitSetDatapathCallbacks(init, &callbacks);
		 NetAdapterInitFree(init);
	 }},
	{netcx_rule_BadQueueInitContext,
	 [](CoreBrokenCall &test) {
		 test.call_in_callback([] { NetTxQueueInitGetQueueId(nullptr); });
	 }},
	{netcx_rule_CreatingNetQueueFromWrongThread,
	 [](CoreBrokenCall &test) {
		 test.client.create_tx = [](NETTXQUEUE_INIT *init) {
			 std::thread([&] { CoreClient::get().create_tx_queue(init); }).join();
			 return CoreClient::get().create_tx_queue(init);
		 };
		 EXPECT_EQ(test.open(), 0);
	 }},
	{netcx_rule_QueueAlreadyCreated,
	 [](CoreBrokenCall &test) {
		 test.client.create_tx = [](NETTXQUEUE_INIT *init) {
			 const NTSTATUS status = CoreClient::get().create_tx_queue(init);

			 EXPECT_EQ(CoreClient::get().create_tx_queue(init),
				   STATUS_INVALID_DEVICE_STATE);
			 return status;
		 };
		 EXPECT_EQ(test.open(), 0);
	 }},
	{netcx_rule_NetQueueInvalidConfiguration,
	 [](CoreBrokenCall &test) {
		 test.client.queue_config = [](NET_PACKET_QUEUE_CONFIG &config) {
			 config.EvtCancel = nullptr;
		 };
		 EXPECT_NE(test.open(), 0);
	 }},
	{netcx_rule_InvalidQueueHandle,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.open(), 0);
		 NetTxQueueNotifyMoreCompletedPacketsAvailable(test.interface()->rx[0]->handle);
	 }},
	{netcx_rule_InvalidNetExtensionName, query_extension<[](NET_EXTENSION_QUERY &query) {
		 query.Name = L"ms_nothing";
	 }>},
	{netcx_rule_InvalidNetExtensionVersion, query_extension<[](NET_EXTENSION_QUERY &query) {
		 query.Version = 0;
	 }>},
	{netcx_rule_InvalidNetExtensionType, query_extension<[](NET_EXTENSION_QUERY &query) {
		 query.Type = static_cast<NET_EXTENSION_TYPE>(0);
	 }>},
	{netcx_rule_InvalidAdapterTxCapabilities,
	 declare_datapath<[](NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &) {
		 tx.MaximumNumberOfQueues = 0;
	 }>},
	{netcx_rule_InvalidAdapterRxCapabilities,
	 declare_datapath<[](NET_ADAPTER_TX_CAPABILITIES &, NET_ADAPTER_RX_CAPABILITIES &rx) {
		 rx.MaximumNumberOfQueues = 0;
	 }>},
	{netcx_rule_NotPowerOfTwo,
	 declare_datapath<[](NET_ADAPTER_TX_CAPABILITIES &, NET_ADAPTER_RX_CAPABILITIES &rx) {
		 rx.FragmentBufferAlignment = 3;
	 }>},
	{netcx_rule_MtuMustBeGreaterThanZero,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.start(), 0);
		 NetAdapterSetLinkLayerMtuSize(test.client.adapter, 0);
	 }},
	{netcx_rule_MacAddressLengthTooLong,
	 [](CoreBrokenCall &test) {
		 NET_ADAPTER_LINK_LAYER_ADDRESS address = {};

		 ASSERT_EQ(test.start(), 0);
		 address.Length = NDIS_MAX_PHYS_ADDRESS_LENGTH + 1;
		 NetAdapterSetCurrentLinkLayerAddress(test.client.adapter, &address);
	 }},
	{netcx_rule_InvalidLinkState,
	 [](CoreBrokenCall &test) {
		 NET_ADAPTER_LINK_STATE state = link_state();

		 ASSERT_EQ(test.start(), 0);
		 state.MediaConnectState = static_cast<NET_IF_MEDIA_CONNECT_STATE>(99);
		 NetAdapterSetLinkState(test.client.adapter, &state);
	 }},
	{netcx_rule_InvalidSetReceiveFilterCallBack,
	 declare_receive_filter<[](NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES &caps) {
		 caps.EvtSetReceiveFilter = nullptr;
	 }>},
	{netcx_rule_InvalidReceiveFilterCapabilities,
	 declare_receive_filter<[](NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES &caps) {
		 caps.MaximumMulticastAddresses = 8;
	 }>},
	{netcx_rule_SetReceiveFilterFromWrongThread,
	 [](CoreBrokenCall &test) {
		 test.call_in_callback([] { NetReceiveFilterGetPacketFilter(nullptr); });
	 }},
	{netcx_rule_InvalidQueryUlongFlag,
	 [](CoreBrokenCall &test) {
		 static WCHAR text[] = L"Name";
		 UNICODE_STRING name = {8, 10, text};
		 NETCONFIGURATION configuration;
		 ULONG value;

		 ASSERT_EQ(test.add(), 0);
		 ASSERT_EQ(
			 NetAdapterOpenConfiguration(test.client.adapter, nullptr, &configuration),
			 STATUS_SUCCESS);
		 EXPECT_EQ(NetConfigurationQueryUlong(
				   configuration,
				   static_cast<NET_CONFIGURATION_QUERY_ULONG_FLAGS>(2), &name,
				   &value),
			   STATUS_INVALID_PARAMETER);
	 }},
	{netcx_rule_InvalidReceiveScalingHashType, declare_receive_scaling<[](ScalingCaps &caps) {
		 caps.ReceiveScalingHashTypes =
			 static_cast<NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE>(2);
	 }>},
	{netcx_rule_InvalidReceiveScalingProtocolType,
	 declare_receive_scaling<[](ScalingCaps &caps) {
		 caps.ReceiveScalingProtocolTypes =
			 static_cast<NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE>(0x40);
	 }>},
	{netcx_rule_InvalidReceiveScalingEncapsulationType,
	 declare_receive_scaling<[](ScalingCaps &caps) {
		 caps.ReceiveScalingEncapsulationTypes.Outer =
			 NetAdapterReceiveScalingEncapsulationTypeVLan;
	 }>},
	{netcx_rule_InvalidGsoCapabilities,
	 declare_gso<[](NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES &caps) {
		 caps.MaximumOffloadSize = 0;
	 }>},
	{netcx_rule_InvalidGsoHardwareCapabilities,
	 declare_gso<[](NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES &caps) {
		 caps.Layer3Flags = static_cast<NET_ADAPTER_OFFLOAD_LAYER3_FLAGS>(0);
	 }>},
	{netcx_rule_InvalidTxChecksumCapabilities,
	 declare_tx_checksum<[](NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES &caps) {
		 caps.Layer4Flags = NetAdapterOffloadLayer4FlagTcpWithOptions;
	 }>},
	{netcx_rule_InvalidTxChecksumHardwareCapabilities,
	 declare_tx_checksum<[](NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES &caps) {
		 caps.Layer3Flags = static_cast<NET_ADAPTER_OFFLOAD_LAYER3_FLAGS>(0);
		 caps.Layer4Flags = static_cast<NET_ADAPTER_OFFLOAD_LAYER4_FLAGS>(0);
	 }>},
	{netcx_rule_InvalidTxChecksumLayer4Capabilities,
	 declare_tx_checksum<[](NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES &caps) {
		 caps.Layer3Flags = static_cast<NET_ADAPTER_OFFLOAD_LAYER3_FLAGS>(0);
	 }>},
	{netcx_rule_InvalidTxChecksumIPv6Flags,
	 declare_tx_checksum<[](NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES &caps) {
		 caps.Layer3Flags = NetAdapterOffloadLayer3FlagIPv6NoExtensions;
		 caps.Layer4Flags = static_cast<NET_ADAPTER_OFFLOAD_LAYER4_FLAGS>(0);
	 }>},
	{netcx_rule_DeprecatedFunction,
	 [](CoreBrokenCall &test) {
		 /* Beside those of 2.1, which the client declares anyhow. */
		 test.declare(
			 [](NETADAPTER adapter) {
				 NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES caps;

				 NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES_INIT(
					 &caps, TRUE, TRUE, TRUE, offload_changed);
				 NetAdapterOffloadSetChecksumCapabilities(adapter, &caps);
			 },
			 "");
	 }},
	{netcx_rule_InvalidPowerOffloadListSignature,
	 [](CoreBrokenCall &test) {
		 test.call_in_callback([] {
			 NET_POWER_OFFLOAD_LIST list;

			 NET_POWER_OFFLOAD_LIST_INIT(&list);
			 NetPowerOffloadListGetCount(&list);
		 });
	 }},
	{netcx_rule_InvalidWakeSourceListSignature,
	 [](CoreBrokenCall &test) {
		 test.call_in_callback([] {
			 NET_WAKE_SOURCE_LIST list;

			 NET_WAKE_SOURCE_LIST_INIT(&list);
			 NetWakeSourceListGetCount(&list);
		 });
	 }},
	{netcx_rule_InvalidRSSConfiguration,
	 [](CoreBrokenCall &test) {
		 declare_receive_scaling<[](ScalingCaps &) {
		 }>(test);
		 ASSERT_EQ(test.open(), 0);
		 EXPECT_EQ(netcx_core_receive_scaling_enable(test.interface()->adapter, toeplitz,
							     ipv4),
			   netcx_core_errno(test.client.failure));
	 }},
	{netcx_rule_WakeNotInProgress,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.open(), 0);
		 NetAdapterReportWakeReasonMediaChange(test.client.adapter,
						       MediaConnectStateConnected);
	 }},
	{netcx_rule_InvalidNetAdapterWakeReasonMediaChange,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.open(), 0);
		 test.client.queue_started = [](NETPACKETQUEUE) {
			 CoreClient::get().queue_started = nullptr;
			 NetAdapterReportWakeReasonMediaChange(CoreClient::get().adapter,
							       MediaConnectStateUnknown);
		 };
		 netcx_core_device_sleep(test.device);
		 netcx_core_device_machine_woke(test.device, FALSE);
		 EXPECT_EQ(netcx_core_device_power_up(test.device), 0);
	 }},
	{netcx_rule_ResetDiagnosticsSizeTooLarge,
	 [](CoreBrokenCall &test) {
		 collect_diagnostics(test, [](WDFDEVICE device) {
			 const UINT8 byte = 0;

			 NetDeviceStoreResetDiagnostics(device, MAX_RESET_DIAGNOSTICS_SIZE + 1,
							&byte);
		 });
	 }},
	{netcx_rule_IsNotCollectingResetDiagnostics,
	 [](CoreBrokenCall &test) {
		 const UINT8 byte = 0;

		 ASSERT_EQ(test.start(), 0);
		 NetDeviceStoreResetDiagnostics(test.client.device, sizeof(byte), &byte);
	 }},
	{netcx_rule_InvalidExecutionContextConfig,
	 [](CoreBrokenCall &test) {
		 NET_EXECUTION_CONTEXT_CONFIG config = execution_context_config();
		 NETEXECUTIONCONTEXT context;

		 ASSERT_EQ(test.start(), 0);
		 config.EvtSetNotificationEnabled = nullptr;
		 EXPECT_EQ(
			 NetExecutionContextCreate(test.client.device, &config, nullptr, &context),
			 STATUS_INVALID_PARAMETER);
	 }},
	{netcx_rule_InvalidExecutionContextTask,
	 [](CoreBrokenCall &test) {
		 NET_EXECUTION_CONTEXT_CONFIG config = execution_context_config();
		 NET_EXECUTION_CONTEXT_TASK_CONFIG task_config;
		 NETEXECUTIONCONTEXT context;
		 NETEXECUTIONCONTEXTTASK task;

		 ASSERT_EQ(test.start(), 0);
		 ASSERT_EQ(
			 NetExecutionContextCreate(test.client.device, &config, nullptr, &context),
			 STATUS_SUCCESS);
		 NET_EXECUTION_CONTEXT_TASK_CONFIG_INIT(&task_config,
							[](NETEXECUTIONCONTEXTTASK) {});
		 ASSERT_EQ(NetExecutionContextTaskCreate(context, nullptr, &task_config, &task),
			   STATUS_SUCCESS);
		 NetExecutionContextTaskEnqueue(task);
		 NetExecutionContextTaskEnqueue(task);
		 NetExecutionContextTaskWaitCompletion(task);
	 }},
	{netcx_rule_InvalidTxDemuxType, add_tx_demux<[](NET_ADAPTER_TX_DEMUX &demux) {
		 demux.Type = static_cast<NET_ADAPTER_TX_DEMUX_TYPE>(0);
	 }>},
	{netcx_rule_InvalidTxDemuxRange, add_tx_demux<[](NET_ADAPTER_TX_DEMUX &demux) {
		 demux.Range = 9;
	 }>},
	{netcx_rule_DemuxNotPresent,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.open(), 0);
		 EXPECT_EQ(NetTxQueueGetDemux8021p(test.interface()->tx[0]->handle), 0);
	 }},
	{netcx_rule_InvalidNetMemoryConfigStructure,
	 [](CoreBrokenCall &test) {
		 NET_MEMORY_CONFIG config;
		 UINT8 byte = 0;
		 void *memory;

		 ASSERT_EQ(test.start(), 0);
		 NET_MEMORY_CONFIG_INIT(&config, &byte, 0);
		 EXPECT_EQ(NetMemoryCreate(test.create_collection(), &config, &memory),
			   STATUS_INVALID_PARAMETER);
	 }},
	{netcx_rule_InvalidNetMemoryRelease,
	 [](CoreBrokenCall &test) {
		 UINT8 byte = 0;

		 ASSERT_EQ(test.start(), 0);
		 NetMemoryDestroy(test.create_collection(), &byte);
	 }},
	{netcx_rule_LeakedNetMemoryNotAllMemoryReleased,
	 [](CoreBrokenCall &test) {
		 NET_MEMORY_CONFIG config;
		 UINT8 byte = 0;
		 void *memory;

		 ASSERT_EQ(test.start(), 0);
		 NET_MEMORY_CONFIG_INIT(&config, &byte, 1);
		 EXPECT_EQ(NetMemoryCreate(test.create_collection(), &config, &memory),
			   STATUS_SUCCESS);
	 }},
	{netcx_rule_RemovingDeviceWithAdapters,
	 [](CoreBrokenCall &test) {
		 ASSERT_EQ(test.add(), 0);
		 WdfObjectReference(test.client.adapter);
		 netcx_core_device_remove(test.device);
		 test.device = nullptr;
		 /* The memory of both is held until then. */
		 WdfObjectDereference(test.client.adapter);
	 }},
};

TEST_P(CoreBrokenCall, IsReportedOnceByItsName)
{
	const Breach &breach = GetParam();
	const std::string name = netcx_verifier_rule_name(breach.rule);

	breach.breach(*this);
	finish();
	ASSERT_EQ(os.broken_calls.size(), 1u) << os.whole_log();
	const fake::Os::BrokenCall &call = os.broken_calls[0];

	EXPECT_EQ(call.rule, breach.rule) << netcx_verifier_rule_name(call.rule);
	EXPECT_EQ(call.device, &hardware);
	EXPECT_TRUE(call.text.ends_with("(" + name + ")")) << call.text;
	EXPECT_EQ(os.lines_with("client: " + call.text), 1u) << os.whole_log();
	EXPECT_TRUE(os.broken_rules.empty());
}

INSTANTIATE_TEST_SUITE_P(Rules, CoreBrokenCall, ::testing::ValuesIn(breaches),
			 [](const ::testing::TestParamInfo<Breach> &info) {
				 return std::string(netcx_verifier_rule_name(info.param.rule));
			 });

/* A rule that nothing breaks may as well not be looked at. */
TEST(CoreBrokenCalls, EachRuleHasOne)
{
	std::multiset<int> broken;

	for (const Breach &breach : breaches)
		broken.insert(breach.rule);
	for (int rule = netcx_rule_queue_end + 1; rule < netcx_rule_end; rule++)
		EXPECT_EQ(broken.count(rule), 1u)
			<< netcx_verifier_rule_name(static_cast<netcx_verifier_rule>(rule));
}

/* ---- functions that an interrupt's service routine may not call ---- */

class CoreInterruptCall : public CoreFixture
{
protected:
	/* @blamed: the device that verifier mode stops for it; NULL: whose call it was nobody can tell. */
	void expect_refusal(const char *function, const netcx_os_device *blamed)
	{
		EXPECT_TRUE(hardware.raise(0));
		EXPECT_EQ(os.lines_with(std::string(function) +
					" was called in an interrupt's service routine "
					"(IrqlNotLessOrEqualDispatch)"),
			  1u)
			<< os.whole_log();
		ASSERT_EQ(os.broken_calls.size(), 1u);
		EXPECT_EQ(os.broken_calls[0].rule, netcx_rule_IrqlNotLessOrEqualDispatch);
		EXPECT_EQ(os.broken_calls[0].device, blamed);
	}
};

TEST_F(CoreInterruptCall, TheLinkStaysAsItIs)
{
	NET_ADAPTER_LINK_STATE up;
	const auto set_up = [&](WDFINTERRUPT) {
		NetAdapterSetLinkState(client.adapter, &up);
	};

	NET_ADAPTER_LINK_STATE_INIT(&up, 1000000000, MediaConnectStateConnected,
				    MediaDuplexStateFull, NetAdapterPauseFunctionTypeUnsupported,
				    NetAdapterAutoNegotiationFlagNone);
	client.isr = [&](WDFINTERRUPT interrupt, ULONG) {
		set_up(interrupt);
		WdfInterruptQueueDpcForIsr(interrupt);
		return TRUE;
	};
	client.dpc = set_up;
	ASSERT_EQ(start(), 0);
	expect_refusal("NetAdapterSetLinkState", &hardware);
	EXPECT_EQ(interface()->link_changes, 0u);
	/* Its DPC may. */
	os.run_pending();
	EXPECT_EQ(interface()->link_changes, 1u);
	EXPECT_EQ(os.broken_calls.size(), 1u);
}

TEST_F(CoreInterruptCall, NoTaskIsEnqueued)
{
	static bool ran;
	NET_EXECUTION_CONTEXT_CONFIG config = execution_context_config();
	NET_EXECUTION_CONTEXT_TASK_CONFIG task_config;
	NETEXECUTIONCONTEXT context;
	NETEXECUTIONCONTEXTTASK task;

	ran = false;
	ASSERT_EQ(start(), 0);
	ASSERT_EQ(NetExecutionContextCreate(client.device, &config, nullptr, &context),
		  STATUS_SUCCESS);
	NET_EXECUTION_CONTEXT_TASK_CONFIG_INIT(&task_config,
					       [](NETEXECUTIONCONTEXTTASK) { ran = true; });
	ASSERT_EQ(NetExecutionContextTaskCreate(context, nullptr, &task_config, &task),
		  STATUS_SUCCESS);
	client.isr = [&](WDFINTERRUPT, ULONG) {
		NetExecutionContextTaskEnqueue(task);
		return TRUE;
	};
	expect_refusal("NetExecutionContextTaskEnqueue", &hardware);
	os.run_pending();
	EXPECT_FALSE(ran);
}

TEST_F(CoreInterruptCall, TheReceiveFilterIsNotTold)
{
	ASSERT_EQ(start(), 0);
	client.receive_filter = [&](NETRECEIVEFILTER filter) {
		client.isr = [filter](WDFINTERRUPT, ULONG) {
			EXPECT_EQ(NetReceiveFilterGetPacketFilter(filter), 0);
			return TRUE;
		};
		expect_refusal("NetReceiveFilterGetPacketFilter", nullptr);
	};
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagDirected, nullptr, 0),
		  0);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Adapters: creation, start and stop, and what changes while they run.

#include "core_client.h"

#include <cerrno>
#include <thread>

namespace
{

using namespace unit;

class CoreAdapter : public CoreFixture
{
};

/* ---- start and stop ---- */

TEST_F(CoreAdapter, TheInterfaceAppearsInD0WhereverTheAdapterIsStarted)
{
	for (auto where : {CoreClient::StartIn::device_add, CoreClient::StartIn::prepare_hardware,
			   CoreClient::StartIn::d0_entry}) {
		client.start_in = where;
		ASSERT_EQ(add(), 0);
		EXPECT_EQ(interface(), nullptr);
		ASSERT_EQ(start(), 0);
		EXPECT_NE(interface(), nullptr);
		finish();
		EXPECT_EQ(interface(), nullptr);
	}
}

TEST_F(CoreAdapter, StartedInD0TheInterfaceAppearsAtOnce)
{
	client.start_in = CoreClient::StartIn::never;
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(interface(), nullptr);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
	ASSERT_NE(interface(), nullptr);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.lines_with("AdapterAlreadyStarted"), 1u);

	ASSERT_EQ(interface()->open(), 0);
	client.take_events();
	NetAdapterStop(client.adapter);
	EXPECT_EQ(interface(), nullptr);
	expect_events({"tx0 Cancel", "rx0 Cancel", "tx0 Stop", "rx0 Stop", "tx0 Cleanup",
		       "tx0 Destroy", "rx0 Cleanup", "rx0 Destroy"});
	NetAdapterStop(client.adapter);

	/* What was declared is remembered. */
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
	EXPECT_NE(interface(), nullptr);
}

/* Where the stack has its locks, which it also takes while the interface is registered. */
TEST_F(CoreAdapter, StartedAgainWhileTheInterfaceOpens)
{
	ASSERT_EQ(start(), 0);
	interface()->queues_created = [this] {
		EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
	};
	EXPECT_EQ(interface()->open(), 0);
	EXPECT_EQ(os.lines_with("AdapterAlreadyStarted"), 1u);
}

/* It would wait for the locks that the stack holds around callbacks, and for callbacks to return. */
TEST_F(CoreAdapter, CallbacksOfAnInterfaceCannotMakeOrRemoveInterfaces)
{
	NETADAPTER_INIT *init;
	UINT32 calls = 0;

	ASSERT_EQ(start(), 0);
	init = NetAdapterInitAllocate(client.device);
	ASSERT_NE(init, nullptr);
	const auto change = [&] {
		NET_ADAPTER_DATAPATH_CALLBACKS callbacks;
		NETADAPTER second = nullptr;

		calls++;
		NET_ADAPTER_DATAPATH_CALLBACKS_INIT(
			&callbacks, [](NETADAPTER, NETTXQUEUE_INIT *) { return STATUS_SUCCESS; },
			[](NETADAPTER, NETRXQUEUE_INIT *) { return STATUS_SUCCESS; });
		NetAdapterInitSetDatapathCallbacks(init, &callbacks);
		NetAdapterStop(client.adapter);
		WdfObjectDelete(client.adapter);
		EXPECT_EQ(NetAdapterCreate(init, WDF_NO_OBJECT_ATTRIBUTES, &second),
			  STATUS_INVALID_DEVICE_STATE);
		EXPECT_EQ(second, nullptr);
		EXPECT_NE(interface(), nullptr);
	};
	client.queue_started = [&](NETPACKETQUEUE) {
		change();
	};
	EXPECT_EQ(interface()->open(), 0);
	EXPECT_EQ(calls, 2u);
	EXPECT_EQ(os.lines_with("AdapterChangedInInterfaceCallback"), 6u) << os.whole_log();
	client.receive_filter = [&](NETRECEIVEFILTER) {
		change();
	};
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagDirected, nullptr, 0),
		  0);
	EXPECT_EQ(calls, 3u);
	EXPECT_EQ(os.lines_with("AdapterChangedInInterfaceCallback"), 9u) << os.whole_log();

	/* Outside of them there is nothing against it. */
	client.queue_started = nullptr;
	NetAdapterInitFree(init);
	NetAdapterStop(client.adapter);
	EXPECT_EQ(interface(), nullptr);
	client.start_status = NetAdapterStart(client.adapter);
	EXPECT_EQ(client.start_status, STATUS_SUCCESS);
	client.queue_started = [&](NETPACKETQUEUE) {
		EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
	};
	EXPECT_EQ(interface()->open(), 0);
}

TEST_F(CoreAdapter, StartedWhileThePowerIsDownTheInterfaceAppearsWithIt)
{
	client.start_in = CoreClient::StartIn::never;
	ASSERT_EQ(start(), 0);
	netcx_core_device_power_down(device);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
	EXPECT_EQ(interface(), nullptr);
	ASSERT_EQ(netcx_core_device_power_up(device), 0);
	EXPECT_NE(interface(), nullptr);
}

TEST_F(CoreAdapter, AnInterfaceThatCannotBeRegisteredFailsTheStart)
{
	client.start_in = CoreClient::StartIn::never;
	ASSERT_EQ(start(), 0);
	os.fail_nth(1);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INSUFFICIENT_RESOURCES);
	os.fail_nth(0);
	EXPECT_EQ(os.lines_with("could not be registered"), 1u);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
}

TEST_F(CoreAdapter, StartingNeedsProcessContext)
{
	client.start_in = CoreClient::StartIn::never;
	ASSERT_EQ(start(), 0);
	{
		const fake::Os::Atomic atomic;

		EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
		NetAdapterStop(client.adapter);
		NetAdapterSetLinkLayerMtuSize(client.adapter, 1000);
	}
	EXPECT_EQ(os.lines_with("IrqlIsNotPassive"), 3u) << os.whole_log();
	/* That declaration did not count. */
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
}

TEST_F(CoreAdapter, DeclarationsAfterTheStartAreIgnoredAndNamed)
{
	ASSERT_EQ(start(), 0);
	const netcx_adapter before = *interface()->adapter;
	NET_ADAPTER_TX_CAPABILITIES tx;
	NET_ADAPTER_RX_CAPABILITIES rx;
	NET_ADAPTER_LINK_LAYER_CAPABILITIES link;
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {6, {9}};

	NET_ADAPTER_TX_CAPABILITIES_INIT(&tx, 7);
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(&rx, 100, 7);
	NetAdapterSetDataPathCapabilities(client.adapter, &tx, &rx);
	NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&link, 1, 1);
	NetAdapterSetLinkLayerCapabilities(client.adapter, &link);
	NetAdapterSetPermanentLinkLayerAddress(client.adapter, &address);
	EXPECT_EQ(netcx_adapter_set_statistics(client.adapter, nullptr),
		  STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.lines_with("AdapterAlreadyStarted"), 4u) << os.whole_log();
	EXPECT_EQ(interface()->adapter->tx.MaximumNumberOfQueues, before.tx.MaximumNumberOfQueues);
	EXPECT_EQ(interface()->adapter->rx.MaximumFrameSize, before.rx.MaximumFrameSize);
	EXPECT_EQ(interface()->adapter->link_layer.MaxTxLinkSpeed,
		  before.link_layer.MaxTxLinkSpeed);
	EXPECT_EQ(interface()->adapter->permanent_address.Address[0],
		  before.permanent_address.Address[0]);
}

/* ---- creation ---- */

TEST_F(CoreAdapter, BadCreationsAreRefused)
{
	NET_ADAPTER_DATAPATH_CALLBACKS callbacks;
	WDF_OBJECT_ATTRIBUTES attributes;
	NETADAPTER_INIT *init;
	NETADAPTER adapter;

	ASSERT_EQ(add(), 0);
	EXPECT_EQ(NetAdapterInitAllocate(nullptr), nullptr);
	init = NetAdapterInitAllocate(client.device);
	ASSERT_NE(init, nullptr);
	EXPECT_EQ(NetAdapterCreate(nullptr, nullptr, &adapter), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetAdapterCreate(init, nullptr, nullptr), STATUS_INVALID_PARAMETER);
	/* Nobody to create queues. */
	EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("NetAdapterInitSetDatapathCallbacks must be called before"), 1u);

	NET_ADAPTER_DATAPATH_CALLBACKS_INIT(
		&callbacks, [](NETADAPTER, NETTXQUEUE_INIT *) { return STATUS_SUCCESS; }, nullptr);
	NetAdapterInitSetDatapathCallbacks(init, &callbacks);
	EXPECT_EQ(
		os.lines_with(
			"EvtAdapterCreateRxQueue is NULL, must be set (InvalidDatapathCallbacks)"),
		1u);
	EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_INVALID_PARAMETER);
	callbacks.Size = 16;
	NetAdapterInitSetDatapathCallbacks(init, &callbacks);
	EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_INFO_LENGTH_MISMATCH);
	NetAdapterInitSetDatapathCallbacks(init, nullptr);
	EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_INVALID_PARAMETER);

	callbacks.Size = sizeof(callbacks);
	callbacks.EvtAdapterCreateRxQueue = [](NETADAPTER, NETRXQUEUE_INIT *) {
		return STATUS_SUCCESS;
	};
	NetAdapterInitSetDatapathCallbacks(init, &callbacks);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.device;
	EXPECT_EQ(NetAdapterCreate(init, &attributes, &adapter), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("ParentObjectNotNull"), 1u);
	EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_SUCCESS);
	EXPECT_EQ(NetAdapterCreate(init, nullptr, &adapter), STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.lines_with("NetAdapterInitAlreadyUsed"), 1u);
	NetAdapterInitFree(init);
	NetAdapterInitFree(nullptr);
}

TEST_F(CoreAdapter, ADeviceMustBeConfiguredForAdapters)
{
	static NETADAPTER_INIT *result;

	result = reinterpret_cast<NETADAPTER_INIT *>(1);
	ASSERT_EQ(netcx_core_driver_create(
			  "client", "1.0",
			  [](PDRIVER_OBJECT object, PUNICODE_STRING path) {
				  WDF_DRIVER_CONFIG config;

				  WDF_DRIVER_CONFIG_INIT(
					  &config, [](WDFDRIVER, PWDFDEVICE_INIT init) {
						  WDFDEVICE device;
						  NTSTATUS status =
							  WdfDeviceCreate(&init, nullptr, &device);

						  EXPECT_EQ(init, nullptr);
						  result = NetAdapterInitAllocate(device);
						  return status;
					  });
				  return WdfDriverCreate(object, path, nullptr, &config, nullptr);
			  },
			  nullptr, &driver),
		  0);
	ASSERT_EQ(netcx_core_device_add(driver, &hardware, &device), 0);
	EXPECT_EQ(result, nullptr);
	EXPECT_EQ(os.lines_with("NetDeviceInitConfig must be called before"), 1u);
}

TEST_F(CoreAdapter, SeveralAdaptersOfOneDevice)
{
	NETADAPTER first = nullptr;

	client.start_in = CoreClient::StartIn::never;
	ASSERT_EQ(start(), 0);
	ASSERT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
	first = client.adapter;
	ASSERT_EQ(client.create_adapter(), STATUS_SUCCESS);
	ASSERT_EQ(client.declare_capabilities(), STATUS_SUCCESS);
	ASSERT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
	EXPECT_EQ(fake::Interface::all().size(), 2u);
	WdfObjectDelete(first);
	EXPECT_EQ(fake::Interface::all().size(), 1u);
	EXPECT_EQ(interface()->adapter->handle, client.adapter);
}

/* ---- link ---- */

TEST_F(CoreAdapter, TheLinkIsToldOnlyWhenItChanges)
{
	NET_ADAPTER_LINK_STATE state;

	ASSERT_EQ(start(), 0);
	EXPECT_EQ(interface()->adapter->link.MediaConnectState, MediaConnectStateDisconnected);
	NET_ADAPTER_LINK_STATE_INIT(&state, 1000000000, MediaConnectStateConnected,
				    MediaDuplexStateFull, NetAdapterPauseFunctionTypeSendAndReceive,
				    NetAdapterAutoNegotiationFlagNone);
	{
		const fake::Os::Atomic atomic;

		NetAdapterSetLinkState(client.adapter, &state);
		NetAdapterSetLinkState(client.adapter, &state);
	}
	EXPECT_EQ(interface()->link_changes, 1u);
	EXPECT_EQ(interface()->adapter->link.TxLinkSpeed, 1000000000u);
	state.RxLinkSpeed = 100000000;
	NetAdapterSetLinkState(client.adapter, &state);
	EXPECT_EQ(interface()->link_changes, 2u);

	NET_ADAPTER_LINK_STATE told;

	netcx_core_adapter_link(interface()->adapter, &told);
	EXPECT_EQ(told.TxLinkSpeed, 1000000000u);
	EXPECT_EQ(told.RxLinkSpeed, 100000000u);
	NetAdapterSetLinkState(client.adapter, nullptr);
	state.MediaDuplexState = static_cast<NET_IF_MEDIA_DUPLEX_STATE>(3);
	NetAdapterSetLinkState(client.adapter, &state);
	EXPECT_EQ(interface()->link_changes, 2u);
	EXPECT_EQ(os.errors(), 2u) << os.whole_log();
}

TEST_F(CoreAdapter, LinkModesAreCheckedAndKept)
{
	netcx_link_modes modes = {}, got;

	ASSERT_EQ(start(), 0);
	netcx_core_adapter_link_modes(interface()->adapter, &got);
	EXPECT_EQ(got.Size, 0u);
	EXPECT_EQ(netcx_adapter_set_link_modes(nullptr, &modes), STATUS_INVALID_HANDLE);
	EXPECT_EQ(netcx_adapter_set_link_modes(client.adapter, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(netcx_adapter_set_link_modes(client.adapter, &modes),
		  STATUS_INFO_LENGTH_MISMATCH);
	modes.Size = sizeof(modes);
	modes.Port = netcx_port_end;
	EXPECT_EQ(netcx_adapter_set_link_modes(client.adapter, &modes), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("netcx_link_modes.Port is 5, must be below 5"), 1u);
	modes.Port = netcx_port_fibre;
	modes.Partner = NETCX_LINK_MODE_ALL + 1;
	EXPECT_EQ(netcx_adapter_set_link_modes(client.adapter, &modes), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("netcx_link_modes.Partner is 0x8000, must have no bits"), 1u);
	netcx_core_adapter_link_modes(interface()->adapter, &got);
	EXPECT_EQ(got.Size, 0u);

	modes.Partner = NETCX_LINK_MODE_1000_X_FULL;
	for (netcx_port port : {netcx_port_other, netcx_port_direct_attach, netcx_port_none}) {
		modes.Port = port;
		EXPECT_EQ(netcx_adapter_set_link_modes(client.adapter, &modes), STATUS_SUCCESS);
		netcx_core_adapter_link_modes(interface()->adapter, &got);
		EXPECT_EQ(got.Port, port);
	}
	modes.Port = netcx_port_fibre;
	{
		const fake::Os::Atomic atomic;

		EXPECT_EQ(netcx_adapter_set_link_modes(client.adapter, &modes), STATUS_SUCCESS);
	}
	netcx_core_adapter_link_modes(interface()->adapter, &got);
	EXPECT_EQ(got.Port, netcx_port_fibre);
	EXPECT_EQ(got.Partner, NETCX_LINK_MODE_1000_X_FULL);
}

TEST_F(CoreAdapter, MtuAndAddressMayChangeWhileItRuns)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {6, {2, 0, 0, 0, 0, 9}};

	ASSERT_EQ(start(), 0);
	NetAdapterSetLinkLayerMtuSize(client.adapter, 9000);
	NetAdapterSetLinkLayerMtuSize(client.adapter, 9000);
	EXPECT_EQ(interface()->adapter->mtu, 9000u);
	EXPECT_EQ(interface()->mtu_changes, 1u);
	NetAdapterSetLinkLayerMtuSize(client.adapter, 0);
	EXPECT_EQ(interface()->adapter->mtu, 9000u);

	NetAdapterSetCurrentLinkLayerAddress(client.adapter, &address);
	EXPECT_EQ(interface()->address_changes, 1u);
	EXPECT_EQ(interface()->adapter->current_address.Address[5], 9);
	EXPECT_EQ(interface()->adapter->permanent_address.Address[5], 1);
	address.Length = 8;
	NetAdapterSetCurrentLinkLayerAddress(client.adapter, &address);
	EXPECT_EQ(os.lines_with("NET_ADAPTER_LINK_LAYER_ADDRESS.Length is 8, must stay 6"), 1u);
	address.Length = 33;
	NetAdapterSetCurrentLinkLayerAddress(client.adapter, &address);
	EXPECT_EQ(os.lines_with("Length is 33, must be 0 to 32 (MacAddressLengthTooLong)"), 1u);
	NetAdapterSetCurrentLinkLayerAddress(client.adapter, nullptr);
	EXPECT_EQ(interface()->address_changes, 1u);
	EXPECT_EQ(os.errors(), 4u) << os.whole_log();
}

TEST_F(CoreAdapter, TheUsersAddressReachesTheClient)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {6, {2, 0, 0, 0, 0, 7}};

	ASSERT_EQ(start(), 0);
	client.take_events();
	EXPECT_EQ(netcx_core_adapter_set_address(interface()->adapter, &address), 0);
	expect_events({"SetAddress"});
	EXPECT_EQ(interface()->adapter->current_address.Address[5], 7);
	EXPECT_EQ(interface()->address_changes, 0u);
}

/* ---- receive filter ---- */

TEST_F(CoreAdapter, TheReceiveFilterIsAskedForWithinItsCallbackOnly)
{
	const NET_ADAPTER_LINK_LAYER_ADDRESS list[2] = {{6, {1}}, {6, {3}}};
	const auto filter = NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast;
	NETRECEIVEFILTER kept = nullptr;

	ASSERT_EQ(start(), 0);
	client.receive_filter = [&](NETRECEIVEFILTER handle) {
		kept = handle;
		EXPECT_EQ(NetReceiveFilterGetPacketFilter(handle), filter);
		EXPECT_EQ(NetReceiveFilterGetMulticastAddressCount(handle), 2u);
		EXPECT_EQ(NetReceiveFilterGetMulticastAddressList(handle), list);
		std::thread other(
			[&] { EXPECT_EQ(NetReceiveFilterGetMulticastAddressCount(handle), 0u); });
		other.join();
	};
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter, filter, list, 2), 0);
	EXPECT_NE(kept, nullptr);
	EXPECT_EQ(NetReceiveFilterGetPacketFilter(nullptr), 0);
	EXPECT_EQ(NetReceiveFilterGetMulticastAddressList(nullptr), nullptr);
	EXPECT_EQ(os.lines_with("SetReceiveFilterFromWrongThread"), 3u) << os.whole_log();
}

TEST_F(CoreAdapter, FiltersThatTheAdapterDoesNotHaveDoNotReachTheClient)
{
	const NET_ADAPTER_LINK_LAYER_ADDRESS list[5] = {};

	ASSERT_EQ(start(), 0);
	client.take_events();
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagPromiscuous, nullptr, 0),
		  -EINVAL);
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagMulticast, list, 5),
		  -EINVAL);
	expect_events({});
}

/* ---- offloads ---- */

TEST_F(CoreAdapter, OffloadsAreToldByGroupAndOnlyWhatIsOffered)
{
	unsigned int told = 0;

	client.offload = [&](const char *name, NETOFFLOAD offload) {
		const std::string group(name);

		told++;
		EXPECT_EQ(NetOffloadIsTxChecksumIPv4Enabled(offload), group == "tx checksum");
		EXPECT_EQ(NetOffloadIsTxChecksumTcpEnabled(offload), group == "tx checksum");
		/* Not offered. */
		EXPECT_FALSE(NetOffloadIsTxChecksumUdpEnabled(offload));
		EXPECT_EQ(NetOffloadIsRxChecksumIPv4Enabled(offload), group == "rx checksum");
		EXPECT_EQ(NetOffloadIsRxChecksumTcpEnabled(offload), group == "rx checksum");
		EXPECT_EQ(NetOffloadIsRxChecksumUdpEnabled(offload), group == "rx checksum");
		EXPECT_EQ(NetOffloadIsLsoIPv4Enabled(offload), group == "gso");
		EXPECT_FALSE(NetOffloadIsLsoIPv6Enabled(offload));
		EXPECT_FALSE(NetOffloadIsUsoIPv4Enabled(offload));
		EXPECT_FALSE(NetOffloadIsUsoIPv6Enabled(offload));
	};
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(told, 3u);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv4, 1);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv6, 0);
	EXPECT_EQ(interface()->adapter->offloads.tx_checksum_udp, 0);

	/* Only the group that changes. */
	client.take_events();
	client.offload = [&](const char *, NETOFFLOAD offload) {
		EXPECT_FALSE(NetOffloadIsLsoIPv4Enabled(offload));
	};
	netcx_offloads wanted = {};
	wanted.tx_checksum_ipv4 = wanted.tx_checksum_tcp = wanted.tx_checksum_udp = 1;
	wanted.rx_checksum_ipv4 = wanted.rx_checksum_tcp = wanted.rx_checksum_udp = 1;
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({"SetGso"});
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({});
	wanted.rx_checksum_udp = 0;
	wanted.tx_checksum_tcp = 0;
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({"SetTxChecksum", "SetRxChecksum"});

	EXPECT_FALSE(NetOffloadIsLsoIPv4Enabled(nullptr));
	EXPECT_EQ(os.lines_with("NetOffloadIsLsoIPv4Enabled was called outside"), 1u);
}

TEST_F(CoreAdapter, UnicastAddressesReachTheClient)
{
	static std::vector<UCHAR> got;
	NET_ADAPTER_LINK_LAYER_ADDRESS list[2];
	const UCHAR first[6] = {2, 0, 0, 0, 0, 1}, second[6] = {2, 0, 0, 0, 0, 2};

	client.declare = [&](NETADAPTER adapter) {
		netcx_unicast_filter_capabilities caps = {};

		EXPECT_EQ(netcx_adapter_set_unicast_filter(adapter, nullptr),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(netcx_adapter_set_unicast_filter(adapter, &caps),
			  STATUS_INFO_LENGTH_MISMATCH);
		caps.Size = sizeof(caps);
		EXPECT_EQ(netcx_adapter_set_unicast_filter(adapter, &caps),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_unicast_filter_capabilities.Set is NULL"), 1u);
		caps.Set = [](NETADAPTER, const NET_ADAPTER_LINK_LAYER_ADDRESS *addresses,
			      UINT32 count) {
			got.clear();
			for (UINT32 i = 0; i < count; i++)
				got.push_back(addresses[i].Address[5]);
		};
		EXPECT_EQ(netcx_adapter_set_unicast_filter(adapter, &caps),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("MaximumAddresses is 0, must be at least 1"), 1u);
		caps.MaximumAddresses = 2;
		EXPECT_EQ(netcx_adapter_set_unicast_filter(adapter, &caps), STATUS_SUCCESS);
	};
	ASSERT_EQ(start(), 0);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&list[0], 6, first);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&list[1], 6, second);
	netcx_core_adapter_set_unicast_addresses(interface()->adapter, list, 2);
	EXPECT_EQ(got, (std::vector<UCHAR>{1, 2}));
	netcx_core_adapter_set_unicast_addresses(interface()->adapter, nullptr, 0);
	EXPECT_TRUE(got.empty());
}

/* ---- interrupt moderation and statistics ---- */

TEST_F(CoreAdapter, ModerationIsCheckedBeforeTheClientIsAsked)
{
	netcx_interrupt_moderation moderation = {20, 20};

	ASSERT_EQ(start(), 0);
	client.take_events();
	netcx_adapter *adapter = interface()->adapter;
	EXPECT_EQ(adapter->moderation.RxMicroseconds, 10u);
	EXPECT_EQ(netcx_core_adapter_set_moderation(adapter, &moderation), 0);
	EXPECT_EQ(adapter->moderation.TxMicroseconds, 20u);
	expect_events({"SetModeration"});

	moderation = {101, 101};
	EXPECT_EQ(netcx_core_adapter_set_moderation(adapter, &moderation), -EINVAL);
	moderation = {1, 2};
	EXPECT_EQ(netcx_core_adapter_set_moderation(adapter, &moderation), -EINVAL);
	expect_events({});

	client.failing = {"SetModeration"};
	moderation = {30, 30};
	EXPECT_EQ(netcx_core_adapter_set_moderation(adapter, &moderation), -EIO);
	EXPECT_EQ(adapter->moderation.RxMicroseconds, 20u);
	EXPECT_EQ(os.lines_with("setting the interrupt moderation failed"), 1u);
}

TEST_F(CoreAdapter, ModerationOfOneQueueIsCheckedToo)
{
	netcx_interrupt_moderation moderation = {20, 20};

	ASSERT_EQ(start(), 0);
	client.take_events();
	netcx_adapter *adapter = interface()->adapter;
	EXPECT_EQ(netcx_core_adapter_set_queue_moderation(adapter, 1, &moderation), 0);
	EXPECT_EQ(adapter->moderation.RxMicroseconds, 10u);
	expect_events({"SetQueueModeration 1: 20"});

	moderation = {101, 101};
	EXPECT_EQ(netcx_core_adapter_set_queue_moderation(adapter, 0, &moderation), -EINVAL);
	moderation = {1, 2};
	EXPECT_EQ(netcx_core_adapter_set_queue_moderation(adapter, 0, &moderation), -EINVAL);
	expect_events({});

	client.failing = {"SetQueueModeration 0: 30"};
	moderation = {30, 30};
	EXPECT_EQ(netcx_core_adapter_set_queue_moderation(adapter, 0, &moderation), -EIO);
	EXPECT_EQ(os.lines_with("setting the interrupt moderation failed"), 1u);

	adapter->moderation_caps.SetQueue = nullptr;
	EXPECT_EQ(netcx_core_adapter_set_queue_moderation(adapter, 0, &moderation), -EOPNOTSUPP);
}

TEST_F(CoreAdapter, FlowControlIsAskedOfTheClient)
{
	static BOOLEAN paused;
	const auto is_paused = [](NETADAPTER adapter) -> BOOLEAN {
		EXPECT_EQ(adapter, CoreClient::get().adapter);
		return paused;
	};
	bool declares = false;

	client.declare = [&](NETADAPTER adapter) {
		EXPECT_EQ(netcx_adapter_set_transmit_paused_callback(adapter, nullptr),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(netcx_adapter_set_transmit_paused_callback(nullptr, is_paused),
			  STATUS_INVALID_HANDLE);
		if (declares) {
			EXPECT_EQ(netcx_adapter_set_transmit_paused_callback(adapter, is_paused),
				  STATUS_SUCCESS);
		}
	};
	ASSERT_EQ(start(), 0);
	/* Who does not say is not asked. */
	EXPECT_FALSE(netcx_core_adapter_is_transmit_paused(interface()->adapter));
	EXPECT_EQ(netcx_adapter_set_transmit_paused_callback(client.adapter, is_paused),
		  STATUS_INVALID_DEVICE_STATE);
	finish();

	declares = true;
	ASSERT_EQ(start(), 0);
	paused = FALSE;
	EXPECT_FALSE(netcx_core_adapter_is_transmit_paused(interface()->adapter));
	paused = TRUE;
	EXPECT_TRUE(netcx_core_adapter_is_transmit_paused(interface()->adapter));
}

TEST_F(CoreAdapter, StatisticsComeFromTheClient)
{
	UINT64 values[2] = {};

	ASSERT_EQ(start(), 0);
	netcx_core_adapter_read_statistics(interface()->adapter, values);
	EXPECT_EQ(values[0], 11u);
	EXPECT_EQ(values[1], 22u);
	EXPECT_STREQ(interface()->adapter->statistics.Names[1], "second");
}

} // namespace

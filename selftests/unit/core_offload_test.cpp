// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Offloads and filters in the forms that the client of the other tests does not use: what NetAdapterCx
// had up to 2.0, and coalescing.

#include "core_client.h"

#include <cerrno>
#include <utility>

#include <netcx/net/gso.h>
#include <netcx/net/lso.h>
#include <netcx/net/rsc.h>

namespace
{

using namespace unit;

/* A client of NetAdapterCx 2.0. */
class CoreApi20 : public CoreFixture
{
protected:
	CoreApi20()
	{
		client.omitted = {"receive filter", "offloads"};
		client.declare = [](NETADAPTER adapter) {
			declare_checksum(adapter);
			declare_lso(adapter);
			declare_filter(adapter);
		};
	}

	static void set_checksum(NETADAPTER, NETOFFLOAD offload)
	{
		CoreClient::get().event(std::string("SetChecksum") +
					(NetOffloadIsChecksumIPv4Enabled(offload) ? " ipv4" : "") +
					(NetOffloadIsChecksumTcpEnabled(offload) ? " tcp" : "") +
					(NetOffloadIsChecksumUdpEnabled(offload) ? " udp" : ""));
	}

	static void set_lso(NETADAPTER, NETOFFLOAD offload)
	{
		CoreClient::get().event(std::string("SetLso") +
					(NetOffloadIsLsoIPv4Enabled(offload) ? " ipv4" : "") +
					(NetOffloadIsLsoIPv6Enabled(offload) ? " ipv6" : ""));
	}

	static void set_packet_filter(NETADAPTER, NET_PACKET_FILTER_FLAGS filter)
	{
		CoreClient::get().event("SetPacketFilter " + std::to_string(filter));
	}

	static void set_multicast(NETADAPTER, ULONG count, NET_ADAPTER_LINK_LAYER_ADDRESS *list)
	{
		CoreClient::get().event("SetMulticastList " + std::to_string(count) + " " +
					(count ? std::to_string(list[count - 1].Address[5]) : "-"));
	}

	static void declare_checksum(NETADAPTER adapter)
	{
		NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES checksum;

		NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES_INIT(&checksum, TRUE, TRUE, FALSE,
							       set_checksum);
		NetAdapterOffloadSetChecksumCapabilities(adapter, &checksum);
	}

	static void declare_lso(NETADAPTER adapter)
	{
		NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES lso;

		NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES_INIT(&lso, TRUE, FALSE, 64000, 2, set_lso);
		NetAdapterOffloadSetLsoCapabilities(adapter, &lso);
	}

	static void declare_filter(NETADAPTER adapter)
	{
		NET_ADAPTER_PACKET_FILTER_CAPABILITIES filter;
		NET_ADAPTER_MULTICAST_CAPABILITIES multicast;

		NET_ADAPTER_PACKET_FILTER_CAPABILITIES_INIT(
			&filter, NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast,
			set_packet_filter);
		NetAdapterSetPacketFilterCapabilities(adapter, &filter);
		NET_ADAPTER_MULTICAST_CAPABILITIES_INIT(&multicast, 3, set_multicast);
		NetAdapterSetMulticastCapabilities(adapter, &multicast);
	}
};

TEST_F(CoreApi20, TheOsHalfSeesTheFormOf21)
{
	ASSERT_EQ(start(), 0);
	const netcx_adapter *adapter = interface()->adapter;

	/* Header and TCP checksums, which are for both protocols. */
	EXPECT_EQ(adapter->tx_checksum.Layer3Flags, 0xf);
	EXPECT_EQ(adapter->tx_checksum.Layer4Flags,
		  NetAdapterOffloadLayer4FlagTcpNoOptions |
			  NetAdapterOffloadLayer4FlagTcpWithOptions);
	EXPECT_NE(adapter->rx_checksum.Size, 0u);
	EXPECT_EQ(adapter->gso.Layer3Flags, NetAdapterOffloadLayer3FlagIPv4NoOptions);
	EXPECT_EQ(adapter->gso.MaximumOffloadSize, 64000u);
	EXPECT_EQ(adapter->gso.MinimumSegmentCount, 2u);
	EXPECT_EQ(adapter->receive_filter.SupportedPacketFilters,
		  NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast);
	EXPECT_EQ(adapter->receive_filter.MaximumMulticastAddresses, 3u);
}

TEST_F(CoreApi20, OneCallbackIsToldBothDirections)
{
	netcx_offloads wanted = {};

	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(client.has_event("SetChecksum ipv4 tcp"));
	EXPECT_TRUE(client.has_event("SetLso ipv4"));
	client.take_events();

	/* It is on as long as one direction is. */
	wanted.tx_checksum_ipv4 = wanted.tx_checksum_tcp = 1;
	wanted.lso_ipv4 = 1;
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({});
	EXPECT_EQ(interface()->adapter->offloads.rx_checksum_tcp, 0);
	wanted.tx_checksum_tcp = 0;
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({"SetChecksum ipv4"});
	wanted.rx_checksum_tcp = wanted.rx_checksum_udp = 1;
	wanted.lso_ipv4 = 0;
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({"SetChecksum ipv4 tcp", "SetLso"});
}

TEST_F(CoreApi20, TheFilterIsSetInTwoSteps)
{
	const NET_ADAPTER_LINK_LAYER_ADDRESS list[2] = {{6, {1}}, {6, {3, 0, 0, 0, 0, 9}}};

	ASSERT_EQ(start(), 0);
	client.take_events();
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagMulticast, list, 2),
		  0);
	expect_events({"SetPacketFilter 2", "SetMulticastList 2 9"});
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagDirected, nullptr, 0),
		  0);
	expect_events({"SetPacketFilter 1", "SetMulticastList 0 -"});
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagBroadcast, nullptr, 0),
		  -EINVAL);
	expect_events({});
}

TEST_F(CoreApi20, WithoutAListThereIsNoMulticastFilter)
{
	client.declare = [](NETADAPTER adapter) {
		NET_ADAPTER_PACKET_FILTER_CAPABILITIES filter;

		NET_ADAPTER_PACKET_FILTER_CAPABILITIES_INIT(
			&filter, NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast,
			set_packet_filter);
		NetAdapterSetPacketFilterCapabilities(adapter, &filter);
	};
	ASSERT_EQ(start(), 0);
	client.take_events();
	EXPECT_EQ(interface()->adapter->receive_filter.SupportedPacketFilters,
		  NetPacketFilterFlagDirected);
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(interface()->adapter,
							NetPacketFilterFlagDirected, nullptr, 0),
		  0);
	expect_events({"SetPacketFilter 1"});
}

TEST_F(CoreApi20, LsoHasItsOwnExtension)
{
	NET_EXTENSION_QUERY query;
	NET_EXTENSION extension;

	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];

	NET_EXTENSION_QUERY_INIT(&query, NET_PACKET_EXTENSION_LSO_NAME,
				 NET_PACKET_EXTENSION_LSO_VERSION_1, NetExtensionTypePacket);
	NetTxQueueGetExtension(tx->handle, &query, &extension);
	ASSERT_TRUE(extension.Enabled);
	/* The OS half writes where the client reads. */
	EXPECT_EQ(reinterpret_cast<UINT8 *>(NetExtensionGetPacketLso(&extension, 0)),
		  tx->packets->Buffer + tx->layout.packet_gso);
	NET_EXTENSION_QUERY_INIT(&query, NET_PACKET_EXTENSION_GSO_NAME,
				 NET_PACKET_EXTENSION_GSO_VERSION_1, NetExtensionTypePacket);
	NetTxQueueGetExtension(tx->handle, &query, &extension);
	EXPECT_FALSE(extension.Enabled);
}

/* ---- refusals ---- */

struct BadForm {
	const char *line;
	NTSTATUS status;
	void (*declare)(NETADAPTER adapter);
};

class CoreBadForm : public CoreFixture, public ::testing::WithParamInterface<BadForm>
{
};

TEST_P(CoreBadForm, KeepsTheAdapterFromStarting)
{
	client.omitted = {"receive filter", "offloads"};
	client.declare = GetParam().declare;
	EXPECT_EQ(start(), netcx_core_errno(GetParam().status));
	EXPECT_EQ(client.start_status, GetParam().status);
	EXPECT_EQ(os.lines_with(std::string("client: ") + GetParam().line), 1u) << os.whole_log();
	EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
}

template <auto spoil>
void checksum20(NETADAPTER adapter)
{
	NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES caps;

	NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES_INIT(&caps, TRUE, TRUE, TRUE,
						       [](NETADAPTER, NETOFFLOAD) {});
	spoil(caps);
	NetAdapterOffloadSetChecksumCapabilities(adapter, &caps);
}

template <auto spoil>
void lso(NETADAPTER adapter)
{
	NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES caps;

	NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES_INIT(&caps, TRUE, TRUE, 64000, 2,
						  [](NETADAPTER, NETOFFLOAD) {});
	spoil(caps);
	NetAdapterOffloadSetLsoCapabilities(adapter, &caps);
}

template <auto spoil>
void rsc(NETADAPTER adapter)
{
	NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES caps;

	NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT(&caps, NetAdapterOffloadLayer3FlagIPv4NoOptions,
						  NetAdapterOffloadLayer4FlagTcpNoOptions,
						  [](NETADAPTER, NETOFFLOAD) {});
	spoil(caps);
	NetAdapterOffloadSetRscCapabilities(adapter, &caps);
}

template <auto spoil>
void packet_filter(NETADAPTER adapter)
{
	NET_ADAPTER_PACKET_FILTER_CAPABILITIES caps;

	NET_ADAPTER_PACKET_FILTER_CAPABILITIES_INIT(&caps, NetPacketFilterFlagDirected,
						    [](NETADAPTER, NET_PACKET_FILTER_FLAGS) {});
	spoil(caps);
	NetAdapterSetPacketFilterCapabilities(adapter, &caps);
}

template <auto spoil>
void multicast(NETADAPTER adapter)
{
	NET_ADAPTER_MULTICAST_CAPABILITIES caps;

	NET_ADAPTER_MULTICAST_CAPABILITIES_INIT(
		&caps, 4, [](NETADAPTER, ULONG, NET_ADAPTER_LINK_LAYER_ADDRESS *) {});
	spoil(caps);
	NetAdapterSetMulticastCapabilities(adapter, &caps);
}

static constexpr auto good = [](auto &) {
};

INSTANTIATE_TEST_SUITE_P(
	Api20, CoreBadForm,
	::testing::Values(
		BadForm{"NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES.Size is 17, must be 16",
			STATUS_INFO_LENGTH_MISMATCH, checksum20<[](auto &c) {
				c.Size++;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES.EvtAdapterOffloadSetChecksum is "
			"NULL",
			STATUS_INVALID_PARAMETER, checksum20<[](auto &c) {
				c.EvtAdapterOffloadSetChecksum = nullptr;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES.Size is 31, must be 32",
			STATUS_INFO_LENGTH_MISMATCH, lso<[](auto &c) {
				c.Size--;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES.MaximumOffloadSize is 0, must be",
			STATUS_INVALID_PARAMETER, lso<[](auto &c) {
				c.MaximumOffloadSize = 0;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES.MinimumSegmentCount is 0, must be",
			STATUS_INVALID_PARAMETER, lso<[](auto &c) {
				c.MinimumSegmentCount = 0;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES.EvtAdapterOffloadSetLso is NULL",
			STATUS_INVALID_PARAMETER, lso<[](auto &c) {
				c.EvtAdapterOffloadSetLso = nullptr;
			}>},
		BadForm{"NET_ADAPTER_PACKET_FILTER_CAPABILITIES.Size is 15, must be 16",
			STATUS_INFO_LENGTH_MISMATCH, packet_filter<[](auto &c) {
				c.Size--;
			}>},
		BadForm{"NET_ADAPTER_PACKET_FILTER_CAPABILITIES.SupportedPacketFilters is 0x0, "
			"must be flags of 0x2f",
			STATUS_INVALID_PARAMETER, packet_filter<[](auto &c) {
				c.SupportedPacketFilters = static_cast<NET_PACKET_FILTER_FLAGS>(0);
			}>},
		BadForm{"NET_ADAPTER_PACKET_FILTER_CAPABILITIES.EvtSetPacketFilter is NULL",
			STATUS_INVALID_PARAMETER, packet_filter<[](auto &c) {
				c.EvtSetPacketFilter = nullptr;
			}>},
		BadForm{"NET_ADAPTER_MULTICAST_CAPABILITIES.Size is 23, must be 24",
			STATUS_INFO_LENGTH_MISMATCH, multicast<[](auto &c) {
				c.Size--;
			}>},
		BadForm{"NET_ADAPTER_MULTICAST_CAPABILITIES.MaximumMulticastAddresses is 0",
			STATUS_INVALID_PARAMETER, multicast<[](auto &c) {
				c.MaximumMulticastAddresses = 0;
			}>},
		BadForm{"NET_ADAPTER_MULTICAST_CAPABILITIES.EvtSetMulticastList is NULL",
			STATUS_INVALID_PARAMETER, multicast<[](auto &c) {
				c.EvtSetMulticastList = nullptr;
			}>}));

INSTANTIATE_TEST_SUITE_P(
	Rsc, CoreBadForm,
	::testing::Values(
		BadForm{"NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES.Size is 23, must be 24",
			STATUS_INFO_LENGTH_MISMATCH, rsc<[](auto &c) {
				c.Size--;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES.Layer3Flags is 0x3, must have",
			STATUS_INVALID_PARAMETER, rsc<[](auto &c) {
				c.Layer3Flags |= NetAdapterOffloadLayer3FlagIPv4WithOptions;
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES.Layer4Flags is 0x0, must have",
			STATUS_INVALID_PARAMETER, rsc<[](auto &c) {
				c.Layer4Flags = static_cast<NET_ADAPTER_OFFLOAD_LAYER4_FLAGS>(0);
			}>},
		BadForm{"NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES.EvtAdapterOffloadSetRsc is NULL",
			STATUS_INVALID_PARAMETER, rsc<[](auto &c) {
				c.EvtAdapterOffloadSetRsc = nullptr;
			}>}));

/* Of each offload one form only, whichever comes first. */
INSTANTIATE_TEST_SUITE_P(
	BothForms, CoreBadForm,
	::testing::Values(BadForm{"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES and "
				  "NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES are two forms",
				  STATUS_INVALID_PARAMETER,
				  [](NETADAPTER a) {
					  NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES tx;

					  checksum20<good>(a);
					  NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
						  &tx, NetAdapterOffloadLayer3FlagIPv4NoOptions,
						  [](NETADAPTER, NETOFFLOAD) {});
					  NetAdapterOffloadSetTxChecksumCapabilities(a, &tx);
				  }},
			  BadForm{"NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES and "
				  "NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES are two forms",
				  STATUS_INVALID_PARAMETER,
				  [](NETADAPTER a) {
					  NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES rx;

					  NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(
						  &rx, [](NETADAPTER, NETOFFLOAD) {});
					  NetAdapterOffloadSetRxChecksumCapabilities(a, &rx);
					  checksum20<good>(a);
				  }},
			  BadForm{"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES and "
				  "NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES are two forms",
				  STATUS_INVALID_PARAMETER,
				  [](NETADAPTER a) {
					  NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;

					  lso<good>(a);
					  NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
						  &gso, NetAdapterOffloadLayer3FlagIPv4NoOptions,
						  NetAdapterOffloadLayer4FlagTcpNoOptions, 64000, 2,
						  [](NETADAPTER, NETOFFLOAD) {});
					  NetAdapterOffloadSetGsoCapabilities(a, &gso);
				  }},
			  BadForm{"receive filter and packet filter capabilities are two forms",
				  STATUS_INVALID_PARAMETER, [](NETADAPTER a) {
					  NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES filter;

					  NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(
						  &filter, [](NETADAPTER, NETRECEIVEFILTER) {});
					  filter.SupportedPacketFilters =
						  NetPacketFilterFlagDirected;
					  packet_filter<good>(a);
					  NetAdapterSetReceiveFilterCapabilities(a, &filter);
				  }}));

/* ---- coalescing ---- */

class CoreRsc : public CoreFixture
{
protected:
	static void set_rsc(NETADAPTER, NETOFFLOAD offload)
	{
		CoreClient::get().event(
			std::string("SetRsc") +
			(NetOffloadIsTcpRscIPv4Enabled(offload) ? " tcp4" : "") +
			(NetOffloadIsTcpRscIPv6Enabled(offload) ? " tcp6" : "") +
			(NetOffloadIsUdpRscEnabled(offload) ? " udp" : "") +
			(NetOffloadIsRscTcpTimestampOptionEnabled(offload) ? " timestamp" : ""));
	}

	template <bool timestamp>
	static void declare_rsc(NETADAPTER adapter)
	{
		NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES caps;

		NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT(
			&caps, NetAdapterOffloadLayer3FlagIPv6NoExtensions,
			NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagUdp,
			set_rsc);
		caps.TcpTimestampOption = timestamp;
		NetAdapterOffloadSetRscCapabilities(adapter, &caps);
	}

	bool has_extension(PCWSTR name, ULONG version)
	{
		NET_EXTENSION_QUERY query;
		NET_EXTENSION extension;

		NET_EXTENSION_QUERY_INIT(&query, name, version, NetExtensionTypePacket);
		NetRxQueueGetExtension(interface()->rx[0]->handle, &query, &extension);
		return extension.Enabled;
	}
};

TEST_F(CoreRsc, IsToldOnlyWhatIsOffered)
{
	netcx_offloads wanted = {};

	client.declare = declare_rsc<true>;
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(client.has_event("SetRsc tcp6 udp timestamp"));
	client.take_events();
	wanted = interface()->adapter->offloads;
	wanted.tcp_rsc_ipv6 = 0;
	netcx_core_adapter_set_offloads(interface()->adapter, &wanted);
	expect_events({"SetRsc udp"});
}

TEST_F(CoreRsc, RxQueuesHaveTheExtensions)
{
	client.declare = declare_rsc<true>;
	ASSERT_EQ(open(), 0);
	EXPECT_TRUE(
		has_extension(NET_PACKET_EXTENSION_RSC_NAME, NET_PACKET_EXTENSION_RSC_VERSION_1));
	EXPECT_TRUE(
		has_extension(NET_PACKET_EXTENSION_RSC_NAME, NET_PACKET_EXTENSION_RSC_VERSION_2));
	EXPECT_FALSE(has_extension(NET_PACKET_EXTENSION_RSC_NAME, 3));
	EXPECT_TRUE(has_extension(NET_PACKET_EXTENSION_RSC_TIMESTAMP_NAME,
				  NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_1));
	EXPECT_NE(interface()->rx[0]->layout.packet_rsc, 0);
	EXPECT_NE(interface()->rx[0]->layout.packet_rsc_timestamp, 0);
	EXPECT_EQ(interface()->tx[0]->layout.packet_rsc, 0);
}

TEST_F(CoreRsc, WithoutTimestampsThereIsNoExtensionForThem)
{
	client.declare = declare_rsc<false>;
	ASSERT_EQ(open(), 0);
	EXPECT_TRUE(client.has_event("SetRsc tcp6 udp"));
	EXPECT_NE(interface()->rx[0]->layout.packet_rsc, 0);
	EXPECT_EQ(interface()->rx[0]->layout.packet_rsc_timestamp, 0);
}

/* ---- a pause ---- */

TEST_F(CoreRsc, OffloadsCanBePaused)
{
	client.declare = [](NETADAPTER adapter) {
		/* Too early. */
		NetAdapterPauseOffloadCapabilities(adapter);
	};
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(os.lines_with("the adapter is not started (AdapterNotStarted)"), 1u);
	client.take_events();

	NetAdapterPauseOffloadCapabilities(client.adapter);
	expect_events({"SetTxChecksum", "SetRxChecksum", "SetGso"});
	EXPECT_EQ(interface()->adapter->offloads.tx_checksum_tcp, 0);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv4, 0);
	NetAdapterPauseOffloadCapabilities(client.adapter);
	EXPECT_EQ(os.lines_with("the offloads are paused already"), 1u);
	expect_events({});

	NetAdapterResumeOffloadCapabilities(client.adapter);
	expect_events({"SetTxChecksum", "SetRxChecksum", "SetGso"});
	EXPECT_EQ(interface()->adapter->offloads.tx_checksum_tcp, 1);
	NetAdapterResumeOffloadCapabilities(client.adapter);
	EXPECT_EQ(os.lines_with("the offloads are not paused (OffloadNotPaused)"), 1u);
	expect_events({});
}

/* The user opens the interface as soon as there is one, before NetAdapterStart() has returned. */
TEST_F(CoreRsc, OffloadsCanBePausedWhileTheInterfaceIsRegistered)
{
	os.interface_shown = [this] {
		EXPECT_EQ(interface()->open(), 0);
		NetAdapterPauseOffloadCapabilities(client.adapter);
	};
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(interface()->adapter->offloads_paused);
	EXPECT_EQ(interface()->adapter->offloads.tx_checksum_tcp, 0);
	NetAdapterResumeOffloadCapabilities(client.adapter);
	EXPECT_EQ(interface()->adapter->offloads.tx_checksum_tcp, 1);
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

/* The OS half cannot hear of it yet. */
TEST_F(CoreRsc, OffloadsCanBePausedBeforeThereIsAnInterface)
{
	bool first = true;

	client.offload = [&](const char *, NETOFFLOAD) {
		if (std::exchange(first, false))
			NetAdapterPauseOffloadCapabilities(client.adapter);
	};
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(interface()->adapter->offloads_paused);
	EXPECT_EQ(interface()->adapter->offloads.tx_checksum_tcp, 0);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv4, 0);
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

TEST_F(CoreRsc, OffloadsCannotBePausedOfAnInterfaceThatCouldNotBeRegistered)
{
	/* The one thing that can fail from here on to the registration's end. */
	client.start_in = CoreClient::StartIn::d0_entry;
	client.declare = [this](NETADAPTER) {
		os.fail_nth(1);
	};
	client.interrupts = 0;
	EXPECT_LT(start(), 0);
	os.fail_nth(0);
	EXPECT_EQ(os.lines_with("could not be registered"), 1u) << os.whole_log();
	NetAdapterPauseOffloadCapabilities(client.adapter);
	EXPECT_EQ(os.lines_with("the adapter is not started (AdapterNotStarted)"), 1u);
}

} // namespace

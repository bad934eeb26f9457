// SPDX-License-Identifier: GPL-2.0-only OR MIT
// VLANs: what the class extension adds to NetAdapterCx's tags.

#include "core_client.h"

#include <cerrno>
#include <cstring>

#include <netcx/net/ieee8021q.h>
#include <netcx/netcx_ieee8021q.h>

namespace
{

using namespace unit;

/* ---- the tag ---- */

TEST(Ieee8021q, TheTagIsWhatTheFieldsSay)
{
	NET_PACKET_IEEE8021Q tag = {};

	tag.PriorityCodePoint = 5;
	tag.VlanIdentifier = 0x123;
	EXPECT_EQ(netcx_ieee8021q_tci(&tag), 0xa123);
	tag.PriorityCodePoint = 7;
	tag.VlanIdentifier = 0xfff;
	EXPECT_EQ(netcx_ieee8021q_tci(&tag), 0xefff);
}

TEST(Ieee8021q, EveryTagComesBack)
{
	for (UINT32 tci = 0; tci <= 0xffff; tci++) {
		NET_PACKET_IEEE8021Q tag;

		memset(&tag, 0xff, sizeof(tag));
		netcx_ieee8021q_set(&tag, static_cast<UINT16>(tci),
				    NetPacketTxIeee8021qActionFlagVlanRequired);
		ASSERT_EQ(tag.PriorityCodePoint, tci >> 13);
		ASSERT_EQ(tag.VlanIdentifier, tci & 0xfff);
		ASSERT_EQ(tag.TxTagging, 2);
		ASSERT_EQ(netcx_ieee8021q_tci(&tag), tci);
	}
}

/* ---- capabilities ---- */

class CoreVlan : public CoreFixture
{
protected:
	CoreVlan()
	{
		capabilities.Size = sizeof(capabilities);
		capabilities.SetStripping = [](NETADAPTER, BOOLEAN enabled) {
			CoreClient::get().event(enabled ? "strip" : "leave");
		};
		capabilities.SetFilter = [](NETADAPTER, const netcx_vlan_filter *filter) {
			std::string event = filter->Enabled ? "filter" : "all";

			for (UINT32 vlan = 0; vlan < 4096; vlan++) {
				if (filter->Members[vlan / 32] >> vlan % 32 & 1)
					event += " " + std::to_string(vlan);
			}
			CoreClient::get().event(event);
		};
	}

	/* In EvtDevicePrepareHardware. */
	void offer()
	{
		client.declare = [&](NETADAPTER adapter) {
			EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &capabilities),
				  STATUS_SUCCESS);
		};
	}

	netcx_vlan_capabilities capabilities = {};
};

TEST_F(CoreVlan, BadCapabilitiesAreNamed)
{
	client.declare = [&](NETADAPTER adapter) {
		netcx_vlan_capabilities bad = {};

		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(nullptr, &capabilities),
			  STATUS_INVALID_HANDLE);
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, nullptr),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_adapter_set_vlan_capabilities was given NULL "
					"(ParameterCantBeNull)"),
			  1u);
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &bad),
			  STATUS_INFO_LENGTH_MISMATCH);
		bad.Size = sizeof(bad);
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &bad),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_vlan_capabilities has none of SetStripping"), 1u);
		bad.SetFilter = capabilities.SetFilter;
		bad.InsertionNeedsStripping = TRUE;
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &bad),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_vlan_capabilities.SetStripping is NULL, must be set "
					"with InsertionNeedsStripping"),
			  1u);
		bad.SetStripping = capabilities.SetStripping;
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &bad), STATUS_SUCCESS);
	};
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(os.lines_with("AdapterAlreadyStarted"), 0u);
	EXPECT_EQ(netcx_adapter_set_vlan_capabilities(client.adapter, &capabilities),
		  STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.lines_with("AdapterAlreadyStarted"), 1u);
}

TEST_F(CoreVlan, EachCapabilityIsEnoughByItself)
{
	client.declare = [&](NETADAPTER adapter) {
		netcx_vlan_capabilities one = {};

		one.Size = sizeof(one);
		one.SetStripping = capabilities.SetStripping;
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &one), STATUS_SUCCESS);
		one.SetStripping = nullptr;
		one.SetFilter = capabilities.SetFilter;
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &one), STATUS_SUCCESS);
		one.SetFilter = nullptr;
		one.DropEligible = TRUE;
		EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &one), STATUS_SUCCESS);
	};
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(interface()->adapter->vlan.SetStripping, nullptr);
	EXPECT_EQ(interface()->adapter->vlan.SetFilter, nullptr);
	EXPECT_TRUE(interface()->adapter->vlan.DropEligible);
}

/* ---- extensions ---- */

/* Hardware that strips and does not insert has a place for tags where it receives. */
TEST_F(CoreVlan, StrippingAloneNeedsTheExtensionOnReceive)
{
	offer();
	ASSERT_EQ(open(), 0);
	EXPECT_EQ(interface()->tx[0]->layout.packet_ieee8021q, 0);
	EXPECT_NE(interface()->rx[0]->layout.packet_ieee8021q, 0);
}

TEST_F(CoreVlan, AFilterAloneNeedsNoExtension)
{
	capabilities.SetStripping = nullptr;
	offer();
	ASSERT_EQ(open(), 0);
	EXPECT_EQ(interface()->tx[0]->layout.packet_ieee8021q, 0);
	EXPECT_EQ(interface()->rx[0]->layout.packet_ieee8021q, 0);
}

TEST_F(CoreVlan, TagsLieBesideTheOtherExtensions)
{
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES tag;
	NET_EXTENSION_QUERY query;
	NET_EXTENSION extension;

	client.declare = [&](NETADAPTER adapter) {
		NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
			&tag, NetAdapterOffloadIeee8021PriorityTaggingFlag);
		NetAdapterOffloadSetIeee8021qTagCapabilities(adapter, &tag);
	};
	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];
	const netcx_queue *rx = interface()->rx[0];

	/* Behind 12 bytes of packet and 4 of GSO; before the checksum's 1. */
	EXPECT_EQ(tx->layout.packet_ieee8021q, 16);
	EXPECT_EQ(tx->layout.packet_checksum, 20);
	EXPECT_EQ(tx->packets->ElementStride, 32);
	EXPECT_EQ(rx->layout.packet_ieee8021q, 12);
	EXPECT_EQ(rx->layout.packet_checksum, 16);
	EXPECT_EQ(rx->packets->ElementStride, 20);

	NET_EXTENSION_QUERY_INIT(&query, NET_PACKET_EXTENSION_IEEE8021Q_NAME,
				 NET_PACKET_EXTENSION_IEEE8021Q_VERSION_1, NetExtensionTypePacket);
	NetRxQueueGetExtension(rx->handle, &query, &extension);
	ASSERT_TRUE(extension.Enabled);
	EXPECT_EQ(static_cast<void *>(NetExtensionGetPacketIeee8021Q(&extension, 3)),
		  reinterpret_cast<UINT8 *>(NetRingGetPacketAtIndex(rx->packets, 3)) + 12);
}

/* ---- telling the client ---- */

TEST_F(CoreVlan, StrippingIsToldWhenItChanges)
{
	offer();
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(client.has_event("strip"));
	netcx_adapter *adapter = interface()->adapter;
	netcx_offloads wanted = adapter->offloads;
	client.take_events();

	EXPECT_EQ(wanted.vlan_stripping, 1);
	netcx_core_adapter_set_offloads(adapter, &wanted);
	expect_events({});
	wanted.vlan_stripping = 0;
	netcx_core_adapter_set_offloads(adapter, &wanted);
	expect_events({"leave"});
	EXPECT_EQ(adapter->offloads.vlan_stripping, 0);
	wanted.vlan_stripping = 1;
	netcx_core_adapter_set_offloads(adapter, &wanted);
	expect_events({"strip"});
}

TEST_F(CoreVlan, WhoDoesNotStripIsNotAsked)
{
	capabilities.SetStripping = nullptr;
	offer();
	ASSERT_EQ(start(), 0);
	EXPECT_FALSE(client.has_event("strip"));
	EXPECT_EQ(interface()->adapter->offloads.vlan_stripping, 0);
}

TEST_F(CoreVlan, TheFilterReachesTheClient)
{
	netcx_vlan_filter filter = {};

	offer();
	ASSERT_EQ(start(), 0);
	client.take_events();
	filter.Members[0] = 1;
	filter.Members[127] = 1U << 30;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(interface()->adapter, &filter), 0);
	filter.Enabled = TRUE;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(interface()->adapter, &filter), 0);
	expect_events({"all 0 4094", "filter 0 4094"});
}

TEST_F(CoreVlan, AFilterThatIsNotThereIsAnError)
{
	netcx_vlan_filter filter = {};

	ASSERT_EQ(start(), 0);
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(interface()->adapter, &filter), -EOPNOTSUPP);
}

} // namespace

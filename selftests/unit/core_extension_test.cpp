// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where extensions lie in the elements of rings, and asking for them.

#include "core_client.h"
#include "extension.h"

#include <cstring>

#include <netcx/net/checksum.h>
#include <netcx/net/gso.h>
#include <netcx/net/ieee8021q.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>

namespace
{

using namespace unit;
using netcx::Extension;

netcx::ExtensionSet set_of(std::initializer_list<Extension> extensions)
{
	netcx::ExtensionSet set;

	for (Extension extension : extensions)
		set.add(extension);
	return set;
}

UINT16 offset(const netcx::ElementLayout &layout, Extension extension)
{
	return layout.offsets[static_cast<UINT32>(extension)];
}

/* The series of the documentation: 12 alone, then 16, 20, 32, 36, 48, 52. */
TEST(CoreExtension, StridesOfPackets)
{
	const struct {
		std::initializer_list<Extension> extensions;
		UINT16 stride;
	} vectors[] = {
		{{}, 12},
		{{Extension::packet_checksum}, 16},
		{{Extension::packet_gso}, 16},
		{{Extension::packet_gso, Extension::packet_checksum}, 20},
		{{Extension::packet_gso, Extension::packet_ieee8021q}, 20},
		{{Extension::packet_gso, Extension::packet_ieee8021q, Extension::packet_checksum},
		 32},
		{{Extension::packet_gso, Extension::packet_hash, Extension::packet_rsc,
		  Extension::packet_rsc_timestamp},
		 32},
		{{Extension::packet_gso, Extension::packet_hash, Extension::packet_rsc,
		  Extension::packet_rsc_timestamp, Extension::packet_checksum},
		 36},
		{{Extension::packet_gso, Extension::packet_hash, Extension::packet_rsc,
		  Extension::packet_rsc_timestamp, Extension::packet_ieee8021q,
		  Extension::packet_lso},
		 48},
		{{Extension::packet_gso, Extension::packet_hash, Extension::packet_rsc,
		  Extension::packet_rsc_timestamp, Extension::packet_ieee8021q,
		  Extension::packet_lso, Extension::packet_checksum},
		 52},
		/* Rounding with a mask that is none skips 32 here. */
		{{Extension::packet_gso, Extension::packet_hash, Extension::packet_checksum}, 36},
	};

	for (const auto &vector : vectors)
		EXPECT_EQ(netcx::lay_out(set_of(vector.extensions)).packet_stride, vector.stride);
}

TEST(CoreExtension, StridesOfFragments)
{
	EXPECT_EQ(netcx::lay_out(set_of({})).fragment_stride, 8);
	EXPECT_EQ(netcx::lay_out(set_of({Extension::fragment_virtual_address})).fragment_stride,
		  16);
	EXPECT_EQ(netcx::lay_out(set_of({Extension::fragment_virtual_address,
					 Extension::fragment_logical_address}))
			  .fragment_stride,
		  24);
	EXPECT_EQ(netcx::lay_out(set_of({Extension::fragment_virtual_address,
					 Extension::fragment_logical_address,
					 Extension::fragment_return_context}))
			  .fragment_stride,
		  32);
}

TEST(CoreExtension, WiderAlignmentsComeFirstSoNothingIsLostBetween)
{
	const netcx::ElementLayout layout = netcx::lay_out(set_of(
		{Extension::packet_checksum, Extension::packet_ieee8021q, Extension::packet_gso,
		 Extension::fragment_logical_address, Extension::fragment_virtual_address}));

	EXPECT_EQ(offset(layout, Extension::packet_gso), 12);
	EXPECT_EQ(offset(layout, Extension::packet_ieee8021q), 16);
	EXPECT_EQ(offset(layout, Extension::packet_checksum), 20);
	EXPECT_EQ(offset(layout, Extension::packet_hash), 0);
	EXPECT_EQ(offset(layout, Extension::fragment_virtual_address), 8);
	EXPECT_EQ(offset(layout, Extension::fragment_logical_address), 16);

	const netcx_queue_layout seen = netcx::to_queue_layout(layout);
	EXPECT_EQ(seen.packet_gso, 12);
	EXPECT_EQ(seen.packet_ieee8021q, 16);
	EXPECT_EQ(seen.packet_checksum, 20);
	EXPECT_EQ(seen.packet_hash, 0);
	EXPECT_EQ(seen.packet_rsc, 0);
	EXPECT_EQ(seen.fragment_virtual_address, 8);
	EXPECT_EQ(seen.fragment_logical_address, 16);
	EXPECT_EQ(seen.fragment_return_context, 0);
}

/* Every set of extensions: aligned, inside the element, and no two over each other. */
TEST(CoreExtension, NoTwoExtensionsOverlapWhateverTheSet)
{
	const struct {
		Extension extension;
		bool packet;
		UINT16 size;
		UINT16 alignment;
	} all[] = {
		{Extension::packet_checksum, true, 1, 1},
		{Extension::packet_gso, true, 4, 4},
		{Extension::packet_lso, true, 4, 4},
		{Extension::packet_rsc, true, 4, 2},
		{Extension::packet_rsc_timestamp, true, 4, 4},
		{Extension::packet_ieee8021q, true, 4, 2},
		{Extension::packet_hash, true, 8, 4},
		{Extension::fragment_virtual_address, false, 8, 8},
		{Extension::fragment_logical_address, false, 8, 8},
		{Extension::fragment_mdl, false, 8, 8},
		{Extension::fragment_return_context, false, 8, 8},
		{Extension::fragment_net_memory, false, 8, 8},
	};
	constexpr size_t count = std::size(all);

	for (unsigned int bits = 0; bits < 1U << count; bits++) {
		netcx::ExtensionSet set;

		for (size_t i = 0; i < count; i++)
			set.add_if(bits >> i & 1, all[i].extension);
		const netcx::ElementLayout layout = netcx::lay_out(set);
		std::vector<bool> packet(layout.packet_stride), fragment(layout.fragment_stride);
		std::fill_n(packet.begin(), 12, true);
		std::fill_n(fragment.begin(), 8, true);
		for (size_t i = 0; i < count; i++) {
			const UINT16 at = offset(layout, all[i].extension);
			std::vector<bool> &taken = all[i].packet ? packet : fragment;

			ASSERT_EQ(at != 0, (bits >> i & 1) != 0);
			if (!at)
				continue;
			ASSERT_EQ(at % all[i].alignment, 0);
			ASSERT_LE(at + all[i].size, taken.size());
			for (UINT16 byte = 0; byte < all[i].size; byte++) {
				ASSERT_FALSE(taken[at + byte]);
				taken[at + byte] = true;
			}
		}
		ASSERT_EQ(layout.packet_stride % 4, 0);
		ASSERT_EQ(layout.fragment_stride % 8, 0);
	}
}

/* ---- queues of an adapter ---- */

class CoreQueueExtension : public CoreFixture
{
protected:
	NET_EXTENSION query(const netcx_queue *queue, PCWSTR name, ULONG version,
			    NET_EXTENSION_TYPE type)
	{
		NET_EXTENSION_QUERY query;
		NET_EXTENSION extension;

		memset(&extension, 0xff, sizeof(extension));
		NET_EXTENSION_QUERY_INIT(&query, name, version, type);
		if (queue->type == NETCX_QUEUE_TX)
			NetTxQueueGetExtension(queue->handle, &query, &extension);
		else
			NetRxQueueGetExtension(queue->handle, &query, &extension);
		return extension;
	}

	static bool is_zero(const NET_EXTENSION &extension)
	{
		const NET_EXTENSION zero = {};

		return !memcmp(&extension, &zero, sizeof(zero));
	}
};

TEST_F(CoreQueueExtension, QueuesHaveWhatTheAdapterDeclared)
{
	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];
	const netcx_queue *rx = interface()->rx[0];

	EXPECT_NE(tx->layout.packet_checksum, 0);
	EXPECT_NE(tx->layout.packet_gso, 0);
	EXPECT_EQ(tx->layout.packet_ieee8021q, 0);
	EXPECT_EQ(tx->layout.fragment_virtual_address, 8);
	EXPECT_EQ(tx->layout.fragment_logical_address, 16);
	EXPECT_EQ(tx->layout.fragment_return_context, 0);
	EXPECT_NE(rx->layout.packet_checksum, 0);
	EXPECT_EQ(rx->layout.packet_gso, 0);
	EXPECT_EQ(tx->packets->ElementStride, 20);
	EXPECT_EQ(rx->packets->ElementStride, 16);
	EXPECT_EQ(rx->fragments->ElementStride, 24);
}

TEST_F(CoreQueueExtension, TagsAreOnBothDirectionsAndDriverBuffersHaveReturnContexts)
{
	client.datapath = [](NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &rx) {
		NET_ADAPTER_TX_CAPABILITIES_INIT(&tx, 1);
		NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED(
			&rx, [](NETADAPTER, NET_FRAGMENT_RETURN_CONTEXT_HANDLE) {}, 2048, 1);
	};
	client.declare = [](NETADAPTER adapter) {
		NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES tag;

		NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
			&tag, NetAdapterOffloadIeee8021VlanTaggingFlag);
		NetAdapterOffloadSetIeee8021qTagCapabilities(adapter, &tag);
	};
	ASSERT_EQ(open(), 0);
	EXPECT_NE(interface()->tx[0]->layout.packet_ieee8021q, 0);
	EXPECT_NE(interface()->rx[0]->layout.packet_ieee8021q, 0);
	EXPECT_EQ(interface()->tx[0]->layout.fragment_logical_address, 0);
	EXPECT_EQ(interface()->rx[0]->layout.fragment_logical_address, 0);
	EXPECT_NE(interface()->rx[0]->layout.fragment_return_context, 0);
}

TEST_F(CoreQueueExtension, AccessorsReachEveryElement)
{
	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];
	const NET_EXTENSION checksum =
		query(tx, NET_PACKET_EXTENSION_CHECKSUM_NAME, 1, NetExtensionTypePacket);
	const NET_EXTENSION address =
		query(tx, NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_NAME, 1, NetExtensionTypeFragment);

	ASSERT_TRUE(checksum.Enabled);
	ASSERT_TRUE(address.Enabled);
	for (UINT32 i = 0; i < tx->packets->NumberOfElements; i++) {
		EXPECT_EQ(static_cast<void *>(NetExtensionGetPacketChecksum(&checksum, i)),
			  reinterpret_cast<UINT8 *>(NetRingGetPacketAtIndex(tx->packets, i)) +
				  tx->layout.packet_checksum);
		EXPECT_EQ(static_cast<void *>(NetExtensionGetFragmentLogicalAddress(&address, i)),
			  reinterpret_cast<UINT8 *>(NetRingGetFragmentAtIndex(tx->fragments, i)) +
				  tx->layout.fragment_logical_address);
	}
}

TEST_F(CoreQueueExtension, WhatAQueueDoesNotHaveIsZeroAndNoError)
{
	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];
	const netcx_queue *rx = interface()->rx[0];

	EXPECT_TRUE(is_zero(query(rx, NET_PACKET_EXTENSION_GSO_NAME, 1, NetExtensionTypePacket)));
	EXPECT_TRUE(is_zero(query(tx, L"ms_packet_hash", 1, NetExtensionTypePacket)));
	EXPECT_TRUE(
		is_zero(query(tx, L"ms_packet_wifiexemptionaction", 1, NetExtensionTypePacket)));
	/* A newer version than ours. */
	EXPECT_TRUE(is_zero(query(tx, L"ms_packet_checksum", 2, NetExtensionTypePacket)));
	/* Of the other kind. */
	EXPECT_TRUE(is_zero(query(tx, L"ms_packet_checksum", 1, NetExtensionTypeFragment)));
	EXPECT_TRUE(is_zero(query(tx, L"ms_packet_checksum", 1, NetExtensionTypeBuffer)));
	/* Somebody else's names are his business. */
	EXPECT_TRUE(is_zero(query(tx, L"vendor_something", 1, NetExtensionTypePacket)));
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreQueueExtension, BadQueriesAreNamedAndAnsweredWithNothing)
{
	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];

	EXPECT_TRUE(is_zero(query(tx, L"ms_packet_checksums", 1, NetExtensionTypePacket)));
	EXPECT_EQ(os.lines_with("NET_EXTENSION_QUERY.Name is \"ms_packet_checksums\""), 1u);
	EXPECT_TRUE(is_zero(query(tx, L"", 1, NetExtensionTypePacket)));
	EXPECT_TRUE(is_zero(query(tx, nullptr, 1, NetExtensionTypePacket)));
	EXPECT_EQ(os.lines_with("InvalidNetExtensionName"), 3u);
	EXPECT_TRUE(is_zero(query(tx, L"ms_packet_checksum", 0, NetExtensionTypePacket)));
	EXPECT_EQ(os.lines_with("InvalidNetExtensionVersion"), 1u);
	EXPECT_TRUE(
		is_zero(query(tx, L"ms_packet_checksum", 1, static_cast<NET_EXTENSION_TYPE>(0))));
	EXPECT_EQ(os.lines_with("InvalidNetExtensionType"), 1u);

	NET_EXTENSION_QUERY query;
	NET_EXTENSION extension;
	NET_EXTENSION_QUERY_INIT(&query, L"ms_packet_checksum", 1, NetExtensionTypePacket);
	query.Size--;
	NetTxQueueGetExtension(tx->handle, &query, &extension);
	EXPECT_TRUE(is_zero(extension));
	EXPECT_EQ(os.lines_with("NET_EXTENSION_QUERY.Size is 23, must be 24"), 1u);
	NetTxQueueGetExtension(tx->handle, nullptr, &extension);
	NetTxQueueGetExtension(tx->handle, &query, nullptr);
	query.Size++;
	NetRxQueueGetExtension(tx->handle, &query, &extension);
	EXPECT_TRUE(is_zero(extension));
	EXPECT_EQ(os.lines_with("InvalidQueueHandle"), 1u);
	EXPECT_EQ(os.log.size(), 9u) << os.whole_log();
}

} // namespace

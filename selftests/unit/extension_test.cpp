// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The extension accessors, over elements as a queue really has them: packet strides that are no
// power of two, extensions that are only as aligned as the core descriptor.

#include "ring_api.h"
#include "test_rings.h"

#include <gtest/gtest.h>

#include <string>

namespace
{

using unit::TestRing;

NET_EXTENSION ExtensionAt(const TestRing &ring, size_t offset)
{
	NET_EXTENSION extension = {};

	extension.Reserved[0] = ring.Element(0) + offset;
	extension.Reserved[1] = reinterpret_cast<void *>(size_t(ring.Stride()));
	extension.Enabled = TRUE;
	return extension;
}

class ExtensionTest : public testing::TestWithParam<const ring_api *>
{
protected:
	const ring_api &api = *GetParam();
};

TEST_P(ExtensionTest, ReachesTheSameElementAsTheRing)
{
	struct Accessor {
		const char *name;
		get_extension_fn *get;
		uint16_t stride;
		size_t offset;
	};
	const Accessor accessors[] = {
		{"Data", api.NetExtensionGetData, 52, 20},
		{"Checksum", api.NetExtensionGetPacketChecksum, 16, 12},
		{"Gso", api.NetExtensionGetPacketGso, 20, 16},
		{"Lso", api.NetExtensionGetPacketLso, 20, 16},
		{"LargeSendSegmentation", api.NetExtensionGetPacketLargeSendSegmentation, 16, 12},
		{"Rsc", api.NetExtensionGetPacketRsc, 36, 14},
		{"RscTimestamp", api.NetExtensionGetPacketRscTimestamp, 36, 32},
		{"Ieee8021Q", api.NetExtensionGetPacketIeee8021Q, 36, 14},
		{"Hash", api.NetExtensionGetPacketHash, 52, 28},
		{"VirtualAddress", api.NetExtensionGetFragmentVirtualAddress, 24, 8},
		{"LogicalAddress", api.NetExtensionGetFragmentLogicalAddress, 24, 16},
		{"Mdl", api.NetExtensionGetFragmentMdl, 40, 24},
		{"ReturnContext", api.NetExtensionGetFragmentReturnContext, 40, 32},
	};

	for (const Accessor &accessor : accessors) {
		for (uint32_t n : {2u, 256u, 4096u}) {
			TestRing ring(n, accessor.stride);
			const NET_EXTENSION extension = ExtensionAt(ring, accessor.offset);

			for (uint32_t i = 0; i < n; i++)
				ASSERT_EQ(accessor.get(&extension, i),
					  ring.Element(i) + accessor.offset)
					<< accessor.name << " of element " << i << " of " << n;
		}
	}
}

// All packet extensions in one element, placed one after the other by their alignment.
TEST_P(ExtensionTest, WritesOnlyItsOwnBytes)
{
	constexpr size_t checksum_at = 12, tag_at = 14, gso_at = 20, hash_at = 24;
	TestRing ring(16, 32);
	const NET_EXTENSION checksum = ExtensionAt(ring, checksum_at);
	const NET_EXTENSION tag = ExtensionAt(ring, tag_at);
	const NET_EXTENSION gso = ExtensionAt(ring, gso_at);
	const NET_EXTENSION hash = ExtensionAt(ring, hash_at);

	for (uint32_t i = 0; i < 16; i++) {
		auto *c = static_cast<NET_PACKET_CHECKSUM *>(
			api.NetExtensionGetPacketChecksum(&checksum, i));
		auto *q = static_cast<NET_PACKET_IEEE8021Q *>(
			api.NetExtensionGetPacketIeee8021Q(&tag, i));
		auto *g = static_cast<NET_PACKET_GSO *>(api.NetExtensionGetPacketGso(&gso, i));
		auto *h = static_cast<NET_PACKET_HASH *>(api.NetExtensionGetPacketHash(&hash, i));

		c->Layer4 = NetPacketTxChecksumActionRequired;
		q->VlanIdentifier = i;
		q->TxTagging = NetPacketTxIeee8021qActionFlagVlanRequired;
		g->TCP.Mss = 1400 + i;
		h->HashValue = 0x01010101 * i;
		h->ProtocolType = NetPacketHashProtocolTypeIPv4 | NetPacketHashProtocolTypeTcp;
	}
	for (uint32_t i = 0; i < 16; i++) {
		const unsigned mss = 1400 + i;
		const unsigned vlan = i << 3;
		unsigned char expected[32] = {};

		expected[checksum_at] = NetPacketTxChecksumActionRequired << 4;
		expected[tag_at] = static_cast<unsigned char>(vlan & 0xff);
		expected[tag_at + 1] = static_cast<unsigned char>(vlan >> 8);
		expected[tag_at + 2] = 2;
		expected[gso_at] = mss & 0xff;
		expected[gso_at + 1] = static_cast<unsigned char>(mss >> 8);
		memset(expected + hash_at, int(i), 4);
		expected[hash_at + 4] = 0x11;
		ASSERT_EQ(memcmp(ring.Element(i), expected, sizeof(expected)), 0) << "packet " << i;
	}
}

TEST_P(ExtensionTest, VirtualAddressPlusOffsetIsWhereTheDataBegins)
{
	unsigned char buffer[2048];
	TestRing ring(8, 24);
	const NET_EXTENSION extension = ExtensionAt(ring, 8);

	for (uint32_t i = 0; i < 8; i++) {
		auto *fragment = api.NetRingGetFragmentAtIndex(ring.Get(), i);
		auto *address = static_cast<NET_FRAGMENT_VIRTUAL_ADDRESS *>(
			api.NetExtensionGetFragmentVirtualAddress(&extension, i));

		address->VirtualAddress = buffer + 100 * i;
		fragment->Offset = i == 7 ? NETCX_FRAGMENT_MAX_OFFSET : i;
		EXPECT_EQ(api.NetExtensionGetFragmentVirtualAddressOffset(fragment, &extension, i),
			  buffer + 100 * i + fragment->Offset);
	}
}

INSTANTIATE_TEST_SUITE_P(Extensions, ExtensionTest, testing::Values(&ring_api_c, &ring_api_cpp),
			 [](const auto &info) { return info.index ? "Cpp" : "C"; });

// A name as the class extension compares it: 16-bit characters.
std::string Narrow(PCWSTR name)
{
	std::string narrow;

	for (; *name; name++) {
		EXPECT_LT(*name, 0x80);
		narrow.push_back(static_cast<char>(*name));
	}
	return narrow;
}

TEST(ExtensionNames, AreThoseOfWindows)
{
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_CHECKSUM_NAME), "ms_packet_checksum");
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_GSO_NAME), "ms_packet_gso");
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_LSO_NAME), "ms_packet_lso");
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_RSC_NAME), "ms_packet_rsc");
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_RSC_TIMESTAMP_NAME), "ms_packet_rsc_timestamp");
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_IEEE8021Q_NAME), "ms_packet_ieee8021q");
	EXPECT_EQ(Narrow(NET_PACKET_EXTENSION_HASH_NAME), "ms_packet_hash");
	EXPECT_EQ(Narrow(NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME),
		  "ms_fragment_virtualaddress");
	EXPECT_EQ(Narrow(NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_NAME),
		  "ms_fragment_logicaladdress");
	EXPECT_EQ(Narrow(NET_FRAGMENT_EXTENSION_MDL_NAME), "ms_fragment_mdl");
	EXPECT_EQ(Narrow(NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_NAME), "ms_fragment_returncontext");
}

TEST(ExtensionNames, VersionsAndSizes)
{
	EXPECT_EQ(NET_PACKET_EXTENSION_CHECKSUM_VERSION_1, 1u);
	EXPECT_EQ(NET_PACKET_EXTENSION_CHECKSUM_VERSION_1_SIZE, 1u);
	EXPECT_EQ(NET_PACKET_EXTENSION_GSO_VERSION_1_SIZE, 4u);
	EXPECT_EQ(NET_PACKET_EXTENSION_LSO_VERSION_1_SIZE, 4u);
	EXPECT_EQ(NET_PACKET_EXTENSION_RSC_VERSION_1, 1u);
	EXPECT_EQ(NET_PACKET_EXTENSION_RSC_VERSION_2, 2u);
	EXPECT_EQ(NET_PACKET_EXTENSION_RSC_VERSION_2_SIZE, 4u);
	EXPECT_EQ(NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_1_SIZE, 4u);
	EXPECT_EQ(NET_PACKET_EXTENSION_IEEE8021Q_VERSION_1_SIZE, 4u);
	EXPECT_EQ(NET_PACKET_EXTENSION_HASH_VERSION_1_SIZE, 8u);
	EXPECT_EQ(NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1_SIZE, 8u);
	EXPECT_EQ(NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_1_SIZE, 8u);
	EXPECT_EQ(NET_FRAGMENT_EXTENSION_MDL_VERSION_1_SIZE, 8u);
	EXPECT_EQ(NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1_SIZE, 8u);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The functions of net/ring.h and net/ringcollection.h, and the small ones of net/packet.h.

#include "ring_api.h"
#include "test_rings.h"

#include <gtest/gtest.h>

#include <tuple>

namespace
{

using unit::TestRing;
using unit::TestRings;

std::string LanguageName(const ring_api *api)
{
	return api == &ring_api_c ? "C" : "Cpp";
}

class RingTest : public testing::TestWithParam<std::tuple<const ring_api *, uint32_t>>
{
protected:
	const ring_api &api = *std::get<0>(GetParam());
	const uint32_t n = std::get<1>(GetParam());
};

TEST_P(RingTest, FieldsAreWhereTheDocumentationSays)
{
	TestRing ring(n, 20);

	EXPECT_EQ(ring.Get()->NumberOfElements, n);
	EXPECT_EQ(ring.Get()->ElementIndexMask, n - 1);
	EXPECT_EQ(ring.Get()->ElementStride, 20);
	ring.Set(1, 2, 3);
	EXPECT_EQ(ring.Get()->BeginIndex, 1u);
	EXPECT_EQ(ring.Get()->NextIndex, 2u);
	EXPECT_EQ(ring.Get()->EndIndex, 3u);
}

TEST_P(RingTest, ElementsAreOneStrideApart)
{
	// 12 and 8 are rings without extensions; 52 is none of powers of two, of 12 and of 16.
	for (uint16_t stride : {8, 12, 16, 20, 32, 36, 48, 52}) {
		TestRing ring(n, stride);

		for (uint32_t i = 0; i < n; i++) {
			void *expected = ring.Element(i);

			ASSERT_EQ(api.NetRingGetElementAtIndex(ring.Get(), i), expected);
			ASSERT_EQ(api.NetRingGetPacketAtIndex(ring.Get(), i), expected);
			ASSERT_EQ(api.NetRingGetFragmentAtIndex(ring.Get(), i), expected);
			ASSERT_EQ(api.NetRingGetFragmentReturnContextAtIndex(ring.Get(), i),
				  expected);
		}
	}
}

TEST_P(RingTest, ElementsDoNotOverlap)
{
	TestRing ring(n, 20);

	for (uint32_t i = 0; i < n; i++)
		memset(api.NetRingGetElementAtIndex(ring.Get(), i), int(i % 251) + 1, 20);
	for (uint32_t i = 0; i < n; i++) {
		ASSERT_EQ(ring.Element(i)[0], i % 251 + 1);
		ASSERT_EQ(ring.Element(i)[19], i % 251 + 1);
	}
	EXPECT_EQ(ring.Get()->Scratch, nullptr);
}

TEST_P(RingTest, IndicesWrap)
{
	TestRing ring(n, 8);
	const int64_t size = n;

	for (uint32_t i = 0; i < n; i++) {
		ASSERT_EQ(api.NetRingIncrementIndex(ring.Get(), i), i + 1 == n ? 0 : i + 1);
		for (int64_t distance : {int64_t(0), int64_t(1), int64_t(-1), size - 1, 1 - size,
					 size, -size, 3 * size + 1, -3 * size - 1}) {
			int64_t expected = ((i + distance) % size + size) % size;

			ASSERT_EQ(api.NetRingAdvanceIndex(ring.Get(), i, INT32(distance)), expected)
				<< i << " by " << distance;
		}
	}
}

TEST_P(RingTest, AdvanceTakesEveryDistance)
{
	TestRing ring(n, 8);

	// 2^31 is a multiple of every ring size.
	EXPECT_EQ(api.NetRingAdvanceIndex(ring.Get(), 0, INT32_MIN), 0u);
	EXPECT_EQ(api.NetRingAdvanceIndex(ring.Get(), n - 1, INT32_MIN), n - 1);
	EXPECT_EQ(api.NetRingAdvanceIndex(ring.Get(), 0, INT32_MAX), n - 1);
	EXPECT_EQ(api.NetRingAdvanceIndex(ring.Get(), n - 1, INT32_MAX), n - 2);
}

TEST_P(RingTest, RangeCountStepsFromStartToEnd)
{
	TestRing ring(n, 8);

	for (uint32_t start : {0u, 1u, n / 2, n - 1}) {
		uint32_t end = start;

		for (uint32_t count = 0; count < n; count++) {
			ASSERT_EQ(api.NetRingGetRangeCount(ring.Get(), start, end), count)
				<< "[" << start << ", " << end << ")";
			end = end + 1 == n ? 0 : end + 1;
		}
		// Once around: a full ring cannot be told from an empty range.
		ASSERT_EQ(end, start);
	}
}

TEST_P(RingTest, CollectionHasOneRingPerType)
{
	TestRing packets(n, 12), fragments(n, 8), contexts(n, 8);
	NET_RING_COLLECTION collection = {{packets.Get(), fragments.Get(), contexts.Get()}};

	EXPECT_EQ(api.NetRingCollectionGetPacketRing(&collection), packets.Get());
	EXPECT_EQ(api.NetRingCollectionGetFragmentRing(&collection), fragments.Get());
	EXPECT_EQ(api.NetRingCollectionGetDataBufferRing(&collection), contexts.Get());
	EXPECT_EQ(api.NetRingCollectionGetFragmentReturnContextRing(&collection), contexts.Get());
}

std::string RingParamName(const testing::TestParamInfo<RingTest::ParamType> &info)
{
	return LanguageName(std::get<0>(info.param)) + "_" +
	       std::to_string(std::get<1>(info.param));
}

INSTANTIATE_TEST_SUITE_P(Rings, RingTest,
			 testing::Combine(testing::Values(&ring_api_c, &ring_api_cpp),
					  testing::Values(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024,
							  2048, 4096)),
			 RingParamName);

class PacketTest : public testing::TestWithParam<const ring_api *>
{
protected:
	const ring_api &api = *GetParam();
};

TEST_P(PacketTest, Layer3TypeTellsTheIpVersion)
{
	for (unsigned type = 0; type < 16; type++) {
		NET_PACKET packet = {};

		packet.Layout.Layer3Type = static_cast<UINT8>(type & 0xf);
		EXPECT_EQ(api.NetPacketIsIpv4(&packet), type == 1 || type == 2 || type == 3)
			<< type;
		EXPECT_EQ(api.NetPacketIsIpv6(&packet), type == 4 || type == 5 || type == 6)
			<< type;
	}
}

TEST_P(PacketTest, ExtensionLiesAtAnOffsetFromThePacket)
{
	alignas(4) unsigned char element[32] = {};
	NET_PACKET *packet = reinterpret_cast<NET_PACKET *>(element);

	EXPECT_EQ(api.NetPacketGetExtension(packet, 12), element + 12);
	EXPECT_EQ(api.NetPacketGetExtension(packet, 28), element + 28);
}

INSTANTIATE_TEST_SUITE_P(Packets, PacketTest, testing::Values(&ring_api_c, &ring_api_cpp),
			 [](const auto &info) { return LanguageName(info.param); });

} // namespace

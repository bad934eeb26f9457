// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The assertions of the ring functions, with a handler of this file that counts and returns.

#ifndef NETCX_DEBUG
#define NETCX_DEBUG
#endif
#define netcx_assert_failed ring_assert_test_failed
#include <netcx/netringiterator.h>
#include <netcx/net/extension.h>

#include "test_rings.h"

#include <gtest/gtest.h>

static unsigned broken;

extern "C" void ring_assert_test_failed(const char *condition, const char *file, int line)
{
	EXPECT_STRNE(condition, "");
	EXPECT_NE(strstr(file, ".h"), nullptr);
	EXPECT_GT(line, 0);
	broken++;
}

namespace
{

using unit::TestRing;

class RingAssert : public testing::Test
{
protected:
	void SetUp() override { broken = 0; }
	TestRing ring{8, 20};
};

TEST_F(RingAssert, QuietInsideTheRing)
{
	for (UINT32 i = 0; i < 8; i++) {
		NetRingGetElementAtIndex(ring.Get(), i);
		NetRingGetPacketAtIndex(ring.Get(), i);
		NetRingGetFragmentAtIndex(ring.Get(), i);
		NetRingGetRangeCount(ring.Get(), i, 7 - i);
	}
	EXPECT_EQ(broken, 0u);
}

TEST_F(RingAssert, ElementOutsideTheRing)
{
	NetRingGetElementAtIndex(ring.Get(), 8);
	EXPECT_EQ(broken, 1u);
	NetRingGetPacketAtIndex(ring.Get(), 0xffffffff);
	EXPECT_EQ(broken, 2u);
}

TEST_F(RingAssert, RangeOutsideTheRing)
{
	EXPECT_EQ(NetRingGetRangeCount(ring.Get(), 8, 1), 1u);
	EXPECT_EQ(broken, 1u);
	EXPECT_EQ(NetRingGetRangeCount(ring.Get(), 1, 8), 7u);
	EXPECT_EQ(broken, 2u);
	NetRingGetRangeCount(ring.Get(), 8, 8);
	EXPECT_EQ(broken, 4u);
}

TEST_F(RingAssert, ExtensionThatIsNotEnabled)
{
	NET_EXTENSION extension = {};

	NetExtensionGetData(&extension, 0);
	EXPECT_EQ(broken, 1u);
	extension.Enabled = TRUE;
	NetExtensionGetData(&extension, 0);
	EXPECT_EQ(broken, 1u);
}

} // namespace

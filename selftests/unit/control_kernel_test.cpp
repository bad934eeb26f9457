// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The inline parts of the NT kernel API.

#include <gtest/gtest.h>

#include <netcx/netadaptercx.h>
#include <netcx/ntintsafe.h>

namespace
{

TEST(ControlKernel, Success)
{
	EXPECT_TRUE(NT_SUCCESS(STATUS_SUCCESS));
	EXPECT_TRUE(NT_SUCCESS(STATUS_PENDING));
	EXPECT_TRUE(NT_SUCCESS(STATUS_TIMEOUT));
	EXPECT_FALSE(NT_SUCCESS(STATUS_BUFFER_OVERFLOW));
	EXPECT_FALSE(NT_SUCCESS(STATUS_UNSUCCESSFUL));
	EXPECT_EQ(static_cast<ULONG>(STATUS_INSUFFICIENT_RESOURCES), 0xc000009au);
	EXPECT_EQ(static_cast<ULONG>(STATUS_NDIS_UNSUPPORTED_MEDIA), 0xc0230019u);
	EXPECT_EQ(static_cast<ULONG>(STATUS_NDIS_RESOURCE_CONFLICT), 0xc023001eu);
}

TEST(ControlKernel, FlagOperators)
{
	NET_PACKET_FILTER_FLAGS flags = NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast;

	EXPECT_EQ(flags, 9);
	flags |= NetPacketFilterFlagPromiscuous;
	EXPECT_EQ(flags, 0x29);
	flags &= ~NetPacketFilterFlagDirected;
	EXPECT_EQ(flags, 0x28);
	flags ^= NetPacketFilterFlagBroadcast;
	EXPECT_EQ(flags, NetPacketFilterFlagPromiscuous);
	EXPECT_EQ(flags & NetPacketFilterFlagMulticast, 0);
	static_assert((NetAdapterOffloadLayer3FlagIPv4NoOptions |
		       NetAdapterOffloadLayer3FlagIPv6NoExtensions) == 5,
		      "usable in constant expressions");
}

TEST(ControlKernel, InterlockedReturnValues)
{
	LONG value = 5;
	LONG64 wide = 0x100000000;
	int a, b;
	PVOID pointer = &a;

	EXPECT_EQ(InterlockedExchange(&value, 6), 5);
	EXPECT_EQ(InterlockedCompareExchange(&value, 9, 7), 6);
	EXPECT_EQ(value, 6);
	EXPECT_EQ(InterlockedCompareExchange(&value, 7, 6), 6);
	EXPECT_EQ(InterlockedIncrement(&value), 8);
	EXPECT_EQ(InterlockedDecrement(&value), 7);
	EXPECT_EQ(InterlockedExchangeAdd(&value, -3), 7);
	EXPECT_EQ(InterlockedOr(&value, 3), 4);
	EXPECT_EQ(InterlockedAnd(&value, 6), 7);
	EXPECT_EQ(InterlockedXor(&value, 1), 6);
	EXPECT_EQ(value, 7);
	EXPECT_EQ(InterlockedExchangeAdd64(&wide, 1), 0x100000000);
	EXPECT_EQ(InterlockedIncrement64(&wide), 0x100000002);
	EXPECT_EQ(InterlockedExchangePointer(&pointer, &b), &a);
	EXPECT_EQ(InterlockedCompareExchangePointer(&pointer, nullptr, &a), &b);
	EXPECT_EQ(pointer, &b);
}

TEST(ControlKernel, OrderedAccess)
{
	ULONG value = 1;
	UCHAR byte = 2;
	LONG number = -3;

	EXPECT_EQ(ReadULongAcquire(&value), 1u);
	EXPECT_EQ(ReadUCharNoFence(&byte), 2);
	EXPECT_EQ(ReadAcquire(&number), -3);
	WriteULongRelease(&value, 7);
	WriteNoFence(&number, 8);
	EXPECT_EQ(value, 7u);
	EXPECT_EQ(number, 8);
}

TEST(ControlKernel, Memory)
{
	UCHAR a[8], b[8];

	RtlFillMemory(a, sizeof(a), 0x11);
	RtlCopyMemory(b, a, sizeof(b));
	EXPECT_EQ(RtlCompareMemory(a, b, sizeof(a)), sizeof(a));
	EXPECT_TRUE(RtlEqualMemory(a, b, sizeof(a)));
	b[3] = 0;
	EXPECT_EQ(RtlCompareMemory(a, b, sizeof(a)), 3u);
	EXPECT_FALSE(RtlEqualMemory(a, b, sizeof(a)));
	EXPECT_EQ(RtlCompareMemory(a, b, 0), 0u);
	for (UCHAR i = 0; i < 8; i++)
		a[i] = i;
	RtlMoveMemory(a + 1, a, 7);
	EXPECT_EQ(a[7], 6);
	RtlZeroMemory(a, sizeof(a));
	EXPECT_EQ(a[0] | a[7], 0);
}

TEST(ControlKernel, SafeArithmetic)
{
	ULONG result;
	ULONGLONG wide;
	USHORT narrow;

	EXPECT_EQ(RtlULongMult(0x10000, 0xffff, &result), STATUS_SUCCESS);
	EXPECT_EQ(result, 0xffff0000u);
	EXPECT_EQ(RtlULongMult(0x10000, 0x10000, &result), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(result, 0xffffffffu);
	EXPECT_EQ(RtlULongAdd(0xffffffff, 1, &result), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(RtlULongSub(1, 2, &result), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(RtlULongSub(2, 2, &result), STATUS_SUCCESS);
	EXPECT_EQ(result, 0u);
	EXPECT_EQ(RtlULongLongMult(1ull << 32, 1ull << 32, &wide), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(wide, ~0ull);
	EXPECT_EQ(RtlULongToUShort(0xffff, &narrow), STATUS_SUCCESS);
	EXPECT_EQ(narrow, 0xffff);
	EXPECT_EQ(RtlULongToUShort(0x10000, &narrow), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(narrow, 0xffff);
}

TEST(ControlKernel, EthernetAddresses)
{
	const UCHAR unicast[] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};
	const UCHAR multicast[] = {0x01, 0x00, 0x5e, 0x00, 0x00, 0x01};
	const UCHAR broadcast[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	const UCHAR zero[6] = {};
	UCHAR copy[6];

	EXPECT_FALSE(ETH_IS_MULTICAST(unicast));
	EXPECT_TRUE(ETH_IS_LOCALLY_ADMINISTERED(unicast));
	EXPECT_TRUE(ETH_IS_MULTICAST(multicast));
	EXPECT_FALSE(ETH_IS_LOCALLY_ADMINISTERED(multicast));
	EXPECT_FALSE(ETH_IS_BROADCAST(multicast));
	EXPECT_TRUE(ETH_IS_MULTICAST(broadcast));
	EXPECT_TRUE(ETH_IS_BROADCAST(broadcast));
	EXPECT_TRUE(ETH_IS_EMPTY(zero));
	EXPECT_FALSE(ETH_IS_EMPTY(unicast));
	ETH_COPY_NETWORK_ADDRESS(copy, unicast);
	EXPECT_TRUE(RtlEqualMemory(copy, unicast, sizeof(copy)));
}

TEST(ControlKernel, RelativeTimes)
{
	EXPECT_EQ(WDF_REL_TIMEOUT_IN_US(1), -10);
	EXPECT_EQ(WDF_REL_TIMEOUT_IN_MS(1), -10'000);
	EXPECT_EQ(WDF_REL_TIMEOUT_IN_SEC(1), -10'000'000);
}

TEST(ControlKernel, AssertionsEvaluateOnlyWhatTheySay)
{
	int evaluated = 0;

	NT_VERIFY(++evaluated == 1);
	EXPECT_EQ(evaluated, 1);
#if !defined(DBG) || !DBG
	NT_ASSERT(++evaluated == 0);
	EXPECT_EQ(evaluated, 1);
#endif
}

} // namespace

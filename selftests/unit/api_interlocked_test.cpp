// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Every form of the interlocked functions and of the ordered accesses: what it returns, what it leaves, and that
// it touches its own bytes only. What order it keeps one thread cannot see.

#include <gtest/gtest.h>

#include <netcx/intrin.h>

namespace
{

/* A value between others that must not change. */
template <class Type>
struct Guarded {
	UINT64 before = 0x5a5a5a5a5a5a5a5a;
	alignas(8) Type value;
	UINT8 after[16 - sizeof(Type)];

	explicit Guarded(Type initial) : value(initial)
	{
		for (UINT8 &byte : after)
			byte = 0x5a;
	}

	void expect(const char *name, Type expected) const
	{
		EXPECT_EQ(value, expected) << name;
		EXPECT_EQ(before, 0x5a5a5a5a5a5a5a5au) << name;
		for (UINT8 byte : after)
			EXPECT_EQ(byte, 0x5a) << name;
	}
};

/* Of two values: what is returned, and what is left. */
template <class Type>
void two(const char *name, Type (*function)(Type volatile *, Type), Type initial, Type operand,
	 Type returned, Type left)
{
	Guarded<Type> target(initial);

	EXPECT_EQ(function(&target.value, operand), returned) << name;
	target.expect(name, left);
}

template <class Type>
void compare(const char *name, Type (*function)(Type volatile *, Type, Type), Type initial,
	     Type value)
{
	Guarded<Type> target(initial);

	EXPECT_EQ(function(&target.value, value, value), initial) << name;
	target.expect(name, initial);
	EXPECT_EQ(function(&target.value, value, initial), initial) << name;
	target.expect(name, value);
}

template <class Type>
void count(const char *name, Type (*function)(Type volatile *), Type initial, Type result)
{
	Guarded<Type> target(initial);

	EXPECT_EQ(function(&target.value), result) << name;
	target.expect(name, result);
}

template <class Type>
void access(const char *name, Type (*read)(const volatile Type *),
	    void (*write)(volatile Type *, Type), Type initial, Type value)
{
	Guarded<Type> target(initial);

	EXPECT_EQ(read(&target.value), initial) << name;
	write(&target.value, value);
	target.expect(name, value);
	EXPECT_EQ(read(&target.value), value) << name;
}

#define TWO(function, type, operand, returned, left) \
	two<type>(#function, function, 12, operand, returned, left)
#define COMPARE(function, type)	      compare<type>(#function, function, 12, 33)
#define COUNT(function, type, result) count<type>(#function, function, 12, result)
#define ACCESS(read, write, type, initial, value) \
	access<type>(#read " " #write, read, write, initial, value)

TEST(ApiInterlocked, BitsAreCombined)
{
	TWO(InterlockedAnd8, CHAR, 10, 12, 8);
	TWO(InterlockedOr8, CHAR, 10, 12, 14);
	TWO(InterlockedXor8, CHAR, 10, 12, 6);
	TWO(InterlockedAndAcquire8, CHAR, 10, 12, 8);
	TWO(InterlockedOrAcquire8, CHAR, 10, 12, 14);
	TWO(InterlockedXorAcquire8, CHAR, 10, 12, 6);
	TWO(InterlockedAndRelease8, CHAR, 10, 12, 8);
	TWO(InterlockedOrRelease8, CHAR, 10, 12, 14);
	TWO(InterlockedXorRelease8, CHAR, 10, 12, 6);
	TWO(InterlockedAndNoFence8, CHAR, 10, 12, 8);
	TWO(InterlockedOrNoFence8, CHAR, 10, 12, 14);
	TWO(InterlockedXorNoFence8, CHAR, 10, 12, 6);
	TWO(InterlockedAnd16, SHORT, 10, 12, 8);
	TWO(InterlockedOr16, SHORT, 10, 12, 14);
	TWO(InterlockedXor16, SHORT, 10, 12, 6);
	TWO(InterlockedAndAcquire16, SHORT, 10, 12, 8);
	TWO(InterlockedOrAcquire16, SHORT, 10, 12, 14);
	TWO(InterlockedXorAcquire16, SHORT, 10, 12, 6);
	TWO(InterlockedAndRelease16, SHORT, 10, 12, 8);
	TWO(InterlockedOrRelease16, SHORT, 10, 12, 14);
	TWO(InterlockedXorRelease16, SHORT, 10, 12, 6);
	TWO(InterlockedAndNoFence16, SHORT, 10, 12, 8);
	TWO(InterlockedOrNoFence16, SHORT, 10, 12, 14);
	TWO(InterlockedXorNoFence16, SHORT, 10, 12, 6);
	TWO(InterlockedAnd, LONG, 10, 12, 8);
	TWO(InterlockedOr, LONG, 10, 12, 14);
	TWO(InterlockedXor, LONG, 10, 12, 6);
	TWO(InterlockedAndAcquire, LONG, 10, 12, 8);
	TWO(InterlockedOrAcquire, LONG, 10, 12, 14);
	TWO(InterlockedXorAcquire, LONG, 10, 12, 6);
	TWO(InterlockedAndRelease, LONG, 10, 12, 8);
	TWO(InterlockedOrRelease, LONG, 10, 12, 14);
	TWO(InterlockedXorRelease, LONG, 10, 12, 6);
	TWO(InterlockedAndNoFence, LONG, 10, 12, 8);
	TWO(InterlockedOrNoFence, LONG, 10, 12, 14);
	TWO(InterlockedXorNoFence, LONG, 10, 12, 6);
	TWO(InterlockedAnd64, LONG64, 10, 12, 8);
	TWO(InterlockedOr64, LONG64, 10, 12, 14);
	TWO(InterlockedXor64, LONG64, 10, 12, 6);
	TWO(InterlockedAndAcquire64, LONG64, 10, 12, 8);
	TWO(InterlockedOrAcquire64, LONG64, 10, 12, 14);
	TWO(InterlockedXorAcquire64, LONG64, 10, 12, 6);
	TWO(InterlockedAndRelease64, LONG64, 10, 12, 8);
	TWO(InterlockedOrRelease64, LONG64, 10, 12, 14);
	TWO(InterlockedXorRelease64, LONG64, 10, 12, 6);
	TWO(InterlockedAndNoFence64, LONG64, 10, 12, 8);
	TWO(InterlockedOrNoFence64, LONG64, 10, 12, 14);
	TWO(InterlockedXorNoFence64, LONG64, 10, 12, 6);
	TWO(InterlockedAnd64Acquire, LONG64, 10, 12, 8);
	TWO(InterlockedOr64Acquire, LONG64, 10, 12, 14);
	TWO(InterlockedXor64Acquire, LONG64, 10, 12, 6);
	TWO(InterlockedAnd64Release, LONG64, 10, 12, 8);
	TWO(InterlockedOr64Release, LONG64, 10, 12, 14);
	TWO(InterlockedXor64Release, LONG64, 10, 12, 6);
	TWO(InterlockedAnd64NoFence, LONG64, 10, 12, 8);
	TWO(InterlockedOr64NoFence, LONG64, 10, 12, 14);
	TWO(InterlockedXor64NoFence, LONG64, 10, 12, 6);
}

TEST(ApiInterlocked, ValuesAreExchanged)
{
	TWO(InterlockedExchange8, CHAR, -7, 12, -7);
	TWO(InterlockedExchangeAcquire8, CHAR, -7, 12, -7);
	TWO(InterlockedExchangeNoFence8, CHAR, -7, 12, -7);
	TWO(InterlockedExchange16, SHORT, -7, 12, -7);
	TWO(InterlockedExchangeAcquire16, SHORT, -7, 12, -7);
	TWO(InterlockedExchangeNoFence16, SHORT, -7, 12, -7);
	TWO(InterlockedExchange, LONG, -7, 12, -7);
	TWO(InterlockedExchangeAcquire, LONG, -7, 12, -7);
	TWO(InterlockedExchangeNoFence, LONG, -7, 12, -7);
	TWO(InterlockedExchange64, LONG64, -7, 12, -7);
	TWO(InterlockedExchangeAcquire64, LONG64, -7, 12, -7);
	TWO(InterlockedExchangeNoFence64, LONG64, -7, 12, -7);
}

TEST(ApiInterlocked, ValuesAreExchangedIfTheyAreWhatWasExpected)
{
	COMPARE(InterlockedCompareExchange16, SHORT);
	COMPARE(InterlockedCompareExchangeAcquire16, SHORT);
	COMPARE(InterlockedCompareExchangeRelease16, SHORT);
	COMPARE(InterlockedCompareExchangeNoFence16, SHORT);
	COMPARE(InterlockedCompareExchange, LONG);
	COMPARE(InterlockedCompareExchangeAcquire, LONG);
	COMPARE(InterlockedCompareExchangeRelease, LONG);
	COMPARE(InterlockedCompareExchangeNoFence, LONG);
	COMPARE(InterlockedCompareExchange64, LONG64);
	COMPARE(InterlockedCompareExchangeAcquire64, LONG64);
	COMPARE(InterlockedCompareExchangeRelease64, LONG64);
	COMPARE(InterlockedCompareExchangeNoFence64, LONG64);
}

TEST(ApiInterlocked, SumsAreReturnedByAddAndNotByExchangeAdd)
{
	TWO(InterlockedExchangeAdd8, CHAR, -20, 12, -8);
	TWO(InterlockedExchangeAdd, LONG, -20, 12, -8);
	TWO(InterlockedExchangeAddAcquire, LONG, -20, 12, -8);
	TWO(InterlockedExchangeAddRelease, LONG, -20, 12, -8);
	TWO(InterlockedExchangeAddNoFence, LONG, -20, 12, -8);
	TWO(InterlockedExchangeAdd64, LONG64, -20, 12, -8);
	TWO(InterlockedExchangeAddAcquire64, LONG64, -20, 12, -8);
	TWO(InterlockedExchangeAddRelease64, LONG64, -20, 12, -8);
	TWO(InterlockedExchangeAddNoFence64, LONG64, -20, 12, -8);
	TWO(InterlockedAdd, LONG, -20, -8, -8);
	TWO(InterlockedAddAcquire, LONG, -20, -8, -8);
	TWO(InterlockedAddRelease, LONG, -20, -8, -8);
	TWO(InterlockedAddNoFence, LONG, -20, -8, -8);
	TWO(InterlockedAdd64, LONG64, -20, -8, -8);
	TWO(InterlockedAddAcquire64, LONG64, -20, -8, -8);
	TWO(InterlockedAddRelease64, LONG64, -20, -8, -8);
	TWO(InterlockedAddNoFence64, LONG64, -20, -8, -8);
}

TEST(ApiInterlocked, CountersReturnTheirNewValue)
{
	COUNT(InterlockedIncrement16, SHORT, 13);
	COUNT(InterlockedDecrement16, SHORT, 11);
	COUNT(InterlockedIncrementAcquire16, SHORT, 13);
	COUNT(InterlockedDecrementAcquire16, SHORT, 11);
	COUNT(InterlockedIncrementRelease16, SHORT, 13);
	COUNT(InterlockedDecrementRelease16, SHORT, 11);
	COUNT(InterlockedIncrementNoFence16, SHORT, 13);
	COUNT(InterlockedDecrementNoFence16, SHORT, 11);
	COUNT(InterlockedIncrement, LONG, 13);
	COUNT(InterlockedDecrement, LONG, 11);
	COUNT(InterlockedIncrementAcquire, LONG, 13);
	COUNT(InterlockedDecrementAcquire, LONG, 11);
	COUNT(InterlockedIncrementRelease, LONG, 13);
	COUNT(InterlockedDecrementRelease, LONG, 11);
	COUNT(InterlockedIncrementNoFence, LONG, 13);
	COUNT(InterlockedDecrementNoFence, LONG, 11);
	COUNT(InterlockedIncrement64, LONG64, 13);
	COUNT(InterlockedDecrement64, LONG64, 11);
	COUNT(InterlockedIncrementAcquire64, LONG64, 13);
	COUNT(InterlockedDecrementAcquire64, LONG64, 11);
	COUNT(InterlockedIncrementRelease64, LONG64, 13);
	COUNT(InterlockedDecrementRelease64, LONG64, 11);
	COUNT(InterlockedIncrementNoFence64, LONG64, 13);
	COUNT(InterlockedDecrementNoFence64, LONG64, 11);
}

TEST(ApiInterlocked, PointersAreExchanged)
{
	int a, b;
	PVOID target = &a;

	EXPECT_EQ(InterlockedExchangePointer(&target, &b), &a);
	EXPECT_EQ(InterlockedExchangePointer(&target, &a), &b);
	EXPECT_EQ(InterlockedExchangePointerAcquire(&target, &b), &a);
	EXPECT_EQ(InterlockedExchangePointerAcquire(&target, &a), &b);
	EXPECT_EQ(InterlockedExchangePointerNoFence(&target, &b), &a);
	EXPECT_EQ(InterlockedExchangePointerNoFence(&target, &a), &b);
	EXPECT_EQ(InterlockedCompareExchangePointer(&target, &b, &b), &a);
	EXPECT_EQ(target, &a);
	EXPECT_EQ(InterlockedCompareExchangePointer(&target, &b, &a), &a);
	EXPECT_EQ(target, &b);
	target = &a;
	EXPECT_EQ(InterlockedCompareExchangePointerAcquire(&target, &b, &b), &a);
	EXPECT_EQ(target, &a);
	EXPECT_EQ(InterlockedCompareExchangePointerAcquire(&target, &b, &a), &a);
	EXPECT_EQ(target, &b);
	target = &a;
	EXPECT_EQ(InterlockedCompareExchangePointerRelease(&target, &b, &b), &a);
	EXPECT_EQ(target, &a);
	EXPECT_EQ(InterlockedCompareExchangePointerRelease(&target, &b, &a), &a);
	EXPECT_EQ(target, &b);
	target = &a;
	EXPECT_EQ(InterlockedCompareExchangePointerNoFence(&target, &b, &b), &a);
	EXPECT_EQ(target, &a);
	EXPECT_EQ(InterlockedCompareExchangePointerNoFence(&target, &b, &a), &a);
	EXPECT_EQ(target, &b);
	target = &a;
}

TEST(ApiInterlocked, OrderedAccessesHaveTheirWidth)
{
	int a, b;

	ACCESS(ReadNoFence8, WriteNoFence8, CHAR, -3, 8);
	ACCESS(ReadAcquire8, WriteRelease8, CHAR, -3, 8);
	ACCESS(ReadNoFence16, WriteNoFence16, SHORT, -300, 800);
	ACCESS(ReadAcquire16, WriteRelease16, SHORT, -300, 800);
	ACCESS(ReadNoFence, WriteNoFence, LONG, -3, 8);
	ACCESS(ReadAcquire, WriteRelease, LONG, -3, 8);
	ACCESS(ReadNoFence64, WriteNoFence64, LONG64, -3, 0x123456789abcdef0);
	ACCESS(ReadAcquire64, WriteRelease64, LONG64, -3, 0x123456789abcdef0);
	ACCESS(ReadBooleanNoFence, WriteBooleanNoFence, BOOLEAN, FALSE, TRUE);
	ACCESS(ReadBooleanAcquire, WriteBooleanRelease, BOOLEAN, FALSE, TRUE);
	ACCESS(ReadUCharNoFence, WriteUCharNoFence, UCHAR, 3, 0x81);
	ACCESS(ReadUCharAcquire, WriteUCharRelease, UCHAR, 3, 0x81);
	ACCESS(ReadUShortNoFence, WriteUShortNoFence, USHORT, 3, 0x8001);
	ACCESS(ReadUShortAcquire, WriteUShortRelease, USHORT, 3, 0x8001);
	ACCESS(ReadULongNoFence, WriteULongNoFence, ULONG, 3, 0x80000001);
	ACCESS(ReadULongAcquire, WriteULongRelease, ULONG, 3, 0x80000001);
	ACCESS(ReadULong64NoFence, WriteULong64NoFence, ULONG64, 3, 0x8000000000000001);
	ACCESS(ReadULong64Acquire, WriteULong64Release, ULONG64, 3, 0x8000000000000001);
	ACCESS(ReadPointerNoFence, WritePointerNoFence, PVOID, &a, &b);
	ACCESS(ReadPointerAcquire, WritePointerRelease, PVOID, &a, &b);
}

TEST(ApiIntrinsics, TheSameByTheCompilersNames)
{
	LONG value = 5;
	LONG64 wide = 5;
	SHORT half = 5;
	CHAR byte = 5;
	PVOID pointer = &byte;

	EXPECT_EQ(_InterlockedIncrement(&value), 6);
	EXPECT_EQ(_InterlockedIncrement16(&half), 6);
	EXPECT_EQ(_InterlockedIncrement64(&wide), 6);
	EXPECT_EQ(_InterlockedDecrement(&value), 5);
	EXPECT_EQ(_InterlockedDecrement16(&half), 5);
	EXPECT_EQ(_InterlockedDecrement64(&wide), 5);
	EXPECT_EQ(_InterlockedExchange8(&byte, 6), 5);
	EXPECT_EQ(_InterlockedExchange16(&half, 6), 5);
	EXPECT_EQ(_InterlockedExchange(&value, 6), 5);
	EXPECT_EQ(_InterlockedExchange64(&wide, 6), 5);
	EXPECT_EQ(_InterlockedExchangeAdd8(&byte, 1), 6);
	EXPECT_EQ(_InterlockedExchangeAdd(&value, 1), 6);
	EXPECT_EQ(_InterlockedExchangeAdd64(&wide, 1), 6);
	EXPECT_EQ(_InterlockedCompareExchange16(&half, 7, 6), 6);
	EXPECT_EQ(_InterlockedCompareExchange(&value, 7, 7), 7);
	EXPECT_EQ(_InterlockedCompareExchange64(&wide, 7, 7), 7);
	EXPECT_EQ(_InterlockedAnd8(&byte, 3), 7);
	EXPECT_EQ(_InterlockedAnd16(&half, 3), 7);
	EXPECT_EQ(_InterlockedAnd(&value, 3), 7);
	EXPECT_EQ(_InterlockedAnd64(&wide, 3), 7);
	EXPECT_EQ(_InterlockedOr8(&byte, 4), 3);
	EXPECT_EQ(_InterlockedOr16(&half, 4), 3);
	EXPECT_EQ(_InterlockedOr(&value, 4), 3);
	EXPECT_EQ(_InterlockedOr64(&wide, 4), 3);
	EXPECT_EQ(_InterlockedXor8(&byte, 1), 7);
	EXPECT_EQ(_InterlockedXor16(&half, 1), 7);
	EXPECT_EQ(_InterlockedXor(&value, 1), 7);
	EXPECT_EQ(_InterlockedXor64(&wide, 1), 7);
	EXPECT_EQ(_InterlockedExchangePointer(&pointer, &half), &byte);
	EXPECT_EQ(_InterlockedCompareExchangePointer(&pointer, &byte, &half), &half);
	EXPECT_EQ(pointer, &byte);
}

TEST(ApiIntrinsics, BitsAreFound)
{
	ULONG index = 77;
	unsigned long wide = 77;

	EXPECT_EQ(_BitScanForward(&index, 0), 0);
	EXPECT_EQ(_BitScanReverse(&index, 0), 0);
	EXPECT_EQ(_BitScanForward64(&index, 0), 0);
	EXPECT_EQ(_BitScanReverse64(&index, 0), 0);
	EXPECT_EQ(index, 77u);
	EXPECT_EQ(_BitScanForward(&index, 0x80000100), 1);
	EXPECT_EQ(index, 8u);
	EXPECT_EQ(_BitScanReverse(&index, 0x80000100), 1);
	EXPECT_EQ(index, 31u);
	EXPECT_EQ(_BitScanForward64(&index, 0x8000000000000000), 1);
	EXPECT_EQ(index, 63u);
	EXPECT_EQ(_BitScanReverse64(&index, 0x100000001), 1);
	EXPECT_EQ(index, 32u);

	EXPECT_EQ(_BitScanForward(&wide, 0), 0);
	EXPECT_EQ(wide, 77u);
	EXPECT_EQ(_BitScanReverse(&wide, 0x7fff), 1);
	EXPECT_EQ(wide, 14u);
	EXPECT_EQ(_BitScanForward64(&wide, 0x4000), 1);
	EXPECT_EQ(wide, 14u);
	EXPECT_EQ(_BitScanReverse64(&wide, 1), 1);
	EXPECT_EQ(wide, 0u);
}

TEST(ApiIntrinsics, BitsAreFoundByTheNamesOfWdm)
{
	ULONG index = 77;

	EXPECT_EQ(BitScanForward(&index, 0x80000100), 1);
	EXPECT_EQ(index, 8u);
	EXPECT_EQ(BitScanReverse(&index, 0x80000100), 1);
	EXPECT_EQ(index, 31u);
	EXPECT_EQ(BitScanForward64(&index, 0x8000000000000000), 1);
	EXPECT_EQ(index, 63u);
	EXPECT_EQ(BitScanReverse64(&index, 0x100000001), 1);
	EXPECT_EQ(index, 32u);
}

TEST(ApiIntrinsics, CyclesAreCounted)
{
	const ULONG64 before = ReadTimeStampCounter();
	ULONG64 after = before;

	for (int i = 0; i < 1000000 && after == before; i++)
		after = ReadTimeStampCounter();
	EXPECT_GT(after, before);
}

TEST(ApiIntrinsics, BytesAreSwapped)
{
	__nop();
	EXPECT_EQ(_byteswap_ushort(0x1122), 0x2211);
	EXPECT_EQ(_byteswap_ulong(0x11223344), 0x44332211u);
	EXPECT_EQ(_byteswap_uint64(0x1122334455667788), 0x8877665544332211u);
}

} // namespace

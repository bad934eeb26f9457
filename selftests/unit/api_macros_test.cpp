// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Macros and small inline functions of the public headers that the other tests have no use for.

#include <new>

#include <gtest/gtest.h>

#include <netcx/netadaptercx.h>
#include <netcx/TraceLoggingActivity.h>
#include <netcx/TraceLoggingProvider.h>
#include <netcx/initguid.h>
#include <netcx/new.h>
#include <netcx/ntintsafe.h>
#include <netcx/preview/netadapter.h>
#include <netcx/preview/netadaptercx.h>
#include <netcx/preview/netadapteroffload.h>

#include "core_client.h"

TRACELOGGING_DECLARE_PROVIDER(UnitProvider);
TRACELOGGING_DEFINE_PROVIDER(UnitProvider, "Unit.Provider", (1, 2, 3));
DECLARE_HANDLE(UNIT_HANDLE);
EXTERN_C int unit_extern_c;
int unit_extern_c = 1;
C_ASSERT(sizeof(UNIT_HANDLE) == sizeof(void *));

#include <netcx/pshpack1.h>
struct PackedByOne {
	UINT8 byte;
	UINT64 number;
};
#include <netcx/pshpack2.h>
struct PackedByTwo {
	UINT8 byte;
	UINT64 number;
};
#include <netcx/poppack.h>
struct PackedByOneAgain {
	UINT8 byte;
	UINT64 number;
};
#include <netcx/poppack.h>
#include <netcx/pshpack4.h>
struct PackedByFour {
	UINT8 byte;
	UINT64 number;
};
#include <netcx/poppack.h>
#include <netcx/pshpack8.h>
struct PackedByEight {
	UINT8 byte;
	UINT64 number;
};
#include <netcx/poppack.h>
C_ASSERT(sizeof(PackedByOne) == 9);
C_ASSERT(sizeof(PackedByTwo) == 10);
C_ASSERT(sizeof(PackedByOneAgain) == 9);
C_ASSERT(sizeof(PackedByFour) == 12);
C_ASSERT(sizeof(PackedByEight) == 16);

DECLSPEC_DEPRECATED int unit_deprecated();
DECLSPEC_NORETURN void unit_never_returns();
DECLSPEC_SELECTANY extern const int unit_one_of_many = 5;

namespace
{

FORCEINLINE int forced()
{
	return 1;
}

enum Flags : int { first = 1, second = 2 };

DEFINE_ENUM_FLAG_OPERATORS(Flags)

struct Record {
	UINT32 head;
	UINT16 body[4];
	UINT8 tail;
};

DECLSPEC_NOINLINE int called()
{
	NOTHING;
	return 2;
}

TEST(ApiMacros, ActivitiesOfTracesAreNothing)
{
	using Activity = TraceLoggingActivity<UnitProvider>;
	const TraceLoggingHProvider provider = UnitProvider;
	Activity activity, related;

	EXPECT_EQ(provider, nullptr);
	EXPECT_EQ(activity.Provider(), nullptr);
	EXPECT_EQ(activity.Id(), nullptr);
	activity.SetRelatedActivity(related);
	EXPECT_EQ(TraceLoggingRegisterEx(UnitProvider, nullptr, nullptr), STATUS_SUCCESS);
	TraceLoggingWriteActivity(UnitProvider, "Event", nullptr, nullptr);
	TraceLoggingWriteStart(activity, "Event");
	TraceLoggingWriteTagged(activity, "Event");
	TraceLoggingWriteStop(activity, "Event");
}

TEST(ApiMacros, DeclarationsSayWhatTheyAre)
{
	int numbers[7];

	EXPECT_EQ(called(), 2);
	EXPECT_EQ(unit_one_of_many, 5);
	EXPECT_EQ(_countof(numbers), 7u);
}

TEST(ApiMacros, ObjectsAreMadeInPlace)
{
	alignas(Record) UINT8 memory[sizeof(Record)];
	Record *record = new (memory) Record{1, {2, 3, 4, 5}, 6};

	EXPECT_EQ(static_cast<void *>(record), memory);
	EXPECT_EQ(record->tail, 6);
	delete new (std::nothrow) Record;
}

TEST(ApiMacros, VerifiedExpressionsAreEvaluated)
{
	int times = 0;
	PWDF_TRIAGE_INFO info = WdfGetTriageInfo();
	const WDF_TRIAGE_INFO *same = info;

	WDFVERIFY(++times == 1);
	EXPECT_EQ(times, 1);
	EXPECT_EQ(same, nullptr);
}

TEST(ApiMacros, FlagsCombine)
{
	Flags flags = first | second;

	EXPECT_EQ(flags, 3);
	EXPECT_EQ(flags & second, second);
	EXPECT_EQ(flags ^ first, second);
	EXPECT_EQ(flags & ~first, second);
	flags &= first;
	flags |= second;
	flags ^= first;
	EXPECT_EQ(flags, second);
}

TEST(ApiMacros, FieldsAreFoundInTheirStructures)
{
	Record record = {};

	EXPECT_EQ(FIELD_OFFSET(Record, body), 4);
	EXPECT_EQ(RTL_FIELD_SIZE(Record, body), 8u);
	EXPECT_EQ(RTL_SIZEOF_THROUGH_FIELD(Record, body), 12u);
	EXPECT_EQ(ARRAYSIZE(record.body), 4u);
	EXPECT_EQ(RTL_NUMBER_OF(record.body), 4u);
	EXPECT_EQ(CONTAINING_RECORD(&record.tail, Record, tail), &record);
}

TEST(ApiMacros, BytesAreSwapped)
{
	EXPECT_EQ(RtlUshortByteSwap(0x1122), 0x2211);
	EXPECT_EQ(RtlUlongByteSwap(0x11223344), 0x44332211u);
	EXPECT_EQ(RtlUlonglongByteSwap(0x1122334455667788), 0x8877665544332211u);
}

TEST(ApiMacros, MemoryIsCopiedByItsPlainNamesToo)
{
	char text[8] = "abcdefg";

	memset(text + 5, 'x', 2);
	memmove(text + 1, text, 3);
	memcpy(text, "1", 1);
	EXPECT_STREQ(text, "1abcexx");
	EXPECT_EQ(memcmp(text, "1abd", 3), 0);
}

TEST(ApiMacros, NamesAreCountedInBytes)
{
	DECLARE_CONST_UNICODE_STRING(name, L"abc");
	const UNICODE_STRING empty = RTL_CONSTANT_STRING(L"");
	const NDIS_STRING keyword = NDIS_STRING_CONST("*RSS");

	EXPECT_EQ(name.Length, 6);
	EXPECT_EQ(name.MaximumLength, 8);
	EXPECT_EQ(name.Buffer[3], 0);
	EXPECT_EQ(empty.Length, 0);
	EXPECT_EQ(keyword.Length, 8);
	EXPECT_EQ(keyword.Buffer[0], L'*');
}

DEFINE_GUID(unit_guid, 0x11223344, 0x5566, 0x7788, 1, 2, 3, 4, 5, 6, 7, 8);

TEST(ApiMacros, GuidsAreDefined)
{
	EXPECT_EQ(unit_guid.Data1, 0x11223344u);
	EXPECT_EQ(unit_guid.Data3, 0x7788);
	EXPECT_EQ(unit_guid.Data4[7], 8);
}

TEST(ApiMacros, ListsKeepTheirOrder)
{
	LIST_ENTRY head;
	LIST_ENTRY entries[4];

	InitializeListHead(&head);
	EXPECT_TRUE(IsListEmpty(&head));
	EXPECT_EQ(RemoveHeadList(&head), &head);
	EXPECT_EQ(RemoveTailList(&head), &head);
	InsertTailList(&head, &entries[1]);
	InsertTailList(&head, &entries[2]);
	InsertHeadList(&head, &entries[0]);
	InsertTailList(&head, &entries[3]);
	EXPECT_FALSE(IsListEmpty(&head));
	EXPECT_FALSE(RemoveEntryList(&entries[1]));
	EXPECT_EQ(RemoveHeadList(&head), &entries[0]);
	EXPECT_EQ(RemoveTailList(&head), &entries[3]);
	EXPECT_EQ(head.Flink, &entries[2]);
	EXPECT_EQ(entries[2].Blink, &head);
	EXPECT_TRUE(RemoveEntryList(&entries[2]));
	EXPECT_TRUE(IsListEmpty(&head));
}

/* Nothing is done, and nothing evaluated. */
TEST(ApiMacros, TracesHaveNoConsumer)
{
	int evaluated = 0;

	EXPECT_EQ(TraceLoggingRegister(UnitProvider), STATUS_SUCCESS);
	TraceLoggingWrite(UnitProvider, "Event", TraceLoggingUInt32(++evaluated, "Field"));
	EXPECT_FALSE(TraceLoggingProviderEnabled(UnitProvider, 0, ++evaluated));
	TraceLoggingUnregister(UnitProvider);
	EXPECT_EQ(evaluated, 0);
}

TEST(ApiMacros, WhatTheLinkerOrTheMachineKnowsIsEmpty)
{
	struct DECLSPEC_ALIGN(64) Aligned {
		UINT8 byte;
	};
	DECLSPEC_CACHEALIGN UINT8 line[1] = {};
	VOID(NTAPI CALLBACK * function)(CONST int *) = nullptr;

	UNREFERENCED_PARAMETER(function);
	EXPECT_EQ(forced(), 1);
	EXPECT_EQ(alignof(Aligned), 64u);
	EXPECT_EQ(reinterpret_cast<ULONG_PTR>(line) % SYSTEM_CACHE_ALIGNMENT_SIZE, 0u);
	EXPECT_FALSE(WDF_NO_OBJECT_ATTRIBUTES);
	EXPECT_FALSE(WDF_NO_EVENT_CALLBACK);
	EXPECT_FALSE(WDF_NO_HANDLE);
	EXPECT_FALSE(WDF_NO_CONTEXT);
}

TEST(ApiMacros, BarriersKeepTheOrderOfStores)
{
	volatile LONG a = 0;
	volatile LONG b = 0;

	a = 1;
	MemoryBarrier();
	b = a;
	KeMemoryBarrier();
	KeMemoryBarrierWithoutFence();
	EXPECT_EQ(b, 1);
}

TEST(ApiMacros, InterlockedOperationsComeIn64BitsToo)
{
	volatile LONG64 value = 1LL << 40;

	EXPECT_EQ(InterlockedExchange64(&value, 5), 1LL << 40);
	EXPECT_EQ(InterlockedCompareExchange64(&value, 9, 4), 5);
	EXPECT_EQ(InterlockedCompareExchange64(&value, 9, 5), 5);
	EXPECT_EQ(InterlockedOr64(&value, 2), 9);
	EXPECT_EQ(InterlockedAnd64(&value, 3), 11);
	EXPECT_EQ(InterlockedXor64(&value, 1), 3);
	EXPECT_EQ(InterlockedDecrement64(&value), 1);
	EXPECT_EQ(InterlockedIncrement64(&value), 2);
}

TEST(ApiMacros, OrderedAccessesAreAccesses)
{
	ULONG64 value64 = 0;
	UCHAR value8 = 0;
	USHORT value16 = 0;
	ULONG value32 = 0;
	LONG value = 0;

	WriteUCharNoFence(&value8, 1);
	EXPECT_EQ(ReadUCharNoFence(&value8), 1);
	WriteUCharRelease(&value8, 2);
	EXPECT_EQ(ReadUCharAcquire(&value8), 2);
	WriteUShortNoFence(&value16, 0x101);
	EXPECT_EQ(ReadUShortNoFence(&value16), 0x101);
	WriteUShortRelease(&value16, 0x202);
	EXPECT_EQ(ReadUShortAcquire(&value16), 0x202);
	WriteNoFence(&value, -1);
	EXPECT_EQ(ReadNoFence(&value), -1);
	WriteRelease(&value, -2);
	EXPECT_EQ(ReadAcquire(&value), -2);
	WriteULongNoFence(&value32, 0x80000001U);
	EXPECT_EQ(ReadULongNoFence(&value32), 0x80000001U);
	WriteULongRelease(&value32, 0x80000002U);
	EXPECT_EQ(ReadULongAcquire(&value32), 0x80000002U);
	WriteULong64NoFence(&value64, 1ULL << 40);
	EXPECT_EQ(ReadULong64NoFence(&value64), 1ULL << 40);
	WriteULong64Release(&value64, 1ULL << 41);
	EXPECT_EQ(ReadULong64Acquire(&value64), 1ULL << 41);
}

template <class Type, class Add, class Sub, class Mult>
void expect_safe(Add add, Sub sub, Mult mult)
{
	constexpr Type most = static_cast<Type>(~static_cast<Type>(0));
	Type result = 0;

	EXPECT_EQ(add(most - 1, 1, &result), STATUS_SUCCESS);
	EXPECT_EQ(result, most);
	result = 0;
	EXPECT_EQ(add(most, 1, &result), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(result, most);
	EXPECT_EQ(sub(5, 5, &result), STATUS_SUCCESS);
	EXPECT_EQ(result, 0u);
	EXPECT_EQ(sub(4, 5, &result), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(result, most);
	EXPECT_EQ(mult(most / 2, 2, &result), STATUS_SUCCESS);
	EXPECT_EQ(result, most - 1);
	EXPECT_EQ(mult(most / 2 + 1, 2, &result), STATUS_INTEGER_OVERFLOW);
}

TEST(ApiMacros, ArithmeticReportsOverflow)
{
	expect_safe<ULONG>(RtlULongAdd, RtlULongSub, RtlULongMult);
	expect_safe<ULONGLONG>(RtlULongLongAdd, RtlULongLongSub, RtlULongLongMult);
	expect_safe<SIZE_T>(RtlSIZETAdd, RtlSIZETSub, RtlSIZETMult);
	expect_safe<SIZE_T>(RtlSizeTAdd, RtlSizeTSub, RtlSizeTMult);
}

TEST(ApiMacros, ConversionsReportOverflow)
{
	USHORT narrow16 = 0;
	UCHAR narrow8 = 0;
	ULONG narrow32 = 0;

	EXPECT_EQ(RtlULongToUShort(0xffff, &narrow16), STATUS_SUCCESS);
	EXPECT_EQ(RtlULongToUShort(0x10000, &narrow16), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(RtlULongToUChar(0xff, &narrow8), STATUS_SUCCESS);
	EXPECT_EQ(RtlULongToUChar(0x100, &narrow8), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(RtlULongLongToULong(0xffffffff, &narrow32), STATUS_SUCCESS);
	EXPECT_EQ(RtlULongLongToULong(0x100000000, &narrow32), STATUS_INTEGER_OVERFLOW);
	EXPECT_EQ(RtlSizeTToULong(7, &narrow32), STATUS_SUCCESS);
	EXPECT_EQ(narrow32, 7u);
	EXPECT_EQ(RtlSIZETToULong(1ULL << 32, &narrow32), STATUS_INTEGER_OVERFLOW);
}

/* What an NDIS miniport's source fills in, up to where revision 1 ends, whatever revision it says. */
TEST(ApiMacros, AnNdisOffloadCanBeFilledIn)
{
	NDIS_OFFLOAD offload = {};
	NDIS_MEDIA_CONNECT_STATE connect = MediaConnectStateConnected;
	NDIS_MEDIA_DUPLEX_STATE duplex = MediaDuplexStateFull;
	NDIS_STATUS status = NDIS_STATUS_SUCCESS;
	NDIS_OBJECT_HEADER &header = offload.Header;

	for (SIZE_T size :
	     {NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_2, NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_3,
	      NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_4, NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_5})
		EXPECT_EQ(size, sizeof(offload));
	header.Size = NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1;
	offload.Checksum.IPv6Receive.UdpChecksum = NDIS_OFFLOAD_SUPPORTED;
	offload.LsoV1.IPv4.MinSegmentCount = 2;
	offload.IPsecV1.IPv4ESP.Receive = NDIS_OFFLOAD_NOT_SUPPORTED;
	offload.LsoV2.IPv6.TcpOptionsSupported = NDIS_OFFLOAD_SUPPORTED;
	offload.Flags = 1;
	EXPECT_EQ(FIELD_OFFSET(NDIS_OFFLOAD, Flags), 108);
	EXPECT_EQ(connect, MediaConnectStateConnected);
	EXPECT_EQ(duplex, MediaDuplexStateFull);
	EXPECT_EQ(status, STATUS_SUCCESS);
}

/* ---- with a driver ---- */

class ApiWithDriver : public unit::CoreFixture
{
};

TEST_F(ApiWithDriver, AssertionsAreOneLineAndGoOn)
{
	ASSERT_EQ(register_driver(), 0);
	NT_FRE_ASSERTMSG("the sky is green", 1 + 1 == 3);
	EXPECT_EQ(os.lines_with("the sky is green"), 1u) << os.whole_log();
	/* Checked in debug builds of a client only. */
	NT_ASSERTMSG("never", 1 + 1 == 3);
	ASSERT(1 + 1 == 3);
	PAGED_CODE();
	EXPECT_EQ(os.lines_with("never"), 0u);
}

TEST_F(ApiWithDriver, ReferencesMayHaveTags)
{
	static const EVT_WDF_DEVICE_CONTEXT_CLEANUP *const cleanup = nullptr;
	static const EVT_WDF_DEVICE_CONTEXT_DESTROY *const destroy = nullptr;
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY memory;

	ASSERT_EQ(add(), 0);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.device;
	attributes.EvtCleanupCallback = cleanup;
	attributes.EvtDestroyCallback = destroy;
	ASSERT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_SUCCESS);
	WdfObjectReferenceWithTag(memory, &attributes);
	WdfObjectDelete(memory);
	/* Deleted, and still there. */
	EXPECT_NE(WdfMemoryGetBuffer(memory, nullptr), nullptr);
	WdfObjectDereferenceWithTag(memory, &attributes);
}

} // namespace

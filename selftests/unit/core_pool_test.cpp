// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Pool memory, contiguous memory, and MDLs of both.

#include <cstdint>
#include <cstring>

#include "core_client.h"

namespace unit
{

class CorePool : public CoreFixture
{
protected:
	static constexpr ULONG tag = 0x31546167;

	/* Zeroed, and all of it is there. */
	void use_and_free(void *memory, SIZE_T bytes)
	{
		ASSERT_NE(memory, nullptr);
		EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % MEMORY_ALLOCATION_ALIGNMENT, 0u);
		for (SIZE_T i = 0; i < bytes; i++)
			ASSERT_EQ(static_cast<UCHAR *>(memory)[i], 0);
		memset(memory, 0xff, bytes);
		EXPECT_EQ(os.live_kinds(), "pool memory: 1");
		ExFreePool(memory);
		EXPECT_EQ(os.live(), 0u);
	}

	static PHYSICAL_ADDRESS physical(UINT64 address)
	{
		PHYSICAL_ADDRESS result;

		result.QuadPart = static_cast<LONGLONG>(address);
		return result;
	}

	static constexpr UINT64 anywhere = ~0ULL;
};

TEST_F(CorePool, EveryFormAllocatesZeroedMemory)
{
	const POOL_EXTENDED_PARAMETER parameters[] = {
		{{PoolExtendedParameterPriority, 0, 0}, {.Priority = HighPoolPriority}},
		{{PoolExtendedParameterNumaNode, 0, 0}, {.Reserved2 = 0}},
		{{77, 1, 0}, {.Reserved2 = 0}},
	};
	const PCPOOL_EXTENDED_PARAMETER no_parameters = nullptr;

	use_and_free(ExAllocatePool2(POOL_FLAG_NON_PAGED, 1, tag), 1);
	use_and_free(ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_CACHE_ALIGNED, 5000, tag), 5000);
	use_and_free(ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_UNINITIALIZED |
					     POOL_FLAG_SPECIAL_POOL | 0x4000000000000000,
				     100, tag),
		     100);
	use_and_free(ExAllocatePool3(POOL_FLAG_NON_PAGED, 30, tag, parameters, 3), 30);
	use_and_free(ExAllocatePool3(POOL_FLAG_NON_PAGED, 30, tag, no_parameters, 0), 30);
	use_and_free(ExAllocatePoolWithTag(NonPagedPoolNx, 64, tag), 64);
	use_and_free(ExAllocatePoolWithTag(NonPagedPoolNx, 0, tag), 1);
	use_and_free(
		ExAllocatePoolWithTag(static_cast<POOL_TYPE>(NonPagedPoolNx | POOL_COLD_ALLOCATION |
							     POOL_RAISE_IF_ALLOCATION_FAILURE),
				      64, tag),
		64);
	use_and_free(ExAllocatePoolZero(PagedPool, 64, tag), 64);
	use_and_free(ExAllocatePoolUninitialized(NonPagedPool, 64, tag), 64);
	use_and_free(ExAllocatePool(NonPagedPoolCacheAligned, 64), 64);

	void *memory = ExAllocatePool2(POOL_FLAG_NON_PAGED, 8, tag);
	ExFreePool2(memory, tag, nullptr, 0);
	EXPECT_EQ(os.live(), 0u);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CorePool, NonPagedMemoryIsToBeHadWhereNobodyMaySleep)
{
	const fake::Os::Atomic atomic;

	use_and_free(ExAllocatePool2(POOL_FLAG_NON_PAGED, 10, tag), 10);
	use_and_free(ExAllocatePoolWithTag(NonPagedPoolNx, 10, tag), 10);
	EXPECT_EQ(os.violations.size(), 0u);
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_PAGED, 10, tag), nullptr);
	EXPECT_EQ(ExAllocatePoolWithTag(PagedPoolCacheAligned, 10, tag), nullptr);
	EXPECT_EQ(ExAllocatePoolWithTag(static_cast<POOL_TYPE>(PagedPool | POOL_COLD_ALLOCATION),
					10, tag),
		  nullptr);
	EXPECT_EQ(os.errors(), 3u) << os.whole_log();
	os.enter_interrupt();
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_NON_PAGED, 10, tag), nullptr);
	ExFreePoolWithTag(&os, tag);
	os.leave_interrupt();
	EXPECT_EQ(os.errors(), 5u);
	EXPECT_EQ(os.violations.size(), 0u);
}

TEST_F(CorePool, WhatIsNoAllocationIsRefused)
{
	const POOL_EXTENDED_PARAMETER unknown = {{77, 0, 0}, {.Reserved2 = 0}};
	const POOL_EXTENDED_PARAMETER secure = {{PoolExtendedParameterSecurePool, 0, 0},
						{.Reserved2 = 0}};

	EXPECT_EQ(ExAllocatePool2(0, 10, tag), nullptr);
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED, 10, tag), nullptr);
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_RESERVED1, 10, tag), nullptr);
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_NON_PAGED, 10, 0), nullptr);
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_NON_PAGED, 0, tag), nullptr);
	EXPECT_EQ(ExAllocatePool3(POOL_FLAG_NON_PAGED, 10, tag, nullptr, 1), nullptr);
	EXPECT_EQ(ExAllocatePool3(POOL_FLAG_NON_PAGED, 10, tag, &unknown, 1), nullptr);
	EXPECT_EQ(ExAllocatePool3(POOL_FLAG_NON_PAGED, 10, tag, &secure, 1), nullptr);
	EXPECT_EQ(ExAllocatePool3(POOL_FLAG_USE_QUOTA, 10, tag, nullptr, 0), nullptr);
	ExFreePoolWithTag(nullptr, tag);
	EXPECT_EQ(os.errors(), 10u) << os.whole_log();

	os.fail_nth(1);
	EXPECT_EQ(ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_RAISE_ON_FAILURE, 10, tag),
		  nullptr);
	EXPECT_EQ(os.lines_with("no memory of 10 bytes"), 1u);
	EXPECT_EQ(os.live(), 0u);
}

TEST_F(CorePool, ContiguousMemoryLiesWhereItIsWanted)
{
	void *memory = MmAllocateContiguousMemory(10000, physical(anywhere));

	ASSERT_NE(memory, nullptr);
	EXPECT_EQ(MmGetPhysicalAddress(memory).QuadPart,
		  static_cast<LONGLONG>(fake::physical_base + reinterpret_cast<uintptr_t>(memory)));
	EXPECT_EQ(os.contiguous_node, -1);
	MmFreeContiguousMemory(memory);

	memory = MmAllocateContiguousMemorySpecifyCache(4096, physical(0), physical(anywhere),
							physical(0), MmNonCached);
	ASSERT_NE(memory, nullptr);
	MmFreeContiguousMemorySpecifyCache(memory, 4096, MmNonCached);
	memory = MmAllocateContiguousMemorySpecifyCacheNode(4096, physical(0), physical(anywhere),
							    physical(0x10000), MmWriteCombined, 3);
	ASSERT_NE(memory, nullptr);
	EXPECT_EQ(os.contiguous_node, 3);
	MmFreeContiguousMemory(memory);
	memory = MmAllocateContiguousNodeMemory(4096, physical(0), physical(anywhere), physical(0),
						PAGE_READWRITE | PAGE_WRITECOMBINE, MM_ANY_NODE_OK);
	ASSERT_NE(memory, nullptr);
	MmFreeContiguousMemory(memory);
	MmFreeContiguousMemory(nullptr);
	EXPECT_EQ(os.live(), 0u);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();

	EXPECT_EQ(MmAllocateContiguousMemory(100, physical(0xffffffff)), nullptr);
	EXPECT_EQ(MmAllocateContiguousMemory(0, physical(anywhere)), nullptr);
	EXPECT_EQ(MmAllocateContiguousMemorySpecifyCache(5000, physical(0), physical(anywhere),
							 physical(4096), MmCached),
		  nullptr);
	EXPECT_EQ(MmAllocateContiguousMemorySpecifyCache(500, physical(0), physical(anywhere),
							 physical(5000), MmCached),
		  nullptr);
	const fake::Os::Atomic atomic;
	EXPECT_EQ(MmAllocateContiguousMemory(100, physical(anywhere)), nullptr);
	MmFreeContiguousMemory(&os);
	EXPECT_EQ(os.errors(), 6u) << os.whole_log();
	EXPECT_EQ(os.violations.size(), 0u);
}

TEST_F(CorePool, PagesOfAPieceOfMemory)
{
	EXPECT_EQ(PAGE_ALIGN(0x12345678), reinterpret_cast<PVOID>(0x12345000));
	EXPECT_EQ(BYTE_OFFSET(0x12345678), 0x678u);
	EXPECT_EQ(ROUND_TO_PAGES(0), 0u);
	EXPECT_EQ(ROUND_TO_PAGES(1), 4096u);
	EXPECT_EQ(BYTES_TO_PAGES(8192), 2u);
	EXPECT_EQ(BYTES_TO_PAGES(8193), 3u);
	EXPECT_EQ(ADDRESS_AND_SIZE_TO_SPAN_PAGES(0x1000, 4096), 1u);
	EXPECT_EQ(ADDRESS_AND_SIZE_TO_SPAN_PAGES(0x1fff, 2), 2u);
	EXPECT_EQ(ADDRESS_AND_SIZE_TO_SPAN_PAGES(0x1fff, 0), 1u);
	EXPECT_EQ(ADDRESS_AND_SIZE_TO_SPAN_PAGES(0x1000, 0), 0u);
}

TEST_F(CorePool, AnMdlListsThePagesOfItsMemory)
{
	auto *memory = static_cast<UCHAR *>(MmAllocateContiguousMemory(16384, physical(anywhere)));
	MDL *mdl = IoAllocateMdl(memory + 100, 8192, FALSE, FALSE, nullptr);

	ASSERT_NE(mdl, nullptr);
	EXPECT_EQ(mdl->Size, 48 + 3 * 8);
	EXPECT_EQ(MmSizeOfMdl(memory + 100, 8192), 72u);
	EXPECT_EQ(MmGetMdlByteCount(mdl), 8192u);
	EXPECT_EQ(MmGetMdlByteOffset(mdl), 100u);
	EXPECT_EQ(MmGetMdlVirtualAddress(mdl), memory + 100);
	EXPECT_EQ(MmGetMdlBaseVa(mdl), memory);
	EXPECT_EQ(MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority), nullptr);

	MmBuildMdlForNonPagedPool(mdl);
	const PPFN_NUMBER pages = MmGetMdlPfnArray(mdl);
	const UINT64 first = static_cast<UINT64>(MmGetPhysicalAddress(memory).QuadPart);
	for (UINT64 i = 0; i < 3; i++)
		EXPECT_EQ(pages[i], (first >> PAGE_SHIFT) + i);
	EXPECT_EQ(MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority | MdlMappingNoExecute),
		  memory + 100);
	EXPECT_EQ(mdl->MdlFlags, MDL_SOURCE_IS_NONPAGED_POOL);
	KeFlushIoBuffers(mdl, TRUE, TRUE);

	MmPrepareMdlForReuse(mdl);
	MmInitializeMdl(mdl, memory + 4096, 1);
	EXPECT_EQ(mdl->Size, 56);
	MmBuildMdlForNonPagedPool(mdl);
	EXPECT_EQ(pages[0], (first >> PAGE_SHIFT) + 1);
	IoFreeMdl(mdl);
	IoFreeMdl(nullptr);
	MmFreeContiguousMemory(memory);
	EXPECT_EQ(os.live(), 0u);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CorePool, AnMdlOfAPartListsThePagesOfThatPart)
{
	auto *memory = static_cast<UCHAR *>(MmAllocateContiguousMemory(16384, physical(anywhere)));
	MDL *whole = IoAllocateMdl(memory + 100, 12288, FALSE, FALSE, nullptr);
	MDL *part = IoAllocateMdl(memory + 100, 12288, FALSE, FALSE, nullptr);

	MmBuildMdlForNonPagedPool(whole);
	IoBuildPartialMdl(whole, part, memory + 4097, 5000);
	EXPECT_EQ(MmGetMdlByteCount(part), 5000u);
	EXPECT_EQ(MmGetMdlVirtualAddress(part), memory + 4097);
	EXPECT_EQ(MmGetMdlPfnArray(part)[0], MmGetMdlPfnArray(whole)[1]);
	EXPECT_EQ(MmGetMdlPfnArray(part)[1], MmGetMdlPfnArray(whole)[2]);
	EXPECT_EQ(MmGetSystemAddressForMdlSafe(part, LowPagePriority), memory + 4097);
	EXPECT_EQ(part->MdlFlags, MDL_PARTIAL | MDL_MAPPED_TO_SYSTEM_VA);
	IoBuildPartialMdl(whole, part, memory + 8192, 0);
	EXPECT_EQ(MmGetMdlByteCount(part), 12288u + 100 - 8192);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();

	IoBuildPartialMdl(whole, part, memory, 10);
	EXPECT_EQ(MmGetMdlByteCount(part), 0u);
	IoBuildPartialMdl(whole, part, memory + 8192, 8192);
	EXPECT_EQ(MmGetMdlByteCount(part), 0u);
	EXPECT_EQ(os.errors(), 2u) << os.whole_log();
	IoFreeMdl(whole);
	IoFreeMdl(part);
	MmFreeContiguousMemory(memory);
}

TEST_F(CorePool, AnMdlNeedsMemoryAndNoIrp)
{
	EXPECT_EQ(IoAllocateMdl(&os, 10, FALSE, FALSE, reinterpret_cast<struct _IRP *>(this)),
		  nullptr);
	os.fail_nth(1);
	EXPECT_EQ(IoAllocateMdl(&os, 10, FALSE, FALSE, nullptr), nullptr);
	os.fail_nth(0);
	os.enter_interrupt();
	EXPECT_EQ(IoAllocateMdl(&os, 10, FALSE, FALSE, nullptr), nullptr);
	IoFreeMdl(reinterpret_cast<PMDL>(this));
	os.leave_interrupt();
	EXPECT_EQ(os.errors(), 4u) << os.whole_log();
}

} // namespace unit

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The functions that netcx_mdl.h declares. */
#include "capabilities.h"
#include "log.h"

#include <netcx/ntddk.h>

namespace netcx
{

static UINT64 page_number(const void *address)
{
	return netcx_os_physical_address(address) >> NETCX_MDL_PAGE_SHIFT;
}

static UINT32 page_count(const MDL *mdl)
{
	return ADDRESS_AND_SIZE_TO_SPAN_PAGES(mdl->ByteOffset, mdl->ByteCount);
}

static void *allocate(const char *function, SIZE_T bytes, PHYSICAL_ADDRESS lowest,
		      PHYSICAL_ADDRESS highest, PHYSICAL_ADDRESS boundary, ULONG node)
{
	const UINT64 multiple = static_cast<UINT64>(boundary.QuadPart);
	void *memory;

	if (refuse_atomic(nullptr, function))
		return nullptr;
	if (!bytes) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: NumberOfBytes is 0, must be at least 1", function);
		return nullptr;
	}
	if (multiple && !is_power_of_two(multiple)) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: BoundaryAddressMultiple is 0x%llx, must be 0 or a power of two",
		       function, multiple);
		return nullptr;
	}
	/* Aligned as it is, only memory that is larger has such a multiple inside. */
	memory = multiple && bytes > multiple
			 ? nullptr
			 : netcx_os_contiguous_alloc(
				   bytes, static_cast<UINT64>(lowest.QuadPart),
				   static_cast<UINT64>(highest.QuadPart),
				   node & MM_ANY_NODE_OK ? -1 : static_cast<int>(node));
	if (!memory)
		refuse(nullptr, STATUS_INSUFFICIENT_RESOURCES,
		       "%s: no %zu contiguous bytes from 0x%llx to 0x%llx", function, bytes,
		       static_cast<UINT64>(lowest.QuadPart), static_cast<UINT64>(highest.QuadPart));
	return memory;
}

static void free(const char *function, void *memory)
{
	if (memory && !refuse_atomic(nullptr, function))
		netcx_os_contiguous_free(memory);
}

} // namespace netcx

using namespace netcx;

extern "C" {

void MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList)
{
	PPFN_NUMBER pages = MmGetMdlPfnArray(MemoryDescriptorList);
	const UINT8 *page = static_cast<const UINT8 *>(MemoryDescriptorList->StartVa);

	for (UINT32 i = 0; i < page_count(MemoryDescriptorList); i++) {
		pages[i] = page_number(page);
		page += NETCX_MDL_PAGE_SIZE;
	}
	MemoryDescriptorList->MappedSystemVa = MmGetMdlVirtualAddress(MemoryDescriptorList);
	MemoryDescriptorList->MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
}

PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN, BOOLEAN, struct _IRP *Irp)
{
	static const char function[] = "IoAllocateMdl";
	MDL *mdl;

	if (refuse_interrupt(nullptr, function))
		return nullptr;
	if (Irp) {
		refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: Irp is not NULL, must be", function);
		return nullptr;
	}
	mdl = static_cast<MDL *>(netcx_os_pool_alloc(MmSizeOfMdl(VirtualAddress, Length)));
	if (!mdl) {
		refuse(nullptr, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
		return nullptr;
	}
	MmInitializeMdl(mdl, VirtualAddress, Length);
	return mdl;
}

void IoFreeMdl(PMDL Mdl)
{
	if (Mdl && !refuse_interrupt(nullptr, "IoFreeMdl"))
		netcx_os_pool_free(Mdl);
}

void IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length)
{
	const ULONG_PTR begin = reinterpret_cast<ULONG_PTR>(MmGetMdlVirtualAddress(SourceMdl));
	const ULONG_PTR first = reinterpret_cast<ULONG_PTR>(VirtualAddress);
	const ULONG_PTR offset = first - begin;
	ULONG skipped;

	if (first < begin || offset > SourceMdl->ByteCount ||
	    Length > SourceMdl->ByteCount - offset) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "IoBuildPartialMdl: %u bytes from offset %lld on are not within the %u "
		       "bytes "
		       "of SourceMdl",
		       Length, static_cast<INT64>(offset), SourceMdl->ByteCount);
		MmInitializeMdl(TargetMdl, VirtualAddress, 0);
		return;
	}
	if (!Length)
		Length = static_cast<ULONG>(SourceMdl->ByteCount - offset);
	MmInitializeMdl(TargetMdl, VirtualAddress, Length);
	skipped = static_cast<ULONG>((reinterpret_cast<ULONG_PTR>(TargetMdl->StartVa) -
				      reinterpret_cast<ULONG_PTR>(SourceMdl->StartVa)) >>
				     NETCX_MDL_PAGE_SHIFT);
	for (UINT32 i = 0; i < page_count(TargetMdl); i++)
		MmGetMdlPfnArray(TargetMdl)[i] = MmGetMdlPfnArray(SourceMdl)[skipped + i];
	TargetMdl->MdlFlags |= MDL_PARTIAL;
	if (MmGetSystemAddressForMdlSafe(SourceMdl, NormalPagePriority)) {
		TargetMdl->MappedSystemVa = VirtualAddress;
		TargetMdl->MdlFlags |= MDL_MAPPED_TO_SYSTEM_VA;
	}
}

PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress)
{
	PHYSICAL_ADDRESS address;

	address.QuadPart = static_cast<LONGLONG>(netcx_os_physical_address(BaseAddress));
	return address;
}

PVOID MmAllocateContiguousNodeMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
				     PHYSICAL_ADDRESS HighestAcceptableAddress,
				     PHYSICAL_ADDRESS BoundaryAddressMultiple, ULONG,
				     ULONG PreferredNode)
{
	return allocate("MmAllocateContiguousNodeMemory", NumberOfBytes, LowestAcceptableAddress,
			HighestAcceptableAddress, BoundaryAddressMultiple, PreferredNode);
}

PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS HighestAcceptableAddress)
{
	return allocate("MmAllocateContiguousMemory", NumberOfBytes, {}, HighestAcceptableAddress,
			{}, MM_ANY_NODE_OK);
}

PVOID MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes,
					     PHYSICAL_ADDRESS LowestAcceptableAddress,
					     PHYSICAL_ADDRESS HighestAcceptableAddress,
					     PHYSICAL_ADDRESS BoundaryAddressMultiple,
					     MEMORY_CACHING_TYPE)
{
	return allocate("MmAllocateContiguousMemorySpecifyCache", NumberOfBytes,
			LowestAcceptableAddress, HighestAcceptableAddress, BoundaryAddressMultiple,
			MM_ANY_NODE_OK);
}

PVOID MmAllocateContiguousMemorySpecifyCacheNode(SIZE_T NumberOfBytes,
						 PHYSICAL_ADDRESS LowestAcceptableAddress,
						 PHYSICAL_ADDRESS HighestAcceptableAddress,
						 PHYSICAL_ADDRESS BoundaryAddressMultiple,
						 MEMORY_CACHING_TYPE, ULONG PreferredNode)
{
	return allocate("MmAllocateContiguousMemorySpecifyCacheNode", NumberOfBytes,
			LowestAcceptableAddress, HighestAcceptableAddress, BoundaryAddressMultiple,
			PreferredNode);
}

void MmFreeContiguousMemory(PVOID BaseAddress)
{
	free("MmFreeContiguousMemory", BaseAddress);
}

void MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T, MEMORY_CACHING_TYPE)
{
	free("MmFreeContiguousMemorySpecifyCache", BaseAddress);
}

} // extern "C"

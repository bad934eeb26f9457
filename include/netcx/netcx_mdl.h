/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * MDLs: lists of the physical pages behind a piece of memory; and memory whose pages are one behind the
 * other.
 *
 * An MDL is for memory of the kernel's: pool, contiguous memory, a driver's own variables. Its physical
 * addresses are not what a device sees behind an IOMMU, or if its reach is limited: for DMA there are
 * the rings' logical addresses, and wdf/wdfcommonbuffer.h. Nothing locks or maps pages, since none is
 * ever paged out; there are no MDLs of user space's memory.
 *
 * A page of an MDL has PAGE_SIZE bytes, whatever the machine's own pages have.
 *
 * Pages: "Using MDLs", "MDL structure (wdm.h)" and the page of each function.
 */
#ifndef NETCX_MDL_H
#define NETCX_MDL_H

#include "netcx_interlocked.h"
#include "ntdef.h"

#define NETCX_MDL_PAGE_SHIFT 12
#define NETCX_MDL_PAGE_SIZE  (1U << NETCX_MDL_PAGE_SHIFT)

/* C that includes Linux' headers has theirs, by the same names. */
#ifndef __KERNEL__
#ifndef PAGE_SHIFT
#define PAGE_SHIFT NETCX_MDL_PAGE_SHIFT
#endif
#ifndef PAGE_SIZE
#define PAGE_SIZE 0x1000
#endif
/* The address of the page that an address is in. */
#ifndef PAGE_ALIGN
#define PAGE_ALIGN(address) ((PVOID)((ULONG_PTR)(address) & ~(ULONG_PTR)(NETCX_MDL_PAGE_SIZE - 1)))
#endif
#endif

/* An address' offset in its page. */
#define BYTE_OFFSET(address) ((ULONG)((ULONG_PTR)(address) & (NETCX_MDL_PAGE_SIZE - 1)))

/* A size in whole pages: as bytes, and as a number of pages. */
#define ROUND_TO_PAGES(size) \
	(((ULONG_PTR)(size) + NETCX_MDL_PAGE_SIZE - 1) & ~(ULONG_PTR)(NETCX_MDL_PAGE_SIZE - 1))
#define BYTES_TO_PAGES(size) ((ULONG)(ROUND_TO_PAGES(size) >> NETCX_MDL_PAGE_SHIFT))

/* How many pages a piece of memory touches. */
#define ADDRESS_AND_SIZE_TO_SPAN_PAGES(address, size) \
	((ULONG)(ROUND_TO_PAGES(BYTE_OFFSET(address) + (ULONG_PTR)(size)) >> NETCX_MDL_PAGE_SHIFT))

/* A physical address without its lowest PAGE_SHIFT bits. */
typedef ULONG_PTR PFN_NUMBER, *PPFN_NUMBER;

/* Flags of an MDL. */
#define MDL_MAPPED_TO_SYSTEM_VA	    0x0001
#define MDL_PAGES_LOCKED	    0x0002
#define MDL_SOURCE_IS_NONPAGED_POOL 0x0004
#define MDL_ALLOCATED_FIXED_SIZE    0x0008
#define MDL_PARTIAL		    0x0010

/**
 * struct _MDL - the pages of a piece of memory; use the functions below
 * @Next: the next MDL of a chain, or NULL
 * @Size: of the structure and the page numbers behind it, in bytes
 * @MdlFlags: MDL_...
 * @Process: NULL
 * @MappedSystemVa: where the driver sees the memory, if MdlFlags says that it does
 * @StartVa: the address of its first page
 * @ByteCount: its length in bytes
 * @ByteOffset: where in its first page it begins
 */
typedef struct _MDL {
	struct _MDL *Next;
	SHORT Size;
	SHORT MdlFlags;
	PVOID Process;
	PVOID MappedSystemVa;
	PVOID StartVa;
	ULONG ByteCount;
	ULONG ByteOffset;
} MDL, *PMDL;

NETCX_STATIC_ASSERT(sizeof(MDL) == 48, "MDL size");

/* The page numbers of an MDL. */
#define MmGetMdlPfnArray(mdl) ((PPFN_NUMBER)((mdl) + 1))

/* Length, offset in the first page, address of the first byte, address of the first page. */
#define MmGetMdlByteCount(mdl)	    ((mdl)->ByteCount)
#define MmGetMdlByteOffset(mdl)	    ((mdl)->ByteOffset)
#define MmGetMdlVirtualAddress(mdl) ((PVOID)((PCHAR)(mdl)->StartVa + (mdl)->ByteOffset))
#define MmGetMdlBaseVa(mdl)	    ((mdl)->StartVa)

/*
 * Describes @Length bytes from @BaseVa on in an MDL for which there is memory of MmSizeOfMdl() bytes; its
 * page numbers are not known yet. Context: any.
 */
NETCX_INLINE void MmInitializeMdl(PMDL MemoryDescriptorList, PVOID BaseVa, SIZE_T Length)
{
	MemoryDescriptorList->Next = NULL;
	MemoryDescriptorList->Size =
		(SHORT)(sizeof(MDL) +
			sizeof(PFN_NUMBER) * ADDRESS_AND_SIZE_TO_SPAN_PAGES(BaseVa, Length));
	MemoryDescriptorList->MdlFlags = 0;
	MemoryDescriptorList->Process = NULL;
	MemoryDescriptorList->MappedSystemVa = NULL;
	MemoryDescriptorList->StartVa =
		(PVOID)((ULONG_PTR)BaseVa & ~(ULONG_PTR)(NETCX_MDL_PAGE_SIZE - 1));
	MemoryDescriptorList->ByteOffset = BYTE_OFFSET(BaseVa);
	MemoryDescriptorList->ByteCount = (ULONG)Length;
}

/* How much memory an MDL of @Length bytes from @Base on takes. Context: any. */
NETCX_INLINE SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length)
{
	return sizeof(MDL) + sizeof(PFN_NUMBER) * ADDRESS_AND_SIZE_TO_SPAN_PAGES(Base, Length);
}

/* Before an MDL is used for another part of the same memory. Nothing was mapped for it. */
#define MmPrepareMdlForReuse(mdl) ((void)(mdl))

/* How much a mapping is worth to the caller; none is ever made. */
typedef enum _MM_PAGE_PRIORITY NETCX_INT_ENUM {
	LowPagePriority = 0,
	NormalPagePriority = 16,
	HighPagePriority = 32
} MM_PAGE_PRIORITY;
#define MdlMappingNoWrite   0x80000000
#define MdlMappingNoExecute 0x40000000

/* Where the driver sees the memory of an MDL; NULL: its pages are not known yet. Context: any. */
NETCX_INLINE PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority)
{
	(void)Priority;
	return Mdl->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)
		       ? Mdl->MappedSystemVa
		       : NULL;
}

/*
 * Before a device does DMA to or from the memory of an MDL. Caches are coherent where memory is given out
 * for DMA, so that order is all it takes. Context: any.
 */
NETCX_INLINE void KeFlushIoBuffers(PMDL Mdl, BOOLEAN ReadOperation, BOOLEAN DmaOperation)
{
	(void)Mdl;
	(void)ReadOperation;
	(void)DmaOperation;
	KeMemoryBarrier();
}

/* How contiguous memory is cached; it is always cached here. */
typedef enum _MEMORY_CACHING_TYPE NETCX_INT_ENUM {
	MmNonCached = FALSE,
	MmCached = TRUE,
	MmWriteCombined = 2
} MEMORY_CACHING_TYPE;

/* For MmAllocateContiguousNodeMemory(); more in ntddk.h. */
#define PAGE_EXECUTE_READWRITE 0x40
#define PAGE_WRITECOMBINE      0x400

struct _IRP;

EXTERN_C_START

/**
 * MmBuildMdlForNonPagedPool() - finds the pages of an MDL's memory
 * @MemoryDescriptorList: from MmInitializeMdl() or IoAllocateMdl(), of memory of the kernel's that is
 *	no stack
 *
 * Context: any.
 */
void MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList);

/**
 * IoAllocateMdl() - allocates an MDL, and initialises it
 * @VirtualAddress: of the memory that it will describe
 * @Length: of it, in bytes
 * @SecondaryBuffer: FALSE
 * @ChargeQuota: FALSE
 * @Irp: NULL; there are no IRPs here
 *
 * Context: any but an interrupt service routine.
 * Return: the MDL; NULL if there is no memory.
 */
PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota,
		   struct _IRP *Irp);

/**
 * IoFreeMdl() - frees what IoAllocateMdl() allocated, not the memory it describes
 * @Mdl: the MDL
 *
 * Context: any but an interrupt service routine.
 */
void IoFreeMdl(PMDL Mdl);

/**
 * IoBuildPartialMdl() - an MDL for a part of another's memory
 * @SourceMdl: whose pages are known
 * @TargetMdl: large enough for the part
 * @VirtualAddress: of the part's first byte
 * @Length: of the part, in bytes; 0: all the rest. What is not within @SourceMdl is a line in the log,
 *	and @TargetMdl describes nothing then.
 *
 * Context: any.
 */
void IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length);

/**
 * MmGetPhysicalAddress() - where a byte of the kernel's memory is
 * @BaseAddress: the byte
 *
 * Context: any.
 * Return: its physical address, which no device is to be told, see above.
 */
PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress);

/**
 * MmAllocateContiguousNodeMemory() - allocates physically contiguous memory, aligned to its own size
 *	rounded up to a power of two, zeroed
 * @NumberOfBytes: not 0; a few megabytes are the most there is
 * @LowestAcceptableAddress: the allocation fails below
 * @HighestAcceptableAddress: the allocation fails above; that there is such memory is not sure for more
 *	than 32 bits' and less than all
 * @BoundaryAddressMultiple: a power of two, of which no multiple is inside the memory; 0: none
 * @Protect: PAGE_READWRITE, with PAGE_NOCACHE or PAGE_WRITECOMBINE, which make no difference. It is
 *	never executable.
 * @PreferredNode: a NUMA node, or MM_ANY_NODE_OK
 *
 * Context: process.
 * Return: the address; NULL if there is none, which is logged.
 */
PVOID MmAllocateContiguousNodeMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
				     PHYSICAL_ADDRESS HighestAcceptableAddress,
				     PHYSICAL_ADDRESS BoundaryAddressMultiple, ULONG Protect,
				     ULONG PreferredNode);

/* The same, said in fewer words. Context: process. */
PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS HighestAcceptableAddress);
PVOID MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes,
					     PHYSICAL_ADDRESS LowestAcceptableAddress,
					     PHYSICAL_ADDRESS HighestAcceptableAddress,
					     PHYSICAL_ADDRESS BoundaryAddressMultiple,
					     MEMORY_CACHING_TYPE CacheType);
PVOID MmAllocateContiguousMemorySpecifyCacheNode(SIZE_T NumberOfBytes,
						 PHYSICAL_ADDRESS LowestAcceptableAddress,
						 PHYSICAL_ADDRESS HighestAcceptableAddress,
						 PHYSICAL_ADDRESS BoundaryAddressMultiple,
						 MEMORY_CACHING_TYPE CacheType,
						 ULONG PreferredNode);

/**
 * MmFreeContiguousMemory() - frees what one of them allocated
 * @BaseAddress: what it returned
 *
 * Context: process.
 */
void MmFreeContiguousMemory(PVOID BaseAddress);

/* The same; size and caching are known. Context: process. */
void MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes,
					MEMORY_CACHING_TYPE CacheType);

EXTERN_C_END

#endif /* NETCX_MDL_H */

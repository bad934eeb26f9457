/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Memory of the kernel's own, "pool": allocated and freed by address. All of it is the same here: never
 * paged out, never executable, zeroed at first, aligned to MEMORY_ALLOCATION_ALIGNMENT, and from
 * PAGE_SIZE on to a page; up to PAGE_SIZE it does not cross a page.
 *
 * What the flags and tags say otherwise is only checked. A refused allocation is a line in the log and
 * NULL; there are no exceptions, so POOL_FLAG_RAISE_ON_FAILURE gives NULL as well.
 *
 * Pages: "ExAllocatePool2 function (wdm.h)" and siblings, "POOL_FLAGS".
 */
#ifndef NETCX_POOL_H
#define NETCX_POOL_H

#include "ntdef.h"

#define MEMORY_ALLOCATION_ALIGNMENT 16

/* The kind of memory, by its older name. */
typedef enum _POOL_TYPE NETCX_INT_ENUM {
	NonPagedPool = 0,
	NonPagedPoolExecute = 0,
	PagedPool = 1,
	NonPagedPoolCacheAligned = 4,
	PagedPoolCacheAligned = 5,
	NonPagedPoolNx = 512,
	NonPagedPoolNxCacheAligned = 516
} POOL_TYPE;

/* To be added to a POOL_TYPE: a wish, and what is not done, see above. */
#define POOL_COLD_ALLOCATION		 256
#define POOL_RAISE_IF_ALLOCATION_FAILURE 16

/* Exactly one of NON_PAGED, NON_PAGED_EXECUTE and PAGED; the upper 32 bits are wishes. */
typedef ULONG64 POOL_FLAGS;
#define POOL_FLAG_REQUIRED_START    0x0000000000000001ULL
#define POOL_FLAG_USE_QUOTA	    0x0000000000000001ULL
#define POOL_FLAG_UNINITIALIZED	    0x0000000000000002ULL
#define POOL_FLAG_SESSION	    0x0000000000000004ULL
#define POOL_FLAG_CACHE_ALIGNED	    0x0000000000000008ULL
#define POOL_FLAG_RESERVED1	    0x0000000000000010ULL
#define POOL_FLAG_RAISE_ON_FAILURE  0x0000000000000020ULL
#define POOL_FLAG_NON_PAGED	    0x0000000000000040ULL
#define POOL_FLAG_NON_PAGED_EXECUTE 0x0000000000000080ULL
#define POOL_FLAG_PAGED		    0x0000000000000100ULL
#define POOL_FLAG_RESERVED2	    0x0000000000000200ULL
#define POOL_FLAG_RESERVED3	    0x0000000000000400ULL
#define POOL_FLAG_REQUIRED_END	    0x0000000080000000ULL
#define POOL_FLAG_OPTIONAL_START    0x0000000100000000ULL
#define POOL_FLAG_SPECIAL_POOL	    0x0000000100000000ULL
#define POOL_FLAG_OPTIONAL_END	    0x8000000000000000ULL

typedef enum _EX_POOL_PRIORITY NETCX_INT_ENUM {
	LowPoolPriority = 0,
	LowPoolPrioritySpecialPoolOverrun = 8,
	LowPoolPrioritySpecialPoolUnderrun = 9,
	NormalPoolPriority = 16,
	NormalPoolPrioritySpecialPoolOverrun = 24,
	NormalPoolPrioritySpecialPoolUnderrun = 25,
	HighPoolPriority = 32,
	HighPoolPrioritySpecialPoolOverrun = 40,
	HighPoolPrioritySpecialPoolUnderrun = 41
} EX_POOL_PRIORITY;

typedef enum POOL_EXTENDED_PARAMETER_TYPE NETCX_INT_ENUM {
	PoolExtendedParameterInvalidType = 0,
	PoolExtendedParameterPriority,
	PoolExtendedParameterSecurePool,
	PoolExtendedParameterNumaNode,
	PoolExtendedParameterMax
} POOL_EXTENDED_PARAMETER_TYPE,
	*PPOOL_EXTENDED_PARAMETER_TYPE;

typedef ULONG POOL_NODE_REQUIREMENT;

/**
 * struct _POOL_EXTENDED_PARAMETER - one more wish for ExAllocatePool3()
 * @Type: a POOL_EXTENDED_PARAMETER_TYPE; there is no secure pool here
 * @Optional: 1: it may be ignored; 0: the allocation fails if it is not known
 * @Reserved: 0
 * @Reserved2: -
 * @Reserved3: -
 * @Priority: with PoolExtendedParameterPriority; ignored
 * @PreferredNode: with PoolExtendedParameterNumaNode; ignored: memory is near the processor that asks
 */
NETCX_EXTENSION typedef struct _POOL_EXTENDED_PARAMETER {
	struct {
		ULONG64 Type : 8;
		ULONG64 Optional : 1;
		ULONG64 Reserved : 55;
	};
	union {
		ULONG64 Reserved2;
		PVOID Reserved3;
		EX_POOL_PRIORITY Priority;
		POOL_NODE_REQUIREMENT PreferredNode;
	};
} POOL_EXTENDED_PARAMETER, *PPOOL_EXTENDED_PARAMETER;
typedef const POOL_EXTENDED_PARAMETER *PCPOOL_EXTENDED_PARAMETER;

NETCX_STATIC_ASSERT(sizeof(POOL_EXTENDED_PARAMETER) == 16, "POOL_EXTENDED_PARAMETER size");

EXTERN_C_START

/**
 * ExAllocatePool2() - allocates memory
 * @Flags: POOL_FLAG_...
 * @NumberOfBytes: not 0
 * @Tag: says whose it is, as a character constant of up to four characters; not 0
 *
 * Context: any but an interrupt service routine; with POOL_FLAG_PAGED process.
 * Return: the address; NULL if there is no memory, or for flags that are not known, for want of a kind,
 * for two kinds, and for a tag or a size of 0.
 */
PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag);

/**
 * ExAllocatePool3() - the same with more parameters
 * @Flags: POOL_FLAG_...
 * @NumberOfBytes: not 0
 * @Tag: as above
 * @ExtendedParameters: an array; may be NULL if there are none
 * @ExtendedParametersCount: how many
 *
 * Context: as ExAllocatePool2().
 * Return: as ExAllocatePool2(); NULL also for a parameter that is not optional and not known.
 */
PVOID ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag,
		      PCPOOL_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParametersCount);

/**
 * ExAllocatePoolWithTag() - the older form
 * @PoolType: a kind of memory
 * @NumberOfBytes: 0 is taken for 1
 * @Tag: as above; 0 is let pass
 *
 * Context: any but an interrupt service routine; paged pool: process.
 * Return: the address; NULL if there is no memory.
 */
PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

/**
 * ExFreePoolWithTag() - frees memory that one of the functions above allocated
 * @P: its address; NULL is a line in the log
 * @Tag: ignored
 *
 * Context: any but an interrupt service routine.
 */
void ExFreePoolWithTag(PVOID P, ULONG Tag);

EXTERN_C_END

/* The memory is zeroed in any case. */
#define ExAllocatePoolZero(type, bytes, tag)	      ExAllocatePoolWithTag(type, bytes, tag)
#define ExAllocatePoolUninitialized(type, bytes, tag) ExAllocatePoolWithTag(type, bytes, tag)
#define ExAllocatePool(type, bytes)		      ExAllocatePoolWithTag(type, bytes, 0)

/* Frees what any of them allocated. */
#define ExFreePool(memory) ExFreePoolWithTag(memory, 0)
#define ExFreePool2(memory, tag, parameters, count) \
	((void)(parameters), (void)(count), ExFreePoolWithTag(memory, tag))

#endif /* NETCX_POOL_H */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The functions that netcx_pool.h declares. */
#include "log.h"

#include <netcx/ntddk.h>

namespace netcx
{

static constexpr POOL_FLAGS kinds =
	POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_PAGED;

/* All but the upper 32 bits, which are wishes. */
static constexpr POOL_FLAGS known = kinds | POOL_FLAG_USE_QUOTA | POOL_FLAG_UNINITIALIZED |
				    POOL_FLAG_SESSION | POOL_FLAG_CACHE_ALIGNED |
				    POOL_FLAG_RAISE_ON_FAILURE;

static bool is_paged(POOL_TYPE type)
{
	return type & PagedPool;
}

static bool check_flags(const char *function, POOL_FLAGS flags, ULONG tag)
{
	const POOL_FLAGS kind = flags & kinds;

	if (kind != POOL_FLAG_NON_PAGED && kind != POOL_FLAG_NON_PAGED_EXECUTE &&
	    kind != POOL_FLAG_PAGED) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: Flags are 0x%llx, must have exactly one of NON_PAGED, "
		       "NON_PAGED_EXECUTE and PAGED",
		       function, flags);
		return false;
	}
	if (flags & MAXULONG & ~known) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: Flags are 0x%llx, must have no other than 0x%llx below bit 32",
		       function, flags, known);
		return false;
	}
	if (!tag) {
		refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: Tag is 0, must not be", function);
		return false;
	}
	return true;
}

static bool check_parameters(const char *function, PCPOOL_EXTENDED_PARAMETER parameters,
			     ULONG count)
{
	if (count && !parameters) {
		refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: ExtendedParameters is NULL",
		       function);
		return false;
	}
	for (ULONG i = 0; i < count; i++) {
		const UINT64 type = parameters[i].Type;

		if (parameters[i].Optional || type == PoolExtendedParameterPriority ||
		    type == PoolExtendedParameterNumaNode)
			continue;
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: ExtendedParameters[%u].Type is %llu, must be %d or %d, or Optional",
		       function, i, type, PoolExtendedParameterPriority,
		       PoolExtendedParameterNumaNode);
		return false;
	}
	return true;
}

static void *allocate(const char *function, SIZE_T bytes, bool paged)
{
	void *memory;

	if (refuse_interrupt(nullptr, function) || (paged && refuse_atomic(nullptr, function)))
		return nullptr;
	if (!bytes) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: NumberOfBytes is 0, must be at least 1", function);
		return nullptr;
	}
	memory = netcx_os_pool_alloc(bytes);
	if (!memory)
		refuse(nullptr, STATUS_INSUFFICIENT_RESOURCES, "%s: no memory of %zu bytes",
		       function, bytes);
	return memory;
}

} // namespace netcx

using namespace netcx;

extern "C" {

PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
	static const char function[] = "ExAllocatePool2";

	return check_flags(function, Flags, Tag)
		       ? allocate(function, NumberOfBytes, Flags & POOL_FLAG_PAGED)
		       : nullptr;
}

PVOID ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag,
		      PCPOOL_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParametersCount)
{
	static const char function[] = "ExAllocatePool3";

	return check_flags(function, Flags, Tag) && check_parameters(function, ExtendedParameters,
								     ExtendedParametersCount)
		       ? allocate(function, NumberOfBytes, Flags & POOL_FLAG_PAGED)
		       : nullptr;
}

PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG)
{
	/* Nothing is not forbidden here, and has an address. */
	return allocate("ExAllocatePoolWithTag", NumberOfBytes ? NumberOfBytes : 1,
			is_paged(PoolType));
}

void ExFreePoolWithTag(PVOID P, ULONG)
{
	static const char function[] = "ExFreePoolWithTag";

	if (refuse_interrupt(nullptr, function))
		return;
	if (!P) {
		refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: P is NULL (ParameterCantBeNull)",
		       function);
		return;
	}
	netcx_os_pool_free(P);
}

} // extern "C"

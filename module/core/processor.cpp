// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Processors by number and group, as netcx_thread.h declares it. */
#include "os.h"

#include <netcx/ntddk.h>

namespace netcx
{

static constexpr ULONG group_size = 64;

static void set_number(PPROCESSOR_NUMBER number, ULONG index)
{
	number->Group = static_cast<USHORT>(index / group_size);
	number->Number = static_cast<UCHAR>(index % group_size);
	number->Reserved = 0;
}

/* One by one: the compiler would call a function that the kernel does not have. */
static USHORT count_bits(KAFFINITY mask)
{
	USHORT count = 0;

	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

} // namespace netcx

using namespace netcx;

extern "C" {

ULONG KeQueryActiveProcessorCountEx(USHORT GroupNumber)
{
	const ULONG all = netcx_os_processors();
	const ULONG before = GroupNumber * group_size;

	if (GroupNumber == ALL_PROCESSOR_GROUPS)
		return all;
	if (before >= all)
		return 0;
	return all - before < group_size ? all - before : group_size;
}

ULONG KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber)
{
	const ULONG index = netcx_os_current_processor();

	if (ProcNumber)
		set_number(ProcNumber, index);
	return index;
}

NTSTATUS KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber)
{
	if (!ProcNumber || ProcIndex >= netcx_os_processors())
		return STATUS_INVALID_PARAMETER;
	set_number(ProcNumber, ProcIndex);
	return STATUS_SUCCESS;
}

ULONG KeGetProcessorIndexFromNumber(PPROCESSOR_NUMBER ProcNumber)
{
	ULONG index;

	if (!ProcNumber || ProcNumber->Number >= group_size || ProcNumber->Reserved)
		return INVALID_PROCESSOR_INDEX;
	index = ProcNumber->Group * group_size + ProcNumber->Number;
	return index < netcx_os_processors() ? index : INVALID_PROCESSOR_INDEX;
}

void KeQueryNodeActiveAffinity(USHORT NodeNumber, PGROUP_AFFINITY Affinity, PUSHORT Count)
{
	const ULONG groups = (netcx_os_processors() + group_size - 1) / group_size;
	KAFFINITY mask = 0;
	USHORT group = 0;

	while (group < groups) {
		mask = netcx_os_node_processors(NodeNumber, group);
		if (mask)
			break;
		group++;
	}
	if (Affinity) {
		RtlZeroMemory(Affinity, sizeof(*Affinity));
		Affinity->Mask = mask;
		Affinity->Group = mask ? group : 0;
	}
	if (Count)
		*Count = count_bits(mask);
}

} // extern "C"

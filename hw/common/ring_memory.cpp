// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/ring_memory.h>
#include <common/log.h>

namespace common
{

NTSTATUS RingMemory::create(WDFDMAENABLER enabler, WDFOBJECT parent, UINT32 bytes)
{
	WDF_COMMON_BUFFER_CONFIG config;
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFCOMMONBUFFER buffer;
	NTSTATUS status;

	WDF_COMMON_BUFFER_CONFIG_INIT(&config, FILE_128_BYTE_ALIGNMENT);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = parent;
	status = WdfCommonBufferCreateWithConfig(enabler, bytes, &config, &attributes, &buffer);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("no memory for a ring of %u bytes; try a smaller one", bytes);
		return status;
	}
	descriptors = WdfCommonBufferGetAlignedVirtualAddress(buffer);
	logical = static_cast<UINT64>(WdfCommonBufferGetAlignedLogicalAddress(buffer).QuadPart);
	length = bytes;
	return STATUS_SUCCESS;
}

} /* namespace common */

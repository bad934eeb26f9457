// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFMEMORY. */
#include "memory.h"

namespace netcx
{

class Memory final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::memory;

	Memory() : Object(object_type) {}

	~Memory() override { netcx_os_free(buffer); }

	void *buffer = nullptr;
	SIZE_T size = 0;
};

NTSTATUS create_memory(const char *function, Object *parent,
		       const WDF_OBJECT_ATTRIBUTES *attributes, SIZE_T size, WDFMEMORY *handle,
		       PVOID *buffer)
{
	Memory *memory = nullptr;
	NTSTATUS status;

	if (!handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: Memory is NULL (ParameterCantBeNull)", function);
	if (!size)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: BufferSize is 0, must be at least 1", function);
	status = check_attributes(function, nullptr, attributes, ParentRule::optional, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &memory);
	if (!NT_SUCCESS(status))
		return status;
	memory->size = size;
	memory->buffer = netcx_os_zalloc(size);
	if (!memory->buffer) {
		memory->release();
		return refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: no memory of %zu bytes",
			      function, size);
	}
	status = publish_object(function, memory, handle);
	if (NT_SUCCESS(status) && buffer)
		*buffer = memory->buffer;
	return status;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfMemoryCreate(PWDF_OBJECT_ATTRIBUTES Attributes, POOL_TYPE, ULONG, SIZE_T BufferSize,
			 WDFMEMORY *Handle, PVOID *Buffer)
{
	static const char function[] = "WdfMemoryCreate";

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	return create_memory(function, nullptr, Attributes, BufferSize, Handle, Buffer);
}

PVOID WdfMemoryGetBuffer(WDFMEMORY Handle, SIZE_T *BufferSize)
{
	Memory *memory = from_handle<Memory>(Handle, "WdfMemoryGetBuffer");

	if (BufferSize)
		*BufferSize = memory ? memory->size : 0;
	return memory ? memory->buffer : nullptr;
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFMEMORY. */
#include "object.h"

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

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfMemoryCreate(PWDF_OBJECT_ATTRIBUTES Attributes, POOL_TYPE, ULONG, SIZE_T BufferSize,
			 WDFMEMORY *Handle, PVOID *Buffer)
{
	static const char function[] = "WdfMemoryCreate";
	Object *parent = nullptr;
	Memory *memory = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: Memory is NULL (ParameterCantBeNull)", function);
	if (!BufferSize)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: BufferSize is 0, must be at least 1", function);
	status = check_attributes(function, nullptr, Attributes, ParentRule::optional, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, Attributes, parent, &memory);
	if (!NT_SUCCESS(status))
		return status;
	memory->size = BufferSize;
	memory->buffer = netcx_os_zalloc(BufferSize);
	if (!memory->buffer) {
		memory->release();
		return refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: no memory of %zu bytes",
			      function, BufferSize);
	}
	status = publish_object(function, memory, Handle);
	if (NT_SUCCESS(status) && Buffer)
		*Buffer = memory->buffer;
	return status;
}

PVOID WdfMemoryGetBuffer(WDFMEMORY Handle, SIZE_T *BufferSize)
{
	Memory *memory = from_handle<Memory>(Handle, "WdfMemoryGetBuffer");

	if (BufferSize)
		*BufferSize = memory ? memory->size : 0;
	return memory ? memory->buffer : nullptr;
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Context spaces of objects. */
#include "driver.h"
#include "object.h"

namespace netcx
{

void *Object::find_more_contexts(PCWDF_OBJECT_CONTEXT_TYPE_INFO type) const
{
	ContextHeader *context = type ? __atomic_load_n(&contexts_, __ATOMIC_RELAXED) : nullptr;

	while (context && context->type != type)
		context = __atomic_load_n(&context->next, __ATOMIC_ACQUIRE);
	return context ? context->space() : nullptr;
}

NTSTATUS Object::allocate_context(const WDF_OBJECT_ATTRIBUTES *attributes, void **space)
{
	ContextHeader *made;
	void *existing = nullptr;
	bool too_late;

	made = static_cast<ContextHeader *>(
		netcx_os_zalloc(sizeof(ContextHeader) + context_bytes(attributes)));
	if (!made)
		return refuse(this, STATUS_INSUFFICIENT_RESOURCES,
			      "WdfObjectAllocateContext: out of memory");
	made->signature = ContextHeader::valid;
	made->object = this;
	made->type = attributes->ContextTypeInfo;
	made->cleanup = attributes->EvtCleanupCallback;
	made->destroy = attributes->EvtDestroyCallback;

	netcx_os_spinlock_acquire(driver->tree_lock);
	too_late = deleting_;
	if (!too_late)
		existing = find_more_contexts(made->type);
	if (!too_late && !existing) {
		/* After the first, which is part of the object: destroy() frees the others. */
		made->next = contexts_->next;
		__atomic_store_n(&contexts_->next, made, __ATOMIC_RELEASE);
	}
	netcx_os_spinlock_release(driver->tree_lock);

	if (too_late || existing)
		netcx_os_free(made);
	if (space)
		*space = too_late ? nullptr : existing ? existing : made->space();
	return too_late	  ? STATUS_DELETE_PENDING
	       : existing ? STATUS_OBJECT_NAME_COLLISION
			  : STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

PVOID WdfObjectGetTypedContextWorker(WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo)
{
	/* On the hot path: clients get their context at the beginning of each Advance. */
	Object *object = object_of(Handle);

	if (__builtin_expect(!object, 0))
		object = any_object(Handle, "WdfObjectGetTypedContext");
	return object ? object->find_context(TypeInfo) : nullptr;
}

NTSTATUS WdfObjectAllocateContext(WDFOBJECT Handle, PWDF_OBJECT_ATTRIBUTES ContextAttributes,
				  PVOID *Context)
{
	static const char function[] = "WdfObjectAllocateContext";
	Object *object = any_object(Handle, function);
	Object *parent = object;
	NTSTATUS status;

	if (!object)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(object, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!ContextAttributes || !ContextAttributes->ContextTypeInfo)
		return refuse(object, STATUS_INVALID_PARAMETER,
			      "%s: WDF_OBJECT_ATTRIBUTES.ContextTypeInfo must be set", function);
	status = check_attributes(function, object, ContextAttributes, ParentRule::fixed, &parent);
	if (!NT_SUCCESS(status))
		return status;
	return object->allocate_context(ContextAttributes, Context);
}

WDFOBJECT WdfObjectContextGetObject(PVOID ContextPointer)
{
	const ULONG_PTR address = reinterpret_cast<ULONG_PTR>(ContextPointer);

	if (address && address % alignof(ContextHeader) == 0) {
		const ContextHeader *header = static_cast<ContextHeader *>(ContextPointer) - 1;

		if (header->signature == ContextHeader::valid)
			return header->object;
	}
	refuse(nullptr, STATUS_INVALID_PARAMETER,
	       "WdfObjectContextGetObject was given what is no context space");
	return nullptr;
}

} // extern "C"

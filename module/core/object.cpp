// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The object tree: references, parents, deletion. Context spaces: context.cpp. */
#include "object.h"

#include "caller.h"
#include "driver.h"
#include "device.h"

namespace netcx
{

static const char *const type_names[] = {
	"WDFDRIVER",	   "WDFDEVICE",	  "WDFCMRESLIST",   "WDFINTERRUPT", "WDFDMAENABLER",
	"WDFCOMMONBUFFER", "WDFSPINLOCK", "WDFWAITLOCK",    "WDFTIMER",	    "WDFWORKITEM",
	"WDFMEMORY",
	"WDFSTRING",
	"WDFCOLLECTION",
	"NETCONFIGURATION",
	"NETMEMORYCOLLECTION",
	"NETEXECUTIONCONTEXT",
	"NETEXECUTIONCONTEXTTASK",
	"NETADAPTER",
	"NETPACKETQUEUE",
};

static_assert(ARRAYSIZE(type_names) == static_cast<SIZE_T>(ObjectType::queue) + 1);

const char *object_type_name(ObjectType type)
{
	return type_names[static_cast<UINT32>(type)];
}

/* ---- handles ---- */

void log_bad_handle(const void *handle, ObjectType expected, const char *function)
{
	const Object *object = object_of(handle);

	if (object)
		refuse(object, STATUS_INVALID_HANDLE, "%s was given a %s, not a %s", function,
		       object_type_name(object->type()), object_type_name(expected));
	else if (handle)
		refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given what is no handle, not a %s",
		       function, object_type_name(expected));
	else
		refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given NULL, not a %s", function,
		       object_type_name(expected));
}

Object *any_object(const void *handle, const char *function)
{
	Object *object = object_of(handle);

	if (!object)
		refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given %s, not a handle", function,
		       handle ? "what is no handle" : "NULL");
	return object;
}

/* ---- creation ---- */

NTSTATUS check_size(const Object *about, const char *structure, ULONG given, SIZE_T expected)
{
	if (given == expected)
		return STATUS_SUCCESS;
	return refuse(about, STATUS_INFO_LENGTH_MISMATCH,
		      "%s.Size is %u, must be %zu (InvalidStructTypeSize)", structure, given,
		      expected);
}

static NTSTATUS check_context(const char *function, const Object *about,
			      const WDF_OBJECT_ATTRIBUTES *attributes)
{
	const WDF_OBJECT_CONTEXT_TYPE_INFO *type = attributes->ContextTypeInfo;
	NTSTATUS status;

	if (!type) {
		if (!attributes->ContextSizeOverride)
			return STATUS_SUCCESS;
		return refuse(about, STATUS_INVALID_PARAMETER,
			      "%s: WDF_OBJECT_ATTRIBUTES.ContextSizeOverride is %zu without a "
			      "ContextTypeInfo, must be 0",
			      function, attributes->ContextSizeOverride);
	}
	status = check_size(about, "WDF_OBJECT_CONTEXT_TYPE_INFO", type->Size, sizeof(*type));
	if (!NT_SUCCESS(status))
		return status;
	if (attributes->ContextSizeOverride && attributes->ContextSizeOverride < type->ContextSize)
		return refuse(about, STATUS_INVALID_PARAMETER,
			      "%s: WDF_OBJECT_ATTRIBUTES.ContextSizeOverride is %zu, must be 0 or "
			      "at least the %zu of %s",
			      function, attributes->ContextSizeOverride, type->ContextSize,
			      type->ContextName);
	if (context_bytes(attributes) > MAXULONG)
		return refuse(about, STATUS_INVALID_PARAMETER,
			      "%s: a context of %zu bytes, must be at most %u "
			      "(ObjectAttributesContextSizeTooLarge)",
			      function, context_bytes(attributes), MAXULONG);
	return STATUS_SUCCESS;
}

static NTSTATUS check_own_attributes(const char *function, const Object *about,
				     const WDF_OBJECT_ATTRIBUTES *attributes, ParentRule rule)
{
	NTSTATUS status =
		check_size(about, "WDF_OBJECT_ATTRIBUTES", attributes->Size, sizeof(*attributes));

	if (!NT_SUCCESS(status))
		return status;
	if (attributes->ParentObject && rule == ParentRule::fixed)
		return refuse(
			about, STATUS_INVALID_PARAMETER,
			"%s: WDF_OBJECT_ATTRIBUTES.ParentObject must be NULL (ParentObjectNotNull)",
			function);
	return check_context(function, about, attributes);
}

NTSTATUS check_root_attributes(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes)
{
	return attributes ? check_own_attributes(function, nullptr, attributes, ParentRule::fixed)
			  : STATUS_SUCCESS;
}

NTSTATUS check_attributes(const char *function, const Object *about,
			  const WDF_OBJECT_ATTRIBUTES *attributes, ParentRule rule, Object **parent)
{
	if (attributes) {
		NTSTATUS status = check_own_attributes(function, about, attributes, rule);

		if (!NT_SUCCESS(status))
			return status;
		if (attributes->ParentObject) {
			*parent = any_object(attributes->ParentObject, function);
			return *parent ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
		}
	}
	if (*parent)
		return STATUS_SUCCESS;

	const Caller *caller = rule == ParentRule::optional ? current_caller() : nullptr;
	if (caller && caller->driver)
		*parent = caller->driver->object;
	if (!*parent)
		return refuse(about, STATUS_INVALID_PARAMETER,
			      "%s: WDF_OBJECT_ATTRIBUTES.ParentObject must be set here", function);
	return STATUS_SUCCESS;
}

void Object::init(void *header, const WDF_OBJECT_ATTRIBUTES *attributes, Object *parent)
{
	contexts_ = static_cast<ContextHeader *>(header);
	contexts_->signature = ContextHeader::valid;
	contexts_->object = this;
	if (attributes) {
		contexts_->type = attributes->ContextTypeInfo;
		contexts_->cleanup = attributes->EvtCleanupCallback;
		contexts_->destroy = attributes->EvtDestroyCallback;
	}
	if (contexts_->type) {
		first_type_ = contexts_->type;
		first_space_ = contexts_->space();
	}
	if (parent) {
		driver = parent->driver;
		device = parent->device;
		parent_ = parent;
		parent->reference();
	}
}

NTSTATUS Object::publish()
{
	NTSTATUS status = STATUS_SUCCESS;

	netcx_os_spinlock_acquire(driver->tree_lock);
	if (parent_) {
		if (parent_->deleting_) {
			status = STATUS_DELETE_PENDING;
		} else {
			next_sibling_ = parent_->first_child_;
			if (next_sibling_)
				next_sibling_->previous_sibling_ = this;
			parent_->first_child_ = this;
		}
	}
	published_ = NT_SUCCESS(status);
	netcx_os_spinlock_release(driver->tree_lock);
	return status;
}

/* ---- deletion ---- */

/*
 * The caller holds tree_lock. Takes the object out of the tree; the caller must finish_delete() it
 * and drop the tree's reference. False if it is being deleted already.
 */
bool Object::begin_delete()
{
	if (deleting_)
		return false;
	deleting_ = true;
	if (!published_ || !parent_)
		return true;
	if (previous_sibling_)
		previous_sibling_->next_sibling_ = next_sibling_;
	else
		parent_->first_child_ = next_sibling_;
	if (next_sibling_)
		next_sibling_->previous_sibling_ = previous_sibling_;
	return true;
}

void Object::finish_delete()
{
	const CallerScope scope(this);

	dispose();
	for (ContextHeader *context = contexts_; context; context = context->next) {
		if (context->cleanup)
			context->cleanup(this);
	}
}

/* Iterative: the client decides how deep the tree is, and kernel stacks are small. */
void Object::delete_object()
{
	Object *object = this;
	bool ours;

	netcx_os_spinlock_acquire(driver->tree_lock);
	ours = begin_delete();
	netcx_os_spinlock_release(driver->tree_lock);
	if (!ours)
		return;

	quiesce();
	for (;;) {
		Object *child;

		netcx_os_spinlock_acquire(driver->tree_lock);
		child = object->first_child_;
		if (child)
			child->begin_delete();
		netcx_os_spinlock_release(driver->tree_lock);
		if (child) {
			object = child;
			object->quiesce();
			continue;
		}

		Object *above = object->parent_;
		bool last = object == this;

		object->finish_delete();
		object->release();
		if (last)
			return;
		object = above;
	}
}

/* Returns true if this was the last reference; then the caller destroys the object. */
static bool drop(UINT32 *references)
{
	return __atomic_sub_fetch(references, 1, __ATOMIC_ACQ_REL) == 0;
}

/*
 * Process context. Returns the parent, whose reference the caller must drop; a loop does, no
 * recursion.
 */
Object *Object::destroy()
{
	Object *above = parent_;

	if (published_) {
		const CallerScope scope(this);

		for (ContextHeader *context = contexts_; context; context = context->next) {
			if (context->destroy)
				context->destroy(this);
		}
	}
	/* All but the first, which is part of the object's own allocation. */
	while (ContextHeader *context = contexts_->next) {
		contexts_->next = context->next;
		netcx_os_free(context);
	}
	contexts_->signature = 0;
	signature_ = 0;
	delete this;
	return above;
}

void Object::release()
{
	Object *object = this;

	while (object && drop(&object->references_)) {
		if (!netcx_os_may_sleep()) {
			object->destroy_later();
			return;
		}
		object = object->destroy();
	}
}

void Object::release_later()
{
	if (drop(&references_))
		destroy_later();
}

void Object::destroy_later()
{
	netcx_driver *reaper = driver;

	netcx_os_spinlock_acquire(reaper->tree_lock);
	next_to_reap_ = reaper->to_reap;
	reaper->to_reap = this;
	netcx_os_spinlock_release(reaper->tree_lock);
	netcx_os_work_enqueue(reaper->reaper);
}

void reap(void *context)
{
	netcx_driver *driver = static_cast<netcx_driver *>(context);

	for (;;) {
		Object *object;

		netcx_os_spinlock_acquire(driver->tree_lock);
		object = driver->to_reap;
		if (object)
			driver->to_reap = object->next_to_reap_;
		netcx_os_spinlock_release(driver->tree_lock);
		if (!object)
			return;
		Object *above = object->destroy();
		if (above)
			above->release();
	}
}

} // namespace netcx

using namespace netcx;

extern "C" {

void WdfObjectReferenceActual(WDFOBJECT Handle, PVOID, LONG, PCSTR)
{
	if (Object *object = any_object(Handle, "WdfObjectReference"))
		object->reference();
}

void WdfObjectDereferenceActual(WDFOBJECT Handle, PVOID, LONG, PCSTR)
{
	if (Object *object = any_object(Handle, "WdfObjectDereference"))
		object->release();
}

void WdfObjectDelete(WDFOBJECT Handle)
{
	Object *object = any_object(Handle, "WdfObjectDelete");
	netcx_driver *driver;

	if (!object || refuse_atomic(object, "WdfObjectDelete"))
		return;
	if (!object->client_may_delete()) {
		refuse(object, STATUS_INVALID_DEVICE_REQUEST,
		       "WdfObjectDelete was given a %s, which netcx deletes itself",
		       object_type_name(object->type()));
		return;
	}
	/* Its interface would have to go. */
	if (object->type() == ObjectType::adapter && refuse_in_interface(object, "WdfObjectDelete"))
		return;
	driver = object->driver;
	begin_client_deletion(driver);
	object->delete_object();
	end_client_deletion(driver);
}

} // extern "C"

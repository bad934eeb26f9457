// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFWORKITEM. */
#include "caller.h"
#include "driver.h"
#include "object.h"

namespace netcx
{

class WorkItem final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::work_item;

	WorkItem() : Object(object_type) {}

	~WorkItem() override
	{
		if (work)
			netcx_os_work_destroy(work);
	}

	void enqueue();
	void flush();

	static void run(void *context);

	WDF_WORKITEM_CONFIG config = {};
	struct netcx_os_work *work = nullptr;

protected:
	void dispose() override;

private:
	bool runs_here() const
	{
		return __atomic_load_n(&thread_, __ATOMIC_RELAXED) == netcx_os_current_thread();
	}

	/* The thread that the callback runs on, NULL while it does not run. */
	void *thread_ = nullptr;
	/*
	 * Both under tree_lock. orphaned_: deleted by its own callback, so dispose() could not
	 * wait.
	 */
	bool disposed_ = false;
	bool orphaned_ = false;
};

void WorkItem::run(void *context)
{
	WorkItem *self = static_cast<WorkItem *>(context);
	netcx_driver *driver = self->driver;
	bool orphaned;

	/*
	 * The callback may delete its own work item; this reference keeps the memory until the end.
	 */
	netcx_os_spinlock_acquire(driver->tree_lock);
	orphaned = self->orphaned_;
	if (!orphaned)
		self->reference();
	netcx_os_spinlock_release(driver->tree_lock);
	if (orphaned)
		return;

	__atomic_store_n(&self->thread_, netcx_os_current_thread(), __ATOMIC_RELAXED);
	{
		const CallerScope scope(self);

		self->config.EvtWorkItemFunc(to_handle<WDFWORKITEM>(self));
	}
	__atomic_store_n(&self->thread_, nullptr, __ATOMIC_RELAXED);
	/* No lock: only this thread, within the callback, can have set it. */
	orphaned = self->orphaned_;
	self->release_later();
	if (orphaned)
		end_client_deletion(driver);
}

void WorkItem::enqueue()
{
	netcx_os_spinlock_acquire(driver->tree_lock);
	if (!disposed_)
		netcx_os_work_enqueue(work);
	netcx_os_spinlock_release(driver->tree_lock);
}

void WorkItem::flush()
{
	if (!runs_here())
		netcx_os_work_flush(work);
}

void WorkItem::dispose()
{
	netcx_os_spinlock_acquire(driver->tree_lock);
	disposed_ = true;
	orphaned_ = runs_here();
	netcx_os_spinlock_release(driver->tree_lock);
	if (orphaned_)
		begin_client_deletion(driver);
	flush();
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfWorkItemCreate(PWDF_WORKITEM_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
			   WDFWORKITEM *Handle)
{
	static const char function[] = "WdfWorkItemCreate";
	Object *parent = nullptr;
	WorkItem *item = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Config || !Handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      Config ? "WorkItem" : "Config");
	status = check_size(nullptr, "WDF_WORKITEM_CONFIG", Config->Size, sizeof(*Config));
	if (!NT_SUCCESS(status))
		return status;
	if (!Config->EvtWorkItemFunc)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "WDF_WORKITEM_CONFIG.EvtWorkItemFunc is NULL, must be set");
	status = check_attributes(function, nullptr, Attributes, ParentRule::required, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, Attributes, parent, &item);
	if (!NT_SUCCESS(status))
		return status;
	item->config = *Config;
	item->work = netcx_os_work_create(WorkItem::run, item);
	if (!item->work) {
		item->release();
		return refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
	}
	return publish_object(function, item, Handle);
}

void WdfWorkItemEnqueue(WDFWORKITEM Handle)
{
	if (WorkItem *item = from_handle<WorkItem>(Handle, "WdfWorkItemEnqueue"))
		item->enqueue();
}

void WdfWorkItemFlush(WDFWORKITEM Handle)
{
	static const char function[] = "WdfWorkItemFlush";
	WorkItem *item = from_handle<WorkItem>(Handle, function);

	if (item && !refuse_atomic(item, function))
		item->flush();
}

WDFOBJECT WdfWorkItemGetParentObject(WDFWORKITEM Handle)
{
	WorkItem *item = from_handle<WorkItem>(Handle, "WdfWorkItemGetParentObject");

	return item ? item->parent() : nullptr;
}

} // extern "C"

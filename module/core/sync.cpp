// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFSPINLOCK and WDFWAITLOCK. */
#include "sync.h"

namespace netcx
{

class WaitLock final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::wait_lock;

	WaitLock() : Object(object_type) {}

	~WaitLock() override
	{
		if (semaphore)
			netcx_os_semaphore_destroy(semaphore);
	}

	struct netcx_os_semaphore *semaphore = nullptr;
};

/* Body of WdfSpinLockCreate() and WdfWaitLockCreate(). */
template <class T>
static NTSTATUS begin_create(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes,
			     const void *handle, T **object)
{
	Object *parent = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: the pointer for the handle is NULL (ParameterCantBeNull)",
			      function);
	status = check_attributes(function, nullptr, attributes, ParentRule::optional, &parent);
	if (!NT_SUCCESS(status))
		return status;
	return create_object(function, attributes, parent, object);
}

template <class T, class Handle>
static NTSTATUS end_create(const char *function, T *object, bool complete, Handle *handle)
{
	if (complete)
		return publish_object(function, object, handle);
	refuse(object, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
	object->release();
	return STATUS_INSUFFICIENT_RESOURCES;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfSpinLockCreate(PWDF_OBJECT_ATTRIBUTES SpinLockAttributes, WDFSPINLOCK *SpinLockHandle)
{
	static const char function[] = "WdfSpinLockCreate";
	SpinLock *object;
	NTSTATUS status = begin_create(function, SpinLockAttributes, SpinLockHandle, &object);

	if (!NT_SUCCESS(status))
		return status;
	object->lock = netcx_os_spinlock_create();
	return end_create(function, object, object->lock, SpinLockHandle);
}

void WdfSpinLockAcquire(WDFSPINLOCK SpinLockHandle)
{
	if (SpinLock *object = from_handle<SpinLock>(SpinLockHandle, "WdfSpinLockAcquire"))
		netcx_os_spinlock_acquire(object->lock);
}

void WdfSpinLockRelease(WDFSPINLOCK SpinLockHandle)
{
	if (SpinLock *object = from_handle<SpinLock>(SpinLockHandle, "WdfSpinLockRelease"))
		netcx_os_spinlock_release(object->lock);
}

NTSTATUS WdfWaitLockCreate(PWDF_OBJECT_ATTRIBUTES LockAttributes, WDFWAITLOCK *Lock)
{
	static const char function[] = "WdfWaitLockCreate";
	WaitLock *object;
	NTSTATUS status = begin_create(function, LockAttributes, Lock, &object);

	if (!NT_SUCCESS(status))
		return status;
	object->semaphore = netcx_os_semaphore_create();
	return end_create(function, object, object->semaphore, Lock);
}

NTSTATUS WdfWaitLockAcquire(WDFWAITLOCK Lock, PLONGLONG Timeout)
{
	static const char function[] = "WdfWaitLockAcquire";
	WaitLock *object = from_handle<WaitLock>(Lock, function);

	if (!object)
		return STATUS_INVALID_HANDLE;
	if (Timeout && *Timeout > 0)
		return refuse(object, STATUS_INVALID_PARAMETER,
			      "%s: the time-out is %lld, must not be positive", function, *Timeout);
	if ((!Timeout || *Timeout) && refuse_atomic(object, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Timeout) {
		netcx_os_semaphore_acquire(object->semaphore);
		return STATUS_SUCCESS;
	}
	/*
	 * 100 ns to microseconds, rounded up. Unsigned, since the smallest LONGLONG has no
	 * negative.
	 */
	const UINT64 microseconds = (0 - static_cast<UINT64>(*Timeout)) / 10 + (*Timeout % 10 != 0);
	return netcx_os_semaphore_acquire_timeout(object->semaphore, microseconds) ? STATUS_SUCCESS
										   : STATUS_TIMEOUT;
}

void WdfWaitLockRelease(WDFWAITLOCK Lock)
{
	if (WaitLock *object = from_handle<WaitLock>(Lock, "WdfWaitLockRelease"))
		netcx_os_semaphore_release(object->semaphore);
}

} // extern "C"

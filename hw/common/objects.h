/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Framework objects that clients create. Each is deleted with its parent; a failure is logged here.
 * Context: process.
 */
#ifndef COMMON_OBJECTS_H
#define COMMON_OBJECTS_H

#include <wdf.h>

namespace common
{

NTSTATUS create_spin_lock(WDFOBJECT parent, WDFSPINLOCK *lock);
NTSTATUS create_wait_lock(WDFOBJECT parent, WDFWAITLOCK *lock);
NTSTATUS create_work_item(WDFOBJECT parent, PFN_WDF_WORKITEM function, WDFWORKITEM *item);
/* @bytes, not zeroed. @what: for the line "no memory for ...". */
NTSTATUS create_memory(WDFOBJECT parent, ULONG pool_tag, SIZE_T bytes, const char *what,
		       WDFMEMORY *memory, void **buffer);
/*
 * A timer without a period; @function is not serialised with the parent's callbacks. @attributes:
 * with the type of its context, if it has one.
 */
NTSTATUS create_timer(PFN_WDF_TIMER function, WDFOBJECT parent, WDF_OBJECT_ATTRIBUTES *attributes,
		      WDFTIMER *timer);

/* Profile: 64-bit scatter/gather DMA, up to @maximum_bytes in a packet. */
NTSTATUS create_dma_enabler(WDFDEVICE device, SIZE_T maximum_bytes, WDFDMAENABLER *enabler);

/* Holds a wait lock while it lives. */
class WaitLockGuard
{
public:
	explicit WaitLockGuard(WDFWAITLOCK held) : lock(held) { WdfWaitLockAcquire(lock, nullptr); }

	~WaitLockGuard() { WdfWaitLockRelease(lock); }

	WaitLockGuard(const WaitLockGuard &) = delete;
	WaitLockGuard &operator=(const WaitLockGuard &) = delete;

private:
	const WDFWAITLOCK lock;
};

} /* namespace common */

#endif /* COMMON_OBJECTS_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Locks. Pages: "Using Framework Locks", wdfsync.h. */
#ifndef NETCX_WDFSYNC_H
#define NETCX_WDFSYNC_H

#include "wdfobject.h"

EXTERN_C_START

/**
 * WdfSpinLockCreate() - creates a spin lock
 * @SpinLockAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @SpinLock: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfSpinLockCreate(PWDF_OBJECT_ATTRIBUTES SpinLockAttributes, WDFSPINLOCK *SpinLock);

/**
 * WdfSpinLockAcquire() - takes a spin lock; the caller then is at DISPATCH_LEVEL
 * @SpinLock: not held by the caller; not shared with an interrupt service routine (for that:
 *	WdfInterruptAcquireLock())
 *
 * Context: process, DISPATCH_LEVEL.
 */
void WdfSpinLockAcquire(WDFSPINLOCK SpinLock);

/**
 * WdfSpinLockRelease() - releases a spin lock
 * @SpinLock: held by the caller
 *
 * Context: DISPATCH_LEVEL.
 */
void WdfSpinLockRelease(WDFSPINLOCK SpinLock);

/**
 * WdfWaitLockCreate() - creates a lock whose holder may sleep
 * @LockAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @Lock: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfWaitLockCreate(PWDF_OBJECT_ATTRIBUTES LockAttributes, WDFWAITLOCK *Lock);

/**
 * WdfWaitLockAcquire() - takes a wait lock
 * @Lock: not held by the caller
 * @Timeout: NULL to wait as long as it takes; else points to a time in units of 100 ns, negative
 *	(use WDF_REL_TIMEOUT_IN_MS()), or to 0 to try only
 *
 * Context: process; with a time of 0 also DISPATCH_LEVEL.
 * Return: STATUS_SUCCESS, or STATUS_TIMEOUT (a success code!) if the lock was not taken.
 */
NTSTATUS WdfWaitLockAcquire(WDFWAITLOCK Lock, PLONGLONG Timeout);

/**
 * WdfWaitLockRelease() - releases a wait lock
 * @Lock: held by the caller
 *
 * Context: process.
 */
void WdfWaitLockRelease(WDFWAITLOCK Lock);

EXTERN_C_END

#endif /* NETCX_WDFSYNC_H */

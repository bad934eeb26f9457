// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The functions that netcx_event.h declares. An event or a push lock is one word, which is changed
 * with atomic instructions; who has to wait for another value of it sleeps, and looks again whenever
 * that word was changed.
 */
#include "log.h"

#include <netcx/ntddk.h>

namespace netcx
{

/* ---- events ---- */

static constexpr UCHAR thread_type = 6;
static constexpr UINT64 units_per_microsecond = 10;

static LONG swap_state(PRKEVENT event, LONG state)
{
	return __atomic_exchange_n(&event->Header.SignalState, state, __ATOMIC_SEQ_CST);
}

/* Condition of a sleep: may who waits for it go on? An event for one of them is reset. */
static BOOLEAN take(void *object)
{
	DISPATCHER_HEADER *header = static_cast<DISPATCHER_HEADER *>(object);
	LONG set = 1;

	if (header->Type == SynchronizationEvent)
		return __atomic_compare_exchange_n(&header->SignalState, &set, 0, false,
						   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return __atomic_load_n(&header->SignalState, __ATOMIC_SEQ_CST) != 0;
}

/* Of a time-out that is not 0. */
static UINT64 microseconds_of(LONGLONG timeout)
{
	UINT64 now, units;

	if (timeout < 0) {
		units = 0 - static_cast<UINT64>(timeout);
	} else {
		LARGE_INTEGER time;

		KeQuerySystemTimePrecise(&time);
		now = static_cast<UINT64>(time.QuadPart);
		units = static_cast<UINT64>(timeout) > now ? static_cast<UINT64>(timeout) - now : 0;
	}
	return units / units_per_microsecond + (units % units_per_microsecond != 0);
}

/* ---- push locks ---- */

static constexpr ULONG_PTR exclusive = ~static_cast<ULONG_PTR>(0);

static BOOLEAN take_exclusive(void *lock)
{
	ULONG_PTR nobody = 0;

	return __atomic_compare_exchange_n(&static_cast<PEX_PUSH_LOCK>(lock)->Value, &nobody,
					   exclusive, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static BOOLEAN take_shared(void *lock)
{
	ULONG_PTR *value = &static_cast<PEX_PUSH_LOCK>(lock)->Value;
	ULONG_PTR readers = __atomic_load_n(value, __ATOMIC_SEQ_CST);

	while (readers < exclusive - 1) {
		if (__atomic_compare_exchange_n(value, &readers, readers + 1, false,
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			return TRUE;
	}
	return FALSE;
}

static void acquire(const char *function, BOOLEAN (*take_lock)(void *), PEX_PUSH_LOCK lock)
{
	if (!lock) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: PushLock is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (!refuse_atomic(nullptr, function) && !take_lock(lock))
		netcx_os_sleep_until(take_lock, lock, NETCX_OS_FOR_EVER);
}

static void refuse_release(const char *function, const char *how)
{
	refuse(nullptr, STATUS_INVALID_DEVICE_STATE, "%s: PushLock is not held%s", function, how);
}

} // namespace netcx

using namespace netcx;

extern "C" {

void KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State)
{
	RtlZeroMemory(Event, sizeof(*Event));
	Event->Header.Type =
		Type == SynchronizationEvent ? SynchronizationEvent : NotificationEvent;
	Event->Header.Size = sizeof(*Event) / sizeof(ULONG);
	Event->Header.SignalState = State ? 1 : 0;
	InitializeListHead(&Event->Header.WaitListHead);
}

LONG KeSetEvent(PRKEVENT Event, KPRIORITY, BOOLEAN)
{
	const LONG before = swap_state(Event, 1);

	if (!before)
		netcx_os_wake_sleepers(Event);
	return before;
}

LONG KeResetEvent(PRKEVENT Event)
{
	return swap_state(Event, 0);
}

void KeClearEvent(PRKEVENT Event)
{
	swap_state(Event, 0);
}

LONG KeReadStateEvent(PRKEVENT Event)
{
	return __atomic_load_n(&Event->Header.SignalState, __ATOMIC_SEQ_CST);
}

NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON, KPROCESSOR_MODE, BOOLEAN,
			       PLARGE_INTEGER Timeout)
{
	static const char function[] = "KeWaitForSingleObject";
	const DISPATCHER_HEADER *header = static_cast<const DISPATCHER_HEADER *>(Object);

	if (!header)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: Object is NULL (ParameterCantBeNull)", function);
	if (header->Type > SynchronizationEvent && header->Type != thread_type)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: Object is neither an event nor a thread", function);
	if (Timeout && !Timeout->QuadPart)
		return take(Object) ? STATUS_SUCCESS : STATUS_TIMEOUT;
	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	return netcx_os_sleep_until(take, Object,
				    Timeout ? microseconds_of(Timeout->QuadPart)
					    : NETCX_OS_FOR_EVER)
		       ? STATUS_SUCCESS
		       : STATUS_TIMEOUT;
}

void ExInitializePushLock(PEX_PUSH_LOCK PushLock)
{
	PushLock->Value = 0;
}

void ExAcquirePushLockExclusive(PEX_PUSH_LOCK PushLock)
{
	acquire("ExAcquirePushLockExclusive", take_exclusive, PushLock);
}

void ExAcquirePushLockShared(PEX_PUSH_LOCK PushLock)
{
	acquire("ExAcquirePushLockShared", take_shared, PushLock);
}

void ExReleasePushLockExclusive(PEX_PUSH_LOCK PushLock)
{
	ULONG_PTR held = exclusive;

	if (__atomic_compare_exchange_n(&PushLock->Value, &held, 0, false, __ATOMIC_SEQ_CST,
					__ATOMIC_SEQ_CST))
		netcx_os_wake_sleepers(PushLock);
	else
		refuse_release("ExReleasePushLockExclusive", " exclusively");
}

void ExReleasePushLockShared(PEX_PUSH_LOCK PushLock)
{
	ULONG_PTR readers = __atomic_load_n(&PushLock->Value, __ATOMIC_SEQ_CST);

	do {
		if (!readers || readers == exclusive) {
			refuse_release("ExReleasePushLockShared", " shared");
			return;
		}
	} while (!__atomic_compare_exchange_n(&PushLock->Value, &readers, readers - 1, false,
					      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
	if (readers == 1)
		netcx_os_wake_sleepers(PushLock);
}

} // extern "C"

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a driver keeps in memory of its own, waits for and takes: events and push locks. Nothing has
 * to be freed; whoever may still use one must be done before its memory is.
 *
 * Pages: "Event objects", "Push locks" and the page of each function.
 */
#ifndef NETCX_EVENT_H
#define NETCX_EVENT_H

#include "netcx_list.h"
#include "ntdef.h"

/* A priority, or what is added to that of who waits; nothing comes of it here. */
typedef LONG KPRIORITY;

#define IO_NO_INCREMENT	     0
#define EVENT_INCREMENT	     1
#define IO_NETWORK_INCREMENT 2

/*
 * Notification: all who wait go on, until it is reset. Synchronization: one goes on, and resets it.
 */
typedef enum _EVENT_TYPE NETCX_INT_ENUM { NotificationEvent, SynchronizationEvent } EVENT_TYPE;

/* Why somebody waits; nobody asks here. */
typedef enum _KWAIT_REASON NETCX_INT_ENUM {
	Executive,
	FreePage,
	PageIn,
	PoolAllocation,
	DelayExecution,
	Suspended,
	UserRequest,
	WrExecutive
} KWAIT_REASON;

/**
 * struct _DISPATCHER_HEADER - the beginning of all that can be waited for; use the functions below
 * @Type: an EVENT_TYPE, or 6 for a thread
 * @Signalling: 0
 * @Size: in units of four bytes
 * @Reserved1: 0
 * @SignalState: 1 if who waits may go on
 * @WaitListHead: empty
 */
typedef struct _DISPATCHER_HEADER {
	UCHAR Type;
	UCHAR Signalling;
	UCHAR Size;
	UCHAR Reserved1;
	LONG SignalState;
	LIST_ENTRY WaitListHead;
} DISPATCHER_HEADER, *PDISPATCHER_HEADER;

/* An event; use the functions below. */
typedef struct _KEVENT {
	DISPATCHER_HEADER Header;
} KEVENT, *PKEVENT, *PRKEVENT;

NETCX_STATIC_ASSERT(sizeof(KEVENT) == 24, "KEVENT size");

/* A push lock; use the functions below. */
typedef struct _EX_PUSH_LOCK {
	ULONG_PTR Value;
} EX_PUSH_LOCK, *PEX_PUSH_LOCK;

NETCX_STATIC_ASSERT(sizeof(EX_PUSH_LOCK) == sizeof(PVOID), "EX_PUSH_LOCK size");

EXTERN_C_START

/**
 * KeInitializeEvent() - makes an event of a piece of memory
 * @Event: the memory
 * @Type: see the enumeration; another one is NotificationEvent
 * @State: TRUE: it is set
 *
 * Context: any.
 */
void KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State);

/**
 * KeSetEvent() - lets who waits for it go on
 * @Event: KeInitializeEvent()'s
 * @Increment: ignored
 * @Wait: ignored
 *
 * Context: any.
 * Return: 0 if it was not set before, else another number.
 */
LONG KeSetEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait);

/**
 * KeResetEvent() - makes who comes from now on wait
 * @Event: KeInitializeEvent()'s
 *
 * Context: any.
 * Return: as KeSetEvent()
 */
LONG KeResetEvent(PRKEVENT Event);

/**
 * KeClearEvent() - the same, and nobody cares whether it was set
 * @Event: KeInitializeEvent()'s
 *
 * Context: any.
 */
void KeClearEvent(PRKEVENT Event);

/**
 * KeReadStateEvent() - looks at an event
 * @Event: KeInitializeEvent()'s
 *
 * Context: any.
 * Return: 0 if it is not set, else another number.
 */
LONG KeReadStateEvent(PRKEVENT Event);

/**
 * KeWaitForSingleObject() - waits for an event, or for the end of a thread
 * @Object: an event, or a thread (netcx_thread.h)
 * @WaitReason: ignored
 * @WaitMode: ignored
 * @Alertable: ignored: nothing but the event, and time, ends it
 * @Timeout: NULL: for ever; negative: so long, in units of 100 ns; 0: it only looks; positive:
 * until
 *	then, in KeQuerySystemTime()'s time
 *
 * Context: process; any, if it only looks.
 * Return: STATUS_SUCCESS; STATUS_TIMEOUT, which NT_SUCCESS() takes for success as well;
 * STATUS_INVALID_PARAMETER for NULL; STATUS_INVALID_DEVICE_STATE where nobody may wait.
 */
NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
			       BOOLEAN Alertable, PLARGE_INTEGER Timeout);

/**
 * ExInitializePushLock() - makes a push lock of a piece of memory: a lock that sleeps, for one
 * writer or many readers
 * @PushLock: the memory
 *
 * Context: any.
 */
void ExInitializePushLock(PEX_PUSH_LOCK PushLock);

/**
 * ExAcquirePushLockExclusive() - waits until nobody else has it
 * @PushLock: ExInitializePushLock()'s; not held by the caller
 *
 * Context: process, between KeEnterCriticalRegion() and KeLeaveCriticalRegion() on Windows.
 */
void ExAcquirePushLockExclusive(PEX_PUSH_LOCK PushLock);

/**
 * ExAcquirePushLockShared() - waits until nobody has it exclusively
 * @PushLock: ExInitializePushLock()'s
 *
 * Readers who come while a writer waits go before it.
 *
 * Context: as ExAcquirePushLockExclusive().
 */
void ExAcquirePushLockShared(PEX_PUSH_LOCK PushLock);

/**
 * ExReleasePushLockExclusive() - lets others have it
 * @PushLock: held exclusively; of one that is not, nothing is released, which is logged
 *
 * Context: process.
 */
void ExReleasePushLockExclusive(PEX_PUSH_LOCK PushLock);

/**
 * ExReleasePushLockShared() - lets others have it, when it was the last one
 * @PushLock: held shared; of one that is not, nothing is released, which is logged
 *
 * Context: process.
 */
void ExReleasePushLockShared(PEX_PUSH_LOCK PushLock);

/*
 * Asynchronous procedure calls, which these keep away, do not come to drivers here. Context:
 * process.
 */
NETCX_INLINE void KeEnterCriticalRegion(void)
{
}

NETCX_INLINE void KeLeaveCriticalRegion(void)
{
}

EXTERN_C_END

#endif /* NETCX_EVENT_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Timers. Pages: "Using Timers", "WDF_TIMER_CONFIG structure (wdftimer.h)". */
#ifndef NETCX_WDFTIMER_H
#define NETCX_WDFTIMER_H

#include "wdfobject.h"

/* The timer has expired. DISPATCH_LEVEL: to sleep, enqueue a work item. Never overlaps itself. */
typedef void EVT_WDF_TIMER(WDFTIMER Timer);
typedef EVT_WDF_TIMER *PFN_WDF_TIMER;

/**
 * struct _WDF_TIMER_CONFIG - describes a timer to be created
 * @Size: sizeof this structure
 * @EvtTimerFunc: required
 * @Period: milliseconds between calls; 0 for one call per WdfTimerStart()
 * @AutomaticSerialization: ignored; a timer's callback never overlaps itself
 * @TolerableDelay: milliseconds by which a call may be late, to save power; ignored
 * @UseHighResolutionTimer: finer than the system tick; ignored
 */
typedef struct _WDF_TIMER_CONFIG {
	ULONG Size;
	PFN_WDF_TIMER EvtTimerFunc;
	ULONG Period;
	BOOLEAN AutomaticSerialization;
	ULONG TolerableDelay;
	DECLSPEC_ALIGN(8) BOOLEAN UseHighResolutionTimer;
} WDF_TIMER_CONFIG, *PWDF_TIMER_CONFIG;

NETCX_STATIC_ASSERT(sizeof(WDF_TIMER_CONFIG) == 40, "WDF_TIMER_CONFIG size");

/**
 * WDF_TIMER_CONFIG_INIT() - a timer that fires once per start
 * @Config: is overwritten
 * @EvtTimerFunc: see the type
 */
NETCX_INLINE void WDF_TIMER_CONFIG_INIT(PWDF_TIMER_CONFIG Config, PFN_WDF_TIMER EvtTimerFunc)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->EvtTimerFunc = EvtTimerFunc;
	Config->AutomaticSerialization = TRUE;
}

/**
 * WDF_TIMER_CONFIG_INIT_PERIODIC() - a timer that fires until it is stopped
 * @Config: is overwritten
 * @EvtTimerFunc: see the type
 * @Period: milliseconds, more than 0
 */
NETCX_INLINE void WDF_TIMER_CONFIG_INIT_PERIODIC(PWDF_TIMER_CONFIG Config,
						 PFN_WDF_TIMER EvtTimerFunc, LONG Period)
{
	WDF_TIMER_CONFIG_INIT(Config, EvtTimerFunc);
	Config->Period = (ULONG)Period;
}

EXTERN_C_START

/**
 * WdfTimerCreate() - creates a timer; it does not run yet
 * @Config: copied
 * @Attributes: ParentObject must be set to the device or an object below it
 * @Timer: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_NOT_SUPPORTED for
 * WdfExecutionLevelPassive; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfTimerCreate(PWDF_TIMER_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
			WDFTIMER *Timer);

/**
 * WdfTimerStart() - starts the timer, or sets it to a new time if it runs
 * @Timer: a timer
 * @DueTime: when to fire first: negative, from now, in units of 100 ns; else at once, since there
 *	is no system time to wait for here
 *
 * If this or WdfTimerStop() races with the timer's expiry: after WdfTimerStart() EvtTimerFunc is
 * called for the expired time and for the new one; after WdfTimerStop() it is not called.
 *
 * Context: any but an interrupt service routine.
 * Return: TRUE if it ran already.
 */
BOOLEAN WdfTimerStart(WDFTIMER Timer, LONGLONG DueTime);

/**
 * WdfTimerStop() - stops the timer
 * @Timer: a timer
 * @Wait: TRUE to return only when its callback does not run (any more)
 *
 * Context: any but an interrupt service routine; with @Wait: process, not the timer's callback.
 * Return: TRUE if it was waiting to fire.
 */
BOOLEAN WdfTimerStop(WDFTIMER Timer, BOOLEAN Wait);

/**
 * WdfTimerGetParentObject() - the parent of a timer
 * @Timer: a timer
 *
 * Context: any.
 * Return: the parent.
 */
WDFOBJECT WdfTimerGetParentObject(WDFTIMER Timer);

EXTERN_C_END

#endif /* NETCX_WDFTIMER_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Work items: functions that run in process context, soon after any context asked for it.
 *
 * Page: "Using Framework Work Items".
 */
#ifndef NETCX_WDFWORKITEM_H
#define NETCX_WDFWORKITEM_H

#include "wdfobject.h"

/* Process context; may sleep. Never overlaps itself. */
typedef void EVT_WDF_WORKITEM(WDFWORKITEM WorkItem);
typedef EVT_WDF_WORKITEM *PFN_WDF_WORKITEM;

/**
 * struct _WDF_WORKITEM_CONFIG - describes a work item to be created
 * @Size: sizeof this structure
 * @EvtWorkItemFunc: required
 * @AutomaticSerialization: ignored
 */
typedef struct _WDF_WORKITEM_CONFIG {
	ULONG Size;
	PFN_WDF_WORKITEM EvtWorkItemFunc;
	BOOLEAN AutomaticSerialization;
} WDF_WORKITEM_CONFIG, *PWDF_WORKITEM_CONFIG;

NETCX_STATIC_ASSERT(sizeof(WDF_WORKITEM_CONFIG) == 24, "WDF_WORKITEM_CONFIG size");

/**
 * WDF_WORKITEM_CONFIG_INIT() - a work item
 * @Config: is overwritten
 * @EvtWorkItemFunc: see the type
 */
NETCX_INLINE void WDF_WORKITEM_CONFIG_INIT(PWDF_WORKITEM_CONFIG Config,
					   PFN_WDF_WORKITEM EvtWorkItemFunc)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->EvtWorkItemFunc = EvtWorkItemFunc;
	Config->AutomaticSerialization = TRUE;
}

EXTERN_C_START

/**
 * WdfWorkItemCreate() - creates a work item
 * @Config: copied
 * @Attributes: ParentObject must be set to the device or an object below it
 * @WorkItem: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_INVALID_PARAMETER;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfWorkItemCreate(PWDF_WORKITEM_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
			   WDFWORKITEM *WorkItem);

/**
 * WdfWorkItemEnqueue() - schedules the callback; has no effect if it is scheduled and has not begun
 * @WorkItem: a work item
 *
 * Context: any but an interrupt service routine.
 */
void WdfWorkItemEnqueue(WDFWORKITEM WorkItem);

/**
 * WdfWorkItemFlush() - waits until the callback is neither scheduled nor running
 * @WorkItem: a work item
 *
 * Context: process, not the work item's callback.
 */
void WdfWorkItemFlush(WDFWORKITEM WorkItem);

/**
 * WdfWorkItemGetParentObject() - the parent of a work item
 * @WorkItem: a work item
 *
 * Context: any.
 * Return: the parent.
 */
WDFOBJECT WdfWorkItemGetParentObject(WDFWORKITEM WorkItem);

EXTERN_C_END

#endif /* NETCX_WDFWORKITEM_H */

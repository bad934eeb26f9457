/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The device object: plug and play, power. One PCI function is one device.
 *
 * Order of callbacks. Up: EvtDriverDeviceAdd, PrepareHardware, D0Entry, EvtInterruptEnable of each
 * interrupt, D0EntryPostInterruptsEnabled, [queues of started adapters], SelfManagedIoInit (first
 * time) or SelfManagedIoRestart. Down: SelfManagedIoSuspend, [queues cancelled, stopped,
 * destroyed], D0ExitPreInterruptsDisabled, EvtInterruptDisable, D0Exit; and on removal
 * ReleaseHardware, SelfManagedIoFlush, SelfManagedIoCleanup. SurpriseRemoval comes before all of
 * that when the device is gone already.
 *
 * Pages: "PnP and Power Management Scenarios", "WDF_PNPPOWER_EVENT_CALLBACKS structure
 * (wdfdevice.h)".
 */
#ifndef NETCX_WDFDEVICE_H
#define NETCX_WDFDEVICE_H

#include "wdfobject.h"
#include "wdfresource.h"

typedef enum _WDF_POWER_DEVICE_STATE NETCX_INT_ENUM {
	WdfPowerDeviceInvalid = 0,
	WdfPowerDeviceD0,
	WdfPowerDeviceD1,
	WdfPowerDeviceD2,
	WdfPowerDeviceD3,
	WdfPowerDeviceD3Final,
	WdfPowerDevicePrepareForHibernation,
	WdfPowerDeviceMaximum
} WDF_POWER_DEVICE_STATE,
	*PWDF_POWER_DEVICE_STATE;

typedef enum _WDF_SPECIAL_FILE_TYPE NETCX_INT_ENUM {
	WdfSpecialFileUndefined = 0,
	WdfSpecialFilePaging = 1,
	WdfSpecialFileHibernation,
	WdfSpecialFileDump,
	WdfSpecialFileBoot,
	WdfSpecialFileMax
} WDF_SPECIAL_FILE_TYPE,
	*PWDF_SPECIAL_FILE_TYPE;

typedef enum _WDF_DEVICE_FAILED_ACTION NETCX_INT_ENUM {
	WdfDeviceFailedUndefined = 0,
	WdfDeviceFailedAttemptRestart,
	WdfDeviceFailedNoRestart
} WDF_DEVICE_FAILED_ACTION;

/**
 * struct _WDF_DEVICE_STATE - what the driver says of its device, WdfTrue, WdfFalse or WdfUseDefault each
 * @Size: sizeof this structure
 * @Disabled: it is disabled; only noted
 * @DontDisplayInUI: it is not to be shown; only noted
 * @Failed: it is there, but has failed: with WdfTrue it is unbound from its driver
 * @NotDisableable: it cannot be disabled; only noted, the user may unbind it all the same
 * @Removed: it has been removed: as @Failed
 * @ResourcesChanged: it wants other resources; only noted
 * @AssignedToGuest: a virtual machine has it; only noted
 */
typedef struct _WDF_DEVICE_STATE {
	ULONG Size;
	WDF_TRI_STATE Disabled;
	WDF_TRI_STATE DontDisplayInUI;
	WDF_TRI_STATE Failed;
	WDF_TRI_STATE NotDisableable;
	WDF_TRI_STATE Removed;
	WDF_TRI_STATE ResourcesChanged;
	WDF_TRI_STATE AssignedToGuest;
} WDF_DEVICE_STATE, *PWDF_DEVICE_STATE;

NETCX_STATIC_ASSERT(sizeof(WDF_DEVICE_STATE) == 32, "WDF_DEVICE_STATE size");

/**
 * WDF_DEVICE_STATE_INIT() - nothing is said
 * @PnpDeviceState: is overwritten
 */
NETCX_INLINE void WDF_DEVICE_STATE_INIT(PWDF_DEVICE_STATE PnpDeviceState)
{
	RtlZeroMemory(PnpDeviceState, sizeof(*PnpDeviceState));
	PnpDeviceState->Size = sizeof(*PnpDeviceState);
	PnpDeviceState->Disabled = WdfUseDefault;
	PnpDeviceState->DontDisplayInUI = WdfUseDefault;
	PnpDeviceState->Failed = WdfUseDefault;
	PnpDeviceState->NotDisableable = WdfUseDefault;
	PnpDeviceState->Removed = WdfUseDefault;
	PnpDeviceState->ResourcesChanged = WdfUseDefault;
	PnpDeviceState->AssignedToGuest = WdfUseDefault;
}

/* All callbacks of this header are called in process context, one at a time for a device. */

/* Map registers, find out what the device is, set the adapter up. A failure fails probe. */
typedef NTSTATUS EVT_WDF_DEVICE_PREPARE_HARDWARE(WDFDEVICE Device, WDFCMRESLIST ResourcesRaw,
						 WDFCMRESLIST ResourcesTranslated);
typedef EVT_WDF_DEVICE_PREPARE_HARDWARE *PFN_WDF_DEVICE_PREPARE_HARDWARE;

/* Undo EvtDevicePrepareHardware; called after it failed, too. */
typedef NTSTATUS EVT_WDF_DEVICE_RELEASE_HARDWARE(WDFDEVICE Device,
						 WDFCMRESLIST ResourcesTranslated);
typedef EVT_WDF_DEVICE_RELEASE_HARDWARE *PFN_WDF_DEVICE_RELEASE_HARDWARE;

/*
 * Bring the device up from whatever state it is in, with interrupts masked. PreviousState is
 * WdfPowerDeviceD3Final the first time. Called again after a D0Exit to recover a stuck device.
 */
typedef NTSTATUS EVT_WDF_DEVICE_D0_ENTRY(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState);
typedef EVT_WDF_DEVICE_D0_ENTRY *PFN_WDF_DEVICE_D0_ENTRY;

/* As above, but interrupts are connected and enabled. */
typedef NTSTATUS
EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED(WDFDEVICE Device,
						WDF_POWER_DEVICE_STATE PreviousState);
typedef EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED
	*PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED;

/* Stop the device: no DMA, no interrupts after this. WdfPowerDeviceD3Final when it is removed. */
typedef NTSTATUS EVT_WDF_DEVICE_D0_EXIT(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState);
typedef EVT_WDF_DEVICE_D0_EXIT *PFN_WDF_DEVICE_D0_EXIT;

/* As above, but interrupts are still connected and enabled. */
typedef NTSTATUS EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED(WDFDEVICE Device,
								WDF_POWER_DEVICE_STATE TargetState);
typedef EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED
	*PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED;

/*
 * Self-managed I/O: work of the driver's own that follows the device's power state. Flush and Cleanup
 * come after an Init that failed, too.
 */
typedef NTSTATUS EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT *PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT;
typedef NTSTATUS EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND *PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND;
typedef NTSTATUS EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART *PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART;
typedef void EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH *PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH;
typedef void EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP *PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP;

/* The device is gone: registers read as all ones, do not wait for it. */
typedef void EVT_WDF_DEVICE_SURPRISE_REMOVAL(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SURPRISE_REMOVAL *PFN_WDF_DEVICE_SURPRISE_REMOVAL;

/* These exist on Windows; Linux has no such questions, and they are never called. */
typedef NTSTATUS EVT_WDF_DEVICE_QUERY_REMOVE(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_QUERY_REMOVE *PFN_WDF_DEVICE_QUERY_REMOVE;
typedef NTSTATUS EVT_WDF_DEVICE_QUERY_STOP(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_QUERY_STOP *PFN_WDF_DEVICE_QUERY_STOP;
typedef void EVT_WDF_DEVICE_USAGE_NOTIFICATION(WDFDEVICE Device,
					       WDF_SPECIAL_FILE_TYPE NotificationType,
					       BOOLEAN IsInNotificationPath);
typedef EVT_WDF_DEVICE_USAGE_NOTIFICATION *PFN_WDF_DEVICE_USAGE_NOTIFICATION;
typedef NTSTATUS EVT_WDF_DEVICE_USAGE_NOTIFICATION_EX(WDFDEVICE Device,
						      WDF_SPECIAL_FILE_TYPE NotificationType,
						      BOOLEAN IsInNotificationPath);
typedef EVT_WDF_DEVICE_USAGE_NOTIFICATION_EX *PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX;
typedef void EVT_WDF_DEVICE_RELATIONS_QUERY(WDFDEVICE Device, DEVICE_RELATION_TYPE RelationType);
typedef EVT_WDF_DEVICE_RELATIONS_QUERY *PFN_WDF_DEVICE_RELATIONS_QUERY;

/**
 * struct _WDF_PNPPOWER_EVENT_CALLBACKS - a device's callbacks; all are optional
 * @Size: sizeof this structure
 * @EvtDeviceD0Entry: see the type; so for all others
 * @EvtDeviceD0EntryPostInterruptsEnabled: -
 * @EvtDeviceD0Exit: -
 * @EvtDeviceD0ExitPreInterruptsDisabled: -
 * @EvtDevicePrepareHardware: -
 * @EvtDeviceReleaseHardware: -
 * @EvtDeviceSelfManagedIoCleanup: -
 * @EvtDeviceSelfManagedIoFlush: -
 * @EvtDeviceSelfManagedIoInit: -
 * @EvtDeviceSelfManagedIoSuspend: -
 * @EvtDeviceSelfManagedIoRestart: -
 * @EvtDeviceSurpriseRemoval: -
 * @EvtDeviceQueryRemove: never called
 * @EvtDeviceQueryStop: never called
 * @EvtDeviceUsageNotification: never called
 * @EvtDeviceRelationsQuery: never called
 * @EvtDeviceUsageNotificationEx: never called
 */
typedef struct _WDF_PNPPOWER_EVENT_CALLBACKS {
	ULONG Size;
	PFN_WDF_DEVICE_D0_ENTRY EvtDeviceD0Entry;
	PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED EvtDeviceD0EntryPostInterruptsEnabled;
	PFN_WDF_DEVICE_D0_EXIT EvtDeviceD0Exit;
	PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED EvtDeviceD0ExitPreInterruptsDisabled;
	PFN_WDF_DEVICE_PREPARE_HARDWARE EvtDevicePrepareHardware;
	PFN_WDF_DEVICE_RELEASE_HARDWARE EvtDeviceReleaseHardware;
	PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP EvtDeviceSelfManagedIoCleanup;
	PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH EvtDeviceSelfManagedIoFlush;
	PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtDeviceSelfManagedIoInit;
	PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND EvtDeviceSelfManagedIoSuspend;
	PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART EvtDeviceSelfManagedIoRestart;
	PFN_WDF_DEVICE_SURPRISE_REMOVAL EvtDeviceSurpriseRemoval;
	PFN_WDF_DEVICE_QUERY_REMOVE EvtDeviceQueryRemove;
	PFN_WDF_DEVICE_QUERY_STOP EvtDeviceQueryStop;
	PFN_WDF_DEVICE_USAGE_NOTIFICATION EvtDeviceUsageNotification;
	PFN_WDF_DEVICE_RELATIONS_QUERY EvtDeviceRelationsQuery;
	PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX EvtDeviceUsageNotificationEx;
} WDF_PNPPOWER_EVENT_CALLBACKS, *PWDF_PNPPOWER_EVENT_CALLBACKS;

NETCX_STATIC_ASSERT(sizeof(WDF_PNPPOWER_EVENT_CALLBACKS) == 144, "PnP and power callbacks size");

/**
 * WDF_PNPPOWER_EVENT_CALLBACKS_INIT() - no callback is set
 * @Callbacks: is overwritten
 */
NETCX_INLINE void WDF_PNPPOWER_EVENT_CALLBACKS_INIT(PWDF_PNPPOWER_EVENT_CALLBACKS Callbacks)
{
	RtlZeroMemory(Callbacks, sizeof(*Callbacks));
	Callbacks->Size = sizeof(*Callbacks);
}

EXTERN_C_START

/**
 * WdfDeviceInitSetPnpPowerEventCallbacks() - sets the callbacks of the device to be created
 * @DeviceInit: EvtDriverDeviceAdd's
 * @PnpPowerEventCallbacks: copied; a wrong Size makes WdfDeviceCreate() fail
 *
 * Context: process.
 */
void WdfDeviceInitSetPnpPowerEventCallbacks(PWDFDEVICE_INIT DeviceInit,
					    PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks);

/**
 * WdfDeviceCreate() - creates the device object; once, from EvtDriverDeviceAdd
 * @DeviceInit: EvtDriverDeviceAdd's; *@DeviceInit is set to NULL on success
 * @DeviceAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @Device: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfDeviceCreate(PWDFDEVICE_INIT *DeviceInit, PWDF_OBJECT_ATTRIBUTES DeviceAttributes,
			 WDFDEVICE *Device);

/**
 * WdfDeviceGetDriver() - the driver object of a device
 * @Device: a device
 *
 * Context: any.
 * Return: the driver.
 */
WDFDRIVER WdfDeviceGetDriver(WDFDEVICE Device);

/**
 * WdfDeviceSetAlignmentRequirement() - least alignment of the device's DMA buffers
 * @Device: a device
 * @AlignmentRequirement: a FILE_*_ALIGNMENT: the alignment less one. Common buffers that are
 *	created later have at least this.
 *
 * Context: process.
 */
void WdfDeviceSetAlignmentRequirement(WDFDEVICE Device, ULONG AlignmentRequirement);

/**
 * WdfDeviceSetFailed() - the driver gives its device up
 * @Device: a device
 * @FailedAction: either; here both mean that the device is unbound from its driver, once this has
 *	returned, and stays so until somebody binds it again (sysfs)
 *
 * Context: any but an interrupt service routine.
 */
void WdfDeviceSetFailed(WDFDEVICE Device, WDF_DEVICE_FAILED_ACTION FailedAction);

/**
 * WdfDeviceSetDeviceState() - what the driver says of its device
 * @Device: a device
 * @DeviceState: copied; members that are WdfUseDefault stay as they were. A wrong Size is a line in the log.
 *
 * Context: any but an interrupt service routine.
 */
void WdfDeviceSetDeviceState(WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState);

/**
 * WdfDeviceGetDeviceState() - what the driver has said of its device
 * @Device: a device
 * @DeviceState: its Size is set; receives all other members
 *
 * Context: any.
 */
void WdfDeviceGetDeviceState(WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState);

/**
 * WdfDeviceWdmGetPhysicalDevice() - WDM's name of the device on its bus
 * @Device: a device
 *
 * Nothing here takes or has a DEVICE_OBJECT: what is returned is good for comparing, as long as the
 * device. WdfDeviceWdmGetDeviceObject() and WdfDeviceWdmGetAttachedDevice() return the same.
 *
 * Context: any.
 * Return: not NULL.
 */
PDEVICE_OBJECT WdfDeviceWdmGetPhysicalDevice(WDFDEVICE Device);
PDEVICE_OBJECT WdfDeviceWdmGetDeviceObject(WDFDEVICE Device);
PDEVICE_OBJECT WdfDeviceWdmGetAttachedDevice(WDFDEVICE Device);

EXTERN_C_END

#endif /* NETCX_WDFDEVICE_H */

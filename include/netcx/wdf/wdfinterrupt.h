/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Interrupts. Each WDFINTERRUPT is one message (MSI, MSI-X) or the line. It is connected after
 * EvtDeviceD0Entry and disconnected before EvtDeviceD0Exit.
 *
 * Pages: "Creating an Interrupt Object", "WDF_INTERRUPT_CONFIG structure (wdfinterrupt.h)",
 * "WDF_INTERRUPT_INFO structure (wdfinterrupt.h)".
 */
#ifndef NETCX_WDFINTERRUPT_H
#define NETCX_WDFINTERRUPT_H

#include "wdfobject.h"

/*
 * Interrupt service routine: hard interrupt context, under the interrupt's lock. MessageID is the
 * message's number, 0 for a line. Returns whether it was this device's.
 */
typedef BOOLEAN EVT_WDF_INTERRUPT_ISR(WDFINTERRUPT Interrupt, ULONG MessageID);
typedef EVT_WDF_INTERRUPT_ISR *PFN_WDF_INTERRUPT_ISR;

/*
 * Runs after WdfInterruptQueueDpcForIsr(), at DISPATCH_LEVEL without the interrupt's lock; never
 * overlaps itself. AssociatedObject is the device.
 */
typedef void EVT_WDF_INTERRUPT_DPC(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject);
typedef EVT_WDF_INTERRUPT_DPC *PFN_WDF_INTERRUPT_DPC;

/* Windows' DPC that may sleep. Not supported: queue a work item from the DPC. */
typedef void EVT_WDF_INTERRUPT_WORKITEM(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject);
typedef EVT_WDF_INTERRUPT_WORKITEM *PFN_WDF_INTERRUPT_WORKITEM;

/* Unmask the interrupt in the device; it is connected. With interrupts off, under the lock. */
typedef NTSTATUS EVT_WDF_INTERRUPT_ENABLE(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice);
typedef EVT_WDF_INTERRUPT_ENABLE *PFN_WDF_INTERRUPT_ENABLE;

/* Mask the interrupt in the device; it is still connected. With interrupts off, under the lock. */
typedef NTSTATUS EVT_WDF_INTERRUPT_DISABLE(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice);
typedef EVT_WDF_INTERRUPT_DISABLE *PFN_WDF_INTERRUPT_DISABLE;

/* See WdfInterruptSynchronize(). With interrupts off, under the lock. */
typedef BOOLEAN EVT_WDF_INTERRUPT_SYNCHRONIZE(WDFINTERRUPT Interrupt, WDFCONTEXT Context);
typedef EVT_WDF_INTERRUPT_SYNCHRONIZE *PFN_WDF_INTERRUPT_SYNCHRONIZE;

typedef enum _WDF_INTERRUPT_POLARITY NETCX_INT_ENUM {
	WdfInterruptPolarityUnknown = 0,
	WdfInterruptActiveHigh,
	WdfInterruptActiveLow
} WDF_INTERRUPT_POLARITY,
	*PWDF_INTERRUPT_POLARITY;

/**
 * struct _WDF_INTERRUPT_CONFIG - describes an interrupt to be created
 * @Size: sizeof this structure
 * @SpinLock: a lock to use as the interrupt's; NULL for one of its own
 * @ShareVector: ignored: lines are shared, messages are not
 * @FloatingSave: ignored
 * @AutomaticSerialization: ignored
 * @EvtInterruptIsr: required
 * @EvtInterruptDpc: required if WdfInterruptQueueDpcForIsr() is called
 * @EvtInterruptEnable: optional
 * @EvtInterruptDisable: optional
 * @EvtInterruptWorkItem: must be NULL
 * @InterruptRaw: the descriptor in the raw resource list, with @InterruptTranslated
 * @InterruptTranslated: the descriptor in the translated list; NULL for the next unused one
 * @WaitLock: must be NULL
 * @PassiveHandling: must be FALSE
 * @ReportInactiveOnPowerDown: ignored
 * @CanWakeDevice: ignored
 */
typedef struct _WDF_INTERRUPT_CONFIG {
	ULONG Size;
	WDFSPINLOCK SpinLock;
	WDF_TRI_STATE ShareVector;
	BOOLEAN FloatingSave;
	BOOLEAN AutomaticSerialization;
	PFN_WDF_INTERRUPT_ISR EvtInterruptIsr;
	PFN_WDF_INTERRUPT_DPC EvtInterruptDpc;
	PFN_WDF_INTERRUPT_ENABLE EvtInterruptEnable;
	PFN_WDF_INTERRUPT_DISABLE EvtInterruptDisable;
	PFN_WDF_INTERRUPT_WORKITEM EvtInterruptWorkItem;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR InterruptRaw;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR InterruptTranslated;
	WDFWAITLOCK WaitLock;
	BOOLEAN PassiveHandling;
	WDF_TRI_STATE ReportInactiveOnPowerDown;
	BOOLEAN CanWakeDevice;
} WDF_INTERRUPT_CONFIG, *PWDF_INTERRUPT_CONFIG;

NETCX_STATIC_ASSERT(sizeof(WDF_INTERRUPT_CONFIG) == 104, "WDF_INTERRUPT_CONFIG size");

/**
 * WDF_INTERRUPT_CONFIG_INIT() - an interrupt on the next unused descriptor
 * @Configuration: is overwritten
 * @EvtInterruptIsr: see the type
 * @EvtInterruptDpc: see the type; may be NULL
 */
NETCX_INLINE void WDF_INTERRUPT_CONFIG_INIT(PWDF_INTERRUPT_CONFIG Configuration,
					    PFN_WDF_INTERRUPT_ISR EvtInterruptIsr,
					    PFN_WDF_INTERRUPT_DPC EvtInterruptDpc)
{
	RtlZeroMemory(Configuration, sizeof(*Configuration));
	Configuration->Size = sizeof(*Configuration);
	Configuration->ShareVector = WdfUseDefault;
	Configuration->EvtInterruptIsr = EvtInterruptIsr;
	Configuration->EvtInterruptDpc = EvtInterruptDpc;
	Configuration->ReportInactiveOnPowerDown = WdfUseDefault;
}

/**
 * struct _WDF_INTERRUPT_INFO - the vector of an interrupt
 * @Size: sizeof this structure
 * @Reserved1: -
 * @TargetProcessorSet: 0: chosen by the user, not here
 * @Reserved2: -
 * @MessageNumber: the message's number, from 0; 0 for a line
 * @Vector: number of the interrupt in the system
 * @Irql: DEVICE_LEVEL
 * @Mode: Latched for a message, LevelSensitive for a line
 * @Polarity: WdfInterruptPolarityUnknown
 * @MessageSignaled: TRUE for MSI and MSI-X
 * @ShareDisposition: a CM_SHARE_DISPOSITION
 * @Group: 0
 */
typedef struct _WDF_INTERRUPT_INFO {
	ULONG Size;
	ULONG64 Reserved1;
	KAFFINITY TargetProcessorSet;
	ULONG Reserved2;
	ULONG MessageNumber;
	ULONG Vector;
	KIRQL Irql;
	KINTERRUPT_MODE Mode;
	WDF_INTERRUPT_POLARITY Polarity;
	BOOLEAN MessageSignaled;
	UCHAR ShareDisposition;
	DECLSPEC_ALIGN(8) USHORT Group;
} WDF_INTERRUPT_INFO, *PWDF_INTERRUPT_INFO;

NETCX_STATIC_ASSERT(sizeof(WDF_INTERRUPT_INFO) == 64, "WDF_INTERRUPT_INFO size");

/**
 * WDF_INTERRUPT_INFO_INIT() - prepares the structure for WdfInterruptGetInfo()
 * @Info: is overwritten
 */
NETCX_INLINE void WDF_INTERRUPT_INFO_INIT(PWDF_INTERRUPT_INFO Info)
{
	RtlZeroMemory(Info, sizeof(*Info));
	Info->Size = sizeof(*Info);
}

EXTERN_C_START

/**
 * WdfInterruptCreate() - creates an interrupt
 * @Device: the device it belongs to; is its parent
 * @Configuration: copied
 * @Attributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @Interrupt: receives the handle
 *
 * Called from EvtDriverDeviceAdd or EvtDevicePrepareHardware. Created in the latter, the interrupt
 * is deleted after EvtDeviceReleaseHardware.
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_NOT_SUPPORTED for
 * passive-level handling; STATUS_NOT_FOUND if there is no unused descriptor left or the given one
 * is not the device's; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfInterruptCreate(WDFDEVICE Device, PWDF_INTERRUPT_CONFIG Configuration,
			    PWDF_OBJECT_ATTRIBUTES Attributes, WDFINTERRUPT *Interrupt);

/**
 * WdfInterruptQueueDpcForIsr() - schedules EvtInterruptDpc
 * @Interrupt: an interrupt with an EvtInterruptDpc
 *
 * Context: any, usually the interrupt service routine.
 * Return: TRUE; FALSE if it had been asked for and has not begun to run.
 */
BOOLEAN WdfInterruptQueueDpcForIsr(WDFINTERRUPT Interrupt);

/**
 * WdfInterruptSynchronize() - calls @Callback under the interrupt's lock
 * @Interrupt: an interrupt
 * @Callback: see the type
 * @Context: its second argument
 *
 * Context: process, DISPATCH_LEVEL.
 * Return: what @Callback returned.
 */
BOOLEAN WdfInterruptSynchronize(WDFINTERRUPT Interrupt, PFN_WDF_INTERRUPT_SYNCHRONIZE Callback,
				WDFCONTEXT Context);

/**
 * WdfInterruptAcquireLock() - takes the interrupt's lock, with interrupts off
 * @Interrupt: an interrupt whose lock the caller does not hold
 *
 * Context: process, DISPATCH_LEVEL. Not from callbacks that run under the lock.
 */
void WdfInterruptAcquireLock(WDFINTERRUPT Interrupt);

/**
 * WdfInterruptReleaseLock() - undoes WdfInterruptAcquireLock()
 * @Interrupt: the same
 */
void WdfInterruptReleaseLock(WDFINTERRUPT Interrupt);

/**
 * WdfInterruptEnable() - connects the interrupt again and calls EvtInterruptEnable
 * @Interrupt: an interrupt that WdfInterruptDisable() disconnected
 *
 * Context: process.
 */
void WdfInterruptEnable(WDFINTERRUPT Interrupt);

/**
 * WdfInterruptDisable() - calls EvtInterruptDisable and disconnects the interrupt
 * @Interrupt: a connected interrupt; its service routine has returned when this returns
 *
 * Context: process.
 */
void WdfInterruptDisable(WDFINTERRUPT Interrupt);

/**
 * WdfInterruptGetInfo() - the vector of an interrupt and how it is signalled
 * @Interrupt: an interrupt; valid from EvtDevicePrepareHardware on
 * @Info: initialised with WDF_INTERRUPT_INFO_INIT(); is filled
 *
 * Context: any.
 */
void WdfInterruptGetInfo(WDFINTERRUPT Interrupt, PWDF_INTERRUPT_INFO Info);

/**
 * WdfInterruptGetDevice() - the device of an interrupt
 * @Interrupt: an interrupt
 *
 * Context: any.
 * Return: the device.
 */
WDFDEVICE WdfInterruptGetDevice(WDFINTERRUPT Interrupt);

EXTERN_C_END

#endif /* NETCX_WDFINTERRUPT_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Power policy: waking the machine, and sleeping while it runs.
 *
 * Order of callbacks when the machine goes to sleep and the device may wake it (the user chose
 * something to wake for): SelfManagedIoSuspend, [queues destroyed], EvtDeviceArmWakeFromSx, and on as
 * in wdfdevice.h. When it comes back: D0Entry, EvtDeviceWakeFromSxTriggered if it was this device
 * that woke the machine, EvtDeviceDisarmWakeFromSx, and on. A device that is not armed is not
 * disarmed.
 *
 * Sleeping while the machine runs (S0 idle) is accepted and never done.
 *
 * Pages: "Supporting System Wake-Up", "WDF_POWER_POLICY_EVENT_CALLBACKS structure (wdfdevice.h)".
 */
#ifndef NETCX_WDFPOWER_H
#define NETCX_WDFPOWER_H

#include "wdfdevice.h"

/* Enable the hardware to wake the machine. A failure is logged; it sleeps all the same. */
typedef NTSTATUS EVT_WDF_DEVICE_ARM_WAKE_FROM_SX(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_ARM_WAKE_FROM_SX *PFN_WDF_DEVICE_ARM_WAKE_FROM_SX;

/* The same, which is told why: both are FALSE for what the user chose. Instead of the above. */
typedef NTSTATUS EVT_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON(WDFDEVICE Device,
							     BOOLEAN DeviceWakeEnabled,
							     BOOLEAN ChildrenArmedForWake);
typedef EVT_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON *PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON;

/* It shall not any more. */
typedef void EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX *PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX;

/* This device woke the machine. */
typedef void EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED *PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED;

/* Waking from a sleep of the device's own while the machine runs; never called. */
typedef NTSTATUS EVT_WDF_DEVICE_ARM_WAKE_FROM_S0(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_ARM_WAKE_FROM_S0 *PFN_WDF_DEVICE_ARM_WAKE_FROM_S0;
typedef void EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0 *PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0;
typedef void EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED *PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED;

/**
 * struct _WDF_POWER_POLICY_EVENT_CALLBACKS - a device's callbacks for waking; all are optional
 * @Size: sizeof this structure
 * @EvtDeviceArmWakeFromS0: never called
 * @EvtDeviceDisarmWakeFromS0: never called
 * @EvtDeviceWakeFromS0Triggered: never called
 * @EvtDeviceArmWakeFromSx: see the type; so for the others
 * @EvtDeviceDisarmWakeFromSx: -
 * @EvtDeviceWakeFromSxTriggered: -
 * @EvtDeviceArmWakeFromSxWithReason: only one of the two arm callbacks may be set
 */
typedef struct _WDF_POWER_POLICY_EVENT_CALLBACKS {
	ULONG Size;
	PFN_WDF_DEVICE_ARM_WAKE_FROM_S0 EvtDeviceArmWakeFromS0;
	PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0 EvtDeviceDisarmWakeFromS0;
	PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED EvtDeviceWakeFromS0Triggered;
	PFN_WDF_DEVICE_ARM_WAKE_FROM_SX EvtDeviceArmWakeFromSx;
	PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX EvtDeviceDisarmWakeFromSx;
	PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED EvtDeviceWakeFromSxTriggered;
	PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON EvtDeviceArmWakeFromSxWithReason;
} WDF_POWER_POLICY_EVENT_CALLBACKS, *PWDF_POWER_POLICY_EVENT_CALLBACKS;

NETCX_STATIC_ASSERT(sizeof(WDF_POWER_POLICY_EVENT_CALLBACKS) == 64,
		    "WDF_POWER_POLICY_EVENT_CALLBACKS size");

/**
 * WDF_POWER_POLICY_EVENT_CALLBACKS_INIT() - no callback is set
 * @Callbacks: is overwritten
 */
NETCX_INLINE void WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(PWDF_POWER_POLICY_EVENT_CALLBACKS Callbacks)
{
	RtlZeroMemory(Callbacks, sizeof(*Callbacks));
	Callbacks->Size = sizeof(*Callbacks);
}

/* ---- sleeping while the machine runs ---- */

typedef enum _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES NETCX_INT_ENUM {
	IdleCapsInvalid = 0,
	IdleCannotWakeFromS0,
	IdleCanWakeFromS0,
	IdleUsbSelectiveSuspend
} WDF_POWER_POLICY_S0_IDLE_CAPABILITIES;

typedef enum _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL NETCX_INT_ENUM {
	IdleUserControlInvalid = 0,
	IdleDoNotAllowUserControl,
	IdleAllowUserControl
} WDF_POWER_POLICY_S0_IDLE_USER_CONTROL;

typedef enum _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE NETCX_INT_ENUM {
	DriverManagedIdleTimeout = 0,
	SystemManagedIdleTimeout,
	SystemManagedIdleTimeoutWithHint
} WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE;

/* IdleTimeout: the framework's own. */
#define IdleTimeoutDefaultValue 0

/**
 * struct _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS - when the device may sleep; nothing comes of it
 * @Size: sizeof this structure
 * @IdleCaps: IdleCannotWakeFromS0 or IdleCanWakeFromS0
 * @DxState: how deeply: PowerDeviceD1 to PowerDeviceD3, PowerDeviceMaximum for the deepest
 * @IdleTimeout: after how many milliseconds
 * @UserControlOfIdleSettings: whether the user may change it
 * @Enabled: whether it does
 * @PowerUpIdleDeviceOnSystemWake: whether it comes back with the machine
 * @IdleTimeoutType: who decides
 * @ExcludeD3Cold: whether its power must stay on
 */
typedef struct _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
	ULONG Size;
	WDF_POWER_POLICY_S0_IDLE_CAPABILITIES IdleCaps;
	DEVICE_POWER_STATE DxState;
	ULONG IdleTimeout;
	WDF_POWER_POLICY_S0_IDLE_USER_CONTROL UserControlOfIdleSettings;
	WDF_TRI_STATE Enabled;
	WDF_TRI_STATE PowerUpIdleDeviceOnSystemWake;
	WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE IdleTimeoutType;
	WDF_TRI_STATE ExcludeD3Cold;
} WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, *PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS;

NETCX_STATIC_ASSERT(sizeof(WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS) == 36,
		    "WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS size");

/**
 * WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT() - the defaults
 * @Settings: is overwritten
 * @IdleCaps: see the structure
 */
NETCX_INLINE void
WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS Settings,
					   WDF_POWER_POLICY_S0_IDLE_CAPABILITIES IdleCaps)
{
	RtlZeroMemory(Settings, sizeof(*Settings));
	Settings->Size = sizeof(*Settings);
	Settings->IdleCaps = IdleCaps;
	Settings->DxState = IdleCaps == IdleCannotWakeFromS0 ? PowerDeviceD3 : PowerDeviceMaximum;
	Settings->IdleTimeout = IdleTimeoutDefaultValue;
	Settings->UserControlOfIdleSettings = IdleAllowUserControl;
	Settings->Enabled = WdfUseDefault;
	Settings->PowerUpIdleDeviceOnSystemWake = WdfUseDefault;
	Settings->IdleTimeoutType = DriverManagedIdleTimeout;
	Settings->ExcludeD3Cold = WdfUseDefault;
}

/* ---- waking the machine ---- */

typedef enum _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL NETCX_INT_ENUM {
	WakeUserControlInvalid = 0,
	WakeDoNotAllowUserControl,
	WakeAllowUserControl
} WDF_POWER_POLICY_SX_WAKE_USER_CONTROL;

/**
 * struct _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS - whether the device may wake the machine
 * @Size: sizeof this structure
 * @DxState: from how deep a sleep of its own; ignored: the bus knows
 * @UserControlOfWakeSettings: WakeDoNotAllowUserControl: ethtool -s NIC wol is refused
 * @Enabled: WdfFalse: it is not armed, whatever the user chose
 * @ArmForWakeIfChildrenAreArmedForWake: ignored: it has no children
 * @IndicateChildWakeOnParentWake: ignored
 */
typedef struct _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
	ULONG Size;
	DEVICE_POWER_STATE DxState;
	WDF_POWER_POLICY_SX_WAKE_USER_CONTROL UserControlOfWakeSettings;
	WDF_TRI_STATE Enabled;
	BOOLEAN ArmForWakeIfChildrenAreArmedForWake;
	BOOLEAN IndicateChildWakeOnParentWake;
} WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, *PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS;

NETCX_STATIC_ASSERT(sizeof(WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS) == 20,
		    "WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS size");

/**
 * WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT() - the defaults: it may, and the user decides
 * @Settings: is overwritten
 */
NETCX_INLINE void
WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS Settings)
{
	RtlZeroMemory(Settings, sizeof(*Settings));
	Settings->Size = sizeof(*Settings);
	Settings->DxState = PowerDeviceMaximum;
	Settings->UserControlOfWakeSettings = WakeAllowUserControl;
	Settings->Enabled = WdfUseDefault;
}

EXTERN_C_START

/**
 * WdfDeviceInitSetPowerPolicyEventCallbacks() - sets the callbacks of the device to be created
 * @DeviceInit: EvtDriverDeviceAdd's
 * @PowerPolicyEventCallbacks: copied; a wrong Size or two arm callbacks make WdfDeviceCreate() fail
 *
 * Context: process.
 */
void WdfDeviceInitSetPowerPolicyEventCallbacks(
	PWDFDEVICE_INIT DeviceInit, PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks);

/**
 * WdfDeviceAssignS0IdleSettings() - when the device may sleep; nothing comes of it
 * @Device: a device
 * @Settings: is only checked
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_INVALID_PARAMETER
 * for a value that does not exist.
 */
NTSTATUS WdfDeviceAssignS0IdleSettings(WDFDEVICE Device,
				       PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS Settings);

/**
 * WdfDeviceAssignSxWakeSettings() - whether the device may wake the machine
 * @Device: a device
 * @Settings: copied
 *
 * Context: process.
 * Return: as WdfDeviceAssignS0IdleSettings().
 */
NTSTATUS WdfDeviceAssignSxWakeSettings(WDFDEVICE Device,
				       PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS Settings);

EXTERN_C_END

#endif /* NETCX_WDFPOWER_H */

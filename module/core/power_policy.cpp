// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Power policy of a device: callbacks, idle and wake settings. */
#include "device.h"
#include "log.h"

namespace netcx
{

/* Copies *@given to init->*kept if it is valid. The status goes to init->*failure. */
template <class Callbacks>
static void set_callbacks(const char *function, const char *structure, WDFDEVICE_INIT *init,
			  const Callbacks *given, Callbacks WDFDEVICE_INIT::*kept,
			  NTSTATUS WDFDEVICE_INIT::*failure)
{
	if (!init || !given) {
		const NTSTATUS status = refuse(nullptr, STATUS_INVALID_PARAMETER,
					       "%s: %s is NULL (ParameterCantBeNull)", function,
					       init ? structure : "DeviceInit");

		if (init)
			init->*failure = status;
		return;
	}
	init->*failure = check_size(nullptr, structure, given->Size, sizeof(*given));
	if (NT_SUCCESS(init->*failure))
		init->*kept = *given;
}

static NTSTATUS check_range(const netcx_device *device, const char *field, int value, int least,
			    int most)
{
	if (value >= least && value <= most)
		return STATUS_SUCCESS;
	return refuse(device, STATUS_INVALID_PARAMETER, "%s is %d, must be %d to %d", field, value,
		      least, most);
}

static NTSTATUS check_idle(const netcx_device *device,
			   const WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS *settings)
{
	const struct {
		const char *field;
		int value, least, most;
	} rules[] = {
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.IdleCaps", settings->IdleCaps,
		 IdleCannotWakeFromS0, IdleCanWakeFromS0},
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.DxState", settings->DxState, PowerDeviceD1,
		 PowerDeviceMaximum},
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.UserControlOfIdleSettings",
		 settings->UserControlOfIdleSettings, IdleDoNotAllowUserControl,
		 IdleAllowUserControl},
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.Enabled", settings->Enabled, WdfFalse,
		 WdfUseDefault},
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.PowerUpIdleDeviceOnSystemWake",
		 settings->PowerUpIdleDeviceOnSystemWake, WdfFalse, WdfUseDefault},
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.IdleTimeoutType", settings->IdleTimeoutType,
		 DriverManagedIdleTimeout, SystemManagedIdleTimeoutWithHint},
		{"WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS.ExcludeD3Cold", settings->ExcludeD3Cold,
		 WdfFalse, WdfUseDefault},
	};
	NTSTATUS status = check_size(device, "WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS",
				     settings->Size, sizeof(*settings));

	for (const auto &rule : rules) {
		if (NT_SUCCESS(status))
			status = check_range(device, rule.field, rule.value, rule.least, rule.most);
	}
	return status;
}

static NTSTATUS check_wake(const netcx_device *device,
			   const WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS *settings)
{
	NTSTATUS status = check_size(device, "WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS",
				     settings->Size, sizeof(*settings));

	if (NT_SUCCESS(status))
		status = check_range(device, "WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS.DxState",
				     settings->DxState, PowerDeviceD1, PowerDeviceMaximum);
	if (NT_SUCCESS(status))
		status = check_range(
			device, "WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS.UserControlOfWakeSettings",
			settings->UserControlOfWakeSettings, WakeDoNotAllowUserControl,
			WakeAllowUserControl);
	if (NT_SUCCESS(status))
		status = check_range(device, "WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS.Enabled",
				     settings->Enabled, WdfFalse, WdfUseDefault);
	return status;
}

/* Common checks of the two functions that take settings. */
static netcx_device *begin_settings(WDFDEVICE handle, const char *function, const void *settings,
				    NTSTATUS *status)
{
	netcx_device *device = from_handle<netcx_device>(handle, function);

	*status = STATUS_INVALID_HANDLE;
	if (!device)
		return nullptr;
	*status = STATUS_INVALID_DEVICE_STATE;
	if (refuse_atomic(device, function))
		return nullptr;
	if (settings)
		return device;
	*status = refuse(device, STATUS_INVALID_PARAMETER,
			 "%s: Settings is NULL (ParameterCantBeNull)", function);
	return nullptr;
}

} // namespace netcx

using namespace netcx;

extern "C" {

BOOLEAN netcx_core_device_is_armed(const struct netcx_device *device)
{
	return device->armed;
}

BOOLEAN netcx_core_device_wake_is_users(const struct netcx_device *device)
{
	return device->wake_settings.UserControlOfWakeSettings == WakeAllowUserControl;
}

void WdfDeviceInitSetPowerPolicyEventCallbacks(
	PWDFDEVICE_INIT DeviceInit, PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks)
{
	const WDF_POWER_POLICY_EVENT_CALLBACKS *given = PowerPolicyEventCallbacks;

	set_callbacks("WdfDeviceInitSetPowerPolicyEventCallbacks",
		      "WDF_POWER_POLICY_EVENT_CALLBACKS", DeviceInit, given,
		      &WDFDEVICE_INIT::power_policy, &WDFDEVICE_INIT::power_policy_failure);
	if (DeviceInit && given && NT_SUCCESS(DeviceInit->power_policy_failure) &&
	    given->EvtDeviceArmWakeFromSx && given->EvtDeviceArmWakeFromSxWithReason)
		DeviceInit->power_policy_failure =
			refuse(nullptr, STATUS_INVALID_PARAMETER,
			       "WDF_POWER_POLICY_EVENT_CALLBACKS has EvtDeviceArmWakeFromSx and "
			       "EvtDeviceArmWakeFromSxWithReason, only one may be set");
}

void NetDeviceInitSetPowerPolicyEventCallbacks(
	PWDFDEVICE_INIT DeviceInit, NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS const *Callbacks)
{
	set_callbacks("NetDeviceInitSetPowerPolicyEventCallbacks",
		      "NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS", DeviceInit, Callbacks,
		      &WDFDEVICE_INIT::previews, &WDFDEVICE_INIT::previews_failure);
}

void NetDeviceInitSetResetCapabilities(PWDFDEVICE_INIT DeviceInit,
				       NET_DEVICE_RESET_CAPABILITIES const *ResetCapabilities)
{
	set_callbacks("NetDeviceInitSetResetCapabilities", "NET_DEVICE_RESET_CAPABILITIES",
		      DeviceInit, ResetCapabilities, &WDFDEVICE_INIT::reset,
		      &WDFDEVICE_INIT::reset_failure);
}

NTSTATUS WdfDeviceAssignS0IdleSettings(WDFDEVICE Device,
				       PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS Settings)
{
	NTSTATUS status;
	const netcx_device *device =
		begin_settings(Device, "WdfDeviceAssignS0IdleSettings", Settings, &status);

	return device ? check_idle(device, Settings) : status;
}

NTSTATUS WdfDeviceAssignSxWakeSettings(WDFDEVICE Device,
				       PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS Settings)
{
	NTSTATUS status;
	netcx_device *device =
		begin_settings(Device, "WdfDeviceAssignSxWakeSettings", Settings, &status);

	if (!device)
		return status;
	status = check_wake(device, Settings);
	if (NT_SUCCESS(status))
		device->wake_settings = *Settings;
	return status;
}

} // extern "C"

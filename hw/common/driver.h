/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The driver and its devices: what DriverEntry and EvtDriverDeviceAdd do in every client. */
#ifndef COMMON_DRIVER_H
#define COMMON_DRIVER_H

#include <netadaptercx.h>

namespace common
{

/*
 * For DriverEntry. @attributes: with the type of the driver's context, or WDF_NO_OBJECT_ATTRIBUTES;
 * @driver: receives it, may be NULL. A failure is logged.
 */
NTSTATUS create_driver(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path,
		       PFN_WDF_DRIVER_DEVICE_ADD device_add, WDF_OBJECT_ATTRIBUTES *attributes,
		       WDFDRIVER *driver);

/*
 * From the framework's callbacks to a client's structure for a device, all in process context.
 * Context: the accessor of the device's context, as WDF_DECLARE_CONTEXT_TYPE_WITH_NAME() makes it.
 * Its class has prepare(raw, translated), release(), bring_up() and shut_down(target).
 */
template <auto Context>
struct DeviceCallbacks {
	static NTSTATUS prepare_hardware(WDFDEVICE device, WDFCMRESLIST raw,
					 WDFCMRESLIST translated)
	{
		return Context(device)->prepare(raw, translated);
	}

	/* Called after a prepare_hardware() that failed, too. */
	static NTSTATUS release_hardware(WDFDEVICE device, WDFCMRESLIST)
	{
		Context(device)->release();
		return STATUS_SUCCESS;
	}

	static NTSTATUS d0_entry(WDFDEVICE device, WDF_POWER_DEVICE_STATE)
	{
		return Context(device)->bring_up();
	}

	static NTSTATUS d0_exit(WDFDEVICE device, WDF_POWER_DEVICE_STATE target)
	{
		Context(device)->shut_down(target);
		return STATUS_SUCCESS;
	}

	static WDF_PNPPOWER_EVENT_CALLBACKS all()
	{
		WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

		WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
		callbacks.EvtDevicePrepareHardware = prepare_hardware;
		callbacks.EvtDeviceReleaseHardware = release_hardware;
		callbacks.EvtDeviceD0Entry = d0_entry;
		callbacks.EvtDeviceD0Exit = d0_exit;
		return callbacks;
	}
};

/*
 * For EvtDriverDeviceAdd. @attributes: with the type of the device's context. What else is set in
 * @init is the caller's to set before. A failure is logged.
 */
NTSTATUS create_device(PWDFDEVICE_INIT init, WDF_PNPPOWER_EVENT_CALLBACKS *callbacks,
		       WDF_OBJECT_ATTRIBUTES *attributes, WDFDEVICE *device);

/*
 * The BAR that comes first among a device's resources, usually the registers; NULL: none, logged.
 */
const CM_PARTIAL_RESOURCE_DESCRIPTOR *find_first_bar(WDFCMRESLIST translated);

} /* namespace common */

#endif /* COMMON_DRIVER_H */

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

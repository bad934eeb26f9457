// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * DriverEntry and EvtDriverDeviceAdd. What all devices of the driver share would be created here.
 */
#include "device.h"
#include <common/driver.h>
#include <common/log.h>

extern "C" DRIVER_INITIALIZE DriverEntry;

const char common::client_name[] = "skeleton";

namespace
{

NTSTATUS evt_device_add(WDFDRIVER, PWDFDEVICE_INIT init)
{
	return skeleton::add_device(init);
}

} /* namespace */

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	return common::create_driver(driver_object, registry_path, evt_device_add,
				     WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Entry point of the Intel 82574L client driver. */
#include "device.h"
#include <common/driver.h>
#include <common/log.h>

extern "C" DRIVER_INITIALIZE DriverEntry;

const char common::client_name[] = "82574L";

namespace
{

NTSTATUS evt_device_add(WDFDRIVER, PWDFDEVICE_INIT init)
{
	return e1000e::add_device(init);
}

} /* namespace */

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	return common::create_driver(driver_object, registry_path, evt_device_add,
				     WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Entry point of the Intel 82574L client driver. */
#include "device.h"
#include "log.h"

extern "C" DRIVER_INITIALIZE DriverEntry;

namespace
{

NTSTATUS evt_device_add(WDFDRIVER, PWDFDEVICE_INIT init)
{
	return e1000e::add_device(init);
}

} /* namespace */

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	WDF_DRIVER_CONFIG config;
	NTSTATUS status;

	WDF_DRIVER_CONFIG_INIT(&config, evt_device_add);
	status = WdfDriverCreate(driver_object, registry_path, WDF_NO_OBJECT_ATTRIBUTES, &config,
				 WDF_NO_HANDLE);
	if (!NT_SUCCESS(status))
		LOG_ERROR("WdfDriverCreate failed with %#x", static_cast<unsigned int>(status));
	return status;
}

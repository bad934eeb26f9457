// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Entry point of the simulated NIC's client driver. */
#include "driver.h"
#include "device.h"
#include <common/driver.h>
#include <common/log.h>

extern "C" DRIVER_INITIALIZE DriverEntry;

const char common::client_name[] = "sim";

namespace sim
{

namespace
{

NTSTATUS evt_device_add(WDFDRIVER, PWDFDEVICE_INIT init)
{
	return add_device(init);
}

NTSTATUS create_driver(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFDRIVER driver;
	NTSTATUS status;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Driver);
	status = common::create_driver(driver_object, registry_path, evt_device_add, &attributes,
				       &driver);
	if (!NT_SUCCESS(status))
		return status;
	return driver_context(driver)->wires.initialize(driver);
}

} /* namespace */

} /* namespace sim */

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	return sim::create_driver(driver_object, registry_path);
}

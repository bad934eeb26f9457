// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Entry point of the simulated NIC's client driver. */
#include "driver.h"
#include "device.h"
#include "log.h"

extern "C" DRIVER_INITIALIZE DriverEntry;

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
	WDF_DRIVER_CONFIG config;
	WDFDRIVER driver;
	NTSTATUS status;

	WDF_DRIVER_CONFIG_INIT(&config, evt_device_add);
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Driver);
	status = WdfDriverCreate(driver_object, registry_path, &attributes, &config, &driver);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("WdfDriverCreate failed with %#x", static_cast<unsigned int>(status));
		return status;
	}
	return driver_context(driver)->wires.initialize(driver);
}

} /* namespace */

} /* namespace sim */

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	return sim::create_driver(driver_object, registry_path);
}

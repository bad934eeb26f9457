// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/driver.h>
#include <common/log.h>

namespace common
{

NTSTATUS create_driver(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path,
		       PFN_WDF_DRIVER_DEVICE_ADD device_add, WDF_OBJECT_ATTRIBUTES *attributes,
		       WDFDRIVER *driver)
{
	WDF_DRIVER_CONFIG config;
	NTSTATUS status;

	WDF_DRIVER_CONFIG_INIT(&config, device_add);
	status = WdfDriverCreate(driver_object, registry_path, attributes, &config, driver);
	if (!NT_SUCCESS(status))
		LOG_ERROR("WdfDriverCreate failed with %#x", static_cast<unsigned int>(status));
	return status;
}

NTSTATUS create_device(PWDFDEVICE_INIT init, WDF_PNPPOWER_EVENT_CALLBACKS *callbacks,
		       WDF_OBJECT_ATTRIBUTES *attributes, WDFDEVICE *device)
{
	NTSTATUS status;

	status = NetDeviceInitConfig(init);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("NetDeviceInitConfig failed with %#x", static_cast<unsigned int>(status));
		return status;
	}
	WdfDeviceInitSetPnpPowerEventCallbacks(init, callbacks);
	status = WdfDeviceCreate(&init, attributes, device);
	if (!NT_SUCCESS(status))
		LOG_ERROR("WdfDeviceCreate failed with %#x", static_cast<unsigned int>(status));
	return status;
}

const CM_PARTIAL_RESOURCE_DESCRIPTOR *find_first_bar(WDFCMRESLIST translated)
{
	const ULONG count = WdfCmResourceListGetCount(translated);

	for (ULONG i = 0; i < count; i++) {
		const CM_PARTIAL_RESOURCE_DESCRIPTOR *resource =
			WdfCmResourceListGetDescriptor(translated, i);

		if (resource->Type == CmResourceTypeMemory)
			return resource;
	}
	LOG_ERROR("the device has no memory BAR; check the system's PCI resources");
	return nullptr;
}

} /* namespace common */

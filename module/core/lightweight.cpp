// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Adapters without a device. Each gets one that nobody sees: a child of the driver without a callback
 * and without hardware, for which the OS half has something of its own. Its state is like any other
 * device's: it leaves D0 for a reset and when verifier mode halts it. It stays as long as the driver.
 */
#include "adapter_init.h"
#include "caller.h"
#include "device.h"
#include "driver.h"
#include "log.h"

namespace netcx
{

static NTSTATUS create_hidden_device(const char *function, netcx_driver *driver,
				     netcx_device **made)
{
	Object *parent = driver->object;
	netcx_device *device = nullptr;
	NTSTATUS status = create_object(function, nullptr, parent, &device);

	if (!NT_SUCCESS(status))
		return status;
	device->device = device;
	device->net_config = true;
	device->lightweight = true;
	status = device->create_mutexes(function);
	if (NT_SUCCESS(status)) {
		struct netcx_os_device *os = netcx_os_lightweight_create(driver->name, device);

		device->set_os(os);
		if (!os)
			status = refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory",
					function);
	}
	if (!NT_SUCCESS(status)) {
		device->release();
		return status;
	}
	*made = device;
	/* What the OS half has of it does not go with its memory. */
	device->reference();
	status = publish_object(function, device, static_cast<WDFDEVICE *>(nullptr));
	if (!NT_SUCCESS(status))
		device->dispose();
	device->release();
	return status;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NETADAPTER_INIT *NetAdapterLightweightInitAllocate(const GUID *NetworkInterfaceGuid)
{
	static const char function[] = "NetAdapterLightweightInitAllocate";
	const Caller *caller = current_caller();
	netcx_device *device;
	NETADAPTER_INIT *init;

	if (refuse_atomic(nullptr, function))
		return nullptr;
	if (!caller || !caller->driver || !caller->driver->object) {
		refuse(nullptr, STATUS_INVALID_DEVICE_STATE,
		       "%s was called outside of a driver's callbacks, or before WdfDriverCreate",
		       function);
		return nullptr;
	}
	if (!NetworkInterfaceGuid) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: NetworkInterfaceGuid is NULL (ParameterCantBeNull)", function);
		return nullptr;
	}
	if (!NT_SUCCESS(create_hidden_device(function, caller->driver, &device)))
		return nullptr;
	init = allocate_init(device, function);
	if (!init)
		device->delete_object();
	return init;
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "driver.h"

#include "caller.h"
#include "log.h"

namespace netcx
{

static constexpr UINT64 deletion_interval_us = 1000;

void begin_client_deletion(netcx_driver *driver)
{
	netcx_os_spinlock_acquire(driver->tree_lock);
	driver->client_deletions++;
	netcx_os_spinlock_release(driver->tree_lock);
}

void end_client_deletion(netcx_driver *driver)
{
	netcx_os_spinlock_acquire(driver->tree_lock);
	driver->client_deletions--;
	netcx_os_spinlock_release(driver->tree_lock);
}

void await_client_deletions(netcx_driver *driver)
{
	for (;;) {
		UINT32 left;

		netcx_os_spinlock_acquire(driver->tree_lock);
		left = driver->client_deletions;
		netcx_os_spinlock_release(driver->tree_lock);
		if (!left)
			break;
		netcx_os_sleep_us(deletion_interval_us);
	}
	netcx_os_work_flush(driver->reaper);
}

} // namespace netcx

using namespace netcx;

static void free_driver(netcx_driver *driver)
{
	if (driver->reaper)
		netcx_os_work_destroy(driver->reaper);
	if (driver->tree_lock)
		netcx_os_spinlock_destroy(driver->tree_lock);
	netcx_os_free(driver);
}

/* How long threads are waited for in silence. */
static constexpr UINT64 patience_us = 10ULL * 1000 * 1000;

static BOOLEAN has_no_threads(void *context)
{
	return !__atomic_load_n(&static_cast<netcx_driver *>(context)->threads, __ATOMIC_ACQUIRE);
}

/*
 * EvtDriverUnload, or the driver object's EvtCleanupCallback, ends the driver's threads. Their code
 * goes next, so one that is left is waited for: a module that cannot be unloaded is better than a
 * machine that runs what is not there.
 */
static void await_threads(netcx_driver *driver)
{
	if (netcx_os_sleep_until(has_no_threads, driver, patience_us))
		return;
	log_line(driver->object, NETCX_OS_LOG_ERROR,
		 "unloading it waits for %u of its threads, which it left running",
		 __atomic_load_n(&driver->threads, __ATOMIC_RELAXED));
	netcx_os_sleep_until(has_no_threads, driver, NETCX_OS_FOR_EVER);
}

/*
 * Deletes the WDFDRIVER and everything below it. An object that the client still holds a reference
 * on, and all its parents up to @driver, cannot be freed and are leaked, which is logged.
 */
static void delete_driver(netcx_driver *driver)
{
	Driver *object = driver->object;

	if (object) {
		UINT32 leaked;

		object->reference();
		object->delete_object();
		await_client_deletions(driver);
		await_threads(driver);
		leaked = object->references() - 1;
		if (leaked) {
			log_line(object, NETCX_OS_LOG_ERROR,
				 "unloaded with %u references on its objects left, their memory is "
				 "lost",
				 leaked);
			return;
		}
		object->release();
	} else {
		await_threads(driver);
	}
	free_driver(driver);
}

static NTSTATUS call_entry(netcx_driver *driver, PDRIVER_INITIALIZE entry)
{
	const CallerScope scope(driver, nullptr);
	UNICODE_STRING registry_path = {};
	NTSTATUS status = entry(reinterpret_cast<PDRIVER_OBJECT>(driver), &registry_path);

	if (!NT_SUCCESS(status)) {
		if (!scope.reported(status))
			log_line(nullptr, NETCX_OS_LOG_ERROR, "DriverEntry failed: %s (0x%08x)",
				 netcx_core_status_name(status), static_cast<UINT32>(status));
	} else if (!driver->object) {
		status = STATUS_UNSUCCESSFUL;
		log_line(nullptr, NETCX_OS_LOG_ERROR,
			 "DriverEntry succeeded without WdfDriverCreate()");
	}
	return status;
}

extern "C" {

int netcx_core_driver_create(const char *name, const char *version, PDRIVER_INITIALIZE entry,
			     const struct netcx_configuration_default *defaults,
			     struct netcx_driver **driver)
{
	netcx_driver *made = static_cast<netcx_driver *>(netcx_os_zalloc(sizeof(netcx_driver)));
	NTSTATUS status;

	if (made) {
		made->name = name;
		made->version = version;
		made->defaults = defaults;
		made->tree_lock = netcx_os_spinlock_create();
		made->reaper = netcx_os_work_create(reap, made);
	}
	if (!made || !made->tree_lock || !made->reaper) {
		netcx_os_log(nullptr, NETCX_OS_LOG_ERROR, "%s: registering it: out of memory",
			     name);
		if (made)
			free_driver(made);
		return netcx_core_errno(STATUS_INSUFFICIENT_RESOURCES);
	}

	status = call_entry(made, entry);
	if (!NT_SUCCESS(status)) {
		delete_driver(made);
		return netcx_core_errno(status);
	}
	*driver = made;
	return 0;
}

void netcx_core_driver_destroy(struct netcx_driver *driver)
{
	if (driver->object->config.EvtDriverUnload) {
		const CallerScope scope(driver, nullptr);

		driver->object->config.EvtDriverUnload(to_handle<WDFDRIVER>(driver->object));
	}
	delete_driver(driver);
}

NTSTATUS WdfDriverCreate(PDRIVER_OBJECT DriverObject, PCUNICODE_STRING,
			 PWDF_OBJECT_ATTRIBUTES DriverAttributes, PWDF_DRIVER_CONFIG DriverConfig,
			 WDFDRIVER *Handle)
{
	static const char function[] = "WdfDriverCreate";
	netcx_driver *driver = reinterpret_cast<netcx_driver *>(DriverObject);
	Driver *object = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!driver || !DriverConfig)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      driver ? "DriverConfig" : "DriverObject");
	status =
		check_size(nullptr, "WDF_DRIVER_CONFIG", DriverConfig->Size, sizeof(*DriverConfig));
	if (!NT_SUCCESS(status))
		return status;
	if (!DriverConfig->EvtDriverDeviceAdd)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "WDF_DRIVER_CONFIG.EvtDriverDeviceAdd is NULL, must be set");
	if (driver->object)
		return refuse(nullptr, STATUS_INVALID_DEVICE_STATE, "%s was called a second time",
			      function);
	status = check_root_attributes(function, DriverAttributes);
	if (!NT_SUCCESS(status))
		return status;

	status = create_object(function, DriverAttributes, nullptr, &object);
	if (!NT_SUCCESS(status))
		return status;
	object->driver = driver;
	object->config = *DriverConfig;
	driver->object = object;
	return publish_object(function, object, Handle);
}

PDRIVER_OBJECT WdfDriverWdmGetDriverObject(WDFDRIVER Handle)
{
	Driver *driver = from_handle<Driver>(Handle, "WdfDriverWdmGetDriverObject");

	return driver ? reinterpret_cast<PDRIVER_OBJECT>(driver->driver) : nullptr;
}

} // extern "C"

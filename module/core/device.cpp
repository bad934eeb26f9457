// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A device's creation and removal, and the questions and settings that need no hardware. */
#include "device.h"

#include "caller.h"
#include "configuration.h"
#include "driver.h"
#include "interrupt.h"
#include "log.h"

using namespace netcx;

static constexpr WDF_TRI_STATE WDF_DEVICE_STATE::*device_state_members[] = {
	&WDF_DEVICE_STATE::Disabled,	    &WDF_DEVICE_STATE::DontDisplayInUI,
	&WDF_DEVICE_STATE::Failed,	    &WDF_DEVICE_STATE::NotDisableable,
	&WDF_DEVICE_STATE::Removed,	    &WDF_DEVICE_STATE::ResourcesChanged,
	&WDF_DEVICE_STATE::AssignedToGuest,
};

/* The device, if the structure can be used with it; else NULL, which is logged. */
static netcx_device *device_of_state(const char *function, WDFDEVICE handle,
				     const WDF_DEVICE_STATE *state)
{
	netcx_device *device = from_handle<netcx_device>(handle, function);

	if (!device)
		return nullptr;
	if (!state) {
		refuse(device, STATUS_INVALID_PARAMETER,
		       "%s: DeviceState is NULL (ParameterCantBeNull)", function);
		return nullptr;
	}
	return NT_SUCCESS(check_size(device, "WDF_DEVICE_STATE", state->Size, sizeof(*state)))
		       ? device
		       : nullptr;
}

/* ---- what the OS half has of it ---- */

/* It counts before it looks, and take_os_away() the other way round: one of both sees the other. */
OsDevice::OsDevice(const netcx_device *device) : device_(device)
{
	if (!device_)
		return;
	__atomic_fetch_add(&device_->os_users_, 1, __ATOMIC_SEQ_CST);
	os_ = __atomic_load_n(&device_->os_, __ATOMIC_SEQ_CST);
}

OsDevice::~OsDevice()
{
	if (device_)
		__atomic_fetch_sub(&device_->os_users_, 1, __ATOMIC_RELEASE);
}

struct netcx_os_device *netcx_device::take_os_away()
{
	static constexpr UINT32 interval_us = 100;
	struct netcx_os_device *os;

	os = __atomic_exchange_n(&os_, nullptr, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&os_users_, __ATOMIC_SEQ_CST))
		netcx_os_sleep_us(interval_us);
	return os;
}

/* ---- its own life ---- */

netcx_device::~netcx_device()
{
	if (interrupt_mutex)
		netcx_os_mutex_destroy(interrupt_mutex);
	if (adapter_mutex)
		netcx_os_mutex_destroy(adapter_mutex);
	if (data_mutex)
		netcx_os_mutex_destroy(data_mutex);
	free_configuration_values(this);
	netcx_os_free(diagnostics);
}

NTSTATUS netcx_device::create_mutexes(const char *function)
{
	interrupt_mutex = netcx_os_mutex_create();
	adapter_mutex = netcx_os_mutex_create();
	data_mutex = netcx_os_mutex_create();
	if (interrupt_mutex && adapter_mutex && data_mutex)
		return STATUS_SUCCESS;
	return refuse(this, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
}

void netcx_device::dispose()
{
	if (!lightweight)
		return;
	if (struct netcx_os_device *os = take_os_away())
		netcx_os_lightweight_destroy(os);
}

void netcx_device::log_failure(bool reported, const char *callback, NTSTATUS status) const
{
	if (!reported)
		log_line(this, NETCX_OS_LOG_ERROR, "%s failed: %s (0x%08x)", callback,
			 netcx_core_status_name(status), static_cast<UINT32>(status));
}

/* Calls EvtDriverDeviceAdd; on success init->created is the device. */
static NTSTATUS call_device_add(netcx_driver *driver, WDFDEVICE_INIT *init)
{
	/* There is no WDFDEVICE yet, so that log lines name the driver only. */
	const CallerScope scope(driver, nullptr);
	const char *name = netcx_os_device_name(init->os);
	NTSTATUS status;

	status = driver->object->config.EvtDriverDeviceAdd(to_handle<WDFDRIVER>(driver->object),
							   init);
	if (!NT_SUCCESS(status)) {
		if (!scope.reported(status))
			log_line(nullptr, NETCX_OS_LOG_ERROR,
				 "EvtDriverDeviceAdd for %s failed: %s (0x%08x)", name,
				 netcx_core_status_name(status), static_cast<UINT32>(status));
	} else if (!init->created) {
		status = STATUS_UNSUCCESSFUL;
		log_line(nullptr, NETCX_OS_LOG_ERROR,
			 "EvtDriverDeviceAdd for %s succeeded without WdfDeviceCreate()", name);
	}
	return status;
}

extern "C" {

int netcx_core_device_add(struct netcx_driver *driver, struct netcx_os_device *os,
			  struct netcx_device **device)
{
	WDFDEVICE_INIT init = {};
	NTSTATUS status;

	init.driver = driver;
	init.os = os;
	status = call_device_add(driver, &init);
	if (!NT_SUCCESS(status)) {
		if (init.created)
			netcx_core_device_remove(init.created);
		return netcx_core_errno(status);
	}
	*device = init.created;
	return 0;
}

UINT32 netcx_core_device_interrupts(const struct netcx_device *device)
{
	UINT32 count = 0;

	for (const Interrupt *i = device->first_interrupt; i; i = i->next)
		count++;
	return count;
}

/* Drops the reference that WdfDeviceCreate() took for the class extension. */
void netcx_core_device_remove(struct netcx_device *device)
{
	netcx_driver *driver = device->driver;
	UINT32 adapters;
	UINT32 leaked;

	device->delete_object();
	await_client_deletions(driver);
	leaked = device->references() - 1;
	adapters = __atomic_load_n(&device->adapters, __ATOMIC_RELAXED);
	if (adapters)
		refuse(device, STATUS_INVALID_DEVICE_STATE,
		       "removed with references on %u of its adapters left, which stay until these "
		       "are dropped "
		       "(RemovingDeviceWithAdapters)",
		       adapters);
	if (leaked > adapters)
		log_line(device, NETCX_OS_LOG_ERROR,
			 "removed with %u references on its objects left, their memory is lost",
			 leaked - adapters);
	device->take_os_away();
	device->release();
}

void WdfDeviceInitSetPnpPowerEventCallbacks(PWDFDEVICE_INIT DeviceInit,
					    PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks)
{
	if (!DeviceInit || !PnpPowerEventCallbacks) {
		const NTSTATUS status = refuse(
			nullptr, STATUS_INVALID_PARAMETER,
			"WdfDeviceInitSetPnpPowerEventCallbacks: %s is NULL (ParameterCantBeNull)",
			DeviceInit ? "PnpPowerEventCallbacks" : "DeviceInit");

		if (DeviceInit)
			DeviceInit->failure = status;
		return;
	}
	DeviceInit->failure =
		check_size(nullptr, "WDF_PNPPOWER_EVENT_CALLBACKS", PnpPowerEventCallbacks->Size,
			   sizeof(*PnpPowerEventCallbacks));
	if (NT_SUCCESS(DeviceInit->failure))
		DeviceInit->callbacks = *PnpPowerEventCallbacks;
}

NTSTATUS NetDeviceInitConfig(PWDFDEVICE_INIT DeviceInit)
{
	if (refuse_atomic(nullptr, "NetDeviceInitConfig"))
		return STATUS_INVALID_DEVICE_STATE;
	if (!DeviceInit)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "NetDeviceInitConfig: DeviceInit is NULL (ParameterCantBeNull)");
	DeviceInit->net_config = true;
	return STATUS_SUCCESS;
}

NTSTATUS WdfDeviceCreate(PWDFDEVICE_INIT *DeviceInit, PWDF_OBJECT_ATTRIBUTES DeviceAttributes,
			 WDFDEVICE *Handle)
{
	static const char function[] = "WdfDeviceCreate";
	WDFDEVICE_INIT *init;
	netcx_device *device = nullptr;
	Object *parent;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!DeviceInit || !*DeviceInit || !Handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      DeviceInit && *DeviceInit ? "Device" : "DeviceInit");
	init = *DeviceInit;
	if (init->created)
		return refuse(nullptr, STATUS_INVALID_DEVICE_STATE,
			      "%s was called a second time for one device", function);
	status = init->refused();
	if (!NT_SUCCESS(status))
		return refuse_again(status);
	parent = init->driver->object;
	status = check_attributes(function, parent, DeviceAttributes, ParentRule::fixed, &parent);
	if (!NT_SUCCESS(status))
		return status;

	status = create_object(function, DeviceAttributes, parent, &device);
	if (!NT_SUCCESS(status))
		return status;
	device->device = device;
	device->set_os(init->os);
	device->callbacks = init->callbacks;
	device->power_policy = init->power_policy;
	device->previews = init->previews;
	device->reset = init->reset;
	WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&device->wake_settings);
	device->net_config = init->net_config;
	status = device->create_mutexes(function);
	if (!NT_SUCCESS(status)) {
		device->release();
		return status;
	}
	/* Dropped by netcx_core_device_remove(). */
	device->reference();
	status = publish_object(function, device, Handle);
	if (!NT_SUCCESS(status)) {
		device->release();
		return status;
	}
	init->created = device;
	*DeviceInit = nullptr;
	return STATUS_SUCCESS;
}

WDFDRIVER WdfDeviceGetDriver(WDFDEVICE Device)
{
	netcx_device *device = from_handle<netcx_device>(Device, "WdfDeviceGetDriver");

	return device ? to_handle<WDFDRIVER>(device->driver->object) : nullptr;
}

void WdfDeviceSetAlignmentRequirement(WDFDEVICE Device, ULONG AlignmentRequirement)
{
	static const char function[] = "WdfDeviceSetAlignmentRequirement";
	netcx_device *device = from_handle<netcx_device>(Device, function);

	if (!device)
		return;
	if (AlignmentRequirement > FILE_512_BYTE_ALIGNMENT ||
	    (AlignmentRequirement & (AlignmentRequirement + 1))) {
		refuse(device, STATUS_INVALID_PARAMETER,
		       "%s: AlignmentRequirement is 0x%x, must be a power of two less one, at most "
		       "0x%x",
		       function, AlignmentRequirement, FILE_512_BYTE_ALIGNMENT);
		return;
	}
	device->alignment = AlignmentRequirement;
}

void WdfDeviceSetFailed(WDFDEVICE Device, WDF_DEVICE_FAILED_ACTION)
{
	netcx_device *device = from_handle<netcx_device>(Device, "WdfDeviceSetFailed");

	const OsDevice os(device);

	if (os.get())
		netcx_os_device_set_failed(os.get());
}

void WdfDeviceSetDeviceState(WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState)
{
	netcx_device *device = device_of_state("WdfDeviceSetDeviceState", Device, DeviceState);

	if (!device)
		return;
	for (auto member : device_state_members) {
		if (DeviceState->*member != WdfUseDefault)
			device->pnp_state.*member = DeviceState->*member;
	}
	if (DeviceState->Failed == WdfTrue || DeviceState->Removed == WdfTrue)
		WdfDeviceSetFailed(Device, WdfDeviceFailedNoRestart);
}

void WdfDeviceGetDeviceState(WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState)
{
	const netcx_device *device =
		device_of_state("WdfDeviceGetDeviceState", Device, DeviceState);

	if (device)
		*DeviceState = device->pnp_state;
}

PDEVICE_OBJECT WdfDeviceWdmGetPhysicalDevice(WDFDEVICE Device)
{
	return reinterpret_cast<PDEVICE_OBJECT>(
		from_handle<netcx_device>(Device, "WdfDeviceWdmGetPhysicalDevice"));
}

PDEVICE_OBJECT WdfDeviceWdmGetDeviceObject(WDFDEVICE Device)
{
	return reinterpret_cast<PDEVICE_OBJECT>(
		from_handle<netcx_device>(Device, "WdfDeviceWdmGetDeviceObject"));
}

PDEVICE_OBJECT WdfDeviceWdmGetAttachedDevice(WDFDEVICE Device)
{
	return reinterpret_cast<PDEVICE_OBJECT>(
		from_handle<netcx_device>(Device, "WdfDeviceWdmGetAttachedDevice"));
}

} // extern "C"

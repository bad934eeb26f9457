// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The order in which a device's callbacks come: start, stop, power down and up. Each step that fails
 * undoes those before it, in reverse.
 */
#include "adapter.h"
#include "caller.h"
#include "device.h"
#include "driver.h"
#include "interrupt.h"
#include "resources.h"

using namespace netcx;

/* The callback of that name, if the client has it. */
template <class Callback, class... Arguments>
static NTSTATUS call(netcx_device *device, const char *name, Callback callback,
		     Arguments... arguments)
{
	NTSTATUS status;

	if (!callback)
		return STATUS_SUCCESS;

	const CallerScope scope(device);

	status = callback(to_handle<WDFDEVICE>(device), arguments...);
	if (!NT_SUCCESS(status))
		device->log_failure(scope.reported(status), name, status);
	return status;
}

void netcx_device::flush_dpcs()
{
	for (UINT32 n = 0;; n++) {
		Interrupt *interrupt;

		netcx_os_spinlock_acquire(driver->tree_lock);
		interrupt = first_interrupt;
		for (UINT32 i = 0; interrupt && i < n; i++)
			interrupt = interrupt->next;
		if (interrupt)
			interrupt->reference();
		netcx_os_spinlock_release(driver->tree_lock);
		if (!interrupt)
			return;
		interrupt->flush_dpc();
		interrupt->release();
	}
}

/* ---- D0 ---- */

/* What WdfInterruptEnable() has connected before is disconnected by disable_interrupts(). */
static void set_in_d0(netcx_device *device, bool in_d0)
{
	netcx_os_mutex_acquire(device->interrupt_mutex);
	device->in_d0 = in_d0;
	netcx_os_mutex_release(device->interrupt_mutex);
}

static void leave_d0(netcx_device *device, WDF_POWER_DEVICE_STATE target)
{
	set_in_d0(device, false);
	disable_interrupts(device);
	call(device, "EvtDeviceD0Exit", device->callbacks.EvtDeviceD0Exit, target);
}

static NTSTATUS enter_d0(netcx_device *device, WDF_POWER_DEVICE_STATE previous,
			 WDF_POWER_DEVICE_STATE back_to)
{
	NTSTATUS status;

	status = call(device, "EvtDeviceD0Entry", device->callbacks.EvtDeviceD0Entry, previous);
	if (!NT_SUCCESS(status))
		return status;
	set_in_d0(device, true);
	status = enable_interrupts(device);
	if (NT_SUCCESS(status))
		status = call(device, "EvtDeviceD0EntryPostInterruptsEnabled",
			      device->callbacks.EvtDeviceD0EntryPostInterruptsEnabled, previous);
	if (!NT_SUCCESS(status))
		leave_d0(device, back_to);
	return status;
}

/* For a caller that has undone everything that came after D0 entry. */
static void exit_d0(netcx_device *device, WDF_POWER_DEVICE_STATE target)
{
	call(device, "EvtDeviceD0ExitPreInterruptsDisabled",
	     device->callbacks.EvtDeviceD0ExitPreInterruptsDisabled, target);
	leave_d0(device, target);
}

/* ---- self-managed I/O ---- */

static NTSTATUS begin_self_managed_io(netcx_device *device)
{
	if (device->self_managed_io)
		return call(device, "EvtDeviceSelfManagedIoRestart",
			    device->callbacks.EvtDeviceSelfManagedIoRestart);
	/* Even if it fails: EvtDeviceSelfManagedIoCleanup is called then, too. */
	device->self_managed_io = true;
	return call(device, "EvtDeviceSelfManagedIoInit",
		    device->callbacks.EvtDeviceSelfManagedIoInit);
}

static void suspend_self_managed_io(netcx_device *device)
{
	if (device->self_managed_io)
		call(device, "EvtDeviceSelfManagedIoSuspend",
		     device->callbacks.EvtDeviceSelfManagedIoSuspend);
}

static void end_self_managed_io(netcx_device *device)
{
	const CallerScope scope(device);

	if (!device->self_managed_io)
		return;
	device->self_managed_io = false;
	if (device->callbacks.EvtDeviceSelfManagedIoFlush)
		device->callbacks.EvtDeviceSelfManagedIoFlush(to_handle<WDFDEVICE>(device));
	if (device->callbacks.EvtDeviceSelfManagedIoCleanup)
		device->callbacks.EvtDeviceSelfManagedIoCleanup(to_handle<WDFDEVICE>(device));
}

/* ---- hardware ---- */

static void release_hardware(netcx_device *device)
{
	call(device, "EvtDeviceReleaseHardware", device->callbacks.EvtDeviceReleaseHardware,
	     to_handle<WDFCMRESLIST>(device->translated));
	device->prepared = false;
	forget_vectors(device);
	delete_resource_lists(device);
}

static NTSTATUS prepare_hardware(netcx_device *device)
{
	NTSTATUS status = create_resource_lists(device);

	if (!NT_SUCCESS(status))
		return status;
	assign_vectors(device);
	status = call(
		device, "EvtDevicePrepareHardware", device->callbacks.EvtDevicePrepareHardware,
		to_handle<WDFCMRESLIST>(device->raw), to_handle<WDFCMRESLIST>(device->translated));
	if (NT_SUCCESS(status))
		device->prepared = true;
	else
		release_hardware(device);
	return status;
}

static NTSTATUS start_device(netcx_device *device)
{
	NTSTATUS status;

	/* It has neither callbacks nor, yet, an adapter. */
	if (device->lightweight) {
		device->prepared = true;
		device->in_d0 = true;
		device->adapters_wanted = true;
		device->started = true;
		return STATUS_SUCCESS;
	}
	status = prepare_hardware(device);
	if (!NT_SUCCESS(status))
		return status;
	status = enter_d0(device, WdfPowerDeviceD3Final, WdfPowerDeviceD3Final);
	if (!NT_SUCCESS(status))
		goto release;
	status = register_adapters(device);
	if (!NT_SUCCESS(status))
		goto exit_d0;
	status = begin_self_managed_io(device);
	if (!NT_SUCCESS(status))
		goto unregister;
	device->started = true;
	return STATUS_SUCCESS;

unregister:
	unregister_adapters(device);
exit_d0:
	exit_d0(device, WdfPowerDeviceD3Final);
release:
	/* In case D0 entry failed: an adapter that was started must not outlive its hardware. */
	unregister_adapters(device);
	release_hardware(device);
	end_self_managed_io(device);
	return status;
}

/* ---- the machine's sleep ---- */

static void arm(netcx_device *device)
{
	const auto &callbacks = device->power_policy;
	NTSTATUS status = STATUS_SUCCESS;

	if (!has_wake_sources(device) || device->wake_settings.Enabled == WdfFalse)
		return;
	if (callbacks.EvtDeviceArmWakeFromSx)
		status = call(device, "EvtDeviceArmWakeFromSx", callbacks.EvtDeviceArmWakeFromSx);
	else if (callbacks.EvtDeviceArmWakeFromSxWithReason)
		status = call(device, "EvtDeviceArmWakeFromSxWithReason",
			      callbacks.EvtDeviceArmWakeFromSxWithReason,
			      static_cast<BOOLEAN>(TRUE), static_cast<BOOLEAN>(FALSE));
	else
		return;
	device->armed = NT_SUCCESS(status);
}

/* Whatever brings it back: the first try may have failed. */
static void disarm(netcx_device *device)
{
	const CallerScope scope(device);
	const WDFDEVICE handle = to_handle<WDFDEVICE>(device);
	const bool woke = device->woke;

	if (!device->armed)
		return;
	device->armed = false;
	device->woke = false;
	device->waking = true;
	if (woke && device->power_policy.EvtDeviceWakeFromSxTriggered)
		device->power_policy.EvtDeviceWakeFromSxTriggered(handle);
	if (device->power_policy.EvtDeviceDisarmWakeFromSx)
		device->power_policy.EvtDeviceDisarmWakeFromSx(handle);
}

static void sleep(netcx_device *device)
{
	if (!device->in_d0)
		return;
	suspend_self_managed_io(device);
	adapters_datapath_down(device, true);
	arm(device);
	exit_d0(device, WdfPowerDeviceD3);
}

/* The adapters are started again by the client, or else by restart_adapters(). */
static void release_for_restart(netcx_device *device)
{
	if (device->lightweight) {
		device->prepared = false;
	} else {
		device->restarting = true;
		release_hardware(device);
		device->restarting = false;
	}
	let_adapters_restart(device);
}

static void power_down(netcx_device *device)
{
	if (!device->in_d0)
		return;
	suspend_self_managed_io(device);
	adapters_datapath_down(device, false);
	exit_d0(device, WdfPowerDeviceD3Final);
	release_for_restart(device);
}

static NTSTATUS prepare_again(netcx_device *device)
{
	NTSTATUS status;

	device->restarting = true;
	if (device->lightweight) {
		device->prepared = true;
		status = STATUS_SUCCESS;
	} else {
		status = prepare_hardware(device);
	}
	device->restarting = false;
	return status;
}

/* Into D0, from a blank state if the hardware was released. */
static NTSTATUS power_up(netcx_device *device)
{
	const bool blank = !device->prepared;
	const WDF_POWER_DEVICE_STATE state = blank ? WdfPowerDeviceD3Final : WdfPowerDeviceD3;
	NTSTATUS status;

	if (!device->started || device->in_d0)
		return STATUS_SUCCESS;
	if (blank) {
		/* Adapters that were started since the hardware was released. */
		let_adapters_restart(device);
		status = prepare_again(device);
		if (!NT_SUCCESS(status)) {
			let_adapters_restart(device);
			return status;
		}
	}
	status = enter_d0(device, state, state);
	if (!NT_SUCCESS(status))
		goto release;
	disarm(device);
	if (blank)
		restart_adapters(device);
	status = adapters_datapath_up(device, blank);
	if (!NT_SUCCESS(status))
		goto exit_d0;
	status = begin_self_managed_io(device);
	if (NT_SUCCESS(status))
		return status;

	adapters_datapath_down(device, false);
exit_d0:
	exit_d0(device, WdfPowerDeviceD3Final);
release:
	/* The next try begins from a blank state. */
	release_for_restart(device);
	return status;
}

extern "C" {

int netcx_core_device_start(struct netcx_device *device)
{
	const CallerScope scope(device);

	return netcx_core_errno(start_device(device));
}

void netcx_core_device_surprise_removal(struct netcx_device *device)
{
	const CallerScope scope(device);

	if (device->started && device->callbacks.EvtDeviceSurpriseRemoval)
		device->callbacks.EvtDeviceSurpriseRemoval(to_handle<WDFDEVICE>(device));
}

void netcx_core_device_stop(struct netcx_device *device)
{
	const CallerScope scope(device);

	if (!device->started)
		return;
	device->started = false;
	device->armed = false;
	device->waking = false;
	device->woke = false;
	if (device->in_d0)
		suspend_self_managed_io(device);
	unregister_adapters(device);
	if (device->in_d0)
		exit_d0(device, WdfPowerDeviceD3Final);
	if (device->prepared && !device->lightweight)
		release_hardware(device);
	end_self_managed_io(device);
}

void netcx_core_device_power_down(struct netcx_device *device)
{
	const CallerScope scope(device);

	power_down(device);
}

void netcx_core_device_show_lost(struct netcx_device *device)
{
	adapters_show_lost(device);
}

int netcx_core_device_power_up(struct netcx_device *device)
{
	const CallerScope scope(device);
	const NTSTATUS status = power_up(device);

	if (NT_SUCCESS(status))
		device->waking = false;
	return netcx_core_errno(status);
}

void netcx_core_device_sleep(struct netcx_device *device)
{
	const CallerScope scope(device);

	sleep(device);
}

void netcx_core_device_machine_woke(struct netcx_device *device, BOOLEAN woke)
{
	device->waking = true;
	if (woke && device->armed)
		device->woke = true;
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Resets that the client asks for, and what it has to say about a reset. */
#include "caller.h"
#include "device.h"
#include "log.h"

using namespace netcx;

extern "C" {

void netcx_core_device_collect_reset_diagnostics(struct netcx_device *device)
{
	const CallerScope scope(device);
	UINT8 *outdated;

	if (!device->reset.EvtNetDeviceCollectResetDiagnostics)
		return;
	netcx_os_mutex_acquire(device->data_mutex);
	outdated = device->diagnostics;
	device->diagnostics = nullptr;
	device->diagnostics_size = 0;
	netcx_os_mutex_release(device->data_mutex);
	netcx_os_free(outdated);

	device->diagnostics_thread = netcx_os_current_thread();
	device->reset.EvtNetDeviceCollectResetDiagnostics(to_handle<WDFDEVICE>(device));
	device->diagnostics_thread = nullptr;
}

SIZE_T netcx_core_device_reset_diagnostics(struct netcx_device *device, UINT8 *buffer, SIZE_T size)
{
	SIZE_T stored;

	netcx_os_mutex_acquire(device->data_mutex);
	stored = device->diagnostics_size;
	if (stored && size)
		RtlCopyMemory(buffer, device->diagnostics, size < stored ? size : stored);
	netcx_os_mutex_release(device->data_mutex);
	return stored;
}

void NetDeviceRequestReset(WDFDEVICE Device)
{
	static const char function[] = "NetDeviceRequestReset";
	netcx_device *device = from_handle<netcx_device>(Device, function);

	if (!device || refuse_atomic(device, function))
		return;

	const OsDevice os(device);

	if (os.get() && netcx_os_device_request_reset(os.get()))
		log_line(device, NETCX_OS_LOG_WARNING, "the client asks for a reset");
	else
		log_line(device, NETCX_OS_LOG_WARNING,
			 "%s: the device is not started, or is being stopped: nothing to reset",
			 function);
}

void NetDeviceStoreResetDiagnostics(WDFDEVICE Device, SIZE_T ResetDiagnosticsSize,
				    UINT8 const *ResetDiagnosticsBuffer)
{
	static const char function[] = "NetDeviceStoreResetDiagnostics";
	netcx_device *device = from_handle<netcx_device>(Device, function);
	UINT8 *copy;

	if (!device || refuse_atomic(device, function))
		return;
	if (device->diagnostics_thread != netcx_os_current_thread() || device->diagnostics) {
		refuse(device, STATUS_INVALID_DEVICE_STATE,
		       "%s was called %s (IsNotCollectingResetDiagnostics)", function,
		       device->diagnostics ? "a second time"
					   : "outside of EvtNetDeviceCollectResetDiagnostics");
		return;
	}
	if (!ResetDiagnosticsBuffer) {
		refuse(device, STATUS_INVALID_PARAMETER,
		       "%s: ResetDiagnosticsBuffer is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (!ResetDiagnosticsSize || ResetDiagnosticsSize > MAX_RESET_DIAGNOSTICS_SIZE) {
		refuse(device, STATUS_INVALID_PARAMETER,
		       "%s: ResetDiagnosticsSize is %zu, must be 1 to %u "
		       "(ResetDiagnosticsSizeTooLarge)",
		       function, ResetDiagnosticsSize, MAX_RESET_DIAGNOSTICS_SIZE);
		return;
	}
	copy = static_cast<UINT8 *>(netcx_os_zalloc(ResetDiagnosticsSize));
	if (!copy) {
		refuse(device, STATUS_INSUFFICIENT_RESOURCES, "%s: no memory of %zu bytes",
		       function, ResetDiagnosticsSize);
		return;
	}
	RtlCopyMemory(copy, ResetDiagnosticsBuffer, ResetDiagnosticsSize);
	netcx_os_mutex_acquire(device->data_mutex);
	device->diagnostics = copy;
	device->diagnostics_size = ResetDiagnosticsSize;
	netcx_os_mutex_release(device->data_mutex);
}

} // extern "C"

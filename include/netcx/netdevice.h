/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What NetAdapterCx adds to a device: its initialisation, previews of wake sources, resets.
 *
 * Pages: "Device initialization", "Recovering an unresponsive NIC with NetAdapterCx PLDR",
 * "NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS structure (netdevice.h)".
 */
#ifndef NETCX_NETDEVICE_H
#define NETCX_NETDEVICE_H

#include "wdf.h"
#include "netadaptercxtypes.h"

/*
 * Asks whether the hardware has room for one more pattern to wake for, or address to answer for.
 * STATUS_SUCCESS if it has, else STATUS_NDIS_PM_WOL_PATTERN_LIST_FULL or
 * STATUS_NDIS_PM_PROTOCOL_OFFLOAD_LIST_FULL. The handle is valid within the callback. Process
 * context.
 */
typedef NTSTATUS EVT_NET_DEVICE_PREVIEW_WAKE_SOURCE(WDFDEVICE Device, NETWAKESOURCE WakeSource);
typedef EVT_NET_DEVICE_PREVIEW_WAKE_SOURCE *PFN_NET_DEVICE_PREVIEW_WAKE_SOURCE;
typedef NTSTATUS EVT_NET_DEVICE_PREVIEW_POWER_OFFLOAD(WDFDEVICE Device,
						      NETPOWEROFFLOAD PowerOffload);
typedef EVT_NET_DEVICE_PREVIEW_POWER_OFFLOAD *PFN_NET_DEVICE_PREVIEW_POWER_OFFLOAD;

/**
 * struct _NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS - may refuse what the hardware has no room for; all are optional
 * @Size: sizeof this structure
 * @EvtDevicePreviewBitmapPattern: see the type; so for the others
 * @EvtDevicePreviewArpOffload: -
 * @EvtDevicePreviewNSOffload: -
 */
typedef struct _NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS {
	ULONG Size;
	PFN_NET_DEVICE_PREVIEW_WAKE_SOURCE EvtDevicePreviewBitmapPattern;
	PFN_NET_DEVICE_PREVIEW_POWER_OFFLOAD EvtDevicePreviewArpOffload;
	PFN_NET_DEVICE_PREVIEW_POWER_OFFLOAD EvtDevicePreviewNSOffload;
} NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS, *PNET_DEVICE_POWER_POLICY_EVENT_CALLBACKS;

NETCX_STATIC_ASSERT(sizeof(NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS) == 32,
		    "NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS size");

/**
 * NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS_INIT() - no callback is set
 * @Callbacks: is overwritten
 */
NETCX_INLINE void
NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS_INIT(NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS *Callbacks)
{
	RtlZeroMemory(Callbacks, sizeof(*Callbacks));
	Callbacks->Size = sizeof(*Callbacks);
}

/*
 * Store what helps to find out why the device is reset, with NetDeviceStoreResetDiagnostics(). The
 * device may not answer any more. Process context; be done within about three seconds.
 */
typedef void EVT_NET_DEVICE_COLLECT_RESET_DIAGNOSTICS(WDFDEVICE Device);
typedef EVT_NET_DEVICE_COLLECT_RESET_DIAGNOSTICS *PFN_NET_DEVICE_COLLECT_RESET_DIAGNOSTICS;

/**
 * struct _NET_DEVICE_RESET_CAPABILITIES - diagnostics before a reset
 * @Size: sizeof this structure
 * @ResetDiagnosticsGuid: names their format
 * @EvtNetDeviceCollectResetDiagnostics: optional
 */
typedef struct _NET_DEVICE_RESET_CAPABILITIES {
	ULONG Size;
	GUID ResetDiagnosticsGuid;
	PFN_NET_DEVICE_COLLECT_RESET_DIAGNOSTICS EvtNetDeviceCollectResetDiagnostics;
} NET_DEVICE_RESET_CAPABILITIES, *PNET_DEVICE_RESET_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_DEVICE_RESET_CAPABILITIES) == 32,
		    "NET_DEVICE_RESET_CAPABILITIES size");

/**
 * NET_DEVICE_RESET_CAPABILITIES_INIT() - sets all
 * @ResetCapabilities: is overwritten
 * @ResetDiagnosticsGuid: see the structure
 * @EvtNetDeviceCollectResetDiagnostics: see the structure
 */
NETCX_INLINE void NET_DEVICE_RESET_CAPABILITIES_INIT(
	NET_DEVICE_RESET_CAPABILITIES *ResetCapabilities, GUID ResetDiagnosticsGuid,
	PFN_NET_DEVICE_COLLECT_RESET_DIAGNOSTICS EvtNetDeviceCollectResetDiagnostics)
{
	RtlZeroMemory(ResetCapabilities, sizeof(*ResetCapabilities));
	ResetCapabilities->Size = sizeof(*ResetCapabilities);
	ResetCapabilities->ResetDiagnosticsGuid = ResetDiagnosticsGuid;
	ResetCapabilities->EvtNetDeviceCollectResetDiagnostics =
		EvtNetDeviceCollectResetDiagnostics;
}

/* Bytes of diagnostics that are kept at most. */
#define MAX_RESET_DIAGNOSTICS_SIZE 1048576

EXTERN_C_START

/**
 * NetDeviceInitConfig() - lets the device that is going to be created have adapters
 * @DeviceInit: EvtDriverDeviceAdd's; call this before WdfDeviceCreate()
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER.
 */
NTSTATUS NetDeviceInitConfig(PWDFDEVICE_INIT DeviceInit);

/**
 * NetDeviceInitSetPowerPolicyEventCallbacks() - sets the previews of the device to be created
 * @DeviceInit: EvtDriverDeviceAdd's
 * @Callbacks: copied; a wrong Size makes WdfDeviceCreate() fail
 *
 * Context: process.
 */
void NetDeviceInitSetPowerPolicyEventCallbacks(
	PWDFDEVICE_INIT DeviceInit, NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS const *Callbacks);

/**
 * NetDeviceInitSetResetCapabilities() - sets the callback that collects diagnostics before a reset
 * @DeviceInit: EvtDriverDeviceAdd's
 * @ResetCapabilities: copied; a wrong Size makes WdfDeviceCreate() fail
 *
 * Context: process.
 */
void NetDeviceInitSetResetCapabilities(PWDFDEVICE_INIT DeviceInit,
				       NET_DEVICE_RESET_CAPABILITIES const *ResetCapabilities);

/**
 * NetDeviceRequestReset() - asks for a reset of the device
 * @Device: the device
 *
 * Soon, in another context: diagnostics are collected, the device leaves D0 and enters it again. One
 * request is enough, more have no effect until then.
 *
 * Context: process.
 */
void NetDeviceRequestReset(WDFDEVICE Device);

/**
 * NetDeviceStoreResetDiagnostics() - stores diagnostics of the device before it is reset
 * @Device: the device
 * @ResetDiagnosticsSize: in bytes, at most MAX_RESET_DIAGNOSTICS_SIZE
 * @ResetDiagnosticsBuffer: copied and kept until the next reset; "devlink health dump show" of the
 *	reporter "reset" has it
 *
 * Context: EvtNetDeviceCollectResetDiagnostics, once. Elsewhere nothing happens but a line in the log.
 */
void NetDeviceStoreResetDiagnostics(WDFDEVICE Device, SIZE_T ResetDiagnosticsSize,
				    UINT8 const *ResetDiagnosticsBuffer);

EXTERN_C_END

#endif /* NETCX_NETDEVICE_H */

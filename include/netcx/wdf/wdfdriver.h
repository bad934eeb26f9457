/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The driver object. Page: "WdfDriverCreate function (wdfdriver.h)". */
#ifndef NETCX_WDFDRIVER_H
#define NETCX_WDFDRIVER_H

#include "wdfobject.h"

/*
 * A device that the driver's id table matches was found: set callbacks in DeviceInit, then
 * WdfDeviceCreate(). A failure leaves the device without a driver; what was created is deleted.
 * Context: process.
 */
typedef NTSTATUS EVT_WDF_DRIVER_DEVICE_ADD(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit);
typedef EVT_WDF_DRIVER_DEVICE_ADD *PFN_WDF_DRIVER_DEVICE_ADD;

/* The module is being removed; all devices are gone. Context: process. */
typedef void EVT_WDF_DRIVER_UNLOAD(WDFDRIVER Driver);
typedef EVT_WDF_DRIVER_UNLOAD *PFN_WDF_DRIVER_UNLOAD;

typedef enum _WDF_DRIVER_INIT_FLAGS NETCX_INT_ENUM {
	WdfDriverInitNonPnpDriver = 0x00000001,
	WdfDriverInitNoDispatchOverride = 0x00000002,
	WdfVerifyOn = 0x00000004
} WDF_DRIVER_INIT_FLAGS;

/**
 * struct _WDF_DRIVER_CONFIG - a driver's callbacks
 * @Size: sizeof this structure
 * @EvtDriverDeviceAdd: required
 * @EvtDriverUnload: optional
 * @DriverInitFlags: ignored
 * @DriverPoolTag: ignored
 */
typedef struct _WDF_DRIVER_CONFIG {
	ULONG Size;
	PFN_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
	PFN_WDF_DRIVER_UNLOAD EvtDriverUnload;
	ULONG DriverInitFlags;
	ULONG DriverPoolTag;
} WDF_DRIVER_CONFIG, *PWDF_DRIVER_CONFIG;

NETCX_STATIC_ASSERT(sizeof(WDF_DRIVER_CONFIG) == 32, "WDF_DRIVER_CONFIG size");

/**
 * WDF_DRIVER_CONFIG_INIT() - all that a driver needs but EvtDriverUnload
 * @Config: is overwritten
 * @EvtDriverDeviceAdd: see the type
 */
NETCX_INLINE void WDF_DRIVER_CONFIG_INIT(PWDF_DRIVER_CONFIG Config,
					 PFN_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->EvtDriverDeviceAdd = EvtDriverDeviceAdd;
}

EXTERN_C_START

/**
 * WdfDriverCreate() - creates the driver object; once, from DriverEntry
 * @DriverObject: DriverEntry's
 * @RegistryPath: DriverEntry's
 * @DriverAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @DriverConfig: copied
 * @Driver: receives the handle; may be NULL
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfDriverCreate(PDRIVER_OBJECT DriverObject, PCUNICODE_STRING RegistryPath,
			 PWDF_OBJECT_ATTRIBUTES DriverAttributes, PWDF_DRIVER_CONFIG DriverConfig,
			 WDFDRIVER *Driver);

/**
 * WdfDriverWdmGetDriverObject() - what DriverEntry was given
 * @Driver: WdfDriverCreate()'s
 *
 * Context: any.
 * Return: DriverEntry's DriverObject; NULL for what is no driver.
 */
PDRIVER_OBJECT WdfDriverWdmGetDriverObject(WDFDRIVER Driver);

EXTERN_C_END

#endif /* NETCX_WDFDRIVER_H */

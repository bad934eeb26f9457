/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What NetAdapterCx asks of a device before it is created. Page: "Device initialization". */
#ifndef NETCX_NETDEVICE_H
#define NETCX_NETDEVICE_H

#include "wdf.h"
#include "netadaptercxtypes.h"

EXTERN_C_START

/**
 * NetDeviceInitConfig() - makes the device to be created one that can have adapters
 * @DeviceInit: EvtDriverDeviceAdd's; call this before WdfDeviceCreate()
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER.
 */
NTSTATUS NetDeviceInitConfig(PWDFDEVICE_INIT DeviceInit);

EXTERN_C_END

#endif /* NETCX_NETDEVICE_H */

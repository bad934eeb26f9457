/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What a device's driver asks of the drivers below: of its bus. Page: wdffdo.h. */
#ifndef NETCX_WDFFDO_H
#define NETCX_WDFFDO_H

#include "wdfobject.h"

EXTERN_C_START

/**
 * WdfFdoQueryForInterface() - asks for an interface
 * @Fdo: a device
 * @InterfaceType: its GUID: GUID_BUS_INTERFACE_STANDARD (wdmguid.h)
 * @Interface: receives it; begins with an INTERFACE
 * @Size: of what @Interface points to, in bytes
 * @Version: 1
 * @InterfaceSpecificData: ignored; may be NULL
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE; STATUS_INVALID_PARAMETER for NULL;
 * STATUS_NOT_SUPPORTED for another GUID or version, and for a device that is not on PCI;
 * STATUS_BUFFER_TOO_SMALL for a @Size that is less than the interface's.
 */
NTSTATUS WdfFdoQueryForInterface(WDFDEVICE Fdo, LPCGUID InterfaceType, PINTERFACE Interface,
				 USHORT Size, USHORT Version, PVOID InterfaceSpecificData);

EXTERN_C_END

#endif /* NETCX_WDFFDO_H */

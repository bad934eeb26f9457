/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * GUIDs of interfaces and buses. Each file that includes this has its own copies of those it uses.
 *
 * Names and values: wdmguid.h; pages "BUS_INTERFACE_STANDARD structure (wdm.h)", "IoGetDeviceProperty
 * function (wdm.h)".
 */
#ifndef NETCX_WDMGUID_H
#define NETCX_WDMGUID_H

#include "initguid.h"

/* For WdfFdoQueryForInterface(): the bus driver's functions, see BUS_INTERFACE_STANDARD. */
DEFINE_GUID(GUID_BUS_INTERFACE_STANDARD, 0x496b8280, 0x6f25, 0x11d0, 0xbe, 0xaf, 0x08, 0x00, 0x2b,
	    0xe2, 0x09, 0x2f);

/* What DevicePropertyBusTypeGuid tells of a PCI function. */
DEFINE_GUID(GUID_BUS_TYPE_PCI, 0xc8ebdfb0, 0xb510, 0x11d0, 0x80, 0xe5, 0x00, 0xa0, 0xc9, 0x25, 0x42,
	    0xe3);

#endif /* NETCX_WDMGUID_H */

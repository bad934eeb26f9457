// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* BUS_INTERFACE_STANDARD: the device's configuration space. */
#include "device.h"
#include "log.h"

#include <netcx/wdmguid.h>

namespace netcx
{

/* The context is the device's handle. NULL, which is logged, if it is something else. */
static netcx_device *device_of(void *context, const char *function)
{
	return from_handle<netcx_device>(context, function);
}

static void reference(PVOID)
{
}

static BOOLEAN translate(PVOID, PHYSICAL_ADDRESS bus_address, ULONG, PULONG,
			 PPHYSICAL_ADDRESS translated)
{
	*translated = bus_address;
	return TRUE;
}

static struct _DMA_ADAPTER *get_dma_adapter(PVOID, struct _DEVICE_DESCRIPTION *, PULONG registers)
{
	if (registers)
		*registers = 0;
	return nullptr;
}

static ULONG get_data(PVOID context, ULONG type, PVOID buffer, ULONG offset, ULONG length)
{
	const OsDevice os(device_of(context, "GetBusData"));

	if (!os.get() || type != PCI_WHICHSPACE_CONFIG)
		return 0;
	return netcx_os_device_read_config(os.get(), offset, buffer, length);
}

static ULONG set_data(PVOID context, ULONG type, PVOID buffer, ULONG offset, ULONG length)
{
	const OsDevice os(device_of(context, "SetBusData"));

	if (!os.get() || type != PCI_WHICHSPACE_CONFIG)
		return 0;
	return netcx_os_device_write_config(os.get(), offset, buffer, length);
}

static bool is_on_pci(const netcx_device *device)
{
	struct netcx_os_pci_location location;
	const OsDevice os(device);

	return os.get() && netcx_os_device_pci_location(os.get(), &location);
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfFdoQueryForInterface(WDFDEVICE Fdo, LPCGUID InterfaceType, PINTERFACE Interface,
				 USHORT Size, USHORT Version, PVOID)
{
	static const char function[] = "WdfFdoQueryForInterface";
	netcx_device *device = from_handle<netcx_device>(Fdo, function);

	if (!device)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(device, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!InterfaceType || !Interface)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      InterfaceType ? "Interface" : "InterfaceType");
	if (!RtlEqualMemory(InterfaceType, &GUID_BUS_INTERFACE_STANDARD, sizeof(GUID)) ||
	    Version != 1)
		return refuse(device, STATUS_NOT_SUPPORTED,
			      "%s: there is GUID_BUS_INTERFACE_STANDARD of version 1, and no other",
			      function);
	if (!is_on_pci(device))
		return refuse(device, STATUS_NOT_SUPPORTED, "%s: the device is not on PCI",
			      function);
	if (Size < sizeof(BUS_INTERFACE_STANDARD))
		return refuse(device, STATUS_BUFFER_TOO_SMALL,
			      "%s: Size is %u, must be at least %zu", function, Size,
			      sizeof(BUS_INTERFACE_STANDARD));

	auto *bus = reinterpret_cast<PBUS_INTERFACE_STANDARD>(Interface);

	*bus = {sizeof(*bus),	 1,	   device,  reference, reference, translate,
		get_dma_adapter, set_data, get_data};
	return STATUS_SUCCESS;
}

} // extern "C"

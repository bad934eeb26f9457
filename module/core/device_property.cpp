// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What the bus knows of a device: wdf/wdfdeviceproperty.h has the list. */
#include "device.h"
#include "driver.h"
#include "log.h"
#include "memory.h"

#include <netcx/devpkey.h>
#include <netcx/ntstrsafe.h>
#include <netcx/wdmguid.h>

namespace netcx
{

/* {4d36e972-e325-11ce-bfc1-08002be10318}: the setup class of network adapters. */
static const GUID net_class = {
	0x4d36e972, 0xe325, 0x11ce, {0xbf, 0xc1, 0x08, 0x00, 0x2b, 0xe1, 0x03, 0x18}};
static const WCHAR net_class_text[] = L"{4d36e972-e325-11ce-bfc1-08002be10318}";

/* A property's value. */
class Property
{
public:
	void number(UINT32 value)
	{
		copy(&value, sizeof(value));
		type_ = DEVPROP_TYPE_UINT32;
	}

	void guid(const GUID &value)
	{
		copy(&value, sizeof(value));
		type_ = DEVPROP_TYPE_GUID;
	}

	/* One more string, or the only one. */
	void string(PCWSTR format, ...)
	{
		WCHAR *text = reinterpret_cast<WCHAR *>(bytes_ + size_);
		SIZE_T left = sizeof(bytes_) - size_;
		__builtin_va_list arguments;

		__builtin_va_start(arguments, format);
		RtlStringCbVPrintfExW(text, left, nullptr, &left, 0, format, arguments);
		__builtin_va_end(arguments);
		size_ = sizeof(bytes_) - static_cast<UINT32>(left) + sizeof(WCHAR);
		type_ = DEVPROP_TYPE_STRING;
	}

	void end_list()
	{
		string(L"");
		type_ = DEVPROP_TYPE_STRING_LIST;
	}

	const void *bytes() const { return bytes_; }

	UINT32 size() const { return size_; }

	DEVPROPTYPE type() const { return type_; }

private:
	void copy(const void *value, UINT32 size)
	{
		RtlCopyMemory(bytes_, value, size);
		size_ = size;
	}

	alignas(8) UINT8 bytes_[1024] = {};
	UINT32 size_ = 0;
	DEVPROPTYPE type_ = DEVPROP_TYPE_EMPTY;
};

/* What a PCI function says of itself. */
struct Identity {
	PCI_COMMON_HEADER header;
	struct netcx_os_pci_location location;
};

static bool identify(struct netcx_os_device *os, Identity *identity)
{
	return netcx_os_device_pci_location(os, &identity->location) &&
	       netcx_os_device_read_config(os, 0, &identity->header, sizeof(identity->header)) ==
		       sizeof(identity->header);
}

static void hardware_ids(const PCI_COMMON_HEADER &pci, Property *property)
{
	const UINT32 subsystem =
		static_cast<UINT32>(pci.u.type0.SubSystemID) << 16 | pci.u.type0.SubVendorID;

	property->string(L"PCI\\VEN_%04X&DEV_%04X&SUBSYS_%08X&REV_%02X", pci.VendorID, pci.DeviceID,
			 subsystem, pci.RevisionID);
	property->string(L"PCI\\VEN_%04X&DEV_%04X&SUBSYS_%08X", pci.VendorID, pci.DeviceID,
			 subsystem);
	property->string(L"PCI\\VEN_%04X&DEV_%04X&CC_%02X%02X%02X", pci.VendorID, pci.DeviceID,
			 pci.BaseClass, pci.SubClass, pci.ProgIf);
	property->string(L"PCI\\VEN_%04X&DEV_%04X&CC_%02X%02X", pci.VendorID, pci.DeviceID,
			 pci.BaseClass, pci.SubClass);
	property->end_list();
}

static void compatible_ids(const PCI_COMMON_HEADER &pci, Property *property)
{
	property->string(L"PCI\\VEN_%04X&DEV_%04X&REV_%02X", pci.VendorID, pci.DeviceID,
			 pci.RevisionID);
	property->string(L"PCI\\VEN_%04X&DEV_%04X", pci.VendorID, pci.DeviceID);
	property->string(L"PCI\\VEN_%04X&CC_%02X%02X%02X", pci.VendorID, pci.BaseClass,
			 pci.SubClass, pci.ProgIf);
	property->string(L"PCI\\VEN_%04X&CC_%02X%02X", pci.VendorID, pci.BaseClass, pci.SubClass);
	property->string(L"PCI\\VEN_%04X", pci.VendorID);
	property->string(L"PCI\\CC_%02X%02X%02X", pci.BaseClass, pci.SubClass, pci.ProgIf);
	property->string(L"PCI\\CC_%02X%02X", pci.BaseClass, pci.SubClass);
	property->end_list();
}

/* Those that only a PCI function has. */
static void describe_function(const Identity &pci, DEVICE_REGISTRY_PROPERTY which,
			      Property *property)
{
	switch (which) {
	case DevicePropertyHardwareID:
		hardware_ids(pci.header, property);
		break;
	case DevicePropertyCompatibleIDs:
		compatible_ids(pci.header, property);
		break;
	case DevicePropertyLocationInformation:
		property->string(L"PCI bus %u, device %u, function %u", pci.location.bus,
				 pci.location.device, pci.location.function);
		break;
	case DevicePropertyBusTypeGuid:
		property->guid(GUID_BUS_TYPE_PCI);
		break;
	case DevicePropertyLegacyBusType:
		property->number(PCIBus);
		break;
	case DevicePropertyBusNumber:
		property->number(pci.location.bus);
		break;
	case DevicePropertyAddress:
		property->number(pci.location.device << 16 | pci.location.function);
		break;
	default:
		break;
	}
}

static NTSTATUS describe(const netcx_device *device, DEVICE_REGISTRY_PROPERTY which,
			 Property *property)
{
	const OsDevice os(device);
	Identity pci;

	if (!os.get())
		return STATUS_DEVICE_DOES_NOT_EXIST;

	const bool on_pci = identify(os.get(), &pci);

	switch (which) {
	case DevicePropertyClassName:
		property->string(L"Net");
		break;
	case DevicePropertyClassGuid:
		property->string(L"%s", net_class_text);
		break;
	case DevicePropertyPhysicalDeviceObjectName:
		property->string(L"\\Device\\%S", netcx_os_device_name(os.get()));
		break;
	case DevicePropertyEnumeratorName:
		property->string(on_pci ? L"PCI" : L"NETCX");
		break;
	case DevicePropertyUINumber:
		property->number(MAXULONG);
		break;
	default:
		if (on_pci)
			describe_function(pci, which, property);
		break;
	}
	return property->size() ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND;
}

/* ---- the unified model ---- */

static bool same_key(const DEVPROPKEY &a, const DEVPROPKEY &b)
{
	return a.pid == b.pid && RtlEqualMemory(&a.fmtid, &b.fmtid, sizeof(a.fmtid));
}

static NTSTATUS describe(const netcx_device *device, const DEVPROPKEY &key, Property *property)
{
	static const struct {
		const DEVPROPKEY &key;
		DEVICE_REGISTRY_PROPERTY which;
	} keys[] = {
		{DEVPKEY_Device_HardwareIds, DevicePropertyHardwareID},
		{DEVPKEY_Device_CompatibleIds, DevicePropertyCompatibleIDs},
		{DEVPKEY_Device_Class, DevicePropertyClassName},
		{DEVPKEY_Device_LocationInfo, DevicePropertyLocationInformation},
		{DEVPKEY_Device_PDOName, DevicePropertyPhysicalDeviceObjectName},
		{DEVPKEY_Device_UINumber, DevicePropertyUINumber},
		{DEVPKEY_Device_BusTypeGuid, DevicePropertyBusTypeGuid},
		{DEVPKEY_Device_LegacyBusType, DevicePropertyLegacyBusType},
		{DEVPKEY_Device_BusNumber, DevicePropertyBusNumber},
		{DEVPKEY_Device_EnumeratorName, DevicePropertyEnumeratorName},
		{DEVPKEY_Device_Address, DevicePropertyAddress},
	};

	/* By its older name it is text. */
	if (same_key(key, DEVPKEY_Device_ClassGuid)) {
		property->guid(net_class);
		return STATUS_SUCCESS;
	}
	for (const auto &one : keys) {
		if (same_key(key, one.key))
			return describe(device, one.which, property);
	}
	return STATUS_OBJECT_NAME_NOT_FOUND;
}

/* ---- what the functions have in common ---- */

static NTSTATUS begin(const char *function, WDFDEVICE handle, netcx_device **device)
{
	*device = from_handle<netcx_device>(handle, function);
	if (!*device)
		return STATUS_INVALID_HANDLE;
	return refuse_atomic(*device, function) ? STATUS_INVALID_DEVICE_STATE : STATUS_SUCCESS;
}

static NTSTATUS refuse_null(const netcx_device *device, const char *function, const char *argument)
{
	return refuse(device, STATUS_INVALID_PARAMETER, "%s: %s is NULL (ParameterCantBeNull)",
		      function, argument);
}

static NTSTATUS query(const char *function, const netcx_device *device,
		      DEVICE_REGISTRY_PROPERTY which, Property *property)
{
	if (which < DevicePropertyDeviceDescription || which > DevicePropertyContainerID)
		return refuse(device, STATUS_INVALID_PARAMETER_2,
			      "%s: DeviceProperty is %d, must be 0 to %d", function,
			      static_cast<int>(which), DevicePropertyContainerID);
	return describe(device, which, property);
}

static NTSTATUS query(const char *function, const netcx_device *device,
		      const WDF_DEVICE_PROPERTY_DATA *data, const DEVPROPTYPE *type,
		      Property *property)
{
	NTSTATUS status;

	if (!data || !type)
		return refuse_null(device, function, data ? "Type" : "DeviceProperty");
	status = check_size(device, "WDF_DEVICE_PROPERTY_DATA", data->Size, sizeof(*data));
	if (!NT_SUCCESS(status))
		return status;
	if (!data->PropertyKey)
		return refuse_null(device, function, "PropertyKey");
	return describe(device, *data->PropertyKey, property);
}

static NTSTATUS give(const char *function, const netcx_device *device, const Property &property,
		     const WDF_OBJECT_ATTRIBUTES *attributes, WDFMEMORY *memory)
{
	PVOID buffer;
	NTSTATUS status = create_memory(function, device->driver->object, attributes,
					property.size(), memory, &buffer);

	if (NT_SUCCESS(status))
		RtlCopyMemory(buffer, property.bytes(), property.size());
	return status;
}

static NTSTATUS give(const Property &property, ULONG length, PVOID buffer, PULONG result)
{
	*result = property.size();
	if (length < property.size())
		return STATUS_BUFFER_TOO_SMALL;
	RtlCopyMemory(buffer, property.bytes(), property.size());
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfDeviceAllocAndQueryProperty(WDFDEVICE Device, DEVICE_REGISTRY_PROPERTY DeviceProperty,
					POOL_TYPE, PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
					WDFMEMORY *PropertyMemory)
{
	static const char function[] = "WdfDeviceAllocAndQueryProperty";
	netcx_device *device;
	Property property;
	NTSTATUS status = begin(function, Device, &device);

	if (NT_SUCCESS(status) && !PropertyMemory)
		status = refuse_null(device, function, "PropertyMemory");
	if (NT_SUCCESS(status))
		status = query(function, device, DeviceProperty, &property);
	if (NT_SUCCESS(status))
		status = give(function, device, property, PropertyMemoryAttributes, PropertyMemory);
	return status;
}

NTSTATUS WdfDeviceQueryProperty(WDFDEVICE Device, DEVICE_REGISTRY_PROPERTY DeviceProperty,
				ULONG BufferLength, PVOID PropertyBuffer, PULONG ResultLength)
{
	static const char function[] = "WdfDeviceQueryProperty";
	netcx_device *device;
	Property property;
	NTSTATUS status = begin(function, Device, &device);

	if (NT_SUCCESS(status) && (!ResultLength || (!PropertyBuffer && BufferLength)))
		status = refuse_null(device, function,
				     ResultLength ? "PropertyBuffer" : "ResultLength");
	if (NT_SUCCESS(status))
		status = query(function, device, DeviceProperty, &property);
	if (NT_SUCCESS(status))
		status = give(property, BufferLength, PropertyBuffer, ResultLength);
	return status;
}

NTSTATUS WdfDeviceAllocAndQueryPropertyEx(WDFDEVICE Device,
					  PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE,
					  PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
					  WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type)
{
	static const char function[] = "WdfDeviceAllocAndQueryPropertyEx";
	netcx_device *device;
	Property property;
	NTSTATUS status = begin(function, Device, &device);

	if (NT_SUCCESS(status) && !PropertyMemory)
		status = refuse_null(device, function, "PropertyMemory");
	if (NT_SUCCESS(status))
		status = query(function, device, DeviceProperty, Type, &property);
	if (NT_SUCCESS(status))
		status = give(function, device, property, PropertyMemoryAttributes, PropertyMemory);
	if (NT_SUCCESS(status))
		*Type = property.type();
	return status;
}

NTSTATUS WdfDeviceQueryPropertyEx(WDFDEVICE Device, PWDF_DEVICE_PROPERTY_DATA DeviceProperty,
				  ULONG BufferLength, PVOID PropertyBuffer, PULONG RequiredSize,
				  PDEVPROPTYPE Type)
{
	static const char function[] = "WdfDeviceQueryPropertyEx";
	netcx_device *device;
	Property property;
	NTSTATUS status = begin(function, Device, &device);

	if (NT_SUCCESS(status) && (!RequiredSize || (!PropertyBuffer && BufferLength)))
		status = refuse_null(device, function,
				     RequiredSize ? "PropertyBuffer" : "RequiredSize");
	if (NT_SUCCESS(status))
		status = query(function, device, DeviceProperty, Type, &property);
	if (NT_SUCCESS(status)) {
		*Type = property.type();
		status = give(property, BufferLength, PropertyBuffer, RequiredSize);
	}
	return status;
}

} // extern "C"

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the bus knows of a device. A PCI function has:
 *
 *	HardwareID, CompatibleIDs	"PCI\VEN_8086&DEV_10D3&SUBSYS_00008086&REV_00" and shorter ones
 *	BusTypeGuid, LegacyBusType	GUID_BUS_TYPE_PCI, PCIBus
 *	BusNumber, Address		the bus; device number in the upper 16 bits, function in the lower
 *	EnumeratorName			"PCI"
 *	LocationInformation		"PCI bus 2, device 0, function 0"
 *	PhysicalDeviceObjectName	"\Device\0000:02:00.0": what Linux calls it
 *	ClassName, ClassGuid		"Net", and the GUID of that class as text
 *	UINumber			0xffffffff: not known
 *
 * A device of the virtual bus has the last three, and "NETCX" for an enumerator; a lightweight one, too.
 * What is described by an .inf on Windows (description, manufacturer, friendly name) no device has.
 *
 * Strings are wide and end in a null character.
 *
 * Pages: "WdfDeviceAllocAndQueryProperty function (wdfdevice.h)" and siblings, "IoGetDeviceProperty
 * function (wdm.h)", "DEVICE_REGISTRY_PROPERTY enumeration (wdm.h)".
 */
#ifndef NETCX_WDFDEVICEPROPERTY_H
#define NETCX_WDFDEVICEPROPERTY_H

#include "../devpropdef.h"
#include "wdfobject.h"

typedef enum DEVICE_REGISTRY_PROPERTY NETCX_INT_ENUM {
	DevicePropertyDeviceDescription = 0,
	DevicePropertyHardwareID,
	DevicePropertyCompatibleIDs,
	DevicePropertyBootConfiguration,
	DevicePropertyBootConfigurationTranslated,
	DevicePropertyClassName,
	DevicePropertyClassGuid,
	DevicePropertyDriverKeyName,
	DevicePropertyManufacturer,
	DevicePropertyFriendlyName,
	DevicePropertyLocationInformation,
	DevicePropertyPhysicalDeviceObjectName,
	DevicePropertyBusTypeGuid,
	DevicePropertyLegacyBusType,
	DevicePropertyBusNumber,
	DevicePropertyEnumeratorName,
	DevicePropertyAddress,
	DevicePropertyUINumber,
	DevicePropertyInstallState,
	DevicePropertyRemovalPolicy,
	DevicePropertyResourceRequirements,
	DevicePropertyAllocatedResources,
	DevicePropertyContainerID
} DEVICE_REGISTRY_PROPERTY;

/* What DevicePropertyLegacyBusType tells. */
typedef enum _INTERFACE_TYPE NETCX_INT_ENUM {
	InterfaceTypeUndefined = -1,
	Internal = 0,
	Isa,
	Eisa,
	MicroChannel,
	TurboChannel,
	PCIBus,
	VMEBus,
	NuBus,
	PCMCIABus,
	CBus,
	MPIBus,
	MPSABus,
	ProcessorInternal,
	InternalPowerBus,
	PNPISABus,
	PNPBus,
	Vmcs,
	ACPIBus
} INTERFACE_TYPE,
	*PINTERFACE_TYPE;

typedef ULONG LCID;
#define LOCALE_NEUTRAL 0x0000

/**
 * struct _WDF_DEVICE_PROPERTY_DATA - names a property of the unified model
 * @Size: sizeof this structure
 * @PropertyKey: a DEVPKEY_Device_... of devpkey.h
 * @Lcid: ignored: nothing is translated
 * @Flags: 0
 */
typedef struct _WDF_DEVICE_PROPERTY_DATA {
	ULONG Size;
	const DEVPROPKEY *PropertyKey;
	LCID Lcid;
	ULONG Flags;
} WDF_DEVICE_PROPERTY_DATA, *PWDF_DEVICE_PROPERTY_DATA;

NETCX_STATIC_ASSERT(sizeof(WDF_DEVICE_PROPERTY_DATA) == 24, "WDF_DEVICE_PROPERTY_DATA size");

/**
 * WDF_DEVICE_PROPERTY_DATA_INIT() - names a property
 * @PropertyData: is overwritten
 * @PropertyKey: see the structure
 */
NETCX_INLINE void WDF_DEVICE_PROPERTY_DATA_INIT(PWDF_DEVICE_PROPERTY_DATA PropertyData,
						const DEVPROPKEY *PropertyKey)
{
	RtlZeroMemory(PropertyData, sizeof(*PropertyData));
	PropertyData->Size = sizeof(*PropertyData);
	PropertyData->PropertyKey = PropertyKey;
}

EXTERN_C_START

/**
 * WdfDeviceAllocAndQueryProperty() - a property, in memory of its own
 * @Device: a device
 * @DeviceProperty: which
 * @PoolType: ignored: all memory is the same here
 * @PropertyMemoryAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @PropertyMemory: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE; STATUS_INVALID_PARAMETER; STATUS_INVALID_PARAMETER_2
 * for a property that there is not on Windows; STATUS_OBJECT_NAME_NOT_FOUND if the device does not have it;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfDeviceAllocAndQueryProperty(WDFDEVICE Device, DEVICE_REGISTRY_PROPERTY DeviceProperty,
					POOL_TYPE PoolType,
					PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
					WDFMEMORY *PropertyMemory);

/**
 * WdfDeviceQueryProperty() - a property, in the caller's memory
 * @Device: a device
 * @DeviceProperty: which
 * @BufferLength: in bytes
 * @PropertyBuffer: receives it; may be NULL with a length of 0
 * @ResultLength: receives how many bytes it has
 *
 * Context: process.
 * Return: as above; STATUS_BUFFER_TOO_SMALL.
 */
NTSTATUS WdfDeviceQueryProperty(WDFDEVICE Device, DEVICE_REGISTRY_PROPERTY DeviceProperty,
				ULONG BufferLength, PVOID PropertyBuffer, PULONG ResultLength);

/**
 * WdfDeviceAllocAndQueryPropertyEx() - a property of the unified model, in memory of its own
 * @Device: a device
 * @DeviceProperty: which
 * @PoolType: ignored
 * @PropertyMemoryAttributes: as above
 * @PropertyMemory: receives the handle
 * @Type: receives a DEVPROP_TYPE_...
 *
 * Context: process.
 * Return: as WdfDeviceAllocAndQueryProperty(); STATUS_INFO_LENGTH_MISMATCH for a wrong Size; for any key
 * that is not known STATUS_OBJECT_NAME_NOT_FOUND.
 */
NTSTATUS WdfDeviceAllocAndQueryPropertyEx(WDFDEVICE Device,
					  PWDF_DEVICE_PROPERTY_DATA DeviceProperty,
					  POOL_TYPE PoolType,
					  PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
					  WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type);

/**
 * WdfDeviceQueryPropertyEx() - a property of the unified model, in the caller's memory
 * @Device: a device
 * @DeviceProperty: which
 * @BufferLength: in bytes
 * @PropertyBuffer: receives it; may be NULL with a length of 0
 * @RequiredSize: receives how many bytes it has
 * @Type: receives a DEVPROP_TYPE_...
 *
 * Context: process.
 * Return: as WdfDeviceAllocAndQueryPropertyEx(); STATUS_BUFFER_TOO_SMALL.
 */
NTSTATUS WdfDeviceQueryPropertyEx(WDFDEVICE Device, PWDF_DEVICE_PROPERTY_DATA DeviceProperty,
				  ULONG BufferLength, PVOID PropertyBuffer, PULONG RequiredSize,
				  PDEVPROPTYPE Type);

EXTERN_C_END

#endif /* NETCX_WDFDEVICEPROPERTY_H */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a client learns of its device from the bus, does to its configuration space, and says of it.

#include <cstring>
#include <string>

#include <netcx/devpkey.h>
#include <netcx/wdmguid.h>

#include "core_client.h"

DEFINE_DEVPROPKEY(unit_key, 0xa45c254e, 0xdf1c, 0x4efd, 0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50,
		  0xe0, 77);

namespace unit
{

class CoreBus : public CoreFixture
{
protected:
	/* An 82576 of QEMU's. */
	void put_on_pci()
	{
		PCI_COMMON_HEADER header = {};

		header.VendorID = 0x8086;
		header.DeviceID = 0x10c9;
		header.Command = PCI_ENABLE_MEMORY_SPACE | PCI_ENABLE_BUS_MASTER;
		header.RevisionID = 1;
		header.BaseClass = 2;
		header.u.type0.SubVendorID = 0x1af4;
		header.u.type0.SubSystemID = 0x1100;
		hardware.config_space.resize(4096);
		memcpy(hardware.config_space.data(), &header, sizeof(header));
	}

	BUS_INTERFACE_STANDARD bus_interface()
	{
		BUS_INTERFACE_STANDARD bus = {};

		EXPECT_EQ(WdfFdoQueryForInterface(client.device, &GUID_BUS_INTERFACE_STANDARD,
						  reinterpret_cast<PINTERFACE>(&bus), sizeof(bus),
						  1, nullptr),
			  STATUS_SUCCESS);
		return bus;
	}

	/* Of ASCII characters, zeros included. */
	static std::string narrow(const void *text, SIZE_T bytes)
	{
		const auto *wide = static_cast<const WCHAR *>(text);
		std::string result;

		for (SIZE_T i = 0; i < bytes / sizeof(WCHAR); i++)
			result += wide[i] ? static_cast<char>(wide[i]) : '|';
		return result;
	}

	std::string text(DEVICE_REGISTRY_PROPERTY property)
	{
		WDFMEMORY memory;
		SIZE_T size;
		NTSTATUS status = WdfDeviceAllocAndQueryProperty(client.device, property,
								 NonPagedPoolNx, nullptr, &memory);

		if (!NT_SUCCESS(status))
			return netcx_core_status_name(status);
		const PVOID buffer = WdfMemoryGetBuffer(memory, &size);
		const std::string result = narrow(buffer, size);
		WdfObjectDelete(memory);
		return result;
	}

	ULONG number(DEVICE_REGISTRY_PROPERTY property)
	{
		ULONG value = 0, length = 0;

		EXPECT_EQ(WdfDeviceQueryProperty(client.device, property, sizeof(value), &value,
						 &length),
			  STATUS_SUCCESS);
		EXPECT_EQ(length, 4u);
		return value;
	}
};

TEST_F(CoreBus, ConfigurationSpaceIsReadAndWritten)
{
	put_on_pci();
	ASSERT_EQ(start(), 0);
	const BUS_INTERFACE_STANDARD bus = bus_interface();
	PCI_COMMON_CONFIG config;
	USHORT command = 0x407;
	UCHAR byte = 0;

	EXPECT_EQ(bus.Size, sizeof(bus));
	EXPECT_EQ(bus.Version, 1);
	EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &config, 0, sizeof(config)),
		  sizeof(config));
	EXPECT_EQ(config.VendorID, 0x8086);
	EXPECT_EQ(config.DeviceID, 0x10c9);
	EXPECT_EQ(config.u.type0.SubSystemID, 0x1100);
	EXPECT_EQ(bus.SetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &command,
				 FIELD_OFFSET(PCI_COMMON_CONFIG, Command), sizeof(command)),
		  2u);
	EXPECT_EQ(hardware.config_space[4], 7);
	EXPECT_EQ(hardware.config_space[5], 4);
	EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &byte, 5, 1), 1u);
	EXPECT_EQ(byte, 4);
	EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &config, 4090, 100), 6u);
	EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &config, 4096, 4), 0u);
	EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_ROM, &config, 0, 4), 0u);
	EXPECT_EQ(bus.SetBusData(bus.Context, PCI_WHICHSPACE_ROM, &command, 0, 2), 0u);

	/* Also where nobody may sleep. */
	{
		const fake::Os::Atomic atomic;

		EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &byte, 0, 1), 1u);
	}
	bus.InterfaceReference(bus.Context);
	bus.InterfaceDereference(bus.Context);
	bus.InterfaceDereference(bus.Context);

	PHYSICAL_ADDRESS address = {}, translated = {};
	ULONG space = 0, registers = 7;
	address.QuadPart = 0x12345678;
	EXPECT_TRUE(bus.TranslateBusAddress(bus.Context, address, 4096, &space, &translated));
	EXPECT_EQ(translated.QuadPart, 0x12345678);
	EXPECT_EQ(bus.GetDmaAdapter(bus.Context, nullptr, &registers), nullptr);
	EXPECT_EQ(registers, 0u);
	EXPECT_EQ(bus.GetDmaAdapter(bus.Context, nullptr, nullptr), nullptr);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreBus, OfADeviceThatIsGoneThereIsNoConfigurationSpace)
{
	put_on_pci();
	ASSERT_EQ(start(), 0);
	const BUS_INTERFACE_STANDARD bus = bus_interface();
	ULONG value;

	WdfObjectReference(client.device);
	netcx_core_device_stop(device);
	started = false;
	netcx_core_device_remove(device);
	device = nullptr;
	EXPECT_EQ(bus.GetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &value, 0, 4), 0u);
	EXPECT_EQ(bus.SetBusData(bus.Context, PCI_WHICHSPACE_CONFIG, &value, 0, 4), 0u);
	EXPECT_EQ(text(DevicePropertyEnumeratorName), "STATUS_DEVICE_DOES_NOT_EXIST");
	WdfObjectDereference(client.device);
}

TEST_F(CoreBus, OtherInterfacesDoNotExist)
{
	BUS_INTERFACE_STANDARD bus = {};
	const PINTERFACE interface = reinterpret_cast<PINTERFACE>(&bus);
	const LPCGUID standard = &GUID_BUS_INTERFACE_STANDARD;

	ASSERT_EQ(start(), 0);
	EXPECT_EQ(WdfFdoQueryForInterface(client.device, standard, interface, sizeof(bus), 1,
					  nullptr),
		  STATUS_NOT_SUPPORTED);
	put_on_pci();
	EXPECT_EQ(WdfFdoQueryForInterface(client.device, &GUID_BUS_TYPE_PCI, interface, sizeof(bus),
					  1, nullptr),
		  STATUS_NOT_SUPPORTED);
	EXPECT_EQ(WdfFdoQueryForInterface(client.device, standard, interface, sizeof(bus), 2,
					  nullptr),
		  STATUS_NOT_SUPPORTED);
	EXPECT_EQ(WdfFdoQueryForInterface(client.device, standard, interface, sizeof(INTERFACE), 1,
					  nullptr),
		  STATUS_BUFFER_TOO_SMALL);
	EXPECT_EQ(
		WdfFdoQueryForInterface(client.device, nullptr, interface, sizeof(bus), 1, nullptr),
		STATUS_INVALID_PARAMETER);
	EXPECT_EQ(
		WdfFdoQueryForInterface(client.device, standard, nullptr, sizeof(bus), 1, nullptr),
		STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfFdoQueryForInterface(nullptr, standard, interface, sizeof(bus), 1, nullptr),
		  STATUS_INVALID_HANDLE);
	const fake::Os::Atomic atomic;
	EXPECT_EQ(WdfFdoQueryForInterface(client.device, standard, interface, sizeof(bus), 1,
					  nullptr),
		  STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.errors(), 8u) << os.whole_log();
}

TEST_F(CoreBus, APciFunctionHasTheNamesThatInfsKnow)
{
	put_on_pci();
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(text(DevicePropertyHardwareID),
		  "PCI\\VEN_8086&DEV_10C9&SUBSYS_11001AF4&REV_01|"
		  "PCI\\VEN_8086&DEV_10C9&SUBSYS_11001AF4|"
		  "PCI\\VEN_8086&DEV_10C9&CC_020000|PCI\\VEN_8086&DEV_10C9&CC_0200||");
	EXPECT_EQ(text(DevicePropertyCompatibleIDs),
		  "PCI\\VEN_8086&DEV_10C9&REV_01|PCI\\VEN_8086&DEV_10C9|PCI\\VEN_8086&CC_020000|"
		  "PCI\\VEN_8086&CC_0200|PCI\\VEN_8086|PCI\\CC_020000|PCI\\CC_0200||");
	EXPECT_EQ(text(DevicePropertyEnumeratorName), "PCI|");
	EXPECT_EQ(text(DevicePropertyLocationInformation), "PCI bus 2, device 3, function 1|");
	EXPECT_EQ(text(DevicePropertyPhysicalDeviceObjectName), "\\Device\\fake0|");
	EXPECT_EQ(text(DevicePropertyClassName), "Net|");
	EXPECT_EQ(text(DevicePropertyClassGuid), "{4d36e972-e325-11ce-bfc1-08002be10318}|");
	EXPECT_EQ(number(DevicePropertyBusNumber), 2u);
	EXPECT_EQ(number(DevicePropertyAddress), 0x30001u);
	EXPECT_EQ(number(DevicePropertyLegacyBusType), static_cast<ULONG>(PCIBus));
	EXPECT_EQ(number(DevicePropertyUINumber), 0xffffffffu);
	EXPECT_EQ(text(DevicePropertyFriendlyName), "STATUS_OBJECT_NAME_NOT_FOUND");
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreBus, OtherDevicesHaveWhatEveryOneHas)
{
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(text(DevicePropertyEnumeratorName), "NETCX|");
	EXPECT_EQ(text(DevicePropertyClassName), "Net|");
	EXPECT_EQ(text(DevicePropertyHardwareID), "STATUS_OBJECT_NAME_NOT_FOUND");
	EXPECT_EQ(text(DevicePropertyBusNumber), "STATUS_OBJECT_NAME_NOT_FOUND");
}

TEST_F(CoreBus, PropertiesHaveKeysAndTypes)
{
	put_on_pci();
	ASSERT_EQ(start(), 0);
	static const struct {
		const DEVPROPKEY &key;
		DEVPROPTYPE type;
		ULONG size;
	} known[] = {
		{DEVPKEY_Device_HardwareIds, DEVPROP_TYPE_STRING_LIST, 250},
		{DEVPKEY_Device_CompatibleIds, DEVPROP_TYPE_STRING_LIST, 250},
		{DEVPKEY_Device_Class, DEVPROP_TYPE_STRING, 8},
		{DEVPKEY_Device_ClassGuid, DEVPROP_TYPE_GUID, 16},
		{DEVPKEY_Device_LocationInfo, DEVPROP_TYPE_STRING, 64},
		{DEVPKEY_Device_PDOName, DEVPROP_TYPE_STRING, 28},
		{DEVPKEY_Device_UINumber, DEVPROP_TYPE_UINT32, 4},
		{DEVPKEY_Device_BusTypeGuid, DEVPROP_TYPE_GUID, 16},
		{DEVPKEY_Device_LegacyBusType, DEVPROP_TYPE_UINT32, 4},
		{DEVPKEY_Device_BusNumber, DEVPROP_TYPE_UINT32, 4},
		{DEVPKEY_Device_EnumeratorName, DEVPROP_TYPE_STRING, 8},
		{DEVPKEY_Device_Address, DEVPROP_TYPE_UINT32, 4},
	};
	static const DEVPROPKEY *unknown[] = {
		&DEVPKEY_Device_DeviceDesc,
		&DEVPKEY_Device_Service,
		&DEVPKEY_Device_Manufacturer,
		&DEVPKEY_Device_FriendlyName,
		&unit_key,
	};
	WDF_DEVICE_PROPERTY_DATA data;
	WDFMEMORY memory;
	DEVPROPTYPE type;
	UCHAR buffer[1024];
	ULONG size;

	for (const auto &one : known) {
		WDF_DEVICE_PROPERTY_DATA_INIT(&data, &one.key);
		EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, &data, sizeof(buffer), buffer,
						   &size, &type),
			  STATUS_SUCCESS);
		EXPECT_EQ(type, one.type) << one.key.pid;
		if (one.type == DEVPROP_TYPE_STRING_LIST)
			EXPECT_GT(size, one.size) << one.key.pid;
		else
			EXPECT_EQ(size, one.size) << one.key.pid;
	}
	WDF_DEVICE_PROPERTY_DATA_INIT(&data, &DEVPKEY_Device_BusTypeGuid);
	EXPECT_EQ(WdfDeviceAllocAndQueryPropertyEx(client.device, &data, PagedPool, nullptr,
						   &memory, &type),
		  STATUS_SUCCESS);
	EXPECT_EQ(memcmp(WdfMemoryGetBuffer(memory, nullptr), &GUID_BUS_TYPE_PCI, sizeof(GUID)), 0);
	WdfObjectDelete(memory);
	for (const DEVPROPKEY *key : unknown) {
		WDF_DEVICE_PROPERTY_DATA_INIT(&data, key);
		EXPECT_EQ(WdfDeviceAllocAndQueryPropertyEx(client.device, &data, PagedPool, nullptr,
							   &memory, &type),
			  STATUS_OBJECT_NAME_NOT_FOUND);
	}
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreBus, QuestionsThatAreNoneAreRefused)
{
	WDF_DEVICE_PROPERTY_DATA data;
	WDFMEMORY memory;
	DEVPROPTYPE type;
	UCHAR buffer[4];
	ULONG size = 0;

	ASSERT_EQ(start(), 0);
	WDF_DEVICE_PROPERTY_DATA_INIT(&data, &DEVPKEY_Device_Class);
	EXPECT_EQ(WdfDeviceQueryProperty(client.device, DevicePropertyClassName, 0, nullptr, &size),
		  STATUS_BUFFER_TOO_SMALL);
	EXPECT_EQ(size, 8u);
	size = 0;
	EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, &data, 4, buffer, &size, &type),
		  STATUS_BUFFER_TOO_SMALL);
	EXPECT_EQ(size, 8u);
	EXPECT_EQ(os.log.size(), 0u);

	const auto beyond = static_cast<DEVICE_REGISTRY_PROPERTY>(DevicePropertyContainerID + 1);
	EXPECT_EQ(WdfDeviceQueryProperty(client.device, beyond, 4, buffer, &size),
		  STATUS_INVALID_PARAMETER_2);
	EXPECT_EQ(WdfDeviceQueryProperty(client.device, DevicePropertyClassName, 4, nullptr, &size),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(
		WdfDeviceQueryProperty(client.device, DevicePropertyClassName, 4, buffer, nullptr),
		STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfDeviceAllocAndQueryProperty(client.device, DevicePropertyClassName, PagedPool,
						 nullptr, nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfDeviceAllocAndQueryProperty(nullptr, DevicePropertyClassName, PagedPool,
						 nullptr, &memory),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, nullptr, 4, buffer, &size, &type),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, &data, 4, buffer, &size, nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, &data, 4, buffer, nullptr, &type),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfDeviceAllocAndQueryPropertyEx(client.device, &data, PagedPool, nullptr,
						   nullptr, &type),
		  STATUS_INVALID_PARAMETER);
	data.PropertyKey = nullptr;
	EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, &data, 4, buffer, &size, &type),
		  STATUS_INVALID_PARAMETER);
	data.Size = 1;
	EXPECT_EQ(WdfDeviceQueryPropertyEx(client.device, &data, 4, buffer, &size, &type),
		  STATUS_INFO_LENGTH_MISMATCH);
	const fake::Os::Atomic atomic;
	EXPECT_EQ(WdfDeviceQueryProperty(client.device, DevicePropertyClassName, 4, buffer, &size),
		  STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.errors(), 12u) << os.whole_log();
}

TEST_F(CoreBus, WhatTheClientSaysOfItsDeviceIsKept)
{
	WDF_DEVICE_STATE state;

	ASSERT_EQ(start(), 0);
	WDF_DEVICE_STATE_INIT(&state);
	state.NotDisableable = WdfTrue;
	state.Failed = WdfFalse;
	WdfDeviceSetDeviceState(client.device, &state);
	WDF_DEVICE_STATE_INIT(&state);
	state.DontDisplayInUI = WdfTrue;
	WdfDeviceSetDeviceState(client.device, &state);
	WDF_DEVICE_STATE_INIT(&state);
	WdfDeviceGetDeviceState(client.device, &state);
	EXPECT_EQ(state.NotDisableable, WdfTrue);
	EXPECT_EQ(state.DontDisplayInUI, WdfTrue);
	EXPECT_EQ(state.Failed, WdfFalse);
	EXPECT_EQ(state.Removed, WdfUseDefault);
	EXPECT_FALSE(hardware.failed);
	EXPECT_EQ(os.log.size(), 0u);

	WDF_DEVICE_STATE_INIT(&state);
	state.Failed = WdfTrue;
	WdfDeviceSetDeviceState(client.device, &state);
	EXPECT_TRUE(hardware.failed);
	hardware.failed = false;
	WDF_DEVICE_STATE_INIT(&state);
	state.Removed = WdfTrue;
	WdfDeviceSetDeviceState(client.device, &state);
	EXPECT_TRUE(hardware.failed);

	state.Size = 8;
	WdfDeviceSetDeviceState(client.device, &state);
	WdfDeviceGetDeviceState(client.device, &state);
	WdfDeviceSetDeviceState(client.device, nullptr);
	WdfDeviceGetDeviceState(client.device, nullptr);
	WdfDeviceSetDeviceState(nullptr, &state);
	WdfDeviceGetDeviceState(nullptr, &state);
	EXPECT_EQ(os.errors(), 6u) << os.whole_log();
}

TEST_F(CoreBus, WdmsNamesOfADeviceAreOne)
{
	ASSERT_EQ(start(), 0);
	const PDEVICE_OBJECT object = WdfDeviceWdmGetPhysicalDevice(client.device);

	EXPECT_NE(object, nullptr);
	EXPECT_EQ(WdfDeviceWdmGetDeviceObject(client.device), object);
	EXPECT_EQ(WdfDeviceWdmGetAttachedDevice(client.device), object);
	EXPECT_EQ(WdfDeviceWdmGetPhysicalDevice(nullptr), nullptr);
}

} // namespace unit

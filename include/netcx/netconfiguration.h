/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Configuration: values that somebody gives to a device, by name. Windows keeps them in the registry;
 * here they are the properties of the device's firmware node: ACPI's _DSD, a device tree, or what
 * is given to a device of the virtual bus when it is made.
 *
 *	value				property
 *	a 32-bit number			an integer
 *	a string, several strings	a string, an array of strings; ASCII
 *	bytes				an array of 8-bit integers
 *	a sub-configuration		a child node of that name
 *
 * A property is called as the value is. Where that begins with "*", as the standardised ones do
 * (*SpeedDuplex, *ReceiveBuffers), and there is no such property, the name without it is looked up:
 * a device tree cannot spell the star. What a driver assigns takes precedence, and is kept until the
 * device is removed. What neither has is looked up among the defaults that the driver was registered
 * with (netcx_client.h), which sub-configurations have none of.
 *
 * A missing value, or one of another type, is no error of the driver's and not logged.
 *
 * Pages: "Accessing configuration information", netconfiguration.h.
 */
#ifndef NETCX_NETCONFIGURATION_H
#define NETCX_NETCONFIGURATION_H

#include "netadapter/link.h"
#include "netadaptercxtypes.h"
#include "wdf.h"

typedef enum _NET_CONFIGURATION_QUERY_ULONG_FLAGS NETCX_INT_ENUM {
	NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS = 0,
	/* A string of digits is a hexadecimal number, not a decimal one. */
	NET_CONFIGURATION_QUERY_ULONG_MAY_BE_STORED_AS_HEX_STRING = 1
} NET_CONFIGURATION_QUERY_ULONG_FLAGS;

DEFINE_ENUM_FLAG_OPERATORS(NET_CONFIGURATION_QUERY_ULONG_FLAGS)

EXTERN_C_START

/**
 * NetAdapterOpenConfiguration() - opens the configuration of an adapter, which is its device's
 * @Adapter: the adapter, which becomes the parent
 * @ConfigurationAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @Configuration: receives the handle; NULL on failure
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INVALID_HANDLE;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetAdapterOpenConfiguration(NETADAPTER Adapter,
				     WDF_OBJECT_ATTRIBUTES *ConfigurationAttributes,
				     NETCONFIGURATION *Configuration);

/**
 * NetDeviceOpenConfiguration() - opens the configuration of a device
 * @Device: the device, which becomes the parent
 * @ConfigurationAttributes: as above
 * @Configuration: as above
 *
 * Context: process.
 * Return: as NetAdapterOpenConfiguration().
 */
NTSTATUS NetDeviceOpenConfiguration(WDFDEVICE Device,
				    WDF_OBJECT_ATTRIBUTES *ConfigurationAttributes,
				    NETCONFIGURATION *Configuration);

/**
 * NetConfigurationOpenSubConfiguration() - opens what is below a configuration
 * @Configuration: the configuration, which becomes the parent
 * @SubConfigurationName: its name: 1 to 63 ASCII characters
 * @SubConfigurationAttributes: as above
 * @SubConfiguration: as above. There need be nothing in it.
 *
 * Context: process.
 * Return: as NetAdapterOpenConfiguration(); STATUS_OBJECT_NAME_INVALID.
 */
NTSTATUS NetConfigurationOpenSubConfiguration(NETCONFIGURATION Configuration,
					      PCUNICODE_STRING SubConfigurationName,
					      WDF_OBJECT_ATTRIBUTES *SubConfigurationAttributes,
					      NETCONFIGURATION *SubConfiguration);

/**
 * NetConfigurationClose() - closes a configuration
 * @Configuration: the configuration; all below it is closed, too
 *
 * Context: process.
 */
void NetConfigurationClose(NETCONFIGURATION Configuration);

/**
 * NetConfigurationQueryUlong() - a number
 * @Configuration: where
 * @Flags: how a string of digits is to be read
 * @ValueName: what: 1 to 63 ASCII characters
 * @Value: receives the number, on success only
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND: there is no such value;
 * STATUS_OBJECT_TYPE_MISMATCH: it is no number; STATUS_OBJECT_NAME_INVALID;
 * STATUS_INVALID_PARAMETER for NULL or an unknown flag; STATUS_INVALID_HANDLE;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetConfigurationQueryUlong(NETCONFIGURATION Configuration,
				    NET_CONFIGURATION_QUERY_ULONG_FLAGS Flags,
				    PCUNICODE_STRING ValueName, PULONG Value);

/**
 * NetConfigurationQueryString() - a string
 * @Configuration: where
 * @ValueName: as above
 * @StringAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @WdfString: receives the handle of the string
 *
 * Context: process.
 * Return: as NetConfigurationQueryUlong().
 */
NTSTATUS NetConfigurationQueryString(NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName,
				     WDF_OBJECT_ATTRIBUTES *StringAttributes, WDFSTRING *WdfString);

/**
 * NetConfigurationQueryMultiString() - several strings
 * @Configuration: where
 * @ValueName: as above
 * @StringsAttributes: of each string; as above
 * @Collection: the strings are added to it, in order; on failure none is
 *
 * Context: process.
 * Return: as NetConfigurationQueryUlong().
 */
NTSTATUS NetConfigurationQueryMultiString(NETCONFIGURATION Configuration,
					  PCUNICODE_STRING ValueName,
					  WDF_OBJECT_ATTRIBUTES *StringsAttributes,
					  WDFCOLLECTION Collection);

/**
 * NetConfigurationQueryBinary() - bytes
 * @Configuration: where
 * @ValueName: as above
 * @PoolType: as for WdfMemoryCreate()
 * @MemoryAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @WdfMemory: receives the handle of the memory with the bytes
 *
 * Context: process.
 * Return: as NetConfigurationQueryUlong().
 */
NTSTATUS NetConfigurationQueryBinary(NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName,
				     POOL_TYPE PoolType, WDF_OBJECT_ATTRIBUTES *MemoryAttributes,
				     WDFMEMORY *WdfMemory);

/**
 * NetConfigurationQueryLinkLayerAddress() - the address that the user chose, by the name of
 *	NetworkAddress
 * @Configuration: where
 * @LinkLayerAddress: receives the address, on success only
 *
 * The value is bytes, or a string of hexadecimal digits in which "-" and ":" may stand.
 *
 * Context: process.
 * Return: as NetConfigurationQueryUlong(); STATUS_BUFFER_OVERFLOW for more than 32 bytes.
 */
NTSTATUS NetConfigurationQueryLinkLayerAddress(NETCONFIGURATION Configuration,
					       NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress);

/*
 * Assign a value, in place of any of that name. The strings of a collection are WDFSTRINGs. Context:
 * process. Return: STATUS_SUCCESS; STATUS_OBJECT_NAME_INVALID; STATUS_INVALID_PARAMETER for NULL, a
 * string that is not ASCII, or no bytes; STATUS_INVALID_HANDLE; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetConfigurationAssignUlong(NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName,
				     ULONG Value);
NTSTATUS NetConfigurationAssignUnicodeString(NETCONFIGURATION Configuration,
					     PCUNICODE_STRING ValueName, PCUNICODE_STRING Value);
NTSTATUS NetConfigurationAssignMultiString(NETCONFIGURATION Configuration,
					   PCUNICODE_STRING ValueName, WDFCOLLECTION Collection);
NTSTATUS NetConfigurationAssignBinary(NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName,
				      void *Buffer, ULONG BufferLength);

EXTERN_C_END

#endif /* NETCX_NETCONFIGURATION_H */

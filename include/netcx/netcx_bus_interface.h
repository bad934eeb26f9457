/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Interfaces, structures of functions that a driver asks for by GUID (WdfFdoQueryForInterface()), and the
 * one there is: the bus', which reads and writes the device's configuration space.
 *
 * It is good as long as the WDFDEVICE it was asked for; references count nothing, so that one which
 * is never given back does no harm.
 *
 * Pages: "INTERFACE structure (wdm.h)", "BUS_INTERFACE_STANDARD structure (wdm.h)" and its members'.
 */
#ifndef NETCX_BUS_INTERFACE_H
#define NETCX_BUS_INTERFACE_H

#include "ntdef.h"

typedef void INTERFACE_REFERENCE(PVOID Context);
typedef INTERFACE_REFERENCE *PINTERFACE_REFERENCE;
typedef void INTERFACE_DEREFERENCE(PVOID Context);
typedef INTERFACE_DEREFERENCE *PINTERFACE_DEREFERENCE;

/**
 * struct _INTERFACE - what every interface begins with
 * @Size: of the whole, in bytes
 * @Version: of the interface
 * @Context: the first argument of all its functions
 * @InterfaceReference: takes a reference
 * @InterfaceDereference: gives a reference back; the one that came with the interface too
 */
typedef struct _INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
} INTERFACE, *PINTERFACE;

NETCX_STATIC_ASSERT(sizeof(INTERFACE) == 32, "INTERFACE size");

struct _DMA_ADAPTER;
struct _DEVICE_DESCRIPTION;

/* An address on the bus becomes the processor's; they are the same. Context: any. Return: TRUE. */
typedef BOOLEAN TRANSLATE_BUS_ADDRESS(PVOID Context, PHYSICAL_ADDRESS BusAddress, ULONG Length,
				      PULONG AddressSpace, PPHYSICAL_ADDRESS TranslatedAddress);
typedef TRANSLATE_BUS_ADDRESS *PTRANSLATE_BUS_ADDRESS;

/* WDM's DMA adapter, which does not exist here: WdfDmaEnablerCreate(). Return: NULL. */
typedef struct _DMA_ADAPTER *GET_DMA_ADAPTER(PVOID Context,
					     struct _DEVICE_DESCRIPTION *DeviceDescriptor,
					     PULONG NumberOfMapRegisters);
typedef GET_DMA_ADAPTER *PGET_DMA_ADAPTER;

/*
 * Reads or writes Length bytes of configuration space from Offset on, in accesses as wide as their
 * alignment allows. DataType: PCI_WHICHSPACE_CONFIG. Context: any. Return: how many bytes; 0 for another
 * DataType, for a device that is not on PCI or is gone, and if Offset is outside of its configuration space.
 */
typedef ULONG GET_SET_DEVICE_DATA(PVOID Context, ULONG DataType, PVOID Buffer, ULONG Offset,
				  ULONG Length);
typedef GET_SET_DEVICE_DATA *PGET_SET_DEVICE_DATA;

/**
 * struct _BUS_INTERFACE_STANDARD - the bus' functions; its beginning is an INTERFACE
 * @Size: of this structure
 * @Version: 1
 * @Context: see INTERFACE, so for the next two
 * @InterfaceReference: -
 * @InterfaceDereference: -
 * @TranslateBusAddress: see the type, so for the others
 * @GetDmaAdapter: -
 * @SetBusData: writes
 * @GetBusData: reads
 */
typedef struct _BUS_INTERFACE_STANDARD {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PTRANSLATE_BUS_ADDRESS TranslateBusAddress;
	PGET_DMA_ADAPTER GetDmaAdapter;
	PGET_SET_DEVICE_DATA SetBusData;
	PGET_SET_DEVICE_DATA GetBusData;
} BUS_INTERFACE_STANDARD, *PBUS_INTERFACE_STANDARD;

NETCX_STATIC_ASSERT(sizeof(BUS_INTERFACE_STANDARD) == 64, "BUS_INTERFACE_STANDARD size");

#endif /* NETCX_BUS_INTERFACE_H */

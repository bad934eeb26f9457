/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A PCI function's configuration space, as BUS_INTERFACE_STANDARD's functions read and write it.
 *
 * Names and layout: "PCI_COMMON_CONFIG structure (wdm.h)", "PCI_COMMON_HEADER structure (ntddk.h)"; the
 * bits: PCI Local Bus Specification, chapter 6.
 */
#ifndef NETCX_PCI_H
#define NETCX_PCI_H

#include "ntdef.h"

/* DataType of GetBusData and SetBusData: configuration space, and the expansion ROM (not here). */
#define PCI_WHICHSPACE_CONFIG 0x0
#define PCI_WHICHSPACE_ROM    0x52696350

#define PCI_TYPE0_ADDRESSES 6
#define PCI_TYPE1_ADDRESSES 2
#define PCI_TYPE2_ADDRESSES 5

/* Where there is no function, and HeaderType: kinds, and the bit of a device of several functions. */
#define PCI_INVALID_VENDORID	0xffff
#define PCI_DEVICE_TYPE		0x00
#define PCI_BRIDGE_TYPE		0x01
#define PCI_CARDBUS_BRIDGE_TYPE 0x02
#define PCI_MULTIFUNCTION	0x80

/* Command. */
#define PCI_ENABLE_IO_SPACE		  0x0001
#define PCI_ENABLE_MEMORY_SPACE		  0x0002
#define PCI_ENABLE_BUS_MASTER		  0x0004
#define PCI_ENABLE_SPECIAL_CYCLES	  0x0008
#define PCI_ENABLE_WRITE_AND_INVALIDATE	  0x0010
#define PCI_ENABLE_VGA_COMPATIBLE_PALETTE 0x0020
#define PCI_ENABLE_PARITY		  0x0040
#define PCI_ENABLE_WAIT_CYCLE		  0x0080
#define PCI_ENABLE_SERR			  0x0100
#define PCI_ENABLE_FAST_BACK_TO_BACK	  0x0200
#define PCI_DISABLE_LEVEL_INTERRUPT	  0x0400

/* Status. */
#define PCI_STATUS_INTERRUPT_PENDING	 0x0008
#define PCI_STATUS_CAPABILITIES_LIST	 0x0010
#define PCI_STATUS_66MHZ_CAPABLE	 0x0020
#define PCI_STATUS_FAST_BACK_TO_BACK	 0x0080
#define PCI_STATUS_DATA_PARITY_DETECTED	 0x0100
#define PCI_STATUS_DEVSEL		 0x0600
#define PCI_STATUS_SIGNALED_TARGET_ABORT 0x0800
#define PCI_STATUS_RECEIVED_TARGET_ABORT 0x1000
#define PCI_STATUS_RECEIVED_MASTER_ABORT 0x2000
#define PCI_STATUS_SIGNALED_SYSTEM_ERROR 0x4000
#define PCI_STATUS_DETECTED_PARITY_ERROR 0x8000

/* What a capability in the list is. */
#define PCI_CAPABILITY_ID_POWER_MANAGEMENT 0x01
#define PCI_CAPABILITY_ID_VPD		   0x03
#define PCI_CAPABILITY_ID_MSI		   0x05
#define PCI_CAPABILITY_ID_VENDOR_SPECIFIC  0x09
#define PCI_CAPABILITY_ID_PCI_EXPRESS	   0x10
#define PCI_CAPABILITY_ID_MSIX		   0x11

/* The beginning of each capability. Next: where the next one is, 0 at the end. */
typedef struct _PCI_CAPABILITIES_HEADER {
	UCHAR CapabilityID;
	UCHAR Next;
} PCI_CAPABILITIES_HEADER, *PPCI_CAPABILITIES_HEADER;

/* What follows by HeaderType: of a device, and of a bridge. */
struct _PCI_HEADER_TYPE_0 {
	ULONG BaseAddresses[PCI_TYPE0_ADDRESSES];
	ULONG CIS;
	USHORT SubVendorID;
	USHORT SubSystemID;
	ULONG ROMBaseAddress;
	UCHAR CapabilitiesPtr;
	UCHAR Reserved1[3];
	ULONG Reserved2;
	UCHAR InterruptLine;
	UCHAR InterruptPin;
	UCHAR MinimumGrant;
	UCHAR MaximumLatency;
};

struct _PCI_HEADER_TYPE_1 {
	ULONG BaseAddresses[PCI_TYPE1_ADDRESSES];
	UCHAR PrimaryBus;
	UCHAR SecondaryBus;
	UCHAR SubordinateBus;
	UCHAR SecondaryLatency;
	UCHAR IOBase;
	UCHAR IOLimit;
	USHORT SecondaryStatus;
	USHORT MemoryBase;
	USHORT MemoryLimit;
	USHORT PrefetchBase;
	USHORT PrefetchLimit;
	ULONG PrefetchBaseUpper32;
	ULONG PrefetchLimitUpper32;
	USHORT IOBaseUpper16;
	USHORT IOLimitUpper16;
	UCHAR CapabilitiesPtr;
	UCHAR Reserved1[3];
	ULONG ROMBaseAddress;
	UCHAR InterruptLine;
	UCHAR InterruptPin;
	USHORT BridgeControl;
};

/* The 64 bytes that every function has. */
typedef struct _PCI_COMMON_HEADER {
	USHORT VendorID;
	USHORT DeviceID;
	USHORT Command;
	USHORT Status;
	UCHAR RevisionID;
	UCHAR ProgIf;
	UCHAR SubClass;
	UCHAR BaseClass;
	UCHAR CacheLineSize;
	UCHAR LatencyTimer;
	UCHAR HeaderType;
	UCHAR BIST;
	union {
		struct _PCI_HEADER_TYPE_0 type0;
		struct _PCI_HEADER_TYPE_1 type1;
	} u;
} PCI_COMMON_HEADER, *PPCI_COMMON_HEADER;

/* The 256 bytes of a conventional function. */
typedef struct _PCI_COMMON_CONFIG {
	USHORT VendorID;
	USHORT DeviceID;
	USHORT Command;
	USHORT Status;
	UCHAR RevisionID;
	UCHAR ProgIf;
	UCHAR SubClass;
	UCHAR BaseClass;
	UCHAR CacheLineSize;
	UCHAR LatencyTimer;
	UCHAR HeaderType;
	UCHAR BIST;
	union {
		struct _PCI_HEADER_TYPE_0 type0;
		struct _PCI_HEADER_TYPE_1 type1;
	} u;
	UCHAR DeviceSpecific[192];
} PCI_COMMON_CONFIG, *PPCI_COMMON_CONFIG;

#define PCI_COMMON_HDR_LENGTH FIELD_OFFSET(PCI_COMMON_CONFIG, DeviceSpecific)

NETCX_STATIC_ASSERT(sizeof(PCI_COMMON_HEADER) == 64, "PCI_COMMON_HEADER size");
NETCX_STATIC_ASSERT(sizeof(PCI_COMMON_CONFIG) == 256, "PCI_COMMON_CONFIG size");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(PCI_COMMON_CONFIG, u.type0.SubVendorID) == 0x2c,
		    "subsystem's vendor");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(PCI_COMMON_CONFIG, u.type0.InterruptLine) == 0x3c,
		    "interrupt line");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(PCI_COMMON_CONFIG, u.type1.BridgeControl) == 0x3e,
		    "bridge control");

#endif /* NETCX_PCI_H */

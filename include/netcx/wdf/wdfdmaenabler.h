/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A device's ability to do DMA. Creating one sets the device's DMA mask and makes it a bus master.
 *
 * Pages: "Enabling DMA Transactions", "WDF_DMA_ENABLER_CONFIG structure (wdfdmaenabler.h)".
 */
#ifndef NETCX_WDFDMAENABLER_H
#define NETCX_WDFDMAENABLER_H

#include "wdfobject.h"

/* The device's addresses are 64 bits wide for profiles with "64", else 32. */
typedef enum _WDF_DMA_PROFILE NETCX_INT_ENUM {
	WdfDmaProfileInvalid = 0,
	WdfDmaProfilePacket,
	WdfDmaProfileScatterGather,
	WdfDmaProfilePacket64,
	WdfDmaProfileScatterGather64,
	WdfDmaProfileScatterGatherDuplex,
	WdfDmaProfileScatterGather64Duplex,
	WdfDmaProfileSystem,
	WdfDmaProfileSystemDuplex
} WDF_DMA_PROFILE;

typedef enum _WDF_DMA_DIRECTION NETCX_INT_ENUM {
	WdfDmaDirectionReadFromDevice = FALSE,
	WdfDmaDirectionWriteToDevice = TRUE
} WDF_DMA_DIRECTION;

typedef enum _WDF_DMA_ENABLER_CONFIG_FLAGS NETCX_INT_ENUM {
	WDF_DMA_ENABLER_CONFIG_NO_SGLIST_PREALLOCATION = 0x00000001,
	WDF_DMA_ENABLER_CONFIG_REQUIRE_SINGLE_TRANSFER = 0x00000002
} WDF_DMA_ENABLER_CONFIG_FLAGS;

/* Windows' hooks around DMA transactions; none of them is called here. */
typedef NTSTATUS EVT_WDF_DMA_ENABLER_FILL(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_FILL *PFN_WDF_DMA_ENABLER_FILL;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_FLUSH(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_FLUSH *PFN_WDF_DMA_ENABLER_FLUSH;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_DISABLE(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_DISABLE *PFN_WDF_DMA_ENABLER_DISABLE;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_ENABLE(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_ENABLE *PFN_WDF_DMA_ENABLER_ENABLE;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START *PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_START;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP *PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP;

/**
 * struct _WDF_DMA_ENABLER_CONFIG - describes a DMA enabler to be created
 * @Size: sizeof this structure
 * @Profile: says how wide the device's addresses are
 * @MaximumLength: the largest transfer, in bytes, not 0
 * @EvtDmaEnablerFill: never called; so for the next five
 * @EvtDmaEnablerFlush: -
 * @EvtDmaEnablerDisable: -
 * @EvtDmaEnablerEnable: -
 * @EvtDmaEnablerSelfManagedIoStart: -
 * @EvtDmaEnablerSelfManagedIoStop: -
 * @AddressWidthOverride: width of the device's addresses in bits, 24 to 64; 0 for the profile's
 * @WdmDmaVersionOverride: 3 for an enabler that NET_ADAPTER_DMA_CAPABILITIES names; else 0
 * @Flags: ignored
 */
typedef struct _WDF_DMA_ENABLER_CONFIG {
	ULONG Size;
	WDF_DMA_PROFILE Profile;
	SIZE_T MaximumLength;
	PFN_WDF_DMA_ENABLER_FILL EvtDmaEnablerFill;
	PFN_WDF_DMA_ENABLER_FLUSH EvtDmaEnablerFlush;
	PFN_WDF_DMA_ENABLER_DISABLE EvtDmaEnablerDisable;
	PFN_WDF_DMA_ENABLER_ENABLE EvtDmaEnablerEnable;
	PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_START EvtDmaEnablerSelfManagedIoStart;
	PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP EvtDmaEnablerSelfManagedIoStop;
	ULONG AddressWidthOverride;
	ULONG WdmDmaVersionOverride;
	ULONG Flags;
} WDF_DMA_ENABLER_CONFIG, *PWDF_DMA_ENABLER_CONFIG;

NETCX_STATIC_ASSERT(sizeof(WDF_DMA_ENABLER_CONFIG) == 80, "WDF_DMA_ENABLER_CONFIG size");

/**
 * WDF_DMA_ENABLER_CONFIG_INIT() - an enabler of a profile's address width
 * @Config: is overwritten
 * @Profile: says how wide the device's addresses are
 * @MaximumLength: the largest transfer, in bytes
 */
NETCX_INLINE void WDF_DMA_ENABLER_CONFIG_INIT(PWDF_DMA_ENABLER_CONFIG Config,
					      WDF_DMA_PROFILE Profile, SIZE_T MaximumLength)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->Profile = Profile;
	Config->MaximumLength = MaximumLength;
}

EXTERN_C_START

/**
 * WdfDmaEnablerCreate() - sets the DMA mask and creates the enabler
 * @Device: a device
 * @Config: copied
 * @Attributes: context space and callbacks; ParentObject NULL or the device; may be NULL
 * @DmaEnablerHandle: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_NOT_SUPPORTED if the
 * machine cannot serve the width, or for a system profile; STATUS_INVALID_PARAMETER;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfDmaEnablerCreate(WDFDEVICE Device, PWDF_DMA_ENABLER_CONFIG Config,
			     PWDF_OBJECT_ATTRIBUTES Attributes, WDFDMAENABLER *DmaEnablerHandle);

EXTERN_C_END

#endif /* NETCX_WDFDMAENABLER_H */

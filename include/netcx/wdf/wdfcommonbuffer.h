/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Memory that driver and device both see at any time (coherent DMA memory): descriptor rings.
 *
 * Page: "WdfCommonBufferCreate function (wdfcommonbuffer.h)" and its siblings.
 */
#ifndef NETCX_WDFCOMMONBUFFER_H
#define NETCX_WDFCOMMONBUFFER_H

#include "wdfobject.h"

/**
 * struct _WDF_COMMON_BUFFER_CONFIG - what WdfCommonBufferCreateWithConfig() may be told
 * @Size: sizeof this structure
 * @AlignmentRequirement: a FILE_*_ALIGNMENT: the alignment less one
 */
typedef struct _WDF_COMMON_BUFFER_CONFIG {
	ULONG Size;
	ULONG AlignmentRequirement;
} WDF_COMMON_BUFFER_CONFIG, *PWDF_COMMON_BUFFER_CONFIG;

NETCX_STATIC_ASSERT(sizeof(WDF_COMMON_BUFFER_CONFIG) == 8, "WDF_COMMON_BUFFER_CONFIG size");

/**
 * WDF_COMMON_BUFFER_CONFIG_INIT() - sets an alignment
 * @Config: is overwritten
 * @AlignmentRequirement: a FILE_*_ALIGNMENT
 */
NETCX_INLINE void WDF_COMMON_BUFFER_CONFIG_INIT(PWDF_COMMON_BUFFER_CONFIG Config,
						ULONG AlignmentRequirement)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->AlignmentRequirement = AlignmentRequirement;
}

EXTERN_C_START

/**
 * WdfCommonBufferCreate() - allocates a common buffer, zeroed
 * @DmaEnabler: the device's enabler
 * @Length: in bytes, not 0
 * @Attributes: ParentObject may be set, else the enabler is the parent; may be NULL
 * @CommonBuffer: receives the handle
 *
 * Its alignment is what WdfDeviceSetAlignmentRequirement() was told.
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfCommonBufferCreate(WDFDMAENABLER DmaEnabler, SIZE_T Length,
			       PWDF_OBJECT_ATTRIBUTES Attributes, WDFCOMMONBUFFER *CommonBuffer);

/**
 * WdfCommonBufferCreateWithConfig() - the same, with an alignment of its own
 * @DmaEnabler: the device's enabler
 * @Length: in bytes, not 0
 * @Config: the alignment
 * @Attributes: ParentObject may be set, else the enabler is the parent; may be NULL
 * @CommonBuffer: receives the handle
 *
 * Context: process.
 * Return: as WdfCommonBufferCreate(); STATUS_INFO_LENGTH_MISMATCH for a wrong Size.
 */
NTSTATUS WdfCommonBufferCreateWithConfig(WDFDMAENABLER DmaEnabler, SIZE_T Length,
					 PWDF_COMMON_BUFFER_CONFIG Config,
					 PWDF_OBJECT_ATTRIBUTES Attributes,
					 WDFCOMMONBUFFER *CommonBuffer);

/**
 * WdfCommonBufferGetAlignedVirtualAddress() - where the driver sees the buffer
 * @CommonBuffer: the handle
 *
 * Context: any.
 * Return: the first byte's address.
 */
PVOID WdfCommonBufferGetAlignedVirtualAddress(WDFCOMMONBUFFER CommonBuffer);

/**
 * WdfCommonBufferGetAlignedLogicalAddress() - where the device sees the buffer
 * @CommonBuffer: the handle
 *
 * Context: any.
 * Return: the first byte's address.
 */
PHYSICAL_ADDRESS WdfCommonBufferGetAlignedLogicalAddress(WDFCOMMONBUFFER CommonBuffer);

/**
 * WdfCommonBufferGetLength() - how long the buffer is
 * @CommonBuffer: the handle
 *
 * Context: any.
 * Return: the length it was created with, in bytes.
 */
SIZE_T WdfCommonBufferGetLength(WDFCOMMONBUFFER CommonBuffer);

EXTERN_C_END

#endif /* NETCX_WDFCOMMONBUFFER_H */

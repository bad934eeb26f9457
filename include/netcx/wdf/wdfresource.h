/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Lists of a device's hardware resources. The raw and the translated list that
 * EvtDevicePrepareHardware receives have the same resources in the same order; drivers use the
 * translated one. Page: "Hardware Resources for Framework-Based Drivers".
 */
#ifndef NETCX_WDFRESOURCE_H
#define NETCX_WDFRESOURCE_H

#include "wdftypes.h"

EXTERN_C_START

/**
 * WdfCmResourceListGetCount() - number of descriptors in a list
 * @List: valid from EvtDevicePrepareHardware until EvtDeviceReleaseHardware returns
 *
 * Context: any.
 * Return: the number.
 */
ULONG WdfCmResourceListGetCount(WDFCMRESLIST List);

/**
 * WdfCmResourceListGetDescriptor() - one descriptor of a list
 * @List: as above
 * @Index: from 0
 *
 * Context: any.
 * Return: the descriptor, which lives as long as the list; NULL past the end.
 */
PCM_PARTIAL_RESOURCE_DESCRIPTOR WdfCmResourceListGetDescriptor(WDFCMRESLIST List, ULONG Index);

EXTERN_C_END

#endif /* NETCX_WDFRESOURCE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The adapter, one network interface: creation, start and stop. Includes what describes it.
 *
 * A client creates it in EvtDriverDeviceAdd, sets its capabilities (usually in
 * EvtDevicePrepareHardware) and starts it, which makes the network interface appear. Structures
 * that a call takes are copied, what they point to too.
 *
 * A capability that is refused is one line in the kernel log, which names the client, the field
 * and the range allowed; setters that return nothing make NetAdapterStart() fail then.
 *
 * Pages: "Net adapter (NETADAPTER) object", "Device initialization", netadapter.h.
 */
#ifndef NETCX_NETADAPTER_H
#define NETCX_NETADAPTER_H

#include "ifdef.h"
#include "wdf.h"
#include "netadaptercxtypes.h"
#include "netadapter/datapath.h"
#include "netadapter/link.h"
#include "netadapter/packetfilter.h"
#include "netadapter/poweroffload.h"
#include "netadapter/receivefilter.h"
#include "netadapter/wake.h"

EXTERN_C_START

/**
 * NetAdapterInitAllocate() - begins to create an adapter
 * @Device: a device for which NetDeviceInitConfig() was called
 *
 * Context: process.
 * Return: what NetAdapterCreate() wants, to be freed with NetAdapterInitFree() in any case; NULL
 * for want of memory.
 */
NETADAPTER_INIT *NetAdapterInitAllocate(WDFDEVICE Device);

/**
 * NetAdapterLightweightInitAllocate() - begins to create an adapter without a device
 * @NetworkInterfaceGuid: names the interface; only Windows has a use for it
 *
 * Such an adapter belongs to the driver: it appears with NetAdapterStart() and goes with
 * WdfObjectDelete() or with the driver. It has no interrupts, no DMA and no power states but on; a
 * reset only has its queues destroyed and created anew.
 *
 * Context: process, in a callback of the driver, DriverEntry among them.
 * Return: as NetAdapterInitAllocate().
 */
NETADAPTER_INIT *NetAdapterLightweightInitAllocate(const GUID *NetworkInterfaceGuid);

/**
 * NetAdapterInitFree() - frees what NetAdapterInitAllocate() returned, after NetAdapterCreate()
 * @AdapterInit: NetAdapterInitAllocate()'s
 *
 * Context: process.
 */
void NetAdapterInitFree(NETADAPTER_INIT *AdapterInit);

/**
 * NetAdapterCreate() - creates an adapter
 * @AdapterInit: NetAdapterInitAllocate()'s; good for one adapter
 * @AdapterAttributes: context space and callbacks; ParentObject must be NULL, the device becomes
 *	the parent; may be NULL
 * @Adapter: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a missing callback or a parent; STATUS_INVALID_DEVICE_STATE for a
 * second adapter of one init; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetAdapterCreate(NETADAPTER_INIT *AdapterInit, WDF_OBJECT_ATTRIBUTES *AdapterAttributes,
			  NETADAPTER *Adapter);

/**
 * NetAdapterStart() - registers the network interface, once the device is in D0
 * @Adapter: data path and link layer capabilities and MTU are set
 *
 * Calls the callback of each offload with what is enabled at first.
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER or STATUS_INFO_LENGTH_MISMATCH for a capability
 * that is missing or was refused; STATUS_INVALID_DEVICE_STATE if it is started;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetAdapterStart(NETADAPTER Adapter);

/**
 * NetAdapterStop() - unregisters the network interface; does nothing if it is not started
 * @Adapter: an adapter; its queues are cancelled, stopped and destroyed when this returns
 *
 * Called for the driver before EvtDeviceReleaseHardware.
 *
 * Context: process.
 */
void NetAdapterStop(NETADAPTER Adapter);

/**
 * NetAdapterGetNetLuid() - the LUID of the network interface, made from its index
 * @Adapter: an adapter
 *
 * Context: process.
 * Return: the LUID; Value is 0 while there is no interface.
 */
NET_LUID NetAdapterGetNetLuid(NETADAPTER Adapter);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_H */

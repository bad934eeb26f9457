/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The network adapter: what the framework is told about the device, and what the framework asks of
 * it between NetAdapterStart and its end, queues excepted.
 */
#ifndef E1000E_ADAPTER_H
#define E1000E_ADAPTER_H

#include <common/adapter.h>

namespace e1000e
{

struct Device;

/* The device of an adapter. Any context. */
inline Device *device_of(NETADAPTER adapter)
{
	return common::device_of<Device>(adapter);
}

/* In EvtDriverDeviceAdd. */
NTSTATUS create_adapter(Device *device);

/* Declares all capabilities and starts; address, interrupts and DMA enabler are known. */
NTSTATUS start_adapter(Device *device);

} /* namespace e1000e */

#endif /* E1000E_ADAPTER_H */

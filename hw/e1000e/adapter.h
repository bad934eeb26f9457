/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The network adapter: what the framework is told about the device, and what the framework asks of
 * it between NetAdapterStart and its end, queues excepted.
 */
#ifndef E1000E_ADAPTER_H
#define E1000E_ADAPTER_H

#include <netadaptercx.h>

namespace e1000e
{

struct Device;

/* The device of an adapter. Any context. */
Device *device_of(NETADAPTER adapter);

/* In EvtDriverDeviceAdd. */
NTSTATUS create_adapter(Device *device);

/* Declares all capabilities and starts; address, interrupts and DMA enabler are known. */
NTSTATUS start_adapter(Device *device);

} /* namespace e1000e */

#endif /* E1000E_ADAPTER_H */

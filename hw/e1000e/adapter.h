/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The network adapter: its capabilities, and the framework's callbacks for addresses, filters,
 * offloads, receive scaling, moderation and statistics. Queues have files of their own.
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

/* For EvtDriverDeviceAdd. */
NTSTATUS create_adapter(Device *device);

/*
 * Declares all capabilities and calls NetAdapterStart; for EvtDevicePrepareHardware, when address,
 * interrupts and DMA enabler are there.
 */
NTSTATUS start_adapter(Device *device);

} /* namespace e1000e */

#endif /* E1000E_ADAPTER_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The adapter: its capabilities and its callbacks. */
#ifndef SIM_ADAPTER_H
#define SIM_ADAPTER_H

#include <common/adapter.h>

namespace sim
{

struct Device;

inline Device *device_of(NETADAPTER adapter)
{
	return common::device_of<Device>(adapter);
}

/* In EvtDriverDeviceAdd, and in EvtDevicePrepareHardware. */
NTSTATUS create_adapter(Device *device);
NTSTATUS start_adapter(Device *device);

} /* namespace sim */

#endif /* SIM_ADAPTER_H */

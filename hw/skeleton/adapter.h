/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The network adapter: its capabilities, and the framework's callbacks for addresses, filters and
 * statistics. Queues have files of their own.
 */
#ifndef SKELETON_ADAPTER_H
#define SKELETON_ADAPTER_H

#include <common/adapter.h>

namespace skeleton
{

struct Device;

/* The device of an adapter. Any context. */
inline Device *device_of(NETADAPTER adapter)
{
	return common::device_of<Device>(adapter);
}

/* For EvtDriverDeviceAdd. */
NTSTATUS create_adapter(Device *device);

/* Declares all capabilities and calls NetAdapterStart; for EvtDevicePrepareHardware. */
NTSTATUS start_adapter(Device *device);

} /* namespace skeleton */

#endif /* SKELETON_ADAPTER_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The network adapter: what the framework is told about the device, and what the framework asks of
 * it between NetAdapterStart and its end, queues excepted.
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

/* In EvtDriverDeviceAdd. */
NTSTATUS create_adapter(Device *device);

/* Declares all capabilities and starts; in EvtDevicePrepareHardware. */
NTSTATUS start_adapter(Device *device);

} /* namespace skeleton */

#endif /* SKELETON_ADAPTER_H */

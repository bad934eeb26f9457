/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One device: what it consists of, and how it goes up and down. A client of hardware also has here
 * its registers (common/mapped_registers.h, or a vendor's MAC), its interrupts (see
 * hw/e1000e/interrupt.h), and what was last asked of filter and offloads, since a reset of the
 * hardware forgets that.
 */
#ifndef SKELETON_DEVICE_H
#define SKELETON_DEVICE_H

#include "statistics.h"
#include <common/mac_address.h>
#include <netadaptercx.h>

namespace skeleton
{

struct Device {
	/* EvtDevicePrepareHardware, EvtDeviceReleaseHardware, EvtDeviceD0Entry, EvtDeviceD0Exit. */
	NTSTATUS prepare(WDFCMRESLIST raw, WDFCMRESLIST translated);
	void release();
	NTSTATUS bring_up();
	void shut_down(WDF_POWER_DEVICE_STATE target);

	WDFDEVICE handle;
	NETADAPTER adapter;
	WDFDMAENABLER dma_enabler;
	common::MacAddress address;
	Statistics statistics;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Device, device_context);

/* EvtDriverDeviceAdd. */
NTSTATUS add_device(PWDFDEVICE_INIT init);

} /* namespace skeleton */

#endif /* SKELETON_DEVICE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One 82574: what it consists of, and how it goes up and down.
 *
 * Stopping a queue needs care on this family. The receiver must not be switched off and on again
 * without a reset in between: it can hang (Intel's own drivers never do it). And a queue's buffers
 * may be handed back only when the hardware surely does not touch them any more. So the last queue
 * that is cancelled makes the device give up all DMA, which STATUS confirms, and the first that
 * starts after that resets the MAC.
 */
#ifndef E1000E_DEVICE_H
#define E1000E_DEVICE_H

#include "hardware.h"
#include "interrupt.h"
#include "statistics.h"
#include <common/mac_address.h>
#include <common/objects.h>
#include <intel/receive_filter.h>
#include <intel/receive_scaling.h>

namespace e1000e
{

struct Device {
	/* All context: process, unless said otherwise. */

	/* For EvtDriverDeviceAdd, after the framework objects exist. */
	NTSTATUS initialize();
	/* EvtDevicePrepareHardware, EvtDeviceReleaseHardware. */
	NTSTATUS prepare(WDFCMRESLIST raw, WDFCMRESLIST translated);
	void release();

	/*
	 * EvtDeviceD0Entry: from any state of the hardware to a working one without queues. Takes
	 * the lock.
	 */
	NTSTATUS bring_up();
	/* EvtDeviceD0Exit. Takes the lock. */
	void shut_down();

	/*
	 * A queue's life, as far as it concerns the others. The framework calls queues one at a time
	 * here: first all are created, then all are started. cancelled: process or DISPATCH_LEVEL.
	 */
	void queue_created() { queues++; }

	/* Before and after the queue's registers are written. */
	void queue_starts();
	void queue_started();
	void queue_cancelled();

	void queue_destroyed() { queues--; }

	/* May a queue cancelled at @since (KeQueryInterruptTime) hand its buffers back? Any context. */
	bool is_dma_over(UINT64 since) const;

	/* Tags are stripped from received frames, and inserted into sent ones. Takes the lock. */
	void set_vlan_mode(bool enabled);

	/* Finds out about the link and tells the framework. Takes the lock. */
	void report_link();

	WDFDEVICE handle;
	NETADAPTER adapter;
	WDFDMAENABLER dma_enabler;

	/*
	 * Held by who changes the hardware outside the queues' own registers and by who waits for it:
	 * resets, the PHY, filters, statistics.
	 */
	WDFWAITLOCK lock;
	WDFWORKITEM link_work;

	Hardware hardware;
	Interrupts interrupts;
	Statistics statistics;
	intel::ReceiveFilter filter;
	intel::ReceiveScaling scaling;
	common::MacAddress permanent_address;
	common::MacAddress current_address;
	/* RXCSUM */
	UINT32 rx_checksums;
	/* CTRL.VME */
	bool vlan_mode;

	/* Queues there are. */
	UINT32 queues;
	/* Those that were started and not cancelled, and how many of them transmit. */
	UINT32 active_queues;
	UINT32 active_tx_queues;
	/* DMA was given up: the MAC needs a reset before it works again. */
	bool needs_reset;

private:
	NTSTATUS bring_up_locked();
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Device, device_context);

/* Holds a device's lock while it lives. */
class DeviceLock : common::WaitLockGuard
{
public:
	explicit DeviceLock(const Device &device) : WaitLockGuard(device.lock) {}
};

/* EvtDriverDeviceAdd. */
NTSTATUS add_device(PWDFDEVICE_INIT init);

} /* namespace e1000e */

#endif /* E1000E_DEVICE_H */

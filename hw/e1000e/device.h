/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One 82574: what it consists of, and how it goes up and down.
 */
#ifndef E1000E_DEVICE_H
#define E1000E_DEVICE_H

#include "engines.h"
#include "hardware.h"
#include "interrupt.h"
#include "statistics.h"
#include "wake.h"
#include "watchdog.h"
#include <common/link.h>
#include <common/mac_address.h>
#include <common/objects.h>
#include <intel/receive_filter.h>
#include <intel/receive_scaling.h>

namespace e1000e
{

struct Device {
	/* Context of all functions: process. */

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
	void shut_down(WDF_POWER_DEVICE_STATE target);

	/*
	 * Resets the MAC and sets all of it up but its queues, quickly and with the link as it is.
	 * Under the lock.
	 */
	NTSTATUS restart_mac();

	/* Tags are stripped from received frames, and inserted into sent ones. Takes the lock. */
	void set_vlan_mode(bool enabled);

	/* Finds out about the link and tells the framework. Takes the lock. */
	void report_link();

	/* The link is not as it was reported last, or the report was incomplete. Under the lock. */
	bool link_differs() const;

	/* The MAC was restarted, and report_link() has not run since. Under the lock. */
	bool is_settling() const { return restarted; }

	WDFDEVICE handle;
	NETADAPTER adapter;
	WDFDMAENABLER dma_enabler;

	/*
	 * "The lock" of this folder's comments: serialises resets, access to the PHY, filters,
	 * offload settings, moderation and statistics. It is not taken for the queues' own
	 * registers, interrupt masks and receive scaling. Its holders may sleep.
	 */
	WDFWAITLOCK lock;
	WDFWORKITEM link_work;

	Hardware hardware;
	Engines engines;
	Interrupts interrupts;
	Watchdog watchdog;
	Wake wake;
	Statistics statistics;
	intel::ReceiveFilter filter;
	intel::ReceiveScaling scaling;
	common::MacAddress permanent_address;
	common::MacAddress current_address;
	/* Which checksums RXCSUM has enabled; here for the next reset. */
	UINT32 rx_checksums;
	/* CTRL.VME, for the next reset. */
	bool vlan_mode;
	/* Firmware lets a management controller use the link. */
	bool has_management;
	/* Was the link up when it was last reported? Under the lock. */
	bool reported_link;
	/* Did that report have what the link partner advertises? Under the lock. */
	bool knows_partner;
	/* The link partner's modes, as they were reported last; 0 without a link. */
	UINT64 partner;

private:
	NTSTATUS set_up_mac(Hardware::Pace pace);
	NTSTATUS bring_up_locked();
	void wait_for_link();
	void adapt_offloads(const common::Link &link);
	void wait_for_wake_events();
	void read_nvm();

	/* Under the lock: the MAC was restarted since report_link(); there was a link before. */
	bool restarted;
	bool had_link;
	/* Used by the link's work item only. */
	bool offloads_paused;
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

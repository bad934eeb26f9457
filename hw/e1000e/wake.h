/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Wake on LAN: magic packets, packets of the receive filter, and the link's coming.
 *
 * The framework calls EvtDeviceArmWakeFromSx before EvtDeviceD0Exit, which resets the MAC. So the
 * former notes which events the user chose, and the latter programs them when nothing else uses the
 * MAC any more. D0 entry reads which event came, before its reset, and EvtDeviceDisarmWakeFromSx
 * reports it.
 */
#ifndef E1000E_WAKE_H
#define E1000E_WAKE_H

#include "hardware.h"
#include <netadaptercx.h>

namespace e1000e
{

class Wake
{
public:
	/* Context of all functions: process. */

	/* For EvtDriverDeviceAdd, before the device is created. */
	static void set_callbacks(PWDFDEVICE_INIT init);
	/* Declares the capabilities; before NetAdapterStart. */
	static void declare(NETADAPTER adapter);

	/* Is the machine to be woken? From EvtDeviceArmWakeFromSx to EvtDeviceDisarmWakeFromSx. */
	bool is_armed() const { return events; }

	/*
	 * For D0 exit, under the device's lock, with the MAC reset and set up, and DMA and
	 * interrupts off: lets it receive, but into no memory, and signal PME# for the events that
	 * were chosen. @link_up: the link is there already, so that it cannot come.
	 */
	void switch_on(const Hardware &hardware, bool link_up) const;

	/* For D0 entry, under the device's lock, before the reset, which may clear what is read. */
	void read_causes(const Hardware &hardware);

private:
	static EVT_WDF_DEVICE_ARM_WAKE_FROM_SX evt_arm;
	static EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX evt_disarm;

	void report_causes(NETADAPTER adapter) const;

	/* Both as bits of namespace wake_event: what to wake for, and what woke the machine. */
	UINT32 events;
	UINT32 causes;
};

} /* namespace e1000e */

#endif /* E1000E_WAKE_H */

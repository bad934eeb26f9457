/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What has to be looked after again and again while the device is in D0: a PHY that does not answer,
 * hangs, or that nobody needs; interrupts that got lost.
 *
 * The PHY belongs here because it may be out of reach for a while: firmware holds the MDIO bus, or
 * it is slow after a reset. That is no reason to fail anything; it is set up when it answers.
 */
#ifndef E1000E_WATCHDOG_H
#define E1000E_WATCHDOG_H

#include <wdf.h>

namespace e1000e
{

struct Device;

class Watchdog
{
public:
	/* All context: process. */

	NTSTATUS initialize(Device *device);

	/*
	 * Between D0 entry and D0 exit; started again, it goes on. The link work item may be enqueued
	 * until stop() returns.
	 */
	void start();
	void stop();

	/* After each reset, under the device's lock: sets the PHY up, now or later. */
	void setup_phy();

	/* A queue is about to be used: if the PHY was powered down it comes back. Takes the lock. */
	void wake_phy();

	/*
	 * Both under the lock, when the device leaves D0, after stop(). The PHY is powered down unless
	 * management needs it; or is set up if it was powered down, which is the result: a link, if
	 * there is to be one, comes later.
	 */
	void power_down_phy();
	bool keep_phy_up();

private:
	static EVT_WDF_TIMER evt_timer;
	static EVT_WDF_WORKITEM evt_look;

	/* Under the lock. */
	void start_timer();
	void look();
	void look_at_phy();
	void look_at_link();
	void look_for_lost_interrupts();

	Device *device;
	WDFTIMER timer;
	WDFWORKITEM work;

	/* All under the device's lock. */
	bool running;
	/* It has its settings; false: it has to get them. */
	bool phy_is_set_up;
	bool phy_is_down;
	/* When to try again to set it up. */
	UINT32 retry_us;
	/* The last look found it hung. */
	bool phy_looked_hung;
	/* How often in a row there were no queues. */
	UINT32 idle_looks;
};

} /* namespace e1000e */

#endif /* E1000E_WATCHDOG_H */

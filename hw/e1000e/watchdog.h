/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Checks, every two seconds while the device is in D0: a PHY that does not answer, hangs, or that
 * nobody needs; interrupts that got lost.
 *
 * The PHY is set up here because it may be out of reach for a while: firmware holds the MDIO bus,
 * or the PHY is slow after a reset. Probe, open and resume do not fail for that; the PHY is set up
 * when it answers.
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
	/* Context of all functions: process. */

	NTSTATUS initialize(Device *device);

	/*
	 * To be started at D0 entry, or when it runs already, and stopped at D0 exit. Until stop()
	 * returns it may enqueue the device's link_work.
	 */
	void start();
	void stop();

	/*
	 * Under the device's lock, after each reset: sets the PHY up, now or as soon as it answers.
	 */
	void setup_phy();

	/* Before a queue is used: powers the PHY up if it was powered down. Takes the lock. */
	void wake_phy();

	/*
	 * Both under the lock, when the device leaves D0, after stop(). power_down_phy() does
	 * nothing if management needs the PHY. keep_phy_up() sets a PHY up that was powered down,
	 * and returns true then: if it finds a link, that comes seconds later.
	 */
	void power_down_phy();
	bool keep_phy_up();

private:
	static EVT_WDF_TIMER evt_timer;
	static EVT_WDF_WORKITEM evt_look;

	/* Called under the lock. */
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
	/* The PHY has its settings; false: look() has to try again. */
	bool phy_is_set_up;
	bool phy_is_down;
	/* How long until setting it up is tried again. */
	UINT32 retry_us;
	/* phy::looks_hung() was true at the last look. */
	bool phy_looked_hung;
	/* How many looks in a row found no queues. */
	UINT32 idle_looks;
};

} /* namespace e1000e */

#endif /* E1000E_WATCHDOG_H */

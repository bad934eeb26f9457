// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The errata are in docs/82574.md. */
#include "watchdog.h"
#include "device.h"
#include "phy.h"
#include <common/log.h>
#include <common/time.h>

namespace e1000e
{

namespace
{
constexpr UINT32 interval_us = 2000000;
/*
 * Without its settings the PHY has no link, so it is tried sooner than every 2 s. The interval
 * doubles each time: to find out that the PHY does not answer busies a processor for 100 ms.
 */
constexpr UINT32 first_retry_us = 200000;

/* Some operations destroy all queues and create them anew: in less time than that, so that the link
 * stays. */
constexpr UINT32 idle_looks_before_power_down = 2;
} /* namespace */

NTSTATUS Watchdog::initialize(Device *of)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	NTSTATUS status;

	device = of;
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	status = common::create_timer(evt_timer, device->handle, &attributes, &timer);
	if (!NT_SUCCESS(status))
		return status;
	return common::create_work_item(device->handle, evt_look, &work);
}

void Watchdog::start()
{
	const DeviceLock guard(*device);

	running = true;
	idle_looks = 0;
	start_timer();
}

void Watchdog::start_timer()
{
	UINT32 next_us = interval_us;

	if (!phy_is_set_up) {
		next_us = retry_us;
		retry_us = retry_us < interval_us / 2 ? 2 * retry_us : interval_us;
	}
	WdfTimerStart(timer, common::due_in(next_us));
}

/* look() starts the timer again only while running is true; so flushing the work ends it. */
void Watchdog::stop()
{
	{
		const DeviceLock guard(*device);

		running = false;
	}
	WdfTimerStop(timer, TRUE);
	WdfWorkItemFlush(work);
}

void Watchdog::evt_timer(WDFTIMER expired)
{
	const Device *device = device_context(WdfTimerGetParentObject(expired));

	WdfWorkItemEnqueue(device->watchdog.work);
}

void Watchdog::evt_look(WDFWORKITEM item)
{
	device_context(WdfWorkItemGetParentObject(item))->watchdog.look();
}

void Watchdog::look()
{
	const DeviceLock guard(*device);

	/* A device that has left the bus is removed: the timer is not started again. */
	if (!running || device->hardware.is_gone())
		return;
	/*
	 * Right after a restart of the MAC the PHY must not be accessed, and STATUS may not show
	 * the link: link_work, which the restart enqueues, waits for both.
	 */
	if (!device->is_settling()) {
		look_at_phy();
		look_at_link();
	}
	look_for_lost_interrupts();
	start_timer();
}

/* ---- PHY ---- */

void Watchdog::setup_phy()
{
	phy_is_down = false;
	phy_looked_hung = false;
	retry_us = first_retry_us;
	phy_is_set_up = phy::setup_link(device->hardware, Mdio::Log::failures);
	if (!phy_is_set_up)
		LOG_WARNING("the PHY is not set up; trying again until it answers");
}

void Watchdog::wake_phy()
{
	const DeviceLock guard(*device);

	idle_looks = 0;
	if (!phy_is_down)
		return;
	setup_phy();
	if (!phy_is_set_up && running)
		start_timer();
}

/* Not if management firmware uses the link. */
void Watchdog::power_down_phy()
{
	if (phy_is_down || device->has_management || device->hardware.is_gone())
		return;
	phy_is_down = phy::power_down(device->hardware);
}

bool Watchdog::keep_phy_up()
{
	if (!phy_is_down)
		return false;
	setup_phy();
	return true;
}

void Watchdog::look_at_phy()
{
	if (device->engines.has_queues())
		idle_looks = 0;
	else if (idle_looks < idle_looks_before_power_down)
		idle_looks++;
	if (idle_looks == idle_looks_before_power_down)
		power_down_phy();
	if (phy_is_down)
		return;

	if (!phy_is_set_up) {
		phy_is_set_up = phy::setup_link(device->hardware, Mdio::Log::nothing);
		if (!phy_is_set_up)
			return;
		LOG_WARNING("the PHY answers and is set up");
		WdfWorkItemEnqueue(device->link_work);
		return;
	}

	/* Only if twice in a row, see looks_hung(). */
	const bool hung = phy::looks_hung(device->hardware);

	if (hung && phy_looked_hung) {
		LOG_WARNING("the PHY hangs; resetting it");
		phy_is_set_up = phy::reset(device->hardware) &&
				phy::setup_link(device->hardware, Mdio::Log::nothing);
		WdfWorkItemEnqueue(device->link_work);
		phy_looked_hung = false;
		retry_us = first_retry_us;
	} else {
		phy_looked_hung = hung;
	}
}

/* ---- interrupts ---- */

/*
 * A queue that is armed and whose interrupt got lost is notified; for others it has no effect.
 * Before that, the device has to write finished descriptors to memory.
 */
void Watchdog::look_for_lost_interrupts()
{
	if (device->engines.has_queues()) {
		device->hardware.flush_descriptors();
		device->interrupts.notify_queues();
	}
}

/* The interrupt for a change of the link may have been lost. */
void Watchdog::look_at_link()
{
	if (device->link_differs())
		WdfWorkItemEnqueue(device->link_work);
}

} /* namespace e1000e */

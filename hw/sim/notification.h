/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A queue's simulated interrupt: raised once after it was armed; with NotifyDelay late, with
 * NotifyLose sometimes not at all.
 */
#ifndef SIM_NOTIFICATION_H
#define SIM_NOTIFICATION_H

#include "modes.h"
#include <netadaptercx.h>

namespace sim
{

class Notification
{
public:
	using Notify = void(NETPACKETQUEUE);

	NTSTATUS initialize(NETPACKETQUEUE queue, Notify *notify, const Modes &modes);
	/* The queue starts. */
	void reset();
	/* The queue stops: when this has returned, no notification is pending. */
	void stop();

	/* EvtSetNotificationEnabled(TRUE). Any context. */
	void arm();
	/* Notifies if armed. At most DISPATCH_LEVEL. */
	void raise();

private:
	static EVT_WDF_TIMER evt_late;

	NETPACKETQUEUE queue;
	Notify *notify;
	WDFTIMER timer;
	volatile LONG armed;
	UINT32 delay_microseconds;
	/* Every so many notifications one is lost; and a count of them. */
	UINT32 lose;
	LONG raised;
};

} /* namespace sim */

#endif /* SIM_NOTIFICATION_H */

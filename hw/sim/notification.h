/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A queue's "interrupt": raised at most once for each time it was asked for; late, or now and then not
 * at all, if the device is told to.
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
	/* The queue has stopped; nothing is on its way any more on return. */
	void stop();

	/* Asked for; any context. */
	void arm();
	/* There is something to notify of. At most DISPATCH_LEVEL. */
	void raise();

private:
	static EVT_WDF_TIMER evt_late;

	NETPACKETQUEUE queue;
	Notify *notify;
	WDFTIMER timer;
	volatile LONG armed;
	UINT32 delay_microseconds;
	/* Every so many are lost; and how many there were. */
	UINT32 lose;
	LONG raised;
};

} /* namespace sim */

#endif /* SIM_NOTIFICATION_H */

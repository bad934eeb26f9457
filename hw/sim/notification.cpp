// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "notification.h"
#include <common/objects.h>
#include <common/time.h>

namespace sim
{

namespace
{
struct LateContext {
	Notification *notification;
};
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(LateContext, late_context);

void Notification::evt_late(WDFTIMER timer)
{
	Notification *notification = late_context(timer)->notification;

	notification->notify(notification->queue);
}

NTSTATUS Notification::initialize(NETPACKETQUEUE queue_of_it, Notify *function, const Modes &modes)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	NTSTATUS status;

	queue = queue_of_it;
	notify = function;
	delay_microseconds = modes.notify_delay;
	lose = modes.notify_lose;
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, LateContext);
	status = common::create_timer(evt_late, queue, &attributes, &timer);
	if (NT_SUCCESS(status))
		late_context(timer)->notification = this;
	return status;
}

void Notification::reset()
{
	armed = FALSE;
}

void Notification::stop()
{
	armed = FALSE;
	(void)WdfTimerStop(timer, TRUE);
}

void Notification::arm()
{
	(void)InterlockedExchange(&armed, TRUE);
}

/* After a lost notification the queue stays armed, so the next event notifies. */
void Notification::raise()
{
	if (!armed)
		return;
	if (lose && InterlockedIncrement(&raised) % static_cast<LONG>(lose) == 0)
		return;
	if (!InterlockedExchange(&armed, FALSE))
		return;
	if (delay_microseconds)
		(void)WdfTimerStart(timer, common::due_in(delay_microseconds));
	else
		notify(queue);
}

} /* namespace sim */

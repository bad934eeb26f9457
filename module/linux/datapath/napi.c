// SPDX-License-Identifier: GPL-2.0-only
/* A channel's NAPI: scheduled, and on and off. What it does when it is polled, see poll.c. */
#include <linux/irq_work.h>
#include <linux/timer.h>

#include "../os/compat.h"
#include "channel.h"
#include "napi.h"

void netcx_channel_schedule(struct netcx_channel *channel)
{
	if (likely(!in_task())) {
		napi_schedule(&channel->napi);
	} else if (!irqs_disabled()) {
		/* Softirqs raised here run when bottom halves are enabled again. */
		local_bh_disable();
		napi_schedule(&channel->napi);
		local_bh_enable();
	} else {
		/* Here nobody would run them before the next interrupt, so there is to be one. */
		netcx_irq_work_queue(&channel->kick, &channel->napi);
	}
}

static void netcx_napi_kick(struct irq_work *work)
{
	netcx_channel_schedule(container_of(work, struct netcx_channel, kick));
}

void netcx_napi_init(struct netcx_channel *channel)
{
	init_irq_work(&channel->kick, netcx_napi_kick);
}

void netcx_napi_exit(struct netcx_channel *channel)
{
	netcx_irq_work_sync(&channel->kick);
}

void netcx_poll_enable(struct netcx_channel *channel)
{
	napi_enable(&channel->napi);
}

void netcx_poll_disable(struct netcx_channel *channel)
{
	/*
	 * In this order: a poll that still runs may arm the timer, but the timer cannot schedule a
	 * NAPI that is disabled.
	 */
	napi_disable(&channel->napi);
	timer_delete_sync(&channel->retry);
}

void netcx_poll_pause(struct netcx_channel *channel)
{
	if (netcx_channel_is_attached(channel))
		netcx_poll_disable(channel);
}

void netcx_poll_resume(struct netcx_channel *channel)
{
	if (!netcx_channel_is_attached(channel))
		return;
	netcx_poll_enable(channel);
	/* A notification that came meanwhile was lost. */
	netcx_channel_schedule(channel);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verifier mode: its switch, and what becomes of a violation. The rules are in module/core.
 *
 * A queue whose client broke a rule is left alone at once, in the callback's context. The adapter
 * is stopped a moment later, in process context, see health.c.
 */
#include <linux/percpu.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../../core/verifier.h"
#include "../bus/client.h"
#include "../bus/device.h"
#include "callbacks.h"
#include "channel.h"
#include "verifier.h"

/* As many as there are verified devices. */
DEFINE_STATIC_KEY_FALSE(netcx_verifier_key);

/* Whose callback runs on this processor, with bottom halves off. */
static DEFINE_PER_CPU(struct netcx_queue *, netcx_verifier_queue);

void netcx_verifier_switch(struct netcx_os_device *device, bool on)
{
	if (on == device->verified)
		return;
	WRITE_ONCE(device->verified, on);
	if (on)
		static_branch_inc(&netcx_verifier_key);
	else
		static_branch_dec(&netcx_verifier_key);
}

/* Atomic, whoever calls: that is what a client has to expect. */
void netcx_verifier_cancel(struct netcx_queue *q)
{
	if (!q->verifier) {
		netcx_core_queue_cancel(q);
		return;
	}
	local_bh_disable();
	netcx_core_queue_cancel(q);
	local_bh_enable();
}

/* Not against the rules, but work for nothing. */
void netcx_verifier_unasked(struct netcx_queue *q)
{
	if (q->verifier)
		atomic64_inc(&q->adapter->os_device->unasked);
}

struct netcx_queue *netcx_os_verifier_running(struct netcx_queue *queue)
{
	/* In process context the thread says who runs, and may move to another processor. */
	return in_softirq() ? this_cpu_xchg(netcx_verifier_queue, queue) : NULL;
}

struct netcx_queue *netcx_os_verifier_running_queue(void)
{
	return in_softirq() && !in_hardirq() ? this_cpu_read(netcx_verifier_queue) : NULL;
}

/* Nothing of the queue is looked at any more but to free what it holds. */
static void netcx_verifier_break(const struct netcx_queue *q)
{
	struct netcx_channel *channel = q->os;

	/* Not started, or stopped: nobody is about to look. */
	if (!channel)
		return;
	if (q->type == NETCX_QUEUE_TX) {
		channel->tx_storage.broken = true;
		netif_tx_stop_queue(channel->tx_storage.nq);
	} else {
		channel->rx_storage.broken = true;
	}
}

void netcx_os_verifier_report(struct netcx_queue *queue, const struct netcx_violation *violation)
{
	struct netcx_os_device *device = queue->adapter->os_device;
	struct netcx_fault *fault = &device->fault;

	netcx_verifier_break(queue);
	/* One report: what follows is likely to follow from it. */
	if (test_and_set_bit(NETCX_FAULT_CLAIMED, &fault->flags))
		return;
	fault->rule = violation->rule;
	fault->has_rings = true;
	fault->violation = *violation;
	netcx_verifier_format(violation, queue->adapter->client_name, fault->text,
			      sizeof(fault->text));
	dev_err(device->dev, "%s\n", fault->text);
	netcx_device_halt(device);
}

void netcx_os_verifier_report_call(struct netcx_os_device *device, UINT32 rule, const char *text)
{
	struct netcx_fault *fault;

	/* What is refused while a device is being bound fails that. */
	if (!device || !READ_ONCE(device->verified) ||
	    netcx_core_state_name(device->state) == NETCX_DEVICE_NEW)
		return;
	fault = &device->fault;
	if (test_and_set_bit(NETCX_FAULT_CLAIMED, &fault->flags))
		return;
	fault->rule = rule;
	fault->has_rings = false;
	snprintf(fault->text, sizeof(fault->text), "netcx verifier: %s broke %s: %s",
		 netcx_device_client_name(device), netcx_verifier_rule_name(rule), text);
	dev_err(device->dev, "%s\n", fault->text);
	netcx_device_halt(device);
}

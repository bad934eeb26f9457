// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which processor a queue is for: the n-th queue for the n-th, and round again, be there more
 * processors or more queues. Packets are sent by a queue of the processor that sends (XPS), and
 * that queue's interrupts come there, so that its lock and its rings stay in one cache.
 *
 * Packets are spread anew for each number of queues. An interrupt is placed once, when its queue is
 * created for the first time, as if there were all the queues there can be; what the user sets
 * after that stays, whatever becomes of the queues.
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../datapath/channel.h"
#include "affinity.h"
#include "netdev_priv.h"

/* The processors of queue @index of @count. */
static void netcx_cpus_of(struct cpumask *cpus, unsigned int index, unsigned int count)
{
	const unsigned int of_few = index % num_online_cpus();
	unsigned int cpu, n = 0;

	cpumask_clear(cpus);
	for_each_online_cpu(cpu) {
		if (n % count == index || n == of_few)
			cpumask_set_cpu(cpu, cpus);
		n++;
	}
}

/* Without memory there is no XPS map, and the stack chooses tx queues by hash. */
void netcx_xps_spread(struct netcx_netdev *nd)
{
	/* Those of one priority, which is chosen first, are spread by themselves. */
	const unsigned int count = nd->adapter->tx_queues_per_priority ?: nd->num_tx;
	cpumask_var_t cpus;
	unsigned int i;

	if (!zalloc_cpumask_var(&cpus, GFP_KERNEL))
		return;
	for (i = 0; i < nd->num_tx; i++) {
		netcx_cpus_of(cpus, i % count, count);
		netif_set_xps_queue(nd->netdev, cpus, i);
	}
	free_cpumask_var(cpus);
}

/* The kernel keeps the address of the hint, so the mask is in the channel. */
void netcx_affinity_set(struct netcx_channel *channel, const struct netcx_queue *q)
{
	const struct netcx_netdev *nd = channel->nd;
	int irq;

	if (q->vector == NETCX_QUEUE_NO_VECTOR)
		return;
	irq = pci_irq_vector(nd->device->pdev, q->vector);
	netcx_cpus_of(channel->cpus, q->id, nd->num_channels);
	if (channel->placed[q->type])
		irq_update_affinity_hint(irq, channel->cpus);
	else
		irq_set_affinity_and_hint(irq, channel->cpus);
	channel->placed[q->type] = true;
}

void netcx_affinity_forget(struct netcx_channel *channel, const struct netcx_queue *q)
{
	if (q->vector != NETCX_QUEUE_NO_VECTOR)
		irq_update_affinity_hint(pci_irq_vector(channel->nd->device->pdev, q->vector),
					 NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tx queues by priority (NetAdapterInitAddTxDemux()): each priority's are a traffic class, so that
 * the stack sends a packet through a queue of its priority. The classes are the hardware's, and
 * there from the start; with mqprio in hardware mode the user says which priorities are whose.
 */
#include <linux/netdevice.h>
#include <net/pkt_cls.h>
#include <net/pkt_sched.h>

#include "../../core/core.h"
#include "affinity.h"
#include "netdev_priv.h"
#include "priorities.h"

/* What 802.1p has; of skb->priority netdev_set_prio_tc_map() takes 16. */
#define NETCX_PRIORITIES	8

static unsigned int netcx_classes(const struct netcx_adapter *adapter, unsigned int queues)
{
	return min_t(unsigned int, adapter->tx_priorities, queues);
}

unsigned int netcx_priorities_queues(struct netcx_adapter *adapter, unsigned int queues)
{
	const unsigned int classes = netcx_classes(adapter, queues);

	adapter->tx_queues_per_priority = clamp(queues / classes, 1U, num_online_cpus());
	return classes * adapter->tx_queues_per_priority;
}

static void netcx_priorities_set_classes(struct netcx_netdev *nd)
{
	const unsigned int queues = nd->adapter->tx_queues_per_priority;
	const unsigned int classes = nd->max_tx / queues;
	unsigned int i;

	netdev_set_num_tc(nd->netdev, classes);
	for (i = 0; i < classes; i++)
		netdev_set_tc_queue(nd->netdev, i, queues, i * queues);
	/* XPS went with the classes that were; before it is registered there is none. */
	if (nd->netdev->reg_state == NETREG_REGISTERED)
		netcx_xps_spread(nd);
}

void netcx_priorities_apply(struct netcx_netdev *nd)
{
	unsigned int i;

	if (!netcx_has_priorities(nd->adapter) || netdev_get_num_tc(nd->netdev))
		return;
	netcx_priorities_set_classes(nd);
	for (i = 0; i <= TC_BITMASK; i++) {
		const unsigned int priority = i % NETCX_PRIORITIES;

		netdev_set_prio_tc_map(nd->netdev, i,
				       priority < netdev_get_num_tc(nd->netdev) ? priority : 0);
	}
}

/*
 * The qdisc itself says which priorities are whose when this returns. What it says of queues is
 * ignored, as it is of other drivers' classes.
 */
static int netcx_setup_mqprio(struct netcx_netdev *nd, struct tc_mqprio_qopt_offload *mqprio)
{
	if (!mqprio->qopt.num_tc) {
		netdev_reset_tc(nd->netdev);
		netcx_priorities_apply(nd);
		return 0;
	}
	if (mqprio->mode != TC_MQPRIO_MODE_DCB)
		return -EOPNOTSUPP;
	if (mqprio->qopt.num_tc != nd->max_tx / nd->adapter->tx_queues_per_priority) {
		netdev_err(nd->netdev, "the hardware has %u traffic classes, not %u\n",
			   nd->max_tx / nd->adapter->tx_queues_per_priority, mqprio->qopt.num_tc);
		return -EINVAL;
	}
	mqprio->qopt.hw = TC_MQPRIO_HW_OFFLOAD_TCS;
	netcx_priorities_set_classes(nd);
	return 0;
}

int netcx_setup_tc(struct net_device *netdev, enum tc_setup_type type, void *data)
{
	struct netcx_netdev *nd = netdev_priv(netdev);

	if (type != TC_SETUP_QDISC_MQPRIO || !netcx_has_priorities(nd->adapter))
		return -EOPNOTSUPP;
	return netcx_setup_mqprio(nd, data);
}

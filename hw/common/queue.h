/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Queues: the framework's callbacks, which call a client's class for a queue, and helpers for that
 * class.
 */
#ifndef COMMON_QUEUE_H
#define COMMON_QUEUE_H

#include <netadaptercx.h>

namespace common
{

/*
 * Context: the accessor of the queue's context, as WDF_DECLARE_CONTEXT_TYPE_WITH_NAME() makes it.
 * Its class has advance(), set_notification(bool), cancel(), start() and stop(), and clean_up() if
 * cleanup is used.
 */
template <auto Context>
struct QueueCallbacks {
	static void advance(NETPACKETQUEUE queue) { Context(queue)->advance(); }

	static void set_notification(NETPACKETQUEUE queue, BOOLEAN enabled)
	{
		Context(queue)->set_notification(enabled);
	}

	static void cancel(NETPACKETQUEUE queue) { Context(queue)->cancel(); }

	static void start(NETPACKETQUEUE queue) { Context(queue)->start(); }

	static void stop(NETPACKETQUEUE queue) { Context(queue)->stop(); }

	/* For EvtCleanupCallback. */
	static void cleanup(WDFOBJECT queue) { Context(queue)->clean_up(); }

	static NET_PACKET_QUEUE_CONFIG config()
	{
		NET_PACKET_QUEUE_CONFIG all;

		NET_PACKET_QUEUE_CONFIG_INIT(&all, advance, set_notification, cancel);
		all.EvtStart = start;
		all.EvtStop = stop;
		return all;
	}
};

/* NetTxQueueCreate() and NetRxQueueCreate(); a failure is logged. Context: process. */
NTSTATUS create_tx_queue(NETTXQUEUE_INIT *init, WDF_OBJECT_ATTRIBUTES *attributes,
			 NET_PACKET_QUEUE_CONFIG *config, NETPACKETQUEUE *queue);
NTSTATUS create_rx_queue(NETRXQUEUE_INIT *init, WDF_OBJECT_ATTRIBUTES *attributes,
			 NET_PACKET_QUEUE_CONFIG *config, NETPACKETQUEUE *queue);

/* ---- returning all elements to the framework, within Advance after EvtPacketQueueCancel ---- */

/* All packets, sent or not. */
void return_tx_rings(NET_RING *packets, NET_RING *fragments);
/* All packets, with Ignore set, and all fragments. */
void return_rx_rings(NET_RING *packets, NET_RING *fragments);

} /* namespace common */

#endif /* COMMON_QUEUE_H */

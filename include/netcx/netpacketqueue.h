/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What transmit and receive queues have in common: the callbacks of the client driver.
 *
 * For one queue no two of these callbacks overlap. Different queues run at the same time, also the
 * two of a channel. All but Start and Stop must not sleep.
 *
 * Pages: "Transmit and receive queues", "NET_PACKET_QUEUE_CONFIG structure (netpacketqueue.h)",
 * "EVT_PACKET_QUEUE_ADVANCE callback function" and its siblings.
 */
#ifndef NETCX_NETPACKETQUEUE_H
#define NETCX_NETPACKETQUEUE_H

#include "wdf.h"
#include "netadaptercxtypes.h"

/*
 * Work on the rings: post what is new to the hardware, drain what the hardware has finished.
 * Called while there may be something to do, and after EvtCancel until the queue is drained.
 * DISPATCH_LEVEL.
 */
typedef void EVT_PACKET_QUEUE_ADVANCE(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_ADVANCE *PFN_PACKET_QUEUE_ADVANCE;

/*
 * TRUE: call NetTxQueueNotifyMoreCompletedPacketsAvailable() or
 * NetRxQueueNotifyMoreReceivedPacketsAvailable() once, as soon as the hardware has finished more:
 * in other words, unmask the queue's interrupt. Notifying disarms. FALSE is never passed here.
 * DISPATCH_LEVEL.
 */
typedef void EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED(NETPACKETQUEUE PacketQueue,
						       BOOLEAN NotificationEnabled);
typedef EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED *PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED;

/*
 * The queue is to stop; it is given nothing more. Return everything: at once or in the calls of
 * EvtAdvance that follow, in a time the hardware needs. A receive queue returns packets it did not
 * fill with Ignore set, and all fragments. It must not sleep, although process context may call.
 */
typedef void EVT_PACKET_QUEUE_CANCEL(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_CANCEL *PFN_PACKET_QUEUE_CANCEL;

/* The queue begins to run; all ring indices are 0. Process context, may sleep. */
typedef void EVT_PACKET_QUEUE_START(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_START *PFN_PACKET_QUEUE_START;

/*
 * The queue has stopped: no callback of it follows but EvtStart or its destruction, and after this
 * one returns it must not be notified any more. Process context, may sleep.
 */
typedef void EVT_PACKET_QUEUE_STOP(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_STOP *PFN_PACKET_QUEUE_STOP;

/**
 * struct _NET_PACKET_QUEUE_CONFIG - a queue's callbacks
 * @Size: sizeof this structure
 * @EvtStart: optional
 * @EvtStop: optional
 * @EvtAdvance: required
 * @EvtSetNotificationEnabled: required; must be NULL with an ExecutionContext
 * @EvtCancel: required; of transmit queues with an ExecutionContext optional
 * @ExecutionContext: with which other queues it must not run at the same time, see
 *	netexecutioncontext.h; usually NULL: it runs by itself
 */
typedef struct _NET_PACKET_QUEUE_CONFIG {
	ULONG Size;
	PFN_PACKET_QUEUE_START EvtStart;
	PFN_PACKET_QUEUE_STOP EvtStop;
	PFN_PACKET_QUEUE_ADVANCE EvtAdvance;
	PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED EvtSetNotificationEnabled;
	PFN_PACKET_QUEUE_CANCEL EvtCancel;
	NETEXECUTIONCONTEXT ExecutionContext;
} NET_PACKET_QUEUE_CONFIG, *PNET_PACKET_QUEUE_CONFIG;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_QUEUE_CONFIG) == 56, "NET_PACKET_QUEUE_CONFIG size");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET_QUEUE_CONFIG, ExecutionContext) == 48,
		    "what version 2.1 added follows all of version 2.0");

/**
 * NET_PACKET_QUEUE_CONFIG_INIT() - sets the required callbacks
 * @Config: is overwritten
 * @EvtAdvance: see the type
 * @EvtSetNotificationEnabled: see the type
 * @EvtCancel: see the type
 */
NETCX_INLINE void
NET_PACKET_QUEUE_CONFIG_INIT(NET_PACKET_QUEUE_CONFIG *Config, PFN_PACKET_QUEUE_ADVANCE EvtAdvance,
			     PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED EvtSetNotificationEnabled,
			     PFN_PACKET_QUEUE_CANCEL EvtCancel)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->EvtAdvance = EvtAdvance;
	Config->EvtSetNotificationEnabled = EvtSetNotificationEnabled;
	Config->EvtCancel = EvtCancel;
}

#endif /* NETCX_NETPACKETQUEUE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What transmit and receive queues have in common: the callbacks of the client driver.
 *
 * For one queue no two of these callbacks overlap. On Linux those of a transmit queue run under the
 * stack's lock of that queue, those of a receive queue in NAPI, which owns it, without a lock;
 * Start, Cancel and Stop run with both off. Different queues run at the same time, also the receive
 * and the transmit queue of the same number. All but Start and Stop must not sleep.
 *
 * Pages: "Transmit and receive queues", "NET_PACKET_QUEUE_CONFIG structure (netpacketqueue.h)",
 * "EVT_PACKET_QUEUE_ADVANCE callback function" and its siblings.
 */
#ifndef NETCX_NETPACKETQUEUE_H
#define NETCX_NETPACKETQUEUE_H

#include "wdf.h"
#include "netadaptercxtypes.h"

/*
 * Work on the rings: post [NextIndex, EndIndex) to the hardware, and return what the hardware has
 * finished by moving BeginIndex. Called for new packets to send, by NAPI, and after EvtCancel until
 * the queue is drained. It may be called when there is nothing to do. DISPATCH_LEVEL.
 */
typedef void EVT_PACKET_QUEUE_ADVANCE(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_ADVANCE *PFN_PACKET_QUEUE_ADVANCE;

/*
 * TRUE: call NetTxQueueNotifyMoreCompletedPacketsAvailable() or
 * NetRxQueueNotifyMoreReceivedPacketsAvailable() once, as soon as the hardware finishes something
 * after this call: usually by unmasking the queue's interrupt. What it finished before need not be
 * notified, since EvtAdvance is called once more afterwards. The notification may come before this
 * returns. FALSE is never passed. DISPATCH_LEVEL.
 */
typedef void EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED(NETPACKETQUEUE PacketQueue,
						       BOOLEAN NotificationEnabled);
typedef EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED *PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED;

/*
 * The queue is to stop: EndIndex of both rings does not move any more. Return all elements, here or
 * in the calls of EvtAdvance that follow, as soon as the hardware does not access their buffers any
 * more. A receive queue sets Ignore in packets that it did not fill, and returns all fragments. If
 * elements are left after three seconds, the device's DMA is switched off and the device is reset.
 * Called in process context, but must not sleep, since on Windows it is DISPATCH_LEVEL.
 */
typedef void EVT_PACKET_QUEUE_CANCEL(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_CANCEL *PFN_PACKET_QUEUE_CANCEL;

/* The queue starts; the indices of both rings are 0. Process context, may sleep. */
typedef void EVT_PACKET_QUEUE_START(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_START *PFN_PACKET_QUEUE_START;

/*
 * The queue has stopped: the next callback is EvtStart, or EvtCleanupCallback when it is destroyed.
 * When this one returns, no notification may be made for it any more. Process context, may sleep.
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

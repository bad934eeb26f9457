/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Receive queues. Pages: netrxqueue.h, "Transmit and receive queues". */
#ifndef NETCX_NETRXQUEUE_H
#define NETCX_NETRXQUEUE_H

#include "netpacketqueue.h"
#include "netadapterpacket.h"
#include "net/ringcollection.h"

/**
 * struct _NET_RXQUEUE_BUFFER_LAYOUT_HINT - how an upper layer would like receive buffers to be laid out
 * @MinimumBackfillSize: bytes to leave before a packet in its first buffer
 * @L3HeaderAlignment: of the network header, less one: 3 for four bytes
 *
 * The function that filled one in was in the previews only: no other takes or returns it.
 */
typedef struct _NET_RXQUEUE_BUFFER_LAYOUT_HINT {
	ULONG MinimumBackfillSize;
	ULONG L3HeaderAlignment;
} NET_RXQUEUE_BUFFER_LAYOUT_HINT, *PNET_RXQUEUE_BUFFER_LAYOUT_HINT;

NETCX_STATIC_ASSERT(sizeof(NET_RXQUEUE_BUFFER_LAYOUT_HINT) == 8,
		    "NET_RXQUEUE_BUFFER_LAYOUT_HINT size");

EXTERN_C_START

/**
 * NetRxQueueCreate() - creates a queue; once, within EvtAdapterCreateRxQueue and on its thread
 * @NetRxQueueInit: EvtAdapterCreateRxQueue's
 * @RxQueueAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @Configuration: copied
 * @PacketQueue: receives the handle
 *
 * The rings exist when it returns.
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a missing callback, a parent, or an ExecutionContext;
 * STATUS_INVALID_DEVICE_STATE for a second queue or another thread;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetRxQueueCreate(NETRXQUEUE_INIT *NetRxQueueInit, WDF_OBJECT_ATTRIBUTES *RxQueueAttributes,
			  NET_PACKET_QUEUE_CONFIG *Configuration, NETPACKETQUEUE *PacketQueue);

/**
 * NetRxQueueInitGetQueueId() - number of the queue to be created
 * @NetRxQueueInit: EvtAdapterCreateRxQueue's, before NetRxQueueCreate()
 *
 * Context: process.
 * Return: a number from 0; transmit queues have numbers of their own.
 */
ULONG NetRxQueueInitGetQueueId(NETRXQUEUE_INIT const *NetRxQueueInit);

/**
 * NetRxQueueGetRingCollection() - the rings of a queue
 * @PacketQueue: a receive queue
 *
 * Context: any.
 * Return: the rings, which live as long as the queue.
 */
NET_RING_COLLECTION const *NetRxQueueGetRingCollection(NETPACKETQUEUE PacketQueue);

/**
 * NetRxQueueGetExtension() - the offset of an extension in the elements of a queue's rings
 * @PacketQueue: a receive queue
 * @Query: name, version and type; NET_EXTENSION_QUERY_INIT()
 * @Extension: is overwritten; Enabled is FALSE, and the rest zero, if the queue does not have it
 *
 * It does not change while the queue exists, so look it up once, when the queue is created.
 *
 * Context: process.
 */
void NetRxQueueGetExtension(NETPACKETQUEUE PacketQueue, NET_EXTENSION_QUERY const *Query,
			    NET_EXTENSION *Extension);

/**
 * NetRxQueueNotifyMoreReceivedPacketsAvailable() - schedules NAPI, which calls EvtAdvance
 * @PacketQueue: a receive queue between EvtStart's beginning and EvtStop's end
 *
 * Once for each EvtSetNotificationEnabled(TRUE); a call that was not asked for is ignored.
 *
 * Context: any, an interrupt service routine too.
 */
void NetRxQueueNotifyMoreReceivedPacketsAvailable(NETPACKETQUEUE PacketQueue);

EXTERN_C_END

#endif /* NETCX_NETRXQUEUE_H */

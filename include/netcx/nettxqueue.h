/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Transmit queues. Pages: nettxqueue.h, "Transmit and receive queues". */
#ifndef NETCX_NETTXQUEUE_H
#define NETCX_NETTXQUEUE_H

#include "netpacketqueue.h"
#include "netadapterpacket.h"
#include "net/ringcollection.h"

EXTERN_C_START

/**
 * NetTxQueueCreate() - creates a queue; once, within EvtAdapterCreateTxQueue and on its thread
 * @NetTxQueueInit: EvtAdapterCreateTxQueue's
 * @TxQueueAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
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
NTSTATUS NetTxQueueCreate(NETTXQUEUE_INIT *NetTxQueueInit, WDF_OBJECT_ATTRIBUTES *TxQueueAttributes,
			  NET_PACKET_QUEUE_CONFIG *Configuration, NETPACKETQUEUE *PacketQueue);

/**
 * NetTxQueueInitGetQueueId() - number of the queue to be created
 * @NetTxQueueInit: EvtAdapterCreateTxQueue's, before NetTxQueueCreate()
 *
 * Context: process.
 * Return: a number from 0; receive queues have numbers of their own.
 */
ULONG NetTxQueueInitGetQueueId(NETTXQUEUE_INIT const *NetTxQueueInit);

/**
 * NetTxQueueGetRingCollection() - the rings of a queue
 * @PacketQueue: a transmit queue
 *
 * Context: any.
 * Return: the rings, which live as long as the queue.
 */
NET_RING_COLLECTION const *NetTxQueueGetRingCollection(NETPACKETQUEUE PacketQueue);

/**
 * NetTxQueueGetExtension() - the offset of an extension in the elements of a queue's rings
 * @PacketQueue: a transmit queue
 * @Query: name, version and type; NET_EXTENSION_QUERY_INIT()
 * @Extension: is overwritten; Enabled is FALSE, and the rest zero, if the queue does not have it
 *
 * It does not change while the queue exists, so look it up once, when the queue is created.
 *
 * Context: process.
 */
void NetTxQueueGetExtension(NETPACKETQUEUE PacketQueue, NET_EXTENSION_QUERY const *Query,
			    NET_EXTENSION *Extension);

/**
 * NetTxQueueGetDemux8021p() - whose packets a queue sends
 * @Queue: a transmit queue of an adapter with NetAdapterInitAddTxDemux()
 *
 * Context: process.
 * Return: the 802.1p priority; 0 for an adapter that has no such queues (DemuxNotPresent).
 */
UINT8 NetTxQueueGetDemux8021p(NETPACKETQUEUE Queue);

/**
 * NetTxQueueNotifyMoreCompletedPacketsAvailable() - schedules NAPI, which calls EvtAdvance
 * @PacketQueue: a transmit queue between EvtStart's beginning and EvtStop's end
 *
 * Once for each EvtSetNotificationEnabled(TRUE); a call that was not asked for is ignored.
 *
 * Context: any, an interrupt service routine too.
 */
void NetTxQueueNotifyMoreCompletedPacketsAvailable(NETPACKETQUEUE PacketQueue);

EXTERN_C_END

#endif /* NETCX_NETTXQUEUE_H */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Nothing is ever received; the buffers stay with the queue until it is cancelled. */
#include "rx_queue.h"
#include <common/queue.h>

namespace skeleton
{

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(RxQueue, rx_queue_context);

/* ---- data path: under NAPI's ownership, so one thread at a time ---- */

/*
 * For each frame that the hardware has written: sets ValidLength and Offset of its fragments, and
 * FragmentIndex, FragmentCount and Layout of a packet, or Ignore. Then moves BeginIndex of both
 * rings past them.
 */
void RxQueue::drain()
{
}

/*
 * Gives the buffers of [NextIndex, EndIndex) to the hardware: writes a descriptor for each, and the
 * tail register once.
 */
void RxQueue::post()
{
	fragments->NextIndex = fragments->EndIndex;
}

void RxQueue::advance()
{
	if (cancelled)
		return;
	drain();
	post();
}

/* Unmasks the queue's interrupt, whose service routine notifies once. Here nothing ever comes. */
void RxQueue::set_notification(bool)
{
}

/* ---- life; see TxQueue ---- */

void RxQueue::start()
{
	cancelled = false;
}

void RxQueue::cancel()
{
	cancelled = true;
	common::return_rx_rings(packets, fragments);
}

void RxQueue::stop()
{
}

void RxQueue::initialize(NETPACKETQUEUE handle)
{
	const NET_RING_COLLECTION *rings = NetRxQueueGetRingCollection(handle);

	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);
}

/* ---- creation ---- */

NTSTATUS evt_create_rx_queue(NETADAPTER, NETRXQUEUE_INIT *init)
{
	NET_PACKET_QUEUE_CONFIG config = common::QueueCallbacks<rx_queue_context>::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, RxQueue);
	status = common::create_rx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	rx_queue_context(queue)->initialize(queue);
	return STATUS_SUCCESS;
}

} /* namespace skeleton */

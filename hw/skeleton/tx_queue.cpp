// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Packets are sent into nothing: each is done as soon as it is posted. */
#include "tx_queue.h"
#include "adapter.h"
#include "device.h"
#include <common/queue.h>
#include <netringiterator.h>

namespace skeleton
{

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TxQueue, tx_queue_context);

/* ---- data path: one thread at a time ---- */

/*
 * A descriptor for each fragment of [NextIndex, EndIndex), and one write of the tail register for
 * all. A packet for which there is no room in the hardware's ring ends the loop; it is looked at
 * again.
 */
void TxQueue::post()
{
	NET_RING_PACKET_ITERATOR packet = NetRingGetPostPackets(rings);

	for (; NetPacketIteratorHasAny(&packet); NetPacketIteratorAdvance(&packet)) {
		const NET_PACKET *element = NetPacketIteratorGetPacket(&packet);

		if (element->Ignore || !element->FragmentCount)
			continue;

		NET_RING_FRAGMENT_ITERATOR fragment = NetPacketIteratorGetFragments(&packet);

		for (; NetFragmentIteratorHasAny(&fragment); NetFragmentIteratorAdvance(&fragment))
			device->statistics.tx_bytes +=
				NetFragmentIteratorGetFragment(&fragment)->ValidLength;
		fragments->NextIndex = NetFragmentIteratorGetIndex(&fragment);
		device->statistics.tx_packets++;
	}
	NetPacketIteratorSet(&packet);
}

/* Of [BeginIndex, NextIndex) what the hardware is done with goes back, in order. */
void TxQueue::drain()
{
	packets->BeginIndex = packets->NextIndex;
	fragments->BeginIndex = fragments->NextIndex;
}

void TxQueue::advance()
{
	if (cancelled)
		return;
	post();
	drain();
}

/*
 * Unmasks the queue's interrupt, whose service routine notifies once. Here nothing finishes later.
 */
void TxQueue::set_notification(bool)
{
}

/* ---- life ---- */

/* The rings are empty, and so is the hardware's: its base, length and indices are written here. */
void TxQueue::start()
{
	cancelled = false;
}

/*
 * The hardware is told to stop. Everything goes back: at once, if it surely does not touch the
 * buffers any more, or in later calls of advance(). Must not sleep.
 */
void TxQueue::cancel()
{
	cancelled = true;
	common::return_tx_rings(packets, fragments);
}

/* No notification is on its way when this returns. */
void TxQueue::stop()
{
}

/* Memory of the hardware's ring is created here, extensions are looked up (common/extensions.h). */
NTSTATUS TxQueue::initialize(Device *device_of_queue, NETPACKETQUEUE handle)
{
	device = device_of_queue;
	rings = NetTxQueueGetRingCollection(handle);
	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);
	return STATUS_SUCCESS;
}

/* ---- creation ---- */

NTSTATUS evt_create_tx_queue(NETADAPTER adapter, NETTXQUEUE_INIT *init)
{
	NET_PACKET_QUEUE_CONFIG config = common::QueueCallbacks<tx_queue_context>::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, TxQueue);
	status = common::create_tx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	return tx_queue_context(queue)->initialize(device_of(adapter), queue);
}

} /* namespace skeleton */

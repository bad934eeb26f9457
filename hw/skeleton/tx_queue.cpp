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

/* ---- data path: under the netdev tx queue's lock, so one thread at a time ---- */

/*
 * Real hardware: writes a descriptor for each fragment of the packets in [NextIndex, EndIndex), and
 * the tail register once. A packet for which the hardware's ring has no room ends the loop; the
 * next call tries again.
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

/* Gives packets of [BeginIndex, NextIndex) back that the hardware has sent, in order. */
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

/*
 * Programs base, length and indices of the hardware's ring, which is empty, like the framework's.
 */
void TxQueue::start()
{
	cancelled = false;
}

/*
 * Has the hardware stop. Packets go back here, if the hardware surely does not read their buffers
 * any more, else in later calls of advance(). Must not sleep.
 */
void TxQueue::cancel()
{
	cancelled = true;
	common::return_tx_rings(packets, fragments);
}

/* When it returns, no service routine may still notify the queue. */
void TxQueue::stop()
{
}

/* Real hardware: allocates the descriptor ring, and looks up extensions (common/extensions.h). */
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

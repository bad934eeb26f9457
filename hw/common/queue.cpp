// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/queue.h>
#include <common/log.h>

namespace common
{

NTSTATUS create_tx_queue(NETTXQUEUE_INIT *init, WDF_OBJECT_ATTRIBUTES *attributes,
			 NET_PACKET_QUEUE_CONFIG *config, NETPACKETQUEUE *queue)
{
	const NTSTATUS status = NetTxQueueCreate(init, attributes, config, queue);

	if (!NT_SUCCESS(status))
		LOG_ERROR("NetTxQueueCreate failed with %#x", static_cast<unsigned int>(status));
	return status;
}

NTSTATUS create_rx_queue(NETRXQUEUE_INIT *init, WDF_OBJECT_ATTRIBUTES *attributes,
			 NET_PACKET_QUEUE_CONFIG *config, NETPACKETQUEUE *queue)
{
	const NTSTATUS status = NetRxQueueCreate(init, attributes, config, queue);

	if (!NT_SUCCESS(status))
		LOG_ERROR("NetRxQueueCreate failed with %#x", static_cast<unsigned int>(status));
	return status;
}

void return_tx_rings(NET_RING *packets, NET_RING *fragments)
{
	packets->NextIndex = packets->EndIndex;
	packets->BeginIndex = packets->EndIndex;
	fragments->NextIndex = fragments->EndIndex;
	fragments->BeginIndex = fragments->EndIndex;
}

void return_rx_rings(NET_RING *packets, NET_RING *fragments)
{
	for (UINT32 i = packets->BeginIndex; i != packets->EndIndex;
	     i = NetRingIncrementIndex(packets, i))
		NetRingGetPacketAtIndex(packets, i)->Ignore = 1;
	packets->BeginIndex = packets->EndIndex;
	fragments->NextIndex = fragments->EndIndex;
	fragments->BeginIndex = fragments->EndIndex;
}

} /* namespace common */

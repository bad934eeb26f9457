// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A transmit queue's life: created, started, cancelled, stopped, destroyed. */
#include "tx_queue.h"
#include "adapter.h"
#include "device.h"
#include "limits.h"
#include <common/log.h>
#include <common/objects.h>
#include <common/queue.h>

namespace e1000e
{

namespace
{
constexpr ULONG pool_tag = 0x78543165; /* "e1Tx" */

/*
 * Descriptors per fragment slot. Each fragment takes one, and each packet has at least one fragment
 * and may take a context. Fragments above tx_bytes_per_descriptor take more; if those do not fit,
 * post() leaves the packet for later.
 */
constexpr UINT32 descriptors_per_fragment = 2;
/* So that the largest packet fits into an empty ring, however few elements the rings have. */
constexpr UINT32 minimum_descriptors = 64;
static_assert(limits::tx_descriptors_per_packet < minimum_descriptors);
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TxQueue, tx_queue_context);

void TxQueue::set_notification(bool enabled)
{
	device->hardware.write(enabled ? ims::reg : imc::reg, causes);
}

void TxQueue::start()
{
	cancelled = false;
	restarted = false;
	begin_ring();
	device->interrupts.attach_tx(id, handle);
	device->engines.start(id, this);
}

void TxQueue::begin_ring()
{
	has_context = false;
	tail = 0;
	head = 0;
	unreported = 0;
	report_head = 0;
	report_tail = 0;
}

/* Only notes it: the rings of the framework may change only within advance(), see give_back(). */
void TxQueue::restart()
{
	begin_ring();
	restarted = true;
}

void TxQueue::set_up_ring() const
{
	device->hardware.setup_ring(tx_registers, id, memory);
}

void TxQueue::release()
{
	turn.give_back();
	NetTxQueueNotifyMoreCompletedPacketsAvailable(handle);
}

/*
 * EvtPacketQueueCancel must not sleep: packets go back, sent or not, in later calls of advance().
 */
void TxQueue::cancel()
{
	cancellation = device->engines.cancel_tx(id);
	cancelled = true;
}

void TxQueue::stop()
{
	device->engines.settle();
	device->interrupts.detach_tx(id);
	device->hardware.write(imc::reg, causes);
}

NTSTATUS TxQueue::initialize(Device *device_of_queue, NETPACKETQUEUE handle_of_queue,
			     UINT32 id_of_queue)
{
	WDFMEMORY report_memory;
	void *report_buffer;
	NTSTATUS status;

	device = device_of_queue;
	handle = handle_of_queue;
	id = id_of_queue;
	device->engines.queue_created();

	const NET_RING_COLLECTION *rings = NetTxQueueGetRingCollection(handle);

	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);

	const UINT32 wanted = fragments->NumberOfElements * descriptors_per_fragment;
	const UINT32 size = wanted < minimum_descriptors ? minimum_descriptors : wanted;

	if (size > limits::ring_maximum) {
		LOG_ERROR("a tx ring has at most %u elements, not %u",
			  limits::ring_maximum / descriptors_per_fragment,
			  fragments->NumberOfElements);
		return STATUS_INVALID_PARAMETER;
	}

	extensions.find(handle, packets, fragments);

	status = memory.create(device->dma_enabler, handle, size * sizeof(TxDescriptor));
	if (!NT_SUCCESS(status))
		return status;
	status = heads.create(device->dma_enabler, handle, size);
	if (!NT_SUCCESS(status))
		return status;
	descriptors = static_cast<TxDescriptor *>(memory.descriptors);
	descriptor_mask = size - 1;

	/* Each report covers at least one packet. */
	status = common::create_memory(handle, pool_tag, packets->NumberOfElements * sizeof(Report),
				       "a tx ring; try a smaller one", &report_memory,
				       &report_buffer);
	if (!NT_SUCCESS(status))
		return status;
	reports = static_cast<Report *>(report_buffer);
	report_mask = packets->ElementIndexMask;

	tail_register = device->hardware.address(tx_registers.tail(id));
	causes = device->interrupts.tx_cause(id);
	return device->interrupts.claim_tx(id, handle);
}

/* Called also for a queue whose initialize() failed, or was never called. */
void TxQueue::clean_up()
{
	if (device)
		device->engines.queue_destroyed();
}

/* ---- creation ---- */

NTSTATUS evt_create_tx_queue(NETADAPTER adapter, NETTXQUEUE_INIT *init)
{
	using Callbacks = common::QueueCallbacks<tx_queue_context>;
	const UINT32 id = NetTxQueueInitGetQueueId(init);
	NET_PACKET_QUEUE_CONFIG config = Callbacks::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	if (id >= device_of(adapter)->interrupts.queues()) {
		LOG_ERROR("there is no tx queue %u", id);
		return STATUS_INVALID_PARAMETER;
	}
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, TxQueue);
	attributes.EvtCleanupCallback = Callbacks::cleanup;
	status = common::create_tx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	return tx_queue_context(queue)->initialize(device_of(adapter), queue, id);
}

} /* namespace e1000e */

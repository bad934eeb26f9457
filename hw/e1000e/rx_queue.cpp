// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Extended Rx Descriptor", "Receive Descriptor Queue Structure",
 * "Multiple Receive Queues", "Receive Packet Checksum Offloading".
 */
#include "rx_queue.h"
#include "adapter.h"
#include "device.h"
#include <common/extensions.h>
#include <common/log.h>
#include <common/queue.h>
#include <netcx_ieee8021q.h>

namespace e1000e
{

namespace
{
/* The register is written for at least that many new descriptors ... */
constexpr UINT32 doorbell_batch = 16;
/* ... unless the hardware has fewer than that left. */
constexpr UINT32 doorbell_low = 32;
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(RxQueue, rx_queue_context);

/* ---- data path: under NAPI's ownership, so one thread at a time ---- */

/* Copies the length from a descriptor to its fragment; false if it cannot be right. */
inline bool RxQueue::take_buffer(UINT32 index, UINT64 result)
{
	NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
	const UINT32 length = rx_result::length(result);

	fragment->ValidLength = length;
	fragment->Offset = 0;
	return length && length <= limits::rx_buffer_bytes;
}

/*
 * A frame of more than one buffer, the first of which is @first. Nothing changes before all of it
 * is there.
 */
__attribute__((__noinline__)) RxQueue::Frame RxQueue::take_long_frame(UINT32 first)
{
	constexpr Frame incomplete = {};
	const UINT32 posted = fragments->NextIndex;
	UINT32 index = first;
	UINT32 count = 0;
	UINT64 result;

	do {
		if (index == posted)
			return incomplete;
		result = ReadULong64Acquire(&descriptors[index].result);
		if (!(rx_result::status(result) & rx_result::done))
			return incomplete;
		index = NetRingIncrementIndex(fragments, index);
		/*
		 * The largest frame takes no more: a descriptor without EOP is corrupt. Drop it
		 * all.
		 */
		if (++count == limits::rx_buffers_per_frame)
			break;
	} while (!(rx_result::status(result) & rx_result::end_of_packet));

	Frame frame = {};

	frame.buffers = static_cast<UINT16>(count);
	frame.fragments = static_cast<UINT16>(count);
	frame.good = (rx_result::status(result) & rx_result::end_of_packet) && !end_is_lost;
	end_is_lost = !(rx_result::status(result) & rx_result::end_of_packet);

	/* When just the CRC went into the last buffer, nothing is left in it after stripping. */
	if (!rx_result::length(result) && count > 1)
		frame.fragments--;

	index = first;
	for (UINT32 i = 0; i < frame.fragments; i++) {
		if (!take_buffer(index, descriptors[index].result))
			frame.good = false;
		index = NetRingIncrementIndex(fragments, index);
	}
	return frame;
}

/* Tag and checksum results, from the descriptor's status into the packet's extensions. */
inline void RxQueue::describe(UINT32 packet_index, UINT64 result)
{
	const UINT32 status = rx_result::status(result);

	if ((status & rx_result::vlan_stripped) && ieee8021q.Enabled)
		netcx_ieee8021q_set(NetExtensionGetPacketIeee8021Q(&ieee8021q, packet_index),
				    rx_result::vlan_tag(result),
				    NetPacketTxIeee8021qActionFlagVlanRequired);
	if (!checksum.Enabled || (status & rx_result::ignore_checksum))
		return;

	NET_PACKET_CHECKSUM *evaluation = NetExtensionGetPacketChecksum(&checksum, packet_index);

	if (status & rx_result::ip_checksum)
		evaluation->Layer3 = status & rx_result::ip_checksum_error
					     ? NetPacketRxChecksumEvaluationInvalid
					     : NetPacketRxChecksumEvaluationValid;
	if (status & (rx_result::tcp_checksum | rx_result::udp_checksum))
		evaluation->Layer4 = status & rx_result::layer4_checksum_error
					     ? NetPacketRxChecksumEvaluationInvalid
					     : NetPacketRxChecksumEvaluationValid;
}

inline void RxQueue::describe_hash(UINT32 packet_index, UINT64 hashed)
{
	/* Indexed by rx_hash::Type. */
	static constexpr UINT8 protocols[rx_hash::type_count] = {
		NetPacketHashProtocolTypeNone,
		NetPacketHashProtocolTypeIPv4 | NetPacketHashProtocolTypeTcp,
		NetPacketHashProtocolTypeIPv4,
		NetPacketHashProtocolTypeIPv6 | NetPacketHashProtocolTypeTcp,
		NetPacketHashProtocolTypeIPv6 | NetPacketHashProtocolTypeIPv6Extensions,
		NetPacketHashProtocolTypeIPv6,
	};
	NET_PACKET_HASH *found = NetExtensionGetPacketHash(&hash, packet_index);

	found->HashValue = rx_hash::value(hashed);
	found->ProtocolType = protocols[rx_hash::type(hashed)];
}

__attribute__((__always_inline__)) inline void RxQueue::drain()
{
	/*
	 * Local copies, since the compiler must assume that stores to elements change the members.
	 */
	NET_RING *const ring = packets;
	NET_RING *const fragment_ring = fragments;
	const RxDescriptor *const hardware_ring = descriptors;
	const UINT32 packet_end = ring->EndIndex;
	const UINT32 posted = fragment_ring->NextIndex;
	UINT32 packet_index = ring->BeginIndex;
	UINT32 first = fragment_ring->BeginIndex;

	while (first != posted && packet_index != packet_end) {
		UINT64 result = ReadULong64Acquire(&hardware_ring[first].result);
		UINT32 last = first;
		UINT16 count = 1;
		bool good;

		if (!(rx_result::status(result) & rx_result::done))
			break;
		if (__builtin_expect((rx_result::status(result) & rx_result::end_of_packet) &&
					     !end_is_lost,
				     true)) {
			good = take_buffer(first, result);
		} else {
			const Frame frame = take_long_frame(first);

			if (!frame.buffers)
				break;
			last = NetRingAdvanceIndex(fragment_ring, first, frame.buffers - 1);
			result = hardware_ring[last].result;
			count = frame.fragments;
			good = frame.good;
		}

		NET_PACKET *packet = NetRingGetPacketAtIndex(ring, packet_index);

		if (__builtin_expect(good && !(rx_result::status(result) & rx_result::frame_error),
				     true)) {
			packet->FragmentIndex = first;
			packet->FragmentCount = count;
			/* Unspecified: the headers are parsed where they are needed. */
			packet->Layout = {};
			describe(packet_index, result);
			if (hash.Enabled)
				describe_hash(packet_index, hardware_ring[last].address);
		} else {
			packet->Ignore = 1;
		}
		packet_index = NetRingIncrementIndex(ring, packet_index);
		first = NetRingIncrementIndex(fragment_ring, last);
	}
	ring->BeginIndex = packet_index;
	fragment_ring->BeginIndex = first;
}

__attribute__((__always_inline__)) inline void RxQueue::post()
{
	RxDescriptor *const hardware_ring = descriptors;
	NET_RING *const ring = fragments;
	const NET_EXTENSION addresses = logical_address;
	const UINT32 end = ring->EndIndex;

	for (UINT32 i = ring->NextIndex; i != end; i = NetRingIncrementIndex(ring, i))
		hardware_ring[i] = {
			NetExtensionGetFragmentLogicalAddress(&addresses, i)->LogicalAddress, 0};
	ring->NextIndex = end;

	/*
	 * RDT is the first descriptor that the hardware must not use. It never reaches RDH, which
	 * would mean an empty ring, since a client owns NumberOfElements - 1 at most.
	 */
	const UINT32 written = NetRingGetRangeCount(ring, tail, end);

	if (!written)
		return;
	if (written < doorbell_batch &&
	    NetRingGetRangeCount(ring, ring->BeginIndex, tail) >= doorbell_low)
		return;
	tail = end;
	WRITE_REGISTER_ULONG(tail_register, end);
}

void RxQueue::advance()
{
	if (__builtin_expect(!turn.try_take(), false))
		return;
	if (__builtin_expect(!cancelled, true)) {
		drain();
		post();
	} else if (device->engines.is_over(cancellation)) {
		common::return_rx_rings(packets, fragments);
	}
	turn.give_back();
}

void RxQueue::set_notification(bool enabled)
{
	device->hardware.write(enabled ? ims::reg : imc::reg, causes);
}

/* ---- life ---- */

void RxQueue::start()
{
	cancelled = false;
	end_is_lost = false;
	tail = 0;
	device->interrupts.attach_rx(id, handle);
	device->engines.start(id, this);
}

/*
 * The MAC was reset. Complete frames stay for drain(); the reset has lost the rest of a frame that
 * is incomplete, so its descriptors, too, are written anew for the hardware to fill.
 */
void RxQueue::restart()
{
	const UINT32 posted = fragments->NextIndex;
	UINT32 next = fragments->BeginIndex;

	for (UINT32 i = next; i != posted; i = NetRingIncrementIndex(fragments, i)) {
		const UINT32 status = rx_result::status(descriptors[i].result);

		if (!(status & rx_result::done))
			break;
		if (status & rx_result::end_of_packet)
			next = NetRingIncrementIndex(fragments, i);
	}
	if (next == fragments->BeginIndex)
		end_is_lost = false;
	tail = next;
	for (UINT32 i = next; i != posted; i = NetRingIncrementIndex(fragments, i))
		descriptors[i] = {
			NetExtensionGetFragmentLogicalAddress(&logical_address, i)->LogicalAddress,
			0};
}

void RxQueue::set_up_ring() const
{
	device->hardware.setup_ring(rx_registers, id, memory, tail);
}

void RxQueue::hand_over()
{
	if (tail == fragments->NextIndex)
		return;
	tail = fragments->NextIndex;
	WRITE_REGISTER_ULONG(tail_register, tail);
}

void RxQueue::release()
{
	turn.give_back();
	NetRxQueueNotifyMoreReceivedPacketsAvailable(handle);
}

/* EvtPacketQueueCancel must not sleep: the buffers go back in later calls of advance(). */
void RxQueue::cancel()
{
	cancellation = device->engines.cancel_rx(id);
	cancelled = true;
}

void RxQueue::stop()
{
	device->engines.settle();
	device->interrupts.detach_rx(id);
	device->hardware.write(imc::reg, causes);
}

NTSTATUS RxQueue::initialize(Device *device_of_queue, NETPACKETQUEUE handle_of_queue,
			     UINT32 id_of_queue)
{
	NTSTATUS status;

	device = device_of_queue;
	handle = handle_of_queue;
	id = id_of_queue;
	device->engines.queue_created();

	const NET_RING_COLLECTION *rings = NetRxQueueGetRingCollection(handle);

	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);

	const UINT32 size = fragments->NumberOfElements;

	if (size < limits::ring_minimum || size > limits::ring_maximum) {
		LOG_ERROR("an rx ring has %u to %u elements, not %u", limits::ring_minimum,
			  limits::ring_maximum, size);
		return STATUS_INVALID_PARAMETER;
	}

	logical_address = common::rx_extension(handle, common::extension::logical_address);
	checksum = common::rx_extension(handle, common::extension::checksum);
	hash = common::rx_extension(handle, common::extension::hash);
	ieee8021q = common::rx_extension(handle, common::extension::ieee8021q);

	status = memory.create(device->dma_enabler, handle, size * sizeof(RxDescriptor));
	if (!NT_SUCCESS(status))
		return status;
	descriptors = static_cast<RxDescriptor *>(memory.descriptors);
	tail_register = device->hardware.address(rx_registers.tail(id));
	causes = device->interrupts.rx_cause(id);
	return device->interrupts.claim_rx(id, handle);
}

/* Called also for a queue whose initialize() failed, or was never called. */
void RxQueue::clean_up()
{
	if (device)
		device->engines.queue_destroyed();
}

/* ---- creation ---- */

UINT32 rx_queue_id(NETPACKETQUEUE queue)
{
	return rx_queue_context(queue)->number();
}

NTSTATUS evt_create_rx_queue(NETADAPTER adapter, NETRXQUEUE_INIT *init)
{
	using Callbacks = common::QueueCallbacks<rx_queue_context>;
	const UINT32 id = NetRxQueueInitGetQueueId(init);
	NET_PACKET_QUEUE_CONFIG config = Callbacks::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	if (id >= device_of(adapter)->interrupts.queues()) {
		LOG_ERROR("there is no rx queue %u", id);
		return STATUS_INVALID_PARAMETER;
	}
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, RxQueue);
	attributes.EvtCleanupCallback = Callbacks::cleanup;
	status = common::create_rx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	return rx_queue_context(queue)->initialize(device_of(adapter), queue, id);
}

} /* namespace e1000e */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "rx_queue.h"
#include "adapter.h"
#include "device.h"
#include "memory.h"
#include "misbehaviour.h"
#include <common/extensions.h>
#include <common/queue.h>
#include <netcx_ieee8021q.h>

namespace sim
{

namespace
{

/* As much as an IP header can say, and the buffers of one packet can hold. */
UINT32 largest_coalesced(const Modes &modes)
{
	const UINT32 buffers = limits::rx_fragments_per_packet * modes.rx_buffer_bytes;

	return buffers < limits::segmentation_bytes ? buffers : limits::segmentation_bytes;
}

} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(RxQueue, rx_queue_context);

/* ---- the wire's side ---- */

RxQueue::Offer RxQueue::offer(const Transmission &transmission) const
{
	/* The last is the shortest. */
	const UINT32 space = transmission.frames() * Fifo::space_for(transmission.frame_length(0));

	if (fifo.has_room(space))
		return Offer::taken;
	return starved || !Fifo::can_ever_hold(space) ? Offer::missed : Offer::wait;
}

void RxQueue::receive(const Transmission &transmission, UINT32 index, const Hash &of_frame)
{
	FrameRecord *record = fifo.reserve(transmission.frame_length(index));
	UINT8 *bytes = record->bytes();

	transmission.write_frame(index, bytes);
	record->hash = of_frame.value;
	record->hash_type = static_cast<UINT16>(of_frame.type);
	if (device->vlan_stripping && record->length >= ethernet_header_bytes + vlan_tag_bytes &&
	    read_be16(bytes + mac_addresses_bytes) == ethertype_vlan) {
		record->tagged = true;
		record->tag = static_cast<UINT16>(read_be16(bytes + ethernet_header_bytes));
		record->length -= vlan_tag_bytes;
		RtlMoveMemory(bytes + mac_addresses_bytes,
			      bytes + mac_addresses_bytes + vlan_tag_bytes,
			      record->length - mac_addresses_bytes);
	}
	fifo.commit(record);
}

void RxQueue::received()
{
	if (device->modes.misbehaviour == netcx_rule_RingTouchedOutsideCallback)
		misbehave_outside(device->modes.misbehaviour, packets);
	notification.raise();
}

/* ---- data path: one thread at a time ---- */

/* Puts as much as fits into @buffer, or into the system's if that is NULL; how much that was. */
UINT32 RxQueue::fill_fragment(UINT32 index, RxBuffer *buffer, const UINT8 *bytes, UINT32 left)
{
	NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
	UINT8 *to;

	if (buffer) {
		to = buffer->bytes();
		fragment->Capacity = device->buffers.size();
		NetExtensionGetFragmentVirtualAddress(&virtual_address, index)->VirtualAddress = to;
		NetExtensionGetFragmentReturnContext(&return_context, index)->Handle =
			reinterpret_cast<NET_FRAGMENT_RETURN_CONTEXT_HANDLE>(buffer);
		if (net_memory.Enabled)
			NetExtensionGetFragmentNetMemory(&net_memory, index)->NetMemoryId =
				buffer->id;
	} else {
		to = device_bytes(&logical_address, &virtual_address, index);
	}

	const UINT32 capacity = static_cast<UINT32>(fragment->Capacity);
	const UINT32 length = left < capacity ? left : capacity;

	RtlCopyMemory(to, bytes, length);
	fragment->Offset = 0;
	fragment->ValidLength = length;
	return length;
}

/* Does the system's buffer at @index lie where the hardware wants it? */
bool RxQueue::is_aligned(UINT32 index) const
{
	const UINT64 wrong = device->modes.rx_alignment - 1;
	const void *bytes =
		NetExtensionGetFragmentVirtualAddress(&virtual_address, index)->VirtualAddress;

	if (logical_address.Enabled &&
	    NetExtensionGetFragmentLogicalAddress(&logical_address, index)->LogicalAddress & wrong)
		return false;
	return !(reinterpret_cast<ULONG_PTR>(bytes) & wrong);
}

bool RxQueue::fill(const FrameRecord *record, Cursor *cursor, UINT32 *count)
{
	UINT32 index = cursor->fragment;
	RxBuffer *buffer = nullptr;
	UINT32 done = 0;

	if (return_context.Enabled) {
		const UINT32 size = device->buffers.size();
		const UINT32 needed = (record->length + size - 1) / size;

		if (NetRingGetRangeCount(fragments, index, fragments->EndIndex) < needed)
			return false;
		buffer = device->buffers.lend(needed);
		if (!buffer)
			return false;
	}
	for (*count = 0; done != record->length && index != fragments->EndIndex; ++*count) {
		RxBuffer *const next = buffer ? buffer->next : nullptr;

		if (!buffer && !is_aligned(index))
			return false;
		done += fill_fragment(index, buffer, record->bytes() + done, record->length - done);
		index = NetRingIncrementIndex(fragments, index);
		buffer = next;
	}
	if (done != record->length)
		return false;
	cursor->fragment = index;
	return true;
}

void RxQueue::describe_checksum(UINT32 packet_index, const FrameRecord *record,
				const Headers &headers)
{
	NET_PACKET_CHECKSUM *evaluation = NetExtensionGetPacketChecksum(&checksum, packet_index);

	if (headers.is_ipv4())
		evaluation->Layer3 = checksum::is_layer3_valid(record->bytes(), headers)
					     ? NetPacketRxChecksumEvaluationValid
					     : NetPacketRxChecksumEvaluationInvalid;
	if (headers.is_tcp() || headers.is_udp())
		evaluation->Layer4 = checksum::is_layer4_valid(record->bytes(), headers)
					     ? NetPacketRxChecksumEvaluationValid
					     : NetPacketRxChecksumEvaluationInvalid;
}

/* Each segment was looked at before, so the checksum stands, though not for these bytes. */
void RxQueue::describe_coalesced(UINT32 packet_index, const Coalesced &frame)
{
	NetExtensionGetPacketRsc(&rsc, packet_index)->TCP.CoalescedSegmentCount =
		static_cast<UINT16>(frame.segments);
	if (rsc_timestamp.Enabled)
		NetExtensionGetPacketRscTimestamp(&rsc_timestamp, packet_index)
			->TCP.RscTcpTimestampDelta = frame.timestamp_delta;
	if (checksum.Enabled && frame.segments)
		NetExtensionGetPacketChecksum(&checksum, packet_index)->Layer4 =
			NetPacketRxChecksumEvaluationValid;
}

void RxQueue::describe(UINT32 packet_index, const Coalesced &frame)
{
	const FrameRecord *record = frame.record;
	const Headers headers = parse_headers(record->bytes(), record->length);
	NET_PACKET_LAYOUT *layout = &NetRingGetPacketAtIndex(packets, packet_index)->Layout;

	*layout = {};
	layout->Layer2Type = NetPacketLayer2TypeEthernet;
	layout->Layer2HeaderLength = headers.layer2_bytes & 0x7f;
	layout->Layer3Type = headers.layer3 & 0xf;
	layout->Layer3HeaderLength = headers.layer3_bytes & 0x1ff;
	layout->Layer4Type = headers.layer4 & 0xf;
	layout->Layer4HeaderLength = headers.layer4_bytes & 0xff;

	if (checksum.Enabled)
		describe_checksum(packet_index, record, headers);
	if (hash.Enabled) {
		NET_PACKET_HASH *found = NetExtensionGetPacketHash(&hash, packet_index);

		found->HashValue = record->hash;
		found->ProtocolType = record->hash_type;
	}
	if (ieee8021q.Enabled && record->tagged)
		netcx_ieee8021q_set(NetExtensionGetPacketIeee8021Q(&ieee8021q, packet_index),
				    record->tag, NetPacketTxIeee8021qActionFlagVlanRequired);
	if (rsc.Enabled)
		describe_coalesced(packet_index, frame);
}

/* A packet that the system is to pass over, which has no fragments. */
void RxQueue::add_ignored(Cursor *cursor)
{
	if (cursor->packet == packets->EndIndex)
		return;
	NetRingGetPacketAtIndex(packets, cursor->packet)->Ignore = 1;
	cursor->packet = NetRingIncrementIndex(packets, cursor->packet);
}

/* There is one. */
Coalesced RxQueue::next_frame(UINT32 position, UINT32 end)
{
	const FrameRecord *record;

	if (rsc.Enabled)
		return coalescing.take(fifo, position, end, device->modes.coalescing, wanted);
	record = fifo.at(&position, end);
	return {record, 0, 0, fifo.behind(position, record)};
}

bool RxQueue::take(const Coalesced &frame, Cursor *cursor)
{
	const Modes &modes = device->modes;
	Cursor next = *cursor;
	NET_PACKET *packet;
	UINT32 count;

	if (next.packet == packets->EndIndex)
		return false;
	if (modes.rx_holes && frames % modes.rx_holes == 0 && next.fragment != fragments->EndIndex)
		next.fragment = NetRingIncrementIndex(fragments, next.fragment);

	const UINT32 first = next.fragment;

	if (!fill(frame.record, &next, &count))
		return false;
	packet = NetRingGetPacketAtIndex(packets, next.packet);
	packet->FragmentIndex = first;
	packet->FragmentCount = static_cast<UINT16>(count);
	describe(next.packet, frame);
	next.packet = NetRingIncrementIndex(packets, next.packet);
	frames++;
	if (modes.rx_ignore && frames % modes.rx_ignore == 0)
		add_ignored(&next);
	*cursor = next;
	return true;
}

/* Those that the system has copied. */
void RxQueue::take_back_buffers()
{
	if (!returns)
		return;
	while (returns->BeginIndex != returns->EndIndex) {
		const NET_FRAGMENT_RETURN_CONTEXT *context =
			NetRingGetFragmentReturnContextAtIndex(returns, returns->BeginIndex);

		device->buffers.take_back(reinterpret_cast<RxBuffer *>(context->Handle));
		returns->BeginIndex = NetRingIncrementIndex(returns, returns->BeginIndex);
	}
	if (!device->buffers.was_missed())
		return;

	const WireLock guard(device->wire);

	device->buffers_came_back();
}

void RxQueue::advance()
{
	const Cursor before = {packets->BeginIndex, fragments->BeginIndex};
	Cursor cursor = before;
	const FrameRecord *record;
	UINT32 position, end;

	take_back_buffers();
	if (cancelled)
		return;
	{
		const WireLock guard(device->wire);

		position = fifo.read_position();
		end = fifo.write_position();
		wanted = device->coalescing;
	}
	while ((record = fifo.at(&position, end))) {
		const Coalesced frame = next_frame(position, end);

		if (!take(frame, &cursor))
			break;
		position = frame.next;
	}
	packets->BeginIndex = cursor.packet;
	fragments->BeginIndex = cursor.fragment;
	fragments->NextIndex = fragments->EndIndex;
	if (device->modes.misbehaviour)
		misbehave_in_rx_advance({device->modes.misbehaviour, packets, fragments,
					 before.packet, before.fragment, &virtual_address,
					 &checksum});

	const WireLock guard(device->wire);

	starved = record;
	if (position == fifo.read_position())
		return;
	fifo.free_to(position);
	if (Device *peer = device->peer())
		peer->room_was_made();
}

void RxQueue::set_notification(bool)
{
	notification.arm();
}

/* ---- life ---- */

void RxQueue::start()
{
	misbehave_in_start(device, handle);

	const WireLock guard(device->wire);

	cancelled = false;
	starved = false;
	frames = 0;
	fifo.clear();
	notification.reset();
	device->rx_queues[id] = this;
}

void RxQueue::cancel()
{
	{
		const WireLock guard(device->wire);

		device->rx_queues[id] = nullptr;
		/* Whoever waits for room here had better look elsewhere. */
		if (Device *peer = device->peer())
			peer->room_was_made();
	}
	cancelled = true;
	if (device->modes.misbehaviour != netcx_rule_QueueNotDrained)
		common::return_rx_rings(packets, fragments);
}

void RxQueue::stop()
{
	notification.stop();
	if (device->stopped_ring)
		misbehave_outside(device->modes.misbehaviour, device->stopped_ring);
	device->stopped_ring = nullptr;
}

NTSTATUS RxQueue::initialize(Device *device_of_queue, NETPACKETQUEUE handle_of_queue,
			     UINT32 id_of_queue)
{
	const NET_RING_COLLECTION *rings = NetRxQueueGetRingCollection(handle_of_queue);
	NTSTATUS status;

	device = device_of_queue;
	handle = handle_of_queue;
	id = id_of_queue;
	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);
	returns = NetRingCollectionGetFragmentReturnContextRing(rings);

	virtual_address = common::rx_extension(handle, common::extension::virtual_address);
	logical_address = common::rx_extension(handle, common::extension::logical_address);
	return_context = common::rx_extension(handle, common::extension::return_context);
	net_memory = common::rx_extension(handle, common::extension::net_memory);
	checksum = common::rx_extension(handle, common::extension::checksum);
	hash = common::rx_extension(handle, common::extension::hash);
	ieee8021q = common::rx_extension(handle, common::extension::ieee8021q);
	rsc = common::rx_extension(handle, common::extension::rsc);
	rsc_timestamp = common::rx_extension(handle, common::extension::rsc_timestamp);

	status = fifo.initialize(handle);
	if (NT_SUCCESS(status) && rsc.Enabled)
		status = coalescing.initialize(handle, largest_coalesced(device->modes));
	if (!NT_SUCCESS(status))
		return status;
	return notification.initialize(handle, NetRxQueueNotifyMoreReceivedPacketsAvailable,
				       device->modes);
}

/* ---- creation ---- */

UINT32 rx_queue_id(NETPACKETQUEUE queue)
{
	return rx_queue_context(queue)->number();
}

NTSTATUS evt_create_rx_queue(NETADAPTER adapter, NETRXQUEUE_INIT *init)
{
	const UINT32 id = NetRxQueueInitGetQueueId(init);
	Device *device = device_of(adapter);
	NET_PACKET_QUEUE_CONFIG config = common::QueueCallbacks<rx_queue_context>::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status = device->count_queue();

	if (!NT_SUCCESS(status))
		return status;
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, RxQueue);
	misbehave_before_creation(device->modes.misbehaviour, &config);
	status = common::create_rx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	misbehave_after_creation(device->modes.misbehaviour, init, &config);
	return rx_queue_context(queue)->initialize(device, queue, id);
}

} /* namespace sim */

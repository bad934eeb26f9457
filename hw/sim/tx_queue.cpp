// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "tx_queue.h"
#include "adapter.h"
#include "device.h"
#include "memory.h"
#include "misbehaviour.h"
#include "rx_queue.h"
#include <common/extensions.h>
#include <common/objects.h>
#include <common/queue.h>
#include <common/time.h>
#include <netcx_ieee8021q.h>

namespace sim
{

namespace
{
constexpr ULONG pool_tag = 0x78544953; /* "SITx" */
constexpr UINT64 never = ~0ULL;
/* Out of order, the first of so many packets finishes last. */
constexpr UINT32 disorder = 4;
constexpr UINT32 disorder_microseconds = 50;
/* What the driver writes before a packet, where it asked for room. */
constexpr UINT8 backfill_pattern = 0xbf;
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TxQueue, tx_queue_context);

namespace
{
struct DueContext {
	TxQueue *queue;
};
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DueContext, due_context);

/* ---- a packet becomes frames ---- */

/* Does the hardware find what the driver wrote? */
static bool is_header(const UINT8 *bytes, UINT32 length)
{
	for (UINT32 i = 0; i < length; i++)
		if (bytes[i] != backfill_pattern)
			return false;
	return true;
}

UINT32 TxQueue::gather(const NET_PACKET *packet)
{
	UINT32 index = packet->FragmentIndex;
	UINT32 skip = device->modes.tx_backfill;
	UINT32 length = 0;

	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
		UINT8 *bytes = static_cast<UINT8 *>(NetExtensionGetFragmentVirtualAddress(
							    &virtual_address, index)
							    ->VirtualAddress) +
			       fragment->Offset;
		UINT32 valid = static_cast<UINT32>(fragment->ValidLength);

		if (logical_address.Enabled &&
		    !NetExtensionGetFragmentLogicalAddress(&logical_address, index)->LogicalAddress)
			return 0;
		if (reinterpret_cast<ULONG_PTR>(bytes) & (device->modes.tx_alignment - 1))
			return 0;
		if (!i) {
			if (valid < skip)
				return 0;
			RtlFillMemory(bytes, skip, backfill_pattern);
		}
		bytes = device_bytes(&logical_address, &virtual_address, index) + fragment->Offset;
		if (!i) {
			if (!is_header(bytes, skip))
				return 0;
			bytes += skip;
			valid -= skip;
		}
		if (valid > limits::packet_bytes - length)
			return 0;
		RtlCopyMemory(scratch + length, bytes, valid);
		length += valid;
		index = NetRingIncrementIndex(fragments, index);
	}
	return length < ethernet_header_bytes ? 0 : length;
}

/* How many bytes were inserted. */
UINT32 TxQueue::insert_tag(UINT32 index, UINT32 length)
{
	if (!ieee8021q.Enabled)
		return 0;

	const NET_PACKET_IEEE8021Q *tag = NetExtensionGetPacketIeee8021Q(&ieee8021q, index);

	if (!tag->TxTagging)
		return 0;
	RtlMoveMemory(scratch + mac_addresses_bytes + vlan_tag_bytes, scratch + mac_addresses_bytes,
		      length - mac_addresses_bytes);
	write_be16(scratch + mac_addresses_bytes, ethertype_vlan);
	write_be16(scratch + mac_addresses_bytes + 2, netcx_ieee8021q_tci(tag));
	return vlan_tag_bytes;
}

TransmitRequest TxQueue::request_of(UINT32 index, UINT32 inserted) const
{
	TransmitRequest request = {};

	request.layout = NetRingGetPacketAtIndex(packets, index)->Layout;
	request.layout.Layer2HeaderLength = (request.layout.Layer2HeaderLength + inserted) & 0x7f;
	if (gso.Enabled)
		request.mss = NetExtensionGetPacketGso(&gso, index)->TCP.Mss;
	if (checksum.Enabled) {
		const NET_PACKET_CHECKSUM *wanted = NetExtensionGetPacketChecksum(&checksum, index);

		request.layer3_checksum = wanted->Layer3 == NetPacketTxChecksumActionRequired;
		request.layer4_checksum = wanted->Layer4 == NetPacketTxChecksumActionRequired;
	}
	return request;
}

void TxQueue::count_bad()
{
	const WireLock guard(device->wire);

	device->statistics.tx_bad++;
}

bool TxQueue::transmit(const Transmission &transmission)
{
	const WireLock guard(device->wire);
	Device *peer = device->peer();
	const UINT8 *first = transmission.first_frame();
	const Headers headers = parse_headers(first, transmission.frame_length(0));
	RxQueue *queue = nullptr;
	Hash hash = {};

	if (peer)
		queue = peer->choose_rx_queue(first, headers, &hash);
	if (!queue) {
		device->statistics.tx_lost += transmission.frames();
		return true;
	}
	switch (queue->offer(transmission)) {
	case RxQueue::Offer::wait:
		held = true;
		return false;
	case RxQueue::Offer::missed:
		peer->statistics.rx_missed += transmission.frames();
		break;
	case RxQueue::Offer::taken:
		for (UINT32 i = 0; i < transmission.frames(); i++)
			queue->receive(transmission, i, hash);
		queue->received();
		peer->statistics.rx_frames += transmission.frames();
		break;
	}
	device->statistics.tx_frames += transmission.frames();
	if (priority)
		device->statistics.tx_urgent += transmission.frames();
	return true;
}

/* What is held waits in the ring; the timer sees to it that somebody looks again. */
bool TxQueue::is_paused()
{
	const UINT64 now = KeQueryInterruptTime();
	UINT64 end;

	if (!device->modes.tx_paused)
		return false;
	{
		const WireLock guard(device->wire);

		if (!device->flow_control.holds(now)) {
			device->flow_control.packet_comes(now, device->modes.tx_paused);
			return false;
		}
		end = device->flow_control.is_over_at();
	}
	(void)WdfTimerStart(timer, -static_cast<LONGLONG>(end - now));
	return true;
}

/* As where the other end asks for a pause, or there is no link. */
bool TxQueue::is_held_back()
{
	const WireLock guard(device->wire);

	if (!device->modes.tx_hold || posted < device->modes.tx_hold || device->links > 1)
		return false;
	held = true;
	return true;
}

bool TxQueue::send(UINT32 index)
{
	if (is_held_back())
		return false;

	UINT32 length = gather(NetRingGetPacketAtIndex(packets, index));
	Transmission transmission;
	UINT32 inserted;

	if (!length) {
		count_bad();
		return true;
	}
	inserted = insert_tag(index, length);
	length += inserted;
	if (!transmission.prepare(scratch, length, request_of(index, inserted)) ||
	    transmission.frame_length(0) > limits::frame_bytes) {
		count_bad();
		return true;
	}
	return transmit(transmission);
}

/* ---- data path: one thread at a time ---- */

UINT64 TxQueue::due()
{
	const Modes &modes = device->modes;
	const UINT32 number = posted++;

	if (modes.tx_stuck && number >= modes.tx_stuck &&
	    (!device->was_stuck || modes.tx_stuck_again))
		stuck = true;
	if (stuck)
		return never;
	if (modes.tx_out_of_order && number % disorder == 0)
		return KeQueryInterruptTime() +
		       common::ticks_of(modes.tx_delay + disorder_microseconds);
	return modes.tx_delay ? KeQueryInterruptTime() + common::ticks_of(modes.tx_delay) : 0;
}

bool TxQueue::is_done(UINT32 index, UINT64 now) const
{
	return due_times[index] <= now;
}

void TxQueue::post()
{
	UINT32 index = packets->NextIndex;
	UINT32 fragment = fragments->NextIndex;

	for (; index != packets->EndIndex; index = NetRingIncrementIndex(packets, index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(packets, index);

		if (!packet->Ignore && packet->FragmentCount) {
			if (is_paused() || !send(index))
				break;
			fragment = NetRingAdvanceIndex(fragments, packet->FragmentIndex,
						       packet->FragmentCount);
		}
		due_times[index] = due();
	}
	packets->NextIndex = index;
	fragments->NextIndex = fragment;
}

/*
 * Packets finish in any order, and go back in that of the ring: those that finished early carry a
 * mark until it is their turn.
 */
void TxQueue::drain()
{
	const UINT64 now = KeQueryInterruptTime();
	const UINT32 before = packets->BeginIndex;
	UINT32 index = before;

	for (; index != packets->NextIndex; index = NetRingIncrementIndex(packets, index)) {
		NET_PACKET *packet = NetRingGetPacketAtIndex(packets, index);

		packet->Scratch = packet->Scratch || is_done(index, now);
	}
	for (index = before; index != packets->NextIndex;
	     index = NetRingIncrementIndex(packets, index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(packets, index);

		if (!packet->Scratch)
			break;
		if (!packet->Ignore && packet->FragmentCount)
			fragments->BeginIndex = NetRingAdvanceIndex(
				fragments, packet->FragmentIndex, packet->FragmentCount);
	}
	packets->BeginIndex = index;
	if (index != before)
		notification.raise();
	if (index != packets->NextIndex && due_times[index] != never)
		(void)WdfTimerStart(timer, -static_cast<LONGLONG>(due_times[index] - now));
}

void TxQueue::advance()
{
	const UINT32 packet_begin = packets->BeginIndex;
	const UINT32 fragment_begin = fragments->BeginIndex;

	if (cancelled)
		return;
	post();
	drain();
	if (device->modes.misbehaviour)
		misbehave_in_tx_advance({device->modes.misbehaviour, packets, fragments,
					 packet_begin, fragment_begin, &virtual_address,
					 &checksum});
}

void TxQueue::evt_due(WDFTIMER timer)
{
	due_context(timer)->queue->notification.raise();
}

void TxQueue::set_notification(bool)
{
	notification.arm();
}

void TxQueue::room_was_made()
{
	if (!held)
		return;
	held = false;
	notification.raise();
}

/* ---- life ---- */

void TxQueue::start()
{
	const WireLock guard(device->wire);

	cancelled = false;
	stuck = false;
	posted = 0;
	held = false;
	notification.reset();
	device->tx_queues[id] = this;
}

void TxQueue::cancel()
{
	{
		const WireLock guard(device->wire);

		device->tx_queues[id] = nullptr;
	}
	cancelled = true;
	if (stuck) {
		device->was_stuck = true;
		if (device->modes.tx_stuck_cancel)
			return;
	}
	common::return_tx_rings(packets, fragments);
}

void TxQueue::stop()
{
	(void)WdfTimerStop(timer, TRUE);
	notification.stop();
	if (device->modes.misbehaviour == netcx_rule_RingTouchedAfterStop)
		device->stopped_ring = packets;
}

NTSTATUS TxQueue::initialize(Device *device_of_queue, NETPACKETQUEUE handle_of_queue,
			     UINT32 id_of_queue)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY memory;
	void *buffer;
	NTSTATUS status;

	device = device_of_queue;
	handle = handle_of_queue;
	id = id_of_queue;
	priority = device->modes.priorities ? NetTxQueueGetDemux8021p(handle) : 0;
	rings = NetTxQueueGetRingCollection(handle);
	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);

	virtual_address = common::tx_extension(handle, common::extension::virtual_address);
	logical_address = common::tx_extension(handle, common::extension::logical_address);
	checksum = common::tx_extension(handle, common::extension::checksum);
	gso = common::tx_extension(handle, common::extension::gso);
	ieee8021q = common::tx_extension(handle, common::extension::ieee8021q);

	status = common::create_memory(handle, pool_tag, limits::packet_bytes + vlan_tag_bytes,
				       "gathered packets", &memory, &buffer);
	if (!NT_SUCCESS(status))
		return status;
	scratch = static_cast<UINT8 *>(buffer);
	status = common::create_memory(handle, pool_tag,
				       packets->NumberOfElements * sizeof(*due_times),
				       "a tx ring; try a smaller one", &memory, &buffer);
	if (!NT_SUCCESS(status))
		return status;
	due_times = static_cast<UINT64 *>(buffer);

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DueContext);
	status = common::create_timer(evt_due, handle, &attributes, &timer);
	if (!NT_SUCCESS(status))
		return status;
	due_context(timer)->queue = this;
	return notification.initialize(handle, NetTxQueueNotifyMoreCompletedPacketsAvailable,
				       device->modes);
}

/* ---- creation ---- */

NTSTATUS evt_create_tx_queue(NETADAPTER adapter, NETTXQUEUE_INIT *init)
{
	const UINT32 id = NetTxQueueInitGetQueueId(init);
	Device *device = device_of(adapter);
	NET_PACKET_QUEUE_CONFIG config = common::QueueCallbacks<tx_queue_context>::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status = device->count_queue();

	if (!NT_SUCCESS(status))
		return status;
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, TxQueue);
	status = common::create_tx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	return tx_queue_context(queue)->initialize(device, queue, id);
}

} /* namespace sim */

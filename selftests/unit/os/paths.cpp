// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "os/paths.h"

#include <cstring>

#include <netcx/netadaptercx.h>
#include <netcx/net/databuffertypes.h>
#include <netcx/net/gsotypes.h>
#include <netcx/net/logicaladdresstypes.h>
#include <netcx/net/virtualaddresstypes.h>
#include <netcx/netcx_ieee8021q.h>

#include "module/core/net_memory.h"
#include "module/core/returned.h"

namespace fake
{

/* What Linux takes: MAX_SKB_FRAGS + 1. */
constexpr UINT32 most_fragments = 18;

DmaBuffer::DmaBuffer(netcx_os_device *owner, SIZE_T length) : device(owner), bytes(length)
{
	data = static_cast<UINT8 *>(netcx_os_dma_alloc(device, bytes, &logical));
	if (data)
		device->dma_memory[logical].contiguous = true;
}

DmaBuffer::~DmaBuffer()
{
	if (data)
		netcx_os_dma_free(device, bytes, data, logical);
}

/* The extension at @offset of an element; NULL: the queue does not have it. */
template <class Extension>
static Extension *extension(const void *element, UINT16 offset)
{
	if (!offset)
		return nullptr;
	return reinterpret_cast<Extension *>(
		const_cast<UINT8 *>(static_cast<const UINT8 *>(element)) + offset);
}

static UINT32 room(const NET_RING *ring)
{
	return ring->ElementIndexMask -
	       NetRingGetRangeCount(ring, ring->OSReserved0, ring->EndIndex);
}

static void set_addresses(const netcx_queue_layout &layout, NET_FRAGMENT *fragment,
			  const DmaBuffer &buffer, UINT32 shift = 0)
{
	auto *virtual_address =
		extension<NET_FRAGMENT_VIRTUAL_ADDRESS>(fragment, layout.fragment_virtual_address);
	auto *logical_address =
		extension<NET_FRAGMENT_LOGICAL_ADDRESS>(fragment, layout.fragment_logical_address);

	if (virtual_address)
		virtual_address->VirtualAddress = buffer.data + shift;
	if (logical_address)
		logical_address->LogicalAddress = buffer.logical + shift;
}

/* With the queue's lock held, or within NAPI. */
static void advance_queue(netcx_queue *queue)
{
	const Os::Atomic softirq;

	netcx_verifier_advance(queue);
}

/* ---- transmit ---- */

bool TxPath::put(const Packet &packet)
{
	NET_RING *const packets = queue->packets;
	NET_RING *const fragments = queue->fragments;
	SIZE_T backfill = queue->adapter->tx.PayloadBackfill;

	if (!room(packets) || room(fragments) < packet.fragments.size())
		return false;

	NET_PACKET *element = NetRingGetPacketAtIndex(packets, packets->EndIndex);

	memset(static_cast<void *>(element), 0, packets->ElementStride);
	element->FragmentIndex = fragments->EndIndex;
	element->FragmentCount = static_cast<UINT16>(packet.fragments.size());
	element->Layout = packet.layout;
	element->Ignore = packet.ignore;
	if (auto *checksum = extension<NET_PACKET_CHECKSUM>(element, queue->layout.packet_checksum))
		*checksum = packet.checksum;
	if (auto *gso = extension<NET_PACKET_GSO>(element, queue->layout.packet_gso))
		gso->TCP.Mss = packet.mss & 0xfffff;
	auto *tag = extension<NET_PACKET_IEEE8021Q>(element, queue->layout.packet_ieee8021q);
	if (tag && packet.tag)
		netcx_ieee8021q_set(tag, *packet.tag, NetPacketTxIeee8021qActionFlagVlanRequired);

	for (const Bytes &data : packet.fragments) {
		const UINT32 index = fragments->EndIndex;
		const SIZE_T length = backfill + data.size();
		const SIZE_T capacity = packet.offset + length;
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
		auto buffer = std::make_unique<DmaBuffer>(device, capacity);

		memcpy(buffer->data + packet.offset + backfill, data.data(), data.size());
		memset(static_cast<void *>(fragment), 0, fragments->ElementStride);
		fragment->Capacity = capacity & NETCX_FRAGMENT_MAX_LENGTH;
		fragment->ValidLength = length & NETCX_FRAGMENT_MAX_LENGTH;
		fragment->Offset = packet.offset & NETCX_FRAGMENT_MAX_OFFSET;
		set_addresses(queue->layout, fragment, *buffer);
		buffers[index] = std::move(buffer);
		fragments->EndIndex = NetRingIncrementIndex(fragments, index);
		/* Only the first has it. */
		backfill = 0;
	}
	packets->EndIndex = NetRingIncrementIndex(packets, packets->EndIndex);
	return true;
}

void TxPath::advance()
{
	advance_queue(queue);
}

bool TxPath::take_back(UINT32 *count)
{
	NET_RING *const packets = queue->packets;
	NET_RING *const fragments = queue->fragments;

	if (!netcx_returned_range_is_sane(packets) || !netcx_returned_range_is_sane(fragments))
		return false;
	if (count)
		*count = NetRingGetRangeCount(packets, packets->OSReserved0, packets->BeginIndex);
	packets->OSReserved0 = packets->BeginIndex;
	for (; fragments->OSReserved0 != fragments->BeginIndex;
	     fragments->OSReserved0 = NetRingIncrementIndex(fragments, fragments->OSReserved0))
		buffers.erase(fragments->OSReserved0);
	return true;
}

UINT32 TxPath::outstanding() const
{
	return NetRingGetRangeCount(queue->packets, queue->packets->BeginIndex,
				    queue->packets->EndIndex);
}

/* ---- receive ---- */

RxPath::RxPath(netcx_os_device *owner, netcx_queue *q, UINT32 bytes)
	: device(owner), queue(q), capacity(bytes)
{
	if (queue->layout.fragment_return_context)
		return;
	for (UINT32 i = 0; i < queue->fragments->NumberOfElements; i++)
		buffers.push_back(std::make_unique<DmaBuffer>(device, capacity));
}

void RxPath::refill()
{
	NET_RING *const packets = queue->packets;
	NET_RING *const fragments = queue->fragments;

	for (UINT32 left = room(packets); left; left--) {
		memset(NetRingGetElementAtIndex(packets, packets->EndIndex), 0,
		       packets->ElementStride);
		packets->EndIndex = NetRingIncrementIndex(packets, packets->EndIndex);
	}
	for (UINT32 left = room(fragments); left; left--) {
		const UINT32 index = fragments->EndIndex;
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);

		memset(static_cast<void *>(fragment), 0, fragments->ElementStride);
		if (!buffers.empty()) {
			fragment->Capacity = (capacity - shift) & NETCX_FRAGMENT_MAX_LENGTH;
			set_addresses(queue->layout, fragment, *buffers[index], shift);
		}
		fragments->EndIndex = NetRingIncrementIndex(fragments, index);
	}
}

void RxPath::advance()
{
	advance_queue(queue);
}

UINT8 *RxPath::bytes_at(UINT32 index) const
{
	if (!buffers.empty())
		return buffers[index]->data + shift;
	if (queue->layout.fragment_net_memory) {
		const netcx_net_memory *memory = netcx_net_memory_of(
			extension<NET_FRAGMENT_NET_MEMORY>(
				NetRingGetFragmentAtIndex(queue->fragments, index),
				queue->layout.fragment_net_memory)
				->NetMemoryId);

		return memory ? static_cast<UINT8 *>(memory->address) : nullptr;
	}
	return static_cast<UINT8 *>(extension<NET_FRAGMENT_VIRTUAL_ADDRESS>(
					    NetRingGetFragmentAtIndex(queue->fragments, index),
					    queue->layout.fragment_virtual_address)
					    ->VirtualAddress);
}

BOOLEAN RxPath::has_buffer(const void *path, UINT32 index)
{
	return static_cast<const RxPath *>(path)->bytes_at(index) != nullptr;
}

Received RxPath::read(const NET_PACKET *packet) const
{
	const NET_RING *fragments = queue->fragments;
	UINT32 index = packet->FragmentIndex;
	Received received;

	received.fragment = index;
	received.fragments = packet->FragmentCount;
	received.layout = packet->Layout;
	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
		const UINT8 *data = bytes_at(index) + fragment->Offset;

		received.bytes.insert(received.bytes.end(), data, data + fragment->ValidLength);
		index = NetRingIncrementIndex(fragments, index);
	}
	if (auto *checksum = extension<NET_PACKET_CHECKSUM>(packet, queue->layout.packet_checksum))
		received.checksum = *checksum;
	if (auto *hash = extension<NET_PACKET_HASH>(packet, queue->layout.packet_hash))
		received.hash = *hash;
	auto *tag = extension<NET_PACKET_IEEE8021Q>(packet, queue->layout.packet_ieee8021q);
	if (tag && tag->TxTagging)
		received.tag = netcx_ieee8021q_tci(tag);
	return received;
}

static bool is_short(const NET_RING *fragments, const NET_PACKET *packet)
{
	return packet->FragmentIndex <= fragments->ElementIndexMask &&
	       NetRingGetFragmentAtIndex(fragments, packet->FragmentIndex)->ValidLength <
		       NETCX_LEAST_FRAME;
}

bool RxPath::is_sane(const NET_PACKET *packet, UINT32 first) const
{
	const netcx_returned_limits limits = {capacity, most_fragments, has_buffer, this};

	return netcx_returned_long_packet_is_sane(queue->fragments, packet, first,
						  queue->fragments->BeginIndex, &limits);
}

void RxPath::keep_buffers_of(const NET_PACKET *packet)
{
	UINT32 index = packet->FragmentIndex;

	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		auto *context = extension<NET_FRAGMENT_RETURN_CONTEXT>(
			NetRingGetFragmentAtIndex(queue->fragments, index),
			queue->layout.fragment_return_context);

		if (!kept.insert(context->Handle).second)
			Os::get().violation("a buffer came that had not been returned");
		index = NetRingIncrementIndex(queue->fragments, index);
	}
}

void RxPath::return_buffer(NET_FRAGMENT_RETURN_CONTEXT_HANDLE buffer)
{
	const netcx_adapter *adapter = queue->adapter;
	NET_RING *ring = queue->returns;

	if (!ring) {
		adapter->rx.EvtAdapterReturnRxBuffer(adapter->handle, buffer);
		return;
	}
	NetRingGetFragmentReturnContextAtIndex(ring, ring->EndIndex)->Handle = buffer;
	ring->EndIndex = NetRingIncrementIndex(ring, ring->EndIndex);
	if (ring->EndIndex == ring->BeginIndex)
		Os::get().violation("the client left return contexts until their ring was full");
}

void RxPath::return_buffers()
{
	const Os::Atomic softirq;

	for (NET_FRAGMENT_RETURN_CONTEXT_HANDLE buffer : kept) {
		return_buffer(buffer);
		buffers_returned++;
	}
	kept.clear();
}

std::optional<std::vector<Received>> RxPath::take()
{
	NET_RING *const packets = queue->packets;
	NET_RING *const fragments = queue->fragments;
	UINT32 first = fragments->OSReserved0;
	std::vector<Received> all;

	if (!netcx_returned_range_is_sane(packets) || !netcx_returned_range_is_sane(fragments))
		return {};
	for (; packets->OSReserved0 != packets->BeginIndex;
	     packets->OSReserved0 = NetRingIncrementIndex(packets, packets->OSReserved0)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(packets, packets->OSReserved0);
		Received received;

		if (packet->Ignore) {
			received.ignored = true;
		} else if (!is_sane(packet, first)) {
			received.sane = false;
			received.is_too_short = is_short(fragments, packet);
		} else {
			received = read(packet);
			if (buffers.empty())
				keep_buffers_of(packet);
			first = NetRingAdvanceIndex(fragments, packet->FragmentIndex,
						    packet->FragmentCount);
		}
		all.push_back(std::move(received));
	}
	fragments->OSReserved0 = fragments->BeginIndex;
	if (!keeps_buffers)
		return_buffers();
	return all;
}

std::vector<Received> RxPath::poll()
{
	advance();

	std::vector<Received> all = take().value_or(std::vector<Received>());

	refill();
	advance();
	return all;
}

bool RxPath::owns_everything() const
{
	return netcx_core_queue_drained(queue);
}

} // namespace fake

// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "sim82574/machine.h"

#include <cstring>

#include <netcx/netadaptercx.h>
#include <netcx/net/gsotypes.h>
#include <netcx/net/logicaladdresstypes.h>
#include <netcx/netcx_ieee8021q.h>

#include "returned.h"

extern "C" DRIVER_INITIALIZE DriverEntry;

namespace sim82574
{

/* A queue's callbacks run with its lock held, or within NAPI. */
using Softirq = fake::Os::Atomic;

/* What Linux takes: MAX_SKB_FRAGS + 1. */
constexpr UINT32 most_fragments = 18;

DmaBuffer::DmaBuffer(netcx_os_device *owner, SIZE_T length) : device(owner), bytes(length)
{
	data = static_cast<UINT8 *>(netcx_os_dma_alloc(device, bytes, &logical));
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

/* ---- transmit ---- */

bool TxPath::put(const Packet &packet)
{
	NET_RING *const packets = queue->packets;
	NET_RING *const fragments = queue->fragments;

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
		const SIZE_T capacity = packet.offset + data.size();
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
		auto buffer = std::make_unique<DmaBuffer>(device, capacity);

		memcpy(buffer->data + packet.offset, data.data(), data.size());
		memset(static_cast<void *>(fragment), 0, fragments->ElementStride);
		fragment->Capacity = capacity & NETCX_FRAGMENT_MAX_LENGTH;
		fragment->ValidLength = data.size() & NETCX_FRAGMENT_MAX_LENGTH;
		fragment->Offset = packet.offset & NETCX_FRAGMENT_MAX_OFFSET;
		extension<NET_FRAGMENT_LOGICAL_ADDRESS>(fragment,
							queue->layout.fragment_logical_address)
			->LogicalAddress = buffer->logical;
		buffers[index] = std::move(buffer);
		fragments->EndIndex = NetRingIncrementIndex(fragments, index);
	}
	packets->EndIndex = NetRingIncrementIndex(packets, packets->EndIndex);
	return true;
}

void TxPath::advance()
{
	const Softirq softirq;

	queue->advance(queue->handle);
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
		fragment->Capacity = capacity & NETCX_FRAGMENT_MAX_LENGTH;
		extension<NET_FRAGMENT_LOGICAL_ADDRESS>(fragment,
							queue->layout.fragment_logical_address)
			->LogicalAddress = buffers[index]->logical;
		fragments->EndIndex = NetRingIncrementIndex(fragments, index);
	}
}

void RxPath::advance()
{
	const Softirq softirq;

	queue->advance(queue->handle);
}

Received RxPath::read(const NET_PACKET *packet)
{
	const NET_RING *fragments = queue->fragments;
	UINT32 index = packet->FragmentIndex;
	Received received;

	received.fragments = packet->FragmentCount;
	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, index);
		const UINT8 *data = buffers[index]->data + fragment->Offset;

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

static BOOLEAN has_buffer(const void *, UINT32)
{
	return TRUE;
}

static bool is_short(const NET_RING *fragments, const NET_PACKET *packet)
{
	return packet->FragmentIndex <= fragments->ElementIndexMask &&
	       NetRingGetFragmentAtIndex(fragments, packet->FragmentIndex)->ValidLength <
		       NETCX_LEAST_FRAME;
}

std::optional<std::vector<Received>> RxPath::take()
{
	NET_RING *const packets = queue->packets;
	NET_RING *const fragments = queue->fragments;
	const netcx_returned_limits limits = {capacity, most_fragments, has_buffer, nullptr};
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
		} else if (!netcx_returned_long_packet_is_sane(fragments, packet, first,
							       fragments->BeginIndex, &limits)) {
			received.sane = false;
			received.is_too_short = is_short(fragments, packet);
		} else {
			received = read(packet);
			first = NetRingAdvanceIndex(fragments, packet->FragmentIndex,
						    packet->FragmentCount);
		}
		all.push_back(std::move(received));
	}
	fragments->OSReserved0 = fragments->BeginIndex;
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

/* ---- machine ---- */

Machine::Machine(UINT32 vectors, bool messages)
{
	os.reset();
	hardware.vectors = vectors;
	hardware.messages = messages;
	nic = std::make_shared<Nic>(&hardware);
	hardware.bars.push_back(nic);
}

Machine::~Machine()
{
	finish();
	os.reset();
}

fake::Interface *Machine::interface() const
{
	const auto all = fake::Interface::all();

	return all.empty() ? nullptr : all[0];
}

int Machine::start()
{
	int error = 0;

	if (!driver)
		error = netcx_core_driver_create("netcx_e1000e", "1.0", DriverEntry, &driver);
	if (!error && !device)
		error = netcx_core_device_add(driver, &hardware, &device);
	if (!error && !started) {
		error = netcx_core_device_start(device);
		started = !error;
		if (error) {
			netcx_core_device_remove(device);
			device = nullptr;
		}
		settle();
	}
	return error;
}

int Machine::open()
{
	int error = start();

	if (error)
		return error;
	interface()->ring_size = ring_size;
	interface()->rx_queues = rx_queues;
	interface()->queues_created = queues_created;
	error = interface()->open();
	if (!error) {
		make_paths();
		netcx_core_adapter_set_receive_filter(
			adapter(),
			static_cast<NET_PACKET_FILTER_FLAGS>(NetPacketFilterFlagDirected |
							     NetPacketFilterFlagBroadcast),
			nullptr, 0);
	}
	settle();
	return error;
}

void Machine::make_paths()
{
	for (netcx_queue *queue : interface()->tx)
		tx.push_back(std::make_unique<TxPath>(&hardware, queue));
	for (netcx_queue *queue : interface()->rx) {
		rx.push_back(std::make_unique<RxPath>(
			&hardware, queue, static_cast<UINT32>(adapter()->rx.MaximumFrameSize)));
		rx.back()->refill();
		rx.back()->advance();
	}
}

/* After the queues: the device may have been writing until then. */
void Machine::drop_paths()
{
	tx.clear();
	rx.clear();
}

void Machine::close()
{
	interface()->close();
	drop_paths();
}

void Machine::power_down()
{
	netcx_core_device_power_down(device);
	drop_paths();
}

int Machine::power_up()
{
	const int error = netcx_core_device_power_up(device);

	if (!error && interface()->is_open())
		make_paths();
	settle();
	return error;
}

void Machine::finish()
{
	if (started) {
		if (nic->gone)
			netcx_core_device_surprise_removal(device);
		netcx_core_device_stop(device);
	}
	started = false;
	drop_paths();
	if (device)
		netcx_core_device_remove(device);
	device = nullptr;
	if (driver)
		netcx_core_driver_destroy(driver);
	driver = nullptr;
}

void Machine::settle()
{
	static constexpr UINT32 most_rounds = 64;

	for (UINT32 i = 0; i < most_rounds; i++) {
		const UINT32 interrupts = nic->deliver_interrupts();

		os.run_pending();
		if (!interrupts)
			return;
	}
}

void Machine::arm(netcx_queue *queue)
{
	const Softirq softirq;

	queue->armed = TRUE;
	queue->set_notification(queue->handle, TRUE);
}

UINT32 Machine::notifications(netcx_queue *queue)
{
	return interface()->notifications[queue];
}

} // namespace sim82574

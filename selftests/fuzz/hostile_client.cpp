// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The translator's checks against a client that writes what it likes to the indices and elements of
 * an rx queue. What the checks let through is read, byte by byte, out of buffers of exactly the
 * right size, and taken out of its slot: none twice, none that the client did not own.
 */

#include <algorithm>
#include <memory>
#include <vector>

#include "input.h"
#include "returned.h"

using fuzz::Input;
using fuzz::require;

namespace
{

class Ring
{
public:
	Ring(UINT32 elements, UINT16 stride) : memory(new UINT8[bytes(elements, stride)]())
	{
		ring()->NumberOfElements = elements;
		ring()->ElementIndexMask = elements - 1;
		ring()->ElementStride = stride;
	}

	NET_RING *ring()
	{
		const auto address = reinterpret_cast<UINT64>(memory.get());

		return reinterpret_cast<NET_RING *>((address + 63) / 64 * 64);
	}

	NET_RING *operator->() { return ring(); }

	UINT32 owned()
	{
		return NetRingGetRangeCount(ring(), ring()->OSReserved0, ring()->EndIndex);
	}

private:
	static SIZE_T bytes(UINT32 elements, UINT16 stride)
	{
		return NETCX_OFFSETOF(NET_RING, Buffer) + SIZE_T{elements} * stride + 63;
	}

	std::unique_ptr<UINT8[]> memory;
};

class Queue
{
public:
	explicit Queue(Input *input)
		: input(*input), elements(2u << input->below(8)), capacity(1 + input->below(2048)),
		  most(1 + input->below(18)), packets(elements, 24), fragments(elements, 24),
		  buffers(elements)
	{
	}

	void run();

private:
	/* The client owns at least as many packets as fragments. */
	void refill();
	void misbehave();
	/* False: a reset would follow. */
	bool indicate();
	bool is_sane(const NET_PACKET *packet, UINT32 first);
	void consume(const NET_PACKET *packet, UINT32 first);

	static BOOLEAN has_buffer(const void *queue, UINT32 index)
	{
		return static_cast<const Queue *>(queue)->buffers[index] != nullptr;
	}

	Input &input;
	const UINT32 elements;
	const UINT32 capacity;
	const UINT32 most;
	Ring packets, fragments;
	std::vector<std::unique_ptr<UINT8[]>> buffers;
	UINT32 sum = 0;
};

void Queue::refill()
{
	for (UINT32 room = elements - 1 - packets.owned(); room; room--) {
		memset(NetRingGetElementAtIndex(packets.ring(), packets->EndIndex), 0, 24);
		packets->EndIndex = NetRingIncrementIndex(packets.ring(), packets->EndIndex);
	}
	for (UINT32 room = elements - 1 - fragments.owned(); room; room--) {
		const UINT32 index = fragments->EndIndex;
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments.ring(), index);

		/* Memory runs out where the input says so. */
		if (!buffers[index] && input.byte() == 0xff)
			break;
		if (!buffers[index])
			buffers[index].reset(new UINT8[capacity]());
		memset(static_cast<void *>(fragment), 0, 24);
		fragment->Capacity = capacity;
		fragments->EndIndex = NetRingIncrementIndex(fragments.ring(), index);
	}
}

void Queue::misbehave()
{
	const UINT32 writes = input.below(32);
	/* Mostly indices that are possible, else every round ends here. */
	const UINT8 how = input.byte();

	for (UINT32 i = 0; i < writes; i++) {
		NET_PACKET *packet = NetRingGetPacketAtIndex(packets.ring(), input.below(elements));
		NET_FRAGMENT *fragment =
			NetRingGetFragmentAtIndex(fragments.ring(), input.below(elements));

		if (input.flag()) {
			packet->FragmentIndex = input.below(elements);
			packet->FragmentCount = static_cast<UINT16>(input.below(4));
			fragment->ValidLength = input.below(capacity + 2);
			fragment->Offset = input.flag() ? input.below(1024) : 0;
		} else {
			input.fill(packet, sizeof(*packet));
			input.fill(fragment, sizeof(*fragment));
		}
	}
	if (how < 240) {
		packets->BeginIndex =
			NetRingAdvanceIndex(packets.ring(), packets->OSReserved0,
					    static_cast<INT32>(input.below(packets.owned() + 1)));
		fragments->BeginIndex =
			NetRingAdvanceIndex(fragments.ring(), fragments->OSReserved0,
					    static_cast<INT32>(input.below(fragments.owned() + 1)));
		return;
	}
	packets->BeginIndex = input.take<UINT32>();
	fragments->BeginIndex = input.take<UINT32>();
}

bool Queue::is_sane(const NET_PACKET *packet, UINT32 first)
{
	const netcx_returned_limits limits = {capacity, most, has_buffer, this};
	const BOOLEAN sane = netcx_returned_long_packet_is_sane(fragments.ring(), packet, first,
								fragments->BeginIndex, &limits);

	/* The short way says the same. */
	if (netcx_returned_is_short_packet(packet, first, fragments->BeginIndex)) {
		const NET_FRAGMENT fragment = *NetRingGetFragmentAtIndex(fragments.ring(), first);

		require(netcx_returned_first_is_sane(first, fragment.Offset, fragment.ValidLength,
						     &limits) == sane,
			"both ways agree");
	}
	return sane;
}

void Queue::consume(const NET_PACKET *packet, UINT32 first)
{
	const UINT32 left = NetRingGetRangeCount(fragments.ring(), first, fragments->BeginIndex);
	UINT32 index = packet->FragmentIndex;

	require(packet->FragmentCount && packet->FragmentCount <= most, "the number of fragments");
	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		require(index < elements, "an index within the ring");
		require(NetRingGetRangeCount(fragments.ring(), first, index) < left,
			"a fragment that the client returned just now");
		require(buffers[index] != nullptr, "a buffer behind each fragment, once");

		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments.ring(), index);
		const UINT8 *data = buffers[index].get() + fragment->Offset;

		require(fragment->ValidLength, "a fragment with data");
		for (UINT32 j = 0; j < fragment->ValidLength; j++)
			sum += data[j];
		buffers[index].reset();
		index = NetRingIncrementIndex(fragments.ring(), index);
	}
}

bool Queue::indicate()
{
	UINT32 first = fragments->OSReserved0;
	UINT32 index = packets->OSReserved0;

	if (!netcx_returned_range_is_sane(packets.ring()) ||
	    !netcx_returned_range_is_sane(fragments.ring()))
		return false;
	for (; index != packets->BeginIndex; index = NetRingIncrementIndex(packets.ring(), index)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(packets.ring(), index);

		if (packet->Ignore || !is_sane(packet, first))
			continue;
		consume(packet, first);
		first = NetRingAdvanceIndex(fragments.ring(), packet->FragmentIndex,
					    packet->FragmentCount);
	}
	packets->OSReserved0 = packets->BeginIndex;
	fragments->OSReserved0 = fragments->BeginIndex;
	return true;
}

void Queue::run()
{
	while (!input.empty()) {
		refill();
		misbehave();
		if (!indicate())
			break;
	}
	/* So that no read is optimised away. */
	[[maybe_unused]] static volatile UINT32 sink;
	sink = sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const UINT8 *data, SIZE_T size)
{
	Input input(data, size);
	Queue(&input).run();
	return 0;
}

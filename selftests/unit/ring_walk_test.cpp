// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Random walks of a class extension and a client over the two rings of a queue, against a model.
//
// The model never wraps: it counts elements since the queue was started, in 64 bits, and takes the
// remainder only to compare. It uses none of the functions under test. Walks have a fixed seed.

#include "ring_api.h"
#include "test_rings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

namespace
{

using unit::TestRing;
using unit::TestRings;

// One ring as the model sees it: reclaimed <= begin <= next <= end < reclaimed + n.
struct Cursors {
	uint64_t reclaimed = 0, begin = 0, next = 0, end = 0;

	uint64_t Free(uint32_t n) const { return n - 1 - (end - reclaimed); }
};

using Random = std::mt19937_64;

uint64_t UpTo(Random &random, uint64_t limit)
{
	return std::uniform_int_distribution<uint64_t>(0, limit)(random);
}

class RingWalk : public testing::TestWithParam<std::tuple<const ring_api *, uint32_t>>
{
protected:
	static constexpr unsigned steps = 3000;

	const ring_api &api = *std::get<0>(GetParam());
	const uint32_t n = std::get<1>(GetParam());
	TestRings rings{n};
	Random random{uint64_t(2024) * n};

	uint32_t At(uint64_t position) const { return static_cast<uint32_t>(position % n); }

	void Publish(TestRing &ring, const Cursors &cursors)
	{
		ring.Set(ring.Begin(), ring.Next(), At(cursors.end));
	}

	::testing::AssertionResult Agree(const TestRing &ring, const Cursors &cursors) const
	{
		if (ring.Begin() == At(cursors.begin) && ring.Next() == At(cursors.next) &&
		    ring.End() == At(cursors.end))
			return ::testing::AssertionSuccess();
		return ::testing::AssertionFailure()
		       << "ring " << ring.Begin() << " " << ring.Next() << " " << ring.End()
		       << ", model " << At(cursors.begin) << " " << At(cursors.next) << " "
		       << At(cursors.end);
	}

	// A client that uses getters, cursors and setters of both generations in any mixture.
	template <typename Iterator, typename Ops, typename Get, typename Set, typename Element>
	void MixedWalk(TestRing &ring, const std::vector<const Ops *> &ops,
		       const std::vector<std::vector<Get *>> &getters, Set *set,
		       const std::vector<Set *> &set_begin, const std::vector<Set *> &set_next,
		       Element element)
	{
		Cursors model;

		for (unsigned step = 0; step < steps; step++) {
			model.reclaimed += UpTo(random, model.begin - model.reclaimed);
			model.end += UpTo(random, model.Free(n));
			Publish(ring, model);

			// Post, drain or all.
			const uint64_t part = UpTo(random, 2);
			const uint64_t from = part == 0 ? model.next : model.begin;
			const uint64_t to = part == 1 ? model.next : model.end;
			const auto &choice = getters[part];
			Iterator iterator =
				choice[UpTo(random, choice.size() - 1)](&rings.collection);
			uint64_t cursor = from;

			for (uint64_t left = UpTo(random, to - from); left; left--) {
				const Ops &op = *ops[UpTo(random, ops.size() - 1)];

				ASSERT_TRUE(op.has_any(&iterator));
				ASSERT_EQ(op.get_index(&iterator), At(cursor));
				ASSERT_EQ(op.get_count(&iterator), to - cursor);
				ASSERT_EQ(element(op, &iterator), ring.Element(At(cursor)));
				op.advance(&iterator);
				cursor++;
			}
			const Ops &op = *ops[UpTo(random, ops.size() - 1)];
			if (UpTo(random, 7) == 0) {
				op.advance_to_the_end(&iterator);
				cursor = to;
			}
			ASSERT_EQ(op.has_any(&iterator), cursor != to);
			ASSERT_EQ(op.get_count(&iterator), to - cursor);

			switch (UpTo(random, 3)) {
			case 0: // Abandoned: nothing happens.
				break;
			case 1: // The getter's own index.
				set(&iterator);
				(part == 0 ? model.next : model.begin) = cursor;
				break;
			case 2: // By name, whatever the getter was. Next may not fall behind Begin.
				set_next[UpTo(random, set_next.size() - 1)](&iterator);
				model.next = cursor;
				break;
			case 3:
				set_begin[UpTo(random, set_begin.size() - 1)](&iterator);
				model.begin = cursor;
				break;
			}
			if (model.next < model.begin) {
				set_next[0](&iterator);
				model.next = model.begin;
			}
			ASSERT_TRUE(Agree(ring, model)) << "step " << step;
		}
		EXPECT_GT(model.begin, n) << "the walk did not even go around once";
	}

	using Advance = void (*)(NET_RING_COLLECTION const *, UINT32, UINT32);

	// A tx queue: packets of several fragments, some ignored, posted and drained in order.
	void TxWalk(Advance advance)
	{
		struct Packet {
			uint64_t first_fragment;
			uint32_t count;
		};
		Cursors packets, fragments;
		std::vector<Packet> model(n);

		for (unsigned step = 0; step < steps; step++) {
			packets.reclaimed = packets.begin;
			fragments.reclaimed = fragments.begin;
			for (uint64_t k = UpTo(random, packets.Free(n)); k; k--) {
				const bool ignore = UpTo(random, 9) == 0;
				const uint64_t most =
					std::min<uint64_t>(fragments.Free(n), 1 + n / 4);
				const uint64_t count = ignore ? 0 : 1 + UpTo(random, n / 4);

				if (count > most)
					break;
				unsigned char *element = rings.packets.Element(At(packets.end));
				const uint32_t index = ignore ? 0 : At(fragments.end);
				const uint16_t count16 = static_cast<uint16_t>(count);

				memset(element, 0, rings.packets.Stride());
				memcpy(element, &index, 4);
				memcpy(element + 4, &count16, 2);
				element[11] = ignore ? 1 : 0;
				model[At(packets.end)] = {fragments.end, uint32_t(count)};
				packets.end++;
				fragments.end += count;
			}
			Publish(rings.packets, packets);
			Publish(rings.fragments, fragments);

			const uint32_t post = static_cast<uint32_t>(UpTo(random, n));
			const uint32_t drain = static_cast<uint32_t>(UpTo(random, n));
			const uint64_t posted = packets.next;
			advance(&rings.collection, post, drain);

			packets.next = std::min(packets.end, packets.next + post);
			// The drain iterator was made before anything was posted.
			packets.begin = std::min(posted, packets.begin + drain);
			fragments.next = EndOf(model, packets.next, packets.begin, fragments.next);
			fragments.begin =
				EndOf(model, packets.begin, packets.reclaimed, fragments.begin);
			ASSERT_TRUE(Agree(rings.packets, packets)) << "packets, step " << step;
			ASSERT_TRUE(Agree(rings.fragments, fragments))
				<< "fragments, step " << step;
		}
		EXPECT_GT(packets.begin, n);
		EXPECT_GT(fragments.begin, n);
	}

	// One fragment past the last packet with fragments of [oldest, end), or @unchanged.
	template <typename Packets>
	uint64_t EndOf(const Packets &model, uint64_t end, uint64_t oldest,
		       uint64_t unchanged) const
	{
		for (; end > oldest; end--) {
			const auto &packet = model[At(end - 1)];

			if (packet.count)
				return std::max(unchanged, packet.first_fragment + packet.count);
		}
		return unchanged;
	}

	// An rx queue: fragments are posted, packets are written over drained ones.
	void RxWalk(Advance advance)
	{
		Cursors packets, fragments;

		for (unsigned step = 0; step < steps; step++) {
			packets.reclaimed = packets.begin;
			fragments.reclaimed = fragments.begin;
			packets.end += packets.Free(n);
			fragments.end += UpTo(random, fragments.Free(n));
			Publish(rings.packets, packets);
			Publish(rings.fragments, fragments);

			const uint32_t post = static_cast<uint32_t>(UpTo(random, n));
			const uint32_t drain = static_cast<uint32_t>(UpTo(random, n));
			const uint64_t received =
				std::min<uint64_t>(drain, fragments.next - fragments.begin);
			advance(&rings.collection, post, drain);

			for (uint64_t i = 0; i < received; i++) {
				const unsigned char *element =
					rings.packets.Element(At(packets.begin + i));
				uint32_t index;
				uint16_t count;

				memcpy(&index, element, 4);
				memcpy(&count, element + 4, 2);
				ASSERT_EQ(index, At(fragments.begin + i));
				ASSERT_EQ(count, 1);
			}
			packets.begin += received;
			fragments.begin += received;
			fragments.next = std::min(fragments.end, fragments.next + post);
			// Packets are never posted, so their NextIndex stays where it was.
			ASSERT_EQ(rings.packets.Begin(), At(packets.begin)) << "step " << step;
			ASSERT_EQ(rings.packets.Next(), 0u) << "step " << step;
			ASSERT_TRUE(Agree(rings.fragments, fragments)) << "step " << step;
		}
		EXPECT_GT(packets.begin, n);
	}
};

TEST_P(RingWalk, MixedGenerationsOverPackets)
{
	MixedWalk<NET_RING_PACKET_ITERATOR, packet_iterator_api>(
		rings.packets, {&api.packets, &api.preview_packets},
		std::vector<std::vector<get_packets_fn *>>{
			{api.NetRingGetPostPackets, api.NetRingGetTxPostPacketIterator},
			{api.NetRingGetDrainPackets, api.NetRingGetTxDrainPacketIterator},
			{api.NetRingGetAllPackets, api.NetRingGetAllPacketIterator,
			 api.NetRingGetRxDrainPacketIterator}},
		api.NetPacketIteratorSet,
		{api.NetRingSetAllPacketIterator, api.NetRingSetTxDrainPacketIterator,
		 api.NetRingSetRxDrainPacketIterator},
		{api.NetRingSetTxPostPacketIterator},
		[](const packet_iterator_api &op, const NET_RING_PACKET_ITERATOR *iterator)
			-> void * { return op.get_packet(iterator); });
}

TEST_P(RingWalk, MixedGenerationsOverFragments)
{
	MixedWalk<NET_RING_FRAGMENT_ITERATOR, fragment_iterator_api>(
		rings.fragments, {&api.fragments, &api.preview_fragments},
		std::vector<std::vector<get_fragments_fn *>>{
			{api.NetRingGetPostFragments, api.NetRingGetRxPostFragmentIterator},
			{api.NetRingGetDrainFragments, api.NetRingGetRxDrainFragmentIterator},
			{api.NetRingGetAllFragments, api.NetRingGetAllFragmentIterator}},
		api.NetFragmentIteratorSet,
		{api.NetRingSetAllFragmentIterator, api.NetRingSetRxDrainFragmentIterator,
		 api.NetRingSetTxDrainFragmentIterator},
		{api.NetRingSetRxPostFragmentIterator, api.NetRingSetTxPostFragmentIterator},
		[](const fragment_iterator_api &op, const NET_RING_FRAGMENT_ITERATOR *iterator)
			-> void * { return op.get_fragment(iterator); });
}

TEST_P(RingWalk, TxQueue)
{
	TxWalk(api.tx_advance);
}

TEST_P(RingWalk, TxQueueOfThePreview)
{
	TxWalk(api.preview_tx_advance);
}

TEST_P(RingWalk, RxQueue)
{
	RxWalk(api.rx_advance);
}

TEST_P(RingWalk, RxQueueOfThePreview)
{
	RxWalk(api.preview_rx_advance);
}

INSTANTIATE_TEST_SUITE_P(
	Rings, RingWalk,
	testing::Combine(testing::Values(&ring_api_c, &ring_api_cpp),
			 testing::Values(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)),
	[](const auto &info) {
		return std::string(std::get<0>(info.param) == &ring_api_c ? "C_" : "Cpp_") +
		       std::to_string(std::get<1>(info.param));
	});

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Every iterator function of both generations, from C and from C++: each getter in every state of
// small rings and in the extreme states of large ones, each setter on the result of each getter.

#include "ring_api.h"
#include "test_rings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <vector>

namespace
{

using unit::TestRing;
using unit::TestRings;

// The three indices of a ring that a client sees.
enum Index { BEGIN, NEXT, END };

struct State {
	uint32_t index[3];

	bool operator==(const State &other) const
	{
		return std::equal(index, index + 3, other.index);
	}
};

std::ostream &operator<<(std::ostream &stream, const State &state)
{
	return stream << "begin " << state.index[BEGIN] << " next " << state.index[NEXT] << " end "
		      << state.index[END];
}

State StateOf(const TestRing &ring)
{
	return {{ring.Begin(), ring.Next(), ring.End()}};
}

template <typename Getter>
struct NamedGetter {
	const char *name;
	Getter *get;
	Index from, to;
};

template <typename Setter>
struct NamedSetter {
	const char *name;
	Setter *set;
	Index stores;
};

// What differs between packet and fragment iterators, so that each test is written once.
struct Packets {
	using Iterator = NET_RING_PACKET_ITERATOR;
	using Ops = packet_iterator_api;

	static std::vector<NamedGetter<get_packets_fn>> Getters(const ring_api &api)
	{
		return {
			{"GetPostPackets", api.NetRingGetPostPackets, NEXT, END},
			{"GetDrainPackets", api.NetRingGetDrainPackets, BEGIN, NEXT},
			{"GetAllPackets", api.NetRingGetAllPackets, BEGIN, END},
			{"GetTxPost", api.NetRingGetTxPostPacketIterator, NEXT, END},
			{"GetTxDrain", api.NetRingGetTxDrainPacketIterator, BEGIN, NEXT},
			{"GetRxDrain", api.NetRingGetRxDrainPacketIterator, BEGIN, END},
			{"GetAll", api.NetRingGetAllPacketIterator, BEGIN, END},
		};
	}

	static std::vector<NamedSetter<set_packets_fn>> PreviewSetters(const ring_api &api)
	{
		return {
			{"SetTxPost", api.NetRingSetTxPostPacketIterator, NEXT},
			{"SetTxDrain", api.NetRingSetTxDrainPacketIterator, BEGIN},
			{"SetRxDrain", api.NetRingSetRxDrainPacketIterator, BEGIN},
			{"SetAll", api.NetRingSetAllPacketIterator, BEGIN},
		};
	}

	static set_packets_fn *Set(const ring_api &api) { return api.NetPacketIteratorSet; }

	static const Ops &Current(const ring_api &api) { return api.packets; }

	static const Ops &Preview(const ring_api &api) { return api.preview_packets; }

	static void *Element(const Ops &ops, const Iterator *iterator)
	{
		return ops.get_packet(iterator);
	}

	static TestRing &Ring(TestRings &rings) { return rings.packets; }

	static TestRing &OtherRing(TestRings &rings) { return rings.fragments; }
};

struct Fragments {
	using Iterator = NET_RING_FRAGMENT_ITERATOR;
	using Ops = fragment_iterator_api;

	static std::vector<NamedGetter<get_fragments_fn>> Getters(const ring_api &api)
	{
		return {
			{"GetPostFragments", api.NetRingGetPostFragments, NEXT, END},
			{"GetDrainFragments", api.NetRingGetDrainFragments, BEGIN, NEXT},
			{"GetAllFragments", api.NetRingGetAllFragments, BEGIN, END},
			{"GetRxPost", api.NetRingGetRxPostFragmentIterator, NEXT, END},
			{"GetRxDrain", api.NetRingGetRxDrainFragmentIterator, BEGIN, NEXT},
			{"GetAll", api.NetRingGetAllFragmentIterator, BEGIN, END},
		};
	}

	static std::vector<NamedSetter<set_fragments_fn>> PreviewSetters(const ring_api &api)
	{
		return {
			{"SetTxPost", api.NetRingSetTxPostFragmentIterator, NEXT},
			{"SetTxDrain", api.NetRingSetTxDrainFragmentIterator, BEGIN},
			{"SetRxPost", api.NetRingSetRxPostFragmentIterator, NEXT},
			{"SetRxDrain", api.NetRingSetRxDrainFragmentIterator, BEGIN},
			{"SetAll", api.NetRingSetAllFragmentIterator, BEGIN},
		};
	}

	static set_fragments_fn *Set(const ring_api &api) { return api.NetFragmentIteratorSet; }

	static const Ops &Current(const ring_api &api) { return api.fragments; }

	static const Ops &Preview(const ring_api &api) { return api.preview_fragments; }

	static void *Element(const Ops &ops, const Iterator *iterator)
	{
		return ops.get_fragment(iterator);
	}

	static TestRing &Ring(TestRings &rings) { return rings.fragments; }

	static TestRing &OtherRing(TestRings &rings) { return rings.packets; }
};

class IteratorTest : public testing::TestWithParam<std::tuple<const ring_api *, uint32_t>>
{
protected:
	const ring_api &api = *std::get<0>(GetParam());
	const uint32_t n = std::get<1>(GetParam());

	// Where BEGIN may be, and how many elements each part may have. Never n: a client owns at
	// most n - 1 elements.
	std::vector<uint32_t> Choices() const
	{
		std::vector<uint32_t> choices;

		if (n <= 8) {
			for (uint32_t i = 0; i < n; i++)
				choices.push_back(i);
		} else {
			choices = {0, 1, n / 2, n - 2, n - 1};
		}
		return choices;
	}

	template <typename Visit>
	void ForEachState(Visit visit) const
	{
		for (uint32_t begin : Choices()) {
			for (uint32_t posted : Choices()) {
				for (uint32_t unposted : Choices()) {
					if (posted + unposted >= n)
						continue;
					visit(State{{begin, (begin + posted) % n,
						     (begin + posted + unposted) % n}});
				}
			}
		}
	}

	// Walks a fresh iterator over [from, to) with one generation's functions.
	template <typename Kind>
	void Walk(const typename Kind::Ops &ops, typename Kind::Iterator iterator,
		  const TestRing &ring, uint32_t from, uint32_t to) const
	{
		uint32_t left = (to + n - from) % n;

		while (left) {
			ASSERT_TRUE(ops.has_any(&iterator));
			ASSERT_EQ(ops.get_count(&iterator), left);
			ASSERT_EQ(ops.get_index(&iterator), from);
			ASSERT_EQ(Kind::Element(ops, &iterator), ring.Element(from));
			ops.advance(&iterator);
			from = from + 1 == n ? 0 : from + 1;
			left--;
		}
		ASSERT_FALSE(ops.has_any(&iterator));
		ASSERT_EQ(ops.get_count(&iterator), 0u);
		ASSERT_EQ(ops.get_index(&iterator), to);
	}

	template <typename Kind>
	void GettersSeeTheirRange() const
	{
		TestRings rings(n);
		TestRing &ring = Kind::Ring(rings);

		ForEachState([&](const State &state) {
			ring.Set(state.index[BEGIN], state.index[NEXT], state.index[END]);
			for (const auto &getter : Kind::Getters(api)) {
				SCOPED_TRACE(testing::Message() << getter.name << ", " << state);
				const uint32_t from = state.index[getter.from];
				const uint32_t to = state.index[getter.to];

				Walk<Kind>(Kind::Current(api), getter.get(&rings.collection), ring,
					   from, to);
				Walk<Kind>(Kind::Preview(api), getter.get(&rings.collection), ring,
					   from, to);
			}
			ASSERT_EQ(StateOf(ring), state) << "an iterator without Set moved an index";
		});
	}

	template <typename Kind>
	void AdvanceToTheEndLeavesNothing() const
	{
		TestRings rings(n);
		TestRing &ring = Kind::Ring(rings);

		ForEachState([&](const State &state) {
			ring.Set(state.index[BEGIN], state.index[NEXT], state.index[END]);
			for (const auto &getter : Kind::Getters(api)) {
				for (const auto *ops : {&Kind::Current(api), &Kind::Preview(api)}) {
					auto iterator = getter.get(&rings.collection);

					ops->advance_to_the_end(&iterator);
					ASSERT_FALSE(ops->has_any(&iterator));
					ASSERT_EQ(ops->get_count(&iterator), 0u);
					ASSERT_EQ(ops->get_index(&iterator),
						  state.index[getter.to]);
				}
			}
			ASSERT_EQ(StateOf(ring), state) << "only Set hands elements over";
		});
	}

	// Calls @set on the result of each getter after no, one and all steps; it must store to the
	// index @stores (of the getter) says, and to nothing else.
	template <typename Kind, typename Set, typename Stores>
	void SetterStores(const char *name, Set set, Stores stores) const
	{
		TestRings rings(n);
		TestRing &ring = Kind::Ring(rings);
		TestRing &other = Kind::OtherRing(rings);
		const State other_state = {{n - 1, 0, 1}};

		other.Set(other_state.index[BEGIN], other_state.index[NEXT],
			  other_state.index[END]);
		ForEachState([&](const State &state) {
			for (const auto &getter : Kind::Getters(api)) {
				SCOPED_TRACE(testing::Message()
					     << getter.name << ", " << name << ", " << state);
				const uint32_t from = state.index[getter.from];
				const uint32_t to = state.index[getter.to];

				for (unsigned steps = 0; steps < 3; steps++) {
					if (steps == 1 && from == to)
						continue;
					ring.Set(state.index[BEGIN], state.index[NEXT],
						 state.index[END]);
					auto iterator = getter.get(&rings.collection);
					if (steps == 1)
						Kind::Current(api).advance(&iterator);
					else if (steps == 2)
						Kind::Current(api).advance_to_the_end(&iterator);
					set(&iterator);

					State expected = state;
					expected.index[stores(getter)] = steps == 0 ? from
									 : steps == 1
										 ? (from + 1) % n
										 : to;
					ASSERT_EQ(StateOf(ring), expected);
					ASSERT_EQ(StateOf(other), other_state);
				}
			}
		});
	}

	template <typename Kind>
	void SettersStoreTheCursor() const
	{
		SetterStores<Kind>("Set", Kind::Set(api),
				   [](const auto &getter) { return getter.from; });
		for (const auto &setter : Kind::PreviewSetters(api))
			SetterStores<Kind>(setter.name, setter.set,
					   [&](const auto &) { return setter.stores; });
	}

	// The fragments of a packet, by each function that gets them.
	template <typename Visit>
	void ForEachFragmentGetter(Visit visit) const
	{
		for (get_packet_fragments_fn *get :
		     {api.NetPacketIteratorGetFragments, api.NetRingGetTxPostPacketFragmentIterator,
		      api.NetRingGetTxDrainPacketFragmentIterator})
			visit(get);
	}
};

TEST_P(IteratorTest, PacketGettersSeeTheirRange)
{
	GettersSeeTheirRange<Packets>();
}

TEST_P(IteratorTest, FragmentGettersSeeTheirRange)
{
	GettersSeeTheirRange<Fragments>();
}

TEST_P(IteratorTest, PacketAdvanceToTheEndLeavesNothing)
{
	AdvanceToTheEndLeavesNothing<Packets>();
}

TEST_P(IteratorTest, FragmentAdvanceToTheEndLeavesNothing)
{
	AdvanceToTheEndLeavesNothing<Fragments>();
}

TEST_P(IteratorTest, PacketSettersStoreTheCursor)
{
	SettersStoreTheCursor<Packets>();
}

TEST_P(IteratorTest, FragmentSettersStoreTheCursor)
{
	SettersStoreTheCursor<Fragments>();
}

TEST_P(IteratorTest, EndIsASnapshot)
{
	TestRings rings(n);

	rings.packets.Set(0, 0, 1);
	NET_RING_PACKET_ITERATOR iterator = api.NetRingGetAllPackets(&rings.collection);
	rings.packets.Set(0, 0, n - 1);
	EXPECT_EQ(api.packets.get_count(&iterator), 1u);
	api.packets.advance(&iterator);
	EXPECT_FALSE(api.packets.has_any(&iterator));
	api.NetPacketIteratorSet(&iterator);
	EXPECT_EQ(rings.packets.Begin(), 1u);
	EXPECT_EQ(rings.packets.End(), n - 1);
}

TEST_P(IteratorTest, SeveralIteratorsOverOneRing)
{
	TestRings rings(n);

	rings.packets.Set(n - 1, n - 1, n - 2);
	NET_RING_PACKET_ITERATOR first = api.NetRingGetAllPackets(&rings.collection);
	NET_RING_PACKET_ITERATOR second = api.NetRingGetAllPacketIterator(&rings.collection);
	api.packets.advance_to_the_end(&first);
	EXPECT_EQ(api.packets.get_count(&second), n - 1);
	api.NetPacketIteratorSet(&first);
	EXPECT_EQ(rings.packets.Begin(), n - 2);
	EXPECT_EQ(api.packets.get_index(&second), n - 1);
}

TEST_P(IteratorTest, FragmentsOfAPacket)
{
	TestRings rings(n);

	// Neither ring's indices matter: the packet says where its fragments are.
	rings.packets.Set(n - 1, n - 1, 0);
	NET_RING_PACKET_ITERATOR packets = api.NetRingGetPostPackets(&rings.collection);
	NET_PACKET *packet = api.packets.get_packet(&packets);
	for (uint32_t first : Choices()) {
		for (uint32_t count : Choices()) {
			packet->FragmentIndex = first;
			packet->FragmentCount = static_cast<UINT16>(count);
			ForEachFragmentGetter([&](get_packet_fragments_fn *get) {
				SCOPED_TRACE(testing::Message()
					     << count << " fragments from " << first);
				const uint32_t end = (first + count) % n;

				Walk<Fragments>(api.fragments, get(&packets), rings.fragments,
						first, end);
				Walk<Fragments>(api.preview_fragments, get(&packets),
						rings.fragments, first, end);
			});
		}
	}
	EXPECT_EQ(StateOf(rings.fragments), (State{{0, 0, 0}}));
	EXPECT_EQ(StateOf(rings.packets), (State{{n - 1, n - 1, 0}}));
}

// A tx packet that is to be ignored has no fragments; its index may be anything in the ring.
TEST_P(IteratorTest, NoFragmentsIsEmpty)
{
	TestRings rings(n);

	rings.packets.Set(0, 0, 1);
	NET_RING_PACKET_ITERATOR packets = api.NetRingGetAllPackets(&rings.collection);
	NET_PACKET *packet = api.packets.get_packet(&packets);
	packet->Ignore = 1;
	for (uint32_t first : Choices()) {
		packet->FragmentIndex = first;
		ForEachFragmentGetter([&](get_packet_fragments_fn *get) {
			NET_RING_FRAGMENT_ITERATOR iterator = get(&packets);

			EXPECT_FALSE(api.fragments.has_any(&iterator));
			EXPECT_EQ(api.fragments.get_count(&iterator), 0u);
			EXPECT_EQ(api.fragments.get_index(&iterator), first);
		});
	}
}

// The old setters of a packet's fragments, which have no index of their own to store to.
TEST_P(IteratorTest, PreviewSettersStoreAPacketsFragments)
{
	TestRings rings(n);

	rings.packets.Set(0, 0, 1);
	NET_RING_PACKET_ITERATOR packets = api.NetRingGetTxPostPacketIterator(&rings.collection);
	NET_PACKET *packet = api.packets.get_packet(&packets);
	packet->FragmentIndex = n - 1;
	packet->FragmentCount = 1;
	rings.fragments.Set(n - 1, n - 1, 0);
	for (const auto &setter : Fragments::PreviewSetters(api)) {
		SCOPED_TRACE(setter.name);
		ForEachFragmentGetter([&](get_packet_fragments_fn *get) {
			NET_RING_FRAGMENT_ITERATOR iterator = get(&packets);
			State expected = {{n - 1, n - 1, 0}};

			rings.fragments.Set(n - 1, n - 1, 0);
			api.preview_fragments.advance(&iterator);
			setter.set(&iterator);
			expected.index[setter.stores] = 0;
			EXPECT_EQ(StateOf(rings.fragments), expected);
		});
	}
}

INSTANTIATE_TEST_SUITE_P(
	Rings, IteratorTest,
	testing::Combine(testing::Values(&ring_api_c, &ring_api_cpp),
			 testing::Values(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)),
	[](const auto &info) {
		return std::string(std::get<0>(info.param) == &ring_api_c ? "C_" : "Cpp_") +
		       std::to_string(std::get<1>(info.param));
	});

// Clients look into iterators, and hand them on by value.
TEST(Iterator, FieldsAreThoseOfWindows)
{
	TestRings rings(8);

	rings.fragments.Set(1, 3, 6);
	NET_RING_FRAGMENT_ITERATOR iterator = NetRingGetDrainFragments(&rings.collection);
	EXPECT_EQ(iterator.Iterator.Rings, &rings.collection);
	EXPECT_EQ(iterator.Iterator.IndexToSet, &rings.fragments.Get()->BeginIndex);
	EXPECT_EQ(iterator.Iterator.Index, 1u);
	EXPECT_EQ(iterator.Iterator.End, 3u);
	iterator.Iterator.Index = 2;
	EXPECT_EQ(NetFragmentIteratorGetCount(&iterator), 1u);

	rings.packets.Set(0, 0, 1);
	NET_RING_PACKET_ITERATOR packets = NetRingGetPostPackets(&rings.collection);
	EXPECT_EQ(packets.Iterator.IndexToSet, &rings.packets.Get()->NextIndex);
	EXPECT_EQ(NetPacketIteratorGetFragments(&packets).Iterator.IndexToSet, nullptr);

	static_assert(std::is_copy_constructible_v<NET_RING_PACKET_ITERATOR>);
	static_assert(!std::is_copy_assignable_v<NET_RING_PACKET_ITERATOR>);
	static_assert(!std::is_copy_assignable_v<NET_RING_FRAGMENT_ITERATOR>);
}

// The two macros of the preview take iterators of both kinds, and values as well as variables.
TEST(Iterator, PreviewMacrosTakeTheObject)
{
	TestRings rings(8);

	rings.packets.Set(7, 7, 1);
	rings.fragments.Set(2, 2, 2);
	EXPECT_TRUE(NetRingIteratorAny(NetRingGetAllPacketIterator(&rings.collection)));
	EXPECT_FALSE(NetRingIteratorAny(NetRingGetAllFragmentIterator(&rings.collection)));
	EXPECT_EQ(NetRingIteratorGetIndex(NetRingGetAllPacketIterator(&rings.collection)), 7u);
	const NET_RING_FRAGMENT_ITERATOR constant =
		NetRingGetAllFragmentIterator(&rings.collection);
	EXPECT_EQ(NetRingIteratorGetIndex(constant), 2u);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The iterators of both generations, in every state that a small ring can be in: each getter with
 * each setter, after each number of steps.
 */
#include "rings.h"

/* The three indices of a ring that a client sees. */
enum ring_index {
	BEGIN,
	NEXT,
	END,
	RING_INDICES,
};

static u32 *ring_index(NET_RING *ring, enum ring_index which)
{
	switch (which) {
	case BEGIN:
		return &ring->BeginIndex;
	case NEXT:
		return &ring->NextIndex;
	default:
		return &ring->EndIndex;
	}
}

/* A state of a ring: where the client's elements begin, how many are posted, how many it owns. */
struct ring_state {
	u32 elements;
	u32 begin;
	u32 posted;
	u32 owned;
};

/* Goes through all states of rings of 2, 4 and 8 elements; false: that was the last one. */
static bool ring_next_state(struct ring_state *state)
{
	if (state->posted < state->owned) {
		state->posted++;
		return true;
	}
	state->posted = 0;
	if (state->owned < state->elements - 1) {
		state->owned++;
		return true;
	}
	state->owned = 0;
	if (state->begin < state->elements - 1) {
		state->begin++;
		return true;
	}
	state->begin = 0;
	state->elements *= 2;
	return state->elements <= 8;
}

static void ring_set_state(NET_RING *ring, const struct ring_state *state)
{
	ring->NumberOfElements = state->elements;
	ring->ElementIndexMask = state->elements - 1;
	ring->BeginIndex = state->begin;
	ring->NextIndex = (state->begin + state->posted) % state->elements;
	ring->EndIndex = (state->begin + state->owned) % state->elements;
}

/* All of the ring but the index @which is as ring_set_state() left it. */
static void ring_expect_state_but(struct kunit *test, NET_RING *ring,
				  const struct ring_state *state, enum ring_index which)
{
	const u32 expected[RING_INDICES] = {
		[BEGIN] = state->begin,
		[NEXT] = (state->begin + state->posted) % state->elements,
		[END] = (state->begin + state->owned) % state->elements,
	};
	enum ring_index i;

	for (i = BEGIN; i < RING_INDICES; i++)
		if (i != which)
			KUNIT_EXPECT_EQ_MSG(test, *ring_index(ring, i), expected[i],
					    "index %d of N %u B %u posted %u owned %u", i,
					    state->elements, state->begin, state->posted,
					    state->owned);
}

struct packet_getter {
	const char *name;
	struct _NET_RING_PACKET_ITERATOR (*get)(NET_RING_COLLECTION const *rings);
	enum ring_index from, to;
	void (*set)(NET_RING_PACKET_ITERATOR const *iterator);
	enum ring_index sets;
};

/* A row of the tables below: what the getter spans, and where the setter of its kind stores. */
#define GETTER(getter, from, to, setter, sets) \
	{ #getter ", " #setter, getter, from, to, setter, sets }

static const struct packet_getter packet_getters[] = {
	GETTER(NetRingGetPostPackets, NEXT, END, NetPacketIteratorSet, NEXT),
	GETTER(NetRingGetDrainPackets, BEGIN, NEXT, NetPacketIteratorSet, BEGIN),
	GETTER(NetRingGetAllPackets, BEGIN, END, NetPacketIteratorSet, BEGIN),
	/* The 1809 preview; its "Rx drain" packets are all owned ones. */
	GETTER(NetRingGetAllPacketIterator, BEGIN, END, NetRingSetAllPacketIterator, BEGIN),
	GETTER(NetRingGetTxPostPacketIterator, NEXT, END, NetRingSetTxPostPacketIterator,
	       NEXT),
	GETTER(NetRingGetTxDrainPacketIterator, BEGIN, NEXT, NetRingSetTxDrainPacketIterator,
	       BEGIN),
	GETTER(NetRingGetRxDrainPacketIterator, BEGIN, END, NetRingSetRxDrainPacketIterator,
	       BEGIN),
};

static void packet_getter_name(const struct packet_getter *getter, char *name)
{
	strscpy(name, getter->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(packet_getter, packet_getters, packet_getter_name);

struct fragment_getter {
	const char *name;
	struct _NET_RING_FRAGMENT_ITERATOR (*get)(NET_RING_COLLECTION const *rings);
	enum ring_index from, to;
	void (*set)(NET_RING_FRAGMENT_ITERATOR const *iterator);
	enum ring_index sets;
};

static const struct fragment_getter fragment_getters[] = {
	GETTER(NetRingGetPostFragments, NEXT, END, NetFragmentIteratorSet, NEXT),
	GETTER(NetRingGetDrainFragments, BEGIN, NEXT, NetFragmentIteratorSet, BEGIN),
	GETTER(NetRingGetAllFragments, BEGIN, END, NetFragmentIteratorSet, BEGIN),
	/* The 1809 preview. */
	GETTER(NetRingGetAllFragmentIterator, BEGIN, END, NetRingSetAllFragmentIterator,
	       BEGIN),
	GETTER(NetRingGetRxPostFragmentIterator, NEXT, END, NetRingSetRxPostFragmentIterator,
	       NEXT),
	GETTER(NetRingGetRxDrainFragmentIterator, BEGIN, NEXT,
	       NetRingSetRxDrainFragmentIterator, BEGIN),
};

static void fragment_getter_name(const struct fragment_getter *getter, char *name)
{
	strscpy(name, getter->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(fragment_getter, fragment_getters, fragment_getter_name);

/* One getter of packets in one state: what it gives, and what walking and setting do. */
static void packet_iterator_check(struct kunit *test, const struct packet_getter *getter,
				  const NET_RING_COLLECTION *rings, const struct ring_state *state)
{
	NET_RING *ring = NetRingCollectionGetPacketRing(rings);
	const u32 from = *ring_index(ring, getter->from);
	const u32 to = *ring_index(ring, getter->to);
	const u32 count = (to - from) & ring->ElementIndexMask;
	u32 steps, i;

	for (steps = 0; steps <= count; steps++) {
		NET_RING_PACKET_ITERATOR it = getter->get(rings);
		const u32 cursor = (from + steps) & ring->ElementIndexMask;

		KUNIT_EXPECT_PTR_EQ(test, it.Iterator.Rings, rings);
		for (i = 0; i < steps; i++) {
			const u32 index = (from + i) & ring->ElementIndexMask;

			KUNIT_EXPECT_TRUE(test, NetPacketIteratorHasAny(&it));
			KUNIT_EXPECT_TRUE(test, NetRingIteratorAny(it));
			KUNIT_EXPECT_PTR_EQ(test, NetPacketIteratorGetPacket(&it),
					    NetRingGetPacketAtIndex(ring, index));
			KUNIT_EXPECT_PTR_EQ(test, NetRingIteratorGetPacket(&it),
					    NetRingGetPacketAtIndex(ring, index));
			if (i & 1)
				NetRingAdvancePacketIterator(&it);
			else
				NetPacketIteratorAdvance(&it);
		}
		KUNIT_EXPECT_EQ(test, NetPacketIteratorGetIndex(&it), cursor);
		KUNIT_EXPECT_EQ(test, NetRingIteratorGetIndex(it), cursor);
		KUNIT_EXPECT_EQ(test, NetPacketIteratorGetCount(&it), count - steps);
		KUNIT_EXPECT_EQ(test, NetRingPacketIteratorGetCount(&it), count - steps);
		KUNIT_EXPECT_EQ(test, !!NetPacketIteratorHasAny(&it), steps < count);

		/* Nothing is handed over but by the setter, and then only the one index moves. */
		ring_expect_state_but(test, ring, state, RING_INDICES);
		getter->set(&it);
		KUNIT_EXPECT_EQ(test, *ring_index(ring, getter->sets), cursor);
		ring_expect_state_but(test, ring, state, getter->sets);
		ring_set_state(ring, state);
	}
}

static void packet_iterator_check_end(struct kunit *test, const struct packet_getter *getter,
				      const NET_RING_COLLECTION *rings,
				      const struct ring_state *state)
{
	NET_RING *ring = NetRingCollectionGetPacketRing(rings);
	const u32 to = *ring_index(ring, getter->to);
	NET_RING_PACKET_ITERATOR released = getter->get(rings);
	NET_RING_PACKET_ITERATOR preview = getter->get(rings);

	NetPacketIteratorAdvanceToTheEnd(&released);
	NetRingAdvanceEndPacketIterator(&preview);
	KUNIT_EXPECT_EQ(test, NetPacketIteratorGetIndex(&released), to);
	KUNIT_EXPECT_EQ(test, NetRingIteratorGetIndex(preview), to);
	KUNIT_EXPECT_EQ(test, NetPacketIteratorGetCount(&released), 0u);
	KUNIT_EXPECT_FALSE(test, NetPacketIteratorHasAny(&released));
	KUNIT_EXPECT_FALSE(test, NetRingIteratorAny(preview));
	ring_expect_state_but(test, ring, state, RING_INDICES);
	getter->set(&released);
	KUNIT_EXPECT_EQ(test, *ring_index(ring, getter->sets), to);
	ring_expect_state_but(test, ring, state, getter->sets);
}

static void iterator_walks_packets(struct kunit *test)
{
	const struct packet_getter *getter = test->param_value;
	struct ring_state state = { .elements = 2 };
	NET_RING_COLLECTION rings;

	netcx_kunit_rings(test, &rings, 8);
	do {
		NET_RING *other = NetRingCollectionGetFragmentRing(&rings);
		const struct ring_state untouched = { .elements = 8, .begin = 3, .owned = 4 };

		ring_set_state(NetRingCollectionGetPacketRing(&rings), &state);
		ring_set_state(other, &untouched);
		packet_iterator_check(test, getter, &rings, &state);
		packet_iterator_check_end(test, getter, &rings, &state);
		ring_expect_state_but(test, other, &untouched, RING_INDICES);
	} while (ring_next_state(&state));
}

static void fragment_iterator_check(struct kunit *test, const struct fragment_getter *getter,
				    const NET_RING_COLLECTION *rings,
				    const struct ring_state *state)
{
	NET_RING *ring = NetRingCollectionGetFragmentRing(rings);
	const u32 from = *ring_index(ring, getter->from);
	const u32 to = *ring_index(ring, getter->to);
	const u32 count = (to - from) & ring->ElementIndexMask;
	u32 steps, i;

	for (steps = 0; steps <= count; steps++) {
		NET_RING_FRAGMENT_ITERATOR it = getter->get(rings);
		const u32 cursor = (from + steps) & ring->ElementIndexMask;

		KUNIT_EXPECT_PTR_EQ(test, it.Iterator.Rings, rings);
		for (i = 0; i < steps; i++) {
			const u32 index = (from + i) & ring->ElementIndexMask;

			KUNIT_EXPECT_TRUE(test, NetFragmentIteratorHasAny(&it));
			KUNIT_EXPECT_TRUE(test, NetRingIteratorAny(it));
			KUNIT_EXPECT_PTR_EQ(test, NetFragmentIteratorGetFragment(&it),
					    NetRingGetFragmentAtIndex(ring, index));
			KUNIT_EXPECT_PTR_EQ(test, NetRingIteratorGetFragment(&it),
					    NetRingGetFragmentAtIndex(ring, index));
			if (i & 1)
				NetRingAdvanceFragmentIterator(&it);
			else
				NetFragmentIteratorAdvance(&it);
		}
		KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetIndex(&it), cursor);
		KUNIT_EXPECT_EQ(test, NetRingIteratorGetIndex(it), cursor);
		KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetCount(&it), count - steps);
		KUNIT_EXPECT_EQ(test, NetRingFragmentIteratorGetCount(&it), count - steps);
		KUNIT_EXPECT_EQ(test, !!NetFragmentIteratorHasAny(&it), steps < count);

		ring_expect_state_but(test, ring, state, RING_INDICES);
		getter->set(&it);
		KUNIT_EXPECT_EQ(test, *ring_index(ring, getter->sets), cursor);
		ring_expect_state_but(test, ring, state, getter->sets);
		ring_set_state(ring, state);
	}
}

static void fragment_iterator_check_end(struct kunit *test, const struct fragment_getter *getter,
					const NET_RING_COLLECTION *rings,
					const struct ring_state *state)
{
	NET_RING *ring = NetRingCollectionGetFragmentRing(rings);
	const u32 to = *ring_index(ring, getter->to);
	NET_RING_FRAGMENT_ITERATOR released = getter->get(rings);
	NET_RING_FRAGMENT_ITERATOR preview = getter->get(rings);

	NetFragmentIteratorAdvanceToTheEnd(&released);
	NetRingAdvanceEndFragmentIterator(&preview);
	KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetIndex(&released), to);
	KUNIT_EXPECT_EQ(test, NetRingIteratorGetIndex(preview), to);
	KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetCount(&released), 0u);
	KUNIT_EXPECT_FALSE(test, NetFragmentIteratorHasAny(&released));
	KUNIT_EXPECT_FALSE(test, NetRingIteratorAny(preview));
	ring_expect_state_but(test, ring, state, RING_INDICES);
	getter->set(&released);
	KUNIT_EXPECT_EQ(test, *ring_index(ring, getter->sets), to);
	ring_expect_state_but(test, ring, state, getter->sets);
}

static void iterator_walks_fragments(struct kunit *test)
{
	const struct fragment_getter *getter = test->param_value;
	struct ring_state state = { .elements = 2 };
	NET_RING_COLLECTION rings;

	netcx_kunit_rings(test, &rings, 8);
	do {
		NET_RING *other = NetRingCollectionGetPacketRing(&rings);
		const struct ring_state untouched = { .elements = 8, .begin = 5, .owned = 6 };

		ring_set_state(NetRingCollectionGetFragmentRing(&rings), &state);
		ring_set_state(other, &untouched);
		fragment_iterator_check(test, getter, &rings, &state);
		fragment_iterator_check_end(test, getter, &rings, &state);
		ring_expect_state_but(test, other, &untouched, RING_INDICES);
	} while (ring_next_state(&state));
}

/* A setter of the preview stores to the index it is named for, whatever getter came before it. */
static void iterator_preview_packet_setters_ignore_the_getter(struct kunit *test)
{
	static void (*const setters[])(NET_RING_PACKET_ITERATOR const *) = {
		[BEGIN] = NetRingSetAllPacketIterator,
		[NEXT] = NetRingSetTxPostPacketIterator,
	};
	const struct ring_state state = { .elements = 8, .begin = 6, .posted = 3, .owned = 5 };
	NET_RING_COLLECTION rings;
	enum ring_index which;
	NET_RING *ring;
	unsigned int i;

	netcx_kunit_rings(test, &rings, 8);
	ring = NetRingCollectionGetPacketRing(&rings);
	for (i = 0; i < ARRAY_SIZE(packet_getters); i++) {
		for (which = BEGIN; which <= NEXT; which++) {
			ring_set_state(ring, &state);
			{
				NET_RING_PACKET_ITERATOR it = packet_getters[i].get(&rings);

				NetPacketIteratorAdvance(&it);
				setters[which](&it);
				KUNIT_EXPECT_EQ(test, *ring_index(ring, which),
						NetPacketIteratorGetIndex(&it));
			}
			ring_expect_state_but(test, ring, &state, which);
		}
	}
}

static void iterator_preview_fragment_setters_ignore_the_getter(struct kunit *test)
{
	static void (*const setters[])(NET_RING_FRAGMENT_ITERATOR const *) = {
		[BEGIN] = NetRingSetAllFragmentIterator,
		[NEXT] = NetRingSetRxPostFragmentIterator,
	};
	const struct ring_state state = { .elements = 8, .begin = 6, .posted = 3, .owned = 5 };
	NET_RING_COLLECTION rings;
	enum ring_index which;
	NET_RING *ring;
	unsigned int i;

	netcx_kunit_rings(test, &rings, 8);
	ring = NetRingCollectionGetFragmentRing(&rings);
	for (i = 0; i < ARRAY_SIZE(fragment_getters); i++) {
		for (which = BEGIN; which <= NEXT; which++) {
			ring_set_state(ring, &state);
			{
				NET_RING_FRAGMENT_ITERATOR it = fragment_getters[i].get(&rings);

				NetFragmentIteratorAdvance(&it);
				setters[which](&it);
				KUNIT_EXPECT_EQ(test, *ring_index(ring, which),
						NetFragmentIteratorGetIndex(&it));
			}
			ring_expect_state_but(test, ring, &state, which);
		}
	}
}

/* The fragments of one packet, at each place of the ring and of each number, none to N - 1. */
static void iterator_walks_the_fragments_of_a_packet(struct kunit *test)
{
	const struct ring_state state = { .elements = 8, .begin = 2, .owned = 3 };
	NET_RING_COLLECTION rings;
	NET_RING *pr, *fr;
	u32 first, count, i;

	netcx_kunit_rings(test, &rings, 8);
	pr = NetRingCollectionGetPacketRing(&rings);
	fr = NetRingCollectionGetFragmentRing(&rings);
	ring_set_state(pr, &state);
	ring_set_state(fr, &state);

	for (first = 0; first < 8; first++) {
		for (count = 0; count < 8; count++) {
			NET_RING_PACKET_ITERATOR pi = NetRingGetAllPackets(&rings);
			NET_PACKET *packet = NetPacketIteratorGetPacket(&pi);

			packet->FragmentIndex = first;
			packet->FragmentCount = count;
			{
				NET_RING_FRAGMENT_ITERATOR fi = NetPacketIteratorGetFragments(&pi);

				KUNIT_EXPECT_PTR_EQ(test, fi.Iterator.Rings,
						    (const NET_RING_COLLECTION *)&rings);
				KUNIT_EXPECT_NULL(test, fi.Iterator.IndexToSet);
				for (i = 0; i < count; i++) {
					KUNIT_EXPECT_TRUE(test, NetFragmentIteratorHasAny(&fi));
					KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetIndex(&fi),
							(first + i) % 8);
					NetFragmentIteratorAdvance(&fi);
				}
				KUNIT_EXPECT_FALSE(test, NetFragmentIteratorHasAny(&fi));
			}
		}
	}
	ring_expect_state_but(test, pr, &state, RING_INDICES);
	ring_expect_state_but(test, fr, &state, RING_INDICES);
}

/* The preview's way to post and to drain a packet with its fragments. */
static void iterator_preview_posts_and_drains_packet_fragments(struct kunit *test)
{
	const struct ring_state state = { .elements = 8, .begin = 7, .owned = 3 };
	NET_RING_COLLECTION rings;
	NET_RING *pr, *fr;
	NET_PACKET *packet;

	netcx_kunit_rings(test, &rings, 8);
	pr = NetRingCollectionGetPacketRing(&rings);
	fr = NetRingCollectionGetFragmentRing(&rings);
	ring_set_state(pr, &state);
	ring_set_state(fr, &state);
	packet = NetRingGetPacketAtIndex(pr, 7);
	packet->FragmentIndex = 7;
	packet->FragmentCount = 2;

	{
		NET_RING_PACKET_ITERATOR pi = NetRingGetTxPostPacketIterator(&rings);
		NET_RING_FRAGMENT_ITERATOR fi = NetRingGetTxPostPacketFragmentIterator(&pi);

		KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetCount(&fi), 2u);
		NetRingAdvanceEndFragmentIterator(&fi);
		NetRingSetTxPostFragmentIterator(&fi);
		NetRingAdvancePacketIterator(&pi);
		NetRingSetTxPostPacketIterator(&pi);
	}
	KUNIT_EXPECT_EQ(test, fr->NextIndex, 1u);
	KUNIT_EXPECT_EQ(test, pr->NextIndex, 0u);
	ring_expect_state_but(test, fr, &state, NEXT);
	ring_expect_state_but(test, pr, &state, NEXT);

	{
		NET_RING_PACKET_ITERATOR pi = NetRingGetTxDrainPacketIterator(&rings);
		NET_RING_FRAGMENT_ITERATOR fi = NetRingGetTxDrainPacketFragmentIterator(&pi);

		KUNIT_EXPECT_EQ(test, NetRingPacketIteratorGetCount(&pi), 1u);
		KUNIT_EXPECT_EQ(test, NetFragmentIteratorGetCount(&fi), 2u);
		NetRingAdvanceEndFragmentIterator(&fi);
		NetRingSetTxDrainFragmentIterator(&fi);
		NetRingAdvanceEndPacketIterator(&pi);
		NetRingSetTxDrainPacketIterator(&pi);
	}
	KUNIT_EXPECT_EQ(test, fr->BeginIndex, 1u);
	KUNIT_EXPECT_EQ(test, pr->BeginIndex, 0u);
	KUNIT_EXPECT_EQ(test, fr->EndIndex, 2u);
	KUNIT_EXPECT_EQ(test, pr->EndIndex, 2u);
}

/* The usual sizes of real rings, once around, the cursor over the end of the array. */
static void iterator_wraps_large_rings(struct kunit *test)
{
	static const u32 sizes[] = { 64, 256, 4096 };
	NET_RING_COLLECTION rings;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		const u32 n = sizes[i];
		/* Full, that is N - 1 owned, and the first one owned the last of the array. */
		const struct ring_state state = { .elements = n, .begin = n - 1, .owned = n - 1 };
		NET_RING *ring;
		u32 count = 0;

		netcx_kunit_rings(test, &rings, n);
		ring = NetRingCollectionGetPacketRing(&rings);
		ring_set_state(ring, &state);
		{
			NET_RING_PACKET_ITERATOR it = NetRingGetAllPacketIterator(&rings);

			KUNIT_EXPECT_EQ(test, NetPacketIteratorGetCount(&it), n - 1);
			while (NetRingIteratorAny(it) && count < n) {
				NetRingIteratorGetPacket(&it)->Scratch = 1;
				NetRingAdvancePacketIterator(&it);
				count++;
			}
			NetRingSetAllPacketIterator(&it);
		}
		KUNIT_EXPECT_EQ(test, count, n - 1);
		KUNIT_EXPECT_EQ(test, ring->BeginIndex, ring->EndIndex);
		KUNIT_EXPECT_EQ(test, (u32)NetRingGetPacketAtIndex(ring, n - 1)->Scratch, 1u);
		KUNIT_EXPECT_EQ(test, (u32)NetRingGetPacketAtIndex(ring, n - 3)->Scratch, 1u);
		/* The one that the client did not own. */
		KUNIT_EXPECT_EQ(test, (u32)NetRingGetPacketAtIndex(ring, n - 2)->Scratch, 0u);
	}
}

static struct kunit_case iterator_cases[] = {
	KUNIT_CASE_PARAM(iterator_walks_packets, packet_getter_gen_params),
	KUNIT_CASE_PARAM(iterator_walks_fragments, fragment_getter_gen_params),
	KUNIT_CASE(iterator_preview_packet_setters_ignore_the_getter),
	KUNIT_CASE(iterator_preview_fragment_setters_ignore_the_getter),
	KUNIT_CASE(iterator_walks_the_fragments_of_a_packet),
	KUNIT_CASE(iterator_preview_posts_and_drains_packet_fragments),
	KUNIT_CASE(iterator_wraps_large_rings),
	{}
};

static struct kunit_suite iterator_suite = {
	.name = "netcx_iterator",
	.test_cases = iterator_cases,
};

kunit_test_suite(iterator_suite);

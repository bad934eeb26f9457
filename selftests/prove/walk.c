// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What CBMC proves of the iterators, of both generations at once: for a ring of ELEMENTS elements in
 * any state that it can be in, and any SESSIONS callbacks of any STEPS calls each, with the OS handing
 * out and taking back in between,
 *
 *	- no index leaves the range that the client owns, nor any address the ring;
 *	- every element that the OS hands out is walked over once, in order, and comes back once;
 *	- both generations of names say the same and do the same.
 *
 * Each generation has a ring of its own; a model without any wrapping around says where it must be.
 * Compiled with KIND, Packet or Fragment, and the names of the older generation for it; see Makefile.
 */
#include <netcx/netringiterator.h>

#ifndef SESSIONS
#define SESSIONS 1
#endif
#ifndef STEPS
#define STEPS 2
#endif

#define JOIN_(a, b, c) a##b##c
#define JOIN(a, b, c)  JOIN_(a, b, c)

#ifdef PROVE_FRAGMENTS
#define KIND	      Fragment
#define RING_TYPE     NetRingTypeFragment
#define ITERATOR      NET_RING_FRAGMENT_ITERATOR
#define ELEMENT	      NET_FRAGMENT
#define OLD_GET_POST  NetRingGetRxPostFragmentIterator
#define OLD_SET_POST  NetRingSetRxPostFragmentIterator
#define OLD_GET_DRAIN NetRingGetRxDrainFragmentIterator
#define OLD_SET_DRAIN NetRingSetRxDrainFragmentIterator
#else
#define KIND	      Packet
#define RING_TYPE     NetRingTypePacket
#define ITERATOR      NET_RING_PACKET_ITERATOR
#define ELEMENT	      NET_PACKET
#define OLD_GET_POST  NetRingGetTxPostPacketIterator
#define OLD_SET_POST  NetRingSetTxPostPacketIterator
#define OLD_GET_DRAIN NetRingGetTxDrainPacketIterator
#define OLD_SET_DRAIN NetRingSetTxDrainPacketIterator
#endif
#define NEW_GET_POST	JOIN(NetRingGetPost, KIND, s)
#define NEW_GET_DRAIN	JOIN(NetRingGetDrain, KIND, s)
#define NEW_GET_ALL	JOIN(NetRingGetAll, KIND, s)
#define NEW(function)	JOIN(Net, KIND, Iterator##function)
#define OLD_GET_ALL	JOIN(NetRingGetAll, KIND, Iterator)
#define OLD_SET_ALL	JOIN(NetRingSetAll, KIND, Iterator)
#define OLD_ADVANCE	JOIN(NetRingAdvance, KIND, Iterator)
#define OLD_ADVANCE_END JOIN(NetRingAdvanceEnd, KIND, Iterator)
#define OLD_GET_COUNT	JOIN(NetRing, KIND, IteratorGetCount)
#define NEW_ELEMENT	JOIN(NEW(Get), , KIND)
#define OLD_GET_ELEMENT JOIN(NetRingIteratorGet, , KIND)

/* With extensions, and not a power of two. */
#define STRIDE 24

unsigned int nondet_uint(void);
_Bool nondet_bool(void);

#define PROVE(condition, text) __CPROVER_assert(condition, text)
#define ASSUME(condition)      __CPROVER_assume(condition)

void netcx_assert_failed(const char *condition, const char *file, int line)
{
	(void)condition;
	(void)file;
	(void)line;
	PROVE(0, "the headers' own assertions");
}

struct storage {
	NET_RING ring;
	UINT8 elements[ELEMENTS * STRIDE];
};

/* One for each generation. */
static struct storage new_ring, old_ring;
static NET_RING_COLLECTION new_rings, old_rings;

/* Positions that only grow: an element's index is its position modulo ELEMENTS. */
static unsigned int taken, begin, next, end;
/* Does the client use NextIndex? Without it walks over all it owns. */
static _Bool posts;

static UINT32 index_of(unsigned int position)
{
	return position % ELEMENTS;
}

/* By index: the position of the element that the OS handed out there last. */
static unsigned int marks[ELEMENTS];

static void check_indices(const NET_RING *ring)
{
	PROVE(ring->BeginIndex == index_of(begin), "BeginIndex is where it must be");
	PROVE(!posts || ring->NextIndex == index_of(next), "NextIndex is where it must be");
	PROVE(ring->EndIndex == index_of(end), "nobody else moves EndIndex");
	PROVE(begin <= end && end - begin < ELEMENTS, "what the client owns fits the ring");
	PROVE(!posts || (begin <= next && next <= end), "what is posted is owned");
}

static void prepare(struct storage *storage, NET_RING_COLLECTION *rings)
{
	storage->ring.ElementStride = STRIDE;
	storage->ring.NumberOfElements = ELEMENTS;
	storage->ring.ElementIndexMask = ELEMENTS - 1;
	storage->ring.BeginIndex = index_of(begin);
	storage->ring.NextIndex = index_of(next);
	storage->ring.EndIndex = index_of(end);
	rings->Rings[RING_TYPE] = &storage->ring;
}

static const ELEMENT *element_at(const struct storage *storage, unsigned int position)
{
	return (const ELEMENT *)((const UINT8 *)storage + NETCX_OFFSETOF(NET_RING, Buffer) +
				 index_of(position) * STRIDE);
}

/* ---- the OS ---- */

/* Takes back what the client returned, and hands out some of it again. */
static void os_turn(void)
{
	unsigned int handed_out = nondet_uint();
	unsigned int i;

	for (i = 0; i < ELEMENTS && index_of(taken) != new_ring.ring.BeginIndex; i++, taken++)
		PROVE(marks[index_of(taken)] == taken, "comes back once, in order");
	PROVE(taken == begin, "all of it comes back");
	ASSUME(handed_out <= ELEMENTS - 1 - (end - begin));
	for (i = 0; i < ELEMENTS && i < handed_out; i++) {
		marks[index_of(end)] = end;
		end++;
	}
	new_ring.ring.EndIndex = index_of(end);
	old_ring.ring.EndIndex = index_of(end);
}

/* ---- the client ---- */

/* What an iterator has passed, and where it ends. */
struct cursor {
	unsigned int position;
	unsigned int end;
};

static void check_iterators(const ITERATOR *new, const ITERATOR *old, const struct cursor *cursor)
{
	const unsigned int left = cursor->end - cursor->position;

	PROVE(NEW(GetIndex)(new) == index_of(cursor->position), "the current index");
	PROVE(NetRingIteratorGetIndex(*old) == index_of(cursor->position), "the current index");
	PROVE(NEW(GetCount)(new) == left, "the count");
	PROVE(OLD_GET_COUNT(old) == left, "the count");
	PROVE(!!NEW(HasAny)(new) == !!left, "whether there is any");
	PROVE(!!NetRingIteratorAny(*old) == !!left, "whether there is any");
	if (!left)
		return;
	PROVE(NEW_ELEMENT(new) == element_at(&new_ring, cursor->position), "the element");
	PROVE(OLD_GET_ELEMENT(old) == element_at(&old_ring, cursor->position), "the element");
	PROVE(marks[NEW(GetIndex)(new)] == cursor->position, "each element once");
	PROVE(marks[NetRingIteratorGetIndex(*old)] == cursor->position, "each element once");
	PROVE(cursor->position >= begin && cursor->position < end, "an element that is owned");
}

/* However far the walk had got before: what is proved then holds for walks of any length. */
static void walk_on(ITERATOR *new, ITERATOR *old, struct cursor *cursor)
{
	const unsigned int passed = nondet_uint();

	ASSUME(passed <= cursor->end - cursor->position);
	cursor->position += passed;
	new->Iterator.Index = index_of(cursor->position);
	old->Iterator.Index = index_of(cursor->position);
}

/* One call of any kind but Set. */
static void step(ITERATOR *new, ITERATOR *old, struct cursor *cursor)
{
	if (nondet_bool()) {
		NEW(AdvanceToTheEnd)(new);
		OLD_ADVANCE_END(old);
		cursor->position = cursor->end;
	} else if (cursor->position != cursor->end) {
		NEW(Advance)(new);
		OLD_ADVANCE(old);
		cursor->position++;
	}
	check_iterators(new, old, cursor);
}

/* A callback of a client that posts and drains, with both iterators alive at once. */
static void post_and_drain(void)
{
	ITERATOR new_post = NEW_GET_POST(&new_rings), old_post = OLD_GET_POST(&old_rings);
	ITERATOR new_drain = NEW_GET_DRAIN(&new_rings), old_drain = OLD_GET_DRAIN(&old_rings);
	struct cursor post = {next, end}, drain = {begin, next};
	unsigned int i;

	check_iterators(&new_post, &old_post, &post);
	check_iterators(&new_drain, &old_drain, &drain);
	walk_on(&new_post, &old_post, &post);
	walk_on(&new_drain, &old_drain, &drain);
	for (i = 0; i < STEPS; i++) {
		if (nondet_bool())
			step(&new_post, &old_post, &post);
		else
			step(&new_drain, &old_drain, &drain);
		if (nondet_bool()) {
			NEW(Set)(&new_post);
			OLD_SET_POST(&old_post);
			next = post.position;
		}
		if (nondet_bool()) {
			NEW(Set)(&new_drain);
			OLD_SET_DRAIN(&old_drain);
			begin = drain.position;
		}
		check_indices(&new_ring.ring);
		check_indices(&old_ring.ring);
	}
}

/* A callback of a client that looks at all it owns. */
static void walk_all(void)
{
	ITERATOR new_all = NEW_GET_ALL(&new_rings), old_all = OLD_GET_ALL(&old_rings);
	struct cursor all = {begin, end};
	unsigned int i;

	check_iterators(&new_all, &old_all, &all);
	walk_on(&new_all, &old_all, &all);
	for (i = 0; i < STEPS; i++) {
		step(&new_all, &old_all, &all);
		if (nondet_bool()) {
			NEW(Set)(&new_all);
			OLD_SET_ALL(&old_all);
			begin = all.position;
		}
		check_indices(&new_ring.ring);
		check_indices(&old_ring.ring);
	}
}

int main(void)
{
	unsigned int i;

	/* Any state: the model's positions differ from it by a multiple of ELEMENTS. */
	taken = nondet_uint();
	begin = nondet_uint();
	next = nondet_uint();
	end = nondet_uint();
	posts = nondet_bool();
	ASSUME(taken < ELEMENTS && taken <= begin && begin <= next && next <= end);
	ASSUME(end - taken < ELEMENTS);
	prepare(&new_ring, &new_rings);
	prepare(&old_ring, &old_rings);
	for (i = 0; i < ELEMENTS; i++) {
		if (taken + i < end)
			marks[index_of(taken + i)] = taken + i;
	}
	check_indices(&new_ring.ring);

	for (i = 0; i < SESSIONS; i++) {
		os_turn();
		if (posts)
			post_and_drain();
		else
			walk_all();
	}
	os_turn();
	return 0;
}

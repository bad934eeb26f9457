// SPDX-License-Identifier: GPL-2.0-only
/* Index arithmetic and element addresses of NET_RING, at every size that matters. */
#include "rings.h"

#include <netcx/net/fragment.h>
#include <netcx/net/packet.h>

struct ring_size {
	u32 elements;
	u16 stride;
};

static const struct ring_size ring_sizes[] = {
	{ 2, NETCX_KUNIT_PACKET_STRIDE },
	{ 4, NETCX_KUNIT_FRAGMENT_STRIDE },
	{ 8, sizeof(NET_PACKET) },
	{ 64, 52 },
	{ 256, NETCX_KUNIT_PACKET_STRIDE },
	{ 4096, NETCX_KUNIT_FRAGMENT_STRIDE },
};

static void ring_size_name(const struct ring_size *size, char *name)
{
	snprintf(name, KUNIT_PARAM_DESC_SIZE, "%u x %u bytes", size->elements, size->stride);
}

KUNIT_ARRAY_PARAM(ring_size, ring_sizes, ring_size_name);

static NET_RING *ring_of_param(struct kunit *test)
{
	const struct ring_size *size = test->param_value;

	return netcx_kunit_ring(test, size->elements, size->stride);
}

static void ring_increments_and_wraps(struct kunit *test)
{
	const NET_RING *ring = ring_of_param(test);
	const u32 n = ring->NumberOfElements;
	u32 i;

	for (i = 0; i < n - 1; i++)
		KUNIT_EXPECT_EQ(test, NetRingIncrementIndex(ring, i), i + 1);
	KUNIT_EXPECT_EQ(test, NetRingIncrementIndex(ring, n - 1), 0u);
}

static void ring_advances_both_ways(struct kunit *test)
{
	const NET_RING *ring = ring_of_param(test);
	const INT32 n = ring->NumberOfElements;
	INT32 distance;
	INT32 start;

	for (start = 0; start < n; start += n > 64 ? n - 1 : 1) {
		for (distance = -n; distance <= n; distance++) {
			const INT32 expected = (start + distance + n) % n;

			KUNIT_EXPECT_EQ(test, NetRingAdvanceIndex(ring, start, distance),
					(u32)expected);
		}
	}
}

static void ring_counts_ranges(struct kunit *test)
{
	const NET_RING *ring = ring_of_param(test);
	const u32 n = ring->NumberOfElements;
	u32 start, count;

	for (start = 0; start < n; start += n > 64 ? n / 2 - 1 : 1)
		for (count = 0; count < n; count++)
			KUNIT_EXPECT_EQ(test,
					NetRingGetRangeCount(ring, start, (start + count) % n),
					count);
}

static void ring_range_is_empty_or_at_most_all_but_one(struct kunit *test)
{
	const NET_RING *ring = ring_of_param(test);
	const u32 n = ring->NumberOfElements;
	u32 i;

	for (i = 0; i < n; i++) {
		KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(ring, i, i), 0u);
		KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(ring, i, (i + n - 1) % n), n - 1);
	}
}

static void ring_elements_lie_one_stride_apart(struct kunit *test)
{
	const NET_RING *ring = ring_of_param(test);
	const u8 *first = (const u8 *)ring + SYSTEM_CACHE_ALIGNMENT_SIZE;
	u32 i;

	for (i = 0; i < ring->NumberOfElements; i++) {
		const u8 *expected = first + i * ring->ElementStride;

		KUNIT_EXPECT_PTR_EQ(test, (const u8 *)NetRingGetElementAtIndex(ring, i), expected);
		KUNIT_EXPECT_PTR_EQ(test, (const u8 *)NetRingGetPacketAtIndex(ring, i), expected);
		KUNIT_EXPECT_PTR_EQ(test, (const u8 *)NetRingGetFragmentAtIndex(ring, i), expected);
		KUNIT_EXPECT_PTR_EQ(test,
				    (const u8 *)NetRingGetFragmentReturnContextAtIndex(ring, i),
				    expected);
	}
}

/* What is written to one element shows up in no other one, bit-fields included. */
static void ring_elements_do_not_overlap(struct kunit *test)
{
	NET_RING_COLLECTION rings;
	NET_RING *pr, *fr;
	u32 i;

	netcx_kunit_rings(test, &rings, 64);
	pr = NetRingCollectionGetPacketRing(&rings);
	fr = NetRingCollectionGetFragmentRing(&rings);
	for (i = 0; i < 64; i++) {
		NET_PACKET *packet = NetRingGetPacketAtIndex(pr, i);
		NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, i);

		packet->FragmentIndex = 1000 + i;
		packet->FragmentCount = 2000 + i;
		packet->Layout.Layer3HeaderLength = 300 + i;
		packet->Ignore = i & 1;
		fragment->ValidLength = (1 << 26) - 1 - i;
		fragment->Capacity = (1 << 25) + i;
		fragment->Offset = 1023 - i;
		fragment->Scratch = i & 1;
	}
	for (i = 0; i < 64; i++) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, i);
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fr, i);

		KUNIT_EXPECT_EQ(test, packet->FragmentIndex, 1000 + i);
		KUNIT_EXPECT_EQ(test, (u32)packet->FragmentCount, 2000 + i);
		KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer3HeaderLength, 300 + i);
		KUNIT_EXPECT_EQ(test, (u32)packet->Ignore, i & 1);
		KUNIT_EXPECT_EQ(test, (u32)packet->Scratch, 0u);
		KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, (1 << 26) - 1 - i);
		KUNIT_EXPECT_EQ(test, (u32)fragment->Capacity, (1 << 25) + i);
		KUNIT_EXPECT_EQ(test, (u32)fragment->Offset, 1023 - i);
		KUNIT_EXPECT_EQ(test, (u32)fragment->Scratch, i & 1);
		KUNIT_EXPECT_EQ(test, (u32)fragment->OsReserved_Bounced, 0u);
	}
}

static void ring_collection_finds_its_rings(struct kunit *test)
{
	NET_RING_COLLECTION rings;

	netcx_kunit_rings(test, &rings, 2);
	KUNIT_EXPECT_PTR_EQ(test, NetRingCollectionGetPacketRing(&rings), rings.Rings[0]);
	KUNIT_EXPECT_PTR_EQ(test, NetRingCollectionGetFragmentRing(&rings), rings.Rings[1]);
	KUNIT_EXPECT_NULL(test, NetRingCollectionGetDataBufferRing(&rings));
	KUNIT_EXPECT_NULL(test, NetRingCollectionGetFragmentReturnContextRing(&rings));
}

static struct kunit_case ring_cases[] = {
	KUNIT_CASE_PARAM(ring_increments_and_wraps, ring_size_gen_params),
	KUNIT_CASE_PARAM(ring_advances_both_ways, ring_size_gen_params),
	KUNIT_CASE_PARAM(ring_counts_ranges, ring_size_gen_params),
	KUNIT_CASE_PARAM(ring_range_is_empty_or_at_most_all_but_one, ring_size_gen_params),
	KUNIT_CASE_PARAM(ring_elements_lie_one_stride_apart, ring_size_gen_params),
	KUNIT_CASE(ring_elements_do_not_overlap),
	KUNIT_CASE(ring_collection_finds_its_rings),
	{}
};

static struct kunit_suite ring_suite = {
	.name = "netcx_ring",
	.test_cases = ring_cases,
};

kunit_test_suite(ring_suite);

MODULE_LICENSE("GPL");

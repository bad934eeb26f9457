// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clients and devices that return nonsense: a packet is lost, and counted, and everything else goes
 * on. When the rings themselves can't be trusted any more, the queue waits for a reset.
 */
#include "receive.h"

/*
 * Everything below happens in a ring of 64 whose next fragment has index 62, after one good packet
 * of one fragment; the bad packet has 3 fragments of 200 bytes, from index 63 on, around the end.
 */
#define BAD_FIRST	63u
#define BAD_FRAGMENTS	3
#define BAD_CAPACITY	2048u

/* The other fragments, those that the client has not returned, look as if they were received. */
static void bad_fill_lengths(struct netcx_kunit_interface *interface)
{
	const NET_RING *fr = interface->rx_queue.fragments;
	u32 index;

	for (index = fr->BeginIndex; index != fr->EndIndex;
	     index = NetRingIncrementIndex(fr, index))
		NetRingGetFragmentAtIndex(fr, index)->ValidLength = 100;
}

struct bad_packet {
	const char *name;
	/* Spoils a packet that is in order. */
	void (*spoil)(NET_PACKET *packet, NET_FRAGMENT **fragment);
};

static void bad_index_behind_the_ring(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentIndex = 64;
}

static void bad_index_all_ones(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentIndex = U32_MAX;
}

/* A fragment that the client still owns. */
static void bad_index_not_returned(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentIndex = 20;
	packet->FragmentCount = 1;
}

static void bad_last_fragment_not_returned(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentCount = BAD_FRAGMENTS + 3;
}

/* The fragment of the packet before. */
static void bad_fragment_used_twice(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentIndex = BAD_FIRST - 1;
}

static void bad_count_zero(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentCount = 0;
}

static void bad_count_ring(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentCount = 64;
}

static void bad_count_all_ones(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentCount = U16_MAX;
}

static void bad_length_too_large(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[0]->ValidLength = BAD_CAPACITY + 1;
}

static void bad_length_all_ones(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[2]->ValidLength = NETCX_FRAGMENT_MAX_LENGTH;
}

static void bad_offset_and_length(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[0]->Offset = 1023;
	fragment[0]->ValidLength = BAD_CAPACITY - 1022;
}

/* The client claims more than it got: what counts is the buffer. */
static void bad_capacity_is_not_believed(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[1]->Capacity = NETCX_FRAGMENT_MAX_LENGTH;
	fragment[1]->ValidLength = BAD_CAPACITY + 1;
}

static void bad_all_ones(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	memset(fragment[0], 0xff, sizeof(*fragment[0]));
}

static void bad_length_zero(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[0]->ValidLength = 0;
}

static void bad_length_zero_last(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[2]->ValidLength = 0;
}

static void bad_short_first_fragment(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[0]->ValidLength = ETH_HLEN - 1;
}

static void bad_offset_of_later_fragment(NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[1]->Offset = 1;
}

static const struct bad_packet bad_packets[] = {
	{ "fragment index behind the ring", bad_index_behind_the_ring },
	{ "fragment index all ones", bad_index_all_ones },
	{ "fragment not returned", bad_index_not_returned },
	{ "last fragment not returned", bad_last_fragment_not_returned },
	{ "fragment used twice", bad_fragment_used_twice },
	{ "fragment count 0", bad_count_zero },
	{ "fragment count of the ring", bad_count_ring },
	{ "fragment count all ones", bad_count_all_ones },
	{ "ValidLength > Capacity", bad_length_too_large },
	{ "ValidLength all ones", bad_length_all_ones },
	{ "Offset + ValidLength > Capacity", bad_offset_and_length },
	{ "Capacity changed", bad_capacity_is_not_believed },
	{ "fragment all ones", bad_all_ones },
	{ "ValidLength 0", bad_length_zero },
	{ "ValidLength 0 in the last fragment", bad_length_zero_last },
	{ "first fragment shorter than the header", bad_short_first_fragment },
	{ "Offset in a later fragment", bad_offset_of_later_fragment },
};

static void bad_packet_name(const struct bad_packet *bad, char *name)
{
	strscpy(name, bad->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(bad_packet, bad_packets, bad_packet_name);

/* Receives one packet after the other until both rings begin at @index. */
static void bad_go_to(struct netcx_kunit_interface *interface, u32 index)
{
	while (interface->rx_queue.fragments->BeginIndex != index) {
		netcx_kunit_rx_refill(interface);
		netcx_kunit_receive_packet(interface, 1, 60);
		netcx_kunit_rx_indicate(interface, 64);
		kfree_skb(skb_dequeue(&interface->received));
	}
	netcx_kunit_rx_refill(interface);
}

static void bad_packet_is_lost_alone(struct kunit *test)
{
	const struct bad_packet *bad = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, BAD_CAPACITY);
	NET_FRAGMENT *fragment[BAD_FRAGMENTS];
	NET_PACKET *packet;
	u32 buffers, i;

	bad_go_to(interface, BAD_FIRST - 1);
	buffers = netcx_kunit_rx_buffers(interface);
	netcx_kunit_receive_packet(interface, 1, 100);
	packet = netcx_kunit_rx_packet(interface, 0);
	for (i = 0; i < BAD_FRAGMENTS; i++)
		fragment[i] = netcx_kunit_rx_fragment(interface, i);
	KUNIT_ASSERT_EQ(test, netcx_kunit_receive_packet(interface, BAD_FRAGMENTS, 200), BAD_FIRST);
	bad_fill_lengths(interface);
	bad->spoil(packet, fragment);

	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);

	/* No buffer got lost but the one that went up the stack. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), buffers - 1);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);

	netcx_kunit_receive_packet(interface, 2, 400);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	kfree_skb(netcx_kunit_expect_received(interface, 800));
	KUNIT_EXPECT_EQ(test, interface->resets, 0u);
	KUNIT_EXPECT_FALSE(test, rx->broken);
}

/* The packet behind a bad one, of 2 fragments in the same Advance, is none the worse for it. */
static void bad_packet_between_good_ones(struct kunit *test)
{
	const struct bad_packet *bad = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, BAD_CAPACITY);
	NET_FRAGMENT *fragment[BAD_FRAGMENTS];
	NET_PACKET *packet;
	u32 i;

	bad_go_to(interface, BAD_FIRST - 1);
	netcx_kunit_receive_packet(interface, 1, 100);
	packet = netcx_kunit_rx_packet(interface, 0);
	for (i = 0; i < BAD_FRAGMENTS; i++)
		fragment[i] = netcx_kunit_rx_fragment(interface, i);
	netcx_kunit_receive_packet(interface, BAD_FRAGMENTS, 200);
	netcx_kunit_receive_packet(interface, 2, 300);
	bad_fill_lengths(interface);
	bad->spoil(packet, fragment);

	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 3);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	kfree_skb(netcx_kunit_expect_received(interface, 600));
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

/* Two packets over the same fragments: the first one has them. */
static void bad_packets_overlap(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, BAD_CAPACITY);
	NET_PACKET *packet;

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 3, 200);
	packet = netcx_kunit_rx_packet(interface, 0);
	netcx_kunit_receive_packet(interface, 2, 300);
	packet->FragmentIndex = 2;
	packet->FragmentCount = 3;
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	kfree_skb(netcx_kunit_expect_received(interface, 600));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

/* A packet over fragments that lie before those of the packet before it: a hole stays a hole. */
static void bad_packet_goes_back(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, BAD_CAPACITY);
	NET_PACKET *packet;

	netcx_kunit_rx_refill(interface);
	bad_fill_lengths(interface);
	netcx_kunit_skip_fragments(interface, 2);
	netcx_kunit_receive_packet(interface, 1, 200);
	packet = netcx_kunit_rx_packet(interface, 0);
	packet->FragmentIndex = 0;
	packet->FragmentCount = 2;
	netcx_kunit_return_packet(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	kfree_skb(netcx_kunit_expect_received(interface, 200));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

/* More fragments than an skb can hold. */
static void bad_packet_too_long_for_an_skb(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, BAD_CAPACITY);

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, MAX_SKB_FRAGS + 2, 100);
	netcx_kunit_receive_packet(interface, MAX_SKB_FRAGS + 1, 100);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	kfree_skb(netcx_kunit_expect_received(interface, 100 * (MAX_SKB_FRAGS + 1)));
}

/* A BeginIndex that a client must not leave, where it owns [2, 1) of both rings of 16. */
struct bad_begin {
	const char *name;
	bool fragment_ring;
	u32 begin;
};

static const struct bad_begin bad_begins[] = {
	{ "packet ring, behind the array", false, 16 },
	{ "packet ring, all ones", false, U32_MAX },
	{ "fragment ring, behind the array", true, 16 },
	{ "fragment ring, all ones", true, U32_MAX },
};

static void bad_begin_name(const struct bad_begin *bad, char *name)
{
	strscpy(name, bad->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(bad_begin, bad_begins, bad_begin_name);

static void bad_expect_broken(struct kunit *test, struct netcx_kunit_interface *interface)
{
	struct netcx_rx_queue *rx = interface->channel.rx;

	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 0);
	KUNIT_EXPECT_TRUE(test, rx->broken);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	/* Once is enough. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 0);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

static void bad_begin_index(struct kunit *test)
{
	const struct bad_begin *bad = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_rx_open(interface, 16, BAD_CAPACITY);
	bad_go_to(interface, 2);
	netcx_kunit_receive_packet(interface, 1, 100);
	if (bad->fragment_ring)
		interface->rx_queue.fragments->BeginIndex = bad->begin;
	else
		interface->rx_queue.packets->BeginIndex = bad->begin;
	bad_expect_broken(test, interface);
}

/* While the budget holds packets back, there are indices between the client's and the end. */
static void bad_begin_index_past_the_end(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, BAD_CAPACITY);
	NET_RING *pr = rx->q->packets;

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 100);
	netcx_kunit_receive_packet(interface, 1, 100);
	KUNIT_ASSERT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	skb_queue_purge(&interface->received);
	KUNIT_ASSERT_EQ(test, pr->EndIndex, 15u);
	/* 15 is the end, 0 is nobody's and 1 was given back before. */
	pr->BeginIndex = 1;
	bad_expect_broken(test, interface);
}

static struct kunit_case bad_cases[] = {
	KUNIT_CASE_PARAM(bad_packet_is_lost_alone, bad_packet_gen_params),
	KUNIT_CASE_PARAM(bad_packet_between_good_ones, bad_packet_gen_params),
	KUNIT_CASE(bad_packets_overlap),
	KUNIT_CASE(bad_packet_goes_back),
	KUNIT_CASE(bad_packet_too_long_for_an_skb),
	KUNIT_CASE_PARAM(bad_begin_index, bad_begin_gen_params),
	KUNIT_CASE(bad_begin_index_past_the_end),
	{}
};

static struct kunit_suite bad_suite = {
	.name = "netcx_rx_bad",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = bad_cases,
};

kunit_test_suite(bad_suite);

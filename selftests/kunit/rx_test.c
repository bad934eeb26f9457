// SPDX-License-Identifier: GPL-2.0-only
/* From packet and fragments to skb: what a client that keeps the rules gets up the stack. */
#include "receive.h"

static void rx_linear(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, 2048);
	struct sk_buff *skb;

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 1514);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);

	skb = netcx_kunit_expect_received(interface, 1514);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_FALSE(test, skb_is_nonlinear(skb));
	KUNIT_EXPECT_PTR_EQ(test, skb->dev, interface->netdev);
	KUNIT_EXPECT_EQ(test, skb_get_rx_queue(skb), 0);
	KUNIT_EXPECT_TRUE(test, skb_rx_queue_recorded(skb));
	KUNIT_EXPECT_EQ(test, (u32)skb->ip_summed, (u32)CHECKSUM_NONE);
	/* Room for an XDP program, a tunnel or a bridge to put headers in front. */
	KUNIT_EXPECT_GE(test, skb_headroom(skb), 256u);
	KUNIT_EXPECT_TRUE(test, skb->pp_recycle);
	kfree_skb(skb);

	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.bytes), 1514ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.multicast), 0ull);
}

/* Every number of fragments that an skb can hold. */
static void rx_multi_fragment(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, 2048);
	u32 count;

	for (count = 1; count <= MAX_SKB_FRAGS + 1; count++) {
		struct sk_buff *skb;

		netcx_kunit_rx_refill(interface);
		netcx_kunit_receive_packet(interface, count, 700);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, 700 * count);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->nr_frags, count - 1);
		KUNIT_EXPECT_EQ(test, skb->data_len, 700 * (count - 1));
		KUNIT_EXPECT_GE(test, skb->truesize, count * rx->truesize);
		kfree_skb(skb);
	}
}

/* The smallest first fragment that holds an Ethernet header, and the full buffer. */
static void rx_extreme_lengths(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_rx_open(interface, 64, 2048);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, ETH_HLEN);
	netcx_kunit_receive_packet(interface, 1, 2048);
	netcx_kunit_receive_packet(interface, 3, 2048);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 3);
	kfree_skb(netcx_kunit_expect_received(interface, ETH_HLEN));
	kfree_skb(netcx_kunit_expect_received(interface, 2048));
	kfree_skb(netcx_kunit_expect_received(interface, 3 * 2048));
}

/* A frame of more than a page in one buffer. */
static void rx_jumbo_buffer(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	netcx_kunit_rx_open(interface, 64, 9018);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 9018);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	skb = netcx_kunit_expect_received(interface, 9018);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_FALSE(test, skb_is_nonlinear(skb));
	kfree_skb(skb);
}

/* The data begins where the first fragment's Offset says. */
static void rx_offset(struct kunit *test)
{
	static const u32 offsets[] = { 2, 64, 1023 };
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int i;

	netcx_kunit_rx_open(interface, 64, 2048);
	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		NET_FRAGMENT *fragment;

		netcx_kunit_rx_refill(interface);
		fragment = netcx_kunit_rx_fragment(interface, 0);
		fragment->Offset = offsets[i];
		netcx_kunit_receive_packet(interface, 1, 1000);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		kfree_skb(netcx_kunit_expect_received(interface, 1000));
	}
}

/* Sizes up to the limit and around what is copied in one go, many times around the ring. */
static void rx_small_packets_are_copied(struct kunit *test)
{
	static const u32 sizes[] = { ETH_HLEN, 60, 63, 64, 65, 128, 129, 255, 256 };
	struct netcx_kunit_interface *interface = test->priv;
	u32 i;

	netcx_kunit_use_dma(interface);
	interface->nd->rx_copybreak = NETCX_COPYBREAK;
	netcx_kunit_rx_open(interface, 16, 2048);
	for (i = 0; i < 5 * ARRAY_SIZE(sizes); i++) {
		const u32 size = sizes[i % ARRAY_SIZE(sizes)];
		struct sk_buff *skb;
		u32 index;

		netcx_kunit_rx_refill(interface);
		netcx_kunit_rx_fragment(interface, 0)->Offset = i % 3;
		index = netcx_kunit_receive_packet(interface, 1, size);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		/* The buffer is the device's again, and nobody else's. */
		memset(netcx_kunit_rx_address(interface, index), 0x5a, 300);
		skb = netcx_kunit_expect_received(interface, size);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_LT(test, skb->truesize, (u32)PAGE_SIZE);
		/* Nobody can keep a page for less than a fourth of it. */
		KUNIT_EXPECT_GE(test, skb->truesize, (u32)SZ_4K / 4 + (u32)sizeof(*skb));
		kfree_skb(skb);
	}
	/* One buffer for each slot was enough, and four or more copies fit into a page. */
	KUNIT_EXPECT_LE(test, netcx_kunit_inject.pages, 16 + DIV_ROUND_UP(i, PAGE_SIZE / SZ_1K));
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 16);

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 257);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	kfree_skb(netcx_kunit_expect_received(interface, 257));
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 15);
}

/* No memory for the copy: the packet is lost, its buffer stays where it is. */
static void rx_copy_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;

	interface->nd->rx_copybreak = NETCX_COPYBREAK;
	rx = netcx_kunit_rx_open(interface, 16, 2048);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 60);
	netcx_kunit_receive_packet(interface, 1, 61);
	netcx_kunit_fail(NETCX_KUNIT_BUILD_SKB, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	kfree_skb(netcx_kunit_expect_received(interface, 61));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.no_memory), 1ull);
	netcx_kunit_rx_refill(interface);
	/* One for three of the 16 buffers, and one for the copies. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 7u);
}

/* Packets over several fragments, many times around the ring. */
static void rx_wraps(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	u32 i;

	for (i = 0; i < 100; i++) {
		netcx_kunit_rx_refill(interface);
		netcx_kunit_receive_packet(interface, 1 + i % 4, 100 + i);
		netcx_kunit_receive_packet(interface, 1 + i % 3, 200 + i);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
		kfree_skb(netcx_kunit_expect_received(interface, (1 + i % 4) * (100 + i)));
		kfree_skb(netcx_kunit_expect_received(interface, (1 + i % 3) * (200 + i)));
	}
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 200ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 0ull);
}

/* The whole ring at once: N - 1 packets. */
static void rx_full_ring(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 round, i;

	netcx_kunit_rx_open(interface, 64, 2048);
	for (round = 0; round < 3; round++) {
		KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
		for (i = 0; i < 63; i++)
			netcx_kunit_receive_packet(interface, 1, 60 + i);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 63);
		for (i = 0; i < 63; i++)
			kfree_skb(netcx_kunit_expect_received(interface, 60 + i));
	}
}

/* What the budget does not allow waits in the ring, untouched by a refill. */
static void rx_budget_leaves_packets(struct kunit *test)
{
	static const int work[] = { 4, 4, 4, 1, 0 };
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	unsigned int i;
	u32 next = 0;
	int j;

	netcx_kunit_rx_refill(interface);
	for (i = 0; i < 13; i++)
		netcx_kunit_receive_packet(interface, 1, 100 + i);
	for (i = 0; i < ARRAY_SIZE(work); i++) {
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 4), work[i]);
		netcx_kunit_rx_refill(interface);
		netcx_kunit_expect_fair(interface);
		for (j = 0; j < work[i]; j++)
			kfree_skb(netcx_kunit_expect_received(interface, 100 + next++));
		KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
	}
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 13ull);
}

/* A budget can end between packets that have fragments left out between them. */
static void rx_budget_ends_before_a_hole(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_rx_open(interface, 16, 2048);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 2, 100);
	netcx_kunit_skip_fragments(interface, 3);
	netcx_kunit_receive_packet(interface, 1, 300);
	netcx_kunit_skip_fragments(interface, 2);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 1), 1);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_fair(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 1), 1);
	kfree_skb(netcx_kunit_expect_received(interface, 200));
	kfree_skb(netcx_kunit_expect_received(interface, 300));
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

/* Buffers that the client passes over go back to it, without new memory for any of them. */
static void rx_holes_are_recycled(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);

	netcx_kunit_rx_refill(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 15u);
	netcx_kunit_skip_fragments(interface, 2);
	netcx_kunit_receive_packet(interface, 1, 100);
	netcx_kunit_skip_fragments(interface, 3);
	netcx_kunit_receive_packet(interface, 2, 200);
	netcx_kunit_skip_fragments(interface, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	kfree_skb(netcx_kunit_expect_received(interface, 400));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 0ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 15u - 3);

	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

static void rx_ignored_packets_are_dropped(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	NET_PACKET *packet;

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 100);
	/* Nothing else of an ignored packet means anything. */
	packet = netcx_kunit_rx_packet(interface, 0);
	memset(packet, 0xff, sizeof(*packet));
	netcx_kunit_return_packet(interface);
	netcx_kunit_receive_packet(interface, 1, 300);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 3);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	kfree_skb(netcx_kunit_expect_received(interface, 300));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.ignored), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 0ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 2ull);
}

/* As clients do on Cancel: every packet ignored, every fragment back, nothing received. */
static void rx_cancelled_client_returns_everything(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	NET_RING *pr = rx->q->packets;
	NET_RING *fr = rx->q->fragments;

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 100);
	while (pr->BeginIndex != pr->EndIndex) {
		netcx_kunit_rx_packet(interface, 0)->Ignore = 1;
		netcx_kunit_return_packet(interface);
	}
	fr->BeginIndex = fr->EndIndex;
	netcx_rx_discard(rx);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

static void rx_counts_multicast(struct kunit *test)
{
	static const u8 group[ETH_ALEN] = { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 };
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);

	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 1, 100);
	memcpy(netcx_kunit_rx_address(interface, netcx_kunit_receive_packet(interface, 1, 100)),
	       group, ETH_ALEN);
	eth_broadcast_addr(netcx_kunit_rx_address(interface,
						  netcx_kunit_receive_packet(interface, 1, 100)));
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 3);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 3ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.multicast), 1ull);
}

struct rx_evaluation {
	const char *name;
	netdev_features_t features;
	u8 layer4;
	u8 ip_summed;
};

static const struct rx_evaluation rx_evaluations[] = {
	{ "valid", NETIF_F_RXCSUM, NetPacketRxChecksumEvaluationValid, CHECKSUM_UNNECESSARY },
	{ "invalid", NETIF_F_RXCSUM, NetPacketRxChecksumEvaluationInvalid, CHECKSUM_NONE },
	{ "not checked", NETIF_F_RXCSUM, NetPacketRxChecksumEvaluationNotChecked, CHECKSUM_NONE },
	{ "no evaluation", NETIF_F_RXCSUM, 3, CHECKSUM_NONE },
	{ "valid, but nobody asked", 0, NetPacketRxChecksumEvaluationValid, CHECKSUM_NONE },
};

static void rx_evaluation_name(const struct rx_evaluation *evaluation, char *name)
{
	strscpy(name, evaluation->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(rx_evaluation, rx_evaluations, rx_evaluation_name);

static void rx_checksum(struct kunit *test)
{
	const struct rx_evaluation *evaluation = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	NET_PACKET_CHECKSUM *checksum;
	struct sk_buff *skb;

	netcx_kunit_rx_open(interface, 16, 2048);
	interface->netdev->features |= NETIF_F_RXCSUM;
	interface->netdev->features &= ~NETIF_F_RXCSUM | evaluation->features;
	netcx_kunit_rx_refill(interface);
	checksum = netcx_extension(netcx_kunit_rx_packet(interface, 0),
				   interface->rx_queue.layout.packet_checksum);
	checksum->Layer4 = evaluation->layer4;
	netcx_kunit_receive_packet(interface, 1, 100);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	skb = netcx_kunit_expect_received(interface, 100);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, (u32)skb->ip_summed, (u32)evaluation->ip_summed);
	kfree_skb(skb);
}

/* Client and kernel agree about where a buffer is, and XDP's headroom is not part of it. */
static void rx_dma_addresses(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;
	u32 i;

	netcx_kunit_use_dma(interface);
	rx = netcx_kunit_rx_open(interface, 16, 2048);
	netcx_kunit_rx_refill(interface);
	for (i = 0; i < 15; i++) {
		const NET_FRAGMENT_LOGICAL_ADDRESS *logical =
			netcx_extension(NetRingGetFragmentAtIndex(rx->q->fragments, i),
					rx->q->layout.fragment_logical_address);

		KUNIT_EXPECT_EQ(test, logical->LogicalAddress, (u64)rx->buffers[i].address);
		KUNIT_EXPECT_PTR_EQ(test, netcx_kunit_rx_address(interface, i),
				    rx->buffers[i].memory + 256);
	}
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 15);
	netcx_kunit_receive_packet(interface, 3, 500);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	/* What the stack has is out of the device's reach. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 12);
	kfree_skb(netcx_kunit_expect_received(interface, 1500));
	netcx_kunit_rx_refill(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 15);
}

static struct kunit_case rx_cases[] = {
	KUNIT_CASE(rx_linear),
	KUNIT_CASE(rx_multi_fragment),
	KUNIT_CASE(rx_extreme_lengths),
	KUNIT_CASE(rx_jumbo_buffer),
	KUNIT_CASE(rx_offset),
	KUNIT_CASE(rx_small_packets_are_copied),
	KUNIT_CASE(rx_copy_without_memory),
	KUNIT_CASE(rx_wraps),
	KUNIT_CASE(rx_full_ring),
	KUNIT_CASE(rx_budget_leaves_packets),
	KUNIT_CASE(rx_budget_ends_before_a_hole),
	KUNIT_CASE(rx_holes_are_recycled),
	KUNIT_CASE(rx_ignored_packets_are_dropped),
	KUNIT_CASE(rx_cancelled_client_returns_everything),
	KUNIT_CASE(rx_counts_multicast),
	KUNIT_CASE_PARAM(rx_checksum, rx_evaluation_gen_params),
	KUNIT_CASE(rx_dma_addresses),
	{}
};

static struct kunit_suite rx_suite = {
	.name = "netcx_rx",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = rx_cases,
};

kunit_test_suite(rx_suite);

// SPDX-License-Identifier: GPL-2.0-only
/* What a client finds in its rings after a refill, with and without memory. */
#include "receive.h"

static u32 refill_owned(const NET_RING *ring)
{
	return NetRingGetRangeCount(ring, ring->BeginIndex, ring->EndIndex);
}

static void refill_fills_both_rings(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_rx_open(interface, 64, 2048);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 21u);

	/* And then there is nothing to do. */
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 21u);
}

/* Whatever the client left in the elements, it finds them clean again. */
static void refill_cleans_elements(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	u32 round;

	for (round = 0; round < 20; round++) {
		u32 i;

		netcx_kunit_rx_refill(interface);
		netcx_kunit_expect_full(interface);
		for (i = 0; i < 5; i++) {
			NET_PACKET *packet = netcx_kunit_rx_packet(interface, 0);
			u64 *fragment = (u64 *)netcx_kunit_rx_fragment(interface, 0);

			memset(packet, 0xff, rx->q->packets->ElementStride);
			*fragment = U64_MAX;
			netcx_kunit_return_packet(interface);
			netcx_kunit_skip_fragments(interface, 1);
		}
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 5);
	}
}

/*
 * No page at a time when there is none for the client either. From then on it is single pages, of
 * one buffer each.
 */
static void refill_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, 2048);

	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 0, 1);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_rx_refill(interface));
	KUNIT_EXPECT_EQ(test, refill_owned(rx->q->fragments), 0u);
	netcx_kunit_expect_fair(interface);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.refill_failed), 1ull);

	/* A few are not enough to sleep on. */
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 12, 1);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_rx_refill(interface));
	KUNIT_EXPECT_EQ(test, refill_owned(rx->q->fragments), 12u);
	netcx_kunit_expect_fair(interface);

	/* Many are: the rest comes with the next packets. */
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 30, 1);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	KUNIT_EXPECT_EQ(test, refill_owned(rx->q->fragments), 42u);
	netcx_kunit_expect_fair(interface);

	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.refill_failed), 3ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.no_memory), 0ull);
}

/* Buffers in pages of their own. */
static u32 refill_singles(const struct netcx_rx_queue *rx)
{
	u32 singles = 0, i;

	for (i = 0; i < rx->q->fragments->NumberOfElements; i++) {
		const void *memory = rx->buffers[i].memory;

		singles += memory && !PageHead(virt_to_head_page(memory));
	}
	return singles;
}

/* Memory is there in single pages only, which do as well. */
static void refill_with_single_pages(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;
	struct sk_buff *skb;

	netcx_kunit_use_dma(interface);
	netcx_kunit_fail(NETCX_KUNIT_LARGE_PAGE, 0, UINT_MAX);
	rx = netcx_kunit_rx_open(interface, 64, 2048);
	if (!rx->pool->p.order)
		kunit_skip(test, "pages of %lu bytes are not paired", PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 63u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.refill_failed), 0ull);
	KUNIT_EXPECT_EQ(test, refill_singles(rx), 63u);

	/* Who keeps a page is charged for all of it. */
	netcx_kunit_receive_packet(interface, 1, 2048);
	netcx_kunit_receive_packet(interface, 3, 2048);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	skb = netcx_kunit_expect_received(interface, 2048);
	KUNIT_EXPECT_GE(test, (u32)skb->truesize, (u32)PAGE_SIZE);
	kfree_skb(skb);
	skb = netcx_kunit_expect_received(interface, 3 * 2048);
	KUNIT_EXPECT_GE(test, (u32)skb->truesize, 3 * (u32)PAGE_SIZE);
	kfree_skb(skb);
}

/* @rounds times all buffers but those the client keeps are received into, and freed. */
static void refill_receive(struct netcx_kunit_interface *interface, u32 rounds)
{
	struct kunit *test = interface->test;
	u32 i;

	while (rounds--) {
		KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
		netcx_kunit_expect_full(interface);
		for (i = 0; i < 21; i++)
			netcx_kunit_receive_packet(interface, 3, 2048);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 21);
		for (i = 0; i < 21; i++)
			kfree_skb(netcx_kunit_expect_received(interface, 3 * 2048));
	}
	netcx_kunit_rx_refill(interface);
}

/*
 * Pages of both sizes at once. Large ones are not tried for every page while there are none; when
 * there are, they take over again.
 */
static void refill_goes_back_to_large_pages(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;

	netcx_kunit_use_dma(interface);
	netcx_kunit_fail(NETCX_KUNIT_LARGE_PAGE, 10, UINT_MAX);
	rx = netcx_kunit_rx_open(interface, 64, 2048);
	if (!rx->pool->p.order)
		kunit_skip(test, "pages of %lu bytes are not paired", PAGE_SIZE);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, refill_singles(rx), 33u);

	netcx_kunit_inject.large_attempts = 0;
	netcx_kunit_inject.pages = 0;
	refill_receive(interface, 30);
	KUNIT_EXPECT_GT(test, netcx_kunit_inject.pages, 1000u);
	KUNIT_EXPECT_LE(test, netcx_kunit_inject.large_attempts,
			netcx_kunit_inject.pages / 256 + 1);

	netcx_kunit_fail(NETCX_KUNIT_LARGE_PAGE, 0, 0);
	refill_receive(interface, 30);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, refill_singles(rx), 0u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.refill_failed), 0ull);
}

/* A buffer that cannot be mapped is no use now, and the first to be tried again. */
static void refill_without_mapping(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;

	netcx_kunit_use_dma(interface);
	rx = netcx_kunit_rx_open(interface, 64, 2048);
	netcx_kunit_fail(NETCX_KUNIT_DMA_MAP, 5, 1);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_rx_refill(interface));
	KUNIT_EXPECT_EQ(test, refill_owned(rx->q->fragments), 5u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 5u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 5);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.refill_failed), 1ull);

	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 63);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 21u);
}

/* No skb for a packet: it is lost, its buffers are not. */
static void refill_reuses_buffers_of_lost_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;

	netcx_kunit_use_dma(interface);
	rx = netcx_kunit_rx_open(interface, 64, 2048);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_receive_packet(interface, 3, 500);
	netcx_kunit_receive_packet(interface, 1, 100);
	netcx_kunit_fail(NETCX_KUNIT_BUILD_SKB, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.no_memory), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 63u - 1);

	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

/*
 * Packets over any number of fragments, fragments without a packet, and a budget that leaves
 * packets waiting: the client never owns more fragments than packets, and all of both when all came
 * back.
 */
static void refill_keeps_packets_ahead(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	u32 seed = 1;
	u32 round;

	for (round = 0; round < 500; round++) {
		u32 packets, fragments;

		netcx_kunit_rx_refill(interface);
		netcx_kunit_expect_fair(interface);
		seed = seed * 1103515245 + 12345;
		fragments = (seed >> 24) % (refill_owned(rx->q->fragments) + 1);
		packets = (seed >> 16) % (fragments + 1);
		while (packets--) {
			netcx_kunit_rx_packet(interface, 0)->Ignore = 1;
			netcx_kunit_return_packet(interface);
		}
		netcx_kunit_skip_fragments(interface, fragments);
		netcx_kunit_rx_indicate(interface, 4);
	}
	rx->q->packets->BeginIndex = rx->q->packets->EndIndex;
	rx->q->fragments->BeginIndex = rx->q->fragments->EndIndex;
	netcx_rx_discard(rx);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, interface->resets, 0u);
}

/* Packets that come back without their fragments are given to the client again. */
static void refill_replaces_ignored_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 i;

	netcx_kunit_rx_open(interface, 16, 2048);
	netcx_kunit_rx_refill(interface);
	for (i = 0; i < 10; i++) {
		netcx_kunit_rx_packet(interface, 0)->Ignore = 1;
		netcx_kunit_return_packet(interface);
	}
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 10);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 5u);
}

static void refill_open_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);

	netcx_kunit_rx_close(interface);
	netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_rx_open(rx, channel, &interface->rx_queue), -ENOMEM);
	KUNIT_EXPECT_NULL(test, rx->buffers);
	netcx_kunit_fail(NETCX_KUNIT_POOL_CREATE, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_rx_open(rx, channel, &interface->rx_queue), -ENOMEM);
	KUNIT_EXPECT_NULL(test, rx->buffers);
	KUNIT_EXPECT_NULL(test, rx->pool);
	netcx_kunit_fail(NETCX_KUNIT_POOL_CREATE, 1, 1);
	KUNIT_EXPECT_EQ(test, netcx_rx_open(rx, channel, &interface->rx_queue), -ENOMEM);
	KUNIT_EXPECT_NULL(test, rx->buffers);
	KUNIT_EXPECT_NULL(test, rx->pool);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pools, 0);
}

/* Closed while the client still has every buffer. */
static void refill_close_frees_pages(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_use_dma(interface);
	netcx_kunit_rx_open(interface, 64, 2048);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_rx_close(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pools, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
}

static struct kunit_case refill_cases[] = {
	KUNIT_CASE(refill_fills_both_rings),
	KUNIT_CASE(refill_cleans_elements),
	KUNIT_CASE(refill_without_memory),
	KUNIT_CASE(refill_with_single_pages),
	KUNIT_CASE(refill_goes_back_to_large_pages),
	KUNIT_CASE(refill_without_mapping),
	KUNIT_CASE(refill_reuses_buffers_of_lost_packets),
	KUNIT_CASE(refill_keeps_packets_ahead),
	KUNIT_CASE(refill_replaces_ignored_packets),
	KUNIT_CASE(refill_open_without_memory),
	KUNIT_CASE(refill_close_frees_pages),
	{}
};

static struct kunit_suite refill_suite = {
	.name = "netcx_rx_refill",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = refill_cases,
};

kunit_test_suite(refill_suite);

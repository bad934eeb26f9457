// SPDX-License-Identifier: GPL-2.0-only
/* Sent packets of a client that does DMA: every piece mapped once, and unmapped once. */
#include "skbs.h"

static u64 dma_logical_address(const struct netcx_tx_queue *tx, u32 index)
{
	const NET_FRAGMENT_LOGICAL_ADDRESS *logical =
		netcx_extension(NetRingGetFragmentAtIndex(tx->q->fragments, index),
				tx->q->layout.fragment_logical_address);

	return logical->LogicalAddress;
}

static void dma_maps_every_piece(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 3, 500), false);

	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_single, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 3);
	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, dma_logical_address(tx, i), (u64)tx->mappings[i].address);
		KUNIT_EXPECT_EQ(test, tx->mappings[i].length, i ? 500u : 66);
		KUNIT_EXPECT_EQ(test, tx->mappings[i].page, i > 0);
	}

	/* The client may write to what it owns; unmapped is still what was mapped. */
	for (i = 0; i < 4; i++)
		memset(NetRingGetFragmentAtIndex(tx->q->fragments, i), 0xff,
		       tx->q->fragments->ElementStride);
	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_single, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
}

/* Many times around the ring; DMA-API debugging looks at every single mapping. */
static void dma_unmaps_around_the_ring(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	int i;

	netcx_kunit_use_dma(interface);
	interface->adapter.tx.MaximumNumberOfFragments = 4;
	netcx_kunit_tx_open(interface, 16);
	interface->tx_returns = 0;
	for (i = 0; i < 100; i++) {
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, i % 4, 300), false);
		interface->tx_returns = i % 3;
		netcx_kunit_tx_poll(interface);
	}
	interface->tx_returns = UINT_MAX;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 100u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_single, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
}

/* The mapping of each piece fails in turn: the packet is dropped, the ring is as it was. */
static void dma_failed_mapping_drops_the_packet(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 piece;

	netcx_kunit_use_dma(interface);
	tx = netcx_kunit_tx_open(interface, 16);
	for (piece = 0; piece < 5; piece++) {
		const u32 packet_end = tx->q->packets->EndIndex;
		const u32 fragment_end = tx->q->fragments->EndIndex;
		const u32 packets_free = tx->packets_free;
		const u32 fragments_free = tx->fragments_free;

		netcx_kunit_fail(NETCX_KUNIT_DMA_MAP, piece, 1);
		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface,
						       netcx_kunit_skb(interface, 66, 4, 300),
						       false), NETDEV_TX_OK);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), piece + 1ull);
		KUNIT_EXPECT_EQ(test, interface->freed, 2 * piece + 1);
		KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, packet_end);
		KUNIT_EXPECT_EQ(test, tx->q->fragments->EndIndex, fragment_end);
		KUNIT_EXPECT_EQ(test, tx->packets_free, packets_free);
		KUNIT_EXPECT_EQ(test, tx->fragments_free, fragments_free);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_single, 0);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);

		/* The next packet goes, and is returned at once. */
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 4, 300), false);
		KUNIT_EXPECT_EQ(test, interface->freed, 2 * piece + 2);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), piece + 1ull);
	}
}

static void dma_failure_within_a_batch(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_use_dma(interface);
	netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 0, 0), true);
	netcx_kunit_fail(NETCX_KUNIT_DMA_MAP, 0, 1);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 0, 0), true);
	netcx_kunit_fail(NETCX_KUNIT_DMA_MAP, 1, 1);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 1, 100), false);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 1u);
	KUNIT_EXPECT_EQ(test, interface->freed, 2u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_single, 1);
}

/* A client without DMA has no place for logical addresses, and no page is mapped for it. */
static void dma_is_not_for_others(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	u32 i;

	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 2, 100), false);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_single, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, tx->q->layout.fragment_logical_address, 0);
	for (i = 0; i < 3; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, i);

		KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, i ? 100u : 66);
	}
}

static struct kunit_case dma_cases[] = {
	KUNIT_CASE(dma_maps_every_piece),
	KUNIT_CASE(dma_unmaps_around_the_ring),
	KUNIT_CASE(dma_failed_mapping_drops_the_packet),
	KUNIT_CASE(dma_failure_within_a_batch),
	KUNIT_CASE(dma_is_not_for_others),
	{}
};

static struct kunit_suite dma_suite = {
	.name = "netcx_tx_dma",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = dma_cases,
};

kunit_test_suite(dma_suite);

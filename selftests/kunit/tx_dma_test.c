// SPDX-License-Identifier: GPL-2.0-only
/* Sent packets of a client that does DMA: every piece mapped once, and unmapped once. */
#include <linux/net.h>
#include <net/sock.h>

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

	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 4);
	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, dma_logical_address(tx, i), (u64)tx->mappings[i].address);
		KUNIT_EXPECT_EQ(test, tx->mappings[i].length, i ? 500u : 66);
	}

	/* The client may write to what it owns; unmapped is still what was mapped. */
	for (i = 0; i < 4; i++)
		memset(NetRingGetFragmentAtIndex(tx->q->fragments, i), 0xff,
		       tx->q->fragments->ElementStride);
	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
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
		const u32 fragments_free = tx->fragments_free;

		netcx_kunit_fail(NETCX_KUNIT_DMA_MAP, piece, 1);
		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface,
						       netcx_kunit_skb(interface, 66, 4, 300),
						       false), NETDEV_TX_OK);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), piece + 1ull);
		KUNIT_EXPECT_EQ(test, interface->freed, 2 * piece + 1);
		KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, packet_end);
		KUNIT_EXPECT_EQ(test, tx->q->fragments->EndIndex, fragment_end);
		KUNIT_EXPECT_EQ(test, tx->fragments_free, fragments_free);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);

		/* The next packet goes, and is returned at once. */
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 4, 300), false);
		netcx_kunit_tx_poll(interface);
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
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 1);
}

/* A client without DMA has no place for logical addresses, and no page is mapped for it. */
static void dma_is_not_for_others(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	u32 i;

	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 2, 100), false);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, tx->q->layout.fragment_logical_address, 0);
	for (i = 0; i < 3; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, i);

		KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, i ? 100u : 66);
	}
}

static const void *dma_data(const struct netcx_tx_queue *tx, u32 index)
{
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
		netcx_extension(NetRingGetFragmentAtIndex(tx->q->fragments, index),
				tx->q->layout.fragment_virtual_address);

	return virtual->VirtualAddress;
}

/* Sizes around the limit and around what is copied in one go, many times around the ring. */
static void dma_small_packets_are_copied(struct kunit *test)
{
	static const u32 sizes[] = { 60, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1514 };
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	tx = netcx_kunit_tx_open(interface, 16);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_coherent, 1);
	for (i = 0; i < 5 * ARRAY_SIZE(sizes); i++) {
		const u32 size = sizes[i % ARRAY_SIZE(sizes)];
		const bool copied = size <= NETCX_COPYBREAK;
		const u32 slot = i % 16;
		const NET_FRAGMENT *fragment =
			NetRingGetFragmentAtIndex(tx->q->fragments, slot);

		interface->tx_returns = 0;
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, size, 0, 0), false);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, !copied);
		KUNIT_EXPECT_EQ(test, interface->freed, i);
		KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, size);
		KUNIT_EXPECT_LE(test, (u32)(fragment->Offset + fragment->ValidLength),
				(u32)fragment->Capacity);
		KUNIT_EXPECT_EQ(test, (u32)fragment->OsReserved_Bounced, (u32)copied);
		KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(dma_data(tx, slot), 0, size));
		if (copied)
			KUNIT_EXPECT_EQ(test, dma_logical_address(tx, slot) - tx->copies_address,
					(u64)(dma_data(tx, slot) - tx->copies));
		interface->tx_returns = 1;
		netcx_kunit_tx_poll(interface);
		KUNIT_EXPECT_EQ(test, interface->freed, i + 1);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), i + 1ull);
	}
	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_coherent, 0);
}

/* Data in pages stays there, however little it is. */
static void dma_pieces_are_not_copied(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_use_dma(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	netcx_kunit_tx_open(interface, 16);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 66, 1, 20), false);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 2);
	KUNIT_EXPECT_EQ(test, interface->freed, 0u);
}

/*
 * A socket that sends small packets is charged for them until they are sent: that is what holds a
 * program back that writes faster than the wire is.
 */
static void dma_copied_packets_are_charged(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct socket *socket;
	struct sk_buff *skb;
	u32 charged, i;

	KUNIT_ASSERT_EQ(test, 0, sock_create_kern(&init_net, AF_INET, SOCK_DGRAM, 0, &socket));
	netcx_kunit_use_dma(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	for (i = 0; i < 3; i++) {
		skb = netcx_kunit_skb(interface, 60, 0, 0);
		/* The destructor is the socket's from here on. */
		skb->destructor = NULL;
		skb_set_owner_w(skb, socket->sk);
		netcx_kunit_xmit(interface, skb, false);
	}
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	charged = sk_wmem_alloc_get(socket->sk);
	KUNIT_EXPECT_GE(test, charged, 3 * 60u);

	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, (u32)sk_wmem_alloc_get(socket->sk), charged / 3 * 2);
	interface->tx_returns = 2;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, (u32)sk_wmem_alloc_get(socket->sk), 0u);
	sock_release(socket);
}

/* Closed with copied packets in the ring, and others: all are freed. */
static void dma_close_with_copies(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_use_dma(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 1514, 0, 0), false);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, interface->freed, 0u);
	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 3u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_coherent, 0);
}

/* Without memory for copies everything is mapped; and so it is when the user wants no copies. */
static void dma_without_copies(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	netcx_kunit_fail(NETCX_KUNIT_DMA_COHERENT, 0, 1);
	tx = netcx_kunit_tx_open(interface, 64);
	KUNIT_EXPECT_NULL(test, tx->copies);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 1);
	netcx_tx_set_copybreak(tx, NETCX_COPYBREAK);
	KUNIT_EXPECT_EQ(test, tx->copybreak, 0u);
	netcx_kunit_tx_close(interface);

	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_tx_set_copybreak(tx, 0);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 1);
	netcx_tx_set_copybreak(tx, 60);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 61, 0, 0), false);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 2);
}

static struct kunit_case dma_cases[] = {
	KUNIT_CASE(dma_maps_every_piece),
	KUNIT_CASE(dma_unmaps_around_the_ring),
	KUNIT_CASE(dma_failed_mapping_drops_the_packet),
	KUNIT_CASE(dma_failure_within_a_batch),
	KUNIT_CASE(dma_is_not_for_others),
	KUNIT_CASE(dma_small_packets_are_copied),
	KUNIT_CASE(dma_pieces_are_not_copied),
	KUNIT_CASE(dma_copied_packets_are_charged),
	KUNIT_CASE(dma_close_with_copies),
	KUNIT_CASE(dma_without_copies),
	{}
};

static struct kunit_suite dma_suite = {
	.name = "netcx_tx_dma",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = dma_cases,
};

kunit_test_suite(dma_suite);

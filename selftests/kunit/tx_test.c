// SPDX-License-Identifier: GPL-2.0-only
/* From skb to packet and fragments: where the pieces of an skb end up in the rings. */
#include "skbs.h"

static NET_PACKET *tx_packet(const struct netcx_tx_queue *tx, u32 index)
{
	return NetRingGetPacketAtIndex(tx->q->packets, index);
}

static const void *tx_address(const struct netcx_tx_queue *tx, u32 index)
{
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
		netcx_extension(NetRingGetFragmentAtIndex(tx->q->fragments, index),
				tx->q->layout.fragment_virtual_address);

	return virtual->VirtualAddress;
}

/* A fragment spans its whole buffer, which holds the bytes of the test packet from @offset on. */
static void tx_expect_fragment(struct kunit *test, const struct netcx_tx_queue *tx, u32 index,
			       u32 offset, u32 length)
{
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, index);

	KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, length);
	KUNIT_EXPECT_EQ(test, (u32)fragment->Capacity, length);
	KUNIT_EXPECT_EQ(test, (u32)fragment->Offset, 0u);
	KUNIT_EXPECT_EQ(test, (u32)fragment->Scratch, 0u);
	KUNIT_EXPECT_EQ(test, (u32)fragment->OsReserved_Bounced, 0u);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(tx_address(tx, index), offset, length));
}

static void tx_expect_packet(struct kunit *test, const struct netcx_tx_queue *tx, u32 index,
			     u32 first, u32 count)
{
	const NET_PACKET *packet = tx_packet(tx, index);
	const u8 *element = (const u8 *)packet;
	u32 i;

	KUNIT_EXPECT_EQ(test, packet->FragmentIndex, first);
	KUNIT_EXPECT_EQ(test, (u32)packet->FragmentCount, count);
	KUNIT_EXPECT_EQ(test, (u32)packet->Ignore, 0u);
	KUNIT_EXPECT_EQ(test, (u32)packet->Scratch, 0u);
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer2Type, (u32)NetPacketLayer2TypeEthernet);
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer2HeaderLength, (u32)ETH_HLEN);
	/* No checksum and no segmentation was asked for. */
	for (i = sizeof(*packet); i < tx->q->packets->ElementStride; i++)
		KUNIT_EXPECT_EQ(test, element[i], 0);
}

static void tx_expect_owned(struct kunit *test, const struct netcx_tx_queue *tx, u32 packets,
			    u32 fragments)
{
	const NET_RING *pr = tx->q->packets;
	const NET_RING *fr = tx->q->fragments;

	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(pr, pr->BeginIndex, pr->EndIndex), packets);
	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(fr, fr->BeginIndex, fr->EndIndex), fragments);
}

static void tx_linear(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	struct sk_buff *skb = netcx_kunit_skb(interface, 1514, 0, 0);

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	tx_expect_owned(test, tx, 1, 1);
	tx_expect_packet(test, tx, 0, 0, 1);
	tx_expect_fragment(test, tx, 0, 0, 1514);
	KUNIT_EXPECT_PTR_EQ(test, tx_address(tx, 0), (const void *)skb->data);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 1u);
	KUNIT_EXPECT_EQ(test, interface->freed, 0u);
}

static void tx_paged(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	struct sk_buff *skb = netcx_kunit_skb(interface, 66, 1, 1448);

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	tx_expect_owned(test, tx, 1, 2);
	tx_expect_packet(test, tx, 0, 0, 2);
	tx_expect_fragment(test, tx, 0, 0, 66);
	tx_expect_fragment(test, tx, 1, 66, 1448);
	KUNIT_EXPECT_PTR_EQ(test, tx_address(tx, 1),
			    (const void *)skb_frag_address(&skb_shinfo(skb)->frags[0]));
}

static void tx_as_many_pieces_as_an_skb_has(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	struct sk_buff *skb = netcx_kunit_skb(interface, 54, MAX_SKB_FRAGS, 100);
	u32 i;

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	tx_expect_owned(test, tx, 1, MAX_SKB_FRAGS + 1);
	tx_expect_packet(test, tx, 0, 0, MAX_SKB_FRAGS + 1);
	tx_expect_fragment(test, tx, 0, 0, 54);
	for (i = 0; i < MAX_SKB_FRAGS; i++)
		tx_expect_fragment(test, tx, i + 1, 54 + 100 * i, 100);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 0ull);
}

/* All of the data in pages: the first of them is the first fragment. */
static void tx_empty_head(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	struct sk_buff *skb = netcx_kunit_skb(interface, 0, 2, 500);

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	tx_expect_owned(test, tx, 1, 2);
	tx_expect_packet(test, tx, 0, 0, 2);
	tx_expect_fragment(test, tx, 0, 0, 500);
	tx_expect_fragment(test, tx, 1, 500, 500);
}

/* Shorter than Ethernet allows: zeros behind it, and only zeros. */
static void tx_short_is_padded(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	struct sk_buff *skb = netcx_kunit_skb(interface, 42, 0, 0);
	const u8 *data;
	u32 i;

	/* What was in the memory behind the packet must not go out. */
	memset(skb_tail_pointer(skb), 0xa5, ETH_ZLEN - 42);
	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, (u32)NetRingGetFragmentAtIndex(tx->q->fragments, 0)->ValidLength,
			(u32)ETH_ZLEN);
	data = tx_address(tx, 0);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(data, 0, 42));
	for (i = 42; i < ETH_ZLEN; i++)
		KUNIT_EXPECT_EQ(test, data[i], 0);
}

/* In pieces, and still too short: one piece is made of it. */
static void tx_short_pieces_are_padded(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 1;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 20, 2, 10), false);
	tx_expect_owned(test, tx, 1, 1);
	KUNIT_EXPECT_EQ(test, (u32)NetRingGetFragmentAtIndex(tx->q->fragments, 0)->ValidLength,
			(u32)ETH_ZLEN);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(tx_address(tx, 0), 0, 40));
	KUNIT_EXPECT_NULL(test, memchr_inv(tx_address(tx, 0) + 40, 0, ETH_ZLEN - 40));
}

static void tx_short_without_memory_is_dropped(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	netcx_kunit_fail(NETCX_KUNIT_PAD, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 42, 0, 0),
					       false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	tx_expect_owned(test, tx, 0, 0);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 0u);
}

/* The elements were used before: nothing of an earlier packet is left in them. */
static void tx_reused_elements_are_clean(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	memset(tx->q->packets->Buffer, 0xff, 64 * tx->q->packets->ElementStride);
	memset(tx->q->fragments->Buffer, 0xff, 64 * tx->q->fragments->ElementStride);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 100, 1, 200), false);
	tx_expect_packet(test, tx, 0, 0, 2);
	KUNIT_EXPECT_EQ(test, (u32)tx_packet(tx, 0)->Layout.Layer3Type, 0u);
	KUNIT_EXPECT_EQ(test, (u32)tx_packet(tx, 0)->Layout.Layer4Type, 0u);
	KUNIT_EXPECT_EQ(test, (u32)tx_packet(tx, 0)->Reserved1, 0u);
	tx_expect_fragment(test, tx, 0, 0, 100);
	tx_expect_fragment(test, tx, 1, 100, 200);
	/* And the next elements are not the client's, so they were not touched. */
	KUNIT_EXPECT_EQ(test, tx_packet(tx, 1)->FragmentIndex, U32_MAX);
}

/* Packets of 1 to 5 fragments many times around both rings, each fragment where it should be. */
static void tx_wraps(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 first = 0;
	u32 i, j;

	interface->adapter.tx.MaximumNumberOfFragments = 5;
	tx = netcx_kunit_tx_open(interface, 16);
	interface->tx_returns = 0;
	for (i = 0; i < 200; i++) {
		const u32 frags = i % 5;

		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface,
						       netcx_kunit_skb(interface, 80, frags, 50),
						       false), NETDEV_TX_OK);
		tx_expect_packet(test, tx, i % 16, first, frags + 1);
		tx_expect_fragment(test, tx, first, 0, 80);
		for (j = 0; j < frags; j++)
			tx_expect_fragment(test, tx, (first + 1 + j) % 16, 80 + 50 * j, 50);
		first = (first + 1 + frags) % 16;

		/* The client lags by one packet. */
		interface->tx_returns = i ? 1 : 0;
		netcx_kunit_tx_poll(interface);
		KUNIT_EXPECT_EQ(test, interface->freed, i);
	}
	tx_expect_owned(test, tx, 1, 199 % 5 + 1);
}

static void tx_too_many_pieces_are_linearised(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 4;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, tx->max_fragments, 4);

	/* As many as the client takes stay as they are. */
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 80, 3, 300), false);
	tx_expect_packet(test, tx, 0, 0, 4);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 0ull);

	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 80, 4, 300), false);
	tx_expect_owned(test, tx, 2, 5);
	tx_expect_packet(test, tx, 1, 4, 1);
	tx_expect_fragment(test, tx, 4, 0, 80 + 4 * 300);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 1ull);
}

static void tx_client_of_one_fragment(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 1;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 80, 1, 300), false);
	tx_expect_packet(test, tx, 0, 0, 1);
	tx_expect_fragment(test, tx, 0, 0, 380);
}

static void tx_linearise_without_memory_drops(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 2;
	tx = netcx_kunit_tx_open(interface, 64);
	netcx_kunit_fail(NETCX_KUNIT_LINEARIZE, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 80, 2, 300),
					       false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 0ull);
	tx_expect_owned(test, tx, 0, 0);

	/* And the next one goes. */
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 80, 2, 300), false);
	tx_expect_packet(test, tx, 0, 0, 1);
}

/* A queue that could not be opened has no room, for those who do not look whether it is stopped. */
static void tx_open_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;
	struct netcx_tx_queue *tx;
	struct sk_buff *skb;
	unsigned int i;

	netcx_kunit_use_dma(interface);
	tx = netcx_kunit_tx_open(interface, 64);
	netcx_kunit_tx_close(interface);
	for (i = 0; i < 2; i++) {
		netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, i, 1);
		KUNIT_EXPECT_EQ(test, netcx_tx_open(tx, channel, &interface->tx_queue), -ENOMEM);
		KUNIT_EXPECT_NULL(test, tx->packets);
		KUNIT_EXPECT_NULL(test, tx->mappings);
		KUNIT_ASSERT_NULL(test, tx->q);
		skb = netcx_kunit_skb(interface, 60, 0, 0);
		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_BUSY);
		kfree_skb(skb);
	}
}

static struct kunit_case tx_cases[] = {
	KUNIT_CASE(tx_linear),
	KUNIT_CASE(tx_paged),
	KUNIT_CASE(tx_as_many_pieces_as_an_skb_has),
	KUNIT_CASE(tx_empty_head),
	KUNIT_CASE(tx_short_is_padded),
	KUNIT_CASE(tx_short_pieces_are_padded),
	KUNIT_CASE(tx_short_without_memory_is_dropped),
	KUNIT_CASE(tx_reused_elements_are_clean),
	KUNIT_CASE(tx_wraps),
	KUNIT_CASE(tx_too_many_pieces_are_linearised),
	KUNIT_CASE(tx_client_of_one_fragment),
	KUNIT_CASE(tx_linearise_without_memory_drops),
	KUNIT_CASE(tx_open_without_memory),
	{}
};

static struct kunit_suite tx_suite = {
	.name = "netcx_tx",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = tx_cases,
};

kunit_test_suite(tx_suite);

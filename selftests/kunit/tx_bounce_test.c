// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clients with demands on where a packet lies: which packets are copied, that the copy is the
 * packet and lies where it should, and that every copy is freed once.
 */
#include "../../module/linux/datapath/tx_bounce.h"

#include "skbs.h"

static struct netcx_tx_queue *open_queue(struct netcx_kunit_interface *interface, u32 alignment,
					 u32 backfill)
{
	interface->adapter.tx.FragmentBufferAlignment = alignment;
	interface->adapter.tx.PayloadBackfill = backfill;
	interface->tx_returns = 0;
	return netcx_kunit_tx_open(interface, 64);
}

/*
 * A test packet without its first @shift bytes: its head begins so far behind a multiple of 32, its
 * pages' pieces at multiples of 32 that are none of 64 every other time.
 */
static struct sk_buff *shifted_skb(struct netcx_kunit_interface *interface, u32 shift, u32 head,
				   unsigned int frags, u32 frag_length)
{
	struct sk_buff *skb = netcx_kunit_skb(interface, shift + head, frags, frag_length);

	KUNIT_ASSERT_TRUE(interface->test, IS_ALIGNED((unsigned long)skb->data, 32));
	__skb_pull(skb, shift);
	return skb;
}

static NET_FRAGMENT *tx_fragment(const struct netcx_tx_queue *tx, u32 index)
{
	return NetRingGetFragmentAtIndex(tx->q->fragments, index);
}

static u8 *tx_address(const struct netcx_tx_queue *tx, u32 index)
{
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
		netcx_extension(tx_fragment(tx, index), tx->q->layout.fragment_virtual_address);

	return virtual->VirtualAddress;
}

/* The packet at @slot is one fragment, at @index: room, and a test packet from byte @shift on. */
static void expect_bounced(struct kunit *test, const struct netcx_tx_queue *tx, u32 slot, u32 index,
			   u32 shift, u32 length)
{
	const NET_PACKET *packet = NetRingGetPacketAtIndex(tx->q->packets, slot);
	const NET_FRAGMENT *fragment = tx_fragment(tx, index);
	const u8 *address = tx_address(tx, index);

	KUNIT_EXPECT_EQ(test, packet->FragmentIndex, index);
	KUNIT_EXPECT_EQ(test, (u32)packet->FragmentCount, 1u);
	KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, tx->backfill + length);
	KUNIT_EXPECT_GE(test, (u32)fragment->Capacity, tx->backfill + length);
	KUNIT_EXPECT_EQ(test, (u32)fragment->Offset, 0u);
	KUNIT_EXPECT_EQ(test, (u32)fragment->OsReserved_Bounced, 1u);
	if (tx->alignment)
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)address, tx->alignment));
	/* The client may send the room as it is: there must be nothing in it. */
	KUNIT_EXPECT_NULL(test, memchr_inv(address, 0, tx->backfill));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(address + tx->backfill, shift, length));
	KUNIT_EXPECT_EQ(test, (int)tx->packets[slot].type, (int)NETCX_TX_BOUNCED);
	/* Segments and BQL are about what goes over the wire. */
	KUNIT_EXPECT_EQ(test, tx->packets[slot].bytes, length);
}

struct demand {
	const char *name;
	u32 alignment;
	u32 backfill;
	u32 shift;
	unsigned int frags;
	bool bounced;
};

static const struct demand demands[] = {
	{ "none, 0", 0, 0, 1, 3, false },
	{ "none, 1", 1, 0, 1, 3, false },
	{ "aligned head", 4, 0, 0, 0, false },
	{ "head elsewhere", 4, 0, 2, 0, true },
	{ "odd head", 2, 0, 1, 0, true },
	{ "odd head, aligned to 1, with room", 1, 3, 1, 0, true },
	{ "aligned pieces", 32, 0, 0, 4, false },
	{ "head elsewhere, aligned pieces", 32, 0, 16, 4, true },
	{ "second piece elsewhere", 64, 0, 0, 2, true },
	{ "aligned to a page", PAGE_SIZE, 0, 0, 0, true },
	{ "room before what is aligned", 4, 8, 0, 0, true },
	{ "room and alignment", 64, 64, 2, 3, true },
};

static void demand_name(const struct demand *demand, char *name)
{
	strscpy(name, demand->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(demand, demands, demand_name);

static void bounce_if_needed(struct kunit *test)
{
	const struct demand *demand = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = open_queue(interface, demand->alignment, demand->backfill);
	struct sk_buff *skb = shifted_skb(interface, demand->shift, 101, demand->frags, 33);
	const u8 *data = skb->data;
	const u32 length = skb->len;

	KUNIT_EXPECT_EQ(test, !!tx->bounces, demand->alignment > 1 || demand->backfill);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), (u64)demand->bounced);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, (int)demand->bounced);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 0ull);
	if (demand->bounced) {
		expect_bounced(test, tx, 0, 0, demand->shift, length);
	} else {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(tx->q->packets, 0);

		KUNIT_EXPECT_EQ(test, (u32)packet->FragmentCount, 1 + demand->frags);
		KUNIT_EXPECT_PTR_EQ(test, (const u8 *)tx_address(tx, 0), data);
		KUNIT_EXPECT_EQ(test, (u32)tx_fragment(tx, 0)->OsReserved_Bounced, 0u);
	}

	KUNIT_EXPECT_EQ(test, interface->freed, 0u);
	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.bytes), (u64)length);
}

/* Around every size that the allocator has, and what TCP sends at most. */
static void bounce_lengths(struct kunit *test)
{
	static const u32 lengths[] = {
		60, 61, 63, 64, 65, 127, 129, 255, 257, 1023, 1025, 1514, 2047, 2049, 4095, 4096,
		4097, 9001, NETCX_BOUNCE_TSO_MAX + 66,
	};
	static const u32 alignments[] = { 2, 64, 256, NETCX_BOUNCE_ALIGNMENT_MAX };
	static const u32 backfills[] = { 0, 1, 37, NETCX_BOUNCE_BACKFILL_MAX };
	struct netcx_kunit_interface *interface = test->priv;
	u32 a, b, i;

	for (a = 0; a < ARRAY_SIZE(alignments); a++) {
		for (b = 0; b < ARRAY_SIZE(backfills); b++) {
			struct netcx_tx_queue *tx =
				open_queue(interface, alignments[a], backfills[b]);

			for (i = 0; i < ARRAY_SIZE(lengths); i++) {
				netcx_kunit_xmit(interface, shifted_skb(interface, 1, lengths[i], 0,
									0), false);
				expect_bounced(test, tx, i, i, 1, lengths[i]);
			}
			netcx_kunit_tx_close(interface);
			KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
		}
	}
}

/* As many pieces as there can be, of one byte each. */
static void bounce_pieces_of_a_byte(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = open_queue(interface, 8, 5);

	netcx_kunit_xmit(interface, shifted_skb(interface, 3, 61, MAX_SKB_FRAGS, 1), false);
	expect_bounced(test, tx, 0, 0, 3, 61 + MAX_SKB_FRAGS);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 1ull);
}

/* More pieces than the client takes, each where it wants them: copied once, and counted once. */
static void bounce_too_many_pieces(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 3;
	tx = open_queue(interface, 32, 0);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 96, 2, 32), false);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 0ull);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 96, 3, 32), false);
	expect_bounced(test, tx, 1, 3, 0, 96 + 3 * 32);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, 96, 3, 32), false);
	expect_bounced(test, tx, 2, 4, 1, 96 + 3 * 32);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 2ull);
}

/*
 * The client segments, and takes one piece only: what is in one is not copied, or as any small one.
 */
static void bounce_in_one_piece(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	netcx_kunit_offer_offloads(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	interface->adapter.tx.MaximumNumberOfFragments = 1;
	tx = open_queue(interface, 1, 0);
	KUNIT_EXPECT_NOT_NULL(test, tx->bounces);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, NETCX_COPYBREAK, 0, 0), false);
	KUNIT_EXPECT_EQ(test, (int)tx->packets[0].type, (int)NETCX_TX_COPIED);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, NETCX_COPYBREAK + 1, 0, 0), false);
	KUNIT_EXPECT_EQ(test, (int)tx->packets[1].type, (int)NETCX_TX_SKB);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 0ull);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, 100, 1, 100), false);
	expect_bounced(test, tx, 2, 2, 1, 200);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 66, 16, 1000), false);
	expect_bounced(test, tx, 3, 3, 0, 66 + 16 * 1000);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 2ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 2);
	interface->tx_returns = 4;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 4u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
}

/* Small packets of a client with demands are where it wants them, or copied to there. */
static void bounce_small_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	interface->nd->tx_copybreak = NETCX_COPYBREAK;
	tx = open_queue(interface, 4, 0);
	KUNIT_EXPECT_EQ(test, tx->copybreak, 0u);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 100, 0, 0), false);
	KUNIT_EXPECT_EQ(test, (int)tx->packets[0].type, (int)NETCX_TX_SKB);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, 100, 0, 0), false);
	expect_bounced(test, tx, 1, 1, 1, 100);
}

/* What is too short for Ethernet is filled up before it is copied. */
static void bounce_short_is_padded(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = open_queue(interface, 1, 7);
	u8 *address;

	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 20, 2, 11), false);
	address = tx_address(tx, 0);
	KUNIT_EXPECT_EQ(test, (u32)tx_fragment(tx, 0)->ValidLength, 7u + ETH_ZLEN);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(address + 7, 0, 42));
	KUNIT_EXPECT_NULL(test, memchr_inv(address + 7 + 42, 0, ETH_ZLEN - 42));
}

/* The client lags and packets of both kinds alternate, many times around the ring. */
static void bounce_wraps(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	tx = open_queue(interface, 16, 0);
	for (i = 0; i < 300; i++) {
		netcx_kunit_xmit(interface, shifted_skb(interface, i % 2, 100 + i, 0, 0), false);
		if (i % 2)
			expect_bounced(test, tx, i % 64, i % 64, 1, 100 + i);
		interface->tx_returns = i >= 7;
		netcx_kunit_tx_poll(interface);
		KUNIT_EXPECT_EQ(test, interface->freed, i >= 7 ? i - 6 : 0);
		KUNIT_EXPECT_LE(test, netcx_kunit_inject.pieces, 4);
	}
	interface->tx_returns = UINT_MAX;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 300u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 300ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 150ull);
}

/*
 * What the device reads is the very memory that the client may still write to, not something made
 * of it when the packet was translated: a pool's, which is coherent. Nothing is mapped, so nothing
 * can be a copy of a copy.
 */
static void bounce_is_coherent(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	const NET_FRAGMENT_LOGICAL_ADDRESS *logical;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	tx = open_queue(interface, 4, 10);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_pools, NETCX_BOUNCE_POOLS);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 333, 2, 200), false);
	expect_bounced(test, tx, 0, 0, 0, 733);
	logical = netcx_extension(tx_fragment(tx, 0), tx->q->layout.fragment_logical_address);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_NOT_NULL(test, tx->bounces[0].pool);
	KUNIT_EXPECT_PTR_EQ(test, tx->bounces[0].memory, (void *)tx_address(tx, 0));
	KUNIT_EXPECT_EQ(test, logical->LogicalAddress, (u64)tx->bounces[0].address);
	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
}

static void *tx_seen_by_device(const struct netcx_tx_queue *tx, u32 index)
{
	const NET_FRAGMENT_LOGICAL_ADDRESS *logical =
		netcx_extension(tx_fragment(tx, index), tx->q->layout.fragment_logical_address);

	return netcx_kunit_seen_by_device(logical->LogicalAddress);
}

/*
 * With swiotlb: what the client writes to the room when it posts the packet reaches the device, as
 * what is written behind a mapping does not.
 */
static void bounce_header_reaches_the_device(struct kunit *test)
{
	static const u32 lengths[] = { 60, 1514, 9001 };
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	netcx_kunit_inject.copies_mapped = true;
	tx = open_queue(interface, 4, 0);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, 600, 0, 0), false);
	KUNIT_EXPECT_EQ(test, (int)tx->packets[0].type, (int)NETCX_TX_SKB);
	memset(tx_address(tx, 0), 0x5a, 10);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(tx_seen_by_device(tx, 0), 0, 600));
	netcx_kunit_tx_close(interface);

	tx = open_queue(interface, 4, 10);
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		const u8 *seen;

		netcx_kunit_xmit(interface, shifted_skb(interface, 1, lengths[i], 0, 0), false);
		expect_bounced(test, tx, i, i, 1, lengths[i]);
		memset(tx_address(tx, i), 0x5a, 10);
		seen = tx_seen_by_device(tx, i);
		KUNIT_EXPECT_NULL(test, memchr_inv(seen, 0x5a, 10));
		KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(seen + 10, 1, lengths[i]));
	}
	netcx_kunit_tx_close(interface);
}

/* Of every size in turn, from the pools: memory used before is clean where it has to be. */
static void bounce_lengths_of_dma(struct kunit *test)
{
	static const u32 lengths[] = { 60, 1514, 2047, 2048, 2049, 9001,
				       NETCX_BOUNCE_TSO_MAX + 66 };
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	tx = open_queue(interface, 128, 37);
	for (i = 0; i < 3 * ARRAY_SIZE(lengths); i++) {
		const u32 length = lengths[i % ARRAY_SIZE(lengths)];

		interface->tx_returns = 0;
		netcx_kunit_xmit(interface, shifted_skb(interface, 1, length, 0, 0), false);
		expect_bounced(test, tx, i % 64, i % 64, 1, length);
		memset(tx_address(tx, i % 64), 0xff, 37);
		interface->tx_returns = 1;
		netcx_kunit_tx_poll(interface);
	}
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 0ull);
}

/* The MTU grows while the queue is open: what its pools were not made for is dropped. */
static void bounce_mtu_grows(struct kunit *test)
{
	const u32 large = NETCX_BOUNCE_TSO_MAX + 4096;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	interface->adapter.mtu = ETH_DATA_LEN;
	tx = open_queue(interface, 4, 10);
	KUNIT_EXPECT_FALSE(test, netcx_bounce_is_outgrown(tx));

	interface->adapter.mtu = large;
	interface->netdev->max_mtu = large;
	KUNIT_EXPECT_TRUE(test, netcx_bounce_is_outgrown(tx));
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, large, 0, 0), false);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, ETH_FRAME_LEN, 0, 0), false);
	expect_bounced(test, tx, 0, 0, 0, ETH_FRAME_LEN);

	netcx_kunit_tx_close(interface);
	tx = open_queue(interface, 4, 10);
	KUNIT_EXPECT_FALSE(test, netcx_bounce_is_outgrown(tx));
	netcx_kunit_xmit(interface, shifted_skb(interface, 0, large, 0, 0), false);
	expect_bounced(test, tx, 0, 0, 0, large);
}

struct bounce_failure {
	const char *name;
	enum netcx_kunit_fault fault;
};

static const struct bounce_failure bounce_failures[] = {
	{ "no memory", NETCX_KUNIT_DMA_POOL_ALLOC },
	{ "cannot be read", NETCX_KUNIT_COPY_BITS },
};

static void bounce_failure_name(const struct bounce_failure *failure, char *name)
{
	strscpy(name, failure->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(bounce_failure, bounce_failures, bounce_failure_name);

/* The packet is dropped and counted, nothing of it stays, and the next one takes its place. */
static void bounce_fails(struct kunit *test)
{
	const struct bounce_failure *failure = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	tx = open_queue(interface, 4, 4);
	netcx_kunit_fail(failure->fault, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, shifted_skb(interface, 1, 99, 1, 50),
					       false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.linearized), 0ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 0u);
	KUNIT_EXPECT_EQ(test, tx->q->fragments->EndIndex, 0u);
	KUNIT_EXPECT_EQ(test, tx->fragments_free, 63u);

	netcx_kunit_xmit(interface, shifted_skb(interface, 1, 99, 1, 50), false);
	expect_bounced(test, tx, 0, 0, 1, 149);
}

static void bounce_fails_without_dma(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = open_queue(interface, 4, 4);

	netcx_kunit_fail(NETCX_KUNIT_KMALLOC, 0, 1);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, 99, 1, 50), false);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	netcx_kunit_xmit(interface, shifted_skb(interface, 1, 99, 1, 50), false);
	expect_bounced(test, tx, 0, 0, 1, 149);
}

/* What the client has not returned is freed with the queue. */
static void bounce_close_frees_copies(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	tx = open_queue(interface, 1, 2);
	for (i = 0; i < 10; i++)
		netcx_kunit_xmit(interface, shifted_skb(interface, 0, 100, 0, 0), false);
	interface->tx_returns = 4;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 6);
	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, interface->freed, 10u);
	KUNIT_EXPECT_PTR_EQ(test, (void *)tx->bounces, NULL);
}

static void bounce_open_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = open_queue(interface, 4, 0);

	netcx_kunit_tx_close(interface);
	netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_bounce_open(tx, &interface->adapter, 64), -ENOMEM);
	KUNIT_EXPECT_PTR_EQ(test, (void *)tx->bounces, NULL);
	/* Closing it is allowed all the same. */
	netcx_bounce_close(tx);
}

static void bounce_open_without_pools(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	netcx_kunit_use_dma(interface);
	tx = open_queue(interface, 4, 0);
	for (i = 0; i <= NETCX_BOUNCE_POOLS; i++) {
		netcx_bounce_close(tx);
		if (i < NETCX_BOUNCE_POOLS)
			netcx_kunit_fail(NETCX_KUNIT_DMA_POOL_CREATE, i, 1);
		else
			netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, 0, 1);
		KUNIT_EXPECT_EQ(test, netcx_bounce_open(tx, &interface->adapter, 64), -ENOMEM);
		KUNIT_EXPECT_PTR_EQ(test, (void *)tx->bounces, NULL);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_pools, 0);
	}
}

static struct kunit_case bounce_cases[] = {
	KUNIT_CASE_PARAM(bounce_if_needed, demand_gen_params),
	KUNIT_CASE(bounce_lengths),
	KUNIT_CASE(bounce_pieces_of_a_byte),
	KUNIT_CASE(bounce_too_many_pieces),
	KUNIT_CASE(bounce_in_one_piece),
	KUNIT_CASE(bounce_small_packets),
	KUNIT_CASE(bounce_short_is_padded),
	KUNIT_CASE(bounce_wraps),
	KUNIT_CASE(bounce_is_coherent),
	KUNIT_CASE(bounce_header_reaches_the_device),
	KUNIT_CASE(bounce_lengths_of_dma),
	KUNIT_CASE(bounce_mtu_grows),
	KUNIT_CASE_PARAM(bounce_fails, bounce_failure_gen_params),
	KUNIT_CASE(bounce_fails_without_dma),
	KUNIT_CASE(bounce_close_frees_copies),
	KUNIT_CASE(bounce_open_without_memory),
	KUNIT_CASE(bounce_open_without_pools),
	{}
};

static struct kunit_suite bounce_suite = {
	.name = "netcx_tx_bounce",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = bounce_cases,
};

kunit_test_suite(bounce_suite);

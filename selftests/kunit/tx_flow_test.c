// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of sent packets: batches, a full ring, completion and its accounts, and a client that
 * returns what it does not have.
 */
#include "../../module/linux/datapath/tx_xsk.h"

#include "skbs.h"

/* What BQL believes to be on its way, in bytes. */
static u32 flow_in_flight(struct kunit *test, const struct netcx_tx_queue *tx)
{
#ifdef CONFIG_BQL
	return tx->nq->dql.num_queued - tx->nq->dql.num_completed;
#else
	kunit_skip(test, "this kernel has no BQL");
	return 0;
#endif
}

static u32 flow_owned(const NET_RING *ring)
{
	return NetRingGetRangeCount(ring, ring->BeginIndex, ring->EndIndex);
}

/* Is the queue stopped for want of room? */
static bool flow_stopped(const struct netcx_tx_queue *tx)
{
	return netif_tx_queue_stopped(tx->nq);
}

static void flow_batch_is_one_advance(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	int i;

	interface->tx_returns = 0;
	for (i = 0; i < 31; i++) {
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), true);
		KUNIT_EXPECT_EQ(test, interface->tx_advances, 0u);
	}
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 32u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.doorbells), 1ull);
}

/* The stack promises another packet, but it is the driver that has no room for it. */
static void flow_full_ring_ends_a_batch(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 sent = 0;

	interface->adapter.tx.MaximumNumberOfFragments = 2;
	tx = netcx_kunit_tx_open(interface, 16);
	interface->tx_returns = 0;
	while (!flow_stopped(tx) && sent < 100) {
		KUNIT_EXPECT_EQ(test, interface->tx_advances, 0u);
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), true);
		sent++;
	}
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, sent);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.stopped), 1ull);
}

/* The last packet of a batch does not make it into the ring; the others go all the same. */
static void flow_batch_ends_with_a_drop(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), true);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), true);
	netcx_kunit_fail(NETCX_KUNIT_PAD, 0, 1);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 50, 0, 0), false);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 2u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
}

/* The notification is asked for before the packets go, and once; when it came, NAPI is to look. */
static void flow_napi_watches_what_the_client_owns(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	WRITE_ONCE(interface->tx_queue.os, &interface->channel);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), true);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 0u);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);
	KUNIT_EXPECT_TRUE(test, tx->watched);
	KUNIT_EXPECT_FALSE(test, interface->scheduled);

	interface->tx_returns = 1;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);
	KUNIT_EXPECT_TRUE(test, interface->scheduled);
}

/* The ring holds N - 1 packets, and never more. */
static void flow_single_fragments_fill_the_ring(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 sent = 0;

	interface->adapter.tx.MaximumNumberOfFragments = 1;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	while (!flow_stopped(tx) && sent < 100) {
		KUNIT_EXPECT_EQ(test,
				netcx_kunit_xmit(interface,
						 netcx_kunit_skb(interface, 60, 0, 0), false),
				NETDEV_TX_OK);
		sent++;
	}
	KUNIT_EXPECT_EQ(test, sent, 63u);
	KUNIT_EXPECT_EQ(test, flow_owned(tx->q->packets), 63u);
	KUNIT_EXPECT_EQ(test, flow_owned(tx->q->fragments), 63u);
}

/* What was returned is completed in batches when NAPI does not come. */
static void flow_returned_packets_are_completed_in_batches(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	u32 i;

#ifdef CONFIG_BQL
	/* It would stop a queue that it does not know yet, and that completes at once. */
	tx->nq->dql.limit = UINT_MAX / 2;
	tx->nq->dql.adj_limit = UINT_MAX / 2;
#endif
	for (i = 0; i < 40; i++) {
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
		KUNIT_EXPECT_EQ(test, tx->q->packets->BeginIndex, i + 1);
		KUNIT_EXPECT_EQ(test, interface->freed, (i + 1) / 16 * 16);
	}
}

static void flow_full_ring_stops_and_wakes(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	struct sk_buff *refused;
	u32 sent = 0;

	interface->adapter.tx.MaximumNumberOfFragments = 3;
	tx = netcx_kunit_tx_open(interface, 16);
	interface->tx_returns = 0;
	while (!flow_stopped(tx) && sent < 100) {
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 1, 60), false);
		sent++;
	}
	/* 6 packets of 2 leave 3 of 15 slots, enough for the largest packet; 7 leave too few. */
	KUNIT_EXPECT_EQ(test, sent, 7u);
	KUNIT_EXPECT_EQ(test, flow_owned(tx->q->fragments), 14u);
	KUNIT_EXPECT_EQ(test, interface->freed, 0u);

	/* The stack should not come now; if it does, it keeps its skb. */
	refused = netcx_kunit_skb(interface, 60, 1, 60);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, refused, false), NETDEV_TX_BUSY);
	KUNIT_EXPECT_EQ(test, interface->freed, 0u);
	KUNIT_EXPECT_EQ(test, flow_owned(tx->q->packets), 7u);
	kfree_skb(refused);
	interface->freed = 0;

	/* One packet back: room for 3, but too little to be worth waking for. */
	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_TRUE(test, flow_stopped(tx));

	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 2u);
	KUNIT_EXPECT_FALSE(test, flow_stopped(tx));

	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 2, 60),
					       false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, flow_owned(tx->q->packets), 6u);
}

/*
 * AF_XDP found no room, and all that filled the ring is completed in the same poll: of that nobody
 * will be notified, so there has to be another one.
 */
static void flow_sockets_are_polled_again(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	bool more;
	int i;

	interface->adapter.tx.MaximumNumberOfFragments = 1;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	for (i = 0; i < 63; i++)
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_ASSERT_EQ(test, tx->fragments_free, 0u);

	/* No descriptor can be taken, so any pool will do. */
	tx->xsk = (void *)interface;
	interface->tx_returns = UINT_MAX;
	local_bh_disable();
	__netif_tx_lock(tx->nq, smp_processor_id());
	more = netcx_xsk_poll(tx, NAPI_POLL_WEIGHT);
	__netif_tx_unlock(tx->nq);
	local_bh_enable();
	tx->xsk = NULL;
	KUNIT_EXPECT_EQ(test, tx->fragments_free, 63u);
	KUNIT_EXPECT_TRUE(test, more);
}

/* A queue that was stopped is woken when there is a link again, not before. */
static void flow_waits_for_a_link(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	netif_carrier_off(interface->netdev);
	netif_tx_stop_queue(tx->nq);
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_TRUE(test, flow_stopped(tx));
	netif_carrier_on(interface->netdev);
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_FALSE(test, flow_stopped(tx));
}

/* The client returns packets but keeps their fragments: their slots are not used again. */
static void flow_room_follows_the_slower_ring(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 kept;
	u32 sent = 0;

	interface->adapter.tx.MaximumNumberOfFragments = 1;
	tx = netcx_kunit_tx_open(interface, 16);
	interface->tx_returns = 0;
	while (!flow_stopped(tx) && sent < 100) {
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
		sent++;
	}
	kept = tx->q->fragments->BeginIndex;
	interface->tx_returns = UINT_MAX;
	tx->q->advance(tx->q->handle);
	tx->q->fragments->BeginIndex = kept;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, sent);
	KUNIT_EXPECT_EQ(test, tx->fragments_free, 0u);
	KUNIT_EXPECT_TRUE(test, flow_stopped(tx));
}

static void flow_completion_settles_accounts(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	const NET_RING *pr = tx->q->packets;

	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 100, 0, 0), false);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 100, 2, 400), false);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 1514, 0, 0), false);
	KUNIT_EXPECT_EQ(test, flow_in_flight(test, tx), 100u + 900 + 1514);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 0ull);

	interface->tx_returns = 2;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 2u);
	KUNIT_EXPECT_EQ(test, pr->OSReserved0, 2u);
	KUNIT_EXPECT_EQ(test, flow_in_flight(test, tx), 1514u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 2ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.bytes), 1000ull);

	interface->tx_returns = 1;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 3u);
	KUNIT_EXPECT_EQ(test, flow_in_flight(test, tx), 0u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 3ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.bytes), 2514ull);
	KUNIT_EXPECT_EQ(test, tx->fragments_free, 63u);
}

/* A segmented packet counts as what goes over the wire: every segment with its headers. */
static void flow_segments_count_as_on_the_wire(struct kunit *test)
{
	const struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.options4 = 12,
		.payload = 4000,
		.mss = 1448,
	};
	const u32 headers = ETH_HLEN + 20 + 32;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	struct sk_buff *skb;
	int i;

	for (i = 0; i < 2; i++) {
		interface->tx_returns = 0;
		skb = netcx_kunit_segment_skb(interface, &segment);
		/* A virtual machine's has not been counted. */
		if (i)
			skb_shinfo(skb)->gso_segs = 0;
		netcx_kunit_xmit(interface, skb, false);
		KUNIT_EXPECT_EQ(test, flow_in_flight(test, tx), 4000 + 3 * headers);
		interface->tx_returns = 1;
		netcx_kunit_tx_poll(interface);
		KUNIT_EXPECT_EQ(test, flow_in_flight(test, tx), 0u);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), (i + 1) * 3ull);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.bytes),
				(i + 1) * (4000ull + 3 * headers));
	}
}

/* What the client returns after Cancel, or not at all, was not sent. */
static void flow_what_was_not_sent_counts_as_dropped(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	unsigned int i;

	interface->tx_returns = 0;
	for (i = 0; i < 6; i++)
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 100, 0, 0), i < 5);
	/* The last look before Cancel. */
	interface->tx_returns = 2;
	netcx_kunit_tx_poll(interface);
	interface->tx_returns = 3;
	tx->q->advance(tx->q->handle);
	KUNIT_EXPECT_EQ(test, interface->freed, 2u);
	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 6u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 2ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.bytes), 200ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 4ull);
}

/* A sender that the stack knows nothing of finds a queue that is complete, or none. */
static void flow_closed_queue_takes_nothing(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = &interface->channel.tx_storage;
	struct sk_buff *skb = netcx_kunit_skb(interface, 60, 0, 0);
	int i;

	netcx_tx_init(tx, netdev_get_tx_queue(interface->netdev, 0));
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_BUSY);
	for (i = 0; i < 2; i++) {
		netcx_kunit_tx_open(interface, 64);
		netcx_kunit_tx_close(interface);
		KUNIT_EXPECT_PTR_EQ(test, (void *)tx->q, NULL);
		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_BUSY);
		netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, 0, 1);
		KUNIT_EXPECT_EQ(test, netcx_tx_open(tx, &interface->channel, &interface->tx_queue),
				-ENOMEM);
		KUNIT_EXPECT_PTR_EQ(test, (void *)tx->q, NULL);
		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_BUSY);
	}
	kfree_skb(skb);
}

/* Advance is not called for a client that owns nothing. */
static void flow_idle_client_is_left_alone(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_tx_open(interface, 64);
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 0u);
}

static void flow_close_frees_what_was_not_returned(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	struct netdev_queue *nq;
	int i;

	netcx_kunit_use_dma(interface);
	tx = netcx_kunit_tx_open(interface, 64);
	nq = tx->nq;
	interface->tx_returns = 3;
	for (i = 0; i < 8; i++)
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 2, 100), true);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 2, 100), false);
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 3u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 18);

	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 9u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_FALSE(test, netif_xmit_stopped(nq));
}

/* A BeginIndex that a client must not leave, with 4 packets owned of a ring of 64 at [60, 0). */
struct flow_misdeed {
	const char *name;
	bool fragment_ring;
	u32 begin;
};

static const struct flow_misdeed flow_misdeeds[] = {
	{ "packet ring, past the end of the array", false, 64 },
	{ "packet ring, all ones", false, U32_MAX },
	{ "packet ring, one past EndIndex", false, 1 },
	{ "packet ring, one back", false, 59 },
	{ "fragment ring, past the end of the array", true, 64 },
	{ "fragment ring, all ones", true, U32_MAX },
};

static void flow_misdeed_name(const struct flow_misdeed *misdeed, char *name)
{
	strscpy(name, misdeed->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(flow_misdeed, flow_misdeeds, flow_misdeed_name);

static void flow_send(struct netcx_kunit_interface *interface, int packets)
{
	while (packets--)
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
}

static const struct flow_misdeed *flow_misdeed;

static void flow_misbehave(NETPACKETQUEUE queue)
{
	struct netcx_kunit_interface *interface = (void *)queue;
	NET_RING *pr = interface->tx_queue.packets;
	NET_RING *fr = interface->tx_queue.fragments;

	interface->tx_advances++;
	if (flow_misdeed->fragment_ring) {
		/* A packet in order, so that there is something to complete. */
		pr->BeginIndex = NetRingIncrementIndex(pr, pr->BeginIndex);
		fr->BeginIndex = flow_misdeed->begin;
	} else {
		pr->BeginIndex = flow_misdeed->begin;
	}
}

/* No crash, no packet freed that was not returned, no more calls: the queue waits for its reset. */
static void flow_begin_index_out_of_range(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	u32 freed;

	flow_send(interface, 60);
	netcx_kunit_tx_poll(interface);
	interface->tx_returns = 0;
	flow_send(interface, 4);
	freed = interface->freed;
	KUNIT_ASSERT_EQ(test, freed, 60u);
	KUNIT_ASSERT_EQ(test, tx->q->packets->BeginIndex, 60u);
	KUNIT_ASSERT_EQ(test, tx->q->packets->EndIndex, 0u);

	flow_misdeed = test->param_value;
	interface->tx_queue.advance = flow_misbehave;
	interface->tx_advances = 0;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_TRUE(test, tx->broken);
	KUNIT_EXPECT_TRUE(test, flow_stopped(tx));
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->freed, freed + flow_misdeed->fragment_ring);

	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	KUNIT_EXPECT_TRUE(test, flow_stopped(tx));

	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 64u);
}

static struct kunit_case flow_cases[] = {
	KUNIT_CASE(flow_batch_is_one_advance),
	KUNIT_CASE(flow_full_ring_ends_a_batch),
	KUNIT_CASE(flow_batch_ends_with_a_drop),
	KUNIT_CASE(flow_napi_watches_what_the_client_owns),
	KUNIT_CASE(flow_single_fragments_fill_the_ring),
	KUNIT_CASE(flow_returned_packets_are_completed_in_batches),
	KUNIT_CASE(flow_full_ring_stops_and_wakes),
	KUNIT_CASE(flow_sockets_are_polled_again),
	KUNIT_CASE(flow_waits_for_a_link),
	KUNIT_CASE(flow_room_follows_the_slower_ring),
	KUNIT_CASE(flow_completion_settles_accounts),
	KUNIT_CASE(flow_segments_count_as_on_the_wire),
	KUNIT_CASE(flow_what_was_not_sent_counts_as_dropped),
	KUNIT_CASE(flow_closed_queue_takes_nothing),
	KUNIT_CASE(flow_idle_client_is_left_alone),
	KUNIT_CASE(flow_close_frees_what_was_not_returned),
	KUNIT_CASE_PARAM(flow_begin_index_out_of_range, flow_misdeed_gen_params),
	{}
};

static struct kunit_suite flow_suite = {
	.name = "netcx_tx_flow",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = flow_cases,
};

kunit_test_suite(flow_suite);

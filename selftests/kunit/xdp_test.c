// SPDX-License-Identifier: GPL-2.0-only
/* Programs over received packets: what each verdict does to the packet and to its pages. */
#include "programs.h"

#include "../../module/linux/datapath/xdp.h"
#include "../../module/linux/datapath/xdp_tx.h"

static u32 program_runs;

static u32 program_pass(struct xdp_buff *xdp)
{
	program_runs++;
	return XDP_PASS;
}

static u32 program_drop(struct xdp_buff *xdp)
{
	program_runs++;
	return XDP_DROP;
}

static u32 program_aborted(struct xdp_buff *xdp)
{
	return XDP_ABORTED;
}

static u32 program_tx(struct xdp_buff *xdp)
{
	return XDP_TX;
}

static u32 program_redirect(struct xdp_buff *xdp)
{
	return XDP_REDIRECT;
}

static u32 program_redirects_first(struct xdp_buff *xdp)
{
	return program_runs++ ? XDP_PASS : XDP_REDIRECT;
}

/* Takes the first 4 bytes away and puts 8 of metadata before the rest. */
static u32 program_shortens(struct xdp_buff *xdp)
{
	xdp->data += 4;
	xdp->data_meta = xdp->data - 8;
	memset(xdp->data_meta, 0x5a, 8);
	xdp->data_end -= 10;
	return XDP_PASS;
}

/* Leaves no room for a frame's description. */
static u32 program_fills_headroom(struct xdp_buff *xdp)
{
	xdp->data = xdp->data_hard_start;
	xdp->data_meta = xdp->data;
	return XDP_TX;
}

/* As bpf_xdp_adjust_tail() does when the last fragment goes. */
static u32 program_drops_last_page(struct xdp_buff *xdp)
{
	struct skb_shared_info *shinfo = xdp_get_shared_info_from_buff(xdp);
	skb_frag_t *last = &shinfo->frags[--shinfo->nr_frags];

	shinfo->xdp_frags_size -= skb_frag_size(last);
	page_pool_put_full_page(skb_frag_page(last)->pp, skb_frag_page(last), false);
	if (!shinfo->nr_frags)
		xdp_buff_clear_frags_flag(xdp);
	return XDP_PASS;
}

static struct netcx_rx_queue *xdp_open(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;

	program_runs = 0;
	netcx_kunit_use_dma(interface);
	netcx_kunit_tx_open(interface, 64);
	rx = netcx_kunit_rx_open(interface, 64, 2048);
	netcx_kunit_rx_refill(interface);
	return rx;
}

static void xdp_drop(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);
	u32 round, i;

	netcx_kunit_attach(interface, program_drop, false);
	for (round = 0; round < 5; round++) {
		for (i = 0; i < 20; i++)
			netcx_kunit_receive_packet(interface, 1, 60 + i);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 20);
		KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
		netcx_kunit_expect_full(interface);
	}
	KUNIT_EXPECT_EQ(test, program_runs, 100u);
	/* Each slot got its buffer once, a third of a page, and that was mapped once. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 22u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 64u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 64);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_drop), 100ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 100ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.bytes), 5 * (20 * 60 + 190ull));
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

static void xdp_pass(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);
	struct sk_buff *skb;

	netcx_kunit_attach(interface, program_pass, false);
	netcx_kunit_rx_fragment(interface, 0)->Offset = 2;
	netcx_kunit_receive_packet(interface, 1, 1514);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	skb = netcx_kunit_expect_received(interface, 1514);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_TRUE(test, skb->pp_recycle);
	kfree_skb(skb);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 62u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 62);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_pass), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
}

static void xdp_pass_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);

	netcx_kunit_attach(interface, program_pass, true);
	netcx_kunit_fail(NETCX_KUNIT_BUILD_SKB, 0, 2);
	netcx_kunit_receive_packet(interface, 1, 200);
	netcx_kunit_receive_packet(interface, 3, 200);
	netcx_kunit_receive_packet(interface, 1, 200);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 3);
	kfree_skb(netcx_kunit_expect_received(interface, 200));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.no_memory), 2ull);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_full(interface);
}

static void xdp_pass_what_the_program_made_of_it(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	xdp_open(test);
	netcx_kunit_attach(interface, program_shortens, false);
	netcx_kunit_receive_packet(interface, 1, 200);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	skb = skb_dequeue(&interface->received);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, skb->len, 200u - 4 - 10 - ETH_HLEN);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(skb->data, 4 + ETH_HLEN, skb->len));
	KUNIT_EXPECT_EQ(test, skb_metadata_len(skb), 8);
	kfree_skb(skb);
}

static void xdp_exceptions(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);

	netcx_kunit_attach(interface, program_aborted, true);
	netcx_kunit_receive_packet(interface, 1, 200);
	netcx_kunit_receive_packet(interface, 2, 200);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_errors), 2ull);

	/* Nowhere to go. */
	netcx_kunit_attach(interface, program_redirect, true);
	netcx_kunit_receive_packet(interface, 1, 200);
	netcx_kunit_receive_packet(interface, 2, 200);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_errors), 4ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 4ull);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

/*
 * Where a redirected packet has to be copied, any of its fragments may be the one that there is no
 * memory for: then it is lost, and neither what was copied nor what was not stays behind.
 */
static void xdp_redirect_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);
	u32 failing;

	netcx_kunit_attach(interface, program_redirect, true);
	for (failing = 0; failing < 4; failing++) {
		netcx_kunit_receive_packet(interface, 4, 700);
		netcx_kunit_fail(NETCX_KUNIT_FRAG, failing, 1);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
#ifdef NETCX_HAVE_XDP_RELEASE_FRAME
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.failures[NETCX_KUNIT_FRAG], 0u);
#endif
		netcx_kunit_fail(NETCX_KUNIT_FRAG, 0, 0);
		KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_errors), failing + 1ull);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.frags, 0);
		netcx_kunit_rx_refill(interface);
		netcx_kunit_expect_full(interface);
	}
}

/* After a packet that may have been copied comes one that is where it was received. */
static void xdp_pass_after_redirect(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	xdp_open(test);
	netcx_kunit_attach(interface, program_redirects_first, true);
	netcx_kunit_receive_packet(interface, 2, 700);
	netcx_kunit_receive_packet(interface, 2, 700);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.frags, 0);
	skb = netcx_kunit_expect_received(interface, 1400);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->nr_frags, 1u);
	kfree_skb(skb);
}

static void xdp_fragments_pass(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);
	u32 count;

	netcx_kunit_attach(interface, program_pass, true);
	for (count = 2; count <= MAX_SKB_FRAGS + 1; count++) {
		struct sk_buff *skb;

		netcx_kunit_receive_packet(interface, count, 700);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, 700 * count);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->nr_frags, count - 1);
		KUNIT_EXPECT_GE(test, skb->truesize, count * rx->truesize);
		kfree_skb(skb);
		netcx_kunit_rx_refill(interface);
	}
}

/* Down to none, which makes it a packet of one buffer. */
static void xdp_fragments_freed_by_the_program(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 count;

	xdp_open(test);
	netcx_kunit_attach(interface, program_drops_last_page, true);
	for (count = 2; count <= 4; count++) {
		netcx_kunit_receive_packet(interface, count, 700);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		kfree_skb(netcx_kunit_expect_received(interface, 700 * (count - 1)));
	}
}

static void xdp_fragments_drop(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);

	netcx_kunit_attach(interface, program_drop, true);
	netcx_kunit_receive_packet(interface, 5, 700);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_drop), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.bytes), 3500ull);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

/* The program is not asked, and the pages stay. */
static void xdp_fragments_for_a_program_without(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);

	netcx_kunit_attach(interface, program_pass, false);
	netcx_kunit_receive_packet(interface, 2, 700);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	KUNIT_EXPECT_EQ(test, program_runs, 0u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 63u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_errors), 1ull);
}

static void xdp_tx(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);
	struct netcx_tx_queue *tx = interface->channel.tx;
	u32 i;

	netcx_kunit_attach(interface, program_tx, true);
	interface->tx_returns = 0;
	for (i = 0; i < 20; i++)
		netcx_kunit_receive_packet(interface, 1, 100 + i);
	netcx_kunit_receive_packet(interface, 3, 700);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 21);

	/* All in one go, but for the lock; nothing for BQL. */
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 21u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_tx), 21ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_frames), 21ull);
	KUNIT_EXPECT_FALSE(test, netif_xmit_stopped(tx->nq));
	for (i = 0; i < 20; i++) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx->q->fragments, i);

		KUNIT_EXPECT_EQ(test, (u32)fragment->ValidLength, 100 + i);
	}
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 21, 700, 700));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 22, 1400, 700));
	/* What left the rx ring is mapped for the tx ring. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 63);

	interface->tx_returns = UINT_MAX;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 21ull);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 63 - 23);
}

/* More than the tx ring takes: lost, but not their pages. */
static void xdp_tx_without_room(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);
	struct netcx_tx_queue *tx = interface->channel.tx;
	u32 round, i;

	netcx_kunit_attach(interface, program_tx, true);
	interface->tx_returns = 0;
	for (round = 0; round < 4; round++) {
		for (i = 0; i < 30; i++)
			netcx_kunit_receive_packet(interface, 1, 100);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 30);
		netcx_kunit_rx_refill(interface);
	}
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_tx), 120ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_frames) +
			u64_stats_read(&tx->stats.xdp_dropped), 120ull);
	KUNIT_EXPECT_GT(test, u64_stats_read(&tx->stats.xdp_dropped), 50ull);
	/* Closing the queues frees the rest. */
}

static void xdp_tx_without_headroom(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = xdp_open(test);

	netcx_kunit_attach(interface, program_fills_headroom, true);
	netcx_kunit_receive_packet(interface, 1, 100);
	netcx_kunit_receive_packet(interface, 2, 100);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.xdp_errors), 2ull);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

static void xdp_tx_that_cannot_be_mapped(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 failing;

	xdp_open(test);
	netcx_kunit_attach(interface, program_tx, true);
	for (failing = 0; failing < 3; failing++) {
		netcx_kunit_fail(NETCX_KUNIT_DMA_MAP, failing, 1);
		netcx_kunit_receive_packet(interface, 3, 700);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 63 - 3 * (1 + (int)failing));
	}
	KUNIT_EXPECT_EQ(test, u64_stats_read(&interface->channel.tx->stats.xdp_dropped), 3ull);
	netcx_kunit_rx_refill(interface);
	netcx_kunit_expect_full(interface);
}

static void xdp_open_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 64, 2048);

	netcx_kunit_rx_close(interface);
	netcx_kunit_fail(NETCX_KUNIT_MEM_MODEL, 0, 1);
	KUNIT_EXPECT_EQ(test, netcx_rx_open(rx, channel, &interface->rx_queue), -ENOMEM);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pools, 0);
	KUNIT_EXPECT_FALSE(test, xdp_rxq_info_is_reg(&rx->xdp_rxq));
}

static struct kunit_case xdp_cases[] = {
	KUNIT_CASE(xdp_drop),
	KUNIT_CASE(xdp_pass),
	KUNIT_CASE(xdp_pass_without_memory),
	KUNIT_CASE(xdp_pass_what_the_program_made_of_it),
	KUNIT_CASE(xdp_exceptions),
	KUNIT_CASE(xdp_redirect_without_memory),
	KUNIT_CASE(xdp_pass_after_redirect),
	KUNIT_CASE(xdp_fragments_pass),
	KUNIT_CASE(xdp_fragments_freed_by_the_program),
	KUNIT_CASE(xdp_fragments_drop),
	KUNIT_CASE(xdp_fragments_for_a_program_without),
	KUNIT_CASE(xdp_tx),
	KUNIT_CASE(xdp_tx_without_room),
	KUNIT_CASE(xdp_tx_without_headroom),
	KUNIT_CASE(xdp_tx_that_cannot_be_mapped),
	KUNIT_CASE(xdp_open_without_memory),
	{}
};

static struct kunit_suite xdp_suite = {
	.name = "netcx_xdp",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = xdp_cases,
};

kunit_test_suite(xdp_suite);

// SPDX-License-Identifier: GPL-2.0-only
/* Frames that other devices' programs redirect here. */
#include "programs.h"

#include "../../module/linux/datapath/xdp.h"
#include "../../module/linux/datapath/xdp_tx.h"

static struct netcx_tx_queue *xmit_open(struct kunit *test, u32 elements)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	netcx_kunit_use_dma(interface);
	tx = netcx_kunit_tx_open(interface, elements);
	interface->nd->running = true;
	return tx;
}

static void xmit_frames(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = xmit_open(test, 64);
	struct xdp_frame *frames[] = {
		netcx_kunit_frame(interface, 60, 0, 0),
		netcx_kunit_frame(interface, 1514, 0, 0),
		netcx_kunit_frame(interface, 1000, 3, 600),
	};
	const NET_PACKET *packet;

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, frames, 3), 3);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 3u);
	packet = NetRingGetPacketAtIndex(tx->q->packets, 2);
	KUNIT_EXPECT_EQ(test, packet->FragmentIndex, 2u);
	KUNIT_EXPECT_EQ(test, (u32)packet->FragmentCount, 4u);
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer2Type, (u32)NetPacketLayer2TypeEthernet);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 0, 0, 60));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 1, 0, 1514));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 2, 0, 1000));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 5, 2200, 600));
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 6);

	interface->tx_returns = UINT_MAX;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 3ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.bytes), 60 + 1514 + 2800ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_frames), 3ull);
}

/* Frames and skbs in turn, many times around the ring; BQL counts the skbs only. */
static void xmit_between_skbs(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = xmit_open(test, 64);
	u32 i;

	interface->tx_returns = 0;
	for (i = 0; i < 200; i++) {
		struct xdp_frame *frame = netcx_kunit_frame(interface, 100 + i, i % 3, 300);

		KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), 1);
		KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface,
						       netcx_kunit_skb(interface, 66, i % 4, 300),
						       false), NETDEV_TX_OK);
		interface->tx_returns = 1 + i % 3;
		netcx_kunit_tx_poll(interface);
	}
	interface->tx_returns = UINT_MAX;
	netcx_kunit_tx_poll(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 200u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 400ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_frames), 200ull);
#ifdef CONFIG_BQL
	KUNIT_EXPECT_EQ(test, tx->nq->dql.num_queued, tx->nq->dql.num_completed);
#endif
}

/* What does not fit is the caller's again, and the stack need not wait for that. */
static void xmit_without_room(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = xmit_open(test, 64);
	struct xdp_frame *frames[64];
	u32 i;
	int sent;

	for (i = 0; i < ARRAY_SIZE(frames); i++)
		frames[i] = netcx_kunit_frame(interface, 200, 0, 0);
	interface->tx_returns = 0;
	sent = netcx_kunit_xdp_xmit(interface, frames, ARRAY_SIZE(frames));
	KUNIT_EXPECT_EQ(test, sent, 63 - tx->wake_fragments);
	KUNIT_EXPECT_FALSE(test, netif_tx_queue_stopped(tx->nq));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_dropped), (u64)(64 - sent));
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 3, 60),
					       false), NETDEV_TX_OK);
}

/* Every poll finishes some packets, and more frames come than that: the stack has its share. */
static void xmit_leaves_room_for_the_stack(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 by_the_stack = 0, round, i;
	struct xdp_frame *frames[16];
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 2;
	tx = xmit_open(test, 64);
	interface->tx_returns = 0;
	for (round = 0; round < 50; round++) {
		while (!netif_tx_queue_stopped(tx->nq) && by_the_stack < 1000) {
			netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
			by_the_stack++;
		}
		for (i = 0; i < ARRAY_SIZE(frames); i++)
			frames[i] = netcx_kunit_frame(interface, 200, 0, 0);
		interface->tx_returns = 4;
		netcx_kunit_tx_poll(interface);
		netcx_kunit_xdp_xmit(interface, frames, ARRAY_SIZE(frames));
	}
	/* The ring, when it was empty, and a good part of 50 times 4. */
	KUNIT_EXPECT_GT(test, by_the_stack, 62 + 50u);
	KUNIT_EXPECT_LT(test, by_the_stack, 62 + 50u * 4);
}

static void xmit_short_is_padded(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct xdp_frame *frame = netcx_kunit_frame(interface, 60, 0, 0);
	void *data = frame->data;

	xmit_open(test, 64);
	frame->len = 20;
	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), 1);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_matches(data, 0, 20));
	KUNIT_EXPECT_EQ(test, (u32)NetRingGetFragmentAtIndex(interface->tx_queue.fragments,
							     0)->ValidLength, (u32)ETH_ZLEN);
	KUNIT_EXPECT_NULL(test, memchr_inv(data + 20, 0, ETH_ZLEN - 20));
}

static void xmit_too_many_fragments(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct xdp_frame *frame = netcx_kunit_frame(interface, 200, 4, 100);
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 4;
	tx = xmit_open(test, 64);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), 1);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_dropped), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_frames), 0ull);
	frame = netcx_kunit_frame(interface, 200, 3, 100);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), 1);
}

/* A frame that cannot be sent does not keep the others of its batch from it. */
static void xmit_one_is_refused(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct xdp_frame *frames[] = {
		netcx_kunit_frame(interface, 100, 0, 0),
		netcx_kunit_frame(interface, 200, 4, 100),
		netcx_kunit_frame(interface, 101, 0, 0),
		netcx_kunit_frame(interface, 102, 3, 100),
	};
	struct netcx_tx_queue *tx;

	interface->adapter.tx.MaximumNumberOfFragments = 4;
	tx = xmit_open(test, 64);
	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, frames, 4), 4);
	KUNIT_EXPECT_EQ(test, interface->tx_posted, 3u);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 0, 0, 100));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 1, 0, 101));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_tx_matches(interface, 2, 0, 102));
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_frames), 3ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.xdp_dropped), 1ull);
}

static void xmit_when_it_is_down(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct xdp_frame *frame = netcx_kunit_frame(interface, 200, 0, 0);

	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), -ENETDOWN);
	xmit_open(test, 64);
	frame = netcx_kunit_frame(interface, 200, 0, 0);
	local_bh_disable();
	KUNIT_EXPECT_EQ(test, netcx_xdp_xmit(interface->netdev, 1, &frame, ~0u), -EINVAL);
	local_bh_enable();
	netif_carrier_off(interface->netdev);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), -ENETDOWN);
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 0u);
}

/* netpoll sends with interrupts off: what page_pools cannot take then waits for NAPI. */
static void xmit_completion_waits_for_interrupts(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = xmit_open(test, 64);
	struct xdp_frame *frame = netcx_kunit_frame(interface, 200, 0, 0);
	unsigned long flags;

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xdp_xmit(interface, &frame, 1), 1);
	interface->tx_returns = UINT_MAX;
	local_bh_disable();
	__netif_tx_lock(tx->nq, smp_processor_id());
	local_irq_save(flags);
	netcx_tx_service(tx, 0);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 1);
	KUNIT_EXPECT_TRUE(test, test_bit(NAPI_STATE_SCHED, &interface->channel.napi.state) ||
			  irq_work_is_pending(&interface->channel.kick));
	netcx_tx_service(tx, NAPI_POLL_WEIGHT);
	__netif_tx_unlock(tx->nq);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.packets), 1ull);
}

static struct kunit_case xmit_cases[] = {
	KUNIT_CASE(xmit_frames),
	KUNIT_CASE(xmit_between_skbs),
	KUNIT_CASE(xmit_without_room),
	KUNIT_CASE(xmit_leaves_room_for_the_stack),
	KUNIT_CASE(xmit_short_is_padded),
	KUNIT_CASE(xmit_too_many_fragments),
	KUNIT_CASE(xmit_one_is_refused),
	KUNIT_CASE(xmit_when_it_is_down),
	KUNIT_CASE(xmit_completion_waits_for_interrupts),
	{}
};

static struct kunit_suite xmit_suite = {
	.name = "netcx_xdp_xmit",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = xmit_cases,
};

kunit_test_suite(xmit_suite);

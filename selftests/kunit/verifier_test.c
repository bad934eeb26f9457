// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verifier mode under the translator: a good client's packets go through as without it, and a queue
 * whose client breaks a rule is left alone, with nothing lost but its packets.
 */
#include "receive.h"

/* What the client does at the end of its next Advance. */
static void (*verifier_spoil)(struct netcx_kunit_interface *interface);

static int verifier_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	verifier_spoil = NULL;
	/* For selftests/host/splats. */
	pr_info("netcx selftest: expect verifier\n");
	netcx_verifier_switch(&interface->device, true);
	return 0;
}

static void verifier_exit(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_verifier_switch(&interface->device, false);
	netcx_verifier_destroy(&interface->tx_queue);
	netcx_verifier_destroy(&interface->rx_queue);
	netcx_kunit_interface_exit(test);
	pr_info("netcx selftest: expect nothing\n");
}

/* Receives one packet of two fragments as clients have to: every field is written. */
static void verifier_receive(struct netcx_kunit_interface *interface)
{
	netcx_kunit_rx_packet(interface, 0)->Layout = (NET_PACKET_LAYOUT) {};
	netcx_kunit_rx_fragment(interface, 0)->Offset = 0;
	netcx_kunit_rx_fragment(interface, 1)->Offset = 0;
	netcx_kunit_receive_packet(interface, 2, 600);
	if (verifier_spoil)
		verifier_spoil(interface);
}

static void verifier_advance(struct netcx_kunit_interface *interface)
{
	netcx_kunit_rx_refill(interface);
	local_bh_disable();
	netcx_advance(&interface->rx_queue);
	local_bh_enable();
}

static void verifier_open_rx(struct netcx_kunit_interface *interface)
{
	netcx_kunit_rx_open(interface, 64, 2048);
	interface->rx_advance = verifier_receive;
	KUNIT_ASSERT_TRUE(interface->test, netcx_verifier_create(&interface->rx_queue, true));
}

static void verifier_good_rx_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	int i;

	verifier_open_rx(interface);
	for (i = 0; i < 200; i++) {
		struct sk_buff *skb;

		verifier_advance(interface);
		KUNIT_ASSERT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, 1200);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		kfree_skb(skb);
	}
	KUNIT_EXPECT_EQ(test, interface->halts, 0u);
	KUNIT_EXPECT_EQ(test, interface->device.fault.flags, 0ul);
}

static void verifier_spoil_count(struct netcx_kunit_interface *interface)
{
	const NET_RING *pr = interface->rx_queue.packets;
	const u32 last = NetRingAdvanceIndex(pr, pr->BeginIndex, -1);

	NetRingGetPacketAtIndex(pr, last)->FragmentCount = 0;
}

/* Nothing that came with the broken rule goes up the stack, and no buffer gets lost. */
static void verifier_bad_rx_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	const struct netcx_fault *fault = &interface->device.fault;

	verifier_open_rx(interface);
	verifier_advance(interface);
	verifier_spoil = verifier_spoil_count;
	verifier_advance(interface);
	KUNIT_EXPECT_EQ(test, interface->halts, 1u);
	KUNIT_EXPECT_TRUE(test, interface->channel.rx->broken);
	KUNIT_EXPECT_STREQ(test, netcx_verifier_rule_name(fault->rule),
			   "InvalidRingRxPacketFragmentCountZero");
	KUNIT_EXPECT_TRUE(test, fault->has_rings);
	KUNIT_EXPECT_EQ(test, fault->violation.element, 1u);
	KUNIT_EXPECT_NOT_NULL(test, strstr(fault->text, "netcx_kunit broke Invalid"));
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);

	/* It may go on. */
	verifier_advance(interface);
	KUNIT_EXPECT_EQ(test, interface->halts, 1u);
}

static void verifier_spoil_ring(struct netcx_kunit_interface *interface)
{
	NET_RING *fr = interface->rx_queue.fragments;

	fr->NumberOfElements = 0;
	fr->ElementIndexMask = U32_MAX;
	fr->ElementStride = 0;
	fr->EndIndex = U32_MAX;
}

/* The ring's geometry is what closing the queue goes by. */
static void verifier_overwritten_ring(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	verifier_open_rx(interface);
	verifier_spoil = verifier_spoil_ring;
	verifier_advance(interface);
	KUNIT_EXPECT_EQ(test, interface->halts, 1u);
	KUNIT_EXPECT_EQ(test, (int)interface->device.fault.rule,
			(int)netcx_rule_InvalidRingImmutable);
	KUNIT_EXPECT_EQ(test, interface->rx_queue.fragments->NumberOfElements, 64u);
	KUNIT_EXPECT_EQ(test, interface->rx_queue.fragments->EndIndex, 63u);
	netcx_kunit_rx_close(interface);
}

static void verifier_good_tx_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int i;

	netcx_kunit_tx_open(interface, 64);
	KUNIT_ASSERT_TRUE(test, netcx_verifier_create(&interface->tx_queue, true));
	for (i = 1; i <= 200; i++) {
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 100, i % 3, 500), false);
		netcx_kunit_tx_poll(interface);
		KUNIT_ASSERT_EQ(test, interface->freed, i);
	}
	KUNIT_EXPECT_EQ(test, interface->halts, 0u);
}

static void verifier_move_end(struct netcx_kunit_interface *interface)
{
	interface->tx_queue.packets->EndIndex = 40;
	interface->tx_queue.packets->OSReserved0 = 50;
}

/* In the callback that asks for a notification. Every skb is freed, once, when the queue closes. */
static void verifier_bad_tx_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	KUNIT_ASSERT_TRUE(test, netcx_verifier_create(&interface->tx_queue, true));
	interface->tx_returns = 1;
	interface->tx_arm = verifier_move_end;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 600, 1, 500), true);
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 600, 1, 500), false);
	KUNIT_EXPECT_EQ(test, interface->halts, 1u);
	KUNIT_EXPECT_TRUE(test, tx->broken);
	KUNIT_EXPECT_TRUE(test, netif_tx_queue_stopped(tx->nq));
	KUNIT_EXPECT_STREQ(test, interface->device.fault.violation.callback,
			   "EvtPacketQueueSetNotificationEnabled");
	KUNIT_EXPECT_EQ(test, interface->tx_queue.packets->EndIndex, 2u);
	netcx_kunit_tx_poll(interface);
	netcx_kunit_tx_close(interface);
	KUNIT_EXPECT_EQ(test, interface->freed, 2u);
}

/* Two queues: the first to break a rule is the one that is reported. */
static void verifier_one_report(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	verifier_open_rx(interface);
	netcx_kunit_tx_open(interface, 64);
	KUNIT_ASSERT_TRUE(test, netcx_verifier_create(&interface->tx_queue, true));
	interface->tx_arm = verifier_move_end;
	verifier_spoil = verifier_spoil_count;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 600, 0, 0), false);
	verifier_advance(interface);
	verifier_advance(interface);
	KUNIT_EXPECT_EQ(test, interface->halts, 1u);
	KUNIT_EXPECT_EQ(test, (int)interface->device.fault.violation.type, (int)NETCX_QUEUE_TX);
	KUNIT_EXPECT_TRUE(test, interface->channel.rx->broken);
}

static void verifier_switched_off(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	verifier_open_rx(interface);
	netcx_verifier_switch(&interface->device, false);
	if (static_key_enabled(&netcx_verifier_key))
		kunit_skip(test, "other devices are verified");
	verifier_spoil = verifier_spoil_count;
	verifier_advance(interface);
	KUNIT_EXPECT_EQ(test, interface->halts, 0u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&interface->channel.rx->stats.invalid), 1ull);
}

/* Whose callback runs is known where bottom halves are off, and only there. */
static void verifier_running_queue(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_queue *q = &interface->tx_queue;

	KUNIT_EXPECT_NULL(test, netcx_os_verifier_running(q));
	KUNIT_EXPECT_NULL(test, netcx_os_verifier_running_queue());
	local_bh_disable();
	KUNIT_EXPECT_NULL(test, netcx_os_verifier_running(q));
	KUNIT_EXPECT_PTR_EQ(test, netcx_os_verifier_running_queue(), q);
	KUNIT_EXPECT_PTR_EQ(test, netcx_os_verifier_running(NULL), q);
	KUNIT_EXPECT_NULL(test, netcx_os_verifier_running_queue());
	local_bh_enable();
}

/* No rule forbids them, but somebody may want to know. */
static void verifier_unasked_notification(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_queue *q = &interface->tx_queue;

	netcx_kunit_tx_open(interface, 64);
	netcx_os_queue_notify(q);
	KUNIT_EXPECT_EQ(test, atomic64_read(&interface->device.unasked), 0ll);
	KUNIT_ASSERT_TRUE(test, netcx_verifier_create(q, true));
	netcx_os_queue_notify(q);
	KUNIT_EXPECT_EQ(test, atomic64_read(&interface->device.unasked), 1ll);
	q->armed = true;
	netcx_os_queue_notify(q);
	KUNIT_EXPECT_EQ(test, atomic64_read(&interface->device.unasked), 1ll);
}

static struct kunit_case verifier_cases[] = {
	KUNIT_CASE(verifier_good_rx_client),
	KUNIT_CASE(verifier_bad_rx_client),
	KUNIT_CASE(verifier_overwritten_ring),
	KUNIT_CASE(verifier_good_tx_client),
	KUNIT_CASE(verifier_bad_tx_client),
	KUNIT_CASE(verifier_one_report),
	KUNIT_CASE(verifier_switched_off),
	KUNIT_CASE(verifier_running_queue),
	KUNIT_CASE(verifier_unasked_notification),
	{}
};

static struct kunit_suite verifier_suite = {
	.name = "netcx_verifier",
	.init = verifier_init,
	.exit = verifier_exit,
	.test_cases = verifier_cases,
};

kunit_test_suite(verifier_suite);

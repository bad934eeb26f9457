// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adaptive moderation: NAPI reports once for each notification that brought packets, and only while
 * it is switched on; what the DIM library makes of that reaches the client.
 */
#include <linux/delay.h>

#include "receive.h"

/* The library looks at the rates of so many interrupts, and needs two such looks for a decision. */
#define DIM_TEST_INTERRUPTS	(DIM_NEVENTS * 2 + 2)

static struct netcx_dim *dim_of(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	return &interface->channel.dim;
}

static int dim_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	interface->channel.napi.poll = netcx_poll;
	netcx_dim_init(&interface->channel);
	return 0;
}

static void dim_exit(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	if (interface)
		netcx_dim_stop(interface->nd);
	netcx_kunit_interface_exit(test);
}

static void dim_expect_idle(struct kunit *test)
{
	const struct netcx_kunit_interface *interface = test->priv;
	int patience = 1000;

	while (test_bit(NAPI_STATE_SCHED, &interface->channel.napi.state) && --patience)
		usleep_range(500, 1000);
	KUNIT_ASSERT_GT(test, patience, 0);
}

static void dim_open_rx(struct kunit *test, u8 adaptive)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_rx_open(interface, 64, 2048);
	napi_complete(&interface->channel.napi);
	interface->owns_napi = false;
	interface->nd->adaptive = adaptive;
	netcx_dim_start(interface->nd);
	local_bh_disable();
	napi_schedule(&interface->channel.napi);
	local_bh_enable();
	dim_expect_idle(test);
}

/* A packet per interrupt. */
static void dim_receive(struct kunit *test, int interrupts)
{
	struct netcx_kunit_interface *interface = test->priv;

	while (interrupts--) {
		netcx_kunit_receive_packet(interface, 1, 60);
		netcx_os_queue_notify(&interface->rx_queue);
		dim_expect_idle(test);
		skb_queue_purge(&interface->received);
		/* So that time passes between two samples. */
		udelay(20);
	}
}

/* A packet that an interrupt says was sent. */
static void dim_send(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	dim_expect_idle(test);
	interface->tx_returns = UINT_MAX;
	netcx_os_queue_notify(&interface->tx_queue);
	dim_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
}

static void dim_rests_when_off(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	dim_open_rx(test, 0);
	dim_receive(test, 3);
	KUNIT_EXPECT_EQ(test, dim_of(test)->rx_events, (u16)0);
	KUNIT_EXPECT_EQ(test, interface->adapted, 0u);
}

/* The first profile at once, and one report for each interrupt. */
static void dim_counts_interrupts(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	dim_open_rx(test, NETCX_ADAPTIVE_RX);
	KUNIT_EXPECT_EQ(test, interface->adapted, 1u);
	KUNIT_EXPECT_EQ(test, interface->adapted_directions, (u8)NETCX_ADAPTIVE_RX);
	KUNIT_EXPECT_EQ(test, dim_of(test)->rx_events, (u16)0);
	dim_receive(test, 5);
	KUNIT_EXPECT_EQ(test, dim_of(test)->rx_events, (u16)5);
	KUNIT_EXPECT_EQ(test, dim_of(test)->tx_events, (u16)0);

	/* A poll that finds nothing is nothing to report. */
	local_bh_disable();
	napi_schedule(&interface->channel.napi);
	local_bh_enable();
	dim_expect_idle(test);
	KUNIT_EXPECT_EQ(test, dim_of(test)->rx_events, (u16)5);
}

static void dim_adapts(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 first, i;

	dim_open_rx(test, NETCX_ADAPTIVE_RX);
	first = interface->adapted_microseconds;
	/* It may come back to where it began, so the first step away is what counts. */
	for (i = 0; i < DIM_TEST_INTERRUPTS && interface->adapted_microseconds == first; i++) {
		dim_receive(test, 1);
		flush_work(&dim_of(test)->rx.work);
	}
	KUNIT_EXPECT_GT(test, interface->adapted, 1u);
	KUNIT_EXPECT_NE(test, interface->adapted_microseconds, first);
}

/* One timer for both directions: one DIM, which counts what both carry and sets both. */
static void dim_of_a_shared_timer(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	interface->adapter.moderation_caps.RxTxShared = TRUE;
	dim_open_rx(test, NETCX_ADAPTIVE_RX | NETCX_ADAPTIVE_TX);
	netcx_kunit_tx_open(interface, 64);
	KUNIT_EXPECT_EQ(test, interface->adapted, 1u);
	KUNIT_EXPECT_EQ(test, interface->adapted_directions,
			(u8)(NETCX_ADAPTIVE_RX | NETCX_ADAPTIVE_TX));
	dim_send(test);
	KUNIT_EXPECT_EQ(test, dim_of(test)->rx_events, (u16)1);
	KUNIT_EXPECT_EQ(test, dim_of(test)->tx_events, (u16)0);
}

static void dim_of_tx(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	dim_open_rx(test, NETCX_ADAPTIVE_TX);
	netcx_kunit_tx_open(interface, 64);
	KUNIT_EXPECT_EQ(test, interface->adapted_directions, (u8)NETCX_ADAPTIVE_TX);
	dim_send(test);
	KUNIT_EXPECT_EQ(test, dim_of(test)->tx_events, (u16)1);
	KUNIT_EXPECT_EQ(test, dim_of(test)->rx_events, (u16)0);
}

static void dim_stops(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int adapted;

	dim_open_rx(test, NETCX_ADAPTIVE_RX);
	dim_receive(test, DIM_TEST_INTERRUPTS);
	netcx_dim_stop(interface->nd);
	adapted = interface->adapted;
	dim_receive(test, DIM_TEST_INTERRUPTS);
	KUNIT_EXPECT_EQ(test, interface->adapted, adapted);
	KUNIT_EXPECT_EQ(test, interface->channel.adaptive, (u8)0);
}

static struct kunit_case dim_cases[] = {
	KUNIT_CASE(dim_rests_when_off),
	KUNIT_CASE(dim_counts_interrupts),
	KUNIT_CASE(dim_adapts),
	KUNIT_CASE(dim_of_a_shared_timer),
	KUNIT_CASE(dim_of_tx),
	KUNIT_CASE(dim_stops),
	{}
};

static struct kunit_suite dim_suite = {
	.name = "netcx_dim",
	.init = dim_init,
	.exit = dim_exit,
	.test_cases = dim_cases,
};

kunit_test_suite(dim_suite);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Polling and notifications, with NAPI as it is: the client is asked for a notification when there
 * is nothing left to do, not before, and whatever it finishes, at any time, is seen to.
 */
#include <linux/delay.h>

#include "receive.h"

/* Packets that the device has received and the client has not yet fetched. */
static u32 channel_in_device;

static u32 channel_owned(const NET_RING *ring)
{
	return NetRingGetRangeCount(ring, ring->BeginIndex, ring->EndIndex);
}

/* A client fetches all that the device has. */
static void channel_fetch(struct netcx_kunit_interface *interface)
{
	while (channel_in_device && channel_owned(interface->rx_queue.packets) &&
	       channel_owned(interface->rx_queue.fragments)) {
		netcx_kunit_receive_packet(interface, 1, 60);
		channel_in_device--;
	}
}

static int channel_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	interface->channel.napi.poll = netcx_poll;
	interface->rx_advance = channel_fetch;
	channel_in_device = 0;
	return 0;
}

static void channel_open_rx(struct netcx_kunit_interface *interface, u32 elements)
{
	netcx_kunit_rx_open(interface, elements, 2048);
	napi_complete(&interface->channel.napi);
	interface->owns_napi = false;
}

/* Until NAPI is idle again, it has been polled as often as it takes. */
static void channel_expect_idle(struct kunit *test)
{
	const struct netcx_kunit_interface *interface = test->priv;
	int patience = 1000;

	while (test_bit(NAPI_STATE_SCHED, &interface->channel.napi.state) && --patience)
		usleep_range(500, 1000);
	KUNIT_ASSERT_GT(test, patience, 0);
}

static void channel_schedule(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	local_bh_disable();
	napi_schedule(&interface->channel.napi);
	local_bh_enable();
	channel_expect_idle(test);
}

static u32 channel_received(struct netcx_kunit_interface *interface)
{
	const u32 received = skb_queue_len(&interface->received);

	skb_queue_purge(&interface->received);
	return received;
}

/* The first poll of a queue: filled rings, and one look at them behind the arming. */
static void channel_arms_when_idle(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 64);
	channel_schedule(test);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 1u);
	KUNIT_EXPECT_EQ(test, interface->rx_advances, 2u);
	KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
}

/* A notification disarms itself, so until it comes the client is not asked again. */
static void channel_arms_once(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 64);
	channel_schedule(test);
	channel_schedule(test);
	channel_schedule(test);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 1u);

	channel_in_device = 3;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 3u);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 2u);
	netcx_kunit_expect_full(interface);
}

/* Notifications for nothing do no harm, and those that were not asked for do nothing. */
static void channel_spurious_notifications(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	int i;

	channel_open_rx(interface, 64);
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->rx_advances, 0u);

	channel_schedule(test);
	for (i = 0; i < 10; i++) {
		netcx_os_queue_notify(&interface->rx_queue);
		netcx_os_queue_notify(&interface->rx_queue);
		channel_expect_idle(test);
		KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
	}
	KUNIT_EXPECT_EQ(test, channel_received(interface), 0u);
	channel_in_device = 1;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 1u);
}

/*
 * A task with interrupts off notifies, as under an interrupt's lock: nobody would look at a softirq
 * that is raised there, so none is.
 */
static void channel_notification_with_interrupts_off(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	unsigned long flags;
	int patience = 1000;
	bool raised;

	channel_open_rx(interface, 64);
	channel_schedule(test);
	channel_in_device = 3;
	local_irq_save(flags);
	netcx_os_queue_notify(&interface->rx_queue);
	raised = local_softirq_pending() & BIT(NET_RX_SOFTIRQ);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, raised, !IS_ENABLED(CONFIG_IRQ_WORK));
	while (channel_in_device && --patience)
		usleep_range(500, 1000);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 3u);
}

static void channel_device_receives(struct netcx_kunit_interface *interface)
{
	if (interface->rx_arms == 1)
		channel_in_device = 5;
}

/* Packets come after the last look and before the arming: no notification, and none is needed. */
static void channel_packets_just_before_arming(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 64);
	interface->rx_arm = channel_device_receives;
	channel_schedule(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 5u);
	KUNIT_EXPECT_EQ(test, channel_in_device, 0u);
	KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
	netcx_kunit_expect_full(interface);
}

static void channel_device_receives_and_notifies(struct netcx_kunit_interface *interface)
{
	if (interface->rx_arms > 3)
		return;
	channel_in_device = 5;
	netcx_os_queue_notify(&interface->rx_queue);
}

/* The notification comes before the call that asks for it returns. */
static void channel_notification_while_arming(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 64);
	interface->rx_arm = channel_device_receives_and_notifies;
	channel_schedule(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 15u);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 4u);
	KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
	netcx_kunit_expect_full(interface);
}

/* More packets than one poll's budget, and than the ring: all of them, on one notification. */
static void channel_polls_until_done(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 256);
	channel_schedule(test);
	channel_in_device = 1000;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 1000u);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 2u);
	netcx_kunit_expect_full(interface);
}

/*
 * All of a small ring at once, which the budget allows: when NAPI rests, the device has buffers
 * again. Without, it could not receive, and nobody would ever be notified.
 */
static void channel_rests_with_full_rings(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	int i;

	channel_open_rx(interface, 64);
	channel_schedule(test);
	for (i = 0; i < 3; i++) {
		channel_in_device = 63;
		netcx_os_queue_notify(&interface->rx_queue);
		channel_expect_idle(test);
		KUNIT_EXPECT_EQ(test, channel_received(interface), 63u);
		netcx_kunit_expect_full(interface);
	}
	/* The same, seen in passing while the notification is still to come. */
	channel_in_device = 63;
	channel_schedule(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 63u);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
}

/*
 * Without buffers the device is mute. NAPI rests all the same, and comes back by itself until there
 * are some.
 */
static void channel_waits_for_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;
	int patience = 1000;

	channel_open_rx(interface, 64);
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 0, 5);
	channel_schedule(test);
	/* One poll, and the look behind the arming. */
	KUNIT_EXPECT_EQ(test, u64_stats_read(&channel->rx->stats.refill_failed), 2ull);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 1u);
	KUNIT_EXPECT_TRUE(test, timer_pending(&channel->retry));

	while (netcx_kunit_inject.failures[NETCX_KUNIT_POOL_PAGE] && --patience)
		usleep_range(500, 1000);
	while (timer_pending(&channel->retry) && --patience)
		usleep_range(500, 1000);
	channel_expect_idle(test);
	KUNIT_EXPECT_GT(test, patience, 0);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&channel->rx->stats.refill_failed), 5ull);
	KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
	netcx_kunit_expect_full(interface);
}

/* Nothing that has run low makes a poll say that it has more to do. */
static void channel_does_not_spin_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;

	channel_open_rx(interface, 64);
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 2, UINT_MAX);
	KUNIT_ASSERT_TRUE(test, napi_schedule_prep(&channel->napi));
	local_bh_disable();
	KUNIT_EXPECT_EQ(test, netcx_poll(&channel->napi, 64), 0);
	KUNIT_EXPECT_TRUE(test, timer_pending(&channel->retry));
	KUNIT_EXPECT_FALSE(test, test_bit(NAPI_STATE_SCHED, &channel->napi.state));
	local_bh_enable();

	/* What the device has buffers for is received as ever. */
	channel_in_device = 6;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 6u);

	/* And when polling is disabled, nothing is left to come. */
	netcx_poll_disable(channel);
	KUNIT_EXPECT_FALSE(test, timer_pending(&channel->retry));
	netcx_poll_enable(channel);
}

/* Who wants to be polled for memory is for a while; then NAPI rests as ever, and comes back. */
static void channel_is_polled_for_a_while(struct kunit *test)
{
	static struct netcx_rx_memory memory;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;
	int patience = 1000;
	u64 polls;

	channel_open_rx(interface, 64);
	memory = netcx_rx_pages;
	memory.polled_for = true;
	channel->rx->memory = &memory;
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 0, 100000);
	channel_schedule(test);
	polls = u64_stats_read(&channel->rx->stats.refill_failed);
	KUNIT_EXPECT_GT(test, polls, 100ull);
	KUNIT_EXPECT_LT(test, polls, 10000ull);
	KUNIT_EXPECT_TRUE(test, interface->rx_queue.armed);
	KUNIT_EXPECT_TRUE(test, timer_pending(&channel->retry));

	/* There is some: the ring is filled, and the next time it is polled for again. */
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 0, 0);
	while (timer_pending(&channel->retry) && --patience)
		usleep_range(500, 1000);
	channel_expect_idle(test);
	netcx_kunit_expect_full(interface);
	KUNIT_EXPECT_EQ(test, (int)channel->rx->fruitless, 0);
}

/* Who gives some each time, if too little, is no such one. */
static void channel_is_polled_while_there_is_some(struct kunit *test)
{
	static struct netcx_rx_memory memory;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_channel *channel = &interface->channel;

	channel_open_rx(interface, 64);
	memory = netcx_rx_pages;
	memory.polled_for = true;
	channel->rx->memory = &memory;
	channel->rx->fruitless = 900;
	/* One page, which is less than a quarter of the ring. */
	netcx_kunit_fail(NETCX_KUNIT_POOL_PAGE, 1, 100000);
	channel_schedule(test);
	KUNIT_EXPECT_GT(test, u64_stats_read(&channel->rx->stats.refill_failed), 500ull);
}

/* A broken queue is not polled, whatever its client notifies. */
static void channel_leaves_broken_queues_alone(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 advances;

	channel_open_rx(interface, 64);
	channel_schedule(test);
	interface->rx_queue.packets->BeginIndex = 64;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	advances = interface->rx_advances;

	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->rx_advances, advances);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 1u);
}

/* Before start and after stop a queue has no channel, and its client may notify all the same. */
static void channel_notification_of_a_stopped_queue(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 64);
	interface->rx_queue.os = NULL;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->rx_advances, 0u);
}

/* ---- tx ---- */

static void channel_send(struct netcx_kunit_interface *interface, int packets)
{
	while (packets--)
		netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), packets);
}

/* A client that is done at once notifies once, and is not asked again. */
static void channel_tx_done_at_once(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_tx_open(interface, 64);
	channel_send(interface, 10);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 10u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);
}

static void channel_tx_completes_on_notification(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	channel_send(interface, 10);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);
	KUNIT_EXPECT_EQ(test, interface->freed, 0u);

	/* Some: NAPI asks again for the rest. */
	interface->tx_returns = 4;
	netcx_os_queue_notify(&interface->tx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 4u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 2u);

	interface->tx_returns = UINT_MAX;
	netcx_os_queue_notify(&interface->tx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 10u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 2u);
}

static void channel_device_sends(struct netcx_kunit_interface *interface)
{
	interface->tx_returns = UINT_MAX;
}

/* Packets go out as soon as the client is armed. */
static void channel_tx_done_just_before_arming(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	interface->tx_arm = channel_device_sends;
	channel_send(interface, 10);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 10u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);
}

/*
 * Packets sent while the queue is armed and idle are watched by that notification; when it came for
 * nothing, the next packets are watched again.
 */
static void channel_tx_is_watched_whenever_needed(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 sent = 0;
	int i;

	netcx_kunit_tx_open(interface, 64);
	for (i = 0; i < 20; i++) {
		interface->tx_returns = i % 3;
		channel_send(interface, 1 + i % 4);
		sent += 1 + i % 4;
		channel_expect_idle(test);
		KUNIT_EXPECT_TRUE(test, interface->freed == sent || interface->tx_queue.armed);
		interface->tx_returns = UINT_MAX;
		if (interface->tx_queue.armed)
			netcx_os_queue_notify(&interface->tx_queue);
		channel_expect_idle(test);
		KUNIT_EXPECT_EQ(test, interface->freed, sent);
	}
}

/*
 * netpoll gives the client what others have written and not yet announced, as frames of XDP are. It
 * asks for no notification, so whoever announces more still has to.
 */
static void channel_netpoll_watches_nothing(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), true);
	local_bh_disable();
	KUNIT_EXPECT_EQ(test, netcx_poll(&interface->channel.napi, 0), 0);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, interface->tx_advances, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 0u);

	netcx_kunit_xmit(interface, netcx_kunit_skb(interface, 60, 0, 0), false);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);
	interface->tx_returns = UINT_MAX;
	netcx_os_queue_notify(&interface->tx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 2u);
}

/* Both queues of a channel share NAPI: one's notification does not arm the other twice. */
static void channel_of_two_queues(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	channel_open_rx(interface, 64);
	netcx_kunit_tx_open(interface, 64);
	channel_schedule(test);
	interface->tx_returns = 0;
	channel_send(interface, 3);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 1u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);

	channel_in_device = 7;
	netcx_os_queue_notify(&interface->rx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, channel_received(interface), 7u);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 2u);
	KUNIT_EXPECT_EQ(test, interface->tx_arms, 1u);

	interface->tx_returns = UINT_MAX;
	netcx_os_queue_notify(&interface->tx_queue);
	channel_expect_idle(test);
	KUNIT_EXPECT_EQ(test, interface->freed, 3u);
	KUNIT_EXPECT_EQ(test, interface->rx_arms, 2u);
}

static struct kunit_case channel_cases[] = {
	KUNIT_CASE(channel_arms_when_idle),
	KUNIT_CASE(channel_arms_once),
	KUNIT_CASE(channel_spurious_notifications),
	KUNIT_CASE(channel_notification_with_interrupts_off),
	KUNIT_CASE(channel_packets_just_before_arming),
	KUNIT_CASE(channel_notification_while_arming),
	KUNIT_CASE(channel_polls_until_done),
	KUNIT_CASE(channel_rests_with_full_rings),
	KUNIT_CASE(channel_waits_for_memory),
	KUNIT_CASE(channel_does_not_spin_without_memory),
	KUNIT_CASE(channel_is_polled_for_a_while),
	KUNIT_CASE(channel_is_polled_while_there_is_some),
	KUNIT_CASE(channel_leaves_broken_queues_alone),
	KUNIT_CASE(channel_notification_of_a_stopped_queue),
	KUNIT_CASE(channel_tx_done_at_once),
	KUNIT_CASE(channel_tx_completes_on_notification),
	KUNIT_CASE(channel_tx_done_just_before_arming),
	KUNIT_CASE(channel_tx_is_watched_whenever_needed),
	KUNIT_CASE(channel_netpoll_watches_nothing),
	KUNIT_CASE(channel_of_two_queues),
	{}
};

static struct kunit_suite channel_suite = {
	.name = "netcx_channel",
	.init = channel_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = channel_cases,
};

kunit_test_suite(channel_suite);

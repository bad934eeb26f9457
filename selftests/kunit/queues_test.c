// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changes of an interface's queues while they are in use: whatever of it cannot be had, the queues
 * of before go on or there are none, and packets that cannot be sent come back.
 */
#include <linux/delay.h>
#include <linux/rtnetlink.h>

#include "../../module/linux/bus/pci.h"
#include "../../module/linux/netdev/channel_queues.h"
#include "../../module/linux/netdev/watchdog.h"

#include "layout.h"
#include "skbs.h"

#define QUEUES_RING	64

static struct netcx_kunit_interface *queues_interface;
static struct netcx_queue queues_made[2][NETCX_KUNIT_QUEUES];
/* Made and not destroyed; and how often one was made. */
static unsigned int queues_live, queues_creates;
/* The client keeps what it is to send until the queue is cancelled. */
static bool queues_hold;

/* ---- the client, and what core is for it ---- */

static void queues_return_all(NET_RING *ring)
{
	ring->NextIndex = ring->EndIndex;
	ring->BeginIndex = ring->EndIndex;
}

static void queues_tx_advance(NETPACKETQUEUE handle)
{
	struct netcx_queue *q = (void *)handle;

	if (queues_hold && q->state == NETCX_QUEUE_STARTED)
		return;
	queues_return_all(q->packets);
	queues_return_all(q->fragments);
}

static void queues_rx_advance(NETPACKETQUEUE handle)
{
	struct netcx_queue *q = (void *)handle;
	const NET_RING *pr = q->packets;
	u32 i;

	if (q->state == NETCX_QUEUE_STARTED)
		return;
	for (i = pr->BeginIndex; i != pr->EndIndex; i = NetRingIncrementIndex(pr, i))
		NetRingGetPacketAtIndex(pr, i)->Ignore = 1;
	queues_return_all(q->packets);
	queues_return_all(q->fragments);
}

static void queues_arm(NETPACKETQUEUE handle, BOOLEAN enabled)
{
}

int netcx_core_queue_create(struct netcx_adapter *adapter, enum netcx_queue_type type, UINT32 id,
			    UINT32 packets, UINT32 fragments, struct netcx_queue **queue)
{
	struct netcx_queue *q = &queues_made[type][id];
	struct netcx_kunit_layout layout;

	queues_creates++;
	if (netcx_kunit_fails(NETCX_KUNIT_QUEUE_CREATE))
		return -ENOMEM;
	KUNIT_EXPECT_NULL(queues_interface->test, q->adapter);
	netcx_kunit_lay_out(adapter, type, &layout);
	*q = (struct netcx_queue) {
		.handle = (NETPACKETQUEUE)q,
		.advance = type == NETCX_QUEUE_TX ? queues_tx_advance : queues_rx_advance,
		.set_notification = queues_arm,
		.packets = netcx_kunit_ring(queues_interface->test, packets, layout.packet_stride),
		.fragments = netcx_kunit_ring(queues_interface->test, fragments,
					      layout.fragment_stride),
		.layout = layout.offsets,
		.adapter = adapter,
		.type = type,
		.id = id,
		.vector = NETCX_QUEUE_NO_VECTOR,
	};
	q->rings.Rings[NetRingTypePacket] = q->packets;
	q->rings.Rings[NetRingTypeFragment] = q->fragments;
	queues_live++;
	*queue = q;
	return 0;
}

void netcx_core_queue_destroy(struct netcx_queue *q)
{
	KUNIT_EXPECT_EQ(queues_interface->test, (int)q->state, (int)NETCX_QUEUE_STOPPED);
	memset(q, 0, sizeof(*q));
	queues_live--;
}

void netcx_core_queue_start(struct netcx_queue *q)
{
	q->state = NETCX_QUEUE_STARTED;
}

BOOLEAN netcx_core_queue_drained(const struct netcx_queue *q)
{
	return q->packets->BeginIndex == q->packets->EndIndex &&
	       (q->type == NETCX_QUEUE_TX || q->fragments->BeginIndex == q->fragments->EndIndex);
}

void netcx_core_queue_stop(struct netcx_queue *q)
{
	q->state = NETCX_QUEUE_STOPPED;
}

void netcx_device_stop_dma(struct netcx_os_device *device)
{
	KUNIT_FAIL(queues_interface->test, "a queue did not drain");
}

/* ---- the interface ---- */

/* As that of netcx.ko, which is for interfaces with more of a device behind them. */
static void queues_flush_work(struct work_struct *work)
{
	struct netcx_netdev *nd = container_of(work, struct netcx_netdev, flush_work);

	rtnl_lock();
	if (nd->running && !netif_carrier_ok(nd->netdev))
		netcx_queues_flush_tx(nd);
	rtnl_unlock();
}

static int queues_init(struct kunit *test)
{
	struct netcx_netdev *nd;
	unsigned int i;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	queues_interface = test->priv;
	memset(queues_made, 0, sizeof(queues_made));
	queues_live = 0;
	queues_creates = 0;
	queues_hold = false;
	nd = queues_interface->nd;
	queues_interface->adapter.rx.MaximumFrameSize = 2048;
	nd->channels = kunit_kcalloc(test, NETCX_KUNIT_QUEUES, sizeof(*nd->channels), GFP_KERNEL);
	if (!nd->channels)
		return -ENOMEM;
	nd->num_channels = NETCX_KUNIT_QUEUES;
	nd->max_tx = NETCX_KUNIT_QUEUES;
	nd->max_rx = NETCX_KUNIT_QUEUES;
	nd->num_tx = NETCX_KUNIT_QUEUES;
	nd->num_rx = NETCX_KUNIT_QUEUES;
	nd->tx_ring = QUEUES_RING;
	nd->rx_ring = QUEUES_RING;
	INIT_WORK(&nd->flush_work, queues_flush_work);
	netcx_watchdog_init(nd);
	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];

		channel->nd = nd;
		u64_stats_init(&channel->tx_storage.stats.sync);
		u64_stats_init(&channel->rx_storage.stats.sync);
		netcx_dim_init(channel);
		netcx_poll_init(channel);
	}
	rtnl_lock();
	err = netif_set_real_num_queues(nd->netdev, nd->num_tx, nd->num_rx);
	if (!err)
		err = netcx_queues_up(nd);
	netif_carrier_on(nd->netdev);
	rtnl_unlock();
	return err;
}

static void queues_exit(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd;
	unsigned int i;

	if (!interface)
		return;
	nd = interface->nd;
	rtnl_lock();
	if (nd->running)
		netcx_queues_down(nd);
	rtnl_unlock();
	cancel_work_sync(&nd->flush_work);
	KUNIT_EXPECT_EQ(test, queues_live, 0u);
	for (i = 0; i < nd->num_channels; i++)
		netcx_poll_exit(&nd->channels[i]);
	nd->channels = &interface->channel;
	nd->num_channels = 1;
	netcx_kunit_interface_exit(test);
}

/* ---- what a change comes to ---- */

static int queues_reconfigure(const struct netcx_queue_config *config)
{
	int err;

	rtnl_lock();
	err = netcx_kunit_real_queues_reconfigure(queues_interface->nd, config);
	rtnl_unlock();
	return err;
}

/* All queues are there, as described, and a packet is sent and comes back. */
static void queues_expect(struct kunit *test, const struct netcx_queue_config *config)
{
	struct netcx_netdev *nd = queues_interface->nd;
	const unsigned int freed = queues_interface->freed;
	unsigned int i;

	KUNIT_ASSERT_TRUE(test, nd->running);
	KUNIT_EXPECT_TRUE(test, netif_carrier_ok(nd->netdev));
	KUNIT_EXPECT_EQ(test, nd->num_tx, config->num_tx);
	KUNIT_EXPECT_EQ(test, nd->num_rx, config->num_rx);
	KUNIT_EXPECT_EQ(test, nd->netdev->real_num_tx_queues, config->num_tx);
	KUNIT_EXPECT_EQ(test, nd->netdev->real_num_rx_queues, config->num_rx);
	KUNIT_EXPECT_EQ(test, nd->tx_ring, config->tx_ring);
	KUNIT_EXPECT_EQ(test, nd->rx_ring, config->rx_ring);
	KUNIT_EXPECT_EQ(test, queues_live, config->num_tx + config->num_rx);
	for (i = 0; i < nd->num_channels; i++) {
		const struct netcx_channel *channel = &nd->channels[i];

		KUNIT_EXPECT_EQ(test, !!channel->tx, i < config->num_tx);
		KUNIT_EXPECT_EQ(test, !!channel->rx, i < config->num_rx);
		KUNIT_EXPECT_EQ(test, (int)channel->changing, 0);
		if (channel->tx)
			KUNIT_EXPECT_EQ(test, channel->tx->q->packets->NumberOfElements,
					config->tx_ring);
		if (channel->rx)
			KUNIT_EXPECT_EQ(test, channel->rx->q->packets->NumberOfElements,
					config->rx_ring);
	}
	netcx_kunit_xmit(queues_interface, netcx_kunit_skb(queues_interface, 100, 0, 0), false);
	rtnl_lock();
	netcx_queues_flush_tx(nd);
	rtnl_unlock();
	KUNIT_EXPECT_EQ(test, queues_interface->freed, freed + 1);
}

struct queues_change {
	const char *name;
	/* From the first to the second. */
	struct netcx_queue_config config[2];
};

#define QUEUES(tx, rx, tx_elements, rx_elements)	\
	{ .num_tx = tx, .num_rx = rx, .tx_ring = tx_elements, .rx_ring = rx_elements }

static const struct queues_change queues_changes[] = {
	{ "both rings", { QUEUES(2, 2, 64, 64), QUEUES(2, 2, 128, 256) } },
	{ "rx rings", { QUEUES(2, 2, 64, 64), QUEUES(2, 2, 64, 32) } },
	{ "tx rings", { QUEUES(2, 2, 64, 64), QUEUES(2, 2, 32, 64) } },
	{ "more queues", { QUEUES(1, 1, 64, 64), QUEUES(2, 2, 64, 64) } },
	{ "more tx queues, larger rings", { QUEUES(1, 2, 64, 64), QUEUES(2, 2, 128, 64) } },
};

static void queues_change_name(const struct queues_change *change, char *name)
{
	strscpy(name, change->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(queues_change, queues_changes, queues_change_name);

static const enum netcx_kunit_fault queues_faults[] = {
	NETCX_KUNIT_QUEUE_CREATE, NETCX_KUNIT_KVCALLOC, NETCX_KUNIT_POOL_CREATE,
	NETCX_KUNIT_MEM_MODEL,
};

/*
 * Each of the allocations fails in turn. A change of the number may have come to its end when one
 * of the rings fails: then that holds.
 */
static void queues_one_failure(struct kunit *test)
{
	const struct queues_change *change = test->param_value;
	const struct netcx_queue_config *old = &change->config[0];
	const struct netcx_queue_config *new = &change->config[1];
	struct netcx_netdev *nd = queues_interface->nd;
	unsigned int failed = 0;
	unsigned int i, passes;

	KUNIT_ASSERT_EQ(test, queues_reconfigure(old), 0);
	for (i = 0; i < ARRAY_SIZE(queues_faults); i++) {
		for (passes = 0; passes < 100; passes++) {
			struct netcx_queue_config expected = *old;
			int err;

			netcx_kunit_fail(queues_faults[i], passes, 1);
			err = queues_reconfigure(new);
			if (!err)
				break;
			failed++;
			KUNIT_EXPECT_EQ(test, err, -ENOMEM);
			KUNIT_EXPECT_EQ(test, netcx_kunit_inject.failures[queues_faults[i]], 0u);
			expected.num_tx = nd->num_tx;
			expected.num_rx = nd->num_rx;
			queues_expect(test, &expected);
			KUNIT_ASSERT_EQ(test, queues_reconfigure(old), 0);
		}
		netcx_kunit_fail(queues_faults[i], 0, 0);
		queues_expect(test, new);
		KUNIT_ASSERT_EQ(test, queues_reconfigure(old), 0);
		queues_expect(test, old);
	}
	KUNIT_EXPECT_GE(test, failed, 2u);
}

/*
 * From the n-th allocation on there is no more memory: not for the queues of before either. All of
 * them or none; and when there is memory again, the next change brings them.
 */
static void queues_no_more_memory(struct kunit *test)
{
	const struct queues_change *change = test->param_value;
	const struct netcx_queue_config *old = &change->config[0];
	const struct netcx_queue_config *new = &change->config[1];
	struct netcx_netdev *nd = queues_interface->nd;
	unsigned int none = 0;
	unsigned int passes;
	int err;

	KUNIT_ASSERT_EQ(test, queues_reconfigure(old), 0);
	for (passes = 0; passes < 100; passes++) {
		netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, passes, UINT_MAX);
		err = queues_reconfigure(new);
		netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, 0, 0);
		if (!err)
			break;
		if (!nd->running) {
			none++;
			KUNIT_EXPECT_EQ(test, queues_live, 0u);
			KUNIT_EXPECT_FALSE(test, netif_carrier_ok(nd->netdev));
			/* Set down and up again. */
			rtnl_lock();
			KUNIT_ASSERT_EQ(test, netcx_queues_up(nd), 0);
			netif_carrier_on(nd->netdev);
			rtnl_unlock();
		}
		KUNIT_ASSERT_EQ(test, queues_reconfigure(old), 0);
		queues_expect(test, old);
	}
	queues_expect(test, new);
	if (old->num_tx == new->num_tx)
		KUNIT_EXPECT_GE(test, none, 1u);
}

/*
 * A queue with packets on their way is made anew when offloads change. If it can't be, all are, and
 * the packets come back either way.
 */
static void queues_offloads_fail(struct kunit *test)
{
	struct netcx_netdev *nd = queues_interface->nd;
	const struct netcx_queue_config config = netcx_kunit_real_queues_config(nd);
	const struct netcx_offloads offloads = {};
	unsigned int sent = 0, failed = 0;
	unsigned int i, passes;
	bool fails;
	int err;

	for (i = 0; i < ARRAY_SIZE(queues_faults); i++) {
		passes = 0;
		do {
			queues_hold = true;
			netcx_kunit_xmit(queues_interface,
					 netcx_kunit_skb(queues_interface, 600, 1, 500), false);
			netcx_kunit_fail(queues_faults[i], passes++, 1);
			rtnl_lock();
			err = netcx_kunit_real_queues_set_offloads(nd, &offloads);
			rtnl_unlock();
			fails = !netcx_kunit_inject.failures[queues_faults[i]];
			failed += fails;
			netcx_kunit_fail(queues_faults[i], 0, 0);
			queues_hold = false;
			KUNIT_EXPECT_EQ(test, err, 0);
			KUNIT_EXPECT_EQ(test, queues_interface->freed, ++sent);
			queues_expect(test, &config);
			sent++;
		} while (fails && passes < 100);
	}
	KUNIT_EXPECT_GE(test, failed, 2u);
}

/* ---- packets that cannot be sent ---- */

static bool queues_wait_freed(unsigned int freed, unsigned int milliseconds)
{
	for (; queues_interface->freed < freed && milliseconds; milliseconds -= 20)
		msleep(20);
	return queues_interface->freed >= freed;
}

/* The watchdog looks now instead of within a second. */
static void queues_look(struct netcx_netdev *nd)
{
	flush_delayed_work(&nd->watchdog_work);
	flush_work(&nd->flush_work);
}

/* With a link they wait, without one they are given back by the next look; the link stays lost. */
static void queues_lost_link(struct kunit *test)
{
	struct netcx_netdev *nd = queues_interface->nd;
	const unsigned int creates = queues_creates;
	unsigned int i;

	queues_hold = true;
	for (i = 0; i < 5; i++)
		netcx_kunit_xmit(queues_interface,
				 netcx_kunit_skb(queues_interface, 600, 1, 500), false);
	queues_look(nd);
	queues_look(nd);
	KUNIT_EXPECT_EQ(test, queues_interface->freed, 0u);
	KUNIT_EXPECT_EQ(test, queues_creates, creates);
	rtnl_lock();
	netif_carrier_off(nd->netdev);
	rtnl_unlock();
	queues_look(nd);
	KUNIT_EXPECT_EQ(test, queues_interface->freed, 5u);
	/* The one queue of those that had packets. */
	KUNIT_EXPECT_EQ(test, queues_creates, creates + 1);
	KUNIT_EXPECT_FALSE(test, netif_carrier_ok(nd->netdev));
	KUNIT_EXPECT_EQ(test, queues_interface->resets, 0u);
	queues_hold = false;
	netif_carrier_on(nd->netdev);
	netcx_kunit_xmit(queues_interface, netcx_kunit_skb(queues_interface, 100, 0, 0), false);
	KUNIT_EXPECT_TRUE(test, queues_wait_freed(6, 4000));
}

/* There is no memory for the queue that had them: all of them are made anew. */
static void queues_lost_link_without_memory(struct kunit *test)
{
	struct netcx_netdev *nd = queues_interface->nd;
	const struct netcx_queue_config config = netcx_kunit_real_queues_config(nd);

	queues_hold = true;
	netcx_kunit_xmit(queues_interface, netcx_kunit_skb(queues_interface, 600, 1, 500), false);
	netif_carrier_off(nd->netdev);
	netcx_kunit_fail(NETCX_KUNIT_KVCALLOC, 0, 1);
	rtnl_lock();
	netcx_queues_flush_tx(nd);
	rtnl_unlock();
	KUNIT_EXPECT_EQ(test, queues_interface->freed, 1u);
	queues_hold = false;
	netif_carrier_on(nd->netdev);
	queues_expect(test, &config);
}

static bool queues_wait_taken(unsigned int milliseconds)
{
	for (; netcx_kunit_inject.descriptors && milliseconds; milliseconds -= 20)
		msleep(20);
	return !netcx_kunit_inject.descriptors;
}

static bool queues_wait_completed(unsigned int completed, unsigned int milliseconds)
{
	for (; netcx_kunit_inject.descriptors_completed < completed && milliseconds;
	     milliseconds -= 20)
		msleep(20);
	return netcx_kunit_inject.descriptors_completed >= completed;
}

/* So do descriptors of AF_XDP; and without a link no more of them are taken. */
static void queues_lost_link_of_socket(struct kunit *test)
{
	struct netcx_netdev *nd = queues_interface->nd;
	struct netcx_queue_config config = netcx_kunit_real_queues_config(nd);
	struct xsk_buff_pool *pool = kunit_kzalloc(test, sizeof(*pool), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, pool);
	pool->tx_descs = kunit_kcalloc(test, NAPI_POLL_WEIGHT, sizeof(*pool->tx_descs), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pool->tx_descs);
	netcx_kunit_use_dma(queues_interface);
	nd->channels[0].xsk_pool = pool;
	config.tx_ring *= 2;
	KUNIT_ASSERT_EQ(test, queues_reconfigure(&config), 0);

	queues_hold = true;
	netcx_kunit_inject.descriptors = 20;
	netcx_channel_schedule(&nd->channels[0]);
	KUNIT_EXPECT_TRUE(test, queues_wait_taken(4000));
	queues_look(nd);
	queues_look(nd);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.descriptors_completed, 0u);
	netif_carrier_off(nd->netdev);
	queues_look(nd);
	KUNIT_EXPECT_TRUE(test, queues_wait_completed(20, 4000));
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.descriptors_completed, 20u);

	netcx_kunit_inject.descriptors = 7;
	netcx_channel_schedule(&nd->channels[0]);
	KUNIT_EXPECT_FALSE(test, queues_wait_completed(21, 100));
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.descriptors, 7u);
	queues_hold = false;
	netif_carrier_on(nd->netdev);
	netcx_channel_schedule(&nd->channels[0]);
	KUNIT_EXPECT_TRUE(test, queues_wait_completed(27, 4000));
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.descriptors_completed, 27u);
}

static struct kunit_case queues_cases[] = {
	KUNIT_CASE_PARAM(queues_one_failure, queues_change_gen_params),
	KUNIT_CASE_PARAM(queues_no_more_memory, queues_change_gen_params),
	KUNIT_CASE(queues_offloads_fail),
	KUNIT_CASE(queues_lost_link),
	KUNIT_CASE(queues_lost_link_without_memory),
	KUNIT_CASE(queues_lost_link_of_socket),
	{}
};

/* As module_init() and module_exit() of netcx.ko. */
static int queues_suite_init(struct kunit_suite *suite)
{
	return netcx_watchdog_create();
}

static void queues_suite_exit(struct kunit_suite *suite)
{
	netcx_watchdog_destroy();
}

static struct kunit_suite queues_suite = {
	.name = "netcx_queues",
	.suite_init = queues_suite_init,
	.suite_exit = queues_suite_exit,
	.init = queues_init,
	.exit = queues_exit,
	.test_cases = queues_cases,
};

kunit_test_suite(queues_suite);

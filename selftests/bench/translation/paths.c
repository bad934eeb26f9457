// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the translation alone takes, from skb to ring and from ring to skb, by path. Loading the module measures: for each path it prints
 * "netcx_translation: PATH NANOSECONDS", of one packet, the median of many batches; under QEMU's -icount shift=0 these are instructions.
 *
 * Sending: ndo_start_xmit for a batch with xmit_more, a client that returns all it is given at once, unmapping, freeing. Receiving:
 * indicating a batch, GRO, an rx handler that frees, refilling; what a client does for it is not in the figure.
 */
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/sort.h>
#include <linux/timekeeping.h>

#include "../../kunit/receive.h"
#include "../../kunit/skbs.h"

#define BATCH	32
#define BATCHES	101
#define RING	256

struct netcx_path {
	const char *name;
	/* NULL: it receives. */
	struct sk_buff *(*make)(struct netcx_kunit_interface *interface);
	u32 fragments;
	u32 length;
};

static struct sk_buff *make_60(struct netcx_kunit_interface *interface)
{
	return netcx_kunit_skb(interface, 60, 0, 0);
}

static struct sk_buff *make_1514(struct netcx_kunit_interface *interface)
{
	return netcx_kunit_skb(interface, 1514, 0, 0);
}

static struct sk_buff *make_fragments(struct netcx_kunit_interface *interface)
{
	return netcx_kunit_skb(interface, 66, 3, 1000);
}

static struct sk_buff *make_checksum(struct netcx_kunit_interface *interface)
{
	static const struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_UDP,
		.payload = 64,
	};

	return netcx_kunit_segment_skb(interface, &segment);
}

static struct sk_buff *make_gso(struct netcx_kunit_interface *interface)
{
	static const struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.payload = 8 * 1448,
		.mss = 1448,
	};

	return netcx_kunit_segment_skb(interface, &segment);
}

static const struct netcx_path paths[] = {
	{ "tx_60", make_60 },
	{ "tx_1514", make_1514 },
	{ "tx_4_fragments", make_fragments },
	{ "tx_udp_checksum", make_checksum },
	{ "tx_tcp_gso", make_gso },
	{ "rx_60", NULL, 1, 60 },
	{ "rx_1514", NULL, 1, 1514 },
	{ "rx_3_fragments", NULL, 3, 1000 },
};

/* In place of the suites' handler, which keeps the packets. */
static rx_handler_result_t netcx_translation_receive(struct sk_buff **pskb)
{
	consume_skb(*pskb);
	return RX_HANDLER_CONSUMED;
}

static u64 send_batch(struct netcx_kunit_interface *interface, const struct netcx_path *path)
{
	struct netdev_queue *nq = netdev_get_tx_queue(interface->netdev, 0);
	struct kunit *test = interface->test;
	struct sk_buff *skbs[BATCH];
	u64 start, end;
	u32 i;

	for (i = 0; i < BATCH; i++) {
		skbs[i] = path->make(interface);
		if (!skbs[i]) {
			KUNIT_FAIL(test, "no memory");
			while (i)
				kfree_skb(skbs[--i]);
			return 0;
		}
	}
	local_bh_disable();
	start = ktime_get_ns();
	__netif_tx_lock(nq, smp_processor_id());
	for (i = 0; i < BATCH; i++) {
		if (netdev_start_xmit(skbs[i], interface->netdev, nq, i + 1 < BATCH) !=
		    NETDEV_TX_OK) {
			KUNIT_FAIL(test, "the queue takes no more");
			break;
		}
	}
	__netif_tx_unlock(nq);
	netcx_kunit_tx_poll(interface);
	end = ktime_get_ns();
	local_bh_enable();
	for (; i < BATCH; i++)
		kfree_skb(skbs[i]);
	KUNIT_EXPECT_EQ(test, interface->freed, (unsigned int)BATCH);
	interface->freed = 0;
	return end - start;
}

static u64 receive_batch(struct netcx_kunit_interface *interface, const struct netcx_path *path)
{
	NET_RING *pr = interface->rx_queue.packets;
	NET_RING *fr = interface->rx_queue.fragments;
	u64 start, end;
	int work;
	u32 i, j;

	for (i = 0; i < BATCH; i++) {
		NET_PACKET *packet = netcx_kunit_rx_packet(interface, 0);

		if (NetRingGetRangeCount(fr, fr->BeginIndex, fr->EndIndex) < path->fragments ||
		    pr->BeginIndex == pr->EndIndex) {
			KUNIT_FAIL(interface->test, "the rings are not full");
			return 0;
		}
		packet->FragmentIndex = fr->BeginIndex;
		packet->FragmentCount = path->fragments;
		for (j = 0; j < path->fragments; j++) {
			netcx_kunit_rx_fragment(interface, 0)->ValidLength = path->length;
			netcx_kunit_skip_fragments(interface, 1);
		}
		netcx_kunit_return_packet(interface);
	}
	local_bh_disable();
	start = ktime_get_ns();
	work = netcx_kunit_rx_indicate(interface, BATCH);
	netcx_kunit_rx_refill(interface);
	end = ktime_get_ns();
	local_bh_enable();
	KUNIT_EXPECT_EQ(interface->test, work, BATCH);
	return end - start;
}

static int compare_times(const void *a, const void *b)
{
	const u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static void measure_path(struct netcx_kunit_interface *interface, const struct netcx_path *path)
{
	u64 times[BATCHES];
	u32 i;

	for (i = 0; i < BATCHES && !interface->test->failure; i++) {
		times[i] = path->make ? send_batch(interface, path) : receive_batch(interface, path);
		cond_resched();
	}
	if (interface->test->failure) {
		pr_err("netcx_translation: %s cannot: %s\n", path->name, interface->test->failure);
		return;
	}
	sort(times, BATCHES, sizeof(times[0]), compare_times, NULL);
	pr_info("netcx_translation: %s %llu\n", path->name, times[BATCHES / 2] / BATCH);
}

static int replace_receiver(struct net_device *netdev)
{
	int err;

	rtnl_lock();
	netdev_rx_handler_unregister(netdev);
	err = netdev_rx_handler_register(netdev, netcx_translation_receive, NULL);
	rtnl_unlock();
	return err;
}

static void run_path(const struct netcx_path *path)
{
	struct kunit test = { .memory = LIST_HEAD_INIT(test.memory) };
	struct netcx_kunit_interface *interface;

	if (netcx_kunit_interface_init(&test) || !test.priv) {
		pr_err("netcx_translation: %s cannot: no interface\n", path->name);
		netcx_translation_free(&test);
		return;
	}
	interface = test.priv;
	netcx_kunit_use_dma(interface);
	netcx_kunit_offer_offloads(interface);
	netcx_kunit_tx_open(interface, RING);
	netcx_kunit_rx_open(interface, RING, 2048);
	if (!test.failure && !replace_receiver(interface->netdev)) {
		netcx_kunit_rx_refill(interface);
		measure_path(interface, path);
	} else {
		pr_err("netcx_translation: %s cannot: %s\n", path->name, test.failure);
	}
	netcx_kunit_interface_exit(&test);
	netcx_translation_free(&test);
}

static int __init netcx_translation_init(void)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(paths); i++)
		run_path(&paths[i]);
	return 0;
}
module_init(netcx_translation_init);

static void __exit netcx_translation_exit(void)
{
}
module_exit(netcx_translation_exit);

MODULE_DESCRIPTION("Microbenchmark of NetCx's translation between skbs and rings");
MODULE_LICENSE("GPL");

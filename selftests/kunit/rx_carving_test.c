// SPDX-License-Identifier: GPL-2.0-only
/* Several receive buffers share a page: how many, where they lie, and when the page comes back. */
#include <linux/mm.h>
#include <net/xdp.h>

#include "receive.h"

struct carving {
	u32 buffer;
	unsigned int order;
	u32 per_page;
	u32 alignment;
	u32 first;		/* where in a page the first buffer's headroom begins */
};

/* With pages of 4 KiB. */
static const struct carving carvings[] = {
	/* Nine in a pair of pages, which is not enough more than eight. */
	{ 256, 0, 4 },
	{ 1024, 1, 5 },
	{ 1472, 0, 2 },
	{ 1536, 1, 3 },
	{ 2048, 1, 3 },
	/* A pair of pages would not hold more of these than two single ones. */
	{ 2500, 0, 1 },
	{ 3520, 0, 1 },
	{ 3521, 1, 1 },
	{ 9018, 2, 1 },
	{ 2048, 1, 3, 1 },
	{ 2048, 1, 3, 64 },
	{ 2048, 1, 3, 128 },
	/* Three would be of 2560 bytes, which is not enough. */
	{ 2048, 0, 1, 256 },
	{ 1024, 1, 3, 512, 256 },
	{ 2048, 0, 1, 1024, 768 },
	/* With what is before the buffer, and behind, it is more than a page. */
	{ 2048, 1, 1, 2048, 1792 },
	{ 256, 1, 1, 4096, 3840 },
	{ 2048, 1, 1, 4096, 3840 },
	{ 9018, 2, 1, 4096, 3840 },
	{ 12000, 3, 1, 4096, 3840 },
};

static void carving_describe(const struct carving *carving, char *text)
{
	snprintf(text, KUNIT_PARAM_DESC_SIZE, "buffers of %u aligned to %u", carving->buffer,
		 carving->alignment);
}

KUNIT_ARRAY_PARAM(carving, carvings, carving_describe);

static struct netcx_rx_queue *carving_open(struct netcx_kunit_interface *interface, u32 elements,
					   const struct carving *carving)
{
	interface->adapter.rx.FragmentBufferAlignment = carving->alignment;
	return netcx_kunit_rx_open(interface, elements, carving->buffer);
}

static void carving_sizes(struct kunit *test)
{
	const struct carving *carving = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = carving_open(interface, 16, carving);

	if (PAGE_SIZE != SZ_4K)
		kunit_skip(test, "pages of %lu bytes", PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, (u32)rx->pool->p.order, carving->order);
	KUNIT_EXPECT_EQ(test, rx->carving.per_page, carving->per_page);
	KUNIT_EXPECT_EQ(test, rx->carving.first, carving->first);
	/* Or the kernel lets programs write over the next buffer. */
	KUNIT_EXPECT_EQ(test, rx->xdp_rxq.frag_size,
			carving->per_page == 1 ? carving->first + rx->truesize : 0);
	/* With nothing of a page for free. */
	KUNIT_EXPECT_LE(test, rx->truesize + rx->carving.extra,
			(PAGE_SIZE << carving->order) / carving->per_page);
	KUNIT_EXPECT_GT(test, rx->truesize + rx->carving.extra,
			(PAGE_SIZE << carving->order) / carving->per_page -
			max(carving->alignment, SMP_CACHE_BYTES));
}

/* Each lies in its page, with what goes before and behind it, and clear of the others. */
static void carving_keeps_buffers_apart(struct kunit *test)
{
	const struct carving *carving = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = carving_open(interface, 64, carving);
	const u32 behind = SKB_DATA_ALIGN(sizeof(struct skb_shared_info));
	u32 i, j;

	netcx_kunit_rx_refill(interface);
	KUNIT_EXPECT_GE(test, rx->truesize,
			NETCX_RX_HEADROOM + SKB_DATA_ALIGN(carving->buffer) + behind);
	for (i = 0; i < 63; i++) {
		const void *memory = rx->buffers[i].memory;
		struct page *page = virt_to_head_page(memory);

		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)memory, SMP_CACHE_BYTES));
		if (carving->alignment)
			KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)memory +
							   NETCX_RX_HEADROOM, carving->alignment));
		KUNIT_EXPECT_LE(test, memory - page_address(page) + rx->truesize, page_size(page));
		for (j = 0; j < i; j++)
			KUNIT_EXPECT_GE(test, (u32)abs(memory - rx->buffers[j].memory),
					rx->truesize);
	}
}

/* Full buffers, all of them at once, as one packet each and as packets of several. */
static void carving_holds_full_buffers(struct kunit *test)
{
	const struct carving *carving = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	u32 count, i;

	netcx_kunit_use_dma(interface);
	carving_open(interface, 64, carving);
	for (count = 1; count <= 3; count++) {
		KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
		for (i = 0; i < 63 / count; i++)
			netcx_kunit_receive_packet(interface, count, carving->buffer);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 63 / (int)count);
		for (i = 0; i < 63 / count; i++)
			kfree_skb(netcx_kunit_expect_received(interface, count * carving->buffer));
	}
}

/*
 * A page is used again when the last of its buffers is back, whichever that is, and not before:
 * those that are still somewhere keep what is in them.
 */
static void carving_recycles_in_any_order(struct kunit *test)
{
	static const u8 orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
					{ 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = netcx_kunit_rx_open(interface, 16, 2048);
	struct sk_buff *skbs[3];
	u32 allocated = 0;
	u32 round, i;

	for (round = 0; round < 60; round++) {
		const u8 *order = orders[round % ARRAY_SIZE(orders)];

		netcx_kunit_rx_refill(interface);
		for (i = 0; i < 3; i++)
			netcx_kunit_receive_packet(interface, 1, 1000 + i);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 3);
		for (i = 0; i < 3; i++) {
			skbs[i] = netcx_kunit_expect_received(interface, 1000 + i);
			KUNIT_ASSERT_NOT_NULL(test, skbs[i]);
		}
		for (i = 0; i < 3; i++) {
			u32 next = order[i];

			/* What is received meanwhile must not be received into it. */
			netcx_kunit_rx_refill(interface);
			netcx_kunit_receive_packet(interface, 1, 2048);
			KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
			kfree_skb(netcx_kunit_expect_received(interface, 2048));
			KUNIT_EXPECT_TRUE(test, netcx_kunit_skb_matches(skbs[next], ETH_HLEN,
									1000 + next));
			kfree_skb(skbs[next]);
		}
		/* After some rounds there are enough pages for good. */
		if (round == 20)
			allocated = rx->pool->pages_state_hold_cnt;
	}
	KUNIT_EXPECT_EQ(test, rx->pool->pages_state_hold_cnt, allocated);
}

/* A page of which only some was used when the queue is closed. */
static void carving_close_in_the_middle(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx;
	u32 i;

	netcx_kunit_use_dma(interface);
	for (i = 1; i <= 3; i++) {
		u32 j;

		rx = netcx_kunit_rx_open(interface, 16, 2048);
		netcx_kunit_rx_refill(interface);
		for (j = 0; j < i; j++)
			netcx_kunit_receive_packet(interface, 1, 1000);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), (int)i);
		for (j = 0; j < i; j++)
			kfree_skb(netcx_kunit_expect_received(interface, 1000));
		netcx_kunit_rx_refill(interface);
		/* 16 slots, all of which had a buffer by now, and some of them two. */
		KUNIT_EXPECT_EQ(test, rx->carving.left, (3 - i % 3) % 3);
		netcx_kunit_rx_close(interface);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pools, 0);
		KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	}
}

static struct kunit_case carving_cases[] = {
	KUNIT_CASE_PARAM(carving_sizes, carving_gen_params),
	KUNIT_CASE_PARAM(carving_keeps_buffers_apart, carving_gen_params),
	KUNIT_CASE_PARAM(carving_holds_full_buffers, carving_gen_params),
	KUNIT_CASE(carving_recycles_in_any_order),
	KUNIT_CASE(carving_close_in_the_middle),
	{}
};

static struct kunit_suite carving_suite = {
	.name = "netcx_rx_carving",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = carving_cases,
};

kunit_test_suite(carving_suite);

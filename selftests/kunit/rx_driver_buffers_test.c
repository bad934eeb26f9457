// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive buffers of the client's own: copied from, and given back exactly once, whatever becomes
 * of the packet that they hold; by a call for each, or as net memory in a ring.
 */
#include "../../module/core/net_memory.h"

#include <netcx/net/databuffertypes.h>

#include "receive.h"

#define BUFFER_CAPACITY	2048u
#define BUFFERS		32

/* One of the client's, and how often its return context came back. */
struct buffer {
	struct netcx_kunit_interface *interface;
	u8 *bytes;
	unsigned int returned;
	struct netcx_net_memory memory;
};

static struct {
	struct buffer buffers[BUFFERS];
	/* Handed out since the test began, one after the other. */
	unsigned int used;
	unsigned int returned;
} client;

static void return_buffer(NETADAPTER adapter, NET_FRAGMENT_RETURN_CONTEXT_HANDLE handle)
{
	struct buffer *buffer = (struct buffer *)handle;

	KUNIT_EXPECT_PTR_EQ(buffer->interface->test, (void *)adapter, (void *)buffer->interface);
	buffer->returned++;
	client.returned++;
	/* The client may receive into it at once. */
	memset(buffer->bytes, 0x5a, BUFFER_CAPACITY);
}

/* As the client does whenever it is called. */
static void take_back(struct netcx_kunit_interface *interface)
{
	NET_RING *ring = interface->rx_queue.returns;

	if (!ring)
		return;
	while (ring->BeginIndex != ring->EndIndex) {
		return_buffer((NETADAPTER)interface,
			      NetRingGetFragmentReturnContextAtIndex(ring,
								     ring->BeginIndex)->Handle);
		ring->BeginIndex = NetRingIncrementIndex(ring, ring->BeginIndex);
	}
}

static int indicate(struct netcx_kunit_interface *interface, int budget)
{
	const int work = netcx_kunit_rx_indicate(interface, budget);

	take_back(interface);
	return work;
}

static void discard(struct netcx_kunit_interface *interface)
{
	netcx_rx_discard(&interface->channel.rx_storage);
	take_back(interface);
}

static int driver_buffers_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	unsigned int i;
	u8 *bytes;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	memset(&client, 0, sizeof(client));
	bytes = kunit_kzalloc(test, BUFFERS * BUFFER_CAPACITY, GFP_KERNEL);
	if (!bytes) {
		netcx_kunit_interface_exit(test);
		return -ENOMEM;
	}
	for (i = 0; i < BUFFERS; i++) {
		client.buffers[i].interface = interface;
		client.buffers[i].bytes = bytes + i * BUFFER_CAPACITY;
		client.buffers[i].memory = (struct netcx_net_memory) {
			.signature = NETCX_NET_MEMORY_SIGNATURE,
			.address = client.buffers[i].bytes,
			.length = BUFFER_CAPACITY,
		};
	}
	interface->adapter.handle = (NETADAPTER)interface;
	interface->adapter.rx.AllocationMode = NetRxFragmentBufferAllocationModeDriver;
	/* It lies where others have the requirement to map buffers, not to be read then. */
	interface->adapter.rx.EvtAdapterReturnRxBuffer = return_buffer;
	return 0;
}

static int net_memory_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = driver_buffers_init(test);

	if (err)
		return err;
	interface = test->priv;
	interface->adapter.rx.AllocationMode = NetRxFragmentBufferAllocationModeDriverV2;
	/* Nothing looks at it, least of all for a callback. */
	interface->adapter.rx.MemoryCollection = (NETMEMORYCOLLECTION)1;
	return 0;
}

static struct netcx_rx_queue *open_queue(struct netcx_kunit_interface *interface, u32 elements)
{
	return netcx_kunit_rx_open(interface, elements, BUFFER_CAPACITY);
}

/* The next @count fragments that the client owns get a buffer each; the first one's number. */
static unsigned int attach(struct netcx_kunit_interface *interface, u32 count)
{
	const struct netcx_queue_layout *layout = &interface->rx_queue.layout;
	const unsigned int first = client.used % BUFFERS;
	u32 i;

	for (i = 0; i < count; i++) {
		NET_FRAGMENT *fragment = netcx_kunit_rx_fragment(interface, i);
		NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
			netcx_extension(fragment, layout->fragment_virtual_address);
		NET_FRAGMENT_RETURN_CONTEXT *context =
			netcx_extension(fragment, layout->fragment_return_context);
		struct buffer *buffer = &client.buffers[client.used++ % BUFFERS];

		fragment->Capacity = BUFFER_CAPACITY;
		virtual->VirtualAddress = buffer->bytes;
		context->Handle = (NET_FRAGMENT_RETURN_CONTEXT_HANDLE)buffer;
		if (layout->fragment_net_memory) {
			NET_FRAGMENT_NET_MEMORY *memory =
				netcx_extension(fragment, layout->fragment_net_memory);

			memory->NetMemoryId = &buffer->memory;
		}
	}
	return first;
}

/* A test packet of @count buffers with @length bytes each; the first buffer's number. */
static unsigned int receive(struct netcx_kunit_interface *interface, u32 count, u32 length)
{
	const unsigned int first = attach(interface, count);

	netcx_kunit_receive_packet(interface, count, length);
	return first;
}

/* Of @count buffers from the @first on, each came back so many times. */
static void expect_returned(struct kunit *test, unsigned int first, unsigned int count,
			    unsigned int times)
{
	unsigned int i;

	for (i = first; i < first + count; i++)
		KUNIT_EXPECT_EQ(test, client.buffers[i].returned, times);
}

static void driver_refill_gives_empty_fragments(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	const NET_RING *fr = rx->q->fragments;
	u32 i, j;

	memset(rx->q->fragments->Buffer, 0xff, 16 * fr->ElementStride);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	netcx_kunit_expect_fair(interface);
	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(fr, fr->BeginIndex, fr->EndIndex), 15u);
	for (i = 0; i < 15; i++) {
		const u8 *element = (const u8 *)netcx_kunit_rx_fragment(interface, i);

		for (j = 0; j < fr->ElementStride; j++)
			KUNIT_EXPECT_EQ(test, element[j], 0);
	}
	/* No memory of ours, and none that a device could write to. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pages, 0u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_buffers(interface), 0u);
	KUNIT_EXPECT_PTR_EQ(test, rx->dma_dev, NULL);
	/* With nothing returned there is nothing to give. */
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(fr, fr->BeginIndex, fr->EndIndex), 15u);
}

static void driver_packet_is_copied(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	struct sk_buff *skb;
	unsigned int first;

	netcx_kunit_rx_refill(interface);
	first = receive(interface, 1, 1514);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 1);
	/* The buffer is the client's again, though the stack still has the packet. */
	expect_returned(test, first, 1, 1);
	skb = netcx_kunit_expect_received(interface, 1514);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_FALSE(test, skb_is_nonlinear(skb));
	KUNIT_EXPECT_PTR_EQ(test, skb->dev, interface->netdev);
	KUNIT_EXPECT_EQ(test, skb_get_rx_queue(skb), 0);
	kfree_skb(skb);
	KUNIT_EXPECT_EQ(test, client.returned, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.bytes), 1514ull);
}

/* Around what is copied into one piece, and into a head and pages; at an Offset, too. */
static void driver_lengths(struct kunit *test)
{
	static const struct { u32 count, length, offset; } packets[] = {
		{ 1, ETH_HLEN, 0 }, { 1, 61, 3 }, { 1, 2047, 1 }, { 1, 2048, 0 }, { 3, 683, 7 },
		{ 2, 1025, 1023 }, { 5, 2048, 0 }, { 31, 2048, 0 },
	};
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int i;

	open_queue(interface, 64);
	for (i = 0; i < ARRAY_SIZE(packets); i++) {
		const u32 length = packets[i].count * packets[i].length;
		struct sk_buff *skb;
		u32 j;

		netcx_kunit_rx_refill(interface);
		for (j = 0; j < packets[i].count; j++)
			netcx_kunit_rx_fragment(interface, j)->Offset = packets[i].offset;
		receive(interface, packets[i].count, packets[i].length);
		KUNIT_EXPECT_EQ(test, indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, length);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_EQ(test, skb_is_nonlinear(skb), length > 2048);
		kfree_skb(skb);
		KUNIT_EXPECT_EQ(test, client.returned, client.used);
	}
}

/* Longer chains than an skb has fragments, of odd lengths, with nothing in some of them. */
static void driver_chain_with_empty_fragments(struct kunit *test)
{
	static const u32 lengths[] = { 15, 0, 1, 1, 0, 0, 333, 1, 7 };
	struct netcx_kunit_interface *interface = test->priv;
	NET_RING *fr;
	NET_PACKET *packet;
	u32 length = 0;
	u32 i;

	open_queue(interface, 64);
	fr = interface->rx_queue.fragments;
	netcx_kunit_rx_refill(interface);
	attach(interface, 27);
	packet = netcx_kunit_rx_packet(interface, 0);
	packet->FragmentIndex = fr->BeginIndex;
	packet->FragmentCount = 27;
	for (i = 0; i < 27; i++) {
		const u32 bytes = lengths[i % ARRAY_SIZE(lengths)];

		netcx_kunit_rx_fragment(interface, 0)->ValidLength = bytes;
		netcx_kunit_fill(netcx_kunit_rx_address(interface, fr->BeginIndex), length, bytes);
		length += bytes;
		netcx_kunit_skip_fragments(interface, 1);
	}
	netcx_kunit_return_packet(interface);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 1);
	expect_returned(test, 0, 27, 1);
	kfree_skb(netcx_kunit_expect_received(interface, length));
}

/* Many times around the ring, with chains across its end. */
static void driver_wraps(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	u32 i;

	for (i = 0; i < 100; i++) {
		netcx_kunit_rx_refill(interface);
		netcx_kunit_expect_fair(interface);
		receive(interface, 1 + i % 5, 100 + i);
		receive(interface, 1 + i % 3, 700 + i);
		KUNIT_EXPECT_EQ(test, indicate(interface, 64), 2);
		KUNIT_EXPECT_EQ(test, client.returned, client.used);
		kfree_skb(netcx_kunit_expect_received(interface, (1 + i % 5) * (100 + i)));
		kfree_skb(netcx_kunit_expect_received(interface, (1 + i % 3) * (700 + i)));
	}
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 200ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 0ull);
}

static void driver_budget_leaves_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 i;

	open_queue(interface, 16);
	netcx_kunit_rx_refill(interface);
	for (i = 0; i < 5; i++)
		receive(interface, 2, 100 + i);
	KUNIT_EXPECT_EQ(test, indicate(interface, 2), 2);
	netcx_kunit_rx_refill(interface);
	expect_returned(test, 0, 4, 1);
	expect_returned(test, 4, 6, 0);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 3);
	expect_returned(test, 0, 10, 1);
	for (i = 0; i < 5; i++)
		kfree_skb(netcx_kunit_expect_received(interface, 2 * (100 + i)));
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 0);
	expect_returned(test, 0, 10, 1);
}

/* A fragment that is no packet's holds no buffer. */
static void driver_holes_are_nobodys(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);

	netcx_kunit_rx_refill(interface);
	netcx_kunit_skip_fragments(interface, 2);
	receive(interface, 1, 100);
	netcx_kunit_skip_fragments(interface, 3);
	receive(interface, 2, 200);
	netcx_kunit_skip_fragments(interface, 1);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 2);
	expect_returned(test, 0, 3, 1);
	KUNIT_EXPECT_EQ(test, client.returned, 3u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 0ull);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	kfree_skb(netcx_kunit_expect_received(interface, 400));
	KUNIT_EXPECT_TRUE(test, netcx_kunit_rx_refill(interface));
	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(rx->q->fragments, rx->q->fragments->BeginIndex,
						   rx->q->fragments->EndIndex), 15u);
}

/* Of an ignored packet nothing means anything, not even where its fragments would be. */
static void driver_ignored_packet_has_no_buffers(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	NET_PACKET *packet;

	netcx_kunit_rx_refill(interface);
	packet = netcx_kunit_rx_packet(interface, 0);
	memset(packet, 0xff, sizeof(*packet));
	netcx_kunit_return_packet(interface);
	receive(interface, 1, 300);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.ignored), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
	KUNIT_EXPECT_EQ(test, client.returned, 1u);
	kfree_skb(netcx_kunit_expect_received(interface, 300));
}

/* The packet is lost, its buffers are not; for a short packet and for a long one. */
static void driver_without_memory(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);

	netcx_kunit_rx_refill(interface);
	receive(interface, 1, 100);
	receive(interface, 3, 2048);
	receive(interface, 2, 101);
	netcx_kunit_fail(NETCX_KUNIT_ALLOC_SKB, 0, 2);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 3);
	expect_returned(test, 0, 6, 1);
	KUNIT_EXPECT_EQ(test, client.returned, 6u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.no_memory), 2ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 0ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
	kfree_skb(netcx_kunit_expect_received(interface, 202));
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

/*
 * A packet of 3 buffers is spoiled, between two that are in order. Those whose fragments are their
 * own give their buffers back; of the others nobody knows whose they are.
 */
struct bad_packet {
	const char *name;
	void (*spoil)(const struct netcx_queue_layout *layout, NET_PACKET *packet,
		      NET_FRAGMENT **fragment);
	bool returned;
};

static void bad_count_zero(const struct netcx_queue_layout *layout, NET_PACKET *packet,
			   NET_FRAGMENT **fragment)
{
	packet->FragmentCount = 0;
}

static void bad_count_more_than_returned(const struct netcx_queue_layout *layout,
					 NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentCount = 5;
}

static void bad_count_all_ones(const struct netcx_queue_layout *layout, NET_PACKET *packet,
			       NET_FRAGMENT **fragment)
{
	packet->FragmentCount = U16_MAX;
}

static void bad_index_behind_the_ring(const struct netcx_queue_layout *layout, NET_PACKET *packet,
				      NET_FRAGMENT **fragment)
{
	packet->FragmentIndex = 16;
}

static void bad_index_of_the_packet_before(const struct netcx_queue_layout *layout,
					   NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	packet->FragmentIndex--;
}

static void bad_length_beyond_capacity(const struct netcx_queue_layout *layout, NET_PACKET *packet,
				       NET_FRAGMENT **fragment)
{
	fragment[1]->ValidLength = BUFFER_CAPACITY + 1;
}

static void bad_offset_and_length(const struct netcx_queue_layout *layout, NET_PACKET *packet,
				  NET_FRAGMENT **fragment)
{
	fragment[2]->Offset = 1023;
	fragment[2]->ValidLength = BUFFER_CAPACITY - 1022;
}

static void bad_length_more_than_an_skb(const struct netcx_queue_layout *layout,
					NET_PACKET *packet, NET_FRAGMENT **fragment)
{
	fragment[2]->Capacity = NETCX_FRAGMENT_MAX_LENGTH;
	fragment[2]->ValidLength = GSO_LEGACY_MAX_SIZE - 2 * 200 + 1;
}

static void bad_no_address(const struct netcx_queue_layout *layout, NET_PACKET *packet,
			   NET_FRAGMENT **fragment)
{
	NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
		netcx_extension(fragment[1], layout->fragment_virtual_address);

	virtual->VirtualAddress = NULL;
	if (layout->fragment_net_memory) {
		NET_FRAGMENT_NET_MEMORY *memory =
			netcx_extension(fragment[1], layout->fragment_net_memory);

		memory->NetMemoryId = NULL;
	}
}

static void bad_no_header(const struct netcx_queue_layout *layout, NET_PACKET *packet,
			  NET_FRAGMENT **fragment)
{
	fragment[0]->ValidLength = 12;
	fragment[1]->ValidLength = 1;
	fragment[2]->ValidLength = 0;
}

static const struct bad_packet bad_packets[] = {
	{ "no fragment", bad_count_zero, false },
	{ "more fragments than returned", bad_count_more_than_returned, false },
	{ "count all ones", bad_count_all_ones, false },
	{ "index behind the ring", bad_index_behind_the_ring, false },
	{ "fragment of the packet before", bad_index_of_the_packet_before, false },
	{ "length beyond capacity", bad_length_beyond_capacity, true },
	{ "offset and length", bad_offset_and_length, true },
	{ "longer than any skb", bad_length_more_than_an_skb, true },
	{ "no address", bad_no_address, true },
	{ "no Ethernet header", bad_no_header, true },
};

static void bad_packet_name(const struct bad_packet *bad, char *name)
{
	strscpy(name, bad->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(bad_packet, bad_packets, bad_packet_name);

static void driver_bad_packet(struct kunit *test)
{
	const struct bad_packet *bad = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	NET_FRAGMENT *fragment[3];
	NET_PACKET *packet;
	u32 i;

	netcx_kunit_rx_refill(interface);
	receive(interface, 1, 100);
	for (i = 0; i < 3; i++)
		fragment[i] = netcx_kunit_rx_fragment(interface, i);
	packet = netcx_kunit_rx_packet(interface, 0);
	receive(interface, 3, 200);
	bad->spoil(&rx->q->layout, packet, fragment);
	receive(interface, 1, 300);

	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 3);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 2ull);
	expect_returned(test, 0, 1, 1);
	expect_returned(test, 1, 3, bad->returned);
	expect_returned(test, 4, 1, 1);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
	kfree_skb(netcx_kunit_expect_received(interface, 300));
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

/* What came while the queue was stopped goes back without being shown to the stack. */
static void driver_discard_returns_buffers(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	NET_PACKET *packet;

	netcx_kunit_rx_refill(interface);
	receive(interface, 1, 100);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 1);
	kfree_skb(netcx_kunit_expect_received(interface, 100));

	receive(interface, 2, 100);
	netcx_kunit_skip_fragments(interface, 1);
	/* An ignored packet has no fragments, whatever it says. */
	packet = netcx_kunit_rx_packet(interface, 0);
	receive(interface, 1, 100);
	packet->Ignore = 1;
	packet = netcx_kunit_rx_packet(interface, 0);
	receive(interface, 1, 100);
	packet->FragmentCount = 0;
	receive(interface, 3, 100);
	discard(interface);
	expect_returned(test, 0, 3, 1);
	expect_returned(test, 3, 2, 0);
	expect_returned(test, 5, 3, 1);

	/* Not once more. */
	discard(interface);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 0);
	netcx_kunit_rx_close(interface);
	KUNIT_EXPECT_EQ(test, client.returned, 6u);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

/* Of a client that moves its indices anywhere nothing is given back: it could be anything. */
static void driver_discard_of_a_broken_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	NET_RING *fr = rx->q->fragments;

	netcx_kunit_rx_refill(interface);
	receive(interface, 2, 100);
	fr->BeginIndex = 16;
	discard(interface);
	KUNIT_EXPECT_EQ(test, client.returned, 0u);
	KUNIT_EXPECT_TRUE(test, rx->broken);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	fr->BeginIndex = 2;
	discard(interface);
	KUNIT_EXPECT_EQ(test, client.returned, 0u);
}

/* ---- what only net memory has ---- */

/* What was registered counts, not what the fragment says of it. */
static void net_memory_is_as_long_as_it_is(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);

	netcx_kunit_rx_refill(interface);
	client.buffers[0].memory.length = 100;
	client.buffers[1].memory.length = 99;
	receive(interface, 1, 100);
	receive(interface, 1, 100);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 2);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.packets), 1ull);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	expect_returned(test, 0, 2, 1);
	kfree_skb(netcx_kunit_expect_received(interface, 100));
}

/* Its buffers come back all the same: their contexts are the client's to understand. */
static void net_memory_that_is_none(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);

	netcx_kunit_rx_refill(interface);
	client.buffers[0].memory.signature = 0;
	receive(interface, 1, 100);
	KUNIT_EXPECT_EQ(test, indicate(interface, 64), 1);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&rx->stats.invalid), 1ull);
	expect_returned(test, 0, 1, 1);
}

/* A client that does not take its contexts: they wait, until there are too many. */
static void net_memory_contexts_wait(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);
	NET_RING *ring = interface->rx_queue.returns;
	u32 i;

	KUNIT_ASSERT_EQ(test, ring->NumberOfElements, 32u);
	for (i = 0; i < 31; i++) {
		netcx_kunit_rx_refill(interface);
		receive(interface, 1, 100);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		kfree_skb(netcx_kunit_expect_received(interface, 100));
	}
	KUNIT_EXPECT_FALSE(test, rx->broken);
	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(ring, ring->BeginIndex, ring->EndIndex), 31u);
	/* Each has room for another. */
	take_back(interface);
	expect_returned(test, 0, 31, 1);
	for (i = 0; i < 31; i++) {
		netcx_kunit_rx_refill(interface);
		receive(interface, 1, 100);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		kfree_skb(netcx_kunit_expect_received(interface, 100));
	}
	KUNIT_EXPECT_EQ(test, interface->resets, 0u);

	netcx_kunit_rx_refill(interface);
	receive(interface, 2, 100);
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
	kfree_skb(netcx_kunit_expect_received(interface, 200));
	KUNIT_EXPECT_TRUE(test, rx->broken);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	/* None of those that wait is written over. */
	KUNIT_EXPECT_EQ(test, NetRingGetRangeCount(ring, ring->BeginIndex, ring->EndIndex), 31u);
}

static void net_memory_of_a_broken_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_rx_queue *rx = open_queue(interface, 16);

	netcx_kunit_rx_refill(interface);
	receive(interface, 1, 100);
	interface->rx_queue.returns->BeginIndex = 1;
	KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 0);
	KUNIT_EXPECT_TRUE(test, rx->broken);
	KUNIT_EXPECT_EQ(test, interface->resets, 1u);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&interface->received), 0u);
}

static struct kunit_case driver_buffers_cases[] = {
	KUNIT_CASE(driver_refill_gives_empty_fragments),
	KUNIT_CASE(driver_packet_is_copied),
	KUNIT_CASE(driver_lengths),
	KUNIT_CASE(driver_chain_with_empty_fragments),
	KUNIT_CASE(driver_wraps),
	KUNIT_CASE(driver_budget_leaves_packets),
	KUNIT_CASE(driver_holes_are_nobodys),
	KUNIT_CASE(driver_ignored_packet_has_no_buffers),
	KUNIT_CASE(driver_without_memory),
	KUNIT_CASE_PARAM(driver_bad_packet, bad_packet_gen_params),
	KUNIT_CASE(driver_discard_returns_buffers),
	KUNIT_CASE(driver_discard_of_a_broken_client),
	{}
};

static struct kunit_case net_memory_cases[] = {
	KUNIT_CASE(driver_refill_gives_empty_fragments),
	KUNIT_CASE(driver_packet_is_copied),
	KUNIT_CASE(driver_lengths),
	KUNIT_CASE(driver_chain_with_empty_fragments),
	KUNIT_CASE(driver_wraps),
	KUNIT_CASE(driver_budget_leaves_packets),
	KUNIT_CASE(driver_holes_are_nobodys),
	KUNIT_CASE(driver_ignored_packet_has_no_buffers),
	KUNIT_CASE(driver_without_memory),
	KUNIT_CASE_PARAM(driver_bad_packet, bad_packet_gen_params),
	KUNIT_CASE(driver_discard_returns_buffers),
	KUNIT_CASE(driver_discard_of_a_broken_client),
	KUNIT_CASE(net_memory_is_as_long_as_it_is),
	KUNIT_CASE(net_memory_that_is_none),
	KUNIT_CASE(net_memory_contexts_wait),
	KUNIT_CASE(net_memory_of_a_broken_client),
	{}
};

static struct kunit_suite driver_buffers_suite = {
	.name = "netcx_rx_driver_buffers",
	.init = driver_buffers_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = driver_buffers_cases,
};

static struct kunit_suite net_memory_suite = {
	.name = "netcx_rx_net_memory",
	.init = net_memory_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = net_memory_cases,
};

kunit_test_suites(&driver_buffers_suite, &net_memory_suite);

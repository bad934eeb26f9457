// SPDX-License-Identifier: GPL-2.0-only
#include "receive.h"

static NET_RING *rx_packets(struct netcx_kunit_interface *interface)
{
	return interface->rx_queue.packets;
}

static NET_RING *rx_fragments(struct netcx_kunit_interface *interface)
{
	return interface->rx_queue.fragments;
}

NET_PACKET *netcx_kunit_rx_packet(struct netcx_kunit_interface *interface, u32 n)
{
	const NET_RING *ring = rx_packets(interface);

	return NetRingGetPacketAtIndex(ring, NetRingAdvanceIndex(ring, ring->BeginIndex, n));
}

NET_FRAGMENT *netcx_kunit_rx_fragment(struct netcx_kunit_interface *interface, u32 n)
{
	const NET_RING *ring = rx_fragments(interface);

	return NetRingGetFragmentAtIndex(ring, NetRingAdvanceIndex(ring, ring->BeginIndex, n));
}

void *netcx_kunit_rx_address(struct netcx_kunit_interface *interface, u32 index)
{
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(rx_fragments(interface), index);
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
		netcx_extension((void *)fragment,
				interface->rx_queue.layout.fragment_virtual_address);

	return (u8 *)virtual->VirtualAddress + fragment->Offset;
}

u32 netcx_kunit_receive_packet(struct netcx_kunit_interface *interface, u32 count, u32 length)
{
	NET_RING *fr = rx_fragments(interface);
	NET_PACKET *packet = netcx_kunit_rx_packet(interface, 0);
	const u32 first = fr->BeginIndex;
	u32 i;

	KUNIT_ASSERT_NE(interface->test, rx_packets(interface)->BeginIndex,
			rx_packets(interface)->EndIndex);
	KUNIT_ASSERT_GE(interface->test, NetRingGetRangeCount(fr, first, fr->EndIndex), count);
	packet->FragmentIndex = first;
	packet->FragmentCount = count;
	for (i = 0; i < count; i++) {
		netcx_kunit_rx_fragment(interface, 0)->ValidLength = length;
		netcx_kunit_fill(netcx_kunit_rx_address(interface, fr->BeginIndex), i * length,
				 length);
		netcx_kunit_skip_fragments(interface, 1);
	}
	eth_zero_addr(netcx_kunit_rx_address(interface, first));
	netcx_kunit_return_packet(interface);
	return first;
}

void netcx_kunit_return_packet(struct netcx_kunit_interface *interface)
{
	NET_RING *pr = rx_packets(interface);

	pr->BeginIndex = NetRingIncrementIndex(pr, pr->BeginIndex);
}

void netcx_kunit_skip_fragments(struct netcx_kunit_interface *interface, u32 count)
{
	NET_RING *fr = rx_fragments(interface);

	fr->BeginIndex = NetRingAdvanceIndex(fr, fr->BeginIndex, count);
}

struct sk_buff *netcx_kunit_expect_received(struct netcx_kunit_interface *interface, u32 length)
{
	struct sk_buff *skb = skb_dequeue(&interface->received);
	u16 protocol;

	KUNIT_EXPECT_NOT_NULL(interface->test, skb);
	if (!skb)
		return NULL;
	KUNIT_EXPECT_TRUE(interface->test, netcx_kunit_skb_matches(skb, ETH_HLEN, length));
	protocol = netcx_kunit_byte(2 * ETH_ALEN) << 8 | netcx_kunit_byte(2 * ETH_ALEN + 1);
	/* Numbers below 1536 are lengths. */
	KUNIT_EXPECT_EQ(interface->test, ntohs(skb->protocol),
			protocol < ETH_P_802_3_MIN ? ETH_P_802_2 : protocol);
	return skb;
}

u32 netcx_kunit_rx_buffers(struct netcx_kunit_interface *interface)
{
	const struct netcx_rx_queue *rx = interface->channel.rx;
	u32 buffers = 0;
	u32 i;

	for (i = 0; i < rx_fragments(interface)->NumberOfElements; i++)
		buffers += !!rx->buffers[i].memory;
	return buffers;
}

static u32 rx_owned(const NET_RING *ring)
{
	return NetRingGetRangeCount(ring, ring->BeginIndex, ring->EndIndex);
}

void netcx_kunit_expect_fair(struct netcx_kunit_interface *interface)
{
	KUNIT_EXPECT_GE(interface->test, rx_owned(rx_packets(interface)),
			rx_owned(rx_fragments(interface)));
}

void netcx_kunit_expect_full(struct netcx_kunit_interface *interface)
{
	const NET_RING *pr = rx_packets(interface);
	const NET_RING *fr = rx_fragments(interface);
	u32 i, j;

	KUNIT_EXPECT_EQ(interface->test, rx_owned(pr), pr->NumberOfElements - 1);
	KUNIT_EXPECT_EQ(interface->test, rx_owned(fr), fr->NumberOfElements - 1);
	for (i = 0; i < rx_owned(fr); i++) {
		const NET_FRAGMENT *fragment = netcx_kunit_rx_fragment(interface, i);
		const u8 *element = (const u8 *)netcx_kunit_rx_packet(interface, i);

		KUNIT_EXPECT_EQ(interface->test, (u32)fragment->Offset, 0u);
		KUNIT_EXPECT_EQ(interface->test, (u32)fragment->Scratch, 0u);
		KUNIT_EXPECT_EQ(interface->test, (u32)fragment->Capacity,
				interface->channel.rx->buffer_size);
		for (j = 0; j < pr->ElementStride; j++)
			KUNIT_EXPECT_EQ(interface->test, element[j], 0);
	}
}

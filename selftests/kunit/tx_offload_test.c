// SPDX-License-Identifier: GPL-2.0-only
/* What TCP and UDP leave to the device: from the skb to the packet's layout and extensions. */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip6_checksum.h>

#include "skbs.h"

static const NET_PACKET_CHECKSUM *offload_checksum(const struct netcx_tx_queue *tx, u32 index)
{
	return netcx_extension(NetRingGetPacketAtIndex(tx->q->packets, index),
			       tx->q->layout.packet_checksum);
}

static u32 offload_mss(const struct netcx_tx_queue *tx, u32 index)
{
	const NET_PACKET_GSO *gso =
		netcx_extension(NetRingGetPacketAtIndex(tx->q->packets, index),
				tx->q->layout.packet_gso);

	return gso->TCP.Mss;
}

/* Segments of all kinds, and the layer 3 type that the client is to see. */
struct offload_kind {
	const char *name;
	struct netcx_kunit_segment segment;
	NET_PACKET_LAYER3_TYPE layer3;
};

#define SEGMENT(protocol, transport, options3, options4, payload, mss) \
	{ protocol, transport, options3, options4, payload, mss }

static const struct offload_kind offload_kinds[] = {
	{ "TCP, IPv4", SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 0, 100, 0),
	  NetPacketLayer3TypeIPv4NoOptions },
	{ "TCP with options, IPv4", SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 12, 1448, 0),
	  NetPacketLayer3TypeIPv4NoOptions },
	{ "TCP with most options, IPv4", SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 40, 1000, 0),
	  NetPacketLayer3TypeIPv4NoOptions },
	{ "TCP, IPv4 with options", SEGMENT(ETH_P_IP, IPPROTO_TCP, 8, 0, 100, 0),
	  NetPacketLayer3TypeIPv4WithOptions },
	{ "TCP, IPv4 with most options", SEGMENT(ETH_P_IP, IPPROTO_TCP, 40, 12, 100, 0),
	  NetPacketLayer3TypeIPv4WithOptions },
	{ "UDP, IPv4", SEGMENT(ETH_P_IP, IPPROTO_UDP, 0, 0, 333, 0),
	  NetPacketLayer3TypeIPv4NoOptions },
	{ "TCP, IPv6", SEGMENT(ETH_P_IPV6, IPPROTO_TCP, 0, 0, 100, 0),
	  NetPacketLayer3TypeIPv6NoExtensions },
	{ "TCP with options, IPv6", SEGMENT(ETH_P_IPV6, IPPROTO_TCP, 0, 12, 1428, 0),
	  NetPacketLayer3TypeIPv6NoExtensions },
	{ "TCP, IPv6 with extensions", SEGMENT(ETH_P_IPV6, IPPROTO_TCP, 24, 0, 100, 0),
	  NetPacketLayer3TypeIPv6WithExtensions },
	{ "UDP, IPv6", SEGMENT(ETH_P_IPV6, IPPROTO_UDP, 0, 0, 333, 0),
	  NetPacketLayer3TypeIPv6NoExtensions },
	{ "UDP, IPv6 with extensions", SEGMENT(ETH_P_IPV6, IPPROTO_UDP, 8, 0, 333, 0),
	  NetPacketLayer3TypeIPv6WithExtensions },
	{ "segmented TCP, IPv4", SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 12, 8000, 1448),
	  NetPacketLayer3TypeIPv4NoOptions },
	{ "segmented TCP, IPv4 with options", SEGMENT(ETH_P_IP, IPPROTO_TCP, 8, 0, 8000, 1440),
	  NetPacketLayer3TypeIPv4WithOptions },
	{ "segmented TCP, IPv6", SEGMENT(ETH_P_IPV6, IPPROTO_TCP, 0, 12, 8000, 1428),
	  NetPacketLayer3TypeIPv6NoExtensions },
};

static void offload_kind_name(const struct offload_kind *kind, char *name)
{
	strscpy(name, kind->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(offload_kind, offload_kinds, offload_kind_name);

static u32 offload_layer3_length(const struct netcx_kunit_segment *segment)
{
	return segment->options3 + (segment->protocol == ETH_P_IP ? sizeof(struct iphdr) :
								    sizeof(struct ipv6hdr));
}

static u32 offload_layer4_length(const struct netcx_kunit_segment *segment)
{
	return segment->transport == IPPROTO_TCP ? sizeof(struct tcphdr) + segment->options4 :
						   sizeof(struct udphdr);
}

static void offload_expect_layout(struct kunit *test, const NET_PACKET *packet,
				  const struct offload_kind *kind)
{
	const NET_PACKET_LAYOUT *layout = &packet->Layout;
	const struct netcx_kunit_segment *segment = &kind->segment;

	KUNIT_EXPECT_EQ(test, (u32)layout->Layer2Type, (u32)NetPacketLayer2TypeEthernet);
	KUNIT_EXPECT_EQ(test, (u32)layout->Layer2HeaderLength, (u32)ETH_HLEN);
	KUNIT_EXPECT_EQ(test, (u32)layout->Layer3Type, (u32)kind->layer3);
	KUNIT_EXPECT_EQ(test, (u32)layout->Layer3HeaderLength, offload_layer3_length(segment));
	KUNIT_EXPECT_EQ(test, (u32)layout->Layer4Type,
			segment->transport == IPPROTO_TCP ? (u32)NetPacketLayer4TypeTcp :
							    (u32)NetPacketLayer4TypeUdp);
	KUNIT_EXPECT_EQ(test, (u32)layout->Layer4HeaderLength, offload_layer4_length(segment));
	KUNIT_EXPECT_EQ(test, !!NetPacketIsIpv4(packet), segment->protocol == ETH_P_IP);
	KUNIT_EXPECT_EQ(test, !!NetPacketIsIpv6(packet), segment->protocol == ETH_P_IPV6);
}

/* The sum that hardware adds the rest to: the pseudo header, without its length to be segmented. */
static __sum16 offload_pseudo_sum(const u8 *data, const struct netcx_kunit_segment *segment)
{
	const u32 length = segment->mss ? 0 : offload_layer4_length(segment) + segment->payload;
	const struct ipv6hdr *ip6 = (const void *)(data + ETH_HLEN);
	const struct iphdr *ip = (const void *)(data + ETH_HLEN);

	if (segment->protocol == ETH_P_IP)
		return ~csum_tcpudp_magic(ip->saddr, ip->daddr, length, segment->transport, 0);
	return ~csum_ipv6_magic(&ip6->saddr, &ip6->daddr, length, segment->transport, 0);
}

static __sum16 offload_sum_in(const u8 *data, const struct netcx_kunit_segment *segment)
{
	const u8 *layer4 = data + ETH_HLEN + offload_layer3_length(segment);

	return segment->transport == IPPROTO_TCP ? ((const struct tcphdr *)layer4)->check :
						   ((const struct udphdr *)layer4)->check;
}

static void offload_expect_pseudo_sum(struct kunit *test, const u8 *data,
				      const struct netcx_kunit_segment *segment)
{
	KUNIT_EXPECT_TRUE(test, offload_sum_in(data, segment) ==
				offload_pseudo_sum(data, segment));
}

static void offload_describes_the_headers(struct kunit *test)
{
	const struct offload_kind *kind = test->param_value;
	const struct netcx_kunit_segment *segment = &kind->segment;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	const NET_PACKET_CHECKSUM *checksum;
	struct sk_buff *skb;

	skb = netcx_kunit_segment_skb(interface, segment);
	interface->tx_returns = 0;
	KUNIT_ASSERT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_ASSERT_EQ(test, tx->q->packets->EndIndex, 1u);

	offload_expect_layout(test, NetRingGetPacketAtIndex(tx->q->packets, 0), kind);
	checksum = offload_checksum(tx, 0);
	KUNIT_EXPECT_EQ(test, (u32)checksum->Layer4, (u32)NetPacketTxChecksumActionRequired);
	KUNIT_EXPECT_EQ(test, (u32)checksum->Layer3, (u32)NetPacketTxChecksumActionPassthrough);
	KUNIT_EXPECT_EQ(test, (u32)checksum->Layer2, (u32)NetPacketTxChecksumActionPassthrough);
	KUNIT_EXPECT_EQ(test, offload_mss(tx, 0), (u32)segment->mss);
	offload_expect_pseudo_sum(test, skb->data, segment);

	if (segment->protocol == ETH_P_IP) {
		const struct iphdr *ip = (const void *)(skb->data + ETH_HLEN);

		if (segment->mss) {
			KUNIT_EXPECT_EQ(test, ntohs(ip->tot_len), 0);
			KUNIT_EXPECT_TRUE(test, !ip->check);
		} else {
			KUNIT_EXPECT_TRUE(test, !ip_fast_csum(ip, ip->ihl));
		}
	}
}

/* Headers that others see as well are not written to, and the packet gets its own. */
static void offload_leaves_shared_headers_alone(struct kunit *test)
{
	const struct offload_kind *kind = test->param_value;
	const struct netcx_kunit_segment *segment = &kind->segment;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;
	struct sk_buff *skb, *clone;
	u8 *before;

	skb = netcx_kunit_segment_skb(interface, segment);
	before = kunit_kmalloc(test, skb->len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, before);
	skb_copy_bits(skb, 0, before, skb->len);
	clone = skb_clone(skb, GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, clone);

	interface->tx_returns = 0;
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, memcmp(clone->data, before, clone->len), 0);
	offload_expect_layout(test, NetRingGetPacketAtIndex(tx->q->packets, 0), kind);

	/* What the client sees are the bytes with the prepared headers. */
	virtual = netcx_extension(NetRingGetFragmentAtIndex(tx->q->fragments, 0),
				  tx->q->layout.fragment_virtual_address);
	KUNIT_EXPECT_PTR_EQ(test, virtual->VirtualAddress, (void *)skb->data);
	offload_expect_pseudo_sum(test, virtual->VirtualAddress, segment);
	kfree_skb(clone);
}

/* Getting own headers frees the old ones, and what lay behind them: nothing points there still. */
static void offload_moved_headers(struct kunit *test)
{
	const struct netcx_kunit_segment segment =
		SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 12, 8000, 1448);
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual;
	struct sk_buff *skb = netcx_kunit_segment_skb(interface, &segment);
	const u8 *old = skb->data;

	netcx_kunit_inject.headers_move = true;
	interface->tx_returns = 0;
	KUNIT_ASSERT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_ASSERT_PTR_NE(test, (const u8 *)skb->data, old);
	KUNIT_EXPECT_EQ(test, (u32)NetRingGetPacketAtIndex(tx->q->packets, 0)->FragmentCount, 1u);
	KUNIT_EXPECT_EQ(test, tx->packets[0].segments, 6);
	virtual = netcx_extension(NetRingGetFragmentAtIndex(tx->q->fragments, 0),
				  tx->q->layout.fragment_virtual_address);
	KUNIT_EXPECT_PTR_EQ(test, virtual->VirtualAddress, (void *)skb->data);
}

static void offload_without_memory_for_headers(struct kunit *test)
{
	const struct netcx_kunit_segment segment =
		SEGMENT(ETH_P_IPV6, IPPROTO_TCP, 0, 12, 8000, 1428);
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	netcx_kunit_fail(NETCX_KUNIT_COW_HEAD, 0, 1);
	netcx_kunit_xmit(interface, netcx_kunit_segment_skb(interface, &segment), false);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 0u);
}

/* A client without the extension gets the sum made in software, on the whole packet. */
static void offload_sums_in_software(struct kunit *test)
{
	const struct offload_kind *kind = test->param_value;
	const struct netcx_kunit_segment *segment = &kind->segment;
	struct netcx_kunit_interface *interface = test->priv;
	const u32 layer4 = ETH_HLEN + offload_layer3_length(segment);
	const u32 length = offload_layer4_length(segment) + segment->payload;
	struct netcx_tx_queue *tx;
	struct sk_buff *skb;
	const u8 *element;
	__wsum sum;
	u32 i;

	interface->adapter.tx_checksum.Size = 0;
	tx = netcx_kunit_tx_open(interface, 64);
	skb = netcx_kunit_segment_skb(interface, segment);
	skb_shinfo(skb)->gso_size = 0;
	interface->tx_returns = 0;
	KUNIT_ASSERT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_ASSERT_EQ(test, tx->q->packets->EndIndex, 1u);
	KUNIT_EXPECT_EQ(test, (u32)skb->ip_summed, (u32)CHECKSUM_NONE);
	sum = csum_partial(skb->data + layer4, length, 0);
	if (segment->protocol == ETH_P_IP)
		KUNIT_EXPECT_TRUE(test, !csum_tcpudp_magic(ip_hdr(skb)->saddr,
							   ip_hdr(skb)->daddr, length,
							   segment->transport, sum));
	else
		KUNIT_EXPECT_TRUE(test, !csum_ipv6_magic(&ipv6_hdr(skb)->saddr,
							 &ipv6_hdr(skb)->daddr, length,
							 segment->transport, sum));
	/* The client is asked for nothing. */
	element = (const u8 *)NetRingGetPacketAtIndex(tx->q->packets, 0);
	for (i = sizeof(NET_PACKET); i < tx->q->packets->ElementStride; i++)
		KUNIT_EXPECT_EQ(test, element[i], 0);
}

/*
 * So short that it is padded: hardware may take the padding for payload, so the sum is made before,
 * of the packet as it was.
 */
static void offload_short_packet(struct kunit *test)
{
	const struct netcx_kunit_segment segment = SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 0, 0, 0);
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);
	const u32 layer4 = ETH_HLEN + sizeof(struct iphdr);
	struct sk_buff *skb = netcx_kunit_segment_skb(interface, &segment);
	__wsum sum;

	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, skb, false);
	KUNIT_ASSERT_EQ(test, tx->q->packets->EndIndex, 1u);
	KUNIT_EXPECT_EQ(test, skb->len, (u32)ETH_ZLEN);
	KUNIT_EXPECT_EQ(test, (u32)offload_checksum(tx, 0)->Layer4,
			(u32)NetPacketTxChecksumActionPassthrough);
	sum = csum_partial(skb->data + layer4, sizeof(struct tcphdr), 0);
	KUNIT_EXPECT_TRUE(test, !csum_tcpudp_magic(ip_hdr(skb)->saddr, ip_hdr(skb)->daddr,
						   sizeof(struct tcphdr), IPPROTO_TCP, sum));
}

/* A packet to be segmented that came in spite of the features: lost, and counted. */
static void offload_cannot_segment(struct kunit *test)
{
	const struct netcx_kunit_segment segment =
		SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 12, 8000, 1448);
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	interface->adapter.gso.Size = 0;
	tx = netcx_kunit_tx_open(interface, 64);
	netcx_kunit_xmit(interface, netcx_kunit_segment_skb(interface, &segment), false);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 0u);
}

/* The same of a client that sums nothing either: no sum in software makes one packet of many. */
static void offload_cannot_segment_nor_sum(struct kunit *test)
{
	const struct netcx_kunit_segment segment =
		SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 12, 8000, 1448);
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	NET_PACKET packet = {};
	struct sk_buff *skb;

	interface->adapter.tx_checksum.Size = 0;
	interface->adapter.gso.Size = 0;
	tx = netcx_kunit_tx_open(interface, 64);
	skb = netcx_kunit_segment_skb(interface, &segment);
	KUNIT_EXPECT_EQ(test, netcx_tx_offload(tx->q, skb, &packet), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
}

/* One that the qdisc has kept since before the client paused them. */
static void offload_cannot_segment_while_paused(struct kunit *test)
{
	const struct netcx_kunit_segment segment =
		SEGMENT(ETH_P_IP, IPPROTO_TCP, 0, 12, 8000, 1448);
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	interface->adapter.offloads_paused = true;
	netcx_kunit_xmit(interface, netcx_kunit_segment_skb(interface, &segment), false);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 0u);
	interface->adapter.offloads_paused = false;
	netcx_kunit_xmit(interface, netcx_kunit_segment_skb(interface, &segment), false);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 1u);
}

static struct kunit_case offload_cases[] = {
	KUNIT_CASE_PARAM(offload_describes_the_headers, offload_kind_gen_params),
	KUNIT_CASE_PARAM(offload_leaves_shared_headers_alone, offload_kind_gen_params),
	KUNIT_CASE(offload_moved_headers),
	KUNIT_CASE(offload_without_memory_for_headers),
	KUNIT_CASE_PARAM(offload_sums_in_software, offload_kind_gen_params),
	KUNIT_CASE(offload_short_packet),
	KUNIT_CASE(offload_cannot_segment),
	KUNIT_CASE(offload_cannot_segment_nor_sum),
	KUNIT_CASE(offload_cannot_segment_while_paused),
	{}
};

static struct kunit_suite offload_suite = {
	.name = "netcx_tx_offload",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = offload_cases,
};

kunit_test_suite(offload_suite);

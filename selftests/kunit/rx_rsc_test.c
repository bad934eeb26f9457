// SPDX-License-Identifier: GPL-2.0-only
/*
 * Segments that the client coalesced: what the stack is told of them, and that what cannot be such
 * a packet comes up as it is.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <net/ip6_checksum.h>

#include "receive.h"

#define TCP_AT_V4	(ETH_HLEN + sizeof(struct iphdr))
#define TCP_AT_V6	(ETH_HLEN + sizeof(struct ipv6hdr))

/* What the first segment had there. It does not fit the whole. */
#define OLD_CHECKSUM	htons(0x5ca1)

static const struct netcx_kunit_segment ipv4 = {
	.protocol = ETH_P_IP, .transport = IPPROTO_TCP, .payload = 2801,
};

static const struct netcx_kunit_segment ipv6 = {
	.protocol = ETH_P_IPV6, .transport = IPPROTO_TCP, .payload = 2801,
};

static int rsc_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	interface->adapter.rsc.Size = sizeof(interface->adapter.rsc);
	/* GRO would do all of it once more. */
	interface->netdev->features |= NETIF_F_RXCSUM;
	interface->netdev->features &= ~NETIF_F_GRO;
	netcx_kunit_rx_open(interface, 64, 2048);
	return 0;
}

/* A frame as a device would have made it, in one piece of memory that goes with the test. */
static u8 *make_frame(struct netcx_kunit_interface *interface,
		      const struct netcx_kunit_segment *segment, u32 *length)
{
	struct sk_buff *skb = netcx_kunit_segment_skb(interface, segment);
	u8 *frame = kunit_kzalloc(interface->test, skb->len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(interface->test, frame);
	*length = skb->len;
	if (segment->transport == IPPROTO_TCP)
		tcp_hdr(skb)->check = OLD_CHECKSUM;
	skb_copy_bits(skb, 0, frame, skb->len);
	kfree_skb(skb);
	return frame;
}

/* Receives it in fragments of @piece bytes, as made of @segments; @valid: its checksums are. */
static struct sk_buff *receive(struct netcx_kunit_interface *interface, const u8 *frame, u32 length,
			       u32 piece, u16 segments, bool valid)
{
	const struct netcx_queue_layout *layout = &interface->rx_queue.layout;
	NET_RING *fr = interface->rx_queue.fragments;
	NET_PACKET_CHECKSUM *checksum;
	NET_PACKET_RSC *rsc;
	NET_PACKET *packet;
	struct sk_buff *skb;
	u32 done = 0;

	netcx_kunit_rx_refill(interface);
	packet = netcx_kunit_rx_packet(interface, 0);
	packet->FragmentIndex = fr->BeginIndex;
	for (packet->FragmentCount = 0; done < length; packet->FragmentCount++) {
		const u32 bytes = min(piece, length - done);

		netcx_kunit_rx_fragment(interface, 0)->ValidLength = bytes;
		memcpy(netcx_kunit_rx_address(interface, fr->BeginIndex), frame + done, bytes);
		netcx_kunit_skip_fragments(interface, 1);
		done += bytes;
	}
	checksum = netcx_extension(packet, layout->packet_checksum);
	checksum->Layer4 = valid ? NetPacketRxChecksumEvaluationValid :
				   NetPacketRxChecksumEvaluationNotChecked;
	rsc = netcx_extension(packet, layout->packet_rsc);
	rsc->TCP.CoalescedSegmentCount = segments;
	netcx_kunit_return_packet(interface);
	KUNIT_EXPECT_EQ(interface->test, netcx_kunit_rx_indicate(interface, 64), 1);
	skb = skb_dequeue(&interface->received);
	KUNIT_ASSERT_NOT_NULL(interface->test, skb);
	KUNIT_EXPECT_EQ(interface->test, skb->len, length - ETH_HLEN);
	return skb;
}

/* The rest of the frame came as it was sent, but for the two bytes at @except; 0: all of it. */
static void expect_bytes(struct kunit *test, const struct sk_buff *skb, const u8 *frame, u32 except)
{
	u8 byte;
	u32 i;

	for (i = 0; i < skb->len; i++) {
		if (except && (ETH_HLEN + i == except || ETH_HLEN + i == except + 1))
			continue;
		KUNIT_ASSERT_EQ(test, skb_copy_bits(skb, i, &byte, 1), 0);
		KUNIT_ASSERT_EQ(test, byte, frame[ETH_HLEN + i]);
	}
}

/* Filled in as the stack would to send the packet on, the checksum is right. */
static void expect_checksum(struct kunit *test, struct sk_buff *skb, u32 tcp_at)
{
	const u32 layer3 = tcp_at - ETH_HLEN;
	const u32 length = skb->len - layer3;
	const struct ipv6hdr *ip6;
	const struct iphdr *ip;
	__wsum sum;

	KUNIT_EXPECT_EQ(test, (u32)skb->ip_summed, (u32)CHECKSUM_PARTIAL);
	KUNIT_EXPECT_EQ(test, skb_checksum_start_offset(skb), (int)layer3);
	KUNIT_EXPECT_EQ(test, (size_t)skb->csum_offset, offsetof(struct tcphdr, check));
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
	/* It does not do so for a packet that is to be segmented. */
	skb_shinfo(skb)->gso_size = 0;
	KUNIT_ASSERT_EQ(test, skb_checksum_help(skb), 0);
	sum = skb_checksum(skb, layer3, length, 0);
	ip = (const struct iphdr *)skb->data;
	ip6 = (const struct ipv6hdr *)skb->data;
	if (tcp_at == TCP_AT_V4)
		KUNIT_EXPECT_EQ(test, (__force u16)csum_tcpudp_magic(ip->saddr, ip->daddr, length,
								     IPPROTO_TCP, sum), 0);
	else
		KUNIT_EXPECT_EQ(test, (__force u16)csum_ipv6_magic(&ip6->saddr, &ip6->daddr, length,
								   IPPROTO_TCP, sum), 0);
}

struct coalesced {
	const char *name;
	const struct netcx_kunit_segment *segment;
	u32 options4;
	u16 segments;
	u32 piece;
	u16 gso_size;
};

static const struct coalesced coalesced_packets[] = {
	{ "IPv4, two segments", &ipv4, 0, 2, 2048, 1401 },
	{ "IPv6, two segments", &ipv6, 0, 2, 2048, 1401 },
	{ "IPv4, three segments", &ipv4, 0, 3, 2048, 934 },
	{ "IPv4 with timestamps", &ipv4, 12, 2, 2048, 1401 },
	{ "IPv6 with all options", &ipv6, 40, 4, 2048, 701 },
	{ "IPv4, segments of a byte", &ipv4, 0, 2801, 2048, 1 },
	/* The headers are not in the skb's head. */
	{ "IPv4, small fragments", &ipv4, 0, 2, 300, 1401 },
	{ "IPv4 in tiny fragments", &ipv4, 12, 2, 180, 1401 },
};

static void coalesced_name(const struct coalesced *coalesced, char *name)
{
	strscpy(name, coalesced->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(coalesced, coalesced_packets, coalesced_name);

static void rsc_coalesced(struct kunit *test)
{
	const struct coalesced *coalesced = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_kunit_segment segment = *coalesced->segment;
	const bool v4 = segment.protocol == ETH_P_IP;
	const u32 tcp_at = v4 ? TCP_AT_V4 : TCP_AT_V6;
	struct sk_buff *skb;
	u32 length;
	u8 *frame;

	segment.options4 = coalesced->options4;
	frame = make_frame(interface, &segment, &length);
	skb = receive(interface, frame, length, coalesced->piece, coalesced->segments, true);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_size, (u32)coalesced->gso_size);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_segs, (u32)coalesced->segments);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_type,
			(u32)(v4 ? SKB_GSO_TCPV4 : SKB_GSO_TCPV6));
	expect_bytes(test, skb, frame, tcp_at + offsetof(struct tcphdr, check));
	expect_checksum(test, skb, tcp_at);
	kfree_skb(skb);
}

/* Who forwards it has to keep it to the first segment. */
static void rsc_congestion_window_reduced(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;
	u32 length;
	u8 *frame = make_frame(interface, &ipv4, &length);

	((struct tcphdr *)(frame + TCP_AT_V4))->cwr = 1;
	skb = receive(interface, frame, length, 2048, 2, true);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_type,
			(u32)(SKB_GSO_TCPV4 | SKB_GSO_TCP_ECN));
	kfree_skb(skb);
}

/* GRO takes it for what it would have made itself, and adds nothing. */
static void rsc_with_gro(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;
	u32 length;
	u8 *frame = make_frame(interface, &ipv6, &length);

	interface->netdev->features |= NETIF_F_GRO;
	skb = receive(interface, frame, length, 2048, 2, true);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_size, 1401u);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_segs, 2u);
	expect_bytes(test, skb, frame, TCP_AT_V6 + offsetof(struct tcphdr, check));
	expect_checksum(test, skb, TCP_AT_V6);
	kfree_skb(skb);
}

/* Spoils a frame that is in order, and says how many bytes it has then. */
struct refused {
	const char *name;
	const struct netcx_kunit_segment *segment;
	u16 segments;
	u32 (*spoil)(u8 *frame, u32 length);
};

static struct iphdr *ip_of(u8 *frame)
{
	return (struct iphdr *)(frame + ETH_HLEN);
}

static struct ipv6hdr *ip6_of(u8 *frame)
{
	return (struct ipv6hdr *)(frame + ETH_HLEN);
}

static struct tcphdr *tcp_of(u8 *frame)
{
	return (struct tcphdr *)(frame + TCP_AT_V4);
}

static u32 nothing(u8 *frame, u32 length)
{
	return length;
}

static u32 of_another_protocol(u8 *frame, u32 length)
{
	((struct ethhdr *)frame)->h_proto = htons(ETH_P_ARP);
	return length;
}

static u32 cut_in_the_ip_header(u8 *frame, u32 length)
{
	return ETH_HLEN + 10;
}

static u32 cut_in_the_tcp_header(u8 *frame, u32 length)
{
	const u32 left = sizeof(struct iphdr) + 10;

	ip_of(frame)->tot_len = htons(left);
	return ETH_HLEN + left;
}

static u32 of_version_5(u8 *frame, u32 length)
{
	ip_of(frame)->version = 5;
	return length;
}

static u32 ip6_of_version_4(u8 *frame, u32 length)
{
	ip6_of(frame)->version = 4;
	return length;
}

static u32 short_ip_header(u8 *frame, u32 length)
{
	ip_of(frame)->ihl = 4;
	return length;
}

static u32 ip_fragment(u8 *frame, u32 length)
{
	ip_of(frame)->frag_off = htons(IP_MF);
	return length;
}

static u32 ip_total_length_too_small(u8 *frame, u32 length)
{
	ip_of(frame)->tot_len = htons(length - ETH_HLEN - 1);
	return length;
}

static u32 ip_total_length_too_large(u8 *frame, u32 length)
{
	ip_of(frame)->tot_len = htons(length - ETH_HLEN + 1);
	return length;
}

static u32 ip6_payload_length_wrong(u8 *frame, u32 length)
{
	ip6_of(frame)->payload_len = htons(length - TCP_AT_V6 - 1);
	return length;
}

static u32 short_tcp_header(u8 *frame, u32 length)
{
	tcp_of(frame)->doff = 4;
	return length;
}

/* 60 bytes of headers, and not one behind them. */
static u32 tcp_header_and_no_more(u8 *frame, u32 length)
{
	const u32 left = sizeof(struct iphdr) + 60;

	tcp_of(frame)->doff = 15;
	ip_of(frame)->tot_len = htons(left);
	return ETH_HLEN + left;
}

static u32 tcp_header_beyond_the_end(u8 *frame, u32 length)
{
	const u32 left = sizeof(struct iphdr) + 30;

	tcp_of(frame)->doff = 15;
	ip_of(frame)->tot_len = htons(left);
	return ETH_HLEN + left;
}

static const struct netcx_kunit_segment ipv4_options = {
	.protocol = ETH_P_IP, .transport = IPPROTO_TCP, .options3 = 8, .payload = 2801,
};

static const struct netcx_kunit_segment ipv6_extension = {
	.protocol = ETH_P_IPV6, .transport = IPPROTO_TCP, .options3 = 8, .payload = 2801,
};

static const struct netcx_kunit_segment udp4 = {
	.protocol = ETH_P_IP, .transport = IPPROTO_UDP, .payload = 2801,
};

static const struct netcx_kunit_segment udp6 = {
	.protocol = ETH_P_IPV6, .transport = IPPROTO_UDP, .payload = 2801,
};

static const struct refused refused_packets[] = {
	{ "not coalesced", &ipv4, 0, nothing },
	{ "one segment", &ipv4, 1, nothing },
	{ "more segments than bytes", &ipv4, 2802, nothing },
	{ "all ones", &ipv4, U16_MAX, nothing },
	{ "more segments than bytes, IPv6", &ipv6, 2802, nothing },
	{ "another protocol", &ipv4, 2, of_another_protocol },
	{ "IPv4 header cut", &ipv4, 2, cut_in_the_ip_header },
	{ "IPv6 header cut", &ipv6, 2, cut_in_the_ip_header },
	{ "TCP header cut", &ipv4, 2, cut_in_the_tcp_header },
	{ "version 5", &ipv4, 2, of_version_5 },
	{ "IPv6 of version 4", &ipv6, 2, ip6_of_version_4 },
	{ "IPv4 header of 16 bytes", &ipv4, 2, short_ip_header },
	{ "IPv4 options", &ipv4_options, 2, nothing },
	{ "IPv6 extension", &ipv6_extension, 2, nothing },
	{ "UDP over IPv4", &udp4, 2, nothing },
	{ "UDP over IPv6", &udp6, 2, nothing },
	{ "fragment", &ipv4, 2, ip_fragment },
	{ "IPv4 length too small", &ipv4, 2, ip_total_length_too_small },
	{ "IPv4 length too large", &ipv4, 2, ip_total_length_too_large },
	{ "IPv6 length wrong", &ipv6, 2, ip6_payload_length_wrong },
	{ "TCP header of 16 bytes", &ipv4, 2, short_tcp_header },
	{ "no payload", &ipv4, 2, tcp_header_and_no_more },
	{ "TCP header beyond the end", &ipv4, 2, tcp_header_beyond_the_end },
};

static void refused_name(const struct refused *refused, char *name)
{
	strscpy(name, refused->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(refused, refused_packets, refused_name);

static void expect_as_it_came(struct kunit *test, const struct sk_buff *skb, const u8 *frame,
			      u32 ip_summed)
{
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_size, 0u);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_segs, 0u);
	KUNIT_EXPECT_EQ(test, (u32)skb_shinfo(skb)->gso_type, 0u);
	KUNIT_EXPECT_EQ(test, (u32)skb->ip_summed, ip_summed);
	expect_bytes(test, skb, frame, 0);
}

static void rsc_refused(struct kunit *test)
{
	const struct refused *refused = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;
	u32 length;
	u8 *frame = make_frame(interface, refused->segment, &length);

	length = refused->spoil(frame, length);
	skb = receive(interface, frame, length, 2048, refused->segments, true);
	expect_as_it_came(test, skb, frame, CHECKSUM_UNNECESSARY);
	kfree_skb(skb);
}

/* A checksum that nobody vouches for is the stack's; without the offload nobody does. */
static void rsc_checksum_not_valid(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;
	u32 length;
	u8 *frame = make_frame(interface, &ipv4, &length);

	skb = receive(interface, frame, length, 2048, 2, false);
	expect_as_it_came(test, skb, frame, CHECKSUM_NONE);
	kfree_skb(skb);

	interface->netdev->features &= ~NETIF_F_RXCSUM;
	skb = receive(interface, frame, length, 2048, 2, true);
	expect_as_it_came(test, skb, frame, CHECKSUM_NONE);
	kfree_skb(skb);
}

static struct kunit_case rsc_cases[] = {
	KUNIT_CASE_PARAM(rsc_coalesced, coalesced_gen_params),
	KUNIT_CASE(rsc_congestion_window_reduced),
	KUNIT_CASE(rsc_with_gro),
	KUNIT_CASE_PARAM(rsc_refused, refused_gen_params),
	KUNIT_CASE(rsc_checksum_not_valid),
	{}
};

static struct kunit_suite rsc_suite = {
	.name = "netcx_rx_rsc",
	.init = rsc_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = rsc_cases,
};

kunit_test_suite(rsc_suite);

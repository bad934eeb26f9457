// SPDX-License-Identifier: GPL-2.0-only
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/tcp.h>

#include "skbs.h"

#define NETCX_KUNIT_PERIOD	251

u8 netcx_kunit_byte(u32 offset)
{
	return offset % NETCX_KUNIT_PERIOD;
}

void netcx_kunit_fill(void *data, u32 offset, u32 length)
{
	u8 *byte = data;

	for (; length; length--)
		*byte++ = netcx_kunit_byte(offset++);
}

bool netcx_kunit_matches(const void *data, u32 offset, u32 length)
{
	const u8 *byte = data;

	for (; length; length--)
		if (*byte++ != netcx_kunit_byte(offset++))
			return false;
	return true;
}

bool netcx_kunit_skb_matches(const struct sk_buff *skb, u32 offset, u32 length)
{
	u8 byte;
	u32 i;

	if (offset + skb->len != length)
		return false;
	for (i = 0; i < skb->len; i++)
		if (skb_copy_bits(skb, i, &byte, 1) || byte != netcx_kunit_byte(offset + i))
			return false;
	return true;
}

/* cb belongs to whoever has the skb; the driver leaves it alone. */
static void netcx_kunit_skb_freed(struct sk_buff *skb)
{
	(*(struct netcx_kunit_interface **)skb->cb)->freed++;
}

static struct sk_buff *netcx_kunit_alloc_skb(struct netcx_kunit_interface *interface, u32 length)
{
	struct sk_buff *skb = alloc_skb(NET_SKB_PAD + length, GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(interface->test, skb);
	skb_reserve(skb, NET_SKB_PAD);
	skb->dev = interface->netdev;
	*(struct netcx_kunit_interface **)skb->cb = interface;
	skb->destructor = netcx_kunit_skb_freed;
	return skb;
}

struct sk_buff *netcx_kunit_skb(struct netcx_kunit_interface *interface, u32 head,
				unsigned int frags, u32 frag_length)
{
	struct sk_buff *skb = netcx_kunit_alloc_skb(interface, head);
	unsigned int i;

	netcx_kunit_fill(skb_put(skb, head), 0, head);
	skb_reset_mac_header(skb);
	for (i = 0; i < frags; i++) {
		struct page *page = alloc_page(GFP_KERNEL);
		const u32 offset = 32 * i;

		if (!page) {
			kfree_skb(skb);
			KUNIT_FAIL(interface->test, "no page");
			return NULL;
		}
		netcx_kunit_fill(page_address(page) + offset, skb->len, frag_length);
		skb_add_rx_frag(skb, i, page, offset, frag_length, PAGE_SIZE);
	}
	return skb;
}

static void netcx_kunit_put_ipv4(struct sk_buff *skb, const struct netcx_kunit_segment *segment,
				 u32 transport_length)
{
	const u32 length = sizeof(struct iphdr) + segment->options3;
	struct iphdr *ip = skb_put_zero(skb, length);

	ip->version = 4;
	ip->ihl = length / 4;
	ip->ttl = 64;
	ip->protocol = segment->transport;
	ip->tot_len = htons(length + transport_length);
	ip->saddr = htonl(0xc0000201);
	ip->daddr = htonl(0xc0000202);
	/* "No operation" is a valid option. */
	memset(ip + 1, IPOPT_NOP, segment->options3);
	ip_send_check(ip);
}

static void netcx_kunit_put_ipv6(struct sk_buff *skb, const struct netcx_kunit_segment *segment,
				 u32 transport_length)
{
	struct ipv6hdr *ip6 = skb_put_zero(skb, sizeof(*ip6));

	ip6->version = 6;
	ip6->hop_limit = 64;
	ip6->nexthdr = segment->options3 ? NEXTHDR_DEST : segment->transport;
	ip6->payload_len = htons(segment->options3 + transport_length);
	ip6->saddr.s6_addr[15] = 1;
	ip6->daddr.s6_addr[15] = 2;
	if (segment->options3) {
		/* One header of destination options, all padding. */
		u8 *options = skb_put_zero(skb, segment->options3);

		options[0] = segment->transport;
		options[1] = segment->options3 / 8 - 1;
		options[2] = IPV6_TLV_PADN;
		options[3] = segment->options3 - 4;
	}
}

static __sum16 netcx_kunit_pseudo_sum(const struct sk_buff *skb,
				      const struct netcx_kunit_segment *segment, u32 length)
{
	if (segment->protocol == ETH_P_IP)
		return ~csum_tcpudp_magic(ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, length,
					  segment->transport, 0);
	return ~csum_ipv6_magic(&ipv6_hdr(skb)->saddr, &ipv6_hdr(skb)->daddr, length,
				segment->transport, 0);
}

static void netcx_kunit_put_transport(struct sk_buff *skb,
				      const struct netcx_kunit_segment *segment,
				      u32 transport_length)
{
	const __sum16 pseudo = netcx_kunit_pseudo_sum(skb, segment, transport_length);

	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_tail_pointer(skb) - skb->head;
	if (segment->transport == IPPROTO_TCP) {
		const u32 length = sizeof(struct tcphdr) + segment->options4;
		struct tcphdr *tcp = skb_put_zero(skb, length);

		tcp->source = htons(1024);
		tcp->dest = htons(80);
		tcp->doff = length / 4;
		tcp->ack = 1;
		memset(tcp + 1, TCPOPT_NOP, segment->options4);
		tcp->check = pseudo;
		skb->csum_offset = offsetof(struct tcphdr, check);
	} else {
		struct udphdr *udp = skb_put_zero(skb, sizeof(*udp));

		udp->source = htons(1024);
		udp->dest = htons(53);
		udp->len = htons(transport_length);
		udp->check = pseudo;
		skb->csum_offset = offsetof(struct udphdr, check);
	}
}

struct sk_buff *netcx_kunit_segment_skb(struct netcx_kunit_interface *interface,
					const struct netcx_kunit_segment *segment)
{
	const u32 header4 = segment->transport == IPPROTO_TCP ?
			    sizeof(struct tcphdr) + segment->options4 : sizeof(struct udphdr);
	const u32 transport_length = header4 + segment->payload;
	struct sk_buff *skb;
	struct ethhdr *eth;

	skb = netcx_kunit_alloc_skb(interface, ETH_HLEN + sizeof(struct ipv6hdr) +
				    segment->options3 + transport_length);
	skb->protocol = htons(segment->protocol);
	skb_reset_mac_header(skb);
	eth = skb_put_zero(skb, ETH_HLEN);
	ether_addr_copy(eth->h_source, interface->netdev->dev_addr);
	eth_broadcast_addr(eth->h_dest);
	eth->h_proto = skb->protocol;

	skb_set_network_header(skb, skb->len);
	if (segment->protocol == ETH_P_IP)
		netcx_kunit_put_ipv4(skb, segment, transport_length);
	else
		netcx_kunit_put_ipv6(skb, segment, transport_length);
	skb_set_transport_header(skb, skb->len);
	netcx_kunit_put_transport(skb, segment, transport_length);
	netcx_kunit_fill(skb_put(skb, segment->payload), 0, segment->payload);

	if (segment->mss) {
		struct skb_shared_info *shinfo = skb_shinfo(skb);

		shinfo->gso_size = segment->mss;
		shinfo->gso_segs = DIV_ROUND_UP(segment->payload, segment->mss);
		shinfo->gso_type = segment->protocol == ETH_P_IP ? SKB_GSO_TCPV4 : SKB_GSO_TCPV6;
	}
	return skb;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive segment coalescing: the client made one packet of several segments of a TCP stream. The
 * stack takes it for what GRO would have made of them. How large the segments were is not known for
 * certain, which is why this is LRO to Linux: whoever forwards packets has it turned off.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <net/ip6_checksum.h>
#include <net/tcp.h>

#include <netcx/net/rsc.h>

#include "ring.h"
#include "rx_queue.h"
#include "rx_rsc.h"

/* Bytes up to the TCP header; 0: there is none, or the IP header does not tell the length. */
static unsigned int netcx_rsc_layer3(struct sk_buff *skb)
{
	if (skb->protocol == htons(ETH_P_IP)) {
		const struct iphdr *ip = (const struct iphdr *)skb->data;

		if (!pskb_may_pull(skb, sizeof(*ip)))
			return 0;
		ip = (const struct iphdr *)skb->data;
		return ip->version == 4 && ip->ihl == 5 && ip->protocol == IPPROTO_TCP &&
		       !ip_is_fragment(ip) && ntohs(ip->tot_len) == skb->len ? sizeof(*ip) : 0;
	}
	if (skb->protocol == htons(ETH_P_IPV6)) {
		const struct ipv6hdr *ip;

		if (!pskb_may_pull(skb, sizeof(*ip)))
			return 0;
		ip = (const struct ipv6hdr *)skb->data;
		return ip->version == 6 && ip->nexthdr == IPPROTO_TCP &&
		       ntohs(ip->payload_len) + sizeof(*ip) == skb->len ? sizeof(*ip) : 0;
	}
	return 0;
}

/* The checksum is left to be filled in: that of a segment does not fit the whole. */
static void netcx_rsc_checksum(struct sk_buff *skb, unsigned int layer3, struct tcphdr *tcp)
{
	const unsigned int length = skb->len - layer3;

	if (skb->protocol == htons(ETH_P_IP)) {
		const struct iphdr *ip = (const struct iphdr *)skb->data;

		tcp->check = ~tcp_v4_check(length, ip->saddr, ip->daddr, 0);
	} else {
		const struct ipv6hdr *ip = (const struct ipv6hdr *)skb->data;

		tcp->check = ~tcp_v6_check(length, &ip->saddr, &ip->daddr, 0);
	}
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = (unsigned char *)tcp - skb->head;
	skb->csum_offset = offsetof(struct tcphdr, check);
}

void netcx_rx_coalesced(struct netcx_rx_queue *rx, const NET_PACKET *packet, struct sk_buff *skb)
{
	const NET_PACKET_RSC *rsc = netcx_extension((void *)packet, rx->q->layout.packet_rsc);
	const unsigned int segments = rsc->TCP.CoalescedSegmentCount;
	struct skb_shared_info *shinfo;
	unsigned int layer3, headers;
	struct tcphdr *tcp;

	/* Only a valid checksum stands for those of all segments. */
	if (likely(segments < 2) || skb->ip_summed != CHECKSUM_UNNECESSARY)
		return;
	layer3 = netcx_rsc_layer3(skb);
	if (!layer3 || !pskb_may_pull(skb, layer3 + sizeof(*tcp)))
		return;
	tcp = (struct tcphdr *)(skb->data + layer3);
	headers = layer3 + tcp->doff * 4;
	if (tcp->doff < 5 || headers >= skb->len || segments > skb->len - headers)
		return;

	netcx_rsc_checksum(skb, layer3, tcp);
	shinfo = skb_shinfo(skb);
	shinfo->gso_size = DIV_ROUND_UP(skb->len - headers, segments);
	shinfo->gso_segs = segments;
	shinfo->gso_type = skb->protocol == htons(ETH_P_IP) ? SKB_GSO_TCPV4 : SKB_GSO_TCPV6;
	if (tcp->cwr)
		shinfo->gso_type |= SKB_GSO_TCP_ECN;
}

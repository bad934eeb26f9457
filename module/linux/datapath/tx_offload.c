// SPDX-License-Identifier: GPL-2.0-only
/*
 * What of a packet's work the hardware does: which of the netdev's features serve a packet, and its
 * skb's requests as the packet's layout, checksum and GSO extensions.
 */
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip6_checksum.h>
#include <net/tcp.h>

#include <netcx/net/checksum.h>
#include <netcx/net/gso.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "ring.h"
#include "tx_bounce.h"
#include "tx_offload.h"

/* Headers are what they seem to be; user space may send anything with a checksum to fill in. */
static bool netcx_headers_agree(const struct sk_buff *skb, __be16 protocol)
{
	const unsigned int length = skb_network_header_len(skb);
	const u8 layer4 = skb->csum_offset == offsetof(struct tcphdr, check) ? IPPROTO_TCP :
									       IPPROTO_UDP;

	if (protocol == htons(ETH_P_IP))
		return length >= sizeof(struct iphdr) && ip_hdr(skb)->ihl * 4 == length &&
		       ip_hdr(skb)->protocol == layer4;
	return length > sizeof(struct ipv6hdr) ||
	       (length == sizeof(struct ipv6hdr) && ipv6_hdr(skb)->nexthdr == layer4);
}

/* IPv4 options or IPv6 extension headers, where the client does not take them. */
static bool netcx_layer3_exceeds(const struct sk_buff *skb, __be16 protocol, u32 flags)
{
	const unsigned int length = skb_network_header_len(skb);

	if (protocol == htons(ETH_P_IP))
		return length != sizeof(struct iphdr) &&
		       !(flags & NetAdapterOffloadLayer3FlagIPv4WithOptions);
	return length != sizeof(struct ipv6hdr) &&
	       !(flags & NetAdapterOffloadLayer3FlagIPv6WithExtensions);
}

static bool netcx_exceeds(unsigned int offset, u16 limit)
{
	return limit && offset > limit;
}

/*
 * The sender counts the segments, unless it is another machine's stack: a virtual machine leaves
 * that to whoever looks at the headers first.
 */
u32 netcx_gso_segments(const struct sk_buff *skb)
{
	const struct skb_shared_info *shinfo = skb_shinfo(skb);
	const unsigned int headers = skb_tcp_all_headers(skb);

	if (likely(shinfo->gso_segs))
		return shinfo->gso_segs;
	return skb->len > headers ? DIV_ROUND_UP(skb->len - headers, shinfo->gso_size) : 1;
}

/* The packet's tag may be more than the client can insert: then the stack has to. */
static netdev_features_t netcx_vlan_features_check(const struct netcx_adapter *adapter,
						   const struct sk_buff *skb,
						   netdev_features_t features)
{
	const u32 priority = NetAdapterOffloadIeee8021PriorityTaggingFlag;
	const u16 tci = skb_vlan_tag_get(skb);

	if (((tci & VLAN_PRIO_MASK) && !(adapter->ieee8021q.Flags & priority)) ||
	    ((tci & VLAN_CFI_MASK) && !adapter->vlan.DropEligible))
		features &= ~NETIF_F_HW_VLAN_CTAG_TX;
	return features;
}

netdev_features_t netcx_features_check(struct sk_buff *skb, struct net_device *netdev,
				       netdev_features_t features)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_adapter *adapter = nd->adapter;
	const NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES *checksum = &adapter->tx_checksum;
	const unsigned int layer2 = eth_type_vlan(skb->protocol) ? VLAN_ETH_HLEN : ETH_HLEN;
	unsigned int layer4, pushed = 0;
	__be16 protocol;

	if (skb_vlan_tag_present(skb)) {
		features = netcx_vlan_features_check(adapter, skb, features);
		/* The stack is about to move the tag into the packet. */
		if (!vlan_hw_offload_capable(features, skb->vlan_proto))
			pushed = VLAN_HLEN;
	}
	/* The client may just have paused them, before netcx_indicate_work() tells the stack. */
	if (skb_is_gso(skb) && unlikely(READ_ONCE(adapter->offloads_paused)))
		features &= ~NETIF_F_GSO_MASK;

	/* More than one tag is more than most hardware looks behind. */
	features = vlan_features_check(skb, features);

	/* Segmentation needs to know where headers are, which comes with the checksum's place. */
	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return skb_is_gso(skb) ? features & ~NETIF_F_GSO_MASK : features;

	/*
	 * A NET_PACKET_LAYOUT describes one stack of headers, IP over Ethernet with a tag or
	 * without, whose length fields end at 127, 511 and 255 bytes.
	 */
	layer4 = skb_checksum_start_offset(skb);
	protocol = vlan_get_protocol(skb);
	if (skb->encapsulation || skb_network_offset(skb) != layer2 ||
	    layer4 != skb_transport_offset(skb) ||
	    layer4 - layer2 > 511 ||
	    (protocol != htons(ETH_P_IP) && protocol != htons(ETH_P_IPV6)) ||
	    (skb->csum_offset != offsetof(struct tcphdr, check) &&
	     skb->csum_offset != offsetof(struct udphdr, check)) ||
	    !netcx_headers_agree(skb, protocol))
		return features & ~(NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK);

	if (netcx_layer3_exceeds(skb, protocol, checksum->Layer3Flags) ||
	    netcx_exceeds(layer2 + pushed, checksum->Layer3HeaderOffsetLimit) ||
	    netcx_exceeds(layer4 + pushed, checksum->Layer4HeaderOffsetLimit))
		return features & ~(NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK);

	/*
	 * User space may ask for smaller segments than TCP ever does; hardware has minimums. In too
	 * many pieces it would have to be made linear, all of its 64 KiB; its segments are in few.
	 * For clients that get copies anyway such packets are smaller.
	 */
	if (skb_is_gso(skb) &&
	    ((skb_shinfo(skb)->nr_frags >= adapter->tx.MaximumNumberOfFragments &&
	      !netcx_tx_needs_copies(adapter)) ||
	     netcx_layer3_exceeds(skb, protocol, adapter->gso.Layer3Flags) ||
	     netcx_exceeds(layer4 + pushed, adapter->gso.Layer4HeaderOffsetLimit) ||
	     skb_shinfo(skb)->gso_size < TCP_MIN_SND_MSS ||
	     netcx_gso_segments(skb) < adapter->gso.MinimumSegmentCount))
		features &= ~NETIF_F_GSO_MASK;
	return features;
}

/*
 * For segmentation NDIS gives the client headers whose length fields are zero and whose TCP
 * checksum covers the pseudo header without its length; hardware fills in both for every segment.
 */
static int netcx_tx_prepare_gso(struct sk_buff *skb, __be16 protocol)
{
	int err = skb_cow_head(skb, 0);

	if (unlikely(err))
		return err;
	if (protocol == htons(ETH_P_IP)) {
		struct iphdr *ip = ip_hdr(skb);

		ip->tot_len = 0;
		ip->check = 0;
		tcp_hdr(skb)->check = ~csum_tcpudp_magic(ip->saddr, ip->daddr, 0, IPPROTO_TCP, 0);
	} else {
		tcp_v6_gso_csum_prep(skb);
	}
	return 0;
}

int netcx_tx_offload(const struct netcx_queue *q, struct sk_buff *skb, NET_PACKET *packet)
{
	NET_PACKET_LAYOUT *layout = &packet->Layout;
	const u32 layer3_length = skb_network_header_len(skb);
	const __be16 protocol = vlan_get_protocol(skb);
	NET_PACKET_CHECKSUM *checksum;
	int err;

	/* A packet whose features were not checked, or checked before they changed. */
	if (unlikely(!q->layout.packet_checksum))
		return skb_is_gso(skb) ? -EOPNOTSUPP : skb_checksum_help(skb);

	layout->Layer2HeaderLength = skb_network_offset(skb);
	layout->Layer3HeaderLength = layer3_length;
	if (protocol == htons(ETH_P_IP))
		layout->Layer3Type = layer3_length == sizeof(struct iphdr) ?
				     NetPacketLayer3TypeIPv4NoOptions :
				     NetPacketLayer3TypeIPv4WithOptions;
	else
		layout->Layer3Type = layer3_length == sizeof(struct ipv6hdr) ?
				     NetPacketLayer3TypeIPv6NoExtensions :
				     NetPacketLayer3TypeIPv6WithExtensions;

	if (skb->csum_offset == offsetof(struct tcphdr, check)) {
		layout->Layer4Type = NetPacketLayer4TypeTcp;
		layout->Layer4HeaderLength = tcp_hdrlen(skb);
	} else {
		layout->Layer4Type = NetPacketLayer4TypeUdp;
		layout->Layer4HeaderLength = sizeof(struct udphdr);
	}

	if (skb_is_gso(skb)) {
		NET_PACKET_GSO *gso = netcx_extension(packet, q->layout.packet_gso);

		/* The qdisc keeps what it could not hand over, and looks at no features again. */
		if (unlikely(!q->layout.packet_gso ||
			     READ_ONCE(q->adapter->offloads_paused)))
			return -EOPNOTSUPP;
		err = netcx_tx_prepare_gso(skb, protocol);
		if (unlikely(err))
			return err;
		gso->TCP.Mss = skb_shinfo(skb)->gso_size;
	}
	checksum = netcx_extension(packet, q->layout.packet_checksum);
	checksum->Layer4 = NetPacketTxChecksumActionRequired;
	return 0;
}

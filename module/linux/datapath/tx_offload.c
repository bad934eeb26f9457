// SPDX-License-Identifier: GPL-2.0-only
/*
 * What of a packet's work the hardware does: from the client's capabilities to the netdev's
 * features, and from the skb's requests to the packet's layout, checksum and GSO extensions.
 */
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
#include "../netdev/queues.h"
#include "../netdev/vlan.h"
#include "ring.h"
#include "rss.h"
#include "tx_offload.h"

#define NETCX_L3_IPV4	NetAdapterOffloadLayer3FlagIPv4NoOptions
#define NETCX_L3_IPV6	NetAdapterOffloadLayer3FlagIPv6NoExtensions
#define NETCX_L4_TCP	NetAdapterOffloadLayer4FlagTcpNoOptions
#define NETCX_L4_UDP	NetAdapterOffloadLayer4FlagUdp

/* Linux asks for TCP and UDP checksums together, and never without options. */
static bool netcx_tx_checksum_serves(const struct netcx_adapter *adapter, u32 layer3)
{
	const u32 layer4 = NETCX_L4_TCP | NetAdapterOffloadLayer4FlagTcpWithOptions | NETCX_L4_UDP;

	return (adapter->tx_checksum.Layer3Flags & layer3) == layer3 &&
	       (adapter->tx_checksum.Layer4Flags & layer4) == layer4;
}

static bool netcx_gso_serves(const struct netcx_adapter *adapter, u32 layer3)
{
	const u32 layer4 = NETCX_L4_TCP | NetAdapterOffloadLayer4FlagTcpWithOptions;

	return (adapter->gso.Layer3Flags & layer3) == layer3 &&
	       (adapter->gso.Layer4Flags & layer4) == layer4;
}

netdev_features_t netcx_features(const struct netcx_adapter *adapter)
{
	netdev_features_t features = 0;

	if (netcx_tx_checksum_serves(adapter, NETCX_L3_IPV4))
		features |= NETIF_F_SG | NETIF_F_IP_CSUM;
	if (netcx_tx_checksum_serves(adapter, NETCX_L3_IPV6))
		features |= NETIF_F_SG | NETIF_F_IPV6_CSUM;
	if ((features & NETIF_F_IP_CSUM) && netcx_gso_serves(adapter, NETCX_L3_IPV4))
		features |= NETIF_F_TSO;
	if ((features & NETIF_F_IPV6_CSUM) && netcx_gso_serves(adapter, NETCX_L3_IPV6))
		features |= NETIF_F_TSO6;
	/* The stack makes linear packets better than netcx_tx_linearize() does. */
	if (adapter->tx.MaximumNumberOfFragments < 2)
		features &= ~(NETIF_F_SG | NETIF_F_ALL_TSO);
	if (adapter->rx_checksum.Size)
		features |= NETIF_F_RXCSUM;
	if (adapter->rx_checksum.Size && (adapter->rsc.Layer4Flags & NETCX_L4_TCP))
		features |= NETIF_F_LRO;
	if (netcx_rss_is_offered(adapter))
		features |= NETIF_F_RXHASH;
	return features;
}

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
	 */
	if (skb_is_gso(skb) &&
	    (skb_shinfo(skb)->nr_frags >= adapter->tx.MaximumNumberOfFragments ||
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
		return skb_checksum_help(skb);

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

		if (unlikely(!q->layout.packet_gso))
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

int netcx_set_features(struct net_device *netdev, netdev_features_t features)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_adapter *adapter = nd->adapter;
	const bool tx4 = features & NETIF_F_IP_CSUM;
	const bool tx6 = features & NETIF_F_IPV6_CSUM;
	const bool rx = features & NETIF_F_RXCSUM;
	const struct netcx_offloads offloads = {
		.tx_checksum_tcp = tx4 || tx6,
		.tx_checksum_udp = tx4 || tx6,
		.rx_checksum_ipv4 = rx,
		.rx_checksum_tcp = rx,
		.rx_checksum_udp = rx,
		.lso_ipv4 = !!(features & NETIF_F_TSO),
		.lso_ipv6 = !!(features & NETIF_F_TSO6),
		/* IPv4 header checksums come with segmentation only: Linux makes the others. */
		.tx_checksum_ipv4 = !!(features & NETIF_F_TSO) &&
				    (adapter->tx_checksum.Layer3Flags & NETCX_L3_IPV4),
		.tcp_rsc_ipv4 = !!(features & NETIF_F_LRO),
		.tcp_rsc_ipv6 = !!(features & NETIF_F_LRO),
		.rsc_timestamp = !!(features & NETIF_F_LRO),
		.vlan_stripping = !!(features & NETIF_F_HW_VLAN_CTAG_RX),
	};

	netcx_vlan_set_filtering(nd, features);
	if (!nd->datapath)
		return 0;
	if (netcx_vlan_needs_restart(nd, &offloads))
		return netcx_queues_set_offloads(nd, &offloads);
	netcx_core_adapter_set_offloads(nd->adapter, &offloads);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/* What of a client's capabilities Linux may use, for the interface and for a single packet. */
#include <linux/bpf.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/tcp.h>

#include "skbs.h"

#define L3_IPV4		NetAdapterOffloadLayer3FlagIPv4NoOptions
#define L3_IPV4_OPTIONS	NetAdapterOffloadLayer3FlagIPv4WithOptions
#define L3_IPV6		NetAdapterOffloadLayer3FlagIPv6NoExtensions
#define L3_IPV6_EXT	NetAdapterOffloadLayer3FlagIPv6WithExtensions
#define L4_TCP		NetAdapterOffloadLayer4FlagTcpNoOptions
#define L4_TCP_OPTIONS	NetAdapterOffloadLayer4FlagTcpWithOptions
#define L4_UDP		NetAdapterOffloadLayer4FlagUdp
#define L4_ALL		(L4_TCP | L4_TCP_OPTIONS | L4_UDP)

struct features_offer {
	const char *name;
	u32 checksum3, checksum4;
	u32 gso3, gso4;
	bool rx_checksum;
	netdev_features_t features;
	u32 hash;
};

static const struct features_offer features_offers[] = {
	{ "nothing", 0, 0, 0, 0, false, 0 },
	{ "rx checksums", 0, 0, 0, 0, true, NETIF_F_RXCSUM },
	{ "a hash of no kind", 0, 0, 0, 0, false, 0, NetAdapterReceiveScalingHashTypeNone },
	{ "receive scaling", 0, 0, 0, 0, false, NETIF_F_RXHASH,
	  NetAdapterReceiveScalingHashTypeToeplitz },
	{ "IPv4 checksums", L3_IPV4, L4_ALL, 0, 0, false, NETIF_F_SG | NETIF_F_IP_CSUM },
	{ "IPv6 checksums", L3_IPV6, L4_ALL, 0, 0, false, NETIF_F_SG | NETIF_F_IPV6_CSUM },
	/* Linux cannot say "TCP without options" or "TCP, but not UDP". */
	{ "no TCP options", L3_IPV4, L4_TCP | L4_UDP, 0, 0, false, 0 },
	{ "no UDP", L3_IPV4, L4_TCP | L4_TCP_OPTIONS, 0, 0, false, 0 },
	{ "no TCP", L3_IPV4, L4_UDP, 0, 0, false, 0 },
	{ "IPv4 segmentation", L3_IPV4, L4_ALL, L3_IPV4, L4_TCP | L4_TCP_OPTIONS, false,
	  NETIF_F_SG | NETIF_F_IP_CSUM | NETIF_F_TSO },
	{ "IPv6 segmentation", L3_IPV6, L4_ALL, L3_IPV6, L4_TCP | L4_TCP_OPTIONS, false,
	  NETIF_F_SG | NETIF_F_IPV6_CSUM | NETIF_F_TSO6 },
	{ "segmentation without TCP options", L3_IPV4, L4_ALL, L3_IPV4, L4_TCP, false,
	  NETIF_F_SG | NETIF_F_IP_CSUM },
	{ "segmentation without checksums", 0, 0, L3_IPV4, L4_TCP | L4_TCP_OPTIONS, false, 0 },
	{ "everything", L3_IPV4 | L3_IPV4_OPTIONS | L3_IPV6 | L3_IPV6_EXT, L4_ALL,
	  L3_IPV4 | L3_IPV6, L4_TCP | L4_TCP_OPTIONS, true,
	  NETIF_F_SG | NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM | NETIF_F_TSO | NETIF_F_TSO6 |
	  NETIF_F_RXCSUM | NETIF_F_RXHASH, NetAdapterReceiveScalingHashTypeToeplitz },
};

static void features_offer_name(const struct features_offer *offer, char *name)
{
	strscpy(name, offer->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(features_offer, features_offers, features_offer_name);

static void features_of_the_interface(struct kunit *test)
{
	const struct features_offer *offer = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_adapter *adapter = &interface->adapter;

	adapter->tx_checksum.Layer3Flags = offer->checksum3;
	adapter->tx_checksum.Layer4Flags = offer->checksum4;
	adapter->gso.Layer3Flags = offer->gso3;
	adapter->gso.Layer4Flags = offer->gso4;
	adapter->rx_checksum.Size = offer->rx_checksum ? sizeof(adapter->rx_checksum) : 0;
	adapter->receive_scaling.Size = sizeof(adapter->receive_scaling);
	adapter->receive_scaling.ReceiveScalingHashTypes = offer->hash;
	KUNIT_EXPECT_EQ(test, netcx_features(adapter), offer->features);

	/* TSO comes in pieces, which are copied together; of anything else the stack does that. */
	adapter->tx.MaximumNumberOfFragments = 1;
	KUNIT_EXPECT_EQ(test, netcx_features(adapter),
			offer->features & NETIF_F_ALL_TSO ? offer->features :
							    offer->features & ~NETIF_F_SG);
}

static const netdev_features_t features_all = NETIF_F_SG | NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM |
					      NETIF_F_TSO | NETIF_F_TSO6;

/* What is left of all features for one packet. Frees the packet. */
static netdev_features_t features_for(struct netcx_kunit_interface *interface, struct sk_buff *skb)
{
	netdev_features_t features = netcx_features_check(skb, interface->netdev, features_all);

	kfree_skb(skb);
	return features;
}

static void features_of_plain_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.options4 = 12,
		.payload = 5000,
		.mss = 1448,
	};

	netcx_kunit_offer_offloads(interface);
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &segment)),
			features_all);
	segment.protocol = ETH_P_IPV6;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &segment)),
			features_all);
	segment.transport = IPPROTO_UDP;
	segment.mss = 0;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &segment)),
			features_all);
	/* Nothing is asked for, so nothing can be asked too much. */
	KUNIT_EXPECT_EQ(test, features_for(interface, netcx_kunit_skb(interface, 100, 2, 100)),
			features_all);
}

/* From the moment that the client pauses offloads, whenever the stack hears of it. */
static void features_of_a_client_that_pauses(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	const struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.payload = 5000,
		.mss = 1448,
	};

	netcx_kunit_offer_offloads(interface);
	interface->adapter.offloads_paused = true;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &segment)),
			features_all & ~NETIF_F_GSO_MASK);
	KUNIT_EXPECT_EQ(test, features_for(interface, netcx_kunit_skb(interface, 100, 2, 100)),
			features_all);
}

/* Headers that a NET_PACKET_LAYOUT cannot describe. */
static void features_of_odd_packets(struct kunit *test)
{
	const struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.payload = 5000,
		.mss = 1460,
	};
	const struct netcx_kunit_segment long_headers = {
		.protocol = ETH_P_IPV6,
		.transport = IPPROTO_TCP,
		/* 40 + 472 is one more than the layout's 9 bits can say. */
		.options3 = 472,
		.payload = 100,
	};
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	netcx_kunit_offer_offloads(interface);

	skb = netcx_kunit_segment_skb(interface, &segment);
	skb->encapsulation = 1;
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);

	/* A tag in the packet's own bytes. */
	skb = netcx_kunit_segment_skb(interface, &segment);
	skb->mac_header -= VLAN_HLEN;
	skb->data -= VLAN_HLEN;
	skb->len += VLAN_HLEN;
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);

	skb = netcx_kunit_segment_skb(interface, &segment);
	skb->protocol = htons(ETH_P_MPLS_UC);
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);

	/* SCTP's sum, say. */
	skb = netcx_kunit_segment_skb(interface, &segment);
	skb->csum_offset = 8;
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);

	/* The sum does not begin with the transport header. */
	skb = netcx_kunit_segment_skb(interface, &segment);
	skb->csum_start += 8;
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);

	/* User space may send anything: headers that are not what the offsets make of them. */
	skb = netcx_kunit_segment_skb(interface, &segment);
	ip_hdr(skb)->protocol = IPPROTO_UDP;
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);
	skb = netcx_kunit_segment_skb(interface, &segment);
	ip_hdr(skb)->ihl = 15;
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);
	skb = netcx_kunit_segment_skb(interface, &segment);
	skb->protocol = htons(ETH_P_IPV6);
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);

	skb = netcx_kunit_segment_skb(interface, &long_headers);
	KUNIT_EXPECT_EQ(test, features_for(interface, skb), (netdev_features_t)NETIF_F_SG);
}

static void features_follow_the_clients_limits(struct kunit *test)
{
	const struct netcx_kunit_segment with_options = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.options3 = 8,
		.payload = 100,
	};
	const struct netcx_kunit_segment with_extension = {
		.protocol = ETH_P_IPV6,
		.transport = IPPROTO_UDP,
		.options3 = 8,
		.payload = 100,
	};
	const struct netcx_kunit_segment two_segments = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.payload = 2000,
		.mss = 1460,
	};
	const netdev_features_t no_gso = features_all & ~NETIF_F_GSO_MASK;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_adapter *adapter = &interface->adapter;

	netcx_kunit_offer_offloads(interface);
	adapter->tx_checksum.Layer3Flags = L3_IPV4 | L3_IPV6;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &with_options)),
			(netdev_features_t)NETIF_F_SG);
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &with_extension)),
			(netdev_features_t)NETIF_F_SG);

	/* Layer 4 begins at byte 34. */
	netcx_kunit_offer_offloads(interface);
	adapter->tx_checksum.Layer4HeaderOffsetLimit = 34;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &two_segments)),
			features_all);
	adapter->tx_checksum.Layer4HeaderOffsetLimit = 33;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &two_segments)),
			(netdev_features_t)NETIF_F_SG);
	adapter->tx_checksum.Layer4HeaderOffsetLimit = 0;
	adapter->tx_checksum.Layer3HeaderOffsetLimit = ETH_HLEN - 1;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &two_segments)),
			(netdev_features_t)NETIF_F_SG);
	adapter->tx_checksum.Layer3HeaderOffsetLimit = 0;

	adapter->gso.Layer4HeaderOffsetLimit = 33;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &two_segments)),
			no_gso);
	adapter->gso.Layer4HeaderOffsetLimit = 0;
	adapter->gso.MinimumSegmentCount = 2;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &two_segments)),
			features_all);
	adapter->gso.MinimumSegmentCount = 3;
	KUNIT_EXPECT_EQ(test, features_for(interface,
					   netcx_kunit_segment_skb(interface, &two_segments)),
			no_gso);
}

static struct sk_buff *features_in_pieces(struct netcx_kunit_interface *interface,
					  unsigned int pieces)
{
	const struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.payload = 2000,
		.mss = 1460,
	};
	struct sk_buff *skb = netcx_kunit_segment_skb(interface, &segment);
	unsigned int i;

	for (i = 0; i < pieces - 1; i++) {
		struct page *page = alloc_page(GFP_KERNEL);

		KUNIT_ASSERT_NOT_ERR_OR_NULL(interface->test, page);
		skb_add_rx_frag(skb, i, page, 0, 100, PAGE_SIZE);
	}
	return skb;
}

/* More pieces than the client takes are for the stack to segment, not for us to copy together. */
static void features_of_too_many_pieces(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int pieces;

	netcx_kunit_offer_offloads(interface);
	interface->adapter.tx.MaximumNumberOfFragments = 3;
	for (pieces = 1; pieces <= 4; pieces++)
		KUNIT_EXPECT_EQ(test, features_for(interface,
						   features_in_pieces(interface, pieces)),
				pieces > 3 ? features_all & ~NETIF_F_GSO_MASK : features_all);
}

/* Unless packets are copied anyway, and are smaller for it. */
static void features_of_pieces_to_be_copied(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_adapter *adapter = &interface->adapter;

	netcx_kunit_offer_offloads(interface);
	adapter->tx.MaximumNumberOfFragments = 1;
	KUNIT_EXPECT_EQ(test, features_for(interface, features_in_pieces(interface, 2)),
			features_all);
	adapter->tx.MaximumNumberOfFragments = 3;
	adapter->tx.PayloadBackfill = 4;
	KUNIT_EXPECT_EQ(test, features_for(interface, features_in_pieces(interface, 4)),
			features_all);
}

/* Nobody has counted a virtual machine's segments; where there is no payload it is one. */
static void features_of_uncounted_segments(struct kunit *test)
{
	struct netcx_kunit_segment segment = {
		.protocol = ETH_P_IPV6,
		.transport = IPPROTO_TCP,
		.options4 = 12,
		.mss = 1428,
	};
	const netdev_features_t no_gso = features_all & ~NETIF_F_GSO_MASK;
	static const u32 payloads[] = { 0, 1, 1428, 1429, 2856, 2857 };
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int i;

	netcx_kunit_offer_offloads(interface);
	interface->adapter.gso.MinimumSegmentCount = 3;
	for (i = 0; i < ARRAY_SIZE(payloads); i++) {
		struct sk_buff *skb;

		segment.payload = payloads[i];
		skb = netcx_kunit_segment_skb(interface, &segment);
		skb_shinfo(skb)->gso_segs = 0;
		KUNIT_EXPECT_EQ(test, features_for(interface, skb),
				payloads[i] > 2856 ? features_all : no_gso);
	}
}

static void features_reach_the_client(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	const struct netcx_offloads *offloads = &interface->offloads;

	netcx_kunit_offer_offloads(interface);
	KUNIT_EXPECT_EQ(test, netcx_set_features(interface->netdev, 0), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(offloads, 0, sizeof(*offloads)));

	netcx_set_features(interface->netdev, NETIF_F_IP_CSUM | NETIF_F_TSO);
	KUNIT_EXPECT_TRUE(test, offloads->tx_checksum_tcp);
	KUNIT_EXPECT_TRUE(test, offloads->tx_checksum_udp);
	KUNIT_EXPECT_TRUE(test, offloads->tx_checksum_ipv4);
	KUNIT_EXPECT_TRUE(test, offloads->lso_ipv4);
	KUNIT_EXPECT_FALSE(test, offloads->lso_ipv6);
	KUNIT_EXPECT_FALSE(test, offloads->rx_checksum_tcp);

	netcx_set_features(interface->netdev, NETIF_F_IPV6_CSUM | NETIF_F_TSO6 | NETIF_F_RXCSUM);
	KUNIT_EXPECT_TRUE(test, offloads->tx_checksum_tcp);
	KUNIT_EXPECT_FALSE(test, offloads->tx_checksum_ipv4);
	KUNIT_EXPECT_FALSE(test, offloads->lso_ipv4);
	KUNIT_EXPECT_TRUE(test, offloads->lso_ipv6);
	KUNIT_EXPECT_TRUE(test, offloads->rx_checksum_ipv4);
	KUNIT_EXPECT_TRUE(test, offloads->rx_checksum_tcp);
	KUNIT_EXPECT_TRUE(test, offloads->rx_checksum_udp);
}

/* A client whose device is powered down is told when it is up again. */
static void features_wait_for_power(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	const struct netcx_offloads *offloads = &interface->offloads;

	netcx_kunit_offer_offloads(interface);
	interface->nd->datapath = false;
	KUNIT_EXPECT_EQ(test, netcx_set_features(interface->netdev, NETIF_F_IP_CSUM), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(offloads, 0, sizeof(*offloads)));
}

/* Programs are to see what was on the wire, whoever asks for LRO while there is one. */
static void features_without_lro_under_a_program(struct kunit *test)
{
	const netdev_features_t both = NETIF_F_RXCSUM | NETIF_F_LRO;
	struct netcx_kunit_interface *interface = test->priv;
	struct net_device *netdev = interface->netdev;
	static struct bpf_prog prog;

	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, both), both);
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, NETIF_F_LRO), (netdev_features_t)0);
	interface->nd->xdp_prog = &prog;
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, both), NETIF_F_RXCSUM);
	interface->nd->xdp_prog = NULL;

	/* The same with the kernel's generic XDP. */
	rcu_assign_pointer(netdev->xdp_prog, &prog);
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, both), NETIF_F_RXCSUM);
	RCU_INIT_POINTER(netdev->xdp_prog, NULL);
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, both), both);
}

static struct kunit_case features_cases[] = {
	KUNIT_CASE_PARAM(features_of_the_interface, features_offer_gen_params),
	KUNIT_CASE(features_of_plain_packets),
	KUNIT_CASE(features_of_a_client_that_pauses),
	KUNIT_CASE(features_of_odd_packets),
	KUNIT_CASE(features_follow_the_clients_limits),
	KUNIT_CASE(features_of_too_many_pieces),
	KUNIT_CASE(features_of_pieces_to_be_copied),
	KUNIT_CASE(features_of_uncounted_segments),
	KUNIT_CASE(features_reach_the_client),
	KUNIT_CASE(features_wait_for_power),
	KUNIT_CASE(features_without_lro_under_a_program),
	{}
};

static struct kunit_suite features_suite = {
	.name = "netcx_features",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = features_cases,
};

kunit_test_suite(features_suite);

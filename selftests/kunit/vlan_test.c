// SPDX-License-Identifier: GPL-2.0-only
/* VLAN tags in both directions, those that hardware cannot insert, the filter. */
#include <linux/ip.h>
#include <linux/tcp.h>

#include "receive.h"
#include "../../module/linux/datapath/tx_vlan.h"
#include "../../module/linux/netdev/vlan.h"

#define VLAN_PRIORITY	NetAdapterOffloadIeee8021PriorityTaggingFlag
#define VLAN_ID		NetAdapterOffloadIeee8021VlanTaggingFlag

static void vlan_set_stripping(NETADAPTER adapter, BOOLEAN enabled)
{
}

static void vlan_set_filter(NETADAPTER adapter, const struct netcx_vlan_filter *filter)
{
}

/* Everything, as an 82574 has it. */
static void vlan_offer(struct netcx_kunit_interface *interface)
{
	struct netcx_adapter *adapter = &interface->adapter;

	netcx_kunit_offer_offloads(interface);
	adapter->ieee8021q.Flags = VLAN_PRIORITY | VLAN_ID;
	adapter->vlan.SetStripping = vlan_set_stripping;
	adapter->vlan.InsertionNeedsStripping = true;
	adapter->vlan.DropEligible = true;
	adapter->vlan.SetFilter = vlan_set_filter;
	adapter->offloads.vlan_stripping = true;
}

/* ---- features ---- */

static void vlan_features_of_the_interface(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_adapter *adapter = &interface->adapter;

	KUNIT_EXPECT_EQ(test, netcx_vlan_features(adapter), (netdev_features_t)0);
	/* A priority alone is no VLAN. */
	adapter->ieee8021q.Flags = VLAN_PRIORITY;
	KUNIT_EXPECT_EQ(test, netcx_vlan_features(adapter), (netdev_features_t)0);
	adapter->ieee8021q.Flags = VLAN_ID;
	KUNIT_EXPECT_EQ(test, netcx_vlan_features(adapter), NETIF_F_HW_VLAN_CTAG_TX);
	vlan_offer(interface);
	KUNIT_EXPECT_EQ(test, netcx_vlan_features(adapter),
			NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_CTAG_RX |
			NETIF_F_HW_VLAN_CTAG_FILTER);
}

/* What VLAN devices get, and that they are in the filter from the start. */
static void vlan_initial_state(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = interface->nd;

	interface->netdev->features = NETIF_F_SG | NETIF_F_IP_CSUM | NETIF_F_TSO | NETIF_F_RXCSUM |
				      NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_CTAG_FILTER;
	netcx_vlan_init(nd);
	KUNIT_EXPECT_EQ(test, interface->netdev->vlan_features,
			NETIF_F_SG | NETIF_F_IP_CSUM | NETIF_F_TSO);
	KUNIT_EXPECT_TRUE(test, nd->vlan_filtering);
	KUNIT_EXPECT_EQ(test, nd->vlan_filter.Members[0], 1u);
}

static void vlan_one_switch_for_both(struct kunit *test)
{
	const netdev_features_t both = NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_CTAG_RX;
	struct netcx_kunit_interface *interface = test->priv;
	struct net_device *netdev = interface->netdev;

	vlan_offer(interface);
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, both), both);
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, NETIF_F_HW_VLAN_CTAG_RX),
			NETIF_F_HW_VLAN_CTAG_RX);
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, NETIF_F_HW_VLAN_CTAG_TX),
			(netdev_features_t)0);
	interface->adapter.vlan.InsertionNeedsStripping = false;
	KUNIT_EXPECT_EQ(test, netcx_fix_features(netdev, NETIF_F_HW_VLAN_CTAG_TX),
			NETIF_F_HW_VLAN_CTAG_TX);
}

/* Packets in a queue would lose their tags. */
static void vlan_switching_empties_the_queues(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct net_device *netdev = interface->netdev;

	vlan_offer(interface);
	interface->nd->running = true;
	netcx_set_features(netdev, NETIF_F_HW_VLAN_CTAG_RX);
	KUNIT_EXPECT_FALSE(test, interface->restarted);
	netcx_set_features(netdev, 0);
	KUNIT_EXPECT_TRUE(test, interface->restarted);
	KUNIT_EXPECT_FALSE(test, interface->offloads.vlan_stripping);

	interface->restarted = false;
	interface->nd->running = false;
	netcx_set_features(netdev, NETIF_F_HW_VLAN_CTAG_RX);
	KUNIT_EXPECT_FALSE(test, interface->restarted);
	KUNIT_EXPECT_TRUE(test, interface->offloads.vlan_stripping);

	interface->nd->running = true;
	interface->adapter.vlan.InsertionNeedsStripping = false;
	netcx_set_features(netdev, 0);
	KUNIT_EXPECT_FALSE(test, interface->restarted);
	KUNIT_EXPECT_FALSE(test, interface->offloads.vlan_stripping);
	interface->nd->running = false;
}

static const netdev_features_t vlan_features_all = NETIF_F_SG | NETIF_F_IP_CSUM |
						   NETIF_F_IPV6_CSUM | NETIF_F_TSO |
						   NETIF_F_TSO6 | NETIF_F_HW_VLAN_CTAG_TX;

static const struct netcx_kunit_segment vlan_segment = {
	.protocol = ETH_P_IP,
	.transport = IPPROTO_TCP,
	.options4 = 12,
	.payload = 5000,
	.mss = 1448,
};

static struct sk_buff *vlan_skb(struct netcx_kunit_interface *interface, u16 tci)
{
	struct sk_buff *skb = netcx_kunit_segment_skb(interface, &vlan_segment);

	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), tci);
	return skb;
}

/* The tag in the packet's bytes. */
static struct sk_buff *vlan_skb_inside(struct netcx_kunit_interface *interface, __be16 protocol)
{
	struct sk_buff *skb = netcx_kunit_segment_skb(interface, &vlan_segment);

	skb = vlan_insert_tag_set_proto(skb, protocol, 10);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(interface->test, skb);
	skb_reset_mac_header(skb);
	return skb;
}

static netdev_features_t vlan_features_for(struct netcx_kunit_interface *interface,
					   struct sk_buff *skb, netdev_features_t features)
{
	features = netcx_features_check(skb, interface->netdev, features);
	kfree_skb(skb);
	return features;
}

static void vlan_features_of_tagged_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	const netdev_features_t all = vlan_features_all;
	struct sk_buff *skb;

	vlan_offer(interface);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 0xf00a), all), all);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface,
						vlan_skb_inside(interface, htons(ETH_P_8021Q)),
						all), all);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface,
						vlan_skb_inside(interface, htons(ETH_P_8021AD)),
						all), all);

	/* Two tags, wherever they are. */
	skb = vlan_skb_inside(interface, htons(ETH_P_8021Q));
	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), 20);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, skb, all),
			NETIF_F_SG | NETIF_F_HW_VLAN_CTAG_TX);
	skb = vlan_insert_tag_set_proto(vlan_skb_inside(interface, htons(ETH_P_8021Q)),
					htons(ETH_P_8021AD), 20);
	skb_reset_mac_header(skb);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, skb, all),
			NETIF_F_SG | NETIF_F_HW_VLAN_CTAG_TX);
}

/* Bits of a tag that the client cannot insert make the stack insert it. */
static void vlan_features_follow_the_tag(struct kunit *test)
{
	const netdev_features_t no_tag = vlan_features_all & ~NETIF_F_HW_VLAN_CTAG_TX;
	struct netcx_kunit_interface *interface = test->priv;
	const netdev_features_t all = vlan_features_all;

	vlan_offer(interface);
	interface->adapter.ieee8021q.Flags = VLAN_ID;
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 0x000a), all), all);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 0x200a), all),
			no_tag);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 0x100a), all), all);
	interface->adapter.vlan.DropEligible = false;
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 0x100a), all),
			no_tag);
}

/* With the tag among them the headers lie further back than without, when the stack inserts it. */
static void vlan_features_count_the_tag(struct kunit *test)
{
	const netdev_features_t no_tag = vlan_features_all & ~NETIF_F_HW_VLAN_CTAG_TX;
	struct netcx_kunit_interface *interface = test->priv;
	const netdev_features_t all = vlan_features_all;
	struct netcx_adapter *adapter = &interface->adapter;

	vlan_offer(interface);
	adapter->tx_checksum.Layer3HeaderOffsetLimit = ETH_HLEN;
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 10), all), all);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 10), no_tag),
			NETIF_F_SG);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface,
						vlan_skb_inside(interface, htons(ETH_P_8021Q)),
						all), NETIF_F_SG | NETIF_F_HW_VLAN_CTAG_TX);
	adapter->tx_checksum.Layer3HeaderOffsetLimit = ETH_HLEN + VLAN_HLEN;
	adapter->gso.Layer4HeaderOffsetLimit = ETH_HLEN + VLAN_HLEN + sizeof(struct iphdr);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 10), no_tag),
			no_tag);
	adapter->gso.Layer4HeaderOffsetLimit--;
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 10), no_tag),
			no_tag & ~NETIF_F_GSO_MASK);
	KUNIT_EXPECT_EQ(test, vlan_features_for(interface, vlan_skb(interface, 10), all), all);
}

/* ---- transmit ---- */

static const NET_PACKET_IEEE8021Q *vlan_tag(const struct netcx_tx_queue *tx, u32 index)
{
	return netcx_extension(NetRingGetPacketAtIndex(tx->q->packets, index),
			       tx->q->layout.packet_ieee8021q);
}

/* Priority, DEI, VLAN: extremes and each bit alone. */
static const u16 vlan_tags[] = {
	0x0000, 0x0001, 0x000a, 0x0800, 0x0fff, 0x1000, 0x2000, 0x8000, 0xe000, 0xf00a, 0xffff,
};

static void vlan_tags_for_hardware(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	unsigned int i;

	vlan_offer(interface);
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	for (i = 0; i < ARRAY_SIZE(vlan_tags); i++) {
		const NET_PACKET_IEEE8021Q *tag = vlan_tag(tx, i);
		struct sk_buff *skb = vlan_skb(interface, vlan_tags[i]);
		const NET_PACKET *packet;

		KUNIT_ASSERT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
		packet = NetRingGetPacketAtIndex(tx->q->packets, i);
		KUNIT_EXPECT_EQ(test, (u32)tag->PriorityCodePoint, (u32)vlan_tags[i] >> 13);
		KUNIT_EXPECT_EQ(test, (u32)tag->VlanIdentifier, vlan_tags[i] & 0xfffu);
		KUNIT_EXPECT_EQ(test, netcx_ieee8021q_tci(tag), vlan_tags[i]);
		KUNIT_EXPECT_EQ(test, (u32)tag->TxTagging,
				(u32)(NetPacketTxIeee8021qActionFlagPriorityRequired |
				      NetPacketTxIeee8021qActionFlagVlanRequired));
		/* It is not in the packet, and the headers are where they were. */
		KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer2HeaderLength, (u32)ETH_HLEN);
		KUNIT_EXPECT_EQ(test, ntohs(((struct ethhdr *)skb->data)->h_proto), ETH_P_IP);
	}
}

/* A slot that had a tag has none for the next packet without. */
static void vlan_untagged_packets(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	u32 i;

	vlan_offer(interface);
	tx = netcx_kunit_tx_open(interface, 8);
	for (i = 0; i < 8; i++)
		netcx_kunit_xmit(interface, vlan_skb(interface, 0xffff), false);
	for (i = 0; i < 8; i++) {
		const u32 index = tx->q->packets->EndIndex;

		netcx_kunit_xmit(interface, netcx_kunit_segment_skb(interface, &vlan_segment),
				 false);
		KUNIT_EXPECT_NULL(test, memchr_inv(vlan_tag(tx, index), 0,
						   sizeof(NET_PACKET_IEEE8021Q)));
	}
}

/* Priorities that hardware has no place for are not asked of it. */
static void vlan_tagging_is_the_clients(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;

	vlan_offer(interface);
	interface->adapter.ieee8021q.Flags = VLAN_ID;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	netcx_kunit_xmit(interface, vlan_skb(interface, 0x000a), false);
	KUNIT_EXPECT_EQ(test, (u32)vlan_tag(tx, 0)->TxTagging,
			(u32)NetPacketTxIeee8021qActionFlagVlanRequired);
}

static void vlan_expect_inside(struct kunit *test, const struct netcx_tx_queue *tx,
			       const struct sk_buff *skb)
{
	const NET_PACKET *packet = NetRingGetPacketAtIndex(tx->q->packets, 0);
	const struct vlan_ethhdr *header = (const void *)skb->data;

	KUNIT_ASSERT_EQ(test, tx->q->packets->EndIndex, 1u);
	KUNIT_EXPECT_EQ(test, ntohs(header->h_vlan_proto), ETH_P_8021Q);
	KUNIT_EXPECT_EQ(test, ntohs(header->h_vlan_TCI), 0xf00a);
	KUNIT_EXPECT_EQ(test, ntohs(header->h_vlan_encapsulated_proto), ETH_P_IP);
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer2HeaderLength, (u32)VLAN_ETH_HLEN);
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer3HeaderLength, (u32)sizeof(struct iphdr));
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer3Type,
			(u32)NetPacketLayer3TypeIPv4NoOptions);
	KUNIT_EXPECT_EQ(test, (u32)packet->Layout.Layer4HeaderLength,
			(u32)sizeof(struct tcphdr) + 12);
}

/* A packet on its way while inserting was switched off: it does not go without its tag. */
static void vlan_tag_moves_inside(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	struct sk_buff *skb;

	vlan_offer(interface);
	interface->adapter.offloads.vlan_stripping = false;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	skb = vlan_skb(interface, 0xf00a);
	KUNIT_ASSERT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	vlan_expect_inside(test, tx, skb);
	KUNIT_EXPECT_EQ(test, (u32)vlan_tag(tx, 0)->TxTagging, 0u);
	KUNIT_EXPECT_FALSE(test, skb_vlan_tag_present(skb));
}

static void vlan_tag_of_a_queue_without_the_extension(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	struct sk_buff *skb;

	netcx_kunit_offer_offloads(interface);
	tx = netcx_kunit_tx_open(interface, 64);
	KUNIT_ASSERT_EQ(test, tx->q->layout.packet_ieee8021q, 0);
	interface->tx_returns = 0;
	skb = vlan_skb(interface, 0xf00a);
	KUNIT_ASSERT_EQ(test, netcx_kunit_xmit(interface, skb, false), NETDEV_TX_OK);
	vlan_expect_inside(test, tx, skb);
}

/* Behind a tag the headers are out of the client's reach. */
static void vlan_tag_moves_headers_out_of_reach(struct kunit *test)
{
	const struct netcx_kunit_segment plain = {
		.protocol = ETH_P_IP,
		.transport = IPPROTO_TCP,
		.payload = 100,
	};
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx;
	struct sk_buff *skb;

	netcx_kunit_offer_offloads(interface);
	interface->adapter.tx_checksum.Layer3HeaderOffsetLimit = ETH_HLEN;
	tx = netcx_kunit_tx_open(interface, 64);
	interface->tx_returns = 0;
	skb = netcx_kunit_segment_skb(interface, &plain);
	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), 10);
	netcx_kunit_xmit(interface, skb, false);
	KUNIT_ASSERT_EQ(test, tx->q->packets->EndIndex, 1u);
	KUNIT_EXPECT_EQ(test, (u32)skb->ip_summed, (u32)CHECKSUM_NONE);

	/* What would have to be segmented is lost. */
	netcx_kunit_xmit(interface, vlan_skb(interface, 10), false);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 1u);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
}

static void vlan_without_memory_for_the_tag(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_tx_queue *tx = netcx_kunit_tx_open(interface, 64);

	netcx_kunit_fail(NETCX_KUNIT_COW_HEAD, 0, 1);
	netcx_kunit_xmit(interface, vlan_skb(interface, 10), false);
	KUNIT_EXPECT_EQ(test, interface->freed, 1u);
	KUNIT_EXPECT_EQ(test, u64_stats_read(&tx->stats.dropped), 1ull);
	KUNIT_EXPECT_EQ(test, tx->q->packets->EndIndex, 0u);
}

/* ---- receive ---- */

static void vlan_received_tags(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	unsigned int i;

	vlan_offer(interface);
	netcx_kunit_rx_open(interface, 64, 2048);
	for (i = 0; i < ARRAY_SIZE(vlan_tags); i++) {
		NET_PACKET_IEEE8021Q *tag;
		struct sk_buff *skb;

		netcx_kunit_rx_refill(interface);
		tag = netcx_extension(netcx_kunit_rx_packet(interface, 0),
				      interface->rx_queue.layout.packet_ieee8021q);
		netcx_ieee8021q_set(tag, vlan_tags[i], NetPacketTxIeee8021qActionFlagVlanRequired);
		netcx_kunit_receive_packet(interface, 1, 100);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, 100);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_TRUE(test, skb_vlan_tag_present(skb));
		KUNIT_EXPECT_EQ(test, ntohs(skb->vlan_proto), ETH_P_8021Q);
		KUNIT_EXPECT_EQ(test, skb_vlan_tag_get(skb), vlan_tags[i]);
		kfree_skb(skb);
	}
}

/* A client that knows the fields of Windows only; 0 is no tag, also in a slot that had one. */
static void vlan_received_fields(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 i;

	vlan_offer(interface);
	netcx_kunit_rx_open(interface, 8, 2048);
	for (i = 0; i < 32; i++) {
		const bool tagged = i % 8 < 4;
		NET_PACKET_IEEE8021Q *tag;
		struct sk_buff *skb;

		netcx_kunit_rx_refill(interface);
		tag = netcx_extension(netcx_kunit_rx_packet(interface, 0),
				      interface->rx_queue.layout.packet_ieee8021q);
		if (tagged) {
			tag->PriorityCodePoint = 3;
			tag->VlanIdentifier = 100 + i;
		}
		netcx_kunit_receive_packet(interface, 1, 100);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, 100);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_EQ(test, !!skb_vlan_tag_present(skb), tagged);
		if (tagged)
			KUNIT_EXPECT_EQ(test, skb_vlan_tag_get(skb), 0x6000 + 100 + i);
		kfree_skb(skb);
	}
}

/* Stripping was just switched off: what is in the ring has its tag still in the extension. */
static void vlan_received_after_the_switch(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	vlan_offer(interface);
	interface->netdev->features &= ~NETIF_F_HW_VLAN_CTAG_RX;
	interface->adapter.offloads.vlan_stripping = false;
	netcx_kunit_rx_open(interface, 8, 2048);
	netcx_kunit_rx_refill(interface);
	netcx_ieee8021q_set(netcx_extension(netcx_kunit_rx_packet(interface, 0),
					    interface->rx_queue.layout.packet_ieee8021q),
			    10, NetPacketTxIeee8021qActionFlagVlanRequired);
	netcx_kunit_receive_packet(interface, 1, 100);
	netcx_kunit_rx_indicate(interface, 64);
	skb = netcx_kunit_expect_received(interface, 100);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, skb_vlan_tag_get(skb), 10);
	kfree_skb(skb);
}

/* ---- filter ---- */

static bool vlan_is_member(const struct netcx_kunit_interface *interface, u16 vid)
{
	return interface->vlan_filter.Members[vid / 32] & BIT(vid % 32);
}

static unsigned int vlan_members(const struct netcx_kunit_interface *interface)
{
	unsigned int count = 0;
	u16 vid;

	for (vid = 0; vid < VLAN_N_VID; vid++)
		count += vlan_is_member(interface, vid);
	return count;
}

static struct netcx_netdev *vlan_filter_up(struct netcx_kunit_interface *interface)
{
	struct netcx_netdev *nd = interface->nd;

	vlan_offer(interface);
	interface->netdev->features |= NETIF_F_HW_VLAN_CTAG_FILTER;
	netcx_vlan_init(nd);
	nd->filter_on = true;
	return nd;
}

static void vlan_filter_members(struct kunit *test)
{
	const __be16 protocol = htons(ETH_P_8021Q);
	struct netcx_kunit_interface *interface = test->priv;
	struct net_device *netdev = interface->netdev;

	vlan_filter_up(interface);
	KUNIT_EXPECT_EQ(test, netcx_vlan_rx_add_vid(netdev, protocol, 10), 0);
	KUNIT_EXPECT_EQ(test, interface->vlan_filters, 1u);
	KUNIT_EXPECT_TRUE(test, interface->vlan_filter.Enabled);
	KUNIT_EXPECT_EQ(test, netcx_vlan_rx_add_vid(netdev, protocol, 4095), 0);
	KUNIT_EXPECT_EQ(test, netcx_vlan_rx_add_vid(netdev, protocol, 0), 0);
	KUNIT_EXPECT_EQ(test, vlan_members(interface), 3u);
	KUNIT_EXPECT_TRUE(test, vlan_is_member(interface, 10));
	KUNIT_EXPECT_TRUE(test, vlan_is_member(interface, 4095));
	KUNIT_EXPECT_EQ(test, netcx_vlan_rx_kill_vid(netdev, protocol, 10), 0);
	KUNIT_EXPECT_FALSE(test, vlan_is_member(interface, 10));
	/* Frames with a priority belong to no VLAN. */
	KUNIT_EXPECT_EQ(test, netcx_vlan_rx_kill_vid(netdev, protocol, 0), 0);
	KUNIT_EXPECT_EQ(test, netcx_vlan_rx_kill_vid(netdev, protocol, 4095), 0);
	KUNIT_EXPECT_TRUE(test, vlan_is_member(interface, 0));
	KUNIT_EXPECT_EQ(test, vlan_members(interface), 1u);
}

/* Remembered while there is nobody to tell. */
static void vlan_filter_waits_for_the_interface(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = vlan_filter_up(interface);

	nd->filter_on = false;
	netcx_vlan_rx_add_vid(interface->netdev, htons(ETH_P_8021Q), 10);
	netcx_vlan_set_filtering(nd, 0);
	KUNIT_EXPECT_EQ(test, interface->vlan_filters, 0u);
	nd->filter_on = true;
	netcx_vlan_filter_apply(nd);
	KUNIT_EXPECT_FALSE(test, interface->vlan_filter.Enabled);
	KUNIT_EXPECT_TRUE(test, vlan_is_member(interface, 10));
}

static void vlan_filter_is_off_when_promiscuous(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = vlan_filter_up(interface);

	interface->netdev->flags |= IFF_PROMISC;
	netcx_vlan_filter_apply(nd);
	KUNIT_EXPECT_FALSE(test, interface->vlan_filter.Enabled);
	interface->netdev->flags &= ~IFF_PROMISC;
	netcx_vlan_filter_apply(nd);
	KUNIT_EXPECT_TRUE(test, interface->vlan_filter.Enabled);
}

static void vlan_filter_is_the_users(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = vlan_filter_up(interface);

	netcx_vlan_set_filtering(nd, NETIF_F_HW_VLAN_CTAG_FILTER);
	KUNIT_EXPECT_EQ(test, interface->vlan_filters, 0u);
	netcx_vlan_set_filtering(nd, 0);
	KUNIT_EXPECT_EQ(test, interface->vlan_filters, 1u);
	KUNIT_EXPECT_FALSE(test, interface->vlan_filter.Enabled);
	netcx_vlan_set_filtering(nd, NETIF_F_HW_VLAN_CTAG_FILTER);
	KUNIT_EXPECT_TRUE(test, interface->vlan_filter.Enabled);
}

static struct kunit_case vlan_cases[] = {
	KUNIT_CASE(vlan_features_of_the_interface),
	KUNIT_CASE(vlan_initial_state),
	KUNIT_CASE(vlan_one_switch_for_both),
	KUNIT_CASE(vlan_switching_empties_the_queues),
	KUNIT_CASE(vlan_features_of_tagged_packets),
	KUNIT_CASE(vlan_features_follow_the_tag),
	KUNIT_CASE(vlan_features_count_the_tag),
	KUNIT_CASE(vlan_tags_for_hardware),
	KUNIT_CASE(vlan_untagged_packets),
	KUNIT_CASE(vlan_tagging_is_the_clients),
	KUNIT_CASE(vlan_tag_moves_inside),
	KUNIT_CASE(vlan_tag_of_a_queue_without_the_extension),
	KUNIT_CASE(vlan_tag_moves_headers_out_of_reach),
	KUNIT_CASE(vlan_without_memory_for_the_tag),
	KUNIT_CASE(vlan_received_tags),
	KUNIT_CASE(vlan_received_fields),
	KUNIT_CASE(vlan_received_after_the_switch),
	KUNIT_CASE(vlan_filter_members),
	KUNIT_CASE(vlan_filter_waits_for_the_interface),
	KUNIT_CASE(vlan_filter_is_off_when_promiscuous),
	KUNIT_CASE(vlan_filter_is_the_users),
	{}
};

static struct kunit_suite vlan_suite = {
	.name = "netcx_vlan",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = vlan_cases,
};

kunit_test_suite(vlan_suite);

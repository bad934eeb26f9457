// SPDX-License-Identifier: GPL-2.0-only
/* ethtool's wol, as wake sources; and what is set when the machine is about to sleep. */
#include <linux/ethtool.h>
#include <linux/rtnetlink.h>

#include "interface.h"
#include "told.h"

static int wake_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	memset(&netcx_kunit_told, 0, sizeof(netcx_kunit_told));
	if (err)
		return err;
	interface = test->priv;
	interface->adapter.wake_magic_packet.MagicPacket = TRUE;
	interface->adapter.wake_media_change.MediaConnect = TRUE;
	interface->adapter.wake_packet_filter.PacketFilterMatch = TRUE;
	interface->adapter.wake_bitmap.BitmapPattern = TRUE;
	interface->adapter.wake_bitmap.MaximumPatternSize = 64;
	interface->adapter.receive_filter.SupportedPacketFilters =
		NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast;
	return 0;
}

static int wake_set(struct netcx_kunit_interface *interface, u32 options)
{
	struct ethtool_wolinfo wol = { .wolopts = options };

	return netcx_set_wol(interface->netdev, &wol);
}

static u32 wake_supported(struct netcx_kunit_interface *interface)
{
	struct ethtool_wolinfo wol = { };

	netcx_get_wol(interface->netdev, &wol);
	return wol.supported;
}

static void wake_is_offered(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_adapter *adapter = &interface->adapter;

	KUNIT_EXPECT_EQ(test, wake_supported(interface),
			(u32)(WAKE_PHY | WAKE_UCAST | WAKE_MCAST | WAKE_BCAST | WAKE_ARP |
			      WAKE_MAGIC));
	/* Too short for an ARP request. */
	adapter->wake_bitmap.MaximumPatternSize = 21;
	adapter->wake_packet_filter.PacketFilterMatch = FALSE;
	adapter->wake_media_change.MediaConnect = FALSE;
	KUNIT_EXPECT_EQ(test, wake_supported(interface), (u32)WAKE_MAGIC);
	adapter->wake_media_change.MediaDisconnect = TRUE;
	adapter->wake_magic_packet.MagicPacket = FALSE;
	KUNIT_EXPECT_EQ(test, wake_supported(interface), (u32)WAKE_PHY);
}

static void wake_is_chosen(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct ethtool_wolinfo wol = { };

	KUNIT_EXPECT_EQ(test, wake_set(interface, WAKE_MAGIC | WAKE_PHY | WAKE_UCAST), 0);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_told.wake.magic_packet);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_told.wake.media_connect);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_told.wake.media_disconnect);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_told.wake.packet_filter);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_told.wake.eapol_packet);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.wake.pattern_count, 0u);
	netcx_get_wol(interface->netdev, &wol);
	KUNIT_EXPECT_EQ(test, wol.wolopts, (u32)(WAKE_MAGIC | WAKE_PHY | WAKE_UCAST));
	KUNIT_EXPECT_EQ(test, wake_set(interface, 0), 0);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_told.wake.magic_packet);
}

static void wake_is_refused(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	KUNIT_EXPECT_EQ(test, wake_set(interface, WAKE_MAGICSECURE), -EOPNOTSUPP);
	netcx_kunit_told.not_users = true;
	KUNIT_EXPECT_EQ(test, wake_set(interface, WAKE_MAGIC), -EPERM);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.wakes, 0u);
	netcx_kunit_told.not_users = false;
	interface->nd->datapath = false;
	KUNIT_EXPECT_EQ(test, wake_set(interface, WAKE_MAGIC), -ENETDOWN);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.wakes, 0u);
	interface->nd->datapath = true;
	netcx_kunit_told.error = -ENOMEM;
	KUNIT_EXPECT_EQ(test, wake_set(interface, WAKE_MAGIC), -ENOMEM);
	KUNIT_EXPECT_EQ(test, interface->nd->wake, 0u);
}

static bool wake_matches(const struct netcx_wake_pattern *pattern, const u8 *frame)
{
	unsigned int i;

	for (i = 0; i < pattern->pattern_size; i++) {
		if ((pattern->mask[i / 8] & BIT(i % 8)) && pattern->pattern[i] != frame[i])
			return false;
	}
	return true;
}

static void wake_by_arp_request(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u8 frame[64] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1,
			 0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1 };

	KUNIT_EXPECT_EQ(test, wake_set(interface, WAKE_ARP), 0);
	KUNIT_ASSERT_EQ(test, netcx_kunit_told.wake.pattern_count, 1u);
	KUNIT_EXPECT_TRUE(test, wake_matches(netcx_kunit_told.wake.patterns, frame));
	frame[21] = 2;	/* a reply */
	KUNIT_EXPECT_FALSE(test, wake_matches(netcx_kunit_told.wake.patterns, frame));
	frame[21] = 1;
	frame[13] = 0;	/* IPv4 */
	KUNIT_EXPECT_FALSE(test, wake_matches(netcx_kunit_told.wake.patterns, frame));
}

static void wake_is_prepared(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	interface->adapter.power_arp.ArpOffload = TRUE;
	rtnl_lock();
	netcx_wake_prepare(interface->nd);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.filters + netcx_kunit_told.arps, 0u);

	wake_set(interface, WAKE_MAGIC);
	netcx_wake_prepare(interface->nd);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.filters, 0u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.arps, 1u);

	/* Multicast is asked for as all of it, which this adapter cannot filter. */
	wake_set(interface, WAKE_MCAST | WAKE_BCAST);
	netcx_wake_prepare(interface->nd);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.filters, 1u);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.filter, (u32)NetPacketFilterFlagBroadcast);
	rtnl_unlock();
}

static struct kunit_case wake_cases[] = {
	KUNIT_CASE(wake_is_offered),
	KUNIT_CASE(wake_is_chosen),
	KUNIT_CASE(wake_is_refused),
	KUNIT_CASE(wake_by_arp_request),
	KUNIT_CASE(wake_is_prepared),
	{ }
};

static struct kunit_suite wake_suite = {
	.name = "netcx_wake",
	.init = wake_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = wake_cases,
};

kunit_test_suite(wake_suite);

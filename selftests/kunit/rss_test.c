// SPDX-License-Identifier: GPL-2.0-only
/* The indirection table and the key: kept, told to the client, taken back when it refuses. */
#include <linux/ethtool.h>

#include "interface.h"

#define ENTRIES 128

/* An interface that offers receive scaling, with so many rx queues for the table to name. */
static struct netcx_netdev *rss_interface(struct kunit *test, unsigned int queues)
{
	struct netcx_kunit_interface *interface = test->priv;
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps = &interface->adapter.receive_scaling;

	caps->Size = sizeof(*caps);
	caps->IndirectionTableSize = ENTRIES;
	caps->ReceiveScalingHashTypes = NetAdapterReceiveScalingHashTypeToeplitz;
	caps->ReceiveScalingProtocolTypes = NetAdapterReceiveScalingProtocolTypeIPv4 |
					    NetAdapterReceiveScalingProtocolTypeTcp;
	interface->nd->num_rx = queues;
	KUNIT_ASSERT_EQ(test, netcx_rss_init(interface->nd), 0);
	return interface->nd;
}

/* The rx queue is there and started, and the client knows everything. */
static struct netcx_netdev *rss_running(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_interface(test, 1);

	netcx_kunit_rx_open(interface, 16, 2048);
	KUNIT_ASSERT_EQ(test, netcx_rss_enable(nd), 0);
	nd->running = true;
	return nd;
}

static int rss_set(struct netcx_netdev *nd, u32 *indir, u8 *key, u8 hfunc)
{
#ifdef NETCX_HAVE_ETHTOOL_RXFH_PARAM
	struct ethtool_rxfh_param rxfh = { .indir = indir, .key = key, .hfunc = hfunc };

	return netcx_set_rxfh(nd->netdev, &rxfh, NULL);
#else
	return netcx_set_rxfh(nd->netdev, indir, key, hfunc);
#endif
}

static int rss_get(struct netcx_netdev *nd, u32 *indir, u8 *key, u8 *hfunc)
{
#ifdef NETCX_HAVE_ETHTOOL_RXFH_PARAM
	struct ethtool_rxfh_param rxfh = { .indir = indir, .key = key };
	int err = netcx_get_rxfh(nd->netdev, &rxfh);

	*hfunc = rxfh.hfunc;
	return err;
#else
	return netcx_get_rxfh(nd->netdev, indir, key, hfunc);
#endif
}

static void rss_starts_spread(struct kunit *test)
{
	struct netcx_netdev *nd = rss_interface(test, 3);
	u32 indir[ENTRIES], i;
	u8 key[NETCX_RSS_KEY_SIZE] = {};
	u8 hfunc = 0;

	KUNIT_EXPECT_EQ(test, netcx_get_rxfh_indir_size(nd->netdev), (u32)ENTRIES);
	KUNIT_EXPECT_EQ(test, netcx_get_rxfh_key_size(nd->netdev), 40u);
	KUNIT_EXPECT_EQ(test, rss_get(nd, indir, key, &hfunc), 0);
	for (i = 0; i < ENTRIES; i++)
		KUNIT_EXPECT_EQ(test, indir[i], i % 3);
	KUNIT_EXPECT_EQ(test, (u32)hfunc, (u32)ETH_RSS_HASH_TOP);
	KUNIT_EXPECT_NOT_NULL(test, memchr_inv(key, 0, sizeof(key)));
}

static void rss_not_offered(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = interface->nd;
	u32 indir[1];
	u8 hfunc;

	KUNIT_EXPECT_EQ(test, netcx_rss_init(nd), 0);
	KUNIT_EXPECT_EQ(test, netcx_rss_enable(nd), 0);
	KUNIT_EXPECT_EQ(test, netcx_get_rxfh_indir_size(nd->netdev), 0u);
	KUNIT_EXPECT_EQ(test, netcx_get_rxfh_key_size(nd->netdev), 0u);
	KUNIT_EXPECT_EQ(test, rss_get(nd, indir, NULL, &hfunc), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, rss_set(nd, indir, NULL, 0), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, interface->scaling.enables, 0u);
}

/* Table, then key, then enable: nothing is spread by what is not there yet. */
static void rss_enable_tells_everything(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_running(test);
	u32 i;

	KUNIT_EXPECT_EQ(test, interface->scaling.tables, 1u);
	KUNIT_EXPECT_EQ(test, interface->scaling.keys, 1u);
	KUNIT_EXPECT_EQ(test, interface->scaling.enables, 1u);
	for (i = 0; i < ENTRIES; i++)
		KUNIT_EXPECT_PTR_EQ(test, interface->scaling.table[i],
				    interface->rx_queue.handle);
	KUNIT_EXPECT_EQ(test, memcmp(interface->scaling.key, nd->rss.key, NETCX_RSS_KEY_SIZE), 0);
	KUNIT_EXPECT_EQ(test, interface->scaling.protocols,
			(u32)interface->adapter.receive_scaling.ReceiveScalingProtocolTypes);
}

static void rss_enable_fails(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_interface(test, 1);

	netcx_kunit_rx_open(interface, 16, 2048);
	interface->scaling.table_error = -EIO;
	KUNIT_EXPECT_EQ(test, netcx_rss_enable(nd), -EIO);
	interface->scaling.key_error = -EINVAL;
	KUNIT_EXPECT_EQ(test, netcx_rss_enable(nd), -EINVAL);
	KUNIT_EXPECT_EQ(test, interface->scaling.enables, 0u);
}

/* While the interface is down, what is set is kept for later. */
static void rss_set_while_down(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_interface(test, 2);
	u8 key[NETCX_RSS_KEY_SIZE];
	u32 indir[ENTRIES] = {};

	memset(key, 0x5a, sizeof(key));
	indir[7] = 1;
	KUNIT_EXPECT_EQ(test, rss_set(nd, indir, key, ETH_RSS_HASH_TOP), 0);
	KUNIT_EXPECT_EQ(test, interface->scaling.tables, 0u);
	KUNIT_EXPECT_EQ(test, interface->scaling.keys, 0u);
	KUNIT_EXPECT_EQ(test, memcmp(nd->rss.table, indir, sizeof(indir)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(nd->rss.key, key, sizeof(key)), 0);
}

static void rss_other_functions_are_refused(struct kunit *test)
{
	struct netcx_netdev *nd = rss_interface(test, 2);
	u32 indir[ENTRIES] = {};

	KUNIT_EXPECT_EQ(test, rss_set(nd, indir, NULL, ETH_RSS_HASH_XOR), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, nd->rss.table[1], 1u);
}

/* The client refuses the key: the table is not even tried. It refuses the table: both go back. */
static void rss_set_both_or_neither(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_running(test);
	u8 key[NETCX_RSS_KEY_SIZE], old_key[NETCX_RSS_KEY_SIZE];
	u32 indir[ENTRIES] = {};

	memcpy(old_key, nd->rss.key, sizeof(old_key));
	memset(key, 0x5a, sizeof(key));

	interface->scaling.key_error = -EIO;
	KUNIT_EXPECT_EQ(test, rss_set(nd, indir, key, 0), -EIO);
	KUNIT_EXPECT_EQ(test, interface->scaling.tables, 1u);
	KUNIT_EXPECT_EQ(test, memcmp(nd->rss.key, old_key, sizeof(key)), 0);

	interface->scaling.table_error = -EIO;
	KUNIT_EXPECT_EQ(test, rss_set(nd, indir, key, 0), -EIO);
	/* The failed one, and the old one again; the same with the key. */
	KUNIT_EXPECT_EQ(test, interface->scaling.tables, 3u);
	KUNIT_EXPECT_EQ(test, memcmp(nd->rss.key, old_key, sizeof(key)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(interface->scaling.key, old_key, sizeof(key)), 0);

	KUNIT_EXPECT_EQ(test, rss_set(nd, indir, key, 0), 0);
	KUNIT_EXPECT_EQ(test, memcmp(nd->rss.key, key, sizeof(key)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(interface->scaling.key, key, sizeof(key)), 0);
}

/* With another number of queues the table is spread anew, unless the user made it and it fits. */
static void rss_update(struct kunit *test)
{
	struct netcx_netdev *nd = rss_interface(test, 4);
	u32 i;

	nd->num_rx = 2;
	netcx_rss_update(nd);
	for (i = 0; i < ENTRIES; i++)
		KUNIT_EXPECT_EQ(test, nd->rss.table[i], i % 2);

	nd->netdev->priv_flags |= IFF_RXFH_CONFIGURED;
	memset(nd->rss.table, 0, ENTRIES * sizeof(u32));
	nd->num_rx = 4;
	netcx_rss_update(nd);
	KUNIT_EXPECT_EQ(test, nd->rss.table[1], 0u);

	nd->rss.table[5] = 3;
	nd->num_rx = 2;
	netcx_rss_update(nd);
	KUNIT_EXPECT_EQ(test, nd->rss.table[5], 1u);
}

static void rss_ring_count_and_fields(struct kunit *test)
{
	static const struct {
		u32 flow_type;
		u32 fields;
	} cases[] = {
		{ TCP_V4_FLOW, RXH_IP_SRC | RXH_IP_DST | RXH_L4_B_0_1 | RXH_L4_B_2_3 },
		{ UDP_V4_FLOW, RXH_IP_SRC | RXH_IP_DST },
		{ IPV4_FLOW, RXH_IP_SRC | RXH_IP_DST },
		{ TCP_V6_FLOW, 0 },
	};
	struct netcx_netdev *nd = rss_interface(test, 3);
	struct ethtool_rxnfc info = { .cmd = ETHTOOL_GRXRINGS };
	unsigned int i;

	KUNIT_EXPECT_EQ(test, netcx_get_rxnfc(nd->netdev, &info, NULL), 0);
	KUNIT_EXPECT_EQ(test, info.data, 3ull);
	info.cmd = ETHTOOL_GRXFH;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		info.flow_type = cases[i].flow_type;
		KUNIT_EXPECT_EQ(test, netcx_get_rxnfc(nd->netdev, &info, NULL), 0);
		KUNIT_EXPECT_EQ(test, info.data, (u64)cases[i].fields);
	}
	info.flow_type = ETHER_FLOW;
	KUNIT_EXPECT_EQ(test, netcx_get_rxnfc(nd->netdev, &info, NULL), -EINVAL);
	info.cmd = ETHTOOL_GRXCLSRLCNT;
	KUNIT_EXPECT_EQ(test, netcx_get_rxnfc(nd->netdev, &info, NULL), -EOPNOTSUPP);
}

static int rss_set_fields(struct netcx_netdev *nd, u32 flow_type, u64 fields)
{
	struct ethtool_rxnfc info = {
		.cmd = ETHTOOL_SRXFH, .flow_type = flow_type, .data = fields
	};

	return netcx_set_rxnfc(nd->netdev, &info);
}

/* Queues are made anew with what is chosen, as many as there were. */
static void rss_set_hash_fields(struct kunit *test)
{
	const u64 addresses = RXH_IP_SRC | RXH_IP_DST;
	const u64 ports = addresses | RXH_L4_B_0_1 | RXH_L4_B_2_3;
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_interface(test, 3);
	struct ethtool_rxnfc info = { .cmd = ETHTOOL_SRXCLSRLINS };

	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V4_FLOW, ports), 0);
	KUNIT_EXPECT_EQ(test, interface->reconfigured, 0u);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V4_FLOW, addresses), 0);
	KUNIT_EXPECT_EQ(test, interface->reconfigured, 1u);
	KUNIT_EXPECT_EQ(test, interface->config.num_rx, 3u);
	KUNIT_EXPECT_EQ(test, interface->config.rx_protocols,
			(u32)NetAdapterReceiveScalingProtocolTypeIPv4);
	/* What the hardware does not hash, and what no client could be told. */
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, UDP_V4_FLOW, ports), -EINVAL);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V6_FLOW, ports), -EINVAL);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V4_FLOW, RXH_IP_SRC), -EINVAL);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V4_FLOW, addresses | RXH_L4_B_0_1), -EINVAL);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, IPV4_FLOW, ports), -EINVAL);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, IPV4_FLOW, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, ETHER_FLOW, addresses), -EINVAL);
	KUNIT_EXPECT_EQ(test, netcx_set_rxnfc(nd->netdev, &info), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, interface->reconfigured, 1u);
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V4_FLOW, ports), 0);
	KUNIT_EXPECT_EQ(test, interface->config.rx_protocols,
			(u32)(NetAdapterReceiveScalingProtocolTypeIPv4 |
			      NetAdapterReceiveScalingProtocolTypeTcp));
}

static void rss_set_hash_fields_fails(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_interface(test, 3);
	const u32 protocols = nd->rss.protocols;

	interface->reconfigure_error = -EIO;
	KUNIT_EXPECT_EQ(test, rss_set_fields(nd, TCP_V4_FLOW, RXH_IP_SRC | RXH_IP_DST), -EIO);
	KUNIT_EXPECT_EQ(test, nd->rss.protocols, protocols);
}

/* The client is told what was chosen, not what it offers. */
static void rss_enable_tells_what_is_hashed(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = rss_running(test);

	nd->rss.protocols = NetAdapterReceiveScalingProtocolTypeIPv4;
	KUNIT_EXPECT_EQ(test, netcx_rss_enable(nd), 0);
	KUNIT_EXPECT_EQ(test, interface->scaling.protocols,
			(u32)NetAdapterReceiveScalingProtocolTypeIPv4);
}

static void rss_exit(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	if (interface)
		netcx_rss_free(interface->nd);
	netcx_kunit_interface_exit(test);
}

static struct kunit_case rss_test_cases[] = {
	KUNIT_CASE(rss_starts_spread),
	KUNIT_CASE(rss_not_offered),
	KUNIT_CASE(rss_enable_tells_everything),
	KUNIT_CASE(rss_enable_fails),
	KUNIT_CASE(rss_set_while_down),
	KUNIT_CASE(rss_other_functions_are_refused),
	KUNIT_CASE(rss_set_both_or_neither),
	KUNIT_CASE(rss_update),
	KUNIT_CASE(rss_ring_count_and_fields),
	KUNIT_CASE(rss_set_hash_fields),
	KUNIT_CASE(rss_set_hash_fields_fails),
	KUNIT_CASE(rss_enable_tells_what_is_hashed),
	{}
};

static struct kunit_suite rss_suite = {
	.name = "netcx_rss",
	.init = netcx_kunit_interface_init,
	.exit = rss_exit,
	.test_cases = rss_test_cases,
};

kunit_test_suite(rss_suite);

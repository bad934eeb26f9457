// SPDX-License-Identifier: GPL-2.0-only
/* From a packet's hash extension to the skb's hash. */
#include "receive.h"

#define HASH 0x5ca1ab1e

struct rx_hash_case {
	const char *name;
	u16 protocol;
	u32 hash;
	bool layer4;
};

static const struct rx_hash_case rx_hash_cases[] = {
	{ "none", NetPacketHashProtocolTypeNone, 0, false },
	{ "IPv4", NetPacketHashProtocolTypeIPv4, HASH, false },
	{ "IPv4 with options", NetPacketHashProtocolTypeIPv4Options, HASH, false },
	{ "IPv6", NetPacketHashProtocolTypeIPv6, HASH, false },
	{ "IPv6 with extensions",
	  NetPacketHashProtocolTypeIPv6 | NetPacketHashProtocolTypeIPv6Extensions, HASH, false },
	{ "TCP over IPv4", NetPacketHashProtocolTypeIPv4 | NetPacketHashProtocolTypeTcp, HASH,
	  true },
	{ "TCP over IPv6", NetPacketHashProtocolTypeIPv6 | NetPacketHashProtocolTypeTcp, HASH,
	  true },
	{ "UDP over IPv4", NetPacketHashProtocolTypeIPv4 | NetPacketHashProtocolTypeUdp, HASH,
	  true },
};

static void rx_hash_name(const struct rx_hash_case *hash, char *name)
{
	strscpy(name, hash->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(rx_hash, rx_hash_cases, rx_hash_name);

static struct sk_buff *receive_with(struct netcx_kunit_interface *interface, u32 value,
				    u16 protocol)
{
	netcx_kunit_rx_refill(interface);
	if (interface->rx_queue.layout.packet_hash) {
		NET_PACKET_HASH *hash = netcx_extension(netcx_kunit_rx_packet(interface, 0),
							interface->rx_queue.layout.packet_hash);

		hash->HashValue = value;
		hash->ProtocolType = protocol;
	}
	netcx_kunit_receive_packet(interface, 1, 100);
	KUNIT_EXPECT_EQ(interface->test, netcx_kunit_rx_indicate(interface, 64), 1);
	return netcx_kunit_expect_received(interface, 100);
}

static void rx_hash(struct kunit *test)
{
	const struct rx_hash_case *expected = test->param_value;
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	interface->adapter.receive_scaling.Size = sizeof(interface->adapter.receive_scaling);
	interface->adapter.receive_hash = TRUE;
	netcx_kunit_rx_open(interface, 16, 2048);
	skb = receive_with(interface, HASH, expected->protocol);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, skb->hash, expected->hash);
	KUNIT_EXPECT_EQ(test, (bool)skb->l4_hash, expected->layer4);
	KUNIT_EXPECT_FALSE(test, (bool)skb->sw_hash);
	kfree_skb(skb);
}

/* A slot that comes round again starts without a hash. */
static void rx_hash_does_not_stick(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	u32 i;

	interface->adapter.receive_scaling.Size = sizeof(interface->adapter.receive_scaling);
	interface->adapter.receive_hash = TRUE;
	netcx_kunit_rx_open(interface, 16, 2048);
	for (i = 0; i < 16; i++)
		kfree_skb(receive_with(interface, HASH, NetPacketHashProtocolTypeIPv4));
	for (i = 0; i < 16; i++) {
		struct sk_buff *skb;

		netcx_kunit_rx_refill(interface);
		netcx_kunit_receive_packet(interface, 1, 100);
		KUNIT_EXPECT_EQ(test, netcx_kunit_rx_indicate(interface, 64), 1);
		skb = netcx_kunit_expect_received(interface, 100);
		KUNIT_ASSERT_NOT_NULL(test, skb);
		KUNIT_EXPECT_EQ(test, skb->hash, 0u);
		kfree_skb(skb);
	}
}

/* ethtool -K rxhash off: there is no place for one. */
static void rx_hash_is_not_wanted(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct sk_buff *skb;

	interface->adapter.receive_scaling.Size = sizeof(interface->adapter.receive_scaling);
	netcx_kunit_rx_open(interface, 16, 2048);
	KUNIT_EXPECT_EQ(test, (u32)interface->rx_queue.layout.packet_hash, 0u);
	skb = receive_with(interface, HASH, NetPacketHashProtocolTypeIPv4);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, skb->hash, 0u);
	kfree_skb(skb);
}

static struct kunit_case rx_hash_test_cases[] = {
	KUNIT_CASE_PARAM(rx_hash, rx_hash_gen_params),
	KUNIT_CASE(rx_hash_does_not_stick),
	KUNIT_CASE(rx_hash_is_not_wanted),
	{}
};

static struct kunit_suite rx_hash_suite = {
	.name = "netcx_rx_hash",
	.init = netcx_kunit_interface_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = rx_hash_test_cases,
};

kunit_test_suite(rx_hash_suite);

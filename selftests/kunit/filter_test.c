// SPDX-License-Identifier: GPL-2.0-only
/* The receive filter: what is widened, what the hardware cannot do, and what is said of it. */
#include <linux/rtnetlink.h>

#include "../../module/linux/netdev/filter.h"
#include "interface.h"
#include "told.h"

static const u32 filter_supported = NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast |
				    NetPacketFilterFlagMulticast |
				    NetPacketFilterFlagAllMulticast;

static void filter_callback(NETADAPTER adapter, NETRECEIVEFILTER filter)
{
}

static int filter_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	memset(&netcx_kunit_told, 0, sizeof(netcx_kunit_told));
	if (err)
		return err;
	interface = test->priv;
	interface->adapter.receive_filter.EvtSetReceiveFilter = filter_callback;
	interface->adapter.receive_filter.MaximumMulticastAddresses = 8;
	interface->adapter.receive_filter.SupportedPacketFilters = filter_supported;
	interface->adapter.unicast_filter.MaximumAddresses = 1;
	return 0;
}

static void filter_add_unicast(struct netcx_kunit_interface *interface, u8 last)
{
	const u8 address[ETH_ALEN] = { 2, 0, 0, 0, 0, last };

	rtnl_lock();
	KUNIT_EXPECT_EQ(interface->test, dev_uc_add(interface->netdev, address), 0);
	rtnl_unlock();
}

static void filter_is_widened(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = interface->nd;

	interface->adapter.receive_filter.SupportedPacketFilters |= NetPacketFilterFlagPromiscuous;
	interface->netdev->priv_flags |= IFF_UNICAST_FLT;
	filter_add_unicast(interface, 1);
	netcx_filter_enable(nd);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.unicast, 1u);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_told.filter & NetPacketFilterFlagPromiscuous);
	filter_add_unicast(interface, 2);
	netcx_filter_enable(nd);
	KUNIT_EXPECT_TRUE(test, netcx_kunit_told.filter & NetPacketFilterFlagPromiscuous);
	KUNIT_EXPECT_FALSE(test, nd->filter_too_narrow);
}

/* As many addresses as fit go on being received; the user is told of the others. */
static void filter_without_promiscuous(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_netdev *nd = interface->nd;

	interface->netdev->priv_flags |= IFF_UNICAST_FLT;
	filter_add_unicast(interface, 1);
	netcx_filter_enable(nd);
	KUNIT_EXPECT_FALSE(test, nd->filter_too_narrow);
	filter_add_unicast(interface, 2);
	netcx_filter_enable(nd);
	KUNIT_EXPECT_TRUE(test, nd->filter_too_narrow);
	KUNIT_EXPECT_EQ(test, netcx_kunit_told.unicast, 1u);
	KUNIT_EXPECT_FALSE(test, netcx_kunit_told.filter & ~filter_supported);
	rtnl_lock();
	dev_uc_flush(interface->netdev);
	rtnl_unlock();
	netcx_filter_enable(nd);
	KUNIT_EXPECT_FALSE(test, nd->filter_too_narrow);
}

/* Every group that somebody joins is another try. */
static void filter_that_fails_does_not_flood_the_log(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;
	struct netcx_log_limit *limit = &interface->device.log_limit;

	netcx_kunit_told.error = -EIO;
	limit->begin = jiffies;
	limit->lines = NETCX_LOG_BURST - 1;
	netcx_filter_enable(interface->nd);
	netcx_filter_enable(interface->nd);
	netcx_filter_enable(interface->nd);
	KUNIT_EXPECT_EQ(test, limit->suppressed, 2u);
}

static struct kunit_case filter_cases[] = {
	KUNIT_CASE(filter_is_widened),
	KUNIT_CASE(filter_without_promiscuous),
	KUNIT_CASE(filter_that_fails_does_not_flood_the_log),
	{}
};

static struct kunit_suite filter_suite = {
	.name = "netcx_filter",
	.init = filter_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = filter_cases,
};

kunit_test_suite(filter_suite);

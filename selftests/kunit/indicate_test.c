// SPDX-License-Identifier: GPL-2.0-only
/* What a client changes of a running adapter, and when the netdev follows. */
#include <linux/etherdevice.h>

#include "../../module/linux/netdev/indicate.h"
#include "../../module/linux/netdev/xdp_setup.h"
#include "interface.h"

/* The rest of netcx.ko's. */
void netcx_xdp_limit_mtu(struct netcx_netdev *nd)
{
	nd->netdev->max_mtu = nd->adapter->mtu;
}

static const u8 indicate_address[ETH_ALEN] = { 2, 0, 0, 0, 0, 1 };

static int indicate_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	interface->adapter.mtu = 1000;
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&interface->adapter.current_address, ETH_ALEN,
					    indicate_address);
	return 0;
}

static void indicate_in_d0(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_indicate_work(&interface->nd->indicate_work);
	KUNIT_EXPECT_EQ(test, interface->netdev->mtu, 1000u);
	KUNIT_EXPECT_TRUE(test, ether_addr_equal(interface->netdev->dev_addr, indicate_address));
}

/* In a reset the client declares its own address anew; the interface keeps the one of the user. */
static void indicate_waits_for_d0(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	interface->nd->datapath = false;
	netcx_indicate_work(&interface->nd->indicate_work);
	KUNIT_EXPECT_EQ(test, interface->netdev->mtu, 1500u);
	KUNIT_EXPECT_FALSE(test, ether_addr_equal(interface->netdev->dev_addr, indicate_address));
}

static struct kunit_case indicate_cases[] = {
	KUNIT_CASE(indicate_in_d0),
	KUNIT_CASE(indicate_waits_for_d0),
	{}
};

static struct kunit_suite indicate_suite = {
	.name = "netcx_indicate",
	.init = indicate_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = indicate_cases,
};

kunit_test_suite(indicate_suite);

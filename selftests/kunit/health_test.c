// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a device's state says of a lightweight adapter's, which has neither a bus, nor a client of
 * the bus, nor an instance of devlink: it goes to the log at most.
 */
#include "../../module/core/os.h"

#include "interface.h"

static int health_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	int err = netcx_kunit_interface_init(test);

	if (err)
		return err;
	interface = test->priv;
	KUNIT_EXPECT_NULL(test, interface->device.dev->bus);
	KUNIT_EXPECT_NULL(test, interface->device.client);
	KUNIT_EXPECT_NULL(test, interface->device.health);
	return 0;
}

/* Nobody looks at the hang, so that it is reset by itself. */
static void health_hang_without_devlink(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	KUNIT_EXPECT_FALSE(test, netcx_os_device_report_hang(&interface->device));
}

static void health_shown_without_devlink(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_os_device_show_health(&interface->device, false);
	netcx_os_device_show_health(&interface->device, true);
}

static void health_halt_without_devlink(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	netcx_os_device_report_halt(&interface->device);
}

static struct kunit_case health_cases[] = {
	KUNIT_CASE(health_hang_without_devlink),
	KUNIT_CASE(health_shown_without_devlink),
	KUNIT_CASE(health_halt_without_devlink),
	{}
};

static struct kunit_suite health_suite = {
	.name = "netcx_health",
	.init = health_init,
	.exit = netcx_kunit_interface_exit,
	.test_cases = health_cases,
};

kunit_test_suite(health_suite);

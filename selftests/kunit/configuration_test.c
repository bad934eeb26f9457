// SPDX-License-Identifier: GPL-2.0-only
/* A device's configuration: what is found in its firmware node, by type, and what is not. */
#include <linux/device.h>
#include <linux/property.h>

#include <kunit/test.h>

#include "../../module/core/os.h"
#include "../../module/linux/bus/device.h"

static const u8 configuration_bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const char * const configuration_strings[] = { "first", "second" };

static const struct property_entry configuration_properties[] = {
	PROPERTY_ENTRY_U32("*SpeedDuplex", 6),
	PROPERTY_ENTRY_STRING("Name", "one"),
	PROPERTY_ENTRY_STRING_ARRAY("Names", configuration_strings),
	PROPERTY_ENTRY_U8_ARRAY("NetworkAddress", configuration_bytes),
	PROPERTY_ENTRY_BOOL("Flag"),
	{ }
};

static const struct property_entry configuration_child_properties[] = {
	PROPERTY_ENTRY_U32("Speed", 100),
	{ }
};

static const struct software_node configuration_node = {
	.name = "netcx-configuration",
	.properties = configuration_properties,
};

static const struct software_node configuration_child = {
	.name = "Ports",
	.parent = &configuration_node,
	.properties = configuration_child_properties,
};

static const struct software_node configuration_grandchild = {
	.name = "Left",
	.parent = &configuration_child,
	.properties = configuration_child_properties,
};

static const struct software_node *configuration_nodes[] = {
	&configuration_node, &configuration_child, &configuration_grandchild, NULL
};

static struct netcx_os_device configuration_device;

/* Without an owner: the tests run before their module has the folder in sysfs it would link to. */
static struct device *configuration_new_device(const char *name)
{
	return __root_device_register(name, NULL);
}

static int configuration_init(struct kunit *test)
{
	struct device *dev = configuration_new_device("netcx-configuration");

	KUNIT_ASSERT_FALSE(test, IS_ERR(dev));
	configuration_device.dev = dev;
	KUNIT_ASSERT_EQ(test, software_node_register_node_group(configuration_nodes), 0);
	KUNIT_ASSERT_EQ(test, device_add_software_node(dev, &configuration_node), 0);
	test->priv = &configuration_device;
	return 0;
}

static void configuration_exit(struct kunit *test)
{
	struct netcx_os_device *device = test->priv;

	if (!device)
		return;
	device_remove_software_node(device->dev);
	software_node_unregister_node_group(configuration_nodes);
	root_device_unregister(device->dev);
}

static void configuration_numbers(struct kunit *test)
{
	struct netcx_os_device *device = test->priv;
	UINT32 value = 77;

	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "", "*SpeedDuplex", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 6u);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "", "SpeedDuplex", &value),
			NETCX_OS_CONFIG_MISSING);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "", "Name", &value),
			NETCX_OS_CONFIG_OTHER_TYPE);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "", "NetworkAddress", &value),
			NETCX_OS_CONFIG_OTHER_TYPE);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "", "Flag", &value),
			NETCX_OS_CONFIG_OTHER_TYPE);
	KUNIT_EXPECT_EQ(test, value, 6u);
}

static void configuration_of_strings(struct kunit *test)
{
	struct netcx_os_device *device = test->priv;
	char text[6];

	KUNIT_EXPECT_EQ(test, netcx_os_config_string(device, "", "Name", 0, text, sizeof(text)), 3);
	KUNIT_EXPECT_STREQ(test, text, "one");
	KUNIT_EXPECT_EQ(test, netcx_os_config_string(device, "", "Name", 1, text, sizeof(text)),
			NETCX_OS_CONFIG_MISSING);
	/* As much as fits. */
	KUNIT_EXPECT_EQ(test, netcx_os_config_string(device, "", "Names", 1, text, sizeof(text)),
			6);
	KUNIT_EXPECT_STREQ(test, text, "secon");
	/* Bytes look like pointers to a node that does not check. */
	KUNIT_EXPECT_EQ(test, netcx_os_config_string(device, "", "NetworkAddress", 0, text,
						     sizeof(text)), NETCX_OS_CONFIG_OTHER_TYPE);
	KUNIT_EXPECT_EQ(test, netcx_os_config_string(device, "", "*SpeedDuplex", 0, text,
						     sizeof(text)), NETCX_OS_CONFIG_OTHER_TYPE);
	KUNIT_EXPECT_EQ(test, netcx_os_config_string(device, "", "Missing", 0, text, sizeof(text)),
			NETCX_OS_CONFIG_MISSING);
}

static void configuration_of_bytes(struct kunit *test)
{
	struct netcx_os_device *device = test->priv;
	u8 bytes[3] = { };

	KUNIT_EXPECT_EQ(test, netcx_os_config_bytes(device, "", "NetworkAddress", NULL, 0), 8);
	KUNIT_EXPECT_EQ(test, netcx_os_config_bytes(device, "", "NetworkAddress", bytes,
						    sizeof(bytes)), 8);
	KUNIT_EXPECT_EQ(test, bytes[2], 3);
	KUNIT_EXPECT_EQ(test, netcx_os_config_bytes(device, "", "*SpeedDuplex", bytes,
						    sizeof(bytes)), NETCX_OS_CONFIG_OTHER_TYPE);
	KUNIT_EXPECT_EQ(test, netcx_os_config_bytes(device, "", "Missing", bytes, sizeof(bytes)),
			NETCX_OS_CONFIG_MISSING);
}

static void configuration_below(struct kunit *test)
{
	struct netcx_os_device *device = test->priv;
	UINT32 value = 0;

	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "Ports", "Speed", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 100u);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "Ports/Left", "Speed", &value), 0);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "Ports/Right", "Speed", &value),
			NETCX_OS_CONFIG_MISSING);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(device, "Left", "Speed", &value),
			NETCX_OS_CONFIG_MISSING);
}

/* Most devices have no firmware node at all. */
static void configuration_of_nothing(struct kunit *test)
{
	struct device *dev = configuration_new_device("netcx-nothing");
	struct netcx_os_device device = { .dev = dev };
	UINT32 value;

	KUNIT_ASSERT_FALSE(test, IS_ERR(dev));
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(&device, "", "Speed", &value),
			NETCX_OS_CONFIG_MISSING);
	KUNIT_EXPECT_EQ(test, netcx_os_config_number(&device, "Ports", "Speed", &value),
			NETCX_OS_CONFIG_MISSING);
	root_device_unregister(dev);
}

static struct kunit_case configuration_cases[] = {
	KUNIT_CASE(configuration_numbers),
	KUNIT_CASE(configuration_of_strings),
	KUNIT_CASE(configuration_of_bytes),
	KUNIT_CASE(configuration_below),
	KUNIT_CASE(configuration_of_nothing),
	{ }
};

static struct kunit_suite configuration_suite = {
	.name = "netcx_configuration",
	.init = configuration_init,
	.exit = configuration_exit,
	.test_cases = configuration_cases,
};

kunit_test_suite(configuration_suite);

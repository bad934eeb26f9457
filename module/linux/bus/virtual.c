// SPDX-License-Identifier: GPL-2.0-only
/*
 * The virtual bus "netcx", for clients that drive no PCI hardware. The user makes their devices,
 * and says what they are like:
 *
 *	echo "DRIVER.NUMBER [KEY=VALUE]..." > /sys/bus/netcx/new_device
 *	echo "DRIVER.NUMBER" > /sys/bus/netcx/del_device
 *
 * DRIVER is the client's name. The pairs become properties of the device's firmware node, 32 bit
 * numbers, which is where clients find their configuration, see netconfiguration.h. A device that
 * its driver refuses is not made; one whose driver is not there waits for it, and stays when that
 * refuses it. Refused is, too, a pair whose key the driver has not read when it is bound: it does
 * not know it.
 */
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/property.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../os/compat.h"
#include "client.h"
#include "device.h"
#include "virtual.h"

#define NETCX_VIRTUAL_PROPERTIES	64

struct netcx_virtual_device {
	struct device dev;
	/* The keys that it was made with, and which of them its driver has read. */
	char **keys;
	unsigned int num_keys;
	DECLARE_BITMAP(read, NETCX_VIRTUAL_PROPERTIES);
	u64 dma_mask;
	/* Why its driver refused it when it was made. */
	int refused;
};

/* Making and deleting devices: one at a time, and none when the bus is about to go. */
static DEFINE_MUTEX(netcx_virtual_lock);
static bool netcx_virtual_open;

/* Up to the dot, a device's name is its driver's. */
static int netcx_virtual_match(struct device *dev, netcx_match_driver *driver)
{
	const size_t length = strlen(driver->name);
	const char *name = dev_name(dev);

	return !strncmp(name, driver->name, length) && name[length] == '.';
}

static struct netcx_virtual_device *netcx_virtual_of(struct device *dev)
{
	return container_of(dev, struct netcx_virtual_device, dev);
}

/* Has the driver read all keys by now? Those that it has not are named. */
static int netcx_virtual_check_keys(struct device *dev)
{
	const struct netcx_virtual_device *virtual = netcx_virtual_of(dev);
	int err = 0;
	unsigned int i;

	for (i = 0; i < virtual->num_keys; i++) {
		if (test_bit(i, virtual->read))
			continue;
		dev_err(dev, "%s has no property '%s'\n", dev->driver->name, virtual->keys[i]);
		err = -EINVAL;
	}
	return err;
}

static int netcx_virtual_attach(struct device *dev)
{
	struct netcx_client_private *client =
		container_of(dev->driver, struct netcx_client_private, virtual_driver);
	struct netcx_os_device *device;
	int err;

	device = netcx_device_alloc(dev, NULL, client);
	if (!device)
		return -ENOMEM;
	bitmap_zero(netcx_virtual_of(dev)->read, NETCX_VIRTUAL_PROPERTIES);
	err = netcx_core_device_add(client->core, device, &device->core);
	if (err)
		goto free;
	err = netcx_device_start(device);
	if (err)
		goto remove;
	err = netcx_virtual_check_keys(dev);
	if (err)
		goto stop;
	return 0;

stop:
	netcx_device_stop(device);
remove:
	netcx_core_device_remove(device->core);
free:
	netcx_device_free(device);
	return err;
}

static int netcx_virtual_probe(struct device *dev)
{
	int err = netcx_virtual_attach(dev);

	netcx_virtual_of(dev)->refused = err;
	return err;
}

static void netcx_virtual_remove(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);

	netcx_device_stop(device);
	netcx_core_device_remove(device->core);
	netcx_device_free(device);
}

static void netcx_virtual_shutdown(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);

	if (device)
		netcx_device_shutdown(device);
}

static struct bus_type netcx_virtual_bus = {
	.name = "netcx",
	.match = netcx_virtual_match,
	.probe = netcx_virtual_probe,
	.remove = netcx_virtual_remove,
	.shutdown = netcx_virtual_shutdown,
};

void netcx_virtual_key_read(struct device *dev, const char *name)
{
	struct netcx_virtual_device *virtual;
	unsigned int i;

	if (dev->bus != &netcx_virtual_bus)
		return;
	virtual = netcx_virtual_of(dev);
	for (i = 0; i < virtual->num_keys; i++)
		if (!strcmp(virtual->keys[i], name))
			set_bit(i, virtual->read);
}

int netcx_virtual_register(struct netcx_client_private *client)
{
	struct device_driver *driver = &client->virtual_driver;

	driver->name = client->client->name;
	driver->owner = client->client->owner;
	driver->bus = &netcx_virtual_bus;
	/* Who makes a device is told what came of it. */
	driver->probe_type = PROBE_FORCE_SYNCHRONOUS;
	/* Not the bus's: there may be devices that no client drives. */
	driver->pm = pm_sleep_ptr(&netcx_pm_ops);
	return driver_register(driver);
}

void netcx_virtual_unregister(struct netcx_client_private *client)
{
	driver_unregister(&client->virtual_driver);
}

/* ---- devices ---- */

static void netcx_virtual_free_keys(struct netcx_virtual_device *virtual)
{
	unsigned int i;

	for (i = 0; i < virtual->num_keys; i++)
		kfree(virtual->keys[i]);
	kfree(virtual->keys);
}

static void netcx_virtual_release(struct device *dev)
{
	netcx_virtual_free_keys(netcx_virtual_of(dev));
	kfree(netcx_virtual_of(dev));
}

/* Copies of the properties' names. */
static int netcx_virtual_keep_keys(struct netcx_virtual_device *virtual,
				   const struct property_entry *properties, unsigned int count)
{
	virtual->keys = kcalloc(count, sizeof(*virtual->keys), GFP_KERNEL);
	if (!virtual->keys)
		return -ENOMEM;
	while (virtual->num_keys < count) {
		char *key = kstrdup(properties[virtual->num_keys].name, GFP_KERNEL);

		if (!key)
			return -ENOMEM;
		virtual->keys[virtual->num_keys++] = key;
	}
	return 0;
}

/* "KEY=VALUE" becomes a property, which points into the text. */
static int netcx_virtual_parse(char *text, struct property_entry *property, u32 *value)
{
	char *equals = strchr(text, '=');

	if (!equals || equals == text || kstrtou32(equals + 1, 0, value)) {
		pr_err("netcx: new_device: '%s' should be KEY=NUMBER\n", text);
		return -EINVAL;
	}
	*equals = '\0';
	*property = PROPERTY_ENTRY_U32_ARRAY_LEN(text, value, 1);
	return 0;
}

/* Makes the properties that are left in the text those of @dev, which gets copies. */
static int netcx_virtual_configure(struct device *dev, char *text)
{
	struct property_entry *properties;
	unsigned int count = 0;
	int err = 0;
	u32 *values;
	char *pair;

	/* One entry more, which ends them. */
	properties = kcalloc(NETCX_VIRTUAL_PROPERTIES + 1, sizeof(*properties), GFP_KERNEL);
	values = kcalloc(NETCX_VIRTUAL_PROPERTIES, sizeof(*values), GFP_KERNEL);
	if (!properties || !values) {
		err = -ENOMEM;
		goto free;
	}
	while (!err && (pair = strsep(&text, " \t\n"))) {
		if (!*pair)
			continue;
		if (count == NETCX_VIRTUAL_PROPERTIES) {
			pr_err("netcx: new_device: more than %d properties\n",
			       NETCX_VIRTUAL_PROPERTIES);
			err = -E2BIG;
			break;
		}
		err = netcx_virtual_parse(pair, &properties[count], &values[count]);
		count++;
	}
	if (!err && count)
		err = netcx_virtual_keep_keys(netcx_virtual_of(dev), properties, count);
	if (!err && count)
		err = device_create_managed_software_node(dev, properties, NULL);
free:
	kfree(values);
	kfree(properties);
	return err;
}

static bool netcx_virtual_name_is_sane(const char *name)
{
	const char *dot = name ? strchr(name, '.') : NULL;

	return dot && dot != name && isdigit(dot[1]) && !strchr(name, '/');
}

static int netcx_virtual_create(char *text)
{
	const char *name = strsep(&text, " \t\n");
	struct netcx_virtual_device *virtual;
	struct device *dev;
	bool is_driven;
	int err;

	if (!netcx_virtual_name_is_sane(name)) {
		pr_err("netcx: new_device: '%s' should be DRIVER.NUMBER\n", name);
		return -EINVAL;
	}
	virtual = kzalloc(sizeof(*virtual), GFP_KERNEL);
	if (!virtual)
		return -ENOMEM;
	dev = &virtual->dev;
	device_initialize(dev);
	dev->bus = &netcx_virtual_bus;
	dev->release = netcx_virtual_release;
	/* The processor does what hardware would do by DMA, so it reaches all memory. */
	dev->dma_mask = &virtual->dma_mask;
	err = dma_coerce_mask_and_coherent(dev, DMA_BIT_MASK(64));
	if (!err)
		err = dev_set_name(dev, "%s", name);
	if (!err)
		err = netcx_virtual_configure(dev, text);
	if (!err)
		err = device_add(dev);
	if (err) {
		device_remove_software_node(dev);
		put_device(dev);
		return err;
	}
	device_lock(dev);
	err = virtual->refused;
	is_driven = dev->driver;
	device_unlock(dev);
	if (err) {
		pr_err("netcx: new_device: %s is not made, its driver refused it and said why above\n",
		       name);
		device_unregister(dev);
		return err;
	}
	if (!is_driven)
		pr_warn("netcx: new_device: %s has no driver yet\n", name);
	return 0;
}

static ssize_t new_device_store(netcx_bus_type *bus, const char *buffer, size_t count)
{
	char *text = kstrndup(buffer, count, GFP_KERNEL);
	int err = -ENODEV;

	if (!text)
		return -ENOMEM;
	mutex_lock(&netcx_virtual_lock);
	if (netcx_virtual_open)
		err = netcx_virtual_create(text);
	mutex_unlock(&netcx_virtual_lock);
	kfree(text);
	return err ?: count;
}
static BUS_ATTR_WO(new_device);

static ssize_t del_device_store(netcx_bus_type *bus, const char *buffer, size_t count)
{
	char *name = kstrndup(buffer, count, GFP_KERNEL);
	struct device *dev;

	if (!name)
		return -ENOMEM;
	mutex_lock(&netcx_virtual_lock);
	dev = bus_find_device_by_name(&netcx_virtual_bus, NULL, strim(name));
	if (dev) {
		device_unregister(dev);
		put_device(dev);
	}
	mutex_unlock(&netcx_virtual_lock);
	kfree(name);
	return dev ? count : -ENODEV;
}
static BUS_ATTR_WO(del_device);

static struct attribute *netcx_virtual_attrs[] = {
	&bus_attr_new_device.attr,
	&bus_attr_del_device.attr,
	NULL
};
ATTRIBUTE_GROUPS(netcx_virtual);

static int netcx_virtual_unregister_device(struct device *dev, void *data)
{
	device_unregister(dev);
	return 0;
}

int netcx_virtual_init(void)
{
	int err;

	netcx_virtual_bus.bus_groups = netcx_virtual_groups;
	err = bus_register(&netcx_virtual_bus);
	if (err)
		return err;
	mutex_lock(&netcx_virtual_lock);
	netcx_virtual_open = true;
	mutex_unlock(&netcx_virtual_lock);
	return 0;
}

/* No client is left: devices have no driver, and nobody but the user knows them. */
void netcx_virtual_exit(void)
{
	mutex_lock(&netcx_virtual_lock);
	netcx_virtual_open = false;
	bus_for_each_dev(&netcx_virtual_bus, NULL, NULL, netcx_virtual_unregister_device);
	mutex_unlock(&netcx_virtual_lock);
	bus_unregister(&netcx_virtual_bus);
}

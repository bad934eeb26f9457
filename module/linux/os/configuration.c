// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for a device's configuration: the properties of its firmware node, see
 * netconfiguration.h. For software nodes the property_read functions do not check the property's
 * type, as they do for ACPI and device trees; netcx_config_is() does.
 */
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../bus/device.h"
#include "../bus/virtual.h"

/* The child node of that path, with a reference; NULL if there is none. */
static struct fwnode_handle *netcx_config_node(const struct netcx_os_device *device,
					       const char *path)
{
	struct fwnode_handle *node = fwnode_handle_get(dev_fwnode(device->dev));
	char name[64];

	while (node && *path) {
		const size_t length = strcspn(path, "/");
		struct fwnode_handle *child;

		strscpy(name, path, min(sizeof(name), length + 1));
		child = fwnode_get_named_child_node(node, name);
		fwnode_handle_put(node);
		node = child;
		path += length + (path[length] == '/');
	}
	return node;
}

/* False if it is a software node's property of another type. */
static bool netcx_config_is(const struct fwnode_handle *node, const char *name,
			    enum dev_prop_type type)
{
	const struct property_entry *property;
	const struct software_node *software;

	if (!is_software_node(node))
		node = IS_ERR_OR_NULL(node->secondary) ? NULL : node->secondary;
	software = node ? to_software_node(node) : NULL;
	if (!software || !software->properties)
		return true;
	for (property = software->properties; property->name; property++) {
		if (!strcmp(property->name, name))
			return property->type == type;
	}
	return true;
}

/* The node, with a reference, if it has the property; else NULL and the reason in *@result. */
static struct fwnode_handle *netcx_config_find(const struct netcx_os_device *device,
					       const char *path, const char *name,
					       enum dev_prop_type type, int *result)
{
	struct fwnode_handle *node = netcx_config_node(device, path);

	if (!*path)
		netcx_virtual_key_read(device->dev, name);
	if (!node || !fwnode_property_present(node, name))
		*result = NETCX_OS_CONFIG_MISSING;
	else if (!netcx_config_is(node, name, type))
		*result = NETCX_OS_CONFIG_OTHER_TYPE;
	else
		return node;
	fwnode_handle_put(node);
	return NULL;
}

int netcx_os_config_number(struct netcx_os_device *device, const char *path, const char *name,
			   UINT32 *value)
{
	struct fwnode_handle *node;
	int result;

	node = netcx_config_find(device, path, name, DEV_PROP_U32, &result);
	if (!node)
		return result;
	if (fwnode_property_count_u32(node, name) != 1 ||
	    fwnode_property_read_u32(node, name, value))
		result = NETCX_OS_CONFIG_OTHER_TYPE;
	else
		result = 0;
	fwnode_handle_put(node);
	return result;
}

int netcx_os_config_string(struct netcx_os_device *device, const char *path, const char *name,
			   UINT32 index, char *buffer, SIZE_T size)
{
	struct fwnode_handle *node;
	const char **strings;
	int count, result;

	node = netcx_config_find(device, path, name, DEV_PROP_STRING, &result);
	if (!node)
		return result;
	count = fwnode_property_string_array_count(node, name);
	if (count <= 0) {
		result = NETCX_OS_CONFIG_OTHER_TYPE;
		goto put;
	}
	if (index >= count) {
		result = NETCX_OS_CONFIG_MISSING;
		goto put;
	}
	strings = kcalloc(count, sizeof(*strings), GFP_KERNEL);
	if (!strings) {
		result = NETCX_OS_CONFIG_NO_MEMORY;
		goto put;
	}
	if (fwnode_property_read_string_array(node, name, strings, count) != count) {
		result = NETCX_OS_CONFIG_OTHER_TYPE;
	} else {
		strscpy(buffer, strings[index], size);
		result = strlen(strings[index]);
	}
	kfree(strings);
put:
	fwnode_handle_put(node);
	return result;
}

int netcx_os_config_bytes(struct netcx_os_device *device, const char *path, const char *name,
			  UINT8 *buffer, SIZE_T size)
{
	struct fwnode_handle *node;
	int result;

	node = netcx_config_find(device, path, name, DEV_PROP_U8, &result);
	if (!node)
		return result;
	result = fwnode_property_count_u8(node, name);
	size = min_t(size_t, size, max(result, 0));
	if (result <= 0 ||
	    (size && fwnode_property_read_u8_array(node, name, buffer, size)))
		result = NETCX_OS_CONFIG_OTHER_TYPE;
	fwnode_handle_put(node);
	return result;
}

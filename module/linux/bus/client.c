// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registration of client drivers: calls DriverEntry, then registers a driver on PCI or the virtual
 * bus.
 */
#include <linux/slab.h>

#include "../../core/core.h"
#include "client.h"
#include "pci.h"
#include "virtual.h"

static int netcx_client_register_driver(struct netcx_client_private *private)
{
	return private->client->id_table ? netcx_pci_register(private) :
					   netcx_virtual_register(private);
}

int netcx_client_register_abi(struct netcx_client *client, unsigned int abi, const char *version)
{
	struct netcx_client_private *private;
	int err;

	err = netcx_core_check_abi(client->name, abi, version);
	if (err)
		return err;
	private = kzalloc(sizeof(*private), GFP_KERNEL);
	if (!private)
		return -ENOMEM;
	private->client = client;
	err = netcx_core_driver_create(client->name, client->version, client->driver_entry,
				       client->configuration_defaults, &private->core);
	if (err)
		goto free;
	client->private_data = private;
	err = netcx_client_register_driver(private);
	if (err) {
		pr_err("netcx: registering the driver %s failed with %d\n", client->name, err);
		goto destroy;
	}
	return 0;

destroy:
	netcx_core_driver_destroy(private->core);
free:
	client->private_data = NULL;
	kfree(private);
	return err;
}

void netcx_client_unregister(struct netcx_client *client)
{
	struct netcx_client_private *private = client->private_data;

	if (client->id_table)
		netcx_pci_unregister(private);
	else
		netcx_virtual_unregister(private);
	netcx_core_driver_destroy(private->core);
	client->private_data = NULL;
	kfree(private);
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* A registered client driver. */
#ifndef NETCX_LINUX_CLIENT_H
#define NETCX_LINUX_CLIENT_H

#include <linux/device.h>
#include <linux/pci.h>

#include <netcx/netcx_client.h>

struct netcx_driver;

/* A registered client driver. */
struct netcx_client_private {
	union {
		struct pci_driver pci_driver;
		struct device_driver virtual_driver;
	};
	struct netcx_client *client;
	struct netcx_driver *core;
};

#endif /* NETCX_LINUX_CLIENT_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Devices on PCI. */
#ifndef NETCX_LINUX_PCI_H
#define NETCX_LINUX_PCI_H

#include <linux/pci.h>

struct netcx_client_private;
struct netcx_os_device;

/* Clears bus mastering; netcx_device_power_up() sets it again. */
void netcx_device_stop_dma(struct netcx_os_device *device);
int netcx_pci_register(struct netcx_client_private *client);
void netcx_pci_unregister(struct netcx_client_private *client);

extern const struct pci_error_handlers netcx_pci_error_handlers;

#endif /* NETCX_LINUX_PCI_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* Devices on PCI. */
#ifndef NETCX_LINUX_PCI_H
#define NETCX_LINUX_PCI_H

#include <linux/pci.h>

struct netcx_client_private;
struct netcx_os_device;

/* Clears bus mastering; netcx_os_device_power_on() sets it again. */
void netcx_device_stop_dma(struct netcx_os_device *device);
/*
 * The function's configuration: keeps it as it is now, while the function works; puts back what was
 * kept; does so if the function has lost it. An error from the bus, or a reset that fails, leaves
 * behind what the PCI core has saved of a blank function, or nothing, so its copy is not relied on.
 */
void netcx_pci_keep_config(struct netcx_os_device *device);
void netcx_pci_restore_config(struct netcx_os_device *device);
void netcx_pci_restore_lost_config(struct netcx_os_device *device);
int netcx_pci_register(struct netcx_client_private *client);
void netcx_pci_unregister(struct netcx_client_private *client);

extern const struct pci_error_handlers netcx_pci_error_handlers;

#endif /* NETCX_LINUX_PCI_H */

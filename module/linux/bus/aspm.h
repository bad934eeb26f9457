/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef NETCX_LINUX_BUS_ASPM_H
#define NETCX_LINUX_BUS_ASPM_H

struct netcx_os_device;

/* Does nothing on another bus, or if the client can bear it. Context: process. */
void netcx_device_disable_aspm(struct netcx_os_device *device);
/* The same of a PCI device, for slot_reset, which the PCI core calls with pci_bus_sem held. */
void netcx_device_disable_aspm_locked(struct netcx_os_device *device);

#endif /* NETCX_LINUX_BUS_ASPM_H */

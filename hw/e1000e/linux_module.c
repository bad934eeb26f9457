// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What Linux wants to know about the module: which PCI devices, under which name. */
#include <linux/module.h>
#include <linux/pci.h>

#include <netcx_client.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path);

static const struct pci_device_id netcx_e1000e_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, 0x10d3) }, /* 82574L */
	{}
};
MODULE_DEVICE_TABLE(pci, netcx_e1000e_ids);

static struct netcx_client netcx_e1000e_client = {
	.name = "netcx_e1000e",
	.version = NETCX_VERSION,
	.driver_entry = DriverEntry,
	.id_table = netcx_e1000e_ids,
	/* In either state requests can get lost, and the device stops sending (errata). */
	.aspm_unusable = NETCX_ASPM_L0S | NETCX_ASPM_L1,
	.owner = THIS_MODULE,
};
module_netcx_client(netcx_e1000e_client);

MODULE_DESCRIPTION("Intel 82574L Gigabit Ethernet, a NetAdapterCx client");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_IMPORT_NS(NETCX_SYMBOL_NAMESPACE);

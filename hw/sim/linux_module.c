// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What Linux wants to know about the module: its name. Devices are made by the user. */
#include <linux/device.h>
#include <linux/io.h>
#include <linux/module.h>

#include <netcx_client.h>

void *sim_memory_at(UINT64 logical_address);

/* Virtual devices are behind no IOMMU: what is mapped for them is memory at that address. */
void *sim_memory_at(UINT64 logical_address)
{
	return phys_to_virt(logical_address);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path);

static struct netcx_client netcx_sim_client = {
	.name = "netcx_sim",
	.version = NETCX_VERSION,
	.driver_entry = DriverEntry,
	.owner = THIS_MODULE,
};
module_netcx_client(netcx_sim_client);

MODULE_DESCRIPTION("Pairs of network interfaces without hardware, a NetAdapterCx client");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_IMPORT_NS(NETCX_SYMBOL_NAMESPACE);

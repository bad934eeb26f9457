// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * What Linux wants to know about the module. This is the only C file of a client, and the only one
 * that includes Linux headers. A client of hardware has its PCI ids here, see
 * hw/e1000e/linux_module.c; without an id_table, as here, devices are made by the user: echo
 * netcx_skeleton.0 >/sys/bus/netcx/new_device
 */
#include <linux/device.h>
#include <linux/module.h>

#include <netcx_client.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path);

static struct netcx_client netcx_skeleton_client = {
	.name = "netcx_skeleton",
	.version = NETCX_VERSION,
	.driver_entry = DriverEntry,
	.owner = THIS_MODULE,
};
module_netcx_client(netcx_skeleton_client);

MODULE_DESCRIPTION("A network interface that sends into nothing, a NetAdapterCx client to copy");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_IMPORT_NS(NETCX_SYMBOL_NAMESPACE);

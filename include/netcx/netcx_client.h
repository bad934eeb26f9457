/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Registration of a client driver with netcx.ko: the one thing a client's linux_module.c does.
 * The structures of Linux are named, never defined, so the header stays free of Linux headers.
 */
#ifndef NETCX_CLIENT_H
#define NETCX_CLIENT_H

#include "netcx_version.h"
#include "ntddk.h"

/* Active State Power Management of a PCIe link; for struct netcx_client. */
#define NETCX_ASPM_L0S (1U << 0)
#define NETCX_ASPM_L1  (1U << 1)

/*
 * driver_data of an entry of id_table that is for one revision of the device only, which Linux' table
 * has no field for. Without it an entry is for all revisions.
 */
#define NETCX_PCI_REVISION(revision) (0x100U | (revision))

struct module;
struct pci_device_id;
struct netcx_client_private;

/**
 * struct netcx_configuration_default - a configuration value that a client's devices begin with
 * @name: as NetConfigurationQuery...() are asked for it, in any letter case; NULL ends a table
 * @string: the value; NULL: it is the number
 * @number: the value, if there is no string
 *
 * On Windows they are in the driver's .inf: what stands there for "default" of a keyword below
 * Ndi\params, which is a string, and what is written to the driver's own key.
 */
struct netcx_configuration_default {
	const char *name;
	const char *string;
	UINT32 number;
};

/**
 * struct netcx_client - a client driver, as linux_module.c describes it
 * @name: name of the driver below /sys/bus/pci/drivers, or /sys/bus/netcx/drivers, and in ethtool -i.
 *	It is the first in every netcx.
 * @version: what ethtool -i shows as the driver's version
 * @driver_entry: the client's DriverEntry, called once per registration in process context
 * @id_table: the PCI devices it drives, ended by an empty entry; NULL: it drives no hardware, and
 *	its devices are made on the virtual bus, /sys/bus/netcx/new_device. The only driver_data is
 *	NETCX_PCI_REVISION().
 * @configuration_defaults: what a configuration has unless the firmware node says or the client
 *	assigns otherwise, see netconfiguration.h; ended by an entry without a name; NULL: nothing
 * @aspm_unusable: PCIe link power states, NETCX_ASPM_..., in which its devices do not work. They are
 *	switched off before the client is asked to do anything, and again after whatever may have
 *	switched them on: resume, resets. 0: the system decides. Of no account on the virtual bus.
 * @owner: THIS_MODULE
 * @private_data: netcx.ko's; NULL before registration
 *
 * The structure must outlive the registration.
 */
struct netcx_client {
	const char *name;
	const char *version;
	PDRIVER_INITIALIZE driver_entry;
	const struct pci_device_id *id_table;
	const struct netcx_configuration_default *configuration_defaults;
	unsigned int aspm_unusable;
	struct module *owner;
	struct netcx_client_private *private_data;
};

EXTERN_C_START

/**
 * netcx_client_register_abi() - netcx_client_register() of a client that was built for some netcx
 * @client: the client driver
 * @abi: that netcx's NETCX_ABI_VERSION
 * @version: that netcx's NETCX_VERSION
 *
 * If netcx.ko has another ABI, only the client's name is looked at, for the log.
 *
 * Context: process, may sleep.
 * Return: 0, -ENOEXEC if netcx.ko has another ABI, or another negative errno; if it is not 0,
 * nothing is registered and one line in the log says why.
 */
int netcx_client_register_abi(struct netcx_client *client, unsigned int abi, const char *version);

/* Calls DriverEntry and starts binding devices, see netcx_client_register_abi(). */
#define netcx_client_register(client) \
	netcx_client_register_abi(client, NETCX_ABI_VERSION, NETCX_VERSION)

/**
 * netcx_client_unregister() - unbinds every device and calls EvtDriverUnload
 * @client: the client driver
 *
 * Context: process, may sleep.
 */
void netcx_client_unregister(struct netcx_client *client);

EXTERN_C_END

/*
 * The whole of module_init() and module_exit() for a client with nothing else to do there. modinfo
 * shows which ABI of netcx.ko the client was built for.
 */
#define module_netcx_client(client)                             \
	MODULE_INFO(netcx_abi, __stringify(NETCX_ABI_VERSION)); \
	module_driver(client, netcx_client_register, netcx_client_unregister)

#endif /* NETCX_CLIENT_H */

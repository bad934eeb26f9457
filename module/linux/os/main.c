// SPDX-License-Identifier: GPL-2.0-only
/*
 * netcx.ko: NetAdapterCx's packet and fragment rings under Linux network interfaces. The module
 * does nothing by itself; clients register with netcx_client_register().
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/stringify.h>

#include <netcx/netcx_version.h>

#include "../bus/device.h"
#include "../bus/virtual.h"
#include "../netdev/netdev.h"
#include "../netdev/watchdog.h"
#include "memory.h"
#include "thread.h"

static int __init netcx_init(void)
{
	int err;

	netcx_netdev_init();
	netcx_thread_init();
	err = netcx_watchdog_create();
	if (err)
		return err;
	err = netcx_device_init();
	if (err)
		goto destroy_watchdog;
	err = netcx_virtual_init();
	if (err)
		goto exit_device;
	return 0;

exit_device:
	netcx_device_exit();
destroy_watchdog:
	netcx_watchdog_destroy();
	return err;
}
module_init(netcx_init);

static void __exit netcx_exit(void)
{
	netcx_virtual_exit();
	netcx_device_exit();
	netcx_watchdog_destroy();
	netcx_memory_exit();
}
module_exit(netcx_exit);

MODULE_DESCRIPTION("NetAdapterCx rings for Linux network drivers");
MODULE_AUTHOR("NetCx for Linux developers");
MODULE_LICENSE("GPL");
MODULE_VERSION(NETCX_VERSION);
MODULE_INFO(netcx_abi, __stringify(NETCX_ABI_VERSION));

/* SPDX-License-Identifier: GPL-2.0-only */
/* What device.c and the devlink instance of a device have to do with each other. */
#ifndef NETCX_LINUX_HEALTH_H
#define NETCX_LINUX_HEALTH_H

struct netcx_os_device;

/* It is there for as long as the client may call; the user sees it while it is registered. */
int netcx_health_create(struct netcx_os_device *device);
void netcx_health_destroy(struct netcx_os_device *device);
void netcx_health_register(struct netcx_os_device *device);
void netcx_health_unregister(struct netcx_os_device *device);

#endif /* NETCX_LINUX_HEALTH_H */

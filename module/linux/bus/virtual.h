/* SPDX-License-Identifier: GPL-2.0-only */
/* The virtual bus. */
#ifndef NETCX_LINUX_VIRTUAL_H
#define NETCX_LINUX_VIRTUAL_H

struct device;
struct netcx_client_private;

int netcx_virtual_init(void);
void netcx_virtual_exit(void);
int netcx_virtual_register(struct netcx_client_private *client);
void netcx_virtual_unregister(struct netcx_client_private *client);

/* A driver has looked for a property of that name. Any device. */
void netcx_virtual_key_read(struct device *dev, const char *name);

#endif /* NETCX_LINUX_VIRTUAL_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/* A channel's NAPI. */
#ifndef NETCX_LINUX_POLL_H
#define NETCX_LINUX_POLL_H

#include <linux/netdevice.h>

int netcx_poll(struct napi_struct *napi, int budget);

#endif /* NETCX_LINUX_POLL_H */

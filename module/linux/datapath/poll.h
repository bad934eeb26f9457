/* SPDX-License-Identifier: GPL-2.0-only */
/* What a channel's NAPI does when it is polled. */
#ifndef NETCX_LINUX_POLL_H
#define NETCX_LINUX_POLL_H

#include <linux/netdevice.h>

#include "napi.h"

struct netcx_channel;

int netcx_poll(struct napi_struct *napi, int budget);
/* A channel of @channel->nd, whose NAPI is off. */
void netcx_poll_init(struct netcx_channel *channel);
void netcx_poll_exit(struct netcx_channel *channel);

#endif /* NETCX_LINUX_POLL_H */

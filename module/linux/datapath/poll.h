/* SPDX-License-Identifier: GPL-2.0-only */
/* A channel's NAPI. */
#ifndef NETCX_LINUX_POLL_H
#define NETCX_LINUX_POLL_H

#include <linux/netdevice.h>

struct netcx_channel;

/* In any context. */
void netcx_channel_schedule(struct netcx_channel *channel);
int netcx_poll(struct napi_struct *napi, int budget);
/* A channel of @channel->nd that is polled from netcx_poll_enable() to netcx_poll_disable(). */
void netcx_poll_init(struct netcx_channel *channel);
void netcx_poll_exit(struct netcx_channel *channel);
void netcx_poll_enable(struct netcx_channel *channel);
/* May sleep. Afterwards nothing touches the queues. */
void netcx_poll_disable(struct netcx_channel *channel);
/*
 * Between these two, under rtnl, the channel is not polled, whether its NAPI was on or not. The same
 * queues are attached all the while.
 */
void netcx_poll_pause(struct netcx_channel *channel);
void netcx_poll_resume(struct netcx_channel *channel);

#endif /* NETCX_LINUX_POLL_H */

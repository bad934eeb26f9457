/* SPDX-License-Identifier: GPL-2.0-only */
/* A channel's NAPI: scheduled, and on and off. */
#ifndef NETCX_LINUX_NAPI_H
#define NETCX_LINUX_NAPI_H

struct netcx_channel;

void netcx_napi_init(struct netcx_channel *channel);
/* Nobody schedules it any more. May sleep. */
void netcx_napi_exit(struct netcx_channel *channel);
/* In any context. */
void netcx_channel_schedule(struct netcx_channel *channel);
/* The channel is polled from the first to the second. */
void netcx_poll_enable(struct netcx_channel *channel);
/* May sleep. Afterwards nothing touches the queues. */
void netcx_poll_disable(struct netcx_channel *channel);
/*
 * Between these two, under rtnl, the channel is not polled, whether its NAPI was on or not; and no
 * queue joins or leaves it.
 */
void netcx_poll_pause(struct netcx_channel *channel);
void netcx_poll_resume(struct netcx_channel *channel);

#endif /* NETCX_LINUX_NAPI_H */

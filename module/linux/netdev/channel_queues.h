/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Queues started and stopped while others run. All of it under rtnl, and about the queues that
 * netcx_channel.changing of each channel names, until they are attached.
 */
#ifndef NETCX_LINUX_CHANNEL_QUEUES_H
#define NETCX_LINUX_CHANNEL_QUEUES_H

#include <linux/types.h>

struct netcx_channel;
struct netcx_netdev;

/* How long a cancelled queue may take to give its packets back before the device is reset. */
#define NETCX_DRAIN_TIMEOUT_MS	1000

/* Those that there are, NETCX_CHANNEL_*. */
u8 netcx_channel_queues(const struct netcx_channel *channel);
/* Names @queues of every channel, as far as there are such; 0: none any more. */
void netcx_channels_mark(struct netcx_netdev *nd, u8 queues);
/* Is any queue named? */
bool netcx_channels_are_marked(const struct netcx_netdev *nd);

/* Creates the queues; if one can't be, none is left. */
int netcx_channels_create(struct netcx_netdev *nd);
/* What was created gets going at the client's, but no packets yet. */
void netcx_channels_start(struct netcx_netdev *nd);
/* Packets go through them. No queue is named any more. */
void netcx_channels_attach(struct netcx_netdev *nd);

/* No packet goes through them any more. */
void netcx_channels_detach(struct netcx_netdev *nd);
/* The client gives up what it owns, and stops. */
void netcx_channels_stop(struct netcx_netdev *nd);
/* Destroys them; they stay named. */
void netcx_channels_destroy(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_CHANNEL_QUEUES_H */

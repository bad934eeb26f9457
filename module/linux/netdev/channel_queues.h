/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Queues started and stopped while others run. All of it under rtnl, and about the queues that are
 * marked in netcx_channel.changing of each channel, until they are attached.
 */
#ifndef NETCX_LINUX_CHANNEL_QUEUES_H
#define NETCX_LINUX_CHANNEL_QUEUES_H

#include <linux/types.h>

struct netcx_channel;
struct netcx_netdev;

/*
 * How long a cancelled queue may take to give its packets back before the device is reset. A client
 * may need a work item for that, which on a machine without time to spare waits for its turn.
 */
#define NETCX_DRAIN_TIMEOUT_MS	3000

/* The channel's existing queues, as NETCX_CHANNEL_*. */
u8 netcx_channel_queues(const struct netcx_channel *channel);
/* Marks the existing queues among @queues of every channel; 0 clears all marks. */
void netcx_channels_mark(struct netcx_netdev *nd, u8 queues);
/* Is any queue marked? */
bool netcx_channels_are_marked(const struct netcx_netdev *nd);

/* Creates the marked queues. On error none of them exists; the marks stay. */
int netcx_channels_create(struct netcx_netdev *nd);
/* Calls EvtPacketQueueStart of the marked queues; NAPI and the stack do not use them yet. */
void netcx_channels_start(struct netcx_netdev *nd);
/* Connects the marked queues to NAPI and the stack, and clears the marks. */
void netcx_channels_attach(struct netcx_netdev *nd);

/* Disconnects the marked queues from NAPI and the stack. */
void netcx_channels_detach(struct netcx_netdev *nd);
/* Cancels, drains and stops the marked queues. */
void netcx_channels_stop(struct netcx_netdev *nd);
/* Destroys the marked queues; the marks stay. */
void netcx_channels_destroy(struct netcx_netdev *nd);

#endif /* NETCX_LINUX_CHANNEL_QUEUES_H */

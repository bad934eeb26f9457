/* SPDX-License-Identifier: GPL-2.0-only */
/* Interrupt moderation: what is in force. */
#ifndef NETCX_LINUX_MODERATION_H
#define NETCX_LINUX_MODERATION_H

#include <linux/types.h>

struct netcx_channel;
struct netcx_interrupt_moderation;
struct netcx_netdev;

void netcx_moderation_init(struct netcx_netdev *nd);
/* The device is back in D0, and its client may have forgotten. Under rtnl. */
void netcx_moderation_restore(struct netcx_netdev *nd);
/* Do the queues in use have timers of their own, or is there only one pair? */
bool netcx_moderation_may_adapt(const struct netcx_netdev *nd);
/* Asks the client for what a channel needs, at most its maxima. Process context. */
void netcx_moderation_adapt(struct netcx_channel *channel, u8 directions, u32 microseconds);
/* Has every channel a timer of its own? */
bool netcx_moderation_is_per_channel(const struct netcx_netdev *nd);
/* Asks the client for just that, of one channel under moderation_lock, or of all. */
int netcx_moderation_set(struct netcx_channel *channel,
			 const struct netcx_interrupt_moderation *moderation);
int netcx_moderation_set_all(struct netcx_netdev *nd,
			     const struct netcx_interrupt_moderation *moderation);

#endif /* NETCX_LINUX_MODERATION_H */

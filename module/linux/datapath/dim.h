/* SPDX-License-Identifier: GPL-2.0-only */
/* Adaptive interrupt moderation, of running queues that nd->adaptive names; under rtnl. */
#ifndef NETCX_LINUX_DIM_H
#define NETCX_LINUX_DIM_H

#include <linux/kconfig.h>
#include <linux/types.h>

struct netcx_channel;
struct netcx_netdev;

#if IS_REACHABLE(CONFIG_DIMLIB)
static inline bool netcx_dim_exists(void)
{
	return true;
}

void netcx_dim_init(struct netcx_channel *channel);
/* Says so if it cannot be, with as many queues as there are. */
void netcx_dim_warn(const struct netcx_netdev *nd);
void netcx_dim_start(struct netcx_netdev *nd);
void netcx_dim_stop(struct netcx_netdev *nd);
/* The same for one channel, whose NAPI is off. */
void netcx_dim_start_channel(struct netcx_channel *channel);
void netcx_dim_stop_channel(struct netcx_channel *channel);
/* NAPI has nothing left to do, which ends what an interrupt began. By NAPI's owner. */
void netcx_dim_sample(struct netcx_channel *channel);
#else
static inline bool netcx_dim_exists(void)
{
	return false;
}

static inline void netcx_dim_init(struct netcx_channel *channel) {}
static inline void netcx_dim_warn(const struct netcx_netdev *nd) {}
static inline void netcx_dim_start(struct netcx_netdev *nd) {}
static inline void netcx_dim_stop(struct netcx_netdev *nd) {}
static inline void netcx_dim_start_channel(struct netcx_channel *channel) {}
static inline void netcx_dim_stop_channel(struct netcx_channel *channel) {}
static inline void netcx_dim_sample(struct netcx_channel *channel) {}
#endif

#endif /* NETCX_LINUX_DIM_H */

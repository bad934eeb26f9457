/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive scaling; all under rtnl. */
#ifndef NETCX_LINUX_RSS_H
#define NETCX_LINUX_RSS_H

#include <linux/types.h>

struct netcx_adapter;
struct netcx_netdev;

bool netcx_rss_is_offered(const struct netcx_adapter *adapter);
int netcx_rss_init(struct netcx_netdev *nd);
void netcx_rss_free(struct netcx_netdev *nd);
/* For another number of rx queues. */
void netcx_rss_update(struct netcx_netdev *nd);
/* Tells the client the table, while queues run: those that are changing get nothing. */
int netcx_rss_apply(struct netcx_netdev *nd);
/* While the queues are created, but not started. */
int netcx_rss_enable(struct netcx_netdev *nd);
void netcx_rss_disable(struct netcx_netdev *nd);
/* Another table, another key, or both; NULL: as it is. If one fails neither changes. */
int netcx_rss_change(struct netcx_netdev *nd, const u32 *indir, const u8 *key);

#endif /* NETCX_LINUX_RSS_H */

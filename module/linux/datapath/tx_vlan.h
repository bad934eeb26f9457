/* SPDX-License-Identifier: GPL-2.0-only */
/* VLAN tags of sent packets. */
#ifndef NETCX_LINUX_TX_VLAN_H
#define NETCX_LINUX_TX_VLAN_H

#include <linux/skbuff.h>
#include <linux/types.h>

struct net_device;
struct netcx_adapter;
struct netcx_queue;

/* How tags are inserted on a tx queue made now: the extension's TxTagging; 0: not at all. */
u8 netcx_vlan_tagging(const struct netcx_adapter *adapter, const struct netcx_queue *q);
/* Moves the skb's tag into its bytes; false: it is freed. */
bool netcx_vlan_push(struct sk_buff *skb, struct net_device *netdev);

#endif /* NETCX_LINUX_TX_VLAN_H */

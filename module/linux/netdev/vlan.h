/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * VLAN tags beside the packet: on the way out from the skb to the 802.1Q extension for the hardware
 * to insert, on the way in from the extension, where the client put what the hardware took out, to
 * the skb.
 */
#ifndef NETCX_LINUX_VLAN_H
#define NETCX_LINUX_VLAN_H

#include <linux/if_vlan.h>

#include <netcx/netcx_ieee8021q.h>

#include "../datapath/ring.h"
#include "../datapath/rx_queue.h"
#include "../datapath/tx_queue.h"

struct netcx_adapter;
struct netcx_netdev;
struct netcx_offloads;

/* Features that the client's capabilities make possible. */
netdev_features_t netcx_vlan_features(const struct netcx_adapter *adapter);
/* Once the netdev's own features are known: what holds for VLAN devices above it. */
void netcx_vlan_init(struct netcx_netdev *nd);
/* One switch may be for both directions. */
netdev_features_t netcx_vlan_fix_features(const struct netcx_adapter *adapter,
					  netdev_features_t features);
/* The packet's tag is more than the client can insert: the stack has to. */
netdev_features_t netcx_vlan_features_check(const struct netcx_adapter *adapter,
					    const struct sk_buff *skb,
					    netdev_features_t features);

/* How tags are inserted on a tx queue made now: the extension's TxTagging; 0: not at all. */
u8 netcx_vlan_tagging(const struct netcx_adapter *adapter, const struct netcx_queue *q);
/* Moves the skb's tag into its bytes; false: it is freed. */
bool netcx_vlan_push(struct sk_buff *skb, struct net_device *netdev);

/* Would this change of stripping also change what becomes of packets in tx queues? */
bool netcx_vlan_needs_restart(const struct netcx_netdev *nd, const struct netcx_offloads *offloads);

int netcx_vlan_rx_add_vid(struct net_device *netdev, __be16 protocol, u16 vid);
int netcx_vlan_rx_kill_vid(struct net_device *netdev, __be16 protocol, u16 vid);
/* Takes over whether the user wants filtering. */
void netcx_vlan_set_filtering(struct netcx_netdev *nd, netdev_features_t features);
/* Tells the client the filter. Under the filter lock, while the filter is on. */
void netcx_vlan_filter_apply(struct netcx_netdev *nd);

static inline void netcx_vlan_write(const struct netcx_tx_queue *tx, const struct sk_buff *skb,
				    NET_PACKET *packet)
{
	netcx_ieee8021q_set(netcx_extension(packet, tx->q->layout.packet_ieee8021q),
			    skb_vlan_tag_get(skb), tx->tagging);
}

/* The queue has the extension. */
static inline void netcx_vlan_read(const struct netcx_rx_queue *rx, const NET_PACKET *packet,
				   struct sk_buff *skb)
{
	const NET_PACKET_IEEE8021Q *tag = netcx_extension((void *)packet,
							  rx->q->layout.packet_ieee8021q);

	if (unlikely(*(const u32 *)tag))
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), netcx_ieee8021q_tci(tag));
}

#endif /* NETCX_LINUX_VLAN_H */

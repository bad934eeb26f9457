/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * VLAN tags beside the packet: on the way out from the skb to the 802.1Q extension for the hardware
 * to insert, on the way in from the extension, where the client put what the hardware took out, to
 * the skb.
 */
#ifndef NETCX_LINUX_VLAN_TAG_H
#define NETCX_LINUX_VLAN_TAG_H

#include <linux/if_vlan.h>

#include <netcx/netcx_ieee8021q.h>

#include "ring.h"
#include "rx_queue.h"
#include "tx_queue.h"

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

#endif /* NETCX_LINUX_VLAN_TAG_H */

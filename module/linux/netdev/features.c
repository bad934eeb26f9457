// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netdev's features: which the client's capabilities make, which go together at the moment, and
 * what the client is told of those that are on.
 */
#include <linux/netdevice.h>

#include "../../core/core.h"
#include "../datapath/rss.h"
#include "features.h"
#include "netdev_priv.h"
#include "queues.h"
#include "vlan.h"

#define NETCX_L3_IPV4	NetAdapterOffloadLayer3FlagIPv4NoOptions
#define NETCX_L3_IPV6	NetAdapterOffloadLayer3FlagIPv6NoExtensions
#define NETCX_L4_TCP	NetAdapterOffloadLayer4FlagTcpNoOptions
#define NETCX_L4_UDP	NetAdapterOffloadLayer4FlagUdp

/* Linux asks for TCP and UDP checksums together, and never without options. */
static bool netcx_tx_checksum_serves(const struct netcx_adapter *adapter, u32 layer3)
{
	const u32 layer4 = NETCX_L4_TCP | NetAdapterOffloadLayer4FlagTcpWithOptions | NETCX_L4_UDP;

	return (adapter->tx_checksum.Layer3Flags & layer3) == layer3 &&
	       (adapter->tx_checksum.Layer4Flags & layer4) == layer4;
}

static bool netcx_gso_serves(const struct netcx_adapter *adapter, u32 layer3)
{
	const u32 layer4 = NETCX_L4_TCP | NetAdapterOffloadLayer4FlagTcpWithOptions;

	return (adapter->gso.Layer3Flags & layer3) == layer3 &&
	       (adapter->gso.Layer4Flags & layer4) == layer4;
}

netdev_features_t netcx_features(const struct netcx_adapter *adapter)
{
	netdev_features_t features = 0;

	if (netcx_tx_checksum_serves(adapter, NETCX_L3_IPV4))
		features |= NETIF_F_SG | NETIF_F_IP_CSUM;
	if (netcx_tx_checksum_serves(adapter, NETCX_L3_IPV6))
		features |= NETIF_F_SG | NETIF_F_IPV6_CSUM;
	if ((features & NETIF_F_IP_CSUM) && netcx_gso_serves(adapter, NETCX_L3_IPV4))
		features |= NETIF_F_TSO;
	if ((features & NETIF_F_IPV6_CSUM) && netcx_gso_serves(adapter, NETCX_L3_IPV6))
		features |= NETIF_F_TSO6;
	/*
	 * The stack makes linear packets better than netcx_tx_linearize() does; TSO needs pieces.
	 */
	if (adapter->tx.MaximumNumberOfFragments < 2 && !(features & NETIF_F_ALL_TSO))
		features &= ~NETIF_F_SG;
	if (adapter->rx_checksum.Size)
		features |= NETIF_F_RXCSUM;
	if (adapter->rx_checksum.Size && (adapter->rsc.Layer4Flags & NETCX_L4_TCP))
		features |= NETIF_F_LRO;
	if (netcx_rss_is_offered(adapter))
		features |= NETIF_F_RXHASH;
	return features;
}

/* A program sees packets as they were on the wire; the kernel's generic XDP is no different. */
static bool netcx_has_program(const struct netcx_netdev *nd)
{
	return nd->xdp_prog || rcu_access_pointer(nd->netdev->xdp_prog);
}

netdev_features_t netcx_fix_features(struct net_device *netdev, netdev_features_t features)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	features = netcx_vlan_fix_features(nd->adapter, features);
	if (nd->offloads_paused)
		features &= ~(NETIF_F_CSUM_MASK | NETIF_F_ALL_TSO | NETIF_F_RXCSUM);
	/* A coalesced packet has no checksum but the client's word. */
	if (!(features & NETIF_F_RXCSUM) || netcx_has_program(nd))
		features &= ~NETIF_F_LRO;
	return features;
}

int netcx_set_features(struct net_device *netdev, netdev_features_t features)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_adapter *adapter = nd->adapter;
	const bool tx4 = features & NETIF_F_IP_CSUM;
	const bool tx6 = features & NETIF_F_IPV6_CSUM;
	const bool rx = features & NETIF_F_RXCSUM;
	const struct netcx_offloads offloads = {
		.tx_checksum_tcp = tx4 || tx6,
		.tx_checksum_udp = tx4 || tx6,
		.rx_checksum_ipv4 = rx,
		.rx_checksum_tcp = rx,
		.rx_checksum_udp = rx,
		.lso_ipv4 = !!(features & NETIF_F_TSO),
		.lso_ipv6 = !!(features & NETIF_F_TSO6),
		/* IPv4 header checksums come with segmentation only: Linux makes the others. */
		.tx_checksum_ipv4 = !!(features & NETIF_F_TSO) &&
				    (adapter->tx_checksum.Layer3Flags & NETCX_L3_IPV4),
		.tcp_rsc_ipv4 = !!(features & NETIF_F_LRO),
		.tcp_rsc_ipv6 = !!(features & NETIF_F_LRO),
		.rsc_timestamp = !!(features & NETIF_F_LRO),
		.vlan_stripping = !!(features & NETIF_F_HW_VLAN_CTAG_RX),
	};

	netcx_vlan_set_filtering(nd, features);
	if (!nd->datapath)
		return 0;
	if (netcx_vlan_needs_restart(nd, &offloads))
		return netcx_queues_set_offloads(nd, &offloads);
	netcx_core_adapter_set_offloads(nd->adapter, &offloads);
	return 0;
}

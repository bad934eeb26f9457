// SPDX-License-Identifier: GPL-2.0-only
/* Which features go together at the moment; what the client can do is netcx_features()'s. */
#include <linux/netdevice.h>

#include "../../core/core.h"
#include "features.h"
#include "netdev_priv.h"
#include "vlan.h"

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

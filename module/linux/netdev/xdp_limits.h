/* SPDX-License-Identifier: GPL-2.0-only */
/* What packets XDP can take in one buffer. */
#ifndef NETCX_LINUX_XDP_LIMITS_H
#define NETCX_LINUX_XDP_LIMITS_H

#include <linux/if_vlan.h>

#include "../../core/core.h"
#include "netdev_priv.h"

/* The largest MTU whose frames, with two VLAN tags, fit into one buffer. */
static inline int netcx_xdp_linear_mtu(const struct netcx_netdev *nd)
{
	return nd->adapter->rx.MaximumFrameSize - ETH_HLEN - 2 * VLAN_HLEN;
}

#endif /* NETCX_LINUX_XDP_LIMITS_H */

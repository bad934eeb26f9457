// SPDX-License-Identifier: GPL-2.0-only
/*
 * XDP programs are attached and detached; what they demand of the interface. All under rtnl.
 *
 * The pages have the room that programs need whether there is one or not, so attaching is an
 * exchange of pointers.
 */
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/netdevice.h>

#include "../../core/core.h"
#include "../os/compat.h"
#include "netdev_priv.h"
#include "xdp_limits.h"
#include "xdp_setup.h"
#include "xsk_setup.h"

static bool netcx_xdp_prog_takes_mtu(const struct netcx_netdev *nd, const struct bpf_prog *prog,
				     int mtu)
{
	return !prog || prog->aux->xdp_has_frags || mtu <= netcx_xdp_linear_mtu(nd);
}

static bool netcx_xsk_is_used(const struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].xsk_pool)
			return true;
	return false;
}

void netcx_xdp_limit_mtu(struct netcx_netdev *nd)
{
	unsigned int max = nd->adapter->mtu;

	if (!netcx_xdp_prog_takes_mtu(nd, nd->xdp_prog, max) || netcx_xsk_is_used(nd))
		max = min_t(unsigned int, max, netcx_xdp_linear_mtu(nd));
	nd->netdev->max_mtu = max;
}

static int netcx_xdp_attach(struct netcx_netdev *nd, struct bpf_prog *prog,
			    struct netlink_ext_ack *extack)
{
	struct bpf_prog *old;

	if (!netcx_xdp_prog_takes_mtu(nd, prog, nd->netdev->mtu)) {
		NL_SET_ERR_MSG_MOD(extack,
				   "the MTU is too large for a program without frags support");
		return -EOPNOTSUPP;
	}
	/* Programs see packets as they were on the wire; netcx_fix_features() keeps it so. */
	if (prog)
		dev_disable_lro(nd->netdev);
	old = xchg(&nd->xdp_prog, prog);
	if (old)
		bpf_prog_put(old);
	/* Who asked for LRO meanwhile gets it now. */
	if (old && !prog)
		netdev_update_features(nd->netdev);
	return 0;
}

int netcx_bpf(struct net_device *netdev, struct netdev_bpf *bpf)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	int err;

	switch (bpf->command) {
	case XDP_SETUP_PROG:
		err = netcx_xdp_attach(nd, bpf->prog, bpf->extack);
		break;
	case XDP_SETUP_XSK_POOL:
		err = netcx_xsk_setup(nd, bpf->xsk.pool, bpf->xsk.queue_id);
		break;
	default:
		return -EINVAL;
	}
	netcx_xdp_limit_mtu(nd);
	return err;
}

void netcx_xdp_set_features(struct netcx_netdev *nd)
{
#ifdef NETCX_HAVE_XDP_FEATURES
	nd->netdev->xdp_features = NETDEV_XDP_ACT_BASIC | NETDEV_XDP_ACT_REDIRECT |
				   NETDEV_XDP_ACT_NDO_XMIT | NETDEV_XDP_ACT_RX_SG;
	if (netcx_xsk_is_possible(nd))
		nd->netdev->xdp_features |= NETDEV_XDP_ACT_XSK_ZEROCOPY;
	if (nd->adapter->tx.MaximumNumberOfFragments > 1)
		nd->netdev->xdp_features |= NETDEV_XDP_ACT_NDO_XMIT_SG;
#endif
}

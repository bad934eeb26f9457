// SPDX-License-Identifier: GPL-2.0-only
/* Interrupt moderation for ethtool: -c/-C, and -Q for single queues. All under rtnl. */
#include <linux/ethtool.h>

#include "../../core/core.h"
#include "../datapath/channel.h"
#include "../datapath/dim.h"
#include "../datapath/moderation.h"
#include "../netdev/netdev_priv.h"
#include "coalesce.h"

static void netcx_coalesce_fill(struct ethtool_coalesce *coalesce, u8 adaptive,
				const struct netcx_interrupt_moderation *moderation)
{
	coalesce->rx_coalesce_usecs = moderation->RxMicroseconds;
	coalesce->tx_coalesce_usecs = moderation->TxMicroseconds;
	coalesce->use_adaptive_rx_coalesce = !!(adaptive & NETCX_ADAPTIVE_RX);
	coalesce->use_adaptive_tx_coalesce = !!(adaptive & NETCX_ADAPTIVE_TX);
}

static u8 netcx_coalesce_adaptive(const struct ethtool_coalesce *coalesce)
{
	return (coalesce->use_adaptive_rx_coalesce ? NETCX_ADAPTIVE_RX : 0) |
	       (coalesce->use_adaptive_tx_coalesce ? NETCX_ADAPTIVE_TX : 0);
}

static int netcx_moderation_check(const struct netcx_netdev *nd,
				  const struct netcx_interrupt_moderation *moderation,
				  struct netlink_ext_ack *extack)
{
	const struct netcx_interrupt_moderation_capabilities *caps = &nd->adapter->moderation_caps;

	if (moderation->RxMicroseconds > caps->MaximumRxMicroseconds ||
	    moderation->TxMicroseconds > caps->MaximumTxMicroseconds) {
		NL_SET_ERR_MSG_MOD(extack, "longer than the hardware can hold an interrupt back");
		return -ERANGE;
	}
	if (caps->RxTxShared && moderation->RxMicroseconds != moderation->TxMicroseconds) {
		NL_SET_ERR_MSG_MOD(extack, "one timer serves both: rx-usecs must equal tx-usecs");
		return -EINVAL;
	}
	return 0;
}

static int netcx_adaptive_check(const struct netcx_netdev *nd, u8 adaptive,
				struct netlink_ext_ack *extack)
{
	if (!adaptive)
		return 0;
	if (!netcx_dim_exists()) {
		NL_SET_ERR_MSG_MOD(extack, "the kernel was built without CONFIG_DIMLIB");
		return -EOPNOTSUPP;
	}
	if (!netcx_moderation_may_adapt(nd)) {
		NL_SET_ERR_MSG_MOD(extack,
				   "the hardware moderates all queues alike, so none can adapt");
		return -EOPNOTSUPP;
	}
	if (nd->adapter->moderation_caps.RxTxShared &&
	    adaptive != (NETCX_ADAPTIVE_RX | NETCX_ADAPTIVE_TX)) {
		NL_SET_ERR_MSG_MOD(extack,
				   "one timer serves both: adaptive-rx must equal adaptive-tx");
		return -EINVAL;
	}
	return 0;
}

/* With one timer for both directions, the one the user changes takes the other along. */
static void netcx_moderation_join(const struct netcx_netdev *nd,
				  struct netcx_interrupt_moderation *moderation,
				  const struct netcx_interrupt_moderation *old)
{
	if (!nd->adapter->moderation_caps.RxTxShared)
		return;
	if (moderation->RxMicroseconds == old->RxMicroseconds)
		moderation->RxMicroseconds = moderation->TxMicroseconds;
	else if (moderation->TxMicroseconds == old->TxMicroseconds)
		moderation->TxMicroseconds = moderation->RxMicroseconds;
}

static u8 netcx_adaptive_join(const struct netcx_netdev *nd, u8 adaptive, u8 old)
{
	const u8 both = NETCX_ADAPTIVE_RX | NETCX_ADAPTIVE_TX;
	const u8 changed = adaptive ^ old;

	if (!nd->adapter->moderation_caps.RxTxShared || !changed || changed == both)
		return adaptive;
	return adaptive & changed ? both : 0;
}

int netcx_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
		       struct kernel_ethtool_coalesce *kernel_coalesce,
		       struct netlink_ext_ack *extack)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	if (!nd->adapter->moderation_caps.Set)
		return -EOPNOTSUPP;
	netcx_coalesce_fill(coalesce, nd->adaptive, &nd->moderation);
	return 0;
}

int netcx_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
		       struct kernel_ethtool_coalesce *kernel_coalesce,
		       struct netlink_ext_ack *extack)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_interrupt_moderation moderation = {
		.RxMicroseconds = coalesce->rx_coalesce_usecs,
		.TxMicroseconds = coalesce->tx_coalesce_usecs,
	};
	const u8 adaptive =
		netcx_adaptive_join(nd, netcx_coalesce_adaptive(coalesce), nd->adaptive);
	int err;

	if (!nd->adapter->moderation_caps.Set)
		return -EOPNOTSUPP;
	netcx_moderation_join(nd, &moderation, &nd->moderation);
	err = netcx_moderation_check(nd, &moderation, extack);
	if (!err)
		err = netcx_adaptive_check(nd, adaptive, extack);
	if (err)
		return err;
	if (!nd->datapath)
		return -ENETDOWN;

	/* What adapts itself starts afresh from here; what does not is as the user says. */
	netcx_dim_stop(nd);
	err = netcx_moderation_set_all(nd, &moderation);
	if (!err) {
		nd->moderation = moderation;
		nd->adaptive = adaptive;
	}
	if (nd->running)
		netcx_dim_start(nd);
	return err;
}

/* What is in force right now, so that one can see what adaptive moderation makes of it. */
int netcx_get_per_queue_coalesce(struct net_device *netdev, u32 queue,
				 struct ethtool_coalesce *coalesce)
{
	struct netcx_netdev *nd = netdev_priv(netdev);

	if (!nd->adapter->moderation_caps.Set)
		return -EOPNOTSUPP;
	if (queue >= nd->num_channels)
		return -EINVAL;
	mutex_lock(&nd->moderation_lock);
	netcx_coalesce_fill(coalesce, nd->adaptive, &nd->channels[queue].moderation);
	mutex_unlock(&nd->moderation_lock);
	return 0;
}

/* Whether it adapts itself is a matter of the whole interface. */
int netcx_set_per_queue_coalesce(struct net_device *netdev, u32 queue,
				 struct ethtool_coalesce *coalesce)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_interrupt_moderation moderation = {
		.RxMicroseconds = coalesce->rx_coalesce_usecs,
		.TxMicroseconds = coalesce->tx_coalesce_usecs,
	};
	int err;

	if (!netcx_moderation_is_per_channel(nd))
		return -EOPNOTSUPP;
	if (queue >= nd->num_channels)
		return -EINVAL;
	if (nd->adaptive || netcx_coalesce_adaptive(coalesce))
		return -EBUSY;
	if (!nd->datapath)
		return -ENETDOWN;
	mutex_lock(&nd->moderation_lock);
	netcx_moderation_join(nd, &moderation, &nd->channels[queue].moderation);
	err = netcx_moderation_check(nd, &moderation, NULL);
	if (!err)
		err = netcx_moderation_set(&nd->channels[queue], &moderation);
	mutex_unlock(&nd->moderation_lock);
	return err;
}

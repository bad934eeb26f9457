// SPDX-License-Identifier: GPL-2.0-only
/*
 * ethtool: what the class extension knows of the interface, and the knobs it offers to every
 * client.
 */
#include <linux/ethtool.h>
#include <linux/log2.h>

#include "netcx_linux.h"

static void netcx_get_drvinfo(struct net_device *netdev, struct ethtool_drvinfo *info)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	strscpy(info->driver, nd->adapter->client_name, sizeof(info->driver));
	strscpy(info->version, nd->adapter->client_version, sizeof(info->version));
	strscpy(info->bus_info, pci_name(nd->device->pdev), sizeof(info->bus_info));
}

/*
 * Nothing in NetAdapterCx says which link modes there are, only which speed and duplex hold now and
 * whether they were negotiated.
 */
static int netcx_get_link_ksettings(struct net_device *netdev, struct ethtool_link_ksettings *cmd)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	const NET_ADAPTER_LINK_STATE link = nd->adapter->link;

	ethtool_link_ksettings_zero_link_mode(cmd, supported);
	ethtool_link_ksettings_zero_link_mode(cmd, advertising);
	cmd->base.port = PORT_OTHER;
	cmd->base.autoneg = AUTONEG_ENABLE;
	cmd->base.speed = SPEED_UNKNOWN;
	cmd->base.duplex = DUPLEX_UNKNOWN;
	if (!netif_carrier_ok(netdev))
		return 0;

	if (link.TxLinkSpeed != NET_ADAPTER_LINK_SPEED_UNKNOWN)
		cmd->base.speed = div_u64(link.TxLinkSpeed, 1000000);
	if (link.MediaDuplexState == MediaDuplexStateFull)
		cmd->base.duplex = DUPLEX_FULL;
	else if (link.MediaDuplexState == MediaDuplexStateHalf)
		cmd->base.duplex = DUPLEX_HALF;
	if (!(link.AutoNegotiationFlags & NetAdapterAutoNegotiationFlagXmitLinkSpeedAutoNegotiated))
		cmd->base.autoneg = AUTONEG_DISABLE;
	return 0;
}

static void netcx_get_ringparam(struct net_device *netdev, struct ethtool_ringparam *ring,
				struct kernel_ethtool_ringparam *kernel_ring,
				struct netlink_ext_ack *extack)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	ring->rx_max_pending = NETCX_RING_MAX;
	ring->tx_max_pending = NETCX_RING_MAX;
	ring->rx_pending = nd->rx_ring;
	ring->tx_pending = nd->tx_ring;
}

static int netcx_set_ringparam(struct net_device *netdev, struct ethtool_ringparam *ring,
			       struct kernel_ethtool_ringparam *kernel_ring,
			       struct netlink_ext_ack *extack)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	unsigned int tx_ring, rx_ring;

	if (ring->rx_pending < NETCX_RING_MIN || ring->tx_pending < NETCX_RING_MIN) {
		NL_SET_ERR_MSG_MOD(extack, "a ring has at least 64 elements");
		return -EINVAL;
	}
	tx_ring = roundup_pow_of_two(ring->tx_pending);
	rx_ring = roundup_pow_of_two(ring->rx_pending);
	if (tx_ring != ring->tx_pending || rx_ring != ring->rx_pending)
		NL_SET_ERR_MSG_MOD(extack, "rounded up to a power of two");
	if (tx_ring == nd->tx_ring && rx_ring == nd->rx_ring)
		return 0;
	return netcx_queues_resize(nd, tx_ring, rx_ring);
}

static void netcx_get_channels(struct net_device *netdev, struct ethtool_channels *channels)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);
	const unsigned int combined = min(nd->num_tx, nd->num_rx);

	channels->combined_count = combined;
	channels->tx_count = nd->num_tx - combined;
	channels->rx_count = nd->num_rx - combined;
	channels->max_combined = channels->combined_count;
	channels->max_tx = channels->tx_count;
	channels->max_rx = channels->rx_count;
}

static int netcx_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
			      struct kernel_ethtool_coalesce *kernel_coalesce,
			      struct netlink_ext_ack *extack)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	if (!nd->adapter->moderation_caps.Set)
		return -EOPNOTSUPP;
	coalesce->rx_coalesce_usecs = nd->adapter->moderation.RxMicroseconds;
	coalesce->tx_coalesce_usecs = nd->adapter->moderation.TxMicroseconds;
	return 0;
}

static int netcx_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
			      struct kernel_ethtool_coalesce *kernel_coalesce,
			      struct netlink_ext_ack *extack)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	const struct netcx_interrupt_moderation_capabilities *caps = &nd->adapter->moderation_caps;
	const struct netcx_interrupt_moderation moderation = {
		.RxMicroseconds = coalesce->rx_coalesce_usecs,
		.TxMicroseconds = coalesce->tx_coalesce_usecs,
	};

	if (!caps->Set)
		return -EOPNOTSUPP;
	if (moderation.RxMicroseconds > caps->MaximumRxMicroseconds ||
	    moderation.TxMicroseconds > caps->MaximumTxMicroseconds) {
		NL_SET_ERR_MSG_MOD(extack, "longer than the hardware can hold an interrupt back");
		return -ERANGE;
	}
	if (caps->RxTxShared && moderation.RxMicroseconds != moderation.TxMicroseconds) {
		NL_SET_ERR_MSG_MOD(extack, "one timer serves both: rx-usecs must equal tx-usecs");
		return -EINVAL;
	}
	if (!nd->datapath)
		return -ENETDOWN;
	return netcx_core_adapter_set_moderation(nd->adapter, &moderation);
}

static int netcx_get_sset_count(struct net_device *netdev, int set)
{
	return set == ETH_SS_STATS ? netcx_stats_count(netdev_priv(netdev)) : -EOPNOTSUPP;
}

static void netcx_get_strings(struct net_device *netdev, u32 set, u8 *data)
{
	if (set == ETH_SS_STATS)
		netcx_stats_strings(netdev_priv(netdev), data);
}

static void netcx_get_ethtool_stats(struct net_device *netdev, struct ethtool_stats *stats,
				    u64 *data)
{
	netcx_stats_values(netdev_priv(netdev), data);
}

const struct ethtool_ops netcx_ethtool_ops = {
	.supported_coalesce_params = ETHTOOL_COALESCE_USECS,
	.get_drvinfo = netcx_get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_link_ksettings = netcx_get_link_ksettings,
	.get_ringparam = netcx_get_ringparam,
	.set_ringparam = netcx_set_ringparam,
	.get_channels = netcx_get_channels,
	.get_coalesce = netcx_get_coalesce,
	.set_coalesce = netcx_set_coalesce,
	.get_sset_count = netcx_get_sset_count,
	.get_strings = netcx_get_strings,
	.get_ethtool_stats = netcx_get_ethtool_stats,
	.get_ts_info = ethtool_op_get_ts_info,
};

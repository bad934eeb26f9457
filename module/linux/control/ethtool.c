// SPDX-License-Identifier: GPL-2.0-only
/*
 * ethtool: what the class extension knows of the interface, and the knobs it offers to every
 * client.
 */
#include <linux/ethtool.h>
#include <linux/log2.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "../datapath/channel.h"
#include "../datapath/tx.h"
#include "../datapath/tx_queue.h"
#include "../netdev/hw_stats.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/priorities.h"
#include "../netdev/queues.h"
#include "../netdev/stats.h"
#include "coalesce.h"
#include "ethtool.h"
#include "ethtool_rss.h"
#include "link_modes.h"
#include "wake.h"

static void netcx_get_drvinfo(struct net_device *netdev, struct ethtool_drvinfo *info)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	strscpy(info->driver, nd->adapter->client_name, sizeof(info->driver));
	strscpy(info->version, nd->adapter->client_version, sizeof(info->version));
	strscpy(info->bus_info, dev_name(nd->device->dev), sizeof(info->bus_info));
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
	struct netcx_queue_config config = netcx_queues_config(nd);
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
	config.tx_ring = tx_ring;
	config.rx_ring = rx_ring;
	return netcx_queues_reconfigure(nd, &config);
}

/* min(tx, rx) queues are combined; the rest are tx-only or rx-only. */
static void netcx_get_channels(struct net_device *netdev, struct ethtool_channels *channels)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	channels->combined_count = min(nd->num_tx, nd->num_rx);
	channels->tx_count = nd->num_tx - channels->combined_count;
	channels->rx_count = nd->num_rx - channels->combined_count;
	channels->max_combined = min(nd->max_tx, nd->max_rx);
	channels->max_tx = nd->max_tx - channels->max_combined;
	channels->max_rx = nd->max_rx - channels->max_combined;
}

/* The ethtool core has refused numbers above the maxima, and no queue of a kind. */
static int netcx_set_channels(struct net_device *netdev, struct ethtool_channels *channels)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_queue_config config = netcx_queues_config(nd);

	config.num_tx = channels->combined_count + channels->tx_count;
	config.num_rx = channels->combined_count + channels->rx_count;
	if (config.num_tx == nd->num_tx && config.num_rx == nd->num_rx)
		return 0;
	/* Each priority has its own. */
	if (config.num_tx != nd->num_tx && netcx_has_priorities(nd->adapter))
		return -EINVAL;
	return netcx_queues_reconfigure(nd, &config);
}

static int netcx_get_tunable(struct net_device *netdev, const struct ethtool_tunable *tunable,
			     void *data)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	switch (tunable->id) {
	case ETHTOOL_RX_COPYBREAK:
		*(u32 *)data = nd->rx_copybreak;
		return 0;
	case ETHTOOL_TX_COPYBREAK:
		*(u32 *)data = nd->tx_copybreak;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int netcx_set_tunable(struct net_device *netdev, const struct ethtool_tunable *tunable,
			     const void *data)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	unsigned int i;
	u32 value;

	if (tunable->id != ETHTOOL_RX_COPYBREAK && tunable->id != ETHTOOL_TX_COPYBREAK)
		return -EOPNOTSUPP;
	value = *(const u32 *)data;
	if (value > NETCX_COPYBREAK) {
		/* There is no extack here, and ethtool shows the error. */
		net_info_ratelimited("%s: packets of up to %u bytes can be copied, not of %u\n",
				     netdev->name, NETCX_COPYBREAK, value);
		return -ERANGE;
	}
	if (tunable->id == ETHTOOL_RX_COPYBREAK)
		nd->rx_copybreak = value;
	else
		nd->tx_copybreak = value;
	for (i = 0; i < nd->num_channels; i++) {
		const struct netcx_channel *channel = &nd->channels[i];

		if (channel->rx)
			WRITE_ONCE(channel->rx->copybreak, nd->rx_copybreak);
		if (channel->tx)
			netcx_tx_set_copybreak(channel->tx, nd->tx_copybreak);
	}
	return 0;
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
	.supported_coalesce_params = ETHTOOL_COALESCE_USECS | ETHTOOL_COALESCE_USE_ADAPTIVE,
	.get_drvinfo = netcx_get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_wol = netcx_get_wol,
	.set_wol = netcx_set_wol,
	.get_link_ksettings = netcx_get_link_ksettings,
	.get_ringparam = netcx_get_ringparam,
	.set_ringparam = netcx_set_ringparam,
	.get_channels = netcx_get_channels,
	.set_channels = netcx_set_channels,
	.get_rxnfc = netcx_get_rxnfc,
	.set_rxnfc = netcx_set_rxnfc,
#ifdef NETCX_HAVE_ETHTOOL_RX_RING_COUNT
	.get_rx_ring_count = netcx_get_rx_ring_count,
#endif
#ifdef NETCX_HAVE_ETHTOOL_RXFH_FIELDS
	.get_rxfh_fields = netcx_get_rxfh_fields,
	.set_rxfh_fields = netcx_set_rxfh_fields,
#endif
	.get_rxfh_key_size = netcx_get_rxfh_key_size,
	.get_rxfh_indir_size = netcx_get_rxfh_indir_size,
	.get_rxfh = netcx_get_rxfh,
	.set_rxfh = netcx_set_rxfh,
	.get_coalesce = netcx_get_coalesce,
	.set_coalesce = netcx_set_coalesce,
	.get_tunable = netcx_get_tunable,
	.set_tunable = netcx_set_tunable,
	.get_per_queue_coalesce = netcx_get_per_queue_coalesce,
	.set_per_queue_coalesce = netcx_set_per_queue_coalesce,
	.get_sset_count = netcx_get_sset_count,
	.get_strings = netcx_get_strings,
	.get_ethtool_stats = netcx_get_ethtool_stats,
	.get_eth_mac_stats = netcx_get_eth_mac_stats,
	.get_eth_phy_stats = netcx_get_eth_phy_stats,
	.get_eth_ctrl_stats = netcx_get_eth_ctrl_stats,
	.get_rmon_stats = netcx_get_rmon_stats,
	.get_ts_info = ethtool_op_get_ts_info,
};

// SPDX-License-Identifier: GPL-2.0-only
/* Receive scaling for ethtool: -x/-X, and rx-flow-hash of -n/-N. All under rtnl. */
#include <linux/ethtool.h>

#include "../../core/core.h"
#include "../datapath/rss.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/queues.h"
#include "../os/compat.h"
#include "ethtool_rss.h"

u32 netcx_get_rxfh_key_size(struct net_device *netdev)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	return nd->rss.size ? NETCX_RSS_KEY_SIZE : 0;
}

u32 netcx_get_rxfh_indir_size(struct net_device *netdev)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	return nd->rss.size;
}

static int netcx_rss_get(const struct netcx_netdev *nd, u32 *indir, u8 *key, u8 *hfunc)
{
	if (!nd->rss.size)
		return -EOPNOTSUPP;
	if (indir)
		memcpy(indir, nd->rss.table, nd->rss.size * sizeof(*indir));
	if (key)
		memcpy(key, nd->rss.key, sizeof(nd->rss.key));
	if (hfunc)
		*hfunc = ETH_RSS_HASH_TOP;
	return 0;
}

static int netcx_rss_set(struct netcx_netdev *nd, const u32 *indir, const u8 *key, u8 hfunc)
{
	if (!nd->rss.size || (hfunc != ETH_RSS_HASH_NO_CHANGE && hfunc != ETH_RSS_HASH_TOP))
		return -EOPNOTSUPP;
	return netcx_rss_change(nd, indir, key);
}

#ifdef NETCX_HAVE_ETHTOOL_RXFH_PARAM
int netcx_get_rxfh(struct net_device *netdev, struct ethtool_rxfh_param *rxfh)
{
	return netcx_rss_get(netdev_priv(netdev), rxfh->indir, rxfh->key, &rxfh->hfunc);
}

int netcx_set_rxfh(struct net_device *netdev, struct ethtool_rxfh_param *rxfh,
		   struct netlink_ext_ack *extack)
{
	if (rxfh->hfunc != ETH_RSS_HASH_NO_CHANGE && rxfh->hfunc != ETH_RSS_HASH_TOP)
		NL_SET_ERR_MSG_MOD(extack, "the only hash function is toeplitz");
	return netcx_rss_set(netdev_priv(netdev), rxfh->indir, rxfh->key, rxfh->hfunc);
}
#else
int netcx_get_rxfh(struct net_device *netdev, u32 *indir, u8 *key, u8 *hfunc)
{
	return netcx_rss_get(netdev_priv(netdev), indir, key, hfunc);
}

int netcx_set_rxfh(struct net_device *netdev, const u32 *indir, const u8 *key, const u8 hfunc)
{
	return netcx_rss_set(netdev_priv(netdev), indir, key, hfunc);
}
#endif

/* ---- which header fields are hashed ---- */

static u32 netcx_rss_layer3(u32 flow_type)
{
	switch (flow_type) {
	case TCP_V4_FLOW:
	case UDP_V4_FLOW:
	case SCTP_V4_FLOW:
	case AH_ESP_V4_FLOW:
	case AH_V4_FLOW:
	case ESP_V4_FLOW:
	case IPV4_FLOW:
		return NetAdapterReceiveScalingProtocolTypeIPv4;
	case TCP_V6_FLOW:
	case UDP_V6_FLOW:
	case SCTP_V6_FLOW:
	case AH_ESP_V6_FLOW:
	case AH_V6_FLOW:
	case ESP_V6_FLOW:
	case IPV6_FLOW:
		return NetAdapterReceiveScalingProtocolTypeIPv6;
	default:
		return 0;
	}
}

static u32 netcx_rss_layer4(u32 flow_type)
{
	switch (flow_type) {
	case TCP_V4_FLOW:
	case TCP_V6_FLOW:
		return NetAdapterReceiveScalingProtocolTypeTcp;
	case UDP_V4_FLOW:
	case UDP_V6_FLOW:
		return NetAdapterReceiveScalingProtocolTypeUdp;
	default:
		return 0;
	}
}

static u64 netcx_rss_fields(u32 protocols, u32 flow_type)
{
	u64 fields = 0;

	if (protocols & netcx_rss_layer3(flow_type)) {
		fields = RXH_IP_SRC | RXH_IP_DST;
		if (protocols & netcx_rss_layer4(flow_type))
			fields |= RXH_L4_B_0_1 | RXH_L4_B_2_3;
	}
	return fields;
}

/* Negative: this kind of packets is not known. */
static s64 netcx_get_hash_fields(const struct netcx_netdev *nd, u32 flow_type)
{
	if (!netcx_rss_layer3(flow_type))
		return -EINVAL;
	return netcx_rss_fields(nd->rss.protocols, flow_type);
}

/*
 * The user can choose only whether ports are hashed, for IPv4 and IPv6 at once: NetAdapterCx has a
 * flag for each protocol, none for their combinations.
 */
static int netcx_set_hash_fields(struct netcx_netdev *nd, u32 flow_type, u64 fields)
{
	const u32 layer4 = netcx_rss_layer4(flow_type);
	struct netcx_queue_config config = netcx_queues_config(nd);

	if (!nd->rss.size)
		return -EOPNOTSUPP;
	if (!netcx_rss_layer3(flow_type))
		return -EINVAL;
	if (fields & (RXH_L4_B_0_1 | RXH_L4_B_2_3))
		config.rx_protocols |=
			layer4 & nd->adapter->receive_scaling.ReceiveScalingProtocolTypes;
	else
		config.rx_protocols &= ~layer4;
	if (fields != netcx_rss_fields(config.rx_protocols, flow_type))
		return -EINVAL;
	if (config.rx_protocols == nd->rss.protocols)
		return 0;
	/* Hardware takes another kind of hash only while it receives nothing. */
	return netcx_queues_reconfigure(nd, &config);
}

#ifdef NETCX_HAVE_ETHTOOL_RXFH_FIELDS
int netcx_get_rxfh_fields(struct net_device *netdev, struct ethtool_rxfh_fields *fields)
{
	const s64 data = netcx_get_hash_fields(netdev_priv(netdev), fields->flow_type);

	if (data < 0)
		return data;
	fields->data = data;
	return 0;
}

int netcx_set_rxfh_fields(struct net_device *netdev, const struct ethtool_rxfh_fields *fields,
			  struct netlink_ext_ack *extack)
{
	const int err = netcx_set_hash_fields(netdev_priv(netdev), fields->flow_type, fields->data);

	if (err == -EINVAL)
		NL_SET_ERR_MSG_MOD(extack, "the hardware does not hash these fields");
	return err;
}
#endif

u32 netcx_get_rx_ring_count(struct net_device *netdev)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	return nd->num_rx;
}

/* Newer kernels ask this for rules only, of which there are none. */
int netcx_get_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info, u32 *rule_locations)
{
	s64 fields;

	switch (info->cmd) {
	case ETHTOOL_GRXRINGS:
		info->data = netcx_get_rx_ring_count(netdev);
		return 0;
	case ETHTOOL_GRXFH:
		fields = netcx_get_hash_fields(netdev_priv(netdev), info->flow_type);
		if (fields < 0)
			return fields;
		info->data = fields;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

int netcx_set_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info)
{
	if (info->cmd != ETHTOOL_SRXFH)
		return -EOPNOTSUPP;
	return netcx_set_hash_fields(netdev_priv(netdev), info->flow_type, info->data);
}

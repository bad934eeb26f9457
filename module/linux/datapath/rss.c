// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive scaling: ethtool -x/-X and rx-flow-hash of -n/-N. The indirection table, the hash key
 * and what is hashed are the interface's, and the client gets them whenever its queues have been
 * created: they outlive up and down, resets and suspend. All of it under rtnl.
 */
#include <linux/ethtool.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "../netdev/queues.h"
#include "../os/compat.h"
#include "rss.h"

bool netcx_rss_is_offered(const struct netcx_adapter *adapter)
{
	return adapter->receive_scaling.Size &&
	       (adapter->receive_scaling.ReceiveScalingHashTypes &
		NetAdapterReceiveScalingHashTypeToeplitz);
}

static void netcx_rss_spread(struct netcx_netdev *nd)
{
	u32 i;

	for (i = 0; i < nd->rss.size; i++)
		nd->rss.table[i] = ethtool_rxfh_indir_default(i, nd->num_rx);
}

int netcx_rss_init(struct netcx_netdev *nd)
{
	struct netcx_rss *rss = &nd->rss;
	size_t size = nd->adapter->receive_scaling.IndirectionTableSize;

	if (!netcx_rss_is_offered(nd->adapter))
		return 0;
	rss->table = kvcalloc(size, sizeof(*rss->table), GFP_KERNEL);
	rss->entries = kvcalloc(size, sizeof(*rss->entries), GFP_KERNEL);
	if (!rss->table || !rss->entries) {
		netcx_rss_free(nd);
		return -ENOMEM;
	}
	rss->size = size;
	rss->protocols = nd->adapter->receive_scaling.ReceiveScalingProtocolTypes;
	netcx_rss_spread(nd);
	netdev_rss_key_fill(rss->key, sizeof(rss->key));
	return 0;
}

void netcx_rss_free(struct netcx_netdev *nd)
{
	kvfree(nd->rss.table);
	kvfree(nd->rss.entries);
	nd->rss.table = NULL;
	nd->rss.entries = NULL;
	nd->rss.size = 0;
}

/*
 * Another number of rx queues. A table the user made stays as it is; that it names no queue too
 * many was seen to before.
 */
void netcx_rss_update(struct netcx_netdev *nd)
{
	u32 i;

	if (netif_is_rxfh_configured(nd->netdev)) {
		for (i = 0; i < nd->rss.size && nd->rss.table[i] < nd->num_rx; i++)
			;
		if (i == nd->rss.size)
			return;
	}
	netcx_rss_spread(nd);
}

/* ---- to the client ---- */

static int netcx_rss_tell_table(struct netcx_netdev *nd)
{
	struct netcx_rss *rss = &nd->rss;
	u32 i;

	for (i = 0; i < rss->size; i++) {
		rss->entries[i].PacketQueue = nd->channels[rss->table[i]].rx->q->handle;
		rss->entries[i].Index = i;
	}
	return netcx_core_receive_scaling_set_entries(nd->adapter, rss->entries, rss->size);
}

int netcx_rss_enable(struct netcx_netdev *nd)
{
	int err;

	if (!nd->rss.size)
		return 0;
	err = netcx_rss_tell_table(nd);
	if (!err)
		err = netcx_core_receive_scaling_set_key(nd->adapter, nd->rss.key);
	if (!err)
		err = netcx_core_receive_scaling_enable(nd->adapter,
							NetAdapterReceiveScalingHashTypeToeplitz,
							nd->rss.protocols);
	return err;
}

void netcx_rss_disable(struct netcx_netdev *nd)
{
	netcx_core_receive_scaling_disable(nd->adapter);
}

/* A client that asks for it moves entries while none of its rx queues is polled. */
static int netcx_rss_tell_table_live(struct netcx_netdev *nd)
{
	const bool alone = nd->adapter->receive_scaling.SynchronizeSetIndirectionEntries;
	unsigned int i;
	int err;

	if (!alone)
		return netcx_rss_tell_table(nd);

	for (i = 0; i < nd->num_rx; i++)
		napi_disable(&nd->channels[i].napi);
	err = netcx_rss_tell_table(nd);
	for (i = 0; i < nd->num_rx; i++)
		napi_enable(&nd->channels[i].napi);
	/* A notification that came meanwhile was lost. */
	local_bh_disable();
	for (i = 0; i < nd->num_rx; i++)
		napi_schedule(&nd->channels[i].napi);
	local_bh_enable();
	return err;
}

/* ---- changes ---- */

static int netcx_rss_change_table(struct netcx_netdev *nd, u32 *table)
{
	int err = 0;

	swap(nd->rss.table, table);
	if (nd->running)
		err = netcx_rss_tell_table_live(nd);
	if (err) {
		/* Some entries may have moved: back with them. */
		swap(nd->rss.table, table);
		netcx_rss_tell_table_live(nd);
	}
	kvfree(table);
	return err;
}

static int netcx_rss_change_key(struct netcx_netdev *nd, const u8 *key)
{
	int err = 0;

	if (nd->running)
		err = netcx_core_receive_scaling_set_key(nd->adapter, key);
	if (!err)
		memcpy(nd->rss.key, key, sizeof(nd->rss.key));
	return err;
}

/* Both or neither. */
static int netcx_rss_change(struct netcx_netdev *nd, const u32 *indir, const u8 *key)
{
	u8 old_key[NETCX_RSS_KEY_SIZE];
	u32 *table = NULL;
	int err;

	if (indir) {
		table = kvmalloc_array(nd->rss.size, sizeof(*table), GFP_KERNEL);
		if (!table)
			return -ENOMEM;
		memcpy(table, indir, nd->rss.size * sizeof(*table));
	}
	if (key) {
		memcpy(old_key, nd->rss.key, sizeof(old_key));
		err = netcx_rss_change_key(nd, key);
		if (err) {
			kvfree(table);
			return err;
		}
	}
	if (!table)
		return 0;
	err = netcx_rss_change_table(nd, table);
	if (err && key)
		netcx_rss_change_key(nd, old_key);
	return err;
}

/* ---- ethtool ---- */

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

static int netcx_get_hash_fields(const struct netcx_netdev *nd, struct ethtool_rxnfc *info)
{
	if (!netcx_rss_layer3(info->flow_type))
		return -EINVAL;
	info->data = netcx_rss_fields(nd->rss.protocols, info->flow_type);
	return 0;
}

/*
 * Ports or no ports, that is all there is to choose, and for IPv4 and IPv6 at once: a client is
 * told protocols, not combinations of them.
 */
static int netcx_set_hash_fields(struct netcx_netdev *nd, const struct ethtool_rxnfc *info)
{
	const u32 layer4 = netcx_rss_layer4(info->flow_type);
	struct netcx_queue_config config = netcx_queues_config(nd);

	if (!nd->rss.size)
		return -EOPNOTSUPP;
	if (!netcx_rss_layer3(info->flow_type))
		return -EINVAL;
	if (info->data & (RXH_L4_B_0_1 | RXH_L4_B_2_3))
		config.rx_protocols |=
			layer4 & nd->adapter->receive_scaling.ReceiveScalingProtocolTypes;
	else
		config.rx_protocols &= ~layer4;
	if (info->data != netcx_rss_fields(config.rx_protocols, info->flow_type))
		return -EINVAL;
	if (config.rx_protocols == nd->rss.protocols)
		return 0;
	/* Hardware takes another kind of hash only while it receives nothing. */
	return netcx_queues_reconfigure(nd, &config);
}

int netcx_get_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info, u32 *rule_locations)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	switch (info->cmd) {
	case ETHTOOL_GRXRINGS:
		info->data = nd->num_rx;
		return 0;
	case ETHTOOL_GRXFH:
		return netcx_get_hash_fields(nd, info);
	default:
		return -EOPNOTSUPP;
	}
}

int netcx_set_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info)
{
	if (info->cmd != ETHTOOL_SRXFH)
		return -EOPNOTSUPP;
	return netcx_set_hash_fields(netdev_priv(netdev), info);
}

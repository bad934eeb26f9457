// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive scaling. The indirection table, the hash key and what is hashed are the interface's, and
 * the client gets them whenever its queues have been created: they outlive up and down, resets and
 * suspend. All of it under rtnl.
 */
#include <linux/ethtool.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "napi.h"
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

/* An rx queue that packets can be sent to: one that polls, or, if @created, is about to. */
static const struct netcx_queue *netcx_rss_queue(const struct netcx_netdev *nd, unsigned int i,
						 bool created)
{
	const struct netcx_channel *channel = &nd->channels[i];

	return created || !(channel->changing & NETCX_CHANNEL_RX) ? channel->rx_storage.q : NULL;
}

/* What the table has for a queue that is made anew goes to the first other one meanwhile. */
static int netcx_rss_tell_table(struct netcx_netdev *nd, bool created)
{
	const struct netcx_queue *q, *other = NULL;
	struct netcx_rss *rss = &nd->rss;
	u32 i;

	for (i = 0; i < nd->num_channels && !other; i++)
		other = netcx_rss_queue(nd, i, created);
	if (!other)
		return 0;
	for (i = 0; i < rss->size; i++) {
		q = netcx_rss_queue(nd, rss->table[i], created) ?: other;
		rss->entries[i].PacketQueue = q->handle;
		rss->entries[i].Index = i;
	}
	return netcx_core_receive_scaling_set_entries(nd->adapter, rss->entries, rss->size);
}

int netcx_rss_enable(struct netcx_netdev *nd)
{
	int err;

	if (!nd->rss.size)
		return 0;
	err = netcx_rss_tell_table(nd, true);
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
		return netcx_rss_tell_table(nd, false);

	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_poll_pause(&nd->channels[i]);
	err = netcx_rss_tell_table(nd, false);
	for (i = 0; i < nd->num_channels; i++)
		if (nd->channels[i].rx)
			netcx_poll_resume(&nd->channels[i]);
	return err;
}

int netcx_rss_apply(struct netcx_netdev *nd)
{
	return nd->rss.size ? netcx_rss_tell_table_live(nd) : 0;
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

int netcx_rss_change(struct netcx_netdev *nd, const u32 *indir, const u8 *key)
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

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The counters of the client's hardware. Its registers may be 32 bits wide and cleared by being
 * read, and reading them may sleep, which ndo_get_stats64() may not: so a work item reads them
 * every two seconds, and everybody else gets what was read last. Only ethtool, which may sleep,
 * has them read at once.
 */
#include <linux/ethtool.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "hw_stats.h"
#include "hw_stats_priv.h"
#include "netdev_priv.h"
#include "stat_read.h"

#define NETCX_HW_STATS_PERIOD	(2 * HZ)

/* Where in a structure of numbers a statistic goes: its total, too, if it is a kind of error. */
struct netcx_stat_place {
	u16 offset;
	u16 total;
};

#define NETCX_NO_TOTAL		U16_MAX
#define NETCX_LINK(field)	{ offsetof(struct rtnl_link_stats64, field), NETCX_NO_TOTAL }
#define NETCX_LINK_RX(field)	{ offsetof(struct rtnl_link_stats64, field), \
				  offsetof(struct rtnl_link_stats64, rx_errors) }
#define NETCX_LINK_TX(field)	{ offsetof(struct rtnl_link_stats64, field), \
				  offsetof(struct rtnl_link_stats64, tx_errors) }

#define NETCX_LINK_FIRST	netcx_statistic_link_rx_errors
#define NETCX_LINK_LAST		netcx_statistic_link_collisions

static const struct netcx_stat_place netcx_link_places[] = {
	[netcx_statistic_link_rx_errors] = NETCX_LINK(rx_errors),
	[netcx_statistic_link_rx_length_errors] = NETCX_LINK_RX(rx_length_errors),
	[netcx_statistic_link_rx_crc_errors] = NETCX_LINK_RX(rx_crc_errors),
	[netcx_statistic_link_rx_frame_errors] = NETCX_LINK_RX(rx_frame_errors),
	[netcx_statistic_link_rx_over_errors] = NETCX_LINK(rx_over_errors),
	[netcx_statistic_link_rx_fifo_errors] = NETCX_LINK(rx_fifo_errors),
	[netcx_statistic_link_rx_missed_errors] = NETCX_LINK(rx_missed_errors),
	[netcx_statistic_link_rx_dropped] = NETCX_LINK(rx_dropped),
	[netcx_statistic_link_tx_errors] = NETCX_LINK(tx_errors),
	[netcx_statistic_link_tx_aborted_errors] = NETCX_LINK_TX(tx_aborted_errors),
	[netcx_statistic_link_tx_carrier_errors] = NETCX_LINK_TX(tx_carrier_errors),
	[netcx_statistic_link_tx_fifo_errors] = NETCX_LINK_TX(tx_fifo_errors),
	[netcx_statistic_link_tx_heartbeat_errors] = NETCX_LINK_TX(tx_heartbeat_errors),
	[netcx_statistic_link_tx_window_errors] = NETCX_LINK_TX(tx_window_errors),
	[netcx_statistic_link_collisions] = NETCX_LINK(collisions),
};

#define NETCX_MAC(field)	offsetof(struct ethtool_eth_mac_stats, field)
#define NETCX_MAC_FIRST		netcx_statistic_mac_frames_transmitted_ok
#define NETCX_MAC_LAST		netcx_statistic_mac_frame_too_long_errors

static const u16 netcx_mac_places[] = {
	[netcx_statistic_mac_frames_transmitted_ok] = NETCX_MAC(FramesTransmittedOK),
	[netcx_statistic_mac_single_collision_frames] = NETCX_MAC(SingleCollisionFrames),
	[netcx_statistic_mac_multiple_collision_frames] = NETCX_MAC(MultipleCollisionFrames),
	[netcx_statistic_mac_frames_received_ok] = NETCX_MAC(FramesReceivedOK),
	[netcx_statistic_mac_frame_check_sequence_errors] = NETCX_MAC(FrameCheckSequenceErrors),
	[netcx_statistic_mac_alignment_errors] = NETCX_MAC(AlignmentErrors),
	[netcx_statistic_mac_octets_transmitted_ok] = NETCX_MAC(OctetsTransmittedOK),
	[netcx_statistic_mac_frames_with_deferred_xmissions] =
		NETCX_MAC(FramesWithDeferredXmissions),
	[netcx_statistic_mac_late_collisions] = NETCX_MAC(LateCollisions),
	[netcx_statistic_mac_frames_aborted_due_to_xs_colls] =
		NETCX_MAC(FramesAbortedDueToXSColls),
	[netcx_statistic_mac_frames_lost_due_to_int_mac_xmit_error] =
		NETCX_MAC(FramesLostDueToIntMACXmitError),
	[netcx_statistic_mac_carrier_sense_errors] = NETCX_MAC(CarrierSenseErrors),
	[netcx_statistic_mac_octets_received_ok] = NETCX_MAC(OctetsReceivedOK),
	[netcx_statistic_mac_frames_lost_due_to_int_mac_rcv_error] =
		NETCX_MAC(FramesLostDueToIntMACRcvError),
	[netcx_statistic_mac_multicast_frames_xmitted_ok] = NETCX_MAC(MulticastFramesXmittedOK),
	[netcx_statistic_mac_broadcast_frames_xmitted_ok] = NETCX_MAC(BroadcastFramesXmittedOK),
	[netcx_statistic_mac_frames_with_excessive_deferral] =
		NETCX_MAC(FramesWithExcessiveDeferral),
	[netcx_statistic_mac_multicast_frames_received_ok] = NETCX_MAC(MulticastFramesReceivedOK),
	[netcx_statistic_mac_broadcast_frames_received_ok] = NETCX_MAC(BroadcastFramesReceivedOK),
	[netcx_statistic_mac_in_range_length_errors] = NETCX_MAC(InRangeLengthErrors),
	[netcx_statistic_mac_out_of_range_length_field] = NETCX_MAC(OutOfRangeLengthField),
	[netcx_statistic_mac_frame_too_long_errors] = NETCX_MAC(FrameTooLongErrors),
};

static const u16 netcx_phy_places[] = {
	[netcx_statistic_phy_symbol_error_during_carrier] =
		offsetof(struct ethtool_eth_phy_stats, SymbolErrorDuringCarrier),
};

#define NETCX_CTRL(field)	offsetof(struct ethtool_eth_ctrl_stats, field)
#define NETCX_CTRL_FIRST	netcx_statistic_ctrl_frames_transmitted
#define NETCX_CTRL_LAST		netcx_statistic_ctrl_unsupported_opcodes_received

static const u16 netcx_ctrl_places[] = {
	[netcx_statistic_ctrl_frames_transmitted] = NETCX_CTRL(MACControlFramesTransmitted),
	[netcx_statistic_ctrl_frames_received] = NETCX_CTRL(MACControlFramesReceived),
	[netcx_statistic_ctrl_unsupported_opcodes_received] =
		NETCX_CTRL(UnsupportedOpcodesReceived),
};

#define NETCX_RMON(field)	offsetof(struct ethtool_rmon_stats, field)
#define NETCX_RMON_FIRST	netcx_statistic_rmon_undersize_pkts
#define NETCX_RMON_LAST		netcx_statistic_rmon_tx_histogram

/* Of the histograms, their first number. */
static const u16 netcx_rmon_places[] = {
	[netcx_statistic_rmon_undersize_pkts] = NETCX_RMON(undersize_pkts),
	[netcx_statistic_rmon_oversize_pkts] = NETCX_RMON(oversize_pkts),
	[netcx_statistic_rmon_fragments] = NETCX_RMON(fragments),
	[netcx_statistic_rmon_jabbers] = NETCX_RMON(jabbers),
	[netcx_statistic_rmon_rx_histogram] = NETCX_RMON(hist),
	[netcx_statistic_rmon_tx_histogram] = NETCX_RMON(hist_tx),
};

static_assert(NETCX_FRAME_SIZES_MAX <= ETHTOOL_RMON_HIST_MAX);

static u64 netcx_hw_stat(const struct netcx_hw_stats *stats, unsigned int counter)
{
	return netcx_stat_read(&stats->sync, &stats->values[counter]);
}

static void netcx_stat_add(void *structure, size_t offset, u64 value)
{
	*(u64 *)(structure + offset) += value;
}

void netcx_hw_stats_add_link(const struct netcx_hw_stats *stats, struct rtnl_link_stats64 *link)
{
	unsigned int i;

	for (i = 0; i < stats->meaning_count; i++) {
		const struct netcx_statistic_meaning *meaning = &stats->meanings[i];
		const struct netcx_stat_place *place;
		u64 value;

		if (meaning->Statistic < NETCX_LINK_FIRST || meaning->Statistic > NETCX_LINK_LAST)
			continue;
		place = &netcx_link_places[meaning->Statistic];
		value = netcx_hw_stat(stats, meaning->Counter);
		netcx_stat_add(link, place->offset, value);
		if (place->total != NETCX_NO_TOTAL)
			netcx_stat_add(link, place->total, value);
	}
}

/* Under the lock, with the device in D0. */
static void netcx_hw_stats_update(struct netcx_hw_stats *stats)
{
	unsigned int i;

	/* A frozen or unplugged device reads as all ones, which is not what it counted. */
	if (netcx_device_is_offline(stats->adapter->os_device))
		return;
	netcx_core_adapter_read_statistics(stats->adapter, stats->raw);
	/* ndo_get_stats64() may be called in softirq, on this processor, too. */
	local_bh_disable();
	u64_stats_update_begin(&stats->sync);
	for (i = 0; i < stats->count; i++)
		u64_stats_set(&stats->values[i], stats->raw[i]);
	u64_stats_update_end(&stats->sync);
	local_bh_enable();
}

static void netcx_hw_stats_work(struct work_struct *work)
{
	struct netcx_hw_stats *stats = container_of(to_delayed_work(work), struct netcx_hw_stats,
						    work);

	mutex_lock(&stats->lock);
	if (stats->on) {
		netcx_hw_stats_update(stats);
		schedule_delayed_work(&stats->work, round_jiffies_relative(NETCX_HW_STATS_PERIOD));
	}
	mutex_unlock(&stats->lock);
}

void netcx_hw_stats_start(struct netcx_hw_stats *stats)
{
	if (!stats->values)
		return;
	mutex_lock(&stats->lock);
	stats->on = true;
	schedule_delayed_work(&stats->work, round_jiffies_relative(NETCX_HW_STATS_PERIOD));
	mutex_unlock(&stats->lock);
}

void netcx_hw_stats_stop(struct netcx_hw_stats *stats)
{
	if (!stats->values)
		return;
	mutex_lock(&stats->lock);
	if (stats->on)
		netcx_hw_stats_update(stats);
	stats->on = false;
	mutex_unlock(&stats->lock);
	cancel_delayed_work_sync(&stats->work);
}

static void netcx_hw_stats_refresh(struct netcx_hw_stats *stats)
{
	mutex_lock(&stats->lock);
	if (stats->on)
		netcx_hw_stats_update(stats);
	mutex_unlock(&stats->lock);
}

void netcx_hw_stats_read(struct netcx_hw_stats *stats, u64 *data)
{
	unsigned int i;

	if (!stats->values)
		return;
	netcx_hw_stats_refresh(stats);
	for (i = 0; i < stats->count; i++)
		data[i] = netcx_hw_stat(stats, i);
}

/* Into a structure of ethtool's, where a number that nobody knows is ETHTOOL_STAT_NOT_SET. */
static void netcx_hw_stats_group(struct net_device *netdev, void *group, const u16 *places,
				 enum netcx_statistic first, enum netcx_statistic last)
{
	struct netcx_hw_stats *stats = &((struct netcx_netdev *)netdev_priv(netdev))->hw_stats;
	unsigned int i;

	if (!stats->values)
		return;
	netcx_hw_stats_refresh(stats);
	for (i = 0; i < stats->meaning_count; i++) {
		const struct netcx_statistic_meaning *meaning = &stats->meanings[i];
		u64 *number;

		if (meaning->Statistic < first || meaning->Statistic > last)
			continue;
		number = (u64 *)(group + places[meaning->Statistic]) + meaning->Sizes;
		if (*number == ETHTOOL_STAT_NOT_SET)
			*number = 0;
		*number += netcx_hw_stat(stats, meaning->Counter);
	}
}

void netcx_get_eth_mac_stats(struct net_device *netdev, struct ethtool_eth_mac_stats *mac)
{
	netcx_hw_stats_group(netdev, mac, netcx_mac_places, NETCX_MAC_FIRST, NETCX_MAC_LAST);
}

void netcx_get_eth_phy_stats(struct net_device *netdev, struct ethtool_eth_phy_stats *phy)
{
	netcx_hw_stats_group(netdev, phy, netcx_phy_places,
			     netcx_statistic_phy_symbol_error_during_carrier,
			     netcx_statistic_phy_symbol_error_during_carrier);
}

void netcx_get_eth_ctrl_stats(struct net_device *netdev, struct ethtool_eth_ctrl_stats *ctrl)
{
	netcx_hw_stats_group(netdev, ctrl, netcx_ctrl_places, NETCX_CTRL_FIRST, NETCX_CTRL_LAST);
}

void netcx_get_rmon_stats(struct net_device *netdev, struct ethtool_rmon_stats *rmon,
			  const struct ethtool_rmon_hist_range **ranges)
{
	const struct netcx_netdev *nd = netdev_priv(netdev);

	netcx_hw_stats_group(netdev, rmon, netcx_rmon_places, NETCX_RMON_FIRST, NETCX_RMON_LAST);
	*ranges = nd->hw_stats.ranges;
}

static struct ethtool_rmon_hist_range *
netcx_hw_stats_ranges(const struct netcx_statistics_config *config)
{
	struct ethtool_rmon_hist_range *ranges;
	unsigned int i;

	ranges = kcalloc(config->FrameSizesCount + 1, sizeof(*ranges), GFP_KERNEL);
	for (i = 0; ranges && i < config->FrameSizesCount; i++) {
		ranges[i].low = config->FrameSizes[i].Low;
		ranges[i].high = config->FrameSizes[i].High;
	}
	return ranges;
}

int netcx_hw_stats_init(struct netcx_hw_stats *stats, struct netcx_adapter *adapter)
{
	const struct netcx_statistics_config *config = &adapter->statistics;
	unsigned int i;

	stats->adapter = adapter;
	mutex_init(&stats->lock);
	u64_stats_init(&stats->sync);
	INIT_DELAYED_WORK(&stats->work, netcx_hw_stats_work);
	if (!config->Count)
		return 0;
	stats->ranges = netcx_hw_stats_ranges(config);
	stats->raw = kvcalloc(config->Count, sizeof(*stats->raw), GFP_KERNEL);
	stats->values = kvcalloc(config->Count, sizeof(*stats->values), GFP_KERNEL);
	stats->names = kvcalloc(config->Count, sizeof(*stats->names), GFP_KERNEL);
	/* One more, since an array of none is no allocation. */
	stats->meanings = kvcalloc(config->MeaningCount + 1, sizeof(*stats->meanings), GFP_KERNEL);
	if (!stats->ranges || !stats->raw || !stats->values || !stats->names || !stats->meanings)
		return -ENOMEM;
	for (i = 0; i < config->Count; i++)
		strscpy(stats->names[i], config->Names[i], sizeof(stats->names[i]));
	for (i = 0; i < config->MeaningCount; i++)
		stats->meanings[i] = config->Meanings[i];
	stats->count = config->Count;
	stats->meaning_count = config->MeaningCount;
	return 0;
}

void netcx_hw_stats_free(struct netcx_hw_stats *stats)
{
	kfree(stats->ranges);
	kvfree(stats->raw);
	kvfree(stats->values);
	kvfree(stats->names);
	kvfree(stats->meanings);
}

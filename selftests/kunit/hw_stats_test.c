// SPDX-License-Identifier: GPL-2.0-only
/* Which number of Linux's each counter of a client becomes, and when the hardware is read. */
#include <linux/etherdevice.h>
#include <linux/ethtool.h>

#include <kunit/test.h>

#include "../../module/linux/bus/device.h"
#include "../../module/linux/netdev/hw_stats.h"
#include "../../module/linux/netdev/netdev_priv.h"

/* One counter per statistic, in their order, and a second for the last range of the histograms. */
#define STAT_COUNT	(netcx_statistic_end + 2)

static struct netcx_statistic_meaning stat_meanings[STAT_COUNT];
static const struct netcx_frame_sizes stat_sizes[] = { { 64, 64 }, { 65, 9022 } };
static const char *stat_names[STAT_COUNT];
static struct pci_dev stat_pdev;
static struct netcx_os_device stat_device;
static struct netcx_adapter stat_adapter;
static unsigned int stat_reads;

static u64 stat_value(unsigned int counter)
{
	return 1000 + counter;
}

/* The client's. */
void netcx_core_adapter_read_statistics(struct netcx_adapter *adapter, UINT64 *values)
{
	unsigned int i;

	stat_reads++;
	for (i = 0; i < STAT_COUNT; i++)
		values[i] = stat_value(i);
}

static struct net_device *stat_netdev(struct kunit *test)
{
	struct net_device *netdev = alloc_etherdev(sizeof(struct netcx_netdev));
	struct netcx_netdev *nd;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, netdev);
	for (i = 0; i < STAT_COUNT; i++)
		stat_names[i] = "a name";
	for (i = 0; i < netcx_statistic_end; i++)
		stat_meanings[i] = (struct netcx_statistic_meaning) { i, i, 0 };
	stat_meanings[i] = (struct netcx_statistic_meaning) {
		i, netcx_statistic_rmon_rx_histogram, 1 };
	i++;
	stat_meanings[i] = (struct netcx_statistic_meaning) {
		i, netcx_statistic_rmon_tx_histogram, 1 };
	stat_adapter.statistics = (struct netcx_statistics_config) {
		.Count = STAT_COUNT,
		.Names = stat_names,
		.Meanings = stat_meanings,
		.MeaningCount = STAT_COUNT,
		.FrameSizes = stat_sizes,
		.FrameSizesCount = ARRAY_SIZE(stat_sizes),
	};
	stat_pdev.error_state = pci_channel_io_normal;
	stat_device.pdev = &stat_pdev;
	stat_adapter.os_device = &stat_device;
	stat_reads = 0;
	nd = netdev_priv(netdev);
	nd->adapter = &stat_adapter;
	KUNIT_ASSERT_EQ(test, netcx_hw_stats_init(&nd->hw_stats, &stat_adapter), 0);
	netcx_hw_stats_start(&nd->hw_stats);
	return netdev;
}

static void stat_free(struct net_device *netdev)
{
	struct netcx_netdev *nd = netdev_priv(netdev);

	netcx_hw_stats_stop(&nd->hw_stats);
	netcx_hw_stats_free(&nd->hw_stats);
	free_netdev(netdev);
}

/* Its total contains each kind of error, and nothing else does. */
static void stat_of_the_link(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct rtnl_link_stats64 link = { .rx_dropped = 5 };
	u64 values[STAT_COUNT];

	netcx_hw_stats_read(&nd->hw_stats, values);
	KUNIT_EXPECT_EQ(test, values[netcx_statistic_none], stat_value(netcx_statistic_none));
	netcx_hw_stats_add_link(&nd->hw_stats, &link);
	link.rx_dropped -= 5;
	KUNIT_EXPECT_EQ(test, link.rx_length_errors,
			stat_value(netcx_statistic_link_rx_length_errors));
	KUNIT_EXPECT_EQ(test, link.rx_crc_errors, stat_value(netcx_statistic_link_rx_crc_errors));
	KUNIT_EXPECT_EQ(test, link.rx_frame_errors,
			stat_value(netcx_statistic_link_rx_frame_errors));
	KUNIT_EXPECT_EQ(test, link.rx_over_errors, stat_value(netcx_statistic_link_rx_over_errors));
	KUNIT_EXPECT_EQ(test, link.rx_fifo_errors, stat_value(netcx_statistic_link_rx_fifo_errors));
	KUNIT_EXPECT_EQ(test, link.rx_missed_errors,
			stat_value(netcx_statistic_link_rx_missed_errors));
	KUNIT_EXPECT_EQ(test, link.rx_dropped, stat_value(netcx_statistic_link_rx_dropped));
	KUNIT_EXPECT_EQ(test, link.tx_aborted_errors,
			stat_value(netcx_statistic_link_tx_aborted_errors));
	KUNIT_EXPECT_EQ(test, link.tx_carrier_errors,
			stat_value(netcx_statistic_link_tx_carrier_errors));
	KUNIT_EXPECT_EQ(test, link.tx_fifo_errors, stat_value(netcx_statistic_link_tx_fifo_errors));
	KUNIT_EXPECT_EQ(test, link.tx_heartbeat_errors,
			stat_value(netcx_statistic_link_tx_heartbeat_errors));
	KUNIT_EXPECT_EQ(test, link.tx_window_errors,
			stat_value(netcx_statistic_link_tx_window_errors));
	KUNIT_EXPECT_EQ(test, link.collisions, stat_value(netcx_statistic_link_collisions));
	KUNIT_EXPECT_EQ(test, link.rx_errors, stat_value(netcx_statistic_link_rx_errors) +
			link.rx_length_errors + link.rx_crc_errors + link.rx_frame_errors);
	KUNIT_EXPECT_EQ(test, link.tx_errors, stat_value(netcx_statistic_link_tx_errors) +
			link.tx_aborted_errors + link.tx_carrier_errors + link.tx_fifo_errors +
			link.tx_heartbeat_errors + link.tx_window_errors);
	KUNIT_EXPECT_EQ(test, link.rx_packets, 0);
	stat_free(netdev);
}

static void stat_of_the_mac(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	struct ethtool_eth_mac_stats mac;

	memset(&mac, 0xff, sizeof(mac));
	netcx_get_eth_mac_stats(netdev, &mac);
	KUNIT_EXPECT_EQ(test, mac.FramesTransmittedOK,
			stat_value(netcx_statistic_mac_frames_transmitted_ok));
	KUNIT_EXPECT_EQ(test, mac.SingleCollisionFrames,
			stat_value(netcx_statistic_mac_single_collision_frames));
	KUNIT_EXPECT_EQ(test, mac.MultipleCollisionFrames,
			stat_value(netcx_statistic_mac_multiple_collision_frames));
	KUNIT_EXPECT_EQ(test, mac.FramesReceivedOK,
			stat_value(netcx_statistic_mac_frames_received_ok));
	KUNIT_EXPECT_EQ(test, mac.FrameCheckSequenceErrors,
			stat_value(netcx_statistic_mac_frame_check_sequence_errors));
	KUNIT_EXPECT_EQ(test, mac.AlignmentErrors,
			stat_value(netcx_statistic_mac_alignment_errors));
	KUNIT_EXPECT_EQ(test, mac.OctetsTransmittedOK,
			stat_value(netcx_statistic_mac_octets_transmitted_ok));
	KUNIT_EXPECT_EQ(test, mac.FramesWithDeferredXmissions,
			stat_value(netcx_statistic_mac_frames_with_deferred_xmissions));
	KUNIT_EXPECT_EQ(test, mac.LateCollisions, stat_value(netcx_statistic_mac_late_collisions));
	KUNIT_EXPECT_EQ(test, mac.FramesAbortedDueToXSColls,
			stat_value(netcx_statistic_mac_frames_aborted_due_to_xs_colls));
	KUNIT_EXPECT_EQ(test, mac.FramesLostDueToIntMACXmitError,
			stat_value(netcx_statistic_mac_frames_lost_due_to_int_mac_xmit_error));
	KUNIT_EXPECT_EQ(test, mac.CarrierSenseErrors,
			stat_value(netcx_statistic_mac_carrier_sense_errors));
	KUNIT_EXPECT_EQ(test, mac.OctetsReceivedOK,
			stat_value(netcx_statistic_mac_octets_received_ok));
	KUNIT_EXPECT_EQ(test, mac.FramesLostDueToIntMACRcvError,
			stat_value(netcx_statistic_mac_frames_lost_due_to_int_mac_rcv_error));
	KUNIT_EXPECT_EQ(test, mac.MulticastFramesXmittedOK,
			stat_value(netcx_statistic_mac_multicast_frames_xmitted_ok));
	KUNIT_EXPECT_EQ(test, mac.BroadcastFramesXmittedOK,
			stat_value(netcx_statistic_mac_broadcast_frames_xmitted_ok));
	KUNIT_EXPECT_EQ(test, mac.FramesWithExcessiveDeferral,
			stat_value(netcx_statistic_mac_frames_with_excessive_deferral));
	KUNIT_EXPECT_EQ(test, mac.MulticastFramesReceivedOK,
			stat_value(netcx_statistic_mac_multicast_frames_received_ok));
	KUNIT_EXPECT_EQ(test, mac.BroadcastFramesReceivedOK,
			stat_value(netcx_statistic_mac_broadcast_frames_received_ok));
	KUNIT_EXPECT_EQ(test, mac.InRangeLengthErrors,
			stat_value(netcx_statistic_mac_in_range_length_errors));
	KUNIT_EXPECT_EQ(test, mac.OutOfRangeLengthField,
			stat_value(netcx_statistic_mac_out_of_range_length_field));
	KUNIT_EXPECT_EQ(test, mac.FrameTooLongErrors,
			stat_value(netcx_statistic_mac_frame_too_long_errors));
	stat_free(netdev);
}

static void stat_of_phy_and_control(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	struct ethtool_eth_ctrl_stats ctrl;
	struct ethtool_eth_phy_stats phy;

	memset(&phy, 0xff, sizeof(phy));
	netcx_get_eth_phy_stats(netdev, &phy);
	KUNIT_EXPECT_EQ(test, phy.SymbolErrorDuringCarrier,
			stat_value(netcx_statistic_phy_symbol_error_during_carrier));
	memset(&ctrl, 0xff, sizeof(ctrl));
	netcx_get_eth_ctrl_stats(netdev, &ctrl);
	KUNIT_EXPECT_EQ(test, ctrl.MACControlFramesTransmitted,
			stat_value(netcx_statistic_ctrl_frames_transmitted));
	KUNIT_EXPECT_EQ(test, ctrl.MACControlFramesReceived,
			stat_value(netcx_statistic_ctrl_frames_received));
	KUNIT_EXPECT_EQ(test, ctrl.UnsupportedOpcodesReceived,
			stat_value(netcx_statistic_ctrl_unsupported_opcodes_received));
	stat_free(netdev);
}

static void stat_of_rmon(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	const struct ethtool_rmon_hist_range *ranges;
	struct ethtool_rmon_stats rmon;

	memset(&rmon, 0xff, sizeof(rmon));
	netcx_get_rmon_stats(netdev, &rmon, &ranges);
	KUNIT_EXPECT_EQ(test, rmon.undersize_pkts, stat_value(netcx_statistic_rmon_undersize_pkts));
	KUNIT_EXPECT_EQ(test, rmon.oversize_pkts, stat_value(netcx_statistic_rmon_oversize_pkts));
	KUNIT_EXPECT_EQ(test, rmon.fragments, stat_value(netcx_statistic_rmon_fragments));
	KUNIT_EXPECT_EQ(test, rmon.jabbers, stat_value(netcx_statistic_rmon_jabbers));
	KUNIT_EXPECT_EQ(test, rmon.hist[0], stat_value(netcx_statistic_rmon_rx_histogram));
	KUNIT_EXPECT_EQ(test, rmon.hist[1], stat_value(netcx_statistic_end));
	KUNIT_EXPECT_EQ(test, rmon.hist[2], ETHTOOL_STAT_NOT_SET);
	KUNIT_EXPECT_EQ(test, rmon.hist_tx[0], stat_value(netcx_statistic_rmon_tx_histogram));
	KUNIT_EXPECT_EQ(test, rmon.hist_tx[1], stat_value(netcx_statistic_end + 1));
	KUNIT_EXPECT_EQ(test, ranges[0].high, 64);
	KUNIT_EXPECT_EQ(test, ranges[1].high, 9022);
	KUNIT_EXPECT_EQ(test, ranges[2].high, 0);
	stat_free(netdev);
}

/* Out of D0 nobody reads, and what was read last is there. */
static void stat_is_read_in_d0_only(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	struct netcx_netdev *nd = netdev_priv(netdev);
	u64 values[STAT_COUNT] = {};

	KUNIT_EXPECT_EQ(test, stat_reads, 0);
	netcx_hw_stats_stop(&nd->hw_stats);
	KUNIT_EXPECT_EQ(test, stat_reads, 1);
	netcx_hw_stats_read(&nd->hw_stats, values);
	KUNIT_EXPECT_EQ(test, stat_reads, 1);
	KUNIT_EXPECT_EQ(test, values[1], stat_value(1));
	netcx_hw_stats_start(&nd->hw_stats);
	netcx_hw_stats_read(&nd->hw_stats, values);
	KUNIT_EXPECT_EQ(test, stat_reads, 2);
	stat_free(netdev);
}

/* As AER says before netcx.ko is told: the last values stay, a frozen device has none. */
static void stat_is_not_read_when_offline(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	struct netcx_netdev *nd = netdev_priv(netdev);
	u64 values[STAT_COUNT] = {};

	netcx_hw_stats_read(&nd->hw_stats, values);
	KUNIT_EXPECT_EQ(test, stat_reads, 1);
	stat_pdev.error_state = pci_channel_io_frozen;
	netcx_hw_stats_read(&nd->hw_stats, values);
	netcx_hw_stats_stop(&nd->hw_stats);
	KUNIT_EXPECT_EQ(test, stat_reads, 1);
	KUNIT_EXPECT_EQ(test, values[1], stat_value(1));
	stat_free(netdev);
}

/* As a client does in a reset, while the interface is there and its counters are looked at. */
static void stat_is_declared_anew(struct kunit *test)
{
	struct net_device *netdev = stat_netdev(test);
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct rtnl_link_stats64 link = {};
	u64 values[STAT_COUNT + 1] = {};

	netcx_hw_stats_read(&nd->hw_stats, values);
	netcx_hw_stats_stop(&nd->hw_stats);
	stat_names[1] = "another";
	memset(stat_meanings, 0xff, sizeof(stat_meanings));
	stat_adapter.statistics.Count = 1000000;
	stat_adapter.statistics.MeaningCount = 1000000;
	netcx_hw_stats_read(&nd->hw_stats, values);
	netcx_hw_stats_add_link(&nd->hw_stats, &link);
	KUNIT_EXPECT_EQ(test, values[STAT_COUNT], 0);
	KUNIT_EXPECT_EQ(test, link.collisions, stat_value(netcx_statistic_link_collisions));
	KUNIT_EXPECT_STREQ(test, nd->hw_stats.names[1], "a name");
	stat_free(netdev);
}

static struct kunit_case stat_cases[] = {
	KUNIT_CASE(stat_of_the_link),
	KUNIT_CASE(stat_of_the_mac),
	KUNIT_CASE(stat_of_phy_and_control),
	KUNIT_CASE(stat_of_rmon),
	KUNIT_CASE(stat_is_read_in_d0_only),
	KUNIT_CASE(stat_is_not_read_when_offline),
	KUNIT_CASE(stat_is_declared_anew),
	{}
};

static struct kunit_suite stat_suite = {
	.name = "netcx-hw-stats",
	.test_cases = stat_cases,
};

kunit_test_suite(stat_suite);

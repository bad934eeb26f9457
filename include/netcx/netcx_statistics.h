/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Hardware statistics: the counters that a client offers with netcx_adapter_set_statistics(), and
 * which of the numbers that Linux tools know them to be.
 */
#ifndef NETCX_STATISTICS_H
#define NETCX_STATISTICS_H

#include "netadapter.h"

/**
 * typedef PFN_NETCX_READ_STATISTICS - reads the hardware's counters
 * @Adapter: the adapter
 * @Values: where they go, in the order of the names
 *
 * Fills as many values as there are names. Values only grow while the adapter exists. Called every
 * two seconds while the device is in D0, and before it leaves that: a counter of 32 bits that is
 * cleared by being read, as is added up by the client, loses nothing.
 * Context: process, may sleep; one call at a time; the device is in D0.
 */
typedef void (*PFN_NETCX_READ_STATISTICS)(NETADAPTER Adapter, UINT64 *Values);

/**
 * enum netcx_statistic - numbers that Linux tools know
 * @netcx_statistic_none: none of them
 * @netcx_statistic_link_rx_errors: bad frames received that are none of the three kinds after this
 * @netcx_statistic_link_rx_length_errors: frames too short or too long
 * @netcx_statistic_link_rx_crc_errors: frames with a bad check sequence
 * @netcx_statistic_link_rx_frame_errors: frames with an alignment error
 * @netcx_statistic_link_rx_over_errors: frames that did not fit their buffers
 * @netcx_statistic_link_rx_fifo_errors: overruns of the receive FIFO
 * @netcx_statistic_link_rx_missed_errors: frames lost since no buffer was there
 * @netcx_statistic_link_rx_dropped: good frames that the hardware had no use for
 * @netcx_statistic_link_tx_errors: failed transmissions that are none of the five kinds after this
 * @netcx_statistic_link_tx_aborted_errors: given up after too many collisions
 * @netcx_statistic_link_tx_carrier_errors: the carrier was lost meanwhile
 * @netcx_statistic_link_tx_fifo_errors: underruns of the transmit FIFO
 * @netcx_statistic_link_tx_heartbeat_errors: no signal quality error (SQE) after a frame
 * @netcx_statistic_link_tx_window_errors: late collisions
 * @netcx_statistic_link_collisions: collisions
 * @netcx_statistic_mac_frames_transmitted_ok: IEEE 802.3 aFramesTransmittedOK
 * @netcx_statistic_mac_single_collision_frames: aSingleCollisionFrames
 * @netcx_statistic_mac_multiple_collision_frames: aMultipleCollisionFrames
 * @netcx_statistic_mac_frames_received_ok: aFramesReceivedOK
 * @netcx_statistic_mac_frame_check_sequence_errors: aFrameCheckSequenceErrors
 * @netcx_statistic_mac_alignment_errors: aAlignmentErrors
 * @netcx_statistic_mac_octets_transmitted_ok: aOctetsTransmittedOK
 * @netcx_statistic_mac_frames_with_deferred_xmissions: aFramesWithDeferredXmissions
 * @netcx_statistic_mac_late_collisions: aLateCollisions
 * @netcx_statistic_mac_frames_aborted_due_to_xs_colls: aFramesAbortedDueToXSColls
 * @netcx_statistic_mac_frames_lost_due_to_int_mac_xmit_error: aFramesLostDueToIntMACXmitError
 * @netcx_statistic_mac_carrier_sense_errors: aCarrierSenseErrors
 * @netcx_statistic_mac_octets_received_ok: aOctetsReceivedOK
 * @netcx_statistic_mac_frames_lost_due_to_int_mac_rcv_error: aFramesLostDueToIntMACRcvError
 * @netcx_statistic_mac_multicast_frames_xmitted_ok: aMulticastFramesXmittedOK
 * @netcx_statistic_mac_broadcast_frames_xmitted_ok: aBroadcastFramesXmittedOK
 * @netcx_statistic_mac_frames_with_excessive_deferral: aFramesWithExcessiveDeferral
 * @netcx_statistic_mac_multicast_frames_received_ok: aMulticastFramesReceivedOK
 * @netcx_statistic_mac_broadcast_frames_received_ok: aBroadcastFramesReceivedOK
 * @netcx_statistic_mac_in_range_length_errors: aInRangeLengthErrors
 * @netcx_statistic_mac_out_of_range_length_field: aOutOfRangeLengthField
 * @netcx_statistic_mac_frame_too_long_errors: aFrameTooLongErrors
 * @netcx_statistic_phy_symbol_error_during_carrier: aSymbolErrorDuringCarrier
 * @netcx_statistic_ctrl_frames_transmitted: aMACControlFramesTransmitted
 * @netcx_statistic_ctrl_frames_received: aMACControlFramesReceived
 * @netcx_statistic_ctrl_unsupported_opcodes_received: aUnsupportedOpcodesReceived
 * @netcx_statistic_rmon_undersize_pkts: RMON (RFC 2819) etherStatsUndersizePkts
 * @netcx_statistic_rmon_oversize_pkts: etherStatsOversizePkts
 * @netcx_statistic_rmon_fragments: etherStatsFragments
 * @netcx_statistic_rmon_jabbers: etherStatsJabbers
 * @netcx_statistic_rmon_rx_histogram: received frames of one range of sizes
 * @netcx_statistic_rmon_tx_histogram: transmitted frames of one range of sizes
 * @netcx_statistic_end: how many there are; not one of them
 *
 * link: of the interface ("ip -s link", and with a second "-s" the kinds of errors; struct
 * rtnl_link_stats64), beside what the class extension counts itself. The totals of errors contain
 * their kinds without being told. mac, phy, ctrl, rmon: the groups of "ethtool -S --groups eth-mac
 * eth-phy eth-ctrl rmon".
 */
enum netcx_statistic {
	netcx_statistic_none,

	netcx_statistic_link_rx_errors,
	netcx_statistic_link_rx_length_errors,
	netcx_statistic_link_rx_crc_errors,
	netcx_statistic_link_rx_frame_errors,
	netcx_statistic_link_rx_over_errors,
	netcx_statistic_link_rx_fifo_errors,
	netcx_statistic_link_rx_missed_errors,
	netcx_statistic_link_rx_dropped,
	netcx_statistic_link_tx_errors,
	netcx_statistic_link_tx_aborted_errors,
	netcx_statistic_link_tx_carrier_errors,
	netcx_statistic_link_tx_fifo_errors,
	netcx_statistic_link_tx_heartbeat_errors,
	netcx_statistic_link_tx_window_errors,
	netcx_statistic_link_collisions,

	netcx_statistic_mac_frames_transmitted_ok,
	netcx_statistic_mac_single_collision_frames,
	netcx_statistic_mac_multiple_collision_frames,
	netcx_statistic_mac_frames_received_ok,
	netcx_statistic_mac_frame_check_sequence_errors,
	netcx_statistic_mac_alignment_errors,
	netcx_statistic_mac_octets_transmitted_ok,
	netcx_statistic_mac_frames_with_deferred_xmissions,
	netcx_statistic_mac_late_collisions,
	netcx_statistic_mac_frames_aborted_due_to_xs_colls,
	netcx_statistic_mac_frames_lost_due_to_int_mac_xmit_error,
	netcx_statistic_mac_carrier_sense_errors,
	netcx_statistic_mac_octets_received_ok,
	netcx_statistic_mac_frames_lost_due_to_int_mac_rcv_error,
	netcx_statistic_mac_multicast_frames_xmitted_ok,
	netcx_statistic_mac_broadcast_frames_xmitted_ok,
	netcx_statistic_mac_frames_with_excessive_deferral,
	netcx_statistic_mac_multicast_frames_received_ok,
	netcx_statistic_mac_broadcast_frames_received_ok,
	netcx_statistic_mac_in_range_length_errors,
	netcx_statistic_mac_out_of_range_length_field,
	netcx_statistic_mac_frame_too_long_errors,

	netcx_statistic_phy_symbol_error_during_carrier,

	netcx_statistic_ctrl_frames_transmitted,
	netcx_statistic_ctrl_frames_received,
	netcx_statistic_ctrl_unsupported_opcodes_received,

	netcx_statistic_rmon_undersize_pkts,
	netcx_statistic_rmon_oversize_pkts,
	netcx_statistic_rmon_fragments,
	netcx_statistic_rmon_jabbers,
	netcx_statistic_rmon_rx_histogram,
	netcx_statistic_rmon_tx_histogram,

	netcx_statistic_end
};

/**
 * struct netcx_statistic_meaning - what one counter is
 * @Counter: its index among the names
 * @Statistic: which number it is, or is a part of: counters of one number are added up
 * @Sizes: of a histogram, the index of its range in @FrameSizes of the configuration; otherwise 0
 */
struct netcx_statistic_meaning {
	UINT32 Counter;
	enum netcx_statistic Statistic;
	UINT32 Sizes;
};

/**
 * struct netcx_frame_sizes - a range of sizes, in bytes with the frame check sequence
 * @Low: the smallest
 * @High: the greatest
 */
struct netcx_frame_sizes {
	UINT32 Low;
	UINT32 High;
};

/* Most ranges of a histogram. */
#define NETCX_FRAME_SIZES_MAX 10

/**
 * struct netcx_statistics_config - the hardware's counters
 * @Size: sizeof this structure; or up to @Meanings for a client that gives none
 * @Names: a name per counter, at most 31 characters each, for ethtool -S; must live as long as the
 *	adapter
 * @Count: how many
 * @Read: see the type; must not be NULL
 * @Meanings: which counters are numbers that Linux knows; in any order, and a counter may be
 *	several. Must live as long as the adapter
 * @MeaningCount: how many
 * @FrameSizes: the ranges of both histograms, in ascending order; must live as long as the adapter
 * @FrameSizesCount: how many, at most NETCX_FRAME_SIZES_MAX
 */
struct netcx_statistics_config {
	UINT32 Size;
	const char *const *Names;
	UINT32 Count;
	PFN_NETCX_READ_STATISTICS Read;
	const struct netcx_statistic_meaning *Meanings;
	UINT32 MeaningCount;
	const struct netcx_frame_sizes *FrameSizes;
	UINT32 FrameSizesCount;
};

#endif /* NETCX_STATISTICS_H */

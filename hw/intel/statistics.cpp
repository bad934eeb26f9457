// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <intel/statistics.h>

namespace intel
{

namespace
{

constexpr bool is_same(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

/* The index of a counter. Evaluated by the compiler: a name that does not exist is an error. */
consteval UINT32 counter(const char *name)
{
	UINT32 index = 0;

	while (!is_same(mac_counters[index].name, name))
		index++;
	return index;
}

/*
 * "rx_undersize" and "rx_oversize" count frames with a right check sequence, "rx_fragments" and
 * "rx_jabber" those with a wrong one. Jabber is among "rx_crc_errors", too. Fragments are not, and
 * are no link errors here: they are often what is left of a collision. Nor is "rx_no_buffer": such
 * a frame waits in the packet memory, and is lost ("rx_missed") only when that is full.
 */
const netcx_statistic_meaning meanings[] = {
	{counter("rx_errors_phy"), netcx_statistic_link_rx_errors, 0},
	{counter("rx_carrier_extension_errors"), netcx_statistic_link_rx_errors, 0},
	{counter("rx_undersize"), netcx_statistic_link_rx_length_errors, 0},
	{counter("rx_oversize"), netcx_statistic_link_rx_length_errors, 0},
	{counter("rx_crc_errors"), netcx_statistic_link_rx_crc_errors, 0},
	{counter("rx_alignment_errors"), netcx_statistic_link_rx_frame_errors, 0},
	{counter("rx_missed"), netcx_statistic_link_rx_missed_errors, 0},
	{counter("tx_excessive_collisions"), netcx_statistic_link_tx_aborted_errors, 0},
	{counter("tx_late_collisions"), netcx_statistic_link_tx_window_errors, 0},
	{counter("tx_collisions"), netcx_statistic_link_collisions, 0},

	{counter("tx_good_packets"), netcx_statistic_mac_frames_transmitted_ok, 0},
	{counter("tx_single_collisions"), netcx_statistic_mac_single_collision_frames, 0},
	{counter("tx_multiple_collisions"), netcx_statistic_mac_multiple_collision_frames, 0},
	{counter("rx_good_packets"), netcx_statistic_mac_frames_received_ok, 0},
	{counter("rx_crc_errors"), netcx_statistic_mac_frame_check_sequence_errors, 0},
	{counter("rx_alignment_errors"), netcx_statistic_mac_alignment_errors, 0},
	{counter("tx_good_bytes"), netcx_statistic_mac_octets_transmitted_ok, 0},
	{counter("tx_deferred"), netcx_statistic_mac_frames_with_deferred_xmissions, 0},
	{counter("tx_late_collisions"), netcx_statistic_mac_late_collisions, 0},
	{counter("tx_excessive_collisions"), netcx_statistic_mac_frames_aborted_due_to_xs_colls, 0},
	{counter("rx_good_bytes"), netcx_statistic_mac_octets_received_ok, 0},
	{counter("rx_missed"), netcx_statistic_mac_frames_lost_due_to_int_mac_rcv_error, 0},
	{counter("tx_multicast"), netcx_statistic_mac_multicast_frames_xmitted_ok, 0},
	{counter("tx_broadcast"), netcx_statistic_mac_broadcast_frames_xmitted_ok, 0},
	{counter("rx_multicast"), netcx_statistic_mac_multicast_frames_received_ok, 0},
	{counter("rx_broadcast"), netcx_statistic_mac_broadcast_frames_received_ok, 0},
	{counter("rx_length_errors"), netcx_statistic_mac_in_range_length_errors, 0},
	{counter("rx_oversize"), netcx_statistic_mac_frame_too_long_errors, 0},

	{counter("rx_symbol_errors"), netcx_statistic_phy_symbol_error_during_carrier, 0},

	{counter("tx_xon"), netcx_statistic_ctrl_frames_transmitted, 0},
	{counter("tx_xoff"), netcx_statistic_ctrl_frames_transmitted, 0},
	{counter("rx_xon"), netcx_statistic_ctrl_frames_received, 0},
	{counter("rx_xoff"), netcx_statistic_ctrl_frames_received, 0},
	{counter("rx_flow_control_unsupported"), netcx_statistic_ctrl_unsupported_opcodes_received,
	 0},

	{counter("rx_undersize"), netcx_statistic_rmon_undersize_pkts, 0},
	{counter("rx_oversize"), netcx_statistic_rmon_oversize_pkts, 0},
	{counter("rx_fragments"), netcx_statistic_rmon_fragments, 0},
	{counter("rx_jabber"), netcx_statistic_rmon_jabbers, 0},
	{counter("rx_64"), netcx_statistic_rmon_rx_histogram, 0},
	{counter("rx_65_to_127"), netcx_statistic_rmon_rx_histogram, 1},
	{counter("rx_128_to_255"), netcx_statistic_rmon_rx_histogram, 2},
	{counter("rx_256_to_511"), netcx_statistic_rmon_rx_histogram, 3},
	{counter("rx_512_to_1023"), netcx_statistic_rmon_rx_histogram, 4},
	{counter("rx_1024_and_more"), netcx_statistic_rmon_rx_histogram, 5},
	{counter("tx_64"), netcx_statistic_rmon_tx_histogram, 0},
	{counter("tx_65_to_127"), netcx_statistic_rmon_tx_histogram, 1},
	{counter("tx_128_to_255"), netcx_statistic_rmon_tx_histogram, 2},
	{counter("tx_256_to_511"), netcx_statistic_rmon_tx_histogram, 3},
	{counter("tx_512_to_1023"), netcx_statistic_rmon_tx_histogram, 4},
	{counter("tx_1024_and_more"), netcx_statistic_rmon_tx_histogram, 5},
};

/* The upper end of the last range: a frame with an MTU of 9000 and a VLAN tag. */
constexpr UINT32 longest_frame = 9022;
const netcx_frame_sizes frame_sizes[] = {
	{64, 64}, {65, 127}, {128, 255}, {256, 511}, {512, 1023}, {1024, longest_frame},
};

UINT64 read_and_clear(const Mac &mac, const Counter &counter)
{
	const UINT64 low = mac.read(counter.reg);

	if (!counter.is_64_bits_wide)
		return low;
	return low | static_cast<UINT64>(mac.read({counter.reg.offset + 4})) << 32;
}

} /* namespace */

void describe_mac_counters(netcx_statistics_config *config)
{
	config->Meanings = meanings;
	config->MeaningCount = ARRAYSIZE(meanings);
	config->FrameSizes = frame_sizes;
	config->FrameSizesCount = ARRAYSIZE(frame_sizes);
}

void add_counters(const Mac &mac, const Counter *counters, UINT32 count, UINT64 *values)
{
	for (UINT32 i = 0; i < count; i++)
		values[i] += read_and_clear(mac, counters[i]);
}

} /* namespace intel */

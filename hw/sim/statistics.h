/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the simulated hardware counts. */
#ifndef SIM_STATISTICS_H
#define SIM_STATISTICS_H

#include <netcx_statistics.h>

namespace sim
{

struct Statistics {
	UINT64 tx_frames;
	/* Nobody was there to receive them. */
	UINT64 tx_lost;
	/* Packets that could not be sent as they were asked to. */
	UINT64 tx_bad;
	/* Of all frames, those that came by a queue of a priority above 0. */
	UINT64 tx_urgent;
	UINT64 rx_frames;
	UINT64 rx_filtered;
	/* No buffer was left. */
	UINT64 rx_missed;
	/* How often the hardware was prepared, and how often it came into D0. */
	UINT64 prepared;
	UINT64 d0_entries;

	static constexpr const char *names[] = {"sim_tx_frames", "sim_tx_lost",	  "sim_tx_bad",
						"sim_tx_urgent", "sim_rx_frames", "sim_rx_filtered",
						"sim_rx_missed", "sim_prepared",  "sim_d0_entries"};

	/* By their order above. */
	static constexpr netcx_statistic_meaning meanings[] = {
		{2, netcx_statistic_link_tx_errors, 0},
		{6, netcx_statistic_link_rx_missed_errors, 0},
		{0, netcx_statistic_mac_frames_transmitted_ok, 0},
		{1, netcx_statistic_mac_frames_transmitted_ok, 0},
		{2, netcx_statistic_mac_frames_lost_due_to_int_mac_xmit_error, 0},
		{4, netcx_statistic_mac_frames_received_ok, 0},
		{6, netcx_statistic_mac_frames_lost_due_to_int_mac_rcv_error, 0},
	};

	/* All that is to be declared, but Read. */
	static netcx_statistics_config config()
	{
		netcx_statistics_config result = {};

		result.Names = names;
		result.Count = ARRAYSIZE(names);
		result.Meanings = meanings;
		result.MeaningCount = ARRAYSIZE(meanings);
		return result;
	}
};

static_assert(ARRAYSIZE(Statistics::names) * sizeof(UINT64) == sizeof(Statistics));

} /* namespace sim */

#endif /* SIM_STATISTICS_H */

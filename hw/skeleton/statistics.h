/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The hardware's counters, for ethtool -S. If reading clears the hardware's counters, this class
 * adds them up, see hw/intel/statistics.h.
 */
#ifndef SKELETON_STATISTICS_H
#define SKELETON_STATISTICS_H

#include <netcx_statistics.h>

namespace skeleton
{

struct Statistics {
	UINT64 tx_packets;
	UINT64 tx_bytes;

	static constexpr const char *names[] = {"skeleton_tx_packets", "skeleton_tx_bytes"};
	/* Which of them have a meaning to Linux; the first number is the index into names. */
	static constexpr netcx_statistic_meaning meanings[] = {
		{0, netcx_statistic_mac_frames_transmitted_ok, 0},
		{1, netcx_statistic_mac_octets_transmitted_ok, 0},
	};

	/* What common::set_statistics() needs. */
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

} /* namespace skeleton */

#endif /* SKELETON_STATISTICS_H */

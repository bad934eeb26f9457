/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the simulated hardware counts. */
#ifndef SIM_STATISTICS_H
#define SIM_STATISTICS_H

#include <ntddk.h>

namespace sim
{

struct Statistics {
	UINT64 tx_frames;
	/* Nobody was there to receive them. */
	UINT64 tx_lost;
	/* Packets that could not be sent as they were asked to. */
	UINT64 tx_bad;
	UINT64 rx_frames;
	UINT64 rx_filtered;
	/* No buffer was left. */
	UINT64 rx_missed;

	static constexpr const char *names[] = {"sim_tx_frames",   "sim_tx_lost",
						"sim_tx_bad",	   "sim_rx_frames",
						"sim_rx_filtered", "sim_rx_missed"};
};

static_assert(ARRAYSIZE(Statistics::names) * sizeof(UINT64) == sizeof(Statistics));

} /* namespace sim */

#endif /* SIM_STATISTICS_H */

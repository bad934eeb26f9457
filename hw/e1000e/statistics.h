/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the 82574 counts beyond what every family does. */
#ifndef E1000E_STATISTICS_H
#define E1000E_STATISTICS_H

#include <intel/statistics.h>

namespace e1000e
{

/* Facts: 82574 datasheet, "Statistics Register Descriptions". */
inline constexpr intel::Counter own_counters[] = {
	{"tx_tso_contexts", {0x40f8}, false},
	{"tx_tso_contexts_failed", {0x40fc}, false},
	{"interrupts", {0x4100}, false},
	{"rx_overrun_interrupts", {0x4124}, false},
};

using Statistics = intel::Statistics<own_counters>;

} /* namespace e1000e */

#endif /* E1000E_STATISTICS_H */

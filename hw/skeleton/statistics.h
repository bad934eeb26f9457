/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The hardware's counters, for ethtool -S. Those that are cleared by being read are added up here.
 */
#ifndef SKELETON_STATISTICS_H
#define SKELETON_STATISTICS_H

#include <ntdef.h>

namespace skeleton
{

struct Statistics {
	UINT64 tx_packets;
	UINT64 tx_bytes;

	static constexpr const char *names[] = {"skeleton_tx_packets", "skeleton_tx_bytes"};
};

static_assert(ARRAYSIZE(Statistics::names) * sizeof(UINT64) == sizeof(Statistics));

} /* namespace skeleton */

#endif /* SKELETON_STATISTICS_H */

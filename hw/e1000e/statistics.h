/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The MAC's own counters. Most are 32 bits wide and all are cleared by being read, so they are
 * added up here.
 */
#ifndef E1000E_STATISTICS_H
#define E1000E_STATISTICS_H

#include "hardware.h"

namespace e1000e
{

class Statistics
{
public:
	static constexpr UINT32 count = 55;

	/* One name per counter, for ethtool -S. */
	static const char *const names[count];

	/* Adds what has come since the last call. One call at a time. Context: process. */
	void update(const Hardware &hardware);

	/* All of them, as of the last update. */
	void copy(UINT64 *destination) const;

private:
	UINT64 values[count];
};

} /* namespace e1000e */

#endif /* E1000E_STATISTICS_H */

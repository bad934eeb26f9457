// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <intel/statistics.h>

namespace intel
{

namespace
{

UINT64 read_and_clear(const Mac &mac, const Counter &counter)
{
	const UINT64 low = mac.read(counter.reg);

	if (!counter.is_64_bits_wide)
		return low;
	return low | static_cast<UINT64>(mac.read({counter.reg.offset + 4})) << 32;
}

} /* namespace */

void add_counters(const Mac &mac, const Counter *counters, UINT32 count, UINT64 *values)
{
	for (UINT32 i = 0; i < count; i++)
		values[i] += read_and_clear(mac, counters[i]);
}

} /* namespace intel */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The MAC's own counters. Most are 32 bits wide and all are cleared by being read, so they are
 * added up here.
 */
#ifndef INTEL_STATISTICS_H
#define INTEL_STATISTICS_H

#include <intel/mac.h>
#include <netcx_statistics.h>

namespace intel
{

struct Counter {
	/* For ethtool -S. */
	const char *name;
	Register reg;
	/* The upper half follows; reading it clears both. */
	bool is_64_bits_wide;
};

/*
 * Those of every family; the 82574 has no TNCRS (0x4034), which others have.
 * Facts: 82574 datasheet, "Statistics Register Descriptions".
 */
inline constexpr Counter mac_counters[] = {
	{"rx_crc_errors", {0x4000}, false},
	{"rx_alignment_errors", {0x4004}, false},
	{"rx_symbol_errors", {0x4008}, false},
	{"rx_errors_phy", {0x400c}, false},
	{"rx_missed", {0x4010}, false},
	{"tx_single_collisions", {0x4014}, false},
	{"tx_excessive_collisions", {0x4018}, false},
	{"tx_multiple_collisions", {0x401c}, false},
	{"tx_late_collisions", {0x4020}, false},
	{"tx_collisions", {0x4028}, false},
	{"tx_deferred", {0x4030}, false},
	{"rx_carrier_extension_errors", {0x403c}, false},
	{"rx_length_errors", {0x4040}, false},
	{"rx_xon", {0x4048}, false},
	{"tx_xon", {0x404c}, false},
	{"rx_xoff", {0x4050}, false},
	{"tx_xoff", {0x4054}, false},
	{"rx_flow_control_unsupported", {0x4058}, false},
	{"rx_64", {0x405c}, false},
	{"rx_65_to_127", {0x4060}, false},
	{"rx_128_to_255", {0x4064}, false},
	{"rx_256_to_511", {0x4068}, false},
	{"rx_512_to_1023", {0x406c}, false},
	{"rx_1024_and_more", {0x4070}, false},
	{"rx_good_packets", {0x4074}, false},
	{"rx_broadcast", {0x4078}, false},
	{"rx_multicast", {0x407c}, false},
	{"tx_good_packets", {0x4080}, false},
	{"rx_good_bytes", {0x4088}, true},
	{"tx_good_bytes", {0x4090}, true},
	{"rx_no_buffer", {0x40a0}, false},
	{"rx_undersize", {0x40a4}, false},
	{"rx_fragments", {0x40a8}, false},
	{"rx_oversize", {0x40ac}, false},
	{"rx_jabber", {0x40b0}, false},
	{"rx_management", {0x40b4}, false},
	{"rx_management_dropped", {0x40b8}, false},
	{"tx_management", {0x40bc}, false},
	{"rx_total_bytes", {0x40c0}, true},
	{"tx_total_bytes", {0x40c8}, true},
	{"rx_total_packets", {0x40d0}, false},
	{"tx_total_packets", {0x40d4}, false},
	{"tx_64", {0x40d8}, false},
	{"tx_65_to_127", {0x40dc}, false},
	{"tx_128_to_255", {0x40e0}, false},
	{"tx_256_to_511", {0x40e4}, false},
	{"tx_512_to_1023", {0x40e8}, false},
	{"tx_1024_and_more", {0x40ec}, false},
	{"tx_multicast", {0x40f0}, false},
	{"tx_broadcast", {0x40f4}, false},
};

/* Says which of mac_counters have a meaning to Linux. They must be the first in config->Names. */
void describe_mac_counters(netcx_statistics_config *config);

/* Reads each counter, which clears it, and adds it to its element of @values. Context: process. */
void add_counters(const Mac &mac, const Counter *counters, UINT32 count, UINT64 *values);

/* Own: an array of further counters that the family has. Calls must not overlap. */
template <const auto &Own>
class Statistics
{
public:
	static constexpr UINT32 count = ARRAYSIZE(mac_counters) + ARRAYSIZE(Own);

	/* One name per counter. */
	struct Names {
		const char *all[count];
	};
	static constexpr Names names = [] {
		Names result = {};
		UINT32 next = 0;

		for (const Counter &counter : mac_counters)
			result.all[next++] = counter.name;
		for (const Counter &counter : Own)
			result.all[next++] = counter.name;
		return result;
	}();

	/* What common::set_statistics() needs. */
	static netcx_statistics_config config()
	{
		netcx_statistics_config result = {};

		result.Names = names.all;
		result.Count = count;
		describe_mac_counters(&result);
		return result;
	}

	/* Reads the hardware's counters and adds them up. Context: process. */
	void update(const Mac &mac)
	{
		UINT64 fresh[count] = {};

		if (mac.is_gone())
			return;
		add_counters(mac, mac_counters, ARRAYSIZE(mac_counters), fresh);
		add_counters(mac, Own, ARRAYSIZE(Own), fresh + ARRAYSIZE(mac_counters));
		/* If it went meanwhile, some of what was read is all ones and no count. */
		if (mac.is_gone())
			return;
		for (UINT32 i = 0; i < count; i++)
			values[i] += fresh[i];
	}

	/* The sums, as of the last update(). */
	void copy(UINT64 *destination) const { RtlCopyMemory(destination, values, sizeof(values)); }

private:
	UINT64 values[count];
};

} /* namespace intel */

#endif /* INTEL_STATISTICS_H */

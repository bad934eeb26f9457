/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Wake sources and power offloads: what an adapter wakes the machine for, and answers meanwhile. */
#ifndef NETCX_CORE_WAKE_H
#define NETCX_CORE_WAKE_H

#include "core.h"

namespace netcx
{

class Adapter;

} // namespace netcx

/* What a NETWAKESOURCE points to; embedded in the adapter. */
struct NETWAKESOURCE__ {
	static constexpr UINT64 valid = 0x4e437857616b6553;
	static constexpr UINT32 largest_pattern = 128;

	UINT64 signature;
	netcx::Adapter *adapter;
	NET_WAKE_SOURCE_TYPE type;
	bool enabled;
	NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS media_change;
	ULONG id;
	UINT32 pattern_size;
	UINT32 mask_size;
	UINT8 pattern[largest_pattern];
	UINT8 mask[largest_pattern / 8];
};

/* What a NETPOWEROFFLOAD points to; embedded in the adapter. */
struct NETPOWEROFFLOAD__ {
	static constexpr UINT64 valid = 0x4e4378506f774f66;

	UINT64 signature;
	netcx::Adapter *adapter;
	NET_POWER_OFFLOAD_TYPE type;
	bool enabled;
	ULONG id;
	NET_IPV4_ADDRESS ipv4;
	NET_IPV6_ADDRESS ipv6;
};

namespace netcx
{

/*
 * The wake sources of one adapter. Changed under rtnl while the device is in D0; clients read them in
 * callbacks of D0 exit and entry.
 */
struct WakeSources {
	enum Slot {
		magic_packet,
		media_change,
		packet_filter,
		eapol_packet,
		first_pattern,
	};

	static constexpr UINT32 most_patterns = 8;
	static constexpr UINT32 count = first_pattern + most_patterns;

	NETWAKESOURCE__ slots[count];
};

struct PowerOffloads {
	static constexpr UINT32 most_of_a_type = NETCX_CORE_POWER_OFFLOADS;
	static constexpr UINT32 count = 2 * most_of_a_type;

	/* The first half is for IPv4, the second for IPv6. */
	NETPOWEROFFLOAD__ slots[count];
};

/* True if any wake source of the device is enabled. */
bool has_wake_sources(const struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_WAKE_H */

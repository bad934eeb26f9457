/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the simulated hardware has: sizes, counts, maxima. */
#ifndef SIM_LIMITS_H
#define SIM_LIMITS_H

#include <common/mac_address.h>

namespace sim
{

inline constexpr UINT32 ethernet_header_bytes = 14;
inline constexpr UINT32 vlan_tag_bytes = 4;
inline constexpr UINT32 mac_addresses_bytes = 2 * common::mac_address_bytes;
inline constexpr UINT32 ethertype_vlan = 0x8100;

namespace limits
{
inline constexpr UINT32 queues = 8;
inline constexpr UINT32 indirection_entries = 128;
inline constexpr UINT32 hash_key_bytes = 40;
/* Beside the device's own. */
inline constexpr UINT32 unicast_addresses = 8;
inline constexpr UINT32 multicast_addresses = 32;
inline constexpr UINT32 mtu = 9000;
/* That the system is ready for, at least. */
inline constexpr UINT32 rx_fragments_per_packet = 17;
inline constexpr UINT32 frame_bytes = mtu + ethernet_header_bytes + vlan_tag_bytes;
inline constexpr UINT32 segmentation_bytes = 65535;
/* The longest packet that may be sent: one that is segmented, its headers included. */
inline constexpr UINT32 packet_bytes = segmentation_bytes + 256;
inline constexpr UINT64 bits_per_second = 10'000'000'000;
inline constexpr UINT32 backfill_bytes = 64;
/* Of each fragment. */
inline constexpr UINT32 alignment = 4096;
inline constexpr UINT32 wake_patterns = 4;
inline constexpr UINT32 wake_pattern_bytes = 128;
/* Of each family, that are answered for while the machine sleeps. */
inline constexpr UINT32 power_offloads = 8;
} /* namespace limits */

} /* namespace sim */

#endif /* SIM_LIMITS_H */

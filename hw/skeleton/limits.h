/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the hardware can do: the numbers behind the capabilities that adapter.cpp declares, and that
 * queues are set up by. No other file of a client has such a number. Name the datasheet's chapters.
 */
#ifndef SKELETON_LIMITS_H
#define SKELETON_LIMITS_H

#include <ntdef.h>

namespace skeleton::limits
{

/* Number of queues of each direction. */
inline constexpr UINT32 queues = 1;
inline constexpr UINT64 link_speed_bits_per_second = 1000ULL * 1000 * 1000;
inline constexpr UINT32 mtu = 9000;
inline constexpr UINT32 rx_buffer_bytes = 2048;
/* An skb's linear part and its 17 fragments: nothing is copied for want of descriptors. */
inline constexpr UINT32 tx_fragments_per_packet = 18;
/* The most bytes of a packet that is sent, so of one mapping for DMA. */
inline constexpr UINT32 packet_bytes = 65536;
inline constexpr UINT32 ring_default = 256;
inline constexpr UINT32 multicast_addresses = 32;

} /* namespace skeleton::limits */

#endif /* SKELETON_LIMITS_H */

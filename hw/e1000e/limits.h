/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the 82574 can do: the numbers behind the capabilities that adapter.cpp declares, and that
 * queues and registers are set up by. Nothing else in this folder has such a number.
 *
 * Facts: 82574 datasheet, "Features", and "Receive", "Transmit", "Interrupts" of "Inline
 * Functions".
 */
#ifndef E1000E_LIMITS_H
#define E1000E_LIMITS_H

#include <ntdef.h>

namespace e1000e::limits
{

/* Of each direction. The second pair is used where each queue has an interrupt of its own. */
inline constexpr UINT32 queues = 2;

/* RAL, RAH: entry 15 belongs to manageability firmware. */
inline constexpr UINT32 receive_addresses = 15;

inline constexpr UINT64 link_speed_bits_per_second = 1000ULL * 1000 * 1000;

/* Jumbo frames have 9018 bytes at most, or 9022 with a VLAN tag. */
inline constexpr UINT32 mtu = 9000;
inline constexpr UINT32 maximum_frame_bytes = mtu + 14 + 4 + 4;

/* RCTL.BSIZE. A larger frame takes several buffers. */
inline constexpr UINT32 rx_buffer_bytes = 2048;
/* With RCTL.LPE frames of up to 16384 bytes are let in. */
inline constexpr UINT32 rx_buffers_per_frame = 16384 / rx_buffer_bytes;

/* An skb's linear part and its 17 fragments: nothing is copied for want of descriptors. */
inline constexpr UINT32 tx_fragments_per_packet = 18;

/*
 * The most one descriptor may name is what the tx part of packet memory holds less 96 bytes; a
 * power of two below that, which is also the largest PCIe read request, costs no division.
 */
inline constexpr UINT32 tx_bytes_per_descriptor = 4096;

/* Bytes to be segmented by hardware, with headers below 64 KB. */
inline constexpr UINT32 segmentation_bytes = 0xff00;
inline constexpr UINT32 segmentation_minimum_segments = 2;
/* On slower links nothing may be segmented. */
inline constexpr UINT64 segmentation_bits_per_second = link_speed_bits_per_second;

/* A context, one for each fragment, and one more for each full descriptor within a fragment. */
inline constexpr UINT32 tx_descriptors_per_packet =
	1 + tx_fragments_per_packet + 0x10000 / tx_bytes_per_descriptor;

/* Context descriptors and TSO headers hold 8-bit offsets. TCP's checksum is 16 bytes in. */
inline constexpr UINT32 header_offset = 255;
inline constexpr UINT32 tcp_checksum_offset = 16;
inline constexpr UINT32 udp_checksum_offset = 6;
inline constexpr UINT32 ipv4_checksum_offset = 10;
inline constexpr UINT32 maximum_tcp_header_bytes = 60;
inline constexpr UINT32 checksum_layer4_offset = header_offset - tcp_checksum_offset;

/* Payload that has to be in one buffer with the headers of a packet that is segmented (erratum). */
inline constexpr UINT32 tx_head_payload_bytes = 4;
/*
 * Ethernet with a tag, IPv4 with all its options: what else there may be is segmented in software.
 */
inline constexpr UINT32 segmentation_layer4_offset = 14 + 4 + 60;
inline constexpr UINT32 tx_head_bytes =
	segmentation_layer4_offset + maximum_tcp_header_bytes + tx_head_payload_bytes;
/*
 * From one such buffer to the next. None lies across two pages, since a common buffer begins at a
 * page: behind an IOMMU its pages are anywhere in memory, and QEMU's 82574L drops a packet with a
 * buffer that it cannot map in one piece.
 */
inline constexpr UINT32 tx_head_stride = 256;
static_assert(tx_head_stride >= tx_head_bytes && 4096 % tx_head_stride == 0);

/* Ring lengths are multiples of 128 bytes, eight descriptors; TDH and TDT count in 16 bits. */
inline constexpr UINT32 ring_minimum = 8;
inline constexpr UINT32 ring_maximum = 32768;
inline constexpr UINT32 ring_default = 256;

inline constexpr UINT32 multicast_addresses = 128;

/*
 * At most 15600 interrupts per second for received packets; for sent ones, which nobody waits for
 * as long as the ring has room, 8000. The timers go up to 16.7 ms.
 */
inline constexpr UINT32 default_rx_moderation_us = 64;
inline constexpr UINT32 default_tx_moderation_us = 125;
inline constexpr UINT32 maximum_moderation_us = 10000;

} /* namespace e1000e::limits */

#endif /* E1000E_LIMITS_H */

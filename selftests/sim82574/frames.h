/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Frames for tests: built, and looked at. */
#ifndef SIM82574_FRAMES_H
#define SIM82574_FRAMES_H

#include "sim82574/machine.h"

namespace sim82574
{

/* What a frame consists of. */
struct FrameSpec {
	bool ipv6 = false;
	/* TCP, or UDP. */
	bool tcp = true;
	UINT32 payload = 100;
	/* Bytes of IPv4 options, a multiple of 4. */
	UINT32 options = 0;
	std::optional<UINT16> tag;
	/* Checksums as they are when the hardware is to fill them in: the pseudo header's sum. */
	bool partial = false;
	/* With @partial: that sum is without the length, as for segmentation. */
	bool segmented = false;
};

/* To 52:54:00:12:34:56, the simulated NIC's address. */
Bytes make_frame(const FrameSpec &spec);
/* The layout of such a frame. */
NET_PACKET_LAYOUT layout_of(const FrameSpec &spec);
UINT32 header_bytes(const FrameSpec &spec);
/* No protocol anybody knows: only bytes, @length of them. */
Bytes plain_frame(UINT32 length);

/* Whether the checksums in a frame without a tag are right. */
bool ip_checksum_is_right(const Bytes &frame);
bool layer4_checksum_is_right(const Bytes &frame);

} // namespace sim82574

#endif /* SIM82574_FRAMES_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A packet to send, in one piece of memory, as the frames that leave the NIC: with checksums filled
 * in, cut into segments.
 */
#ifndef SIM_TRANSMISSION_H
#define SIM_TRANSMISSION_H

#include "headers.h"

namespace sim
{

/* What a packet asks for. */
struct TransmitRequest {
	NET_PACKET_LAYOUT layout;
	bool layer3_checksum;
	bool layer4_checksum;
	/* Bytes of payload in each segment; 0: one frame. */
	UINT32 mss;
};

class Transmission
{
public:
	/* False: what is asked for does not fit the packet. @bytes may be written to. */
	bool prepare(UINT8 *bytes, UINT32 length, const TransmitRequest &request);

	UINT32 frames() const { return count; }
	UINT32 frame_length(UINT32 index) const;
	void write_frame(UINT32 index, UINT8 *to) const;
	/* The first frame; of one that is cut off, no more than its headers can be looked at. */
	const UINT8 *first_frame() const { return packet; }

private:
	bool fits(const TransmitRequest &request) const;
	void write_segment_headers(UINT32 index, UINT8 *frame) const;

	UINT32 layer3_start() const { return layer2; }
	UINT32 layer4_start() const { return layer2 + layer3; }

	UINT8 *packet;
	UINT32 bytes_of_packet;
	UINT32 layer2;
	UINT32 layer3;
	/* All headers, repeated in each segment. */
	UINT32 headers;
	UINT32 mss;
	UINT32 count;
	bool ipv4;
	bool tcp;
};

} /* namespace sim */

#endif /* SIM_TRANSMISSION_H */

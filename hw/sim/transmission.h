/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Transmit offloads: turns a packet in contiguous memory into the frames on the wire, with
 * checksums filled in, and segmented.
 */
#ifndef SIM_TRANSMISSION_H
#define SIM_TRANSMISSION_H

#include "headers.h"

namespace sim
{

/* The offloads that a packet's extensions request. */
struct TransmitRequest {
	NET_PACKET_LAYOUT layout;
	bool layer3_checksum;
	bool layer4_checksum;
	/* Payload bytes of each segment; 0: no segmentation. */
	UINT32 mss;
};

class Transmission
{
public:
	/* False if the request does not match the packet's headers. @bytes may be modified. */
	bool prepare(UINT8 *bytes, UINT32 length, const TransmitRequest &request);

	UINT32 frames() const { return count; }
	UINT32 frame_length(UINT32 index) const;
	void write_frame(UINT32 index, UINT8 *to) const;
	/* The first frame; if the packet is segmented, only its headers are valid. */
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
	/* Length of all headers, which each segment repeats. */
	UINT32 headers;
	UINT32 mss;
	UINT32 count;
	bool ipv4;
	bool tcp;
};

} /* namespace sim */

#endif /* SIM_TRANSMISSION_H */

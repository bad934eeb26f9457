/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Parses the headers of a frame in contiguous memory, and computes their checksums. */
#ifndef SIM_HEADERS_H
#define SIM_HEADERS_H

#include "limits.h"
#include <netadaptercx.h>

namespace sim
{

struct Headers {
	/* Length of the Ethernet header with tags: the offset of layer 3. */
	UINT32 layer2_bytes;
	/* Includes IPv4 options or IPv6 extension headers. */
	UINT32 layer3_bytes;
	/* 0 unless there is a complete TCP or UDP header. */
	UINT32 layer4_bytes;
	/* Offset of the end of the IP packet; padding follows. */
	UINT32 end;
	NET_PACKET_LAYER3_TYPE layer3;
	NET_PACKET_LAYER4_TYPE layer4;

	bool is_ipv4() const
	{
		return layer3 >= NetPacketLayer3TypeIPv4UnspecifiedOptions &&
		       layer3 <= NetPacketLayer3TypeIPv4NoOptions;
	}
	bool is_ipv6() const { return layer3 >= NetPacketLayer3TypeIPv6UnspecifiedExtensions; }
	bool is_tcp() const { return layer4 == NetPacketLayer4TypeTcp && layer4_bytes; }
	bool is_udp() const { return layer4 == NetPacketLayer4TypeUdp && layer4_bytes; }
	UINT32 layer4_start() const { return layer2_bytes + layer3_bytes; }
};

/* A layer that is missing or incomplete is Unspecified, with length 0. */
Headers parse_headers(const UINT8 *frame, UINT32 length);

UINT32 read_be16(const UINT8 *at);
UINT32 read_be32(const UINT8 *at);
void write_be16(UINT8 *at, UINT32 value);
void write_be32(UINT8 *at, UINT32 value);

namespace checksum
{

/* Adds bytes to a one's complement sum; @bytes must be at an even offset of what is summed. */
UINT32 add(UINT32 sum, const UINT8 *bytes, UINT32 length);
/* Folds a sum to 16 bits. */
UINT32 fold(UINT32 sum);
/* Sum of the pseudo header: addresses, protocol and length of layer 4. */
UINT32 pseudo_header(const UINT8 *frame, const Headers &headers);
bool is_layer3_valid(const UINT8 *frame, const Headers &headers);
/* True if the TCP or UDP checksum is right, or a UDP packet has none. */
bool is_layer4_valid(const UINT8 *frame, const Headers &headers);

} /* namespace checksum */

} /* namespace sim */

#endif /* SIM_HEADERS_H */

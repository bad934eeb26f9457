/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The headers of a frame in one piece of memory, as a NIC looks at them: found, and summed up. */
#ifndef SIM_HEADERS_H
#define SIM_HEADERS_H

#include "limits.h"
#include <netadaptercx.h>

namespace sim
{

struct Headers {
	/* Of Ethernet, with tags; where the next begins. */
	UINT32 layer2_bytes;
	/* Options or extension headers included. */
	UINT32 layer3_bytes;
	/* 0 for anything but whole TCP and UDP headers. */
	UINT32 layer4_bytes;
	/* Where the IP packet ends: what follows is padding. */
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

/* What is not there, or not whole, is Unspecified and 0 bytes long. */
Headers parse_headers(const UINT8 *frame, UINT32 length);

UINT32 read_be16(const UINT8 *at);
UINT32 read_be32(const UINT8 *at);
void write_be16(UINT8 *at, UINT32 value);
void write_be32(UINT8 *at, UINT32 value);

namespace checksum
{

/* Adds bytes, from an even place on, to a sum in one's complement. */
UINT32 add(UINT32 sum, const UINT8 *bytes, UINT32 length);
/* To 16 bits. */
UINT32 fold(UINT32 sum);
/* Of addresses, protocol and length of the layer 4 packet. */
UINT32 pseudo_header(const UINT8 *frame, const Headers &headers);
bool is_layer3_valid(const UINT8 *frame, const Headers &headers);
/* Of TCP or UDP; a UDP packet without one is valid. */
bool is_layer4_valid(const UINT8 *frame, const Headers &headers);

} /* namespace checksum */

} /* namespace sim */

#endif /* SIM_HEADERS_H */

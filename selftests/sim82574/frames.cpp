// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "sim82574/frames.h"

#include <cstring>

namespace sim82574
{

constexpr UINT32 ethernet_bytes = 14;
constexpr UINT8 tcp_number = 6, udp_number = 17;
constexpr UINT8 addresses[12] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56,
				 0x02, 0x00, 0x00, 0x00, 0x00, 0x01};

static UINT32 layer3_bytes(const FrameSpec &spec)
{
	return spec.ipv6 ? 40 : 20 + spec.options;
}

static UINT32 layer4_bytes(const FrameSpec &spec)
{
	return spec.tcp ? 20 : 8;
}

UINT32 header_bytes(const FrameSpec &spec)
{
	return ethernet_bytes + (spec.tag ? 4 : 0) + layer3_bytes(spec) + layer4_bytes(spec);
}

Bytes plain_frame(UINT32 length)
{
	Bytes frame(addresses, addresses + sizeof(addresses));

	frame.push_back(0x88);
	frame.push_back(0xb5);
	while (frame.size() < length)
		frame.push_back(static_cast<UINT8>(frame.size() * 7));
	frame.resize(length);
	return frame;
}

static UINT32 pseudo_sum(const UINT8 *ip, bool ipv6, UINT8 protocol, UINT32 length)
{
	return ipv6 ? add_words(protocol + length, ip + 8, 32)
		    : add_words(protocol + length, ip + 12, 8);
}

Bytes make_frame(const FrameSpec &spec)
{
	const UINT32 layer4_length = layer4_bytes(spec) + spec.payload;
	const UINT8 protocol = spec.tcp ? tcp_number : udp_number;
	Bytes frame(addresses, addresses + sizeof(addresses));
	UINT32 at = sizeof(addresses);

	frame.resize(header_bytes(spec) + spec.payload);
	if (spec.tag) {
		write16(&frame[at], 0x8100);
		write16(&frame[at + 2], *spec.tag);
		at += 4;
	}
	write16(&frame[at], spec.ipv6 ? 0x86dd : 0x0800);
	at += 2;

	UINT8 *ip = &frame[at];

	if (spec.ipv6) {
		ip[0] = 0x60;
		write16(ip + 4, layer4_length);
		ip[6] = protocol;
		ip[7] = 64;
		for (UINT32 i = 0; i < 32; i++)
			ip[8 + i] = static_cast<UINT8>(0x20 + i);
	} else {
		ip[0] = static_cast<UINT8>(0x40 | layer3_bytes(spec) / 4);
		write16(ip + 2, layer3_bytes(spec) + layer4_length);
		write16(ip + 4, 0x1234);
		ip[8] = 64;
		ip[9] = protocol;
		/* 66.9.149.187 to 161.142.100.80, of the published examples of the hash. */
		write32(ip + 12, 0x420995bb);
		write32(ip + 16, 0xa18e6450);
		for (UINT32 i = 0; i < spec.options; i++)
			ip[20 + i] = 1;
		if (!spec.partial)
			write16(ip + 10,
				static_cast<UINT16>(~fold(add_words(0, ip, layer3_bytes(spec)))));
	}

	UINT8 *layer4 = ip + layer3_bytes(spec);
	UINT8 *checksum = layer4 + (spec.tcp ? 16 : 6);

	write16(layer4, 2794);
	write16(layer4 + 2, 1766);
	if (spec.tcp) {
		write32(layer4 + 4, 0x01020304);
		layer4[12] = 0x50;
		layer4[13] = 0x19; /* ACK, PSH, FIN */
	} else {
		write16(layer4 + 4, layer4_length);
	}
	for (UINT32 i = 0; i < spec.payload; i++)
		layer4[layer4_bytes(spec) + i] = static_cast<UINT8>(i * 13);

	const UINT32 pseudo =
		pseudo_sum(ip, spec.ipv6, protocol, spec.segmented ? 0 : layer4_length);

	write16(checksum, spec.partial ? fold(pseudo)
				       : static_cast<UINT16>(
						 ~fold(add_words(pseudo, layer4, layer4_length))));
	return frame;
}

NET_PACKET_LAYOUT layout_of(const FrameSpec &spec)
{
	NET_PACKET_LAYOUT layout = {};

	layout.Layer2Type = NetPacketLayer2TypeEthernet;
	layout.Layer2HeaderLength = spec.tag ? 18 : 14;
	layout.Layer3Type = spec.ipv6	   ? NetPacketLayer3TypeIPv6NoExtensions
			    : spec.options ? NetPacketLayer3TypeIPv4WithOptions
					   : NetPacketLayer3TypeIPv4NoOptions;
	layout.Layer3HeaderLength = layer3_bytes(spec) & 0x1ff;
	layout.Layer4Type = spec.tcp ? NetPacketLayer4TypeTcp : NetPacketLayer4TypeUdp;
	layout.Layer4HeaderLength = layer4_bytes(spec) & 0xff;
	return layout;
}

bool ip_checksum_is_right(const Bytes &frame)
{
	const UINT32 length = (frame[ethernet_bytes] & 15) * 4U;

	return fold(add_words(0, &frame[ethernet_bytes], length)) == 0xffff;
}

bool layer4_checksum_is_right(const Bytes &frame)
{
	const bool ipv6 = frame[ethernet_bytes] >> 4 == 6;
	const UINT8 *ip = &frame[ethernet_bytes];
	const UINT32 header = ipv6 ? 40 : (ip[0] & 15) * 4U;
	const UINT32 length = ipv6 ? read16(ip + 4) : read16(ip + 2) - header;

	return fold(add_words(pseudo_sum(ip, ipv6, ipv6 ? ip[6] : ip[9], length), ip + header,
			      length)) == 0xffff;
}

} // namespace sim82574

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: RFC 791 (IPv4), RFC 8200 (IPv6), RFC 9293 (TCP), RFC 768 (UDP), RFC 1071 (checksums). */
#include "headers.h"

namespace sim
{

namespace
{

constexpr UINT32 ethertype_ipv4 = 0x0800;
constexpr UINT32 ethertype_ipv6 = 0x86dd;
constexpr UINT32 ethertype_service_vlan = 0x88a8;

constexpr UINT32 protocol_hop_by_hop = 0;
constexpr UINT32 protocol_tcp = 6;
constexpr UINT32 protocol_udp = 17;
constexpr UINT32 protocol_routing = 43;
constexpr UINT32 protocol_fragment = 44;
constexpr UINT32 protocol_destination_options = 60;

constexpr UINT32 ipv4_bytes = 20;
constexpr UINT32 ipv6_bytes = 40;
constexpr UINT32 tcp_bytes = 20;
constexpr UINT32 udp_bytes = 8;
constexpr UINT32 ipv4_fragment_mask = 0x3fff;
constexpr UINT32 ipv6_fragment_mask = 0xfff9;
constexpr UINT32 udp_checksum_offset = 6;

void parse_layer4(const UINT8 *frame, UINT32 protocol, Headers *headers)
{
	const UINT32 start = headers->layer4_start();
	const UINT32 left = headers->end - start;

	if (protocol == protocol_tcp) {
		headers->layer4 = NetPacketLayer4TypeTcp;
		if (left >= tcp_bytes) {
			const UINT32 bytes = (frame[start + 12] >> 4) * 4;

			headers->layer4_bytes = bytes >= tcp_bytes && bytes <= left ? bytes : 0;
		}
	} else if (protocol == protocol_udp) {
		headers->layer4 = NetPacketLayer4TypeUdp;
		headers->layer4_bytes = left >= udp_bytes ? udp_bytes : 0;
	} else {
		headers->layer4 = NetPacketLayer4TypeIPNotFragment;
	}
}

void parse_ipv4(const UINT8 *frame, UINT32 length, Headers *headers)
{
	const UINT8 *ip = frame + headers->layer2_bytes;
	const UINT32 left = length - headers->layer2_bytes;

	if (left < ipv4_bytes || ip[0] >> 4 != 4)
		return;

	const UINT32 bytes = (ip[0] & 15) * 4;
	const UINT32 total = read_be16(ip + 2);

	if (bytes < ipv4_bytes || bytes > left || total < bytes || total > left)
		return;
	headers->layer3 = bytes == ipv4_bytes ? NetPacketLayer3TypeIPv4NoOptions
					      : NetPacketLayer3TypeIPv4WithOptions;
	headers->layer3_bytes = bytes;
	headers->end = headers->layer2_bytes + total;
	if (read_be16(ip + 6) & ipv4_fragment_mask)
		headers->layer4 = NetPacketLayer4TypeIPFragment;
	else
		parse_layer4(frame, ip[9], headers);
}

bool is_ipv6_extension(UINT32 protocol)
{
	return protocol == protocol_hop_by_hop || protocol == protocol_routing ||
	       protocol == protocol_fragment || protocol == protocol_destination_options;
}

void parse_ipv6(const UINT8 *frame, UINT32 length, Headers *headers)
{
	const UINT8 *ip = frame + headers->layer2_bytes;
	const UINT32 left = length - headers->layer2_bytes;

	if (left < ipv6_bytes || ip[0] >> 4 != 6)
		return;

	const UINT32 total = ipv6_bytes + read_be16(ip + 4);
	UINT32 bytes = ipv6_bytes;
	UINT32 protocol = ip[6];
	bool fragment = false;

	if (total > left)
		return;
	while (is_ipv6_extension(protocol) && bytes + 8 <= total) {
		const UINT8 *extension = ip + bytes;

		if (protocol == protocol_fragment) {
			fragment = fragment || read_be16(extension + 2) & ipv6_fragment_mask;
			bytes += 8;
		} else {
			bytes += 8 + extension[1] * 8U;
		}
		protocol = extension[0];
	}
	if (bytes > total)
		return;
	headers->layer3 = bytes == ipv6_bytes ? NetPacketLayer3TypeIPv6NoExtensions
					      : NetPacketLayer3TypeIPv6WithExtensions;
	headers->layer3_bytes = bytes;
	headers->end = headers->layer2_bytes + total;
	if (fragment)
		headers->layer4 = NetPacketLayer4TypeIPFragment;
	else
		parse_layer4(frame, protocol, headers);
}

} /* namespace */

UINT32 read_be16(const UINT8 *at)
{
	return static_cast<UINT32>(at[0]) << 8 | at[1];
}

UINT32 read_be32(const UINT8 *at)
{
	return read_be16(at) << 16 | read_be16(at + 2);
}

void write_be16(UINT8 *at, UINT32 value)
{
	at[0] = static_cast<UINT8>(value >> 8);
	at[1] = static_cast<UINT8>(value);
}

void write_be32(UINT8 *at, UINT32 value)
{
	write_be16(at, value >> 16);
	write_be16(at + 2, value);
}

Headers parse_headers(const UINT8 *frame, UINT32 length)
{
	Headers headers = {};
	UINT32 ethertype;

	headers.end = length;
	headers.layer2_bytes = ethernet_header_bytes;
	if (length < headers.layer2_bytes)
		return headers;
	ethertype = read_be16(frame + ethernet_header_bytes - 2);
	while ((ethertype == ethertype_vlan || ethertype == ethertype_service_vlan) &&
	       headers.layer2_bytes + vlan_tag_bytes <= length) {
		headers.layer2_bytes += vlan_tag_bytes;
		ethertype = read_be16(frame + headers.layer2_bytes - 2);
	}
	if (ethertype == ethertype_ipv4)
		parse_ipv4(frame, length, &headers);
	else if (ethertype == ethertype_ipv6)
		parse_ipv6(frame, length, &headers);
	return headers;
}

namespace checksum
{

UINT32 fold(UINT32 sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

UINT32 add(UINT32 sum, const UINT8 *bytes, UINT32 length)
{
	UINT64 wide = sum;
	UINT32 i = 0;

	for (; i + 4 <= length; i += 4)
		wide += read_be32(bytes + i);
	for (; i + 2 <= length; i += 2)
		wide += read_be16(bytes + i);
	if (i < length)
		wide += static_cast<UINT32>(bytes[i]) << 8;
	/* Modulo 2^16 - 1, 2^32 is congruent to 1, so the upper half can be added. */
	wide = (wide & 0xffffffff) + (wide >> 32);
	wide = (wide & 0xffffffff) + (wide >> 32);
	return fold(static_cast<UINT32>(wide));
}

UINT32 pseudo_header(const UINT8 *frame, const Headers &headers)
{
	const UINT8 *ip = frame + headers.layer2_bytes;
	const UINT32 protocol =
		headers.layer4 == NetPacketLayer4TypeTcp ? protocol_tcp : protocol_udp;
	const UINT32 sum = protocol + (headers.end - headers.layer4_start());

	return headers.is_ipv4() ? add(sum, ip + 12, 8) : add(sum, ip + 8, 32);
}

bool is_layer3_valid(const UINT8 *frame, const Headers &headers)
{
	return add(0, frame + headers.layer2_bytes, headers.layer3_bytes) == 0xffff;
}

bool is_layer4_valid(const UINT8 *frame, const Headers &headers)
{
	const UINT32 start = headers.layer4_start();

	if (headers.is_udp() && headers.is_ipv4() &&
	    !read_be16(frame + start + udp_checksum_offset))
		return true;
	return add(pseudo_header(frame, headers), frame + start, headers.end - start) == 0xffff;
}

} /* namespace checksum */

} /* namespace sim */

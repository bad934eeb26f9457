// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * As in hardware, a layer 4 checksum is started with the value of its field: the sum of the pseudo
 * header, with segmentation without the length.
 */
#include "transmission.h"

namespace sim
{

namespace
{
constexpr UINT32 ipv4_length = 2;
constexpr UINT32 ipv4_identification = 4;
constexpr UINT32 ipv4_checksum = 10;
constexpr UINT32 ipv6_length = 4;
constexpr UINT32 ipv6_bytes = 40;
constexpr UINT32 tcp_sequence = 4;
constexpr UINT32 tcp_flags = 13;
constexpr UINT32 tcp_checksum = 16;
constexpr UINT32 udp_length = 4;
constexpr UINT32 udp_checksum = 6;

constexpr UINT8 flag_fin = 0x01;
constexpr UINT8 flag_push = 0x08;
constexpr UINT8 flag_congestion_window_reduced = 0x80;
} /* namespace */

bool Transmission::fits(const TransmitRequest &request) const
{
	if (!request.mss && !request.layer3_checksum && !request.layer4_checksum)
		return true;
	if (layer2 < ethernet_header_bytes || !layer3 ||
	    layer4_start() + (tcp ? tcp_checksum : udp_checksum) + 2 > bytes_of_packet)
		return false;
	return !request.mss || (headers > layer4_start() && headers < bytes_of_packet);
}

bool Transmission::prepare(UINT8 *bytes, UINT32 length, const TransmitRequest &request)
{
	const NET_PACKET_LAYOUT &layout = request.layout;

	packet = bytes;
	bytes_of_packet = length;
	layer2 = layout.Layer2HeaderLength;
	layer3 = layout.Layer3HeaderLength;
	headers = layer2 + layer3 + layout.Layer4HeaderLength;
	mss = request.mss;
	count = 1;
	ipv4 = layout.Layer3Type >= NetPacketLayer3TypeIPv4UnspecifiedOptions &&
	       layout.Layer3Type <= NetPacketLayer3TypeIPv4NoOptions;
	tcp = layout.Layer4Type == NetPacketLayer4TypeTcp;
	if (!fits(request))
		return false;

	if (mss) {
		count = (bytes_of_packet - headers + mss - 1) / mss;
		/* first_frame() needs the headers of the first segment. */
		write_segment_headers(0, packet);
		return true;
	}
	if (request.layer3_checksum && ipv4) {
		UINT8 *ip = packet + layer3_start();

		write_be16(ip + ipv4_checksum, 0);
		write_be16(ip + ipv4_checksum, ~checksum::add(0, ip, layer3));
	}
	if (request.layer4_checksum) {
		UINT8 *field = packet + layer4_start() + (tcp ? tcp_checksum : udp_checksum);
		const UINT32 sum = ~checksum::add(0, packet + layer4_start(),
						  bytes_of_packet - layer4_start()) &
				   0xffff;

		/* 0 means "no checksum" in UDP; 0xffff is equivalent. */
		write_be16(field, sum || tcp ? sum : 0xffff);
	}
	return true;
}

UINT32 Transmission::frame_length(UINT32 index) const
{
	if (!mss)
		return bytes_of_packet;
	if (index + 1 < count)
		return headers + mss;
	return bytes_of_packet - index * mss;
}

/* Lengths, sequence number and flags of one segment; write_frame() adds the layer 4 checksum. */
void Transmission::write_segment_headers(UINT32 index, UINT8 *frame) const
{
	const UINT32 length = frame_length(index);
	UINT8 *ip = frame + layer3_start();
	UINT8 *layer4 = frame + layer4_start();

	if (ipv4) {
		write_be16(ip + ipv4_length, length - layer3_start());
		write_be16(ip + ipv4_identification, read_be16(ip + ipv4_identification) + index);
		write_be16(ip + ipv4_checksum, 0);
		write_be16(ip + ipv4_checksum, ~checksum::add(0, ip, layer3));
	} else {
		write_be16(ip + ipv6_length, length - layer3_start() - ipv6_bytes);
	}
	if (tcp)
		write_be32(layer4 + tcp_sequence, read_be32(layer4 + tcp_sequence) + index * mss);
	else
		write_be16(layer4 + udp_length, length - layer4_start());
}

void Transmission::write_frame(UINT32 index, UINT8 *to) const
{
	const UINT32 length = frame_length(index);

	if (!mss) {
		RtlCopyMemory(to, packet, length);
		return;
	}
	RtlCopyMemory(to, packet, headers);
	RtlCopyMemory(to + headers, packet + headers + static_cast<SIZE_T>(index) * mss,
		      length - headers);
	write_segment_headers(index, to);

	UINT8 *layer4 = to + layer4_start();
	UINT8 *field = layer4 + (tcp ? tcp_checksum : udp_checksum);
	const UINT32 layer4_bytes = length - layer4_start();

	if (tcp && index + 1 < count)
		layer4[tcp_flags] &= static_cast<UINT8>(~(flag_fin | flag_push));
	if (tcp && index)
		layer4[tcp_flags] &= static_cast<UINT8>(~flag_congestion_window_reduced);
	write_be16(field, ~checksum::add(layer4_bytes, layer4, layer4_bytes));
}

} /* namespace sim */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What the simulated NIC does to frames: finds headers, sums up, cuts, hashes. Other tests rely on it.

#include <gtest/gtest.h>

#include "hw/sim/receive_scaling.h"
#include "hw/sim/transmission.h"

#include <netreceivescaling.h>
#include <net/packethash.h>

#include <array>
#include <cstring>
#include <vector>

namespace
{

using namespace sim;
using Bytes = std::vector<UINT8>;

constexpr UINT8 tcp = 6;
constexpr UINT8 udp = 17;

Bytes operator+(Bytes a, const Bytes &b)
{
	a.insert(a.end(), b.begin(), b.end());
	return a;
}

Bytes be16(UINT32 value)
{
	return {static_cast<UINT8>(value >> 8), static_cast<UINT8>(value)};
}

Bytes ethernet(UINT32 type, const Bytes &tags = {})
{
	return Bytes{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2} + tags + be16(type);
}

Bytes ipv4(UINT8 protocol, UINT32 payload, const Bytes &options = {}, UINT32 fragment = 0)
{
	const UINT32 bytes = 20 + static_cast<UINT32>(options.size());

	return Bytes{static_cast<UINT8>(0x40 | bytes / 4), 0} + be16(bytes + payload) +
	       be16(0x1234) + be16(fragment) +
	       Bytes{64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2} + options;
}

Bytes ipv6(UINT8 next, UINT32 payload)
{
	Bytes header = Bytes{0x60, 0, 0, 0} + be16(payload) + Bytes{next, 64};

	header.resize(40);
	header[23] = 1;
	header[39] = 2;
	return header;
}

Bytes tcp_header(UINT8 flags, const Bytes &options = {})
{
	return Bytes{0x12,
		     0x34,
		     0,
		     80,
		     0xff,
		     0xff,
		     0xff,
		     0x00,
		     0,
		     0,
		     0,
		     0,
		     static_cast<UINT8>((20 + options.size()) / 4 << 4),
		     flags,
		     0xff,
		     0xff,
		     0,
		     0,
		     0,
		     0} +
	       options;
}

Bytes udp_header(UINT32 payload)
{
	return Bytes{0x12, 0x34, 0, 53} + be16(8 + payload) + Bytes{0, 0};
}

Bytes payload(SIZE_T length)
{
	Bytes bytes(length);

	for (SIZE_T i = 0; i < length; i++)
		bytes[i] = static_cast<UINT8>(i * 7 + 3);
	return bytes;
}

Headers parse(const Bytes &frame)
{
	return parse_headers(frame.data(), static_cast<UINT32>(frame.size()));
}

/* As the stack leaves it: the sum of the pseudo header, for segmentation without the length. */
void seed(Bytes *frame, bool with_length)
{
	const Headers headers = parse(*frame);
	const UINT32 field = headers.layer4_start() + (headers.is_tcp() ? 16 : 6);
	UINT32 sum = checksum::pseudo_header(frame->data(), headers);

	if (!with_length)
		sum = checksum::fold(sum + (~(headers.end - headers.layer4_start()) & 0xffff));
	write_be16(frame->data() + field, sum);
}

TransmitRequest request_for(const Bytes &frame, UINT32 mss)
{
	const Headers headers = parse(frame);
	TransmitRequest request = {};

	request.layout.Layer2HeaderLength = headers.layer2_bytes & 0x7f;
	request.layout.Layer3HeaderLength = headers.layer3_bytes & 0x1ff;
	request.layout.Layer4HeaderLength = headers.layer4_bytes & 0xff;
	request.layout.Layer3Type = headers.layer3 & 0xf;
	request.layout.Layer4Type = headers.layer4 & 0xf;
	request.layer4_checksum = true;
	request.layer3_checksum = headers.is_ipv4();
	request.mss = mss;
	return request;
}

std::vector<Bytes> send(Bytes packet, const TransmitRequest &request)
{
	std::vector<Bytes> frames;
	Transmission transmission;

	if (!transmission.prepare(packet.data(), static_cast<UINT32>(packet.size()), request))
		return frames;
	for (UINT32 i = 0; i < transmission.frames(); i++) {
		frames.emplace_back(transmission.frame_length(i));
		transmission.write_frame(i, frames.back().data());
	}
	return frames;
}

/* ---- headers ---- */

TEST(SimHeaders, AreFoundInWhatIsWhole)
{
	const Bytes frame = ethernet(0x0800) + ipv4(tcp, 20 + 5) + tcp_header(0x10) + payload(5);
	const Headers headers = parse(frame);

	EXPECT_EQ(headers.layer2_bytes, 14u);
	EXPECT_EQ(headers.layer3, NetPacketLayer3TypeIPv4NoOptions);
	EXPECT_EQ(headers.layer3_bytes, 20u);
	EXPECT_EQ(headers.layer4, NetPacketLayer4TypeTcp);
	EXPECT_EQ(headers.layer4_bytes, 20u);
	EXPECT_EQ(headers.end, frame.size());
}

TEST(SimHeaders, TagsOptionsAndExtensionHeadersArePassed)
{
	const Bytes tag = be16(0x8100) + be16(100);
	Headers headers = parse(ethernet(0x0800, be16(0x88a8) + be16(7) + tag) +
				ipv4(udp, 8, Bytes(8)) + udp_header(0));

	EXPECT_EQ(headers.layer2_bytes, 22u);
	EXPECT_EQ(headers.layer3, NetPacketLayer3TypeIPv4WithOptions);
	EXPECT_EQ(headers.layer3_bytes, 28u);
	EXPECT_TRUE(headers.is_udp());

	Bytes hop = payload(16);

	hop[0] = udp;
	hop[1] = 1;
	headers = parse(ethernet(0x86dd, tag) + ipv6(0, 16 + 8) + hop + udp_header(0));
	EXPECT_EQ(headers.layer3, NetPacketLayer3TypeIPv6WithExtensions);
	EXPECT_EQ(headers.layer3_bytes, 56u);
	EXPECT_TRUE(headers.is_udp());
}

TEST(SimHeaders, PaddingIsNoPartOfThePacket)
{
	const Bytes packet = ethernet(0x0800) + ipv4(udp, 8 + 1) + udp_header(1) + payload(1);
	Bytes frame = packet;

	frame.resize(60);
	EXPECT_EQ(parse(frame).end, packet.size());
}

TEST(SimHeaders, FragmentsHaveNoLayer4)
{
	EXPECT_EQ(parse(ethernet(0x0800) + ipv4(tcp, 24, {}, 0x2000) + payload(24)).layer4,
		  NetPacketLayer4TypeIPFragment);
	EXPECT_EQ(parse(ethernet(0x86dd) + ipv6(44, 16) + Bytes{tcp, 0, 0, 8, 0, 0, 0, 0} +
			payload(8))
			  .layer4,
		  NetPacketLayer4TypeIPFragment);
}

/* Every way of being cut off: nothing is read behind the end, which the sanitizer sees to. */
TEST(SimHeaders, CutOffFramesAreNotReadPastTheirEnd)
{
	Bytes hop = payload(16);

	hop[0] = tcp;
	hop[1] = 1;
	const Bytes frames[] = {
		ethernet(0x0800, be16(0x8100) + be16(1)) + ipv4(tcp, 20, Bytes(8)) + tcp_header(0),
		ethernet(0x86dd) + ipv6(0, 16 + 20) + hop + tcp_header(0),
		ethernet(0x0800) + ipv4(udp, 8) + udp_header(0),
	};

	for (const Bytes &frame : frames) {
		for (SIZE_T length = 0; length <= frame.size(); length++) {
			const Bytes cut(frame.begin(), frame.begin() + static_cast<long>(length));
			const Headers headers = parse(cut);

			EXPECT_EQ(headers.layer4_bytes != 0, length == frame.size()) << length;
		}
	}
}

/* ---- checksums ---- */

TEST(SimChecksum, IsThatOfRfc1071)
{
	const Bytes example = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};

	EXPECT_EQ(checksum::add(0, example.data(), 8), 0xddf2u);
	EXPECT_EQ(checksum::add(0, example.data(), 7), checksum::fold(0xddf2 + (~0xf7u & 0xffff)));
}

TEST(SimChecksum, InsertedOnesAreValidAndAFlippedBitIsNot)
{
	const Bytes frames[] = {
		ethernet(0x0800) + ipv4(tcp, 20 + 101) + tcp_header(0x18) + payload(101),
		ethernet(0x0800) + ipv4(udp, 8 + 100) + udp_header(100) + payload(100),
		ethernet(0x86dd) + ipv6(tcp, 20 + 1) + tcp_header(0x10) + payload(1),
		ethernet(0x86dd) + ipv6(udp, 8) + udp_header(0),
	};

	for (Bytes frame : frames) {
		const Headers headers = parse(frame);

		seed(&frame, true);
		const std::vector<Bytes> sent = send(frame, request_for(frame, 0));

		ASSERT_EQ(sent.size(), 1u);
		EXPECT_TRUE(checksum::is_layer4_valid(sent[0].data(), headers));
		if (headers.is_ipv4()) {
			EXPECT_TRUE(checksum::is_layer3_valid(sent[0].data(), headers));
		}

		Bytes broken = sent[0];

		broken[headers.end - 1] ^= 1;
		EXPECT_FALSE(checksum::is_layer4_valid(broken.data(), headers));
	}
}

TEST(SimChecksum, WithoutAPlaceIsRefused)
{
	const Bytes frame = ethernet(0x0800) + ipv4(udp, 8) + udp_header(0);
	TransmitRequest request = request_for(frame, 0);

	request.layout.Layer3HeaderLength = 26;
	EXPECT_TRUE(send(frame, request).empty());
	request.layout.Layer3HeaderLength = 0;
	EXPECT_TRUE(send(frame, request).empty());
}

/* ---- segmentation ---- */

void expect_segments(const Bytes &packet, UINT32 mss)
{
	const Headers whole = parse(packet);
	const UINT32 headers_bytes = whole.layer4_start() + whole.layer4_bytes;
	const Bytes data(packet.begin() + headers_bytes, packet.end());
	Bytes seeded = packet;
	Bytes received;

	seed(&seeded, false);
	const std::vector<Bytes> frames = send(seeded, request_for(packet, mss));

	ASSERT_EQ(frames.size(), (data.size() + mss - 1) / mss);
	for (SIZE_T i = 0; i < frames.size(); i++) {
		const Bytes &frame = frames[i];
		const Headers headers = parse(frame);
		const UINT8 *layer4 = frame.data() + headers.layer4_start();
		const UINT8 flags = layer4[13];
		const bool last = i + 1 == frames.size();

		EXPECT_EQ(headers.end, frame.size());
		EXPECT_EQ(read_be32(layer4 + 4), 0xffffff00u + static_cast<UINT32>(i) * mss);
		EXPECT_EQ(flags & 0x09, last ? 0x09 : 0);
		EXPECT_EQ(flags & 0x80, i ? 0 : 0x80);
		EXPECT_TRUE(checksum::is_layer4_valid(frame.data(), headers)) << i;
		if (headers.is_ipv4()) {
			EXPECT_TRUE(checksum::is_layer3_valid(frame.data(), headers)) << i;
			EXPECT_EQ(read_be16(frame.data() + headers.layer2_bytes + 4), 0x1234 + i);
		}
		received = received + Bytes(frame.begin() + headers_bytes, frame.end());
	}
	EXPECT_EQ(received, data);
}

TEST(SimSegmentation, SegmentsAddUpToTheStream)
{
	for (const UINT32 length : {1u, 99u, 100u, 101u, 1000u, 65000u}) {
		expect_segments(ethernet(0x0800) + ipv4(tcp, 20 + length) + tcp_header(0x99) +
					payload(length),
				100);
		expect_segments(ethernet(0x86dd) + ipv6(tcp, 32 + length) +
					tcp_header(0x99, Bytes(12)) + payload(length),
				100);
	}
}

TEST(SimSegmentation, WithoutDataIsRefused)
{
	const Bytes frame = ethernet(0x0800) + ipv4(tcp, 20) + tcp_header(0x10);

	EXPECT_TRUE(send(frame, request_for(frame, 100)).empty());
}

/* ---- receive scaling ---- */

class SimScaling : public ::testing::Test
{
protected:
	SimScaling()
	{
		static const UINT8 key[limits::hash_key_bytes] = {
			0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
			0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
			0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
			0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa};

		scaling.set_key(key);
		scaling.enable(NetAdapterReceiveScalingProtocolTypeIPv4 |
			       NetAdapterReceiveScalingProtocolTypeIPv6 |
			       NetAdapterReceiveScalingProtocolTypeTcp);
	}

	Hash hash(const Bytes &frame) const { return scaling.hash(frame.data(), parse(frame)); }

	ReceiveScaling scaling = {};
};

/* "Verifying the RSS Hash Calculation": 66.9.149.187:2794 to 161.142.100.80:1766. */
TEST_F(SimScaling, HashesAreThoseOfTheDocumentation)
{
	Bytes frame = ethernet(0x0800) + ipv4(tcp, 20) + tcp_header(0x10);
	const Bytes addresses = {66, 9, 149, 187, 161, 142, 100, 80};

	std::copy(addresses.begin(), addresses.end(), frame.begin() + 14 + 12);
	write_be16(frame.data() + 34, 2794);
	write_be16(frame.data() + 36, 1766);
	EXPECT_EQ(hash(frame).value, 0x51ccc178u);
	EXPECT_EQ(hash(frame).type, static_cast<UINT32>(NetPacketHashProtocolTypeIPv4 |
							NetPacketHashProtocolTypeTcp));
	frame[14 + 9] = 1;
	EXPECT_EQ(hash(frame).value, 0x323e8fc2u);
	EXPECT_EQ(hash(frame).type, static_cast<UINT32>(NetPacketHashProtocolTypeIPv4));
}

TEST_F(SimScaling, WhatIsNotHashedGoesToTheFirstQueue)
{
	const Hash none = hash(ethernet(0x0806) + payload(46));

	for (UINT32 i = 0; i < limits::indirection_entries; i++)
		scaling.set_entry(i, 3);
	EXPECT_EQ(none.type, 0u);
	EXPECT_EQ(scaling.queue(none), 0u);
	EXPECT_EQ(scaling.queue(hash(ethernet(0x0800) + ipv4(1, 8) + payload(8))), 3u);
	scaling.disable();
	EXPECT_EQ(hash(ethernet(0x0800) + ipv4(1, 8) + payload(8)).type, 0u);
}

} // namespace

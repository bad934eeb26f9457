// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where each bit-field of the data-path structs lies. Static assertions in the headers hold sizes
// and offsets; bit-fields have no offset, so here they are compared with bytes.

#include <netcx/net/checksum.h>
#include <netcx/net/extension.h>
#include <netcx/net/fragment.h>
#include <netcx/net/gso.h>
#include <netcx/net/ieee8021q.h>
#include <netcx/net/lso.h>
#include <netcx/net/packet.h>
#include <netcx/net/packethash.h>
#include <netcx/net/ringcollection.h>
#include <netcx/net/rsc.h>

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <vector>

namespace
{

template <typename T>
std::vector<unsigned> Bytes(const T &value)
{
	std::array<unsigned char, sizeof(T)> bytes;

	memcpy(bytes.data(), &value, sizeof(T));
	return {bytes.begin(), bytes.end()};
}

using Vector = std::vector<unsigned>;

// The bytes of a T in which one field was set.
template <typename T, typename Setter>
Vector With(Setter set)
{
	T value;

	memset(&value, 0, sizeof(value));
	set(value);
	return Bytes(value);
}

#define WITH(type, assignment) With<type>([](type &s) { s.assignment; })

TEST(Layout, PacketLayoutCheckVector)
{
	NET_PACKET_LAYOUT layout = {};

	layout.Layer2HeaderLength = 14;
	layout.Layer3HeaderLength = 20;
	layout.Layer4HeaderLength = 32;
	layout.Layer2Type = NetPacketLayer2TypeEthernet;
	layout.Layer3Type = NetPacketLayer3TypeIPv4NoOptions;
	layout.Layer4Type = NetPacketLayer4TypeTcp;
	EXPECT_EQ(Bytes(layout), Vector({0x0e, 0x0a, 0x20, 0x32, 0x01}));
}

TEST(Layout, PacketLayoutFields)
{
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer2HeaderLength = 0x7f), Vector({0x7f, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer3HeaderLength = 0x1ff),
		  Vector({0x80, 0xff, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer3HeaderLength = 1), Vector({0x80, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer4HeaderLength = 0xff), Vector({0, 0, 0xff, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer2Type = 0xf), Vector({0, 0, 0, 0x0f, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer3Type = 0xf), Vector({0, 0, 0, 0xf0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Layer4Type = 0xf), Vector({0, 0, 0, 0, 0x0f}));
	EXPECT_EQ(WITH(NET_PACKET_LAYOUT, Reserved0 = 0xf), Vector({0, 0, 0, 0, 0xf0}));
}

TEST(Layout, Packet)
{
	EXPECT_EQ(WITH(NET_PACKET, FragmentIndex = 0x04030201),
		  Vector({1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET, FragmentCount = 0x0605),
		  Vector({0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET, Layout.Layer2HeaderLength = 0x7f),
		  Vector({0, 0, 0, 0, 0, 0, 0x7f, 0, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET, Layout.Reserved0 = 0xf),
		  Vector({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0}));
	EXPECT_EQ(WITH(NET_PACKET, Ignore = 1), Vector({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01}));
	EXPECT_EQ(WITH(NET_PACKET, Scratch = 1), Vector({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02}));
	EXPECT_EQ(WITH(NET_PACKET, Reserved1 = 0x3f),
		  Vector({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xfc}));
}

TEST(Layout, Fragment)
{
	EXPECT_EQ(WITH(NET_FRAGMENT, ValidLength = NETCX_FRAGMENT_MAX_LENGTH),
		  Vector({0xff, 0xff, 0xff, 0x03, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_FRAGMENT, Capacity = NETCX_FRAGMENT_MAX_LENGTH),
		  Vector({0, 0, 0, 0xfc, 0xff, 0xff, 0x0f, 0}));
	EXPECT_EQ(WITH(NET_FRAGMENT, Offset = NETCX_FRAGMENT_MAX_OFFSET),
		  Vector({0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
	EXPECT_EQ(WITH(NET_FRAGMENT, Scratch = 1), Vector({0, 0, 0, 0, 0, 0, 0, 0x40}));
	EXPECT_EQ(WITH(NET_FRAGMENT, OsReserved_Bounced = 1), Vector({0, 0, 0, 0, 0, 0, 0, 0x80}));
	EXPECT_EQ(NETCX_FRAGMENT_MAX_LENGTH, 67108863u);
	EXPECT_EQ(NETCX_FRAGMENT_MAX_OFFSET, 1023u);
}

TEST(Layout, PacketExtensions)
{
	EXPECT_EQ(WITH(NET_PACKET_CHECKSUM, Layer2 = 3), Vector({0x03}));
	EXPECT_EQ(WITH(NET_PACKET_CHECKSUM, Layer3 = 3), Vector({0x0c}));
	EXPECT_EQ(WITH(NET_PACKET_CHECKSUM, Layer4 = 3), Vector({0x30}));
	EXPECT_EQ(WITH(NET_PACKET_CHECKSUM, Reserved = 3), Vector({0xc0}));

	EXPECT_EQ(WITH(NET_PACKET_GSO, TCP.Mss = 0xfffff), Vector({0xff, 0xff, 0x0f, 0}));
	EXPECT_EQ(WITH(NET_PACKET_GSO, TCP.Reserved0 = 0xfff), Vector({0, 0, 0xf0, 0xff}));
	EXPECT_EQ(WITH(NET_PACKET_GSO, UDP.Mss = 0xfffff), Vector({0xff, 0xff, 0x0f, 0}));
	EXPECT_EQ(WITH(NET_PACKET_GSO, UDP.Reserved0 = 0xfff), Vector({0, 0, 0xf0, 0xff}));
	EXPECT_EQ(WITH(NET_PACKET_LSO, TCP.Mss = 0xfffff), Vector({0xff, 0xff, 0x0f, 0}));
	EXPECT_EQ(WITH(NET_PACKET_LSO, TCP.Reserved0 = 0xfff), Vector({0, 0, 0xf0, 0xff}));

	EXPECT_EQ(WITH(NET_PACKET_RSC, TCP.CoalescedSegmentCount = 0x0201), Vector({1, 2, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_RSC, TCP.DuplicateAckCount = 0x0403), Vector({0, 0, 3, 4}));
	EXPECT_EQ(WITH(NET_PACKET_RSC, UDP.CoalescedSegmentCount = 0x0201), Vector({1, 2, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_RSC, UDP.CoalescedSegmentSize = 0x0403), Vector({0, 0, 3, 4}));
	EXPECT_EQ(WITH(NET_PACKET_RSC_TIMESTAMP, TCP.RscTcpTimestampDelta = 0x04030201),
		  Vector({1, 2, 3, 4}));

	EXPECT_EQ(WITH(NET_PACKET_IEEE8021Q, PriorityCodePoint = 7), Vector({0x07, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_IEEE8021Q, VlanIdentifier = 0xfff), Vector({0xf8, 0x7f, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_IEEE8021Q, TxTagging = 3), Vector({0, 0, 0x03, 0}));

	EXPECT_EQ(WITH(NET_PACKET_HASH, HashValue = 0x04030201), Vector({1, 2, 3, 4, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_PACKET_HASH, ProtocolType = 0x0605), Vector({0, 0, 0, 0, 5, 6, 0, 0}));
}

TEST(Layout, RingIndices)
{
	EXPECT_EQ(WITH(NET_RING_INDICES, Packet = 0x04030201), Vector({1, 2, 3, 4, 0, 0, 0, 0}));
	EXPECT_EQ(WITH(NET_RING_INDICES, Fragment = 0x04030201), Vector({0, 0, 0, 0, 1, 2, 3, 4}));
	EXPECT_EQ(WITH(NET_RING_INDICES, AsLONG64 = 1), Vector({1, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(Layout, Enumerations)
{
	EXPECT_EQ(NetPacketLayer2TypeUnspecified, 0);
	EXPECT_EQ(NetPacketLayer2TypeNull, 1);
	EXPECT_EQ(NetPacketLayer2TypeEthernet, 2);
	EXPECT_EQ(NetPacketLayer2TypeIeee80211, 3);
	EXPECT_EQ(NetPacketLayer3TypeUnspecified, 0);
	EXPECT_EQ(NetPacketLayer3TypeIPv4UnspecifiedOptions, 1);
	EXPECT_EQ(NetPacketLayer3TypeIPv4WithOptions, 2);
	EXPECT_EQ(NetPacketLayer3TypeIPv4NoOptions, 3);
	EXPECT_EQ(NetPacketLayer3TypeIPv6UnspecifiedExtensions, 4);
	EXPECT_EQ(NetPacketLayer3TypeIPv6WithExtensions, 5);
	EXPECT_EQ(NetPacketLayer3TypeIPv6NoExtensions, 6);
	EXPECT_EQ(NetPacketLayer4TypeUnspecified, 0);
	EXPECT_EQ(NetPacketLayer4TypeTcp, 1);
	EXPECT_EQ(NetPacketLayer4TypeUdp, 2);
	EXPECT_EQ(NetPacketLayer4TypeIPFragment, 3);
	EXPECT_EQ(NetPacketLayer4TypeIPNotFragment, 4);
	EXPECT_EQ(NET_PACKET_LAYER3_TYPE_IPV4_NO_OPTIONS, NetPacketLayer3TypeIPv4NoOptions);
	EXPECT_EQ(NetPacketTxChecksumActionPassthrough, 0);
	EXPECT_EQ(NetPacketTxChecksumActionRequired, 2);
	EXPECT_EQ(NetPacketRxChecksumEvaluationNotChecked, 0);
	EXPECT_EQ(NetPacketRxChecksumEvaluationValid, 1);
	EXPECT_EQ(NetPacketRxChecksumEvaluationInvalid, 2);
	EXPECT_EQ(NetPacketTxIeee8021qActionFlagPriorityRequired, 1);
	EXPECT_EQ(NetPacketTxIeee8021qActionFlagVlanRequired, 2);
	EXPECT_EQ(NetRingTypePacket, 0);
	EXPECT_EQ(NetRingTypeFragment, 1);
	EXPECT_EQ(NetRingTypeDataBuffer, 2);
	EXPECT_EQ(NET_RING_TYPE_PACKET, NetRingTypePacket);
	EXPECT_EQ(NET_RING_TYPE_FRAGMENT, NetRingTypeFragment);
	EXPECT_EQ(NetExtensionTypePacket, 1);
	EXPECT_EQ(NetExtensionTypeFragment, 2);
	EXPECT_EQ(NetExtensionTypeBuffer, 3);
}

} // namespace

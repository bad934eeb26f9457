// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/e1000e: received frames, from the wire over descriptors to the rings.

#include "e1000e_fixture.h"

using namespace unit;

class E1000eRx : public E1000eFixture
{
protected:
	void SetUp() override
	{
		machine.queues_created = [this] {
			if (scaling)
				enable_scaling();
		};
		machine.ring_size = 16;
		ASSERT_EQ(machine.open(), 0);
	}

	RxPath &path() { return *machine.rx[0]; }

	Descriptor *rx(UINT32 index) { return descriptor<Descriptor>(RDBAL, index); }

	/* What the device does to a descriptor when it has filled the buffer. */
	void write_back(UINT32 index, UINT32 length, UINT32 status)
	{
		rx(index)->low = status;
		rx(index)->high = length;
	}

	void reopen()
	{
		machine.close();
		ASSERT_EQ(machine.open(), 0);
	}

	void enable_scaling()
	{
		/* The key of the published examples. */
		static const UINT8 key[40] = {
			0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
			0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
			0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
			0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
		};
		netcx_adapter *adapter = machine.adapter();
		NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY entries[128] = {};

		EXPECT_EQ(netcx_core_receive_scaling_enable(
				  adapter, NetAdapterReceiveScalingHashTypeToeplitz,
				  adapter->receive_scaling.ReceiveScalingProtocolTypes),
			  0);
		EXPECT_EQ(netcx_core_receive_scaling_set_key(adapter, key), 0);
		for (UINT32 i = 0; i < 128; i++) {
			entries[i].Index = i;
			entries[i].PacketQueue = machine.interface()->rx[i == table_entry]->handle;
		}
		EXPECT_EQ(netcx_core_receive_scaling_set_entries(adapter, entries, 128), 0);
	}

	bool scaling = false;
	/* The one that goes to the second queue. */
	UINT32 table_entry = 0;
};

TEST_F(E1000eRx, PlainFrames)
{
	for (UINT32 length : {14u, 60u, 1514u, 2047u, 2048u}) {
		const Bytes frame = plain_frame(length);

		ASSERT_TRUE(nic().receive(frame));
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u);
		EXPECT_TRUE(received[0].sane && !received[0].ignored);
		EXPECT_EQ(received[0].bytes, frame);
		EXPECT_EQ(received[0].fragments, 1u);
		EXPECT_FALSE(received[0].tag);
	}
	EXPECT_TRUE(path().poll().empty());
}

TEST_F(E1000eRx, LongFrames)
{
	for (UINT32 length : {2049u, 4096u, 9018u, 9022u}) {
		const Bytes frame = plain_frame(length);

		ASSERT_TRUE(nic().receive(frame));
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u);
		EXPECT_EQ(received[0].bytes, frame);
		EXPECT_EQ(received[0].fragments, (length + 2047) / 2048);
	}
}

TEST_F(E1000eRx, RingWrapsManyTimes)
{
	for (UINT32 i = 0; i < 200; i++) {
		const Bytes frame = plain_frame(60 + i * 37 % 6000);

		ASSERT_TRUE(nic().receive(frame)) << i;
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u) << i;
		ASSERT_EQ(received[0].bytes, frame) << i;
	}
}

/* Nothing of a long frame is touched before its last buffer is there. */
TEST_F(E1000eRx, LongFrameArrivesInPieces)
{
	write_back(0, 2048, RX_DD);
	EXPECT_TRUE(path().poll().empty());
	write_back(1, 2048, RX_DD);
	EXPECT_TRUE(path().poll().empty());
	write_back(2, 10, RX_DD | RX_EOP | RX_IXSM);
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_EQ(received[0].fragments, 3u);
	EXPECT_EQ(received[0].bytes.size(), 4106u);
}

/* ---- offloads ---- */

TEST_F(E1000eRx, Checksums)
{
	for (UINT32 kind = 0; kind < 16; kind++) {
		FrameSpec spec;
		const bool break_ip = kind & 4, break_layer4 = kind & 8;

		spec.ipv6 = kind & 1;
		spec.tcp = kind & 2;
		if (spec.ipv6 && break_ip)
			continue;
		Bytes frame = make_frame(spec);
		if (break_ip)
			frame[14 + 8]++;
		if (break_layer4)
			frame.back()++;
		ASSERT_TRUE(nic().receive(frame));
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u);
		EXPECT_EQ(received[0].bytes, frame);
		EXPECT_EQ(received[0].checksum.Layer3,
			  spec.ipv6  ? NetPacketRxChecksumEvaluationNotChecked
			  : break_ip ? NetPacketRxChecksumEvaluationInvalid
				     : NetPacketRxChecksumEvaluationValid)
			<< kind;
		EXPECT_EQ(received[0].checksum.Layer4,
			  break_layer4 ? NetPacketRxChecksumEvaluationInvalid
				       : NetPacketRxChecksumEvaluationValid)
			<< kind;
	}
}

TEST_F(E1000eRx, NoChecksumsOfOtherFrames)
{
	ASSERT_TRUE(nic().receive(plain_frame(100)));
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_EQ(received[0].checksum.Layer3, NetPacketRxChecksumEvaluationNotChecked);
	EXPECT_EQ(received[0].checksum.Layer4, NetPacketRxChecksumEvaluationNotChecked);
}

TEST_F(E1000eRx, StripsTag)
{
	FrameSpec spec;

	spec.tag = 0xb064;
	const Bytes tagged = make_frame(spec);
	spec.tag.reset();
	ASSERT_TRUE(nic().receive(tagged));
	auto received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_EQ(received[0].tag, 0xb064);
	EXPECT_EQ(received[0].bytes, make_frame(spec));
	EXPECT_EQ(received[0].checksum.Layer4, NetPacketRxChecksumEvaluationValid);
	/* The next has none. */
	ASSERT_TRUE(nic().receive(make_frame(spec)));
	received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_FALSE(received[0].tag);
}

TEST_F(E1000eRx, FiltersVlans)
{
	netcx_vlan_filter filter = {};
	FrameSpec spec;

	filter.Enabled = TRUE;
	filter.Members[0] = 1;
	filter.Members[100 / 32] |= 1u << 100 % 32;
	netcx_core_adapter_set_vlan_filter(machine.adapter(), &filter);
	spec.tag = 100;
	EXPECT_TRUE(nic().receive(make_frame(spec)));
	spec.tag = 101;
	EXPECT_FALSE(nic().receive(make_frame(spec)));
	spec.tag.reset();
	EXPECT_TRUE(nic().receive(make_frame(spec)));
}

/* The published examples of the Toeplitz hash. */
TEST_F(E1000eRx, HashAndQueue)
{
	FrameSpec spec;

	scaling = true;
	/* Of queues created from now on. */
	machine.adapter()->receive_hash = 1;
	table_entry = 0x51ccc178 & 127;
	reopen();
	EXPECT_EQ(nic().peek(MRQC), MRQC_TWO_QUEUES | MRQC_IPV4 | MRQC_TCP_IPV4 | MRQC_IPV6 |
					    MRQC_TCP_IPV6 | MRQC_IPV6_EX);
	EXPECT_EQ(nic().peek(RSSRK), 0xda565a6du);
	EXPECT_EQ(nic().peek(RETA + table_entry / 4 * 4), 0x80u << table_entry % 4 * 8);
	ASSERT_TRUE(nic().receive(make_frame(spec)));
	EXPECT_TRUE(machine.rx[0]->poll().empty());
	auto received = machine.rx[1]->poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_EQ(received[0].hash.HashValue, 0x51ccc178u);
	EXPECT_EQ(received[0].hash.ProtocolType,
		  NetPacketHashProtocolTypeIPv4 | NetPacketHashProtocolTypeTcp);
	spec.tcp = false;
	ASSERT_TRUE(nic().receive(make_frame(spec)));
	received = machine.rx[0]->poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_EQ(received[0].hash.HashValue, 0x323e8fc2u);
	EXPECT_EQ(received[0].hash.ProtocolType, NetPacketHashProtocolTypeIPv4);
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	received = machine.rx[0]->poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_EQ(received[0].hash.ProtocolType, NetPacketHashProtocolTypeNone);
}

/* ---- what goes wrong on the wire, and in the device ---- */

TEST_F(E1000eRx, FrameErrors)
{
	for (UINT32 error : {RX_CE, RX_SE, RX_SEQ, RX_CXE, RX_RXE}) {
		ASSERT_TRUE(nic().receive(plain_frame(60), error));
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u);
		EXPECT_TRUE(received[0].ignored);
	}
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	EXPECT_FALSE(path().poll()[0].ignored);
}

TEST_F(E1000eRx, GarbageLengths)
{
	UINT32 index = 0;

	for (UINT32 length : {0u, 2049u, 0xffffu}) {
		write_back(index++, length, RX_DD | RX_EOP);
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u) << length;
		EXPECT_TRUE(received[0].ignored) << length;
	}
	/* Only the translator knows that a frame has a header. */
	write_back(index, 13, RX_DD | RX_EOP);
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_FALSE(received[0].sane);
}

/* Only its CRC went into a frame's last buffer, and was stripped. */
TEST_F(E1000eRx, NothingInTheLastBuffer)
{
	write_back(0, 2048, RX_DD);
	write_back(1, 0, RX_DD | RX_EOP);
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_TRUE(received[0].sane && !received[0].ignored);
	EXPECT_EQ(received[0].fragments, 1u);
	EXPECT_EQ(received[0].bytes.size(), 2048u);
}

/* Costs that frame, and no other. */
TEST_F(E1000eRx, GarbageLengthsInLongFrames)
{
	UINT32 index = 0;

	for (UINT32 length : {0u, 2049u, 0xffffu}) {
		write_back(index++, 2048, RX_DD);
		write_back(index++, length, RX_DD);
		write_back(index++, 100, RX_DD | RX_EOP);
		const auto received = path().poll();
		ASSERT_EQ(received.size(), 1u) << length;
		EXPECT_TRUE(received[0].ignored) << length;
	}
	write_back(index++, 2049, RX_DD);
	write_back(index++, 60, RX_DD | RX_EOP);
	write_back(index, 61, RX_DD | RX_EOP);
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 2u);
	EXPECT_TRUE(received[0].ignored);
	EXPECT_TRUE(received[1].sane && !received[1].ignored);
	EXPECT_EQ(received[1].bytes.size(), 61u);
}

/* A frame without an end is given up, with what comes up to its end; the next is received. */
TEST_F(E1000eRx, NeverEndingFrame)
{
	for (UINT32 i = 0; i < 8; i++)
		write_back(i, 2048, RX_DD);
	write_back(8, 60, RX_DD | RX_EOP);
	write_back(9, 61, RX_DD | RX_EOP);
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 3u);
	EXPECT_TRUE(received[0].ignored);
	EXPECT_TRUE(received[1].ignored);
	EXPECT_TRUE(received[2].sane && !received[2].ignored);
	EXPECT_EQ(received[2].bytes.size(), 61u);
}

/* Also when that comes later, and has several buffers of its own. */
TEST_F(E1000eRx, RestOfNeverEndingFrame)
{
	for (UINT32 i = 0; i < 10; i++)
		write_back(i, 2048, RX_DD);
	auto received = path().poll();
	ASSERT_EQ(received.size(), 1u);
	EXPECT_TRUE(received[0].ignored);
	write_back(10, 100, RX_DD | RX_EOP);
	write_back(11, 61, RX_DD | RX_EOP);
	received = path().poll();
	ASSERT_EQ(received.size(), 2u);
	EXPECT_TRUE(received[0].ignored);
	EXPECT_TRUE(received[1].sane && !received[1].ignored);
	EXPECT_EQ(received[1].bytes.size(), 61u);
}

TEST_F(E1000eRx, OutOfOrder)
{
	write_back(1, 60, RX_DD | RX_EOP);
	EXPECT_TRUE(path().poll().empty());
	write_back(0, 61, RX_DD | RX_EOP);
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 2u);
	EXPECT_EQ(received[0].bytes.size(), 61u);
	EXPECT_EQ(received[1].bytes.size(), 60u);
}

TEST_F(E1000eRx, AllOnes)
{
	for (UINT32 i = 0; i < 15; i++)
		*rx(i) = {~0ULL, ~0U, ~0U};
	const auto received = path().poll();
	ASSERT_EQ(received.size(), 15u);
	for (const Received &one : received)
		EXPECT_TRUE(one.ignored);
	/* Buffers are with the device again, all of them. */
	EXPECT_EQ(nic().peek(RDT), 14u);
	EXPECT_NE(rx(0)->address, ~0ULL);
}

/* Descriptors that the device does not have are of no interest. */
TEST_F(E1000eRx, WritesWhatItDoesNotOwn)
{
	write_back(15, 60, RX_DD | RX_EOP);
	EXPECT_TRUE(path().poll().empty());
	for (UINT32 i = 0; i < 15; i++)
		write_back(i, 60, RX_DD | RX_EOP);
	EXPECT_EQ(path().poll().size(), 15u);
}

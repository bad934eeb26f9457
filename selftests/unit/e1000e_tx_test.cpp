// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/e1000e: sent packets, from the rings to descriptors, and to the wire.

#include "e1000e_fixture.h"

using namespace unit;

class E1000eTx : public E1000eFixture
{
protected:
	void SetUp() override
	{
		ASSERT_EQ(machine.open(), 0);
		/* Otherwise each packet needs a context of its own. */
		machine.tx.resize(1);
	}

	TxPath &path() { return *machine.tx[0]; }

	Descriptor *tx(UINT32 index) { return descriptor<Descriptor>(TDBAL, index); }

	/* One packet that wants everything the frame can have. */
	static Packet offloaded(const FrameSpec &spec)
	{
		Packet packet;

		packet.fragments = {make_frame(spec)};
		packet.layout = layout_of(spec);
		packet.checksum.Layer4 = NetPacketTxChecksumActionRequired;
		if (!spec.ipv6)
			packet.checksum.Layer3 = NetPacketTxChecksumActionRequired;
		return packet;
	}

	UINT32 send(const Packet &packet)
	{
		UINT32 count = 0;

		EXPECT_TRUE(path().put(packet));
		path().advance();
		/* The first call posts and leaves finding out what is done to another. */
		path().advance();
		EXPECT_TRUE(path().take_back(&count));
		return count;
	}
};

static constexpr UINT32 data_bits = TX_DEXT | TX_DTYP_DATA | TX_IFCS;

TEST_F(E1000eTx, PlainPacket)
{
	Packet packet;

	packet.fragments = {plain_frame(100)};
	packet.offset = 10;
	EXPECT_EQ(send(packet), 1u);
	ASSERT_EQ(nic().sent.size(), 1u);
	EXPECT_EQ(nic().sent[0].bytes, packet.fragments[0]);
	EXPECT_EQ(tx(0)->address % 4096, 10u);
	EXPECT_EQ(tx(0)->low, data_bits | TX_EOP | TX_RS | 100);
	EXPECT_EQ(tx(0)->high, UINT32{TX_DD});
	EXPECT_EQ(nic().peek(TDT), 1u);
}

TEST_F(E1000eTx, ShortFramesArePadded)
{
	Packet packet;

	packet.fragments = {plain_frame(20)};
	send(packet);
	ASSERT_EQ(nic().sent.size(), 1u);
	EXPECT_EQ(nic().sent[0].bytes.size(), 60u);
}

TEST_F(E1000eTx, Fragments)
{
	const Bytes frame = plain_frame(600);
	Packet packet;

	packet.fragments = {Bytes(frame.begin(), frame.begin() + 14),
			    Bytes(frame.begin() + 14, frame.begin() + 15),
			    Bytes(frame.begin() + 15, frame.end())};
	EXPECT_EQ(send(packet), 1u);
	ASSERT_EQ(nic().sent.size(), 1u);
	EXPECT_EQ(nic().sent[0].bytes, frame);
	EXPECT_EQ(tx(0)->low, data_bits | 14);
	EXPECT_EQ(tx(1)->low, data_bits | 1);
	EXPECT_EQ(tx(2)->low, data_bits | TX_EOP | TX_RS | 585);
	EXPECT_EQ(nic().peek(TDT), 3u);
}

TEST_F(E1000eTx, LargeFragmentTakesSeveralDescriptors)
{
	Packet packet;

	packet.fragments = {plain_frame(9014)};
	EXPECT_EQ(send(packet), 1u);
	ASSERT_EQ(nic().sent.size(), 1u);
	EXPECT_EQ(nic().sent[0].bytes, packet.fragments[0]);
	EXPECT_EQ(tx(0)->low, data_bits | 4096);
	EXPECT_EQ(tx(1)->low, data_bits | 4096);
	EXPECT_EQ(tx(1)->address, tx(0)->address + 4096);
	EXPECT_EQ(tx(2)->low, data_bits | TX_EOP | TX_RS | (9014 - 8192));
}

TEST_F(E1000eTx, OneReportAndDoorbellForABatch)
{
	Packet packet;

	packet.fragments = {plain_frame(60)};
	nic().record = true;
	for (UINT32 i = 0; i < 5; i++)
		ASSERT_TRUE(path().put(packet));
	path().advance();
	ASSERT_EQ(nic().written.size(), 1u);
	EXPECT_EQ(nic().written[0].offset, UINT32{TDT});
	EXPECT_EQ(nic().written[0].value, 5u);
	for (UINT32 i = 0; i < 5; i++)
		EXPECT_EQ(tx(i)->low & TX_RS, i == 4 ? UINT32{TX_RS} : 0u);
	path().advance();
	EXPECT_EQ(path().outstanding(), 0u);
}

TEST_F(E1000eTx, IgnoredPacketsAreOnlyReturned)
{
	Packet ignored, plain;

	ignored.ignore = true;
	plain.fragments = {plain_frame(60)};
	EXPECT_EQ(send(ignored), 1u);
	EXPECT_EQ(nic().peek(TDT), 0u);
	nic().holds_transmit = true;
	ASSERT_TRUE(path().put(plain));
	ASSERT_TRUE(path().put(ignored));
	path().advance();
	path().advance();
	EXPECT_EQ(path().outstanding(), 2u);
	nic().holds_transmit = false;
	nic().transmit();
	path().advance();
	EXPECT_EQ(path().outstanding(), 0u);
	EXPECT_EQ(nic().sent.size(), 1u);
}

TEST_F(E1000eTx, RingWrapsManyTimes)
{
	for (UINT32 i = 0; i < 300; i++) {
		Packet packet;

		packet.fragments = {plain_frame(60 + i)};
		ASSERT_EQ(send(packet), 1u) << i;
		ASSERT_EQ(nic().sent.back().bytes, packet.fragments[0]) << i;
	}
	EXPECT_EQ(nic().sent.size(), 300u);
}

/* The descriptor ring may be full before the packet ring is; what waits is posted when there is room. */
TEST_F(E1000eTx, WaitsForDescriptors)
{
	Packet packet;
	UINT32 packets = 0;

	packet.fragments = {Bytes(65000, 0xaa)};
	nic().holds_transmit = true;
	while (packets < 7 && path().put(packet)) {
		path().advance();
		packets++;
	}
	EXPECT_EQ(packets, 7u);
	EXPECT_LT(nic().peek(TDT), 64u);
	nic().holds_transmit = false;
	for (UINT32 i = 0; i < 20 && path().outstanding(); i++) {
		nic().transmit();
		path().advance();
		path().take_back();
	}
	EXPECT_EQ(path().outstanding(), 0u);
	EXPECT_EQ(nic().sent.size(), 7u);
}

/* ---- checksums ---- */

TEST_F(E1000eTx, TcpIpv4Checksum)
{
	FrameSpec spec;

	spec.partial = true;
	EXPECT_EQ(send(offloaded(spec)), 1u);

	const UINT8 *context = reinterpret_cast<const UINT8 *>(tx(0));
	/* IPCSS, IPCSO, IPCSE; TUCSS, TUCSO, TUCSE. */
	EXPECT_EQ(context[0], 14);
	EXPECT_EQ(context[1], 24);
	EXPECT_EQ(context[2] | context[3] << 8, 33);
	EXPECT_EQ(context[4], 34);
	EXPECT_EQ(context[5], 50);
	EXPECT_EQ(context[6] | context[7] << 8, 0);
	EXPECT_EQ(tx(0)->low, TX_DEXT | TX_TUCMD_IP | TX_TUCMD_TCP);
	EXPECT_EQ(tx(0)->high, 0u);
	EXPECT_EQ(tx(1)->low, data_bits | TX_EOP | TX_RS | (54 + 100));
	EXPECT_EQ(tx(1)->high, UINT32{TX_IXSM | TX_TXSM | TX_DD});

	ASSERT_EQ(nic().sent.size(), 1u);
	EXPECT_TRUE(ip_checksum_is_right(nic().sent[0].bytes));
	EXPECT_TRUE(layer4_checksum_is_right(nic().sent[0].bytes));
	spec.partial = false;
	EXPECT_EQ(nic().sent[0].bytes, make_frame(spec));
}

TEST_F(E1000eTx, EveryChecksum)
{
	for (UINT32 kind = 0; kind < 8; kind++) {
		FrameSpec spec;

		spec.ipv6 = kind & 1;
		spec.tcp = kind & 2;
		spec.options = kind & 4 && !spec.ipv6 ? 8 : 0;
		spec.partial = true;
		spec.payload = 333;
		EXPECT_EQ(send(offloaded(spec)), 1u);
		spec.partial = false;
		EXPECT_EQ(nic().sent.back().bytes, make_frame(spec)) << kind;
	}
}

TEST_F(E1000eTx, OnlyLayer4)
{
	FrameSpec spec;
	Packet packet;

	spec.partial = true;
	packet = offloaded(spec);
	packet.checksum.Layer3 = NetPacketTxChecksumActionPassthrough;
	send(packet);
	EXPECT_EQ(tx(1)->high, UINT32{TX_TXSM | TX_DD});
	EXPECT_TRUE(layer4_checksum_is_right(nic().sent[0].bytes));
	EXPECT_FALSE(ip_checksum_is_right(nic().sent[0].bytes));
}

/* ---- tags ---- */

TEST_F(E1000eTx, InsertsTag)
{
	Packet packet;
	Bytes expected = plain_frame(100);
	const UINT8 tag[4] = {0x81, 0x00, 0xb0, 0x64};

	packet.fragments = {Bytes(expected.begin(), expected.begin() + 50),
			    Bytes(expected.begin() + 50, expected.end())};
	packet.tag = 0xb064; /* priority 5, drop eligible, VLAN 100 */
	send(packet);
	EXPECT_EQ(tx(0)->low, data_bits | TX_VLE | 50);
	EXPECT_EQ(tx(0)->high >> 16, 0xb064u);
	EXPECT_EQ(tx(1)->low, data_bits | TX_VLE | TX_EOP | TX_RS | 50);
	EXPECT_EQ(tx(1)->high, 0xb0640000u | TX_DD);
	expected.insert(expected.begin() + 12, tag, tag + 4);
	ASSERT_EQ(nic().sent.size(), 1u);
	EXPECT_EQ(nic().sent[0].bytes, expected);
}

/* ---- segmentation ---- */

class E1000eTso : public E1000eTx, public ::testing::WithParamInterface<bool>
{
protected:
	void check(std::optional<UINT16> tag)
	{
		const UINT32 mss = 1000, payload = 4500;
		FrameSpec spec;
		Packet packet;

		spec.ipv6 = GetParam();
		spec.payload = payload;
		spec.partial = true;
		spec.segmented = true;
		packet = offloaded(spec);
		packet.checksum = {};
		packet.mss = mss;
		packet.tag = tag;
		EXPECT_EQ(send(packet), 1u);

		const UINT32 headers = header_bytes(spec);
		const UINT8 *context = reinterpret_cast<const UINT8 *>(tx(0));
		EXPECT_EQ(tx(0)->low, TX_DEXT | TX_TSE | TX_TUCMD_TCP |
					      (spec.ipv6 ? 0 : UINT32{TX_TUCMD_IP}) | payload);
		EXPECT_EQ(context[13], headers);
		EXPECT_EQ(context[14] | context[15] << 8, 1000);
		EXPECT_EQ(tx(1)->low, data_bits | TX_TSE | (tag ? UINT32{TX_VLE} : 0) | 4096);
		EXPECT_EQ(tx(1)->high & 0xffff, TX_TXSM | (spec.ipv6 ? 0 : UINT32{TX_IXSM}));

		ASSERT_EQ(nic().sent.size(), 5u);
		for (UINT32 i = 0; i < 5; i++) {
			Bytes frame = nic().sent[i].bytes;

			if (tag) {
				EXPECT_EQ(read16(&frame[14]), *tag);
				frame.erase(frame.begin() + 12, frame.begin() + 16);
			}
			const UINT32 length = i < 4 ? mss : payload - 4 * mss;
			ASSERT_EQ(frame.size(), headers + length);
			EXPECT_TRUE(spec.ipv6 || ip_checksum_is_right(frame)) << i;
			EXPECT_TRUE(layer4_checksum_is_right(frame)) << i;
			EXPECT_EQ(read32(&frame[headers - 16]), 0x01020304 + i * mss);
			EXPECT_EQ(frame[headers - 7], i == 4 ? 0x19 : 0x10);
			if (!spec.ipv6) {
				EXPECT_EQ(read16(&frame[18]), 0x1234 + i);
			}
			for (UINT32 j = 0; j < length; j++)
				ASSERT_EQ(frame[headers + j],
					  static_cast<UINT8>((i * mss + j) * 13));
		}
	}
};

INSTANTIATE_TEST_SUITE_P(Versions, E1000eTso, ::testing::Values(false, true));

TEST_P(E1000eTso, Segments)
{
	check({});
}

TEST_P(E1000eTso, SegmentsWithTag)
{
	check(0x6065);
}

/* ---- contexts ---- */

/* The hardware remembers one context for both queues, so it is reused only where one queue sends. */
class E1000eContexts : public E1000eFixture, public ::testing::WithParamInterface<UINT32>
{
protected:
	E1000eContexts() : E1000eFixture(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Vectors, E1000eContexts, ::testing::Values(1, 5));

TEST_P(E1000eContexts, SentAnewWhereNeeded)
{
	const bool one_queue = GetParam() == 1;
	FrameSpec spec;
	Packet packet;

	spec.partial = true;
	packet.fragments = {make_frame(spec)};
	packet.layout = layout_of(spec);
	packet.checksum.Layer4 = NetPacketTxChecksumActionRequired;
	ASSERT_EQ(machine.open(), 0);
	ASSERT_TRUE(machine.tx[0]->put(packet));
	ASSERT_TRUE(machine.tx[0]->put(packet));
	machine.tx[0]->advance();
	EXPECT_EQ(nic().peek(TDT), one_queue ? 3u : 4u);
	spec.tcp = false;
	packet.fragments = {make_frame(spec)};
	packet.layout = layout_of(spec);
	ASSERT_TRUE(machine.tx[0]->put(packet));
	machine.tx[0]->advance();
	EXPECT_EQ(nic().peek(TDT), one_queue ? 5u : 6u);
	for (const Sent &sent : nic().sent)
		EXPECT_TRUE(layer4_checksum_is_right(sent.bytes));
	/* A reset forgets it. */
	machine.close();
	ASSERT_EQ(machine.open(), 0);
	ASSERT_TRUE(machine.tx[0]->put(packet));
	machine.tx[0]->advance();
	EXPECT_EQ(nic().peek(TDT), 2u);
	EXPECT_TRUE(layer4_checksum_is_right(nic().sent.back().bytes));
}

TEST_F(E1000eFixture, BothQueuesSend)
{
	ASSERT_EQ(machine.open(), 0);
	for (UINT32 i = 0; i < 2; i++) {
		Packet packet;

		packet.fragments = {plain_frame(100 + i)};
		ASSERT_TRUE(machine.tx[i]->put(packet));
		machine.tx[i]->advance();
		EXPECT_EQ(nic().sent.back().queue, i);
		EXPECT_EQ(nic().sent.back().bytes, packet.fragments[0]);
	}
}

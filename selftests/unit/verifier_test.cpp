// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Verifier mode: for each rule of the rings a client that breaks it and no other, and good clients
// that are left alone.

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include <netcx/net/checksum.h>
#include <netcx/netadaptercx.h>

#include "core.h"
#include "os/fake_os.h"
#include "test_rings.h"
#include "verifier.h"

namespace
{

constexpr UINT32 ring_size = 8;
constexpr UINT32 capacity = 2048;
/* Places of the extensions in TestRings' elements. */
constexpr UINT16 checksum_offset = 12;
constexpr UINT16 virtual_offset = 8;
constexpr UINT16 logical_offset = 16;

/* A queue whose client is the test, and the OS that feeds it. */
class VerifierTest : public ::testing::Test
{
protected:
	VerifierTest() : rings(ring_size) { os.reset(); }

	~VerifierTest() override { netcx_verifier_destroy(&queue); }

	/* With a ring of return contexts. */
	void open_with_net_memory()
	{
		queue.returns = returns.Get();
		adapter.rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
		open(NETCX_QUEUE_RX);
	}

	/* The OS gives a buffer back. */
	void give_back(UINT64 context)
	{
		memcpy(returns.Element(queue.returns->EndIndex), &context, sizeof(context));
		give(queue.returns);
	}

	void open(netcx_queue_type type)
	{
		queue.handle = reinterpret_cast<NETPACKETQUEUE>(this);
		queue.packets = rings.packets.Get();
		queue.fragments = rings.fragments.Get();
		queue.advance = [](NETPACKETQUEUE handle) {
			reinterpret_cast<VerifierTest *>(handle)->client();
		};
		queue.set_notification = [](NETPACKETQUEUE handle, BOOLEAN enabled) {
			EXPECT_TRUE(enabled);
			reinterpret_cast<VerifierTest *>(handle)->client();
		};
		queue.layout.packet_checksum = checksum_offset;
		queue.layout.fragment_virtual_address = virtual_offset;
		queue.layout.fragment_logical_address = logical_offset;
		queue.adapter = &adapter;
		queue.type = type;
		queue.id = 3;
		ASSERT_TRUE(netcx_verifier_create(&queue, TRUE));
	}

	NET_PACKET *packet(UINT32 index) { return NetRingGetPacketAtIndex(queue.packets, index); }

	NET_FRAGMENT *fragment(UINT32 index)
	{
		return NetRingGetFragmentAtIndex(queue.fragments, index);
	}

	NET_PACKET_CHECKSUM *checksum(UINT32 index)
	{
		return reinterpret_cast<NET_PACKET_CHECKSUM *>(rings.packets.Element(index) +
							       checksum_offset);
	}

	UINT64 *address(UINT32 index, UINT16 offset)
	{
		return reinterpret_cast<UINT64 *>(rings.fragments.Element(index) + offset);
	}

	static void give(NET_RING *ring)
	{
		ring->EndIndex = NetRingIncrementIndex(ring, ring->EndIndex);
	}

	/* The OS gives the client buffers to receive into. */
	void give_rx(UINT32 packets, UINT32 fragments)
	{
		for (; packets; packets--) {
			memset(rings.packets.Element(queue.packets->EndIndex), 0,
			       rings.packets.Stride());
			give(queue.packets);
		}
		for (; fragments; fragments--) {
			const UINT32 index = queue.fragments->EndIndex;

			memset(fragment(index), 0, sizeof(NET_FRAGMENT));
			fragment(index)->Capacity = capacity;
			*address(index, virtual_offset) = 0x1000 + index;
			*address(index, logical_offset) = 0x2000 + index;
			give(queue.fragments);
		}
	}

	/* The OS gives the client a packet to send. */
	void give_tx(UINT16 fragments)
	{
		NET_PACKET *sent = packet(queue.packets->EndIndex);

		*sent = {};
		sent->FragmentIndex = queue.fragments->EndIndex;
		sent->FragmentCount = fragments;
		sent->Layout.Layer2Type = NetPacketLayer2TypeEthernet;
		sent->Layout.Layer2HeaderLength = 14;
		for (; fragments; fragments--) {
			const UINT32 index = queue.fragments->EndIndex;

			*fragment(index) = {};
			fragment(index)->ValidLength = 100;
			fragment(index)->Capacity = 100;
			*address(index, virtual_offset) = 0x1000 + index;
			*address(index, logical_offset) = 0x2000 + index;
			give(queue.fragments);
		}
		give(queue.packets);
	}

	/* What a good client does for one received packet. Returns its index. */
	UINT32 receive(UINT16 fragments = 1)
	{
		const UINT32 index = queue.packets->BeginIndex;
		NET_PACKET *received = packet(index);

		received->FragmentIndex = queue.fragments->BeginIndex;
		received->FragmentCount = fragments;
		received->Layout = {};
		checksum(index)->Layer4 = NetPacketRxChecksumEvaluationInvalid;
		for (; fragments; fragments--) {
			NET_FRAGMENT *buffer = fragment(queue.fragments->BeginIndex);

			buffer->ValidLength = 64;
			buffer->Offset = 0;
			move(queue.fragments);
		}
		move(queue.packets);
		return index;
	}

	/* And for one that is sent. */
	void send()
	{
		const NET_PACKET *sent = packet(queue.packets->BeginIndex);

		queue.fragments->BeginIndex = NetRingAdvanceIndex(
			queue.fragments, sent->FragmentIndex, sent->FragmentCount);
		move(queue.packets);
	}

	static void move(NET_RING *ring)
	{
		ring->BeginIndex = NetRingIncrementIndex(ring, ring->BeginIndex);
	}

	/* The client does this in its next callback. */
	void advance(std::function<void()> what)
	{
		client = std::move(what);
		netcx_verifier_advance(&queue);
	}

	void expect_nothing()
	{
		for (const netcx_violation &violation : os.broken_rules)
			ADD_FAILURE() << netcx_verifier_rule_name(violation.rule);
	}

	void expect_rule(netcx_verifier_rule rule, UINT32 ring, UINT32 element)
	{
		ASSERT_EQ(os.broken_rules.size(), 1u);
		const netcx_violation &violation = os.broken_rules[0];

		EXPECT_STREQ(netcx_verifier_rule_name(violation.rule),
			     netcx_verifier_rule_name(rule));
		EXPECT_EQ(violation.ring, ring);
		EXPECT_EQ(violation.element, element);
		EXPECT_EQ(violation.queue, 3u);
		EXPECT_EQ(violation.type, queue.type);
	}

	fake::Os &os = fake::Os::get();
	unit::TestRings rings;
	unit::TestRing returns{2 * ring_size, sizeof(UINT64)};
	netcx_adapter adapter = {};
	netcx_queue queue = {};
	std::function<void()> client;
};

constexpr UINT32 packets = NetRingTypePacket;
constexpr UINT32 fragments = NetRingTypeFragment;
constexpr UINT32 return_contexts = NetRingTypeDataBuffer;
constexpr UINT32 no_element = NETCX_VERIFIER_NO_ELEMENT;

/* ---- good clients ---- */

TEST_F(VerifierTest, AReceivingClientIsLeftAlone)
{
	open(NETCX_QUEUE_RX);
	give_rx(7, 7);
	for (UINT32 round = 0; round < 100; round++) {
		const UINT16 count = static_cast<UINT16>(round % 3 + 1);

		advance([&] {
			queue.fragments->NextIndex = queue.fragments->EndIndex;
			receive(count);
		});
		give_rx(1, count);
		expect_nothing();
	}
}

TEST_F(VerifierTest, WritingBeforeReturningIsAllowed)
{
	open(NETCX_QUEUE_RX);
	give_rx(4, 4);
	advance([&] {
		receive(2);
		queue.packets->BeginIndex = 0;
		queue.fragments->BeginIndex = 0;
	});
	/* Returned without being written again. */
	advance([&] {
		queue.packets->BeginIndex = 1;
		queue.fragments->BeginIndex = 2;
	});
	expect_nothing();
}

TEST_F(VerifierTest, IgnoringAndSkippingIsAllowed)
{
	open(NETCX_QUEUE_RX);
	give_rx(6, 6);
	advance([&] {
		receive();
		packet(1)->Ignore = 1;
		packet(1)->Scratch = 1;
		move(queue.packets);
		/* The buffer of the ignored packet, and one that has nothing in it. */
		move(queue.fragments);
		fragment(queue.fragments->BeginIndex)->ValidLength = 0;
		move(queue.fragments);
		receive();
		/* Not returned yet, and right behind what is. */
		packet(queue.packets->BeginIndex)->Ignore = 1;
	});
	expect_nothing();
}

TEST_F(VerifierTest, HeadersOfAllKindsAreAllowed)
{
	open(NETCX_QUEUE_RX);
	for (UINT8 type4 = 0; type4 <= NetPacketLayer4TypeIPNotFragment; type4++) {
		give_rx(1, 1);
		advance([&] {
			NET_PACKET_LAYOUT &layout = packet(receive())->Layout;

			layout.Layer2Type = NetPacketLayer2TypeEthernet;
			layout.Layer2HeaderLength = 14;
			layout.Layer3Type = type4 % 2 ? NetPacketLayer3TypeIPv4NoOptions
						      : NetPacketLayer3TypeIPv6NoExtensions;
			layout.Layer3HeaderLength = type4 % 2 ? 20 : 40;
			layout.Layer4Type = type4 & 0xf;
			layout.Layer4HeaderLength = type4 == NetPacketLayer4TypeUdp ? 8 : 20;
		});
	}
	expect_nothing();
}

TEST_F(VerifierTest, ASendingClientIsLeftAlone)
{
	open(NETCX_QUEUE_TX);
	for (UINT32 round = 0; round < 100; round++) {
		const UINT16 count = static_cast<UINT16>(round % 3 + 1);

		give_tx(count);
		give_tx(1);
		advance([&] {
			packet(queue.packets->BeginIndex)->Scratch = 1;
			fragment(queue.fragments->BeginIndex)->Scratch = 1;
			queue.packets->NextIndex = queue.packets->EndIndex;
			queue.fragments->NextIndex = queue.fragments->EndIndex;
			queue.packets->Scratch = this;
			send();
		});
		advance([&] { send(); });
		expect_nothing();
	}
}

TEST_F(VerifierTest, ADriverThatAttachesBuffersWritesAllOfTheFragment)
{
	adapter.rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
	open(NETCX_QUEUE_RX);
	give_rx(4, 4);
	advance([&] {
		fragment(0)->Capacity = 512;
		*address(0, virtual_offset) = 0x9000;
		receive();
	});
	expect_nothing();
	advance([&] { receive(); });
	expect_rule(netcx_rule_InvalidRingModifiedRxFragment, fragments, 1);
}

TEST_F(VerifierTest, ALifeIsLeftAlone)
{
	open(NETCX_QUEUE_RX);
	for (int life = 0; life < 2; life++) {
		for (NET_RING *ring : {queue.packets, queue.fragments}) {
			ring->BeginIndex = 0;
			ring->NextIndex = 0;
			ring->EndIndex = 0;
		}
		netcx_verifier_enter(&queue, "EvtPacketQueueStart");
		netcx_verifier_leave(&queue);
		give_rx(5, 5);
		advance([&] {
			queue.packets->NextIndex = queue.packets->EndIndex;
			receive();
		});
		netcx_verifier_enter(&queue, "EvtPacketQueueCancel");
		for (UINT32 i = queue.packets->BeginIndex; i != queue.packets->EndIndex; i++)
			packet(i)->Ignore = 1;
		queue.packets->BeginIndex = queue.packets->EndIndex;
		queue.fragments->BeginIndex = queue.fragments->EndIndex;
		netcx_verifier_leave(&queue);
		netcx_verifier_enter(&queue, "EvtPacketQueueStop");
		netcx_verifier_leave(&queue);
		netcx_verifier_stopped(&queue);
		netcx_verifier_check_stopped(&queue);
		expect_nothing();
	}
}

/* ---- bad clients ---- */

struct Broken {
	netcx_verifier_rule rule;
	netcx_queue_type type;
	/* Where it is seen. */
	UINT32 ring;
	UINT32 element;
	/* In a callback with 5 packets and 5 fragments received into, or two to be sent of 2 + 1. */
	void (*client)(class BrokenRuleTest &test);
	const char *name;
};

/* Whatever can be written in a ring is public to those who err. */
class BrokenRuleTest : public VerifierTest, public ::testing::WithParamInterface<Broken>
{
public:
	using VerifierTest::address;
	using VerifierTest::checksum;
	using VerifierTest::fragment;
	using VerifierTest::move;
	using VerifierTest::packet;
	using VerifierTest::queue;
	using VerifierTest::receive;
	using VerifierTest::rings;
	using VerifierTest::send;

	NET_PACKET_LAYOUT &receive_layout() { return packet(receive())->Layout; }
};

#define RX(rule, ring, element, ...)                              \
	Broken                                                    \
	{                                                         \
		netcx_rule_##rule, NETCX_QUEUE_RX, ring, element, \
			[](BrokenRuleTest & t) __VA_ARGS__, #rule \
	}
#define TX(rule, ring, element, ...)                              \
	Broken                                                    \
	{                                                         \
		netcx_rule_##rule, NETCX_QUEUE_TX, ring, element, \
			[](BrokenRuleTest & t) __VA_ARGS__, #rule \
	}

const Broken broken_clients[] = {
	RX(InvalidRingImmutable, packets, no_element, { t.queue.packets->EndIndex++; }),
	RX(InvalidRingImmutable, fragments, no_element, { t.queue.fragments->OSReserved0 = 1; }),
	TX(InvalidRingImmutable, packets, no_element, { t.queue.packets->ElementStride = 4; }),
	TX(InvalidRingImmutable, fragments, no_element,
	   { t.queue.fragments->NumberOfElements = 1U << 31; }),
	TX(InvalidRingImmutable, packets, no_element, { t.queue.packets->OSReserved2[3] = &t; }),
	RX(InvalidRingBeginIndex, packets, no_element, { t.queue.packets->BeginIndex = 7; }),
	RX(InvalidRingBeginIndex, fragments, no_element,
	   { t.queue.fragments->BeginIndex = 0xffffffff; }),
	TX(InvalidRingBeginIndex, packets, no_element, { t.queue.packets->BeginIndex = 3; }),
	TX(InvalidRingBeginIndex, fragments, no_element, { t.queue.fragments->BeginIndex = 8; }),
	RX(InvalidRingImmutableFrameworkElement, packets, 5, { t.packet(5)->FragmentCount = 1; }),
	RX(InvalidRingImmutableFrameworkElement, fragments, 6,
	   { *t.address(6, logical_offset) = 1; }),
	TX(InvalidRingImmutableFrameworkElement, packets, 2, { t.checksum(2)->Layer4 = 1; }),
	TX(InvalidRingImmutableFrameworkElement, fragments, 4, { t.fragment(4)->Scratch = 1; }),
	TX(InvalidRingImmutableDriverTxPacket, packets, 1, { t.packet(1)->FragmentCount++; }),
	TX(InvalidRingImmutableDriverTxPacket, packets, 0, { t.packet(0)->Ignore = 1; }),
	TX(InvalidRingImmutableDriverTxPacket, packets, 0, { t.packet(0)->Reserved1 = 1; }),
	TX(InvalidRingImmutableDriverTxPacket, packets, 0,
	   { t.packet(0)->Layout.Layer2HeaderLength = 0; }),
	TX(InvalidRingImmutableDriverTxFragment, fragments, 2, { t.fragment(2)->ValidLength--; }),
	TX(InvalidRingImmutableDriverTxFragment, fragments, 0, { t.fragment(0)->Capacity++; }),
	TX(InvalidRingImmutableDriverTxFragment, fragments, 0, { t.fragment(0)->Offset = 1; }),
	TX(InvalidRingImmutableDriverTxFragment, fragments, 0,
	   { t.fragment(0)->OsReserved_Bounced = 1; }),
	RX(InvalidRingImmutableDriverRxPacketIgnore, packets, 0,
	   {
		   t.packet(0)->Ignore = 1;
		   t.packet(0)->FragmentCount = 0;
		   t.move(t.queue.packets);
	   }),
	RX(InvalidRingImmutableDriverRxPacketIgnore, packets, 4,
	   {
		   t.packet(4)->Ignore = 1;
		   t.packet(4)->Layout = {};
	   }),
	RX(InvalidRingModifiedRxPacket, packets, 0, { t.packet(t.receive())->Reserved1 = 1; }),
	RX(InvalidRingModifiedRxPacket, packets, 3, { t.packet(3)->Layout.Reserved0 = 1; }),
	RX(InvalidRingUnmodifiedRxPacket, packets, 0, { t.receive_layout().Layer4Type = 0xf; }),
	RX(InvalidRingUnmodifiedRxPacket, packets, 0,
	   { t.packet(t.receive())->FragmentIndex = 0xffffffff; }),
	RX(InvalidRingUnmodifiedRxPacket, packets, 0, { t.move(t.queue.packets); }),
	RX(InvalidRingRxPacketFragmentCountZero, packets, 0,
	   { t.packet(t.receive())->FragmentCount = 0; }),
	RX(InvalidRingRxPacketFragmentCountOutOfRange, packets, 0,
	   { t.packet(t.receive(5))->FragmentCount = 6; }),
	RX(InvalidRingRxPacketFragmentIndexOutOfPreRange, packets, 0,
	   { t.packet(t.receive())->FragmentIndex = 5; }),
	RX(InvalidRingRxPacketFragmentIndexOutOfPreRange, packets, 0,
	   { t.packet(t.receive())->FragmentIndex = 8; }),
	RX(InvalidRingRxPacketFragmentCountOutOfPreRange, packets, 1,
	   {
		   t.receive(3);
		   t.packet(t.receive(2))->FragmentCount = 3;
	   }),
	RX(InvalidRingRxPacketFragmentIndexOutOfPostRange, packets, 0,
	   { t.packet(t.receive())->FragmentIndex = 1; }),
	RX(InvalidRingRxPacketFragmentCountOutOfPostRange, packets, 0,
	   { t.packet(t.receive())->FragmentCount = 2; }),
	RX(InvalidRingRxPacketLayer2Type, packets, 0, { t.receive_layout().Layer2Type = 4; }),
	RX(InvalidRingRxPacketLayer2TypeNullLengthNonZero, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer2Type = NetPacketLayer2TypeNull;
		   t.packet(0)->Layout.Layer2HeaderLength = 14;
	   }),
	RX(InvalidRingRxPacketLayer2TypeEthernetLengthInvalid, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer2Type = NetPacketLayer2TypeEthernet;
		   t.packet(0)->Layout.Layer2HeaderLength = 13;
	   }),
	RX(InvalidRingRxPacketLayer3Type, packets, 0, { t.receive_layout().Layer3Type = 7; }),
	RX(InvalidRingRxPacketLayer3TypeIPv4LengthInvalid, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer3Type =
			   NetPacketLayer3TypeIPv4UnspecifiedOptions;
		   t.packet(0)->Layout.Layer3HeaderLength = 19;
	   }),
	RX(InvalidRingRxPacketLayer3TypeIPv6LengthInvalid, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer3Type = NetPacketLayer3TypeIPv6WithExtensions;
		   t.packet(0)->Layout.Layer3HeaderLength = 20;
	   }),
	RX(InvalidRingRxPacketLayer4Type, packets, 0, { t.receive_layout().Layer4Type = 5; }),
	RX(InvalidRingRxPacketLayer4TypeTcpLengthInvalid, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer4Type = NetPacketLayer4TypeTcp;
		   t.packet(0)->Layout.Layer4HeaderLength = 22;
	   }),
	RX(InvalidRingRxPacketLayer4TypeTcpLengthInvalid, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer4Type = NetPacketLayer4TypeTcp;
		   t.packet(0)->Layout.Layer4HeaderLength = 64;
	   }),
	RX(InvalidRingRxPacketLayer4TypeUdpLengthInvalid, packets, 0,
	   {
		   t.packet(t.receive())->Layout.Layer4Type = NetPacketLayer4TypeUdp;
		   t.packet(0)->Layout.Layer4HeaderLength = 7;
	   }),
	RX(InvalidRingRxPacketFragmentIndexOverlap, packets, 1,
	   {
		   t.receive(2);
		   t.packet(t.receive(1))->FragmentIndex = 1;
	   }),
	RX(InvalidRingUnmodifiedRxFragment, fragments, 1,
	   {
		   t.receive(2);
		   t.fragment(1)->Capacity = capacity - 1;
	   }),
	RX(InvalidRingUnmodifiedRxFragment, fragments, 0,
	   {
		   t.receive();
		   t.fragment(0)->OsReserved_Bounced = 1;
	   }),
	RX(InvalidRingModifiedRxFragment, fragments, 1,
	   {
		   t.receive(2);
		   t.fragment(1)->Offset = 0x3ff;
	   }),
	RX(InvalidRingModifiedRxFragment, fragments, 0,
	   {
		   t.receive();
		   t.fragment(0)->ValidLength = (1U << 26) - 1;
	   }),
	RX(InvalidRingRxPacketFragmentLengthInvalid, fragments, 0,
	   {
		   t.receive();
		   t.fragment(0)->Offset = 1;
		   t.fragment(0)->ValidLength = capacity;
	   }),
	RX(InvalidRingNextIndex, packets, no_element, { t.queue.packets->NextIndex = 6; }),
	TX(InvalidRingNextIndex, packets, no_element, { t.queue.packets->NextIndex = 0xffff; }),
	TX(InvalidRingNextIndex, packets, no_element,
	   {
		   t.queue.packets->NextIndex = 1;
		   t.send();
		   t.queue.packets->NextIndex = 0;
	   }),
	TX(InvalidRingTxFragmentBeginIndex, fragments, no_element, { t.move(t.queue.packets); }),
	TX(InvalidRingTxFragmentBeginIndex, fragments, no_element, { t.move(t.queue.fragments); }),
	RX(InvalidRingRxPacketChecksum, packets, 0, { t.checksum(t.receive())->Layer4 = 3; }),
	RX(InvalidRingImmutableFragmentAddress, fragments, 4,
	   { *t.address(4, virtual_offset) = 1; }),
	TX(InvalidRingImmutableFragmentAddress, fragments, 1,
	   { *t.address(1, logical_offset) = 1; }),
};

TEST_P(BrokenRuleTest, IsReportedOnceWithWhatItWas)
{
	const Broken &broken = GetParam();

	open(broken.type);
	if (broken.type == NETCX_QUEUE_RX) {
		give_rx(5, 5);
	} else {
		give_tx(2);
		give_tx(1);
	}
	advance([&] {
		if (broken.rule == netcx_rule_InvalidRingNextIndex)
			queue.packets->NextIndex = 1;
	});
	expect_nothing();
	advance([&] { broken.client(*this); });
	ASSERT_NO_FATAL_FAILURE(expect_rule(broken.rule, broken.ring, broken.element));

	const netcx_violation &violation = os.broken_rules[0];

	EXPECT_STREQ(violation.callback, "EvtPacketQueueAdvance");
	EXPECT_EQ(violation.bytes, broken.element == no_element ? 64u
				   : broken.ring == packets	? rings.packets.Stride()
								: rings.fragments.Stride());

	/* Once; and the rings stay usable. */
	advance([&] { broken.client(*this); });
	EXPECT_EQ(os.broken_rules.size(), 1u);
	for (const NET_RING *ring : {queue.packets, queue.fragments}) {
		EXPECT_EQ(ring->NumberOfElements, ring_size);
		EXPECT_EQ(ring->ElementIndexMask, ring_size - 1);
		EXPECT_LT(ring->BeginIndex, ring_size);
		EXPECT_EQ(ring->OSReserved0, 0u);
	}
	EXPECT_EQ(queue.packets->EndIndex, broken.type == NETCX_QUEUE_RX ? 5u : 2u);
	EXPECT_EQ(queue.packets->ElementStride, rings.packets.Stride());
}

INSTANTIATE_TEST_SUITE_P(Rules, BrokenRuleTest, ::testing::ValuesIn(broken_clients),
			 [](const auto &info) {
				 return std::string(info.param.name) + std::to_string(info.index);
			 });

/* Fragments that a packet claims go on past the end of what was owned, around the ring. */
TEST_F(VerifierTest, APacketMayNotReachAroundToItself)
{
	open(NETCX_QUEUE_RX);
	give_rx(7, 7);
	advance([&] {
		receive(4);
		packet(0)->FragmentIndex = 3;
		packet(0)->FragmentCount = 7;
	});
	expect_rule(netcx_rule_InvalidRingRxPacketFragmentCountOverlap, packets, 0);
}

/* ---- the ring of return contexts ---- */

TEST_F(VerifierTest, TakingReturnContextsIsAllowed)
{
	open_with_net_memory();
	for (UINT64 round = 0; round < 100; round++) {
		give_back(0x1000 + round);
		if (round % 3)
			continue;
		/* Some of them, and the rest another time. */
		advance([&] { move(queue.returns); });
		advance([&] { queue.returns->BeginIndex = queue.returns->EndIndex; });
	}
	expect_nothing();
}

TEST_F(VerifierTest, ReturnContextsAreNotWritten)
{
	const UINT64 old = 0x1000, other = 0x2000;
	UINT64 now;

	for (UINT32 element : {0u, 1u, 2u * ring_size - 1}) {
		open_with_net_memory();
		give_back(old);
		advance([&] { memcpy(returns.Element(element), &other, sizeof(other)); });
		expect_rule(netcx_rule_InvalidRingImmutable, return_contexts, element);
		EXPECT_EQ(os.broken_rules[0].rings, 3u);
		/* An address, as in the fragment that it came with. */
		EXPECT_EQ(os.broken_rules[0].concealed, 0xffu);
		/* It is put back. */
		memcpy(&now, returns.Element(element), sizeof(now));
		EXPECT_EQ(now, element ? 0 : old);
		netcx_verifier_destroy(&queue);
		os.broken_rules.clear();
		returns.Set(0, 0, 0);
	}
}

TEST_F(VerifierTest, NoMoreReturnContextsAreTakenThanThereAre)
{
	for (UINT32 begin : {3u, 2 * ring_size}) {
		open_with_net_memory();
		give_back(1);
		give_back(2);
		advance([&] { queue.returns->BeginIndex = begin; });
		expect_rule(netcx_rule_InvalidRingBeginIndex, return_contexts, no_element);
		EXPECT_EQ(queue.returns->BeginIndex, 0u);
		netcx_verifier_destroy(&queue);
		os.broken_rules.clear();
		returns.Set(0, 0, 0);
	}
}

TEST_F(VerifierTest, ReturnContextsAreTakenInCallbacksOnly)
{
	char text[1024];

	open_with_net_memory();
	give_back(1);
	advance([] {});
	move(queue.returns);
	advance([] {});
	expect_rule(netcx_rule_RingTouchedOutsideCallback, return_contexts, no_element);
	netcx_verifier_format(&os.broken_rules[0], "some_client", text, sizeof(text));
	EXPECT_NE(strstr(text, "; the return context ring\n"), nullptr) << text;
	EXPECT_NE(strstr(text, "\nreturn context ring: Begin 0 -> 1, Next 0 -> 0, End 1 -> 1, "
			       "reclaimed 0 -> 0\n"),
		  nullptr)
		<< text;
}

TEST_F(VerifierTest, WhatTheOsOwnsIsPutBack)
{
	open(NETCX_QUEUE_TX);
	give_tx(1);
	advance([&] { memset(rings.packets.Element(4), 0xff, rings.packets.Stride()); });
	expect_rule(netcx_rule_InvalidRingImmutableFrameworkElement, packets, 4);
	EXPECT_EQ(packet(4)->FragmentIndex, 0u);
	/* Every time. */
	advance([&] { checksum(7)->Layer4 = 1; });
	EXPECT_EQ(checksum(7)->Layer4, 0u);
}

TEST_F(VerifierTest, IndicesMoveInCallbacksOnly)
{
	open(NETCX_QUEUE_RX);
	give_rx(5, 5);
	advance([&] { receive(); });
	receive();
	advance([] {});
	ASSERT_NO_FATAL_FAILURE(
		expect_rule(netcx_rule_RingTouchedOutsideCallback, packets, no_element));
	EXPECT_EQ(os.broken_rules[0].before[packets].begin, 1u);
	EXPECT_EQ(os.broken_rules[0].after[packets].begin, 2u);
	EXPECT_EQ(queue.packets->BeginIndex, 1u);
	EXPECT_EQ(queue.fragments->BeginIndex, 1u);
}

TEST_F(VerifierTest, TasksOfAnExecutionContextMayMoveIndices)
{
	open(NETCX_QUEUE_RX);
	netcx_verifier_destroy(&queue);
	ASSERT_TRUE(netcx_verifier_create(&queue, FALSE));
	give_rx(5, 5);
	advance([&] { receive(); });
	receive();
	advance([&] { receive(); });
	expect_nothing();
}

TEST_F(VerifierTest, NothingIsWrittenAfterStop)
{
	open(NETCX_QUEUE_TX);
	netcx_verifier_enter(&queue, "EvtPacketQueueStop");
	netcx_verifier_leave(&queue);
	netcx_verifier_stopped(&queue);
	fragment(6)->Scratch = 1;
	netcx_verifier_check_stopped(&queue);
	expect_rule(netcx_rule_RingTouchedAfterStop, fragments, 6);
}

TEST_F(VerifierTest, NoIndexMovesAfterStop)
{
	open(NETCX_QUEUE_TX);
	netcx_verifier_enter(&queue, "EvtPacketQueueStop");
	netcx_verifier_leave(&queue);
	netcx_verifier_stopped(&queue);
	queue.packets->NextIndex = 1;
	netcx_verifier_check_stopped(&queue);
	expect_rule(netcx_rule_RingTouchedAfterStop, packets, no_element);
}

TEST_F(VerifierTest, AQueueThatDoesNotDrainIsReported)
{
	open(NETCX_QUEUE_RX);
	give_rx(2, 2);
	advance([&] { queue.packets->BeginIndex = 2, packet(0)->Ignore = packet(1)->Ignore = 1; });
	netcx_verifier_undrained(&queue);
	expect_rule(netcx_rule_QueueNotDrained, fragments, no_element);
}

TEST_F(VerifierTest, AnyCallbackIsLookedAt)
{
	open(NETCX_QUEUE_RX);
	give_rx(2, 2);
	client = [&] {
		queue.packets->EndIndex = 0;
	};
	netcx_verifier_set_notification(&queue);
	ASSERT_NO_FATAL_FAILURE(expect_rule(netcx_rule_InvalidRingImmutable, packets, no_element));
	EXPECT_STREQ(os.broken_rules[0].callback, "EvtPacketQueueSetNotificationEnabled");
}

/* ---- the rest ---- */

TEST_F(VerifierTest, EveryQueueRuleIsBrokenByATest)
{
	/* Those that a callback alone does not break have tests of their own, above. */
	std::set<UINT32> rules = {netcx_rule_InvalidRingRxPacketFragmentCountOverlap,
				  netcx_rule_RingTouchedOutsideCallback,
				  netcx_rule_RingTouchedAfterStop, netcx_rule_QueueNotDrained};

	for (const Broken &broken : broken_clients)
		rules.insert(broken.rule);
	for (UINT32 rule = netcx_rule_none + 1; rule < netcx_rule_queue_end; rule++)
		EXPECT_TRUE(rules.count(rule))
			<< netcx_verifier_rule_name(static_cast<netcx_verifier_rule>(rule));
}

TEST_F(VerifierTest, WithoutMemoryThereIsNoVerifier)
{
	queue.packets = rings.packets.Get();
	queue.fragments = rings.fragments.Get();
	queue.adapter = &adapter;
	for (UINT64 nth = 1; nth <= 3; nth++) {
		os.fail_nth(nth);
		EXPECT_FALSE(netcx_verifier_create(&queue, TRUE));
		EXPECT_EQ(queue.verifier, nullptr);
		EXPECT_EQ(os.live(), 0u);
	}
	os.fail_nth(0);
}

TEST_F(VerifierTest, TheReportSaysEverything)
{
	char text[1024];

	open(NETCX_QUEUE_RX);
	give_rx(5, 5);
	advance([&] { packet(receive(2))->FragmentCount = 0; });
	ASSERT_EQ(os.broken_rules.size(), 1u);
	netcx_verifier_format(&os.broken_rules[0], "some_client", text, sizeof(text));
	EXPECT_STREQ(
		text,
		"netcx verifier: some_client broke InvalidRingRxPacketFragmentCountZero in "
		"EvtPacketQueueAdvance of rx queue 3: it returned a packet without fragments; "
		"packet 0\n"
		"packet ring: Begin 0 -> 1, Next 0 -> 0, End 5 -> 5, reclaimed 0 -> 0\n"
		"fragment ring: Begin 0 -> 2, Next 0 -> 0, End 5 -> 5, reclaimed 0 -> 0\n"
		"before: ffffffff ffffffff ffff0f00 00000000 00000000 00000000 00000000 00000000 "
		"00000000\n"
		"after : 00000000 00000000 00000000 20000000 00000000 00000000 00000000 00000000 "
		"00000000");

	/* What does not fit is cut off. */
	netcx_verifier_format(&os.broken_rules[0], "some_client", text, 20);
	EXPECT_STREQ(text, "netcx verifier: som");
}

/* Neither in the text nor in the bytes: only whether they changed. */
TEST_F(VerifierTest, TheReportDisclosesNoAddress)
{
	char text[1024];

	open(NETCX_QUEUE_TX);
	give_tx(1);
	*address(0, virtual_offset) = 0xffff888012345678;
	*address(0, logical_offset) = 0x23456789abcdef;
	advance([&] { *address(0, logical_offset) = 0x2345678900; });
	ASSERT_EQ(os.broken_rules.size(), 1u);
	netcx_violation &violation = os.broken_rules[0];
	EXPECT_EQ(violation.rule, netcx_rule_InvalidRingImmutableFragmentAddress);
	netcx_verifier_format(&violation, "some_client", text, sizeof(text));
	EXPECT_NE(strstr(text, "before: 64000090 01000000 ******** ******** ******** ********"),
		  nullptr)
		<< text;
	EXPECT_NE(strstr(text, "after : 64000090 01000000 ******** ******** !!!!!!!! !!!!!!!!"),
		  nullptr)
		<< text;
	EXPECT_EQ(violation.concealed, 0xffff00u);
	for (UINT32 i = 8; i < 24; i++) {
		EXPECT_EQ(violation.element_before[i], 0) << i;
		EXPECT_EQ(violation.element_after[i], i >= 16 ? 0xff : 0) << i;
	}
}

/* A return context is the client's own address. */
TEST_F(VerifierTest, TheReportDisclosesNoReturnContext)
{
	open(NETCX_QUEUE_RX);
	queue.layout.fragment_logical_address = 0;
	queue.layout.fragment_return_context = logical_offset;
	give_rx(3, 3);
	advance([&] {
		receive();
		fragment(0)->Offset = 1;
		fragment(0)->ValidLength = capacity;
	});
	ASSERT_EQ(os.broken_rules.size(), 1u);
	ASSERT_EQ(os.broken_rules[0].ring, UINT32(NetRingTypeFragment));
	EXPECT_EQ(os.broken_rules[0].concealed, 0xffff00u);
}

/* What a ring remembers for its owners are pointers. */
TEST_F(VerifierTest, TheReportOfARingDisclosesNoAddress)
{
	open(NETCX_QUEUE_RX);
	give_rx(5, 5);
	queue.packets->Scratch = reinterpret_cast<void *>(0x1234);
	advance([&] {
		queue.packets->Scratch = &os;
		queue.packets->BeginIndex = 6;
	});
	ASSERT_EQ(os.broken_rules.size(), 1u);
	const netcx_violation &violation = os.broken_rules[0];
	ASSERT_EQ(violation.element, NETCX_VERIFIER_NO_ELEMENT);
	EXPECT_EQ(violation.concealed, 0xff00ffffff000000u);
	EXPECT_EQ(violation.element_before[56], 0);
	EXPECT_EQ(violation.element_after[56], 0xff);
	EXPECT_EQ(violation.element_after[48], 6);
}

TEST_F(VerifierTest, CallsNameTheirRuleAtTheEnd)
{
	EXPECT_EQ(netcx_verifier_api_rule("NetAdapterStart: x is 1, must be 2 (NotPowerOfTwo)"),
		  netcx_rule_NotPowerOfTwo);
	EXPECT_EQ(netcx_verifier_api_rule("(IrqlIsNotPassive)"), netcx_rule_IrqlIsNotPassive);
	EXPECT_EQ(netcx_verifier_api_rule("(RemovingDeviceWithAdapters)"),
		  netcx_rule_RemovingDeviceWithAdapters);
	for (const char *text :
	     {"", ")", "()", "NotPowerOfTwo)", "(NotPowerOfTwo", "(NotPowerOfTwo) here",
	      "(PowerOfTwo)", "(InvalidRingImmutable)", "creating failed (0xc0000001)"})
		EXPECT_EQ(netcx_verifier_api_rule(text), netcx_rule_none) << text;
}

} // namespace

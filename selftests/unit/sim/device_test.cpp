// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/sim: devices that come and go, their wires, their modes, their queues.

#include "sim/pair.h"

#include <set>

#include "hw/sim/receive_scaling.h"

#include <net/packethash.h>
#include <netreceivescaling.h>

namespace
{

using namespace unit;

class SimDevice : public SimPair
{
protected:
	static bool link_is_up(const Port &port)
	{
		return port.adapter()->link.MediaConnectState == MediaConnectStateConnected;
	}

	/* Frames go both ways. */
	void expect_traffic()
	{
		const Bytes there = a().frame_to(b(), 100, 1), back = b().frame_to(a(), 200, 2);

		EXPECT_TRUE(a().send(cut(there, 1)));
		EXPECT_TRUE(b().send(cut(back, 3)));
		run();
		ASSERT_FALSE(a().frames().empty());
		ASSERT_FALSE(b().frames().empty());
		EXPECT_EQ(b().frames().back(), there);
		EXPECT_EQ(a().frames().back(), back);
	}
};

TEST_F(SimDevice, TheLinkIsUpWhileBothAre)
{
	open({}, {});
	EXPECT_TRUE(link_is_up(a()));
	EXPECT_TRUE(link_is_up(b()));
	expect_traffic();
	b().power_down();
	EXPECT_FALSE(link_is_up(a()));
	ASSERT_EQ(b().power_up(), 0);
	EXPECT_TRUE(link_is_up(a()));
	EXPECT_TRUE(link_is_up(b()));
	expect_traffic();
	b().remove();
	EXPECT_FALSE(link_is_up(a()));
	ASSERT_EQ(b().open(), 0);
	EXPECT_TRUE(link_is_up(a()));
	expect_traffic();
}

TEST_F(SimDevice, WithoutAnotherEndPacketsAreLost)
{
	open({}, {});

	const Packet sent = packet(100, 1);

	b().remove();
	EXPECT_TRUE(a().send(sent));
	run();
	EXPECT_EQ(a().returned, 1u);
	EXPECT_EQ(a().statistic("sim_tx_lost"), 1u);
}

TEST_F(SimDevice, SleepInTheMidstOfTraffic)
{
	open({{"TxDelay", 500}}, {{"RxBuffers", 2}, {"RxBufferBytes", 128}});
	for (UINT32 i = 0; i < 20; i++)
		send(1000, i);
	b().rx[0]->advance();
	a().power_down();
	EXPECT_EQ(a().returned, 20u);
	EXPECT_EQ(a().fragments_left, 0u);
	b().power_down();
	ASSERT_EQ(a().power_up(), 0);
	ASSERT_EQ(b().power_up(), 0);
	run();
	expect_traffic();
}

TEST_F(SimDevice, OneWireHasTwoEnds)
{
	open({}, {});

	Port third(pair->driver, "netcx_sim.2", {}),
		other(pair->driver, "netcx_sim.3", {{"Wire", 1}});

	EXPECT_NE(third.open(), 0);
	EXPECT_EQ(os().lines_with("two devices are on wire 0 already"), 1u);
	EXPECT_EQ(other.open(), 0);
	EXPECT_FALSE(link_is_up(other));
	errors_expected = os().errors();
	EXPECT_NE(other.address(), a().address());
	expect_traffic();
	b().remove();
	EXPECT_EQ(third.open(), 0);
	EXPECT_TRUE(link_is_up(third));
}

TEST_F(SimDevice, ModesOutOfRangeAreRefused)
{
	open({}, {});
	b().remove();
	for (const auto &[name, value] :
	     std::vector<std::pair<std::string, UINT32>>{{"RxBuffers", 4},
							 {"Queues", 0},
							 {"Queues", 9},
							 {"TxQueues", 9},
							 {"RxBufferBytes", 63},
							 {"RxBufferBytes", 16385},
							 {"TxAlignment", 3},
							 {"TxAlignment", 8192},
							 {"RxAlignment", 0},
							 {"RxAlignment", 48},
							 {"RxAlignment", 8192},
							 {"TxFragments", 0},
							 {"TxBackfill", 65},
							 {"Misbehaviour", 4000000000}}) {
		Port refused(pair->driver, "netcx_sim.9", {{name, value}});

		EXPECT_NE(refused.open(), 0) << name << '=' << value;
		EXPECT_EQ(os().lines_with(name + "=" + std::to_string(value) + ", must be "), 1u);
	}
	for (const char *text : {"many", ""}) {
		Port refused(pair->driver, "netcx_sim.9", {});

		refused.hardware.strings["Queues"] = {text};
		EXPECT_NE(refused.open(), 0) << text;
	}
	EXPECT_EQ(os().lines_with("reading Queues failed"), 2u);
	errors_expected = os().errors();
	ASSERT_EQ(b().open(), 0);
	expect_traffic();
}

/* Everything that can fail does, once: it is said, nothing is left, and the next attempt works. */
TEST_F(SimDevice, EveryAllocationFails)
{
	static constexpr UINT64 fewest = 40, most = 500;
	static const Modes modes = {{"RxBuffers", 2}, {"Coalescing", 4}, {"Queues", 2}};
	bool all = false;

	for (UINT64 nth = 1; !all; nth++) {
		ASSERT_LT(nth, most);

		Pair other(modes, Modes(), nth);
		int error = other.driver ? 0 : -1;

		for (Port *port : {other.a.get(), other.b.get()}) {
			if (!error)
				error = port->start();
			if (!error)
				error = port->interface->open();
		}
		all = other.os.attempts() < nth;
		other.os.fail_nth(0);
		ASSERT_TRUE(!all || nth > fewest);
		EXPECT_EQ(error == 0, all) << nth << '\n' << other.os.whole_log();
		EXPECT_EQ(other.os.errors() == 0, all) << nth << '\n' << other.os.whole_log();
		if (other.driver) {
			other.a->remove();
			other.b->remove();
			ASSERT_EQ(other.open(), 0) << nth << '\n' << other.os.whole_log();

			const Bytes frame = other.a->frame_to(*other.b, 100, 1);

			EXPECT_TRUE(other.a->send(cut(frame, 1)));
			other.run();
			EXPECT_TRUE(same_frames(other.b->frames(), {frame})) << nth;
		}
		other.finish();
		EXPECT_EQ(other.os.live(), 0u) << nth << ' ' << other.os.live_kinds();
		EXPECT_EQ(other.os.violations, std::vector<std::string>()) << nth;
	}
}

/* ---- queues ---- */

/* @Queues */
class SimQueues : public SimDevice, public ::testing::WithParamInterface<UINT32>
{
protected:
	static constexpr UINT32 entries = 128;

	SimQueues()
	{
		for (UINT32 i = 0; i < sizeof(key); i++)
			key[i] = static_cast<UINT8>(i * 37 + 11);
	}

	/* Flows of UDP go to the queues in turn. */
	void scale()
	{
		const auto protocols = static_cast<NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE>(
			NetAdapterReceiveScalingProtocolTypeIPv4 |
			NetAdapterReceiveScalingProtocolTypeUdp);
		std::vector<NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY> table(entries);

		for (UINT32 i = 0; i < entries; i++)
			table[i] = {b().rx[i % GetParam()]->handle()->handle, STATUS_SUCCESS, i};
		ASSERT_EQ(
			netcx_core_receive_scaling_enable(
				b().adapter(), NetAdapterReceiveScalingHashTypeToeplitz, protocols),
			0);
		ASSERT_EQ(netcx_core_receive_scaling_set_key(b().adapter(), key), 0);
		ASSERT_EQ(netcx_core_receive_scaling_set_entries(b().adapter(), table.data(),
								 entries),
			  0);
	}

	/* A UDP packet of a flow. */
	Packet flow(UINT32 number, UINT32 length)
	{
		static constexpr UINT8 headers[] = {0x08, 0x00, 0x45, 0, 0,   0,  0, 0, 0,   0,
						    64,	  17,	0,    0, 192, 0,  2, 1, 192, 0,
						    2,	  2,	0,    0, 0,   53, 0, 0, 0,   0};
		Packet packet = cut(a().frame_to(b(), length, number), 1);
		Bytes &frame = packet.fragments[0];

		std::copy(std::begin(headers), std::end(headers), frame.begin() + 12);
		sim::write_be16(&frame[16], length - 14);
		sim::write_be16(&frame[34], 1024 + number);
		sim::write_be16(&frame[38], length - 34);
		return packet;
	}

	/* What the NIC should find, computed beside it. */
	UINT32 hash_of(const Bytes &frame) const
	{
		Bytes input(frame.begin() + 26, frame.begin() + 38);
		UINT32 hash = 0;

		for (UINT32 bit = 0; bit < input.size() * 8; bit++) {
			if (!(input[bit / 8] & 0x80 >> bit % 8))
				continue;
			/* 32 bits of the key, from that bit on. */
			for (UINT32 i = bit; i < bit + 32; i++) {
				if (key[i / 8] & 0x80 >> i % 8)
					hash ^= 1U << (31 - (i - bit));
			}
		}
		return hash;
	}

	UINT8 key[NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1];
};

INSTANTIATE_TEST_SUITE_P(Of, SimQueues, ::testing::Range(1u, 9u));

/* Each flow in the queue that its hash says, in order; every sending queue sends. */
TEST_P(SimQueues, FlowsGoWhereTheirHashSays)
{
	constexpr UINT32 flows = 60, rounds = 10;
	const UINT32 queues = GetParam();
	std::vector<std::vector<Bytes>> sent(queues);

	open({{"Queues", queues}}, {{"Queues", queues}, {"RxHoles", 4}, {"RxBufferBytes", 256}});
	b().close();
	b().adapter()->receive_hash = TRUE;
	ASSERT_EQ(b().open(), 0);
	ASSERT_EQ(a().tx.size(), queues);
	ASSERT_EQ(b().rx.size(), queues);
	scale();
	for (UINT32 round = 0; round < rounds; round++) {
		for (UINT32 i = 0; i < flows; i++) {
			const Packet packet = flow(i, 60 + 40 * round);
			const Bytes &frame = packet.fragments[0];

			EXPECT_TRUE(a().send(packet, i % queues));
			sent[hash_of(frame) % entries % queues].push_back(frame);
		}
		run();
	}
	EXPECT_EQ(a().returned, flows * rounds);
	for (UINT32 i = 0; i < queues; i++) {
		EXPECT_GT(b().frames(i).size(), 0u) << i;
		EXPECT_TRUE(same_frames(b().frames(i), sent[i])) << i;
		for (const Received &one : b().received[i]) {
			/* As what was left in the ring when the queue stopped. */
			if (one.ignored)
				continue;
			EXPECT_EQ(one.hash.HashValue, hash_of(one.bytes));
			EXPECT_EQ(one.hash.ProtocolType,
				  NetPacketHashProtocolTypeIPv4 | NetPacketHashProtocolTypeUdp);
		}
	}
}

/* The queues of the sender go while those of the receiver are full, and the other way round. */
TEST_P(SimQueues, AllGoInTheMidstOfTraffic)
{
	const UINT32 queues = GetParam();

	open({{"Queues", queues}, {"TxDelay", 200}},
	     {{"Queues", queues}, {"RxBuffers", 2}, {"RxIgnore", 3}});
	for (UINT32 round = 1; round <= 4; round++) {
		scale();
		for (UINT32 i = 0; i < 16 * queues; i++)
			EXPECT_TRUE(a().send(flow(i, 400), i % queues));
		(round % 2 ? a() : b()).close();
		pair->pass_time(1000, 100);
		EXPECT_EQ(a().returned, 16 * queues * round);
		EXPECT_EQ(a().packets_left, 0u);
		EXPECT_EQ(a().fragments_left, 0u);
		ASSERT_EQ((round % 2 ? a() : b()).open(), 0);
		run();
	}
	EXPECT_EQ(b().statistic("sim_rx_frames"), 16 * queues * 4);
	b().close();

	SIZE_T frames = 0;

	for (UINT32 i = 0; i < queues; i++)
		frames += b().frames(i).size();
	EXPECT_EQ(b().buffers_returned, frames);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/sim: what one NIC of a pair sends, the other one receives, in every mode of receive buffers.

#include "sim/pair.h"

#include <numeric>

#include "hw/sim/modes.h"

namespace
{

using namespace unit;

constexpr UINT32 pieces(UINT32 length, UINT32 of)
{
	return (length + of - 1) / of;
}

/* @RxBuffers */
class SimRx : public SimPair, public ::testing::WithParamInterface<UINT32>
{
protected:
	/* @modes: of the receiver. */
	void listen(Modes modes, const Modes &sender = {})
	{
		modes["RxBuffers"] = GetParam();
		open(sender, modes);
	}

	bool buffers_are_the_drivers() const { return GetParam() >= sim::rx_buffers_driver; }

	/* Sends frames of these lengths and waits for all; what was sent. */
	std::vector<Bytes> send_all(const std::vector<UINT32> &lengths)
	{
		std::vector<Bytes> sent;

		for (UINT32 i = 0; i < lengths.size(); i++)
			sent.push_back(send(lengths[i], i));
		run();
		return sent;
	}

	/* Exactly these frames came, and each buffer of the driver was returned to it once. */
	void expect_frames(const std::vector<Bytes> &sent, UINT32 bytes_of_buffer)
	{
		UINT32 buffers = 0;

		EXPECT_TRUE(same_frames(b().frames(), sent));
		for (const Received &one : b().received[0]) {
			if (one.ignored)
				continue;
			EXPECT_EQ(one.fragments,
				  pieces(static_cast<UINT32>(one.bytes.size()), bytes_of_buffer));
			buffers += one.fragments;
		}
		EXPECT_EQ(a().returned, a().given);
		EXPECT_EQ(b().statistic("sim_rx_frames"), sent.size());
		EXPECT_EQ(b().statistic("sim_rx_missed"), 0u);
		b().close();
		EXPECT_EQ(b().buffers_returned, buffers_are_the_drivers() ? buffers : 0);
	}
};

std::string mode_name(const ::testing::TestParamInfo<UINT32> &mode)
{
	static const char *const names[] = {"Dma", "WithoutDma", "DriversOwn", "NetMemory"};

	return names[mode.param];
}

INSTANTIATE_TEST_SUITE_P(Buffers, SimRx,
			 ::testing::Values(sim::rx_buffers_dma, sim::rx_buffers_plain,
					   sim::rx_buffers_driver, sim::rx_buffers_registered),
			 mode_name);

TEST_P(SimRx, TheQueueHasWhatTheModeCallsFor)
{
	listen({});

	const netcx_queue_layout &layout = b().rx[0]->handle()->layout;

	EXPECT_NE(layout.fragment_virtual_address, 0u);
	EXPECT_EQ(layout.fragment_return_context != 0, buffers_are_the_drivers());
	EXPECT_EQ(layout.fragment_net_memory != 0, GetParam() == sim::rx_buffers_registered);
	EXPECT_EQ(b().rx[0]->handle()->returns != nullptr,
		  GetParam() == sim::rx_buffers_registered);
	EXPECT_EQ(b().adapter()->rx.AllocationMode != NetRxFragmentBufferAllocationModeSystem,
		  buffers_are_the_drivers());
	if (!buffers_are_the_drivers()) {
		EXPECT_EQ(b().adapter()->rx.MappingRequirement ==
				  NetMemoryMappingRequirementDmaMapped,
			  GetParam() == sim::rx_buffers_dma);
	}
}

TEST_P(SimRx, EveryByteArrives)
{
	std::vector<UINT32> lengths = {14, 15, 60, 61, 1514, 2047, 2048, 2049, 9000, 9014};

	listen({});
	/* Several times around the rings. */
	for (UINT32 length = 60; length < 360; length++)
		lengths.push_back(length);
	expect_frames(send_all(lengths), 2048);
}

TEST_P(SimRx, FramesTakeSeveralFragments)
{
	std::vector<UINT32> lengths(17);

	listen({{"RxBufferBytes", 100}});
	std::iota(lengths.begin(), lengths.end(), 14);
	for (UINT32 piece = 1; piece <= 17; piece++) {
		lengths.push_back(100 * piece - 1);
		lengths.push_back(100 * piece);
		if (piece < 17)
			lengths.push_back(100 * piece + 1);
	}
	expect_frames(send_all(lengths), 100);
}

TEST_P(SimRx, FragmentsAreSkipped)
{
	constexpr UINT32 frames = 200, every = 3;
	UINT32 expected = 0;
	std::vector<Bytes> sent;

	listen({{"RxHoles", every}, {"RxBufferBytes", 128}});
	sent = send_all(std::vector<UINT32>(frames, 300));
	ASSERT_EQ(b().received[0].size(), frames);
	for (UINT32 i = 0; i < frames; i++) {
		if (i % every == 0)
			expected++;
		EXPECT_EQ(b().received[0][i].fragment, expected % b().ring_size) << i;
		expected += 3;
	}
	expect_frames(sent, 128);
}

TEST_P(SimRx, PacketsToIgnoreComeBetween)
{
	constexpr UINT32 frames = 100, every = 2;
	std::vector<Bytes> sent;

	listen({{"RxIgnore", every}});
	sent = send_all(std::vector<UINT32>(frames, 80));
	ASSERT_EQ(b().received[0].size(), frames + frames / every);
	for (UINT32 i = 0; i < b().received[0].size(); i++)
		EXPECT_EQ(b().received[0][i].ignored, i % (every + 1) == every) << i;
	expect_frames(sent, 2048);
}

/* Everything at once, for a long time. */
TEST_P(SimRx, NothingIsLostWhateverTheModes)
{
	constexpr UINT32 frames = 2000;
	Random random(GetParam());
	std::vector<UINT32> lengths(frames);

	listen({{"RxHoles", 2}, {"RxIgnore", 3}, {"RxBufferBytes", 300}, {"NotifyDelay", 40}});
	for (UINT32 &length : lengths)
		length = random.between(14, 17 * 300);

	std::vector<Bytes> sent;

	for (UINT32 i = 0; i < frames; i++) {
		const Packet next = packet(lengths[i], i);

		ASSERT_TRUE(pair->send_patiently(next));
		sent.push_back(next.fragments[0]);
	}
	pair->pass_time(1000);
	EXPECT_EQ(b().ignored(), frames / 3);
	expect_frames(sent, 300);
}

/* A receiver that is slow makes the sender wait, who is told when there is room. */
TEST_P(SimRx, WhoIsSlowHoldsTheSender)
{
	constexpr UINT32 length = 9000;
	std::vector<Bytes> sent;

	listen({});
	b().listens = false;
	for (UINT32 i = 0; i < 60; i++)
		sent.push_back(send(length, i));
	run();
	EXPECT_LT(a().returned, 60u);
	EXPECT_GT(a().returned, 20u);
	EXPECT_EQ(b().received[0].size(), 0u);
	b().listens = true;
	run();
	EXPECT_EQ(a().returned, 60u);
	expect_frames(sent, 2048);
}

/* Without buffers frames are lost, and counted; the sender gets its packets back. */
TEST_P(SimRx, WithoutBuffersFramesAreMissed)
{
	constexpr UINT32 frames = 400, length = 9000;
	std::vector<Bytes> sent;

	listen({});
	b().listens = false;
	for (UINT32 i = 0; i < frames; i++) {
		sent.push_back(send(length, i));
		/* It finds the ring's buffers, which nobody refills. */
		b().rx[0]->advance();
	}
	run();
	EXPECT_EQ(a().returned, frames);

	const UINT64 missed = b().statistic("sim_rx_missed");

	EXPECT_GT(missed, 0u);
	EXPECT_EQ(b().statistic("sim_rx_frames"), frames - missed);
	EXPECT_EQ(a().statistic("sim_tx_frames"), frames);
	b().listens = true;
	run();
	sent.resize(frames - missed);
	EXPECT_TRUE(same_frames(b().frames(), sent));
}

/* Into a buffer of the system's that is not aligned nothing is received. */
TEST_P(SimRx, BuffersAreAligned)
{
	for (const auto &[shift, arrives] : std::vector<std::pair<UINT32, bool>>{
		     {0, true}, {256, true}, {128, false}, {8, false}, {1, false}}) {
		listen({{"RxAlignment", 256}});
		if (!buffers_are_the_drivers()) {
			EXPECT_EQ(b().adapter()->rx.FragmentBufferAlignment, 256u);
		}
		b().rx[0]->shift = shift;
		/* A ring's worth of buffers is there already, which are aligned. */
		send_all(std::vector<UINT32>(b().ring_size - 1, 60));
		EXPECT_EQ(b().received[0].size(), b().ring_size - 1);
		send_all({60});
		EXPECT_EQ(b().received[0].size(),
			  b().ring_size - (arrives || buffers_are_the_drivers() ? 0 : 1))
			<< shift;
		finish();
	}
}

/* What is not for it does not get in. */
TEST_P(SimRx, OthersFramesAreFiltered)
{
	Packet other;

	listen({});
	other = packet(100, 0);
	other.fragments[0][5] ^= 0x40;
	EXPECT_TRUE(a().send(other));
	send_all({100});
	EXPECT_EQ(b().received[0].size(), 1u);
	EXPECT_EQ(b().statistic("sim_rx_filtered"), 1u);
	EXPECT_EQ(a().statistic("sim_tx_lost"), 1u);
	EXPECT_EQ(a().returned, 2u);
}

/* Frames that are still in the NIC when its queue goes are gone; those in the rings are not. */
TEST_P(SimRx, QueuesGoInTheMidstOfTraffic)
{
	constexpr UINT32 frames = 60;
	UINT32 fragments = 0;

	listen({{"RxBufferBytes", 200}, {"RxHoles", 5}});
	for (UINT32 round = 1; round <= 5; round++) {
		std::vector<Bytes> sent;

		b().listens = false;
		for (UINT32 i = 0; i < frames; i++)
			sent.push_back(send(1000, i * round));
		/* As many as there are fragments for: 63, of which every 26th is skipped. */
		b().rx[0]->advance();
		b().close();
		run();
		EXPECT_EQ(a().returned, a().given);
		sent.resize(12);
		EXPECT_TRUE(same_frames(b().frames(), sent));
		for (const Received &one : b().received[0])
			fragments += one.fragments;
		EXPECT_EQ(b().buffers_returned, buffers_are_the_drivers() ? fragments : 0);

		b().received.clear();
		b().listens = true;
		ASSERT_EQ(b().open(), 0);
		run();
		sent = {send(200, round)};
		run();
		EXPECT_TRUE(same_frames(b().frames(), sent));
		b().close();
		b().received.clear();
		fragments++;
		ASSERT_EQ(b().open(), 0);
		run();
	}
}

/* ---- buffers of the driver's own ---- */

class SimRxBuffers : public SimPair
{
};

/* The system keeps them all, and lets go of them when nothing comes in that could wake the queue. */
TEST_F(SimRxBuffers, WhatWaitsForABufferComesWhenOneIsReturned)
{
	std::vector<Bytes> sent;

	open({}, {{"RxBuffers", sim::rx_buffers_driver}, {"Queues", 1}});
	/* The rings are longer than there are buffers. */
	b().close();
	b().interface->ring_size = 128;
	ASSERT_EQ(b().open(), 0);
	b().rx[0]->keeps_buffers = true;
	run();
	for (UINT32 i = 0; i < 100; i++)
		sent.push_back(send(100, i));
	run();
	EXPECT_EQ(b().frames().size(), 64u);
	EXPECT_EQ(b().rx[0]->buffers_kept(), 64u);
	b().rx[0]->keeps_buffers = false;
	b().rx[0]->return_buffers();
	run();
	EXPECT_TRUE(same_frames(b().frames(), sent));
	EXPECT_EQ(b().rx[0]->buffers_returned, 100u);
}

/* A frame for which there are too few gets none, and those it would have had are there for others. */
TEST_F(SimRxBuffers, AFrameGetsAllItsBuffersOrNone)
{
	std::vector<Bytes> sent;

	open({}, {{"RxBuffers", sim::rx_buffers_driver}, {"RxBufferBytes", 100}, {"Queues", 1}});
	b().close();
	b().interface->ring_size = 128;
	ASSERT_EQ(b().open(), 0);
	b().rx[0]->keeps_buffers = true;
	run();
	for (UINT32 i = 0; i < 7; i++)
		sent.push_back(send(1000, i));
	run();
	/* 64 buffers are six frames of ten. */
	EXPECT_EQ(b().frames().size(), 6u);
	EXPECT_EQ(b().rx[0]->buffers_kept(), 60u);
	b().rx[0]->return_buffers();
	run();
	EXPECT_TRUE(same_frames(b().frames(), sent));
}

/* One queue has them all; another one, which waits, is told when they come back. */
TEST_F(SimRxBuffers, QueuesShareThem)
{
	Packet other;

	open({}, {{"RxBuffers", sim::rx_buffers_driver}, {"Queues", 2}});
	b().close();
	b().interface->ring_size = 256;
	ASSERT_EQ(b().open(), 0);
	b().rx[0]->keeps_buffers = true;
	run();
	for (UINT32 i = 0; i < 128; i++)
		send(100, i);
	run();
	EXPECT_EQ(b().frames().size(), 128u);

	/* From here on all frames of flows go to the second queue. */
	std::vector<NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY> entries(128);

	for (UINT32 i = 0; i < entries.size(); i++)
		entries[i] = {b().rx[1]->handle()->handle, STATUS_SUCCESS, i};
	ASSERT_EQ(netcx_core_receive_scaling_enable(b().adapter(),
						    NetAdapterReceiveScalingHashTypeToeplitz,
						    NetAdapterReceiveScalingProtocolTypeIPv4),
		  0);
	ASSERT_EQ(netcx_core_receive_scaling_set_entries(b().adapter(), entries.data(), 128), 0);
	other = packet(100, 0);
	other.fragments[0][12] = 0x08;
	other.fragments[0][13] = 0x00;
	other.fragments[0][14] = 0x45;
	other.fragments[0][16] = 0;
	other.fragments[0][17] = 86;
	ASSERT_TRUE(a().send(other));
	run();
	EXPECT_EQ(b().frames(1).size(), 0u);
	b().rx[0]->return_buffers();
	run();
	EXPECT_TRUE(same_frames(b().frames(1), other.fragments));
}

} // namespace

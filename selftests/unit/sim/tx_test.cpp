// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/sim: packets that are sent come back whatever the NIC does with them: late, in another order,
// when it is told to let go of them, or not at all.

#include "sim/pair.h"

namespace
{

using namespace unit;

class SimTx : public SimPair
{
protected:
	/* @modes: of the sender. */
	void speak(const Modes &modes, const Modes &receiver = {}) { open(modes, receiver); }

	/* Frames of 60 bytes and more; all of them fit into the ring. */
	std::vector<Bytes> send_some(UINT32 count)
	{
		std::vector<Bytes> sent;

		for (UINT32 i = 0; i < count; i++)
			sent.push_back(send(60 + i, i));
		return sent;
	}

	const NET_RING *ring() { return a().tx[0]->handle()->packets; }
	/* Has that packet finished before it was its turn to be returned? */
	bool is_marked(UINT32 index) { return NetRingGetPacketAtIndex(ring(), index)->Scratch; }
};

TEST_F(SimTx, PacketsOfManyFragments)
{
	for (UINT32 dma : {0, 1}) {
		std::vector<Bytes> sent;

		speak({{"TxDma", dma}});
		EXPECT_EQ(a().tx[0]->handle()->layout.fragment_logical_address != 0, dma == 1);
		EXPECT_EQ(a().adapter()->tx.MaximumNumberOfFragments, 16u);
		for (UINT32 count = 1; count <= 16; count++) {
			const Bytes frame = a().frame_to(b(), 60 + 7 * count, count);

			EXPECT_TRUE(a().send(cut(frame, count)));
			sent.push_back(frame);
			run();
		}
		EXPECT_TRUE(same_frames(b().frames(), sent));
		EXPECT_EQ(a().returned, 16u);
		EXPECT_EQ(a().tx[0]->fragments_out(), 0u);
		EXPECT_EQ(a().statistic("sim_tx_bad"), 0u);
	}
}

TEST_F(SimTx, WhatIsNotAlignedIsNotSent)
{
	Packet aligned, crooked;

	speak({{"TxAlignment", 8}, {"TxFragments", 2}});
	EXPECT_EQ(a().adapter()->tx.FragmentBufferAlignment, 8u);
	EXPECT_EQ(a().adapter()->tx.MaximumNumberOfFragments, 2u);
	aligned = crooked = packet(100, 1);
	aligned.offset = 16;
	crooked.offset = 4;
	EXPECT_TRUE(a().send(crooked));
	EXPECT_TRUE(a().send(aligned));
	run();
	EXPECT_TRUE(same_frames(b().frames(), aligned.fragments));
	EXPECT_EQ(a().statistic("sim_tx_bad"), 1u);
	EXPECT_EQ(a().returned, 2u);
}

/* The client overwrites the room that it asked for, and nothing else. */
TEST_F(SimTx, RoomBeforeAPacketIsTheClients)
{
	std::vector<Bytes> sent;

	speak({{"TxBackfill", 32}});
	EXPECT_EQ(a().adapter()->tx.PayloadBackfill, 32u);
	for (UINT32 count = 1; count <= 4; count++) {
		sent.push_back(a().frame_to(b(), 200, count));
		EXPECT_TRUE(a().send(cut(sent.back(), count)));
	}
	run();
	EXPECT_TRUE(same_frames(b().frames(), sent));
}

TEST_F(SimTx, IgnoredPacketsAreOnlyReturned)
{
	Packet ignored;
	Bytes sent;

	speak({});
	ignored.ignore = true;
	EXPECT_TRUE(a().send(ignored));
	sent = send(100, 1);
	EXPECT_TRUE(a().send(ignored));
	run();
	EXPECT_EQ(a().returned, 3u);
	EXPECT_TRUE(same_frames(b().frames(), std::vector<Bytes>{sent}));
	EXPECT_EQ(a().statistic("sim_tx_bad"), 0u);
}

TEST_F(SimTx, BadPacketsAreReturnedAndCounted)
{
	speak({});
	/* No header, and more than there is on any wire. */
	EXPECT_TRUE(a().send(cut(Bytes(13), 1)));
	EXPECT_TRUE(a().send(packet(9100, 1)));
	run();
	EXPECT_EQ(a().statistic("sim_tx_bad"), 2u);
	EXPECT_EQ(a().returned, 2u);
	EXPECT_EQ(b().received[0].size(), 0u);
}

/* The first of four finishes last: the others wait for it, with a mark. */
TEST_F(SimTx, PacketsFinishOutOfOrder)
{
	std::vector<Bytes> sent;

	speak({{"TxOutOfOrder", 1}});
	sent = send_some(8);
	run();
	EXPECT_TRUE(same_frames(b().frames(), sent));
	EXPECT_EQ(a().returned, 0u);
	for (UINT32 i = 0; i < 8; i++)
		EXPECT_EQ(is_marked(i), i % 4 != 0) << i;
	pair->pass_time(49, 1);
	EXPECT_EQ(a().returned, 0u);
	pair->pass_time(1, 1);
	EXPECT_EQ(a().returned, 8u);
	EXPECT_EQ(a().tx[0]->fragments_out(), 0u);
}

TEST_F(SimTx, PacketsFinishLate)
{
	std::vector<Bytes> sent;

	speak({{"TxDelay", 100}});
	sent = send_some(5);
	pair->pass_time(60, 1);
	sent.push_back(send(500, 9));
	pair->pass_time(39, 1);
	EXPECT_TRUE(same_frames(b().frames(), sent));
	EXPECT_EQ(a().returned, 0u);
	pair->pass_time(1, 1);
	EXPECT_EQ(a().returned, 5u);
	pair->pass_time(60, 1);
	EXPECT_EQ(a().returned, 6u);
}

TEST_F(SimTx, LateAndOutOfOrderForALongTime)
{
	constexpr UINT32 frames = 1500;
	std::vector<Bytes> sent;
	Random random(1);

	speak({{"TxDelay", 30}, {"TxOutOfOrder", 1}, {"NotifyDelay", 70}},
	      {{"RxHoles", 2}, {"RxBufferBytes", 512}, {"NotifyDelay", 10}});
	for (UINT32 i = 0; i < frames; i++) {
		const Bytes frame = a().frame_to(b(), random.between(14, 4000), i);
		const Packet next = cut(frame, random.between(1, 14));

		ASSERT_TRUE(pair->send_patiently(next));
		sent.push_back(frame);
	}
	pair->pass_time(1000);
	EXPECT_EQ(a().returned, frames);
	EXPECT_TRUE(same_frames(b().frames(), sent));
}

/* ---- notifications ---- */

TEST_F(SimTx, NotificationsComeLate)
{
	std::vector<Bytes> sent;

	speak({}, {{"NotifyDelay", 2000}});
	sent = send_some(1);
	pair->pass_time(1999, 1);
	EXPECT_EQ(b().frames().size(), 0u);
	pair->pass_time(1, 1);
	EXPECT_TRUE(same_frames(b().frames(), sent));
}

/* The second is lost: what it was for is found with the third. */
TEST_F(SimTx, NotificationsAreLost)
{
	std::vector<Bytes> sent;

	speak({}, {{"NotifyLose", 2}});
	sent.push_back(send(100, 1));
	run();
	EXPECT_TRUE(same_frames(b().frames(), sent));
	sent.push_back(send(100, 2));
	pair->pass_time(100000, 1000);
	EXPECT_EQ(b().frames().size(), 1u);
	sent.push_back(send(100, 3));
	run();
	EXPECT_TRUE(same_frames(b().frames(), sent));
	EXPECT_EQ(a().returned, 3u);
}

TEST_F(SimTx, ALateNotificationDoesNotOutliveItsQueue)
{
	speak({{"NotifyDelay", 500}, {"TxDelay", 100}}, {{"NotifyDelay", 500}});
	send_some(5);
	pair->pass_time(300, 10);
	a().close();
	b().close();

	const auto told = b().interface->notifications;

	pair->os.pass_time(2000);
	EXPECT_EQ(b().interface->notifications, told);
	EXPECT_EQ(a().returned, 5u);
}

/* ---- stuck ---- */

TEST_F(SimTx, StuckPacketsComeBackWithCancel)
{
	std::vector<Bytes> sent;

	speak({{"TxStuck", 5}, {"TxDelay", 10}});
	sent = send_some(20);
	pair->pass_time(10000, 100);
	EXPECT_TRUE(same_frames(b().frames(), sent));
	EXPECT_EQ(a().returned, 5u);
	EXPECT_EQ(a().tx[0]->outstanding(), 15u);
	a().close();
	EXPECT_EQ(a().returned, 20u);
	EXPECT_EQ(a().packets_left, 0u);
	EXPECT_EQ(a().fragments_left, 0u);

	/* Once is enough. */
	ASSERT_EQ(a().open(), 0);
	send_some(30);
	pair->pass_time(100);
	EXPECT_EQ(a().returned, 50u);
}

/* Not even then: the system takes back what the client does not give. */
TEST_F(SimTx, StuckPacketsAreTakenBackWhenTheQueueStops)
{
	const std::vector<std::string> undrained = {"a cancelled queue did not drain"};

	speak({{"TxStuck", 5}, {"TxStuckCancel", 1}});
	for (UINT32 i = 0; i < 12; i++)
		EXPECT_TRUE(a().send(cut(a().frame_to(b(), 100, i), 2)));
	run();
	EXPECT_EQ(a().returned, 5u);
	a().close();
	EXPECT_EQ(os().violations, undrained);
	os().violations.clear();
	EXPECT_EQ(a().returned, 5u);
	EXPECT_EQ(a().packets_left, 7u);
	EXPECT_EQ(a().fragments_left, 14u);
	EXPECT_EQ(b().frames().size(), 12u);

	ASSERT_EQ(a().open(), 0);
	send_some(30);
	run();
	EXPECT_EQ(a().returned, 35u);
	EXPECT_EQ(b().frames().size(), 42u);
}

/* ---- flow control ---- */

/* Held packets stay in the ring, and the device says that it is not its fault. */
TEST_F(SimTx, PausedPacketsWaitUntilThePauseIsOver)
{
	speak({{"TxPaused", 20}});
	send_some(100);
	run();
	EXPECT_EQ(a().returned, 100u);
	EXPECT_TRUE(netcx_core_adapter_is_transmit_paused(a().adapter()));
	EXPECT_FALSE(netcx_core_adapter_is_transmit_paused(b().adapter()));
	send_some(5);
	run();
	pair->pass_time(19000, 1000);
	EXPECT_EQ(a().returned, 100u);
	EXPECT_EQ(a().tx[0]->outstanding(), 5u);
	pair->pass_time(2000, 1000);
	EXPECT_FALSE(netcx_core_adapter_is_transmit_paused(a().adapter()));
	EXPECT_EQ(a().returned, 105u);
	EXPECT_EQ(b().frames().size(), 105u);

	/* Once is enough. */
	send_some(200);
	run();
	EXPECT_EQ(a().returned, 305u);
}

/* ---- queues that go ---- */

/* Before they are returned, and with fragments of every number. */
TEST_F(SimTx, CancelledInTheMidstOfTraffic)
{
	for (const Modes &modes : std::vector<Modes>{{},
						     {{"TxDelay", 1000}},
						     {{"TxOutOfOrder", 1}},
						     {{"TxBackfill", 16}, {"TxDma", 0}}}) {
		speak(modes);
		for (UINT32 round = 1; round <= 3; round++) {
			for (UINT32 i = 0; i < 10; i++)
				EXPECT_TRUE(a().send(cut(a().frame_to(b(), 300, i), i % 5 + 1)));
			a().close();
			EXPECT_EQ(a().returned, 10 * round);
			EXPECT_EQ(a().packets_left, 0u);
			EXPECT_EQ(a().fragments_left, 0u);
			/* No timer of the queue is left. */
			pair->pass_time(5000, 100);
			EXPECT_EQ(b().frames().size(), 10 * round);
			ASSERT_EQ(a().open(), 0);
			run();
		}
	}
}

/* Packets that wait for room at the other end. */
TEST_F(SimTx, CancelledWhileItIsHeld)
{
	speak({});
	b().listens = false;
	for (UINT32 i = 0; i < 60; i++)
		send(9000, i);
	run();
	EXPECT_LT(a().returned, 60u);
	a().close();
	EXPECT_EQ(a().returned, 60u);
	EXPECT_EQ(a().packets_left, 0u);
	b().listens = true;
	run();
	EXPECT_LT(b().frames().size(), 60u);
}

/* And when that end goes: they are lost, and counted. */
TEST_F(SimTx, WhoIsHeldByOneThatGoesIsLetGo)
{
	speak({});
	b().listens = false;
	for (UINT32 i = 0; i < 60; i++)
		send(9000, i);
	run();
	EXPECT_LT(a().returned, 60u);
	b().close();
	run();
	EXPECT_EQ(a().returned, 60u);
	EXPECT_EQ(a().statistic("sim_tx_frames") + a().statistic("sim_tx_lost"), 60u);
	EXPECT_GT(a().statistic("sim_tx_lost"), 0u);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/e1000e: resets, power changes and removal in the middle of traffic.

#include "e1000e_fixture.h"

using namespace unit;

class E1000eRecovery : public E1000eFixture
{
protected:
	void SetUp() override { ASSERT_EQ(machine.open(), 0); }

	/* Both directions have something under way. */
	void traffic()
	{
		Packet packet;

		packet.fragments = {plain_frame(60)};
		nic().holds_transmit = true;
		for (auto &tx : machine.tx) {
			for (UINT32 i = 0; i < 3; i++)
				ASSERT_TRUE(tx->put(packet));
			tx->advance();
			machine.arm(tx->handle());
		}
		for (UINT32 i = 0; i < 3; i++)
			ASSERT_TRUE(nic().receive(plain_frame(60)));
		nic().holds_transmit = false;
	}

	void expect_traffic()
	{
		Packet packet;

		packet.fragments = {plain_frame(77)};
		nic().sent.clear();
		for (auto &tx : machine.tx) {
			ASSERT_TRUE(tx->put(packet));
			tx->advance();
			tx->advance();
			EXPECT_EQ(tx->outstanding(), 0u);
		}
		EXPECT_EQ(nic().sent.size(), machine.tx.size());
		ASSERT_TRUE(nic().receive(plain_frame(78)));
		const auto received = machine.rx[0]->poll();
		ASSERT_EQ(received.size(), 1u);
		EXPECT_EQ(received[0].bytes.size(), 78u);
	}
};

TEST_F(E1000eRecovery, ResetUnderTraffic)
{
	for (UINT32 i = 0; i < 3; i++) {
		traffic();
		machine.power_down();
		EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateDisconnected);
		ASSERT_EQ(machine.power_up(), 0);
		EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateConnected);
		expect_traffic();
	}
}

TEST_F(E1000eRecovery, ReopenedUnderTraffic)
{
	for (UINT32 i = 0; i < 3; i++) {
		traffic();
		machine.close();
		ASSERT_EQ(machine.open(), 0);
		expect_traffic();
	}
}

/* All that was sent comes back when the queue is cancelled, sent or not, and no DMA is under way then. */
TEST_F(E1000eRecovery, CancelReturnsEverything)
{
	traffic();
	netcx_queue *tx = machine.tx[0]->handle();
	for (netcx_queue *queue : machine.interface()->tx)
		netcx_core_queue_cancel(queue);
	for (netcx_queue *queue : machine.interface()->rx)
		netcx_core_queue_cancel(queue);
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	nic().never_stops_dma = true;
	machine.tx[0]->advance();
	EXPECT_FALSE(netcx_core_queue_drained(tx));
	nic().never_stops_dma = false;
	machine.tx[0]->advance();
	EXPECT_TRUE(netcx_core_queue_drained(tx));
	machine.rx[0]->advance();
	const auto received = machine.rx[0]->take();
	ASSERT_TRUE(received);
	for (const Received &one : *received)
		EXPECT_TRUE(one.ignored);
	EXPECT_FALSE(nic().receive(plain_frame(60)));
}

TEST_F(E1000eRecovery, UnpluggedUnderTraffic)
{
	traffic();
	nic().gone = true;
	for (auto &tx : machine.tx) {
		tx->advance();
		EXPECT_EQ(tx->outstanding(), 3u);
	}
	/* What had arrived is still in memory. */
	EXPECT_EQ(machine.rx[0]->poll().size(), 3u);
	/* Messages from before it went. */
	machine.hardware.raise(0);
	machine.hardware.raise(4);
	machine.settle();
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateDisconnected);

	/* Nobody waits for it. */
	const UINT64 before = machine.os.now_ns();
	nic().reads = 0;
	machine.finish();
	EXPECT_LT(machine.os.now_ns() - before, 100'000'000u);
	EXPECT_LT(nic().reads, 1000u);
	EXPECT_EQ(machine.os.lines_with("PHY"), 0u);
}

TEST_F(E1000eRecovery, UnpluggedWhileClosedIsNamedWhenOpened)
{
	machine.close();
	nic().gone = true;
	machine.interface()->open();
	EXPECT_EQ(machine.os.lines_with("does not answer"), 1u) << machine.os.whole_log();
	machine.close();
}

/* Its reset allows DMA again, on rings that nobody has set up. */
TEST_F(E1000eRecovery, NoEnginesAfterFailedReset)
{
	machine.close();
	nic().never_comes_back = true;
	machine.interface()->open();
	EXPECT_EQ(machine.os.lines_with("the whole device is to be reset"), 1u)
		<< machine.os.whole_log();
	EXPECT_EQ(machine.hardware.resets_requested, 1u);
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateDisconnected);
	EXPECT_FALSE(nic().peek(RCTL) & RCTL_EN);
	EXPECT_FALSE(nic().peek(TCTL) & TCTL_EN);
	machine.close();
	nic().never_comes_back = false;
	ASSERT_EQ(machine.open(), 0);
	expect_traffic();
}

TEST_F(E1000eRecovery, UnpluggedAndReset)
{
	traffic();
	nic().gone = true;
	machine.power_down();
	EXPECT_NE(machine.power_up(), 0);
	EXPECT_GE(machine.os.lines_with("does not answer"), 1u);
}

/* An interrupt whose ICR reads as all ones is nobody's. */
class E1000eGoneInterrupt : public E1000eFixture
{
protected:
	E1000eGoneInterrupt() : E1000eFixture(1, false) {}
};

TEST_F(E1000eGoneInterrupt, IsNobodys)
{
	ASSERT_EQ(machine.open(), 0);
	nic().gone = true;
	EXPECT_FALSE(machine.hardware.raise(0));
	nic().gone = false;
	/* Nor is one without a cause, on a line that others share. */
	EXPECT_FALSE(machine.hardware.raise(0));
	/* Nor one with a cause that is masked. */
	nic().cause(CAUSE_RXT0);
	EXPECT_FALSE(machine.hardware.raise(0));
	nic().cause(CAUSE_LSC);
	EXPECT_TRUE(machine.hardware.raise(0));
	nic().deliver_interrupts();
}

/* A report that the device writes where none was asked for moves nothing. */
TEST_F(E1000eRecovery, SpuriousTxReports)
{
	Packet packet;

	packet.fragments = {plain_frame(60)};
	nic().holds_transmit = true;
	for (UINT32 i = 0; i < 3; i++)
		ASSERT_TRUE(machine.tx[0]->put(packet));
	machine.tx[0]->advance();
	descriptor<Descriptor>(TDBAL, 0)->high |= TX_DD;
	descriptor<Descriptor>(TDBAL, 1)->high = ~0U;
	descriptor<Descriptor>(TDBAL, 40)->high = ~0U;
	machine.tx[0]->advance();
	EXPECT_EQ(machine.tx[0]->outstanding(), 3u);
	descriptor<Descriptor>(TDBAL, 2)->high = ~0U;
	machine.tx[0]->advance();
	EXPECT_EQ(machine.tx[0]->outstanding(), 0u);
}

/* ---- some of the queues, while the others go on ---- */

class E1000eRestart : public E1000eRecovery
{
protected:
	void cancel(std::initializer_list<netcx_queue *> queues)
	{
		for (netcx_queue *queue : queues)
			netcx_core_queue_cancel(queue);
		machine.settle();
	}

	/* As module/linux does before it destroys a queue, or starts it again. */
	void stop(std::initializer_list<netcx_queue *> queues)
	{
		cancel(queues);
		for (auto &tx : machine.tx)
			tx->advance();
		for (auto &rx : machine.rx)
			rx->advance();
		for (netcx_queue *queue : queues) {
			EXPECT_TRUE(netcx_core_queue_drained(queue));
			netcx_core_queue_stop(queue);
		}
	}

	void start(UINT32 index) { start_all({index}); }

	/* All of them start before any is advanced. */
	void start_all(std::initializer_list<UINT32> indices)
	{
		for (const UINT32 index : indices) {
			netcx_core_queue_start(tx(index));
			netcx_core_queue_start(rx(index));
		}
		for (const UINT32 index : indices) {
			netcx_queue *const of_rx = rx(index);

			machine.tx[index] = std::make_unique<TxPath>(&machine.hardware, tx(index));
			machine.rx[index] = std::make_unique<RxPath>(
				&machine.hardware, of_rx,
				static_cast<UINT32>(machine.adapter()->rx.MaximumFrameSize));
			machine.rx[index]->refill();
			machine.rx[index]->advance();
		}
		machine.settle();
	}

	void send(UINT32 index, UINT32 bytes)
	{
		Packet packet;

		packet.fragments = {plain_frame(bytes)};
		machine.tx[index]->advance();
		ASSERT_TRUE(machine.tx[index]->take_back());
		ASSERT_TRUE(machine.tx[index]->put(packet));
		machine.tx[index]->advance();
	}

	/* Sizes of frames tell them apart. */
	std::vector<SIZE_T> sent_sizes()
	{
		std::vector<SIZE_T> sizes;

		for (const Sent &one : nic().sent)
			sizes.push_back(one.bytes.size());
		nic().sent.clear();
		return sizes;
	}

	std::vector<SIZE_T> received_sizes(UINT32 index)
	{
		std::vector<SIZE_T> sizes;

		for (const Received &one : machine.rx[index]->poll())
			sizes.push_back(one.ignored ? 0 : one.bytes.size());
		return sizes;
	}

	netcx_queue *tx(UINT32 index) { return machine.tx[index]->handle(); }

	netcx_queue *rx(UINT32 index) { return machine.rx[index]->handle(); }
};

TEST_F(E1000eRestart, OthersLoseNothing)
{
	const UINT32 resets = nic().resets;

	/* In all places of the ring of 8, with received frames that nobody has fetched. */
	for (UINT32 round = 0; round < 10; round++) {
		ASSERT_TRUE(nic().receive(plain_frame(61 + round)));
		ASSERT_TRUE(nic().receive(plain_frame(81 + round)));
		send(0, 101 + round);
		machine.arm(rx(0));
		stop({tx(1), rx(1)});
		EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateConnected);
		ASSERT_TRUE(nic().receive(plain_frame(201 + round)));
		EXPECT_EQ(received_sizes(0),
			  (std::vector<SIZE_T>{61u + round, 81u + round, 201u + round}));
		send(0, 301 + round);
		EXPECT_EQ(sent_sizes(), (std::vector<SIZE_T>{101u + round, 301u + round}));

		start(1);
		ASSERT_TRUE(nic().receive(plain_frame(401 + round)));
		EXPECT_EQ(received_sizes(0), (std::vector<SIZE_T>{401u + round}));
		send(0, 501 + round);
		send(1, 601 + round);
		EXPECT_EQ(sent_sizes(), (std::vector<SIZE_T>{501u + round, 601u + round}));
		for (UINT32 i = 0; i < 2; i++) {
			machine.tx[i]->advance();
			EXPECT_EQ(machine.tx[i]->outstanding(), 0u);
		}
	}
	EXPECT_EQ(nic().resets, resets + 20);
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateConnected);
}

/* The PHY is not touched, and a link that the MAC has to find again is no loss of link. */
TEST_F(E1000eRestart, LinkIsLeftAlone)
{
	static constexpr UINT32 looks = 10;
	const UINT32 resets = nic().resets;
	UINT32 without = 0;

	nic().tamper = [&](UINT32 offset, UINT32 value) {
		/* The first looks after the reset. */
		if (nic().resets == resets || offset != STATUS || without == looks)
			return value;
		without++;
		return value & ~UINT32{STATUS_LU};
	};
	const auto pause = nic().peek(CTRL) & (CTRL_RFCE | CTRL_TFCE);

	nic().record = true;
	netcx_core_queue_cancel(tx(1));
	netcx_core_queue_cancel(rx(1));
	machine.settle();
	nic().record = false;
	for (const Write &write : nic().written)
		EXPECT_FALSE(write.offset == MDIC && (write.value >> 26 & 3) == 1);
	EXPECT_EQ(nic().peek(CTRL) & (CTRL_RFCE | CTRL_TFCE), pause);
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateConnected);
	nic().tamper = nullptr;
	stop({});
	machine.tx[1]->advance();
	machine.rx[1]->advance();
	netcx_core_queue_stop(tx(1));
	netcx_core_queue_stop(rx(1));
	start(1);
	EXPECT_TRUE(nic().peek(RCTL) & RCTL_EN);
	EXPECT_TRUE(nic().peek(TCTL) & TCTL_EN);
}

/* Nor is it one when there is only one channel, whose queues are made anew. */
TEST_F(E1000eRestart, LinkIsLeftAloneWhenNoQueueGoesOn)
{
	static constexpr UINT32 looks = 10;
	const UINT32 resets = nic().resets;
	UINT32 without = 0;

	stop({tx(0), rx(0), tx(1), rx(1)});
	EXPECT_EQ(nic().resets, resets);
	nic().tamper = [&](UINT32 offset, UINT32 value) {
		/* The first looks after the reset. */
		if (nic().resets == resets || offset != STATUS || without == looks)
			return value;
		without++;
		return value & ~UINT32{STATUS_LU};
	};
	nic().record = true;
	start_all({0, 1});
	nic().record = false;
	EXPECT_EQ(without, looks);
	for (const Write &write : nic().written)
		EXPECT_FALSE(write.offset == MDIC && (write.value >> 26 & 3) == 1);
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateConnected);
	nic().tamper = nullptr;
	expect_traffic();
}

/* What the partner told lasts as long as the link, and pause frames with it. */
TEST_F(E1000eRestart, PartnerIsRememberedWithTheLink)
{
	const UINT32 pause = CTRL_RFCE | CTRL_TFCE;
	netcx_link_modes before, modes;

	netcx_core_adapter_link_modes(machine.adapter(), &before);
	ASSERT_TRUE(before.Partner & NETCX_LINK_MODE_PAUSE);
	ASSERT_EQ(nic().peek(CTRL) & pause, pause);

	nic().hides_negotiation = true;
	stop({tx(1), rx(1)});
	start(1);
	netcx_core_adapter_link_modes(machine.adapter(), &modes);
	EXPECT_EQ(modes.Partner, before.Partner);
	EXPECT_EQ(nic().peek(CTRL) & pause, pause);

	/* With another link there may be another partner. */
	nic().set_link(false, 1000, true);
	machine.settle();
	nic().set_link(true, 1000, true);
	machine.settle();
	netcx_core_adapter_link_modes(machine.adapter(), &modes);
	EXPECT_EQ(modes.Partner, 0u);
	EXPECT_EQ(nic().peek(CTRL) & pause, 0u);
	nic().hides_negotiation = false;
	machine.os.pass_time(5000000);
	machine.settle();
	netcx_core_adapter_link_modes(machine.adapter(), &modes);
	EXPECT_EQ(modes.Partner, before.Partner);
	EXPECT_EQ(nic().peek(CTRL) & pause, pause);
}

/* A notification that a queue waits for may be lost with the reset: it comes all the same. */
TEST_F(E1000eRestart, OthersAreNotified)
{
	machine.arm(rx(0));
	machine.arm(tx(0));
	const UINT32 of_rx = machine.notifications(rx(0));
	const UINT32 of_tx = machine.notifications(tx(0));

	stop({tx(1), rx(1)});
	EXPECT_GT(machine.notifications(rx(0)), of_rx);
	EXPECT_GT(machine.notifications(tx(0)), of_tx);
	start(1);
}

/* Only transmit queues: what is received stays, and the hardware's receiver is on again. */
TEST_F(E1000eRestart, TransmitQueuesAlone)
{
	ASSERT_TRUE(nic().receive(plain_frame(61)));
	stop({tx(0), tx(1)});
	EXPECT_FALSE(nic().peek(TCTL) & TCTL_EN);
	EXPECT_TRUE(nic().peek(RCTL) & RCTL_EN);
	ASSERT_TRUE(nic().receive(plain_frame(62)));
	EXPECT_EQ(received_sizes(0), (std::vector<SIZE_T>{61, 62}));
	netcx_core_queue_start(tx(0));
	netcx_core_queue_start(tx(1));
	machine.settle();
	send(0, 63);
	send(1, 64);
	EXPECT_EQ(sent_sizes(), (std::vector<SIZE_T>{63, 64}));
	for (auto &path : machine.tx)
		path->advance();
}

/* What waits for a link comes back without one, and is not sent when there is one again. */
TEST_F(E1000eRestart, LinkLossReturnsWhatWasNotSent)
{
	nic().holds_transmit = true;
	for (UINT32 i = 0; i < 3; i++)
		send(0, 61 + i);
	nic().set_link(false);
	machine.settle();
	machine.tx[0]->advance();
	EXPECT_EQ(machine.tx[0]->outstanding(), 3u);
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateDisconnected);

	stop({tx(0)});
	EXPECT_EQ(machine.tx[0]->outstanding(), 0u);
	machine.tx[0] = std::make_unique<TxPath>(&machine.hardware, tx(0));
	netcx_core_queue_start(tx(0));
	machine.settle();
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateDisconnected);

	nic().holds_transmit = false;
	nic().set_link(true);
	machine.settle();
	nic().transmit();
	EXPECT_EQ(machine.adapter()->link.MediaConnectState, MediaConnectStateConnected);
	EXPECT_EQ(sent_sizes(), std::vector<SIZE_T>());
	send(0, 64);
	EXPECT_EQ(sent_sizes(), std::vector<SIZE_T>{64});
	machine.tx[0]->advance();
}

/* A queue that cannot get rid of its packets in time loses them, but not twice sends them. */
TEST_F(E1000eRestart, WhatOthersCannotSendIsGivenUp)
{
	nic().holds_transmit = true;
	send(0, 61);
	send(0, 62);
	stop({tx(1), rx(1)});
	nic().holds_transmit = false;
	nic().transmit();
	EXPECT_EQ(sent_sizes(), std::vector<SIZE_T>());
	EXPECT_EQ(machine.tx[0]->outstanding(), 0u);
	send(0, 63);
	EXPECT_EQ(sent_sizes(), std::vector<SIZE_T>{63});
	machine.tx[0]->advance();
	start(1);
}

/* The device does not come back: it says so, is to be reset as a whole, and gives everything back. */
TEST_F(E1000eRestart, FailedReset)
{
	nic().never_comes_back = true;
	netcx_core_queue_cancel(tx(1));
	netcx_core_queue_cancel(rx(1));
	machine.settle();
	EXPECT_EQ(machine.os.lines_with("the whole device is to be reset"), 1u)
		<< machine.os.whole_log();
	EXPECT_FALSE(nic().peek(RCTL) & RCTL_EN);
	EXPECT_FALSE(nic().peek(TCTL) & TCTL_EN);
	machine.tx[1]->advance();
	machine.rx[1]->advance();
	EXPECT_TRUE(netcx_core_queue_drained(tx(1)));
	EXPECT_TRUE(netcx_core_queue_drained(rx(1)));
	nic().never_comes_back = false;
}

/* The last ones are cancelled while the others' restart is on its way. */
TEST_F(E1000eRestart, AllOfThemAfterAll)
{
	traffic();
	netcx_core_queue_cancel(tx(1));
	netcx_core_queue_cancel(tx(0));
	netcx_core_queue_cancel(rx(0));
	netcx_core_queue_cancel(rx(1));
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	machine.settle();
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	machine.close();
	ASSERT_EQ(machine.open(), 0);
	expect_traffic();
}

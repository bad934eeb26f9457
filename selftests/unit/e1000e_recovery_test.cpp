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
	EXPECT_EQ(machine.os.lines_with("the interface is dead"), 1u) << machine.os.whole_log();
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

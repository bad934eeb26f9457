// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/e1000e: what real devices need and QEMU's never asks for; docs/82574.md has the list.

#include "e1000e_fixture.h"

using namespace unit;

class E1000eSilicon : public E1000eFixture
{
protected:
	using E1000eFixture::E1000eFixture;

	/* Lets the device be looked after for so long. */
	void pass(UINT32 seconds)
	{
		for (UINT32 i = 0; i < seconds * 10; i++) {
			machine.os.pass_time(100'000);
			machine.settle();
		}
	}

	bool is_connected()
	{
		return machine.adapter()->link.MediaConnectState == MediaConnectStateConnected;
	}

	bool phy_is_down() { return nic().phy[PHY_BMCR] & BMCR_POWER_DOWN; }

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
		EXPECT_EQ(machine.rx[0]->poll().size(), 1u);
	}
};

/* ---- MDIO and the PHY: no reason to fail ---- */

TEST_F(E1000eSilicon, FirmwareHoldsMdioForAWhile)
{
	nic().hold_mdio(1'000'000);
	ASSERT_EQ(machine.open(), 0);
	EXPECT_FALSE(nic().phy[PHY_ANAR] & 0x0c00);
	EXPECT_GE(machine.os.lines_with("trying again until it answers"), 1u);
	const UINT64 lines = machine.os.log.size();
	pass(3);
	EXPECT_EQ(nic().phy[PHY_ANAR] & 0x0c00, 0x0c00);
	EXPECT_TRUE(is_connected());
	/* One line, not one per attempt. */
	EXPECT_EQ(machine.os.log.size(), lines + 1) << machine.os.whole_log();
	expect_traffic();
}

/* What was asked for in vain is not granted later, when nobody would give it back. */
TEST_F(E1000eSilicon, RequestForMdioIsWithdrawn)
{
	nic().firmware_owns_mdio = true;
	ASSERT_EQ(machine.open(), 0);
	nic().firmware_owns_mdio = false;
	EXPECT_FALSE(nic().read(EXTCNF_CTRL, 4) & EXTCNF_CTRL_MDIO_SW);
	pass(1);
	EXPECT_TRUE(is_connected());
	EXPECT_FALSE(nic().read(EXTCNF_CTRL, 4) & EXTCNF_CTRL_MDIO_SW);
}

TEST_F(E1000eSilicon, PhyComesLate)
{
	nic().phy_answers = false;
	ASSERT_EQ(machine.open(), 0);
	pass(5);
	nic().phy_answers = true;
	pass(3);
	EXPECT_EQ(nic().phy[PHY_ANAR] & 0x0c00, 0x0c00);
	expect_traffic();
}

TEST_F(E1000eSilicon, PhyDoesNotAnswerAfterResume)
{
	ASSERT_EQ(machine.open(), 0);
	machine.suspend();
	nic().phy_answers = false;
	ASSERT_EQ(machine.resume(), 0);
	nic().phy_answers = true;
	pass(1);
	EXPECT_EQ(machine.os.lines_with("the PHY answers and is set up"), 1u);
	EXPECT_TRUE(is_connected());
	expect_traffic();
}

/* What software and firmware share goes back on every path, whatever the PHY does. */
TEST_F(E1000eSilicon, MdioIsGivenBack)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_FALSE(nic().peek(EXTCNF_CTRL) & EXTCNF_CTRL_MDIO_SW);
	for (bool answers : {false, true}) {
		nic().phy_answers = answers;
		pass(5);
		EXPECT_FALSE(nic().peek(EXTCNF_CTRL) & EXTCNF_CTRL_MDIO_SW);
		nic().set_link(answers);
		machine.settle();
		EXPECT_FALSE(nic().peek(EXTCNF_CTRL) & EXTCNF_CTRL_MDIO_SW);
	}
	machine.finish();
	EXPECT_FALSE(nic().peek(EXTCNF_CTRL) & EXTCNF_CTRL_MDIO_SW);
}

/* A boot ROM's. */
TEST_F(E1000eSilicon, ForgottenSemaphoreIsCleared)
{
	bool taken = true;

	nic().poke(SWSM, SWSM_SMBI);
	nic().tamper = [&](UINT32 offset, UINT32 value) {
		/* The first access to the NVM. */
		if (offset == EERD && taken)
			taken = nic().peek(SWSM) & SWSM_SMBI;
		return value;
	};
	ASSERT_EQ(machine.start(), 0);
	EXPECT_FALSE(taken);
}

TEST_F(E1000eSilicon, NvmIsLeftToFirmwareThatHasIt)
{
	UINT32 reads = 0;

	nic().firmware_owns_mdio = true;
	nic().tamper = [&](UINT32 offset, UINT32 value) {
		reads += offset == EERD;
		return value;
	};
	ASSERT_EQ(machine.start(), 0);
	EXPECT_EQ(reads, 0u);
	EXPECT_EQ(machine.os.lines_with("does not give the NVM away"), 1u);
}

TEST_F(E1000eSilicon, NvmIsReadAgain)
{
	nic().wrong_nvm_reads = 1;
	ASSERT_EQ(machine.start(), 0);
	EXPECT_EQ(machine.os.lines_with("checksum"), 0u) << machine.os.whole_log();
}

TEST_F(E1000eSilicon, HungPhyIsReset)
{
	ASSERT_EQ(machine.open(), 0);
	const UINT32 resets = nic().phy_resets, mac_resets = nic().resets;
	nic().hang_phy();
	pass(3);
	EXPECT_EQ(nic().phy_resets, resets);
	pass(2);
	EXPECT_GT(nic().phy_resets, resets);
	EXPECT_EQ(nic().phy[PHY_RECEIVE_ERRORS], 0u);
	EXPECT_EQ(nic().resets, mac_resets);
	EXPECT_TRUE(is_connected());
	expect_traffic();
}

/* Full counters that are not full the next time. */
TEST_F(E1000eSilicon, PhyWithErrorsIsNotReset)
{
	ASSERT_EQ(machine.open(), 0);
	const UINT32 resets = nic().phy_resets;
	for (UINT32 i = 0; i < 4; i++) {
		nic().hang_phy();
		pass(2);
		nic().phy[PHY_STATUS1000] = 0;
		pass(2);
	}
	EXPECT_EQ(nic().phy_resets, resets);
}

TEST_F(E1000eSilicon, SmartPowerDownIsOff)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_FALSE(nic().phy[PHY_POWER_MANAGEMENT] & SMART_POWER_DOWN);
}

/* ---- a PHY that nobody needs ---- */

TEST_F(E1000eSilicon, PhyIsPoweredDownWhileClosed)
{
	ASSERT_EQ(machine.start(), 0);
	EXPECT_FALSE(phy_is_down());
	pass(5);
	EXPECT_TRUE(phy_is_down());
	EXPECT_FALSE(is_connected());
	ASSERT_EQ(machine.open(), 0);
	EXPECT_FALSE(phy_is_down());
	EXPECT_TRUE(is_connected());
	pass(5);
	EXPECT_FALSE(phy_is_down());
	expect_traffic();
	machine.close();
	pass(5);
	EXPECT_TRUE(phy_is_down());
	ASSERT_EQ(machine.open(), 0);
	expect_traffic();
}

/* Queues that are only made anew do not cost the link. */
TEST_F(E1000eSilicon, PhyStaysWhenQueuesChange)
{
	ASSERT_EQ(machine.open(), 0);
	for (UINT32 i = 0; i < 10; i++) {
		machine.close();
		pass(1);
		ASSERT_EQ(machine.open(), 0);
		pass(1);
	}
	EXPECT_EQ(nic().phy_power_downs, 0u);
	EXPECT_TRUE(is_connected());
}

TEST_F(E1000eSilicon, PhyIsPoweredDownWhileSuspended)
{
	ASSERT_EQ(machine.open(), 0);
	machine.suspend();
	EXPECT_TRUE(phy_is_down());
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_FALSE(phy_is_down());
	EXPECT_TRUE(is_connected());
	expect_traffic();
}

TEST_F(E1000eSilicon, PhyThatWillNotWakeIsRetried)
{
	ASSERT_EQ(machine.start(), 0);
	pass(5);
	ASSERT_TRUE(phy_is_down());
	nic().hold_mdio(500'000);
	ASSERT_EQ(machine.open(), 0);
	EXPECT_TRUE(phy_is_down());
	pass(1);
	EXPECT_FALSE(phy_is_down());
	EXPECT_TRUE(is_connected());
}

/* ---- segmentation at 10 and 100 Mbit/s ---- */

TEST_F(E1000eSilicon, NothingIsSegmentedOnSlowLinks)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_TRUE(machine.adapter()->offloads.lso_ipv4);
	EXPECT_TRUE(machine.adapter()->offloads.lso_ipv6);
	for (UINT32 megabits : {100u, 10u, 1000u, 100u, 1000u}) {
		/* Nothing changes before there is a link again. */
		const UINT8 before = machine.adapter()->offloads.lso_ipv4;

		nic().set_link(false);
		machine.settle();
		EXPECT_EQ(machine.adapter()->offloads.lso_ipv4, before);
		nic().set_link(true, megabits);
		machine.settle();
		EXPECT_EQ(machine.adapter()->offloads.lso_ipv4, megabits == 1000) << megabits;
		EXPECT_EQ(machine.adapter()->offloads.lso_ipv6, megabits == 1000) << megabits;
		expect_traffic();
	}
	EXPECT_EQ(machine.os.errors(), 0u) << machine.os.whole_log();
}

/* The link is there before the interface. */
TEST_F(E1000eSilicon, NothingIsSegmentedOnALinkThatWasSlowBefore)
{
	nic().set_link(true, 100);
	ASSERT_EQ(machine.start(), 0);
	ASSERT_TRUE(is_connected());
	/* Without queues there may be no interface, without which the call would be refused. */
	EXPECT_FALSE(machine.adapter()->offloads_paused);
	ASSERT_EQ(machine.open(), 0);
	EXPECT_TRUE(machine.adapter()->offloads_paused);
	EXPECT_FALSE(machine.adapter()->offloads.lso_ipv4);
	/* Queues that are made anew, and a reset, change nothing. */
	machine.close();
	ASSERT_EQ(machine.open(), 0);
	machine.power_down();
	ASSERT_EQ(machine.power_up(), 0);
	EXPECT_FALSE(machine.adapter()->offloads.lso_ipv4);
	nic().set_link(true, 1000);
	machine.settle();
	EXPECT_TRUE(machine.adapter()->offloads.lso_ipv4);
	EXPECT_EQ(machine.os.errors(), 0u) << machine.os.whole_log();
}

/* The user opens the interface before the client hears that it is registered. */
TEST_F(E1000eSilicon, NothingIsSegmentedOnASlowLinkOfAnInterfaceThatIsOpenedAtOnce)
{
	nic().set_link(true, 100);
	machine.os.interface_shown = [this] {
		EXPECT_EQ(machine.interface()->open(), 0);
		machine.os.run_pending();
		EXPECT_TRUE(machine.adapter()->offloads_paused);
	};
	ASSERT_EQ(machine.start(), 0);
	EXPECT_FALSE(machine.adapter()->offloads.lso_ipv4);
	nic().set_link(true, 1000);
	machine.settle();
	EXPECT_FALSE(machine.adapter()->offloads_paused);
	EXPECT_TRUE(machine.adapter()->offloads.lso_ipv4);
	EXPECT_EQ(machine.os.errors(), 0u) << machine.os.whole_log();
}

/* ---- a management controller behind the same link ---- */

TEST_F(E1000eSilicon, ManagementControllerStaysReachable)
{
	netcx_vlan_filter filter = {};

	nic().enable_manageability(77);
	ASSERT_TRUE(nic().reaches_bmc());
	ASSERT_EQ(machine.start(), 0);
	EXPECT_TRUE(nic().reaches_bmc());
	pass(5);
	EXPECT_TRUE(nic().reaches_bmc());

	filter.Enabled = TRUE;
	filter.Members[0] = 1;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(machine.adapter(), &filter), 0);
	ASSERT_TRUE(nic().peek(RCTL) & RCTL_VFE);
	EXPECT_TRUE(nic().reaches_bmc());
	ASSERT_EQ(machine.open(), 0);
	EXPECT_TRUE(nic().reaches_bmc());
	/* Its VLAN is the host's, too, and then not any more. */
	filter.Members[77 / 32] = 1u << 77 % 32;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(machine.adapter(), &filter), 0);
	filter.Members[77 / 32] = 0;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(machine.adapter(), &filter), 0);
	EXPECT_TRUE(nic().reaches_bmc());

	machine.close();
	pass(5);
	EXPECT_TRUE(nic().reaches_bmc());
	ASSERT_EQ(machine.open(), 0);
	machine.power_down();
	EXPECT_TRUE(nic().reaches_bmc());
	ASSERT_EQ(machine.power_up(), 0);
	EXPECT_TRUE(nic().reaches_bmc());
	machine.suspend();
	EXPECT_TRUE(nic().reaches_bmc());
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_TRUE(nic().reaches_bmc());
	machine.finish();
	EXPECT_TRUE(nic().reaches_bmc());
}

TEST_F(E1000eSilicon, FirmwareKnowsWhetherTheDriverIsThere)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_TRUE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
	machine.power_down();
	EXPECT_FALSE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
	nic().never_comes_back = true;
	EXPECT_NE(machine.power_up(), 0);
	EXPECT_FALSE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
	nic().never_comes_back = false;
	ASSERT_EQ(machine.power_up(), 0);
	EXPECT_TRUE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
}

/* ---- lost interrupts ---- */

class E1000eLostInterrupts : public E1000eSilicon, public ::testing::WithParamInterface<UINT32>
{
protected:
	E1000eLostInterrupts() : E1000eSilicon(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Vectors, E1000eLostInterrupts, ::testing::Values(1, 3, 5));

TEST_P(E1000eLostInterrupts, AreMadeUpFor)
{
	Packet packet;

	ASSERT_EQ(machine.open(), 0);
	netcx_queue *rx = machine.interface()->rx[0];
	netcx_queue *tx = machine.interface()->tx[0];
	packet.fragments = {plain_frame(60)};
	ASSERT_TRUE(machine.tx[0]->put(packet));
	nic().loses_interrupts = true;
	machine.arm(rx);
	machine.arm(tx);
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	machine.tx[0]->advance();
	machine.settle();
	nic().loses_interrupts = false;
	EXPECT_EQ(machine.notifications(rx), 0u);
	EXPECT_EQ(machine.notifications(tx), 0u);
	pass(3);
	EXPECT_GE(machine.notifications(rx), 1u);
	EXPECT_GE(machine.notifications(tx), 1u);
}

TEST_F(E1000eSilicon, LostChangeOfTheLinkIsSeen)
{
	ASSERT_EQ(machine.open(), 0);
	for (bool up : {false, true}) {
		nic().loses_interrupts = true;
		nic().set_link(up);
		machine.settle();
		nic().loses_interrupts = false;
		pass(3);
		EXPECT_EQ(is_connected(), up);
	}
}

/* Without queues nothing else causes an interrupt. */
TEST_F(E1000eSilicon, LostLossOfTheLinkIsSeenWhileClosed)
{
	ASSERT_EQ(machine.start(), 0);
	ASSERT_TRUE(is_connected());
	nic().loses_interrupts = true;
	nic().set_link(false);
	machine.settle();
	nic().loses_interrupts = false;
	pass(3);
	EXPECT_FALSE(is_connected());
	EXPECT_EQ(nic().phy_power_downs, 0u);
}

TEST_F(E1000eSilicon, DescriptorsAreFlushed)
{
	ASSERT_EQ(machine.open(), 0);
	nic().record = true;
	pass(3);
	UINT32 rx = 0, tx = 0;
	for (const Write &write : nic().written) {
		rx += write.offset == RDTR && write.value == FLUSH_PARTIAL_BLOCK;
		tx += write.offset == TIDV && write.value == FLUSH_PARTIAL_BLOCK;
	}
	EXPECT_EQ(rx, 2u);
	EXPECT_EQ(tx, 2u);
}

TEST_F(E1000eSilicon, NobodyLooksAfterwards)
{
	ASSERT_EQ(machine.open(), 0);
	machine.power_down();
	nic().reads = 0;
	pass(5);
	EXPECT_EQ(nic().reads, 0u);
	ASSERT_EQ(machine.power_up(), 0);
	nic().gone = true;
	pass(3);
	nic().reads = 0;
	pass(5);
	EXPECT_EQ(nic().reads, 0u);
	EXPECT_EQ(machine.os.lines_with("PHY"), 0u);
}

/* ---- transmission ---- */

TEST_F(E1000eSilicon, ArbitrationOfTwoQueues)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(nic().peek(TARC0) & TARC_TWO_QUEUES, UINT32{TARC_TWO_QUEUES});
	EXPECT_EQ(nic().peek(TARC1) & TARC_TWO_QUEUES, UINT32{TARC_TWO_QUEUES});
	EXPECT_EQ(nic().peek(TARC0) & 0xfU << 27, 0u);
	EXPECT_EQ(nic().peek(TARC1) & 0xfU << 27, 0u);
}

class E1000eOneQueue : public E1000eSilicon
{
protected:
	E1000eOneQueue() : E1000eSilicon(1) {}
};

TEST_F(E1000eOneQueue, Arbitration)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(nic().peek(TARC0) & TARC_TWO_QUEUES, 1u << 26);
	EXPECT_EQ(nic().peek(TARC1) & TARC_TWO_QUEUES, 0u);
}

/* The same segmentation twice: what its context says is used up by the first packet. */
TEST_F(E1000eOneQueue, SegmentationContextIsNotReused)
{
	FrameSpec spec;
	Packet packet;

	spec.payload = 4500;
	spec.partial = true;
	spec.segmented = true;
	packet.fragments = {make_frame(spec)};
	packet.layout = layout_of(spec);
	packet.mss = 1000;
	ASSERT_EQ(machine.open(), 0);
	for (UINT32 i = 0; i < 2; i++) {
		ASSERT_TRUE(machine.tx[0]->put(packet));
		machine.tx[0]->advance();
	}
	EXPECT_EQ(nic().sent.size(), 10u);
	for (const Sent &sent : nic().sent)
		EXPECT_TRUE(layer4_checksum_is_right(sent.bytes));
}

/* Wherever the payload is cut: the first buffer that the device sees has some of it. */
TEST_F(E1000eSilicon, HeadersAreSentWithSomePayload)
{
	ASSERT_EQ(machine.open(), 0);
	for (const UINT32 cut : {1u, 4u, 5u, 1000u, 2999u}) {
		for (UINT32 i = 0; i < 100; i++) {
			const UINT32 mss = 1000;
			FrameSpec spec;
			Packet packet;

			spec.ipv6 = i & 1;
			if (i & 2)
				spec.tag = 5;
			spec.payload = 3000;
			spec.partial = true;
			spec.segmented = true;
			const Bytes frame = make_frame(spec);
			const UINT32 headers = header_bytes(spec);
			packet.fragments = {
				Bytes(frame.begin(), frame.begin() + headers),
				Bytes(frame.begin() + headers, frame.begin() + headers + cut),
				Bytes(frame.begin() + headers + cut, frame.end())};
			packet.layout = layout_of(spec);
			packet.mss = mss;
			packet.offset = 8;
			nic().sent.clear();
			ASSERT_TRUE(machine.tx[0]->put(packet));
			machine.tx[0]->advance();
			machine.tx[0]->advance();
			ASSERT_EQ(machine.tx[0]->outstanding(), 0u);
			ASSERT_TRUE(machine.tx[0]->take_back());
			ASSERT_EQ(nic().sent.size(), 3u);
			for (UINT32 j = 0; j < 3; j++) {
				const Bytes &sent = nic().sent[j].bytes;

				ASSERT_EQ(sent.size(), headers + mss);
				ASSERT_EQ(Bytes(sent.begin() + headers, sent.end()),
					  Bytes(frame.begin() + headers + j * mss,
						frame.begin() + headers + (j + 1) * mss));
			}
		}
	}
}

TEST_F(E1000eSilicon, TwoBuffersOfASegmentedPacketBecomeOne)
{
	FrameSpec spec;
	Packet packet;

	spec.payload = 3;
	spec.partial = true;
	spec.segmented = true;
	const Bytes frame = make_frame(spec);
	const UINT32 headers = header_bytes(spec);
	packet.fragments = {Bytes(frame.begin(), frame.begin() + headers),
			    Bytes(frame.begin() + headers, frame.end())};
	packet.layout = layout_of(spec);
	packet.mss = 2;
	ASSERT_EQ(machine.open(), 0);
	ASSERT_TRUE(machine.tx[0]->put(packet));
	machine.tx[0]->advance();
	machine.tx[0]->advance();
	EXPECT_EQ(machine.tx[0]->outstanding(), 0u);
	ASSERT_EQ(nic().sent.size(), 2u);
}

TEST_F(E1000eSilicon, NothingIsSentUnderXoffOrWithoutLink)
{
	Packet packet;

	packet.fragments = {plain_frame(60)};
	ASSERT_EQ(machine.open(), 0);
	for (bool link : {false, true}) {
		nic().sent.clear();
		if (link)
			nic().set_paused(true);
		else
			nic().set_link(false);
		ASSERT_TRUE(machine.tx[0]->put(packet));
		machine.tx[0]->advance();
		machine.tx[0]->advance();
		EXPECT_EQ(machine.tx[0]->outstanding(), 1u);
		EXPECT_EQ(nic().sent.size(), 0u);
		nic().set_paused(false);
		nic().set_link(true);
		machine.tx[0]->advance();
		EXPECT_EQ(machine.tx[0]->outstanding(), 0u);
		EXPECT_EQ(nic().sent.size(), 1u);
	}
}

/* ---- statistics ---- */

TEST_F(E1000eSilicon, CounterThatIsNotThereIsNotRead)
{
	ASSERT_EQ(machine.open(), 0);
	const netcx_statistics_config &config = machine.adapter()->statistics;
	std::vector<UINT64> values(config.Count);

	netcx_core_adapter_read_statistics(machine.adapter(), values.data());
	for (UINT32 i = 0; i < config.Count; i++)
		EXPECT_NE(std::string(config.Names[i]), "tx_no_carrier");
}

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/e1000e: wake on LAN.

#include "e1000e_fixture.h"

#include <cerrno>

using namespace unit;

namespace
{

const Bytes own_address = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};
const Bytes other_address = {0x52, 0x54, 0x00, 0x12, 0x34, 0x57};
const Bytes to_all = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
const Bytes to_group = {0x01, 0x00, 0x5e, 0x00, 0x00, 0x01};

Bytes frame_to(const Bytes &address)
{
	Bytes frame = plain_frame(100);

	std::copy(address.begin(), address.end(), frame.begin());
	return frame;
}

/* A magic packet for @whom. */
Bytes magic_to(const Bytes &address, const Bytes &whom)
{
	Bytes frame = frame_to(address);

	frame.insert(frame.end(), 6, 0xff);
	for (UINT32 i = 0; i < 16; i++)
		frame.insert(frame.end(), whom.begin(), whom.end());
	return frame;
}

/* What the user can choose. */
netcx_wake for_event(UINT8 netcx_wake::*event)
{
	netcx_wake wake = {};

	wake.*event = TRUE;
	return wake;
}

} // namespace

class E1000eWake : public E1000eFixture
{
protected:
	void pass(UINT32 seconds)
	{
		for (UINT32 i = 0; i < seconds * 10; i++) {
			machine.os.pass_time(100'000);
			machine.settle();
		}
	}

	int choose(const netcx_wake &wake)
	{
		return netcx_core_adapter_set_wake(machine.adapter(), &wake);
	}

	/* As module/linux has it for "wol umb". */
	void choose_filter(UINT32 flags)
	{
		ASSERT_EQ(choose(for_event(&netcx_wake::packet_filter)), 0);
		netcx_core_adapter_set_receive_filter(
			machine.adapter(), static_cast<NET_PACKET_FILTER_FLAGS>(flags), nullptr, 0);
	}

	bool phy_is_down() { return nic().phy[PHY_BMCR] & BMCR_POWER_DOWN; }

	/* It is as it would be without any of it. */
	void expect_working()
	{
		Packet packet;

		EXPECT_EQ(nic().peek(WUC), 0u);
		EXPECT_EQ(nic().peek(WUFC), 0u);
		packet.fragments = {plain_frame(77)};
		nic().sent.clear();
		ASSERT_TRUE(machine.tx[0]->put(packet));
		machine.tx[0]->advance();
		EXPECT_EQ(nic().sent.size(), 1u);
		ASSERT_TRUE(nic().receive(plain_frame(78)));
		EXPECT_EQ(machine.rx[0]->poll().size(), 1u);
	}

	const netcx_wake magic = for_event(&netcx_wake::magic_packet);
	const netcx_wake link = for_event(&netcx_wake::media_connect);
};

TEST_F(E1000eWake, WhatIsOffered)
{
	netcx_wake pattern = {};

	pattern.pattern_count = 1;

	ASSERT_EQ(machine.start(), 0);
	EXPECT_TRUE(machine.adapter()->wake_magic_packet.MagicPacket);
	EXPECT_TRUE(machine.adapter()->wake_packet_filter.PacketFilterMatch);
	EXPECT_TRUE(machine.adapter()->wake_media_change.MediaConnect);
	EXPECT_EQ(choose(magic), 0);
	EXPECT_EQ(choose(link), 0);
	EXPECT_EQ(choose(for_event(&netcx_wake::media_disconnect)), -EOPNOTSUPP);
	EXPECT_EQ(choose(pattern), -EOPNOTSUPP);
}

TEST_F(E1000eWake, NothingIsChosen)
{
	ASSERT_EQ(machine.open(), 0);
	machine.suspend();
	EXPECT_EQ(nic().peek(WUC), 0u);
	EXPECT_TRUE(phy_is_down());
	nic().receive(magic_to(own_address, own_address));
	EXPECT_FALSE(nic().signals_pme());
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_EQ(machine.hardware.wakeups, 0u);
	expect_working();
}

TEST_F(E1000eWake, MagicPacket)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(magic), 0);
	machine.suspend();
	EXPECT_FALSE(phy_is_down());
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_ADVD3WUC);
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	EXPECT_EQ(nic().peek(IMS), 0u);
	/* Firmware has the device to itself. */
	EXPECT_FALSE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);

	for (const Bytes &frame :
	     {frame_to(own_address), frame_to(to_all), magic_to(to_all, other_address),
	      magic_to(other_address, own_address)}) {
		nic().receive(frame);
		EXPECT_FALSE(nic().signals_pme());
	}
	nic().receive(magic_to(own_address, own_address));
	EXPECT_TRUE(nic().signals_pme());

	ASSERT_EQ(machine.resume(), 0);
	EXPECT_EQ(machine.os.lines_with("woke the machine: magic packet"), 1u);
	EXPECT_EQ(machine.hardware.wakeups, 1u);
	expect_working();
}

/* The user's address, where it is not the factory's. */
TEST_F(E1000eWake, MagicPacketForAnotherAddress)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address;

	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, 6, other_address.data());
	ASSERT_EQ(machine.open(), 0);
	netcx_core_adapter_set_address(machine.adapter(), &address);
	ASSERT_EQ(choose(magic), 0);
	machine.suspend();
	nic().receive(magic_to(to_all, own_address));
	EXPECT_FALSE(nic().signals_pme());
	nic().receive(magic_to(to_all, other_address));
	EXPECT_TRUE(nic().signals_pme());
	ASSERT_EQ(machine.resume(), 0);
}

/* An interface that was never up: its filter accepts nothing, and its PHY is powered down. */
TEST_F(E1000eWake, MagicPacketWhileDown)
{
	ASSERT_EQ(machine.start(), 0);
	ASSERT_EQ(choose(magic), 0);
	pass(5);
	ASSERT_TRUE(phy_is_down());
	for (const Bytes &address : {to_all, own_address}) {
		machine.suspend();
		EXPECT_FALSE(phy_is_down());
		nic().receive(magic_to(address, own_address));
		EXPECT_TRUE(nic().signals_pme());
		ASSERT_EQ(machine.resume(), 0);
	}
	EXPECT_EQ(machine.os.lines_with("woke the machine: magic packet"), 2u);
	ASSERT_EQ(machine.open(), 0);
	expect_working();
}

TEST_F(E1000eWake, PacketsOfTheFilter)
{
	const struct {
		UINT32 flag;
		const Bytes &wakes;
		std::vector<Bytes> others;
	} cases[] = {
		{NetPacketFilterFlagDirected, own_address, {to_group, to_all, other_address}},
		{NetPacketFilterFlagAllMulticast, to_group, {own_address, to_all}},
		{NetPacketFilterFlagBroadcast, to_all, {own_address, to_group}},
	};

	ASSERT_EQ(machine.open(), 0);
	for (const auto &c : cases) {
		choose_filter(c.flag);
		machine.suspend();
		for (const Bytes &address : c.others) {
			nic().receive(frame_to(address));
			EXPECT_FALSE(nic().signals_pme()) << c.flag;
		}
		nic().receive(frame_to(c.wakes));
		EXPECT_TRUE(nic().signals_pme()) << c.flag;
		ASSERT_EQ(machine.resume(), 0);
		EXPECT_FALSE(nic().signals_pme());
	}
	EXPECT_EQ(machine.os.lines_with("packet of the receive filter"), 3u);
	choose_filter(NetPacketFilterFlagDirected);
	expect_working();
}

TEST_F(E1000eWake, LinkComes)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(link), 0);
	nic().set_link(false);
	machine.settle();
	machine.suspend();
	EXPECT_FALSE(nic().signals_pme());
	nic().set_link(true);
	EXPECT_TRUE(nic().signals_pme());
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_EQ(machine.os.lines_with("woke the machine: link is up"), 1u);
	expect_working();
}

/* It may go and come again while it is renegotiated for less power. */
TEST_F(E1000eWake, LinkThatIsThereDoesNotWake)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(link), 0);
	machine.suspend();
	nic().set_link(false);
	nic().set_link(true);
	EXPECT_FALSE(nic().signals_pme());
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_EQ(machine.hardware.wakeups, 0u);
	expect_working();
}

/* Of an interface that is down the PHY is powered up for it, and takes seconds to find the link. */
TEST_F(E1000eWake, LinkThatThePhyFindsDoesNotWake)
{
	UINT64 link_ns = 0;

	ASSERT_EQ(machine.start(), 0);
	ASSERT_EQ(choose(link), 0);
	pass(5);
	ASSERT_TRUE(phy_is_down());
	nic().set_link(false);
	link_ns = machine.os.now_ns() + 3'000'000'000;
	nic().tamper = [&](UINT32, UINT32 value) {
		if (link_ns && machine.os.now_ns() >= link_ns) {
			link_ns = 0;
			nic().set_link(true);
		}
		return value;
	};
	machine.suspend();
	machine.os.pass_time(5'000'000);
	if (link_ns)
		nic().set_link(true);
	EXPECT_FALSE(nic().signals_pme());
	nic().tamper = nullptr;
	ASSERT_EQ(machine.resume(), 0);
}

/* It does not wake, and says so; nor does it come back from there. */
TEST_F(E1000eWake, ResetFails)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(magic), 0);
	nic().never_comes_back = true;
	machine.suspend();
	EXPECT_EQ(machine.os.lines_with("the device cannot wake the machine"), 1u);
	EXPECT_EQ(nic().peek(WUC), 0u);
	nic().never_comes_back = false;
	ASSERT_EQ(machine.resume(), 0);
	expect_working();
}

/* The reset fails after the causes have been read. */
TEST_F(E1000eWake, ComesBackAtTheSecondTry)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(magic), 0);
	machine.suspend();
	nic().receive(magic_to(own_address, own_address));
	ASSERT_TRUE(nic().signals_pme());
	nic().never_comes_back = true;
	EXPECT_NE(machine.resume(), 0);
	nic().never_comes_back = false;
	ASSERT_EQ(machine.power_up(), 0);
	EXPECT_EQ(machine.os.lines_with("WakeNotInProgress"), 0u) << machine.os.whole_log();
	EXPECT_EQ(machine.os.lines_with("woke the machine: magic packet"), 1u);
	EXPECT_EQ(machine.hardware.wakeups, 1u);
	expect_working();
}

/* All ones are no causes. */
TEST_F(E1000eWake, PulledOutWhileAsleep)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(magic), 0);
	machine.suspend();
	nic().gone = true;
	EXPECT_NE(machine.resume(), 0);
	nic().gone = false;
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_EQ(machine.hardware.wakeups, 0u);
}

/* A sleep that the user has chosen nothing for leaves nothing of an earlier choice. */
TEST_F(E1000eWake, ChoiceIsTakenBack)
{
	ASSERT_EQ(machine.open(), 0);
	ASSERT_EQ(choose(magic), 0);
	machine.suspend();
	ASSERT_EQ(machine.resume(), 0);
	EXPECT_EQ(machine.hardware.wakeups, 0u);
	ASSERT_EQ(choose({}), 0);
	machine.suspend();
	EXPECT_EQ(nic().peek(WUC), 0u);
	EXPECT_EQ(nic().peek(WUFC), 0u);
	EXPECT_TRUE(phy_is_down());
	ASSERT_EQ(machine.resume(), 0);
	expect_working();
}

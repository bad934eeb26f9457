// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/e1000e: what it makes of the device's registers; link; devices that do not work.

#include <cerrno>

#include "e1000e_fixture.h"

using namespace unit;

class E1000eDevice : public E1000eFixture
{
protected:
	using E1000eFixture::E1000eFixture;

	static bool engines_are_on(const Nic &nic)
	{
		return (nic.peek(RCTL) & RCTL_EN) || (nic.peek(TCTL) & TCTL_EN);
	}

	/* The link as the interface has it. */
	const NET_ADAPTER_LINK_STATE &link() { return machine.adapter()->link; }

	void expect_pause(UINT16 partner, UINT32 control, NET_ADAPTER_PAUSE_FUNCTION_TYPE told)
	{
		nic().set_partner_pause(partner);
		nic().set_link(true);
		machine.settle();
		EXPECT_EQ(nic().peek(CTRL) & (CTRL_RFCE | CTRL_TFCE), control);
		EXPECT_EQ(link().SupportedPauseFunctions, told);
	}
};

/* ---- initialisation ---- */

TEST_F(E1000eDevice, RegistersAfterOpen)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(nic().peek(PBA) & 0xffff, 22u);
	EXPECT_EQ(nic().peek(RFCTL), RFCTL_EXTEN | 1u << 0 | 1u << 6 | 1u << 7 | 1u << 12);
	EXPECT_EQ(nic().peek(RCTL), RCTL_EN | RCTL_LPE | RCTL_SECRC | RCTL_BAM);
	EXPECT_EQ(nic().peek(TCTL), TCTL_EN | TCTL_PSP | 15u << 4 | 63u << 12 | 1u << 24);
	EXPECT_EQ(nic().peek(VET), 0x8100u);
	EXPECT_EQ(nic().peek(FCT), 0x8808u);
	EXPECT_EQ(nic().peek(FCAL), 0x00c28001u);
	EXPECT_EQ(nic().peek(FCAH), 0x0100u);
	EXPECT_EQ(nic().peek(FCTTV), 0x0680u);
	EXPECT_LT(nic().peek(FCRTL) & 0xffff, nic().peek(FCRTH));
	EXPECT_EQ(nic().peek(WUC), 0u);
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_SLU);
	EXPECT_TRUE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
	/* Of the initialisation errata. */
	EXPECT_EQ(nic().peek(TARC0) & 0x7c000000, 1u << 26);
	EXPECT_TRUE(nic().peek(TARC1) & 1u << 10);
	EXPECT_TRUE(nic().peek(GCR) & 1u << 22);
	EXPECT_TRUE(nic().peek(GCR2) & 1);
	for (UINT32 queue = 0; queue < 2; queue++) {
		EXPECT_EQ(nic().peek(TXDCTL + queue * QUEUE_1),
			  1u << 24 | 1u << 22 | 1u << 16 | 1u << 8 | 31);
		EXPECT_EQ(nic().peek(RXDCTL + queue * QUEUE_1), 1u << 24 | 1u << 16 | 4u << 8 | 32);
		EXPECT_EQ(nic().peek(RDLEN + queue * QUEUE_1), 8 * 16u);
		EXPECT_EQ(nic().peek(TDLEN + queue * QUEUE_1), 64 * 16u);
		/* The client owns all but one, and has handed them over. */
		EXPECT_EQ(nic().peek(RDT + queue * QUEUE_1), 7u);
	}
}

TEST_F(E1000eDevice, FactoryAddress)
{
	ASSERT_EQ(machine.start(), 0);
	const UINT8 expected[6] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};
	EXPECT_EQ(machine.adapter()->permanent_address.Length, 6);
	EXPECT_FALSE(memcmp(machine.adapter()->permanent_address.Address, expected, 6));
}

TEST_F(E1000eDevice, NoAddressInNvm)
{
	/* A group's, an erased NVM's, and none. */
	for (UINT16 word : {0x0001, 0xffff, 0x0000}) {
		machine.os.log.clear();
		std::fill_n(nic().nvm.begin(), 3, word);
		EXPECT_EQ(machine.start(), -EIO) << word;
		EXPECT_EQ(machine.os.lines_with("which is no MAC address"), 1u) << word;
	}
}

TEST_F(E1000eDevice, WrongNvmChecksumIsOnlySaid)
{
	nic().nvm[10]++;
	EXPECT_EQ(machine.start(), 0);
	EXPECT_EQ(machine.os.lines_with("checksum is wrong (0xbabb instead of 0xbaba)"), 1u)
		<< machine.os.whole_log();
}

TEST_F(E1000eDevice, QuietAfterStop)
{
	ASSERT_EQ(machine.open(), 0);
	machine.finish();
	EXPECT_EQ(nic().peek(IMS), 0u);
	EXPECT_FALSE(engines_are_on(nic()));
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	EXPECT_FALSE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
	EXPECT_EQ(machine.os.log.size(), 0u) << machine.os.whole_log();
}

/* The receiver must not be switched on again without a reset in between. */
TEST_F(E1000eDevice, EachOpenResets)
{
	ASSERT_EQ(machine.start(), 0);
	EXPECT_FALSE(engines_are_on(nic()));
	EXPECT_TRUE(nic().peek(CTRL_EXT) & CTRL_EXT_DRV_LOAD);
	ASSERT_EQ(machine.open(), 0);
	const UINT32 resets = nic().resets;
	machine.close();
	EXPECT_FALSE(engines_are_on(nic()));
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(nic().resets, resets + 1);
	EXPECT_FALSE(nic().peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
	EXPECT_TRUE(nic().peek(RCTL) & RCTL_EN);
	EXPECT_TRUE(nic().peek(TCTL) & TCTL_EN);
}

/* ---- interrupts ---- */

TEST_F(E1000eDevice, MessageForEachQueue)
{
	ASSERT_EQ(machine.open(), 0);
	const UINT32 queues = CAUSE_RXQ0 | CAUSE_RXQ1 | CAUSE_TXQ0 | CAUSE_TXQ1;
	/* rx 0 and 1, tx 0 and 1, other: each valid, each its own. */
	EXPECT_EQ(nic().peek(IVAR) & 0xfffff, 0xcba98u);
	EXPECT_EQ(nic().peek(EIAC), queues);
	EXPECT_EQ(nic().peek(IAM), queues);
	EXPECT_TRUE(nic().peek(CTRL_EXT) & CTRL_EXT_EIAME);
	EXPECT_TRUE(nic().peek(CTRL_EXT) & CTRL_EXT_PBA_SUPPORT);
	EXPECT_EQ(nic().peek(IMS), CAUSE_LSC | CAUSE_OTHER);
	/* 64 us, 125 us, 10 ms, in 256 ns. */
	EXPECT_EQ(nic().peek(EITR0), 250u);
	EXPECT_EQ(nic().peek(EITR0 + 8), 488u);
	EXPECT_EQ(nic().peek(EITR0 + 16), 39062u);
}

TEST_F(E1000eDevice, NotificationComesOnce)
{
	ASSERT_EQ(machine.open(), 0);
	netcx_queue *queue = machine.interface()->rx[0];
	machine.arm(queue);
	EXPECT_TRUE(nic().peek(IMS) & CAUSE_RXQ0);
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	machine.settle();
	EXPECT_EQ(machine.notifications(queue), 1u);
	EXPECT_FALSE(nic().peek(IMS) & CAUSE_RXQ0);
	EXPECT_EQ(machine.notifications(machine.interface()->rx[1]), 0u);
	EXPECT_EQ(machine.notifications(machine.interface()->tx[0]), 0u);
}

TEST_F(E1000eDevice, WhatCameBeforeArmingIsNotified)
{
	ASSERT_EQ(machine.open(), 0);
	netcx_queue *queue = machine.interface()->rx[0];
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	machine.settle();
	EXPECT_EQ(machine.notifications(queue), 0u);
	machine.arm(queue);
	machine.settle();
	EXPECT_EQ(machine.notifications(queue), 1u);
}

class E1000eThreeVectors : public E1000eDevice
{
protected:
	E1000eThreeVectors() : E1000eDevice(3) {}
};

TEST_F(E1000eThreeVectors, OneQueueOfEachDirection)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(machine.interface()->tx.size(), 1u);
	EXPECT_EQ(machine.interface()->rx.size(), 1u);
	EXPECT_EQ(nic().peek(IVAR) & 0xfffff, 0xa0908u);
	EXPECT_EQ(nic().peek(EIAC), CAUSE_RXQ0 | CAUSE_TXQ0);
}

/* One line or message for all. */
class E1000eOneVector : public E1000eDevice, public ::testing::WithParamInterface<bool>
{
protected:
	E1000eOneVector() : E1000eDevice(1, GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Kinds, E1000eOneVector, ::testing::Values(false, true));

TEST_P(E1000eOneVector, ServesQueuesAndLink)
{
	ASSERT_EQ(machine.open(), 0);
	netcx_queue *rx = machine.interface()->rx[0];
	EXPECT_EQ(machine.interface()->tx.size(), 1u);
	EXPECT_EQ(nic().peek(EIAC), 0u);
	machine.arm(rx);
	ASSERT_TRUE(nic().receive(plain_frame(60)));
	machine.settle();
	EXPECT_EQ(machine.notifications(rx), 1u);
	EXPECT_FALSE(nic().peek(IMS) & (CAUSE_RXT0 | CAUSE_RXQ0));
	nic().set_link(false);
	machine.settle();
	EXPECT_EQ(link().MediaConnectState, MediaConnectStateDisconnected);
	nic().set_link(true);
	machine.settle();
	EXPECT_EQ(link().MediaConnectState, MediaConnectStateConnected);
}

/* ---- link ---- */

TEST_F(E1000eDevice, LinkComesAndGoes)
{
	nic().set_link(false);
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(link().MediaConnectState, MediaConnectStateDisconnected);
	for (UINT32 megabits : {10u, 100u, 1000u}) {
		for (bool full : {false, true}) {
			nic().set_link(true, megabits, full);
			machine.settle();
			EXPECT_EQ(link().MediaConnectState, MediaConnectStateConnected);
			EXPECT_EQ(link().TxLinkSpeed, megabits * 1000000ull);
			EXPECT_EQ(link().RxLinkSpeed, megabits * 1000000ull);
			EXPECT_EQ(link().MediaDuplexState,
				  full ? MediaDuplexStateFull : MediaDuplexStateHalf);
			nic().set_link(false);
			machine.settle();
			EXPECT_EQ(link().MediaConnectState, MediaConnectStateDisconnected);
		}
	}
}

/* IEEE 802.3, table 28B-3; the NIC advertises both bits. */
TEST_F(E1000eDevice, PauseAsNegotiated)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(nic().phy[PHY_ANAR] & 0x0c00, 0x0c00);
	expect_pause(0x0000, 0, NetAdapterPauseFunctionTypeUnsupported);
	expect_pause(0x0400, CTRL_RFCE | CTRL_TFCE, NetAdapterPauseFunctionTypeSendAndReceive);
	expect_pause(0x0800, CTRL_RFCE, NetAdapterPauseFunctionTypeReceiveOnly);
	expect_pause(0x0c00, CTRL_RFCE | CTRL_TFCE, NetAdapterPauseFunctionTypeSendAndReceive);
}

TEST_F(E1000eDevice, HalfDuplexHasNoPause)
{
	ASSERT_EQ(machine.open(), 0);
	nic().set_partner_pause(0x0c00);
	nic().set_link(true, 100, false);
	machine.settle();
	EXPECT_EQ(nic().peek(CTRL) & (CTRL_RFCE | CTRL_TFCE), 0u);
}

/* ---- filters, address, scaling, moderation, statistics ---- */

static NET_ADAPTER_LINK_LAYER_ADDRESS address(std::initializer_list<UINT8> bytes)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS made = {};

	made.Length = static_cast<USHORT>(bytes.size());
	std::copy(bytes.begin(), bytes.end(), made.Address);
	return made;
}

TEST_F(E1000eDevice, ReceiveFilter)
{
	ASSERT_EQ(machine.open(), 0);
	netcx_adapter *adapter = machine.adapter();
	const auto group = address({0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb});
	const UINT32 modes = RCTL_UPE | RCTL_MPE | RCTL_BAM;

	EXPECT_EQ(netcx_core_adapter_set_receive_filter(adapter, NetPacketFilterFlagDirected,
							nullptr, 0),
		  0);
	EXPECT_EQ(nic().peek(RCTL) & modes, 0u);
	EXPECT_EQ(nic().peek(RAL0), 0x12005452u);
	EXPECT_EQ(nic().peek(RAH0), 0x5634u | RAH_AV);

	netcx_core_adapter_set_receive_filter(
		adapter,
		static_cast<NET_PACKET_FILTER_FLAGS>(NetPacketFilterFlagDirected |
						     NetPacketFilterFlagMulticast |
						     NetPacketFilterFlagBroadcast),
		&group, 1);
	EXPECT_EQ(nic().peek(RCTL) & modes, UINT32{RCTL_BAM});
	/* Bits 47:36 of the address: fb0h. */
	for (UINT32 i = 0; i < 128; i++)
		EXPECT_EQ(nic().peek(MTA + 4 * i), i == 0xfb0 / 32 ? 1u << 0xfb0 % 32 : 0u) << i;

	netcx_core_adapter_set_receive_filter(adapter, NetPacketFilterFlagAllMulticast, nullptr, 0);
	EXPECT_EQ(nic().peek(RCTL) & modes, UINT32{RCTL_MPE});
	EXPECT_FALSE(nic().peek(RAH0) & RAH_AV);
	netcx_core_adapter_set_receive_filter(adapter, NetPacketFilterFlagPromiscuous, nullptr, 0);
	EXPECT_EQ(nic().peek(RCTL) & modes, modes);
	EXPECT_TRUE(nic().peek(RCTL) & RCTL_EN);
}

TEST_F(E1000eDevice, FilterAndAddressOutliveReset)
{
	ASSERT_EQ(machine.open(), 0);
	const auto mine = address({0x02, 0x11, 0x22, 0x33, 0x44, 0x55});

	netcx_core_adapter_set_receive_filter(machine.adapter(), NetPacketFilterFlagDirected,
					      nullptr, 0);
	EXPECT_EQ(netcx_core_adapter_set_address(machine.adapter(), &mine), 0);
	machine.power_down();
	ASSERT_EQ(machine.power_up(), 0);
	EXPECT_EQ(nic().peek(RAL0), 0x33221102u);
	EXPECT_EQ(nic().peek(RAH0), 0x5544u | RAH_AV);
}

TEST_F(E1000eDevice, VlanFilterAndStripping)
{
	ASSERT_EQ(machine.start(), 0);
	EXPECT_TRUE(nic().peek(CTRL) & CTRL_VME);
	netcx_vlan_filter filter = {};

	filter.Enabled = TRUE;
	filter.Members[0] = 1;
	filter.Members[100 / 32] |= 1u << 100 % 32;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(machine.adapter(), &filter), 0);
	EXPECT_TRUE(nic().peek(RCTL) & RCTL_VFE);
	EXPECT_EQ(nic().peek(VFTA), 1u);
	EXPECT_EQ(nic().peek(VFTA + 12), 1u << 4);
	/* What a reset clears is put back. */
	ASSERT_EQ(machine.open(), 0);
	EXPECT_TRUE(nic().peek(RCTL) & RCTL_VFE);
	EXPECT_EQ(nic().peek(VFTA + 12), 1u << 4);
	filter.Enabled = FALSE;
	EXPECT_EQ(netcx_core_adapter_set_vlan_filter(machine.adapter(), &filter), 0);
	EXPECT_FALSE(nic().peek(RCTL) & RCTL_VFE);
}

TEST_F(E1000eDevice, ReceiveChecksumSwitches)
{
	ASSERT_EQ(machine.open(), 0);
	netcx_offloads offloads = machine.adapter()->offloads;

	EXPECT_EQ(nic().peek(RXCSUM), RXCSUM_PCSD | RXCSUM_IPOFL | RXCSUM_TUOFL);
	offloads.rx_checksum_tcp = 0;
	netcx_core_adapter_set_offloads(machine.adapter(), &offloads);
	EXPECT_EQ(nic().peek(RXCSUM), RXCSUM_PCSD | RXCSUM_IPOFL | RXCSUM_TUOFL);
	offloads.rx_checksum_udp = 0;
	netcx_core_adapter_set_offloads(machine.adapter(), &offloads);
	EXPECT_EQ(nic().peek(RXCSUM), RXCSUM_PCSD | RXCSUM_IPOFL);
	offloads.rx_checksum_ipv4 = 0;
	netcx_core_adapter_set_offloads(machine.adapter(), &offloads);
	EXPECT_EQ(nic().peek(RXCSUM), UINT32{RXCSUM_PCSD});
}

TEST_F(E1000eDevice, Moderation)
{
	ASSERT_EQ(machine.open(), 0);
	const netcx_interrupt_moderation all = {100, 200};
	const netcx_interrupt_moderation one = {1, 10000};

	EXPECT_EQ(netcx_core_adapter_set_moderation(machine.adapter(), &all), 0);
	for (UINT32 i = 0; i < 2; i++) {
		EXPECT_EQ(nic().peek(EITR0 + 4 * i), 390u);
		EXPECT_EQ(nic().peek(EITR0 + 8 + 4 * i), 781u);
	}
	EXPECT_EQ(netcx_core_adapter_set_queue_moderation(machine.adapter(), 1, &one), 0);
	EXPECT_EQ(nic().peek(EITR0), 390u);
	EXPECT_EQ(nic().peek(EITR0 + 4), 3u);
	EXPECT_EQ(nic().peek(EITR0 + 12), 39062u);
	EXPECT_NE(netcx_core_adapter_set_queue_moderation(machine.adapter(), 2, &one), 0);
}

/* What Linux shows as @statistic, of the range @sizes. */
UINT64 sum_of(const netcx_statistics_config &config, const std::vector<UINT64> &values,
	      netcx_statistic statistic, UINT32 sizes = 0)
{
	UINT64 sum = 0;

	for (UINT32 i = 0; i < config.MeaningCount; i++) {
		const netcx_statistic_meaning &meaning = config.Meanings[i];

		if (meaning.Statistic == statistic && meaning.Sizes == sizes)
			sum += values[meaning.Counter];
	}
	return sum;
}

TEST_F(E1000eDevice, StatisticsSayWhatTheyAre)
{
	ASSERT_EQ(machine.open(), 0);
	const netcx_statistics_config &config = machine.adapter()->statistics;
	std::vector<UINT64> values(config.Count);

	nic().poke(RUC, 3);
	nic().poke(ROC, 4);
	nic().poke(CRCERRS, 5);
	nic().poke(XONTXC, 1);
	nic().poke(XOFFTXC, 2);
	nic().poke(PTC1522, 6);
	netcx_core_adapter_read_statistics(machine.adapter(), values.data());
	EXPECT_EQ(sum_of(config, values, netcx_statistic_link_rx_length_errors), 7u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_link_rx_crc_errors), 5u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_link_rx_missed_errors), 0u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_mac_frame_check_sequence_errors), 5u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_ctrl_frames_transmitted), 3u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_rmon_undersize_pkts), 3u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_rmon_tx_histogram, 5), 6u);
}

TEST_F(E1000eDevice, StatisticsAddUpOverResets)
{
	ASSERT_EQ(machine.open(), 0);
	const netcx_statistics_config &config = machine.adapter()->statistics;
	std::vector<UINT64> values(config.Count);
	SIZE_T missed = 0;

	while (std::string(config.Names[missed]) != "rx_missed")
		missed++;
	nic().poke(MPC, 5);
	machine.power_down();
	ASSERT_EQ(machine.power_up(), 0);
	nic().poke(MPC, 2);
	netcx_core_adapter_read_statistics(machine.adapter(), values.data());
	EXPECT_EQ(values[missed], 7u);
	EXPECT_EQ(sum_of(config, values, netcx_statistic_link_rx_missed_errors), 7u);
	const std::vector<UINT64> before = values;
	nic().gone = true;
	netcx_core_adapter_read_statistics(machine.adapter(), values.data());
	EXPECT_EQ(values, before);
}

/* As when a bus error freezes the function: from then on every register reads as all ones. */
TEST_F(E1000eDevice, WhatIsReadOfANicThatGoesMeanwhileIsNotCounted)
{
	ASSERT_EQ(machine.open(), 0);
	std::vector<UINT64> before(machine.adapter()->statistics.Count);
	std::vector<UINT64> values(before.size());

	netcx_core_adapter_read_statistics(machine.adapter(), before.data());
	nic().tamper = [this](UINT32 offset, UINT32 value) {
		nic().gone |= offset == MPC;
		return nic().gone ? ~0U : value;
	};
	netcx_core_adapter_read_statistics(machine.adapter(), values.data());
	EXPECT_TRUE(nic().gone);
	EXPECT_EQ(values, before);
}

TEST_F(E1000eDevice, SaysWhenThePartnerHoldsTransmission)
{
	ASSERT_EQ(machine.open(), 0);
	EXPECT_FALSE(netcx_core_adapter_is_transmit_paused(machine.adapter()));
	nic().partner_pauses = true;
	EXPECT_TRUE(netcx_core_adapter_is_transmit_paused(machine.adapter()));
	/* That is no pause. */
	nic().gone = true;
	EXPECT_FALSE(netcx_core_adapter_is_transmit_paused(machine.adapter()));
}

/* Of the link that the simulated PHY has negotiated with a partner that can do everything. */
TEST_F(E1000eDevice, SaysWhatTheLinkCanBe)
{
	const UINT64 all_10_and_100 = NETCX_LINK_MODE_10_HALF | NETCX_LINK_MODE_10_FULL |
				      NETCX_LINK_MODE_100_HALF | NETCX_LINK_MODE_100_FULL;
	netcx_link_modes modes;

	ASSERT_EQ(machine.open(), 0);
	netcx_core_adapter_link_modes(machine.adapter(), &modes);
	EXPECT_EQ(modes.Port, netcx_port_twisted_pair);
	EXPECT_EQ(modes.Supported, all_10_and_100 | NETCX_LINK_MODE_1000_FULL |
					   NETCX_LINK_MODE_AUTONEG | NETCX_LINK_MODE_PAUSE |
					   NETCX_LINK_MODE_ASYM_PAUSE);
	EXPECT_EQ(modes.Advertised, modes.Supported);
	EXPECT_EQ(modes.Partner & all_10_and_100, all_10_and_100);
	EXPECT_TRUE(modes.Partner & NETCX_LINK_MODE_AUTONEG);
}

/* Each is one entry of the receive addresses, and remembered over a reset. */
TEST_F(E1000eDevice, UnicastAddressesAreReceiveAddresses)
{
	const UCHAR first[6] = {2, 0, 0, 0, 0, 1}, second[6] = {2, 0, 0, 0, 0, 2};
	NET_ADAPTER_LINK_LAYER_ADDRESS list[2];

	ASSERT_EQ(machine.open(), 0);
	EXPECT_EQ(machine.adapter()->unicast_filter.MaximumAddresses, 14u);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&list[0], 6, first);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&list[1], 6, second);
	EXPECT_EQ(netcx_core_adapter_set_receive_filter(machine.adapter(),
							NetPacketFilterFlagDirected, nullptr, 0),
		  0);
	netcx_core_adapter_set_unicast_addresses(machine.adapter(), list, 2);
	EXPECT_EQ(nic().peek(RAL0 + 8), 2u);
	EXPECT_EQ(nic().peek(RAH0 + 8), 0x80000100u);
	EXPECT_EQ(nic().peek(RAH0 + 16), 0x80000200u);
	machine.power_down();
	ASSERT_EQ(machine.power_up(), 0);
	EXPECT_EQ(nic().peek(RAL0 + 16), 2u);
	EXPECT_EQ(nic().peek(RAH0 + 16), 0x80000200u);
	netcx_core_adapter_set_unicast_addresses(machine.adapter(), &list[1], 1);
	EXPECT_EQ(nic().peek(RAH0 + 8), 0x80000200u);
	EXPECT_EQ(nic().peek(RAH0 + 16), 0u);
}

/* ---- devices that do not work ---- */

TEST_F(E1000eDevice, NotThereAtAll)
{
	nic().gone = true;
	EXPECT_EQ(machine.start(), -ENODEV);
	EXPECT_EQ(machine.os.lines_with("does not answer"), 1u);
	machine.finish();
}

TEST_F(E1000eDevice, DoesNotComeBackFromReset)
{
	nic().never_comes_back = true;
	EXPECT_EQ(machine.start(), -ETIMEDOUT);
	EXPECT_EQ(machine.os.lines_with("did not come back from reset"), 1u);
}

TEST_F(E1000eDevice, DoesNotStopDma)
{
	nic().never_stops_dma = true;
	EXPECT_EQ(machine.start(), 0);
	EXPECT_GE(machine.os.lines_with("PCIe requests are still pending"), 1u);
}

TEST_F(E1000eDevice, FirmwareKeepsMdio)
{
	nic().firmware_owns_mdio = true;
	EXPECT_EQ(machine.start(), 0);
	EXPECT_GE(machine.os.lines_with("firmware keeps the MDIO bus"), 1u);
	EXPECT_EQ(machine.os.lines_with("the PHY is not set up"), 1u);
}

TEST_F(E1000eDevice, PhyDoesNotAnswer)
{
	nic().phy_answers = false;
	EXPECT_EQ(machine.start(), 0);
	EXPECT_EQ(machine.os.lines_with("does not answer (MDIC"), 1u);
	EXPECT_EQ(machine.os.lines_with("the PHY is not set up"), 1u);
}

/* The address came with the reset; what else the NVM holds is of no use to the driver. */
TEST_F(E1000eDevice, NvmDoesNotAnswer)
{
	nic().nvm_answers = false;
	EXPECT_EQ(machine.start(), 0);
	EXPECT_EQ(machine.os.lines_with("reading NVM word 0 failed"), 1u);
}

TEST_F(E1000eDevice, ResetOfTheSameFails)
{
	ASSERT_EQ(machine.open(), 0);
	machine.power_down();
	nic().never_comes_back = true;
	EXPECT_NE(machine.power_up(), 0);
	nic().never_comes_back = false;
	EXPECT_EQ(machine.power_up(), 0);
}

/* Whatever register reads as garbage, starting ends, and everything is taken back. */
TEST_F(E1000eDevice, EveryRegisterReadAsGarbage)
{
	static constexpr UINT32 registers[] = {CTRL, STATUS, EECD,	  EERD,	 CTRL_EXT, MDIC,
					       ICR,  IMS,    EXTCNF_CTRL, RCTL,	 TCTL,	   RAL0,
					       RAH0, PBA,    TARC0,	  TARC1, GCR,	   GCR2};

	for (UINT32 broken : registers) {
		for (UINT32 garbage : {0u, ~0u, 0xdeadbeefu, 0x55555555u}) {
			Machine other;

			other.nic->tamper = [=](UINT32 offset, UINT32 value) {
				return offset == broken ? garbage : value;
			};
			other.start();
			other.finish();
			EXPECT_EQ(other.os.live(), 0u) << std::hex << broken << ' ' << garbage;
			EXPECT_EQ(other.os.violations, std::vector<std::string>());
		}
	}
}

/* Everything that can fail does, once: it is said, nothing is left, and the next attempt works. */
TEST_F(E1000eDevice, EveryAllocationFails)
{
	static constexpr UINT64 fewest = 20, most = 500;
	bool all = false;

	for (UINT64 nth = 1; !all; nth++) {
		Machine other;

		ASSERT_LT(nth, most);
		other.os.fail_nth(nth);
		int error = other.start();
		if (!error) {
			other.interface()->ring_size = other.ring_size;
			other.interface()->rx_queues = other.rx_queues;
			error = other.interface()->open();
		}
		all = other.os.attempts() < nth;
		other.os.fail_nth(0);
		ASSERT_TRUE(!all || nth > fewest);
		EXPECT_EQ(error == 0, all) << nth << '\n' << other.os.whole_log();
		EXPECT_EQ(other.os.errors() == 0, all) << nth << '\n' << other.os.whole_log();
		EXPECT_EQ(engines_are_on(*other.nic), all) << nth;
		if (error) {
			EXPECT_EQ(other.open(), 0) << nth;
		}
		other.finish();
		EXPECT_FALSE(engines_are_on(*other.nic)) << nth;
		EXPECT_EQ(other.os.live(), 0u) << nth << ' ' << other.os.live_kinds();
		EXPECT_EQ(other.os.violations, std::vector<std::string>()) << nth;
	}
}

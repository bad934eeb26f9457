// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Reset and set-up of the MAC. Facts: 82574 datasheet, "Software Initialization Sequence"
 * and the general and PCIe registers; 82574 Specification Update for what is marked as an erratum.
 */
#include "hardware.h"
#include "limits.h"
#include <common/time.h>

namespace e1000e
{

namespace
{
/* The register space of BAR 0, 82574 datasheet, "Memory-Mapped Access". */
constexpr ULONG register_space_bytes = 128 * 1024;

/* Time for the packet in progress to leave or enter the MAC's memory, at 10 Mbit/s too ... */
constexpr UINT32 thorough_stop_us = 10000;
/* ... and at 1 Gbit/s. */
constexpr UINT32 quick_stop_us = 1000;

constexpr UINT32 mdio_ownership_interval_us = 2000;
constexpr UINT32 mdio_ownership_tries = 10;

/* The tx part of packet memory takes two of the largest frames, so that one is sent from it while
 * the next arrives in it: 40 KB - 22 KB. */
constexpr UINT32 rx_packet_memory_kilobytes = 22;
constexpr UINT32 tx_packet_memory_bytes =
	(pba::total_kilobytes - rx_packet_memory_kilobytes) * 1024;
static_assert(tx_packet_memory_bytes >= 2 * limits::maximum_frame_bytes);

/* XOFF is sent when less than one of the largest frames fits into the rx part, XON when there is
 * room for one more frame of ordinary size. */
constexpr UINT32 pause_threshold =
	(rx_packet_memory_kilobytes * 1024 - limits::maximum_frame_bytes) /
	flow_control_granularity * flow_control_granularity;
constexpr UINT32 resume_threshold = pause_threshold - 1536;
static_assert(resume_threshold % flow_control_granularity == 0);

/*
 * Descriptors are fetched when the device has at most as many left as the prefetch threshold says,
 * and memory has at least as many as the host threshold says. Writing back several at a time saves
 * bus cycles, but leaves the last ones of a burst without an answer for want of more: one is
 * written back at a time.
 */
constexpr UINT32 tx_thresholds = xdctl::in_descriptors | xdctl::PrefetchThreshold::of(31) |
				 xdctl::HostThreshold::of(1) | xdctl::WriteBackThreshold::of(1);
constexpr UINT32 rx_thresholds = xdctl::in_descriptors | xdctl::PrefetchThreshold::of(32) |
				 xdctl::HostThreshold::of(4) | xdctl::WriteBackThreshold::of(1);

constexpr UINT32 collision_threshold = 15;
constexpr UINT32 collision_distance = 63;

/*
 * The MAC's ownership of the MDIO bus, which it shares with firmware (82574 datasheet,
 * EXTCNF_CTRL). The bit stays set only if firmware does not hold the bus. A request that was not
 * granted in time is withdrawn: granted later, it would keep firmware from the PHY.
 */
void release_mdio(const Mac &mac)
{
	mac.modify(extcnf_ctrl::reg, extcnf_ctrl::mdio_software_ownership, 0);
}

bool acquire_mdio(const Mac &mac)
{
	for (UINT32 tries = mdio_ownership_tries; tries; tries--) {
		mac.modify(extcnf_ctrl::reg, 0, extcnf_ctrl::mdio_software_ownership);
		if (mac.read(extcnf_ctrl::reg) & extcnf_ctrl::mdio_software_ownership)
			return true;
		common::sleep_us(mdio_ownership_interval_us);
	}
	release_mdio(mac);
	return false;
}

constexpr Family family_82574 = {
	.register_space_bytes = register_space_bytes,
	.icr = icr::reg,
	.imc = imc::reg,
	.receive_addresses = limits::receive_addresses,
	.rss_queues = limits::queues,
	.reta_queue_shift = 7,
	.rss_enable = mrqc::two_queues,
	.phy_address = 1,
	.acquire_mdio = acquire_mdio,
	.release_mdio = release_mdio,
};
} /* namespace */

NTSTATUS Hardware::map(WDFDEVICE device, const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar)
{
	return Mac::map(&family_82574, device, bar);
}

/* A reset makes the device read an EEPROM again, but not a flash NVM. */
void Hardware::load_flash() const
{
	if (eecd::NvmType::get(read(eecd::reg)) != eecd::nvm_type_flash)
		return;
	/* The device must not update the flash by itself while it is read. */
	modify(eecd::reg, eecd::autonomous_flash_update, 0);
	modify(ctrl_ext::reg, 0, ctrl_ext::eeprom_reload);
	flush();
}

/* A boot ROM may have left SWSM.SMBI set, and nobody else would clear it. */
void Hardware::take_over() const
{
	if (!is_gone())
		modify(swsm::reg, swsm::software_semaphore, 0);
}

NTSTATUS Hardware::reset(Pace pace) const
{
	NTSTATUS status = begin_reset(pace == Pace::quick ? quick_stop_us : thorough_stop_us);

	if (!NT_SUCCESS(status))
		return status;
	/*
	 * Takes effect at the next reset, which does not change the register (82574 datasheet,
	 * PBA).
	 */
	write(pba::reg, pba::RxKilobytes::of(rx_packet_memory_kilobytes));
	trigger_reset();
	load_flash();
	status = finish_reset();
	if (NT_SUCCESS(status) && pace == Pace::thorough)
		wait_for_phy();
	return status;
}

void Hardware::initialize(UINT32 tx_queues) const
{
	/*
	 * Bits the datasheet calls reserved, set as Intel's initialisation errata ask. Two queues
	 * that send need more of them, and the same in both registers.
	 */
	const UINT32 arbitration =
		tarc::enable | tarc::reserved_26 | (tx_queues > 1 ? tarc::two_queues : 0);

	modify(tarc::reg(0), tarc::Reserved27To30::mask, arbitration);
	modify(tarc::reg(1), tarc::Reserved27To30::mask,
	       tx_queues > 1 ? arbitration : UINT32{tarc::enable});
	modify(ctrl::reg, ctrl::reserved_29, 0);
	modify(ctrl_ext::reg, ctrl_ext::reserved_23,
	       ctrl_ext::reserved_22 | ctrl_ext::driver_loaded);
	modify(gcr::reg, 0, gcr::reserved_22 | gcr::l1_without_l0s_rx);
	modify(gcr2::reg, 0, gcr2::completion_fix);

	/* Both queues must have the same thresholds, whether they are used or not (erratum). */
	for (UINT32 queue = 0; queue < limits::queues; queue++) {
		write(tx_registers.control(queue), tx_thresholds | xdctl::count_descriptors);
		write(rx_registers.control(queue), rx_thresholds);
	}

	/* Wake-up is off while the device works. A reset need not clear these two registers. */
	write(wuc::reg, 0);
	write(wufc::reg, 0);

	write(vet::reg, vet::ieee_8021q);

	setup_pause_frames(pause_threshold, resume_threshold);

	/* Filters for iSCSI and NFS are of no use here, and the interrupt for TCP acknowledgements
	 * causes spurious ones in MSI-X mode (erratum). */
	write(rfctl::reg, rfctl::extended_descriptors | rfctl::iscsi_disable |
				  rfctl::nfs_write_disable | rfctl::nfs_read_disable |
				  rfctl::ack_interrupt_disable);

	/*
	 * Long frames are received whatever the MTU is: the client is not told when it changes.
	 */
	write(rctl::reg, rctl::long_packets | rctl::buffers_of_2048 | rctl::strip_crc);
	modify(tctl::reg,
	       tctl::enable | tctl::CollisionThreshold::mask | tctl::CollisionDistance::mask,
	       tctl::pad_short_packets | tctl::retransmit_late_collision |
		       tctl::CollisionThreshold::of(collision_threshold) |
		       tctl::CollisionDistance::of(collision_distance));

	/* Moderation is by ITR and EITR; the older timers only add latency to them. */
	write(rdtr::reg, 0);
	write(radv::reg, 0);
	write(tidv::reg, 0);
	write(tadv::reg, 0);
}

/* Twice each, since at times the first write has no effect (as Intel's drivers do). */
void Hardware::flush_descriptors() const
{
	for (UINT32 i = 0; i < 2; i++) {
		write(tidv::reg, flush_partial_block);
		write(rdtr::reg, flush_partial_block);
		flush();
	}
}

} /* namespace e1000e */

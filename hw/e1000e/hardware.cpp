// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Reset and set-up of the MAC. Facts: 82574 datasheet, "Software Initialization Sequence"
 * and the general and PCIe registers; 82574 Specification Update for what is marked as an erratum.
 */
#include "hardware.h"
#include "limits.h"
#include "log.h"

namespace e1000e
{

namespace
{
/* The register space of BAR 0, 82574 datasheet, "Memory-Mapped Access". */
constexpr ULONG register_space_bytes = 128 * 1024;

/* Requests still outstanding after this are not going to be answered. */
constexpr UINT32 master_disable_interval_us = 100;
constexpr UINT32 master_disable_tries = 800;

/* Time for the packet in progress to leave or enter the MAC's memory, at 10 Mbit/s too. */
constexpr UINT32 engine_stop_us = 10000;

/* The device must not be accessed for a while after CTRL.RST; NVM reading takes milliseconds. */
constexpr UINT32 after_reset_us = 1000;
constexpr UINT32 auto_read_interval_us = 1000;
constexpr UINT32 auto_read_tries = 50;
/* After reading the NVM the device configures the PHY by itself; there is no bit that says when. */
constexpr UINT32 phy_configuration_us = 25000;

constexpr UINT32 mdio_ownership_interval_us = 2000;
constexpr UINT32 mdio_ownership_tries = 10;

/* In units of 512 bit times: 0x680 is 850 us at 1 Gbit/s. */
constexpr UINT32 pause_time = 0x0680;

/* The tx part of packet memory takes two of the largest frames, so that one is sent from it while
 * the next arrives in it: 40 KB - 22 KB. */
constexpr UINT32 rx_packet_memory_kilobytes = 22;
constexpr UINT32 tx_packet_memory_bytes =
	(pba::total_kilobytes - rx_packet_memory_kilobytes) * 1024;
static_assert(tx_packet_memory_bytes >= 2 * limits::maximum_frame_bytes);

/* When less than one of the largest frames fits, the partner is asked to pause; when another frame
 * of ordinary size has left, to go on. */
constexpr UINT32 pause_threshold =
	(rx_packet_memory_kilobytes * 1024 - limits::maximum_frame_bytes) /
	flow_control_granularity * flow_control_granularity;
constexpr UINT32 resume_threshold = pause_threshold - 1536;
static_assert(resume_threshold % flow_control_granularity == 0);

/*
 * Descriptors are fetched when the device has at most that many left (prefetch) and that many can
 * be had (host). Writing back several at a time saves bus cycles, but leaves the last ones of a
 * burst without an answer for want of more: one is written back at a time.
 */
constexpr UINT32 tx_thresholds = xdctl::in_descriptors | xdctl::PrefetchThreshold::of(31) |
				 xdctl::HostThreshold::of(1) | xdctl::WriteBackThreshold::of(1);
constexpr UINT32 rx_thresholds = xdctl::in_descriptors | xdctl::PrefetchThreshold::of(32) |
				 xdctl::HostThreshold::of(4) | xdctl::WriteBackThreshold::of(1);

constexpr UINT32 collision_threshold = 15;
constexpr UINT32 collision_distance = 63;
} /* namespace */

void sleep_us(UINT32 microseconds)
{
	LARGE_INTEGER interval;

	interval.QuadPart = -static_cast<LONGLONG>(microseconds) * 10;
	KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

NTSTATUS Hardware::map(WDFDEVICE device, PHYSICAL_ADDRESS start, ULONG length)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	NTSTATUS status;

	if (length < register_space_bytes) {
		LOG_ERROR("BAR 0 has %u bytes, %u expected; this is not a device of the family",
			  length, register_space_bytes);
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	}

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = device;
	status = WdfSpinLockCreate(&attributes, &lock);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("no memory for a lock");
		return status;
	}

	registers = static_cast<volatile UINT8 *>(
		MmMapIoSpaceEx(start, register_space_bytes, PAGE_READWRITE | PAGE_NOCACHE));
	if (!registers) {
		LOG_ERROR("mapping BAR 0 failed");
		WdfObjectDelete(lock);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	mapped_length = register_space_bytes;
	return STATUS_SUCCESS;
}

void Hardware::unmap()
{
	if (!registers)
		return;
	MmUnmapIoSpace(const_cast<UINT8 *>(registers), mapped_length);
	registers = nullptr;
	WdfObjectDelete(lock);
}

void Hardware::modify(Register reg, UINT32 clear, UINT32 set) const
{
	WdfSpinLockAcquire(lock);
	write(reg, (read(reg) & ~clear) | set);
	WdfSpinLockRelease(lock);
}

bool Hardware::wait_for(Register reg, UINT32 mask, UINT32 value, UINT32 interval_us,
			UINT32 tries) const
{
	while (tries--) {
		if ((read(reg) & mask) == value)
			return true;
		sleep_us(interval_us);
	}
	return false;
}

bool Hardware::acquire_mdio() const
{
	/* The bit stays set only if firmware does not hold the bus. */
	for (UINT32 tries = mdio_ownership_tries; tries; tries--) {
		modify(extcnf_ctrl::reg, 0, extcnf_ctrl::mdio_software_ownership);
		if (read(extcnf_ctrl::reg) & extcnf_ctrl::mdio_software_ownership)
			return true;
		sleep_us(mdio_ownership_interval_us);
	}
	return false;
}

void Hardware::release_mdio() const
{
	modify(extcnf_ctrl::reg, extcnf_ctrl::mdio_software_ownership, 0);
}

void Hardware::stop_dma() const
{
	modify(rctl::reg, rctl::enable, 0);
	modify(tctl::reg, tctl::enable, 0);
	modify(ctrl::reg, 0, ctrl::gio_master_disable);
}

bool Hardware::is_dma_stopped() const
{
	const UINT32 value = read(status::reg);

	return value == all_ones || !(value & status::gio_master_enable);
}

bool Hardware::stop_everything() const
{
	write(imc::reg, all_ones);
	stop_dma();
	sleep_us(engine_stop_us);
	return wait_for(status::reg, status::gio_master_enable, 0, master_disable_interval_us,
			master_disable_tries);
}

/* Reset does not make the device read a flash again, as it does with an EEPROM. */
void Hardware::load_flash() const
{
	if (eecd::NvmType::get(read(eecd::reg)) != eecd::nvm_type_flash)
		return;
	/* An autonomous update of the flash must not start in between. */
	modify(eecd::reg, eecd::autonomous_flash_update, 0);
	modify(ctrl_ext::reg, 0, ctrl_ext::eeprom_reload);
	flush();
}

NTSTATUS Hardware::reset() const
{
	if (is_gone()) {
		LOG_ERROR("the device does not answer: it is unplugged or has lost power");
		return STATUS_DEVICE_NOT_CONNECTED;
	}

	/*
	 * A reset in the middle of a PCIe transaction can hang the bus, so requests stop first
	 * (82574 datasheet, "Master Disable"). If some stay unanswered, only the reset helps.
	 */
	if (!stop_everything())
		LOG_WARNING("PCIe requests are still pending; resetting regardless");

	/* Takes effect at the reset, which leaves it alone (82574 datasheet, PBA). */
	write(pba::reg, pba::RxKilobytes::of(rx_packet_memory_kilobytes));

	/* Firmware must not be talking to the PHY meanwhile. */
	const bool owned = acquire_mdio();
	if (!owned)
		LOG_WARNING("firmware keeps the MDIO bus; resetting regardless");
	modify(ctrl::reg, 0, ctrl::reset);
	sleep_us(after_reset_us);
	if (owned)
		release_mdio();

	load_flash();
	if (!wait_for(eecd::reg, eecd::auto_read_done, eecd::auto_read_done, auto_read_interval_us,
		      auto_read_tries) ||
	    is_gone()) {
		LOG_ERROR("the device did not come back from reset; power-cycle the machine");
		return STATUS_IO_TIMEOUT;
	}
	sleep_us(phy_configuration_us);

	write(imc::reg, all_ones);
	(void)read(icr::reg);
	return STATUS_SUCCESS;
}

void Hardware::initialize() const
{
	/* Bits the datasheet calls reserved, set as Intel's initialisation errata ask. */
	modify(tarc::reg(0), tarc::Reserved27To30::mask, tarc::reserved_26);
	modify(tarc::reg(1), 0, tarc::enable);
	modify(ctrl::reg, ctrl::reserved_29, 0);
	modify(ctrl_ext::reg, ctrl_ext::reserved_23,
	       ctrl_ext::reserved_22 | ctrl_ext::driver_loaded);
	modify(gcr::reg, 0, gcr::reserved_22 | gcr::l1_without_l0s_rx);
	modify(gcr2::reg, 0, gcr2::completion_fix);

	/* Both queues must have the same, whether they are used or not (erratum). */
	for (UINT32 queue = 0; queue < xdctl::queues; queue++) {
		write(xdctl::tx(queue), tx_thresholds | xdctl::count_descriptors);
		write(xdctl::rx(queue), rx_thresholds);
	}

	/* Wake-up is off while the device works. */
	write(wuc::reg, 0);

	write(vet::reg, vet::ieee_8021q);

	/* Whether pause frames are sent and obeyed is negotiated; how is the same always. */
	write(fct::reg, fct::mac_control);
	write(fcah::reg, fcah::pause_address);
	write(fcal::reg, fcal::pause_address);
	write(fcttv::reg, pause_time);
	write(fcrtl::reg, resume_threshold | fcrtl::send_xon);
	write(fcrth::reg, pause_threshold);

	/* Filters for iSCSI and NFS are of no use here, and the interrupt for TCP acknowledgements
	 * causes spurious ones in MSI-X mode (erratum). */
	write(rfctl::reg, rfctl::extended_descriptors | rfctl::iscsi_disable |
				  rfctl::nfs_write_disable | rfctl::nfs_read_disable |
				  rfctl::ack_interrupt_disable);

	/*
	 * Frames longer than the MTU are let in: the MTU changes without the driver's help, and what
	 * is too long for it is not the MAC's to judge.
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

void Hardware::quiesce() const
{
	if (is_gone())
		return;
	if (!stop_everything())
		LOG_WARNING("PCIe requests are still pending after the device was stopped");
	modify(ctrl_ext::reg, ctrl_ext::driver_loaded, 0);
	flush();
}

} /* namespace e1000e */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: 82574 datasheet, "Software Initialization Sequence", the general and PCIe registers. */
#include <intel/mac.h>
#include <common/log.h>
#include <common/time.h>

namespace intel
{

using common::sleep_us;

namespace
{
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

/* In units of 512 bit times: 0x680 is 850 us at 1 Gbit/s. */
constexpr UINT32 pause_time = 0x0680;
} /* namespace */

NTSTATUS Mac::map(const Family *of, WDFDEVICE device, const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar)
{
	described = of;
	return MappedRegisters::map(device, bar, of->register_space_bytes);
}

void Mac::stop_dma() const
{
	modify(rctl::reg, rctl::enable, 0);
	modify(tctl::reg, tctl::enable, 0);
	modify(ctrl::reg, 0, ctrl::gio_master_disable);
}

bool Mac::is_dma_stopped() const
{
	const UINT32 value = read(status::reg);

	return value == all_ones || !(value & status::gio_master_enable);
}

bool Mac::stop_everything(UINT32 stop_us) const
{
	write(family().imc, all_ones);
	stop_dma();
	sleep_us(stop_us);
	return wait_for(status::reg, status::gio_master_enable, 0, master_disable_interval_us,
			master_disable_tries);
}

void Mac::quiesce() const
{
	if (is_gone())
		return;
	if (!stop_everything(engine_stop_us))
		LOG_WARNING("PCIe requests are still pending after the device was stopped");
	modify(ctrl_ext::reg, ctrl_ext::driver_loaded, 0);
	flush();
}

NTSTATUS Mac::begin_reset(UINT32 stop_us) const
{
	if (is_gone()) {
		LOG_ERROR("the device does not answer: it is unplugged or has lost power");
		return STATUS_DEVICE_NOT_CONNECTED;
	}

	/*
	 * A reset in the middle of a PCIe transaction can hang the bus, so requests stop first
	 * (82574 datasheet, "Master Disable"). If some stay unanswered, only the reset helps.
	 */
	if (!stop_everything(stop_us))
		LOG_WARNING("PCIe requests are still pending; resetting regardless");
	return STATUS_SUCCESS;
}

void Mac::trigger_reset() const
{
	/* Firmware must not be talking to the PHY meanwhile. */
	const bool owned = family().acquire_mdio(*this);

	if (!owned)
		LOG_WARNING("firmware keeps the MDIO bus; resetting regardless");
	modify(ctrl::reg, 0, ctrl::reset);
	sleep_us(after_reset_us);
	if (owned)
		family().release_mdio(*this);
}

NTSTATUS Mac::finish_reset() const
{
	if (!wait_for(eecd::reg, eecd::auto_read_done, eecd::auto_read_done, auto_read_interval_us,
		      auto_read_tries) ||
	    is_gone()) {
		LOG_ERROR("the device did not come back from reset; power-cycle the machine");
		return STATUS_IO_TIMEOUT;
	}

	write(family().imc, all_ones);
	(void)read(family().icr);
	return STATUS_SUCCESS;
}

void Mac::wait_for_phy() const
{
	sleep_us(phy_configuration_us);
}

void Mac::setup_pause_frames(UINT32 high, UINT32 low) const
{
	write(fct::reg, fct::mac_control);
	write(fcah::reg, fcah::pause_address);
	write(fcal::reg, fcal::pause_address);
	write(fcttv::reg, pause_time);
	write(fcrtl::reg, low | fcrtl::send_xon);
	write(fcrth::reg, high);
}

void Mac::set_vlan_mode(bool enabled) const
{
	modify(ctrl::reg, ctrl::vlan_mode, enabled ? ctrl::vlan_mode : 0);
}

void Mac::setup_ring(const QueueRegisters &registers, UINT32 queue,
		     const common::RingMemory &memory, UINT32 first) const
{
	write(registers.base_low(queue), memory.low());
	write(registers.base_high(queue), memory.high());
	write(registers.length(queue), memory.length);
	write(registers.head(queue), first);
	write(registers.tail(queue), first);
}

} /* namespace intel */

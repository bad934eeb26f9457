// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The device's life: added, prepared, powered up and down, released. For the order of the callbacks
 * see wdf/wdfdevice.h.
 */
#include "device.h"
#include "adapter.h"
#include "management.h"
#include <common/driver.h>
#include <common/log.h>
#include <common/time.h>
#include <intel/nvm.h>
#include <intel/phy.h>

namespace e1000e
{

namespace
{
/* After a reset of the MAC, until STATUS shows the PHY's link again. */
constexpr UINT32 link_interval_us = 1000;
constexpr UINT32 link_tries = 100;

/* Until a PHY that was powered down has found a link, if there is one to be found. */
constexpr UINT32 new_link_interval_us = 100000;
constexpr UINT32 new_link_tries = 40;

EVT_WDF_WORKITEM evt_link_work;
} /* namespace */

/* ---- link ---- */

/*
 * After restart_mac(), which resets the MAC and not the PHY: waits until STATUS shows the link
 * again, so that a link that was never lost is not reported as down.
 */
void Device::wait_for_link()
{
	if (!restarted)
		return;
	restarted = false;
	hardware.wait_for_phy();
	if (had_link)
		(void)hardware.wait_for(status::reg, status::link_up, status::link_up,
					link_interval_us, link_tries);
}

void Device::report_link()
{
	netcx_link_modes modes;
	common::Link link;

	{
		const DeviceLock guard(*this);

		wait_for_link();
		link = intel::phy::read_link(hardware);
		modes = intel::phy::link_modes(hardware);
		/*
		 * While the link lasts the partner's modes do not change, even if the PHY no longer
		 * has them: QEMU resets the PHY's registers together with the MAC.
		 */
		if (!link.up)
			modes.Partner = 0;
		else if (!modes.Partner)
			modes.Partner = partner;
		partner = modes.Partner;
		intel::phy::update_pause(hardware, partner, &link);
		reported_link = link.up;
		/*
		 * The PHY may have a link before it has read all that the partner advertises. The
		 * watchdog then has this function called again, see link_differs().
		 */
		knows_partner = partner || !modes.Advertised;
		interrupts.rearm_link();
	}

	(void)netcx_adapter_set_link_modes(adapter, &modes);
	adapt_offloads(link);
	common::report_link(adapter, link);
}

/*
 * Packets must not be segmented at 10 or 100 Mbit/s (erratum). NetAdapterCx can pause only all
 * offloads of an adapter together; checksums at these speeds cost next to nothing in software.
 * Without queues there are no packets, and the adapter may not have its interface yet, without
 * which the call is refused. Engines::end_start() has the link looked at again.
 */
void Device::adapt_offloads(const common::Link &link)
{
	if (!link.up || !engines.has_queues())
		return;

	const bool too_slow = link.bits_per_second < limits::segmentation_bits_per_second;

	if (too_slow == offloads_paused)
		return;
	offloads_paused = too_slow;
	if (too_slow)
		NetAdapterPauseOffloadCapabilities(adapter);
	else
		NetAdapterResumeOffloadCapabilities(adapter);
}

bool Device::link_differs() const
{
	return hardware.has_link() != reported_link || (reported_link && !knows_partner);
}

/* ---- VLANs ---- */

void Device::set_vlan_mode(bool enabled)
{
	const DeviceLock guard(*this);

	vlan_mode = enabled;
	hardware.set_vlan_mode(vlan_mode);
}

/* ---- up and down ---- */

NTSTATUS Device::set_up_mac(Hardware::Pace pace)
{
	NTSTATUS status;

	/* The reset clears the MAC's counters. */
	statistics.update(hardware);

	status = hardware.reset(pace);
	if (!NT_SUCCESS(status))
		return status;
	hardware.initialize(interrupts.queues());
	interrupts.setup();
	management::keep_vlans(hardware, &filter);
	filter.program_all(hardware, current_address);
	scaling.program(hardware);
	hardware.write(rxcsum::reg, rx_checksums | rxcsum::packet_checksum_disable);
	hardware.set_vlan_mode(vlan_mode);
	return STATUS_SUCCESS;
}

NTSTATUS Device::restart_mac()
{
	const UINT32 pause =
		hardware.read(ctrl::reg) & (ctrl::tx_flow_control | ctrl::rx_flow_control);
	NTSTATUS status;

	/*
	 * Right after another restart, STATUS may not show the link yet: what was known before it
	 * holds.
	 */
	had_link = hardware.has_link() || (restarted && had_link);
	status = set_up_mac(Hardware::Pace::quick);
	if (!NT_SUCCESS(status))
		return status;
	intel::phy::use_negotiated_link(hardware);
	hardware.modify(ctrl::reg, 0, pause);
	restarted = true;
	/* The link may have changed, and the reset has cleared the cause of its interrupt. */
	WdfWorkItemEnqueue(link_work);
	return STATUS_SUCCESS;
}

NTSTATUS Device::bring_up_locked()
{
	NTSTATUS status;

	wake.read_causes(hardware);
	status = set_up_mac(Hardware::Pace::thorough);
	if (!NT_SUCCESS(status))
		return status;
	watchdog.setup_phy();
	restarted = false;
	engines.were_reset();
	return STATUS_SUCCESS;
}

NTSTATUS Device::bring_up()
{
	NTSTATUS status;

	{
		const DeviceLock guard(*this);

		status = bring_up_locked();
	}
	/* The link may have changed while interrupts were masked. */
	if (NT_SUCCESS(status)) {
		WdfWorkItemEnqueue(link_work);
		watchdog.start();
	}
	return status;
}

NTSTATUS Device::initialize()
{
	NTSTATUS status = common::create_wait_lock(handle, &lock);

	if (NT_SUCCESS(status))
		status = engines.initialize(this);
	if (NT_SUCCESS(status))
		status = common::create_work_item(handle, evt_link_work, &link_work);
	if (NT_SUCCESS(status))
		status = watchdog.initialize(this);
	return status;
}

/*
 * EXTCNF_CTRL.MDIO_SW stands for the MDIO bus and the NVM: who does not own it may not use either.
 */
void Device::read_nvm()
{
	const Mdio ownership(hardware, Mdio::Log::nothing);

	has_management = true;
	if (!ownership.is_owned()) {
		LOG_WARNING("firmware does not give the NVM away: its checksum is not checked");
		return;
	}
	intel::nvm::check(hardware);
	has_management = management::is_enabled(hardware);
}

NTSTATUS Device::prepare(WDFCMRESLIST raw, WDFCMRESLIST translated)
{
	const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar = common::find_first_bar(translated);
	NTSTATUS status;

	if (!bar)
		return STATUS_RESOURCE_TYPE_NOT_FOUND;
	status = hardware.map(handle, bar);
	if (!NT_SUCCESS(status))
		return status;
	status = interrupts.create(handle, &hardware, link_work, raw, translated);
	if (!NT_SUCCESS(status))
		return status;

	/* A boot ROM's network stack or a kexec'd kernel may have left DMA and interrupts on. */
	hardware.take_over();
	status = hardware.reset(Hardware::Pace::thorough);
	if (!NT_SUCCESS(status))
		return status;
	read_nvm();
	status = intel::nvm::read_mac_address(hardware, &permanent_address);
	if (!NT_SUCCESS(status))
		return status;
	/* When the device is prepared again after a reset, it has the address that the user set. */
	if (!current_address.is_unicast())
		current_address = permanent_address;

	status = common::create_dma_enabler(
		handle, limits::segmentation_bytes + limits::header_offset, &dma_enabler);
	if (!NT_SUCCESS(status))
		return status;
	return start_adapter(this);
}

void Device::release()
{
	if (dma_enabler) {
		WdfObjectDelete(dma_enabler);
		dma_enabler = nullptr;
	}
	hardware.unmap();
}

/*
 * For D0 exit of a device that is to wake the machine: PHY and receiver go on. Since the receiver
 * was switched off, which may hang it, the MAC is reset before it is on again.
 */
void Device::wait_for_wake_events()
{
	/* Right after a restart of the MAC, STATUS may not show the link yet. */
	bool link_up = hardware.has_link() || (restarted && had_link);
	NTSTATUS status;

	/* A link that the PHY is about to find itself must not wake the machine. */
	if (watchdog.keep_phy_up())
		link_up = hardware.wait_for(status::reg, status::link_up, status::link_up,
					    new_link_interval_us, new_link_tries);
	hardware.quiesce();
	status = set_up_mac(Hardware::Pace::thorough);
	if (!NT_SUCCESS(status)) {
		LOG_WARNING("the device cannot wake the machine: its reset failed with %#x",
			    static_cast<unsigned int>(status));
		return;
	}
	intel::phy::use_negotiated_link(hardware);
	wake.switch_on(hardware, link_up);
}

void Device::shut_down(WDF_POWER_DEVICE_STATE target)
{
	watchdog.stop();
	/* Nothing enqueues it any more: interrupts are disabled, and there are no queues. */
	WdfWorkItemFlush(link_work);

	{
		const DeviceLock guard(*this);

		statistics.update(hardware);
		if (target == WdfPowerDeviceD3 && wake.is_armed()) {
			wait_for_wake_events();
		} else {
			/*
			 * D3Final comes before a reset of the device, too: the link is kept then.
			 */
			if (target == WdfPowerDeviceD3)
				watchdog.power_down_phy();
			hardware.quiesce();
		}
	}
	common::report_link(adapter, {});
}

namespace
{

void evt_link_work(WDFWORKITEM item)
{
	device_context(WdfWorkItemGetParentObject(item))->report_link();
}

} /* namespace */

NTSTATUS add_device(PWDFDEVICE_INIT init)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks = common::DeviceCallbacks<device_context>::all();
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFDEVICE handle;
	NTSTATUS status;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Device);
	Wake::set_callbacks(init);
	status = common::create_device(init, &callbacks, &attributes, &handle);
	if (!NT_SUCCESS(status))
		return status;

	Device *device = device_context(handle);

	device->handle = handle;
	status = device->initialize();
	if (!NT_SUCCESS(status))
		return status;
	return create_adapter(device);
}

} /* namespace e1000e */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The device's life: added, prepared, powered up and down, released. For the order of the callbacks
 * see wdf/wdfdevice.h.
 */
#include "device.h"
#include "adapter.h"
#include "phy.h"
#include <common/driver.h>
#include <common/log.h>
#include <common/time.h>
#include <intel/nvm.h>

namespace e1000e
{

namespace
{
/*
 * How long after the cancel of one queue, while others go on, its engine may still be busy with a
 * packet. STATUS says that DMA has ended only when the whole device gives it up.
 */
constexpr UINT64 engine_stop_time = common::ticks_of(10000);

EVT_WDF_WORKITEM evt_link_work;
} /* namespace */

/* ---- queues ---- */

void Device::queue_starts()
{
	if (needs_reset && !active_queues) {
		const NTSTATUS status = bring_up();

		if (!NT_SUCCESS(status))
			LOG_ERROR("resetting for a queue to start failed with %#x; the interface "
				  "is dead",
				  static_cast<unsigned int>(status));
	}
	active_queues++;
}

/*
 * RCTL.EN and TCTL.EN are for both queues of a direction, and a ring's base and length must not
 * change while they are set: so they are set by the last queue that starts. A device that failed its
 * reset stays without DMA.
 */
void Device::queue_started()
{
	if (active_queues != queues || needs_reset)
		return;
	hardware.modify(rctl::reg, 0, rctl::enable);
	hardware.modify(tctl::reg, 0, tctl::enable);
}

void Device::queue_cancelled()
{
	if (--active_queues)
		return;
	needs_reset = true;
	hardware.stop_dma();
}

bool Device::is_dma_over(UINT64 since) const
{
	if (needs_reset)
		return hardware.is_dma_stopped();
	return KeQueryInterruptTime() - since >= engine_stop_time;
}

/* ---- link ---- */

void Device::report_link()
{
	netcx_link_modes modes;
	common::Link link;

	{
		const DeviceLock guard(*this);

		link = intel::phy::update_link(hardware);
		modes = intel::phy::link_modes(hardware);
		interrupts.rearm_link();
	}

	(void)netcx_adapter_set_link_modes(adapter, &modes);
	common::report_link(adapter, link);
}

/* ---- VLANs ---- */

void Device::set_vlan_mode(bool enabled)
{
	const DeviceLock guard(*this);

	vlan_mode = enabled;
	hardware.set_vlan_mode(vlan_mode);
}

/* ---- up and down ---- */

NTSTATUS Device::bring_up_locked()
{
	NTSTATUS status;

	/* A reset clears the counters. */
	statistics.update(hardware);

	status = hardware.reset();
	if (!NT_SUCCESS(status))
		return status;
	hardware.initialize();
	interrupts.setup();
	filter.program_all(hardware, current_address);
	scaling.program(hardware);
	hardware.write(rxcsum::reg, rx_checksums | rxcsum::packet_checksum_disable);
	hardware.set_vlan_mode(vlan_mode);
	status = phy::setup_link(hardware);
	if (!NT_SUCCESS(status))
		return status;
	needs_reset = false;
	return STATUS_SUCCESS;
}

NTSTATUS Device::bring_up()
{
	NTSTATUS status;

	{
		const DeviceLock guard(*this);

		status = bring_up_locked();
	}
	/* The reset may have changed the link, with interrupts masked. */
	if (NT_SUCCESS(status))
		WdfWorkItemEnqueue(link_work);
	return status;
}

NTSTATUS Device::initialize()
{
	const NTSTATUS status = common::create_wait_lock(handle, &lock);

	if (!NT_SUCCESS(status))
		return status;
	return common::create_work_item(handle, evt_link_work, &link_work);
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
	status = hardware.reset();
	if (!NT_SUCCESS(status))
		return status;
	intel::nvm::check(hardware);
	status = intel::nvm::read_mac_address(hardware, &permanent_address);
	if (!NT_SUCCESS(status))
		return status;
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

void Device::shut_down()
{
	/* Nothing enqueues it any more: interrupts are off and queues are gone. */
	WdfWorkItemFlush(link_work);

	{
		const DeviceLock guard(*this);

		statistics.update(hardware);
		hardware.quiesce();
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

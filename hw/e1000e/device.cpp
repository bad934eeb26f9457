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
/* Without the proof that STATUS gives: time for the packets in progress. */
constexpr UINT64 engine_stop_time = common::ticks_of(10000);

EVT_WDF_DEVICE_PREPARE_HARDWARE evt_prepare_hardware;
EVT_WDF_DEVICE_RELEASE_HARDWARE evt_release_hardware;
EVT_WDF_DEVICE_D0_ENTRY evt_d0_entry;
EVT_WDF_DEVICE_D0_EXIT evt_d0_exit;
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
 * Base and length of a ring must not change while its engine is on, so that comes with the last. One
 * that did not come back from its reset gets no access to memory.
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
	common::Link link;

	{
		const DeviceLock guard(*this);

		link = intel::phy::update_link(hardware);
		interrupts.rearm_link();
	}

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

	/* What a reset clears must not be missing from the totals. */
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
	/* The link's state is older than the reset, which may have changed it without an interrupt. */
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

	/* The device may come from anything, a boot ROM's network stack included. */
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

namespace
{

NTSTATUS evt_prepare_hardware(WDFDEVICE handle, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
	return device_context(handle)->prepare(raw, translated);
}

/* Called after a failed EvtDevicePrepareHardware, too. */
NTSTATUS evt_release_hardware(WDFDEVICE handle, WDFCMRESLIST)
{
	device_context(handle)->release();
	return STATUS_SUCCESS;
}

NTSTATUS evt_d0_entry(WDFDEVICE handle, WDF_POWER_DEVICE_STATE)
{
	return device_context(handle)->bring_up();
}

NTSTATUS evt_d0_exit(WDFDEVICE handle, WDF_POWER_DEVICE_STATE)
{
	Device *device = device_context(handle);

	/* Nothing enqueues it any more: interrupts are off and queues are gone. */
	WdfWorkItemFlush(device->link_work);

	{
		const DeviceLock guard(*device);

		device->statistics.update(device->hardware);
		device->hardware.quiesce();
	}
	common::report_link(device->adapter, {});
	return STATUS_SUCCESS;
}

void evt_link_work(WDFWORKITEM item)
{
	device_context(WdfWorkItemGetParentObject(item))->report_link();
}

} /* namespace */

NTSTATUS add_device(PWDFDEVICE_INIT init)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFDEVICE handle;
	NTSTATUS status;

	WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDevicePrepareHardware = evt_prepare_hardware;
	callbacks.EvtDeviceReleaseHardware = evt_release_hardware;
	callbacks.EvtDeviceD0Entry = evt_d0_entry;
	callbacks.EvtDeviceD0Exit = evt_d0_exit;
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

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The device's life: added, prepared, powered up and down, released. */
#include "device.h"
#include "adapter.h"
#include "driver.h"
#include "rx_queue.h"
#include "tx_queue.h"
#include <common/driver.h>
#include <common/link.h>
#include <common/log.h>
#include <common/objects.h>

namespace sim
{

namespace
{

Wires *wires_of(const Device &device)
{
	return &driver_context(WdfDeviceGetDriver(device.handle))->wires;
}

} /* namespace */

/* ---- between the two ends; under the wire's lock ---- */

RxQueue *Device::choose_rx_queue(const UINT8 *frame, const Headers &headers, Hash *hash)
{
	if (!filter.takes(frame, headers.layer2_bytes)) {
		statistics.rx_filtered++;
		return nullptr;
	}
	*hash = scaling.hash(frame, headers);

	RxQueue *queue = rx_queues[scaling.queue(*hash)];

	return queue ? queue : rx_queues[0];
}

void Device::room_was_made()
{
	for (TxQueue *queue : tx_queues)
		if (queue)
			queue->room_was_made();
}

/* Whichever queue got none: frames wait in it, and nothing else may come in. */
void Device::buffers_came_back()
{
	for (RxQueue *queue : rx_queues)
		if (queue)
			queue->buffers_came_back();
}

/* ---- life ---- */

void Device::report_link(bool up) const
{
	common::Link link = {};

	if (up)
		link = {.up = true,
			.full_duplex = true,
			.tx_pause = true,
			.rx_pause = true,
			.negotiated = false,
			.bits_per_second = limits::bits_per_second};
	common::report_link(adapter, link);
}

NTSTATUS Device::prepare(WDFCMRESLIST, WDFCMRESLIST)
{
	NTSTATUS status;

	statistics.prepared++;
	status = wires_of(*this)->attach(this, modes.wire);
	if (!NT_SUCCESS(status))
		return status;

	status = common::create_dma_enabler(handle, limits::packet_bytes, &dma_enabler);
	if (!NT_SUCCESS(status))
		return status;
	if (modes.rx_buffers == rx_buffers_driver || modes.rx_buffers == rx_buffers_registered) {
		status = buffers.create(handle, modes.queues * modes.ring, modes.rx_buffer_bytes,
					modes.rx_buffers == rx_buffers_registered);
		if (!NT_SUCCESS(status))
			return status;
	}
	return start_adapter(this);
}

/* Also after a prepare() that failed, however early. */
void Device::release()
{
	buffers.destroy();
	if (dma_enabler) {
		WdfObjectDelete(dma_enabler);
		dma_enabler = nullptr;
	}
	wires_of(*this)->detach(this);
}

/* As a driver's watchdog does that takes a device which is not there for one that hangs. */
static void ask_for_reset(WDFOBJECT handle)
{
	if (device_context(handle)->modes.reset_requests)
		NetDeviceRequestReset(static_cast<WDFDEVICE>(handle));
}

NTSTATUS Device::bring_up()
{
	const UINT32 entry = d0_entries++;

	if (entry && entry <= modes.d0_entry_failures) {
		LOG_ERROR("entry %u into D0 fails, as D0EntryFailures asks", entry);
		return STATUS_UNSUCCESSFUL;
	}
	wires_of(*this)->set_powered(this, true);
	statistics.d0_entries++;
	return STATUS_SUCCESS;
}

NTSTATUS Device::count_queue()
{
	static constexpr UINT32 good = 2;
	const UINT32 creation = queue_creations++;

	if (creation < good || creation - good >= modes.queue_failures)
		return STATUS_SUCCESS;
	LOG_ERROR("queue %u cannot be created, as QueueFailures asks", creation);
	return STATUS_INSUFFICIENT_RESOURCES;
}

void Device::shut_down(WDF_POWER_DEVICE_STATE)
{
	ask_for_reset(handle);
	wires_of(*this)->set_powered(this, false);
}

NTSTATUS add_device(PWDFDEVICE_INIT init)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks = common::DeviceCallbacks<device_context>::all();
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFDEVICE handle;
	NTSTATUS status;

	set_wake_callbacks(init);
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Device);
	attributes.EvtCleanupCallback = ask_for_reset;
	status = common::create_device(init, &callbacks, &attributes, &handle);
	if (!NT_SUCCESS(status))
		return status;

	Device *device = device_context(handle);

	device->handle = handle;
	status = read_modes(handle, &device->modes);
	return NT_SUCCESS(status) ? create_adapter(device) : status;
}

} /* namespace sim */

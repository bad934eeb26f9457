// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The device's life: added, prepared, powered up and down, released. For the order of the callbacks
 * see wdf/wdfdevice.h; a reset is a whole round of them with the adapter kept.
 */
#include "device.h"
#include "adapter.h"
#include "limits.h"
#include <common/driver.h>
#include <common/link.h>
#include <common/objects.h>

namespace skeleton
{

/*
 * Registers are mapped (common::find_first_bar()), interrupts created and the MAC address read
 * here; with all that known, the capabilities are declared and the adapter starts.
 */
NTSTATUS Device::prepare(WDFCMRESLIST, WDFCMRESLIST)
{
	/* Locally administered. Hardware has one of its own, in non-volatile memory. */
	address = {{0x02, 's', 'k', 'e', 'l', 0x01}};

	const NTSTATUS status =
		common::create_dma_enabler(handle, limits::packet_bytes, &dma_enabler);

	if (!NT_SUCCESS(status))
		return status;
	return start_adapter(this);
}

/* Undoes prepare(), also one that failed, however early. */
void Device::release()
{
	if (dma_enabler) {
		WdfObjectDelete(dma_enabler);
		dma_enabler = nullptr;
	}
}

/*
 * Resets the hardware, from any state, and sets it up without queues; programs filters and offloads
 * as the framework's callbacks last set them. Real hardware reports its link from a work item that
 * the interrupt enqueues; here the link is always up.
 */
NTSTATUS Device::bring_up()
{
	common::report_link(adapter, {.up = true,
				      .full_duplex = true,
				      .tx_pause = false,
				      .rx_pause = false,
				      .negotiated = false,
				      .bits_per_second = limits::link_speed_bits_per_second});
	return STATUS_SUCCESS;
}

/* Masks interrupts and stops DMA. The queues are stopped already. */
void Device::shut_down(WDF_POWER_DEVICE_STATE)
{
	common::report_link(adapter, {});
}

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

	/* The context starts zeroed. Locks and work items of the device are created here, too. */
	device->handle = handle;
	return create_adapter(device);
}

} /* namespace skeleton */

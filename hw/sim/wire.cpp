// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "wire.h"
#include "device.h"
#include <common/log.h>
#include <common/objects.h>

namespace sim
{

namespace
{

constexpr ULONG pool_tag = 0x69774953; /* "SIwi" */
} /* namespace */

NTSTATUS Wires::initialize(WDFDRIVER driver_of_wires)
{
	driver = driver_of_wires;
	return common::create_wait_lock(driver, &lock);
}

Wire *Wires::find_or_create(UINT32 number)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY memory;
	void *buffer;

	for (Wire *wire = first; wire; wire = wire->next)
		if (wire->number == number)
			return wire;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = driver;
	if (!NT_SUCCESS(WdfMemoryCreate(&attributes, NonPagedPoolNx, pool_tag, sizeof(Wire),
					&memory, &buffer)))
		return nullptr;

	Wire *wire = static_cast<Wire *>(buffer);

	*wire = {};
	wire->number = number;
	wire->memory = memory;
	attributes.ParentObject = memory;
	if (!NT_SUCCESS(WdfSpinLockCreate(&attributes, &wire->lock))) {
		WdfObjectDelete(memory);
		return nullptr;
	}
	wire->next = first;
	first = wire;
	return wire;
}

void Wires::destroy_unused(Wire *wire)
{
	if (wire->ends[0] || wire->ends[1])
		return;
	for (Wire **link = &first; *link; link = &(*link)->next) {
		if (*link == wire) {
			*link = wire->next;
			break;
		}
	}
	WdfObjectDelete(wire->memory);
}

NTSTATUS Wires::attach(Device *device, UINT32 number)
{
	const common::WaitLockGuard guard(lock);
	Wire *wire = find_or_create(number);

	if (!wire) {
		LOG_ERROR("no memory for wire %u", number);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	for (UINT32 end = 0; end < ARRAYSIZE(wire->ends); end++) {
		if (!wire->ends[end]) {
			wire->ends[end] = device;
			device->wire = wire;
			device->end = end;
			return STATUS_SUCCESS;
		}
	}
	LOG_ERROR("two devices are on wire %u already; say another one with Wire=", number);
	return STATUS_DEVICE_BUSY;
}

void Wires::detach(Device *device)
{
	const common::WaitLockGuard guard(lock);
	Wire *wire = device->wire;

	if (!wire)
		return;
	wire->ends[device->end] = nullptr;
	device->wire = nullptr;
	destroy_unused(wire);
}

void Wires::set_powered(Device *device, bool powered)
{
	const common::WaitLockGuard guard(lock);
	Wire *wire = device->wire;

	{
		const WireLock wire_guard(wire);

		wire->powered[device->end] = powered ? device : nullptr;
		if (Device *other = wire->ends[!device->end])
			other->link_wake.link_changed(powered);
		if (wire->powered[0] && wire->powered[1]) {
			for (Device *end : wire->powered) {
				end->links++;
				end->room_was_made();
			}
		}
	}

	const bool up = wire->powered[0] && wire->powered[1];

	device->report_link(up);
	if (Device *other = wire->powered[!device->end])
		other->report_link(up);
}

} /* namespace sim */

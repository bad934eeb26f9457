// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/objects.h>
#include <common/log.h>

namespace common
{

namespace
{

WDF_OBJECT_ATTRIBUTES child_of(WDFOBJECT parent)
{
	WDF_OBJECT_ATTRIBUTES attributes;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = parent;
	return attributes;
}

} /* namespace */

NTSTATUS create_spin_lock(WDFOBJECT parent, WDFSPINLOCK *lock)
{
	WDF_OBJECT_ATTRIBUTES attributes = child_of(parent);
	const NTSTATUS status = WdfSpinLockCreate(&attributes, lock);

	if (!NT_SUCCESS(status))
		LOG_ERROR("no memory for a lock");
	return status;
}

NTSTATUS create_wait_lock(WDFOBJECT parent, WDFWAITLOCK *lock)
{
	WDF_OBJECT_ATTRIBUTES attributes = child_of(parent);
	const NTSTATUS status = WdfWaitLockCreate(&attributes, lock);

	if (!NT_SUCCESS(status))
		LOG_ERROR("no memory for a lock");
	return status;
}

NTSTATUS create_work_item(WDFOBJECT parent, PFN_WDF_WORKITEM function, WDFWORKITEM *item)
{
	WDF_OBJECT_ATTRIBUTES attributes = child_of(parent);
	WDF_WORKITEM_CONFIG config;
	NTSTATUS status;

	WDF_WORKITEM_CONFIG_INIT(&config, function);
	status = WdfWorkItemCreate(&config, &attributes, item);
	if (!NT_SUCCESS(status))
		LOG_ERROR("no memory for a work item");
	return status;
}

NTSTATUS create_memory(WDFOBJECT parent, ULONG pool_tag, SIZE_T bytes, const char *what,
		       WDFMEMORY *memory, void **buffer)
{
	WDF_OBJECT_ATTRIBUTES attributes = child_of(parent);
	const NTSTATUS status =
		WdfMemoryCreate(&attributes, NonPagedPoolNx, pool_tag, bytes, memory, buffer);

	if (!NT_SUCCESS(status))
		LOG_ERROR("no memory for %s (%zu bytes)", what, bytes);
	return status;
}

NTSTATUS create_timer(PFN_WDF_TIMER function, WDFOBJECT parent, WDF_OBJECT_ATTRIBUTES *attributes,
		      WDFTIMER *timer)
{
	WDF_TIMER_CONFIG config;
	NTSTATUS status;

	WDF_TIMER_CONFIG_INIT(&config, function);
	config.AutomaticSerialization = FALSE;
	attributes->ParentObject = parent;
	status = WdfTimerCreate(&config, attributes, timer);
	if (!NT_SUCCESS(status))
		LOG_ERROR("creating a timer failed with %#x", static_cast<unsigned int>(status));
	return status;
}

NTSTATUS create_dma_enabler(WDFDEVICE device, SIZE_T maximum_bytes, WDFDMAENABLER *enabler)
{
	WDF_DMA_ENABLER_CONFIG config;
	NTSTATUS status;

	WDF_DMA_ENABLER_CONFIG_INIT(&config, WdfDmaProfileScatterGather64, maximum_bytes);
	config.WdmDmaVersionOverride = 3;
	status = WdfDmaEnablerCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, enabler);
	if (!NT_SUCCESS(status))
		LOG_ERROR("creating the DMA enabler failed with %#x",
			  static_cast<unsigned int>(status));
	return status;
}

} /* namespace common */

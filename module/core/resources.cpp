// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "resources.h"

#include "device.h"

namespace netcx
{

UINT32 ResourceList::vector_of(const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor) const
{
	UINT32 vector = 0;

	for (UINT32 i = 0; i < count; i++) {
		const bool interrupt = descriptors[i].Type == CmResourceTypeInterrupt;

		if (&descriptors[i] == descriptor)
			return interrupt ? vector : no_vector;
		vector += interrupt;
	}
	return no_vector;
}

const CM_PARTIAL_RESOURCE_DESCRIPTOR *ResourceList::descriptor_of(UINT32 vector) const
{
	for (UINT32 i = 0; i < count; i++) {
		if (descriptors[i].Type == CmResourceTypeInterrupt && !vector--)
			return &descriptors[i];
	}
	return nullptr;
}

/*
 * Turns a translated descriptor into a raw one. They differ for message interrupts only: the raw
 * form has a count of messages, here always 1.
 */
static void make_raw(CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor)
{
	if (descriptor->Type != CmResourceTypeInterrupt ||
	    !(descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE))
		return;

	const ULONG vector = descriptor->u.MessageInterrupt.Translated.Vector;
	const KAFFINITY affinity = descriptor->u.MessageInterrupt.Translated.Affinity;

	descriptor->u.MessageInterrupt.Raw.Group = 0;
	descriptor->u.MessageInterrupt.Raw.MessageCount = 1;
	descriptor->u.MessageInterrupt.Raw.Vector = vector;
	descriptor->u.MessageInterrupt.Raw.Affinity = affinity;
}

static NTSTATUS create_resource_list(netcx_device *device, bool raw, ResourceList **result)
{
	static const char function[] = "EvtDevicePrepareHardware";
	ResourceList *list = nullptr;
	NTSTATUS status;

	status = create_object(function, nullptr, device, &list);
	if (!NT_SUCCESS(status))
		return status;

	/* There is one: its bus has the hardware prepared. */
	const OsDevice os(device);

	list->count = netcx_os_device_resource_count(os.get());
	/* One more than needed, so that the size is not 0 for a device without resources. */
	list->descriptors = static_cast<CM_PARTIAL_RESOURCE_DESCRIPTOR *>(
		netcx_os_zalloc((list->count + 1) * sizeof(*list->descriptors)));
	if (!list->descriptors) {
		list->release();
		return refuse(device, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
	}
	for (UINT32 i = 0; i < list->count; i++) {
		netcx_os_device_resource(os.get(), i, &list->descriptors[i]);
		if (raw)
			make_raw(&list->descriptors[i]);
	}
	return publish_object(function, *result = list, static_cast<WDFCMRESLIST *>(nullptr));
}

NTSTATUS create_resource_lists(netcx_device *device)
{
	NTSTATUS status = create_resource_list(device, true, &device->raw);

	if (!NT_SUCCESS(status)) {
		device->raw = nullptr;
		return status;
	}
	status = create_resource_list(device, false, &device->translated);
	if (!NT_SUCCESS(status)) {
		device->translated = nullptr;
		delete_resource_lists(device);
	}
	return status;
}

void delete_resource_lists(netcx_device *device)
{
	if (device->translated)
		device->translated->delete_object();
	if (device->raw)
		device->raw->delete_object();
	device->translated = nullptr;
	device->raw = nullptr;
}

} // namespace netcx

using namespace netcx;

extern "C" {

ULONG WdfCmResourceListGetCount(WDFCMRESLIST List)
{
	const ResourceList *list = from_handle<ResourceList>(List, "WdfCmResourceListGetCount");

	return list ? list->count : 0;
}

PCM_PARTIAL_RESOURCE_DESCRIPTOR WdfCmResourceListGetDescriptor(WDFCMRESLIST List, ULONG Index)
{
	const ResourceList *list =
		from_handle<ResourceList>(List, "WdfCmResourceListGetDescriptor");

	return list && Index < list->count ? &list->descriptors[Index] : nullptr;
}

} // extern "C"

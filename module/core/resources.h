/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFCMRESLIST: a device's hardware resources. */
#ifndef NETCX_CORE_RESOURCES_H
#define NETCX_CORE_RESOURCES_H

#include "object.h"

namespace netcx
{

class ResourceList final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::resource_list;
	static constexpr UINT32 no_vector = ~0U;

	ResourceList() : Object(object_type) {}

	~ResourceList() override { netcx_os_free(descriptors); }

	bool client_may_delete() const override { return false; }

	/* The vector that @descriptor, an element of this list, describes; or no_vector. */
	UINT32 vector_of(const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor) const;
	/* The descriptor of a vector; NULL if there is no such vector. */
	const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor_of(UINT32 vector) const;

	CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptors = nullptr;
	UINT32 count = 0;
};

/* Creates device->raw and device->translated. */
NTSTATUS create_resource_lists(struct netcx_device *device);
void delete_resource_lists(struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_RESOURCES_H */

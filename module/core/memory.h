/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFMEMORY, for whoever hands something out in one. */
#ifndef NETCX_CORE_MEMORY_H
#define NETCX_CORE_MEMORY_H

#include "object.h"

namespace netcx
{

/*
 * As WdfMemoryCreate(), on behalf of @function. @parent: unless the attributes name one; NULL for the
 * calling driver.
 */
NTSTATUS create_memory(const char *function, Object *parent,
		       const WDF_OBJECT_ATTRIBUTES *attributes, SIZE_T size, WDFMEMORY *handle,
		       PVOID *buffer);

} // namespace netcx

#endif /* NETCX_CORE_MEMORY_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Memory that lives as long as its parent. Page: "WdfMemoryCreate function (wdfmemory.h)". */
#ifndef NETCX_WDFMEMORY_H
#define NETCX_WDFMEMORY_H

#include "wdfobject.h"

EXTERN_C_START

/**
 * WdfMemoryCreate() - allocates memory, zeroed; not for DMA (for that: wdfcommonbuffer.h)
 * @Attributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @PoolType: ignored: all memory is the same here
 * @PoolTag: ignored
 * @BufferSize: in bytes, not 0
 * @Memory: receives the handle
 * @Buffer: receives the address; may be NULL
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfMemoryCreate(PWDF_OBJECT_ATTRIBUTES Attributes, POOL_TYPE PoolType, ULONG PoolTag,
			 SIZE_T BufferSize, WDFMEMORY *Memory, PVOID *Buffer);

/**
 * WdfMemoryGetBuffer() - address and size of the memory
 * @Memory: the handle
 * @BufferSize: receives the size in bytes; may be NULL
 *
 * Context: any.
 * Return: the address.
 */
PVOID WdfMemoryGetBuffer(WDFMEMORY Memory, SIZE_T *BufferSize);

EXTERN_C_END

#endif /* NETCX_WDFMEMORY_H */

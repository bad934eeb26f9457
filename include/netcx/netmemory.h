/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive memory of the client's own, registered once and named in each fragment (NetAdapterCx 2.6,
 * NetRxFragmentBufferAllocationModeDriverV2). In place of the EvtAdapterReturnRxBuffer of the older
 * form, buffers come back in a ring of the queue's own.
 *
 * A client creates a collection, and in it a net memory for each buffer. When it returns a fragment
 * it writes the buffer's NET_MEMORY_ID and its own return context to the fragment's extensions
 * (net/databuffer.h, net/returncontext.h), besides virtual address, Capacity, Offset and ValidLength.
 * When the buffer is the client's again its return context is in the ring that
 * NetRingCollectionGetFragmentReturnContextRing() names, in [BeginIndex, EndIndex): the client takes
 * it out in EvtPacketQueueAdvance, by moving BeginIndex. It may not write to the ring's elements.
 * Before EvtPacketQueueStop all that were received are in it, and EvtPacketQueueAdvance was called
 * once more.
 *
 * Packets are copied, so a buffer comes back with the EvtPacketQueueAdvance after the one that
 * returned it. The ring has room for two times the fragments of the fragment ring: a client that
 * leaves more in it is reset.
 *
 * There is no documentation of it; names and forms are those that Microsoft's sample netvadapter
 * uses.
 */
#ifndef NETCX_NETMEMORY_H
#define NETCX_NETMEMORY_H

#include "net/databuffertypes.h"
#include "netadaptercxtypes.h"
#include "wdf.h"

/**
 * struct _NET_MEMORY_COLLECTION_CONFIG - what a collection is for
 * @Size: sizeof this structure
 * @BuffersCountHint: how many buffers it will hold, about; ignored
 */
typedef struct _NET_MEMORY_COLLECTION_CONFIG {
	ULONG Size;
	SIZE_T BuffersCountHint;
} NET_MEMORY_COLLECTION_CONFIG, *PNET_MEMORY_COLLECTION_CONFIG;

NETCX_STATIC_ASSERT(sizeof(NET_MEMORY_COLLECTION_CONFIG) == 16,
		    "NET_MEMORY_COLLECTION_CONFIG size");

/**
 * NET_MEMORY_COLLECTION_CONFIG_INIT() - sets all
 * @Config: is overwritten
 * @BuffersCountHint: see the structure
 */
NETCX_INLINE void NET_MEMORY_COLLECTION_CONFIG_INIT(NET_MEMORY_COLLECTION_CONFIG *Config,
						    SIZE_T BuffersCountHint)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->BuffersCountHint = BuffersCountHint;
}

/**
 * struct _NET_MEMORY_CONFIG - a buffer
 * @Size: sizeof this structure
 * @BufferAddress: of memory that may be read in any context; it stays the client's
 * @BufferLength: in bytes, at least 1
 */
typedef struct _NET_MEMORY_CONFIG {
	ULONG Size;
	PVOID BufferAddress;
	SIZE_T BufferLength;
} NET_MEMORY_CONFIG, *PNET_MEMORY_CONFIG;

NETCX_STATIC_ASSERT(sizeof(NET_MEMORY_CONFIG) == 24, "NET_MEMORY_CONFIG size");

/**
 * NET_MEMORY_CONFIG_INIT() - sets all
 * @Config: is overwritten
 * @BufferAddress: see the structure
 * @BufferLength: see the structure
 */
NETCX_INLINE void NET_MEMORY_CONFIG_INIT(NET_MEMORY_CONFIG *Config, PVOID BufferAddress,
					 SIZE_T BufferLength)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->BufferAddress = BufferAddress;
	Config->BufferLength = BufferLength;
}

EXTERN_C_START

/**
 * NetMemoryCollectionCreate() - a collection, for NET_ADAPTER_RX_CAPABILITIES::MemoryCollection
 * @Device: the collection's parent
 * @Attributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @Config: NET_MEMORY_COLLECTION_CONFIG_INIT()
 * @MemoryCollection: receives the handle
 *
 * It must live until the adapter's queues are gone. The client destroys what is in it in the
 * collection's EvtCleanupCallback, at the latest; a collection that is destroyed with memory in it
 * is LeakedNetMemoryNotAllMemoryReleased, and takes it along.
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_INVALID_PARAMETER for
 * NULL or a parent; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetMemoryCollectionCreate(WDFDEVICE Device, WDF_OBJECT_ATTRIBUTES *Attributes,
				   NET_MEMORY_COLLECTION_CONFIG const *Config,
				   NETMEMORYCOLLECTION *MemoryCollection);

/**
 * NetMemoryCreate() - registers a buffer
 * @MemoryCollection: where it belongs to
 * @Config: NET_MEMORY_CONFIG_INIT()
 * @Memory: receives the NET_MEMORY_ID
 *
 * Context: process or softirq.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_INVALID_PARAMETER for
 * NULL, or no length; STATUS_INVALID_HANDLE; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetMemoryCreate(NETMEMORYCOLLECTION MemoryCollection, NET_MEMORY_CONFIG const *Config,
			 void **Memory);

/**
 * NetMemoryDestroy() - undoes NetMemoryCreate()
 * @MemoryCollection: where it belongs to
 * @Memory: NetMemoryCreate()'s; no fragment of a queue may name it from now on
 *
 * What is not in the collection is left alone, and logged (InvalidNetMemoryRelease).
 *
 * Context: process or softirq.
 */
void NetMemoryDestroy(NETMEMORYCOLLECTION MemoryCollection, void *Memory);

EXTERN_C_END

#endif /* NETCX_NETMEMORY_H */

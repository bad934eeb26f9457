// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "buffer_pool.h"
#include <common/log.h>
#include <common/objects.h>

namespace sim
{

namespace
{
constexpr ULONG pool_tag = 0x75624953; /* "SIbu" */
}

RxBuffer *BufferPool::at(UINT32 index) const
{
	return reinterpret_cast<RxBuffer *>(static_cast<UINT8 *>(bytes) + index * distance);
}

NTSTATUS BufferPool::register_all(WDFDEVICE device)
{
	NET_MEMORY_COLLECTION_CONFIG config;
	NTSTATUS status;

	NET_MEMORY_COLLECTION_CONFIG_INIT(&config, count);
	status = NetMemoryCollectionCreate(device, WDF_NO_OBJECT_ATTRIBUTES, &config, &collection);
	for (UINT32 i = 0; i < count && NT_SUCCESS(status); i++) {
		RxBuffer *one = at(i);
		NET_MEMORY_CONFIG memory_config;

		NET_MEMORY_CONFIG_INIT(&memory_config, one->bytes(), buffer_bytes);
		status = NetMemoryCreate(collection, &memory_config, &one->id);
	}
	if (!NT_SUCCESS(status))
		LOG_ERROR("registering the receive buffers failed with %#x",
			  static_cast<unsigned int>(status));
	return status;
}

NTSTATUS BufferPool::create(WDFDEVICE device, UINT32 number, UINT32 size, bool is_registered)
{
	NTSTATUS status;

	distance = (sizeof(RxBuffer) + size + 63) & ~static_cast<SIZE_T>(63);
	status = common::create_memory(device, pool_tag, number * distance, "receive buffers",
				       &memory, &bytes);
	if (!NT_SUCCESS(status))
		return status;
	status = common::create_spin_lock(memory, &lock);
	if (!NT_SUCCESS(status)) {
		WdfObjectDelete(memory);
		memory = nullptr;
		return status;
	}
	collection = nullptr;
	count = number;
	buffer_bytes = size;
	available = number;
	lent = 0;
	missed = FALSE;
	free = nullptr;
	for (UINT32 i = 0; i < number; i++) {
		RxBuffer *one = at(i);

		one->lent = false;
		one->id = nullptr;
		one->next = free;
		free = one;
	}
	return is_registered ? register_all(device) : STATUS_SUCCESS;
}

void BufferPool::destroy()
{
	if (!memory)
		return;
	if (lent)
		LOG_ERROR("%u receive buffers were never returned", lent);
	for (UINT32 i = 0; i < count; i++)
		if (at(i)->id)
			NetMemoryDestroy(collection, at(i)->id);
	if (collection)
		WdfObjectDelete(collection);
	collection = nullptr;
	WdfObjectDelete(memory);
	memory = nullptr;
}

RxBuffer *BufferPool::lend(UINT32 count)
{
	RxBuffer *first = nullptr;

	WdfSpinLockAcquire(lock);
	if (available >= count) {
		RxBuffer *last = free;

		first = free;
		last->lent = true;
		for (UINT32 i = 1; i < count; i++) {
			last = last->next;
			last->lent = true;
		}
		free = last->next;
		last->next = nullptr;
		available -= count;
		lent += count;
	} else {
		missed = TRUE;
	}
	WdfSpinLockRelease(lock);
	return first;
}

void BufferPool::take_back(RxBuffer *buffer)
{
	WdfSpinLockAcquire(lock);
	if (buffer->lent) {
		buffer->lent = false;
		buffer->next = free;
		free = buffer;
		available++;
		lent--;
	} else {
		LOG_ERROR("a receive buffer was returned twice");
	}
	WdfSpinLockRelease(lock);
}

/* Called for each buffer that is returned; nearly always false. */
bool BufferPool::was_missed()
{
	return missed && InterlockedExchange(&missed, FALSE);
}

} /* namespace sim */

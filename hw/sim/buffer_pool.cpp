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

NTSTATUS BufferPool::create(WDFDEVICE device, UINT32 count, UINT32 size)
{
	const SIZE_T distance = (sizeof(RxBuffer) + size + 63) & ~static_cast<SIZE_T>(63);
	void *buffer;
	NTSTATUS status;

	status = common::create_memory(device, pool_tag, count * distance, "receive buffers",
				       &memory, &buffer);
	if (!NT_SUCCESS(status))
		return status;
	status = common::create_spin_lock(memory, &lock);
	if (!NT_SUCCESS(status)) {
		WdfObjectDelete(memory);
		memory = nullptr;
		return status;
	}
	buffer_bytes = size;
	available = count;
	lent = 0;
	missed = FALSE;
	free = nullptr;
	for (UINT32 i = 0; i < count; i++) {
		RxBuffer *one =
			reinterpret_cast<RxBuffer *>(static_cast<UINT8 *>(buffer) + i * distance);

		one->lent = false;
		one->next = free;
		free = one;
	}
	return STATUS_SUCCESS;
}

void BufferPool::destroy()
{
	if (!memory)
		return;
	if (lent)
		LOG_ERROR("%u receive buffers were never returned", lent);
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

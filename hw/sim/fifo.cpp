// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "fifo.h"
#include "limits.h"
#include <common/objects.h>

namespace sim
{

namespace
{
constexpr ULONG pool_tag = 0x6f664953; /* "SIfo" */
constexpr UINT32 unit = 32;
static_assert(sizeof(FrameRecord) <= unit);

constexpr UINT32 records_size(UINT32 length)
{
	return (sizeof(FrameRecord) + length + unit - 1) & ~(unit - 1);
}

constexpr UINT32 capacity = 256 * 1024;
/* Where the ring ends, up to a frame may be left over. */
constexpr UINT32 slack = records_size(limits::frame_bytes);
} /* namespace */

NTSTATUS Fifo::initialize(WDFOBJECT parent)
{
	WDFMEMORY handle;
	void *buffer;
	NTSTATUS status;

	status = common::create_memory(parent, pool_tag, capacity, "received frames", &handle,
				       &buffer);
	if (!NT_SUCCESS(status))
		return status;
	memory = static_cast<UINT8 *>(buffer);
	clear();
	return STATUS_SUCCESS;
}

void Fifo::clear()
{
	head = 0;
	tail = 0;
}

UINT32 Fifo::space_for(UINT32 length)
{
	return records_size(length);
}

bool Fifo::can_ever_hold(UINT32 space)
{
	return space + slack <= capacity;
}

FrameRecord *Fifo::record_at(UINT32 position) const
{
	return reinterpret_cast<FrameRecord *>(memory + (position & (capacity - 1)));
}

bool Fifo::has_room(UINT32 space) const
{
	return capacity - (tail - head) >= space + slack;
}

FrameRecord *Fifo::reserve(UINT32 length)
{
	const UINT32 size = records_size(length);
	const UINT32 to_the_end = capacity - (tail & (capacity - 1));
	FrameRecord *record = record_at(tail);

	if (to_the_end < size) {
		record->size = to_the_end;
		record->length = 0;
		tail += to_the_end;
		record = record_at(tail);
	}
	*record = {};
	record->size = size;
	record->length = length;
	return record;
}

void Fifo::commit(const FrameRecord *record)
{
	tail += record->size;
}

const FrameRecord *Fifo::at(UINT32 *position, UINT32 end) const
{
	while (*position != end) {
		const FrameRecord *record = record_at(*position);

		if (record->length)
			return record;
		*position += record->size;
	}
	return nullptr;
}

} /* namespace sim */

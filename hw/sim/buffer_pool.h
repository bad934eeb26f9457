/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive buffers that the driver allocates (NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED, or
 * net memory). A buffer is free, or the system's until its return context comes back.
 */
#ifndef SIM_BUFFER_POOL_H
#define SIM_BUFFER_POOL_H

#include <netadaptercx.h>

namespace sim
{

struct RxBuffer {
	RxBuffer *next;
	bool lent;
	/* As net memory, if it is registered. */
	NET_MEMORY_ID id;

	UINT8 *bytes() { return reinterpret_cast<UINT8 *>(this + 1); }
};

class BufferPool
{
public:
	/* @size: of each buffer. @is_registered: as net memory. */
	NTSTATUS create(WDFDEVICE device, UINT32 count, UINT32 size, bool is_registered);
	/* Frees all buffers; logs those that the system has not returned. */
	void destroy();

	UINT32 size() const { return buffer_bytes; }

	/* NULL: they are not registered. */
	NETMEMORYCOLLECTION registered() const { return collection; }
	/*
	 * Takes @count buffers, linked by next; NULL if there are fewer. All at once: if each queue
	 * took a part of what it needs, they could wait for each other for ever. At most
	 * DISPATCH_LEVEL.
	 */
	RxBuffer *lend(UINT32 count);
	void take_back(RxBuffer *buffer);
	/* True if lend() has failed since the last call of this. */
	bool was_missed();

private:
	RxBuffer *at(UINT32 index) const;
	NTSTATUS register_all(WDFDEVICE device);

	WDFSPINLOCK lock;
	WDFMEMORY memory;
	NETMEMORYCOLLECTION collection;
	void *bytes;
	/* From one buffer to the next. */
	SIZE_T distance;
	UINT32 count;
	RxBuffer *free;
	UINT32 buffer_bytes;
	UINT32 available;
	UINT32 lent;
	volatile LONG missed;
};

} /* namespace sim */

#endif /* SIM_BUFFER_POOL_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive buffers of the driver's own, for an adapter that says NET_ADAPTER_RX_CAPABILITIES_INIT_
 * DRIVER_MANAGED. A buffer is free, or the system has it until it returns it.
 */
#ifndef SIM_BUFFER_POOL_H
#define SIM_BUFFER_POOL_H

#include <netadaptercx.h>

namespace sim
{

struct RxBuffer {
	RxBuffer *next;
	bool lent;

	UINT8 *bytes() { return reinterpret_cast<UINT8 *>(this + 1); }
};

class BufferPool
{
public:
	/* @size: of each buffer. */
	NTSTATUS create(WDFDEVICE device, UINT32 count, UINT32 size);
	/* Tells the log of buffers that the system still has. */
	void destroy();

	UINT32 size() const { return buffer_bytes; }
	/*
	 * So many, linked by @next; NULL: there are not so many. At once, since queues that each hold
	 * a part of what they need would wait for each other. At most DISPATCH_LEVEL.
	 */
	RxBuffer *lend(UINT32 count);
	void take_back(RxBuffer *buffer);
	/* Since it was asked last: has somebody got none? */
	bool was_missed();

private:
	WDFSPINLOCK lock;
	WDFMEMORY memory;
	RxBuffer *free;
	UINT32 buffer_bytes;
	UINT32 available;
	UINT32 lent;
	volatile LONG missed;
};

} /* namespace sim */

#endif /* SIM_BUFFER_POOL_H */

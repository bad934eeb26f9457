/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A receive queue. Descriptor i always belongs to fragment i, so the hardware's ring has the size
 * of the fragment ring and needs no indices of its own:
 *
 *	Begin ........ tail ........ Next ........ End
 *	  | the hardware's | written, | not yet     |
 *	  | to fill        | not told | written     |
 */
#ifndef E1000E_RX_QUEUE_H
#define E1000E_RX_QUEUE_H

#include "descriptor.h"
#include "engines.h"
#include <common/ring_memory.h>
#include <netadaptercx.h>
#include <net/checksum.h>
#include <net/ieee8021q.h>
#include <net/logicaladdress.h>
#include <net/packethash.h>

namespace e1000e
{

struct Device;

EVT_NET_ADAPTER_CREATE_RXQUEUE evt_create_rx_queue;

/* Which of the adapter's receive queues it is. */
UINT32 rx_queue_id(NETPACKETQUEUE queue);

class RxQueue
{
public:
	NTSTATUS initialize(Device *device, NETPACKETQUEUE handle, UINT32 id);
	void clean_up();

	UINT32 number() const { return id; }

	/* The queue's callbacks. */
	void start();
	void advance();
	void set_notification(bool enabled);
	void cancel();
	void stop();

	/* ---- for the engines' restart, with the turn taken ---- */

	/* The hardware goes on behind the last frame that is complete. */
	void restart();
	void set_up_ring() const;
	/* The receiver is on: it gets what it had. */
	void hand_over();
	/* Gives the turn back; there may be something to do. */
	void release();

	Turn turn;

private:
	/* A received frame: so many descriptors, of which so many hold some of it. */
	struct Frame {
		UINT16 buffers; /* 0: not all of it is there */
		UINT16 fragments;
		bool good;
	};

	void drain();
	void post();
	Frame take_long_frame(UINT32 first);
	bool take_buffer(UINT32 index, UINT64 result);
	void describe(UINT32 packet_index, UINT64 result);
	void describe_hash(UINT32 packet_index, UINT64 hashed);

	/* Hot: read for every batch. */
	RxDescriptor *descriptors;
	NET_RING *packets;
	NET_RING *fragments;
	volatile ULONG *tail_register;
	/* As last written to the register. */
	UINT32 tail;
	bool cancelled;
	/* Of a frame of too many buffers: they are dropped up to where one ends. */
	bool end_is_lost;
	NET_EXTENSION logical_address;
	NET_EXTENSION checksum;
	NET_EXTENSION hash;
	NET_EXTENSION ieee8021q;

	/* Slow path. */
	Device *device;
	NETPACKETQUEUE handle;
	UINT32 id;
	/* The queue's bits in IMS. */
	UINT32 causes;
	/* See Engines::is_over(). */
	UINT32 cancellation;
	common::RingMemory memory;
};

} /* namespace e1000e */

#endif /* E1000E_RX_QUEUE_H */

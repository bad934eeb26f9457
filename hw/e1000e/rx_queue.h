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

	/* After a reset of the MAC: writes the descriptors anew that have no complete frame. */
	void restart();
	void set_up_ring() const;
	/* Writes the tail register, with the receiver on: the hardware may use what is posted. */
	void hand_over();
	/* Gives the turn back, and has the queue advanced, since there may be frames. */
	void release();

	Turn turn;

private:
	/* A frame of several buffers. */
	struct Frame {
		/* Descriptors that it took; 0: the frame is not complete yet. */
		UINT16 buffers;
		/* Those of them with data: the last may have had the CRC only. */
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
	/* The value last written to tail_register. */
	UINT32 tail;
	bool cancelled;
	/* A frame had too many buffers and was cut: what comes is dropped up to the next EOP. */
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

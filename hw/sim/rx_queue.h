/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A receive queue. Frames wait in a memory of the "NIC", of which the wire is the door, until the queue
 * is advanced and copies them into receive buffers.
 */
#ifndef SIM_RX_QUEUE_H
#define SIM_RX_QUEUE_H

#include "buffer_pool.h"
#include "coalescing.h"
#include "fifo.h"
#include "notification.h"
#include "receive_scaling.h"
#include "transmission.h"
#include <net/checksum.h>
#include <net/databuffer.h>
#include <net/ieee8021q.h>
#include <net/packethash.h>
#include <net/returncontext.h>
#include <net/rsc.h>
#include <net/virtualaddress.h>

namespace sim
{

struct Device;

EVT_NET_ADAPTER_CREATE_RXQUEUE evt_create_rx_queue;

/* Which of the adapter's receive queues it is. */
UINT32 rx_queue_id(NETPACKETQUEUE queue);

class RxQueue
{
public:
	NTSTATUS initialize(Device *device, NETPACKETQUEUE handle, UINT32 id);

	UINT32 number() const { return id; }

	/* The queue's callbacks. */
	void start();
	void advance();
	void set_notification(bool enabled);
	void cancel();
	void stop();

	/* ---- under the wire's lock ---- */

	enum class Offer {
		taken,
		/* There is no room; the sender is told when there is. */
		wait,
		/* There is no room, and no buffer either: frames are lost. */
		missed,
	};
	Offer offer(const Transmission &transmission) const;
	/* Takes a frame that was offered. */
	void receive(const Transmission &transmission, UINT32 index, const Hash &hash);
	/* After the last of them. */
	void received();
	/* Frames that wait may find buffers now. */
	void buffers_came_back() { notification.raise(); }

private:
	/* Where the next frame goes: packets and fragments up to there are taken. */
	struct Cursor {
		UINT32 packet;
		UINT32 fragment;
	};

	/* False: there are not enough buffers. */
	bool take(const Coalesced &frame, Cursor *cursor);
	Coalesced next_frame(UINT32 position, UINT32 end);
	bool is_aligned(UINT32 index) const;
	bool fill(const FrameRecord *record, Cursor *cursor, UINT32 *count);
	UINT32 fill_fragment(UINT32 index, RxBuffer *buffer, const UINT8 *bytes, UINT32 left);
	void describe(UINT32 packet_index, const Coalesced &frame);
	void describe_coalesced(UINT32 packet_index, const Coalesced &frame);
	void describe_checksum(UINT32 packet_index, const FrameRecord *record,
			       const Headers &headers);
	void add_ignored(Cursor *cursor);
	void take_back_buffers();

	Device *device;
	NETPACKETQUEUE handle;
	UINT32 id;
	NET_RING *packets;
	NET_RING *fragments;
	/* Of return contexts, if buffers come back in one. */
	NET_RING *returns;
	NET_EXTENSION virtual_address;
	NET_EXTENSION logical_address;
	NET_EXTENSION return_context;
	NET_EXTENSION net_memory;
	NET_EXTENSION checksum;
	NET_EXTENSION hash;
	NET_EXTENSION ieee8021q;
	NET_EXTENSION rsc;
	NET_EXTENSION rsc_timestamp;
	Notification notification;
	Coalescing coalescing;
	/* The device's, for one call of advance(). */
	CoalescingOffloads wanted;
	bool cancelled;
	UINT32 frames;
	/* Written and freed under the wire's lock. */
	Fifo fifo;
	/* Under the wire's lock: frames wait for buffers. */
	bool starved;
};

} /* namespace sim */

#endif /* SIM_RX_QUEUE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A transmit queue. A packet is gathered into one piece, made the frames that it stands for, and put
 * into a receive queue of the device at the other end of the wire; if there is no room it waits. How
 * soon it is returned after that, and in which order packets finish, is a mode of the device.
 */
#ifndef SIM_TX_QUEUE_H
#define SIM_TX_QUEUE_H

#include "notification.h"
#include "transmission.h"
#include <net/checksum.h>
#include <net/gso.h>
#include <net/ieee8021q.h>
#include <net/logicaladdress.h>
#include <net/virtualaddress.h>

namespace sim
{

struct Device;

EVT_NET_ADAPTER_CREATE_TXQUEUE evt_create_tx_queue;

class TxQueue
{
public:
	NTSTATUS initialize(Device *device, NETPACKETQUEUE handle, UINT32 id);

	/* The queue's callbacks. */
	void start();
	void advance();
	void set_notification(bool enabled);
	void cancel();
	void stop();

	/* Under the wire's lock: packets that wait may find room now. */
	void room_was_made();

private:
	void post();
	void drain();
	/* When the packet that is posted now is to be returned, in units of 100 ns. */
	UINT64 due();
	bool is_done(UINT32 index, UINT64 now) const;
	/* False: there is no room at the other end. */
	bool send(UINT32 index);
	bool is_held_back();
	bool transmit(const Transmission &transmission);
	/* The packet's bytes; how many, 0: it can't be sent. */
	UINT32 gather(const NET_PACKET *packet);
	UINT32 insert_tag(UINT32 index, UINT32 length);
	TransmitRequest request_of(UINT32 index, UINT32 inserted) const;
	void count_bad();
	bool is_paused();

	static EVT_WDF_TIMER evt_due;

	Device *device;
	NETPACKETQUEUE handle;
	UINT32 id;
	/* Whose packets it sends. */
	UINT8 priority;
	const NET_RING_COLLECTION *rings;
	NET_RING *packets;
	NET_RING *fragments;
	NET_EXTENSION virtual_address;
	NET_EXTENSION logical_address;
	NET_EXTENSION checksum;
	NET_EXTENSION gso;
	NET_EXTENSION ieee8021q;
	Notification notification;

	/* limits::packet_bytes, where packets are gathered. */
	UINT8 *scratch;
	/* By packet index. */
	UINT64 *due_times;
	WDFTIMER timer;
	bool cancelled;
	/* Nothing comes back any more. */
	bool stuck;
	UINT32 posted;
	/* Under the wire's lock: packets wait for room at the other end. */
	bool held;
};

} /* namespace sim */

#endif /* SIM_TX_QUEUE_H */

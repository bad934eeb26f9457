/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A transmit queue. Hardware's has a ring of descriptors besides (common/ring_memory.h), its tail
 * register, and how far the hardware has come; hw/e1000e/tx_queue.h shows how to hold that without
 * a cache line more per packet.
 */
#ifndef SKELETON_TX_QUEUE_H
#define SKELETON_TX_QUEUE_H

#include <netadaptercx.h>

namespace skeleton
{

struct Device;

EVT_NET_ADAPTER_CREATE_TXQUEUE evt_create_tx_queue;

class TxQueue
{
public:
	NTSTATUS initialize(Device *device, NETPACKETQUEUE handle);

	/* The queue's callbacks. */
	void start();
	void advance();
	void set_notification(bool enabled);
	void cancel();
	void stop();

private:
	void post();
	void drain();

	const NET_RING_COLLECTION *rings;
	NET_RING *packets;
	NET_RING *fragments;
	bool cancelled;
	Device *device;
};

} /* namespace skeleton */

#endif /* SKELETON_TX_QUEUE_H */

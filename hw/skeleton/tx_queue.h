/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A transmit queue. For real hardware it also has a ring of descriptors (common/ring_memory.h), the
 * address of the tail register, and how far the hardware has come: see hw/e1000e/tx_queue.h.
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

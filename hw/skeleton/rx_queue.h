/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A receive queue. For real hardware it also has a ring of descriptors, see hw/e1000e/rx_queue.h,
 * where descriptor i belongs to fragment i.
 */
#ifndef SKELETON_RX_QUEUE_H
#define SKELETON_RX_QUEUE_H

#include <netadaptercx.h>

namespace skeleton
{

EVT_NET_ADAPTER_CREATE_RXQUEUE evt_create_rx_queue;

class RxQueue
{
public:
	void initialize(NETPACKETQUEUE handle);

	/* The queue's callbacks. */
	void start();
	void advance();
	void set_notification(bool enabled);
	void cancel();
	void stop();

private:
	void drain();
	void post();

	NET_RING *packets;
	NET_RING *fragments;
	bool cancelled;
};

} /* namespace skeleton */

#endif /* SKELETON_RX_QUEUE_H */

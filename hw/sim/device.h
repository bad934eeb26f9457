/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* One simulated device and its adapter. */
#ifndef SIM_DEVICE_H
#define SIM_DEVICE_H

#include "buffer_pool.h"
#include "coalescing.h"
#include "flow_control.h"
#include "modes.h"
#include "receive_filter.h"
#include "receive_scaling.h"
#include "statistics.h"
#include "wake.h"
#include "wire.h"
#include <netadaptercx.h>

namespace sim
{

class RxQueue;
class TxQueue;
struct Headers;

struct Device {
	WDFDEVICE handle;
	NETADAPTER adapter;
	WDFDMAENABLER dma_enabler;
	Modes modes;
	/* From prepare hardware to release hardware. */
	Wire *wire;
	UINT32 end;
	UINT32 d0_entries;
	UINT32 queue_creations;
	/* Packets stopped coming back once; that is enough. */
	bool was_stuck;
	/* Of a tx queue that has stopped, to be misbehaved with; usually NULL. */
	NET_RING *stopped_ring;
	BufferPool buffers;

	/* ---- under the wire's lock ---- */

	ReceiveFilter filter;
	ReceiveScaling scaling;
	bool vlan_stripping;
	CoalescingOffloads coalescing;
	Statistics statistics;
	FlowControl flow_control;
	LinkWake link_wake;
	/* How often there has come to be a link. */
	UINT32 links;
	/* Queues that are started, and not cancelled. */
	RxQueue *rx_queues[limits::queues];
	TxQueue *tx_queues[limits::queues];

	/* The device at the other end, if it is in D0. */
	Device *peer() const { return wire->powered[!end]; }
	/* One more is wanted; fails as often as QueueFailures asks. */
	NTSTATUS count_queue();
	/* The queue for a frame that comes in; NULL: nobody wants it. */
	RxQueue *choose_rx_queue(const UINT8 *frame, const Headers &headers, Hash *hash);
	/* The other end took something out of a queue. */
	void room_was_made();
	/* There are receive buffers of the driver's again, which were all lent. */
	void buffers_came_back();

	/* ---- life ---- */

	/* EvtDevicePrepareHardware, EvtDeviceReleaseHardware, EvtDeviceD0Entry, EvtDeviceD0Exit. */
	NTSTATUS prepare(WDFCMRESLIST raw, WDFCMRESLIST translated);
	void release();
	NTSTATUS bring_up();
	void shut_down(WDF_POWER_DEVICE_STATE target);
	void report_link(bool up) const;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Device, device_context);

NTSTATUS add_device(PWDFDEVICE_INIT init);

} /* namespace sim */

#endif /* SIM_DEVICE_H */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "engines.h"
#include "device.h"
#include "rx_queue.h"
#include "tx_queue.h"
#include <common/link.h>
#include <common/log.h>
#include <common/time.h>

namespace e1000e
{

namespace
{
/* Between two tries to take a turn, which EvtPacketQueueAdvance holds for microseconds. */
constexpr UINT32 turn_interval_us = 10;

/*
 * The framework cancels both queues of a channel, one right after the other. A restart waits that
 * long before it begins, so that it serves both.
 */
constexpr UINT32 company_us = 1000;

/* How long a restart waits for posted packets to be sent: at 1 Gbit/s enough for a large ring. */
constexpr UINT32 transmission_interval_us = 200;
constexpr UINT32 transmission_tries = 100;

struct RestartContext {
	Engines *engines;
};
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(RestartContext, restart_context);

void Turn::take()
{
	while (!try_take())
		common::sleep_us(turn_interval_us);
}

NTSTATUS Engines::initialize(Device *of)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDF_WORKITEM_CONFIG config;
	NTSTATUS status;

	device = of;
	status = common::create_spin_lock(device->handle, &lock);
	if (!NT_SUCCESS(status))
		return status;
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, RestartContext);
	attributes.ParentObject = device->handle;
	WDF_WORKITEM_CONFIG_INIT(&config, evt_restart);
	status = WdfWorkItemCreate(&config, &attributes, &restart_work);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("no memory for a work item");
		return status;
	}
	restart_context(restart_work)->engines = this;
	return STATUS_SUCCESS;
}

UINT32 Engines::active() const
{
	UINT32 count = 0;

	for (UINT32 i = 0; i < limits::queues; i++)
		count += (tx[i] ? 1 : 0) + (rx[i] ? 1 : 0);
	return count;
}

void Engines::queue_created()
{
	created++;
	device->watchdog.wake_phy();
}

/* ---- start ---- */

/* The device has been in D0 since DMA was given up, so PHY and link are as they should be. */
void Engines::begin_start()
{
	NTSTATUS status;

	if (!needs_reset || active())
		return;
	{
		const DeviceLock guard(*device);

		status = device->restart_mac();
		if (NT_SUCCESS(status))
			were_reset();
	}
	if (NT_SUCCESS(status))
		return;
	LOG_ERROR("resetting the MAC for a queue to start failed with %#x; the whole device is to "
		  "be reset",
		  static_cast<unsigned int>(status));
	/* Until then nothing is sent. */
	common::report_link(device->adapter, {});
	NetDeviceRequestReset(device->handle);
}

/* needs_reset: the reset of begin_start() failed, and the device gets no access to memory. */
void Engines::end_start(bool all)
{
	if (!all || needs_reset)
		return;
	if (running) {
		restart(true);
		return;
	}
	WdfSpinLockAcquire(lock);
	run();
	WdfSpinLockRelease(lock);
	/* For Device::adapt_offloads(), if the link was reported before there were queues. */
	WdfWorkItemEnqueue(device->link_work);
}

void Engines::start(UINT32 id, TxQueue *queue)
{
	begin_start();
	WdfSpinLockAcquire(lock);
	tx[id] = queue;
	const bool all = active() == created;
	WdfSpinLockRelease(lock);
	end_start(all);
}

void Engines::start(UINT32 id, RxQueue *queue)
{
	begin_start();
	WdfSpinLockAcquire(lock);
	rx[id] = queue;
	const bool all = active() == created;
	WdfSpinLockRelease(lock);
	end_start(all);
}

/*
 * Under the lock, with the engines off since a reset. Base and length of a ring must not change
 * while its engine is on, and rx descriptors may be handed over only when it is.
 */
void Engines::run()
{
	const Hardware &hardware = device->hardware;
	bool receives = false;

	sending = 0;
	for (TxQueue *queue : tx) {
		if (!queue)
			continue;
		queue->set_up_ring();
		sending++;
	}
	for (RxQueue *queue : rx) {
		if (!queue)
			continue;
		queue->set_up_ring();
		receives = true;
	}
	if (receives)
		hardware.modify(rctl::reg, 0, rctl::enable);
	if (sending)
		hardware.modify(tctl::reg, 0, tctl::enable);
	for (RxQueue *queue : rx)
		if (queue)
			queue->hand_over();
	running = receives || sending;
}

/* ---- cancel ---- */

template <class Queue>
UINT32 Engines::cancel(Queue **slot)
{
	WdfSpinLockAcquire(lock);
	*slot = nullptr;
	requested = begun + 1;
	const UINT32 cancellation = requested;
	const bool others = active();
	if (!others) {
		needs_reset = true;
		running = false;
		device->hardware.stop_dma();
	}
	WdfSpinLockRelease(lock);
	if (others)
		WdfWorkItemEnqueue(restart_work);
	return cancellation;
}

UINT32 Engines::cancel_tx(UINT32 id)
{
	return cancel(&tx[id]);
}

UINT32 Engines::cancel_rx(UINT32 id)
{
	return cancel(&rx[id]);
}

/*
 * DMA for a cancelled queue has ended when a restart has succeeded that began after the
 * cancellation, since it leaves the queue out, or when the device has given up all DMA.
 */
bool Engines::is_over(UINT32 cancellation) const
{
	WdfSpinLockAcquire(lock);
	const bool over =
		is_done(cancellation) || (needs_reset && device->hardware.is_dma_stopped());
	WdfSpinLockRelease(lock);
	return over;
}

void Engines::settle()
{
	WdfWorkItemFlush(restart_work);
}

/* ---- restart ---- */

/*
 * Packets that are not sent in time, since the link is down or the partner's pause frames hold
 * them, go back unsent, see TxQueue::restart().
 */
void Engines::wait_for_transmission(TxQueue *const (&queues)[limits::queues]) const
{
	for (UINT32 tries = transmission_tries; tries; tries--) {
		bool finished = true;

		for (const TxQueue *queue : queues)
			if (queue && !queue->is_finished())
				finished = false;
		if (finished || !device->hardware.has_link())
			return;
		common::sleep_us(transmission_interval_us);
	}
}

/*
 * Holds the turn of every started queue, so that EvtPacketQueueAdvance returns at once until the
 * queue's registers are set up again. Then every queue is notified, since the reset may have lost
 * its interrupt. EvtPacketQueueCancel may be called at any time meanwhile: tx[] and rx[] change,
 * the copies made here do not, and settle() keeps the queues from being destroyed.
 */
void Engines::restart(bool asked_for)
{
	const DeviceLock guard(*device);
	TxQueue *held_tx[limits::queues];
	RxQueue *held_rx[limits::queues];
	NTSTATUS status;

	WdfSpinLockAcquire(lock);
	const bool wanted = active() && !needs_reset && (asked_for || !is_done(requested));
	const UINT32 number = wanted ? ++begun : 0;
	RtlCopyMemory(held_tx, tx, sizeof(tx));
	RtlCopyMemory(held_rx, rx, sizeof(rx));
	WdfSpinLockRelease(lock);
	if (!wanted)
		return;

	for (TxQueue *queue : held_tx)
		if (queue)
			queue->turn.take();
	wait_for_transmission(held_tx);
	for (RxQueue *queue : held_rx)
		if (queue)
			queue->turn.take();

	status = device->restart_mac();

	for (TxQueue *queue : held_tx)
		if (queue)
			queue->restart();
	for (RxQueue *queue : held_rx)
		if (queue)
			queue->restart();
	WdfSpinLockAcquire(lock);
	running = false;
	if (!NT_SUCCESS(status))
		needs_reset = true;
	if (needs_reset)
		device->hardware.stop_dma();
	else
		run();
	if (NT_SUCCESS(status))
		done = number;
	WdfSpinLockRelease(lock);

	for (TxQueue *queue : held_tx)
		if (queue)
			queue->release();
	for (RxQueue *queue : held_rx)
		if (queue)
			queue->release();
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("resetting the MAC for some of its queues failed with %#x; the whole "
			  "device is to be reset",
			  static_cast<unsigned int>(status));
		NetDeviceRequestReset(device->handle);
	}
}

void Engines::evt_restart(WDFWORKITEM item)
{
	common::sleep_us(company_us);
	restart_context(item)->engines->restart(false);
}

} /* namespace e1000e */

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The two DMA engines, one for all transmit and one for all receive queues, and who uses them.
 *
 * Neither can be stopped for one of its queues, and the receiver must not be switched off and on
 * again without a reset in between: it can hang (Intel's own drivers never do it). Yet a queue's
 * buffers may be handed back only when the hardware surely does not touch them any more. So
 *
 * - the last queue that is cancelled makes the device give up all DMA, which STATUS confirms, and
 *   the first that starts after that resets the MAC;
 * - where queues are cancelled or started while others go on, the MAC alone is reset, and the
 *   others continue where they were. PHY and link are left alone. It takes a few milliseconds, in
 *   which nothing is received; what those others send goes out before or after.
 */
#ifndef E1000E_ENGINES_H
#define E1000E_ENGINES_H

#include "limits.h"
#include <netadaptercx.h>

namespace e1000e
{

struct Device;
class RxQueue;
class TxQueue;

/*
 * Excludes EvtPacketQueueAdvance of a queue and Engines::restart() from each other. Advance never
 * waits: if the turn is taken it does nothing, and is called again, since the restart notifies the
 * queue after it has given the turn back.
 */
class Turn
{
public:
	bool try_take() { return !InterlockedExchange(&taken, 1); }

	/* Context: process. */
	void take();

	void give_back() { WriteRelease(&taken, 0); }

private:
	volatile LONG taken;
};

class Engines
{
public:
	/* Context of all functions: process, unless said otherwise. */

	NTSTATUS initialize(Device *device);

	/*
	 * A queue's life. All of it is under rtnl, so these calls do not overlap. The framework
	 * first creates all queues and then starts them: with the last one the engines start for
	 * all.
	 */
	void queue_created();

	bool has_queues() const { return created; }

	void queue_destroyed() { created--; }

	void start(UINT32 id, TxQueue *queue);
	void start(UINT32 id, RxQueue *queue);
	/* The result is for is_over(). Context: process or DISPATCH_LEVEL. */
	UINT32 cancel_tx(UINT32 id);
	UINT32 cancel_rx(UINT32 id);

	/* Has DMA ended for a queue, so that its buffers may go back? Context: any. */
	bool is_over(UINT32 cancellation) const;

	/*
	 * Waits for a restart that may still use a queue which was cancelled and is to be stopped.
	 */
	void settle();

	/* The MAC was reset, and its set-up is complete. */
	void were_reset()
	{
		needs_reset = false;
		running = false;
	}

	/* Number of started transmit queues. Does not change while one of them is advanced. */
	UINT32 sending_queues() const { return sending; }

private:
	static EVT_WDF_WORKITEM evt_restart;

	void begin_start();
	void end_start(bool all);
	template <class Queue>
	UINT32 cancel(Queue **slot);
	UINT32 active() const;
	/* @asked_for: in any case; else only if a queue was cancelled since the last restart. */
	void restart(bool asked_for);
	void wait_for_transmission(TxQueue *const (&queues)[limits::queues]) const;
	void run();

	/* Numbers of restarts may wrap. */
	bool is_done(UINT32 restart) const { return static_cast<LONG>(done - restart) >= 0; }

	Device *device;
	/*
	 * Protects what follows, except created, as long as a queue is started:
	 * EvtPacketQueueCancel changes it while a restart is running.
	 */
	WDFSPINLOCK lock;
	WDFWORKITEM restart_work;

	/* Queues that are started and not cancelled. */
	TxQueue *tx[limits::queues];
	RxQueue *rx[limits::queues];
	/* Number of queues, started or not. Written under rtnl. */
	UINT32 created;
	UINT32 sending;
	/* The engines are switched on. */
	bool running;
	/* DMA was given up: the MAC needs a reset before it works again. */
	bool needs_reset;
	/*
	 * Numbers of restarts: the last that a cancellation asked for, the last begun, the last
	 * done.
	 */
	UINT32 requested;
	UINT32 begun;
	UINT32 done;
};

} /* namespace e1000e */

#endif /* E1000E_ENGINES_H */

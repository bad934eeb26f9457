/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Interrupts: which cause arrives at which message, masks, moderation.
 *
 * With five messages (MSI-X) each queue and the link have one; with three or four, on a machine
 * with one processor, rx, tx and link. The hardware masks and acknowledges the queues' causes by
 * itself when it sends the message: their service routines touch no register. With fewer, one
 * interrupt of whatever kind (MSI-X, MSI, line) serves all.
 *
 * The second pair of queues is used only with five: queues that share an interrupt are polled by
 * the same processor, so that a second one gains nothing.
 */
#ifndef E1000E_INTERRUPT_H
#define E1000E_INTERRUPT_H

#include "hardware.h"
#include "limits.h"
#include <netadaptercx.h>
#include <netcx_adapter_ext.h>

namespace e1000e
{

class Interrupts
{
public:
	/*
	 * Creates the interrupts that @translated has messages or a line for. @link_work is
	 * enqueued when the link may have changed. For EvtDevicePrepareHardware; the framework
	 * deletes them after EvtDeviceReleaseHardware.
	 */
	NTSTATUS create(WDFDEVICE device, const Hardware *hardware, WDFWORKITEM link_work,
			WDFCMRESLIST raw, WDFCMRESLIST translated);

	/*
	 * Programs all interrupt registers, after every reset. All causes of queues are masked
	 * then.
	 */
	void setup() const;

	/* Number of queues of each direction. */
	UINT32 queues() const { return count == source_count ? limits::queues : 1; }

	/* In force until set_moderation() is called. */
	netcx_interrupt_moderation default_moderation() const
	{
		return {limits::default_rx_moderation_us,
			is_shared() ? limits::default_rx_moderation_us
				    : limits::default_tx_moderation_us};
	}

	/* For all queues, or for the rx and the tx queue @queue. Each message has its own timer. */
	void set_moderation(const netcx_interrupt_moderation &value);
	void set_moderation(UINT32 queue, const netcx_interrupt_moderation &value);

	/* Rx and tx have one timer in common. */
	bool shares_moderation() const { return is_shared(); }

	/*
	 * The bits of IMS and IMC for a queue; unmasking them arms its notification. Any context.
	 */
	UINT32 rx_cause(UINT32 queue) const;
	UINT32 tx_cause(UINT32 queue) const;

	/*
	 * From attach on the queue's interrupt notifies it. When detach returns it does not any
	 * more, and no service routine that might is still running. Context: process.
	 */
	void attach_rx(UINT32 queue, NETPACKETQUEUE handle);
	void attach_tx(UINT32 queue, NETPACKETQUEUE handle);
	void detach_rx(UINT32 queue);
	void detach_tx(UINT32 queue);

	/* Tells the framework which interrupt is the queue's. Context: process. */
	NTSTATUS claim_rx(UINT32 queue, NETPACKETQUEUE handle) const;
	NTSTATUS claim_tx(UINT32 queue, NETPACKETQUEUE handle) const;

	/*
	 * Notifies every queue, as if its interrupt had come. Raising the causes by ICS would not
	 * do: when the device sends a message it masks the cause, even if the message is lost. For
	 * a queue that is not armed the framework ignores the notification. Context: process.
	 */
	void notify_queues();

	/* Unmasks the causes of the link, after a change was handled. Context: process. */
	void rearm_link() const;

private:
	enum Source : UINT8 {
		rx_source,
		tx_source = rx_source + limits::queues,
		other_source = tx_source + limits::queues,
		source_count,
	};

	static constexpr Source rx(UINT32 queue) { return static_cast<Source>(rx_source + queue); }

	static constexpr Source tx(UINT32 queue) { return static_cast<Source>(tx_source + queue); }

	/* The number of the queue that is this source. */
	static constexpr UINT32 queue_of(Source source)
	{
		return static_cast<UINT32>(source < tx_source ? source - rx_source
							      : source - tx_source);
	}

	NTSTATUS create_one(WDFDEVICE device, UINT32 index, Source source,
			    PCM_PARTIAL_RESOURCE_DESCRIPTOR raw,
			    PCM_PARTIAL_RESOURCE_DESCRIPTOR translated);

	/* One interrupt serves all sources. */
	bool is_shared() const { return count == 1; }

	UINT32 queue_causes() const;
	UINT32 link_causes() const;
	UINT32 index_of(Source source) const;
	UINT32 vector_of(Source source) const;
	void program_moderation(UINT32 queue) const;
	NTSTATUS claim(Source source, NETPACKETQUEUE handle) const;
	template <class Function>
	void notify(const NETPACKETQUEUE *slot, Source source, Function function);
	void set_queue(NETPACKETQUEUE *slot, Source source, NETPACKETQUEUE handle);

	static Interrupts *of(WDFINTERRUPT interrupt);
	static EVT_WDF_INTERRUPT_ISR evt_rx_isr;
	static EVT_WDF_INTERRUPT_ISR evt_tx_isr;
	static EVT_WDF_INTERRUPT_ISR evt_other_isr;
	static EVT_WDF_INTERRUPT_ISR evt_shared_isr;
	static EVT_WDF_INTERRUPT_DPC evt_link_dpc;
	static EVT_WDF_INTERRUPT_ENABLE evt_enable;
	static EVT_WDF_INTERRUPT_DISABLE evt_disable;

	const Hardware *hardware;
	/* Each changes only under the lock of the interrupt that notifies it. */
	NETPACKETQUEUE rx_queues[limits::queues];
	NETPACKETQUEUE tx_queues[limits::queues];

	/* Slow path. */
	WDFWORKITEM link_work;
	/* Of each queue, rx first, and the last one of the other causes; or one for all. */
	WDFINTERRUPT interrupts[source_count];
	UINT32 vectors[source_count];
	UINT32 count;
	/* MSI or MSI-X, which no other device shares. */
	bool message_signaled;
	/*
	 * Between EvtInterruptEnable and EvtInterruptDisable of the one that reports links, which
	 * is the last; changes under its lock.
	 */
	bool link_enabled;
	netcx_interrupt_moderation moderation[limits::queues];
};

} /* namespace e1000e */

#endif /* E1000E_INTERRUPT_H */

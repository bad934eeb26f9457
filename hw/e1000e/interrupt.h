/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Interrupts: which cause arrives at which message, masks, moderation.
 *
 * With three messages or more (MSI-X) rx, tx and link have one each, and the hardware masks and
 * acknowledges the queues' causes by itself when it sends the message: their service routines touch
 * no register. With fewer, one interrupt of whatever kind (MSI-X, MSI, line) serves all.
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
	 * Creates the interrupts that @translated has messages or a line for. @link_work is enqueued
	 * when the link may have changed. In EvtDevicePrepareHardware; what is created here goes by
	 * itself after EvtDeviceReleaseHardware.
	 */
	NTSTATUS create(WDFDEVICE device, const Hardware *hardware, WDFWORKITEM link_work,
			WDFCMRESLIST raw, WDFCMRESLIST translated);

	/* Programs all of it; to be called after every reset. All queues are masked afterwards. */
	void setup() const;

	void set_moderation(const netcx_interrupt_moderation &value);

	/* Rx and tx go by the same clock. */
	bool shares_moderation() const { return !has_vector_per_source(); }

	/* The one-shot notification of a queue: unmasks its cause. Any context. */
	UINT32 rx_cause(UINT32 queue) const;
	UINT32 tx_cause(UINT32 queue) const;

	/*
	 * From attach on the queue is notified, after detach it is not: no service routine is still
	 * about to. Context: process.
	 */
	void attach_rx(UINT32 queue, NETPACKETQUEUE handle);
	void attach_tx(UINT32 queue, NETPACKETQUEUE handle);
	void detach_rx(UINT32 queue);
	void detach_tx(UINT32 queue);

	/* Link changes were handled: listen for the next. Context: process. */
	void rearm_link() const;

private:
	enum Source : UINT8 { rx_source, tx_source, other_source, source_count };

	NTSTATUS create_one(WDFDEVICE device, Source source, PFN_WDF_INTERRUPT_ISR isr,
			    PCM_PARTIAL_RESOURCE_DESCRIPTOR raw,
			    PCM_PARTIAL_RESOURCE_DESCRIPTOR translated);

	bool has_vector_per_source() const { return count == source_count; }

	UINT32 queue_causes() const;
	UINT32 link_causes() const;
	UINT32 vector_of(Source source) const;
	void set_queue(NETPACKETQUEUE *slot, Source source, NETPACKETQUEUE handle);
	void notify_rx() const;
	void notify_tx() const;

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
	/* One for each source, or one for all. */
	WDFINTERRUPT interrupts[source_count];
	UINT32 vectors[source_count];
	UINT32 count;
	/* Not a line, so that no other device can have caused it. */
	bool message_signaled;
	/* Between EvtInterruptEnable and EvtInterruptDisable of the one that reports links, which is
	 * the last; changes under its lock. */
	bool link_enabled;
	netcx_interrupt_moderation moderation;
};

} /* namespace e1000e */

#endif /* E1000E_INTERRUPT_H */

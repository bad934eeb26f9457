// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, 7.4 "Interrupts", 10.2.4 "Interrupt Register Descriptions".
 *
 * With a message per source: EIAC clears a queue's bit in ICR, and CTRL_EXT.EIAME with IAM masks it
 * in IMS, when its message is sent. The link's bits are cleared by writing ones to ICR. Reading ICR
 * would clear the queues' bits with them and lose an interrupt, so nobody does.
 *
 * With one for all: reading ICR clears it, and the queues are masked by IMC. The automatic masking
 * at that read (CTRL_EXT.IAME) is not used, since it depends on the kind of interrupt.
 */
#include "interrupt.h"
#include "log.h"

namespace e1000e
{

namespace
{
struct InterruptContext {
	Interrupts *owner;
};

/* Receiver overruns arrive as other causes, too; they must not come in thousands a second. */
constexpr UINT32 other_interval_us = 10000;

constexpr UINT32 to_interval(UINT32 microseconds)
{
	return itr::Interval::of(microseconds * 1000 / itr::nanoseconds_per_unit);
}
static_assert(limits::maximum_moderation_us * 1000 / itr::nanoseconds_per_unit <=
	      itr::Interval::max);
static_assert(other_interval_us <= limits::maximum_moderation_us);
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(InterruptContext, interrupt_context);

Interrupts *Interrupts::of(WDFINTERRUPT interrupt)
{
	return interrupt_context(interrupt)->owner;
}

/* ---- what a source is ---- */

UINT32 Interrupts::rx_cause(UINT32 queue) const
{
	/* Without MSI-X the queues have no bits of their own. */
	const UINT32 of_queue = queue ? cause::rx_queue_1 : cause::rx_queue_0;

	return has_vector_per_source() ? of_queue : of_queue | cause::rx_timer;
}

UINT32 Interrupts::tx_cause(UINT32 queue) const
{
	const UINT32 of_queue = queue ? cause::tx_queue_1 : cause::tx_queue_0;

	return has_vector_per_source() ? of_queue : of_queue | cause::tx_written_back;
}

UINT32 Interrupts::queue_causes() const
{
	UINT32 causes = 0;

	for (UINT32 i = 0; i < limits::queues; i++)
		causes |= rx_cause(i) | tx_cause(i);
	return causes;
}

UINT32 Interrupts::link_causes() const
{
	/* In MSI-X mode a change of the link is one of the other causes, and both bits show it. */
	return cause::link_change | cause::other;
}

UINT32 Interrupts::vector_of(Source source) const
{
	return vectors[has_vector_per_source() ? source : 0];
}

/* ---- service routines ---- */

void Interrupts::notify_rx() const
{
	for (NETPACKETQUEUE queue : rx_queues)
		if (queue)
			NetRxQueueNotifyMoreReceivedPacketsAvailable(queue);
}

void Interrupts::notify_tx() const
{
	for (NETPACKETQUEUE queue : tx_queues)
		if (queue)
			NetTxQueueNotifyMoreCompletedPacketsAvailable(queue);
}

BOOLEAN Interrupts::evt_rx_isr(WDFINTERRUPT interrupt, ULONG)
{
	of(interrupt)->notify_rx();
	return TRUE;
}

BOOLEAN Interrupts::evt_tx_isr(WDFINTERRUPT interrupt, ULONG)
{
	of(interrupt)->notify_tx();
	return TRUE;
}

BOOLEAN Interrupts::evt_other_isr(WDFINTERRUPT interrupt, ULONG)
{
	const Interrupts *self = of(interrupt);

	self->hardware->write(icr::reg, self->link_causes());
	WdfInterruptQueueDpcForIsr(interrupt);
	return TRUE;
}

BOOLEAN Interrupts::evt_shared_isr(WDFINTERRUPT interrupt, ULONG)
{
	const Interrupts *self = of(interrupt);
	const UINT32 causes = self->hardware->read(icr::reg);

	if (causes == all_ones)
		return FALSE;
	if (!(causes & cause::asserted)) {
		/* Another device on the line. A message can only be ours, but this read left ICR as
		 * it was. */
		if (!self->message_signaled)
			return FALSE;
		self->hardware->write(icr::reg, causes);
	}

	/* All queues are masked now, so all hear of it: none is left armed without an interrupt. */
	self->hardware->write(imc::reg, self->queue_causes());
	self->notify_rx();
	self->notify_tx();
	if (causes & self->link_causes())
		WdfInterruptQueueDpcForIsr(interrupt);
	return TRUE;
}

void Interrupts::evt_link_dpc(WDFINTERRUPT interrupt, WDFOBJECT)
{
	WdfWorkItemEnqueue(of(interrupt)->link_work);
}

/* Of the interrupt that reports links. The queues unmask themselves. */
NTSTATUS Interrupts::evt_enable(WDFINTERRUPT interrupt, WDFDEVICE)
{
	Interrupts *self = of(interrupt);

	self->link_enabled = true;
	self->hardware->write(ims::reg, self->link_causes());
	/* The link may have changed while nobody listened. */
	WdfInterruptQueueDpcForIsr(interrupt);
	return STATUS_SUCCESS;
}

NTSTATUS Interrupts::evt_disable(WDFINTERRUPT interrupt, WDFDEVICE)
{
	Interrupts *self = of(interrupt);

	self->link_enabled = false;
	self->hardware->write(imc::reg, all_ones);
	self->hardware->flush();
	return STATUS_SUCCESS;
}

/* ---- set-up ---- */

NTSTATUS Interrupts::create_one(WDFDEVICE device, Source source, PFN_WDF_INTERRUPT_ISR isr,
				PCM_PARTIAL_RESOURCE_DESCRIPTOR raw,
				PCM_PARTIAL_RESOURCE_DESCRIPTOR translated)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDF_INTERRUPT_CONFIG config;
	WDF_INTERRUPT_INFO info;
	NTSTATUS status;

	/* Only the interrupt that reports links has something to do beyond its service routine. */
	const bool reports_link = source == other_source || !has_vector_per_source();

	WDF_INTERRUPT_CONFIG_INIT(&config, isr, reports_link ? evt_link_dpc : nullptr);
	config.InterruptRaw = raw;
	config.InterruptTranslated = translated;
	if (reports_link) {
		config.EvtInterruptEnable = evt_enable;
		config.EvtInterruptDisable = evt_disable;
	}
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, InterruptContext);
	status = WdfInterruptCreate(device, &config, &attributes, &interrupts[source]);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("creating interrupt %u failed with %#x", source,
			  static_cast<unsigned int>(status));
		return status;
	}
	interrupt_context(interrupts[source])->owner = this;

	WDF_INTERRUPT_INFO_INIT(&info);
	WdfInterruptGetInfo(interrupts[source], &info);
	vectors[source] = info.MessageNumber;
	message_signaled = info.MessageSignaled;
	return STATUS_SUCCESS;
}

NTSTATUS Interrupts::create(WDFDEVICE device, const Hardware *hardware_of_device,
			    WDFWORKITEM link_work_of_device, WDFCMRESLIST raw,
			    WDFCMRESLIST translated)
{
	static constexpr PFN_WDF_INTERRUPT_ISR isrs[source_count] = {evt_rx_isr, evt_tx_isr,
								     evt_other_isr};
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raws[source_count];
	PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptors[source_count];
	const ULONG resources = WdfCmResourceListGetCount(translated);
	UINT32 found = 0;

	for (ULONG i = 0; i < resources && found < source_count; i++) {
		descriptors[found] = WdfCmResourceListGetDescriptor(translated, i);
		raws[found] = WdfCmResourceListGetDescriptor(raw, i);
		if (descriptors[found]->Type == CmResourceTypeInterrupt)
			found++;
	}
	if (!found) {
		LOG_ERROR("the system has no interrupt for the device");
		return STATUS_RESOURCE_TYPE_NOT_FOUND;
	}

	hardware = hardware_of_device;
	link_work = link_work_of_device;
	count = found == source_count ? source_count : 1;
	moderation.RxMicroseconds = limits::default_moderation_us;
	moderation.TxMicroseconds = limits::default_moderation_us;

	for (UINT32 i = 0; i < count; i++) {
		const NTSTATUS status =
			create_one(device, static_cast<Source>(i),
				   count == 1 ? evt_shared_isr : isrs[i], raws[i], descriptors[i]);

		if (!NT_SUCCESS(status))
			return status;
	}
	return STATUS_SUCCESS;
}

void Interrupts::setup() const
{
	const bool automatic = has_vector_per_source();
	const UINT32 causes = automatic ? queue_causes() : 0;

	hardware->write(imc::reg, all_ones);
	hardware->write(ivar::reg, ivar::RxQueue0::of(ivar::vector(vector_of(rx_source))) |
					   ivar::TxQueue0::of(ivar::vector(vector_of(tx_source))) |
					   ivar::Other::of(ivar::vector(vector_of(other_source))));
	hardware->write(eiac::reg, causes);
	hardware->write(iam::reg, causes);
	hardware->modify(ctrl_ext::reg, ctrl_ext::read_auto_mask | ctrl_ext::message_auto_mask,
			 ctrl_ext::pba_support | (automatic ? ctrl_ext::message_auto_mask : 0));

	hardware->write(eitr::reg(vector_of(other_source)), to_interval(other_interval_us));
	hardware->write(eitr::reg(vector_of(tx_source)), to_interval(moderation.TxMicroseconds));
	hardware->write(eitr::reg(vector_of(rx_source)), to_interval(moderation.RxMicroseconds));
	if (!automatic)
		hardware->write(itr::reg, to_interval(moderation.RxMicroseconds));

	/* A bit left over from before would be taken for news. */
	hardware->write(icr::reg, all_ones);
	rearm_link();
}

void Interrupts::set_moderation(const netcx_interrupt_moderation &value)
{
	moderation = value;
	hardware->write(eitr::reg(vector_of(tx_source)), to_interval(value.TxMicroseconds));
	hardware->write(eitr::reg(vector_of(rx_source)), to_interval(value.RxMicroseconds));
	if (!has_vector_per_source())
		hardware->write(itr::reg, to_interval(value.RxMicroseconds));
}

void Interrupts::rearm_link() const
{
	WDFINTERRUPT interrupt = interrupts[count - 1];

	WdfInterruptAcquireLock(interrupt);
	if (link_enabled)
		hardware->write(ims::reg, link_causes());
	WdfInterruptReleaseLock(interrupt);
}

void Interrupts::set_queue(NETPACKETQUEUE *slot, Source source, NETPACKETQUEUE handle)
{
	WDFINTERRUPT interrupt = interrupts[has_vector_per_source() ? source : 0];

	WdfInterruptAcquireLock(interrupt);
	*slot = handle;
	WdfInterruptReleaseLock(interrupt);
}

void Interrupts::attach_rx(UINT32 queue, NETPACKETQUEUE handle)
{
	set_queue(&rx_queues[queue], rx_source, handle);
}

void Interrupts::attach_tx(UINT32 queue, NETPACKETQUEUE handle)
{
	set_queue(&tx_queues[queue], tx_source, handle);
}

void Interrupts::detach_rx(UINT32 queue)
{
	set_queue(&rx_queues[queue], rx_source, nullptr);
}

void Interrupts::detach_tx(UINT32 queue)
{
	set_queue(&tx_queues[queue], tx_source, nullptr);
}

} /* namespace e1000e */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Interrupts", "Interrupt Register Descriptions".
 *
 * With a message per source: EIAC clears a queue's bit in ICR, and CTRL_EXT.EIAME with IAM masks it
 * in IMS, when its message is sent. The link's bits are cleared by writing ones to ICR. Reading ICR
 * would clear the queues' bits with them and lose an interrupt, so nobody does.
 *
 * With one interrupt for everything: reading ICR clears it, and the queues are masked by IMC. The
 * automatic masking at that read (CTRL_EXT.IAME) is not used, since it depends on the kind of
 * interrupt.
 */
#include "interrupt.h"
#include <common/log.h>

namespace e1000e
{

namespace
{
struct InterruptContext {
	Interrupts *owner;
	/* Number of the queue, if it is a queue's interrupt. */
	UINT32 queue;
};

/* The other causes include receiver overruns, of which there can be thousands a second. */
constexpr UINT32 other_interval_us = 10000;

static_assert(itr::Timer::can_hold(limits::maximum_moderation_us));
static_assert(other_interval_us <= limits::maximum_moderation_us);
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(InterruptContext, interrupt_context);

Interrupts *Interrupts::of(WDFINTERRUPT interrupt)
{
	return interrupt_context(interrupt)->owner;
}

/* ---- causes, indices and vectors of the sources ---- */

UINT32 Interrupts::rx_cause(UINT32 queue) const
{
	/* Without MSI-X the queues have no bits of their own. */
	const UINT32 of_queue = queue ? cause::rx_queue_1 : cause::rx_queue_0;

	return is_shared() ? of_queue | cause::rx_timer : of_queue;
}

UINT32 Interrupts::tx_cause(UINT32 queue) const
{
	const UINT32 of_queue = queue ? cause::tx_queue_1 : cause::tx_queue_0;

	return is_shared() ? of_queue | cause::tx_written_back : of_queue;
}

UINT32 Interrupts::queue_causes() const
{
	UINT32 causes = 0;

	for (UINT32 i = 0; i < queues(); i++)
		causes |= rx_cause(i) | tx_cause(i);
	return causes;
}

UINT32 Interrupts::link_causes() const
{
	/* In MSI-X mode a change of the link is one of the other causes, and both bits show it. */
	return cause::link_change | cause::other;
}

UINT32 Interrupts::index_of(Source source) const
{
	if (is_shared())
		return 0;
	if (source == other_source)
		return count - 1;
	return source < tx_source ? queue_of(source) : queues() + queue_of(source);
}

UINT32 Interrupts::vector_of(Source source) const
{
	return vectors[index_of(source)];
}

/* ---- service routines ---- */

BOOLEAN Interrupts::evt_rx_isr(WDFINTERRUPT interrupt, ULONG)
{
	const InterruptContext *context = interrupt_context(interrupt);
	const NETPACKETQUEUE queue = context->owner->rx_queues[context->queue];

	if (queue)
		NetRxQueueNotifyMoreReceivedPacketsAvailable(queue);
	return TRUE;
}

BOOLEAN Interrupts::evt_tx_isr(WDFINTERRUPT interrupt, ULONG)
{
	const InterruptContext *context = interrupt_context(interrupt);
	const NETPACKETQUEUE queue = context->owner->tx_queues[context->queue];

	if (queue)
		NetTxQueueNotifyMoreCompletedPacketsAvailable(queue);
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
		/*
		 * A line may be shared, and then it is another device's interrupt. A message can
		 * only be this device's; but a read without this bit has not cleared ICR.
		 */
		if (!self->message_signaled)
			return FALSE;
		self->hardware->write(icr::reg, causes);
	}

	/* IMC has masked both queues, armed or not, so both are notified: else an armed one would
	 * wait for an interrupt that is masked. */
	self->hardware->write(imc::reg, self->queue_causes());
	if (self->rx_queues[0])
		NetRxQueueNotifyMoreReceivedPacketsAvailable(self->rx_queues[0]);
	if (self->tx_queues[0])
		NetTxQueueNotifyMoreCompletedPacketsAvailable(self->tx_queues[0]);
	if (causes & self->link_causes())
		WdfInterruptQueueDpcForIsr(interrupt);
	return TRUE;
}

void Interrupts::evt_link_dpc(WDFINTERRUPT interrupt, WDFOBJECT)
{
	WdfWorkItemEnqueue(of(interrupt)->link_work);
}

/* Of the interrupt that reports links. A queue's cause is unmasked when it is armed. */
NTSTATUS Interrupts::evt_enable(WDFINTERRUPT interrupt, WDFDEVICE)
{
	Interrupts *self = of(interrupt);

	self->link_enabled = true;
	self->hardware->write(ims::reg, self->link_causes());
	/* The link may have changed while its cause was masked. */
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

NTSTATUS Interrupts::create_one(WDFDEVICE device, UINT32 index, Source source,
				PCM_PARTIAL_RESOURCE_DESCRIPTOR raw,
				PCM_PARTIAL_RESOURCE_DESCRIPTOR translated)
{
	const PFN_WDF_INTERRUPT_ISR isr = is_shared()		   ? evt_shared_isr
					  : source == other_source ? evt_other_isr
					  : source < tx_source	   ? evt_rx_isr
								   : evt_tx_isr;
	WDF_OBJECT_ATTRIBUTES attributes;
	WDF_INTERRUPT_CONFIG config;
	WDF_INTERRUPT_INFO info;
	NTSTATUS status;

	/* Only the interrupt that reports links has something to do beyond its service routine. */
	const bool reports_link = source == other_source || is_shared();

	WDF_INTERRUPT_CONFIG_INIT(&config, isr, reports_link ? evt_link_dpc : nullptr);
	config.InterruptRaw = raw;
	config.InterruptTranslated = translated;
	if (reports_link) {
		config.EvtInterruptEnable = evt_enable;
		config.EvtInterruptDisable = evt_disable;
	}
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, InterruptContext);
	status = WdfInterruptCreate(device, &config, &attributes, &interrupts[index]);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("creating interrupt %u failed with %#x", index,
			  static_cast<unsigned int>(status));
		return status;
	}
	interrupt_context(interrupts[index])->owner = this;
	interrupt_context(interrupts[index])->queue = queue_of(source);

	WDF_INTERRUPT_INFO_INIT(&info);
	WdfInterruptGetInfo(interrupts[index], &info);
	vectors[index] = info.MessageNumber;
	message_signaled = info.MessageSignaled;
	return STATUS_SUCCESS;
}

NTSTATUS Interrupts::create(WDFDEVICE device, const Hardware *hardware_of_device,
			    WDFWORKITEM link_work_of_device, WDFCMRESLIST raw,
			    WDFCMRESLIST translated)
{
	static constexpr UINT32 one_per_kind = 3;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raws[source_count] = {};
	PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptors[source_count] = {};
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
	if (found == source_count)
		count = source_count;
	else
		count = found >= one_per_kind ? one_per_kind : 1;
	for (netcx_interrupt_moderation &of_queue : moderation)
		of_queue = default_moderation();

	for (UINT32 i = 0; i < source_count; i++) {
		const Source source = static_cast<Source>(i);
		const UINT32 index = index_of(source);
		NTSTATUS status;

		/* No interrupt of its own: the shared one serves it, or the queue is not used. */
		if (source != other_source && (is_shared() || queue_of(source) >= queues()))
			continue;
		status = create_one(device, index, source, raws[index], descriptors[index]);
		if (!NT_SUCCESS(status))
			return status;
	}
	return STATUS_SUCCESS;
}

void Interrupts::setup() const
{
	const UINT32 causes = is_shared() ? 0 : queue_causes();
	UINT32 routes = ivar::RxQueue0::of(ivar::vector(vector_of(rx(0)))) |
			ivar::TxQueue0::of(ivar::vector(vector_of(tx(0)))) |
			ivar::Other::of(ivar::vector(vector_of(other_source)));

	if (queues() > 1)
		routes |= ivar::RxQueue1::of(ivar::vector(vector_of(rx(1)))) |
			  ivar::TxQueue1::of(ivar::vector(vector_of(tx(1))));

	hardware->write(imc::reg, all_ones);
	hardware->write(ivar::reg, routes);
	hardware->write(eiac::reg, causes);
	hardware->write(iam::reg, causes);
	hardware->modify(ctrl_ext::reg, ctrl_ext::read_auto_mask | ctrl_ext::message_auto_mask,
			 ctrl_ext::pba_support | (causes ? ctrl_ext::message_auto_mask : 0));

	hardware->write(eitr::reg(vector_of(other_source)), itr::Timer::of(other_interval_us));
	for (UINT32 i = 0; i < queues(); i++)
		program_moderation(i);

	/* Clears causes from before the reset. */
	hardware->write(icr::reg, all_ones);
	rearm_link();
}

void Interrupts::program_moderation(UINT32 queue) const
{
	const netcx_interrupt_moderation &value = moderation[queue];

	hardware->write(eitr::reg(vector_of(tx(queue))), itr::Timer::of(value.TxMicroseconds));
	hardware->write(eitr::reg(vector_of(rx(queue))), itr::Timer::of(value.RxMicroseconds));
	if (is_shared())
		hardware->write(itr::reg, itr::Timer::of(value.RxMicroseconds));
}

void Interrupts::set_moderation(const netcx_interrupt_moderation &value)
{
	for (UINT32 i = 0; i < queues(); i++)
		set_moderation(i, value);
}

void Interrupts::set_moderation(UINT32 queue, const netcx_interrupt_moderation &value)
{
	moderation[queue] = value;
	program_moderation(queue);
}

/* set_queue() takes the interrupt's lock, too: the queue cannot be detached, and then destroyed,
 * during the call. */
template <class Function>
void Interrupts::notify(const NETPACKETQUEUE *slot, Source source, Function function)
{
	WDFINTERRUPT interrupt = interrupts[index_of(source)];

	WdfInterruptAcquireLock(interrupt);
	if (*slot)
		function(*slot);
	WdfInterruptReleaseLock(interrupt);
}

void Interrupts::notify_queues()
{
	for (UINT32 i = 0; i < queues(); i++) {
		notify(&rx_queues[i], rx(i), NetRxQueueNotifyMoreReceivedPacketsAvailable);
		notify(&tx_queues[i], tx(i), NetTxQueueNotifyMoreCompletedPacketsAvailable);
	}
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
	WDFINTERRUPT interrupt = interrupts[index_of(source)];

	WdfInterruptAcquireLock(interrupt);
	*slot = handle;
	WdfInterruptReleaseLock(interrupt);
}

void Interrupts::attach_rx(UINT32 queue, NETPACKETQUEUE handle)
{
	set_queue(&rx_queues[queue], rx(queue), handle);
}

void Interrupts::attach_tx(UINT32 queue, NETPACKETQUEUE handle)
{
	set_queue(&tx_queues[queue], tx(queue), handle);
}

void Interrupts::detach_rx(UINT32 queue)
{
	set_queue(&rx_queues[queue], rx(queue), nullptr);
}

void Interrupts::detach_tx(UINT32 queue)
{
	set_queue(&tx_queues[queue], tx(queue), nullptr);
}

/* An interrupt for all sources belongs to no queue. */
NTSTATUS Interrupts::claim(Source source, NETPACKETQUEUE handle) const
{
	return is_shared() ? STATUS_SUCCESS
			   : netcx_queue_set_interrupt(handle, interrupts[index_of(source)]);
}

NTSTATUS Interrupts::claim_rx(UINT32 queue, NETPACKETQUEUE handle) const
{
	return claim(rx(queue), handle);
}

NTSTATUS Interrupts::claim_tx(UINT32 queue, NETPACKETQUEUE handle) const
{
	return claim(tx(queue), handle);
}

} /* namespace e1000e */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* netcx_adapter_ext.h: moderation, MAC addresses, flow control, queues' interrupts. */
#include "adapter_ext.h"
#include "caller.h"
#include "interrupt.h"
#include "log.h"
#include "packet_queue.h"

namespace netcx
{

NTSTATUS begin_extension(NETADAPTER handle, const char *function, const void *argument,
			 Adapter **adapter)
{
	*adapter = from_handle<Adapter>(handle, function);
	if (!*adapter)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(*adapter, function))
		return STATUS_INVALID_DEVICE_STATE;
	if ((*adapter)->is_started())
		return refuse(*adapter, STATUS_INVALID_DEVICE_STATE,
			      "%s was called after NetAdapterStart (AdapterAlreadyStarted)",
			      function);
	if (!argument)
		return refuse(*adapter, STATUS_INVALID_PARAMETER,
			      "%s was given NULL (ParameterCantBeNull)", function);
	return STATUS_SUCCESS;
}

static NTSTATUS check_limit(const Adapter *adapter, const char *field, UINT32 value, UINT32 maximum)
{
	if (value <= maximum)
		return STATUS_SUCCESS;
	return refuse(
		adapter, STATUS_INVALID_PARAMETER,
		"netcx_interrupt_moderation_capabilities.Initial.%s is %u, must be at most %u",
		field, value, maximum);
}

static NTSTATUS check_moderation(const Adapter *adapter,
				 const struct netcx_interrupt_moderation_capabilities *caps)
{
	static const char structure[] = "netcx_interrupt_moderation_capabilities";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status) && !caps->Set)
		status = refuse(adapter, STATUS_INVALID_PARAMETER, "%s.Set is NULL, must be set",
				structure);
	if (NT_SUCCESS(status))
		status = check_limit(adapter, "RxMicroseconds", caps->Initial.RxMicroseconds,
				     caps->MaximumRxMicroseconds);
	if (NT_SUCCESS(status))
		status = check_limit(adapter, "TxMicroseconds", caps->Initial.TxMicroseconds,
				     caps->MaximumTxMicroseconds);
	if (NT_SUCCESS(status) && caps->RxTxShared &&
	    caps->Initial.RxMicroseconds != caps->Initial.TxMicroseconds)
		status = refuse(adapter, STATUS_INVALID_PARAMETER,
				"%s.Initial.TxMicroseconds is %u, must be the %u of RxMicroseconds "
				"with RxTxShared",
				structure, caps->Initial.TxMicroseconds,
				caps->Initial.RxMicroseconds);
	return status;
}

static bool is_within(const struct netcx_interrupt_moderation_capabilities *caps,
		      const struct netcx_interrupt_moderation *moderation)
{
	return moderation->RxMicroseconds <= caps->MaximumRxMicroseconds &&
	       moderation->TxMicroseconds <= caps->MaximumTxMicroseconds &&
	       (!caps->RxTxShared || moderation->RxMicroseconds == moderation->TxMicroseconds);
}

static int report_moderation(const struct netcx_adapter *adapter, const CallerScope &scope,
			     NTSTATUS status)
{
	if (!NT_SUCCESS(status) && !scope.reported(status))
		log_line(Adapter::of(adapter), NETCX_OS_LOG_ERROR,
			 "setting the interrupt moderation failed: %s (0x%08x)",
			 netcx_core_status_name(status), static_cast<UINT32>(status));
	return netcx_core_errno(status);
}

static NTSTATUS check_unicast_filter(const Adapter *adapter,
				     const struct netcx_unicast_filter_capabilities *caps)
{
	static const char structure[] = "netcx_unicast_filter_capabilities";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (!NT_SUCCESS(status))
		return status;
	if (!caps->Set)
		return refuse(adapter, STATUS_INVALID_PARAMETER, "%s.Set is NULL, must be set",
			      structure);
	if (!caps->MaximumAddresses)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.MaximumAddresses is 0, must be at least 1", structure);
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS netcx_adapter_set_interrupt_moderation(
	NETADAPTER Handle, const struct netcx_interrupt_moderation_capabilities *Capabilities)
{
	Adapter *adapter;
	NTSTATUS status = begin_extension(Handle, "netcx_adapter_set_interrupt_moderation",
					  Capabilities, &adapter);

	if (NT_SUCCESS(status))
		status = check_moderation(adapter, Capabilities);
	if (!NT_SUCCESS(status))
		return status;
	adapter->moderation_caps = *Capabilities;
	adapter->moderation = Capabilities->Initial;
	return STATUS_SUCCESS;
}

NTSTATUS netcx_adapter_set_address_callback(NETADAPTER Handle, PFN_NETCX_SET_LINK_LAYER_ADDRESS Set)
{
	Adapter *adapter;
	NTSTATUS status = begin_extension(Handle, "netcx_adapter_set_address_callback",
					  reinterpret_cast<const void *>(Set), &adapter);

	if (NT_SUCCESS(status))
		adapter->set_address = Set;
	return status;
}

NTSTATUS
netcx_adapter_set_unicast_filter(NETADAPTER Handle,
				 const struct netcx_unicast_filter_capabilities *Capabilities)
{
	Adapter *adapter;
	NTSTATUS status =
		begin_extension(Handle, "netcx_adapter_set_unicast_filter", Capabilities, &adapter);

	if (NT_SUCCESS(status))
		status = check_unicast_filter(adapter, Capabilities);
	if (NT_SUCCESS(status))
		adapter->unicast_filter = *Capabilities;
	return status;
}

NTSTATUS netcx_adapter_set_transmit_paused_callback(NETADAPTER Handle,
						    PFN_NETCX_IS_TRANSMIT_PAUSED IsPaused)
{
	Adapter *adapter;
	NTSTATUS status = begin_extension(Handle, "netcx_adapter_set_transmit_paused_callback",
					  reinterpret_cast<const void *>(IsPaused), &adapter);

	if (NT_SUCCESS(status))
		adapter->is_transmit_paused = IsPaused;
	return status;
}

NTSTATUS netcx_queue_set_interrupt(NETPACKETQUEUE Queue, WDFINTERRUPT Handle)
{
	static const char function[] = "netcx_queue_set_interrupt";
	PacketQueue *queue = from_handle<PacketQueue>(Queue, function);
	const Interrupt *interrupt = from_handle<Interrupt>(Handle, function);

	if (!queue || !interrupt)
		return STATUS_INVALID_HANDLE;
	if (interrupt->device != queue->device)
		return refuse(queue, STATUS_INVALID_PARAMETER,
			      "%s: the interrupt is another device's", function);
	if (queue->state != NETCX_QUEUE_STOPPED)
		return refuse(queue, STATUS_INVALID_DEVICE_STATE,
			      "%s was called for a queue that is started", function);
	static_assert(Interrupt::no_vector == NETCX_QUEUE_NO_VECTOR);
	queue->vector = interrupt->vector;
	return STATUS_SUCCESS;
}

int netcx_core_adapter_set_moderation(struct netcx_adapter *adapter,
				      const struct netcx_interrupt_moderation *moderation)
{
	const struct netcx_interrupt_moderation_capabilities *caps = &adapter->moderation_caps;
	const InterfaceScope scope(Adapter::of(adapter));
	NTSTATUS status;

	if (!caps->Set)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	if (!is_within(caps, moderation))
		return netcx_core_errno(STATUS_INVALID_PARAMETER);
	status = caps->Set(adapter->handle, moderation);
	if (NT_SUCCESS(status))
		adapter->moderation = *moderation;
	return report_moderation(adapter, scope, status);
}

int netcx_core_adapter_set_queue_moderation(struct netcx_adapter *adapter, UINT32 queue,
					    const struct netcx_interrupt_moderation *moderation)
{
	const struct netcx_interrupt_moderation_capabilities *caps = &adapter->moderation_caps;
	const InterfaceScope scope(Adapter::of(adapter));

	if (!caps->SetQueue)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	if (!is_within(caps, moderation))
		return netcx_core_errno(STATUS_INVALID_PARAMETER);
	return report_moderation(adapter, scope,
				 caps->SetQueue(adapter->handle, queue, moderation));
}

void netcx_core_adapter_set_unicast_addresses(struct netcx_adapter *adapter,
					      const NET_ADAPTER_LINK_LAYER_ADDRESS *addresses,
					      UINT32 count)
{
	const InterfaceScope scope(Adapter::of(adapter));

	if (adapter->unicast_filter.Set)
		adapter->unicast_filter.Set(adapter->handle, addresses, count);
}

BOOLEAN netcx_core_adapter_is_transmit_paused(const struct netcx_adapter *adapter)
{
	return adapter->is_transmit_paused && adapter->is_transmit_paused(adapter->handle);
}

} // extern "C"

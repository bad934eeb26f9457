// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The receive filter: what the adapter declares, and setting it. */
#include "adapter.h"
#include "caller.h"
#include "capabilities.h"
#include "log.h"

/* What a NETRECEIVEFILTER points to; on the stack while EvtSetReceiveFilter runs. */
struct NETRECEIVEFILTER__ {
	UINT64 signature;
	void *thread;
	NET_PACKET_FILTER_FLAGS filter;
	const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast;
	UINT32 multicast_count;
};

namespace netcx
{

static constexpr UINT64 filter_signature = 0x4e43785278466c74;
static constexpr UINT32 known_filters = NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast |
					NetPacketFilterFlagAllMulticast |
					NetPacketFilterFlagBroadcast |
					NetPacketFilterFlagPromiscuous;

static NTSTATUS check_filter(const Adapter *adapter,
			     const NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES";
	const UINT32 filters = static_cast<UINT32>(caps->SupportedPacketFilters);
	const bool multicast = has(caps->SupportedPacketFilters, NetPacketFilterFlagMulticast);
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (!NT_SUCCESS(status))
		return status;
	if (!only_known(filters, known_filters))
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.SupportedPacketFilters is 0x%x, must be flags of 0x%x "
			      "(InvalidReceiveFilterCapabilities)",
			      structure, filters, known_filters);
	if (!filters && !caps->MaximumMulticastAddresses)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.SupportedPacketFilters is 0, must be flags of 0x%x "
			      "(InvalidReceiveFilterCapabilities)",
			      structure, known_filters);
	if (multicast != (caps->MaximumMulticastAddresses != 0))
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.MaximumMulticastAddresses is %zu, must be %s "
			      "NetPacketFilterFlagMulticast (InvalidReceiveFilterCapabilities)",
			      structure, caps->MaximumMulticastAddresses,
			      multicast ? "more than 0 with" : "0 without");
	if (!caps->EvtSetReceiveFilter)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.EvtSetReceiveFilter is NULL, must be set "
			      "(InvalidSetReceiveFilterCallBack)",
			      structure);
	return STATUS_SUCCESS;
}

/* ---- the 2.0 form ---- */

static NTSTATUS check_packet_filter(const Adapter *adapter,
				    const NET_ADAPTER_PACKET_FILTER_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_PACKET_FILTER_CAPABILITIES";
	const UINT32 filters = static_cast<UINT32>(caps->SupportedPacketFilters);
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (!NT_SUCCESS(status))
		return status;
	if (!filters || !only_known(filters, known_filters))
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.SupportedPacketFilters is 0x%x, must be flags of 0x%x", structure,
			      filters, known_filters);
	if (!caps->EvtSetPacketFilter)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.EvtSetPacketFilter is NULL, must be set (ParameterCantBeNull)",
			      structure);
	return STATUS_SUCCESS;
}

static NTSTATUS check_multicast(const Adapter *adapter,
				const NET_ADAPTER_MULTICAST_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_MULTICAST_CAPABILITIES";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (!NT_SUCCESS(status))
		return status;
	if (!caps->MaximumMulticastAddresses)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.MaximumMulticastAddresses is 0, must be at least 1", structure);
	if (!caps->EvtSetMulticastList)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.EvtSetMulticastList is NULL, must be set (ParameterCantBeNull)",
			      structure);
	return STATUS_SUCCESS;
}

static NTSTATUS check_only_form(const Adapter *adapter, bool other_declared)
{
	if (!other_declared)
		return STATUS_SUCCESS;
	return refuse(
		adapter, STATUS_INVALID_PARAMETER,
		"receive filter and packet filter capabilities are two forms of one, only one "
		"may be set (DeprecatedFunction)");
}

/* Makes a NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES of the two structures of the 2.0 form. */
static void combine(Adapter *adapter)
{
	const SIZE_T addresses = adapter->multicast.MaximumMulticastAddresses;
	NET_PACKET_FILTER_FLAGS filters = adapter->packet_filter.SupportedPacketFilters;

	if (!addresses)
		filters &= ~NetPacketFilterFlagMulticast;
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&adapter->receive_filter, nullptr);
	adapter->receive_filter.SupportedPacketFilters = filters;
	adapter->receive_filter.MaximumMulticastAddresses =
		has(filters, NetPacketFilterFlagMulticast) ? addresses : 0;
}

static void tell_separately(const Adapter *adapter, NET_PACKET_FILTER_FLAGS filter,
			    const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast, UINT32 count)
{
	adapter->packet_filter.EvtSetPacketFilter(adapter->handle, filter);
	if (adapter->multicast.Size)
		adapter->multicast.EvtSetMulticastList(
			adapter->handle, count,
			const_cast<NET_ADAPTER_LINK_LAYER_ADDRESS *>(multicast));
}

static const NETRECEIVEFILTER__ *current_filter(NETRECEIVEFILTER handle, const char *function)
{
	if (refuse_interrupt(nullptr, function))
		return nullptr;
	if (handle && handle->signature == filter_signature &&
	    handle->thread == netcx_os_current_thread())
		return handle;
	refuse(nullptr, STATUS_INVALID_HANDLE,
	       "%s was called outside of EvtSetReceiveFilter or its thread "
	       "(SetReceiveFilterFromWrongThread)",
	       function);
	return nullptr;
}

} // namespace netcx

using namespace netcx;

extern "C" {

void NetAdapterSetReceiveFilterCapabilities(
	NETADAPTER Handle, NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES const *Capabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterSetReceiveFilterCapabilities",
					     Declaration::receive_filter, Capabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_only_form(adapter, adapter->packet_filter.Size || adapter->multicast.Size);
	if (NT_SUCCESS(status))
		status = check_filter(adapter, Capabilities);
	adapter->declared(Declaration::receive_filter, status);
	if (NT_SUCCESS(status))
		adapter->receive_filter = *Capabilities;
}

void NetAdapterSetPacketFilterCapabilities(
	NETADAPTER Handle, NET_ADAPTER_PACKET_FILTER_CAPABILITIES const *PacketFilter)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterSetPacketFilterCapabilities",
					     Declaration::packet_filter, PacketFilter);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_only_form(adapter, adapter->receive_filter.EvtSetReceiveFilter);
	if (NT_SUCCESS(status))
		status = check_packet_filter(adapter, PacketFilter);
	adapter->declared(Declaration::packet_filter, status);
	if (!NT_SUCCESS(status))
		return;
	adapter->packet_filter = *PacketFilter;
	combine(adapter);
}

void NetAdapterSetMulticastCapabilities(
	NETADAPTER Handle, NET_ADAPTER_MULTICAST_CAPABILITIES const *MulticastCapabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterSetMulticastCapabilities",
					     Declaration::multicast, MulticastCapabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_only_form(adapter, adapter->receive_filter.EvtSetReceiveFilter);
	if (NT_SUCCESS(status))
		status = check_multicast(adapter, MulticastCapabilities);
	adapter->declared(Declaration::multicast, status);
	if (!NT_SUCCESS(status))
		return;
	adapter->multicast = *MulticastCapabilities;
	combine(adapter);
}

int netcx_core_adapter_set_receive_filter(struct netcx_adapter *adapter,
					  NET_PACKET_FILTER_FLAGS filter,
					  const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast,
					  UINT32 multicast_count)
{
	const NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *caps = &adapter->receive_filter;
	const InterfaceScope scope(Adapter::of(adapter));
	NETRECEIVEFILTER__ state = {};

	if (!caps->EvtSetReceiveFilter && !adapter->packet_filter.Size)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	if (!only_known(filter, static_cast<UINT32>(caps->SupportedPacketFilters)) ||
	    multicast_count > caps->MaximumMulticastAddresses) {
		log_line(Adapter::of(adapter), NETCX_OS_LOG_ERROR,
			 "receive filter 0x%x with %u addresses, the adapter has 0x%x with %zu",
			 static_cast<UINT32>(filter), multicast_count,
			 static_cast<UINT32>(caps->SupportedPacketFilters),
			 caps->MaximumMulticastAddresses);
		return netcx_core_errno(STATUS_INVALID_PARAMETER);
	}
	if (!caps->EvtSetReceiveFilter) {
		tell_separately(Adapter::of(adapter), filter, multicast, multicast_count);
		return 0;
	}
	state.signature = filter_signature;
	state.thread = netcx_os_current_thread();
	state.filter = filter;
	state.multicast = multicast;
	state.multicast_count = multicast_count;
	caps->EvtSetReceiveFilter(adapter->handle, &state);
	state.signature = 0;
	return 0;
}

NET_PACKET_FILTER_FLAGS NetReceiveFilterGetPacketFilter(NETRECEIVEFILTER ReceiveFilter)
{
	const NETRECEIVEFILTER__ *state =
		current_filter(ReceiveFilter, "NetReceiveFilterGetPacketFilter");

	return state ? state->filter : static_cast<NET_PACKET_FILTER_FLAGS>(0);
}

SIZE_T NetReceiveFilterGetMulticastAddressCount(NETRECEIVEFILTER ReceiveFilter)
{
	const NETRECEIVEFILTER__ *state =
		current_filter(ReceiveFilter, "NetReceiveFilterGetMulticastAddressCount");

	return state ? state->multicast_count : 0;
}

NET_ADAPTER_LINK_LAYER_ADDRESS const *
NetReceiveFilterGetMulticastAddressList(NETRECEIVEFILTER ReceiveFilter)
{
	const NETRECEIVEFILTER__ *state =
		current_filter(ReceiveFilter, "NetReceiveFilterGetMulticastAddressList");

	return state ? state->multicast : nullptr;
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* An adapter's link: speed, state, MTU, addresses. */
#include "adapter.h"
#include "caller.h"
#include "capabilities.h"
#include "log.h"

namespace netcx
{

static NTSTATUS check_enumerator(const Adapter *adapter, const char *field, int value, int largest)
{
	if (value >= 0 && value <= largest)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "NET_ADAPTER_LINK_STATE.%s is %d, must be 0 to %d (InvalidLinkState)", field,
		      value, largest);
}

static NTSTATUS check_link_state(const Adapter *adapter, const NET_ADAPTER_LINK_STATE *state)
{
	NTSTATUS status =
		check_size(adapter, "NET_ADAPTER_LINK_STATE", state->Size, sizeof(*state));

	if (NT_SUCCESS(status))
		status = check_enumerator(adapter, "MediaConnectState", state->MediaConnectState,
					  MediaConnectStateDisconnected);
	if (NT_SUCCESS(status))
		status = check_enumerator(adapter, "MediaDuplexState", state->MediaDuplexState,
					  MediaDuplexStateFull);
	if (NT_SUCCESS(status))
		status = check_enumerator(adapter, "SupportedPauseFunctions",
					  state->SupportedPauseFunctions,
					  NetAdapterPauseFunctionTypeUnknown);
	/* There are four flags, so every value from 0 to 15 is valid. */
	if (NT_SUCCESS(status))
		status = check_enumerator(adapter, "AutoNegotiationFlags",
					  state->AutoNegotiationFlags, 0xf);
	return status;
}

static bool same_link(const NET_ADAPTER_LINK_STATE *a, const NET_ADAPTER_LINK_STATE *b)
{
	return a->TxLinkSpeed == b->TxLinkSpeed && a->RxLinkSpeed == b->RxLinkSpeed &&
	       a->MediaConnectState == b->MediaConnectState &&
	       a->MediaDuplexState == b->MediaDuplexState &&
	       a->SupportedPauseFunctions == b->SupportedPauseFunctions &&
	       a->AutoNegotiationFlags == b->AutoNegotiationFlags;
}

static NTSTATUS check_address(const Adapter *adapter, const NET_ADAPTER_LINK_LAYER_ADDRESS *address)
{
	if (address->Length <= sizeof(address->Address))
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "NET_ADAPTER_LINK_LAYER_ADDRESS.Length is %u, must be 0 to %zu "
		      "(MacAddressLengthTooLong)",
		      address->Length, sizeof(address->Address));
}

static NTSTATUS check_link_modes(const Adapter *adapter, const struct netcx_link_modes *modes)
{
	static const char structure[] = "netcx_link_modes";
	const struct {
		const char *name;
		UINT64 value;
	} sets[] = {{"Supported", modes->Supported},
		    {"Advertised", modes->Advertised},
		    {"Partner", modes->Partner}};
	NTSTATUS status = check_size(adapter, structure, modes->Size, sizeof(*modes));

	if (!NT_SUCCESS(status))
		return status;
	if (static_cast<UINT32>(modes->Port) >= netcx_port_end)
		return refuse(adapter, STATUS_INVALID_PARAMETER, "%s.Port is %u, must be below %u",
			      structure, static_cast<UINT32>(modes->Port), netcx_port_end);
	for (const auto &set : sets) {
		if (set.value & ~NETCX_LINK_MODE_ALL)
			return refuse(adapter, STATUS_INVALID_PARAMETER,
				      "%s.%s is %#llx, must have no bits but those of %#llx",
				      structure, set.name, set.value, NETCX_LINK_MODE_ALL);
	}
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

void NetAdapterSetLinkLayerCapabilities(
	NETADAPTER Handle, NET_ADAPTER_LINK_LAYER_CAPABILITIES const *LinkLayerCapabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterSetLinkLayerCapabilities",
					     Declaration::link_layer, LinkLayerCapabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_size(adapter, "NET_ADAPTER_LINK_LAYER_CAPABILITIES",
			    LinkLayerCapabilities->Size, sizeof(*LinkLayerCapabilities));
	adapter->declared(Declaration::link_layer, status);
	if (NT_SUCCESS(status))
		adapter->link_layer = *LinkLayerCapabilities;
}

void NetAdapterSetLinkLayerMtuSize(NETADAPTER Handle, ULONG MtuSize)
{
	static const char function[] = "NetAdapterSetLinkLayerMtuSize";
	Adapter *adapter = from_handle<Adapter>(Handle, function);
	NTSTATUS status = STATUS_SUCCESS;

	if (!adapter)
		return;
	if (refuse_atomic(adapter, function))
		status = STATUS_INVALID_DEVICE_STATE;
	else if (!MtuSize)
		status = refuse(adapter, STATUS_INVALID_PARAMETER,
				"%s: MtuSize is 0, must be at least 1 (MtuMustBeGreaterThanZero)",
				function);
	if (!adapter->is_started())
		adapter->declared(Declaration::mtu, status);
	if (!NT_SUCCESS(status) || adapter->mtu == MtuSize)
		return;
	__atomic_store_n(&adapter->mtu, MtuSize, __ATOMIC_RELAXED);
	if (adapter->is_started())
		netcx_os_adapter_mtu_changed(adapter);
}

void NetAdapterSetPermanentLinkLayerAddress(NETADAPTER Handle,
					    NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterSetPermanentLinkLayerAddress",
					     Declaration::permanent_address, LinkLayerAddress);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_address(adapter, LinkLayerAddress);
	adapter->declared(Declaration::permanent_address, status);
	if (NT_SUCCESS(status))
		adapter->permanent_address = *LinkLayerAddress;
}

void NetAdapterSetCurrentLinkLayerAddress(NETADAPTER Handle,
					  NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress)
{
	static const char function[] = "NetAdapterSetCurrentLinkLayerAddress";
	Adapter *adapter = from_handle<Adapter>(Handle, function);
	NTSTATUS status;

	if (!adapter)
		return;
	if (!adapter->is_started()) {
		if (!begin_declaration(Handle, function, Declaration::current_address,
				       LinkLayerAddress))
			return;
		status = check_address(adapter, LinkLayerAddress);
		adapter->declared(Declaration::current_address, status);
		if (NT_SUCCESS(status))
			adapter->current_address = *LinkLayerAddress;
		return;
	}

	if (refuse_atomic(adapter, function))
		return;
	if (!LinkLayerAddress) {
		refuse(adapter, STATUS_INVALID_PARAMETER,
		       "%s: LinkLayerAddress is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (!NT_SUCCESS(check_address(adapter, LinkLayerAddress)))
		return;
	if (LinkLayerAddress->Length != adapter->current_address.Length) {
		refuse(adapter, STATUS_INVALID_PARAMETER,
		       "%s: NET_ADAPTER_LINK_LAYER_ADDRESS.Length is %u, must stay %u", function,
		       LinkLayerAddress->Length, adapter->current_address.Length);
		return;
	}
	adapter->current_address = *LinkLayerAddress;
	netcx_os_adapter_address_changed(adapter);
}

void NetAdapterSetLinkState(NETADAPTER Handle, NET_ADAPTER_LINK_STATE *State)
{
	static const char function[] = "NetAdapterSetLinkState";
	Adapter *adapter = from_handle<Adapter>(Handle, function);
	NTSTATUS status;
	bool changed;

	if (!adapter || refuse_interrupt(adapter, function))
		return;
	status = State ? check_link_state(adapter, State)
		       : refuse(adapter, STATUS_INVALID_PARAMETER,
				"%s was given NULL (ParameterCantBeNull)", function);
	if (!adapter->is_started())
		adapter->declared(Declaration::link_state, status);
	if (!NT_SUCCESS(status))
		return;

	adapter->lock_link();
	changed = !same_link(&adapter->link, State);
	if (changed)
		adapter->link = *State;
	adapter->unlock_link();
	/*
	 * Whether or not the adapter is started: the interface can be opened before
	 * NetAdapterStart() has returned, and then needs the link's state.
	 */
	if (changed)
		netcx_os_adapter_link_changed(adapter);
}

NTSTATUS netcx_adapter_set_link_modes(NETADAPTER Handle, const struct netcx_link_modes *Modes)
{
	static const char function[] = "netcx_adapter_set_link_modes";
	Adapter *adapter = from_handle<Adapter>(Handle, function);
	NTSTATUS status;

	if (!adapter)
		return STATUS_INVALID_HANDLE;
	if (refuse_interrupt(adapter, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Modes)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s was given NULL (ParameterCantBeNull)", function);
	status = check_link_modes(adapter, Modes);
	if (!NT_SUCCESS(status))
		return status;
	adapter->lock_link();
	adapter->link_modes = *Modes;
	adapter->unlock_link();
	return STATUS_SUCCESS;
}

void netcx_core_adapter_link(struct netcx_adapter *adapter, NET_ADAPTER_LINK_STATE *link)
{
	Adapter *whole = Adapter::of(adapter);

	whole->lock_link();
	*link = whole->link;
	whole->unlock_link();
}

void netcx_core_adapter_link_modes(struct netcx_adapter *adapter, struct netcx_link_modes *modes)
{
	Adapter *whole = Adapter::of(adapter);

	whole->lock_link();
	*modes = whole->link_modes;
	whole->unlock_link();
}

int netcx_core_adapter_set_address(struct netcx_adapter *adapter,
				   const NET_ADAPTER_LINK_LAYER_ADDRESS *address)
{
	const InterfaceScope scope(Adapter::of(adapter));

	if (!adapter->set_address)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	adapter->set_address(adapter->handle, address);
	adapter->current_address = *address;
	return 0;
}

} // extern "C"

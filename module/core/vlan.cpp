// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Stripping and filtering of VLAN tags; declared in netcx_adapter_ext.h. */
#include "adapter_ext.h"
#include "caller.h"
#include "log.h"

namespace netcx
{

static NTSTATUS check_vlan(const Adapter *adapter, const struct netcx_vlan_capabilities *caps)
{
	static const char structure[] = "netcx_vlan_capabilities";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (!NT_SUCCESS(status))
		return status;
	if (caps->InsertionNeedsStripping && !caps->SetStripping)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.SetStripping is NULL, must be set with InsertionNeedsStripping",
			      structure);
	if (!caps->SetStripping && !caps->SetFilter && !caps->DropEligible)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s has none of SetStripping, SetFilter and DropEligible, must have "
			      "one",
			      structure);
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS netcx_adapter_set_vlan_capabilities(NETADAPTER Handle,
					     const struct netcx_vlan_capabilities *Capabilities)
{
	Adapter *adapter;
	NTSTATUS status = begin_extension(Handle, "netcx_adapter_set_vlan_capabilities",
					  Capabilities, &adapter);

	if (NT_SUCCESS(status))
		status = check_vlan(adapter, Capabilities);
	if (NT_SUCCESS(status))
		adapter->vlan = *Capabilities;
	return status;
}

int netcx_core_adapter_set_vlan_filter(struct netcx_adapter *adapter,
				       const struct netcx_vlan_filter *filter)
{
	const InterfaceScope scope(Adapter::of(adapter));

	if (!adapter->vlan.SetFilter)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	adapter->vlan.SetFilter(adapter->handle, filter);
	return 0;
}

} // extern "C"

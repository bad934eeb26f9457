// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Receive scaling (RSS): what the adapter declares; hash key and indirection table. */
#include "adapter.h"
#include "caller.h"
#include "capabilities.h"
#include "log.h"

namespace netcx
{

static const char structure[] = "NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES";

/* Every type below these limits is known. */
static constexpr UINT32 hash_types = NetAdapterReceiveScalingHashTypeToeplitz << 1;
static constexpr UINT32 protocol_types = NetAdapterReceiveScalingProtocolTypeUdp << 1;
static constexpr UINT32 encapsulation_types = NetAdapterReceiveScalingEncapsulationTypeVXLan << 1;

/* ---- checks ---- */

static NTSTATUS check_power_of_two(const Adapter *adapter, const char *field, SIZE_T value)
{
	if (is_power_of_two(value))
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s.%s is %zu, must be a power of two (NotPowerOfTwo)", structure, field,
		      value);
}

static NTSTATUS check_types(const Adapter *adapter, const char *field, UINT32 types, UINT32 limit,
			    const char *failure_code)
{
	if (types < limit)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s.%s is 0x%x, must be flags of 0x%x (%s)", structure, field, types,
		      limit - 1, failure_code);
}

static NTSTATUS check_numbers(const Adapter *adapter,
			      const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps)
{
	const auto target = static_cast<UINT32>(caps->UnhashedTargetType);
	NTSTATUS status = check_power_of_two(adapter, "NumberOfQueues", caps->NumberOfQueues);

	if (NT_SUCCESS(status))
		status = check_power_of_two(adapter, "IndirectionTableSize",
					    caps->IndirectionTableSize);
	if (!NT_SUCCESS(status))
		return status;
	if (target > NetAdapterReceiveScalingUnhashedTargetTypeHashIndex)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.UnhashedTargetType is %u, must be 0 or 1", structure, target);
	if (target == NetAdapterReceiveScalingUnhashedTargetTypeHashIndex &&
	    caps->UnhashedTargetIndex >= caps->IndirectionTableSize)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.UnhashedTargetIndex is %zu, must be below the %zu of "
			      "IndirectionTableSize",
			      structure, caps->UnhashedTargetIndex, caps->IndirectionTableSize);
	return STATUS_SUCCESS;
}

static NTSTATUS check_all_types(const Adapter *adapter,
				const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps)
{
	static const char tunnels[] = "InvalidReceiveScalingEncapsulationType";
	NTSTATUS status = check_types(adapter, "ReceiveScalingHashTypes",
				      static_cast<UINT32>(caps->ReceiveScalingHashTypes),
				      hash_types, "InvalidReceiveScalingHashType");

	if (NT_SUCCESS(status))
		status = check_types(adapter, "ReceiveScalingProtocolTypes",
				     static_cast<UINT32>(caps->ReceiveScalingProtocolTypes),
				     protocol_types, "InvalidReceiveScalingProtocolType");
	if (NT_SUCCESS(status))
		status = check_types(
			adapter, "ReceiveScalingEncapsulationTypes.Outer",
			static_cast<UINT32>(caps->ReceiveScalingEncapsulationTypes.Outer),
			encapsulation_types, tunnels);
	if (NT_SUCCESS(status))
		status = check_types(
			adapter, "ReceiveScalingEncapsulationTypes.Inner",
			static_cast<UINT32>(caps->ReceiveScalingEncapsulationTypes.Inner),
			encapsulation_types, tunnels);
	return status;
}

static NTSTATUS check_callbacks(const Adapter *adapter,
				const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps)
{
	const char *missing = nullptr;

	if (!caps->EvtAdapterReceiveScalingEnable)
		missing = "EvtAdapterReceiveScalingEnable";
	else if (!caps->EvtAdapterReceiveScalingDisable)
		missing = "EvtAdapterReceiveScalingDisable";
	else if (!caps->EvtAdapterReceiveScalingSetHashSecretKey)
		missing = "EvtAdapterReceiveScalingSetHashSecretKey";
	else if (!caps->EvtAdapterReceiveScalingSetIndirectionEntries)
		missing = "EvtAdapterReceiveScalingSetIndirectionEntries";
	if (!missing)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s.%s is NULL, must be set (ParameterCantBeNull)", structure, missing);
}

static NTSTATUS check(const Adapter *adapter, const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps)
{
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status))
		status = check_numbers(adapter, caps);
	if (NT_SUCCESS(status))
		status = check_all_types(adapter, caps);
	if (NT_SUCCESS(status))
		status = check_callbacks(adapter, caps);
	return status;
}

/* ---- telling the client ---- */

/* The errno for what a callback returned; a failure that is not logged yet is logged. */
static int result(const Adapter *adapter, const CallerScope &scope, NTSTATUS status,
		  const char *what)
{
	if (!NT_SUCCESS(status) && !scope.reported(status))
		log_line(adapter, NETCX_OS_LOG_ERROR, "%s failed: %s (0x%08x)", what,
			 netcx_core_status_name(status), static_cast<UINT32>(status));
	return netcx_core_errno(status);
}

} // namespace netcx

using namespace netcx;

extern "C" {

void NetAdapterSetReceiveScalingCapabilities(
	NETADAPTER Handle, NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES const *Capabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterSetReceiveScalingCapabilities",
					     Declaration::receive_scaling, Capabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check(adapter, Capabilities);
	adapter->declared(Declaration::receive_scaling, status);
	if (NT_SUCCESS(status))
		adapter->receive_scaling = *Capabilities;
}

int netcx_core_receive_scaling_enable(struct netcx_adapter *base,
				      NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE hash,
				      NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols)
{
	const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps = &base->receive_scaling;
	Adapter *adapter = Adapter::of(base);
	const InterfaceScope scope(adapter);
	NTSTATUS status;

	if (!caps->Size)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	if (!only_known(hash, static_cast<UINT32>(caps->ReceiveScalingHashTypes)) ||
	    !only_known(protocols, static_cast<UINT32>(caps->ReceiveScalingProtocolTypes)))
		return netcx_core_errno(STATUS_INVALID_PARAMETER);
	status = caps->EvtAdapterReceiveScalingEnable(adapter->handle, hash, protocols);
	base->receive_scaling_enabled = NT_SUCCESS(status);
	/* Only declared types are asked for, so the client has no reason to fail. */
	if (!NT_SUCCESS(status) && !scope.reported(status))
		refuse(adapter, status,
		       "enabling receive scaling failed: %s (0x%08x) (InvalidRSSConfiguration)",
		       netcx_core_status_name(status), static_cast<UINT32>(status));
	return netcx_core_errno(status);
}

void netcx_core_receive_scaling_disable(struct netcx_adapter *base)
{
	Adapter *adapter = Adapter::of(base);
	const InterfaceScope scope(adapter);

	if (!base->receive_scaling_enabled)
		return;
	base->receive_scaling.EvtAdapterReceiveScalingDisable(adapter->handle);
	base->receive_scaling_enabled = FALSE;
}

int netcx_core_receive_scaling_set_key(struct netcx_adapter *base, const UINT8 *key)
{
	const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps = &base->receive_scaling;
	Adapter *adapter = Adapter::of(base);
	const InterfaceScope scope(adapter);
	NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY secret;
	/* A copy, since secret.Key is no pointer to const. */
	UINT8 bytes[NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1];

	if (!caps->Size)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	RtlCopyMemory(bytes, key, sizeof(bytes));
	secret.Key = bytes;
	secret.Length = sizeof(bytes);
	return result(adapter, scope,
		      caps->EvtAdapterReceiveScalingSetHashSecretKey(adapter->handle, &secret),
		      "setting the hash key");
}

int netcx_core_receive_scaling_set_entries(struct netcx_adapter *base,
					   NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY *entries,
					   UINT32 count)
{
	const NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *caps = &base->receive_scaling;
	NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES all = {entries, count};
	Adapter *adapter = Adapter::of(base);
	const InterfaceScope scope(adapter);
	NTSTATUS status;

	if (!caps->Size)
		return netcx_core_errno(STATUS_NOT_SUPPORTED);
	for (UINT32 i = 0; i < count; i++)
		entries[i].Status = STATUS_SUCCESS;
	status = caps->EvtAdapterReceiveScalingSetIndirectionEntries(adapter->handle, &all);
	for (UINT32 i = 0; i < count; i++) {
		const NTSTATUS one = entries[i].Status;

		if (NT_SUCCESS(one))
			continue;
		if (!scope.reported(one))
			log_line(adapter, NETCX_OS_LOG_ERROR,
				 "setting entry %u of the indirection table failed: %s (0x%08x)",
				 entries[i].Index, netcx_core_status_name(one),
				 static_cast<UINT32>(one));
		return netcx_core_errno(one);
	}
	return result(adapter, scope, status, "setting the indirection table");
}

} // extern "C"

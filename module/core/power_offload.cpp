// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Power offloads: ARP and neighbour solicitation that adapters answer while the machine sleeps. */
#include "caller.h"
#include "sleep_list.h"

namespace netcx
{

static NTSTATUS check_count(const Adapter *adapter, const char *structure, BOOLEAN offered,
			    SIZE_T count)
{
	if (!offered || count)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s.MaximumOffloadCount is 0, must be at least 1", structure);
}

/* Asks the client whether its hardware has room for the offload. */
static bool is_taken(const Adapter *adapter, NETPOWEROFFLOAD__ *offload)
{
	const auto &previews = adapter->device->previews;
	const auto callback = offload->type == NetPowerOffloadTypeArp
				      ? previews.EvtDevicePreviewArpOffload
				      : previews.EvtDevicePreviewNSOffload;
	const InterfaceScope scope(adapter);

	return !callback || NT_SUCCESS(callback(to_handle<WDFDEVICE>(adapter->device), offload));
}

/* @put(offload, i) copies address i into the offload. */
template <class Put>
static UINT32 set_offloads(Adapter *adapter, NET_POWER_OFFLOAD_TYPE type, SIZE_T most, UINT32 count,
			   Put put)
{
	const UINT32 first = type == NetPowerOffloadTypeArp ? 0 : PowerOffloads::most_of_a_type;
	NETPOWEROFFLOAD__ *slots = adapter->power_offloads.slots + first;
	UINT32 taken = 0;

	for (UINT32 i = 0; i < PowerOffloads::most_of_a_type; i++) {
		slots[i] = {};
		slots[i].signature = NETPOWEROFFLOAD__::valid;
		slots[i].adapter = adapter;
		slots[i].type = type;
		slots[i].id = first + i + 1;
	}
	while (taken < count && taken < PowerOffloads::most_of_a_type && taken < most) {
		put(&slots[taken], taken);
		if (!is_taken(adapter, &slots[taken]))
			break;
		slots[taken++].enabled = true;
	}
	if (taken < count)
		log_line(adapter, NETCX_OS_LOG_WARNING,
			 "asleep it answers for %u of %u %s addresses only",
			 taken, count, type == NetPowerOffloadTypeArp ? "IPv4" : "IPv6");
	return taken;
}

struct PowerOffloadKind {
	using Element = NETPOWEROFFLOAD__;
	using List = NET_POWER_OFFLOAD_LIST;
	static constexpr const char *list_name = "NET_POWER_OFFLOAD_LIST";
	static constexpr const char *handle_name = "NETPOWEROFFLOAD";
	static constexpr const char *element_name = "power offload";
	static constexpr const char *fill_function = "NetDeviceGetPowerOffloadList";
	static constexpr const char *unfilled_rule = "InvalidPowerOffloadListSignature";
	static constexpr PowerOffloads Adapter::*elements = &Adapter::power_offloads;
};

using PowerOffloadList = SleepList<PowerOffloadKind>;

/* The solicited-node multicast address of @address, ff02::1:ffXX:XXXX. */
static NET_IPV6_ADDRESS solicited_node(const NET_IPV6_ADDRESS *address)
{
	NET_IPV6_ADDRESS node = {};

	node.Value[0] = 0xff;
	node.Value[1] = 0x02;
	node.Value[11] = 0x01;
	node.Value[12] = 0xff;
	RtlCopyMemory(node.Value + 13, address->Value + 13, 3);
	return node;
}

} // namespace netcx

using namespace netcx;

extern "C" {

UINT32 netcx_core_adapter_set_arp_offload(struct netcx_adapter *adapter,
					  const NET_IPV4_ADDRESS *addresses, UINT32 count)
{
	const SIZE_T most =
		adapter->power_arp.ArpOffload ? adapter->power_arp.MaximumOffloadCount : 0;

	return set_offloads(
		Adapter::of(adapter), NetPowerOffloadTypeArp, most, count,
		[&](NETPOWEROFFLOAD__ *offload, UINT32 i) { offload->ipv4 = addresses[i]; });
}

UINT32 netcx_core_adapter_set_ns_offload(struct netcx_adapter *adapter,
					 const NET_IPV6_ADDRESS *addresses, UINT32 count)
{
	const SIZE_T most = adapter->power_ns.NSOffload ? adapter->power_ns.MaximumOffloadCount : 0;

	return set_offloads(
		Adapter::of(adapter), NetPowerOffloadTypeNS, most, count,
		[&](NETPOWEROFFLOAD__ *offload, UINT32 i) { offload->ipv6 = addresses[i]; });
}

void NetAdapterPowerOffloadSetArpCapabilities(
	NETADAPTER Handle, NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES const *Capabilities)
{
	static const char structure[] = "NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES";
	Adapter *adapter = begin_declaration(Handle, "NetAdapterPowerOffloadSetArpCapabilities",
					     Declaration::power_arp, Capabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_size(adapter, structure, Capabilities->Size, sizeof(*Capabilities));
	if (NT_SUCCESS(status))
		status = check_count(adapter, structure, Capabilities->ArpOffload,
				     Capabilities->MaximumOffloadCount);
	adapter->declared(Declaration::power_arp, status);
	if (NT_SUCCESS(status))
		adapter->power_arp = *Capabilities;
}

void NetAdapterPowerOffloadSetNSCapabilities(
	NETADAPTER Handle, NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES const *Capabilities)
{
	static const char structure[] = "NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES";
	Adapter *adapter = begin_declaration(Handle, "NetAdapterPowerOffloadSetNSCapabilities",
					     Declaration::power_ns, Capabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_size(adapter, structure, Capabilities->Size, sizeof(*Capabilities));
	if (NT_SUCCESS(status))
		status = check_count(adapter, structure, Capabilities->NSOffload,
				     Capabilities->MaximumOffloadCount);
	adapter->declared(Declaration::power_ns, status);
	if (NT_SUCCESS(status))
		adapter->power_ns = *Capabilities;
}

void NetDeviceGetPowerOffloadList(WDFDEVICE Device, NET_POWER_OFFLOAD_LIST *List)
{
	PowerOffloadList::fill_in(Device, List);
}

SIZE_T NetPowerOffloadListGetCount(NET_POWER_OFFLOAD_LIST const *List)
{
	return PowerOffloadList::count(List, "NetPowerOffloadListGetCount");
}

NETPOWEROFFLOAD NetPowerOffloadListGetElement(NET_POWER_OFFLOAD_LIST const *List, SIZE_T Index)
{
	return PowerOffloadList::at(List, Index, "NetPowerOffloadListGetElement");
}

NET_POWER_OFFLOAD_TYPE NetPowerOffloadGetType(NETPOWEROFFLOAD PowerOffload)
{
	const NETPOWEROFFLOAD__ *offload =
		PowerOffloadList::checked(PowerOffload, "NetPowerOffloadGetType");

	return offload ? offload->type : static_cast<NET_POWER_OFFLOAD_TYPE>(0);
}

NETADAPTER NetPowerOffloadGetAdapter(NETPOWEROFFLOAD PowerOffload)
{
	const NETPOWEROFFLOAD__ *offload =
		PowerOffloadList::checked(PowerOffload, "NetPowerOffloadGetAdapter");

	return offload ? offload->adapter->handle : nullptr;
}

void NetPowerOffloadGetArpParameters(NETPOWEROFFLOAD PowerOffload,
				     NET_POWER_OFFLOAD_ARP_PARAMETERS *Parameters)
{
	const NETPOWEROFFLOAD__ *offload = PowerOffloadList::checked(
		PowerOffload, NetPowerOffloadTypeArp, Parameters,
		"NET_POWER_OFFLOAD_ARP_PARAMETERS", "NetPowerOffloadGetArpParameters");

	if (!offload)
		return;
	Parameters->Id = offload->id;
	Parameters->RemoteIPv4Address = {};
	Parameters->HostIPv4Address = offload->ipv4;
	Parameters->LinkLayerAddress = offload->adapter->current_address;
}

void NetPowerOffloadGetNSParameters(NETPOWEROFFLOAD PowerOffload,
				    NET_POWER_OFFLOAD_NS_PARAMETERS *Parameters)
{
	const NETPOWEROFFLOAD__ *offload = PowerOffloadList::checked(
		PowerOffload, NetPowerOffloadTypeNS, Parameters, "NET_POWER_OFFLOAD_NS_PARAMETERS",
		"NetPowerOffloadGetNSParameters");

	if (!offload)
		return;
	Parameters->Id = offload->id;
	Parameters->RemoteIPv6Address = {};
	Parameters->SolicitedNodeIPv6Address = solicited_node(&offload->ipv6);
	Parameters->TargetIPv6Addresses[0] = offload->ipv6;
	Parameters->TargetIPv6Addresses[1] = {};
	Parameters->LinkLayerAddress = offload->adapter->current_address;
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What adapters can answer while the machine sleeps, and what they are to answer. */
#include "adapter.h"
#include "caller.h"
#include "device.h"
#include "driver.h"
#include "log.h"

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

/* The client may have no room for one in its hardware. */
static bool is_taken(const Adapter *adapter, NETPOWEROFFLOAD__ *offload)
{
	const auto &previews = adapter->device->previews;
	const auto callback = offload->type == NetPowerOffloadTypeArp
				      ? previews.EvtDevicePreviewArpOffload
				      : previews.EvtDevicePreviewNSOffload;
	const CallerScope scope(adapter);

	return !callback || NT_SUCCESS(callback(to_handle<WDFDEVICE>(adapter->device), offload));
}

/* @put writes address @index into an offload. */
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
	return taken;
}

/* As for wake sources. */
static NETPOWEROFFLOAD__ *find_offload(const netcx_device *device, SIZE_T index, SIZE_T *count)
{
	NETPOWEROFFLOAD__ *found = nullptr;
	SIZE_T n = 0;

	netcx_os_spinlock_acquire(device->driver->tree_lock);
	for (Adapter *a = device->first_adapter; a; a = a->next) {
		for (NETPOWEROFFLOAD__ &offload : a->power_offloads.slots) {
			if (offload.enabled && n++ == index)
				found = &offload;
		}
	}
	netcx_os_spinlock_release(device->driver->tree_lock);
	*count = n;
	return found;
}

/* Its address is what a list that was filled in begins with. */
static const char list_tag = 0;

static const netcx_device *device_of(const NET_POWER_OFFLOAD_LIST *list, const char *function)
{
	const netcx_device *device = nullptr;

	if (list && list->Size == sizeof(*list) && list->Reserved[0] == &list_tag)
		device = static_cast<const netcx_device *>(object_of(list->Reserved[1]));
	if (!device)
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s was given a list that NetDeviceGetPowerOffloadList has not filled in "
		       "(InvalidPowerOffloadListSignature)",
		       function);
	return device;
}

static NETPOWEROFFLOAD__ *checked(NETPOWEROFFLOAD offload, const char *function)
{
	if (offload && offload->signature == NETPOWEROFFLOAD__::valid)
		return offload;
	refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given %s, not a NETPOWEROFFLOAD", function,
	       offload ? "something else" : "NULL");
	return nullptr;
}

static NETPOWEROFFLOAD__ *checked(NETPOWEROFFLOAD offload, NET_POWER_OFFLOAD_TYPE type,
				  const ULONG *given, SIZE_T expected, const char *structure,
				  const char *function)
{
	NETPOWEROFFLOAD__ *known = checked(offload, function);

	if (!known)
		return nullptr;
	if (!given) {
		refuse(known->adapter, STATUS_INVALID_PARAMETER,
		       "%s: Parameters is NULL (ParameterCantBeNull)", function);
		return nullptr;
	}
	if (!NT_SUCCESS(check_size(known->adapter, structure, *given, expected)))
		return nullptr;
	if (known->type == type)
		return known;
	refuse(known->adapter, STATUS_OBJECT_TYPE_MISMATCH,
	       "%s was given a power offload of type %d, not %d", function, known->type, type);
	return nullptr;
}

/* ff02::1:ffXX:XXXX, where solicitations for @address are sent to. */
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
	static const char function[] = "NetDeviceGetPowerOffloadList";
	netcx_device *device = from_handle<netcx_device>(Device, function);

	if (!device || refuse_atomic(device, function))
		return;
	if (!List) {
		refuse(device, STATUS_INVALID_PARAMETER, "%s: List is NULL (ParameterCantBeNull)",
		       function);
		return;
	}
	if (!NT_SUCCESS(check_size(device, "NET_POWER_OFFLOAD_LIST", List->Size, sizeof(*List))))
		return;
	List->Reserved[0] = const_cast<char *>(&list_tag);
	List->Reserved[1] = device;
}

SIZE_T NetPowerOffloadListGetCount(NET_POWER_OFFLOAD_LIST const *List)
{
	const netcx_device *device = device_of(List, "NetPowerOffloadListGetCount");
	SIZE_T count = 0;

	if (device)
		find_offload(device, 0, &count);
	return count;
}

NETPOWEROFFLOAD NetPowerOffloadListGetElement(NET_POWER_OFFLOAD_LIST const *List, SIZE_T Index)
{
	static const char function[] = "NetPowerOffloadListGetElement";
	const netcx_device *device = device_of(List, function);
	NETPOWEROFFLOAD__ *offload;
	SIZE_T count;

	if (!device)
		return nullptr;
	offload = find_offload(device, Index, &count);
	if (!offload)
		refuse(device, STATUS_INVALID_PARAMETER, "%s: Index is %zu, must be below %zu",
		       function, Index, count);
	return offload;
}

NET_POWER_OFFLOAD_TYPE NetPowerOffloadGetType(NETPOWEROFFLOAD PowerOffload)
{
	const NETPOWEROFFLOAD__ *offload = checked(PowerOffload, "NetPowerOffloadGetType");

	return offload ? offload->type : static_cast<NET_POWER_OFFLOAD_TYPE>(0);
}

NETADAPTER NetPowerOffloadGetAdapter(NETPOWEROFFLOAD PowerOffload)
{
	const NETPOWEROFFLOAD__ *offload = checked(PowerOffload, "NetPowerOffloadGetAdapter");

	return offload ? offload->adapter->handle : nullptr;
}

void NetPowerOffloadGetArpParameters(NETPOWEROFFLOAD PowerOffload,
				     NET_POWER_OFFLOAD_ARP_PARAMETERS *Parameters)
{
	const NETPOWEROFFLOAD__ *offload =
		checked(PowerOffload, NetPowerOffloadTypeArp,
			Parameters ? &Parameters->Size : nullptr, sizeof(*Parameters),
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
	const NETPOWEROFFLOAD__ *offload =
		checked(PowerOffload, NetPowerOffloadTypeNS,
			Parameters ? &Parameters->Size : nullptr, sizeof(*Parameters),
			"NET_POWER_OFFLOAD_NS_PARAMETERS", "NetPowerOffloadGetNSParameters");

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

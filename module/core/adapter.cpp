// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* An adapter's creation, start and stop. */
#include "adapter_init.h"

#include "device.h"
#include "driver.h"
#include "log.h"

namespace netcx
{

static constexpr UINT64 init_signature = 0x4e43784164704974;

Adapter::~Adapter()
{
	if (link_lock)
		netcx_os_spinlock_destroy(link_lock);
	if (handle)
		__atomic_fetch_sub(&device->adapters, 1, __ATOMIC_RELAXED);
}

/*
 * stop() before the queues, which are children, are deleted: unregistering the interface closes it,
 * which cancels and destroys them.
 */
void Adapter::quiesce()
{
	stop(true);

	netcx_os_mutex_acquire(device->adapter_mutex);
	netcx_os_spinlock_acquire(driver->tree_lock);
	for (Adapter **link = &device->first_adapter; *link; link = &(*link)->next) {
		if (*link == this) {
			*link = next;
			break;
		}
	}
	netcx_os_spinlock_release(driver->tree_lock);
	netcx_os_mutex_release(device->adapter_mutex);
}

/* ---- start and stop ---- */

NTSTATUS Adapter::check_addresses()
{
	if (!permanent_address.Length)
		permanent_address = current_address;
	if (!current_address.Length)
		current_address = permanent_address;
	if (permanent_address.Length == current_address.Length)
		return STATUS_SUCCESS;
	return refuse(this, STATUS_INVALID_PARAMETER,
		      "the permanent NET_ADAPTER_LINK_LAYER_ADDRESS.Length is %u, must be the %u "
		      "of the current one",
		      permanent_address.Length, current_address.Length);
}

NTSTATUS Adapter::check_declarations()
{
	static const struct {
		Declaration what;
		const char *function;
	} required[] = {
		{Declaration::datapath, "NetAdapterSetDataPathCapabilities"},
		{Declaration::link_layer, "NetAdapterSetLinkLayerCapabilities"},
		{Declaration::mtu, "NetAdapterSetLinkLayerMtuSize"},
	};

	for (const Declared &declared : declarations_) {
		if (!NT_SUCCESS(declared.status))
			return refuse_again(declared.status);
	}
	for (const auto &one : required) {
		if (!declarations_[static_cast<UINT32>(one.what)].done)
			return refuse(this, STATUS_INVALID_PARAMETER,
				      "NetAdapterStart: %s must be called before", one.function);
	}
	return check_addresses();
}

NTSTATUS Adapter::register_interface()
{
	int error;

	offloads_told = false;
	__atomic_store_n(&registered_, true, __ATOMIC_RELEASE);
	error = netcx_os_adapter_register(this);
	if (error) {
		__atomic_store_n(&registered_, false, __ATOMIC_RELEASE);
		return refuse(this,
			      error == netcx_core_errno(STATUS_INSUFFICIENT_RESOURCES)
				      ? STATUS_INSUFFICIENT_RESOURCES
			      : error == netcx_core_errno(STATUS_NOT_SUPPORTED)
				      ? STATUS_NOT_SUPPORTED
			      : error == netcx_core_errno(STATUS_INVALID_PARAMETER)
				      ? STATUS_INVALID_PARAMETER
				      : STATUS_UNSUCCESSFUL,
			      "the network interface could not be registered (%d)", error);
	}
	/*
	 * The client may have paused them before the OS half could hear of it, or before the
	 * interface was made anew.
	 */
	if (__atomic_load_n(&offloads_paused, __ATOMIC_SEQ_CST))
		netcx_os_adapter_offloads_changed(this);
	shown_ = *static_cast<const netcx_adapter *>(this);
	return STATUS_SUCCESS;
}

void Adapter::unregister_interface()
{
	if (!registered_)
		return;
	netcx_os_adapter_unregister(this);
	__atomic_store_n(&registered_, false, __ATOMIC_RELEASE);
}

void Adapter::end_interface()
{
	unregister_interface();
	__atomic_store_n(&offloads_paused, FALSE, __ATOMIC_RELAXED);
}

NTSTATUS Adapter::refuse_to_start_again() const
{
	return refuse(this, STATUS_INVALID_DEVICE_STATE,
		      "NetAdapterStart: the adapter is started (AdapterAlreadyStarted)");
}

NTSTATUS Adapter::start()
{
	NTSTATUS status;

	/*
	 * Without adapter_mutex, which is held while the interface is registered, and
	 * register_netdev() takes rtnl: a call from a queue's callback, which has rtnl, would
	 * deadlock.
	 */
	if (is_started())
		return refuse_to_start_again();
	if (refuse_in_interface(this, "NetAdapterStart"))
		return STATUS_INVALID_DEVICE_STATE;
	netcx_os_mutex_acquire(device->adapter_mutex);
	if (started_) {
		status = refuse_to_start_again();
	} else {
		status = check_declarations();
		if (NT_SUCCESS(status) && device->adapters_wanted && !registered_)
			status = register_interface();
		__atomic_store_n(&started_, NT_SUCCESS(status), __ATOMIC_RELAXED);
	}
	netcx_os_mutex_release(device->adapter_mutex);
	return status;
}

void Adapter::stop(bool for_good)
{
	netcx_os_mutex_acquire(device->adapter_mutex);
	if (for_good || !device->restarting)
		end_interface();
	was_started_ = false;
	__atomic_store_n(&started_, false, __ATOMIC_RELAXED);
	netcx_os_mutex_release(device->adapter_mutex);
}

/* ---- all adapters of a device ---- */

NTSTATUS register_adapters(netcx_device *device)
{
	NTSTATUS status = STATUS_SUCCESS;

	netcx_os_mutex_acquire(device->adapter_mutex);
	device->adapters_wanted = true;
	for (Adapter *a = device->first_adapter; a && NT_SUCCESS(status); a = a->next) {
		if (a->is_started() && !a->is_registered())
			status = a->register_interface();
	}
	netcx_os_mutex_release(device->adapter_mutex);
	if (!NT_SUCCESS(status))
		unregister_adapters(device);
	return status;
}

void unregister_adapters(netcx_device *device)
{
	netcx_os_mutex_acquire(device->adapter_mutex);
	device->adapters_wanted = false;
	for (Adapter *a = device->first_adapter; a; a = a->next)
		a->unregister_interface();
	netcx_os_mutex_release(device->adapter_mutex);
}

/* Those before @end. Under the adapters' mutex. */
static void datapath_down(netcx_device *device, const Adapter *end, bool for_sleep)
{
	device->adapters_wanted = false;
	for (Adapter *a = device->first_adapter; a != end; a = a->next) {
		if (a->is_registered())
			netcx_os_adapter_datapath_down(a, for_sleep);
	}
}

void adapters_datapath_down(netcx_device *device, bool for_sleep)
{
	netcx_os_mutex_acquire(device->adapter_mutex);
	datapath_down(device, nullptr, for_sleep);
	netcx_os_mutex_release(device->adapter_mutex);
}

NTSTATUS adapters_datapath_up(netcx_device *device, bool blank)
{
	NTSTATUS status = STATUS_SUCCESS;

	netcx_os_mutex_acquire(device->adapter_mutex);
	device->adapters_wanted = true;
	for (Adapter *a = device->first_adapter; a; a = a->next) {
		if (!a->is_registered()) {
			if (a->is_started())
				status = a->register_interface();
			if (NT_SUCCESS(status))
				continue;
			datapath_down(device, a, false);
			break;
		}
		if (blank)
			a->offloads_told = false;
		const int error = netcx_os_adapter_datapath_up(a, blank);
		if (error) {
			log_line(a, NETCX_OS_LOG_ERROR,
				 "the interface could not get its queues back (%d)", error);
			datapath_down(device, a, false);
			status = STATUS_UNSUCCESSFUL;
			break;
		}
	}
	netcx_os_mutex_release(device->adapter_mutex);
	return status;
}

void adapters_show_lost(netcx_device *device)
{
	netcx_os_mutex_acquire(device->adapter_mutex);
	for (Adapter *a = device->first_adapter; a; a = a->next) {
		if (a->is_registered())
			netcx_os_adapter_datapath_lost(a);
	}
	netcx_os_mutex_release(device->adapter_mutex);
}

/* ---- declarations ---- */

Adapter *begin_declaration(NETADAPTER handle, const char *function, Declaration what,
			   const void *structure)
{
	Adapter *adapter = from_handle<Adapter>(handle, function);

	if (!adapter)
		return nullptr;
	if (refuse_atomic(adapter, function)) {
		adapter->declared(what, STATUS_INVALID_DEVICE_STATE);
		return nullptr;
	}
	if (adapter->is_started()) {
		refuse(adapter, STATUS_INVALID_DEVICE_STATE,
		       "%s was called after NetAdapterStart (AdapterAlreadyStarted)", function);
		return nullptr;
	}
	if (!structure) {
		adapter->declared(what,
				  refuse(adapter, STATUS_INVALID_PARAMETER,
					 "%s was given NULL (ParameterCantBeNull)", function));
		return nullptr;
	}
	return adapter;
}

/* ---- creation ---- */

NETADAPTER_INIT *allocate_init(netcx_device *device, const char *function)
{
	auto *init = static_cast<NETADAPTER_INIT *>(netcx_os_zalloc(sizeof(NETADAPTER_INIT)));

	if (!init) {
		refuse(device, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
		return nullptr;
	}
	init->signature = init_signature;
	init->device = device;
	return init;
}

static bool is_init(const NETADAPTER_INIT *init, const char *function)
{
	if (init && init->signature == init_signature)
		return true;
	refuse(nullptr, STATUS_INVALID_PARAMETER,
	       "%s was given %s, not what NetAdapterInitAllocate returned "
	       "(InvalidNetAdapterInitSignature)",
	       function, init ? "something else" : "NULL");
	return false;
}

static NTSTATUS check_demux(const netcx_device *device, const NET_ADAPTER_TX_DEMUX *demux)
{
	NTSTATUS status;

	if (!demux)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "NetAdapterInitAddTxDemux was given NULL (ParameterCantBeNull)");
	status = check_size(device, "NET_ADAPTER_TX_DEMUX", demux->Size, sizeof(*demux));
	if (!NT_SUCCESS(status))
		return status;
	if (demux->Type != NetAdapterTxDemuxType8021p)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "NET_ADAPTER_TX_DEMUX.Type is %d, must be 1 (8021p) "
			      "(InvalidTxDemuxType)",
			      static_cast<int>(demux->Type));
	if (demux->Range < 2 || demux->Range > 8)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "NET_ADAPTER_TX_DEMUX.Range is %u, must be 2 to 8 "
			      "(InvalidTxDemuxRange)",
			      demux->Range);
	return STATUS_SUCCESS;
}

static NTSTATUS create_adapter(const NETADAPTER_INIT *init, const WDF_OBJECT_ATTRIBUTES *attributes,
			       NETADAPTER *handle)
{
	static const char function[] = "NetAdapterCreate";
	netcx_device *device = init->device;
	Object *parent = device;
	Adapter *adapter = nullptr;
	NTSTATUS status;

	status = check_attributes(function, device, attributes, ParentRule::fixed, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &adapter);
	if (!NT_SUCCESS(status))
		return status;

	adapter->handle = to_handle<NETADAPTER>(adapter);
	__atomic_fetch_add(&device->adapters, 1, __ATOMIC_RELAXED);
	adapter->os_device = OsDevice(device).get();
	adapter->client_name = device->driver->name;
	adapter->client_version = device->driver->version;
	adapter->datapath = init->datapath;
	adapter->tx_priorities = init->priorities;
	NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&adapter->link);
	adapter->link_lock = netcx_os_spinlock_create();
	if (!adapter->link_lock) {
		adapter->release();
		return refuse(device, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
	}
	status = publish_object(function, adapter, handle);
	if (!NT_SUCCESS(status))
		return status;

	netcx_os_mutex_acquire(device->adapter_mutex);
	netcx_os_spinlock_acquire(device->driver->tree_lock);
	adapter->next = device->first_adapter;
	device->first_adapter = adapter;
	netcx_os_spinlock_release(device->driver->tree_lock);
	netcx_os_mutex_release(device->adapter_mutex);
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NETADAPTER_INIT *NetAdapterInitAllocate(WDFDEVICE Device)
{
	static const char function[] = "NetAdapterInitAllocate";
	netcx_device *device = from_handle<netcx_device>(Device, function);

	if (!device || refuse_atomic(device, function))
		return nullptr;
	if (!device->net_config) {
		refuse(device, STATUS_INVALID_DEVICE_STATE,
		       "%s: NetDeviceInitConfig must be called before WdfDeviceCreate", function);
		return nullptr;
	}
	return allocate_init(device, function);
}

void NetAdapterInitFree(NETADAPTER_INIT *AdapterInit)
{
	if (!is_init(AdapterInit, "NetAdapterInitFree"))
		return;
	/* A lightweight adapter's device was made with the init and has no other use. */
	if (AdapterInit->device->lightweight && !AdapterInit->used)
		AdapterInit->device->delete_object();
	AdapterInit->signature = 0;
	netcx_os_free(AdapterInit);
}

void NetAdapterInitSetDatapathCallbacks(NETADAPTER_INIT *AdapterInit,
					NET_ADAPTER_DATAPATH_CALLBACKS const *DatapathCallbacks)
{
	static const char function[] = "NetAdapterInitSetDatapathCallbacks";
	const netcx_device *device;

	if (!is_init(AdapterInit, function))
		return;
	device = AdapterInit->device;
	if (!DatapathCallbacks) {
		AdapterInit->failure = refuse(device, STATUS_INVALID_PARAMETER,
					      "%s was given NULL (ParameterCantBeNull)", function);
		return;
	}
	AdapterInit->failure = check_size(device, "NET_ADAPTER_DATAPATH_CALLBACKS",
					  DatapathCallbacks->Size, sizeof(*DatapathCallbacks));
	if (!NT_SUCCESS(AdapterInit->failure))
		return;
	if (!DatapathCallbacks->EvtAdapterCreateTxQueue ||
	    !DatapathCallbacks->EvtAdapterCreateRxQueue) {
		AdapterInit->failure = refuse(device, STATUS_INVALID_PARAMETER,
					      "NET_ADAPTER_DATAPATH_CALLBACKS.%s is NULL, must be "
					      "set (InvalidDatapathCallbacks)",
					      DatapathCallbacks->EvtAdapterCreateTxQueue
						      ? "EvtAdapterCreateRxQueue"
						      : "EvtAdapterCreateTxQueue");
		return;
	}
	AdapterInit->datapath = *DatapathCallbacks;
}

void NetAdapterInitAddTxDemux(NETADAPTER_INIT *AdapterInit, NET_ADAPTER_TX_DEMUX const *Demux)
{
	if (!is_init(AdapterInit, "NetAdapterInitAddTxDemux"))
		return;
	AdapterInit->demux_failure = check_demux(AdapterInit->device, Demux);
	if (NT_SUCCESS(AdapterInit->demux_failure))
		AdapterInit->priorities = Demux->Range;
}

NTSTATUS NetAdapterCreate(NETADAPTER_INIT *AdapterInit, WDF_OBJECT_ATTRIBUTES *AdapterAttributes,
			  NETADAPTER *Handle)
{
	static const char function[] = "NetAdapterCreate";
	NTSTATUS status;

	if (refuse_atomic(nullptr, function) || refuse_in_interface(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!is_init(AdapterInit, function))
		return STATUS_INVALID_PARAMETER;
	if (!Handle)
		return refuse(AdapterInit->device, STATUS_INVALID_PARAMETER,
			      "%s: Adapter is NULL (ParameterCantBeNull)", function);
	if (!NT_SUCCESS(AdapterInit->failure))
		return refuse_again(AdapterInit->failure);
	if (!NT_SUCCESS(AdapterInit->demux_failure))
		return refuse_again(AdapterInit->demux_failure);
	if (AdapterInit->used)
		return refuse(AdapterInit->device, STATUS_INVALID_DEVICE_STATE,
			      "%s: an adapter was created from this init before "
			      "(NetAdapterInitAlreadyUsed)",
			      function);
	if (!AdapterInit->datapath.Size)
		return refuse(AdapterInit->device, STATUS_INVALID_PARAMETER,
			      "%s: NetAdapterInitSetDatapathCallbacks must be called before",
			      function);
	status = create_adapter(AdapterInit, AdapterAttributes, Handle);
	AdapterInit->used = NT_SUCCESS(status);
	return status;
}

NTSTATUS NetAdapterStart(NETADAPTER Handle)
{
	static const char function[] = "NetAdapterStart";
	Adapter *adapter = from_handle<Adapter>(Handle, function);

	if (!adapter)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(adapter, function))
		return STATUS_INVALID_DEVICE_STATE;
	return adapter->start();
}

NET_LUID NetAdapterGetNetLuid(NETADAPTER Handle)
{
	static const char function[] = "NetAdapterGetNetLuid";
	Adapter *adapter = from_handle<Adapter>(Handle, function);
	NET_LUID luid = {};
	UINT32 index;

	if (!adapter || refuse_atomic(adapter, function))
		return luid;
	index = netcx_os_adapter_index(adapter);
	if (index) {
		luid.Info.NetLuidIndex = index & 0xffffff;
		luid.Info.IfType = IF_TYPE_ETHERNET_CSMACD;
	}
	return luid;
}

void NetAdapterStop(NETADAPTER Handle)
{
	static const char function[] = "NetAdapterStop";
	Adapter *adapter = from_handle<Adapter>(Handle, function);

	if (adapter && !refuse_atomic(adapter, function) && !refuse_in_interface(adapter, function))
		adapter->stop(false);
}

} // extern "C"

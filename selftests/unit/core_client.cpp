// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "core_client.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include <netcx/net/virtualaddress.h>

namespace unit
{

static CoreClient *current;

CoreClient::CoreClient()
{
	current = this;
}

CoreClient::~CoreClient()
{
	current = nullptr;
}

CoreClient &CoreClient::get()
{
	return *current;
}

Events CoreClient::take_events()
{
	Events taken;

	std::swap(taken, events);
	return taken;
}

bool CoreClient::has_event(const std::string &event) const
{
	return std::find(events.begin(), events.end(), event) != events.end();
}

NTSTATUS CoreClient::event(const std::string &name)
{
	events.push_back(name);
	return failing.count(name) ? failure : STATUS_SUCCESS;
}

/* ---- driver and device ---- */

static void driver_cleanup(WDFOBJECT)
{
	current->event("driver Cleanup");
	if (current->driver_cleaned)
		current->driver_cleaned();
}

static void driver_destroy(WDFOBJECT)
{
	current->event("driver Destroy");
}

static void device_cleanup(WDFOBJECT)
{
	if (current->device_cleaned_up)
		current->device_cleaned_up();
	current->event("device Cleanup");
}

static void device_destroy(WDFOBJECT)
{
	current->event("device Destroy");
}

static void unload(WDFDRIVER)
{
	current->event("Unload");
}

static NTSTATUS device_add(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
	return current->add_device(driver, init);
}

NTSTATUS CoreClient::driver_entry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path)
{
	CoreClient &client = get();
	WDF_OBJECT_ATTRIBUTES attributes;
	WDF_DRIVER_CONFIG config;
	NTSTATUS status;

	client.driver_object = driver_object;
	WDF_DRIVER_CONFIG_INIT(&config, device_add);
	config.EvtDriverUnload = unload;
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.EvtCleanupCallback = driver_cleanup;
	attributes.EvtDestroyCallback = driver_destroy;
	status =
		WdfDriverCreate(driver_object, registry_path, &attributes, &config, &client.driver);
	if (!NT_SUCCESS(status))
		return status;
	if (client.driver_created)
		client.driver_created();
	return client.event("DriverEntry");
}

static NTSTATUS prepare_hardware(WDFDEVICE, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
	return current->prepare(raw, translated);
}

static NTSTATUS release_hardware(WDFDEVICE, WDFCMRESLIST)
{
	NTSTATUS status = current->event("ReleaseHardware");

	if (current->released)
		current->released();
	if (current->registers)
		MmUnmapIoSpace(current->registers, 4096);
	current->registers = nullptr;
	return status;
}

static std::string with_state(const char *name, WDF_POWER_DEVICE_STATE state)
{
	return std::string(name) + (state == WdfPowerDeviceD3Final ? " D3Final"
				    : state == WdfPowerDeviceD3	   ? " D3"
								   : " ?");
}

static NTSTATUS d0_entry(WDFDEVICE, WDF_POWER_DEVICE_STATE previous)
{
	NTSTATUS status = current->event(with_state("D0Entry", previous));

	if (NT_SUCCESS(status) && current->start_in == CoreClient::StartIn::d0_entry &&
	    previous == WdfPowerDeviceD3Final)
		status = current->start_adapter();
	return status;
}

static NTSTATUS d0_entry_post(WDFDEVICE, WDF_POWER_DEVICE_STATE)
{
	return current->event("D0EntryPostInterruptsEnabled");
}

static NTSTATUS d0_exit(WDFDEVICE, WDF_POWER_DEVICE_STATE target)
{
	return current->event(with_state("D0Exit", target));
}

static NTSTATUS d0_exit_pre(WDFDEVICE, WDF_POWER_DEVICE_STATE)
{
	return current->event("D0ExitPreInterruptsDisabled");
}

static NTSTATUS io_init(WDFDEVICE)
{
	if (current->io_init)
		current->io_init();
	return current->event("SelfManagedIoInit");
}

static NTSTATUS io_suspend(WDFDEVICE)
{
	return current->event("SelfManagedIoSuspend");
}

static NTSTATUS io_restart(WDFDEVICE)
{
	return current->event("SelfManagedIoRestart");
}

static void io_flush(WDFDEVICE)
{
	current->event("SelfManagedIoFlush");
}

static void io_cleanup(WDFDEVICE)
{
	current->event("SelfManagedIoCleanup");
}

static void surprise_removal(WDFDEVICE)
{
	current->event("SurpriseRemoval");
}

static void set_callbacks(PWDFDEVICE_INIT init, bool self_managed_io)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

	WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDevicePrepareHardware = prepare_hardware;
	callbacks.EvtDeviceReleaseHardware = release_hardware;
	callbacks.EvtDeviceD0Entry = d0_entry;
	callbacks.EvtDeviceD0EntryPostInterruptsEnabled = d0_entry_post;
	callbacks.EvtDeviceD0Exit = d0_exit;
	callbacks.EvtDeviceD0ExitPreInterruptsDisabled = d0_exit_pre;
	callbacks.EvtDeviceSurpriseRemoval = surprise_removal;
	if (self_managed_io) {
		callbacks.EvtDeviceSelfManagedIoInit = io_init;
		callbacks.EvtDeviceSelfManagedIoSuspend = io_suspend;
		callbacks.EvtDeviceSelfManagedIoRestart = io_restart;
		callbacks.EvtDeviceSelfManagedIoFlush = io_flush;
		callbacks.EvtDeviceSelfManagedIoCleanup = io_cleanup;
	}
	WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

NTSTATUS CoreClient::add_device(WDFDRIVER, PWDFDEVICE_INIT init)
{
	WDF_DMA_ENABLER_CONFIG dma;
	WDF_OBJECT_ATTRIBUTES attributes;
	NTSTATUS status = NetDeviceInitConfig(init);

	if (!NT_SUCCESS(status))
		return status;
	set_callbacks(init, self_managed_io);
	if (device_init)
		device_init(init);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.EvtCleanupCallback = device_cleanup;
	attributes.EvtDestroyCallback = device_destroy;
	status = WdfDeviceCreate(&init, &attributes, &device);
	if (!NT_SUCCESS(status))
		return status;
	if (device_created)
		device_created();

	WDF_DMA_ENABLER_CONFIG_INIT(&dma, WdfDmaProfileScatterGather64, 65536);
	dma.WdmDmaVersionOverride = 3;
	status = WdfDmaEnablerCreate(device, &dma, nullptr, &enabler);
	if (NT_SUCCESS(status) && interrupts_in_device_add)
		status = create_interrupts();
	if (NT_SUCCESS(status))
		status = create_adapter();
	if (NT_SUCCESS(status) && start_in == StartIn::device_add) {
		status = declare_capabilities();
		if (NT_SUCCESS(status))
			status = start_adapter();
	}
	return NT_SUCCESS(status) ? event("DeviceAdd") : status;
}

/* ---- interrupts ---- */

static BOOLEAN interrupt_isr(WDFINTERRUPT interrupt, ULONG message)
{
	return current->isr ? current->isr(interrupt, message) : FALSE;
}

static void interrupt_dpc(WDFINTERRUPT interrupt, WDFOBJECT)
{
	if (current->dpc)
		current->dpc(interrupt);
}

static std::string interrupt_name(WDFINTERRUPT interrupt)
{
	const auto &handles = current->interrupt_handles;

	return std::to_string(std::find(handles.begin(), handles.end(), interrupt) -
			      handles.begin());
}

static NTSTATUS interrupt_enable(WDFINTERRUPT interrupt, WDFDEVICE)
{
	return current->event("InterruptEnable " + interrupt_name(interrupt));
}

static NTSTATUS interrupt_disable(WDFINTERRUPT interrupt, WDFDEVICE)
{
	return current->event("InterruptDisable " + interrupt_name(interrupt));
}

NTSTATUS CoreClient::create_interrupts()
{
	interrupt_handles.clear();
	for (UINT32 i = 0; i < interrupts; i++) {
		WDF_INTERRUPT_CONFIG config;
		WDFINTERRUPT handle;
		NTSTATUS status;

		WDF_INTERRUPT_CONFIG_INIT(&config, interrupt_isr, interrupt_dpc);
		config.EvtInterruptEnable = interrupt_enable;
		config.EvtInterruptDisable = interrupt_disable;
		status = WdfInterruptCreate(device, &config, nullptr, &handle);
		if (!NT_SUCCESS(status))
			return status;
		interrupt_handles.push_back(handle);
	}
	return STATUS_SUCCESS;
}

/* ---- adapter ---- */

static NTSTATUS create_tx_callback(NETADAPTER, NETTXQUEUE_INIT *init)
{
	return current->create_tx ? current->create_tx(init) : current->create_tx_queue(init);
}

static NTSTATUS create_rx_callback(NETADAPTER, NETRXQUEUE_INIT *init)
{
	return current->create_rx ? current->create_rx(init) : current->create_rx_queue(init);
}

NTSTATUS CoreClient::create_adapter()
{
	NETADAPTER_INIT *init = NetAdapterInitAllocate(device);

	return init ? create_adapter_from(init) : STATUS_INSUFFICIENT_RESOURCES;
}

NTSTATUS CoreClient::create_adapter_from(NETADAPTER_INIT *init)
{
	NET_ADAPTER_DATAPATH_CALLBACKS callbacks;
	NTSTATUS status;

	NET_ADAPTER_DATAPATH_CALLBACKS_INIT(&callbacks, create_tx_callback, create_rx_callback);
	NetAdapterInitSetDatapathCallbacks(init, &callbacks);
	if (adapter_init)
		adapter_init(init);
	status = NetAdapterCreate(init, nullptr, &adapter);
	NetAdapterInitFree(init);
	return status;
}

static void set_receive_filter(NETADAPTER, NETRECEIVEFILTER filter)
{
	current->event("SetReceiveFilter");
	if (current->receive_filter)
		current->receive_filter(filter);
}

static void set_tx_checksum(NETADAPTER, NETOFFLOAD offload)
{
	current->event("SetTxChecksum");
	if (current->offload)
		current->offload("tx checksum", offload);
}

static void set_rx_checksum(NETADAPTER, NETOFFLOAD offload)
{
	current->event("SetRxChecksum");
	if (current->offload)
		current->offload("rx checksum", offload);
}

static void set_gso(NETADAPTER, NETOFFLOAD offload)
{
	current->event("SetGso");
	if (current->offload)
		current->offload("gso", offload);
}

static NTSTATUS set_moderation(NETADAPTER, const struct netcx_interrupt_moderation *)
{
	return current->event("SetModeration");
}

static NTSTATUS set_queue_moderation(NETADAPTER, UINT32 queue,
				     const struct netcx_interrupt_moderation *moderation)
{
	return current->event("SetQueueModeration " + std::to_string(queue) + ": " +
			      std::to_string(moderation->RxMicroseconds));
}

static void read_statistics(NETADAPTER, UINT64 *values)
{
	current->event("ReadStatistics");
	values[0] = 11;
	values[1] = 22;
}

static void set_address(NETADAPTER, const NET_ADAPTER_LINK_LAYER_ADDRESS *)
{
	current->event("SetAddress");
}

static NTSTATUS declare_extras(NETADAPTER adapter)
{
	static const char *const names[] = {"first", "second"};
	netcx_interrupt_moderation_capabilities moderation = {};
	netcx_statistics_config statistics = {};
	NTSTATUS status;

	moderation.Size = sizeof(moderation);
	moderation.Initial = {10, 10};
	moderation.MaximumRxMicroseconds = 100;
	moderation.MaximumTxMicroseconds = 100;
	moderation.RxTxShared = TRUE;
	moderation.Set = set_moderation;
	moderation.SetQueue = set_queue_moderation;
	status = netcx_adapter_set_interrupt_moderation(adapter, &moderation);
	if (!NT_SUCCESS(status))
		return status;
	statistics.Size = sizeof(statistics);
	statistics.Names = names;
	statistics.Count = 2;
	statistics.Read = read_statistics;
	status = netcx_adapter_set_statistics(adapter, &statistics);
	if (!NT_SUCCESS(status))
		return status;
	return netcx_adapter_set_address_callback(adapter, set_address);
}

static void declare_offloads(NETADAPTER adapter)
{
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES tx;
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES rx;
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;

	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
		&tx, NetAdapterOffloadLayer3FlagIPv4NoOptions, set_tx_checksum);
	tx.Layer4Flags = NetAdapterOffloadLayer4FlagTcpNoOptions;
	NetAdapterOffloadSetTxChecksumCapabilities(adapter, &tx);
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(&rx, set_rx_checksum);
	NetAdapterOffloadSetRxChecksumCapabilities(adapter, &rx);
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(&gso, NetAdapterOffloadLayer3FlagIPv4NoOptions,
						  NetAdapterOffloadLayer4FlagTcpNoOptions, 65536, 2,
						  set_gso);
	NetAdapterOffloadSetGsoCapabilities(adapter, &gso);
}

static void declare_receive_filter(NETADAPTER adapter)
{
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES filter;

	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&filter, set_receive_filter);
	filter.SupportedPacketFilters = NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast |
					NetPacketFilterFlagMulticast;
	filter.MaximumMulticastAddresses = 4;
	NetAdapterSetReceiveFilterCapabilities(adapter, &filter);
}

NTSTATUS CoreClient::declare_capabilities()
{
	static const UCHAR mac[6] = {2, 0, 0, 0, 0, 1};
	NET_ADAPTER_LINK_LAYER_CAPABILITIES link_layer;
	NET_ADAPTER_LINK_LAYER_ADDRESS address;
	NET_ADAPTER_DMA_CAPABILITIES dma;
	NET_ADAPTER_TX_CAPABILITIES tx;
	NET_ADAPTER_RX_CAPABILITIES rx;

	NET_ADAPTER_DMA_CAPABILITIES_INIT(&dma, enabler);
	NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(&tx, &dma, 1);
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(&rx, &dma, 2048, 1);
	if (datapath)
		datapath(tx, rx);
	if (!omitted.count("datapath"))
		NetAdapterSetDataPathCapabilities(adapter, &tx, &rx);
	NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&link_layer, 1000000000, 1000000000);
	if (!omitted.count("link layer"))
		NetAdapterSetLinkLayerCapabilities(adapter, &link_layer);
	if (!omitted.count("mtu"))
		NetAdapterSetLinkLayerMtuSize(adapter, 1500);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, sizeof(mac), mac);
	NetAdapterSetPermanentLinkLayerAddress(adapter, &address);
	if (!omitted.count("receive filter"))
		declare_receive_filter(adapter);
	if (!omitted.count("offloads"))
		declare_offloads(adapter);
	if (declare)
		declare(adapter);
	return declare_extras(adapter);
}

NTSTATUS CoreClient::start_adapter()
{
	start_status = NetAdapterStart(adapter);
	return start_status;
}

NTSTATUS CoreClient::prepare(WDFCMRESLIST, WDFCMRESLIST translated)
{
	const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar = WdfCmResourceListGetDescriptor(translated, 0);
	NTSTATUS status = event("PrepareHardware");

	if (!NT_SUCCESS(status))
		return status;
	if (!bar || bar->Type != CmResourceTypeMemory)
		return STATUS_RESOURCE_TYPE_NOT_FOUND;
	registers = MmMapIoSpaceEx(bar->u.Memory.Start, 4096, PAGE_READWRITE | PAGE_NOCACHE);
	if (!registers)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (!interrupts_in_device_add)
		status = create_interrupts();
	if (NT_SUCCESS(status) && start_in != StartIn::device_add)
		status = declare_capabilities();
	if (NT_SUCCESS(status) && start_in == StartIn::prepare_hardware)
		status = start_adapter();
	return status;
}

/* ---- queues ---- */

static std::string queue_event(NETPACKETQUEUE queue, const char *event)
{
	return std::string(queue_context(queue)->name) + " " + event;
}

static void return_everything(NETPACKETQUEUE queue)
{
	for (UINT32 i = 0; i < 2; i++) {
		NET_RING *ring = queue_context(queue)->rings->Rings[i];

		ring->BeginIndex = ring->EndIndex;
	}
}

static void queue_start(NETPACKETQUEUE queue)
{
	current->event(queue_event(queue, "Start"));
	if (current->queue_started)
		current->queue_started(queue);
}

static void queue_stop(NETPACKETQUEUE queue)
{
	current->event(queue_event(queue, "Stop"));
}

static void queue_advance(NETPACKETQUEUE queue)
{
	return_everything(queue);
}

static void queue_set_notification(NETPACKETQUEUE, BOOLEAN)
{
}

static void queue_cancel(NETPACKETQUEUE queue)
{
	current->event(queue_event(queue, "Cancel"));
}

static void queue_cleanup(WDFOBJECT object)
{
	current->event(queue_event(static_cast<NETPACKETQUEUE>(object), "Cleanup"));
}

static void queue_destroy(WDFOBJECT object)
{
	current->event(queue_event(static_cast<NETPACKETQUEUE>(object), "Destroy"));
}

static void prepare_queue(WDF_OBJECT_ATTRIBUTES *attributes, NET_PACKET_QUEUE_CONFIG *config)
{
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(attributes, QueueContext);
	attributes->EvtCleanupCallback = queue_cleanup;
	attributes->EvtDestroyCallback = queue_destroy;
	NET_PACKET_QUEUE_CONFIG_INIT(config, queue_advance, queue_set_notification, queue_cancel);
	config->EvtStart = queue_start;
	config->EvtStop = queue_stop;
	if (current->queue_config)
		current->queue_config(*config);
}

/* The queue has memory and DMA memory of its own, as those of real clients. */
static NTSTATUS finish_queue(NETPACKETQUEUE queue)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFCOMMONBUFFER buffer;
	WDFMEMORY memory;
	NTSTATUS status;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = queue;
	status = WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 100, &memory, nullptr);
	if (NT_SUCCESS(status))
		status = WdfCommonBufferCreate(current->enabler, 4096, &attributes, &buffer);
	if (!NT_SUCCESS(status))
		return status;
	return current->event(queue_event(queue, "Create"));
}

NTSTATUS CoreClient::create_tx_queue(NETTXQUEUE_INIT *init)
{
	const ULONG id = NetTxQueueInitGetQueueId(init);
	WDF_OBJECT_ATTRIBUTES attributes;
	NET_PACKET_QUEUE_CONFIG config;
	NET_EXTENSION_QUERY query;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	prepare_queue(&attributes, &config);
	status = NetTxQueueCreate(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;

	QueueContext *context = queue_context(queue);
	snprintf(context->name, sizeof(context->name), "tx%u", id);
	context->transmit = true;
	context->rings = NetTxQueueGetRingCollection(queue);
	NET_EXTENSION_QUERY_INIT(&query, NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME,
				 NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1,
				 NetExtensionTypeFragment);
	NetTxQueueGetExtension(queue, &query, &context->virtual_address);
	if (tx_queue_created)
		tx_queue_created(queue);
	return finish_queue(queue);
}

NTSTATUS CoreClient::create_rx_queue(NETRXQUEUE_INIT *init)
{
	const ULONG id = NetRxQueueInitGetQueueId(init);
	WDF_OBJECT_ATTRIBUTES attributes;
	NET_PACKET_QUEUE_CONFIG config;
	NET_EXTENSION_QUERY query;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	prepare_queue(&attributes, &config);
	status = NetRxQueueCreate(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;

	QueueContext *context = queue_context(queue);
	snprintf(context->name, sizeof(context->name), "rx%u", id);
	context->rings = NetRxQueueGetRingCollection(queue);
	NET_EXTENSION_QUERY_INIT(&query, NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME,
				 NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1,
				 NetExtensionTypeFragment);
	NetRxQueueGetExtension(queue, &query, &context->virtual_address);
	return finish_queue(queue);
}

/* ---- fixture ---- */

CoreFixture::CoreFixture()
{
	os.reset();
	hardware.bars.push_back(std::make_shared<fake::Registers>(4096));
	hardware.vectors = 2;
}

/* Whatever a test did: nothing stays behind, and nothing was done that an OS would choke on. */
CoreFixture::~CoreFixture()
{
	finish();
	EXPECT_EQ(os.live(), 0u) << os.live_kinds();
	EXPECT_EQ(os.violations, std::vector<std::string>());
	os.reset();
}

int CoreFixture::register_driver()
{
	if (driver)
		return 0;
	return netcx_core_driver_create("client", "1.0", CoreClient::driver_entry, driver_defaults,
					&driver);
}

int CoreFixture::add()
{
	int error = register_driver();

	if (!error && !device)
		error = netcx_core_device_add(driver, &hardware, &device);
	return error;
}

int CoreFixture::start()
{
	int error = add();

	if (!error && !started) {
		error = hardware.state ? netcx_core_state_start(hardware.state, device)
				       : netcx_core_device_start(device);
		started = !error;
	}
	return error;
}

int CoreFixture::open()
{
	int error = start();

	return error ? error : interface()->open();
}

void CoreFixture::expect_events(const Events &expected, std::source_location where)
{
	const ::testing::ScopedTrace trace(where.file_name(), static_cast<int>(where.line()), "");

	EXPECT_EQ(client.take_events(), expected);
}

void CoreFixture::finish()
{
	if (hardware.state)
		netcx_core_state_event(hardware.state, NETCX_DEVICE_STOP, FALSE);
	else if (started)
		netcx_core_device_stop(device);
	started = false;
	if (device)
		netcx_core_device_remove(device);
	device = nullptr;
	if (hardware.state)
		netcx_core_state_destroy(hardware.state);
	hardware.state = nullptr;
	if (driver)
		netcx_core_driver_destroy(driver);
	driver = nullptr;
}

void CoreFixture::with_state()
{
	hardware.state = netcx_core_state_create(&hardware);
	ASSERT_NE(hardware.state, nullptr);
}

} // namespace unit

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A client driver for the tests of module/core: it does what a NIC's driver does, tells every step,
 * and errs where a test wants it to.
 */
#ifndef NETCX_UNIT_CORE_CLIENT_H
#define NETCX_UNIT_CORE_CLIENT_H

#include <functional>
#include <set>
#include <source_location>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <netcx/netadaptercx.h>
#include <netcx/netcx_adapter_ext.h>

#include "core.h"
#include "os/fake_os.h"

namespace unit
{

class CoreClient
{
public:
	CoreClient();
	~CoreClient();

	/* The one that exists. The callbacks have no other way to it. */
	static CoreClient &get();
	static NTSTATUS driver_entry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path);

	/* What it was called for, in order. Queues' callbacks have the queue's name: "tx0 Start". */
	std::vector<std::string> events;
	/* Forgets the events so far, and returns them. */
	std::vector<std::string> take_events();
	bool has_event(const std::string &event) const;

	/* Callbacks that fail with failure; names as in events. */
	std::set<std::string> failing;
	NTSTATUS failure = STATUS_DEVICE_DATA_ERROR;

	/* ---- what it declares; tests change it before the device is added ---- */

	enum class StartIn { device_add, prepare_hardware, d0_entry, never };
	StartIn start_in = StartIn::prepare_hardware;
	bool interrupts_in_device_add = true;
	UINT32 interrupts = 2;
	bool self_managed_io = true;
	/* Called in PrepareHardware before the adapter is started. */
	std::function<void(NET_ADAPTER_TX_CAPABILITIES &, NET_ADAPTER_RX_CAPABILITIES &)> datapath;
	std::function<void(NETADAPTER)> declare;
	/*
	 * Steps of the declaration that it leaves out: "datapath", "link layer", "mtu", "receive
	 * filter", "offloads".
	 */
	std::set<std::string> omitted;
	/* Instead of creating a queue properly. */
	std::function<NTSTATUS(NETTXQUEUE_INIT *)> create_tx;
	std::function<NTSTATUS(NETRXQUEUE_INIT *)> create_rx;
	/* Called in DriverEntry when there is a driver. */
	std::function<void()> driver_created;
	/* In its cleanup callback. */
	std::function<void()> driver_cleaned;
	/* Called in DeviceAdd before the device is created, and before each queue is. */
	std::function<void(PWDFDEVICE_INIT)> device_init;
	std::function<void(NET_PACKET_QUEUE_CONFIG &)> queue_config;
	/* In DeviceAdd when there is a device, in its cleanup callback, in ReleaseHardware. */
	std::function<void()> device_created;
	std::function<void()> device_cleaned_up;
	std::function<void()> released;
	/* Before the adapter is created from it, and when there is a tx queue. */
	std::function<void(NETADAPTER_INIT *)> adapter_init;
	std::function<void(NETPACKETQUEUE)> tx_queue_created;
	/* Within EvtStart of a queue. */
	std::function<void(NETPACKETQUEUE)> queue_started;
	/* In the interrupts' service routine and DPC. */
	std::function<BOOLEAN(WDFINTERRUPT, ULONG)> isr;
	std::function<void(WDFINTERRUPT)> dpc;
	/* In EvtDeviceSelfManagedIoInit, when the interface is there. */
	std::function<void()> io_init;
	std::function<void(NETRECEIVEFILTER)> receive_filter;
	std::function<void(const char *group, NETOFFLOAD)> offload;

	/* ---- what it has ---- */

	PDRIVER_OBJECT driver_object = nullptr;
	WDFDRIVER driver = nullptr;
	WDFDEVICE device = nullptr;
	NETADAPTER adapter = nullptr;
	WDFDMAENABLER enabler = nullptr;
	std::vector<WDFINTERRUPT> interrupt_handles;
	void *registers = nullptr;
	NTSTATUS start_status = STATUS_PENDING;

	/* ---- its steps ---- */

	NTSTATUS event(const std::string &name);
	NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init);
	NTSTATUS create_adapter();
	/* Frees @init. */
	NTSTATUS create_adapter_from(NETADAPTER_INIT *init);
	NTSTATUS create_interrupts();
	NTSTATUS prepare(WDFCMRESLIST raw, WDFCMRESLIST translated);
	NTSTATUS declare_capabilities();
	NTSTATUS start_adapter();
	NTSTATUS create_tx_queue(NETTXQUEUE_INIT *init);
	NTSTATUS create_rx_queue(NETRXQUEUE_INIT *init);
};

/* What every queue of the client remembers. */
struct QueueContext {
	char name[8];
	NET_RING_COLLECTION const *rings;
	NET_EXTENSION virtual_address;
	bool transmit;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QueueContext, queue_context);

/* The client, a device for it, and the life of both, up to where the test wants it. */
class CoreFixture : public ::testing::Test
{
protected:
	CoreFixture();
	~CoreFixture() override;

	/* Each does all before it, too. They return 0 or the error. */
	/* What configurations begin with; to be set before the driver is registered. */
	const netcx_configuration_default *driver_defaults = nullptr;
	int register_driver();
	int add();
	int start();
	int open();

	/* Undoes as much as was done. */
	void finish();

	/*
	 * From before add(): the device has a state, which start() and finish() tell; without one the
	 * test drives module/core itself.
	 */
	void with_state();

	fake::Os &os = fake::Os::get();
	netcx_os_device hardware;
	CoreClient client;
	netcx_driver *driver = nullptr;
	netcx_device *device = nullptr;
	bool started = false;

	/* What the client was called for since the last time it was asked. */
	void expect_events(const std::vector<std::string> &expected,
			   std::source_location where = std::source_location::current());

	fake::Interface *interface()
	{
		return fake::Interface::all().empty() ? nullptr : fake::Interface::all()[0];
	}
};

using Events = std::vector<std::string>;

} // namespace unit

#endif /* NETCX_UNIT_CORE_CLIENT_H */

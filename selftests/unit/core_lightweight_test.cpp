// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Adapters without a device: they belong to the driver.

#include "core_client.h"

namespace
{

using namespace unit;

class CoreLightweight : public CoreFixture
{
protected:
	CoreLightweight()
	{
		client.driver_created = [this] {
			status = make();
		};
		client.create_tx = [](NETTXQUEUE_INIT *init) {
			NET_PACKET_QUEUE_CONFIG config;
			NETPACKETQUEUE queue;

			set_up(&config);
			return NetTxQueueCreate(init, nullptr, &config, &queue);
		};
		client.create_rx = [](NETRXQUEUE_INIT *init) {
			NET_PACKET_QUEUE_CONFIG config;
			NETPACKETQUEUE queue;

			set_up(&config);
			return NetRxQueueCreate(init, nullptr, &config, &queue);
		};
		client.datapath = [](NET_ADAPTER_TX_CAPABILITIES &tx,
				     NET_ADAPTER_RX_CAPABILITIES &rx) {
			NET_ADAPTER_TX_CAPABILITIES_INIT(&tx, 1);
			NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(&rx, 2048, 1);
		};
	}

	static void set_up(NET_PACKET_QUEUE_CONFIG *config)
	{
		NET_PACKET_QUEUE_CONFIG_INIT(
			config, [](NETPACKETQUEUE) {}, [](NETPACKETQUEUE, BOOLEAN) {},
			[](NETPACKETQUEUE) { CoreClient::get().event("Cancel"); });
	}

	/* What a driver does in DriverEntry. */
	NTSTATUS make()
	{
		static const GUID guid = {1, 2, 3, {4}};
		NETADAPTER_INIT *init = NetAdapterLightweightInitAllocate(&guid);
		NTSTATUS result;

		if (!init)
			return STATUS_INSUFFICIENT_RESOURCES;
		result = client.create_adapter_from(init);
		if (NT_SUCCESS(result))
			result = client.declare_capabilities();
		return NT_SUCCESS(result) ? NetAdapterStart(client.adapter) : result;
	}

	NTSTATUS status = STATUS_PENDING;
};

TEST_F(CoreLightweight, ItsInterfaceIsThereAtOnceAndGoesWithTheDriver)
{
	ASSERT_EQ(register_driver(), 0);
	ASSERT_EQ(status, STATUS_SUCCESS);
	ASSERT_NE(interface(), nullptr);
	EXPECT_EQ(interface()->adapter->os_device->name, "client.lightweight");
	ASSERT_EQ(interface()->open(), 0);
	NetDeviceRequestReset(nullptr);
	/* The fixture unloads the driver, and looks at what is left. */
}

TEST_F(CoreLightweight, ItCanBeDeletedBefore)
{
	ASSERT_EQ(register_driver(), 0);
	ASSERT_EQ(interface()->open(), 0);
	WdfObjectDelete(client.adapter);
	EXPECT_TRUE(client.has_event("Cancel"));
	EXPECT_EQ(fake::Interface::all().size(), 0u);
}

TEST_F(CoreLightweight, SeveralStandBesideEachOtherAndADevice)
{
	client.driver_created = [this] {
		status = make();
		if (NT_SUCCESS(status))
			status = make();
	};
	ASSERT_EQ(register_driver(), 0);
	EXPECT_EQ(status, STATUS_SUCCESS);
	EXPECT_EQ(fake::Interface::all().size(), 2u);
	EXPECT_NE(fake::Interface::all()[0]->adapter->os_device,
		  fake::Interface::all()[1]->adapter->os_device);
	client.create_tx = nullptr;
	client.create_rx = nullptr;
	client.datapath = nullptr;
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(fake::Interface::all().size(), 3u);
}

TEST_F(CoreLightweight, AReset)
{
	ASSERT_EQ(register_driver(), 0);
	ASSERT_EQ(interface()->open(), 0);
	netcx_device *hidden = interface()->adapter->os_device->lightweight;

	netcx_core_device_power_down(hidden);
	EXPECT_TRUE(client.has_event("Cancel"));
	EXPECT_EQ(netcx_core_device_power_up(hidden), 0);
	EXPECT_TRUE(interface()->is_open());
	/* It is started as before. */
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
	netcx_core_device_power_down(hidden);
	EXPECT_EQ(netcx_core_device_power_up(hidden), 0);
	EXPECT_EQ(fake::Interface::all().size(), 1u);
}

/* Its driver is being unloaded, so that there is nothing it could belong to. */
TEST_F(CoreLightweight, OneThatComesTooLateLeavesNothing)
{
	client.driver_created = [this] {
		WDF_OBJECT_ATTRIBUTES attributes;
		WDFSPINLOCK lock;

		WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
		attributes.ParentObject = client.driver;
		attributes.EvtCleanupCallback = [](WDFOBJECT) {
			const GUID guid = {};

			EXPECT_EQ(NetAdapterLightweightInitAllocate(&guid), nullptr);
			CoreClient::get().event("too late");
		};
		status = WdfSpinLockCreate(&attributes, &lock);
	};
	ASSERT_EQ(register_driver(), 0);
	ASSERT_EQ(status, STATUS_SUCCESS);
	finish();
	EXPECT_TRUE(client.has_event("too late"));
	EXPECT_EQ(os.live(), 0u) << os.live_kinds();
}

/* ---- its state, with a client that never returns what it is to send ---- */

class CoreLightweightStuck : public CoreLightweight
{
protected:
	/* Open, with packets that the client keeps, whatever it is asked. */
	void reach()
	{
		ASSERT_EQ(register_driver(), 0);
		ASSERT_EQ(interface()->open(), 0);
		give();
	}

	void give()
	{
		interface()->tx[0]->packets->EndIndex = 3;
		interface()->tx[0]->fragments->EndIndex = 3;
	}

	netcx_os_device *os_device() { return interface()->adapter->os_device; }

	netcx_device_state_name state() { return netcx_core_state_name(os_device()->state); }

	bool request(enum netcx_device_event event)
	{
		return netcx_core_state_request(os_device()->state, event);
	}

	/* Its tx queue went down while it had packets, and that is all that is wrong. */
	void expect_undrained()
	{
		EXPECT_EQ(os.violations, Events{"a cancelled queue did not drain"});
		os.violations.clear();
	}
};

TEST_F(CoreLightweightStuck, AResetMakesItsQueuesAnew)
{
	reach();
	ASSERT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	expect_undrained();
	EXPECT_EQ(state(), NETCX_DEVICE_ON);
	EXPECT_EQ(os_device()->resets_counted, 1u);
	ASSERT_EQ(interface()->tx.size(), 1u);
	EXPECT_EQ(interface()->tx[0]->packets->EndIndex, 0u);
}

TEST_F(CoreLightweightStuck, AHaltTakesItsQueues)
{
	reach();
	ASSERT_EQ(netcx_core_state_event(os_device()->state, NETCX_DEVICE_VERIFY, TRUE), 0);
	expect_undrained();
	EXPECT_TRUE(os_device()->verified);
	give();
	ASSERT_TRUE(request(NETCX_DEVICE_HALT));
	os.run_pending();
	expect_undrained();
	EXPECT_EQ(state(), NETCX_DEVICE_HALTED);
	EXPECT_EQ(os_device()->halts_reported, 1u);
	EXPECT_TRUE(interface()->tx.empty());
	/* Its driver is unloaded as it is. */
}

class CoreLightweightPending : public CoreLightweightStuck,
			       public ::testing::WithParamInterface<enum netcx_device_event>
{
};

/* What was asked for goes with it, and its worker too: there is nothing left to run. */
TEST_P(CoreLightweightPending, ItIsUnloaded)
{
	reach();
	ASSERT_TRUE(request(GetParam()));
	finish();
	expect_undrained();
	EXPECT_EQ(os.live(), 0u) << os.live_kinds();
	client.take_events();
	os.run_pending();
	expect_events({});
}

/* The adapter goes, what stands in for its device stays: it has nothing to take down any more. */
TEST_P(CoreLightweightPending, ItsAdapterIsDeleted)
{
	reach();
	netcx_os_device *const hidden = os_device();

	ASSERT_TRUE(request(GetParam()));
	WdfObjectDelete(client.adapter);
	expect_undrained();
	EXPECT_EQ(interface(), nullptr);
	client.take_events();
	os.run_pending();
	expect_events({});
	EXPECT_EQ(netcx_core_state_name(hidden->state),
		  GetParam() == NETCX_DEVICE_HALT ? NETCX_DEVICE_HALTED : NETCX_DEVICE_ON);
}

/* A client asks for it while it is let go, as one may in any callback. */
TEST_P(CoreLightweightPending, ItIsAskedForWhileItIsUnloaded)
{
	reach();
	netcx_os_device *const hidden = os_device();
	netcx_device_state *const state = hidden->state;
	UINT32 asked = 0;

	interface()->queues_stopped = [&] {
		asked++;
		netcx_core_state_request(state, GetParam());
	};
	finish();
	expect_undrained();
	EXPECT_EQ(asked, 1u);
	EXPECT_EQ(os.live(), 0u) << os.live_kinds();
	os.run_pending();
}

INSTANTIATE_TEST_SUITE_P(Requests, CoreLightweightPending,
			 ::testing::Values(NETCX_DEVICE_RESET, NETCX_DEVICE_HALT),
			 [](const auto &info) {
				 return info.param == NETCX_DEVICE_HALT ? "Halt" : "Reset";
			 });

TEST_F(CoreLightweight, AnInitThatIsNotUsedLeavesNothing)
{
	client.driver_created = [] {
		const GUID guid = {};
		NETADAPTER_INIT *init = NetAdapterLightweightInitAllocate(&guid);

		ASSERT_NE(init, nullptr);
		NetAdapterInitFree(init);
	};
	ASSERT_EQ(register_driver(), 0);
	EXPECT_EQ(os.live_kinds().find("lightweight"), std::string::npos);
}

TEST_F(CoreLightweight, ItIsMadeInCallbacksOnly)
{
	const GUID guid = {};

	client.driver_created = [] {
		EXPECT_EQ(NetAdapterLightweightInitAllocate(nullptr), nullptr);
	};
	EXPECT_EQ(NetAdapterLightweightInitAllocate(&guid), nullptr);
	ASSERT_EQ(register_driver(), 0);
	EXPECT_EQ(NetAdapterLightweightInitAllocate(&guid), nullptr);
	EXPECT_EQ(os.lines_with("was called outside of a driver's callbacks"), 2u);
	EXPECT_EQ(os.lines_with("NetworkInterfaceGuid is NULL"), 1u);
}

TEST_F(CoreLightweight, EveryFailureIsUndone)
{
	for (UINT64 n = 1;; n++) {
		os.fail_nth(n);
		const int error = register_driver();
		os.fail_nth(0);
		if (!error && NT_SUCCESS(status))
			break;
		/* The client goes on without its adapter. */
		if (!error) {
			EXPECT_EQ(fake::Interface::all().size(), 0u) << n;
			finish();
		}
		EXPECT_EQ(os.live(), 0u) << n << ": " << os.live_kinds();
		ASSERT_LT(n, 100u);
	}
	EXPECT_EQ(fake::Interface::all().size(), 1u);
}

} // namespace

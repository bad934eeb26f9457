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
}

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

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// hw/skeleton: it loads, starts, takes packets, sleeps, stops and goes, as every client does.

#include <gtest/gtest.h>

#include "os/paths.h"

#include <netcx/netadaptercx.h>

extern "C" DRIVER_INITIALIZE DriverEntry;

namespace
{

/* The driver and a device of it on the virtual bus, as module/linux makes them. */
class Skeleton : public ::testing::Test
{
protected:
	Skeleton() { os.reset(); }

	/* Whatever a test did: nothing stays behind, and nobody has anything to say. */
	~Skeleton() override
	{
		unload();
		EXPECT_EQ(os.live(), 0u) << os.live_kinds();
		EXPECT_EQ(os.violations, std::vector<std::string>());
		for (const netcx_violation &broken : os.broken_rules)
			ADD_FAILURE() << netcx_verifier_rule_name(broken.rule);
		EXPECT_TRUE(os.broken_calls.empty());
		os.reset();
	}

	/*
	 * Each does what is before it, too; 0 or an error, after which unload() is all there is to
	 * do.
	 */
	int load()
	{
		hardware.name = "netcx_skeleton.0";
		hardware.vectors = 0;
		return driver ? 0
			      : netcx_core_driver_create("netcx_skeleton", "1.0", DriverEntry,
							 nullptr, &driver);
	}

	int start()
	{
		int error = load();

		if (!error)
			error = netcx_core_device_add(driver, &hardware, &device);
		if (!error)
			error = netcx_core_device_start(device);
		if (error)
			return error;
		started = true;
		interface = fake::Interface::all().back();
		interface->adapter->verified = true;
		return 0;
	}

	int open()
	{
		int error = start();

		if (!error)
			error = interface->open();
		if (!error)
			make_paths();
		return error;
	}

	void close()
	{
		interface->close();
		drop_paths();
	}

	void unload()
	{
		if (started)
			netcx_core_device_stop(device);
		started = false;
		drop_paths();
		if (device)
			netcx_core_device_remove(device);
		device = nullptr;
		if (driver)
			netcx_core_driver_destroy(driver);
		driver = nullptr;
	}

	void make_paths()
	{
		tx = std::make_unique<fake::TxPath>(&hardware, interface->tx[0]);
		rx = std::make_unique<fake::RxPath>(&hardware, interface->rx[0], 2048);
	}

	void drop_paths()
	{
		tx.reset();
		rx.reset();
	}

	bool link_is_up() const
	{
		return interface->adapter->link.MediaConnectState == MediaConnectStateConnected;
	}

	/* A packet of two fragments goes out and comes back, and nothing comes in. */
	void expect_traffic()
	{
		fake::Packet packet;
		UINT32 count = 0;

		packet.fragments = {fake::Bytes(60, 0xab), fake::Bytes(40, 0xcd)};
		ASSERT_TRUE(tx->put(packet));
		tx->advance();
		ASSERT_TRUE(tx->take_back(&count));
		EXPECT_EQ(count, 1u);
		EXPECT_EQ(tx->fragments_out(), 0u);
		EXPECT_TRUE(rx->poll().empty());
	}

	/* As ethtool -S says them. */
	std::map<std::string, UINT64> statistics() const
	{
		const netcx_statistics_config &config = interface->adapter->statistics;
		std::vector<UINT64> values(config.Count);
		std::map<std::string, UINT64> all;

		netcx_core_adapter_read_statistics(interface->adapter, values.data());
		for (UINT32 i = 0; i < config.Count; i++)
			all[config.Names[i]] = values[i];
		return all;
	}

	fake::Os &os = fake::Os::get();
	netcx_os_device hardware;
	netcx_driver *driver = nullptr;
	netcx_device *device = nullptr;
	bool started = false;
	fake::Interface *interface = nullptr;
	std::unique_ptr<fake::TxPath> tx;
	std::unique_ptr<fake::RxPath> rx;
};

TEST_F(Skeleton, SendsAndStops)
{
	ASSERT_EQ(open(), 0) << os.whole_log();
	EXPECT_TRUE(link_is_up());
	expect_traffic();
	expect_traffic();
	EXPECT_EQ(statistics(), (std::map<std::string, UINT64>{{"skeleton_tx_packets", 2},
							       {"skeleton_tx_bytes", 200}}));
	close();
	ASSERT_EQ(interface->open(), 0);
	make_paths();
	expect_traffic();
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

TEST_F(Skeleton, IgnoredPacketsAreNotSent)
{
	fake::Packet packet;
	UINT32 count = 0;

	ASSERT_EQ(open(), 0) << os.whole_log();
	packet.ignore = true;
	ASSERT_TRUE(tx->put(packet));
	tx->advance();
	ASSERT_TRUE(tx->take_back(&count));
	EXPECT_EQ(count, 1u);
	EXPECT_EQ(statistics()["skeleton_tx_packets"], 0u);
}

TEST_F(Skeleton, SleepsAndWakes)
{
	ASSERT_EQ(open(), 0) << os.whole_log();
	netcx_core_device_power_down(device);
	drop_paths();
	EXPECT_FALSE(link_is_up());
	ASSERT_EQ(netcx_core_device_power_up(device), 0);
	EXPECT_TRUE(link_is_up());
	make_paths();
	expect_traffic();
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

TEST_F(Skeleton, ReturnsEverythingWhenItStops)
{
	ASSERT_EQ(open(), 0) << os.whole_log();
	interface->queues_stopped = [this] {
		EXPECT_TRUE(rx->owns_everything());
	};
	rx->refill();
	rx->advance();
	close();
}

/* Everything that can fail does, once: it is said, and nothing is left. */
TEST_F(Skeleton, EveryAllocationFails)
{
	static constexpr UINT64 fewest = 10, most = 200;
	bool all = false;

	for (UINT64 nth = 1; !all; nth++) {
		ASSERT_LT(nth, most);
		os.reset();
		os.fail_nth(nth);

		int error = start();

		if (!error)
			error = interface->open();
		all = os.attempts() < nth;
		os.fail_nth(0);
		ASSERT_TRUE(!all || nth > fewest);
		EXPECT_EQ(error == 0, all) << nth << '\n' << os.whole_log();
		EXPECT_EQ(os.errors() == 0, all) << nth << '\n' << os.whole_log();
		unload();
		EXPECT_EQ(os.live(), 0u) << nth << ' ' << os.live_kinds();
	}
}

} // namespace

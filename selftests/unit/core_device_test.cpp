// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A device's life: the order of callbacks, and that whatever fails leaves nothing behind.

#include "core_client.h"
#include "os/fake_mutex.h"

#include <algorithm>
#include <cerrno>

namespace
{

using namespace unit;

class CoreDevice : public CoreFixture
{
};

Events operator+(Events a, const Events &b)
{
	a.insert(a.end(), b.begin(), b.end());
	return a;
}

const Events up_to_d0 = {"DriverEntry", "DeviceAdd", "PrepareHardware", "D0Entry D3Final"};
const Events interrupts_on = {"InterruptEnable 0", "InterruptEnable 1"};
const Events interrupts_off = {"InterruptDisable 0", "InterruptDisable 1"};
const Events offloads = {"SetTxChecksum", "SetRxChecksum", "SetGso"};
const Events to_the_end = {"device Cleanup", "device Destroy", "Unload", "driver Cleanup",
			   "driver Destroy"};

TEST_F(CoreDevice, CallbacksOfAWholeLifeComeInOrder)
{
	ASSERT_EQ(start(), 0);
	expect_events(up_to_d0 + interrupts_on + Events{"D0EntryPostInterruptsEnabled"} + offloads +
		      Events{"SelfManagedIoInit"});

	ASSERT_EQ(open(), 0);
	expect_events((Events{"tx0 Create", "rx0 Create", "tx0 Start", "rx0 Start"}));

	finish();
	expect_events((Events{"SelfManagedIoSuspend", "tx0 Cancel", "rx0 Cancel", "tx0 Stop",
			      "rx0 Stop", "tx0 Cleanup", "tx0 Destroy", "rx0 Cleanup",
			      "rx0 Destroy", "D0ExitPreInterruptsDisabled"}) +
		      interrupts_off +
		      Events{"D0Exit D3Final", "ReleaseHardware", "SelfManagedIoFlush",
			     "SelfManagedIoCleanup"} +
		      to_the_end);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreDevice, PowerDownTakesTheQueuesAndPowerUpBringsThemBack)
{
	ASSERT_EQ(open(), 0);
	client.take_events();

	netcx_core_device_power_down(device);
	expect_events((Events{"SelfManagedIoSuspend", "tx0 Cancel", "rx0 Cancel", "tx0 Stop",
			      "rx0 Stop", "tx0 Cleanup", "tx0 Destroy", "rx0 Cleanup",
			      "rx0 Destroy", "D0ExitPreInterruptsDisabled"}) +
		      interrupts_off + Events{"D0Exit D3Final", "ReleaseHardware"});
	EXPECT_TRUE(hardware.irqs.empty());
	EXPECT_NE(interface(), nullptr);

	ASSERT_EQ(netcx_core_device_power_up(device), 0);
	expect_events(Events{"PrepareHardware", "D0Entry D3Final"} + interrupts_on +
		      Events{"D0EntryPostInterruptsEnabled"} + offloads +
		      Events{"tx0 Create", "rx0 Create", "tx0 Start", "rx0 Start",
			     "SelfManagedIoRestart"});
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreDevice, StoppedWhilePoweredDownItIsNotTouchedAgain)
{
	ASSERT_EQ(open(), 0);
	netcx_core_device_power_down(device);
	client.take_events();

	finish();
	expect_events((Events{"SelfManagedIoFlush", "SelfManagedIoCleanup"}) + to_the_end);
}

TEST_F(CoreDevice, PowerUpThatFailsCanBeTriedAgain)
{
	ASSERT_EQ(open(), 0);
	netcx_core_device_power_down(device);
	client.take_events();

	client.failing = {"D0EntryPostInterruptsEnabled"};
	EXPECT_LT(netcx_core_device_power_up(device), 0);
	expect_events(Events{"PrepareHardware", "D0Entry D3Final"} + interrupts_on +
		      Events{"D0EntryPostInterruptsEnabled"} + interrupts_off +
		      Events{"D0Exit D3Final", "ReleaseHardware"});
	EXPECT_EQ(os.lines_with("D0EntryPostInterruptsEnabled"), 1u) << os.whole_log();

	client.failing.clear();
	EXPECT_EQ(netcx_core_device_power_up(device), 0);
	EXPECT_TRUE(client.has_event("rx0 Start"));
}

TEST_F(CoreDevice, PowerUpAndDownTwiceDoNothingTheSecondTime)
{
	ASSERT_EQ(start(), 0);
	client.take_events();
	EXPECT_EQ(netcx_core_device_power_up(device), 0);
	expect_events(Events());
	netcx_core_device_power_down(device);
	client.take_events();
	netcx_core_device_power_down(device);
	expect_events(Events());
}

TEST_F(CoreDevice, SurpriseRemovalIsToldFirst)
{
	ASSERT_EQ(start(), 0);
	client.take_events();
	netcx_core_device_surprise_removal(device);
	finish();
	EXPECT_EQ(client.take_events()[0], "SurpriseRemoval");
}

TEST_F(CoreDevice, StopAfterAFailedStartDoesNothing)
{
	client.failing = {"D0Entry D3Final"};
	EXPECT_LT(start(), 0);
	client.take_events();
	netcx_core_device_stop(device);
	expect_events(Events());
}

/* ---- failures, stage by stage ---- */

struct Stage {
	const char *failing;
	Events undone;
};

class CoreDeviceFailure : public CoreFixture, public ::testing::WithParamInterface<Stage>
{
};

TEST_P(CoreDeviceFailure, UndoesWhatWasDoneInReverse)
{
	const Stage &stage = GetParam();

	client.failing = {stage.failing};
	EXPECT_EQ(start(), netcx_core_errno(client.failure));
	finish();

	/* What comes after the one that failed. */
	Events rest;
	bool seen = false;
	for (const std::string &event : client.events) {
		if (seen)
			rest.push_back(event);
		seen |= event == stage.failing;
	}
	ASSERT_TRUE(seen);
	EXPECT_EQ(rest, stage.undone);
	EXPECT_EQ(os.errors(), 1u) << os.whole_log();
	EXPECT_EQ(os.lines_with("STATUS_DEVICE_DATA_ERROR"), 1u) << os.whole_log();
	EXPECT_EQ(fake::Interface::all().size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(
	Stages, CoreDeviceFailure,
	::testing::Values(Stage{"DriverEntry", {"driver Cleanup", "driver Destroy"}},
			  Stage{"DeviceAdd", to_the_end},
			  Stage{"PrepareHardware", Events{"ReleaseHardware"} + to_the_end},
			  Stage{"D0Entry D3Final", Events{"ReleaseHardware"} + to_the_end},
			  Stage{"InterruptEnable 0",
				Events{"D0Exit D3Final", "ReleaseHardware"} + to_the_end},
			  Stage{"InterruptEnable 1",
				Events{"InterruptDisable 0", "D0Exit D3Final", "ReleaseHardware"} +
					to_the_end},
			  Stage{"D0EntryPostInterruptsEnabled",
				interrupts_off + Events{"D0Exit D3Final", "ReleaseHardware"} +
					to_the_end},
			  Stage{"SelfManagedIoInit",
				Events{"D0ExitPreInterruptsDisabled"} + interrupts_off +
					Events{"D0Exit D3Final", "ReleaseHardware",
					       "SelfManagedIoFlush", "SelfManagedIoCleanup"} +
					to_the_end}));

/* The user may open the interface before the device's start is over. */
TEST_F(CoreDevice, AFailureWithTheInterfaceOpenClosesItBeforeTheHardwareStops)
{
	client.failing = {"SelfManagedIoInit"};
	client.io_init = [&] {
		EXPECT_EQ(interface()->open(), 0);
	};
	EXPECT_EQ(start(), -EIO);
	const auto at = [&](const char *event) {
		return std::find(client.events.begin(), client.events.end(), event);
	};
	EXPECT_LT(at("rx0 Destroy"), at("D0ExitPreInterruptsDisabled"));
	EXPECT_LT(at("D0ExitPreInterruptsDisabled"), at("ReleaseHardware"));
	EXPECT_EQ(fake::Interface::all().size(), 0u);
}

TEST_F(CoreDevice, ADeviceAddThatCreatesNoDeviceFails)
{
	ASSERT_EQ(netcx_core_driver_create(
			  "client", "1.0",
			  [](PDRIVER_OBJECT object, PUNICODE_STRING path) {
				  WDF_DRIVER_CONFIG config;

				  WDF_DRIVER_CONFIG_INIT(&config, [](WDFDRIVER, PWDFDEVICE_INIT) {
					  return STATUS_SUCCESS;
				  });
				  return WdfDriverCreate(object, path, nullptr, &config, nullptr);
			  },
			  nullptr, &driver),
		  0);
	EXPECT_EQ(netcx_core_device_add(driver, &hardware, &device), -EIO);
	EXPECT_EQ(os.lines_with("without WdfDeviceCreate"), 1u) << os.whole_log();
}

TEST_F(CoreDevice, ADriverEntryThatCreatesNoDriverFails)
{
	EXPECT_EQ(netcx_core_driver_create(
			  "client", "1.0",
			  [](PDRIVER_OBJECT, PUNICODE_STRING) { return STATUS_SUCCESS; }, nullptr,
			  &driver),
		  -EIO);
	EXPECT_EQ(os.lines_with("without WdfDriverCreate"), 1u) << os.whole_log();
}

/* ---- memory that runs out ---- */

TEST_F(CoreDevice, EveryAllocationMayFailAndNothingIsLeaked)
{
	UINT64 nth = 0;
	bool succeeded = false;

	while (!succeeded) {
		ASSERT_LT(++nth, 1000u);
		SCOPED_TRACE("failing number " + std::to_string(nth));
		os.log.clear();
		client.interrupts_in_device_add = nth % 2;
		os.fail_nth(nth);
		succeeded = open() == 0;
		/* What is tried later is the test's own way down, which needs nothing. */
		const bool injected = os.attempts() >= nth;
		os.fail_nth(0);
		finish();
		EXPECT_EQ(os.attempts(), 0u) << "allocated on the way down";
		EXPECT_EQ(succeeded, !injected);
		EXPECT_EQ(os.errors() > 0, injected) << os.whole_log();
		ASSERT_EQ(os.live(), 0u) << os.live_kinds();
		ASSERT_EQ(os.violations, std::vector<std::string>());
	}
	/* The loop has seen failures of everything there is. */
	EXPECT_GT(nth, 30u);
}

TEST_F(CoreDevice, EveryAllocationOfAPowerUpMayFail)
{
	ASSERT_EQ(open(), 0);
	for (UINT64 nth = 1;; nth++) {
		ASSERT_LT(nth, 1000u);
		SCOPED_TRACE("failing number " + std::to_string(nth));
		netcx_core_device_power_down(device);
		os.fail_nth(nth);
		const int error = netcx_core_device_power_up(device);
		const bool injected = os.attempts() >= nth;
		os.fail_nth(0);
		ASSERT_EQ(os.violations, std::vector<std::string>());
		if (!injected) {
			EXPECT_EQ(error, 0);
			EXPECT_TRUE(interface()->is_open());
			return;
		}
		/* Both do nothing if there is nothing left to do. */
		ASSERT_EQ(netcx_core_device_power_up(device), 0);
		ASSERT_EQ(interface()->is_open() ? 0 : interface()->open(), 0);
	}
}

/* ---- interrupts and resources ---- */

TEST_F(CoreDevice, InterruptsOfDeviceAddAreCountedAndGetTheirVectors)
{
	ASSERT_EQ(add(), 0);
	EXPECT_EQ(netcx_core_device_interrupts(device), 2u);
	ASSERT_EQ(start(), 0);

	std::vector<ULONG> seen;
	client.isr = [&](WDFINTERRUPT, ULONG message) {
		seen.push_back(message);
		return TRUE;
	};
	EXPECT_TRUE(hardware.raise(0));
	EXPECT_TRUE(hardware.raise(1));
	EXPECT_EQ(seen, (std::vector<ULONG>{0, 1}));

	WDF_INTERRUPT_INFO info;
	WDF_INTERRUPT_INFO_INIT(&info);
	WdfInterruptGetInfo(client.interrupt_handles[1], &info);
	EXPECT_TRUE(info.MessageSignaled);
	EXPECT_EQ(info.MessageNumber, 1u);
	EXPECT_EQ(info.Vector, 101u);
	EXPECT_EQ(info.Mode, Latched);
	EXPECT_EQ(WdfInterruptGetDevice(client.interrupt_handles[1]), client.device);
}

TEST_F(CoreDevice, ALineInterruptIsNoMessage)
{
	hardware.messages = false;
	hardware.vectors = 1;
	client.interrupts = 1;
	ASSERT_EQ(start(), 0);
	client.isr = [&](WDFINTERRUPT, ULONG message) {
		EXPECT_EQ(message, 0u);
		return FALSE;
	};
	EXPECT_FALSE(hardware.raise(0));

	WDF_INTERRUPT_INFO info;
	WDF_INTERRUPT_INFO_INIT(&info);
	WdfInterruptGetInfo(client.interrupt_handles[0], &info);
	EXPECT_FALSE(info.MessageSignaled);
	EXPECT_EQ(info.Mode, LevelSensitive);
}

TEST_F(CoreDevice, AnInterruptWithoutAVectorNeverComesAndIsNamed)
{
	hardware.vectors = 1;
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(client.has_event("InterruptEnable 0"));
	EXPECT_FALSE(client.has_event("InterruptEnable 1"));
	EXPECT_EQ(os.lines_with("has no vector"), 1u) << os.whole_log();
}

TEST_F(CoreDevice, InterruptsOfPrepareHardwareGoWithTheHardware)
{
	client.interrupts_in_device_add = false;
	ASSERT_EQ(add(), 0);
	EXPECT_EQ(netcx_core_device_interrupts(device), 0u);
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(netcx_core_device_interrupts(device), 2u);
	netcx_core_device_stop(device);
	started = false;
	EXPECT_EQ(netcx_core_device_interrupts(device), 0u);
}

TEST_F(CoreDevice, MoreInterruptsThanVectorsInPrepareHardwareFail)
{
	client.interrupts_in_device_add = false;
	client.interrupts = 3;
	EXPECT_EQ(start(), -ENOENT);
	EXPECT_EQ(os.lines_with("interrupt vectors are in use"), 1u) << os.whole_log();
	EXPECT_EQ(os.errors(), 1u) << os.whole_log();
}

TEST_F(CoreDevice, DpcsRunOncePerRequestAndAreFlushed)
{
	unsigned int dpcs = 0;

	ASSERT_EQ(start(), 0);
	client.isr = [&](WDFINTERRUPT interrupt, ULONG) {
		EXPECT_EQ(KeGetCurrentIrql(), DISPATCH_LEVEL);
		EXPECT_TRUE(WdfInterruptQueueDpcForIsr(interrupt));
		EXPECT_FALSE(WdfInterruptQueueDpcForIsr(interrupt));
		return TRUE;
	};
	client.dpc = [&](WDFINTERRUPT) {
		dpcs++;
	};
	hardware.raise(0);
	EXPECT_EQ(dpcs, 0u);
	os.run_pending();
	EXPECT_EQ(dpcs, 1u);

	/* EvtStop may leave one behind, which core waits for. */
	ASSERT_EQ(open(), 0);
	hardware.raise(1);
	interface()->close();
	EXPECT_EQ(dpcs, 2u);
}

TEST_F(CoreDevice, KeFlushQueuedDpcsWaitsWhereItMay)
{
	unsigned int dpcs = 0;

	client.isr = [&](WDFINTERRUPT interrupt, ULONG) {
		return WdfInterruptQueueDpcForIsr(interrupt);
	};
	client.dpc = [&](WDFINTERRUPT) {
		dpcs++;
	};
	client.queue_started = [&](NETPACKETQUEUE) {
		const unsigned int before = dpcs;

		hardware.raise(0);
		{
			const fake::Os::Atomic atomic;

			KeFlushQueuedDpcs();
		}
		EXPECT_EQ(dpcs, before);
		KeFlushQueuedDpcs();
		EXPECT_EQ(dpcs, before + 1);
	};
	ASSERT_EQ(open(), 0);
	EXPECT_EQ(dpcs, 2u);
}

TEST_F(CoreDevice, InterruptsCanBeDisabledAndEnabledByTheClient)
{
	ASSERT_EQ(start(), 0);
	client.take_events();
	WdfInterruptDisable(client.interrupt_handles[0]);
	EXPECT_FALSE(hardware.is_connected(0));
	WdfInterruptDisable(client.interrupt_handles[0]);
	WdfInterruptEnable(client.interrupt_handles[0]);
	EXPECT_TRUE(hardware.is_connected(0));
	expect_events((Events{"InterruptDisable 0", "InterruptEnable 0"}));

	bool called = false;
	EXPECT_TRUE(WdfInterruptSynchronize(
		client.interrupt_handles[0],
		[](WDFINTERRUPT, WDFCONTEXT context) -> BOOLEAN {
			*static_cast<bool *>(context) = KeGetCurrentIrql() == DISPATCH_LEVEL;
			return TRUE;
		},
		&called));
	EXPECT_TRUE(called);
	WdfInterruptAcquireLock(client.interrupt_handles[0]);
	EXPECT_EQ(KeGetCurrentIrql(), DISPATCH_LEVEL);
	WdfInterruptReleaseLock(client.interrupt_handles[0]);
}

/* Whichever comes first, the vector is not connected in the end. */
TEST_F(CoreDevice, NoInterruptIsEnabledWhileTheDeviceLeavesD0)
{
	ASSERT_EQ(start(), 0);
	WdfInterruptDisable(client.interrupt_handles[0]);
	fake::taking_mutex = [this] {
		netcx_core_device_sleep(device);
	};
	WdfInterruptEnable(client.interrupt_handles[0]);
	EXPECT_FALSE(hardware.is_connected(0));
	EXPECT_EQ(os.lines_with("WdfInterruptEnable: the device is not in D0"), 1u);
	ASSERT_EQ(netcx_core_device_power_up(device), 0);
	EXPECT_TRUE(hardware.is_connected(0));
}

TEST_F(CoreDevice, ResourceListsEndWhereTheySay)
{
	bool checked = false;

	client.declare = [&](NETADAPTER) {
		checked = true;
	};
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(checked);
	EXPECT_EQ(WdfCmResourceListGetCount(nullptr), 0u);
	EXPECT_EQ(os.lines_with("WdfCmResourceListGetCount was given NULL, not a WDFCMRESLIST"),
		  1u);
}

TEST_F(CoreDevice, AFailedDeviceIsReportedToTheOs)
{
	ASSERT_EQ(start(), 0);
	WdfDeviceSetFailed(client.device, WdfDeviceFailedAttemptRestart);
	EXPECT_TRUE(hardware.failed);
	EXPECT_EQ(WdfDeviceGetDriver(client.device), client.driver);
}

} // namespace

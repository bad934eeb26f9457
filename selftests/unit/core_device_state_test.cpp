// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A device's state: every event in every state, and what the client asks for at the wrong time.

#include "core_client.h"

#include <algorithm>
#include <cerrno>
#include <map>

namespace
{

using namespace unit;

constexpr UINT64 second_us = 1000000;
/* How long a bus may take, and how long nobody is told of it. */
constexpr UINT64 longest_hold_us = 120 * second_us;
constexpr UINT64 short_hold_us = 5 * second_us;

class CoreDeviceState : public CoreFixture
{
protected:
	CoreDeviceState() { with_state(); }

	enum netcx_device_state_name state() const { return netcx_core_state_name(hardware.state); }

	int event(enum netcx_device_event what, bool flag = false)
	{
		return netcx_core_state_event(hardware.state, what, flag);
	}

	bool request(enum netcx_device_event what)
	{
		return netcx_core_state_request(hardware.state, what);
	}

	/* An interface that is open, and then the state. */
	void reach(enum netcx_device_state_name name);

	/* The event, however it is told. */
	int tell(enum netcx_device_event what);
};

void CoreDeviceState::reach(enum netcx_device_state_name name)
{
	ASSERT_EQ(add(), 0);
	if (name == NETCX_DEVICE_NEW)
		return;
	ASSERT_EQ(open(), 0);
	switch (name) {
	case NETCX_DEVICE_RETRY:
		client.failing = {"D0Entry D3Final", "D0Entry D3"};
		EXPECT_LT(event(NETCX_DEVICE_RECOVER), 0);
		client.failing.clear();
		break;
	case NETCX_DEVICE_HELD:
		EXPECT_EQ(event(NETCX_DEVICE_BUS_DOWN), 0);
		break;
	case NETCX_DEVICE_ASLEEP:
		EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
		break;
	case NETCX_DEVICE_HALTED:
		EXPECT_TRUE(request(NETCX_DEVICE_HALT));
		os.run_pending();
		break;
	case NETCX_DEVICE_GONE:
		EXPECT_EQ(event(NETCX_DEVICE_BUS_LOST), 0);
		break;
	case NETCX_DEVICE_OFF:
		EXPECT_EQ(event(NETCX_DEVICE_SHUTDOWN), 0);
		break;
	case NETCX_DEVICE_ENDED:
		EXPECT_EQ(event(NETCX_DEVICE_STOP), 0);
		break;
	default:
		break;
	}
	ASSERT_EQ(state(), name);
	client.take_events();
}

int CoreDeviceState::tell(enum netcx_device_event what)
{
	int error = 0;

	switch (what) {
	case NETCX_DEVICE_START:
		error = netcx_core_state_start(hardware.state, device);
		started = !error;
		return error;
	case NETCX_DEVICE_TIMER:
		os.pass_time(state() == NETCX_DEVICE_HELD ? longest_hold_us : 2 * second_us);
		return 0;
	case NETCX_DEVICE_RESET:
	case NETCX_DEVICE_HALT:
		if (!request(what))
			return -EBUSY;
		os.run_pending();
		return 0;
	default:
		return event(what, what == NETCX_DEVICE_VERIFY);
	}
}

/* The table of device_state.h, one row an event: NEW ON RETRY HELD ASLEEP HALTED GONE OFF ENDED. */
struct Row {
	enum netcx_device_event event;
	enum netcx_device_state_name next[9];
};

constexpr auto new_ = NETCX_DEVICE_NEW;
constexpr auto on = NETCX_DEVICE_ON;
constexpr auto retry = NETCX_DEVICE_RETRY;
constexpr auto held = NETCX_DEVICE_HELD;
constexpr auto asleep = NETCX_DEVICE_ASLEEP;
constexpr auto halted = NETCX_DEVICE_HALTED;
constexpr auto gone = NETCX_DEVICE_GONE;
constexpr auto off = NETCX_DEVICE_OFF;
constexpr auto ended = NETCX_DEVICE_ENDED;

constexpr Row table[] = {
	{NETCX_DEVICE_START, {on, on, retry, held, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_STOP, {ended, ended, ended, ended, ended, ended, ended, ended, ended}},
	{NETCX_DEVICE_SHUTDOWN, {new_, off, off, off, off, off, off, off, ended}},
	{NETCX_DEVICE_RESET, {new_, on, retry, held, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_RECOVER, {new_, on, on, held, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_TIMER, {new_, on, on, on, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_BUS_DOWN, {new_, held, held, held, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_BUS_UP, {new_, on, retry, on, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_BUS_LOST, {new_, gone, gone, gone, gone, gone, gone, off, ended}},
	{NETCX_DEVICE_SUSPEND, {new_, asleep, asleep, asleep, asleep, halted, gone, off, ended}},
	{NETCX_DEVICE_RESUME, {new_, on, retry, held, on, halted, gone, off, ended}},
	{NETCX_DEVICE_HALT, {new_, halted, halted, halted, halted, halted, gone, off, ended}},
	{NETCX_DEVICE_UNHALT, {new_, on, retry, held, asleep, on, gone, off, ended}},
	{NETCX_DEVICE_VERIFY, {new_, on, retry, held, asleep, halted, gone, off, ended}},
};

class CoreDeviceStatePair : public CoreDeviceState, public ::testing::WithParamInterface<int>
{
};

/* Where an event brings the hardware up, it may fail: that is RETRY, and nothing is lost. */
TEST_P(CoreDeviceStatePair, LeadsWhereTheTableSays)
{
	const Row &row = table[GetParam() / 9];
	const auto from = static_cast<enum netcx_device_state_name>(GetParam() % 9);

	reach(from);
	tell(row.event);
	EXPECT_EQ(state(), row.next[from]) << os.whole_log();
	/* The interface was open, so it has queues when the device is in D0, and only then. */
	if (interface() && from != new_) {
		EXPECT_EQ(interface()->tx.empty(), state() != on);
	}
	/* The user sees what is out of D0 for long, or for good. */
	if (interface() && (state() == retry || state() == halted || state() == gone)) {
		EXPECT_TRUE(interface()->lost);
	}
	/* Whatever it was, the device can be let go: the fixture looks at what is left. */
}

TEST_P(CoreDeviceStatePair, AFailureOfTheHardwareLeadsToRetry)
{
	const Row &row = table[GetParam() / 9];
	const auto from = static_cast<enum netcx_device_state_name>(GetParam() % 9);

	reach(from);
	client.failing = {"D0Entry D3Final", "D0Entry D3"};
	tell(row.event);
	if (from == new_) {
		EXPECT_EQ(state(), row.event == NETCX_DEVICE_START ? new_ : row.next[from]);
	} else {
		const bool tried = client.has_event("D0Entry D3Final") ||
				   client.has_event("D0Entry D3");

		EXPECT_EQ(state(), tried ? retry : row.next[from]);
	}
	client.failing.clear();
	if (state() != retry)
		return;
	os.pass_time(4 * second_us);
	EXPECT_EQ(state(), on) << os.whole_log();
	EXPECT_FALSE(interface()->tx.empty());
}

INSTANTIATE_TEST_SUITE_P(All, CoreDeviceStatePair,
			 ::testing::Range(0, static_cast<int>(9 * std::size(table))));

/* ---- while the bus is down, nothing but its return brings the device up ---- */

class CoreDeviceStateBusDown : public CoreDeviceState, public ::testing::WithParamInterface<int>
{
};

TEST_P(CoreDeviceStateBusDown, NothingTouchesTheHardware)
{
	const auto what = table[GetParam() / 9].event;
	const auto from = static_cast<enum netcx_device_state_name>(GetParam() % 9);

	if (what == NETCX_DEVICE_BUS_UP || from == new_)
		return;
	reach(from);
	event(NETCX_DEVICE_BUS_DOWN);
	client.take_events();

	const UINT32 before = hardware.power_ons;

	if (what == NETCX_DEVICE_TIMER)
		os.pass_time(longest_hold_us - second_us);
	else
		tell(what);
	os.run_pending();
	EXPECT_EQ(hardware.power_ons, before) << os.whole_log();
	EXPECT_NE(state(), on);
	EXPECT_NE(state(), retry);

	/* What only the bus kept from coming up comes up with it. */
	if (state() != held)
		return;
	EXPECT_EQ(event(NETCX_DEVICE_BUS_UP), 0);
	EXPECT_EQ(state(), on) << os.whole_log();
	EXPECT_FALSE(interface()->tx.empty());
}

INSTANTIATE_TEST_SUITE_P(All, CoreDeviceStateBusDown,
			 ::testing::Range(0, static_cast<int>(9 * std::size(table))));

TEST_F(CoreDeviceState, WhatSleepsOrIsHaltedWhileTheBusIsDownComesUpAfterIt)
{
	reach(halted);
	event(NETCX_DEVICE_BUS_DOWN);
	EXPECT_EQ(state(), halted);
	event(NETCX_DEVICE_BUS_UP);
	EXPECT_EQ(event(NETCX_DEVICE_UNHALT), 0);
	EXPECT_EQ(state(), on);

	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
	event(NETCX_DEVICE_BUS_DOWN);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME), 0);
	EXPECT_EQ(state(), held);
	EXPECT_EQ(event(NETCX_DEVICE_BUS_UP), 0);
	EXPECT_EQ(state(), on);
}

/* ---- what is out of D0 for long is shown ---- */

TEST_F(CoreDeviceState, ABusThatTakesAMomentIsNotTold)
{
	reach(held);
	os.pass_time(short_hold_us - second_us);
	EXPECT_FALSE(interface()->lost);
	EXPECT_EQ(event(NETCX_DEVICE_BUS_UP), 0);
	os.pass_time(2 * longest_hold_us);
	EXPECT_EQ(state(), on);
	EXPECT_EQ(hardware.health, std::vector<bool>{true});
}

TEST_F(CoreDeviceState, ABusThatTakesLongerIsShown)
{
	reach(held);
	os.pass_time(short_hold_us);
	EXPECT_TRUE(interface()->lost);
	EXPECT_EQ(hardware.health, std::vector<bool>{false});
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), -EBUSY);
	os.pass_time(60 * second_us);
	EXPECT_EQ(state(), held);
	EXPECT_EQ(event(NETCX_DEVICE_BUS_UP), 0);
	os.run_pending();
	EXPECT_FALSE(interface()->lost);
	EXPECT_EQ(hardware.health, (std::vector<bool>{false, true}));
}

/* An error recovery that fails calls nobody back. */
TEST_F(CoreDeviceState, ABusThatDoesNotSayThatItIsBackIsTriedAllTheSame)
{
	reach(held);
	hardware.present = false;
	os.pass_time(longest_hold_us);
	EXPECT_EQ(state(), retry) << os.whole_log();
	EXPECT_FALSE(client.has_event("PrepareHardware"));
	hardware.present = true;
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(state(), on);
}

TEST_F(CoreDeviceState, EachErrorGivesTheBusItsTimeAnew)
{
	reach(held);
	os.pass_time(longest_hold_us - second_us);
	EXPECT_EQ(event(NETCX_DEVICE_BUS_DOWN), 0);
	os.pass_time(longest_hold_us - second_us);
	EXPECT_EQ(state(), held);
	EXPECT_EQ(event(NETCX_DEVICE_BUS_UP), 0);
}

TEST_F(CoreDeviceState, WhatIsHaltedOrGoneIsNotHealthy)
{
	reach(halted);
	EXPECT_TRUE(interface()->lost);
	EXPECT_EQ(hardware.health, std::vector<bool>{false});
	EXPECT_EQ(event(NETCX_DEVICE_UNHALT), 0);
	os.run_pending();
	EXPECT_FALSE(interface()->lost);
	EXPECT_EQ(hardware.health, (std::vector<bool>{false, true}));
	EXPECT_EQ(event(NETCX_DEVICE_BUS_LOST), 0);
	os.run_pending();
	EXPECT_TRUE(interface()->lost);
	EXPECT_EQ(hardware.health, (std::vector<bool>{false, true, false}));
}

/* ---- resets begin from a blank state ---- */

TEST_F(CoreDeviceState, AResetGoesThroughReleaseAndPrepareHardware)
{
	reach(on);

	const auto *before = interface();

	ASSERT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	expect_events({"SelfManagedIoSuspend",
		       "tx0 Cancel",
		       "rx0 Cancel",
		       "tx0 Stop",
		       "rx0 Stop",
		       "tx0 Cleanup",
		       "tx0 Destroy",
		       "rx0 Cleanup",
		       "rx0 Destroy",
		       "D0ExitPreInterruptsDisabled",
		       "InterruptDisable 0",
		       "InterruptDisable 1",
		       "D0Exit D3Final",
		       "ReleaseHardware",
		       "PrepareHardware",
		       "D0Entry D3Final",
		       "InterruptEnable 0",
		       "InterruptEnable 1",
		       "D0EntryPostInterruptsEnabled",
		       "SetTxChecksum",
		       "SetRxChecksum",
		       "SetGso",
		       "tx0 Create",
		       "rx0 Create",
		       "tx0 Start",
		       "rx0 Start",
		       "SelfManagedIoRestart"});
	EXPECT_EQ(interface(), before);
	EXPECT_EQ(hardware.resets_counted, 1u);
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

TEST_F(CoreDeviceState, AnAdapterThatIsDeclaredOnceIsAsStartedAsBefore)
{
	client.start_in = CoreClient::StartIn::device_add;
	reach(on);
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(fake::Interface::all().size(), 1u);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_INVALID_DEVICE_STATE);
}

TEST_F(CoreDeviceState, AnAdapterThatIsStoppedInReleaseHardwareKeepsItsInterface)
{
	client.released = [this] { NetAdapterStop(client.adapter); };
	reach(on);

	const auto *before = interface();

	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(interface(), before);
	EXPECT_EQ(client.start_status, STATUS_SUCCESS);
}

TEST_F(CoreDeviceState, AnAdapterThatIsNotStartedAgainLosesItsInterface)
{
	client.released = [this] {
		NetAdapterStop(client.adapter);
		client.start_in = CoreClient::StartIn::never;
	};
	reach(on);
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(interface(), nullptr);
}

TEST_F(CoreDeviceState, OtherCapabilitiesMakeTheInterfaceAnew)
{
	bool fewer = false;

	client.datapath = [&](NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &) {
		if (fewer)
			tx.MaximumNumberOfFragments = 3;
	};
	reach(on);
	fewer = true;
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(os.lines_with("other capabilities"), 1u) << os.whole_log();
	ASSERT_NE(interface(), nullptr);
	EXPECT_EQ(interface()->adapter->tx.MaximumNumberOfFragments, 3u);
}

/* The client need not know that it is another interface. */
TEST_F(CoreDeviceState, AnInterfaceThatIsMadeAnewIsAsPausedAsBefore)
{
	UINT32 fragments = 16;

	client.datapath = [&](NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &) {
		tx.MaximumNumberOfFragments = fragments;
	};
	reach(on);
	NetAdapterPauseOffloadCapabilities(client.adapter);
	fragments = 3;
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(os.lines_with("other capabilities"), 1u);
	ASSERT_NE(interface(), nullptr);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv4, 0);
	NetAdapterResumeOffloadCapabilities(client.adapter);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv4, 1);

	/* To stop the adapter ends the pause. */
	NetAdapterPauseOffloadCapabilities(client.adapter);
	NetAdapterStop(client.adapter);
	EXPECT_EQ(NetAdapterStart(client.adapter), STATUS_SUCCESS);
	EXPECT_EQ(interface()->adapter->offloads.lso_ipv4, 1);
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

/* Every step of making it anew may fail: then it is made at the next try. */
TEST_F(CoreDeviceState, AnInterfaceThatCannotBeMadeAnewIsAFailure)
{
	UINT32 fragments = 16;

	client.datapath = [&](NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &) {
		tx.MaximumNumberOfFragments = fragments;
	};
	reach(on);
	for (UINT64 n = 1; n < 50; n++) {
		fragments--;
		if (!fragments)
			fragments = 16;
		os.fail_nth(n);
		const int error = event(NETCX_DEVICE_RECOVER);
		os.fail_nth(0);
		EXPECT_EQ(state(), error ? retry : on);
		if (!error) {
			EXPECT_NE(interface(), nullptr) << n << ": " << os.whole_log();
		}
		os.pass_time(200 * second_us);
		ASSERT_EQ(state(), on) << n;
		ASSERT_NE(interface(), nullptr) << n;
	}
	EXPECT_GE(os.lines_with("could not be registered"), 1u);
}

/* ---- failures and retries ---- */

TEST_F(CoreDeviceState, OneFailureIsRetriedAfterASecond)
{
	reach(retry);
	EXPECT_TRUE(interface()->lost);
	EXPECT_EQ(os.lines_with("the next try is in 1 s"), 1u) << os.whole_log();
	os.pass_time(second_us - 1000);
	EXPECT_EQ(state(), retry);
	os.pass_time(2000);
	EXPECT_EQ(state(), on);
	EXPECT_FALSE(interface()->lost);
	EXPECT_EQ(os.lines_with("came up at try 2"), 1u) << os.whole_log();
	EXPECT_EQ(hardware.health, (std::vector<bool>{false, true}));
}

TEST_F(CoreDeviceState, TheRetriesBackOffAndNeverEnd)
{
	reach(on);
	client.failing = {"D0Entry D3Final", "D0Entry D3"};
	EXPECT_LT(event(NETCX_DEVICE_RECOVER), 0);
	os.pass_time(3600 * second_us);
	EXPECT_EQ(os.lines_with("the next try is in 1 s"), 1u);
	EXPECT_EQ(os.lines_with("the next try is in 2 s"), 1u);
	EXPECT_EQ(os.lines_with("the next try is in 32 s"), 1u);
	EXPECT_GT(os.lines_with("the next try is in 64 s"), 50u);
	EXPECT_EQ(netcx_core_state_failures(hardware.state),
		  os.lines_with("the adapter did not come up"));

	client.failing.clear();
	os.pass_time(64 * second_us);
	EXPECT_EQ(state(), on);
	EXPECT_EQ(netcx_core_state_failures(hardware.state), 0u);
}

TEST_F(CoreDeviceState, QueuesThatDoNotComeBackAreAFailure)
{
	reach(on);
	client.failing = {"rx0 Create"};
	EXPECT_LT(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(state(), retry);
	EXPECT_TRUE(client.has_event("ReleaseHardware"));
	client.failing.clear();
	os.pass_time(second_us);
	EXPECT_EQ(state(), on);
	EXPECT_TRUE(interface()->is_open());
	EXPECT_FALSE(interface()->rx.empty());
}

TEST_F(CoreDeviceState, EveryStepOnTheWayBackMayFail)
{
	for (const char *step : {"PrepareHardware", "D0Entry D3Final", "InterruptEnable 1",
				 "D0EntryPostInterruptsEnabled", "tx0 Create", "rx0 Create",
				 "SelfManagedIoRestart"}) {
		SCOPED_TRACE(step);
		if (state() == new_)
			reach(on);
		client.failing = {step};
		EXPECT_LT(event(NETCX_DEVICE_RECOVER), 0);
		EXPECT_EQ(state(), retry);
		EXPECT_TRUE(interface()->tx.empty());
		client.failing.clear();
		EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
		EXPECT_EQ(state(), on);
		EXPECT_FALSE(interface()->rx.empty());
	}
}

TEST_F(CoreDeviceState, AnInterfaceThatIsSetUpMeanwhileGetsItsQueuesLater)
{
	ASSERT_EQ(start(), 0);
	client.failing = {"D0Entry D3Final", "D0Entry D3"};
	EXPECT_LT(event(NETCX_DEVICE_RECOVER), 0);
	client.failing.clear();
	EXPECT_EQ(interface()->open(), 0);
	EXPECT_TRUE(interface()->tx.empty());
	os.pass_time(second_us);
	EXPECT_FALSE(interface()->tx.empty());
}

TEST_F(CoreDeviceState, WhatIsNotOnItsBusIsNotTouched)
{
	reach(retry);
	hardware.present = false;
	os.pass_time(second_us);
	EXPECT_EQ(state(), retry);
	EXPECT_FALSE(client.has_event("PrepareHardware"));
	hardware.present = true;
	os.pass_time(2 * second_us);
	EXPECT_EQ(state(), on);
}

/* Its hardware has been released before. */
TEST_F(CoreDeviceState, WhatGoesAfterAResetDidNotFindItIsToldSo)
{
	reach(on);
	hardware.present = false;
	EXPECT_LT(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(state(), retry);
	client.take_events();
	EXPECT_EQ(event(NETCX_DEVICE_STOP), 0);

	const Events events = client.take_events();

	ASSERT_FALSE(events.empty());
	EXPECT_EQ(events[0], "SurpriseRemoval");
	EXPECT_EQ(std::count(events.begin(), events.end(), "SurpriseRemoval"), 1);
}

TEST_F(CoreDeviceState, WhatIsThereOrHasBeenStoppedIsNotRemovedBySurprise)
{
	reach(retry);
	EXPECT_EQ(event(NETCX_DEVICE_STOP), 0);
	EXPECT_FALSE(client.has_event("SurpriseRemoval"));
	/* What has been stopped is told nothing more. */
	client.take_events();
	netcx_core_device_surprise_removal(device);
	expect_events(Events());
}

TEST_F(CoreDeviceState, AResumeThatFailsIsRetried)
{
	reach(asleep);
	client.failing = {"D0Entry D3Final", "D0Entry D3"};
	EXPECT_LT(event(NETCX_DEVICE_RESUME), 0);
	EXPECT_EQ(state(), retry);
	client.failing.clear();
	os.pass_time(second_us);
	EXPECT_EQ(state(), on);
}

TEST_F(CoreDeviceState, WhatDidNotComeUpBeforeTheSleepComesUpAfterIt)
{
	reach(retry);
	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
	os.pass_time(100 * second_us);
	EXPECT_EQ(state(), asleep);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME), 0);
	EXPECT_EQ(state(), on);
	EXPECT_TRUE(client.has_event("PrepareHardware"));
}

/* ---- hangs ---- */

TEST_F(CoreDeviceState, AHangIsReportedAndReset)
{
	reach(on);
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(hardware.hangs_reported, 1u);
	EXPECT_EQ(hardware.resets_counted, 1u);
}

TEST_F(CoreDeviceState, WhoeverRecoversItItIsResetOnce)
{
	reach(on);
	hardware.hangs = netcx_os_device::Hangs::recovered;
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(hardware.hangs_reported, 1u);
	EXPECT_EQ(hardware.resets_counted, 1u);
}

TEST_F(CoreDeviceState, AHangThatIsTheUsersStays)
{
	reach(on);
	hardware.hangs = netcx_os_device::Hangs::left_to_the_user;
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(hardware.resets_counted, 0u);
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_EQ(hardware.resets_counted, 1u);
}

TEST_F(CoreDeviceState, EveryLaterHangIsResetAsWell)
{
	reach(on);
	hardware.hangs = netcx_os_device::Hangs::recovered;
	client.failing = {"D0Entry D3Final", "D0Entry D3"};
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(state(), retry);
	client.failing.clear();
	os.pass_time(second_us);
	ASSERT_EQ(state(), on);

	/* Now devlink refuses to recover by itself. */
	hardware.hangs = netcx_os_device::Hangs::nobody_looks;
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(state(), on);
	EXPECT_EQ(hardware.resets_counted, 2u);
}

/* Nobody asks a second time for queues that are broken. */
TEST_F(CoreDeviceState, AResetAskedForWhileItsBusDoesNotFindItIsNotForgotten)
{
	reach(on);
	hardware.present = false;
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(state(), retry);
	hardware.present = true;
	os.pass_time(second_us);
	EXPECT_EQ(state(), on);
	EXPECT_FALSE(interface()->tx.empty());
}

/* What is asked for while the worker looks at the time of the next try is not put off until then. */
TEST_F(CoreDeviceState, ARequestIsNotPutOffByARetry)
{
	reach(retry);
	os.run_pending();
	os.time_asked = [this] { EXPECT_TRUE(request(NETCX_DEVICE_HALT)); };
	/* A turn of the worker for nothing. */
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	os.run_pending();
	EXPECT_EQ(state(), halted);
}

TEST_F(CoreDeviceState, WhatWasWrongBeforeAPowerDownIsOver)
{
	reach(on);
	EXPECT_TRUE(request(NETCX_DEVICE_RESET));
	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME), 0);
	os.run_pending();
	EXPECT_EQ(hardware.hangs_reported, 0u);
	EXPECT_EQ(hardware.resets_counted, 0u);
}

/* ---- the client asks at the wrong time ---- */

TEST_F(CoreDeviceState, ResetsThatComeTooEarlyOrTooLateAreRefused)
{
	client.device_created = [this] { NetDeviceRequestReset(client.device); };
	client.device_cleaned_up = [this] { NetDeviceRequestReset(client.device); };
	ASSERT_EQ(add(), 0);
	EXPECT_EQ(os.lines_with("nothing to reset"), 1u) << os.whole_log();
	ASSERT_EQ(start(), 0);
	os.run_pending();
	EXPECT_EQ(hardware.resets_counted, 0u);
	EXPECT_EQ(event(NETCX_DEVICE_STOP), 0);
	NetDeviceRequestReset(client.device);
	os.run_pending();
	EXPECT_EQ(os.lines_with("nothing to reset"), 2u) << os.whole_log();
	finish();
	EXPECT_EQ(os.lines_with("nothing to reset"), 3u) << os.whole_log();
}

/* What a client holds references on can still be named when the OS half's part has gone. */
TEST_F(CoreDeviceState, WhatOutlivesItsDeviceIsRefused)
{
	WDF_DMA_ENABLER_CONFIG dma;
	WDF_INTERRUPT_CONFIG interrupt;
	WDFDMAENABLER enabler;
	WDFCOMMONBUFFER buffer;
	WDFINTERRUPT vector;

	reach(on);
	const WDFDEVICE handle = client.device;
	const WDFDMAENABLER old_enabler = client.enabler;

	WdfObjectReference(handle);
	WdfObjectReference(old_enabler);
	EXPECT_EQ(event(NETCX_DEVICE_STOP), 0);
	netcx_core_device_remove(device);
	device = nullptr;

	NetDeviceRequestReset(handle);
	EXPECT_EQ(hardware.resets_requested, 0u);
	WdfDeviceSetFailed(handle, WdfDeviceFailedNoRestart);
	EXPECT_FALSE(hardware.failed);
	WDF_DMA_ENABLER_CONFIG_INIT(&dma, WdfDmaProfileScatterGather64, 65536);
	EXPECT_FALSE(NT_SUCCESS(WdfDmaEnablerCreate(handle, &dma, nullptr, &enabler)));
	EXPECT_FALSE(NT_SUCCESS(WdfCommonBufferCreate(old_enabler, 64, nullptr, &buffer)));
	WDF_INTERRUPT_CONFIG_INIT(
		&interrupt, [](WDFINTERRUPT, ULONG) -> BOOLEAN { return FALSE; }, nullptr);
	EXPECT_FALSE(NT_SUCCESS(WdfInterruptCreate(handle, &interrupt, nullptr, &vector)));
	/* The log cannot name it any more. */
	EXPECT_EQ(os.log.back().device, "");

	WdfObjectDereference(old_enabler);
	WdfObjectDereference(handle);
}

TEST_F(CoreDeviceState, AResetAskedForOnTheWayOutOfD0IsOverWhenItIsBack)
{
	client.released = [this] { NetDeviceRequestReset(client.device); };
	reach(on);
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	os.run_pending();
	EXPECT_EQ(hardware.resets_counted, 1u);
}

TEST_F(CoreDeviceState, AResetAskedForWhileItStartsComesWhenItHasStarted)
{
	client.io_init = [this] { NetDeviceRequestReset(client.device); };
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(hardware.resets_counted, 0u);
	os.run_pending();
	EXPECT_EQ(hardware.resets_counted, 1u);
	EXPECT_EQ(state(), on);
}

TEST_F(CoreDeviceState, AResetAskedForByAStartThatFailsIsForgotten)
{
	client.failing = {"SelfManagedIoInit"};
	client.io_init = [this] { NetDeviceRequestReset(client.device); };
	EXPECT_LT(start(), 0);
	os.run_pending();
	EXPECT_EQ(hardware.resets_counted, 0u);
	EXPECT_EQ(state(), new_);
}

TEST_F(CoreDeviceState, ATimerOfTheClientMayNotAskAtomicallyAndIsToldSo)
{
	reach(on);
	{
		const fake::Os::Atomic atomic;

		NetDeviceRequestReset(client.device);
	}
	os.run_pending();
	EXPECT_EQ(hardware.resets_counted, 0u);
}

/* ---- verifier mode ---- */

TEST_F(CoreDeviceState, AHaltedDeviceStaysSoUntilTheUserRecoversIt)
{
	reach(halted);
	EXPECT_EQ(hardware.halts_reported, 1u);
	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), -EBUSY);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME), -EBUSY);
	os.pass_time(1000 * second_us);
	EXPECT_EQ(state(), halted);
	EXPECT_EQ(event(NETCX_DEVICE_UNHALT), 0);
	EXPECT_EQ(state(), on);
}

/* A fault of a halted device is over with the halt; the next one halts it again. */
TEST_F(CoreDeviceState, AHaltThatWasAskedForBeforeTheRecoveryIsOver)
{
	reach(halted);
	EXPECT_TRUE(request(NETCX_DEVICE_HALT));
	EXPECT_EQ(hardware.faults_forgotten, 0u);
	EXPECT_EQ(event(NETCX_DEVICE_UNHALT), 0);
	EXPECT_EQ(hardware.faults_forgotten, 1u);
	os.run_pending();
	EXPECT_EQ(state(), on);
	EXPECT_TRUE(request(NETCX_DEVICE_HALT));
	os.run_pending();
	EXPECT_EQ(state(), halted);
	EXPECT_EQ(hardware.halts_reported, 2u);
}

TEST_F(CoreDeviceState, VerifierModeIsSwitchedWithTheQueuesAway)
{
	reach(on);
	EXPECT_EQ(event(NETCX_DEVICE_VERIFY, true), 0);
	EXPECT_TRUE(hardware.verified);
	EXPECT_TRUE(client.has_event("tx0 Stop"));
	EXPECT_EQ(state(), on);
	client.take_events();
	EXPECT_EQ(event(NETCX_DEVICE_VERIFY, true), 0);
	expect_events(Events());
}

/* ---- no memory ---- */

TEST_F(CoreDeviceState, WithoutMemoryThereIsNone)
{
	for (UINT64 nth = 1; nth <= 4; nth++) {
		os.fail_nth(nth);
		EXPECT_EQ(netcx_core_state_create(&hardware), nullptr) << nth;
	}
	os.fail_nth(0);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Events and push locks: what sets them, who waits for how long, what is refused.

#include "core_client.h"

namespace
{

using namespace unit;

class CoreEvent : public CoreFixture
{
protected:
	/* In units of 100 ns, as Windows counts: not before so long, or not after then. */
	static NTSTATUS wait(PKEVENT event, LONGLONG timeout)
	{
		LARGE_INTEGER time;

		time.QuadPart = timeout;
		return KeWaitForSingleObject(event, Executive, KernelMode, FALSE, &time);
	}

	static NTSTATUS wait(PKEVENT event)
	{
		return KeWaitForSingleObject(event, Executive, KernelMode, FALSE, nullptr);
	}

	KEVENT event;
};

TEST_F(CoreEvent, KeepsItsState)
{
	KeInitializeEvent(&event, NotificationEvent, TRUE);
	EXPECT_NE(KeReadStateEvent(&event), 0);
	EXPECT_NE(KeResetEvent(&event), 0);
	EXPECT_EQ(KeReadStateEvent(&event), 0);
	EXPECT_EQ(KeResetEvent(&event), 0);
	EXPECT_EQ(KeSetEvent(&event, IO_NO_INCREMENT, FALSE), 0);
	EXPECT_NE(KeSetEvent(&event, EVENT_INCREMENT, FALSE), 0);
	EXPECT_NE(KeReadStateEvent(&event), 0);
	KeClearEvent(&event);
	EXPECT_EQ(KeReadStateEvent(&event), 0);
}

/* Nobody asks here. */
TEST_F(CoreEvent, MayBeWaitedForWithAnyReason)
{
	LARGE_INTEGER time = {};

	KeInitializeEvent(&event, NotificationEvent, TRUE);
	for (KWAIT_REASON reason : {Executive, FreePage, PageIn, PoolAllocation, DelayExecution,
				    Suspended, UserRequest, WrExecutive})
		EXPECT_EQ(KeWaitForSingleObject(&event, reason, KernelMode, FALSE, &time),
			  STATUS_SUCCESS);
	EXPECT_EQ(WrExecutive, 7);
}

TEST_F(CoreEvent, ForAllOfThemStaysSet)
{
	KeInitializeEvent(&event, NotificationEvent, TRUE);
	EXPECT_EQ(wait(&event), STATUS_SUCCESS);
	EXPECT_EQ(wait(&event, 0), STATUS_SUCCESS);
	EXPECT_NE(KeReadStateEvent(&event), 0);
}

TEST_F(CoreEvent, ForOneOfThemIsReset)
{
	KeInitializeEvent(&event, SynchronizationEvent, TRUE);
	EXPECT_EQ(wait(&event), STATUS_SUCCESS);
	EXPECT_EQ(KeReadStateEvent(&event), 0);
	EXPECT_EQ(wait(&event, 0), STATUS_TIMEOUT);
}

TEST_F(CoreEvent, WaitsUntilItIsSet)
{
	KeInitializeEvent(&event, SynchronizationEvent, FALSE);
	os.falling_asleep = [this] {
		KeSetEvent(&event, IO_NETWORK_INCREMENT, FALSE);
	};
	EXPECT_EQ(wait(&event), STATUS_SUCCESS);
	EXPECT_EQ(KeReadStateEvent(&event), 0);
}

TEST_F(CoreEvent, WaitsNoLongerThanItWasTold)
{
	KeInitializeEvent(&event, NotificationEvent, FALSE);
	EXPECT_EQ(wait(&event, -25), STATUS_TIMEOUT);
	/* Never too short. */
	EXPECT_EQ(os.now_ns(), 3000u);
	os.falling_asleep = [this] {
		KeSetEvent(&event, IO_NO_INCREMENT, FALSE);
	};
	EXPECT_EQ(wait(&event, -1000000), STATUS_SUCCESS);
	EXPECT_EQ(os.now_ns(), 3000u);
}

TEST_F(CoreEvent, WaitsUntilATimeOfDay)
{
	LARGE_INTEGER now;

	KeInitializeEvent(&event, NotificationEvent, FALSE);
	KeQuerySystemTimePrecise(&now);
	EXPECT_EQ(wait(&event, now.QuadPart + 70), STATUS_TIMEOUT);
	EXPECT_EQ(os.now_ns(), 7000u);
	/* That was already. */
	EXPECT_EQ(wait(&event, now.QuadPart), STATUS_TIMEOUT);
	EXPECT_EQ(os.now_ns(), 7000u);
}

TEST_F(CoreEvent, InASoftirqItIsOnlyLookedAt)
{
	KeInitializeEvent(&event, SynchronizationEvent, FALSE);
	{
		const fake::Os::Atomic atomic;

		EXPECT_EQ(KeSetEvent(&event, IO_NO_INCREMENT, FALSE), 0);
		EXPECT_EQ(wait(&event, 0), STATUS_SUCCESS);
		EXPECT_EQ(wait(&event, 0), STATUS_TIMEOUT);
		EXPECT_EQ(wait(&event), STATUS_INVALID_DEVICE_STATE);
		EXPECT_EQ(wait(&event, -10), STATUS_INVALID_DEVICE_STATE);
	}
	EXPECT_TRUE(os.violations.empty());
	EXPECT_EQ(os.lines_with("KeWaitForSingleObject"), 2u);
}

TEST_F(CoreEvent, OnlyWhatCanBeSetIsWaitedFor)
{
	EXPECT_EQ(wait(nullptr), STATUS_INVALID_PARAMETER);
	KeInitializeEvent(&event, NotificationEvent, TRUE);
	event.Header.Type = 2;
	EXPECT_EQ(wait(&event), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("KeWaitForSingleObject"), 2u);
}

TEST_F(CoreEvent, UnknownTypeIsForAll)
{
	KeInitializeEvent(&event, static_cast<EVENT_TYPE>(7), TRUE);
	EXPECT_EQ(wait(&event), STATUS_SUCCESS);
	EXPECT_EQ(wait(&event, 0), STATUS_SUCCESS);
}

class CorePushLock : public CoreFixture
{
protected:
	CorePushLock() { ExInitializePushLock(&lock); }

	EX_PUSH_LOCK lock;
};

TEST_F(CorePushLock, ReadersShareIt)
{
	KeEnterCriticalRegion();
	ExAcquirePushLockShared(&lock);
	ExAcquirePushLockShared(&lock);
	ExReleasePushLockShared(&lock);
	ExReleasePushLockShared(&lock);
	ExAcquirePushLockExclusive(&lock);
	ExReleasePushLockExclusive(&lock);
	KeLeaveCriticalRegion();
	EXPECT_TRUE(os.log.empty());
	EXPECT_EQ(lock.Value, 0u);
}

TEST_F(CorePushLock, WriterWaitsForReaders)
{
	bool waited = false;

	ExAcquirePushLockShared(&lock);
	ExAcquirePushLockShared(&lock);
	os.falling_asleep = [&] {
		ExReleasePushLockShared(&lock);
		os.falling_asleep = [&] {
			ExReleasePushLockShared(&lock);
			waited = true;
		};
	};
	ExAcquirePushLockExclusive(&lock);
	EXPECT_TRUE(waited);
	ExReleasePushLockExclusive(&lock);
	EXPECT_TRUE(os.log.empty());
}

TEST_F(CorePushLock, ReaderWaitsForTheWriter)
{
	ExAcquirePushLockExclusive(&lock);
	os.falling_asleep = [&] {
		ExReleasePushLockExclusive(&lock);
	};
	ExAcquirePushLockShared(&lock);
	ExReleasePushLockShared(&lock);
	EXPECT_TRUE(os.log.empty());
	EXPECT_TRUE(os.violations.empty());
}

TEST_F(CorePushLock, WhatIsNotHeldIsNotReleased)
{
	ExReleasePushLockShared(&lock);
	ExReleasePushLockExclusive(&lock);
	ExAcquirePushLockShared(&lock);
	ExReleasePushLockExclusive(&lock);
	ExReleasePushLockShared(&lock);
	ExAcquirePushLockExclusive(&lock);
	ExReleasePushLockShared(&lock);
	ExReleasePushLockExclusive(&lock);
	EXPECT_EQ(os.lines_with("not held"), 4u);
	EXPECT_EQ(lock.Value, 0u);
}

TEST_F(CorePushLock, OnlyWhoMaySleepTakesIt)
{
	{
		const fake::Os::Atomic atomic;

		ExAcquirePushLockExclusive(&lock);
		ExAcquirePushLockShared(&lock);
	}
	ExAcquirePushLockExclusive(nullptr);
	ExAcquirePushLockShared(nullptr);
	EXPECT_EQ(lock.Value, 0u);
	EXPECT_TRUE(os.violations.empty());
	EXPECT_EQ(os.lines_with("ExAcquirePushLockExclusive"), 2u);
	EXPECT_EQ(os.lines_with("ExAcquirePushLockShared"), 2u);
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Threads of a client's own: their life, their handles and references, and processors.

#include "core_client.h"

namespace
{

using namespace unit;

class CoreThread : public CoreFixture
{
protected:
	CoreThread() { self = this; }

	static void thread_function(PVOID context)
	{
		(*static_cast<std::function<void()> *>(context))();
	}

	/* In a callback of the driver's, since only such a one may. */
	NTSTATUS create(PHANDLE handle)
	{
		return PsCreateSystemThread(handle, THREAD_ALL_ACCESS, nullptr, nullptr, nullptr,
					    thread_function, &function);
	}

	/* A driver that starts a thread in its DriverEntry. */
	void start_thread()
	{
		client.driver_created = [this] {
			ASSERT_EQ(create(&handle), STATUS_SUCCESS);
		};
		ASSERT_EQ(register_driver(), 0);
	}

	/* As a driver does it before it is unloaded. */
	void wait_for_thread()
	{
		PVOID object;

		ASSERT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode,
						    &object, nullptr),
			  STATUS_SUCCESS);
		EXPECT_EQ(ZwClose(handle), STATUS_SUCCESS);
		EXPECT_EQ(KeWaitForSingleObject(object, Executive, KernelMode, FALSE, nullptr),
			  STATUS_SUCCESS);
		ObDereferenceObject(object);
	}

	void expect_all_given_back()
	{
		finish();
		EXPECT_EQ(os.live_kinds(), "");
		EXPECT_TRUE(os.violations.empty()) << os.violations[0];
	}

	static CoreThread *self;
	std::function<void()> function = [] {
	};
	HANDLE handle = nullptr;
};

CoreThread *CoreThread::self;

TEST_F(CoreThread, RunsAndIsWaitedFor)
{
	bool ran = false;

	function = [&] {
		ran = true;
	};
	start_thread();
	EXPECT_FALSE(ran);
	wait_for_thread();
	EXPECT_TRUE(ran);
	expect_all_given_back();
	EXPECT_EQ(os.errors(), 0u);
}

TEST_F(CoreThread, EndsInTheMidstOfItsFunction)
{
	bool went_on = false;

	function = [&] {
		PsTerminateSystemThread(STATUS_SUCCESS);
		went_on = true;
	};
	start_thread();
	wait_for_thread();
	EXPECT_FALSE(went_on);
	expect_all_given_back();
}

TEST_F(CoreThread, WaitsForEvents)
{
	KEVENT wake, woken;
	int times = 0;

	KeInitializeEvent(&wake, SynchronizationEvent, FALSE);
	KeInitializeEvent(&woken, SynchronizationEvent, FALSE);
	function = [&] {
		for (; times < 3; times++) {
			KeWaitForSingleObject(&wake, Executive, KernelMode, FALSE, nullptr);
			KeSetEvent(&woken, IO_NO_INCREMENT, FALSE);
		}
	};
	start_thread();
	for (int i = 0; i < 3; i++) {
		os.run_pending();
		EXPECT_EQ(times, i);
		KeSetEvent(&wake, IO_NO_INCREMENT, FALSE);
		EXPECT_EQ(KeWaitForSingleObject(&woken, Executive, KernelMode, FALSE, nullptr),
			  STATUS_SUCCESS);
	}
	wait_for_thread();
	expect_all_given_back();
}

TEST_F(CoreThread, WaitsNoLongerThanItWasTold)
{
	NTSTATUS status = STATUS_PENDING;
	KEVENT never;

	KeInitializeEvent(&never, NotificationEvent, FALSE);
	function = [&] {
		LARGE_INTEGER time;

		time.QuadPart = -1000;
		status = KeWaitForSingleObject(&never, Executive, KernelMode, FALSE, &time);
	};
	start_thread();
	os.pass_time(99);
	EXPECT_EQ(status, STATUS_PENDING);
	os.pass_time(1);
	EXPECT_EQ(status, STATUS_TIMEOUT);
	wait_for_thread();
	expect_all_given_back();
}

TEST_F(CoreThread, TwoOfThemTakeTurns)
{
	EX_PUSH_LOCK lock;
	std::vector<std::string> order;
	HANDLE second;
	std::function<void()> second_function;

	ExInitializePushLock(&lock);
	function = [&] {
		LARGE_INTEGER time;

		time.QuadPart = -10;
		ExAcquirePushLockExclusive(&lock);
		order.push_back("first has it");
		KeDelayExecutionThread(KernelMode, FALSE, &time);
		order.push_back("first had it");
		ExReleasePushLockExclusive(&lock);
	};
	second_function = [&] {
		ExAcquirePushLockExclusive(&lock);
		order.push_back("second has it");
		ExReleasePushLockExclusive(&lock);
	};
	client.driver_created = [&] {
		ASSERT_EQ(create(&handle), STATUS_SUCCESS);
		ASSERT_EQ(PsCreateSystemThread(&second, THREAD_ALL_ACCESS, nullptr, nullptr,
					       nullptr, thread_function, &second_function),
			  STATUS_SUCCESS);
	};
	ASSERT_EQ(register_driver(), 0);
	wait_for_thread();
	handle = second;
	wait_for_thread();
	EXPECT_EQ(order, Events({"first has it", "first had it", "second has it"}));
	expect_all_given_back();
}

TEST_F(CoreThread, IsTheDriversOwn)
{
	/* What it makes is a child of its driver, as in the driver's callbacks. */
	WDFSPINLOCK lock = nullptr;
	HANDLE inner = nullptr;
	std::function<void()> inner_function = [] {
	};

	function = [&] {
		EXPECT_EQ(WdfSpinLockCreate(nullptr, &lock), STATUS_SUCCESS);
		EXPECT_EQ(PsCreateSystemThread(&inner, THREAD_ALL_ACCESS, nullptr, nullptr, nullptr,
					       thread_function, &inner_function),
			  STATUS_SUCCESS);
	};
	start_thread();
	wait_for_thread();
	EXPECT_NE(lock, nullptr);
	handle = inner;
	wait_for_thread();
	expect_all_given_back();
}

TEST_F(CoreThread, KnowsItself)
{
	PKTHREAD in_thread = nullptr;
	PVOID object;

	function = [&] {
		in_thread = KeGetCurrentThread();
	};
	start_thread();
	ASSERT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, nullptr, KernelMode, &object,
					    nullptr),
		  STATUS_SUCCESS);
	wait_for_thread();
	EXPECT_EQ(in_thread, object);
	EXPECT_NE(KeGetCurrentThread(), nullptr);
	EXPECT_NE(KeGetCurrentThread(), in_thread);
	EXPECT_EQ(ObDereferenceObject(object), 0);
	expect_all_given_back();
}

TEST_F(CoreThread, LivesWhileItIsReferenced)
{
	PVOID object;

	start_thread();
	ASSERT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode, &object,
					    nullptr),
		  STATUS_SUCCESS);
	/* The handle, the thread itself, these. */
	EXPECT_EQ(ObReferenceObject(object), 4);
	EXPECT_EQ(ObDereferenceObject(object), 3);
	EXPECT_EQ(ZwClose(handle), STATUS_SUCCESS);
	os.run_pending();
	EXPECT_EQ(KeWaitForSingleObject(object, Executive, KernelMode, FALSE, nullptr),
		  STATUS_SUCCESS);
	EXPECT_EQ(ObDereferenceObject(object), 0);
	expect_all_given_back();
}

TEST_F(CoreThread, RemembersItsPriority)
{
	PVOID object;

	start_thread();
	ASSERT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode, &object,
					    nullptr),
		  STATUS_SUCCESS);
	EXPECT_EQ(KeSetBasePriorityThread(static_cast<PKTHREAD>(object), 2), 0);
	EXPECT_EQ(KeSetBasePriorityThread(static_cast<PKTHREAD>(object), -2), 2);
	EXPECT_EQ(KeSetBasePriorityThread(nullptr, 1), 0);
	ObDereferenceObject(object);
	wait_for_thread();
	expect_all_given_back();
}

TEST_F(CoreThread, WhatIsNoneIsRefused)
{
	KEVENT event;
	PVOID object = this;
	struct {
		UINT64 words[8];
	} other = {};

	start_thread();
	KeInitializeEvent(&event, NotificationEvent, FALSE);
	EXPECT_EQ(ZwClose(nullptr), STATUS_INVALID_HANDLE);
	EXPECT_EQ(ZwClose(&other), STATUS_INVALID_HANDLE);
	EXPECT_EQ(ObReferenceObject(&other), 0);
	EXPECT_EQ(ObDereferenceObject(&other), 0);
	EXPECT_EQ(ObReferenceObjectByHandle(&other, SYNCHRONIZE, *PsThreadType, KernelMode, &object,
					    nullptr),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(object, nullptr);
	EXPECT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode, nullptr,
					    nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode, &object,
					    reinterpret_cast<POBJECT_HANDLE_INFORMATION>(&other)),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE,
					    reinterpret_cast<POBJECT_TYPE>(&other), KernelMode,
					    &object, nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(PsTerminateSystemThread(STATUS_SUCCESS), STATUS_INVALID_PARAMETER);
	wait_for_thread();
	expect_all_given_back();
}

TEST_F(CoreThread, IsNotCreatedWhereItMayNotBe)
{
	HANDLE other = nullptr;
	const PCLIENT_ID id = reinterpret_cast<PCLIENT_ID>(this);

	client.driver_created = [&] {
		EXPECT_EQ(create(nullptr), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(PsCreateSystemThread(&other, 0, nullptr, nullptr, nullptr, nullptr,
					       nullptr),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(PsCreateSystemThread(&other, 0, nullptr, nullptr, id, thread_function,
					       nullptr),
			  STATUS_INVALID_PARAMETER);
		const fake::Os::Atomic atomic;

		EXPECT_EQ(create(&other), STATUS_INVALID_DEVICE_STATE);
	};
	ASSERT_EQ(register_driver(), 0);
	EXPECT_EQ(create(&other), STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.lines_with("PsCreateSystemThread"), 5u);
	EXPECT_EQ(other, nullptr);
	expect_all_given_back();
}

TEST_F(CoreThread, MemoryAndThreadsMayBeShort)
{
	for (UINT64 nth : {1, 2}) {
		handle = this;
		client.driver_created = [&] {
			os.fail_nth(nth);
			EXPECT_EQ(create(&handle), STATUS_INSUFFICIENT_RESOURCES);
			os.fail_nth(0);
		};
		ASSERT_EQ(register_driver(), 0);
		expect_all_given_back();
		EXPECT_EQ(os.errors(), nth);
	}
}

TEST_F(CoreThread, IsWaitedForWhenItsDriverIsUnloaded)
{
	bool ended = false;
	KEVENT wake;

	KeInitializeEvent(&wake, NotificationEvent, FALSE);
	function = [&] {
		KeWaitForSingleObject(&wake, Executive, KernelMode, FALSE, nullptr);
		ended = true;
	};
	start_thread();
	os.run_pending();
	ZwClose(handle);
	/* Somebody waits for the thread, which goes on an hour later. */
	os.falling_asleep = [&] {
		os.pass_time(3600ULL * 1000 * 1000);
		os.falling_asleep = [&] {
			EXPECT_EQ(os.lines_with("waits for 1 of its threads"), 1u);
			KeSetEvent(&wake, IO_NO_INCREMENT, FALSE);
		};
	};
	expect_all_given_back();
	EXPECT_TRUE(ended);
	EXPECT_EQ(os.errors(), 1u) << os.whole_log();
}

/* Where Windows drivers end what is theirs, since it is called in either case. */
TEST_F(CoreThread, EndsWithTheDriverObjectsCleanup)
{
	for (const bool entry_fails : {false, true}) {
		bool ended = false;
		KEVENT wake;

		os.reset();
		KeInitializeEvent(&wake, NotificationEvent, FALSE);
		function = [&] {
			KeWaitForSingleObject(&wake, Executive, KernelMode, FALSE, nullptr);
			ended = true;
		};
		client.driver_created = [this] {
			ASSERT_EQ(create(&handle), STATUS_SUCCESS);
		};
		client.driver_cleaned = [&] {
			KeSetEvent(&wake, IO_NO_INCREMENT, FALSE);
			wait_for_thread();
		};
		client.failing.clear();
		if (entry_fails)
			client.failing = {"DriverEntry"};
		EXPECT_EQ(register_driver() != 0, entry_fails);
		os.run_pending();
		expect_all_given_back();
		EXPECT_TRUE(ended);
		EXPECT_EQ(os.lines_with("waits for"), 0u);
		driver = nullptr;
	}
}

/* More of them than callbacks are counted on; each knows whose it is. */
TEST_F(CoreThread, ManyKnowTheirDriver)
{
	static constexpr int many = 100;
	HANDLE handles[many];
	int knowing = 0;
	KEVENT wake;

	KeInitializeEvent(&wake, NotificationEvent, FALSE);
	function = [&] {
		WDFSPINLOCK lock;

		KeWaitForSingleObject(&wake, Executive, KernelMode, FALSE, nullptr);
		/* Without a parent it is the driver's. */
		if (WdfSpinLockCreate(nullptr, &lock) == STATUS_SUCCESS)
			knowing++;
		PsTerminateSystemThread(STATUS_SUCCESS);
	};
	client.driver_created = [&] {
		for (HANDLE &one : handles)
			ASSERT_EQ(create(&one), STATUS_SUCCESS);
	};
	ASSERT_EQ(register_driver(), 0);
	os.run_pending();
	KeSetEvent(&wake, IO_NO_INCREMENT, FALSE);
	for (HANDLE one : handles) {
		handle = one;
		wait_for_thread();
	}
	EXPECT_EQ(knowing, many);
	expect_all_given_back();
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

TEST_F(CoreThread, IsWaitedForWhenDriverEntryFails)
{
	bool ended = false;

	function = [&] {
		ended = true;
	};
	client.driver_created = [this] {
		ASSERT_EQ(create(&handle), STATUS_SUCCESS);
		ZwClose(handle);
	};
	client.failing = {"DriverEntry"};
	EXPECT_NE(register_driver(), 0);
	EXPECT_TRUE(ended);
	expect_all_given_back();
}

TEST_F(CoreThread, RunsOnTheProcessorsItChose)
{
	GROUP_AFFINITY first, second, third, none;

	function = [&] {
		GROUP_AFFINITY wanted = {0x6, 0, {}};

		KeSetSystemGroupAffinityThread(&wanted, &first);
		wanted.Mask = 0x18;
		/* Of those there is one. */
		KeSetSystemGroupAffinityThread(&wanted, &second);
		wanted.Mask = 0x10;
		KeSetSystemGroupAffinityThread(&wanted, &third);
		wanted.Mask = 0;
		KeSetSystemGroupAffinityThread(&wanted, nullptr);
		KeRevertToUserGroupAffinityThread(&first);
		KeSetSystemGroupAffinityThread(&wanted, &none);
		KeSetSystemGroupAffinityThread(nullptr, nullptr);
		KeRevertToUserGroupAffinityThread(nullptr);
	};
	start_thread();
	wait_for_thread();
	EXPECT_EQ(first.Mask, 0u);
	EXPECT_EQ(second.Mask, 0x6u);
	EXPECT_EQ(third.Mask, 0x8u);
	EXPECT_EQ(none.Mask, 0u);
	EXPECT_EQ(os.lines_with("GroupAffinityThread"), 2u);
	expect_all_given_back();
}

TEST_F(CoreThread, OthersStayWhereTheyAre)
{
	GROUP_AFFINITY wanted = {0x2, 0, {}};
	GROUP_AFFINITY before = {0xff, 3, {}};

	KeSetSystemGroupAffinityThread(&wanted, &before);
	EXPECT_EQ(before.Mask, 0u);
	EXPECT_EQ(before.Group, 0u);
	KeRevertToUserGroupAffinityThread(&wanted);
	UINT16 group;
	EXPECT_EQ(netcx_os_thread_processors(&group), 0u);
}

TEST_F(CoreThread, PrioritiesAreThoseOfWindows)
{
	PETHREAD thread = KeGetCurrentThread();

	EXPECT_EQ(thread, KeGetCurrentThread());
	EXPECT_EQ(LOW_PRIORITY, 0);
	EXPECT_EQ(LOW_REALTIME_PRIORITY, 16);
	EXPECT_EQ(HIGH_PRIORITY, 31);
	EXPECT_EQ(MAXIMUM_PRIORITY, 32);
}

TEST_F(CoreThread, ProcessorsAreCountedByGroup)
{
	os.processors = 100;
	EXPECT_EQ(KeQueryActiveProcessorCountEx(ALL_PROCESSOR_GROUPS), 100u);
	EXPECT_EQ(KeQueryActiveProcessorCountEx(0), 64u);
	EXPECT_EQ(KeQueryActiveProcessorCountEx(1), 36u);
	EXPECT_EQ(KeQueryActiveProcessorCountEx(2), 0u);
}

TEST_F(CoreThread, ProcessorsHaveNumbers)
{
	PROCESSOR_NUMBER number = {9, 9, 9};

	os.processors = 100;
	os.processor = 70;
	EXPECT_EQ(KeGetCurrentProcessorNumberEx(nullptr), 70u);
	EXPECT_EQ(KeGetCurrentProcessorNumberEx(&number), 70u);
	EXPECT_EQ(number.Group, 1);
	EXPECT_EQ(number.Number, 6);
	EXPECT_EQ(number.Reserved, 0);
	EXPECT_EQ(KeGetProcessorIndexFromNumber(&number), 70u);
	EXPECT_EQ(KeGetProcessorNumberFromIndex(99, &number), STATUS_SUCCESS);
	EXPECT_EQ(number.Group, 1);
	EXPECT_EQ(number.Number, 35);
	EXPECT_EQ(KeGetProcessorIndexFromNumber(&number), 99u);
	EXPECT_EQ(KeGetProcessorNumberFromIndex(100, &number), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(KeGetProcessorNumberFromIndex(0, nullptr), STATUS_INVALID_PARAMETER);
	number.Number = 36;
	EXPECT_EQ(KeGetProcessorIndexFromNumber(&number), INVALID_PROCESSOR_INDEX);
	number = {0, 64, 0};
	EXPECT_EQ(KeGetProcessorIndexFromNumber(&number), INVALID_PROCESSOR_INDEX);
	number = {0, 0, 1};
	EXPECT_EQ(KeGetProcessorIndexFromNumber(&number), INVALID_PROCESSOR_INDEX);
	EXPECT_EQ(KeGetProcessorIndexFromNumber(nullptr), INVALID_PROCESSOR_INDEX);
}

TEST_F(CoreThread, NodesHaveProcessors)
{
	GROUP_AFFINITY affinity = {1, 1, {1, 1, 1}};
	USHORT count = 77;

	os.processors = 100;
	os.nodes[1] = {1, 0xf0};
	KeQueryNodeActiveAffinity(0, &affinity, &count);
	EXPECT_EQ(affinity.Mask, 0xfu);
	EXPECT_EQ(affinity.Group, 0);
	EXPECT_EQ(affinity.Reserved[2], 0);
	EXPECT_EQ(count, 4);
	KeQueryNodeActiveAffinity(1, &affinity, nullptr);
	EXPECT_EQ(affinity.Mask,
		  AFFINITY_MASK(4) | AFFINITY_MASK(5) | AFFINITY_MASK(6) | AFFINITY_MASK(7));
	EXPECT_EQ(affinity.Group, 1);
	KeQueryNodeActiveAffinity(2, &affinity, &count);
	EXPECT_EQ(affinity.Mask, 0u);
	EXPECT_EQ(affinity.Group, 0);
	EXPECT_EQ(count, 0);
	KeQueryNodeActiveAffinity(2, nullptr, nullptr);
}

} // namespace

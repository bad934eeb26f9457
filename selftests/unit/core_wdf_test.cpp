// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Locks, timers, work items, memory, DMA, the kernel's functions.

#include "core_client.h"

#include <cerrno>
#include <semaphore>
#include <thread>

namespace
{

using namespace unit;

class CoreWdf : public CoreFixture
{
protected:
	CoreWdf()
	{
		EXPECT_EQ(start(), 0);
		WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
		attributes.ParentObject = client.device;
	}

	WDF_OBJECT_ATTRIBUTES attributes;
};

TEST_F(CoreWdf, TheDriversObjectIsDriverEntrys)
{
	EXPECT_NE(client.driver_object, nullptr);
	EXPECT_EQ(WdfDriverWdmGetDriverObject(client.driver), client.driver_object);
	EXPECT_EQ(WdfDriverWdmGetDriverObject(nullptr), nullptr);
}

/* ---- locks ---- */

TEST_F(CoreWdf, ASpinLockKeepsItsHolderFromSleeping)
{
	WDFSPINLOCK lock;

	ASSERT_EQ(WdfSpinLockCreate(&attributes, &lock), STATUS_SUCCESS);
	EXPECT_EQ(KeGetCurrentIrql(), PASSIVE_LEVEL);
	WdfSpinLockAcquire(lock);
	EXPECT_EQ(KeGetCurrentIrql(), DISPATCH_LEVEL);
	WdfSpinLockRelease(lock);
	EXPECT_EQ(KeGetCurrentIrql(), PASSIVE_LEVEL);
	WdfObjectDelete(lock);
	EXPECT_EQ(WdfSpinLockCreate(&attributes, nullptr), STATUS_INVALID_PARAMETER);
}

TEST_F(CoreWdf, AnInterruptMayUseTheClientsLock)
{
	WDF_INTERRUPT_CONFIG config;
	WDFINTERRUPT interrupt;
	WDFSPINLOCK lock;

	finish();
	hardware.vectors = 3;
	client.interrupts_in_device_add = false;
	ASSERT_EQ(add(), 0);
	attributes.ParentObject = client.device;
	ASSERT_EQ(WdfSpinLockCreate(&attributes, &lock), STATUS_SUCCESS);
	WDF_INTERRUPT_CONFIG_INIT(
		&config, [](WDFINTERRUPT, ULONG) -> BOOLEAN { return TRUE; }, nullptr);
	config.SpinLock = lock;
	ASSERT_EQ(WdfInterruptCreate(client.device, &config, nullptr, &interrupt), STATUS_SUCCESS);
	ASSERT_EQ(start(), 0);
	EXPECT_TRUE(hardware.raise(0));
	WdfInterruptAcquireLock(interrupt);
	WdfInterruptReleaseLock(interrupt);
	/* The interrupt keeps it. */
	WdfObjectDelete(lock);
	EXPECT_TRUE(hardware.raise(0));
	/* There is no DPC to ask for. */
	EXPECT_FALSE(WdfInterruptQueueDpcForIsr(interrupt));
	EXPECT_EQ(os.lines_with("has no EvtInterruptDpc"), 1u);
}

TEST_F(CoreWdf, BadInterruptsAreRefused)
{
	WDF_INTERRUPT_CONFIG good, config;
	WDFINTERRUPT interrupt;
	CM_PARTIAL_RESOURCE_DESCRIPTOR elsewhere = {};

	finish();
	os.log.clear();
	client.interrupts_in_device_add = false;
	ASSERT_EQ(add(), 0);
	WDF_INTERRUPT_CONFIG_INIT(
		&good, [](WDFINTERRUPT, ULONG) -> BOOLEAN { return TRUE; }, nullptr);
	const auto create = [&] {
		return WdfInterruptCreate(client.device, &config, nullptr, &interrupt);
	};
	config = good;
	config.Size = 0;
	EXPECT_EQ(create(), STATUS_INFO_LENGTH_MISMATCH);
	config = good;
	config.EvtInterruptIsr = nullptr;
	EXPECT_EQ(create(), STATUS_INVALID_PARAMETER);
	config = good;
	config.PassiveHandling = TRUE;
	EXPECT_EQ(create(), STATUS_NOT_SUPPORTED);
	config = good;
	config.InterruptTranslated = &elsewhere;
	EXPECT_EQ(create(), STATUS_NOT_FOUND);
	config = good;
	config.SpinLock = reinterpret_cast<WDFSPINLOCK>(client.device);
	EXPECT_EQ(create(), STATUS_INVALID_HANDLE);
	EXPECT_EQ(WdfInterruptCreate(client.device, nullptr, nullptr, &interrupt),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.log.size(), 6u) << os.whole_log();

	ASSERT_EQ(start(), 0);
	config = good;
	EXPECT_EQ(create(), STATUS_INVALID_DEVICE_STATE);
}

/* Takes the second of the device's two messages, and tries what is none and what is taken. */
NTSTATUS choose_interrupt(WDFDEVICE device, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
	WDF_INTERRUPT_CONFIG config;
	WDFINTERRUPT interrupt;
	NTSTATUS status;

	EXPECT_EQ(WdfCmResourceListGetCount(translated), 3u);
	EXPECT_EQ(WdfCmResourceListGetCount(raw), 3u);
	EXPECT_EQ(WdfCmResourceListGetDescriptor(translated, 3), nullptr);
	EXPECT_EQ(WdfCmResourceListGetDescriptor(raw, 1)->u.MessageInterrupt.Raw.MessageCount, 1);
	WDF_INTERRUPT_CONFIG_INIT(
		&config, [](WDFINTERRUPT, ULONG message) -> BOOLEAN { return message == 1; },
		nullptr);
	config.InterruptRaw = WdfCmResourceListGetDescriptor(raw, 2);
	config.InterruptTranslated = WdfCmResourceListGetDescriptor(translated, 2);
	status = WdfInterruptCreate(device, &config, nullptr, &interrupt);
	EXPECT_EQ(WdfInterruptCreate(device, &config, nullptr, &interrupt),
		  STATUS_INVALID_PARAMETER);
	config.InterruptTranslated = WdfCmResourceListGetDescriptor(translated, 0);
	EXPECT_EQ(WdfInterruptCreate(device, &config, nullptr, &interrupt), STATUS_NOT_FOUND);
	return status;
}

NTSTATUS add_chooser(WDFDRIVER, PWDFDEVICE_INIT init)
{
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
	WDFDEVICE device;

	WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDevicePrepareHardware = choose_interrupt;
	WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
	return WdfDeviceCreate(&init, nullptr, &device);
}

TEST_F(CoreWdf, InterruptsTakeTheDescriptorTheyAreGiven)
{
	finish();
	ASSERT_EQ(netcx_core_driver_create(
			  "chooser", "1.0",
			  [](PDRIVER_OBJECT object, PUNICODE_STRING path) {
				  WDF_DRIVER_CONFIG config;

				  WDF_DRIVER_CONFIG_INIT(&config, add_chooser);
				  return WdfDriverCreate(object, path, nullptr, &config, nullptr);
			  },
			  nullptr, &driver),
		  0);
	ASSERT_EQ(start(), 0);
	EXPECT_FALSE(hardware.is_connected(0));
	EXPECT_TRUE(hardware.raise(1));
}

TEST_F(CoreWdf, AWaitLockMayBeTriedAndWaitedForAWhile)
{
	WDFWAITLOCK lock;
	LONGLONG timeout = 0;

	ASSERT_EQ(WdfWaitLockCreate(&attributes, &lock), STATUS_SUCCESS);
	EXPECT_EQ(WdfWaitLockAcquire(lock, nullptr), STATUS_SUCCESS);
	EXPECT_EQ(WdfWaitLockAcquire(lock, &timeout), STATUS_TIMEOUT);
	const UINT64 before = os.now_ns();
	timeout = WDF_REL_TIMEOUT_IN_US(1500);
	EXPECT_EQ(WdfWaitLockAcquire(lock, &timeout), STATUS_TIMEOUT);
	EXPECT_EQ(os.now_ns() - before, 1500000u);
	timeout = 1;
	EXPECT_EQ(WdfWaitLockAcquire(lock, &timeout), STATUS_INVALID_PARAMETER);
	WdfWaitLockRelease(lock);
	timeout = 0;
	EXPECT_EQ(WdfWaitLockAcquire(lock, &timeout), STATUS_SUCCESS);
	{
		const fake::Os::Atomic atomic;

		EXPECT_EQ(WdfWaitLockAcquire(lock, nullptr), STATUS_INVALID_DEVICE_STATE);
		EXPECT_EQ(WdfWaitLockAcquire(lock, &timeout), STATUS_TIMEOUT);
	}
	WdfWaitLockRelease(lock);
}

/* ---- timers ---- */

struct Ticks {
	UINT32 count;
	bool stop_in_callback;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Ticks, ticks_of);

void tick(WDFTIMER timer)
{
	EXPECT_EQ(KeGetCurrentIrql(), DISPATCH_LEVEL);
	ticks_of(timer)->count++;
	if (ticks_of(timer)->stop_in_callback)
		WdfTimerStop(timer, FALSE);
}

class CoreTimer : public CoreWdf
{
protected:
	WDFTIMER create(ULONG period)
	{
		WDF_TIMER_CONFIG config;
		WDFTIMER timer = nullptr;

		WDF_TIMER_CONFIG_INIT(&config, tick);
		config.Period = period;
		WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, Ticks);
		EXPECT_EQ(WdfTimerCreate(&config, &attributes, &timer), STATUS_SUCCESS);
		return timer;
	}
};

TEST_F(CoreTimer, FiresOncePerStart)
{
	WDFTIMER timer = create(0);

	EXPECT_EQ(WdfTimerGetParentObject(timer), client.device);
	EXPECT_FALSE(WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(10)));
	os.pass_time(9999);
	EXPECT_EQ(ticks_of(timer)->count, 0u);
	os.pass_time(1);
	EXPECT_EQ(ticks_of(timer)->count, 1u);
	os.pass_time(1000000);
	EXPECT_EQ(ticks_of(timer)->count, 1u);

	EXPECT_FALSE(WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(10)));
	EXPECT_TRUE(WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(20)));
	os.pass_time(10000);
	EXPECT_EQ(ticks_of(timer)->count, 1u);
	EXPECT_TRUE(WdfTimerStop(timer, TRUE));
	EXPECT_FALSE(WdfTimerStop(timer, TRUE));
	os.pass_time(1000000);
	EXPECT_EQ(ticks_of(timer)->count, 1u);
}

TEST_F(CoreTimer, APeriodicTimerGoesOnUntilItIsStopped)
{
	WDFTIMER timer = create(5);

	WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(1));
	os.pass_time(22000);
	EXPECT_EQ(ticks_of(timer)->count, 5u);
	ticks_of(timer)->stop_in_callback = true;
	os.pass_time(100000);
	EXPECT_EQ(ticks_of(timer)->count, 6u);
}

TEST_F(CoreTimer, StartedAgainJustAsItExpiresItFiresForBoth)
{
	for (const ULONG period : {0u, 5u}) {
		WDFTIMER timer = create(period);

		WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(1));
		os.timer_expired = [=] {
			EXPECT_FALSE(WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(100)));
		};
		os.pass_time(1000);
		EXPECT_EQ(ticks_of(timer)->count, 1u);
		os.pass_time(99999);
		EXPECT_EQ(ticks_of(timer)->count, 1u);
		os.pass_time(1);
		EXPECT_EQ(ticks_of(timer)->count, 2u);
		os.pass_time(5000);
		EXPECT_EQ(ticks_of(timer)->count, period ? 3u : 2u);
		WdfTimerStop(timer, TRUE);
	}
}

TEST_F(CoreTimer, StoppedJustAsItExpiresItFiresNoMoreUntilItsNextStart)
{
	for (const ULONG period : {0u, 5u}) {
		WDFTIMER timer = create(period);

		WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(1));
		os.timer_expired = [=] {
			EXPECT_FALSE(WdfTimerStop(timer, FALSE));
			EXPECT_FALSE(WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(100)));
		};
		os.pass_time(100999);
		EXPECT_EQ(ticks_of(timer)->count, 0u);
		os.pass_time(1);
		EXPECT_EQ(ticks_of(timer)->count, 1u);
		os.pass_time(5000);
		EXPECT_EQ(ticks_of(timer)->count, period ? 2u : 1u);
		WdfTimerStop(timer, TRUE);
	}
}

TEST_F(CoreTimer, DeletedItDoesNotFireAnyMore)
{
	WDFTIMER timer = create(5);
	const Ticks *ticks = ticks_of(timer);

	WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(1));
	WdfObjectReference(timer);
	WdfObjectDelete(timer);
	WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_MS(1));
	os.pass_time(100000);
	EXPECT_EQ(ticks->count, 0u);
	WdfObjectDereference(timer);
}

TEST_F(CoreTimer, BadOnesAreRefused)
{
	WDF_TIMER_CONFIG config;
	WDFTIMER timer;

	WDF_TIMER_CONFIG_INIT(&config, nullptr);
	EXPECT_EQ(WdfTimerCreate(&config, &attributes, &timer), STATUS_INVALID_PARAMETER);
	WDF_TIMER_CONFIG_INIT(&config, tick);
	EXPECT_EQ(WdfTimerCreate(&config, nullptr, &timer), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("ParentObject must be set here"), 1u);
	attributes.ExecutionLevel = WdfExecutionLevelPassive;
	EXPECT_EQ(WdfTimerCreate(&config, &attributes, &timer), STATUS_NOT_SUPPORTED);
	attributes.ExecutionLevel = WdfExecutionLevelInheritFromParent;
	config.Size = 0;
	EXPECT_EQ(WdfTimerCreate(&config, &attributes, &timer), STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(WdfTimerCreate(nullptr, &attributes, &timer), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.errors(), 5u) << os.whole_log();
}

/* ---- work items ---- */

std::function<void(WDFWORKITEM)> work;

class CoreWork : public CoreWdf
{
protected:
	~CoreWork() override { work = nullptr; }

	WDFWORKITEM create()
	{
		WDF_WORKITEM_CONFIG config;
		WDFWORKITEM item = nullptr;

		WDF_WORKITEM_CONFIG_INIT(&config, [](WDFWORKITEM i) { work(i); });
		attributes.EvtDestroyCallback = [](WDFOBJECT) {
			CoreClient::get().event("work item Destroy");
		};
		EXPECT_EQ(WdfWorkItemCreate(&config, &attributes, &item), STATUS_SUCCESS);
		return item;
	}
};

TEST_F(CoreWork, RunsOncePerRequestWhereItMaySleep)
{
	WDFWORKITEM item = create();
	unsigned int runs = 0;

	work = [&](WDFWORKITEM i) {
		EXPECT_EQ(i, item);
		EXPECT_EQ(KeGetCurrentIrql(), PASSIVE_LEVEL);
		runs++;
	};
	EXPECT_EQ(WdfWorkItemGetParentObject(item), client.device);
	{
		const fake::Os::Atomic atomic;

		WdfWorkItemEnqueue(item);
		WdfWorkItemEnqueue(item);
	}
	EXPECT_EQ(runs, 0u);
	WdfWorkItemFlush(item);
	EXPECT_EQ(runs, 1u);
	WdfWorkItemFlush(item);
	EXPECT_EQ(runs, 1u);
}

TEST_F(CoreWork, MayDeleteItselfEvenIfItWasAskedForAgain)
{
	WDFWORKITEM item = create();
	unsigned int runs = 0;

	work = [&](WDFWORKITEM i) {
		runs++;
		WdfWorkItemEnqueue(i);
		WdfObjectDelete(i);
	};
	client.take_events();
	WdfWorkItemEnqueue(item);
	os.run_pending();
	EXPECT_EQ(runs, 1u);
	expect_events({"work item Destroy"});
}

TEST_F(CoreWork, RemovalWaitsForTheCallbackOfOneThatDeletedItself)
{
	WDFWORKITEM item = create();
	std::binary_semaphore callback_ends(0), removal_waits(0);
	bool removed = false;
	std::thread remover;

	/* The two threads take turns: each runs only while the other one waits here. */
	os.falling_asleep = [&] {
		removal_waits.release();
		callback_ends.acquire();
	};
	work = [&](WDFWORKITEM i) {
		WdfObjectDelete(i);
		remover = std::thread([&] {
			finish();
			removed = true;
			removal_waits.release();
		});
		removal_waits.acquire();
		EXPECT_FALSE(removed);
	};
	WdfWorkItemEnqueue(item);
	os.run_pending();
	callback_ends.release();
	remover.join();
	EXPECT_TRUE(removed);
	EXPECT_EQ(os.lines_with("references on its objects left"), 0u) << os.whole_log();
}

TEST_F(CoreWork, DeletingWaitsForWhatWasAskedFor)
{
	WDFWORKITEM item = create();
	unsigned int runs = 0;

	work = [&](WDFWORKITEM) {
		runs++;
	};
	WdfWorkItemEnqueue(item);
	WdfObjectDelete(item);
	EXPECT_EQ(runs, 1u);
	os.run_pending();
}

TEST_F(CoreWork, IsTheClientsCallbackSoNewObjectsNeedNoParent)
{
	WDFWORKITEM item = create();
	WDFSPINLOCK lock = nullptr;

	work = [&](WDFWORKITEM) {
		EXPECT_EQ(WdfSpinLockCreate(nullptr, &lock), STATUS_SUCCESS);
	};
	WdfWorkItemEnqueue(item);
	os.run_pending();
	EXPECT_NE(lock, nullptr);
}

TEST_F(CoreWork, BadOnesAreRefused)
{
	WDF_WORKITEM_CONFIG config;
	WDFWORKITEM item;

	WDF_WORKITEM_CONFIG_INIT(&config, nullptr);
	EXPECT_EQ(WdfWorkItemCreate(&config, &attributes, &item), STATUS_INVALID_PARAMETER);
	WDF_WORKITEM_CONFIG_INIT(&config, [](WDFWORKITEM) {});
	EXPECT_EQ(WdfWorkItemCreate(&config, nullptr, &item), STATUS_INVALID_PARAMETER);
	config.Size = 0;
	EXPECT_EQ(WdfWorkItemCreate(&config, &attributes, &item), STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(os.errors(), 3u) << os.whole_log();
}

/* ---- memory and DMA ---- */

TEST_F(CoreWdf, MemoryIsZeroedAndKnowsItsSize)
{
	WDFMEMORY memory;
	void *buffer = nullptr;
	SIZE_T size = 0;

	ASSERT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1000, &memory, &buffer),
		  STATUS_SUCCESS);
	EXPECT_EQ(WdfMemoryGetBuffer(memory, &size), buffer);
	EXPECT_EQ(size, 1000u);
	for (SIZE_T i = 0; i < size; i++)
		ASSERT_EQ(static_cast<UINT8 *>(buffer)[i], 0);
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 0, &memory, nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, nullptr, nullptr),
		  STATUS_INVALID_PARAMETER);
	const fake::Os::Atomic atomic;
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_INVALID_DEVICE_STATE);
}

TEST_F(CoreWdf, ACommonBufferIsSeenFromBothSides)
{
	WDFCOMMONBUFFER buffer;

	ASSERT_EQ(WdfCommonBufferCreate(client.enabler, 5000, nullptr, &buffer), STATUS_SUCCESS);
	UINT8 *memory = static_cast<UINT8 *>(WdfCommonBufferGetAlignedVirtualAddress(buffer));
	const UINT64 logical =
		static_cast<UINT64>(WdfCommonBufferGetAlignedLogicalAddress(buffer).QuadPart);
	EXPECT_EQ(WdfCommonBufferGetLength(buffer), 5000u);
	EXPECT_EQ(hardware.dma(logical, 4096), memory);
	EXPECT_EQ(hardware.dma(logical + 1, 4095), memory + 1);
	EXPECT_EQ(hardware.dma(logical + 4999, 1), memory + 4999);
	EXPECT_EQ(hardware.dma(logical + 4999, 2), nullptr);
	/* Its pages may be anywhere. */
	EXPECT_EQ(hardware.dma(logical + 4095, 2), nullptr);
	WdfObjectDelete(buffer);
	EXPECT_EQ(hardware.dma(logical, 1), nullptr);
}

/* It alone has kept the enabler and the device, whose memory goes with it. */
TEST_F(CoreWdf, ACommonBufferMayOutliveItsDevice)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFCOMMONBUFFER buffer;

	ASSERT_EQ(start(), 0);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.driver;
	ASSERT_EQ(WdfCommonBufferCreate(client.enabler, 64, &attributes, &buffer), STATUS_SUCCESS);

	void *memory = WdfCommonBufferGetAlignedVirtualAddress(buffer);
	const UINT64 address =
		static_cast<UINT64>(WdfCommonBufferGetAlignedLogicalAddress(buffer).QuadPart);

	netcx_core_device_stop(device);
	netcx_core_device_remove(device);
	started = false;
	device = nullptr;
	EXPECT_EQ(os.lines_with("references on its objects left, their memory is lost"), 1u);
	WdfObjectDelete(buffer);
	EXPECT_TRUE(client.has_event("device Destroy"));
	/* The OS half's part had gone, so it could not be freed. */
	netcx_os_dma_free(&hardware, 64, memory, address);
}

TEST_F(CoreWdf, CommonBuffersHaveTheirRules)
{
	WDF_COMMON_BUFFER_CONFIG config;
	WDFCOMMONBUFFER buffer;

	EXPECT_EQ(WdfCommonBufferCreate(client.enabler, 0, nullptr, &buffer),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfCommonBufferCreate(client.enabler, 1, nullptr, nullptr),
		  STATUS_INVALID_PARAMETER);
	WDF_COMMON_BUFFER_CONFIG_INIT(&config, FILE_256_BYTE_ALIGNMENT);
	EXPECT_EQ(WdfCommonBufferCreateWithConfig(client.enabler, 100, &config, nullptr, &buffer),
		  STATUS_SUCCESS);
	config.AlignmentRequirement = 100;
	EXPECT_EQ(WdfCommonBufferCreateWithConfig(client.enabler, 100, &config, nullptr, &buffer),
		  STATUS_INVALID_PARAMETER);
	config.AlignmentRequirement = 0x1fff;
	EXPECT_EQ(WdfCommonBufferCreateWithConfig(client.enabler, 100, &config, nullptr, &buffer),
		  STATUS_INVALID_PARAMETER);
	config.Size = 0;
	EXPECT_EQ(WdfCommonBufferCreateWithConfig(client.enabler, 100, &config, nullptr, &buffer),
		  STATUS_INFO_LENGTH_MISMATCH);
	WdfDeviceSetAlignmentRequirement(client.device, FILE_256_BYTE_ALIGNMENT);
	WdfDeviceSetAlignmentRequirement(client.device, 100);
	EXPECT_EQ(os.errors(), 6u) << os.whole_log();
}

TEST_F(CoreWdf, EnablersSayWhatTheDeviceReaches)
{
	WDF_DMA_ENABLER_CONFIG config;
	WDFDMAENABLER enabler;

	EXPECT_EQ(hardware.dma_mask, ~0ULL);
	WDF_DMA_ENABLER_CONFIG_INIT(&config, WdfDmaProfilePacket, 1);
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler), STATUS_SUCCESS);
	EXPECT_EQ(hardware.dma_mask, 0xffffffffu);
	WDF_DMA_ENABLER_CONFIG_INIT(&config, WdfDmaProfileScatterGather64, 1);
	config.AddressWidthOverride = 40;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler), STATUS_SUCCESS);
	EXPECT_EQ(hardware.dma_mask, 0xffffffffffu);
	EXPECT_EQ(os.log.size(), 0u);

	hardware.reachable = 0xffffffff;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler),
		  STATUS_NOT_SUPPORTED);
	config.AddressWidthOverride = 23;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler),
		  STATUS_INVALID_PARAMETER);
	config.AddressWidthOverride = 0;
	config.MaximumLength = 0;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler),
		  STATUS_INVALID_PARAMETER);
	config.Profile = WdfDmaProfileSystem;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler),
		  STATUS_NOT_SUPPORTED);
	config.Profile = WdfDmaProfileInvalid;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler),
		  STATUS_INVALID_PARAMETER);
	config.Size = 0;
	EXPECT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr, &enabler),
		  STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(os.errors(), 6u) << os.whole_log();
}

/* ---- the kernel's functions ---- */

TEST_F(CoreWdf, TimeIsToldInTheUnitsOfItsFunctions)
{
	LARGE_INTEGER frequency, interval;
	const LONGLONG before = KeQueryPerformanceCounter(&frequency).QuadPart;
	const ULONGLONG before_100ns = KeQueryInterruptTime();

	EXPECT_EQ(frequency.QuadPart, 1000000000);
	interval.QuadPart = -25001;
	EXPECT_EQ(KeDelayExecutionThread(KernelMode, FALSE, &interval), STATUS_SUCCESS);
	EXPECT_EQ(KeQueryPerformanceCounter(nullptr).QuadPart - before, 2501000);
	EXPECT_EQ(KeQueryInterruptTime() - before_100ns, 25010u);
	interval.QuadPart = 100;
	EXPECT_EQ(KeDelayExecutionThread(KernelMode, FALSE, &interval), STATUS_SUCCESS);
	EXPECT_EQ(KeDelayExecutionThread(KernelMode, FALSE, nullptr), STATUS_INVALID_PARAMETER);
	const fake::Os::Atomic atomic;
	EXPECT_EQ(KeDelayExecutionThread(KernelMode, FALSE, &interval),
		  STATUS_INVALID_DEVICE_STATE);
	KeStallExecutionProcessor(10);
}

TEST_F(CoreWdf, RegistersAreMappedAndReached)
{
	PHYSICAL_ADDRESS address;

	address.QuadPart = static_cast<LONGLONG>(fake::bar_address(&hardware, 0));
	ULONG *registers =
		static_cast<ULONG *>(MmMapIoSpaceEx(address, 16, PAGE_READWRITE | PAGE_NOCACHE));
	ASSERT_NE(registers, nullptr);
	WRITE_REGISTER_ULONG(registers + 1, 0x12345678);
	EXPECT_EQ(READ_REGISTER_ULONG(registers + 1), 0x12345678u);
	EXPECT_EQ(READ_REGISTER_ULONG(registers), 0u);
	MmUnmapIoSpace(registers, 16);
	MmUnmapIoSpace(nullptr, 16);
	EXPECT_EQ(MmMapIoSpaceEx(address, 0, PAGE_READWRITE), nullptr);
	const fake::Os::Atomic atomic;
	EXPECT_EQ(MmMapIoSpaceEx(address, 16, PAGE_READWRITE), nullptr);
	EXPECT_EQ(os.errors(), 2u);
}

TEST(CoreStatus, NamesAndErrnos)
{
	EXPECT_STREQ(netcx_core_status_name(STATUS_SUCCESS), "STATUS_SUCCESS");
	EXPECT_STREQ(netcx_core_status_name(STATUS_INVALID_PARAMETER), "STATUS_INVALID_PARAMETER");
	EXPECT_STREQ(netcx_core_status_name(static_cast<NTSTATUS>(0xc1234567)),
		     "an unnamed NTSTATUS");
	EXPECT_EQ(netcx_core_errno(STATUS_SUCCESS), 0);
	EXPECT_EQ(netcx_core_errno(STATUS_PENDING), 0);
	EXPECT_EQ(netcx_core_errno(STATUS_INSUFFICIENT_RESOURCES), -ENOMEM);
	EXPECT_EQ(netcx_core_errno(STATUS_INVALID_PARAMETER), -EINVAL);
	EXPECT_EQ(netcx_core_errno(STATUS_NOT_SUPPORTED), -EOPNOTSUPP);
	EXPECT_EQ(netcx_core_errno(STATUS_IO_TIMEOUT), -ETIMEDOUT);
	EXPECT_EQ(netcx_core_errno(STATUS_DEVICE_REMOVED), -ENODEV);
	EXPECT_EQ(netcx_core_errno(STATUS_DEVICE_BUSY), -EBUSY);
	EXPECT_EQ(netcx_core_errno(static_cast<NTSTATUS>(0xc1234567)), -EIO);
}

/* ---- drivers ---- */

class CoreDriver : public CoreFixture
{
};

TEST_F(CoreDriver, BadCreationsAreRefused)
{
	EXPECT_EQ(
		netcx_core_driver_create(
			"client", "1.0",
			[](PDRIVER_OBJECT object, PUNICODE_STRING path) {
				const auto add = [](WDFDRIVER, PWDFDEVICE_INIT) {
					return STATUS_SUCCESS;
				};
				WDF_DRIVER_CONFIG config;

				EXPECT_EQ(path->Length, 0);
				WDF_DRIVER_CONFIG_INIT(&config, nullptr);
				EXPECT_EQ(WdfDriverCreate(object, path, nullptr, &config, nullptr),
					  STATUS_INVALID_PARAMETER);
				EXPECT_EQ(WdfDriverCreate(object, path, nullptr, nullptr, nullptr),
					  STATUS_INVALID_PARAMETER);
				WDF_DRIVER_CONFIG_INIT(&config, add);
				EXPECT_EQ(WdfDriverCreate(nullptr, path, nullptr, &config, nullptr),
					  STATUS_INVALID_PARAMETER);
				EXPECT_EQ(WdfDriverCreate(object, path, nullptr, &config, nullptr),
					  STATUS_SUCCESS);
				EXPECT_EQ(WdfDriverCreate(object, path, nullptr, &config, nullptr),
					  STATUS_INVALID_DEVICE_STATE);
				config.Size = 0;
				return WdfDriverCreate(object, path, nullptr, &config, nullptr);
			},
			nullptr, &driver),
		-EINVAL);
	EXPECT_EQ(driver, nullptr);
	/* DriverEntry's failure needs no line of its own. */
	EXPECT_EQ(os.errors(), 5u) << os.whole_log();
}

TEST_F(CoreDriver, PnpCallbacksOfAWrongSizeFailTheDevice)
{
	ASSERT_EQ(netcx_core_driver_create(
			  "client", "1.0",
			  [](PDRIVER_OBJECT object, PUNICODE_STRING path) {
				  WDF_DRIVER_CONFIG config;

				  WDF_DRIVER_CONFIG_INIT(&config, [](WDFDRIVER,
								     PWDFDEVICE_INIT init) {
					  WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
					  WDFDEVICE device;

					  WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
					  callbacks.Size--;
					  WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
					  return WdfDeviceCreate(&init, nullptr, &device);
				  });
				  return WdfDriverCreate(object, path, nullptr, &config, nullptr);
			  },
			  nullptr, &driver),
		  0);
	EXPECT_EQ(netcx_core_device_add(driver, &hardware, &device), -EINVAL);
	EXPECT_EQ(os.lines_with("WDF_PNPPOWER_EVENT_CALLBACKS.Size is 143, must be 144"), 1u);
	EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
}

} // namespace

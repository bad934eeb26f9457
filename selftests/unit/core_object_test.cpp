// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Objects: contexts, parents, references, deletion, and handles that are none.

#include "core_client.h"

#include <cerrno>
#include <cstring>

namespace
{

using namespace unit;

struct Name {
	char text[16];
};

struct Other {
	UINT64 values[4];
};

struct Third {
	UINT32 value;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Third, third_of);
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Name, name_of);
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Other, other_of);

void note_cleanup(WDFOBJECT object)
{
	CoreClient::get().event(std::string(name_of(object)->text) + " Cleanup");
}

void note_destroy(WDFOBJECT object)
{
	CoreClient::get().event(std::string(name_of(object)->text) + " Destroy");
}

class CoreObject : public CoreFixture
{
protected:
	CoreObject()
	{
		EXPECT_EQ(start(), 0);
		client.take_events();
	}

	/* A memory object that tells of its end. */
	WDFMEMORY named(const char *name, WDFOBJECT parent)
	{
		WDF_OBJECT_ATTRIBUTES attributes;
		WDFMEMORY memory = nullptr;

		WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Name);
		attributes.EvtCleanupCallback = note_cleanup;
		attributes.EvtDestroyCallback = note_destroy;
		attributes.ParentObject = parent;
		EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 10, &memory, nullptr),
			  STATUS_SUCCESS);
		strcpy(name_of(memory)->text, name);
		return memory;
	}
};

TEST_F(CoreObject, ChildrenGoBeforeParentsAndTheNewestFirst)
{
	WDFMEMORY top = named("top", client.device);
	WDFMEMORY left = named("left", top);
	named("left1", left);
	named("left2", left);
	named("right", top);

	WdfObjectDelete(top);
	expect_events({"right Cleanup", "right Destroy", "left2 Cleanup", "left2 Destroy",
		       "left1 Cleanup", "left1 Destroy", "left Cleanup", "left Destroy",
		       "top Cleanup", "top Destroy"});
}

TEST_F(CoreObject, AReferenceDelaysTheDestructionButNotTheCleanup)
{
	WDFMEMORY top = named("top", client.device);
	WDFMEMORY child = named("child", top);

	WdfObjectReference(child);
	WdfObjectDelete(top);
	/* The child keeps its parent. */
	expect_events({"child Cleanup", "top Cleanup"});
	EXPECT_STREQ(name_of(child)->text, "child");
	EXPECT_NE(WdfMemoryGetBuffer(child, nullptr), nullptr);
	WdfObjectDereference(child);
	expect_events({"child Destroy", "top Destroy"});
}

TEST_F(CoreObject, TheLastReferenceMayGoWhereSleepingIsNotAllowed)
{
	WDFMEMORY memory = named("memory", client.device);

	WdfObjectReference(memory);
	WdfObjectDelete(memory);
	expect_events({"memory Cleanup"});
	{
		const fake::Os::Atomic atomic;

		WdfObjectDereference(memory);
	}
	expect_events({});
	os.run_pending();
	expect_events({"memory Destroy"});
}

TEST_F(CoreObject, DeletingWhereSleepingIsNotAllowedIsRefused)
{
	WDFMEMORY memory = named("memory", client.device);
	{
		const fake::Os::Atomic atomic;

		WdfObjectDelete(memory);
	}
	EXPECT_EQ(os.lines_with("WdfObjectDelete was called where sleeping is not allowed"), 1u)
		<< os.whole_log();
	expect_events({});
	WdfObjectDelete(memory);
	expect_events({"memory Cleanup", "memory Destroy"});
}

TEST_F(CoreObject, AReferenceLeftBehindIsToldWhenTheDeviceGoes)
{
	WDFMEMORY memory = named("memory", client.device);

	WdfObjectReference(memory);
	netcx_core_device_stop(device);
	started = false;
	netcx_core_device_remove(device);
	device = nullptr;
	EXPECT_EQ(os.lines_with("references on its objects left"), 1u) << os.whole_log();
	/* It is usable as long as it is held. */
	EXPECT_NE(WdfMemoryGetBuffer(memory, nullptr), nullptr);
	WdfObjectDereference(memory);
	EXPECT_TRUE(client.has_event("memory Destroy"));
	EXPECT_TRUE(client.has_event("device Destroy"));
}

TEST_F(CoreObject, WhatNetcxDeletesItselfIsNotTheClientsToDelete)
{
	WdfObjectDelete(client.device);
	WdfObjectDelete(client.driver);
	WdfObjectDelete(client.interrupt_handles[0]);
	EXPECT_EQ(os.lines_with("which netcx deletes itself"), 3u) << os.whole_log();
	EXPECT_EQ(WdfDeviceGetDriver(client.device), client.driver);
}

TEST_F(CoreObject, AnAdapterThatIsDeletedTakesItsInterfaceAlong)
{
	ASSERT_EQ(open(), 0);
	client.take_events();
	WdfObjectDelete(client.adapter);
	EXPECT_EQ(interface(), nullptr);
	EXPECT_TRUE(client.has_event("rx0 Destroy"));
}

TEST_F(CoreObject, DeepTreesAreDeletedWithoutRecursion)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY top = named("top", client.device);
	WDFOBJECT parent = top;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	for (int i = 0; i < 20000; i++) {
		WDFMEMORY memory;

		attributes.ParentObject = parent;
		ASSERT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
			  STATUS_SUCCESS);
		parent = memory;
	}
	WdfObjectReference(parent);
	WdfObjectDelete(top);
	expect_events({"top Cleanup"});
	WdfObjectDereference(parent);
	expect_events({"top Destroy"});
}

void delete_sibling(WDFOBJECT object)
{
	WDFOBJECT sibling = reinterpret_cast<WDFOBJECT>(other_of(object)->values[0]);

	CoreClient::get().event("deletes its sibling");
	WdfObjectDelete(sibling);
}

TEST_F(CoreObject, ACleanupCallbackMayDeleteOtherObjects)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY top = named("top", client.device);
	WDFMEMORY sibling = named("sibling", top);
	WDFMEMORY deleter;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Other);
	attributes.ParentObject = top;
	attributes.EvtCleanupCallback = delete_sibling;
	ASSERT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &deleter, nullptr),
		  STATUS_SUCCESS);
	other_of(deleter)->values[0] = reinterpret_cast<UINT64>(sibling);
	WdfObjectDelete(top);
	expect_events({"deletes its sibling", "sibling Cleanup", "sibling Destroy", "top Cleanup",
		       "top Destroy"});
}

void create_child(WDFOBJECT object)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY memory;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = object;
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_DELETE_PENDING);
}

TEST_F(CoreObject, AnObjectThatIsBeingDeletedGetsNoMoreChildren)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY memory;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.device;
	attributes.EvtCleanupCallback = create_child;
	ASSERT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_SUCCESS);
	WdfObjectDelete(memory);
	EXPECT_EQ(os.lines_with("the parent is being deleted"), 1u) << os.whole_log();
}

/* ---- contexts ---- */

TEST_F(CoreObject, AContextIsZeroedAlignedAndLeadsBackToItsObject)
{
	WDFMEMORY memory = named("", client.device);
	Name *name = name_of(memory);
	const Name zero = {};

	EXPECT_EQ(memcmp(name, &zero, sizeof(zero)), 0);
	EXPECT_EQ(reinterpret_cast<uintptr_t>(name) % 16, 0u);
	EXPECT_EQ(WdfObjectContextGetObject(name), memory);
	EXPECT_EQ(other_of(memory), nullptr);
}

TEST_F(CoreObject, SeveralContextsEachWithItsCallbacks)
{
	WDFMEMORY memory = named("memory", client.device);
	WDF_OBJECT_ATTRIBUTES attributes;
	void *space = nullptr;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Other);
	attributes.EvtCleanupCallback = [](WDFOBJECT object) {
		CoreClient::get().event("second Cleanup");
		EXPECT_EQ(other_of(object)->values[3], 7u);
	};
	attributes.EvtDestroyCallback = [](WDFOBJECT object) {
		CoreClient::get().event("second Destroy");
		EXPECT_EQ(other_of(object)->values[3], 7u);
	};
	ASSERT_EQ(WdfObjectAllocateContext(memory, &attributes, &space), STATUS_SUCCESS);
	EXPECT_EQ(space, other_of(memory));
	EXPECT_EQ(WdfObjectContextGetObject(space), memory);
	other_of(memory)->values[3] = 7;

	void *again = nullptr;
	EXPECT_EQ(WdfObjectAllocateContext(memory, &attributes, &again),
		  STATUS_OBJECT_NAME_COLLISION);
	EXPECT_EQ(again, space);
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Third);
	ASSERT_EQ(WdfObjectAllocateContext(memory, &attributes, nullptr), STATUS_SUCCESS);
	third_of(memory)->value = 3;
	EXPECT_EQ(other_of(memory), space);
	EXPECT_STREQ(name_of(memory)->text, "memory");

	WdfObjectDelete(memory);
	expect_events({"memory Cleanup", "second Cleanup", "memory Destroy", "second Destroy"});
}

TEST_F(CoreObject, AContextMayBeLargerThanItsType)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFMEMORY memory;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Name);
	attributes.ParentObject = client.device;
	attributes.ContextSizeOverride = 1000;
	ASSERT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_SUCCESS);
	memset(name_of(memory), 0xff, 1000);

	attributes.ContextSizeOverride = sizeof(Name) - 1;
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_INVALID_PARAMETER);
	attributes.ContextSizeOverride = 0x100000000;
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("ObjectAttributesContextSizeTooLarge"), 1u);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.device;
	attributes.ContextSizeOverride = 1;
	EXPECT_EQ(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 1, &memory, nullptr),
		  STATUS_INVALID_PARAMETER);
}

/* ---- bad handles and attributes ---- */

TEST_F(CoreObject, AHandleOfAnotherTypeIsNamed)
{
	WDFMEMORY memory = named("memory", client.device);
	WDFSPINLOCK lock;

	EXPECT_EQ(WdfDeviceGetDriver(reinterpret_cast<WDFDEVICE>(memory)), nullptr);
	EXPECT_EQ(
		os.lines_with("client: WdfDeviceGetDriver was given a WDFMEMORY, not a WDFDEVICE"),
		1u)
		<< os.whole_log();
	EXPECT_EQ(os.log.back().device, "fake0");
	EXPECT_EQ(WdfWaitLockAcquire(reinterpret_cast<WDFWAITLOCK>(memory), nullptr),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(NetAdapterStart(reinterpret_cast<NETADAPTER>(memory)), STATUS_INVALID_HANDLE);

	/* No object at all, whether or not it could be one. */
	alignas(16) char nothing[256] = {};
	EXPECT_EQ(WdfMemoryGetBuffer(nullptr, nullptr), nullptr);
	EXPECT_EQ(WdfMemoryGetBuffer(reinterpret_cast<WDFMEMORY>(nothing), nullptr), nullptr);
	EXPECT_EQ(WdfMemoryGetBuffer(reinterpret_cast<WDFMEMORY>(nothing + 1), nullptr), nullptr);
	EXPECT_EQ(os.lines_with("WdfMemoryGetBuffer was given what is no handle"), 2u);
	WdfObjectDelete(nullptr);
	WdfObjectReference(nullptr);
	WdfObjectDereference(nullptr);
	EXPECT_EQ(name_of(nullptr), nullptr);
	EXPECT_EQ(WdfObjectContextGetObject(nothing + 128), nullptr);
	EXPECT_EQ(WdfObjectContextGetObject(nullptr), nullptr);

	WDF_OBJECT_ATTRIBUTES attributes;
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = nothing;
	EXPECT_EQ(WdfSpinLockCreate(&attributes, &lock), STATUS_INVALID_HANDLE);
}

TEST_F(CoreObject, AttributesOfAWrongSizeAreRefused)
{
	WDF_OBJECT_ATTRIBUTES attributes;
	WDFSPINLOCK lock;

	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.device;
	attributes.Size++;
	EXPECT_EQ(WdfSpinLockCreate(&attributes, &lock), STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(os.lines_with("WDF_OBJECT_ATTRIBUTES.Size is 57, must be 56"), 1u);
}

TEST_F(CoreObject, WithoutAParentTheCallingDriverIsTheParent)
{
	WDFSPINLOCK lock = nullptr;

	/* Nobody's thread. */
	EXPECT_EQ(WdfSpinLockCreate(nullptr, &lock), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("ParentObject must be set here"), 1u) << os.whole_log();

	finish();
	client.declare = [&](NETADAPTER) {
		EXPECT_EQ(WdfSpinLockCreate(nullptr, &lock), STATUS_SUCCESS);
	};
	ASSERT_EQ(start(), 0);
	ASSERT_NE(lock, nullptr);
	/* It is the driver's, so it outlives the device. */
	netcx_core_device_stop(device);
	started = false;
	netcx_core_device_remove(device);
	device = nullptr;
	WdfSpinLockAcquire(lock);
	WdfSpinLockRelease(lock);
}

TEST_F(CoreObject, LinesOfTheClientNameItAndItsDevice)
{
	finish();
	os.log.clear();
	client.declare = [&](NETADAPTER) {
		DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "the answer is %d\n", 42);
	};
	ASSERT_EQ(start(), 0);
	ASSERT_EQ(os.log.size(), 1u);
	EXPECT_EQ(os.log[0].text, "client: the answer is 42");
	EXPECT_EQ(os.log[0].device, "fake0");
	EXPECT_EQ(os.log[0].level, NETCX_OS_LOG_INFO);

	/* In an interrupt nobody knows whose it is. */
	client.isr = [](WDFINTERRUPT, ULONG) {
		DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "interrupted");
		return TRUE;
	};
	hardware.raise(0);
	EXPECT_EQ(os.log[1].text, "interrupted");
	EXPECT_EQ(os.log[1].level, NETCX_OS_LOG_ERROR);
}

} // namespace

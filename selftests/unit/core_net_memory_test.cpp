// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Receive memory of the client's own as net memory: collections, what is in them, and the queues of
// an adapter that receives into it.

#include <cerrno>

#include <netcx/net/databuffer.h>
#include <netcx/net/returncontext.h>

#include "core_client.h"
#include "net_memory.h"

namespace
{

using namespace unit;

class CoreNetMemory : public CoreFixture
{
protected:
	NETMEMORYCOLLECTION create_collection(WDF_OBJECT_ATTRIBUTES *attributes = nullptr)
	{
		NET_MEMORY_COLLECTION_CONFIG config;
		NETMEMORYCOLLECTION collection = nullptr;

		NET_MEMORY_COLLECTION_CONFIG_INIT(&config, 4);
		EXPECT_EQ(config.BuffersCountHint, 4u);
		EXPECT_EQ(NetMemoryCollectionCreate(client.device, attributes, &config,
						    &collection),
			  STATUS_SUCCESS);
		return collection;
	}

	static void *create_memory(NETMEMORYCOLLECTION collection, void *address, SIZE_T length)
	{
		NET_MEMORY_CONFIG config;
		void *memory = nullptr;

		NET_MEMORY_CONFIG_INIT(&config, address, length);
		EXPECT_EQ(NetMemoryCreate(collection, &config, &memory), STATUS_SUCCESS);
		return memory;
	}

	/* From when the device is added on: it receives into such memory. */
	void receive_into_net_memory()
	{
		client.datapath = [this](NET_ADAPTER_TX_CAPABILITIES &,
					 NET_ADAPTER_RX_CAPABILITIES &rx) {
			if (!used)
				used = create_collection();
			NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(&rx, 2048, 1);
			rx.AllocationMode = NetRxFragmentBufferAllocationModeDriverV2;
			rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
			rx.MemoryCollection = used;
		};
	}

	NETMEMORYCOLLECTION used = nullptr;
	UINT8 buffers[3][100] = {};
};

TEST_F(CoreNetMemory, ABufferIsWhatItsIdSays)
{
	ASSERT_EQ(add(), 0);

	NETMEMORYCOLLECTION collection = create_collection();
	void *first = create_memory(collection, buffers[0], 100);
	void *second = create_memory(collection, buffers[1], 50);

	ASSERT_NE(netcx_net_memory_of(first), nullptr);
	ASSERT_NE(netcx_net_memory_of(second), nullptr);
	EXPECT_EQ(netcx_net_memory_of(first)->address, buffers[0]);
	EXPECT_EQ(netcx_net_memory_of(first)->length, 100u);
	EXPECT_EQ(netcx_net_memory_of(second)->address, buffers[1]);
	EXPECT_EQ(netcx_net_memory_of(second)->length, 50u);
	EXPECT_EQ(netcx_net_memory_of(nullptr), nullptr);
	/* In any order, one of them among others. */
	void *third = create_memory(collection, buffers[2], 1);

	NetMemoryDestroy(collection, second);
	NetMemoryDestroy(collection, first);
	NetMemoryDestroy(collection, third);
	WdfObjectDelete(collection);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreNetMemory, CollectionsThatCannotBeAreRefused)
{
	NET_MEMORY_COLLECTION_CONFIG config;
	NETMEMORYCOLLECTION collection;
	WDF_OBJECT_ATTRIBUTES attributes;

	ASSERT_EQ(add(), 0);
	NET_MEMORY_COLLECTION_CONFIG_INIT(&config, 1);
	EXPECT_EQ(NetMemoryCollectionCreate(nullptr, nullptr, &config, &collection),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(NetMemoryCollectionCreate(client.device, nullptr, nullptr, &collection),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("NetMemoryCollectionCreate: Config is NULL (ParameterCantBeNull)"),
		  1u);
	EXPECT_EQ(NetMemoryCollectionCreate(client.device, nullptr, &config, nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("MemoryCollection is NULL"), 1u);
	config.Size--;
	EXPECT_EQ(NetMemoryCollectionCreate(client.device, nullptr, &config, &collection),
		  STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(collection, nullptr);
	config.Size++;
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.ParentObject = client.device;
	EXPECT_EQ(NetMemoryCollectionCreate(client.device, &attributes, &config, &collection),
		  STATUS_INVALID_PARAMETER);
	{
		const fake::Os::Atomic atomic;

		EXPECT_EQ(NetMemoryCollectionCreate(client.device, nullptr, &config, &collection),
			  STATUS_INVALID_DEVICE_STATE);
	}
}

TEST_F(CoreNetMemory, BuffersThatCannotBeAreRefused)
{
	NET_MEMORY_CONFIG config;
	void *memory;

	ASSERT_EQ(add(), 0);

	NETMEMORYCOLLECTION collection = create_collection();

	NET_MEMORY_CONFIG_INIT(&config, buffers[0], 100);
	EXPECT_EQ(NetMemoryCreate(nullptr, &config, &memory), STATUS_INVALID_HANDLE);
	EXPECT_EQ(NetMemoryCreate(collection, nullptr, &memory), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetMemoryCreate(collection, &config, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("NetMemoryCreate: Memory is NULL (ParameterCantBeNull)"), 1u);
	config.Size = 0;
	EXPECT_EQ(NetMemoryCreate(collection, &config, &memory), STATUS_INFO_LENGTH_MISMATCH);
	NET_MEMORY_CONFIG_INIT(&config, nullptr, 100);
	EXPECT_EQ(NetMemoryCreate(collection, &config, &memory), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("BufferAddress is NULL"), 1u);
	NET_MEMORY_CONFIG_INIT(&config, buffers[0], 0);
	EXPECT_EQ(NetMemoryCreate(collection, &config, &memory), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("BufferLength is 0, must be at least 1"), 1u);
	WdfObjectDelete(collection);
}

TEST_F(CoreNetMemory, BuffersComeAndGoInSoftirqsAndNotInInterrupts)
{
	ASSERT_EQ(start(), 0);

	NETMEMORYCOLLECTION collection = create_collection();
	void *memory;
	{
		const fake::Os::Atomic softirq;

		memory = create_memory(collection, buffers[0], 100);
		NetMemoryDestroy(collection, memory);
		memory = create_memory(collection, buffers[0], 100);
	}
	client.isr = [&](WDFINTERRUPT, ULONG) {
		NET_MEMORY_CONFIG config;
		void *none;

		NET_MEMORY_CONFIG_INIT(&config, buffers[1], 100);
		EXPECT_EQ(NetMemoryCreate(collection, &config, &none),
			  STATUS_INVALID_DEVICE_STATE);
		NetMemoryDestroy(collection, memory);
		return TRUE;
	};
	hardware.raise(0);
	EXPECT_EQ(os.lines_with("was called in an interrupt's service routine"), 2u);
	NetMemoryDestroy(collection, memory);
	WdfObjectDelete(collection);
}

TEST_F(CoreNetMemory, WithoutMemoryThereIsNone)
{
	NET_MEMORY_COLLECTION_CONFIG collection_config;
	NETMEMORYCOLLECTION collection = nullptr;
	NET_MEMORY_CONFIG config;
	void *memory = nullptr;

	ASSERT_EQ(add(), 0);
	NET_MEMORY_COLLECTION_CONFIG_INIT(&collection_config, 1);
	NET_MEMORY_CONFIG_INIT(&config, buffers[0], 100);
	for (UINT64 n = 1; n < 10 && !collection; n++) {
		os.fail_nth(n);
		const NTSTATUS status = NetMemoryCollectionCreate(client.device, nullptr,
								  &collection_config, &collection);

		os.fail_nth(0);
		EXPECT_EQ(status, collection ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES);
	}
	ASSERT_NE(collection, nullptr);
	EXPECT_GE(os.lines_with("NetMemoryCollectionCreate: out of memory"), 2u);
	os.fail_nth(1);
	EXPECT_EQ(NetMemoryCreate(collection, &config, &memory), STATUS_INSUFFICIENT_RESOURCES);
	os.fail_nth(0);
	EXPECT_EQ(memory, nullptr);
	WdfObjectDelete(collection);
	EXPECT_EQ(os.lines_with("LeakedNetMemory"), 0u);
}

TEST_F(CoreNetMemory, WhatIsNotInTheCollectionIsLeftAlone)
{
	ASSERT_EQ(add(), 0);

	NETMEMORYCOLLECTION one = create_collection();
	NETMEMORYCOLLECTION other = create_collection();
	void *memory = create_memory(one, buffers[0], 100);

	NetMemoryDestroy(other, memory);
	NetMemoryDestroy(one, buffers[0]);
	NetMemoryDestroy(one, nullptr);
	EXPECT_EQ(os.lines_with("NetMemoryDestroy: Memory is not in the collection "
				"(InvalidNetMemoryRelease)"),
		  3u);
	EXPECT_NE(netcx_net_memory_of(memory), nullptr);
	NetMemoryDestroy(one, memory);
	EXPECT_EQ(os.log.size(), 3u);
	NetMemoryDestroy(nullptr, memory);
}

/* As netvadapter does it: what is left goes in the collection's cleanup. */
TEST_F(CoreNetMemory, TheCleanupOfACollectionMayDestroyWhatIsInIt)
{
	static NETMEMORYCOLLECTION collection;
	static void *memory;
	WDF_OBJECT_ATTRIBUTES attributes;

	ASSERT_EQ(add(), 0);
	WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
	attributes.EvtCleanupCallback = [](WDFOBJECT object) {
		EXPECT_EQ(object, collection);
		NetMemoryDestroy(collection, memory);
	};
	collection = create_collection(&attributes);
	memory = create_memory(collection, buffers[0], 100);
	finish();
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreNetMemory, WhatIsForgottenGoesWithTheCollectionAndIsNamed)
{
	ASSERT_EQ(add(), 0);

	NETMEMORYCOLLECTION collection = create_collection();

	create_memory(collection, buffers[0], 100);
	create_memory(collection, buffers[1], 100);
	WdfObjectDelete(collection);
	EXPECT_EQ(os.lines_with("the NETMEMORYCOLLECTION is destroyed with 2 buffers in it "
				"(LeakedNetMemoryNotAllMemoryReleased)"),
		  1u)
		<< os.whole_log();
}

/* ---- an adapter that receives into it ---- */

TEST_F(CoreNetMemory, RxQueuesHaveARingOfReturnContexts)
{
	receive_into_net_memory();
	ASSERT_EQ(open(), 0);

	const netcx_queue *rx = interface()->rx[0];
	const netcx_queue *tx = interface()->tx[0];
	NET_RING *ring = NetRingCollectionGetFragmentReturnContextRing(
		NetRxQueueGetRingCollection(rx->handle));
	NET_EXTENSION_QUERY query;
	NET_EXTENSION extension;

	ASSERT_NE(ring, nullptr);
	EXPECT_EQ(ring, rx->returns);
	EXPECT_EQ(ring->NumberOfElements, 2 * rx->fragments->NumberOfElements);
	EXPECT_EQ(ring->ElementIndexMask, ring->NumberOfElements - 1);
	EXPECT_EQ(ring->ElementStride, sizeof(NET_FRAGMENT_RETURN_CONTEXT));
	EXPECT_EQ(NetRingCollectionGetDataBufferRing(NetTxQueueGetRingCollection(tx->handle)),
		  nullptr);

	NET_EXTENSION_QUERY_INIT(&query, NET_FRAGMENT_EXTENSION_NET_MEMORY_NAME,
				 NET_FRAGMENT_EXTENSION_NET_MEMORY_VERSION_1,
				 NetExtensionTypeFragment);
	NetRxQueueGetExtension(rx->handle, &query, &extension);
	ASSERT_TRUE(extension.Enabled);
	NetExtensionGetFragmentNetMemory(&extension, 3)->NetMemoryId = buffers;
	EXPECT_EQ(*reinterpret_cast<NET_MEMORY_ID *>(
			  reinterpret_cast<UINT8 *>(NetRingGetFragmentAtIndex(rx->fragments, 3)) +
			  rx->layout.fragment_net_memory),
		  static_cast<void *>(buffers));
	NetTxQueueGetExtension(tx->handle, &query, &extension);
	EXPECT_FALSE(extension.Enabled);
	NET_EXTENSION_QUERY_INIT(&query, NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_NAME,
				 NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1,
				 NetExtensionTypeFragment);
	NetRxQueueGetExtension(rx->handle, &query, &extension);
	EXPECT_TRUE(extension.Enabled);
}

/* Each time it starts. */
TEST_F(CoreNetMemory, TheRingBeginsEmpty)
{
	receive_into_net_memory();
	ASSERT_EQ(open(), 0);
	netcx_queue *rx = interface()->rx[0];

	rx->returns->EndIndex = 3;
	rx->returns->BeginIndex = 3;
	rx->returns->OSReserved0 = 3;
	NetRingGetFragmentReturnContextAtIndex(rx->returns, 2)->Handle =
		reinterpret_cast<NET_FRAGMENT_RETURN_CONTEXT_HANDLE>(buffers);
	netcx_core_queue_cancel(rx);
	netcx_core_queue_stop(rx);
	netcx_core_queue_start(rx);
	EXPECT_EQ(rx->returns->EndIndex, 0u);
	EXPECT_EQ(rx->returns->BeginIndex, 0u);
	EXPECT_EQ(NetRingGetFragmentReturnContextAtIndex(rx->returns, 2)->Handle, nullptr);
}

/* The collection is where others say how buffers are mapped. */
TEST_F(CoreNetMemory, AnotherCollectionAfterAResetIsTheSameAdapters)
{
	with_state();
	receive_into_net_memory();
	client.released = [this] {
		WdfObjectDelete(used);
		used = nullptr;
	};
	ASSERT_EQ(open(), 0);

	const auto *before = interface();

	EXPECT_EQ(netcx_core_state_event(hardware.state, NETCX_DEVICE_RECOVER, FALSE), 0);
	EXPECT_EQ(client.start_status, STATUS_SUCCESS);
	EXPECT_EQ(interface(), before);
	EXPECT_EQ(os.lines_with("other capabilities"), 0u);
	/* The device goes after the test has. */
	client.released = nullptr;
}

TEST_F(CoreNetMemory, WithoutMemoryForItsRingThereIsNoQueue)
{
	receive_into_net_memory();
	ASSERT_EQ(start(), 0);
	for (UINT64 n = 1;; n++) {
		ASSERT_LT(n, 100u);
		os.fail_nth(n);
		const int error = interface()->open();
		os.fail_nth(0);
		if (!error)
			break;
		EXPECT_EQ(error, -ENOMEM);
	}
	interface()->close();
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Packet queues: creation, the states of their lives, notifications.

#include "core_client.h"

#include <cerrno>
#include <cstring>
#include <thread>

namespace
{

using namespace unit;

class CoreQueue : public CoreFixture
{
protected:
	/* What a create callback that errs does; true if the open failed with @error. */
	void expect_refusal(int error, const char *line)
	{
		EXPECT_EQ(open(), error);
		EXPECT_EQ(os.lines_with(line), 1u) << os.whole_log();
		EXPECT_EQ(os.errors(), 1u) << os.whole_log();
		EXPECT_FALSE(client.has_event("tx0 Start"));
	}

	static NET_PACKET_QUEUE_CONFIG config()
	{
		NET_PACKET_QUEUE_CONFIG config;

		NET_PACKET_QUEUE_CONFIG_INIT(
			&config, [](NETPACKETQUEUE) {}, [](NETPACKETQUEUE, BOOLEAN) {},
			[](NETPACKETQUEUE) {});
		return config;
	}
};

TEST_F(CoreQueue, RingsAreAsTheyWereAskedFor)
{
	ASSERT_EQ(start(), 0);
	interface()->ring_size = 64;
	ASSERT_EQ(open(), 0);
	const netcx_queue *tx = interface()->tx[0];

	for (const NET_RING *ring : {tx->packets, tx->fragments}) {
		EXPECT_EQ(ring->NumberOfElements, 64u);
		EXPECT_EQ(ring->ElementIndexMask, 63u);
		EXPECT_EQ(reinterpret_cast<uintptr_t>(ring) % 64, 0u);
		EXPECT_EQ(ring->BeginIndex | ring->NextIndex | ring->EndIndex | ring->OSReserved0,
			  0u);
	}
	EXPECT_EQ(NetTxQueueGetRingCollection(tx->handle), &tx->rings);
	EXPECT_EQ(tx->rings.Rings[NetRingTypePacket], tx->packets);
	EXPECT_EQ(tx->rings.Rings[NetRingTypeFragment], tx->fragments);
	EXPECT_EQ(tx->rings.Rings[NetRingTypeDataBuffer], nullptr);
	EXPECT_EQ(tx->type, NETCX_QUEUE_TX);
	EXPECT_EQ(tx->id, 0u);
	EXPECT_EQ(tx->adapter, interface()->adapter);
	EXPECT_TRUE(queue_context(tx->handle)->virtual_address.Enabled);
}

TEST_F(CoreQueue, RingSizesThatAreNoneAreRefused)
{
	ASSERT_EQ(start(), 0);
	for (UINT32 size : {0u, 1u, 3u, 100u, 65536u}) {
		netcx_queue *queue = nullptr;

		EXPECT_EQ(netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_TX, 0, size, 64,
						  &queue),
			  -EINVAL);
		EXPECT_EQ(netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_RX, 0, 64, size,
						  &queue),
			  -EINVAL);
	}
	EXPECT_EQ(os.lines_with("must be powers of two"), 10u);
	for (UINT32 size : {2u, 32768u}) {
		netcx_queue *queue = nullptr;

		ASSERT_EQ(netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_RX, 0, size,
						  size, &queue),
			  0);
		netcx_core_queue_destroy(queue);
	}
}

TEST_F(CoreQueue, StatesFollowTheLife)
{
	ASSERT_EQ(start(), 0);
	client.take_events();
	netcx_queue *queue = nullptr;
	ASSERT_EQ(netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_RX, 3, 8, 8, &queue),
		  0);
	EXPECT_EQ(queue->state, NETCX_QUEUE_STOPPED);
	EXPECT_EQ(queue->id, 3u);

	client.queue_started = [&](NETPACKETQUEUE) {
		EXPECT_EQ(queue->state, NETCX_QUEUE_STARTED);
	};
	netcx_core_queue_start(queue);
	queue->packets->EndIndex = 5;
	queue->fragments->EndIndex = 5;
	netcx_core_queue_cancel(queue);
	EXPECT_EQ(queue->state, NETCX_QUEUE_CANCELLED);
	EXPECT_FALSE(netcx_core_queue_drained(queue));
	queue->packets->BeginIndex = 5;
	EXPECT_FALSE(netcx_core_queue_drained(queue));
	queue->fragments->BeginIndex = 5;
	EXPECT_TRUE(netcx_core_queue_drained(queue));
	netcx_core_queue_stop(queue);
	EXPECT_EQ(queue->state, NETCX_QUEUE_STOPPED);

	/* The same queue again: everything is zero again. */
	memset(queue->packets->Buffer, 0xff, queue->packets->ElementStride * 8u);
	queue->packets->NextIndex = 5;
	queue->packets->OSReserved0 = 5;
	netcx_core_queue_start(queue);
	for (const NET_RING *ring : {queue->packets, queue->fragments}) {
		EXPECT_EQ(ring->BeginIndex | ring->NextIndex | ring->EndIndex | ring->OSReserved0,
			  0u);
		for (UINT32 i = 0; i < ring->ElementStride * 8u; i++)
			ASSERT_EQ(ring->Buffer[i], 0);
	}
	netcx_core_queue_cancel(queue);
	netcx_core_queue_stop(queue);
	netcx_core_queue_destroy(queue);
	expect_events({"rx3 Create", "rx3 Start", "rx3 Cancel", "rx3 Stop", "rx3 Start",
		       "rx3 Cancel", "rx3 Stop", "rx3 Cleanup", "rx3 Destroy"});
}

TEST_F(CoreQueue, ATransmitQueueIsDrainedWhenItsPacketsAre)
{
	ASSERT_EQ(open(), 0);
	netcx_queue *tx = interface()->tx[0];

	tx->packets->EndIndex = 1;
	EXPECT_FALSE(netcx_core_queue_drained(tx));
	tx->packets->BeginIndex = 1;
	tx->fragments->EndIndex = 1;
	EXPECT_TRUE(netcx_core_queue_drained(tx));
}

TEST_F(CoreQueue, SeveralTransmitQueuesEachHaveAnId)
{
	client.datapath = [](NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &) {
		tx.MaximumNumberOfQueues = 3;
	};
	ASSERT_EQ(open(), 0);
	EXPECT_TRUE(client.has_event("tx2 Start"));
	EXPECT_EQ(interface()->tx.size(), 3u);
}

TEST_F(CoreQueue, NotifyReachesTheOsAtAnyTimeAndInAnyContext)
{
	ASSERT_EQ(start(), 0);
	client.take_events();
	netcx_queue *queue = nullptr;
	ASSERT_EQ(netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_RX, 0, 8, 8, &queue),
		  0);
	UINT32 &count = interface()->notifications[queue];

	NetRxQueueNotifyMoreReceivedPacketsAvailable(queue->handle);
	netcx_core_queue_start(queue);
	client.isr = [&](WDFINTERRUPT, ULONG) {
		NetRxQueueNotifyMoreReceivedPacketsAvailable(queue->handle);
		return TRUE;
	};
	hardware.raise(0);
	netcx_core_queue_cancel(queue);
	hardware.raise(1);
	netcx_core_queue_stop(queue);
	hardware.raise(0);
	EXPECT_EQ(count, 4u);

	/* Only its own direction. */
	NetTxQueueNotifyMoreCompletedPacketsAvailable(queue->handle);
	EXPECT_EQ(count, 4u);
	EXPECT_EQ(os.lines_with(
			  "NetTxQueueNotifyMoreCompletedPacketsAvailable was given a handle of rx "
			  "queue 0 (InvalidQueueHandle)"),
		  1u)
		<< os.whole_log();
	NetTxQueueNotifyMoreCompletedPacketsAvailable(nullptr);
	netcx_core_queue_destroy(queue);
}

/* As a driver may do when an interrupt comes before its queues are there. */
TEST_F(CoreQueue, ANotificationOfNoQueueIsSurvivedAndNamed)
{
	ASSERT_EQ(open(), 0);

	const auto before = interface()->notifications;

	client.isr = [](WDFINTERRUPT, ULONG) {
		NetRxQueueNotifyMoreReceivedPacketsAvailable(nullptr);
		NetTxQueueNotifyMoreCompletedPacketsAvailable(nullptr);
		return TRUE;
	};
	EXPECT_TRUE(hardware.raise(0));
	EXPECT_EQ(interface()->notifications, before);
	EXPECT_EQ(os.lines_with("NetRxQueueNotifyMoreReceivedPacketsAvailable was given NULL"),
		  1u)
		<< os.whole_log();
	EXPECT_EQ(os.lines_with("NetTxQueueNotifyMoreCompletedPacketsAvailable was given NULL"),
		  1u);
}

TEST_F(CoreQueue, AQueueCannotBeDeletedByTheClient)
{
	ASSERT_EQ(open(), 0);
	WdfObjectDelete(interface()->tx[0]->handle);
	EXPECT_EQ(os.lines_with("was given a NETPACKETQUEUE, which netcx deletes itself"), 1u);
}

/* ---- create callbacks that err ---- */

TEST_F(CoreQueue, SuccessWithoutAQueueIsAFailure)
{
	client.create_tx = [](NETTXQUEUE_INIT *) {
		return STATUS_SUCCESS;
	};
	expect_refusal(-EIO, "the callback to create tx queue 0 succeeded without creating it");
}

TEST_F(CoreQueue, AFailureAfterTheQueueWasCreatedDestroysIt)
{
	client.failing = {"tx0 Create"};
	expect_refusal(-EIO, "creating tx queue 0 failed: STATUS_DEVICE_DATA_ERROR");
	EXPECT_TRUE(client.has_event("tx0 Destroy"));
}

TEST_F(CoreQueue, AFailureOfALaterQueueDestroysTheEarlierOnes)
{
	client.failing = {"rx0 Create"};
	expect_refusal(-EIO, "creating rx queue 0 failed: STATUS_DEVICE_DATA_ERROR");
	EXPECT_TRUE(client.has_event("tx0 Destroy"));
	EXPECT_TRUE(client.has_event("rx0 Destroy"));
}

TEST_F(CoreQueue, OneQueuePerInit)
{
	client.create_tx = [&](NETTXQUEUE_INIT *init) {
		NET_PACKET_QUEUE_CONFIG good = config();
		NETPACKETQUEUE queue;

		EXPECT_EQ(NetTxQueueCreate(init, nullptr, &good, &queue), STATUS_SUCCESS);
		return NetTxQueueCreate(init, nullptr, &good, &queue);
	};
	expect_refusal(-EBUSY, "NetTxQueueCreate was called a second time for one queue");
}

TEST_F(CoreQueue, OnTheThreadOfTheCallbackOnly)
{
	client.create_tx = [&](NETTXQUEUE_INIT *init) {
		NTSTATUS status = STATUS_SUCCESS;

		std::thread other([&] {
			NET_PACKET_QUEUE_CONFIG good = config();
			NETPACKETQUEUE queue;

			status = NetTxQueueCreate(init, nullptr, &good, &queue);
		});
		other.join();
		EXPECT_EQ(status, STATUS_INVALID_DEVICE_STATE);
		EXPECT_EQ(os.lines_with("CreatingNetQueueFromWrongThread"), 1u);
		return client.create_tx_queue(init);
	};
	EXPECT_EQ(open(), 0);
}

TEST_F(CoreQueue, WhatIsNoInitHasNoId)
{
	EXPECT_EQ(NetTxQueueInitGetQueueId(nullptr), 0u);
	EXPECT_EQ(NetRxQueueInitGetQueueId(nullptr), 0u);
	EXPECT_EQ(os.lines_with("BadQueueInitContext"), 2u);
}

struct BadConfig {
	const char *field;
	void (*spoil)(NET_PACKET_QUEUE_CONFIG *config);
	int error;
};

class CoreQueueBadConfig : public CoreFixture, public ::testing::WithParamInterface<BadConfig>
{
};

TEST_P(CoreQueueBadConfig, IsNamed)
{
	const BadConfig &bad = GetParam();

	client.create_rx = [&](NETRXQUEUE_INIT *init) {
		NET_PACKET_QUEUE_CONFIG config;
		NETPACKETQUEUE queue;

		NET_PACKET_QUEUE_CONFIG_INIT(
			&config, [](NETPACKETQUEUE) {}, [](NETPACKETQUEUE, BOOLEAN) {},
			[](NETPACKETQUEUE) {});
		bad.spoil(&config);
		return NetRxQueueCreate(init, nullptr, &config, &queue);
	};
	EXPECT_EQ(open(), bad.error);
	EXPECT_EQ(os.lines_with(std::string("NET_PACKET_QUEUE_CONFIG.") + bad.field), 1u)
		<< os.whole_log();
	EXPECT_EQ(os.errors(), 1u) << os.whole_log();
	EXPECT_TRUE(client.has_event("tx0 Destroy"));
}

INSTANTIATE_TEST_SUITE_P(
	Fields, CoreQueueBadConfig,
	::testing::Values(
		BadConfig{"Size is 48, must be 56",
			  [](NET_PACKET_QUEUE_CONFIG *c) { c->Size = 48; }, -EINVAL},
		BadConfig{"EvtAdvance is NULL",
			  [](NET_PACKET_QUEUE_CONFIG *c) { c->EvtAdvance = nullptr; }, -EINVAL},
		BadConfig{
			"EvtSetNotificationEnabled is NULL",
			[](NET_PACKET_QUEUE_CONFIG *c) { c->EvtSetNotificationEnabled = nullptr; },
			-EINVAL},
		BadConfig{"EvtCancel is NULL",
			  [](NET_PACKET_QUEUE_CONFIG *c) { c->EvtCancel = nullptr; }, -EINVAL}));

TEST_F(CoreQueue, AParentInTheAttributesIsRefused)
{
	client.create_tx = [&](NETTXQUEUE_INIT *init) {
		NET_PACKET_QUEUE_CONFIG good = config();
		WDF_OBJECT_ATTRIBUTES attributes;
		NETPACKETQUEUE queue;

		WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
		attributes.ParentObject = client.device;
		return NetTxQueueCreate(init, &attributes, &good, &queue);
	};
	expect_refusal(-EINVAL, "ParentObjectNotNull");
}

TEST_F(CoreQueue, NullsAreRefused)
{
	client.create_tx = [&](NETTXQUEUE_INIT *init) {
		NET_PACKET_QUEUE_CONFIG good = config();
		NETPACKETQUEUE queue;

		EXPECT_EQ(NetTxQueueCreate(nullptr, nullptr, &good, &queue),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(NetTxQueueCreate(init, nullptr, nullptr, &queue),
			  STATUS_INVALID_PARAMETER);
		return NetTxQueueCreate(init, nullptr, &good, nullptr);
	};
	EXPECT_EQ(open(), -EINVAL);
	EXPECT_EQ(os.errors(), 3u) << os.whole_log();
}

} // namespace

// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Tx queues by priority: what a client asks for, and whose packets a queue sends.

#include "core_client.h"

namespace
{

using namespace unit;

class CoreTxDemux : public CoreFixture
{
protected:
	/* A client that creates its adapter so; NetAdapterCreate()'s status. */
	NTSTATUS create_with(const NET_ADAPTER_TX_DEMUX *demux)
	{
		NETADAPTER_INIT *init = NetAdapterInitAllocate(client.device);

		NetAdapterInitAddTxDemux(init, demux);
		return client.create_adapter_from(init);
	}

	static NET_ADAPTER_TX_DEMUX demux()
	{
		NET_ADAPTER_TX_DEMUX demux;

		NET_ADAPTER_TX_8021P_DEMUX_INIT(&demux);
		return demux;
	}
};

TEST_F(CoreTxDemux, TheInitialiserAsksForAllPriorities)
{
	const NET_ADAPTER_TX_DEMUX all = demux();

	EXPECT_EQ(all.Size, sizeof(all));
	EXPECT_EQ(all.Type, NetAdapterTxDemuxType8021p);
	EXPECT_EQ(all.Range, 8);
}

TEST_F(CoreTxDemux, WhatCannotBeFailsTheCreation)
{
	NET_ADAPTER_TX_DEMUX bad = demux();

	ASSERT_EQ(add(), 0);
	EXPECT_EQ(create_with(nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("NetAdapterInitAddTxDemux was given NULL (ParameterCantBeNull)"),
		  1u);
	bad.Size++;
	EXPECT_EQ(create_with(&bad), STATUS_INFO_LENGTH_MISMATCH);
	bad = demux();
	bad.Type = static_cast<NET_ADAPTER_TX_DEMUX_TYPE>(2);
	EXPECT_EQ(create_with(&bad), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("NET_ADAPTER_TX_DEMUX.Type is 2, must be 1 (8021p) "
				"(InvalidTxDemuxType)"),
		  1u);
	for (UINT8 range : {0, 1, 9, 255}) {
		bad = demux();
		bad.Range = range;
		EXPECT_EQ(create_with(&bad), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("NET_ADAPTER_TX_DEMUX.Range is " + std::to_string(range) +
					", must be 2 to 8 (InvalidTxDemuxRange)"),
			  1u);
	}
	NetAdapterInitAddTxDemux(nullptr, &bad);
	EXPECT_EQ(os.lines_with("InvalidNetAdapterInitSignature"), 1u);
}

TEST_F(CoreTxDemux, TheLastOneCounts)
{
	NET_ADAPTER_TX_DEMUX one = demux();
	NETADAPTER_INIT *init;

	ASSERT_EQ(add(), 0);
	init = NetAdapterInitAllocate(client.device);
	one.Range = 1;
	NetAdapterInitAddTxDemux(init, &one);
	one.Range = 5;
	NetAdapterInitAddTxDemux(init, &one);
	EXPECT_EQ(client.create_adapter_from(init), STATUS_SUCCESS);
}

/* An adapter of eight tx queues that the OS half gives so many priorities, of so many queues each. */
TEST_F(CoreTxDemux, QueuesSendPacketsOfTheirPriority)
{
	const struct {
		UINT8 range;
		UINT32 per_priority;
		std::vector<UINT8> priorities;
	} layouts[] = {
		{8, 0, {0, 1, 2, 3, 4, 5, 6, 7}},
		{8, 1, {0, 1, 2, 3, 4, 5, 6, 7}},
		{4, 2, {0, 0, 1, 1, 2, 2, 3, 3}},
		{2, 3, {0, 0, 0, 1, 1, 1, 0, 0}},
	};

	for (const auto &layout : layouts) {
		std::vector<UINT8> priorities, at_creation;

		client.datapath = [](NET_ADAPTER_TX_CAPABILITIES &tx,
				     NET_ADAPTER_RX_CAPABILITIES &) {
			tx.MaximumNumberOfQueues = 8;
		};
		client.adapter_init = [&](NETADAPTER_INIT *init) {
			NET_ADAPTER_TX_DEMUX wanted = demux();

			wanted.Range = layout.range;
			NetAdapterInitAddTxDemux(init, &wanted);
		};
		/* It is known when they are created. */
		client.tx_queue_created = [&](NETPACKETQUEUE queue) {
			at_creation.push_back(NetTxQueueGetDemux8021p(queue));
		};
		ASSERT_EQ(start(), 0);
		EXPECT_EQ(interface()->adapter->tx_priorities, layout.range);
		interface()->adapter->tx_queues_per_priority = layout.per_priority;
		interface()->tx_queues = 8;
		ASSERT_EQ(open(), 0);
		for (const netcx_queue *queue : interface()->tx)
			priorities.push_back(NetTxQueueGetDemux8021p(queue->handle));
		EXPECT_EQ(priorities, layout.priorities);
		EXPECT_EQ(at_creation, layout.priorities);
		finish();
	}
}

TEST_F(CoreTxDemux, OthersQueuesHaveNoPriority)
{
	ASSERT_EQ(open(), 0);
	EXPECT_EQ(NetTxQueueGetDemux8021p(interface()->tx[0]->handle), 0);
	EXPECT_EQ(os.lines_with("NetTxQueueGetDemux8021p: the adapter has no queues by priority "
				"(DemuxNotPresent)"),
		  1u);
	EXPECT_EQ(NetTxQueueGetDemux8021p(interface()->rx[0]->handle), 0);
	EXPECT_EQ(os.lines_with("(InvalidQueueHandle)"), 1u);
	EXPECT_EQ(NetTxQueueGetDemux8021p(nullptr), 0);
}

} // namespace

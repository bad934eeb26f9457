// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Verifier mode over a queue's whole life, and over the calls that a client makes.

#include "core_client.h"

#include <cerrno>

namespace
{

using namespace unit;

class CoreVerifier : public CoreFixture
{
protected:
	/* A stopped rx queue that is verified. */
	void create_queue()
	{
		ASSERT_EQ(start(), 0);
		interface()->adapter->verified = 1;
		ASSERT_EQ(netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_RX, 0, 8, 8,
						  &queue),
			  0);
		ASSERT_NE(queue->verifier, nullptr);
	}

	netcx_queue *queue = nullptr;
};

TEST_F(CoreVerifier, AGoodClientIsLeftAlone)
{
	ASSERT_EQ(start(), 0);
	interface()->adapter->verified = 1;
	ASSERT_EQ(open(), 0);
	EXPECT_NE(interface()->tx[0]->verifier, nullptr);
	interface()->close();
	ASSERT_EQ(interface()->open(), 0);
	finish();
	EXPECT_TRUE(os.broken_rules.empty());
	EXPECT_TRUE(os.broken_calls.empty());
}

TEST_F(CoreVerifier, WithoutItThereIsNone)
{
	ASSERT_EQ(open(), 0);
	EXPECT_EQ(interface()->rx[0]->verifier, nullptr);
}

TEST_F(CoreVerifier, StartIsVerified)
{
	create_queue();
	client.queue_started = [&](NETPACKETQUEUE) {
		queue->packets->EndIndex = 1;
	};
	netcx_core_queue_start(queue);
	ASSERT_EQ(os.broken_rules.size(), 1u);
	EXPECT_EQ(os.broken_rules[0].rule, netcx_rule_InvalidRingImmutable);
	EXPECT_STREQ(os.broken_rules[0].callback, "EvtPacketQueueStart");
	netcx_core_queue_cancel(queue);
	netcx_core_queue_stop(queue);
	netcx_core_queue_destroy(queue);
	EXPECT_EQ(os.broken_rules.size(), 1u);
}

TEST_F(CoreVerifier, AStoppedQueueIsVerifiedWhenItIsDestroyedOrStartedAgain)
{
	create_queue();
	for (int life = 0; life < 2; life++) {
		netcx_core_queue_start(queue);
		netcx_core_queue_cancel(queue);
		netcx_core_queue_stop(queue);
	}
	EXPECT_TRUE(os.broken_rules.empty());
	queue->fragments->NextIndex = 3;
	netcx_core_queue_destroy(queue);
	ASSERT_EQ(os.broken_rules.size(), 1u);
	EXPECT_EQ(os.broken_rules[0].rule, netcx_rule_RingTouchedAfterStop);
}

TEST_F(CoreVerifier, AQueueWithoutMemoryForItsVerifierIsNotCreated)
{
	ASSERT_EQ(start(), 0);
	interface()->adapter->verified = 1;
	for (UINT64 nth = 1;; nth++) {
		os.fail_nth(nth);
		if (!netcx_core_queue_create(interface()->adapter, NETCX_QUEUE_RX, 0, 8, 8, &queue))
			break;
	}
	os.fail_nth(0);
	EXPECT_GE(os.lines_with("rx queue 0: no memory for its verifier"), 3u) << os.whole_log();
	netcx_core_queue_destroy(queue);
}

/* ---- calls ---- */

TEST_F(CoreVerifier, ARefusedCallIsReportedWithItsRule)
{
	ASSERT_EQ(open(), 0);
	EXPECT_TRUE(os.broken_calls.empty());
	NetTxQueueNotifyMoreCompletedPacketsAvailable(interface()->rx[0]->handle);
	ASSERT_EQ(os.broken_calls.size(), 1u);
	EXPECT_EQ(os.broken_calls[0].rule, netcx_rule_InvalidQueueHandle);
	EXPECT_EQ(os.broken_calls[0].device, &hardware);
	EXPECT_NE(os.broken_calls[0].text.find("rx queue 0"), std::string::npos);
}

/* Advance may not sleep; the call that would do so names no object, but a queue is running. */
TEST_F(CoreVerifier, SleepingInAdvanceIsReported)
{
	create_queue();
	queue->advance = [](NETPACKETQUEUE) {
		LARGE_INTEGER interval;

		interval.QuadPart = -10;
		KeDelayExecutionThread(KernelMode, FALSE, &interval);
	};
	{
		const fake::Os::Atomic atomic;

		netcx_verifier_advance(queue);
	}
	ASSERT_EQ(os.broken_calls.size(), 1u) << os.whole_log();
	EXPECT_EQ(os.broken_calls[0].rule, netcx_rule_IrqlIsNotPassive);
	EXPECT_EQ(os.broken_calls[0].device, &hardware);
	EXPECT_TRUE(os.broken_rules.empty());
	netcx_core_queue_destroy(queue);
}

} // namespace

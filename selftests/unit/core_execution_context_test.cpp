// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Execution contexts: callbacks around each Advance, one notification for all, tasks in between.

#include "core_client.h"

namespace
{

using namespace unit;

class CoreExecutionContext : public CoreFixture
{
protected:
	CoreExecutionContext()
	{
		self = this;
		client.queue_config = [this](NET_PACKET_QUEUE_CONFIG &config) {
			make_context();
			config.EvtSetNotificationEnabled = nullptr;
			config.EvtAdvance = [](NETPACKETQUEUE) {
				CoreClient::get().event("Advance");
			};
			config.ExecutionContext = context;
		};
	}

	void make_context()
	{
		NET_EXECUTION_CONTEXT_CONFIG config;

		if (context)
			return;
		NET_EXECUTION_CONTEXT_CONFIG_INIT(&config);
		config.EvtPreAdvance = [](NETEXECUTIONCONTEXT) -> BOOLEAN {
			CoreClient::get().event("PreAdvance");
			return FALSE;
		};
		config.EvtPostAdvance = [](NETEXECUTIONCONTEXT) -> BOOLEAN {
			CoreClient::get().event("PostAdvance");
			return FALSE;
		};
		config.EvtSetNotificationEnabled = [](NETEXECUTIONCONTEXT, BOOLEAN enabled) {
			CoreClient::get().event(enabled ? "Arm" : "Disarm");
		};
		ASSERT_EQ(NetExecutionContextCreate(client.device, &config, nullptr, &context),
			  STATUS_SUCCESS);
	}

	void make_task()
	{
		NET_EXECUTION_CONTEXT_TASK_CONFIG config;

		NET_EXECUTION_CONTEXT_TASK_CONFIG_INIT(&config, [](NETEXECUTIONCONTEXTTASK) {
			CoreClient::get().event("Task");
			if (self->in_task)
				self->in_task();
		});
		ASSERT_EQ(NetExecutionContextTaskCreate(context, nullptr, &config, &task),
			  STATUS_SUCCESS);
	}

	void advance(netcx_queue *queue) { queue->advance(queue->handle); }

	static CoreExecutionContext *self;
	NETEXECUTIONCONTEXT context = nullptr;
	NETEXECUTIONCONTEXTTASK task = nullptr;
	std::function<void()> in_task;
};

CoreExecutionContext *CoreExecutionContext::self;

TEST_F(CoreExecutionContext, ItsCallbacksStandAroundAdvance)
{
	ASSERT_EQ(open(), 0);
	client.take_events();
	{
		const fake::Os::Atomic atomic;

		advance(interface()->tx[0]);
		interface()->rx[0]->set_notification(interface()->rx[0]->handle, TRUE);
	}
	expect_events({"PreAdvance", "Advance", "PostAdvance", "Arm"});
}

TEST_F(CoreExecutionContext, OneNotificationIsForAllItsQueues)
{
	ASSERT_EQ(open(), 0);
	{
		const fake::Os::Atomic atomic;

		NetExecutionContextNotify(context);
	}
	EXPECT_EQ(interface()->notifications[interface()->tx[0]], 1u);
	EXPECT_EQ(interface()->notifications[interface()->rx[0]], 1u);
	interface()->close();
	/* No queue is left to notify. */
	NetExecutionContextNotify(context);
	NetExecutionContextNotify(nullptr);
	EXPECT_EQ(os.lines_with("NetExecutionContextNotify was given NULL"), 1u);
}

TEST_F(CoreExecutionContext, NoQueueRunsWhileATaskDoes)
{
	ASSERT_EQ(open(), 0);
	make_task();
	client.take_events();
	in_task = [this] {
		advance(interface()->tx[0]);
		advance(interface()->rx[0]);
	};
	NetExecutionContextTaskEnqueue(task);
	NetExecutionContextTaskEnqueue(task);
	EXPECT_EQ(os.lines_with("the task is enqueued (InvalidExecutionContextTask)"), 1u);
	expect_events({});
	NetExecutionContextTaskWaitCompletion(task);
	expect_events({"Task"});
	/* What was left out is made up for. */
	EXPECT_EQ(interface()->notifications[interface()->tx[0]], 1u);
	EXPECT_EQ(interface()->notifications[interface()->rx[0]], 1u);
	advance(interface()->tx[0]);
	expect_events({"PreAdvance", "Advance", "PostAdvance"});
}

TEST_F(CoreExecutionContext, CancelWaitsForATask)
{
	ASSERT_EQ(open(), 0);
	make_task();
	client.take_events();
	in_task = [this] {
		netcx_core_queue_cancel(interface()->rx[0]);
	};
	NetExecutionContextTaskEnqueue(task);
	NetExecutionContextTaskWaitCompletion(task);
	expect_events({"Task"});
	advance(interface()->rx[0]);
	expect_events({"rx0 Cancel", "PreAdvance", "Advance", "PostAdvance"});
	advance(interface()->rx[0]);
	expect_events({"PreAdvance", "Advance", "PostAdvance"});
}

/* Its rings are empty, so no Advance comes between Cancel and Stop. */
TEST_F(CoreExecutionContext, StopComesAfterACancelThatWasPutOff)
{
	ASSERT_EQ(open(), 0);
	make_task();
	client.take_events();
	in_task = [this] {
		netcx_core_queue_cancel(interface()->rx[0]);
	};
	NetExecutionContextTaskEnqueue(task);
	NetExecutionContextTaskWaitCompletion(task);
	netcx_core_queue_stop(interface()->rx[0]);
	expect_events({"Task", "rx0 Cancel", "rx0 Stop"});
	netcx_core_queue_start(interface()->rx[0]);
}

/* A queue that is stopped waits for a task, though not for one that waits in its turn. */
TEST_F(CoreExecutionContext, StopWaitsForATask)
{
	ASSERT_EQ(open(), 0);
	make_task();
	client.take_events();
	in_task = [this] {
		const UINT64 before = os.now_ns();

		netcx_core_queue_cancel(interface()->rx[0]);
		expect_events({"Task"});
		netcx_core_queue_stop(interface()->rx[0]);
		EXPECT_EQ(os.now_ns() - before, 1000u * 1000 * 1000);
		expect_events({"rx0 Cancel", "rx0 Stop"});
	};
	NetExecutionContextTaskEnqueue(task);
	NetExecutionContextTaskWaitCompletion(task);
	netcx_core_queue_start(interface()->rx[0]);
}

TEST_F(CoreExecutionContext, ATaskCannotWaitForItself)
{
	ASSERT_EQ(open(), 0);
	make_task();
	in_task = [this] {
		NetExecutionContextTaskWaitCompletion(task);
		/* While it runs it may be enqueued again. */
		in_task = nullptr;
		NetExecutionContextTaskEnqueue(task);
	};
	client.take_events();
	NetExecutionContextTaskEnqueue(task);
	os.run_pending();
	EXPECT_EQ(os.lines_with("was called in the task's own callback"), 1u);
	expect_events({"Task", "Task"});
	NetExecutionContextTaskEnqueue(nullptr);
	NetExecutionContextTaskWaitCompletion(nullptr);
	EXPECT_EQ(os.lines_with("was given NULL, not a NETEXECUTIONCONTEXTTASK"), 2u);
}

TEST_F(CoreExecutionContext, ATxQueueNeedsNoCancel)
{
	client.queue_config = [this](NET_PACKET_QUEUE_CONFIG &config) {
		const auto cancel = config.EvtCancel;
		const auto advance = config.EvtAdvance;
		static bool tx = true;

		make_context();
		if (tx)
			NET_TX_QUEUE_CONFIG_INIT_EXECUTION_CONTEXT(&config, context, advance);
		else
			NET_RX_QUEUE_CONFIG_INIT_EXECUTION_CONTEXT(&config, context, advance,
								   cancel);
		tx = !tx;
	};
	ASSERT_EQ(open(), 0);
	client.take_events();
	interface()->close();
	EXPECT_TRUE(client.has_event("rx0 Cancel"));
	EXPECT_FALSE(client.has_event("tx0 Cancel"));
}

TEST_F(CoreExecutionContext, BadConfigurationsAreNamed)
{
	NET_EXECUTION_CONTEXT_TASK_CONFIG task_config;
	NET_EXECUTION_CONTEXT_CONFIG config;

	ASSERT_EQ(start(), 0);
	NET_EXECUTION_CONTEXT_CONFIG_INIT(&config);
	EXPECT_EQ(NetExecutionContextCreate(client.device, &config, nullptr, &context),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("(InvalidExecutionContextConfig)"), 1u);
	config.Size--;
	EXPECT_EQ(NetExecutionContextCreate(client.device, &config, nullptr, &context),
		  STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(NetExecutionContextCreate(nullptr, &config, nullptr, &context),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(NetExecutionContextCreate(client.device, nullptr, nullptr, &context),
		  STATUS_INVALID_PARAMETER);
	make_context();
	NET_EXECUTION_CONTEXT_TASK_CONFIG_INIT(&task_config, nullptr);
	EXPECT_EQ(NetExecutionContextTaskCreate(context, nullptr, &task_config, &task),
		  STATUS_INVALID_PARAMETER);
	task_config.Size++;
	EXPECT_EQ(NetExecutionContextTaskCreate(context, nullptr, &task_config, &task),
		  STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(NetExecutionContextTaskCreate(context, nullptr, &task_config, nullptr),
		  STATUS_INVALID_PARAMETER);
}

struct BadQueue {
	const char *line;
	void (*spoil)(NET_PACKET_QUEUE_CONFIG &config);
};

class CoreBadContextQueue : public CoreExecutionContext,
			    public ::testing::WithParamInterface<BadQueue>
{
};

TEST_P(CoreBadContextQueue, IsNotCreated)
{
	const auto good = client.queue_config;

	client.queue_config = [&](NET_PACKET_QUEUE_CONFIG &config) {
		good(config);
		GetParam().spoil(config);
	};
	EXPECT_NE(open(), 0);
	EXPECT_EQ(os.lines_with(GetParam().line), 1u) << os.whole_log();
}

INSTANTIATE_TEST_SUITE_P(
	All, CoreBadContextQueue,
	::testing::Values(
		BadQueue{"NET_PACKET_QUEUE_CONFIG.EvtSetNotificationEnabled is set, must be NULL",
			 [](NET_PACKET_QUEUE_CONFIG &config) {
				 config.EvtSetNotificationEnabled = [](NETPACKETQUEUE, BOOLEAN) {
				 };
			 }},
		BadQueue{"NET_PACKET_QUEUE_CONFIG.EvtAdvance is NULL",
			 [](NET_PACKET_QUEUE_CONFIG &config) {
				 config.EvtAdvance = nullptr;
			 }},
		BadQueue{"NET_PACKET_QUEUE_CONFIG.EvtCancel is NULL",
			 [](NET_PACKET_QUEUE_CONFIG &config) {
				 config.EvtCancel = nullptr;
			 }},
		BadQueue{"NET_PACKET_QUEUE_CONFIG.ExecutionContext is not a NETEXECUTIONCONTEXT",
			 [](NET_PACKET_QUEUE_CONFIG &config) {
				 config.ExecutionContext = reinterpret_cast<NETEXECUTIONCONTEXT>(
					 CoreClient::get().device);
			 }}));

} // namespace

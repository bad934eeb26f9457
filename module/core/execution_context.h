/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NETEXECUTIONCONTEXT: queues that never run at the same time. */
#ifndef NETCX_CORE_EXECUTION_CONTEXT_H
#define NETCX_CORE_EXECUTION_CONTEXT_H

#include "object.h"

#include <netcx/netexecutioncontext.h>

namespace netcx
{

class PacketQueue;

/*
 * The callbacks of its queues run under run_lock_, so no two of them run at the same time. A task
 * may sleep and runs without the lock; while one runs, the queues' callbacks are not called:
 * Advance does nothing, and run_task() notifies all queues afterwards so that NAPI polls them;
 * Cancel is called before the first Advance after the task, or before Stop.
 */
class ExecutionContext final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::execution_context;

	ExecutionContext() : Object(object_type) {}

	~ExecutionContext() override;

	/* Queues reference it, and the client does not decide when they are destroyed. */
	bool client_may_delete() const override { return false; }

	NTSTATUS set_up(const NET_EXECUTION_CONTEXT_CONFIG *config);

	void add(PacketQueue *queue);
	void remove(PacketQueue *queue);

	/* Schedules NAPI of all queues. Any context. */
	void notify();
	void advance(PacketQueue *queue);
	void cancel(PacketQueue *queue);
	/* Before EvtStop: EvtCancel, if it was put off and no Advance has come since. May sleep. */
	void finish_cancel(PacketQueue *queue);
	void set_notification(BOOLEAN enabled);
	/* Calls @callback with the queues' callbacks kept off. Process context. */
	void run_task(PFN_NET_EXECUTION_CONTEXT_TASK callback, NETEXECUTIONCONTEXTTASK task);

private:
	bool has_put_off(const PacketQueue *queue);

	NET_EXECUTION_CONTEXT_CONFIG config_ = {};
	struct netcx_os_spinlock *run_lock_ = nullptr;
	/* Under run_lock_. */
	UINT32 tasks_running_ = 0;
	/* Protects first_ and the queues' next_of_context. Nests within run_lock_. */
	struct netcx_os_spinlock *list_lock_ = nullptr;
	PacketQueue *first_ = nullptr;
};

} // namespace netcx

#endif /* NETCX_CORE_EXECUTION_CONTEXT_H */

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
 * Its queues' callbacks run under run_lock_. While a task runs they are put off: Advance is left out,
 * which the OS makes up for when it is notified at the task's end, and Cancel waits for the first
 * Advance after that.
 */
class ExecutionContext final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::execution_context;

	ExecutionContext() : Object(object_type) {}

	~ExecutionContext() override;

	/* Its queues may go later than anyone's wish. */
	bool client_may_delete() const override { return false; }

	NTSTATUS set_up(const NET_EXECUTION_CONTEXT_CONFIG *config);

	void add(PacketQueue *queue);
	void remove(PacketQueue *queue);

	/* Any context. */
	void notify();
	void advance(PacketQueue *queue);
	void cancel(PacketQueue *queue);
	void set_notification(BOOLEAN enabled);
	/* Process context. */
	void run_task(PFN_NET_EXECUTION_CONTEXT_TASK callback, NETEXECUTIONCONTEXTTASK task);

private:
	NET_EXECUTION_CONTEXT_CONFIG config_ = {};
	struct netcx_os_spinlock *run_lock_ = nullptr;
	/* Under run_lock_. */
	UINT32 tasks_running_ = 0;
	/* Protects the list of its queues; may be taken under run_lock_. */
	struct netcx_os_spinlock *list_lock_ = nullptr;
	PacketQueue *first_ = nullptr;
};

} // namespace netcx

#endif /* NETCX_CORE_EXECUTION_CONTEXT_H */

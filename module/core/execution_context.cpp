// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "execution_context.h"

#include "caller.h"
#include "device.h"
#include "packet_queue.h"

namespace netcx
{

/* How long a queue that is stopped waits for a task. */
static constexpr UINT32 task_patience_ms = 1000;

ExecutionContext::~ExecutionContext()
{
	if (run_lock_)
		netcx_os_spinlock_destroy(run_lock_);
	if (list_lock_)
		netcx_os_spinlock_destroy(list_lock_);
}

NTSTATUS ExecutionContext::set_up(const NET_EXECUTION_CONTEXT_CONFIG *config)
{
	config_ = *config;
	run_lock_ = netcx_os_spinlock_create();
	list_lock_ = netcx_os_spinlock_create();
	if (run_lock_ && list_lock_)
		return STATUS_SUCCESS;
	return refuse(this, STATUS_INSUFFICIENT_RESOURCES,
		      "NetExecutionContextCreate: out of memory");
}

/* ---- queues ---- */

void ExecutionContext::add(PacketQueue *queue)
{
	reference();
	netcx_os_spinlock_acquire(list_lock_);
	queue->next_of_context = first_;
	first_ = queue;
	netcx_os_spinlock_release(list_lock_);
}

void ExecutionContext::remove(PacketQueue *queue)
{
	PacketQueue **link = &first_;

	netcx_os_spinlock_acquire(list_lock_);
	while (*link && *link != queue)
		link = &(*link)->next_of_context;
	if (*link)
		*link = queue->next_of_context;
	netcx_os_spinlock_release(list_lock_);
	release();
}

void ExecutionContext::notify()
{
	netcx_os_spinlock_acquire(list_lock_);
	for (PacketQueue *queue = first_; queue; queue = queue->next_of_context)
		netcx_os_queue_notify(queue);
	netcx_os_spinlock_release(list_lock_);
}

void ExecutionContext::advance(PacketQueue *queue)
{
	netcx_os_spinlock_acquire(run_lock_);
	if (!tasks_running_) {
		const NETEXECUTIONCONTEXT handle = to_handle<NETEXECUTIONCONTEXT>(this);

		if (queue->cancel_put_off) {
			queue->cancel_put_off = false;
			queue->config.EvtCancel(queue->handle);
		}
		if (config_.EvtPreAdvance)
			config_.EvtPreAdvance(handle);
		queue->config.EvtAdvance(queue->handle);
		if (config_.EvtPostAdvance)
			config_.EvtPostAdvance(handle);
	}
	netcx_os_spinlock_release(run_lock_);
}

void ExecutionContext::cancel(PacketQueue *queue)
{
	if (!queue->config.EvtCancel)
		return;
	netcx_os_spinlock_acquire(run_lock_);
	queue->cancel_put_off = tasks_running_ != 0;
	if (!queue->cancel_put_off)
		queue->config.EvtCancel(queue->handle);
	netcx_os_spinlock_release(run_lock_);
}

/* Is a task in the way of its EvtCancel? */
bool ExecutionContext::has_put_off(const PacketQueue *queue)
{
	bool put_off;

	netcx_os_spinlock_acquire(run_lock_);
	put_off = queue->cancel_put_off && tasks_running_;
	netcx_os_spinlock_release(run_lock_);
	return put_off;
}

/*
 * Not for ever: the task may be waiting for a lock that the caller holds (Linux: rtnl). Then EvtCancel
 * runs beside the task, since a queue that was never cancelled must not be stopped.
 */
void ExecutionContext::finish_cancel(PacketQueue *queue)
{
	for (UINT32 ms = 0; ms < task_patience_ms && has_put_off(queue); ms++)
		netcx_os_sleep_us(1000);
	netcx_os_spinlock_acquire(run_lock_);
	if (queue->cancel_put_off) {
		queue->cancel_put_off = false;
		queue->config.EvtCancel(queue->handle);
	}
	netcx_os_spinlock_release(run_lock_);
}

void ExecutionContext::set_notification(BOOLEAN enabled)
{
	netcx_os_spinlock_acquire(run_lock_);
	config_.EvtSetNotificationEnabled(to_handle<NETEXECUTIONCONTEXT>(this), enabled);
	netcx_os_spinlock_release(run_lock_);
}

/* ---- tasks ---- */

void ExecutionContext::run_task(PFN_NET_EXECUTION_CONTEXT_TASK callback,
				NETEXECUTIONCONTEXTTASK task)
{
	/* Taking the lock waits for a queue's callback that runs on another processor. */
	netcx_os_spinlock_acquire(run_lock_);
	tasks_running_++;
	netcx_os_spinlock_release(run_lock_);
	callback(task);
	netcx_os_spinlock_acquire(run_lock_);
	tasks_running_--;
	netcx_os_spinlock_release(run_lock_);
	notify();
}

class ExecutionContextTask final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::execution_context_task;

	ExecutionContextTask() : Object(object_type) {}

	~ExecutionContextTask() override
	{
		if (work)
			netcx_os_work_destroy(work);
	}

	bool client_may_delete() const override { return false; }

	static void run(void *context);
	void enqueue();
	void wait();

	NET_EXECUTION_CONTEXT_TASK_CONFIG config = {};
	struct netcx_os_work *work = nullptr;
	ExecutionContext *execution_context = nullptr;

protected:
	void dispose() override { netcx_os_work_flush(work); }

private:
	UINT32 enqueued_ = 0;
	/* The thread that the callback runs on, NULL while it does not run. */
	void *thread_ = nullptr;
};

void ExecutionContextTask::run(void *context)
{
	auto *self = static_cast<ExecutionContextTask *>(context);
	const CallerScope scope(self);

	__atomic_store_n(&self->enqueued_, 0U, __ATOMIC_RELEASE);
	__atomic_store_n(&self->thread_, netcx_os_current_thread(), __ATOMIC_RELAXED);
	self->execution_context->run_task(self->config.EvtTask,
					  to_handle<NETEXECUTIONCONTEXTTASK>(self));
	__atomic_store_n(&self->thread_, nullptr, __ATOMIC_RELAXED);
}

void ExecutionContextTask::enqueue()
{
	if (__atomic_exchange_n(&enqueued_, 1U, __ATOMIC_ACQUIRE))
		refuse(this, STATUS_INVALID_DEVICE_STATE,
		       "NetExecutionContextTaskEnqueue: the task is enqueued "
		       "(InvalidExecutionContextTask)");
	else
		netcx_os_work_enqueue(work);
}

void ExecutionContextTask::wait()
{
	static const char function[] = "NetExecutionContextTaskWaitCompletion";

	if (refuse_atomic(this, function))
		return;
	if (__atomic_load_n(&thread_, __ATOMIC_RELAXED) == netcx_os_current_thread())
		refuse(this, STATUS_INVALID_DEVICE_STATE,
		       "%s was called in the task's own callback", function);
	else
		netcx_os_work_flush(work);
}

/* ---- creation ---- */

static NTSTATUS check_config(const netcx_device *device, const NET_EXECUTION_CONTEXT_CONFIG *config)
{
	static const char structure[] = "NET_EXECUTION_CONTEXT_CONFIG";
	NTSTATUS status = check_size(device, structure, config->Size, sizeof(*config));

	if (NT_SUCCESS(status) && !config->EvtSetNotificationEnabled)
		status = refuse(device, STATUS_INVALID_PARAMETER,
				"%s.EvtSetNotificationEnabled is NULL, must be set "
				"(InvalidExecutionContextConfig)",
				structure);
	return status;
}

static NTSTATUS check_config(const ExecutionContext *context,
			     const NET_EXECUTION_CONTEXT_TASK_CONFIG *config)
{
	static const char structure[] = "NET_EXECUTION_CONTEXT_TASK_CONFIG";
	NTSTATUS status = check_size(context, structure, config->Size, sizeof(*config));

	if (NT_SUCCESS(status) && !config->EvtTask)
		status = refuse(context, STATUS_INVALID_PARAMETER,
				"%s.EvtTask is NULL, must be set (ParameterCantBeNull)", structure);
	return status;
}

/* Common checks of the two functions that create an object. */
static NTSTATUS begin_creation(const char *function, const Object *parent, const void *config,
			       const void *handle)
{
	if (!parent)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(parent, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (config && handle)
		return STATUS_SUCCESS;
	return refuse(parent, STATUS_INVALID_PARAMETER, "%s: %s is NULL (ParameterCantBeNull)",
		      function, config ? "the handle" : "Config");
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS NetExecutionContextCreate(WDFDEVICE Device, NET_EXECUTION_CONTEXT_CONFIG const *Config,
				   WDF_OBJECT_ATTRIBUTES *ClientAttributes,
				   NETEXECUTIONCONTEXT *Handle)
{
	static const char function[] = "NetExecutionContextCreate";
	netcx_device *device = from_handle<netcx_device>(Device, function);
	NTSTATUS status = begin_creation(function, device, Config, Handle);
	ExecutionContext *context = nullptr;
	Object *parent = device;

	if (NT_SUCCESS(status))
		status = check_config(device, Config);
	if (NT_SUCCESS(status))
		status = check_attributes(function, device, ClientAttributes, ParentRule::fixed,
					  &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, ClientAttributes, parent, &context);
	if (!NT_SUCCESS(status))
		return status;
	status = context->set_up(Config);
	if (!NT_SUCCESS(status)) {
		context->release();
		return status;
	}
	return publish_object(function, context, Handle);
}

void NetExecutionContextNotify(NETEXECUTIONCONTEXT Handle)
{
	if (auto *context = from_handle<ExecutionContext>(Handle, "NetExecutionContextNotify"))
		context->notify();
}

NTSTATUS NetExecutionContextTaskCreate(NETEXECUTIONCONTEXT ExecutionContextHandle,
				       WDF_OBJECT_ATTRIBUTES *ClientAttributes,
				       NET_EXECUTION_CONTEXT_TASK_CONFIG *Config,
				       NETEXECUTIONCONTEXTTASK *Handle)
{
	static const char function[] = "NetExecutionContextTaskCreate";
	auto *context = from_handle<ExecutionContext>(ExecutionContextHandle, function);
	NTSTATUS status = begin_creation(function, context, Config, Handle);
	ExecutionContextTask *task = nullptr;
	Object *parent = context;

	if (NT_SUCCESS(status))
		status = check_config(context, Config);
	if (NT_SUCCESS(status))
		status = check_attributes(function, context, ClientAttributes, ParentRule::fixed,
					  &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, ClientAttributes, parent, &task);
	if (!NT_SUCCESS(status))
		return status;
	task->config = *Config;
	task->execution_context = context;
	task->work = netcx_os_work_create(ExecutionContextTask::run, task);
	if (!task->work) {
		task->release();
		return refuse(context, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory",
			      function);
	}
	return publish_object(function, task, Handle);
}

void NetExecutionContextTaskEnqueue(NETEXECUTIONCONTEXTTASK Handle)
{
	static const char function[] = "NetExecutionContextTaskEnqueue";
	auto *task = from_handle<ExecutionContextTask>(Handle, function);

	if (task && !refuse_interrupt(task, function))
		task->enqueue();
}

void NetExecutionContextTaskWaitCompletion(NETEXECUTIONCONTEXTTASK Handle)
{
	if (auto *task = from_handle<ExecutionContextTask>(Handle,
							   "NetExecutionContextTaskWaitCompletion"))
		task->wait();
}

} // extern "C"

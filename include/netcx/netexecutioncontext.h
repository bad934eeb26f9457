/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Execution contexts: queues that share one never run at the same time, and are notified together.
 *
 * A queue belongs to one by NET_PACKET_QUEUE_CONFIG::ExecutionContext. Its EvtAdvance, EvtCancel
 * and the callbacks below come one at a time then, at DISPATCH_LEVEL with interrupts off; tasks
 * come in process context, and no EvtAdvance of these queues while one runs.
 *
 * Names and order of fields are those of the public headers; what they mean, where no page says so,
 * is as stated here.
 */
#ifndef NETCX_NETEXECUTIONCONTEXT_H
#define NETCX_NETEXECUTIONCONTEXT_H

#include "netadaptercxtypes.h"
#include "netpacketqueue.h"
#include "wdf.h"

/* Called before and after each EvtAdvance of the context's queues. The return value is ignored. */
typedef BOOLEAN EVT_NET_EXECUTION_CONTEXT_ADVANCE(NETEXECUTIONCONTEXT ExecutionContext);
typedef EVT_NET_EXECUTION_CONTEXT_ADVANCE *PFN_NET_EXECUTION_CONTEXT_ADVANCE;

/*
 * TRUE: call NetExecutionContextNotify() once, as soon as the hardware has finished more for any of
 * the queues. FALSE is never passed here.
 */
typedef void
EVT_NET_EXECUTION_CONTEXT_SET_NOTIFICATION_ENABLED(NETEXECUTIONCONTEXT ExecutionContext,
						   BOOLEAN NotificationEnabled);
typedef EVT_NET_EXECUTION_CONTEXT_SET_NOTIFICATION_ENABLED
	*PFN_NET_EXECUTION_CONTEXT_SET_NOTIFICATION_ENABLED;

/**
 * struct _NET_EXECUTION_CONTEXT_CONFIG - the callbacks of an execution context
 * @Size: sizeof this structure
 * @EvtPreAdvance: optional
 * @EvtPostAdvance: optional
 * @EvtSetNotificationEnabled: required
 */
typedef struct _NET_EXECUTION_CONTEXT_CONFIG {
	ULONG Size;
	PFN_NET_EXECUTION_CONTEXT_ADVANCE EvtPreAdvance;
	PFN_NET_EXECUTION_CONTEXT_ADVANCE EvtPostAdvance;
	PFN_NET_EXECUTION_CONTEXT_SET_NOTIFICATION_ENABLED EvtSetNotificationEnabled;
} NET_EXECUTION_CONTEXT_CONFIG, *PNET_EXECUTION_CONTEXT_CONFIG;

NETCX_STATIC_ASSERT(sizeof(NET_EXECUTION_CONTEXT_CONFIG) == 32,
		    "NET_EXECUTION_CONTEXT_CONFIG size");

/**
 * NET_EXECUTION_CONTEXT_CONFIG_INIT() - no callback is set
 * @Config: is overwritten
 */
NETCX_INLINE void NET_EXECUTION_CONTEXT_CONFIG_INIT(NET_EXECUTION_CONTEXT_CONFIG *Config)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
}

/* Process context, may sleep. */
typedef void EVT_NET_EXECUTION_CONTEXT_TASK(NETEXECUTIONCONTEXTTASK Task);
typedef EVT_NET_EXECUTION_CONTEXT_TASK *PFN_NET_EXECUTION_CONTEXT_TASK;

/**
 * struct _NET_EXECUTION_CONTEXT_TASK_CONFIG - work that no queue of the context overlaps with
 * @Size: sizeof this structure
 * @EvtTask: required
 */
typedef struct _NET_EXECUTION_CONTEXT_TASK_CONFIG {
	ULONG Size;
	PFN_NET_EXECUTION_CONTEXT_TASK EvtTask;
} NET_EXECUTION_CONTEXT_TASK_CONFIG, *PNET_EXECUTION_CONTEXT_TASK_CONFIG;

NETCX_STATIC_ASSERT(sizeof(NET_EXECUTION_CONTEXT_TASK_CONFIG) == 16,
		    "NET_EXECUTION_CONTEXT_TASK_CONFIG size");

/**
 * NET_EXECUTION_CONTEXT_TASK_CONFIG_INIT() - sets all
 * @Config: is overwritten
 * @EvtTask: see the structure
 */
NETCX_INLINE void NET_EXECUTION_CONTEXT_TASK_CONFIG_INIT(NET_EXECUTION_CONTEXT_TASK_CONFIG *Config,
							 PFN_NET_EXECUTION_CONTEXT_TASK EvtTask)
{
	RtlZeroMemory(Config, sizeof(*Config));
	Config->Size = sizeof(*Config);
	Config->EvtTask = EvtTask;
}

/**
 * NET_TX_QUEUE_CONFIG_INIT_EXECUTION_CONTEXT() - a transmit queue of an execution context
 * @Config: is overwritten
 * @ExecutionContext: whose callbacks run with the queue's
 * @EvtAdvance: see the type
 */
NETCX_INLINE void NET_TX_QUEUE_CONFIG_INIT_EXECUTION_CONTEXT(NET_PACKET_QUEUE_CONFIG *Config,
							     NETEXECUTIONCONTEXT ExecutionContext,
							     PFN_PACKET_QUEUE_ADVANCE EvtAdvance)
{
	NET_PACKET_QUEUE_CONFIG_INIT(Config, EvtAdvance, NULL, NULL);
	Config->ExecutionContext = ExecutionContext;
}

/**
 * NET_RX_QUEUE_CONFIG_INIT_EXECUTION_CONTEXT() - a receive queue of an execution context
 * @Config: is overwritten
 * @ExecutionContext: whose callbacks run with the queue's
 * @EvtAdvance: see the type
 * @EvtCancel: see the type
 */
NETCX_INLINE void NET_RX_QUEUE_CONFIG_INIT_EXECUTION_CONTEXT(NET_PACKET_QUEUE_CONFIG *Config,
							     NETEXECUTIONCONTEXT ExecutionContext,
							     PFN_PACKET_QUEUE_ADVANCE EvtAdvance,
							     PFN_PACKET_QUEUE_CANCEL EvtCancel)
{
	NET_PACKET_QUEUE_CONFIG_INIT(Config, EvtAdvance, NULL, EvtCancel);
	Config->ExecutionContext = ExecutionContext;
}

EXTERN_C_START

/**
 * NetExecutionContextCreate() - creates an execution context
 * @Device: the device, which becomes its parent
 * @Config: copied
 * @ClientAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @ExecutionContext: receives the handle; delete it after the queues
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size; STATUS_INVALID_PARAMETER
 * for a missing callback or a parent; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS NetExecutionContextCreate(WDFDEVICE Device, NET_EXECUTION_CONTEXT_CONFIG const *Config,
				   WDF_OBJECT_ATTRIBUTES *ClientAttributes,
				   NETEXECUTIONCONTEXT *ExecutionContext);

/**
 * NetExecutionContextNotify() - schedules NAPI for all queues of the context
 * @ExecutionContext: the context
 *
 * Context: any.
 */
void NetExecutionContextNotify(NETEXECUTIONCONTEXT ExecutionContext);

/**
 * NetExecutionContextTaskCreate() - creates a task
 * @ExecutionContext: the context, which becomes its parent
 * @ClientAttributes: context space and callbacks; ParentObject must be NULL; may be NULL
 * @Config: copied
 * @Task: receives the handle
 *
 * Context: process.
 * Return: as NetExecutionContextCreate().
 */
NTSTATUS NetExecutionContextTaskCreate(NETEXECUTIONCONTEXT ExecutionContext,
				       WDF_OBJECT_ATTRIBUTES *ClientAttributes,
				       NET_EXECUTION_CONTEXT_TASK_CONFIG *Config,
				       NETEXECUTIONCONTEXTTASK *Task);

/**
 * NetExecutionContextTaskEnqueue() - schedules the task
 * @Task: a task that is not enqueued: until its callback begins it must not be enqueued again
 *
 * Context: any but an interrupt service routine.
 */
void NetExecutionContextTaskEnqueue(NETEXECUTIONCONTEXTTASK Task);

/**
 * NetExecutionContextTaskWaitCompletion() - waits until an enqueued task has run
 * @Task: a task; nothing is waited for if it is not enqueued
 *
 * Context: process, but not the task's own callback.
 */
void NetExecutionContextTaskWaitCompletion(NETEXECUTIONCONTEXTTASK Task);

EXTERN_C_END

#endif /* NETCX_NETEXECUTIONCONTEXT_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for sleeping, threads, processors and random numbers.
 */
#include <linux/cpumask.h>
#include <linux/hash.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/topology.h>
#include <linux/wait.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "thread.h"
#include "time.h"

/*
 * What is waited for is in memory of clients, which may be gone when it has come about: nobody but
 * who waits may look at it, so the wait queues are ours. Some share one.
 */
#define NETCX_SLEEPERS_BITS	6

static wait_queue_head_t netcx_sleepers[1 << NETCX_SLEEPERS_BITS];

void __init netcx_thread_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(netcx_sleepers); i++)
		init_waitqueue_head(&netcx_sleepers[i]);
}

static wait_queue_head_t *netcx_sleepers_of(const void *context)
{
	return &netcx_sleepers[hash_ptr(context, NETCX_SLEEPERS_BITS)];
}

BOOLEAN netcx_os_sleep_until(BOOLEAN (*condition)(void *context), void *context,
			     UINT64 microseconds)
{
	wait_queue_head_t *sleepers = netcx_sleepers_of(context);

	if (microseconds != NETCX_OS_FOR_EVER)
		return wait_event_idle_timeout(*sleepers, condition(context),
					       netcx_os_jiffies(microseconds)) > 0;
	wait_event_idle(*sleepers, condition(context));
	return true;
}

void netcx_os_wake_sleepers(const void *context)
{
	wait_queue_head_t *sleepers = netcx_sleepers_of(context);

	/* With a barrier between the change of what is waited for and the look at who waits. */
	if (wq_has_sleeper(sleepers))
		wake_up_all(sleepers);
}

struct netcx_os_thread {
	void (*function)(void *context);
	void *context;
};

static int netcx_os_thread_function(void *data)
{
	const struct netcx_os_thread *thread = data;

	thread->function(thread->context);
	netcx_os_thread_exit();
	return 0;
}

int netcx_os_thread_create(const char *name, void (*function)(void *context), void *context)
{
	struct netcx_os_thread *thread = kzalloc(sizeof(*thread), GFP_KERNEL);
	struct task_struct *task;

	if (!thread)
		return -ENOMEM;
	thread->function = function;
	thread->context = context;
	__module_get(THIS_MODULE);
	task = kthread_run(netcx_os_thread_function, thread, "netcx/%s", name);
	if (IS_ERR(task)) {
		module_put(THIS_MODULE);
		kfree(thread);
		return PTR_ERR(task);
	}
	return 0;
}

void *netcx_os_thread_context(void)
{
	const struct netcx_os_thread *thread;

	if (!(current->flags & PF_KTHREAD) || kthread_func(current) != netcx_os_thread_function)
		return NULL;
	thread = kthread_data(current);
	return thread->context;
}

/* Its last instruction may not be this module's, which may be gone then. */
void netcx_os_thread_exit(void)
{
	if (!netcx_os_thread_context())
		return;
	kfree(kthread_data(current));
	module_put_and_kthread_exit(0);
}

/* ---- processors ---- */

static UINT64 netcx_os_mask_of_group(const struct cpumask *processors, unsigned int group)
{
	UINT64 mask = 0;
	unsigned int bit;

	for (bit = 0; bit < 64 && group * 64 + bit < nr_cpu_ids; bit++) {
		if (cpumask_test_cpu(group * 64 + bit, processors))
			mask |= 1ULL << bit;
	}
	return mask;
}

UINT64 netcx_os_thread_processors(UINT16 *group)
{
	*group = 0;
	if (cpumask_subset(cpu_possible_mask, current->cpus_ptr))
		return 0;
	*group = cpumask_first(current->cpus_ptr) / 64;
	return netcx_os_mask_of_group(current->cpus_ptr, *group);
}

void netcx_os_thread_set_processors(UINT16 group, UINT64 mask)
{
	cpumask_var_t processors;
	unsigned int bit;

	if (!mask) {
		set_cpus_allowed_ptr(current, cpu_possible_mask);
		return;
	}
	if (!zalloc_cpumask_var(&processors, GFP_KERNEL))
		return;
	for (bit = 0; bit < 64 && group * 64 + bit < nr_cpu_ids; bit++) {
		if (mask & 1ULL << bit)
			cpumask_set_cpu(group * 64 + bit, processors);
	}
	/* Refuses a mask with none that is there. */
	set_cpus_allowed_ptr(current, processors);
	free_cpumask_var(processors);
}

UINT32 netcx_os_processors(void)
{
	return cpumask_last(cpu_online_mask) + 1;
}

UINT32 netcx_os_current_processor(void)
{
	return raw_smp_processor_id();
}

UINT64 netcx_os_node_processors(UINT32 node, UINT32 group)
{
	if (node >= MAX_NUMNODES || !node_online(node))
		return 0;
	return netcx_os_mask_of_group(cpumask_of_node(node), group);
}

/* ---- random numbers ---- */

void netcx_os_random(void *buffer, SIZE_T size)
{
	get_random_bytes(buffer, size);
}

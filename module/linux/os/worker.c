// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for a device's worker: a kthread of its own, rather than a workqueue's, since what it
 * does flushes works of many workqueues. A workqueue with WQ_MEM_RECLAIM may not wait for one
 * without, and one without may need memory before it makes progress; a reset must not, with swap or
 * root on the network behind it.
 */
#include <linux/kthread.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "compat.h"
#include "time.h"

struct netcx_os_worker {
	struct kthread_worker *worker;
	struct kthread_delayed_work work;
	void (*function)(void *context);
	void *context;
};

static void netcx_os_worker_function(struct kthread_work *work)
{
	struct netcx_os_worker *worker = container_of(work, struct netcx_os_worker, work.work);
	/* Memory that it needs is not to come from pages to be written: they may wait for it. */
	const unsigned int noio = memalloc_noio_save();

	worker->function(worker->context);
	memalloc_noio_restore(noio);
}

struct netcx_os_worker *netcx_os_worker_create(struct netcx_os_device *device,
					       void (*function)(void *context), void *context)
{
	struct netcx_os_worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);

	if (!worker)
		return NULL;
	worker->function = function;
	worker->context = context;
	kthread_init_delayed_work(&worker->work, netcx_os_worker_function);
	worker->worker = kthread_run_worker(0, "netcx/%s", netcx_os_device_name(device));
	if (IS_ERR(worker->worker)) {
		kfree(worker);
		return NULL;
	}
	return worker;
}

void netcx_os_worker_destroy(struct netcx_os_worker *worker)
{
	kthread_cancel_delayed_work_sync(&worker->work);
	kthread_destroy_worker(worker->worker);
	kfree(worker);
}

void netcx_os_worker_queue(struct netcx_os_worker *worker, UINT64 microseconds)
{
	kthread_mod_delayed_work(worker->worker, &worker->work, netcx_os_jiffies(microseconds));
}

void netcx_os_worker_cancel(struct netcx_os_worker *worker)
{
	kthread_cancel_delayed_work_sync(&worker->work);
}

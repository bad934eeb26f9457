// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for locks, timers and work items.
 *
 * Every lock gets its own lockdep class. By default lockdep gives one class to all locks that are
 * initialised at the same place, here all locks of all clients, and would report a client that
 * nests two of its locks as recursive locking.
 */
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "compat.h"
#include "time.h"

struct netcx_os_spinlock {
	/* For whatever the creator protects with it. @flags are written by its holder. */
	spinlock_t lock;
	unsigned long flags;
	struct lock_class_key key;
};

struct netcx_os_spinlock *netcx_os_spinlock_create(void)
{
	struct netcx_os_spinlock *lock = kzalloc(sizeof(*lock), GFP_KERNEL);

	if (!lock)
		return NULL;
	lockdep_register_key(&lock->key);
	spin_lock_init(&lock->lock);
	lockdep_set_class(&lock->lock, &lock->key);
	return lock;
}

void netcx_os_spinlock_destroy(struct netcx_os_spinlock *lock)
{
	lockdep_unregister_key(&lock->key);
	kfree(lock);
}

void netcx_os_spinlock_acquire(struct netcx_os_spinlock *lock)
	__acquires(&lock->lock)
{
	unsigned long flags;

	spin_lock_irqsave(&lock->lock, flags);
	lock->flags = flags;
}

void netcx_os_spinlock_release(struct netcx_os_spinlock *lock)
	__releases(&lock->lock)
{
	spin_unlock_irqrestore(&lock->lock, lock->flags);
}

struct netcx_os_mutex {
	/* For whatever the creator protects with it. */
	struct mutex mutex;
	struct lock_class_key key;
};

struct netcx_os_mutex *netcx_os_mutex_create(void)
{
	struct netcx_os_mutex *mutex = kzalloc(sizeof(*mutex), GFP_KERNEL);

	if (!mutex)
		return NULL;
	lockdep_register_key(&mutex->key);
	mutex_init(&mutex->mutex);
	lockdep_set_class(&mutex->mutex, &mutex->key);
	return mutex;
}

void netcx_os_mutex_destroy(struct netcx_os_mutex *mutex)
{
	mutex_destroy(&mutex->mutex);
	lockdep_unregister_key(&mutex->key);
	kfree(mutex);
}

void netcx_os_mutex_acquire(struct netcx_os_mutex *mutex)
{
	mutex_lock(&mutex->mutex);
}

void netcx_os_mutex_release(struct netcx_os_mutex *mutex)
{
	mutex_unlock(&mutex->mutex);
}

struct netcx_os_semaphore {
	struct semaphore semaphore;
};

struct netcx_os_semaphore *netcx_os_semaphore_create(void)
{
	struct netcx_os_semaphore *semaphore = kzalloc(sizeof(*semaphore), GFP_KERNEL);

	if (semaphore)
		sema_init(&semaphore->semaphore, 1);
	return semaphore;
}

void netcx_os_semaphore_destroy(struct netcx_os_semaphore *semaphore)
{
	kfree(semaphore);
}

void netcx_os_semaphore_acquire(struct netcx_os_semaphore *semaphore)
{
	down(&semaphore->semaphore);
}

BOOLEAN netcx_os_semaphore_acquire_timeout(struct netcx_os_semaphore *semaphore,
					   UINT64 microseconds)
{
	if (!microseconds)
		return !down_trylock(&semaphore->semaphore);
	return !down_timeout(&semaphore->semaphore, netcx_os_jiffies(microseconds));
}

void netcx_os_semaphore_release(struct netcx_os_semaphore *semaphore)
{
	up(&semaphore->semaphore);
}

struct netcx_os_timer {
	struct timer_list timer;
	void (*function)(void *context);
	void *context;
};

static void netcx_os_timer_function(struct timer_list *timer)
{
	struct netcx_os_timer *t = container_of(timer, struct netcx_os_timer, timer);

	t->function(t->context);
}

struct netcx_os_timer *netcx_os_timer_create(void (*function)(void *context), void *context)
{
	struct netcx_os_timer *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return NULL;
	timer->function = function;
	timer->context = context;
	timer_setup(&timer->timer, netcx_os_timer_function, 0);
	return timer;
}

void netcx_os_timer_destroy(struct netcx_os_timer *timer)
{
	timer_delete_sync(&timer->timer);
	kfree(timer);
}

BOOLEAN netcx_os_timer_start(struct netcx_os_timer *timer, UINT64 microseconds)
{
	return mod_timer(&timer->timer, jiffies + netcx_os_jiffies(microseconds));
}

BOOLEAN netcx_os_timer_stop(struct netcx_os_timer *timer, BOOLEAN wait)
{
	return wait ? timer_delete_sync(&timer->timer) : timer_delete(&timer->timer);
}

struct netcx_os_work {
	struct work_struct work;
	struct lock_class_key key;
	void (*function)(void *context);
	void *context;
};

static void netcx_os_work_function(struct work_struct *work)
{
	struct netcx_os_work *w = container_of(work, struct netcx_os_work, work);

	w->function(w->context);
}

struct netcx_os_work *netcx_os_work_create(void (*function)(void *context), void *context)
{
	struct netcx_os_work *work = kzalloc(sizeof(*work), GFP_KERNEL);

	if (!work)
		return NULL;
	work->function = function;
	work->context = context;
	INIT_WORK(&work->work, netcx_os_work_function);
	lockdep_register_key(&work->key);
	lockdep_init_map(&work->work.lockdep_map, "netcx_os_work", &work->key, 0);
	return work;
}

void netcx_os_work_destroy(struct netcx_os_work *work)
{
	cancel_work_sync(&work->work);
	lockdep_unregister_key(&work->key);
	kfree(work);
}

void netcx_os_work_enqueue(struct netcx_os_work *work)
{
	schedule_work(&work->work);
}

void netcx_os_work_flush(struct netcx_os_work *work)
{
	flush_work(&work->work);
}

/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Down-calls: everything the OS-neutral half asks of the OS. module/linux implements them for the
 * kernel, selftests/unit for user space. Functions that return int return 0 or a negative errno.
 */
#ifndef NETCX_CORE_OS_H
#define NETCX_CORE_OS_H

#include <netcx/ntddk.h>

EXTERN_C_START

struct netcx_adapter;
struct netcx_device;
struct netcx_os_device;
struct netcx_queue;
struct netcx_violation;

/* ---- memory ---- */

/* Zeroed, aligned to a cache line, any size. Process context. NULL when there is none. */
void *netcx_os_zalloc(SIZE_T size);
/* Accepts NULL. Process or softirq context. */
void netcx_os_free(void *memory);

/* The same in any context but interrupts, under locks too; the free one is for its own memory only. */
void *netcx_os_pool_alloc(SIZE_T size);
void netcx_os_pool_free(void *memory);

/*
 * Zeroed, physically contiguous, of addresses from @lowest to @highest, aligned to its size rounded up
 * to a power of two. @node: of NUMA, negative for any. NULL when there is none. Process context.
 */
void *netcx_os_contiguous_alloc(SIZE_T size, UINT64 lowest, UINT64 highest, int node);
void netcx_os_contiguous_free(void *memory);
/* The physical address of a byte of the kernel's memory, stacks aside. Any context. */
UINT64 netcx_os_physical_address(const void *address);

/* ---- log ---- */

enum netcx_os_log_level {
	NETCX_OS_LOG_ERROR,
	NETCX_OS_LOG_WARNING,
	NETCX_OS_LOG_INFO,
	NETCX_OS_LOG_DEBUG,
};

/* One line, without the newline; names the device if there is one. Any context. */
void netcx_os_log(struct netcx_os_device *device, enum netcx_os_log_level level, const char *format,
		  ...) __attribute__((format(printf, 3, 4)));
/* The formatter behind DbgPrintEx; format as in Linux's vsnprintf, returns what it would need. */
int netcx_os_vsnprintf(char *buffer, SIZE_T size, const char *format, __builtin_va_list arguments)
	__attribute__((format(printf, 3, 0)));

/* ---- time and context ---- */

void netcx_os_udelay(UINT32 microseconds);
/* Process context only. */
void netcx_os_sleep_us(UINT64 microseconds);
UINT64 netcx_os_time_ns(void);
/* Since the beginning of 1970, Greenwich time. */
UINT64 netcx_os_wall_time_ns(void);
/* May the caller sleep here? As good a guess as the OS can make. */
BOOLEAN netcx_os_may_sleep(void);
/*
 * Is this the service routine of an interrupt? Under a lock that it takes, or where service routines
 * are threads (threadirqs), the answer may be no.
 */
BOOLEAN netcx_os_in_interrupt(void);
/* Names the running thread: for "on the callback's own thread only" rules. */
void *netcx_os_current_thread(void);

/* ---- locks ---- */

/* Spin lock, taken with interrupts off, so usable from any context. */
struct netcx_os_spinlock;
struct netcx_os_spinlock *netcx_os_spinlock_create(void);
void netcx_os_spinlock_destroy(struct netcx_os_spinlock *lock);
void netcx_os_spinlock_acquire(struct netcx_os_spinlock *lock);
void netcx_os_spinlock_release(struct netcx_os_spinlock *lock);

/* Sleeping lock; process context. */
struct netcx_os_mutex;
struct netcx_os_mutex *netcx_os_mutex_create(void);
void netcx_os_mutex_destroy(struct netcx_os_mutex *mutex);
void netcx_os_mutex_acquire(struct netcx_os_mutex *mutex);
void netcx_os_mutex_release(struct netcx_os_mutex *mutex);

/* Sleeping lock with a time-out; with a time-out of 0 any context. */
struct netcx_os_semaphore;
struct netcx_os_semaphore *netcx_os_semaphore_create(void);
void netcx_os_semaphore_destroy(struct netcx_os_semaphore *semaphore);
void netcx_os_semaphore_acquire(struct netcx_os_semaphore *semaphore);
/* FALSE: not acquired within that time. */
BOOLEAN netcx_os_semaphore_acquire_timeout(struct netcx_os_semaphore *semaphore,
					   UINT64 microseconds);
void netcx_os_semaphore_release(struct netcx_os_semaphore *semaphore);

/* ---- sleep, threads, processors ---- */

#define NETCX_OS_FOR_EVER ((UINT64)-1)

/*
 * Sleeps until @condition, which may not sleep, is true; it is looked at now, and whenever somebody
 * has called the next one with the same @context. FALSE: it was not within that time. Process
 * context.
 */
BOOLEAN netcx_os_sleep_until(BOOLEAN (*condition)(void *context), void *context,
			     UINT64 microseconds);
/* @context may be gone: nothing but its address is used. Any context. */
void netcx_os_wake_sleepers(const void *context);

/*
 * @function runs in a thread of its own, named after @name. When it returns, or calls the next one,
 * no code of this module, or of one that needs it, runs in it any more. A negative errno if it
 * cannot be.
 */
int netcx_os_thread_create(const char *name, void (*function)(void *context), void *context);
/* Returns only if the calling thread is none of these. */
void netcx_os_thread_exit(void);
/* The @context of the calling thread, if it is one of these, else NULL. */
void *netcx_os_thread_context(void);
/*
 * The processors that the calling thread, one of these, may run on: of the first group of 64 that
 * has any; 0: any one. And to set them, 0 again for any one; a mask with none that there is changes
 * nothing.
 */
UINT64 netcx_os_thread_processors(UINT16 *group);
void netcx_os_thread_set_processors(UINT16 group, UINT64 mask);

/* How many there are, with numbers from 0; the current one; those of a node in a group of 64. */
UINT32 netcx_os_processors(void);
UINT32 netcx_os_current_processor(void);
UINT64 netcx_os_node_processors(UINT32 node, UINT32 group);

/* Random bytes that nobody can guess. Any context. */
void netcx_os_random(void *buffer, SIZE_T size);

/* ---- device: registers, DMA memory, resources ---- */

void *netcx_os_mmio_map(UINT64 physical, SIZE_T size);
void netcx_os_mmio_unmap(void *registers, SIZE_T size);

/* Zeroed, coherent, aligned to at least a page. NULL when there is none. */
void *netcx_os_dma_alloc(struct netcx_os_device *device, SIZE_T size, UINT64 *logical);
void netcx_os_dma_free(struct netcx_os_device *device, SIZE_T size, void *memory, UINT64 logical);
/* Says which addresses the device can reach; -EIO if the machine cannot do that. */
int netcx_os_dma_set_mask(struct netcx_os_device *device, UINT64 highest_address);

/* Translated resources of the device, BARs first, then one entry per interrupt vector. */
UINT32 netcx_os_device_resource_count(struct netcx_os_device *device);
void netcx_os_device_resource(struct netcx_os_device *device, UINT32 index,
			      CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor);
const char *netcx_os_device_name(struct netcx_os_device *device);

/* Where a PCI function is. */
struct netcx_os_pci_location {
	UINT32 bus;
	UINT32 device;
	UINT32 function;
};

/* FALSE: it is not on PCI. Any context. */
BOOLEAN netcx_os_device_pci_location(struct netcx_os_device *device,
				     struct netcx_os_pci_location *location);
/*
 * A PCI function's configuration space; of another device there is none. How many bytes, fewer than
 * @length at its end. Any context.
 */
UINT32 netcx_os_device_read_config(struct netcx_os_device *device, UINT32 offset, void *buffer,
				   UINT32 length);
UINT32 netcx_os_device_write_config(struct netcx_os_device *device, UINT32 offset,
				    const void *buffer, UINT32 length);
/* Marks the device as failed: it is unbound soon, from another context. */
void netcx_os_device_set_failed(struct netcx_os_device *device);

/*
 * For an adapter without a device: one that has no bus and no resources, and is called after @driver;
 * with a state like any other, which has been started on return. NULL for want of memory. Destroying
 * it stops the state and waits for its worker.
 */
struct netcx_os_device *netcx_os_lightweight_create(const char *driver, struct netcx_device *core);
void netcx_os_lightweight_destroy(struct netcx_os_device *device);
/* Asks the device's state for a reset. FALSE: it is too early or too late for one. Any context. */
BOOLEAN netcx_os_device_request_reset(struct netcx_os_device *device);

/* What the device's state asks of the OS half; process context. */

/* FALSE: its bus does not find it any more. */
BOOLEAN netcx_os_device_is_present(struct netcx_os_device *device);
/*
 * It is about to be brought up: it may do DMA again, and has its configuration back if the bus has
 * lost it. And it came up.
 */
void netcx_os_device_power_on(struct netcx_os_device *device);
void netcx_os_device_powered_on(struct netcx_os_device *device);
/* It is about to be reset, for the statistics. */
void netcx_os_device_count_reset(struct netcx_os_device *device);
/* Queues that are made from now on are verified, or not. */
void netcx_os_device_set_verified(struct netcx_os_device *device, BOOLEAN on);
/*
 * Shows the user that the device hangs. TRUE: that has caused a RECOVER event, or the user wants to
 * see to it; FALSE: the state is to reset it. Without any lock held, as the next one.
 */
BOOLEAN netcx_os_device_report_hang(struct netcx_os_device *device);
/* Shows the user that the device was halted for a broken rule. */
void netcx_os_device_report_halt(struct netcx_os_device *device);
/* What verifier mode found is over: the next violation is reported, and halts the device. */
void netcx_os_device_forget_fault(struct netcx_os_device *device);
/* Shows the user whether it works. Without any lock held. */
void netcx_os_device_show_health(struct netcx_os_device *device, BOOLEAN healthy);
/* It woke the machine. */
void netcx_os_device_woken(struct netcx_os_device *device);

/*
 * The device's configuration, see netconfiguration.h. @path: the names of sub-configurations, with a
 * slash between, or empty. Process context. The functions return what is said there, or:
 */
enum {
	NETCX_OS_CONFIG_MISSING = -1,
	NETCX_OS_CONFIG_OTHER_TYPE = -2,
	NETCX_OS_CONFIG_NO_MEMORY = -3,
};

/* 0. */
int netcx_os_config_number(struct netcx_os_device *device, const char *path, const char *name,
			   UINT32 *value);
/* The length of string @index of a value; as much as fits is in @buffer, and a null character. */
int netcx_os_config_string(struct netcx_os_device *device, const char *path, const char *name,
			   UINT32 index, char *buffer, SIZE_T size);
/* How many bytes there are; as many as fit are in @buffer. */
int netcx_os_config_bytes(struct netcx_os_device *device, const char *path, const char *name,
			  UINT8 *buffer, SIZE_T size);

/* ---- interrupts ---- */

struct netcx_os_irq;

struct netcx_os_irq_ops {
	/* Hard irq, under the interrupt's lock. TRUE: it was ours. */
	BOOLEAN (*isr)(void *context);
	/* Softirq; NULL if there is none. Never runs twice at a time. */
	void (*dpc)(void *context);
};

struct netcx_os_irq *netcx_os_irq_create(struct netcx_os_device *device,
					 const struct netcx_os_irq_ops *ops, void *context);
void netcx_os_irq_destroy(struct netcx_os_irq *irq);
/* @vector: which of the device's vectors, from 0. */
int netcx_os_irq_connect(struct netcx_os_irq *irq, UINT32 vector);
/* Waits for a running ISR and DPC. */
void netcx_os_irq_disconnect(struct netcx_os_irq *irq);
/* Takes the lock the ISR runs under. */
void netcx_os_irq_lock(struct netcx_os_irq *irq);
void netcx_os_irq_unlock(struct netcx_os_irq *irq);
/* TRUE: queued; FALSE: it was queued already. Any context. */
BOOLEAN netcx_os_irq_queue_dpc(struct netcx_os_irq *irq);
/* Waits until what was queued before has run. Process context. */
void netcx_os_irq_flush_dpc(struct netcx_os_irq *irq);

/* ---- timers and work ---- */

/* @function runs in softirq context. */
struct netcx_os_timer;
struct netcx_os_timer *netcx_os_timer_create(void (*function)(void *context), void *context);
/* Stops and waits. */
void netcx_os_timer_destroy(struct netcx_os_timer *timer);
/* TRUE: it was pending already, and now is due at the new time. */
BOOLEAN netcx_os_timer_start(struct netcx_os_timer *timer, UINT64 microseconds);
/* TRUE: it was pending. With @wait, process context, and @function is not running on return. */
BOOLEAN netcx_os_timer_stop(struct netcx_os_timer *timer, BOOLEAN wait);

/*
 * A thread of a device's own that runs @function, never twice at a time. It needs no memory to make
 * progress, and @function may wait for any other work.
 */
struct netcx_os_worker;
struct netcx_os_worker *netcx_os_worker_create(struct netcx_os_device *device,
					       void (*function)(void *context), void *context);
/* Cancels and waits. */
void netcx_os_worker_destroy(struct netcx_os_worker *worker);
/* Runs @function in @microseconds, instead of when it was to run. Any context. */
void netcx_os_worker_queue(struct netcx_os_worker *worker, UINT64 microseconds);
/* Waits until @function does not run, and will not. Not from @function. */
void netcx_os_worker_cancel(struct netcx_os_worker *worker);

/* @function runs in process context. */
struct netcx_os_work;
struct netcx_os_work *netcx_os_work_create(void (*function)(void *context), void *context);
/* Cancels and waits. */
void netcx_os_work_destroy(struct netcx_os_work *work);
void netcx_os_work_enqueue(struct netcx_os_work *work);
void netcx_os_work_flush(struct netcx_os_work *work);

/* ---- the network interface ---- */

/*
 * Makes the interface, with everything @adapter says, and shows it to the user. From here on the OS
 * may open it. Process context.
 */
int netcx_os_adapter_register(struct netcx_adapter *adapter);
/* Closes and removes the interface; every queue is destroyed on return. Process context. */
void netcx_os_adapter_unregister(struct netcx_adapter *adapter);
/*
 * Destroys the queues of an open interface, since the device leaves D0, @for_sleep or for a reset; the
 * user sees the link go down first. And creates them again when it is back, and tells the client what
 * the user has set meanwhile or @blank hardware has forgotten; if that fails the interface is as
 * before. Process context.
 */
void netcx_os_adapter_datapath_down(struct netcx_adapter *adapter, BOOLEAN for_sleep);
int netcx_os_adapter_datapath_up(struct netcx_adapter *adapter, BOOLEAN blank);
/* After datapath_down: it will take a while. The user sees an interface that is up without a link. */
void netcx_os_adapter_datapath_lost(struct netcx_adapter *adapter);
/* adapter->link changed. Any context. */
void netcx_os_adapter_link_changed(struct netcx_adapter *adapter);
/* adapter->mtu changed: the largest MTU, without the layer 2 header. Process context. */
void netcx_os_adapter_mtu_changed(struct netcx_adapter *adapter);
/* adapter->current_address changed. Process context. */
void netcx_os_adapter_address_changed(struct netcx_adapter *adapter);
/*
 * adapter->offloads_paused changed; the OS half calls netcx_core_adapter_set_offloads() when packets
 * are ready for it. Process context.
 */
void netcx_os_adapter_offloads_changed(struct netcx_adapter *adapter);
/* The number of the interface, which the user sees (ip link); 0: there is none. Process context. */
UINT32 netcx_os_adapter_index(struct netcx_adapter *adapter);
/* The client has finished packets for the OS to look at. Any context. */
void netcx_os_queue_notify(struct netcx_queue *queue);

/* ---- verifier mode, see verifier.h ---- */

/*
 * The client broke a rule in a callback of @queue: nothing of the queue is to be used any more. Once
 * per queue, in the context of the callback; @violation is the queue's verifier's.
 */
void netcx_os_verifier_report(struct netcx_queue *queue, const struct netcx_violation *violation);
/*
 * The client broke @rule with a call, which was refused with @text as its line in the log; @device
 * may be NULL. Any context.
 */
void netcx_os_verifier_report_call(struct netcx_os_device *device, UINT32 rule, const char *text);
/*
 * A callback of @queue begins to run in this context, or, with what was returned then, ends.
 * netcx_os_verifier_running_queue() is the one that runs here, NULL if none does; any context.
 */
struct netcx_queue *netcx_os_verifier_running(struct netcx_queue *queue);
struct netcx_queue *netcx_os_verifier_running_queue(void);

EXTERN_C_END

#endif /* NETCX_CORE_OS_H */

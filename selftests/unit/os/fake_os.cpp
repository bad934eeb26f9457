// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Memory, log, time, locks, timers, work.

#include "os/fake_mutex.h"
#include "os/fake_os.h"

#include <bit>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

struct netcx_os_mutex {
	bool held;
	/* Of fake::StackLock. */
	bool inside_stack;
	bool around_stack;
};

/* Of this thread, the innermost last. */
static thread_local std::vector<netcx_os_mutex *> held_mutexes;
static thread_local unsigned int stack_locks;

static bool any_mutex_is_held()
{
	return !held_mutexes.empty();
}

namespace fake
{

static thread_local unsigned int atomic_depth;
static thread_local unsigned int interrupt_depth;
static thread_local char thread_identity;

std::function<void()> taking_mutex;

Os &Os::get()
{
	static Os os;

	return os;
}

void Os::reset()
{
	*this = Os();
}

void Os::fail_nth(UINT64 nth)
{
	fail_in_ = nth;
	attempts_ = 0;
}

bool Os::injected_failure()
{
	return ++attempts_ == fail_in_;
}

void Os::handed_out(const void *what, const char *kind)
{
	live_[what] = kind;
}

bool Os::taken_back(const void *what, const char *kind)
{
	const auto found = live_.find(what);

	if (found == live_.end() || strcmp(found->second, kind)) {
		violation(std::string(kind) + " given back that was not handed out");
		return false;
	}
	live_.erase(found);
	return true;
}

std::string Os::live_kinds() const
{
	std::map<std::string, unsigned int> counts;
	std::string text;

	for (const auto &entry : live_)
		counts[entry.second]++;
	for (const auto &entry : counts)
		text += (text.empty() ? "" : ", ") + entry.first + ": " +
			std::to_string(entry.second);
	return text;
}

SIZE_T Os::lines_with(const std::string &text) const
{
	SIZE_T count = 0;

	for (const LogLine &line : log)
		count += line.text.find(text) != std::string::npos;
	return count;
}

SIZE_T Os::errors() const
{
	SIZE_T count = 0;

	for (const LogLine &line : log)
		count += line.level == NETCX_OS_LOG_ERROR;
	return count;
}

std::string Os::whole_log() const
{
	std::string text;

	for (const LogLine &line : log)
		text += line.device + ": " + line.text + "\n";
	return text;
}

void Os::violation(const std::string &what)
{
	violations.push_back(what);
}

void Os::must_sleep(const char *function)
{
	if (!may_sleep())
		violation(std::string(function) + " where sleeping is not allowed");
}

bool Os::may_sleep() const
{
	return !atomic_depth;
}

void Os::enter_atomic()
{
	atomic_depth++;
}

void Os::leave_atomic()
{
	atomic_depth--;
}

bool Os::in_interrupt() const
{
	return interrupt_depth;
}

void Os::enter_interrupt()
{
	interrupt_depth++;
	enter_atomic();
}

void Os::leave_interrupt()
{
	leave_atomic();
	interrupt_depth--;
}

void Os::add(Task *task)
{
	tasks_.push_back(task);
}

void Os::remove(Task *task)
{
	if (task->running)
		violation(std::string(task->kind) + " destroyed from within itself: a deadlock");
	std::erase(tasks_, task);
}

void Os::run(Task *task)
{
	task->queued = 0;
	if (task->due_ns && timer_expired)
		std::exchange(timer_expired, nullptr)();
	task->running = true;
	if (task->atomic) {
		const Atomic atomic;

		task->function();
	} else {
		task->function();
	}
	task->running = false;
}

bool Os::can_run(const Task *task) const
{
	return task->queued && !task->running && !(task->takes_mutexes && any_mutex_is_held());
}

void Os::must_hold_no_mutex(const char *function)
{
	must_sleep(function);
	if (any_mutex_is_held())
		violation(std::string(function) + " with a mutex held");
}

bool Os::run_one()
{
	Task *first = nullptr;

	for (Task *task : tasks_) {
		if (can_run(task) && task->due_ns <= now_ns_ &&
		    (!first || task->queued < first->queued))
			first = task;
	}
	if (first)
		run(first);
	return first;
}

void Os::run_pending()
{
	while (run_one())
		;
}

void Os::pass_time(UINT64 microseconds)
{
	const UINT64 end = now_ns_ + microseconds * 1000;

	run_pending();
	for (;;) {
		const Task *next = nullptr;

		for (const Task *task : tasks_) {
			if (can_run(task) && task->due_ns <= end &&
			    (!next || task->due_ns < next->due_ns))
				next = task;
		}
		if (!next)
			break;
		now_ns_ = std::max(now_ns_, next->due_ns);
		run_pending();
	}
	now_ns_ = end;
}

bool Os::sleep_on(UINT64 end_ns)
{
	const Task *next = nullptr;

	if (falling_asleep) {
		std::exchange(falling_asleep, nullptr)();
		return true;
	}
	if (run_one())
		return true;
	for (const Task *task : tasks_) {
		if (can_run(task) && task->due_ns <= end_ns &&
		    (!next || task->due_ns < next->due_ns))
			next = task;
	}
	if (next)
		now_ns_ = next->due_ns;
	else if (end_ns != never)
		now_ns_ = end_ns;
	return next;
}

} // namespace fake

using fake::Os;

struct netcx_os_spinlock {
	bool held;
};

static void check_stack_order(const netcx_os_mutex *mutex)
{
	if (mutex->inside_stack && mutex->around_stack)
		Os::get().violation("a mutex is taken inside the stack's lock, and that inside the "
				    "mutex: a deadlock");
}

namespace fake
{

StackLock::StackLock()
{
	if (!stack_locks++) {
		for (netcx_os_mutex *mutex : held_mutexes) {
			mutex->around_stack = true;
			check_stack_order(mutex);
		}
	}
}

StackLock::~StackLock()
{
	stack_locks--;
}

} // namespace fake

struct netcx_os_semaphore {
	bool held;
};

struct netcx_os_timer {
	fake::Task task;
};

struct netcx_os_work {
	fake::Task task;
};

struct netcx_os_worker {
	fake::Task task;
};

/* Something that can fail, and that is counted. */
template <class T, class... Arguments>
static T *make(const char *kind, Arguments &&...arguments)
{
	Os::get().must_sleep(kind);
	if (Os::get().injected_failure())
		return nullptr;
	T *made = new T{std::forward<Arguments>(arguments)...};
	Os::get().handed_out(made, kind);
	return made;
}

template <class T>
static void unmake(T *made, const char *kind)
{
	Os::get().must_sleep(kind);
	if (Os::get().taken_back(made, kind))
		delete made;
}

extern "C" {

/* ---- memory ---- */

void *netcx_os_zalloc(SIZE_T size)
{
	void *memory;

	Os::get().must_sleep("netcx_os_zalloc");
	if (Os::get().injected_failure())
		return nullptr;
	/* Not rounded up to the alignment, so that a byte too far is seen. */
	if (posix_memalign(&memory, 64, size))
		return nullptr;
	memset(memory, 0, size);
	Os::get().handed_out(memory, "memory");
	return memory;
}

void netcx_os_free(void *memory)
{
	if (memory && Os::get().taken_back(memory, "memory"))
		free(memory);
}

void *netcx_os_pool_alloc(SIZE_T size)
{
	void *memory;

	if (Os::get().in_interrupt())
		Os::get().violation("netcx_os_pool_alloc in an interrupt");
	if (Os::get().injected_failure() || posix_memalign(&memory, 64, size))
		return nullptr;
	memset(memory, 0, size);
	Os::get().handed_out(memory, "pool memory");
	return memory;
}

void netcx_os_pool_free(void *memory)
{
	if (Os::get().in_interrupt())
		Os::get().violation("netcx_os_pool_free in an interrupt");
	if (Os::get().taken_back(memory, "pool memory"))
		free(memory);
}

/* Aligned as promised; where memory lies physically: fake::physical_base further on. */
void *netcx_os_contiguous_alloc(SIZE_T size, UINT64 lowest, UINT64 highest, int node)
{
	const UINT64 alignment = std::max<UINT64>(4096, std::bit_ceil(size));
	void *memory;

	Os::get().must_sleep("netcx_os_contiguous_alloc");
	Os::get().contiguous_node = node;
	if (Os::get().injected_failure() || posix_memalign(&memory, alignment, size))
		return nullptr;
	if (netcx_os_physical_address(memory) < lowest ||
	    netcx_os_physical_address(memory) + size - 1 > highest) {
		free(memory);
		return nullptr;
	}
	memset(memory, 0, size);
	Os::get().handed_out(memory, "contiguous memory");
	return memory;
}

void netcx_os_contiguous_free(void *memory)
{
	Os::get().must_sleep("netcx_os_contiguous_free");
	if (Os::get().taken_back(memory, "contiguous memory"))
		free(memory);
}

UINT64 netcx_os_physical_address(const void *address)
{
	return fake::physical_base + reinterpret_cast<uintptr_t>(address);
}

/* ---- log ---- */

void netcx_os_log(struct netcx_os_device *device, enum netcx_os_log_level level, const char *format,
		  ...)
{
	va_list arguments;
	char text[1024];

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	Os::get().log.push_back({level, device ? device->name : "", text});
}

int netcx_os_vsnprintf(char *buffer, SIZE_T size, const char *format, __builtin_va_list arguments)
{
	return vsnprintf(buffer, size, format, arguments);
}

/* ---- time and context ---- */

void netcx_os_udelay(UINT32 microseconds)
{
	/* Nothing runs meanwhile on the only processor. */
	(void)microseconds;
}

void netcx_os_sleep_us(UINT64 microseconds)
{
	Os::get().must_sleep("netcx_os_sleep_us");
	if (Os::get().falling_asleep)
		std::exchange(Os::get().falling_asleep, nullptr)();
	Os::get().pass_time(microseconds);
}

UINT64 netcx_os_time_ns(void)
{
	if (auto meanwhile = std::exchange(Os::get().time_asked, nullptr))
		meanwhile();
	return Os::get().now_ns();
}

UINT64 netcx_os_wall_time_ns(void)
{
	return fake::started_at_ns + Os::get().now_ns();
}

BOOLEAN netcx_os_may_sleep(void)
{
	return Os::get().may_sleep();
}

BOOLEAN netcx_os_in_interrupt(void)
{
	return Os::get().in_interrupt();
}

void *netcx_os_current_thread(void)
{
	return &fake::thread_identity;
}

/* ---- locks ---- */

struct netcx_os_spinlock *netcx_os_spinlock_create(void)
{
	return make<netcx_os_spinlock>("spin lock");
}

void netcx_os_spinlock_destroy(struct netcx_os_spinlock *lock)
{
	if (lock->held)
		Os::get().violation("spin lock destroyed while held");
	unmake(lock, "spin lock");
}

void netcx_os_spinlock_acquire(struct netcx_os_spinlock *lock)
{
	if (lock->held)
		Os::get().violation("spin lock taken twice: a deadlock");
	lock->held = true;
	Os::get().enter_atomic();
}

void netcx_os_spinlock_release(struct netcx_os_spinlock *lock)
{
	if (!lock->held)
		Os::get().violation("spin lock released that is not held");
	lock->held = false;
	Os::get().leave_atomic();
}

struct netcx_os_mutex *netcx_os_mutex_create(void)
{
	return make<netcx_os_mutex>("mutex");
}

void netcx_os_mutex_destroy(struct netcx_os_mutex *mutex)
{
	if (mutex->held)
		Os::get().violation("mutex destroyed while held");
	unmake(mutex, "mutex");
}

void netcx_os_mutex_acquire(struct netcx_os_mutex *mutex)
{
	Os::get().must_sleep("netcx_os_mutex_acquire");
	if (fake::taking_mutex)
		std::exchange(fake::taking_mutex, nullptr)();
	if (mutex->held)
		Os::get().violation("mutex taken twice: a deadlock");
	mutex->held = true;
	mutex->inside_stack |= stack_locks > 0;
	check_stack_order(mutex);
	held_mutexes.push_back(mutex);
}

void netcx_os_mutex_release(struct netcx_os_mutex *mutex)
{
	if (!mutex->held)
		Os::get().violation("mutex released that is not held");
	mutex->held = false;
	std::erase(held_mutexes, mutex);
}

struct netcx_os_semaphore *netcx_os_semaphore_create(void)
{
	return make<netcx_os_semaphore>("semaphore");
}

void netcx_os_semaphore_destroy(struct netcx_os_semaphore *semaphore)
{
	if (semaphore->held)
		Os::get().violation("semaphore destroyed while held");
	unmake(semaphore, "semaphore");
}

void netcx_os_semaphore_acquire(struct netcx_os_semaphore *semaphore)
{
	Os::get().must_sleep("netcx_os_semaphore_acquire");
	if (semaphore->held)
		Os::get().violation("semaphore taken twice: a deadlock");
	semaphore->held = true;
}

BOOLEAN netcx_os_semaphore_acquire_timeout(struct netcx_os_semaphore *semaphore,
					   UINT64 microseconds)
{
	if (semaphore->held && microseconds)
		netcx_os_sleep_us(microseconds);
	if (semaphore->held)
		return FALSE;
	semaphore->held = true;
	return TRUE;
}

void netcx_os_semaphore_release(struct netcx_os_semaphore *semaphore)
{
	if (!semaphore->held)
		Os::get().violation("semaphore released that is not held");
	semaphore->held = false;
}

/* ---- timers and work ---- */

struct netcx_os_timer *netcx_os_timer_create(void (*function)(void *context), void *context)
{
	netcx_os_timer *timer = make<netcx_os_timer>(
		"timer", fake::Task{[=] { function(context); }, "timer", true});

	if (timer)
		Os::get().add(&timer->task);
	return timer;
}

void netcx_os_timer_destroy(struct netcx_os_timer *timer)
{
	Os::get().remove(&timer->task);
	unmake(timer, "timer");
}

BOOLEAN netcx_os_timer_start(struct netcx_os_timer *timer, UINT64 microseconds)
{
	const bool was_queued = timer->task.queued;

	timer->task.queued = Os::get().next_request();
	timer->task.due_ns = Os::get().now_ns() + microseconds * 1000;
	return was_queued;
}

BOOLEAN netcx_os_timer_stop(struct netcx_os_timer *timer, BOOLEAN wait)
{
	const bool was_queued = timer->task.queued;

	if (wait)
		Os::get().must_sleep("netcx_os_timer_stop");
	if (wait && timer->task.running)
		Os::get().violation("timer waits for itself: a deadlock");
	timer->task.queued = 0;
	return was_queued;
}

struct netcx_os_worker *netcx_os_worker_create(struct netcx_os_device *,
					       void (*function)(void *context), void *context)
{
	netcx_os_worker *worker = make<netcx_os_worker>(
		"worker", fake::Task{[=] { function(context); }, "worker", false});

	if (!worker)
		return nullptr;
	worker->task.takes_mutexes = true;
	Os::get().add(&worker->task);
	return worker;
}

void netcx_os_worker_destroy(struct netcx_os_worker *worker)
{
	Os::get().remove(&worker->task);
	unmake(worker, "worker");
}

void netcx_os_worker_queue(struct netcx_os_worker *worker, UINT64 microseconds)
{
	worker->task.queued = Os::get().next_request();
	worker->task.due_ns = microseconds ? Os::get().now_ns() + microseconds * 1000 : 0;
}

void netcx_os_worker_cancel(struct netcx_os_worker *worker)
{
	Os::get().must_sleep("netcx_os_worker_cancel");
	if (worker->task.running)
		Os::get().violation("worker waits for itself: a deadlock");
	worker->task.queued = 0;
}

struct netcx_os_work *netcx_os_work_create(void (*function)(void *context), void *context)
{
	netcx_os_work *work =
		make<netcx_os_work>("work", fake::Task{[=] { function(context); }, "work", false});

	if (work)
		Os::get().add(&work->task);
	return work;
}

void netcx_os_work_destroy(struct netcx_os_work *work)
{
	Os::get().remove(&work->task);
	unmake(work, "work");
}

void netcx_os_work_enqueue(struct netcx_os_work *work)
{
	if (!work->task.queued)
		work->task.queued = Os::get().next_request();
}

void netcx_os_work_flush(struct netcx_os_work *work)
{
	Os::get().must_sleep("netcx_os_work_flush");
	if (work->task.running)
		Os::get().violation("work waits for itself: a deadlock");
	while (work->task.queued && !work->task.running)
		Os::get().run(&work->task);
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Sleepers, threads, processors, random numbers. A thread is one of the C library's, so that it has
 * a stack, and an end, of its own; but it runs only while whoever lets it go on waits for it.
 */

#include "os/fake_os.h"

#include <algorithm>
#include <cerrno>
#include <semaphore>
#include <thread>

#include <pthread.h>

using fake::Os;

namespace
{

class Thread
{
public:
	Thread(void (*function)(void *), void *context);
	~Thread();

	bool ended() const { return ended_; }
	void *context() const { return context_; }
	/* In it, until somebody wakes it, or it is that time. */
	void sleep(UINT64 end_ns);
	void wake();

private:
	void go_on();
	void run();

	void (*function_)(void *);
	void *context_;
	bool asleep_ = false;
	bool ended_ = false;
	std::binary_semaphore its_turn_{0};
	std::binary_semaphore turn_over_{0};
	fake::Task task_;
	std::thread thread_;
};

/* Not destroyed when the program ends: some may still sleep. */
std::vector<std::unique_ptr<Thread>> &threads = *new std::vector<std::unique_ptr<Thread>>;
thread_local Thread *self;
/* Of this thread; a mask of 0: it may run anywhere. */
thread_local UINT16 own_group;
thread_local UINT64 own_mask;

Thread::Thread(void (*function)(void *), void *context)
	: function_(function), context_(context), task_{[this] { go_on(); }, "thread", false},
	  thread_([this] { run(); })
{
	task_.queued = Os::get().next_request();
	Os::get().add(&task_);
}

Thread::~Thread()
{
	Os::get().remove(&task_);
	thread_.join();
}

/* Says that it is over even when the C library ends the thread. */
class Turn
{
public:
	explicit Turn(std::function<void()> over) : over_(std::move(over)) {}
	~Turn() { over_(); }

private:
	std::function<void()> over_;
};

void Thread::run()
{
	its_turn_.acquire();
	self = this;
	const Turn turn([this] {
		ended_ = true;
		turn_over_.release();
	});
	function_(context_);
}

void Thread::go_on()
{
	its_turn_.release();
	turn_over_.acquire();
	if (ended_)
		Os::get().taken_back(this, "thread");
}

void Thread::sleep(UINT64 end_ns)
{
	asleep_ = true;
	task_.queued = end_ns == fake::never ? 0 : Os::get().next_request();
	task_.due_ns = end_ns == fake::never ? 0 : end_ns;
	turn_over_.release();
	its_turn_.acquire();
	asleep_ = false;
}

void Thread::wake()
{
	if (!asleep_)
		return;
	task_.queued = Os::get().next_request();
	task_.due_ns = 0;
}

} // namespace

extern "C" {

BOOLEAN netcx_os_sleep_until(BOOLEAN (*condition)(void *context), void *context,
			     UINT64 microseconds)
{
	const UINT64 end = microseconds == NETCX_OS_FOR_EVER
				   ? fake::never
				   : Os::get().now_ns() + microseconds * 1000;

	Os::get().must_sleep("netcx_os_sleep_until");
	while (!condition(context)) {
		if (Os::get().now_ns() >= end)
			return FALSE;
		if (self) {
			self->sleep(end);
		} else if (!Os::get().sleep_on(end) && end == fake::never) {
			Os::get().violation("sleeps for ever");
			return FALSE;
		}
	}
	return TRUE;
}

void netcx_os_wake_sleepers(const void *)
{
	for (const std::unique_ptr<Thread> &thread : threads)
		thread->wake();
}

int netcx_os_thread_create(const char *, void (*function)(void *context), void *context)
{
	Os::get().must_sleep("netcx_os_thread_create");
	if (Os::get().injected_failure())
		return -ENOMEM;
	std::erase_if(threads, [](const auto &thread) { return thread->ended(); });
	threads.push_back(std::make_unique<Thread>(function, context));
	Os::get().handed_out(threads.back().get(), "thread");
	return 0;
}

void netcx_os_thread_exit(void)
{
	pthread_exit(nullptr);
}

UINT64 netcx_os_thread_processors(UINT16 *group)
{
	*group = own_group;
	return own_mask;
}

void netcx_os_thread_set_processors(UINT16 group, UINT64 mask)
{
	const UINT32 first = group * 64;
	const UINT32 count = Os::get().processors - std::min(first, Os::get().processors);
	const UINT64 there = count < 64 ? (1ULL << count) - 1 : ~0ULL;

	if (mask && !(mask & there))
		return;
	own_group = mask ? group : 0;
	own_mask = mask & there;
}

void *netcx_os_thread_context(void)
{
	return self ? self->context() : nullptr;
}

UINT32 netcx_os_processors(void)
{
	return Os::get().processors;
}

UINT32 netcx_os_current_processor(void)
{
	return Os::get().processor;
}

UINT64 netcx_os_node_processors(UINT32 node, UINT32 group)
{
	const auto found = Os::get().nodes.find(node);

	return found != Os::get().nodes.end() && found->second.group == group ? found->second.mask
									      : 0;
}

/* Anybody can guess them. */
void netcx_os_random(void *buffer, SIZE_T size)
{
	for (SIZE_T i = 0; i < size; i++)
		static_cast<UINT8 *>(buffer)[i] = static_cast<UINT8>(i + 1);
}

} // extern "C"

// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "caller.h"

#include "device.h"

namespace netcx
{

/*
 * One entry per thread of the kernel's that is in a callback. Entries are claimed and released with a
 * compare and exchange of their thread field; everything else of an entry is accessed by that thread
 * only, so there is no lock. If all entries are in use, a callback runs without one: current_caller()
 * is NULL, and refuse_in_interface() cannot see a deadlock coming.
 */
static Caller callers[64];

static void log_exhausted(const struct netcx_device *device)
{
	static UINT32 logged;

	if (!__atomic_exchange_n(&logged, 1U, __ATOMIC_RELAXED))
		netcx_os_log(OsDevice(device).get(), NETCX_OS_LOG_WARNING,
			     "more than %zu callbacks run at once: in some of them calls that wait "
			     "for themselves are not refused",
			     sizeof(callers) / sizeof(callers[0]));
}

static Caller *find(void *thread)
{
	Caller *own = static_cast<Caller *>(netcx_os_thread_context());

	if (own)
		return own;
	for (Caller &caller : callers) {
		if (__atomic_load_n(&caller.thread, __ATOMIC_RELAXED) == thread)
			return &caller;
	}
	return nullptr;
}

static Caller *claim(void *thread)
{
	for (Caller &caller : callers) {
		void *nobody = nullptr;

		if (__atomic_compare_exchange_n(&caller.thread, &nobody, thread, false,
						__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return &caller;
	}
	return nullptr;
}

Caller *current_caller()
{
	/* In atomic context this may be an interrupt, which runs on behalf of no thread. */
	return netcx_os_may_sleep() ? find(netcx_os_current_thread()) : nullptr;
}

CallerScope::CallerScope(struct netcx_driver *driver, struct netcx_device *device)
	: caller_(nullptr), outer_{}
{
	void *thread = netcx_os_current_thread();

	caller_ = find(thread);
	if (caller_)
		outer_ = *caller_;
	else
		caller_ = claim(thread);
	if (!caller_) {
		log_exhausted(device);
		return;
	}
	caller_->driver = driver;
	caller_->device = device;
	caller_->reported = STATUS_SUCCESS;
}

CallerScope::CallerScope(const Object *object) : CallerScope(object->driver, object->device)
{
}

CallerScope::~CallerScope()
{
	if (!caller_)
		return;
	caller_->driver = outer_.driver;
	caller_->device = outer_.device;
	caller_->reported = outer_.reported;
	caller_->in_interface = outer_.in_interface;
	if (!outer_.thread)
		__atomic_store_n(&caller_->thread, nullptr, __ATOMIC_RELEASE);
}

} // namespace netcx

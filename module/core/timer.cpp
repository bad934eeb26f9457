// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFTIMER. */
#include "driver.h"
#include "object.h"

namespace netcx
{

class Timer final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::timer;

	Timer() : Object(object_type) {}

	~Timer() override
	{
		if (timer)
			netcx_os_timer_destroy(timer);
	}

	BOOLEAN start(UINT64 microseconds);
	BOOLEAN stop(BOOLEAN wait);

	static void fire(void *context);

	WDF_TIMER_CONFIG config = {};
	struct netcx_os_timer *timer = nullptr;

protected:
	void dispose() override;

private:
	/*
	 * All three under tree_lock. The race they are for: the kernel's timer has expired, but
	 * fire() has not taken tree_lock yet, and stop() or start() runs on another processor.
	 * netcx_os_timer_stop() says "not pending" then, but the client must not be called after
	 * stop(), and after start() it must be called for the expired timer and for the new one. So
	 * calls of fire() that are still to come are counted.
	 */
	/*
	 * Calls of fire() to come that call EvtTimerFunc; at most one is of a timer still pending.
	 */
	UINT32 due_ = 0;
	/*
	 * Calls of fire() to come, before those, that do nothing: stop() came after they expired.
	 */
	UINT32 dropped_ = 0;
	/* Set by dispose(): neither the client nor a period starts the timer any more. */
	bool disposed_ = false;
};

void Timer::fire(void *context)
{
	Timer *self = static_cast<Timer *>(context);
	bool call;

	netcx_os_spinlock_acquire(self->driver->tree_lock);
	call = !self->dropped_;
	if (call) {
		self->due_--;
		/* Unless the client has started it again since it expired: its due time counts. */
		if (self->config.Period && !self->due_) {
			netcx_os_timer_start(self->timer, self->config.Period * 1000ULL);
			self->due_++;
		}
	} else {
		self->dropped_--;
	}
	netcx_os_spinlock_release(self->driver->tree_lock);
	if (call)
		self->config.EvtTimerFunc(to_handle<WDFTIMER>(self));
}

BOOLEAN Timer::start(UINT64 microseconds)
{
	BOOLEAN was_pending = FALSE;

	netcx_os_spinlock_acquire(driver->tree_lock);
	if (!disposed_) {
		was_pending = netcx_os_timer_start(timer, microseconds);
		if (!was_pending)
			due_++;
	}
	netcx_os_spinlock_release(driver->tree_lock);
	return was_pending;
}

BOOLEAN Timer::stop(BOOLEAN wait)
{
	BOOLEAN was_pending;

	netcx_os_spinlock_acquire(driver->tree_lock);
	was_pending = netcx_os_timer_stop(timer, FALSE);
	if (was_pending)
		due_--;
	dropped_ += due_;
	due_ = 0;
	netcx_os_spinlock_release(driver->tree_lock);
	/* A callback that was running may have started the timer again; stop that one, too. */
	if (wait && netcx_os_timer_stop(timer, TRUE)) {
		netcx_os_spinlock_acquire(driver->tree_lock);
		due_--;
		netcx_os_spinlock_release(driver->tree_lock);
	}
	return was_pending;
}

void Timer::dispose()
{
	netcx_os_spinlock_acquire(driver->tree_lock);
	disposed_ = true;
	netcx_os_spinlock_release(driver->tree_lock);
	stop(TRUE);
}

static NTSTATUS check_config(const WDF_TIMER_CONFIG *config,
			     const WDF_OBJECT_ATTRIBUTES *attributes)
{
	NTSTATUS status = check_size(nullptr, "WDF_TIMER_CONFIG", config->Size, sizeof(*config));

	if (!NT_SUCCESS(status))
		return status;
	if (!config->EvtTimerFunc)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "WDF_TIMER_CONFIG.EvtTimerFunc is NULL, must be set");
	if (attributes && attributes->ExecutionLevel == WdfExecutionLevelPassive)
		return refuse(nullptr, STATUS_NOT_SUPPORTED,
			      "WdfTimerCreate: WDF_OBJECT_ATTRIBUTES.ExecutionLevel is "
			      "WdfExecutionLevelPassive, which is not supported: use a work item");
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfTimerCreate(PWDF_TIMER_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
			WDFTIMER *Handle)
{
	static const char function[] = "WdfTimerCreate";
	Object *parent = nullptr;
	Timer *timer = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Config || !Handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      Config ? "Timer" : "Config");
	status = check_config(Config, Attributes);
	if (NT_SUCCESS(status))
		status = check_attributes(function, nullptr, Attributes, ParentRule::required,
					  &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, Attributes, parent, &timer);
	if (!NT_SUCCESS(status))
		return status;
	timer->config = *Config;
	timer->timer = netcx_os_timer_create(Timer::fire, timer);
	if (!timer->timer) {
		timer->release();
		return refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
	}
	return publish_object(function, timer, Handle);
}

BOOLEAN WdfTimerStart(WDFTIMER Handle, LONGLONG DueTime)
{
	Timer *timer = from_handle<Timer>(Handle, "WdfTimerStart");

	if (!timer)
		return FALSE;
	/* Negative: relative, in 100 ns. An absolute time, 0 or more, is taken as due now. */
	return timer->start(DueTime < 0 ? (0 - static_cast<UINT64>(DueTime)) / 10 : 0);
}

BOOLEAN WdfTimerStop(WDFTIMER Handle, BOOLEAN Wait)
{
	static const char function[] = "WdfTimerStop";
	Timer *timer = from_handle<Timer>(Handle, function);

	if (!timer)
		return FALSE;
	if (Wait && refuse_atomic(timer, function))
		Wait = FALSE;
	return timer->stop(Wait);
}

WDFOBJECT WdfTimerGetParentObject(WDFTIMER Handle)
{
	Timer *timer = from_handle<Timer>(Handle, "WdfTimerGetParentObject");

	return timer ? timer->parent() : nullptr;
}

} // extern "C"

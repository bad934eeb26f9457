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
	/* Both under the tree lock, so that no timer starts itself again after it was stopped. */
	bool running_ = false;
	bool disposed_ = false;
};

void Timer::fire(void *context)
{
	Timer *self = static_cast<Timer *>(context);
	bool running;

	netcx_os_spinlock_acquire(self->driver->tree_lock);
	running = self->running_;
	if (running && self->config.Period)
		netcx_os_timer_start(self->timer, self->config.Period * 1000ULL);
	else
		self->running_ = false;
	netcx_os_spinlock_release(self->driver->tree_lock);
	if (running)
		self->config.EvtTimerFunc(to_handle<WDFTIMER>(self));
}

BOOLEAN Timer::start(UINT64 microseconds)
{
	BOOLEAN was_running = FALSE;

	netcx_os_spinlock_acquire(driver->tree_lock);
	if (!disposed_) {
		running_ = true;
		was_running = netcx_os_timer_start(timer, microseconds);
	}
	netcx_os_spinlock_release(driver->tree_lock);
	return was_running;
}

BOOLEAN Timer::stop(BOOLEAN wait)
{
	netcx_os_spinlock_acquire(driver->tree_lock);
	running_ = false;
	netcx_os_spinlock_release(driver->tree_lock);
	return netcx_os_timer_stop(timer, wait);
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
	/* Units of 100 ns; what is not relative is due. */
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

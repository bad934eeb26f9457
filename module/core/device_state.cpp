// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "device_state.h"

#include "device.h"
#include "log.h"

using namespace netcx;

static constexpr UINT64 microseconds_per_second = 1000000;

/* Gives the mutex back wherever a function returns. */
class StateGuard
{
public:
	explicit StateGuard(struct netcx_os_mutex *mutex) : mutex_(mutex)
	{
		netcx_os_mutex_acquire(mutex_);
	}

	~StateGuard() { netcx_os_mutex_release(mutex_); }

	StateGuard(const StateGuard &) = delete;
	StateGuard &operator=(const StateGuard &) = delete;

private:
	struct netcx_os_mutex *mutex_;
};

netcx_device_state *netcx_device_state::create(struct netcx_os_device *os)
{
	auto *state = new netcx_device_state();

	if (!state)
		return nullptr;
	state->os_ = os;
	state->mutex_ = netcx_os_mutex_create();
	state->requests_lock_ = netcx_os_spinlock_create();
	state->worker_ = netcx_os_worker_create(os, work, state);
	if (!state->mutex_ || !state->requests_lock_ || !state->worker_) {
		delete state;
		return nullptr;
	}
	return state;
}

netcx_device_state::~netcx_device_state()
{
	if (worker_)
		netcx_os_worker_destroy(worker_);
	if (requests_lock_)
		netcx_os_spinlock_destroy(requests_lock_);
	if (mutex_)
		netcx_os_mutex_destroy(mutex_);
}

/* ---- requests from any context ---- */

void netcx_device_state::accept(bool accepting)
{
	netcx_os_spinlock_acquire(requests_lock_);
	accepting_ = accepting;
	if (!accepting)
		asked_ = 0;
	netcx_os_spinlock_release(requests_lock_);
}

bool netcx_device_state::request(enum netcx_device_event event)
{
	bool accepted;

	netcx_os_spinlock_acquire(requests_lock_);
	accepted = accepting_;
	if (accepted) {
		asked_ |= event == NETCX_DEVICE_HALT ? asked_halt : asked_reset;
		if (event == NETCX_DEVICE_RESET)
			__atomic_store_n(&asked_generation_, generation_, __ATOMIC_RELAXED);
		/*
		 * Under the lock: once accept(false) has returned, no request queues the worker.
		 * Events still do, until event() cancels it.
		 */
		netcx_os_worker_queue(worker_, 0);
	}
	netcx_os_spinlock_release(requests_lock_);
	return accepted;
}

/* Was it asked for? Then it is no more. Under the mutex, which what it leads to needs as well. */
bool netcx_device_state::take(UINT32 asked)
{
	bool found;

	netcx_os_spinlock_acquire(requests_lock_);
	found = asked_ & asked;
	asked_ &= ~asked;
	netcx_os_spinlock_release(requests_lock_);
	return found;
}

/* The worker's. */
void netcx_device_state::work(void *context)
{
	auto *self = static_cast<netcx_device_state *>(context);

	self->show_health();
	self->carry_out_halt();
	self->carry_out_reset();
	self->act_if_due();
}

/*
 * Tells devlink how the last bring-up went, before a new hang is reported: with auto_recover off,
 * the hang must stay visible. Without the mutex, as below.
 */
void netcx_device_state::show_health()
{
	bool changed, healthy;

	{
		const StateGuard guard(mutex_);

		changed = health_changed_;
		healthy = state_ == NETCX_DEVICE_ON;
		health_changed_ = false;
	}
	if (changed)
		netcx_os_device_show_health(os_, healthy);
}

/*
 * The health reporter is told without the mutex: devlink calls back for RECOVER, under a lock of its
 * own which nests outside of it.
 */
void netcx_device_state::carry_out_reset()
{
	UINT32 generation;
	bool wanted;

	{
		const StateGuard guard(mutex_);

		/* One hang is seen by several watchdogs. */
		generation = generation_;
		wanted = take(asked_reset) && state_ == NETCX_DEVICE_ON &&
			 __atomic_load_n(&asked_generation_, __ATOMIC_RELAXED) == generation;
		if (wanted)
			netcx_core_device_collect_reset_diagnostics(device_);
	}
	if (!wanted || netcx_os_device_report_hang(os_))
		return;

	const StateGuard guard(mutex_);

	if (generation == generation_)
		handle(NETCX_DEVICE_RESET, false);
}

void netcx_device_state::carry_out_halt()
{
	bool halted;

	{
		const StateGuard guard(mutex_);

		halted = take(asked_halt) && !handle(NETCX_DEVICE_HALT, false);
	}
	if (halted)
		netcx_os_device_report_halt(os_);
}

/* The next turn of the worker, unless it is wanted at once: queueing it would put that off. */
void netcx_device_state::wait(UINT64 microseconds)
{
	netcx_os_spinlock_acquire(requests_lock_);
	if (!asked_)
		netcx_os_worker_queue(worker_, microseconds);
	netcx_os_spinlock_release(requests_lock_);
}

void netcx_device_state::act_if_due()
{
	const StateGuard guard(mutex_);
	const UINT64 now_us = netcx_os_time_ns() / 1000;
	const bool is_to_be_shown = state_ == NETCX_DEVICE_HELD && !lost_is_shown_;

	if (state_ != NETCX_DEVICE_RETRY && state_ != NETCX_DEVICE_HELD)
		return;
	/* What was done meanwhile is shown by another turn, which is asked for. */
	if (health_changed_)
		return;
	if (now_us >= timer_at_us_)
		handle(NETCX_DEVICE_TIMER, false);
	else if (is_to_be_shown && now_us >= show_lost_at_us_)
		show_lost();
	else
		wait((is_to_be_shown ? show_lost_at_us_ : timer_at_us_) - now_us);
}

/* ---- transitions, all under the mutex ---- */

/* Out of D0, if it is in it; with @blank its hardware is released as well. */
void netcx_device_state::leave(enum netcx_device_state_name next, bool blank)
{
	if (state_ == NETCX_DEVICE_ON) {
		if (blank)
			netcx_core_device_power_down(device_);
		else
			netcx_core_device_sleep(device_);
		/* Requests made before D0 was left, by the client's D0Exit too, are void. */
		netcx_os_spinlock_acquire(requests_lock_);
		generation_++;
		netcx_os_spinlock_release(requests_lock_);
	}
	set(next);
}

/* Until the bus is up again, or has taken too long. */
void netcx_device_state::hold()
{
	const UINT64 now_us = netcx_os_time_ns() / 1000;

	leave(NETCX_DEVICE_HELD, true);
	show_lost_at_us_ = now_us + short_hold_us;
	timer_at_us_ = now_us + longest_hold_us;
	lost_is_shown_ = false;
	/* It waits. */
	netcx_os_worker_queue(worker_, 0);
}

void netcx_device_state::show_health_soon()
{
	health_changed_ = true;
	netcx_os_worker_queue(worker_, 0);
}

/* It is out of D0, and that is not over in a moment. */
void netcx_device_state::show_lost()
{
	netcx_core_device_show_lost(device_);
	lost_is_shown_ = true;
	show_health_soon();
}

/* Before it is brought up again: a halt that comes after this is for a fault that does, too. */
void netcx_device_state::forget_fault()
{
	take(asked_halt);
	netcx_os_device_forget_fault(os_);
}

int netcx_device_state::power_up()
{
	int error;

	if (!netcx_os_device_is_present(os_))
		return netcx_core_errno(STATUS_NO_SUCH_DEVICE);
	netcx_os_device_power_on(os_);
	error = netcx_core_device_power_up(device_);
	if (!error)
		netcx_os_device_powered_on(os_);
	return error;
}

/* Into D0, or to RETRY if that fails. */
int netcx_device_state::up()
{
	const int error = power_up();

	if (!error) {
		set(NETCX_DEVICE_ON);
		if (failures_)
			log_line(device_, NETCX_OS_LOG_INFO, "the adapter came up at try %u",
				 failures_ + 1);
		failures_ = 0;
		retry_us_ = 0;
	} else {
		set(NETCX_DEVICE_RETRY);
		failures_++;
		retry_us_ = !retry_us_			     ? first_retry_us
			    : retry_us_ < longest_retry_us / 2 ? 2 * retry_us_
							     : longest_retry_us;
		timer_at_us_ = netcx_os_time_ns() / 1000 + retry_us_;
		netcx_core_device_show_lost(device_);
		log_line(device_, NETCX_OS_LOG_ERROR,
			 "the adapter did not come up (%d, try %u); the next try is in %llu s",
			 error, failures_,
			 static_cast<unsigned long long>(retry_us_ / microseconds_per_second));
	}
	/* This arms the retry as well. */
	show_health_soon();
	return error;
}

int netcx_device_state::reset()
{
	netcx_os_device_count_reset(os_);
	leave(NETCX_DEVICE_ON, true);

	const int error = up();

	if (!error)
		log_line(device_, NETCX_OS_LOG_INFO, "the adapter was reset");
	return error;
}

int netcx_device_state::start()
{
	int error;

	accept(true);
	error = netcx_core_device_start(device_);
	if (error)
		accept(false);
	else
		set(NETCX_DEVICE_ON);
	return error;
}

void netcx_device_state::stop()
{
	accept(false);
	if (state_ != NETCX_DEVICE_NEW) {
		if (!netcx_os_device_is_present(os_))
			netcx_core_device_surprise_removal(device_);
		netcx_core_device_stop(device_);
	}
	set(NETCX_DEVICE_ENDED);
}

int netcx_device_state::verify(bool on)
{
	const bool was_on = state_ == NETCX_DEVICE_ON;

	if (on == verified_)
		return 0;
	/* Queues are verified from their creation on, or not at all. */
	if (was_on)
		leave(NETCX_DEVICE_ON, true);
	verified_ = on;
	netcx_os_device_set_verified(os_, on);
	return was_on ? up() : 0;
}

/* The table of device_state.h. */
int netcx_device_state::handle(enum netcx_device_event event, bool flag)
{
	const int refused = netcx_core_errno(STATUS_INVALID_DEVICE_STATE);
	const enum netcx_device_state_name state = state_;
	const bool alive = state != NETCX_DEVICE_NEW && state != NETCX_DEVICE_ENDED;
	const bool is_in_use = alive && state != NETCX_DEVICE_OFF && state != NETCX_DEVICE_GONE;

	switch (event) {
	case NETCX_DEVICE_START:
		return state == NETCX_DEVICE_NEW ? start() : refused;

	case NETCX_DEVICE_STOP:
		if (state == NETCX_DEVICE_ENDED)
			return refused;
		stop();
		return 0;

	case NETCX_DEVICE_SHUTDOWN:
		if (!alive || state == NETCX_DEVICE_OFF)
			return refused;
		accept(false);
		/* A machine that is off can be woken, too. */
		leave(NETCX_DEVICE_OFF, !flag);
		return 0;

	case NETCX_DEVICE_RESET:
		return state == NETCX_DEVICE_ON ? reset() : refused;

	case NETCX_DEVICE_RECOVER:
		if (state == NETCX_DEVICE_ON)
			return reset();
		return state == NETCX_DEVICE_RETRY ? up() : refused;

	case NETCX_DEVICE_TIMER:
		if (state != NETCX_DEVICE_RETRY && state != NETCX_DEVICE_HELD)
			return refused;
		if (is_bus_down_)
			log_line(device_, NETCX_OS_LOG_WARNING,
				 "the bus has not said that it is back: the adapter is tried now");
		is_bus_down_ = false;
		return up();

	case NETCX_DEVICE_BUS_DOWN:
		if (!is_in_use)
			return refused;
		is_bus_down_ = true;
		if (state == NETCX_DEVICE_ON)
			netcx_os_device_count_reset(os_);
		else if (state != NETCX_DEVICE_RETRY && state != NETCX_DEVICE_HELD)
			return refused;
		hold();
		return 0;

	case NETCX_DEVICE_BUS_UP:
		is_bus_down_ = false;
		if (state != NETCX_DEVICE_HELD)
			return refused;
		if (!up())
			log_line(device_, NETCX_OS_LOG_INFO, "the adapter was reset");
		return 0;

	case NETCX_DEVICE_BUS_LOST:
		if (!is_in_use)
			return refused;
		accept(false);
		leave(NETCX_DEVICE_GONE, true);
		show_lost();
		return 0;

	case NETCX_DEVICE_SUSPEND:
		if (state != NETCX_DEVICE_ON && state != NETCX_DEVICE_RETRY &&
		    state != NETCX_DEVICE_HELD)
			return refused;
		leave(NETCX_DEVICE_ASLEEP, false);
		return 0;

	case NETCX_DEVICE_RESUME:
		/* The client hears of it when the device is up, which for what is halted is later. */
		if (state == NETCX_DEVICE_ASLEEP || state == NETCX_DEVICE_HALTED)
			netcx_core_device_machine_woke(device_, flag);
		if (state != NETCX_DEVICE_ASLEEP)
			return refused;
		if (!is_bus_down_)
			return up();
		hold();
		return 0;

	case NETCX_DEVICE_HALT:
		if (!is_in_use || state == NETCX_DEVICE_HALTED)
			return refused;
		leave(NETCX_DEVICE_HALTED, true);
		show_lost();
		return 0;

	case NETCX_DEVICE_UNHALT:
		if (state != NETCX_DEVICE_HALTED)
			return refused;
		forget_fault();
		if (!is_bus_down_)
			return up();
		hold();
		return 0;

	case NETCX_DEVICE_VERIFY:
		return is_in_use || state == NETCX_DEVICE_NEW ? verify(flag) : refused;
	}
	return refused;
}

int netcx_device_state::event(enum netcx_device_event event, struct netcx_device *device, bool flag)
{
	bool is_out_of_use;
	int error;

	{
		const StateGuard guard(mutex_);

		if (event == NETCX_DEVICE_START && state_ == NETCX_DEVICE_NEW)
			device_ = device;
		error = handle(event, flag);
		is_out_of_use = state_ == NETCX_DEVICE_NEW || state_ == NETCX_DEVICE_ENDED;
	}
	/* Without the mutex, which the worker may wait for. Nothing queues it any more. */
	if (is_out_of_use)
		netcx_os_worker_cancel(worker_);
	return error;
}

extern "C" {

struct netcx_device_state *netcx_core_state_create(struct netcx_os_device *os)
{
	return netcx_device_state::create(os);
}

void netcx_core_state_destroy(struct netcx_device_state *state)
{
	delete state;
}

int netcx_core_state_start(struct netcx_device_state *state, struct netcx_device *device)
{
	return state->event(NETCX_DEVICE_START, device, false);
}

int netcx_core_state_event(struct netcx_device_state *state, enum netcx_device_event event,
			   BOOLEAN flag)
{
	return state->event(event, nullptr, flag);
}

BOOLEAN netcx_core_state_request(struct netcx_device_state *state, enum netcx_device_event event)
{
	return state->request(event);
}

enum netcx_device_state_name netcx_core_state_name(const struct netcx_device_state *state)
{
	return state->name();
}

const char *netcx_core_state_text(enum netcx_device_state_name name)
{
	static const char *const texts[] = {
		"not started", "working", "does not come up", "held by its bus", "asleep",
		"stopped by the verifier", "lost by its bus", "shut down", "let go",
	};

	return texts[name];
}

UINT32 netcx_core_state_failures(const struct netcx_device_state *state)
{
	return state->failures();
}

} // extern "C"

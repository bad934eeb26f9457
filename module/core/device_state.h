/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A device's state, from when it is bound to a client until it is let go: one machine for PCI,
 * virtual and lightweight devices. The OS half tells it what happens (events); it calls the client
 * through device_power.cpp and decides what comes next.
 *
 * States
 *
 *	NEW	bound; its hardware has not been started
 *	ON	in D0
 *	RETRY	out of D0, since its hardware did not come up; it is tried again with backoff
 *	HELD	out of D0 while the bus recovers or resets the function, see below
 *	ASLEEP	out of D0 while the machine sleeps
 *	HALTED	out of D0, since the client broke a rule in verifier mode; until the user recovers it
 *	GONE	out of D0, since the bus has lost the function for good
 *	OFF	out of D0, since the machine goes down
 *	ENDED	let go; nothing of it is used any more
 *
 * Events, and the state they lead to. "up" is ON if the hardware comes up and RETRY otherwise, "-"
 * means that the event is refused or does not matter and the state stays.
 *
 *	            NEW    ON      RETRY  HELD    ASLEEP  HALTED  GONE   OFF    ENDED
 *	START       ON[1]  -       -      -       -       -       -      -      -
 *	STOP        ENDED  ENDED   ENDED  ENDED   ENDED   ENDED   ENDED  ENDED  -
 *	SHUTDOWN    -      OFF     OFF    OFF     OFF     OFF     OFF    -      -
 *	RESET       -      up      -      -       -       -       -      -      -
 *	RECOVER     -      up      up     -       -       -       -      -      -
 *	TIMER       -      -       up     up      -       -       -      -      -
 *	BUS_DOWN    -      HELD    HELD   HELD    -[3]    -[3]    -      -      -
 *	BUS_UP      -      -       -      up      -[3]    -[3]    -      -      -
 *	BUS_LOST    -      GONE    GONE   GONE    GONE    GONE    -      -      -
 *	SUSPEND     -      ASLEEP  ASLEEP ASLEEP  -       -       -      -      -
 *	RESUME      -      -       -      -       up[3]   -[4]    -      -      -
 *	HALT        -      HALTED  HALTED HALTED  HALTED  -       -      -      -
 *	UNHALT      -      -       -      -       -       up[3]   -      -      -
 *	VERIFY      -      up[2]   -[2]   -[2]    -[2]    -[2]    -      -      -
 *
 * [1] if that fails, it stays NEW and everything is undone, as when a probe fails.
 * [2] the mode is switched. In NEW as well.
 * [3] between BUS_DOWN and BUS_UP, RESUME and UNHALT lead to HELD instead.
 * [4] it is remembered for UNHALT that the machine has woken up.
 *
 * A reset begins from a blank state, as on Windows: D0 exit, release hardware, prepare hardware, D0
 * entry; the adapters and their interfaces stay. So do RECOVER, TIMER, BUS_UP after BUS_DOWN, and
 * UNHALT. The machine's sleep is D0 exit and D0 entry alone. It does not release the hardware: so
 * where HELD or HALTED came after ASLEEP, the way up is D0 entry alone as well, and that must do
 * even if the bus has reset the function meanwhile.
 *
 * Nobody says when the bus gives a recovery up. So HELD does not last: after a while the interfaces
 * show that they have no link, later TIMER takes the bus to be up again. HALTED and GONE show it at
 * once, and so does a try that failed.
 *
 * Contexts and locks. Events are process context and take the state's mutex, so transitions happen
 * one at a time; it nests outside of the adapters' mutex and, on Linux, of rtnl_mutex. RESET and HALT
 * can be asked for in any context: the request is noted under a spinlock and carried out by the
 * state's worker. Requests are taken only between the beginning of START and that of STOP, SHUTDOWN
 * or BUS_LOST; others are refused. A RESET that was asked for before the device last left D0 is
 * dropped when it is carried out: what was wrong then is over.
 */
#ifndef NETCX_CORE_DEVICE_STATE_H
#define NETCX_CORE_DEVICE_STATE_H

#include "core.h"

struct netcx_device_state {
	/* The first retry comes after this long, each next one after twice as long as the one before. */
	static constexpr UINT64 first_retry_us = 1000000;
	static constexpr UINT64 longest_retry_us = 64000000;
	/*
	 * What is held by its bus for longer is shown to be lost; and as long as the bus may take,
	 * which is more than the minute that PCI gives a function to come out of a reset.
	 */
	static constexpr UINT64 short_hold_us = 5000000;
	static constexpr UINT64 longest_hold_us = 120000000;

	static void *operator new(SIZE_T size) noexcept { return netcx_os_zalloc(size); }

	static void operator delete(void *memory) { netcx_os_free(memory); }

	/* NULL: out of memory. */
	static netcx_device_state *create(struct netcx_os_device *os);
	~netcx_device_state();

	/*
	 * 0, or an errno: of what failed, or because the event is refused in this state. @device: with
	 * START. @flag: SHUTDOWN: the machine may be woken; RESUME: this device woke it; VERIFY: on.
	 */
	int event(enum netcx_device_event event, struct netcx_device *device, bool flag);
	/* Any context. False: it is too early or too late. */
	bool request(enum netcx_device_event event);

	enum netcx_device_state_name name() const
	{
		return __atomic_load_n(&state_, __ATOMIC_ACQUIRE);
	}

	/* How often in a row its hardware did not come up. */
	UINT32 failures() const { return __atomic_load_n(&failures_, __ATOMIC_RELAXED); }

private:
	static constexpr UINT32 asked_reset = 1;
	static constexpr UINT32 asked_halt = 2;

	static void work(void *context);

	int handle(enum netcx_device_event event, bool flag);
	int start();
	int reset();
	int up();
	int power_up();
	int verify(bool on);
	void stop();
	void leave(enum netcx_device_state_name next, bool blank);
	void hold();
	void show_lost();
	void show_health_soon();
	void forget_fault();
	bool take(UINT32 asked);
	void carry_out_reset();
	void carry_out_halt();
	void act_if_due();
	void wait(UINT64 microseconds);
	void show_health();

	void set(enum netcx_device_state_name name)
	{
		__atomic_store_n(&state_, name, __ATOMIC_RELEASE);
	}

	void accept(bool accepting);

	struct netcx_os_device *os_ = nullptr;
	struct netcx_device *device_ = nullptr;
	/* Serialises events. */
	struct netcx_os_mutex *mutex_ = nullptr;
	struct netcx_os_worker *worker_ = nullptr;
	/* Protects what is asked for. */
	struct netcx_os_spinlock *requests_lock_ = nullptr;
	bool accepting_ = false;
	UINT32 asked_ = 0;
	UINT32 asked_generation_ = 0;
	/* How often it left D0; written under both locks. */
	UINT32 generation_ = 0;

	/* Under the mutex; read by anyone. */
	enum netcx_device_state_name state_ = NETCX_DEVICE_NEW;
	/* Under the mutex: verifier mode. */
	bool verified_ = false;
	/* Under the mutex: how often its hardware did not come up since it last did. */
	UINT32 failures_ = 0;
	UINT64 retry_us_ = 0;
	/* Under the mutex: when TIMER is due, in RETRY and HELD. */
	UINT64 timer_at_us_ = 0;
	/* Under the mutex: when HELD is shown to the user, unless it has been. */
	UINT64 show_lost_at_us_ = 0;
	bool lost_is_shown_ = false;
	/* Under the mutex: between BUS_DOWN and BUS_UP, whatever the state. */
	bool is_bus_down_ = false;
	/* Under the mutex: whether it works has changed, and devlink has not been told. */
	bool health_changed_ = false;
};

#endif /* NETCX_CORE_DEVICE_STATE_H */

// SPDX-License-Identifier: GPL-2.0-only
/* What module/core hears of the context that it runs in. */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/spinlock.h>

#include <kunit/test.h>

#include "../../module/core/os.h"
#include "../../module/linux/bus/device.h"

static DEFINE_SPINLOCK(context_lock);

struct context_timer {
	struct hrtimer timer;
	struct completion expired;
	bool may_sleep;
	bool in_interrupt;
};

static enum hrtimer_restart context_look(struct hrtimer *timer)
{
	struct context_timer *look = container_of(timer, struct context_timer, timer);

	look->may_sleep = netcx_os_may_sleep();
	look->in_interrupt = netcx_os_in_interrupt();
	complete(&look->expired);
	return HRTIMER_NORESTART;
}

/* Looks around in a timer's callback, in an interrupt or in a softirq. */
static void context_look_in_timer(struct kunit *test, struct context_timer *look,
				  enum hrtimer_mode mode)
{
	init_completion(&look->expired);
	hrtimer_init_on_stack(&look->timer, CLOCK_MONOTONIC, mode);
	look->timer.function = context_look;
	hrtimer_start(&look->timer, ms_to_ktime(1), mode);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&look->expired, 10 * HZ), 0UL);
	hrtimer_cancel(&look->timer);
	destroy_hrtimer_on_stack(&look->timer);
}

static void context_process(struct kunit *test)
{
	unsigned long flags;

	KUNIT_EXPECT_TRUE(test, netcx_os_may_sleep());
	KUNIT_EXPECT_FALSE(test, netcx_os_in_interrupt());
	/* A lock that an interrupt takes, too, makes no interrupt of it. */
	spin_lock_irqsave(&context_lock, flags);
	KUNIT_EXPECT_FALSE(test, netcx_os_may_sleep());
	KUNIT_EXPECT_FALSE(test, netcx_os_in_interrupt());
	spin_unlock_irqrestore(&context_lock, flags);
}

static void context_softirq(struct kunit *test)
{
	struct context_timer look = {};

	context_look_in_timer(test, &look, HRTIMER_MODE_REL_SOFT);
	KUNIT_EXPECT_FALSE(test, look.may_sleep);
	KUNIT_EXPECT_FALSE(test, look.in_interrupt);
}

static void context_interrupt(struct kunit *test)
{
	struct context_timer look = {};

	context_look_in_timer(test, &look, HRTIMER_MODE_REL_HARD);
	KUNIT_EXPECT_FALSE(test, look.may_sleep);
	KUNIT_EXPECT_TRUE(test, look.in_interrupt);
}

static struct kunit_case context_cases[] = {
	KUNIT_CASE(context_process),
	KUNIT_CASE(context_softirq),
	KUNIT_CASE(context_interrupt),
	{}
};

static struct kunit_suite context_suite = {
	.name = "netcx_context",
	.test_cases = context_cases,
};

kunit_test_suite(context_suite);

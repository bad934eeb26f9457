// SPDX-License-Identifier: GPL-2.0-only
/* How many lines a device may write to the log, and what is said about the rest. */
#include <linux/jiffies.h>

#include <kunit/test.h>

#include "../../module/linux/os/log.h"

static unsigned int log_lines(struct netcx_log_limit *limit, unsigned long now, unsigned int wanted,
			      unsigned int *suppressed)
{
	unsigned int written = 0, told;

	for (*suppressed = 0; wanted; wanted--) {
		written += netcx_log_allows(limit, now, &told);
		*suppressed += told;
	}
	return written;
}

static void log_is_bounded(struct kunit *test)
{
	/* Counted across the wrap of jiffies. */
	const unsigned long now = ULONG_MAX - NETCX_LOG_PERIOD / 2;
	struct netcx_log_limit limit = {};
	unsigned int suppressed;

	netcx_log_limit_init(&limit);
	KUNIT_EXPECT_EQ(test, log_lines(&limit, now, NETCX_LOG_BURST, &suppressed),
			NETCX_LOG_BURST);
	KUNIT_EXPECT_EQ(test, log_lines(&limit, now + NETCX_LOG_PERIOD, 50, &suppressed), 0);
	KUNIT_EXPECT_EQ(test, suppressed, 0);
	/* The first line of a new period says what became of the last. */
	KUNIT_EXPECT_EQ(test, log_lines(&limit, now + NETCX_LOG_PERIOD + 1, 1, &suppressed), 1);
	KUNIT_EXPECT_EQ(test, suppressed, 50);
	KUNIT_EXPECT_EQ(test, log_lines(&limit, now + NETCX_LOG_PERIOD + 1, NETCX_LOG_BURST,
					&suppressed), NETCX_LOG_BURST - 1);
	KUNIT_EXPECT_EQ(test, suppressed, 0);
}

/* Each has its own. */
static void log_of_another_device_is_not_bounded(struct kunit *test)
{
	struct netcx_log_limit first = {}, second = {};
	unsigned int suppressed;

	netcx_log_limit_init(&first);
	netcx_log_limit_init(&second);
	log_lines(&first, 0, 2 * NETCX_LOG_BURST, &suppressed);
	KUNIT_EXPECT_EQ(test, log_lines(&second, 0, 1, &suppressed), 1);
	KUNIT_EXPECT_EQ(test, suppressed, 0);
}

static struct kunit_case log_cases[] = {
	KUNIT_CASE(log_is_bounded),
	KUNIT_CASE(log_of_another_device_is_not_bounded),
	{}
};

static struct kunit_suite log_suite = {
	.name = "netcx-log",
	.test_cases = log_cases,
};

kunit_test_suite(log_suite);

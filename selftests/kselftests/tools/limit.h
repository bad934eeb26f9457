/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When a tool that waits for packets gives up: its time is over, or SIGTERM says that nobody expects more. Then it still prints what
 * it saw.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include <poll.h>
#include <signal.h>
#include <time.h>

static volatile sig_atomic_t limit_stopped;

static inline void limit_stop(int number)
{
	(void)number;
	limit_stopped = 1;
}

static inline void limit_obey_sigterm(void)
{
	signal(SIGTERM, limit_stop);
}

static inline long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Is there something to read before the time END? In slices, as a signal may come just before the wait. */
static inline int limit_wait(int fd, long end)
{
	while (!limit_stopped && milliseconds() < end) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };

		if (poll(&wait, 1, 50) > 0)
			return 1;
	}
	return 0;
}

#endif

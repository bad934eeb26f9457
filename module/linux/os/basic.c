// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for text, time and context.
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/sched.h>

#include "../../core/core.h"
#include "../../core/os.h"

int netcx_os_vsnprintf(char *buffer, SIZE_T size, const char *format, __builtin_va_list arguments)
{
	return vsnprintf(buffer, size, format, arguments);
}

void netcx_os_udelay(UINT32 microseconds)
{
	for (; microseconds > 1000; microseconds -= 1000)
		udelay(1000);
	udelay(microseconds);
}

void netcx_os_sleep_us(UINT64 microseconds)
{
	fsleep(min_t(UINT64, microseconds, ULONG_MAX));
}

UINT64 netcx_os_time_ns(void)
{
	return ktime_get_ns();
}

UINT64 netcx_os_wall_time_ns(void)
{
	return ktime_get_real_ns();
}

BOOLEAN netcx_os_may_sleep(void)
{
	return !preempt_count() && !irqs_disabled();
}

BOOLEAN netcx_os_in_interrupt(void)
{
	return !!in_hardirq();
}

void *netcx_os_current_thread(void)
{
	return current;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* How many lines a device or its client may write to the kernel's log. */
#ifndef NETCX_LINUX_LOG_H
#define NETCX_LINUX_LOG_H

#include <linux/spinlock.h>
#include <linux/types.h>

/* Lines, in a period that begins with the first of them. */
#define NETCX_LOG_BURST		100
#define NETCX_LOG_PERIOD	(10 * HZ)

struct netcx_os_device;

struct netcx_log_limit {
	spinlock_t lock;
	unsigned long begin;
	unsigned int lines;
	unsigned int suppressed;
};

void netcx_log_limit_init(struct netcx_log_limit *limit);
/* May a line be written at @now? @suppressed: how many were not, and nobody has said so yet. */
bool netcx_log_allows(struct netcx_log_limit *limit, unsigned long now, unsigned int *suppressed);
/*
 * The same for what module/linux itself has to say of @device and a client, the device or packets
 * can cause again and again. Says how many lines were not written. Any context.
 */
bool netcx_device_may_log(struct netcx_os_device *device);

#endif /* NETCX_LINUX_LOG_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log. A device that fails again and again, or a client that is called wrongly for every
 * packet, must not flood it: each device may write so many lines in a while, and then says how many
 * it did not.
 */
#include <linux/device.h>
#include <linux/jiffies.h>

#include "../../core/os.h"
#include "../bus/device.h"
#include "log.h"

/* Of what is no device's. */
static struct netcx_log_limit netcx_log_rest = {
	.lock = __SPIN_LOCK_UNLOCKED(netcx_log_rest.lock),
};

void netcx_log_limit_init(struct netcx_log_limit *limit)
{
	spin_lock_init(&limit->lock);
}

bool netcx_log_allows(struct netcx_log_limit *limit, unsigned long now, unsigned int *suppressed)
{
	unsigned long flags;
	bool allowed;

	*suppressed = 0;
	spin_lock_irqsave(&limit->lock, flags);
	if (!limit->lines || time_after(now, limit->begin + NETCX_LOG_PERIOD)) {
		*suppressed = limit->suppressed;
		limit->suppressed = 0;
		limit->begin = now;
		limit->lines = 0;
	}
	allowed = limit->lines < NETCX_LOG_BURST;
	if (allowed)
		limit->lines++;
	else
		limit->suppressed++;
	spin_unlock_irqrestore(&limit->lock, flags);
	return allowed;
}

bool netcx_device_may_log(struct netcx_os_device *device)
{
	unsigned int suppressed;

	if (!netcx_log_allows(&device->log_limit, jiffies, &suppressed))
		return false;
	if (suppressed)
		dev_warn(device->dev, "%u lines were not written\n", suppressed);
	return true;
}

static bool netcx_log_may(struct netcx_os_device *device)
{
	unsigned int suppressed;

	if (device)
		return netcx_device_may_log(device);
	if (!netcx_log_allows(&netcx_log_rest, jiffies, &suppressed))
		return false;
	if (suppressed)
		pr_warn("netcx: %u lines were not written\n", suppressed);
	return true;
}

void netcx_os_log(struct netcx_os_device *device, enum netcx_os_log_level level, const char *format,
		  ...)
{
	static const char *const prefixes[] = {
		[NETCX_OS_LOG_ERROR] = KERN_ERR,
		[NETCX_OS_LOG_WARNING] = KERN_WARNING,
		[NETCX_OS_LOG_INFO] = KERN_INFO,
		[NETCX_OS_LOG_DEBUG] = KERN_DEBUG,
	};
	struct va_format vaf;
	va_list arguments;

	if (!netcx_log_may(device))
		return;
	va_start(arguments, format);
	vaf.fmt = format;
	vaf.va = &arguments;
	if (device)
		dev_printk(prefixes[level], device->dev, "%pV\n", &vaf);
	else
		printk("%snetcx: %pV\n", prefixes[level], &vaf);
	va_end(arguments);
}

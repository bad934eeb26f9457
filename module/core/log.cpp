// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "log.h"

#include "caller.h"
#include "core.h"
#include "driver.h"
#include "device.h"

namespace netcx
{

void log_line_v(const Object *about, enum netcx_os_log_level level, const char *format,
		__builtin_va_list arguments)
{
	const netcx_driver *driver = nullptr;
	const netcx_device *device = nullptr;
	char text[320];

	if (about) {
		driver = about->driver;
		device = about->device;
	} else if (const Caller *caller = current_caller()) {
		driver = caller->driver;
		device = caller->device;
	}

	/* Room for the longest line that is written here; a client's own line may be cut off. */
	netcx_os_vsnprintf(text, sizeof(text), format, arguments);
	netcx_os_log(device ? device->os : nullptr, level, "%s%s%s", driver ? driver->name : "",
		     driver ? ": " : "", text);
}

void log_line(const Object *about, enum netcx_os_log_level level, const char *format, ...)
{
	__builtin_va_list arguments;

	__builtin_va_start(arguments, format);
	log_line_v(about, level, format, arguments);
	__builtin_va_end(arguments);
}

NTSTATUS refuse(const Object *about, NTSTATUS status, const char *format, ...)
{
	__builtin_va_list arguments;

	__builtin_va_start(arguments, format);
	log_line_v(about, NETCX_OS_LOG_ERROR, format, arguments);
	__builtin_va_end(arguments);
	return refuse_again(status);
}

NTSTATUS refuse_again(NTSTATUS status)
{
	if (Caller *caller = current_caller())
		caller->reported = status;
	return status;
}

bool refuse_atomic(const Object *about, const char *function)
{
	if (netcx_os_may_sleep())
		return false;
	refuse(about, STATUS_INVALID_DEVICE_STATE,
	       "%s was called where sleeping is not allowed (IrqlIsNotPassive)", function);
	return true;
}

} // namespace netcx

// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "log.h"

#include "caller.h"
#include "core.h"
#include "driver.h"
#include "device.h"
#include "packet_queue.h"
#include "verifier.h"

namespace netcx
{

/*
 * The driver and device that a line names: those of @about, else of the callback that runs on this
 * thread, else, in verifier mode, of the queue whose callback runs on this processor.
 */
struct Subject {
	const netcx_driver *driver = nullptr;
	const netcx_device *device = nullptr;

	explicit Subject(const Object *about)
	{
		if (about) {
			driver = about->driver;
			device = about->device;
		} else if (const Caller *caller = current_caller()) {
			driver = caller->driver;
			device = caller->device;
		} else if (netcx_queue *queue = netcx_os_verifier_running_queue()) {
			driver = PacketQueue::of(queue)->driver;
			device = PacketQueue::of(queue)->device;
		}
	}
};

/* Enough for every line of module/core. A client's line that is longer is cut off. */
static constexpr SIZE_T longest_line = 320;

static void log_text(const Subject &subject, enum netcx_os_log_level level, const char *text)
{
	const OsDevice os(subject.device);

	netcx_os_log(os.get(), level, "%s%s%s", subject.driver ? subject.driver->name : "",
		     subject.driver ? ": " : "", text);
}

void log_line_v(const Object *about, enum netcx_os_log_level level, const char *format,
		__builtin_va_list arguments)
{
	char text[longest_line];

	netcx_os_vsnprintf(text, sizeof(text), format, arguments);
	log_text(Subject(about), level, text);
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
	const Subject subject(about);
	__builtin_va_list arguments;
	enum netcx_verifier_rule rule;
	char text[longest_line];

	__builtin_va_start(arguments, format);
	netcx_os_vsnprintf(text, sizeof(text), format, arguments);
	__builtin_va_end(arguments);
	log_text(subject, NETCX_OS_LOG_ERROR, text);
	rule = netcx_verifier_api_rule(text);
	if (rule != netcx_rule_none) {
		const OsDevice os(subject.device);

		netcx_os_verifier_report_call(os.get(), rule, text);
	}
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

bool refuse_interrupt(const Object *about, const char *function)
{
	if (!netcx_os_in_interrupt())
		return false;
	refuse(about, STATUS_INVALID_DEVICE_STATE,
	       "%s was called in an interrupt's service routine (IrqlNotLessOrEqualDispatch)",
	       function);
	return true;
}

bool refuse_in_interface(const Object *about, const char *function)
{
	const Caller *caller = current_caller();

	if (!caller || !caller->in_interface)
		return false;
	refuse(about, STATUS_INVALID_DEVICE_STATE,
	       "%s was called in a callback of a queue or of the interface, for which it would "
	       "have to wait (AdapterChangedInInterfaceCallback)",
	       function);
	return true;
}

} // namespace netcx

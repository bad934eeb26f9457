/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Lines in the system's log that name the client and, where there is one, its device. */
#ifndef NETCX_CORE_LOG_H
#define NETCX_CORE_LOG_H

#include "os.h"

namespace netcx
{

class Object;

/*
 * @about: the object the line is about. With NULL the line names the client whose callback runs on
 * this thread, if any. Any context.
 */
void log_line(const Object *about, enum netcx_os_log_level level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void log_line_v(const Object *about, enum netcx_os_log_level level, const char *format,
		__builtin_va_list arguments);

/*
 * Logs why a call of the client is refused, and returns @status. If the line ends with the name of
 * a rule of netcx_verifier_rules.h in parentheses, verifier mode is told as well. If the callback
 * that made the call then fails with the same status, CallerScope::reported() says that it is
 * logged.
 */
NTSTATUS refuse(const Object *about, NTSTATUS status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for something that was refused, and logged, before. */
NTSTATUS refuse_again(NTSTATUS status);

/*
 * For functions that need process context. Returns true, after logging it, if the caller may not
 * sleep; then @function must return without effect, with STATUS_INVALID_DEVICE_STATE if it can.
 */
bool refuse_atomic(const Object *about, const char *function);

/* The same for functions that may be called up to DISPATCH_LEVEL, so not in an ISR. */
bool refuse_interrupt(const Object *about, const char *function);

/*
 * For functions that make or remove interfaces: TRUE in a callback of a queue or of an interface,
 * where they would wait for themselves, see InterfaceScope.
 */
bool refuse_in_interface(const Object *about, const char *function);

} // namespace netcx

#endif /* NETCX_CORE_LOG_H */

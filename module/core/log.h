/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Lines in the system's log that name the client and, where there is one, its device. */
#ifndef NETCX_CORE_LOG_H
#define NETCX_CORE_LOG_H

#include "os.h"

namespace netcx
{

class Object;

/* @about may be NULL: then the line names whose callback runs on this thread. Any context. */
void log_line(const Object *about, enum netcx_os_log_level level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void log_line_v(const Object *about, enum netcx_os_log_level level, const char *format,
		__builtin_va_list arguments);

/*
 * Logs why a call of the client is refused, and returns @status. A line that ends with the name of a
 * rule of netcx_verifier_rules.h in parentheses goes to the verifier as well. A callback that then fails with the
 * same status needs no second line, see CallerScope::reported().
 */
NTSTATUS refuse(const Object *about, NTSTATUS status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for what was refused, and logged, earlier. */
NTSTATUS refuse_again(NTSTATUS status);

/*
 * For functions that need process context: TRUE if the caller may not sleep, which is logged; then
 * the function gives up with STATUS_INVALID_DEVICE_STATE, if it can say so.
 */
bool refuse_atomic(const Object *about, const char *function);

/* The same for functions that may be called anywhere but in an interrupt's service routine. */
bool refuse_interrupt(const Object *about, const char *function);

} // namespace netcx

#endif /* NETCX_CORE_LOG_H */

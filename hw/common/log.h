/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Lines in the kernel's log: one per failure, which says what failed and what that means for the
 * user. Macros, so that the compiler checks the arguments against the format.
 */
#ifndef COMMON_LOG_H
#define COMMON_LOG_H

#include <ntddk.h>

namespace common
{

/* The beginning of every line. Each client defines it in its driver.cpp. */
extern const char client_name[];

} /* namespace common */

#define LOG_LINE(level, format, ...)                                  \
	((void)DbgPrintEx(DPFLTR_IHVNETWORK_ID, level, "%s: " format, \
			  common::client_name __VA_OPT__(, ) __VA_ARGS__))
#define LOG_ERROR(...)	 LOG_LINE(DPFLTR_ERROR_LEVEL, __VA_ARGS__)
#define LOG_WARNING(...) LOG_LINE(DPFLTR_WARNING_LEVEL, __VA_ARGS__)
#define LOG_INFO(...)	 LOG_LINE(DPFLTR_INFO_LEVEL, __VA_ARGS__)

#endif /* COMMON_LOG_H */

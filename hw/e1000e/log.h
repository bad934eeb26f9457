/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * One line in the log per failure, saying what failed and what that means for the user.
 * Macros, so that the compiler checks the arguments against the format.
 */
#ifndef E1000E_LOG_H
#define E1000E_LOG_H

#include <ntddk.h>

#define E1000E_LOG(level, format, ...)                 \
	((void)DbgPrintEx(DPFLTR_IHVNETWORK_ID, level, \
			  "82574L: " format __VA_OPT__(, ) __VA_ARGS__))
#define LOG_ERROR(...)	 E1000E_LOG(DPFLTR_ERROR_LEVEL, __VA_ARGS__)
#define LOG_WARNING(...) E1000E_LOG(DPFLTR_WARNING_LEVEL, __VA_ARGS__)

#endif /* E1000E_LOG_H */

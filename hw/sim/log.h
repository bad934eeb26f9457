/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* One line in the log per failure, saying what failed and what that means for the user; few others. */
#ifndef SIM_LOG_H
#define SIM_LOG_H

#include <ntddk.h>

#define LOG_ERROR(format, ...)                                      \
	((void)DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, \
			  "sim: " format __VA_OPT__(, ) __VA_ARGS__))

#define LOG_INFO(format, ...)                                      \
	((void)DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, \
			  "sim: " format __VA_OPT__(, ) __VA_ARGS__))

#endif /* SIM_LOG_H */

// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The functions of the NT kernel that ntddk.h declares. */
#include "caller.h"
#include "device.h"
#include "log.h"

using namespace netcx;

extern "C" {

ULONG DbgPrintEx(ULONG, ULONG Level, PCSTR Format, ...)
{
	static const enum netcx_os_log_level levels[] = {
		NETCX_OS_LOG_ERROR,
		NETCX_OS_LOG_WARNING,
		NETCX_OS_LOG_DEBUG,
		NETCX_OS_LOG_INFO,
	};
	__builtin_va_list arguments;
	char text[256];
	SIZE_T length;

	__builtin_va_start(arguments, Format);
	netcx_os_vsnprintf(text, sizeof(text), Format, arguments);
	__builtin_va_end(arguments);

	/* netcx_os_log() adds the newline. */
	length = __builtin_strlen(text);
	if (length && text[length - 1] == '\n')
		text[length - 1] = '\0';
	log_line(nullptr, Level < ARRAYSIZE(levels) ? levels[Level] : NETCX_OS_LOG_DEBUG, "%s",
		 text);
	return STATUS_SUCCESS;
}

void netcx_assert_failed(const char *condition, const char *file, int line)
{
	log_line(nullptr, NETCX_OS_LOG_ERROR, "%s:%d: assertion failed: %s", file, line, condition);
}

KIRQL KeGetCurrentIrql(void)
{
	return netcx_os_may_sleep() ? PASSIVE_LEVEL : DISPATCH_LEVEL;
}

void KeStallExecutionProcessor(ULONG MicroSeconds)
{
	netcx_os_udelay(MicroSeconds);
}

NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE, BOOLEAN, PLARGE_INTEGER Interval)
{
	static const char function[] = "KeDelayExecutionThread";

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Interval)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: Interval is NULL (ParameterCantBeNull)", function);
	/* A negative Interval is relative, in units of 100 ns; rounded up to microseconds. */
	netcx_os_sleep_us(Interval->QuadPart < 0
				  ? (0 - static_cast<UINT64>(Interval->QuadPart) + 9) / 10
				  : 0);
	return STATUS_SUCCESS;
}

void KeFlushQueuedDpcs(void)
{
	/*
	 * In atomic context it is NULL, too: a client's call there is not attributed; see ntddk.h.
	 */
	const Caller *caller = current_caller();

	if (caller && caller->device)
		caller->device->flush_dpcs();
}

LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency)
{
	LARGE_INTEGER ticks;

	if (PerformanceFrequency)
		PerformanceFrequency->QuadPart = 1000000000;
	ticks.QuadPart = static_cast<LONGLONG>(netcx_os_time_ns());
	return ticks;
}

ULONGLONG KeQueryInterruptTime(void)
{
	return netcx_os_time_ns() / 100;
}

PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG)
{
	static const char function[] = "MmMapIoSpaceEx";
	void *registers;

	if (refuse_atomic(nullptr, function))
		return nullptr;
	if (!NumberOfBytes) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: NumberOfBytes is 0, must be at least 1", function);
		return nullptr;
	}
	registers = netcx_os_mmio_map(static_cast<UINT64>(PhysicalAddress.QuadPart), NumberOfBytes);
	if (!registers)
		refuse(nullptr, STATUS_INSUFFICIENT_RESOURCES,
		       "%s: %zu bytes at 0x%llx could not be mapped", function, NumberOfBytes,
		       static_cast<UINT64>(PhysicalAddress.QuadPart));
	return registers;
}

void MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
	if (BaseAddress && !refuse_atomic(nullptr, "MmUnmapIoSpace"))
		netcx_os_mmio_unmap(BaseAddress, NumberOfBytes);
}

} // extern "C"

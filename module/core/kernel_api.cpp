// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The functions of the NT kernel that ntddk.h declares. */
#include "caller.h"
#include "device.h"
#include "format.h"
#include "log.h"

#include <netcx/bcrypt.h>

namespace netcx
{

/* Of Windows' clock of ticks, 64 per second, in nanoseconds. */
static constexpr UINT64 tick_ns = 15625000;

/* Days from the beginning of 1601 to that of 1970, in units of 100 ns. */
static constexpr UINT64 unix_epoch = 134774ULL * 86400 * 10000000;

static void print_line(ULONG level, PCSTR format, Arguments *arguments)
{
	static const enum netcx_os_log_level levels[] = {
		NETCX_OS_LOG_ERROR,
		NETCX_OS_LOG_WARNING,
		NETCX_OS_LOG_DEBUG,
		NETCX_OS_LOG_INFO,
	};
	char text[256];
	TextOutput output(text, sizeof(text) - 1, 1);

	format_text(&output, format, 1, arguments);

	SIZE_T length = output.length() < sizeof(text) ? output.length() : sizeof(text) - 1;
	/* netcx_os_log() adds the newline. */
	if (length && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
	log_line(nullptr, level < ARRAYSIZE(levels) ? levels[level] : NETCX_OS_LOG_DEBUG, "%s",
		 text);
}

} // namespace netcx

using namespace netcx;

extern "C" {

ULONG DbgPrintEx(ULONG, ULONG Level, PCSTR Format, ...)
{
	Arguments arguments;

	__builtin_va_start(arguments.list, Format);
	print_line(Level, Format, &arguments);
	__builtin_va_end(arguments.list);
	return STATUS_SUCCESS;
}

ULONG DbgPrint(PCSTR Format, ...)
{
	Arguments arguments;

	__builtin_va_start(arguments.list, Format);
	print_line(DPFLTR_INFO_LEVEL, Format, &arguments);
	__builtin_va_end(arguments.list);
	return STATUS_SUCCESS;
}

ULONG vDbgPrintEx(ULONG, ULONG Level, PCSTR Format, __builtin_va_list arglist)
{
	Arguments arguments;

	__builtin_va_copy(arguments.list, arglist);
	print_line(Level, Format, &arguments);
	__builtin_va_end(arguments.list);
	return STATUS_SUCCESS;
}

ULONG RtlRandomEx(PULONG Seed)
{
	/* The multiplier is 7^5, the modulus the prime 2^31 - 1: a period of all values but 0. */
	constexpr UINT64 modulus = MAXLONG;
	const UINT64 state = *Seed % modulus ? *Seed % modulus : 1;

	*Seed = static_cast<ULONG>(state * 16807 % modulus);
	return *Seed - 1;
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

void KeQueryTickCount(PLARGE_INTEGER CurrentCount)
{
	CurrentCount->QuadPart = static_cast<LONGLONG>(netcx_os_time_ns() / tick_ns);
}

ULONG KeQueryTimeIncrement(void)
{
	return tick_ns / 100;
}

void KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime)
{
	CurrentTime->QuadPart = static_cast<LONGLONG>(unix_epoch + netcx_os_wall_time_ns() / 100);
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

NTSTATUS BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
			 ULONG dwFlags)
{
	static const char function[] = "BCryptGenRandom";

	if (hAlgorithm)
		return refuse(nullptr, STATUS_INVALID_HANDLE,
			      "%s: there is no generator but the system's", function);
	if (!pbBuffer || dwFlags != BCRYPT_USE_SYSTEM_PREFERRED_RNG)
		return refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: %s", function,
			      pbBuffer ? "dwFlags must be BCRYPT_USE_SYSTEM_PREFERRED_RNG"
				       : "pbBuffer is NULL (ParameterCantBeNull)");
	if (refuse_interrupt(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	netcx_os_random(pbBuffer, cbBuffer);
	return STATUS_SUCCESS;
}

} // extern "C"

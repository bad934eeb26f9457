/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The part of the NT kernel API that NIC drivers use. Functions are implemented by netcx.ko;
 * everything else is inline. Page of each name: its reference page in the wdm.h or ntddk.h section
 * of the Windows driver documentation.
 */
#ifndef NETCX_NTDDK_H
#define NETCX_NTDDK_H

#include "ntdef.h"
#include "ntstatus.h"
#include "netcx_interlocked.h"
#include "intrin.h"
#include "netcx_bus_interface.h"
#include "netcx_event.h"
#include "netcx_list.h"
#include "netcx_mdl.h"
#include "netcx_mmio.h"
#include "netcx_pci.h"
#include "netcx_pool.h"
#include "netcx_thread.h"
#include "netcx_unicode_string.h"

/* Windows' kernel headers bring these along. */
typedef __SIZE_TYPE__ size_t;

/* Where there is no C library, and Linux' headers, which have their own, are not there either. */
#if !defined(_LINUX_STRING_H_) && !(defined(__cplusplus) && __STDC_HOSTED__)
EXTERN_C_START
void *memcpy(void *destination, const void *source, size_t bytes);
void *memmove(void *destination, const void *source, size_t bytes);
void *memset(void *destination, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
EXTERN_C_END
#endif

/* ---- enumerations ---- */

/* Gives an enumeration of flags the bit operators, which C has anyway. No semicolon follows. */
#ifdef __cplusplus
#define DEFINE_ENUM_FLAG_OPERATORS(type)                                             \
	extern "C++" {                                                               \
	constexpr type operator|(type a, type b)                                     \
	{                                                                            \
		return static_cast<type>(static_cast<int>(a) | static_cast<int>(b)); \
	}                                                                            \
	constexpr type operator&(type a, type b)                                     \
	{                                                                            \
		return static_cast<type>(static_cast<int>(a) & static_cast<int>(b)); \
	}                                                                            \
	constexpr type operator^(type a, type b)                                     \
	{                                                                            \
		return static_cast<type>(static_cast<int>(a) ^ static_cast<int>(b)); \
	}                                                                            \
	constexpr type operator~(type a)                                             \
	{                                                                            \
		return static_cast<type>(~static_cast<int>(a));                      \
	}                                                                            \
	constexpr type &operator|=(type &a, type b)                                  \
	{                                                                            \
		return a = a | b;                                                    \
	}                                                                            \
	constexpr type &operator&=(type &a, type b)                                  \
	{                                                                            \
		return a = a & b;                                                    \
	}                                                                            \
	constexpr type &operator^=(type &a, type b)                                  \
	{                                                                            \
		return a = a ^ b;                                                    \
	}                                                                            \
	}
#else
#define DEFINE_ENUM_FLAG_OPERATORS(type)
#endif

/* ---- drivers ---- */

/* Opaque to a driver: it hands the pointer from DriverEntry on to WdfDriverCreate(). */
typedef struct _DRIVER_OBJECT DRIVER_OBJECT, *PDRIVER_OBJECT;

/* Of WDM, which has no part here; see WdfDeviceWdmGetPhysicalDevice(). */
typedef struct _DEVICE_OBJECT DEVICE_OBJECT, *PDEVICE_OBJECT;

/*
 * DriverEntry: a driver's first function, called once in process context; it may sleep. It calls
 * WdfDriverCreate(). RegistryPath has Length 0 here. A failure keeps the module from loading.
 */
typedef NTSTATUS DRIVER_INITIALIZE(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
typedef DRIVER_INITIALIZE *PDRIVER_INITIALIZE;

/* ---- levels ---- */

/*
 * Where code runs. PASSIVE_LEVEL: process context, may sleep. DISPATCH_LEVEL: softirq, or a spin
 * lock is held; must not sleep. Above: an interrupt service routine.
 */
#define PASSIVE_LEVEL  0
#define APC_LEVEL      1
#define DISPATCH_LEVEL 2
#define DEVICE_LEVEL   3

typedef enum _MODE NETCX_INT_ENUM { KernelMode, UserMode, MaximumMode } MODE;

/* ---- memory ---- */

/* How MmMapIoSpaceEx() maps. */
#define PAGE_READWRITE 0x04
#define PAGE_NOCACHE   0x200

#define RtlZeroMemory(destination, bytes) ((void)__builtin_memset((destination), 0, (bytes)))
#define RtlFillMemory(destination, bytes, value) \
	((void)__builtin_memset((destination), (value), (bytes)))
#define RtlCopyMemory(destination, source, bytes) \
	((void)__builtin_memcpy((destination), (source), (bytes)))
#define RtlMoveMemory(destination, source, bytes) \
	((void)__builtin_memmove((destination), (source), (bytes)))
#define RtlEqualMemory(a, b, bytes) (__builtin_memcmp((a), (b), (bytes)) == 0)

/* Number of bytes, from the first on, that are the same in both blocks. */
NETCX_INLINE SIZE_T RtlCompareMemory(const void *Source1, const void *Source2, SIZE_T Length)
{
	const UCHAR *a = (const UCHAR *)Source1;
	const UCHAR *b = (const UCHAR *)Source2;
	SIZE_T same = 0;

	while (same < Length && a[same] == b[same])
		same++;
	return same;
}

/* Alignment requirements, as masks: the alignment less one. */
#define FILE_BYTE_ALIGNMENT	0x00000000
#define FILE_WORD_ALIGNMENT	0x00000001
#define FILE_LONG_ALIGNMENT	0x00000003
#define FILE_QUAD_ALIGNMENT	0x00000007
#define FILE_OCTA_ALIGNMENT	0x0000000f
#define FILE_32_BYTE_ALIGNMENT	0x0000001f
#define FILE_64_BYTE_ALIGNMENT	0x0000003f
#define FILE_128_BYTE_ALIGNMENT 0x0000007f
#define FILE_256_BYTE_ALIGNMENT 0x000000ff
#define FILE_512_BYTE_ALIGNMENT 0x000001ff

/* The NUMA node that PreferredNode fields name. */
typedef ULONG NODE_REQUIREMENT;
#define MM_ANY_NODE_OK 0x80000000U

/* ---- assertions ---- */

/*
 * NT_ASSERT is checked when DBG is set, else its expression is not even compiled. The NT_FRE_ forms
 * are checked always. NT_VERIFY evaluates its expression always and checks it when DBG is set. A
 * broken assertion is one line in the log; the code after it runs, so an assertion never takes the
 * place of an error path.
 */
#define NT_FRE_ASSERT(expression) \
	((expression) ? (void)0 : netcx_assert_failed(#expression, __FILE__, __LINE__))
#define NT_FRE_ASSERTMSG(message, expression) \
	((expression) ? (void)0 : netcx_assert_failed(message, __FILE__, __LINE__))
#if defined(DBG) && DBG
#define NT_ASSERT(expression)		  NT_FRE_ASSERT(expression)
#define NT_ASSERTMSG(message, expression) NT_FRE_ASSERTMSG(message, expression)
#define NT_VERIFY(expression)		  NT_FRE_ASSERT(expression)
#else
#define NT_ASSERT(expression)		  ((void)0)
#define NT_ASSERTMSG(message, expression) ((void)0)
#define NT_VERIFY(expression)		  ((void)(expression))
#endif
#ifndef ASSERT
#define ASSERT(expression) NT_ASSERT(expression)
#endif

/* Marks code that Windows may page out, and that so must run at PASSIVE_LEVEL. */
#define PAGED_CODE() NT_ASSERT(KeGetCurrentIrql() <= APC_LEVEL)

/* ---- power ---- */

typedef enum _DEVICE_POWER_STATE NETCX_INT_ENUM {
	PowerDeviceUnspecified = 0,
	PowerDeviceD0,
	PowerDeviceD1,
	PowerDeviceD2,
	PowerDeviceD3,
	PowerDeviceMaximum
} DEVICE_POWER_STATE,
	*PDEVICE_POWER_STATE;

typedef enum _DEVICE_RELATION_TYPE NETCX_INT_ENUM {
	BusRelations,
	EjectionRelations,
	PowerRelations,
	RemovalRelations,
	TargetDeviceRelation,
	SingleBusRelations,
	TransportRelations
} DEVICE_RELATION_TYPE,
	*PDEVICE_RELATION_TYPE;

/* ---- hardware resources ---- */

#define CmResourceTypeNull	     0
#define CmResourceTypePort	     1
#define CmResourceTypeInterrupt	     2
#define CmResourceTypeMemory	     3
#define CmResourceTypeDma	     4
#define CmResourceTypeDeviceSpecific 5
#define CmResourceTypeBusNumber	     6
#define CmResourceTypeMemoryLarge    7

#define CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE 0
#define CM_RESOURCE_INTERRUPT_LATCHED	      1
#define CM_RESOURCE_INTERRUPT_MESSAGE	      2

#define CM_RESOURCE_MEMORY_READ_WRITE	0x0000
#define CM_RESOURCE_MEMORY_READ_ONLY	0x0001
#define CM_RESOURCE_MEMORY_WRITE_ONLY	0x0002
#define CM_RESOURCE_MEMORY_PREFETCHABLE 0x0004

#define CM_RESOURCE_PORT_MEMORY 0x0000
#define CM_RESOURCE_PORT_IO	0x0001

typedef enum _CM_SHARE_DISPOSITION NETCX_INT_ENUM {
	CmResourceShareUndetermined = 0,
	CmResourceShareDeviceExclusive,
	CmResourceShareDriverExclusive,
	CmResourceShareShared
} CM_SHARE_DISPOSITION;

typedef enum _KINTERRUPT_MODE NETCX_INT_ENUM { LevelSensitive, Latched } KINTERRUPT_MODE;

/*
 * One hardware resource of a device. Type says which member of u is valid: Memory for a memory BAR,
 * Port for an I/O BAR (both in BAR order), Interrupt for a line interrupt, MessageInterrupt for an
 * MSI or MSI-X message (Flags has CM_RESOURCE_INTERRUPT_MESSAGE; one descriptor per message).
 * Lists of them: wdfresource.h.
 *
 * The structure is packed to 4 bytes, as on Windows; by attributes, since sparse does not know the
 * pragma. Page: "CM_PARTIAL_RESOURCE_DESCRIPTOR structure (wdm.h)".
 */
NETCX_EXTENSION typedef struct _CM_PARTIAL_RESOURCE_DESCRIPTOR {
	UCHAR Type;
	UCHAR ShareDisposition;
	USHORT Flags;
	union {
		struct {
			PHYSICAL_ADDRESS Start;
			ULONG Length;
		} NETCX_PACKED Generic;
		struct {
			PHYSICAL_ADDRESS Start;
			ULONG Length;
		} NETCX_PACKED Port;
		struct {
			USHORT Level;
			USHORT Group;
			ULONG Vector;
			KAFFINITY Affinity;
		} NETCX_PACKED Interrupt;
		struct {
			union {
				struct {
					USHORT Group;
					USHORT MessageCount;
					ULONG Vector;
					KAFFINITY Affinity;
				} NETCX_PACKED Raw;
				struct {
					USHORT Level;
					USHORT Group;
					ULONG Vector;
					KAFFINITY Affinity;
				} NETCX_PACKED Translated;
			};
		} NETCX_PACKED MessageInterrupt;
		struct {
			PHYSICAL_ADDRESS Start;
			ULONG Length;
		} NETCX_PACKED Memory;
		struct {
			ULONG Channel;
			ULONG Port;
			ULONG Reserved1;
		} Dma;
		struct {
			ULONG Data[3];
		} DevicePrivate;
		struct {
			ULONG Start;
			ULONG Length;
			ULONG Reserved;
		} BusNumber;
	} u;
} NETCX_PACKED NETCX_ALIGNED(4) CM_PARTIAL_RESOURCE_DESCRIPTOR, *PCM_PARTIAL_RESOURCE_DESCRIPTOR;

NETCX_STATIC_ASSERT(sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR) == 20, "resource descriptor size");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(CM_PARTIAL_RESOURCE_DESCRIPTOR, u) == 4,
		    "resource descriptor payload");

/* ---- byte order, random numbers ---- */

#define RtlUshortByteSwap(value)    __builtin_bswap16((USHORT)(value))
#define RtlUlongByteSwap(value)	    __builtin_bswap32((ULONG)(value))
#define RtlUlonglongByteSwap(value) __builtin_bswap64((ULONGLONG)(value))

/* ---- log ---- */

/* Components, to say whose line it is; the log has one level for all of them. */
#define DPFLTR_DEFAULT_ID    101
#define DPFLTR_IHVDRIVER_ID  77
#define DPFLTR_IHVNETWORK_ID 80

#define DPFLTR_ERROR_LEVEL   0
#define DPFLTR_WARNING_LEVEL 1
#define DPFLTR_TRACE_LEVEL   2
#define DPFLTR_INFO_LEVEL    3

/* Written when DBG is set: KdPrint(("%u packets\n", count)), with the parentheses. */
#if defined(DBG) && DBG
#define KdPrint(arguments)   DbgPrint arguments
#define KdPrintEx(arguments) DbgPrintEx arguments
#else
#define KdPrint(arguments)   ((void)0)
#define KdPrintEx(arguments) ((void)0)
#endif

EXTERN_C_START

/**
 * DbgPrintEx() - writes one line to the kernel log
 * @ComponentId: DPFLTR_IHVNETWORK_ID for a NIC driver
 * @Level: DPFLTR_ERROR_LEVEL and DPFLTR_WARNING_LEVEL become an error and a warning of the log,
 *	DPFLTR_INFO_LEVEL an information, DPFLTR_TRACE_LEVEL a debugging message
 * @Format: as for Windows' printf(), see ntstrsafe.h
 *
 * Context: any.
 * Return: STATUS_SUCCESS.
 */
ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...);

/* The same of DPFLTR_DEFAULT_ID and DPFLTR_INFO_LEVEL. Context: any. */
ULONG DbgPrint(PCSTR Format, ...);

/* The same with the arguments in a list. Context: any. */
ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, __builtin_va_list arglist);

/**
 * RtlRandomEx() - the next of a row of random numbers, nothing for cryptography
 * @Seed: where the row is; begin with any number
 *
 * Context: any.
 * Return: from 0 to MAXLONG - 1.
 */
ULONG RtlRandomEx(PULONG Seed);

/**
 * netcx_assert_failed() - reports a broken assertion in one line of the log
 * @condition: what should have held, or a message
 * @file: source file
 * @line: source line
 *
 * Context: any.
 */
void netcx_assert_failed(const char *condition, const char *file, int line);

/**
 * KeGetCurrentIrql() - where the caller runs
 *
 * Context: any.
 * Return: PASSIVE_LEVEL where sleeping is allowed, else DISPATCH_LEVEL or, in an interrupt service
 * routine, possibly more.
 */
KIRQL KeGetCurrentIrql(void);

/**
 * KeStallExecutionProcessor() - spins
 * @MicroSeconds: how long; Windows' guidance is at most 50, longer waits belong to
 *	KeDelayExecutionThread()
 *
 * Context: any.
 */
void KeStallExecutionProcessor(ULONG MicroSeconds);

/**
 * KeDelayExecutionThread() - sleeps
 * @WaitMode: KernelMode
 * @Alertable: FALSE
 * @Interval: negative: relative, in units of 100 ns; zero or positive: returns at once after giving
 *	others a chance to run, since there is no system time to wait for here
 *
 * Context: process.
 * Return: STATUS_SUCCESS.
 */
NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
				PLARGE_INTEGER Interval);

/**
 * KeFlushQueuedDpcs() - waits for the DPCs that are queued or run
 *
 * Called at DISPATCH_LEVEL, which Windows does not allow but shipped drivers do, it returns at
 * once. Nothing depends on that wait: netcx.ko waits for an interrupt's DPC itself before it frees
 * anything the DPC may use.
 *
 * Context: process.
 */
void KeFlushQueuedDpcs(void);

/**
 * KeQueryPerformanceCounter() - reads a monotonic clock of high resolution
 * @PerformanceFrequency: receives its ticks per second; may be NULL
 *
 * Context: any.
 * Return: the ticks since boot.
 */
LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency);

/**
 * KeQueryInterruptTime() - reads a monotonic clock
 *
 * Context: any.
 * Return: the time since boot in units of 100 ns.
 */
ULONGLONG KeQueryInterruptTime(void);

/**
 * KeQueryTickCount() - reads a monotonic clock
 * @CurrentCount: receives the number of ticks since boot, each of KeQueryTimeIncrement()
 *
 * Context: any.
 */
void KeQueryTickCount(PLARGE_INTEGER CurrentCount);

/* How long a tick of KeQueryTickCount() is, in units of 100 ns. Context: any. */
ULONG KeQueryTimeIncrement(void);

/**
 * KeQuerySystemTimePrecise() - reads the time of day
 * @CurrentTime: receives the time since the beginning of 1601, Greenwich time, in units of 100 ns
 *
 * Context: any.
 */
void KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime);
#define KeQuerySystemTime(time) KeQuerySystemTimePrecise(time)

/**
 * MmMapIoSpaceEx() - maps device memory
 * @PhysicalAddress: as in the translated resource descriptor
 * @NumberOfBytes: as there, or less
 * @Protect: PAGE_READWRITE | PAGE_NOCACHE
 *
 * Context: process.
 * Return: the address for READ_REGISTER_ULONG() and its like; NULL if it cannot be mapped, or not
 * in the way that was asked for.
 */
PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect);

/**
 * MmUnmapIoSpace() - undoes MmMapIoSpaceEx()
 * @BaseAddress: what it returned
 * @NumberOfBytes: what it was given
 *
 * Context: process.
 */
void MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes);

EXTERN_C_END

#endif /* NETCX_NTDDK_H */

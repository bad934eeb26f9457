/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What Microsoft's compiler has built in and drivers use: bits, byte order, nothing at all, and the
 * interlocked functions by the names that begin with an underscore. Context of all of them: any.
 *
 * Where a function takes or returns unsigned long, which has 32 bits on Windows, it is ULONG here;
 * a C++ source may pass the address of either.
 *
 * Page: "Compiler intrinsics" and the page of each name.
 */
#ifndef NETCX_INTRIN_H
#define NETCX_INTRIN_H

#include "netcx_interlocked.h"
#include "ntdef.h"

/* Does nothing, for the time that takes. */
NETCX_ALWAYS_INLINE void __nop(void)
{
	__asm__ __volatile__("nop");
}

/*
 * _BitScanForward() and _BitScanReverse(), of 32 and of 64 bits: the number of the lowest or of the
 * highest bit of a mask that is set. The index is a ULONG or an unsigned long. Return: 0, and
 * nothing is in *Index, if there is none; else 1.
 */
#define NETCX_DEFINE_BIT_SCAN(name, index_type, mask_type, found)         \
	NETCX_ALWAYS_INLINE UCHAR name(index_type *Index, mask_type Mask) \
	{                                                                 \
		if (!Mask)                                                \
			return 0;                                         \
		*Index = (index_type)(found);                             \
		return 1;                                                 \
	}

#ifdef __cplusplus
#define NETCX_DEFINE_BIT_SCANS(name, mask_type, found)       \
	NETCX_DEFINE_BIT_SCAN(name, ULONG, mask_type, found) \
	NETCX_DEFINE_BIT_SCAN(name, unsigned long, mask_type, found)
#else
#define NETCX_DEFINE_BIT_SCANS(name, mask_type, found)              \
	NETCX_DEFINE_BIT_SCAN(netcx##name, ULONG, mask_type, found) \
	NETCX_DEFINE_BIT_SCAN(netcx_long##name, unsigned long, mask_type, found)
#define NETCX_BIT_SCAN(name, index, mask) \
	_Generic((index), unsigned long * : netcx_long##name, default : netcx##name)(index, mask)

#define _BitScanForward(index, mask)   NETCX_BIT_SCAN(_BitScanForward, index, mask)
#define _BitScanReverse(index, mask)   NETCX_BIT_SCAN(_BitScanReverse, index, mask)
#define _BitScanForward64(index, mask) NETCX_BIT_SCAN(_BitScanForward64, index, mask)
#define _BitScanReverse64(index, mask) NETCX_BIT_SCAN(_BitScanReverse64, index, mask)
#endif

NETCX_DEFINE_BIT_SCANS(_BitScanForward, ULONG, __builtin_ctz(Mask))
NETCX_DEFINE_BIT_SCANS(_BitScanReverse, ULONG, 31 - __builtin_clz(Mask))
NETCX_DEFINE_BIT_SCANS(_BitScanForward64, ULONG64, __builtin_ctzll(Mask))
NETCX_DEFINE_BIT_SCANS(_BitScanReverse64, ULONG64, 63 - __builtin_clzll(Mask))

#undef NETCX_DEFINE_BIT_SCANS
#undef NETCX_DEFINE_BIT_SCAN

/* By the names that wdm.h has for them. */
#define BitScanForward	 _BitScanForward
#define BitScanReverse	 _BitScanReverse
#define BitScanForward64 _BitScanForward64
#define BitScanReverse64 _BitScanReverse64

/* The processor's count of cycles, or of another clock of its own. */
#if defined(__x86_64__)
#define ReadTimeStampCounter() ((ULONG64)__builtin_ia32_rdtsc())
#elif defined(__aarch64__)
#define ReadTimeStampCounter()                                            \
	__extension__({                                                   \
		ULONG64 count;                                            \
		__asm__ __volatile__("mrs %0, cntvct_el0" : "=r"(count)); \
		count;                                                    \
	})
#elif defined(__riscv)
#define ReadTimeStampCounter()                                   \
	__extension__({                                          \
		ULONG64 count;                                   \
		__asm__ __volatile__("rdtime %0" : "=r"(count)); \
		count;                                           \
	})
#endif

/* The bytes in the opposite order. */
#define _byteswap_ushort(value) __builtin_bswap16(value)
#define _byteswap_ulong(value)	__builtin_bswap32(value)
#define _byteswap_uint64(value) __builtin_bswap64(value)

#define _InterlockedIncrement		   InterlockedIncrement
#define _InterlockedIncrement16		   InterlockedIncrement16
#define _InterlockedIncrement64		   InterlockedIncrement64
#define _InterlockedDecrement		   InterlockedDecrement
#define _InterlockedDecrement16		   InterlockedDecrement16
#define _InterlockedDecrement64		   InterlockedDecrement64
#define _InterlockedExchange8		   InterlockedExchange8
#define _InterlockedExchange16		   InterlockedExchange16
#define _InterlockedExchange		   InterlockedExchange
#define _InterlockedExchange64		   InterlockedExchange64
#define _InterlockedExchangePointer	   InterlockedExchangePointer
#define _InterlockedExchangeAdd8	   InterlockedExchangeAdd8
#define _InterlockedExchangeAdd		   InterlockedExchangeAdd
#define _InterlockedExchangeAdd64	   InterlockedExchangeAdd64
#define _InterlockedCompareExchange16	   InterlockedCompareExchange16
#define _InterlockedCompareExchange	   InterlockedCompareExchange
#define _InterlockedCompareExchange64	   InterlockedCompareExchange64
#define _InterlockedCompareExchangePointer InterlockedCompareExchangePointer
#define _InterlockedAnd8		   InterlockedAnd8
#define _InterlockedAnd16		   InterlockedAnd16
#define _InterlockedAnd			   InterlockedAnd
#define _InterlockedAnd64		   InterlockedAnd64
#define _InterlockedOr8			   InterlockedOr8
#define _InterlockedOr16		   InterlockedOr16
#define _InterlockedOr			   InterlockedOr
#define _InterlockedOr64		   InterlockedOr64
#define _InterlockedXor8		   InterlockedXor8
#define _InterlockedXor16		   InterlockedXor16
#define _InterlockedXor			   InterlockedXor
#define _InterlockedXor64		   InterlockedXor64

#endif /* NETCX_INTRIN_H */

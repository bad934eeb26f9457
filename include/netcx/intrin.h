/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What Microsoft's compiler has built in and drivers use: bits, byte order, nothing at all, and the
 * interlocked functions by the names that begin with an underscore. Context of all of them: any.
 *
 * Where a function takes or returns unsigned long, which has 32 bits on Windows, it is ULONG here; a
 * C++ source may pass the address of either.
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
 * The number of the lowest (Forward) or highest (Reverse) bit of Mask that is set. Return: 0, and
 * nothing is in *Index, if there is none; else 1.
 */
NETCX_ALWAYS_INLINE UCHAR _BitScanForward(ULONG *Index, ULONG Mask)
{
	if (!Mask)
		return 0;
	*Index = (ULONG)__builtin_ctz(Mask);
	return 1;
}

NETCX_ALWAYS_INLINE UCHAR _BitScanReverse(ULONG *Index, ULONG Mask)
{
	if (!Mask)
		return 0;
	*Index = 31 - (ULONG)__builtin_clz(Mask);
	return 1;
}

NETCX_ALWAYS_INLINE UCHAR _BitScanForward64(ULONG *Index, ULONG64 Mask)
{
	if (!Mask)
		return 0;
	*Index = (ULONG)__builtin_ctzll(Mask);
	return 1;
}

NETCX_ALWAYS_INLINE UCHAR _BitScanReverse64(ULONG *Index, ULONG64 Mask)
{
	if (!Mask)
		return 0;
	*Index = 63 - (ULONG)__builtin_clzll(Mask);
	return 1;
}

#ifdef __cplusplus
#define NETCX_DEFINE_BIT_SCAN(name, type)                               \
	NETCX_ALWAYS_INLINE UCHAR name(unsigned long *Index, type Mask) \
	{                                                               \
		ULONG index;                                            \
                                                                        \
		if (!name(&index, Mask))                                \
			return 0;                                       \
		*Index = index;                                         \
		return 1;                                               \
	}

NETCX_DEFINE_BIT_SCAN(_BitScanForward, ULONG)
NETCX_DEFINE_BIT_SCAN(_BitScanReverse, ULONG)
NETCX_DEFINE_BIT_SCAN(_BitScanForward64, ULONG64)
NETCX_DEFINE_BIT_SCAN(_BitScanReverse64, ULONG64)

#undef NETCX_DEFINE_BIT_SCAN
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

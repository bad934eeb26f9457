/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Barriers, ordered loads and stores, and atomic read-modify-write, under their Windows names.
 *
 * Rings need none of this: one thread at a time uses a ring. What needs it is memory shared with
 * the device (descriptors) and flags shared with an interrupt callback.
 *
 * Context of all of them: any.
 * Pages: "MemoryBarrier macro", "KeMemoryBarrier function (wdm.h)", "InterlockedExchange function
 * (wdm.h)", "ReadULongAcquire", "WriteULongRelease" and siblings.
 */
#ifndef NETCX_INTERLOCKED_H
#define NETCX_INTERLOCKED_H

#include "ntdef.h"

/* Keeps the compiler from moving memory accesses across; the processor still may. */
#define _ReadWriteBarrier()	      __asm__ __volatile__("" : : : "memory")
#define _ReadBarrier()		      _ReadWriteBarrier()
#define _WriteBarrier()		      _ReadWriteBarrier()
#define KeMemoryBarrierWithoutFence() _ReadWriteBarrier()

/* Orders all loads and stores before it, to memory and to devices, before all after it. */
#if defined(__x86_64__)
#define MemoryBarrier() __asm__ __volatile__("mfence" : : : "memory")
#elif defined(__aarch64__)
#define MemoryBarrier() __asm__ __volatile__("dmb sy" : : : "memory")
#elif defined(__riscv)
#define MemoryBarrier() __asm__ __volatile__("fence iorw, iorw" : : : "memory")
#else
#error "no memory barrier for this processor"
#endif
#define KeMemoryBarrier() MemoryBarrier()

/*
 * The halves of an ordered access. On x86 the processor orders loads with loads and stores with
 * stores; on others the barriers reach as far as a DMA-coherent device.
 */
#if defined(__x86_64__)
#define NETCX_ACQUIRE_FENCE() _ReadWriteBarrier()
#define NETCX_RELEASE_FENCE() _ReadWriteBarrier()
#define NETCX_AFTER_ATOMIC()  ((void)0)
#elif defined(__riscv)
#define NETCX_ACQUIRE_FENCE() __asm__ __volatile__("fence r, rw" : : : "memory")
#define NETCX_RELEASE_FENCE() __asm__ __volatile__("fence rw, w" : : : "memory")
#define NETCX_AFTER_ATOMIC()  __asm__ __volatile__("fence rw, rw" : : : "memory")
#else
#define NETCX_ACQUIRE_FENCE() __asm__ __volatile__("dmb oshld" : : : "memory")
#define NETCX_RELEASE_FENCE() __asm__ __volatile__("dmb osh" : : : "memory")
#define NETCX_AFTER_ATOMIC()  __asm__ __volatile__("dmb ish" : : : "memory")
#endif

/*
 * Read<type>Acquire: nothing that follows is read or written before the load; this is how a
 * descriptor's "done" bit is tested before its other fields are read. Write<type>Release: all that
 * precedes is visible before the store; this is how a descriptor is handed to the device last
 * field first. The NoFence forms are single, untorn accesses without any order.
 */
#define NETCX_DEFINE_ORDERED_ACCESS(suffix, type)                                               \
	NETCX_ALWAYS_INLINE type Read##suffix##NoFence(const volatile type *Source)             \
	{                                                                                       \
		return *Source;                                                                 \
	}                                                                                       \
                                                                                                \
	NETCX_ALWAYS_INLINE type Read##suffix##Acquire(const volatile type *Source)             \
	{                                                                                       \
		type value = *Source;                                                           \
                                                                                                \
		NETCX_ACQUIRE_FENCE();                                                          \
		return value;                                                                   \
	}                                                                                       \
                                                                                                \
	NETCX_ALWAYS_INLINE void Write##suffix##NoFence(volatile type *Destination, type Value) \
	{                                                                                       \
		*Destination = Value;                                                           \
	}                                                                                       \
                                                                                                \
	NETCX_ALWAYS_INLINE void Write##suffix##Release(volatile type *Destination, type Value) \
	{                                                                                       \
		NETCX_RELEASE_FENCE();                                                          \
		*Destination = Value;                                                           \
	}

NETCX_DEFINE_ORDERED_ACCESS(UChar, UCHAR)
NETCX_DEFINE_ORDERED_ACCESS(UShort, USHORT)
NETCX_DEFINE_ORDERED_ACCESS(, LONG)
NETCX_DEFINE_ORDERED_ACCESS(ULong, ULONG)
NETCX_DEFINE_ORDERED_ACCESS(ULong64, ULONG64)

#undef NETCX_DEFINE_ORDERED_ACCESS

/*
 * Interlocked functions are atomic and full barriers. Increment and Decrement return the new value,
 * all others the one before.
 */
#define NETCX_DEFINE_INTERLOCKED(suffix, type)                                                     \
	NETCX_ALWAYS_INLINE type InterlockedExchange##suffix(type volatile *Target, type Value)    \
	{                                                                                          \
		type before = __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);                \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return before;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedCompareExchange##suffix(type volatile *Destination,    \
								    type Exchange, type Comparand) \
	{                                                                                          \
		type before = Comparand;                                                           \
                                                                                                   \
		__atomic_compare_exchange_n(Destination, &before, Exchange, 0, __ATOMIC_SEQ_CST,   \
					    __ATOMIC_SEQ_CST);                                     \
		NETCX_AFTER_ATOMIC();                                                              \
		return before;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedExchangeAdd##suffix(type volatile *Addend, type Value) \
	{                                                                                          \
		type before = __atomic_fetch_add(Addend, Value, __ATOMIC_SEQ_CST);                 \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return before;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedOr##suffix(type volatile *Destination, type Value)     \
	{                                                                                          \
		type before = __atomic_fetch_or(Destination, Value, __ATOMIC_SEQ_CST);             \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return before;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedAnd##suffix(type volatile *Destination, type Value)    \
	{                                                                                          \
		type before = __atomic_fetch_and(Destination, Value, __ATOMIC_SEQ_CST);            \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return before;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedXor##suffix(type volatile *Destination, type Value)    \
	{                                                                                          \
		type before = __atomic_fetch_xor(Destination, Value, __ATOMIC_SEQ_CST);            \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return before;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedIncrement##suffix(type volatile *Addend)               \
	{                                                                                          \
		type after = __atomic_add_fetch(Addend, 1, __ATOMIC_SEQ_CST);                      \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return after;                                                                      \
	}                                                                                          \
                                                                                                   \
	NETCX_ALWAYS_INLINE type InterlockedDecrement##suffix(type volatile *Addend)               \
	{                                                                                          \
		type after = __atomic_sub_fetch(Addend, 1, __ATOMIC_SEQ_CST);                      \
                                                                                                   \
		NETCX_AFTER_ATOMIC();                                                              \
		return after;                                                                      \
	}

NETCX_DEFINE_INTERLOCKED(, LONG)
NETCX_DEFINE_INTERLOCKED(64, LONG64)

#undef NETCX_DEFINE_INTERLOCKED

NETCX_ALWAYS_INLINE PVOID InterlockedExchangePointer(PVOID volatile *Target, PVOID Value)
{
	PVOID before = __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);

	NETCX_AFTER_ATOMIC();
	return before;
}

NETCX_ALWAYS_INLINE PVOID InterlockedCompareExchangePointer(PVOID volatile *Destination,
							    PVOID Exchange, PVOID Comparand)
{
	PVOID before = Comparand;

	__atomic_compare_exchange_n(Destination, &before, Exchange, 0, __ATOMIC_SEQ_CST,
				    __ATOMIC_SEQ_CST);
	NETCX_AFTER_ATOMIC();
	return before;
}

#endif /* NETCX_INTERLOCKED_H */
